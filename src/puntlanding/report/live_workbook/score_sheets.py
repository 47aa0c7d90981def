"""Figures of efficiency → the factor on norm fte (methods §3 and §4)."""

from __future__ import annotations

from fractions import Fraction

from puntlanding.report.live_workbook.model import Model
from puntlanding.report.live_workbook.table import Content, Entry, Plain, Table

YEARS_BACK = (2, 1, 0)


def write_efficiency(model: Model) -> None:
    year = model.agreement.year
    figures = [one for one in model.case.efficiency if year - max(YEARS_BACK) <= one.year <= year]
    sheet = model.page(
        "efficiency", ("de cijfers van efficiency, met correcties", "the figures of efficiency, with corrections"),
        (("1,05 = 5 % beter dan de referentie. Een correctie met een oorzaak van buiten telt alleen in de realisatie.",
          "1.05 = 5 % better than the reference. A correction with a cause from outside counts in the realisation only."),),
    )  # fmt: skip
    table = model.table("efficiency", sheet, [one.group for one in figures])
    table.column("number", ("nummer", "number"), "whole", lambda i: Plain(Fraction(model.number[figures[i].group])))
    table.column("year", ("jaar", "year"), "year", lambda i: Plain(Fraction(figures[i].year)))
    table.column("part", ("onderdeel", "component"), "text", lambda i: Plain(figures[i].component or ""), width=22)
    table.column("value", ("efficiency", "efficiency"), "ratio", lambda i: Entry(figures[i].value.value))

    def correction(i: int) -> Content:
        node = figures[i].correction
        return Entry(None if node is None else node.value)

    def weight(i: int) -> Content:
        part = figures[i].component
        return Plain(Fraction(1)) if part is None else f"onderdeel_{model.parts.index(part) + 1}"

    table.column("correction", ("correctie", "correction"), "ratio", correction)
    table.column("weight", ("gewicht", "weight"), "ratio", weight)
    table.column(
        "weighted", ("gewogen", "weighted"), "ratio", lambda i: f"{table.at('value', i)}*{table.at('weight', i)}"
    )
    table.column("corrected", ("gecorrigeerd, gewogen", "corrected, weighted"), "ratio",
                 lambda i: f"({table.at('value', i)}+{table.at('correction', i)})*{table.at('weight', i)}")  # fmt: skip


def write_score(model: Model) -> None:
    """Columns ``factor_budget``, ``factor_realised`` and ``factor_before``."""
    year = model.agreement.year
    sheet = model.page(
        "score", ("de factor waarmee norm fte wordt vermenigvuldigd", "the factor that norm fte is multiplied by"),
        (("Factor = gewicht output + gewicht efficiency × efficiency (+ gewicht passende zorg × score). Zonder cijfers is de factor 1.",
          "Factor = weight of output + weight of efficiency × efficiency (+ weight of appropriate care × score). Without figures: 1."),
         ("De begroting neemt de efficiency van vorig jaar, de realisatie die van dit jaar.",
          "The budget takes last year's efficiency, the realisation this year's.")),
    )  # fmt: skip
    table = model.table("score", sheet)
    known = {one.year for one in model.case.efficiency}
    for back in YEARS_BACK:
        if year - back in known:
            words = (f"efficiency {year - back}", f"efficiency {year - back}")
            table.column(f"of_{back}", words, "ratio", lambda i, back=back: _mean(model, i, year - back, "weighted"))  # type: ignore[misc]
    if year in known:
        table.column("now", (f"efficiency {year}, gecorrigeerd", f"efficiency {year}, corrected"), "ratio",
                     lambda i: _mean(model, i, year, "corrected"))  # fmt: skip
        table.column("counts", (f"efficiency {year} die telt", f"efficiency {year} that counts"), "ratio",
                     lambda i: _that_counts(_at(table, "now", i), _at(table, "of_1", i)))  # fmt: skip
    if model.looks_back and {year - 1, year - 2} & known:
        words = ("efficiency begroting vorig jaar", "efficiency budget last year")
        table.column("counts_before", words, "ratio", lambda i: _before(_at(table, "of_2", i), _at(table, "of_1", i)))
    if model.case.appropriate_care:
        groups = model.tables["groups"]
        table.column("care", ("passende zorg", "appropriate care"), "ratio",
                     lambda i: f'IF({groups.at("passende_zorg", i)}="","",{groups.at("passende_zorg", i)})')  # fmt: skip
    table.column(
        "factor_budget", ("factor begroting", "factor budget"), "ratio", lambda i: _factor(model, table, i, "of_1")
    )
    if model.case.realisation is not None:
        table.column("factor_realised", ("factor realisatie", "factor realisation"), "ratio",
                     lambda i: _factor(model, table, i, "counts"))  # fmt: skip
    if model.looks_back:
        table.column("factor_before", ("factor begroting vorig jaar", "factor budget last year"), "ratio",
                     lambda i: _factor(model, table, i, "counts_before"))  # fmt: skip


def _at(table: Table, key: str, i: int) -> str:
    """A figure, or nothing where the case has none of that year."""
    return str(table.at(key, i)) if key in table.columns else '""'


def _that_counts(now: str, before: str) -> str:
    return (
        f'IF(OR(gewicht_efficiency_stijging="telt_mee",{now}="",{before}=""),IF({now}="","",{now}),MIN({now},{before}))'
    )


def _before(two: str, one: str) -> str:
    return f'IF({two}="",IF({one}="","",{one}),{two})'


def _mean(model: Model, i: int, year: int, column: str) -> Content:
    if not any((one.group, one.year) == (model.names[i], year) for one in model.case.efficiency):
        return None
    rows = model.tables["efficiency"]
    wanted = f"{rows.span('number')},{i + 1},{rows.span('year')},{year}"
    weight = f"SUMIFS({rows.span('weight')},{wanted})"
    return f'IF({weight}=0,"",SUMIFS({rows.span(column)},{wanted})/{weight})'


def _factor(model: Model, table: Table, i: int, of: str) -> str:
    known = _at(table, of, i)
    weighed = f'gewicht_output+gewicht_efficiency*IF({known}="",1,{known})'
    if not model.case.appropriate_care:
        return f'IF(OR({known}="",gewicht_efficiency=0),1,{weighed})'
    care = table.at("care", i)
    idle = f'OR(gewicht_passende_zorg=0,{care}="")'
    return f'IF(AND(OR({known}="",gewicht_efficiency=0),{idle}),1,{weighed}+IF({idle},0,gewicht_passende_zorg*{care}))'
