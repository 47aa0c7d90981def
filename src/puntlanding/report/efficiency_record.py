"""Efficiency of one hospital's groups, and where one of them differs, as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from puntlanding.benchmark.drill_down import DrillDown, Line, gathered
from puntlanding.benchmark.efficiency import GroupEfficiency
from puntlanding.quantities import fixed
from puntlanding.report.efficiency_tables import Asked


def as_record(figures: Sequence[GroupEfficiency], asked: Asked) -> dict[str, Any]:
    return {**_asked_record(asked), "vakgroepen": [group_record(one) for one in figures]}


def drill_down_record(one: GroupEfficiency, found: DrillDown, asked: Asked) -> dict[str, Any]:
    """What concerns few patients has its effect only, so that the lines still add up."""
    lines = [_line_record(line, asked) for line in gathered(found, asked.least).lines]
    return {**_asked_record(asked), **group_record(one), "verschil": fixed(found.gap), "regels": lines}


def _line_record(line: Line, asked: Asked) -> dict[str, Any]:
    few = line.patients < asked.least
    keys = ("diagnosegroep", "leeftijd", "geslacht")
    return {
        "stratum": None if line.stratum is None else dict(zip(keys, line.stratum, strict=True)),
        "waarin": str(line.measure),
        "onderdeel": str(line.component),
        "niveau": None if line.level is None else int(line.level),
        "patienten": None if few else line.patients,
        "geleverd": None if few else fixed(line.actual),
        "verwacht": None if few else fixed(line.expected),
        "gewicht": None if few else _maybe(line.weight),
        "effect_onderdeel": fixed(line.within),
        "effect": fixed(line.effect),
    }


def _asked_record(asked: Asked) -> dict[str, Any]:
    rule = {key: value for key, value in asked.rule.as_record().items() if key != "lijst"}
    return {
        "ziekenhuis": asked.hospital, "jaar": asked.year, "kwartaal": asked.quarter, **rule,
        "vergeleken_met": asked.peers, "minimum": asked.minimum,
    }  # fmt: skip


def group_record(one: GroupEfficiency) -> dict[str, Any]:
    sums, ehealth = one.sums, one.ehealth
    return {
        "specialisme": sums.specialism,
        "efficiency": _maybe(one.value),
        "reden": one.reason,
        "patienten": {"per_niveau": list(sums.patients), "zonder_referentie": sums.left_out},
        "onderdelen": {
            str(name): {"waarde": _maybe(part.value), "gewicht": _maybe(part.weight), "reden": part.reason}
            for name, part in one.components.items()
        },
        "poliklinisch_volume": _maybe(one.volume),
        "ehealth": None
        if ehealth is None
        else {"eigen": fixed(ehealth.own), "referentie": fixed(ehealth.reference), "verhouding": fixed(ehealth.ratio),
              "telt_als": fixed(ehealth.counted)},
        "eenheden": {
            str(unit): {"geleverd": count, "verwacht": _maybe(sums.expected[unit])}
            for unit, count in sums.actual.items()
        },
    }  # fmt: skip


def _maybe(value: Fraction | None) -> str | None:
    return None if value is None else fixed(value)
