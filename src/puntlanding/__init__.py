"""puntlanding: an open capacity model for Dutch medical specialist care."""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"

_IN_A_NOTEBOOK = ("open_case", "open_outlook")


def __getattr__(name: str) -> Any:
    """What a notebook opens stands in `report.notebook`, and is loaded when it is asked for.

    By name: the rooms below it import this module for its version.
    """
    if name not in _IN_A_NOTEBOOK:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module("puntlanding.report.notebook"), name)
