"""What the commands of fold say of themselves, in Dutch and English."""

from __future__ import annotations

TEXTS_FOLD: dict[str, tuple[str, str]] = {
    "fold": ("Vouw de records van een ziekenhuisjaar tot een bijdrage zonder patiënten.", "Fold a hospital-year's records into a contribution without patients."),
}  # fmt: skip
