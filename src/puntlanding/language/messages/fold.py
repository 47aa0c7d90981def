"""Messages of the fold room."""

from __future__ import annotations

FOLD: dict[str, tuple[str, str]] = {}
