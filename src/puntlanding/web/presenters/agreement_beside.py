"""The year's own agreement beside other ones: who gets more or less, each number with its explanation, as far as a reader may see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from puntlanding.agreement import Agreement
from puntlanding.agreement.content import content_of
from puntlanding.agreement.difference import differences
from puntlanding.agreement.wording import Pair
from puntlanding.case.variants import under
from puntlanding.comparison import Change, Column, Comparison, Kind, Proposal, compare
from puntlanding.comparison.by_type import by_type
from puntlanding.comparison.columns import Sums
from puntlanding.explain import Node, Unit
from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import index, visible
from puntlanding.report.comparison_words import about, headlines, name, signed
from puntlanding.web.presenters.agreement_effect import MEASURES, Basis, in_year_of
from puntlanding.web.presenters.compared import Kept, without_euros
from puntlanding.web.presenters.scope import Scope
from puntlanding.web.presenters.stage_page import Asked, Cell
from puntlanding.web.presenters.tree import explained
from puntlanding.web.presenters.type_titles import type_title

TOTAL = 0
MOST_TOLD = 4  # differences of one agreement, to who sees one group
_LETTERS = {Unit.FTE: "f", Unit.CENTS: "e"}


@dataclass(frozen=True, slots=True)
class Other:
    """An agreement to lay beside the own: what a reader calls it, and its plain values, where it is not a type of contract."""

    title: Pair
    agreement: Agreement
    raw: Mapping[str, Any] | None = None
    notes: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    below: tuple[tuple[str, tuple[Cell, ...]], ...]


@dataclass(frozen=True, slots=True)
class BesidePage:
    """``answers``: a sentence per column, for who sees all groups; ``asked``: the explanation of the number that was asked for."""

    over: str
    answers: tuple[str, ...]
    columns: tuple[Kept, ...]
    grids: tuple[Grid, ...]
    asked: Asked | None = None
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Laid:
    """What was compared: with the names in the reader's language, by letter."""

    found: Comparison
    titles: Mapping[str, str] = field(default_factory=dict)


def types_of(agreement: Agreement) -> Iterator[Other]:
    """Every contract as each type, with the values of the published examples."""
    for key, other, notes in by_type(agreement, {}):
        yield Other(type_title(key), other, None, notes)


def laid_beside(basis: Basis, own: Other, others: Sequence[Other], language: Language, *, euros: bool) -> Laid:
    """``euros``: whether this reader may see how the money is divided."""
    which = index(language)
    proposals = [_proposal(basis, one, own, Kind.TYPE if one.raw is None else Kind.WHOLE, which) for one in others]
    found = compare(_proposal(basis, own, None, Kind.OWN, which), proposals)
    told = found if euros else without_euros(found)
    titles = {one.column.letter: visible(other.title[which]) for one, other in zip(told.beside, others, strict=True)}
    return Laid(told, {told.own.letter: visible(own.title[which]), **titles})


def _proposal(basis: Basis, one: Other, own: Other | None, kind: Kind, which: int) -> Proposal:
    case, problems = under(basis.case, in_year_of(basis, one.agreement), basis.loaded)
    changed: tuple[Pair, ...] = ()
    if own is not None and own.raw is not None and one.raw is not None:
        changed = tuple(each.said for each in differences(content_of(own.raw), content_of(one.raw)))
    return Proposal(visible(one.title[which]), kind, case, problems, one.notes, changed)


def beside_page(laid: Laid, basis: Basis, scope: Scope, language: Language, asks: str) -> BesidePage:
    found, which = laid.found, index(language)
    over = visible(MEASURES[basis.measure][which].format(basis.case.agreement.year))
    if found.own.fte is None:
        why = about(found.own, found, language) if scope.whole else ""
        return BesidePage(over, (), (), (), refused=visible(why))
    grids = tuple(_grid(found, unit, scope, asks, language) for unit in _units(found))
    return BesidePage(
        over,
        tuple(visible(_renamed(line, laid, language)) for line in headlines(found, language) if scope.whole),
        tuple(_kept(laid, one, scope, language) for one in found.columns),
        grids,
        _asked(laid, scope, asks, language),
    )


def _renamed(line: str, laid: Laid, language: Language) -> str:
    """By the name that a reader knows, rather than the file's or the type's key."""
    for one in laid.found.beside:
        letter = one.column.letter
        line = line.replace(f"{letter} ({name(one.column, language)})", f"{letter} ({laid.titles[letter]})", 1)
    return line


