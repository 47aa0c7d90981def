"""A year's forecast as JSON: all that a table, a chart or a page needs. Estimates are strings with six decimals, like all
quantities; what is closed is exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from puntlanding.forecast.bridge import STEPS, Bridge
from puntlanding.forecast.outlook import Beside, Outlook, Row
from puntlanding.forecast.quality import Finding
from puntlanding.forecast.result import PER_HOUR, Estimate, FanPoint, Interval, MonthParts, Quality
from puntlanding.forecast.working_days import Event
from puntlanding.language.notation import Language
from puntlanding.language.sentences import as_record as problem_record
from puntlanding.problems import Problem
from puntlanding.quantities import fixed

METHODS = {"pooled": "seizoen_per_werkdag", "opening_share": "openingsaandeel", "run_rate": "openingstempo"}
REASONS = {
    "back_test": "kleinste_fout_op_eigen_jaren",
    "early": "jaar_net_begonnen",
    "short_history": "korte_historie",
    "no_back_test": "geen_eerder_jaar",
    "chosen": "gekozen",
}
FLAGS = {
    "small": "klein", "started": "begonnen", "stopped": "gestopt", "resumed": "hervat", "gap": "gat", "lump": "ineens_vastgelegd", "shock": "schok",
    "corrections": "correcties", "no_norm_times": "zonder_normtijden", "recording_unknown": "vastlegging_onbekend",
    "no_openings": "geen_openingen", "level_moved": "niveau_verschoven",
}  # fmt: skip
SIGNALS = {"over": "boven", "under": "onder"}
ITEMS = {
    "late_openings": "laat_vastgelegd", "long_open": "lang_open", "unpriced": "zonder_normtijd", "closing_lag": "sluitvertraging",
    "lumps": "ineens_vastgelegd", "stale": "oudere_levering", "later_delivery": "latere_levering",
}  # fmt: skip
JUDGEMENTS = {"fine": "in_orde", "attention": "let_op", "unknown": "onbekend"}


def as_record(outlook: Outlook) -> dict[str, Any]:
    return {
        "ziekenhuis": outlook.hospital,
        "organisatie": outlook.organisation,
        "jaar": outlook.year,
        "gevraagd_op": outlook.asked.isoformat(),
        "bekend_op": outlook.as_of.isoformat(),
        "band": number(outlook.band),
        "methode": METHODS[outlook.method],
        "reden": REASONS[outlook.reason],
        "maanden_historie": outlook.history_months,
        "regio_schoolvakanties": outlook.region,
        "totaal": _beside(outlook.total) | {
            "zonder_gebeurtenissen": _plain(outlook.total_without_events),
            "brug": bridge_record(outlook.total_bridge),
            "verloop": [_fan(one) for one in outlook.total_fan],
        },
        "contracten": [{"contract": one.name} | _beside(one) for one in outlook.total_contracts],
        "zorgeenheden": [{"zorgeenheid": one.name} | _beside(one) for one in outlook.care_units],
        "vakgroepen": [_row(row) for row in outlook.rows],
        "om_over_te_praten": [row.name for row in outlook.signals],
        "nagerekend": _quality(outlook.quality),
        "kwaliteit": [_finding(one) for one in outlook.strip],
        "leveringen": [
            {"jaar": one.year, "geleverd_op": one.day.isoformat(), "later": one.later, "verouderd": one.stale}
            for one in outlook.deliveries
        ],
        "telt_niet_mee": dict(outlook.counts),
        "gebeurtenissen": [_event(one) for one in outlook.events],
        "begroting_bekend_op": None if outlook.budget_known is None else outlook.budget_known.isoformat(),
    }  # fmt: skip


def number(value: float | None) -> str | None:
    """null where it is not known."""
    return None if value is None else fixed(Fraction(repr(float(value))))


def _beside(one: Beside) -> dict[str, Any]:
    chances = one.chances
    return estimate_record(one.estimate) | {
        "begroting": None if one.budget is None else fixed(one.budget),
        "verhouding": number(one.ratio),
        "kans": None
        if chances is None
        else {"eronder": number(chances.under), "band": number(chances.within), "erboven": number(chances.over)},
        "signaal": None if one.signal is None else SIGNALS[one.signal],
    }


def estimate_record(estimate: Estimate) -> dict[str, Any]:
    return {
        "afgesloten": fixed(Fraction(estimate.closed, PER_HOUR)),
        "onderhanden": number(estimate.in_flight),
        "nog_te_openen": number(estimate.to_open),
        "prognose": number(estimate.forecast),
        "interval_80": _interval(estimate.interval80),
        "interval_95": _interval(estimate.interval95),
    }


def _interval(bounds: Interval) -> dict[str, str | None]:
    return {"laag": number(bounds.low), "hoog": number(bounds.high)}


def _plain(estimate: Estimate | None) -> dict[str, Any] | None:
    return None if estimate is None else estimate_record(estimate)


def _row(row: Row) -> dict[str, Any]:
    checks = row.checks
    return {
        "vakgroep": row.name,
        "specialisme": row.specialism,
        "rol": row.role.value,
        **_beside(row.beside),
        "zonder_gebeurtenissen": _plain(row.without_events),
        "uren_per_opening": number(row.own.per_opening) if row.own is not None and row.own.per_opening else None,
        "contracten": [{"contract": one.name} | _beside(one) for one in row.contracts],
        "maanden": [_month(one) for one in row.months],
        "ter_controle": {
            "openingsaandeel": number(checks.opening_share),
            "gesloten_doorgerekend": number(checks.closed_rate),
            "gesloten_aandeel": number(checks.closed_share),
        },
        "nodig_om_te_landen": need_record(row),
        "brug": bridge_record(row.bridge),
        "verloop": [_fan(one) for one in row.fan],
        "bijzonderheden": [FLAGS[flag] for flag in row.flags],
    }


def need_record(row: Row) -> dict[str, Any] | None:
    need = row.need
    if need is None:
        return None
    return {
        "werkdagen": number(need.working_days),
        "normuren_nodig": number(need.hours_needed),
        "normuren_verwacht": number(need.hours_expected),
        "openingen_nodig": number(need.openings_needed),
        "openingen_verwacht": number(need.openings_expected),
        "normuren_per_week_erbij": number(need.hours_per_week),
        "openingen_per_week_erbij": number(need.openings_per_week),
        "dagdelen_per_week_erbij": [{"dagdeel": one.name, "aantal": number(one.per_week)} for one in need.sessions],
    }


def bridge_record(bridge: Bridge | None) -> dict[str, Any] | None:
    """The parts add up to the change to the last digit."""
    if bridge is None:
        return None
    parts = {
        "prognose_toen": bridge.before,
        "openingen": bridge.openings,
        "zwaarte": bridge.mix,
        "werkdagen": bridge.calendar,
        "verwachting": bridge.model,
        "gebeurtenissen": bridge.events,
        "prognose_nu": bridge.now,
    }
    return {"sinds": bridge.since.isoformat()} | {name: fixed(Fraction(at, STEPS)) for name, at in parts.items()}


def _month(one: MonthParts) -> dict[str, Any]:
    return {
        "maand": one.month.isoformat()[:7],
        "openingen": one.openings,
        "openingen_verwacht": number(one.expected),
        "afgesloten": fixed(Fraction(one.closed, PER_HOUR)),
        "onderhanden": number(one.in_flight),
        "nog_te_openen": number(one.to_open),
        "werkdagen": number(one.working_days),
    }


def _fan(one: FanPoint) -> dict[str, Any]:
    return {"bekend_op": one.cut_off.isoformat()} | estimate_record(one.estimate)


def _quality(quality: Quality | None) -> dict[str, Any] | None:
    if quality is None:
        return None
    return {
        "fout": number(quality.wape),
        "fout_openingsaandeel": number(quality.wape_opening_share),
        "fout_openingstempo": number(quality.wape_run_rate),
        "dekking_80": number(quality.covered80),
        "dekking_95": number(quality.covered95),
        "momenten": [
            {
                "bekend_op": one.cut_off.isoformat(),
                "fout": number(one.wape),
                "fout_openingsaandeel": number(one.wape_opening_share),
                "fout_openingstempo": number(one.wape_run_rate),
                "fout_totaal": number(one.total_error),
                "dekking_80": number(one.covered80),
                "dekking_95": number(one.covered95),
            }
            for one in quality.cut_offs
        ],
    }


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "controle": ITEMS[one.item],
        "oordeel": JUDGEMENTS[one.judgement],
        "aantal": one.count,
        "van": one.of,
        "waarde": number(one.value),
        "vorig_jaar": number(one.before),
        "drempel": number(one.threshold),
        "welke": list(one.which),
    }


def _event(one: Event) -> dict[str, Any]:
    return {
        "van": one.first.isoformat(),
        "tot": one.last.isoformat(),
        "vakgroep": one.group,
        "capaciteit": number(one.percent / 100),
        "reden": one.reason,
    }


def all_record(
    outlooks: Sequence[Outlook], refused: Mapping[str, Sequence[Problem]], without: Sequence[str], language: Language
) -> dict[str, Any]:
    return {
        "ziekenhuizen": [as_record(one) for one in outlooks],
        "zonder_prognose": [
            {"ziekenhuis": name, "redenen": [dict(problem_record(one, language)) for one in problems]}
            for name, problems in refused.items()
        ],
        "zonder_case": list(without),
    }
