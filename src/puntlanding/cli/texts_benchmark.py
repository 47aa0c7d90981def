"""What the commands of benchmark say of themselves, in Dutch and English."""

from __future__ import annotations

TEXTS_BENCHMARK: dict[str, tuple[str, str]] = {
    "benchmark": ("De benchmark: vooraf vastgesteld, achteraf gemeten, en waar het verschil zit.", "The benchmark: fixed beforehand, measured afterwards, and where the difference is."),
}  # fmt: skip
