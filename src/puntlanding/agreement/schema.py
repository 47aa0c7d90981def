"""The catalogue of settings → a JSON Schema (2020-12) of afspraak.toml, for editors and for other programs that write one.

It is as strict as the reader about keys, types, choices and bounds. What relates several values (weights that add up to
1, a lower bound below the upper one, names used once) only the reader judges; the descriptions say so.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from puntlanding.agreement.keys import CONTRACT, OPEN_SECTIONS, REPEATED, REQUIRED_SECTIONS, SECTIONS, contract_settings
from puntlanding.components import COMPONENTS
from puntlanding.contract_types import CONTRACT_TYPES
from puntlanding.setting import Kind, Setting

SECTION_NOTES = {
    "afspraak": "Van wie de afspraak is en over welk jaar zij gaat.",
    CONTRACT: "Een contract met een verzekeraar; elk begint met een eigen regel [[contract]] en heeft een eigen naam.",
    "afrekening": "Hoe de contracten samen worden afgerekend.",
    "weging": "De gewichten van de score; output, efficiency en passende_zorg zijn samen 1.",
    "benchmark": "Met wie en hoe vakgroepen worden vergeleken, en welk jaar de basis is.",
    "kader": "De euro's die worden verdeeld; zonder dit onderdeel is er geen verdeling.",
    "formatie": "Hoe dagdelen tot fte worden.",
    "prestatiemodel": "De gewichten van het oude model (ex-post), om oud en nieuw te vergelijken; samen 1.",
    "meerjaren": "Wat er gebeurt met wat een jaar overlaat, als enkele jaren in een keer worden berekend (puntlanding years).",
    **{section: component.nl for section, component in COMPONENTS.items()},
}
# The units of the catalogue that say something beside the type, in Dutch.
UNITS = {
    "text": None,
    "choice": None,
    "year": None,
    "share": "deel van 1",
    "share of the group's budget": "deel van de begroting van de vakgroep",
    "norm fte per care fte": "norm fte per zorgverlening-fte",
    "euro": "euro, ten hoogste twee decimalen",
    "half-days per week": "dagdelen per week",
    "weeks": "weken",
    "weight": "gewicht",
    "date": "datum, JJJJ-MM-DD",
    "UZOVI codes": "UZOVI-codes van vier tekens",
    "euro per care fte": "euro per zorgverlening-fte",
    "points": "punten",
    "groups": "namen van vakgroepen",
}


def agreement_schema() -> dict[str, Any]:
    """The schema, with keys in the order of the catalogue."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "afspraak.toml",
        "description": "De afspraken van één jaar, zoals puntlanding ze leest (TOML, gelezen als JSON).",
        **_object({name: _section(name) for name in SECTIONS}, REQUIRED_SECTIONS),
    }


def _object(properties: dict[str, Any], required: Iterable[str]) -> dict[str, Any]:
    names = list(required)
    return {
        "type": "object",
        "properties": properties,
        **({"required": names} if names else {}),
        "additionalProperties": False,
    }


def _section(name: str) -> dict[str, Any]:
    if name == CONTRACT:
        kinds = [_contract(kind) for kind in CONTRACT_TYPES]
        return {"description": SECTION_NOTES[name], "type": "array", "items": {"oneOf": kinds}}
    properties = {one.key: _setting(one) for one in SECTIONS[name]}
    if name in REPEATED:
        return {
            "description": SECTION_NOTES[name],
            "type": "array",
            "items": _object(properties, _required(SECTIONS[name])),
        }
    for path, pattern in OPEN_SECTIONS.items():
        parent, _, child = path.rpartition(".")
        if parent == name:
            properties[child] = {"type": "object", "description": pattern.nl, "additionalProperties": _setting(pattern)}
    return {"description": SECTION_NOTES[name], **_object(properties, _required(SECTIONS[name]))}


def _contract(kind: str) -> dict[str, Any]:
    """One branch per contract type: its own keys, and only those."""
    settings = contract_settings(kind)
    properties = {one.key: _setting(one) for one in settings}
    properties["soort"] = {"description": properties["soort"]["description"], "const": kind}
    return {"title": kind, "description": CONTRACT_TYPES[kind].nl, **_object(properties, _required(settings))}


def _required(settings: Iterable[Setting]) -> list[str]:
    return [one.key for one in settings if one.required]


def _setting(one: Setting) -> dict[str, Any]:
    unit = UNITS[one.unit]
    schema: dict[str, Any] = {"description": one.nl + (f" Eenheid: {unit}." if unit else "")} | _type(one)
    if one.default is not None:
        schema["default"] = one.default if isinstance(one.default, str) else _number(one.default)
    return schema


def _type(one: Setting) -> dict[str, Any]:
    match one.kind:
        case Kind.TEXT:
            return {"type": "string", "pattern": r"\S"}
        case Kind.CHOICE:
            return {"type": "string", "enum": list(one.choices)}
        case Kind.YEAR:
            return {"type": "integer"} | _bounds(one)
        case Kind.PAIR:
            return {"type": "array", "items": {"type": "number"} | _bounds(one), "minItems": 2, "maxItems": 2}
        case Kind.DATE:
            return {"type": "string", "format": "date"}
        case Kind.TEXTS:
            return {"type": "array", "items": {"type": "string", "pattern": f"^{one.pattern}$"}, "minItems": 1}
        case _:
            return {"type": "number"} | _bounds(one)


def _bounds(one: Setting) -> dict[str, int | float]:
    bounds = {"minimum": one.minimum, "maximum": one.maximum}
    return {name: _number(bound) for name, bound in bounds.items() if bound is not None}


def _number(value: Fraction) -> int | float:
    """JSON has no fractions; the bounds and defaults of the catalogue are short decimals."""
    return int(value) if value.denominator == 1 else float(value)
