"""Messages of the exchange room."""

from __future__ import annotations

EXCHANGE: dict[str, tuple[str, str]] = {}
