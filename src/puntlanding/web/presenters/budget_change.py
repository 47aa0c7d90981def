"""What a draft or a version changes in the budget: in a sentence, per group and per product."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from puntlanding.agreement.difference import differences
from puntlanding.budget import Capacity
from puntlanding.budget.change import BudgetChange, GroupChange, ProductChange, budget_change, product_changes
from puntlanding.case.model import Case
from puntlanding.case.provenance import Provenance
from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import index, visible
from puntlanding.norms.product_lines import ProductLine, product_lines
from puntlanding.stage import Stage
from puntlanding.web.presenters.budget_products import ABSENT, signed, volume
from puntlanding.web.presenters.scope import Scope
from puntlanding.year import Year

MOST = 100  # products in the table; the rest is counted


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """``address``: where it can be changed further; empty where it cannot from here."""

    name: str
    cells: tuple[str, ...]
    address: str = ""


@dataclass(frozen=True, slots=True)
class ChangePage:
    """``headings`` are those of the groups' table; ``more`` says how many products are not shown. ``same``: no figure differs."""

    answer: str
    groups: tuple[ChangeRow, ...]
    total: ChangeRow | None
    products: tuple[ChangeRow, ...]
    more: str
    agreement: tuple[str, ...]
    same: bool


def change_page(
    before: Year | None, now: Year, scope: Scope, language: Language, touched: Collection[str] | None = None
) -> ChangePage:
    """``touched``: the groups in which a product can differ; None: any. Raises InputError where ``now`` has no budget that can be
    computed.
    """
    told = budget_change(_budget(before), now.budget)
    rows = [one for one in told.rows if one.changed and scope.sees(one.name)]
    products = [one for one in _products(before, now, touched) if scope.sees(one.group)]
    left, which = len(products) - MOST, index(language)
    more = (
        ""
        if left <= 0
        else (f"En {left} producten met een kleiner verschil.", f"And {left} products that differ less.")[which]
    )
    return ChangePage(
        _answer(told, rows, scope, language),
        tuple(_row(one, language) for one in rows),
        _row(told.total, language) if told.total.changed else None,
        tuple(_product(one, language) for one in products[:MOST]),
        more,
        (),
        not told.total.changed and not rows and not products,
    )


def agreement_sentences(before: Provenance, now: Provenance, language: Language) -> tuple[str, ...]:
    return tuple(visible(one.said[index(language)]) for one in differences(before.content, now.content))


def _budget(year: Year | None) -> Capacity | None:
    return None if year is None or year.missing(Stage.BUDGET) else year.budget


def _products(before: Year | None, now: Year, touched: Collection[str] | None) -> list[ProductChange]:
    if before is None or before.case.budget is None:  # everything is new, and a table of all of it tells nothing
        return []
    lines = [_lines(one.case, touched) for one in (before, now)]
    return [one for one in product_changes(*lines) if one.change or one.volume[0] != one.volume[1]]


def _lines(case: Case, touched: Collection[str] | None) -> tuple[ProductLine, ...]:
    if case.budget is None:
        return ()
    if touched is None:
        return product_lines(case.budget, case.agreement.year)
    return tuple(line for group in sorted(touched) for line in product_lines(case.budget, case.agreement.year, group))


def _answer(told: BudgetChange, rows: Sequence[GroupChange], scope: Scope, language: Language) -> str:
    which, total = index(language), told.total
    before, after = total.fte
    if after is None:
        return (
            "De norm fte van alle vakgroepen samen zijn nog niet bekend.",
            "The norm fte of all groups together are not known yet.",
        )[which]
    now = number(after, 2, language)
    if before is None:
        return (f"Alle vakgroepen samen: {now} norm fte.", f"All groups together: {now} norm fte.")[which]
    if not total.changed and not rows:
        return (f"De cijfers blijven gelijk: {now} norm fte.", f"The figures stay the same: {now} norm fte.")[which]
    was, by = number(before, 2, language), signed(after - before, 2, language)
    said = (
        f"Alle vakgroepen samen gaan van {was} naar {now} norm fte ({by}).",
        f"All groups together go from {was} to {now} norm fte ({by}).",
    )[which]
    most = max(rows, key=lambda one: abs(_moved(one)), default=None)
    if not scope.whole or most is None or len(rows) < 2:
        return said
    moved = signed(_moved(most), 2, language)
    return (
        said
        + (
            f" {len(rows)} vakgroepen veranderen; {visible(most.name)} het meest ({moved}).",
            f" {len(rows)} groups change; {visible(most.name)} most ({moved}).",
        )[which]
    )


def _moved(one: GroupChange) -> Fraction:
    before, after = one.fte
    return (after or Fraction(0)) - (before or Fraction(0))


def _row(one: GroupChange, language: Language) -> ChangeRow:
    cells: list[str] = []
    for (before, after), decimals in ((one.hours, 0), (one.fte, 2)):
        moved = None if before is None or after is None else after - before
        cells += [ABSENT if each is None else number(each, decimals, language) for each in (before, after)]
        cells.append(signed(moved, decimals, language))
    name = one.name if one.name != "Totaal" else ("Totaal", "Total")[index(language)]
    return ChangeRow(visible(name), tuple(cells))


def _product(one: ProductChange, language: Language) -> ChangeRow:
    cells = (
        visible(one.code),
        volume(one.volume[0], language),
        volume(one.volume[1], language),
        signed(one.change, 1, language),
    )
    return ChangeRow(visible(one.group), cells)
