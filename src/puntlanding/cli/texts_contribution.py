"""What the commands of contribution say of themselves, in Dutch and English."""

from __future__ import annotations

TEXTS_CONTRIBUTION: dict[str, tuple[str, str]] = {
    "contribution": ("Bijdragen: tonen, samenvoegen, beschermd uitwisselen, ondertekenen.", "Contributions: show, merge, exchange protected, sign."),
}  # fmt: skip
