"""What the commands of norms say of themselves, in Dutch and English."""

from __future__ import annotations

TEXTS_NORMS: dict[str, tuple[str, str]] = {
    "norms": ("Normtijden: dekking, opbouw, effect van een nieuwe tabel, balans tussen routes.", "Norm times: coverage, construction, effect of a new table, balance between routes."),
}  # fmt: skip
