"""Messages of the fold room."""

from __future__ import annotations

FOLD: dict[str, tuple[str, str]] = {
    "negative_cell": (
        "Correcties maken het aantal van deze activiteit over het hele jaar negatief (specialisme {specialism}, contract {contract}). Herstel de registratie of de levering, en laad haar opnieuw.",
        "Corrections make the number of this activity negative over the whole year (specialism {specialism}, contract {contract}). Mend the registration or the delivery, and load it again.",
    ),
    "negative_stratum": (
        "Correcties maken dit aantal over het hele jaar negatief (specialisme {specialism}, groep {stratum}). Herstel de registratie of de levering, en laad haar opnieuw.",
        "Corrections make this number negative over the whole year (specialism {specialism}, group {stratum}). Mend the registration or the delivery, and load it again.",
    ),
}  # fmt: skip
