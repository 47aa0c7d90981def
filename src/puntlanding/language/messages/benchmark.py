"""Messages of the benchmark room."""

from __future__ import annotations

BENCHMARK: dict[str, tuple[str, str]] = {}
