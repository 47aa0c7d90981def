"""A simulation as JSON: quantities and chances as strings with 6 decimals, euros as whole cents."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from puntlanding.language.notation import Language
from puntlanding.quantities import fixed
from puntlanding.report.contract import problems_record
from puntlanding.simulation.result import Carried, Difference, Figures, GroupRisk, Simulation, Tried

NAMES = {
    "mean": "gemiddeld", "sd": "standaardafwijking", "p5": "p5", "p25": "p25", "median": "mediaan", "p75": "p75", "p95": "p95",
    "worst": "slechtste_5",
}  # fmt: skip


def as_record(found: Simulation, language: Language) -> dict[str, Any]:
    told = found.about
    return {
        "trekkingen": found.draws,
        "zaad": found.seed,
        "volumes": {
            "rond": told.centre,
            "bestand": told.file,
            "spreiding": told.spread.value,
            **({} if told.list_hash is None else {"spreiding_hash": told.list_hash}),
            "spreiding_deel": None if told.share is None else _quantity(told.share),
            "samenhang": _quantity(told.correlation),
            "zorgproducten": told.products,
            "elk_apart": told.alone,
            "efficiency_van_vorig_jaar": list(told.older),
        },
        "afspraken": [_tried(one, language) for one in found.tried],
    }


def _quantity(value: float) -> str:
    return fixed(Fraction(value))


def figures(one: Figures, *, cents: bool) -> dict[str, Any]:
    return {name: round(getattr(one, key)) if cents else _quantity(getattr(one, key)) for key, name in NAMES.items()}


def _tried(one: Tried, language: Language) -> dict[str, Any]:
    record: dict[str, Any] = {"kolom": one.letter, "naam": one.name}
    if one.hash is not None:
        record["hash"] = one.hash
    if one.changed:
        record["gewijzigd"] = [pair[0 if language is Language.DUTCH else 1] for pair in one.changed]
    if one.risks is None:
        return record | problems_record(one.refused, language, "niet_berekend")
    if one.without_euros:
        record |= problems_record(one.without_euros, language, "geen_euros")
    risks = one.risks
    record["spreiding_van_een_vakgroep"] = _quantity(risks.group_risk)
    record["vakgroepen"] = [{"vakgroep": group.name, **_group(group)} for group in risks.groups]
    record["totaal"] = _group(risks.total)
    record["gremium"] = {"niet_betaald_norm_fte": _carried(risks.unpaid)}
    if risks.left is not None:
        record["gremium"]["niet_uitgekeerd_cent"] = _carried(risks.left, cents=True)
    record["ziekenhuis"] = {"boven_begroting_norm_fte": _carried(risks.above)}
    if risks.redistributed is not None:
        record["herverdeling"] = {"extra_norm_fte": _carried(risks.redistributed)}
    if one.differences:
        money = risks.total.euros is not None
        record["verschil_met_a"] = [_difference(each, money=money) for each in one.differences]
    return record


def _group(one: GroupRisk) -> Mapping[str, Any]:
    return {
        "begroot_norm_fte": _quantity(one.budgeted),
        "gerealiseerd_norm_fte": figures(one.realised, cents=False),
        "betaald_norm_fte": figures(one.paid, cents=False),
        "bedrag_cent": None if one.euros is None else figures(one.euros, cents=True),
        "kans_meerproductie": _quantity(one.over),
        "kans_minderproductie": _quantity(one.under),
        "herverdeling_norm_fte": None if one.extra is None else _quantity(one.extra),
        "herverdeling_cent": None if one.shifted is None else round(one.shifted),
    }


def _carried(one: Carried, *, cents: bool = False) -> Mapping[str, Any]:
    worth = {} if one.worth is None else {"gemiddelde_waarde_cent": round(one.worth)}
    return {**figures(one.figures, cents=cents), "kans": _quantity(one.chance), **worth}


def _difference(one: Difference, *, money: bool) -> Mapping[str, Any]:
    return {
        "vakgroep": one.name,
        "verschil_cent" if money else "verschil_norm_fte": figures(one.figures, cents=money),
        "kans_meer": _quantity(one.more),
        "kans_minder": _quantity(one.less),
    }
