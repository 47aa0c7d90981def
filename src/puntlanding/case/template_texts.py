"""What the templates say beside the settings' and columns' own sentences."""

from __future__ import annotations

from collections.abc import Iterator

from puntlanding.case.layout import LAYOUTS, ONLY_WHEN_AGREED
from puntlanding.components import Component
from puntlanding.components.base import lists_of
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
    "list": ("Lijst nodig", "List needed"),
    "columns": ("kolommen", "columns"),
    "only_if": ("bij", "with"),
}


def component_sentences(component: Component, which: int) -> Iterator[str]:
    """What a component is, and the lists that it needs: a new case does not begin with them."""
    yield (component.nl, component.en)[which]
    for name, condition in lists_of(component).items():
        only = f" {TEXTS['only_if'][which]} {condition}" if condition else ""
        own = ", ".join(column.name for column in LAYOUTS[name].columns)
        columns = f" ({TEXTS['columns'][which]} {own})" if name in ONLY_WHEN_AGREED else ""
        yield f"{TEXTS['list'][which]}{only}: {name}{columns}."


def plain_default(one: Setting) -> str:
    if isinstance(one.default, str) or one.default is None:
        return str(one.default or "")
    return str(one.default.numerator) if one.default.denominator == 1 else fixed(one.default, 2)
