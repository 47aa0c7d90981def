"""Messages of the norms room."""

from __future__ import annotations

NORMS: dict[str, tuple[str, str]] = {}
