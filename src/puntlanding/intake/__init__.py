"""Exports that hospitals already make → checked, pseudonymous records. One module per format; the registry is below."""

from __future__ import annotations

from collections.abc import Mapping

from puntlanding.intake.base import Reader
from puntlanding.intake.dwh import DWH
from puntlanding.intake.hix import HIX
from puntlanding.intake.neutral import NEUTRAL
from puntlanding.intake.zh308 import ZH308

READERS: tuple[Reader, ...] = (NEUTRAL, DWH, HIX, ZH308)


def readers() -> Mapping[str, Reader]:
    """Name → reader, in the order in which they are offered."""
    return {one.name: one for one in READERS}
