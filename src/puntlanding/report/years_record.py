"""Several years as JSON: quantities as strings with 6 decimals, euros as whole cents, every refused year with its reasons."""

from __future__ import annotations

from typing import Any

from puntlanding.explain import Node, Unit
from puntlanding.language.notation import Language
from puntlanding.report.contract import explanation_record, problems_record, value
from puntlanding.report.years_tables import account_lines
from puntlanding.report.years_text import rows
from puntlanding.report.years_words import headlines
from puntlanding.stage import Stage
from puntlanding.years import Figures, Outcome, Overview, Run, overview

STAGES = (Stage.BUDGET, Stage.SETTLE, Stage.DISTRIBUTE)


def as_record(run: Run, language: Language, explain: str | None = None) -> dict[str, Any]:
    found = overview(run)
    record: dict[str, Any] = {
        "jaren": [_year(one, run, language) for one in run.outcomes],
        "samenvatting": list(headlines(run, found, language)),
        "vakgroepen": [{"vakgroep": name, **_over_years(name, found, run)} for name in run.names],
        "totaal": _over_years(None, found, run),
    }
    lines = account_lines(run)
    if lines and lines[0].together is not None:
        record["rekening"] = {one.key: value(one.together, Unit.CENTS) for one in lines}
    if explain is not None:
        record["uitleg"] = {
            str(year): explanation_record(row, shown, language) for year, (row, shown) in rows(run, explain).items()
        }
    return record


def _year(one: Outcome, run: Run, language: Language) -> dict[str, Any]:
    record: dict[str, Any] = {"jaar": one.year, "case": one.entry.name}
    lacking = {stage.value: one.lacking[stage] for stage in STAGES if one.lacking[stage]}
    if lacking:
        record["niet_berekend"] = {
            stage: problems_record(problems, language, "ontbreekt")["ontbreekt"] for stage, problems in lacking.items()
        }
    changes = one.changes
    if changes.new or changes.gone:
        record["vakgroepen"] = {
            "nieuw": list(changes.new),
            "niet_meer": list(changes.gone),
            "opgegaan_in": dict(changes.into),
        }
    if one.account is not None:
        record["saldo"] = one.entry.case.agreement.balance.value
        record["rekening"] = {line.key: value(line.years[one.year], Unit.CENTS) for line in account_lines(run)}
    return record


def _over_years(name: str | None, found: Overview, run: Run) -> dict[str, Any]:
    """One group, or the total: its numbers per year, their sums and the development of what was paid."""
    years = []
    for year in run.years:
        if name is None or any(year in figures.groups[name] for figures in _every(found)):
            cells = {key: value(_cell(figures, name, year), figures.unit) for key, figures in _keys(found).items()}
            years.append({"jaar": year, **cells})
    return {
        "jaren": years,
        "samen": {key: value(_sum(figures, name), figures.unit) for key, figures in _keys(found).items()},
        "ontwikkeling": {
            key: _development(figures, name) for key, figures in _keys(found).items() if len(figures.years) > 1
        },
    }


def _keys(found: Overview) -> dict[str, Figures]:
    return {
        "begroting": found.budget, "realisatie": found.realised, "norm_fte": found.paid, "bedrag_cent": found.euros,
    }  # fmt: skip


def _every(found: Overview) -> tuple[Figures, ...]:
    return tuple(_keys(found).values())


def _cell(figures: Figures, name: str | None, year: int) -> Node | None:
    return figures.totals.get(year) if name is None else figures.groups[name].get(year)


def _sum(figures: Figures, name: str | None) -> Node | None:
    if name is None:
        return figures.sum if figures.years else None
    return figures.sums.get(name)


def _development(figures: Figures, name: str | None) -> dict[str, Any] | None:
    one = figures.development if name is None else figures.developments.get(name)
    if one is None:
        return None
    return {
        "van": figures.years[0], "tot": figures.years[-1], "verschil": value(one.change, figures.unit),
        "deel": value(one.share, Unit.RATIO),
    }  # fmt: skip
