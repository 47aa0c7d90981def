"""The tables of several years: amounts and norm fte that read over the years, budget beside realisation, and the account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from rich.table import Table as RichTable
from rich.text import Text

from puntlanding.explain import Node, Unit, total
from puntlanding.language.notation import Language, euros, number
from puntlanding.report.comparison_tables import Grid, Shown
from puntlanding.report.comparison_words import signed
from puntlanding.report.terminal import HAIRLINES
from puntlanding.years import Figures, Overview, Run

YEARS_BESIDE = 3  # in one block of the account, whose amounts are told to the cent


def grids(found: Overview, language: Language) -> Iterator[Grid]:
    dutch = language is Language.DUTCH
    whole = "Totaal" if dutch else "Total"
    if found.euros.years:
        title = "Bedrag per vakgroep, in euro's" if dutch else "Amount by group, in euros"
        yield Grid(title, tuple(_over(found.euros, language, whole)), (whole,))
    if found.paid.years:
        title = "Betaald, in norm fte" if dutch else "Paid, in norm fte"
        yield Grid(title, tuple(_over(found.paid, language, whole)), (whole,))
    if found.budget.years:
        title = "Begroot en gerealiseerd, in norm fte" if dutch else "Budgeted and realised, in norm fte"
        yield Grid(title, tuple(_beside(found, language, whole)), (whole,))


def _over(found: Figures, language: Language, whole: str) -> Iterator[tuple[Shown, ...]]:
    for year in found.years:
        yield (_year(found, year, str(year), language, whole),)
    if len(found.years) < 2:
        return
    heading = f"{found.years[0]} → {found.years[-1]}"
    changes = {name: signed(*_scaled(one.change), language) for name, one in found.developments.items()}
    shares = {name: _share(one.share, language) for name, one in found.developments.items()}
    sums = {name: number(*_scaled(node), language) for name, node in found.sums.items()}
    below = found.development
    yield (
        Shown("samen" if language is Language.DUTCH else "together", sums, {whole: number(*_scaled(found.sum), language)}),
        Shown(heading, changes, {} if below is None else {whole: signed(*_scaled(below.change), language)}),
        Shown("%", shares, {} if below is None else {whole: _share(below.share, language)}),
    )  # fmt: skip


def _beside(found: Overview, language: Language, whole: str) -> Iterator[tuple[Shown, ...]]:
    words = ("begroot", "gereal.") if language is Language.DUTCH else ("budgeted", "realised")
    for year in found.budget.years:
        part = [_year(found.budget, year, f"{year} {words[0]}", language, whole)]
        if year in found.realised.years:
            part.append(_year(found.realised, year, words[1], language, whole))
        yield tuple(part)


def _year(found: Figures, year: int, heading: str, language: Language, whole: str) -> Shown:
    groups = {name: number(*_scaled(own[year]), language) for name, own in found.groups.items() if year in own}
    return Shown(heading, groups, {whole: number(*_scaled(found.totals[year]), language)})


def _scaled(node: Node) -> tuple[Fraction, int]:
    """The number as it is shown and its decimals: whole euros, norm fte in hundredths."""
    return (node.value / 100, 0) if node.unit is Unit.CENTS else (node.value, 2)


def _share(node: Node | None, language: Language) -> str:
    return "–" if node is None else signed(node.value * 100, 1, language)


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One line of the account, in cents by year; ``key`` is its name in JSON, ``together`` None where years are not computed."""

    key: str
    nl: str
    en: str
    years: Mapping[int, Node]
    together: Node | None


_LINES = (
    ("opening", "beginsaldo_cent", "beginsaldo", "opening balance"),
    ("frame", "kader_cent", "+ kader", "+ frame"),
    ("brings", "van_buiten_cent", "+ van buiten het kader", "+ from outside the frame"),
    ("paid", "betaald_voor_kosten_cent", "− betaald vóór kosten", "− paid before costs"),
    ("lapses", "vervalt_cent", "− vervalt", "− lapses"),
    ("closing", "eindsaldo_cent", "eindsaldo", "closing balance"),
)


def account_lines(run: Run) -> tuple[AccountLine, ...]:
    """Opening + frame + from outside − paid − lapses = closing: of each year, and of all together."""
    told = {one.year: one.account for one in run.outcomes if one.account is not None}
    if not told:
        return ()
    found = []
    for field, key, nl, en in _LINES:
        nodes: dict[int, Node] = {year: getattr(one, field) for year, one in told.items()}
        together = None
        if len(told) == len(run.outcomes):
            ends = {"opening": run.years[0], "closing": run.years[-1]}
            together = nodes[ends[field]] if field in ends else total("over_years", Unit.CENTS, nodes.values())
        found.append(AccountLine(key, nl, en, nodes, together))
    return tuple(found)


def account_tables(run: Run, language: Language) -> Iterator[RichTable]:
    """Lines that are zero in every year are left out, but for the balances."""
    dutch = language is Language.DUTCH
    lines = [
        one
        for one in account_lines(run)
        if one.key not in ("van_buiten_cent", "vervalt_cent") or any(node.value for node in one.years.values())
    ]
    if not lines:
        return
    years = list(lines[0].years)
    for at in range(0, len(years), YEARS_BESIDE):
        yield _account(lines, years[at : at + YEARS_BESIDE], at + YEARS_BESIDE >= len(years), language, dutch)


def _account(
    lines: Sequence[AccountLine], years: Sequence[int], last: bool, language: Language, dutch: bool
) -> RichTable:
    table = RichTable(box=HAIRLINES, header_style="dim", pad_edge=False, padding=(0, 0, 0, 1), show_edge=False)
    table.add_column("", no_wrap=True)
    together = last and lines[0].together is not None
    for heading in (*map(str, years), *((("samen" if dutch else "together"),) if together else ())):
        table.add_column(heading, justify="right", no_wrap=True)
    for one in lines:
        if one.key == "eindsaldo_cent":
            table.add_section()
        nodes = [one.years[year] for year in years] + ([one.together] if together else [])
        table.add_row(
            Text(one.nl if dutch else one.en),
            *(Text("" if node is None else euros(node.value, language)) for node in nodes),
        )
    return table
