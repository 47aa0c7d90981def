"""Incentives as JSON: cents and shares as strings with 6 decimals, because a slope is no whole number of cents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from puntlanding.incentives import Curve, Finding, Place, point_at
from puntlanding.language.notation import Language
from puntlanding.quantities import fixed
from puntlanding.report.contract import problems_record
from puntlanding.report.incentives_words import Refused, Told


def as_record(
    every: Sequence[Told], refused: Sequence[Refused], language: Language, hashes: Mapping[str, str]
) -> dict[str, Any]:
    """``hashes``: of each agreement's content, by its letter."""
    record: dict[str, Any] = {"afspraken": [_agreement(one, language, hashes) for one in every]}
    if refused:
        record["niet_berekend"] = [
            {"kolom": one.letter, "naam": one.name, **problems_record(one.problems, language, "redenen")}
            for one in refused
        ]
    return record


def _agreement(one: Told, language: Language, hashes: Mapping[str, str]) -> dict[str, Any]:
    found = one.found
    record: dict[str, Any] = {"kolom": one.letter or "A", "naam": one.name}
    if record["kolom"] in hashes:
        record["hash"] = hashes[record["kolom"]]
    record |= {
        "anderen_op": found.others.value,
        "afstand": fixed(found.distance),
        "in_euros": found.in_euros,
        "per": "normuur" if found.by_hour else "norm_fte",
        "oordeel": one.verdict,
        "bevindingen": [
            {"titel": title, "tekst": text, **_finding(own)}
            for (title, text), own in zip(
                one.findings, (one.reading.over, one.reading.under, one.reading.at_cost), strict=True
            )
        ],
        "telt_niet": list(one.reading.idle),
        "regels": [_curve(curve) for curve in found.curves],
    }
    if found.without_euros:
        record |= problems_record(found.without_euros, language, "geen_euros")
    return record


def _finding(found: Finding) -> dict[str, Any]:
    return {"vakgroepen": list(found.groups), "sleutels": list(found.keys)}


def _curve(curve: Curve) -> dict[str, Any]:
    return {
        "vakgroep": curve.group,
        "contract": curve.contract.name,
        "begroot_norm_fte": fixed(curve.budget),
        "norm_fte_per_normuur": None if curve.fte_per_hour is None else fixed(curve.fte_per_hour, 9),
        "punten": {place.value: _point(curve, place) for place in Place},
    }


def _point(curve: Curve, place: Place) -> dict[str, Any] | None:
    found = curve.effects.get(place)
    if found is None:
        return None
    record: dict[str, Any] = {"betaald_deel": fixed(found.paid[curve.group])}
    if found.euros is None:
        lost = {name: value for name, value in found.paid.items() if value and name != curve.group}
        return record | {"anderen_deel": fixed(sum(lost.values(), Fraction(0))), "anderen": _each(lost)}
    record["eigen_cent_per_norm_fte"] = fixed(found.euros[curve.group])
    point = point_at(curve, place)
    if point is None:
        return record
    largest = point.largest
    return record | {
        "eigen_cent": fixed(point.own),
        "anderen_cent": fixed(point.together),
        "meeste": None if largest is None else {"vakgroep": largest[0], "cent": fixed(largest[1])},
        "anderen": _each(point.others),
        "niet_uitgekeerd_cent": fixed(point.kept.get("", Fraction(0))),
        "potten": _each({key: value for key, value in point.kept.items() if key}),
        "waaruit": _each(
            {key: curve.scale * cents for key, cents in (found.sources or {}).get(curve.group, {}).items()}
        ),
    }


def _each(found: Mapping[str, Fraction]) -> dict[str, str]:
    return {name: fixed(value) for name, value in found.items() if value}
