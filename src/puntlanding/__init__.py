"""puntlanding: an open capacity model for Dutch medical specialist care."""

from __future__ import annotations

from pathlib import Path
from typing import Any

__version__ = "0.1.0"


def open_case(path: str | Path, language: str = "nl") -> Any:
    """A case that shows itself in a notebook: `report.notebook.open_case`, loaded when it is asked for."""
    from importlib import import_module  # by name: the rooms below import this module for its version

    return import_module("puntlanding.report.notebook").open_case(path, language)
