"""Importing this is what a process does before its first hospital: the fold, what it reads of ours, and what numpy loads late."""

from __future__ import annotations

import numpy.ma  # noqa: F401 - the first series of an array would

import puntlanding.fold.fold  # noqa: F401
from puntlanding.fold.rules import units_fingerprint

units_fingerprint()
