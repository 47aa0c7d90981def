"""The same year under every type of contract, side by side, as far as a reader may see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from puntlanding.agreement import Contract
from puntlanding.case.load import Loaded
from puntlanding.case.variants import shared, under
from puntlanding.comparison import Column, Comparison, Kind, Proposal, compare
from puntlanding.comparison.by_type import by_type
from puntlanding.language.notation import Language
from puntlanding.language.sentences import index, visible
from puntlanding.report.comparison_tables import Grid, Shown, grids
from puntlanding.report.comparison_words import about, amount, headlines, name
from puntlanding.web.presenters.scope import Scope
from puntlanding.web.presenters.type_titles import type_title


@dataclass(frozen=True, slots=True)
class Kept:
    """``letter`` stands above the column in every table."""

    letter: str
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class Rows:
    title: str
    headings: tuple[str, ...]
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    below: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """``answers``: one sentence per column, for who sees all groups: how many gain and lose is more than the total says."""

    answer: str
    answers: tuple[str, ...]
    columns: tuple[Kept, ...]
    tables: tuple[Rows, ...]


def every_type(loaded: Loaded) -> Comparison | None:
    """None where the case's own agreement cannot be settled: there is nothing to compare with."""
    case = shared(loaded.checked())
    others = []
    for title, agreement, notes in by_type(case.agreement, {}):
        other, problems = under(case, agreement, loaded)
        others.append(Proposal(title, Kind.TYPE, other, tuple(problems), notes))
    found = compare(Proposal(case.agreement.file, Kind.OWN, case), others)
    return None if found.own.fte is None else found


def compared(found: Comparison, scope: Scope, language: Language, *, euros: bool) -> Compared:
    """``euros``: whether this reader may see how the money is divided."""
    told = found if euros else without_euros(found)
    which = index(language)
    own = told.own.proposal.case.agreement
    columns = [
        Kept(
            told.own.letter,
            ("de afspraak zoals zij is", "the agreement as it is")[which],
            _contracts(own.contracts, which),
        )
    ]
    for one in told.beside:
        refused = ("niet te berekenen voor deze gegevens", "cannot be computed for these data")[which]
        column = (
            one.column if scope.whole else replace(one.column, without_euros=())
        )  # why there are none may name groups
        said = about(column, told, language) if scope.whole or column.fte is not None else refused
        columns.append(Kept(one.column.letter, visible(type_title(name(one.column, language))[which]), visible(said)))
    return Compared(
        visible(_range(told, language)),
        tuple(visible(_retold(line, told, language)) for line in headlines(told, language) if scope.whole),
        tuple(columns),
        tuple(_rows(grid, told.names, scope, which) for grid in grids(told, language)),
    )


def _range(found: Comparison, language: Language) -> str:
    """Between what and what the total lies, whatever the type."""
    money = found.own.euros is not None
    sums = {one.letter: one.euros if money else one.fte for one in found.columns}
    totals = {letter: one.total for letter, one in sums.items() if one is not None}
    own = amount(totals[found.own.letter], language)
    others = {letter: node.value for letter, node in totals.items() if letter != found.own.letter}
    if not others:
        return (
            "Geen andere soort is met deze gegevens te berekenen.",
            "No other type can be computed with these data.",
        )[index(language)]
    low, high = min(others, key=lambda one: others[one]), max(others, key=lambda one: others[one])
    least, most = (amount(totals[one], language) for one in (low, high))
    return (
        f"Bij een andere soort krijgen de vakgroepen samen tussen {least} ({low}) en {most} ({high}); nu {own} ({found.own.letter}).",
        f"With another type the groups together get between {least} ({low}) and {most} ({high}); now {own} ({found.own.letter}).",
    )[index(language)]


def _retold(line: str, found: Comparison, language: Language) -> str:
    for one in found.beside:
        key = name(one.column, language)
        typed = type_title(key)[index(language)]
        line = line.replace(f"{one.column.letter} ({key})", f"{one.column.letter} ({typed[:1].lower()}{typed[1:]})", 1)
    return line


def named(found: Comparison, language: Language) -> Comparison:
    """Every column by what people call it, for a chart that takes its names from there."""
    which = index(language)

    def called(column: Column, title: str) -> Column:
        return replace(column, proposal=replace(column.proposal, name=title))

    beside = (
        replace(one, column=called(one.column, type_title(name(one.column, language))[which])) for one in found.beside
    )
    return replace(found, own=called(found.own, ("Afspraak", "Agreement")[which]), beside=tuple(beside))


def _contracts(contracts: Sequence[Contract], which: int) -> str:
    count = len(contracts)
    return (f"{count} contract{'en' if count != 1 else ''}", f"{count} contract{'s' if count != 1 else ''}")[which]


def without_euros(found: Comparison) -> Comparison:
    return replace(
        found,
        own=replace(found.own, euros=None, frame=None),
        beside=tuple(
            replace(one, column=replace(one.column, euros=None, frame=None), euros=None) for one in found.beside
        ),
        reference=replace(found.reference, euros=None, frame=None),
        compensations={},
    )


def _rows(grid: Grid, names: Sequence[str], scope: Scope, which: int) -> Rows:
    shown = tuple(_columns(grid))
    return Rows(
        grid.title,
        (("vakgroep", "group")[which], *(one.heading for one in shown)),
        tuple((visible(name), tuple(one.groups.get(name, "–") for one in shown)) for name in names if scope.sees(name)),
        tuple((name, tuple(one.below.get(name, "–") for one in shown)) for name in grid.below),
    )


def _columns(grid: Grid) -> Iterator[Shown]:
    if grid.first is not None:
        yield grid.first
    for part in grid.parts:
        yield from part
