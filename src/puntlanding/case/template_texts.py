"""What the templates say beside the settings' and columns' own sentences."""

from __future__ import annotations

from puntlanding.quantities import fixed
from puntlanding.setting import Setting

TEXTS = {
    "agreement": (
        "De afspraak van dit jaar. Regels met # zijn uitleg; haal de # weg om een keuze te maken.",
        "This year's agreement. Lines with # are explanation; remove the # to make a choice.",
    ),
    "default": ("standaard", "default"),
    "choose": ("kies uit", "choose from"),
    "required": ("verplicht", "required"),
    "optional": ("mag leeg blijven of weg", "may stay empty or go"),
    "only_with": ("alleen bij soort", "only with soort"),
}


def plain_default(one: Setting) -> str:
    if isinstance(one.default, str) or one.default is None:
        return str(one.default or "")
    return str(one.default.numerator) if one.default.denominator == 1 else fixed(one.default, 2)