def _kept(laid: Laid, column: Column, scope: Scope, language: Language) -> Kept:
    title = laid.titles[column.letter]
    if column is laid.found.own:
        return Kept(
            column.letter, title, ("hiermee wordt vergeleken", "what the others are compared with")[index(language)]
        )
    if column.fte is None and not scope.whole:
        return Kept(column.letter, title, ("niet te berekenen voor deze gegevens", "cannot be computed for these data")[index(language)])  # fmt: skip
    if not scope.whole:  # why there are no euros may name groups
        own = (*column.proposal.changed, *column.proposal.notes)
        told = " ".join(pair[index(language)] for pair in own[:MOST_TOLD])
        return Kept(column.letter, title, visible(told))
    told = about(column, laid.found, language)
    if column.proposal.kind is Kind.WHOLE:
        told = told.partition(": ")[2] if ": " in told else ""
    return Kept(column.letter, title, visible(told) or ("zegt hetzelfde als A", "says the same as A")[index(language)])


def _units(found: Comparison) -> Iterator[Unit]:
    if found.own.euros is not None:
        yield Unit.CENTS
    yield Unit.FTE


def _sums(column: Column, unit: Unit) -> Sums | None:
    return column.fte if unit is Unit.FTE else column.euros


def _grid(found: Comparison, unit: Unit, scope: Scope, asks: str, language: Language) -> Grid:
    which = index(language)
    title = (
        (("Betaalde norm fte", "Paid norm fte"), ("Bedrag per vakgroep (€)", "Amount by group (€)"))[unit is Unit.CENTS]
    )[which]
    headings = [("vakgroep", "group")[which], found.own.letter]
    for one in found.beside:
        headings += [one.column.letter, f"{one.column.letter} − {found.own.letter}"]
    seen = [(at, each) for at, each in enumerate(found.names, start=1) if scope.sees(each)]
    rows = tuple((visible(each), tuple(_cells(found, unit, at, each, asks, language))) for at, each in seen)
    totals = (
        (("Totaal", "Total")[which], tuple(_cells(found, unit, TOTAL, None, asks, language))),
        (("niet uitgekeerd", "not paid out")[which], tuple(_unpaid(found, unit, language))),
    )
    return Grid(title, tuple(headings), rows, totals)


def _cells(found: Comparison, unit: Unit, at: int, group: str | None, asks: str, language: Language) -> Iterator[Cell]:
    yield _cell(_node(_sums(found.own, unit), group), _mark(at, found.own, unit), asks, language)
    for one in found.beside:
        yield _cell(_node(_sums(one.column, unit), group), _mark(at, one.column, unit), asks, language)
        yield Cell(_difference(_change(one.fte if unit is Unit.FTE else one.euros, group), language))


def _unpaid(found: Comparison, unit: Unit, language: Language) -> Iterator[Cell]:
    own = _sums(found.own, unit)
    yield Cell(_shown(None if own is None else own.unpaid, language))
    for one in found.beside:
        sums, change = _sums(one.column, unit), one.fte if unit is Unit.FTE else one.euros
        yield Cell(_shown(None if sums is None else sums.unpaid, language))
        yield Cell(_difference(None if change is None else change.unpaid, language))


def _mark(at: int, column: Column, unit: Unit) -> str:
    return f"{at}.{column.letter}{_LETTERS[unit]}"


def _node(sums: Sums | None, group: str | None) -> Node | None:
    if sums is None:
        return None
    return sums.total if group is None else sums.groups.get(group)


def _change(change: Change | None, group: str | None) -> Node | None:
    if change is None:
        return None
    return change.total if group is None else change.groups.get(group)


def _cell(node: Node | None, mark: str, asks: str, language: Language) -> Cell:
    return Cell("–") if node is None else Cell(_shown(node, language), mark, mark == asks)


def _shown(node: Node | None, language: Language) -> str:
    if node is None:
        return "–"
    return number(node.value / 100, 0, language) if node.unit is Unit.CENTS else number(node.value, 2, language)


def _difference(node: Node | None, language: Language) -> str:
    if node is None:
        return "–"
    return signed(node.value / 100, 0, language) if node.unit is Unit.CENTS else signed(node.value, 2, language)


def _asked(laid: Laid, scope: Scope, asks: str, language: Language) -> Asked | None:
    """What is not there, or not for this reader, is not told."""
    found, which = laid.found, index(language)
    numbers = {each: at for at, each in enumerate(found.names, start=1)}
    for column in found.columns:
        for unit in _units(found):
            for at, group in ((TOTAL, None), *((at, each) for each, at in numbers.items() if scope.sees(each))):
                node = _node(_sums(column, unit), group)
                if node is None or _mark(at, column, unit) != asks:
                    continue
                whose = group or ("Totaal", "Total")[which]
                keys = frozenset(choice.key for choice in column.proposal.case.agreement.components)
                tree = explained(node, whose, numbers, scope, keys, language)
                return Asked(visible(whose), f"{column.letter}, {laid.titles[column.letter]}:", _shown(node, language), tree)  # fmt: skip
    return None
