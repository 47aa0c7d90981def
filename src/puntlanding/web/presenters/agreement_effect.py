"""What a changed agreement does to the groups, on the year's own data: who gets more or less, in norm fte and euros, as far as a reader may see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from puntlanding.agreement import Agreement, read_agreement
from puntlanding.agreement.keys import SECTIONS
from puntlanding.case.load import Loaded
from puntlanding.case.model import Case
from puntlanding.case.variants import under
from puntlanding.comparison import Change, Comparison, Kind, Proposal, compare
from puntlanding.comparison.measured import Measure
from puntlanding.explain import Node, Unit
from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import index, visible
from puntlanding.report.comparison_words import amount, reasons, signed
from puntlanding.web.presenters.compared import without_euros
from puntlanding.web.presenters.scope import Scope

MEASURES: Mapping[Measure, tuple[str, str]] = {
    Measure.REALISED: ("over wat in {0} is gerealiseerd", "over what was realised in {0}"),
    Measure.FORECAST: ("als de prognose van {0} uitkomt", "if the forecast of {0} comes true"),
    Measure.BUDGET: ("als elke vakgroep in {0} precies op haar begroting landt", "if each group lands exactly on its budget in {0}"),
}  # fmt: skip
_COUNTS = (
    ("geen", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"),
    ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
)


@dataclass(frozen=True, slots=True)
class Basis:
    """The data that it is computed over; ``loaded`` is where they come from, ``case`` what is settled."""

    loaded: Loaded
    case: Case
    measure: Measure


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    side: str = ""  # over or under


@dataclass(frozen=True, slots=True)
class Effect:
    """``over``: with which data. ``short`` has what it becomes and the difference, ``headings`` and ``rows`` also what it was.

    ``sections``: what the changes of one section do by themselves. ``refused``: why it cannot be computed.
    """

    over: str
    answer: str
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, tuple[Cell, ...]], ...] = ()
    below: tuple[tuple[str, tuple[Cell, ...]], ...] = ()
    sections: Mapping[str, str] | None = None
    refused: str = ""


def effect(
    basis: Basis,
    was: Agreement,
    was_raw: Mapping[str, Any],
    becomes: Agreement,
    raw: Mapping[str, Any],
    scope: Scope,
    language: Language,
    *,
    euros: bool,
) -> Effect:
    """``euros``: whether this reader may see how the money is divided."""
    alone = dict(_one_section_each(was_raw, raw, was.file))
    own, first = _proposal(basis, was, Kind.OWN)
    others = [_proposal(basis, one, Kind.WHOLE)[0] for one in (becomes, *alone.values())]
    found = compare(own, others)
    told = found if euros else without_euros(found)
    which = index(language)
    over = visible(MEASURES[basis.measure][which].format(first.agreement.year))
    if found.own.fte is None:
        return Effect(over, _not_now(found.own.refused, scope, language), refused="own")
    if found.beside[0].column.fte is None:
        return Effect(over, _not_now(found.beside[0].column.refused, scope, language), refused="draft")
    sections = {name: _of_section(told, at, scope, language) for at, name in enumerate(alone, start=1)}
    return Effect(
        over, _answer(told, 0, scope, language), tuple(_headings(told, which)), tuple(_rows(told, scope, language)),
        tuple(_below(told, language)), sections,
    )  # fmt: skip


def _proposal(basis: Basis, agreement: Agreement, kind: Kind) -> tuple[Proposal, Case]:
    case, problems = under(basis.case, in_year_of(basis, agreement), basis.loaded)
    return Proposal(agreement.file, kind, case, problems), case


def in_year_of(basis: Basis, agreement: Agreement) -> Agreement:
    """The agreement as if it were of the year that the data are of."""
    year = basis.case.agreement.year
    return agreement if agreement.year == year else replace(agreement, year=year, effective=None)


def _one_section_each(was: Mapping[str, Any], becomes: Mapping[str, Any], file: str) -> Iterator[tuple[str, Agreement]]:
    """Each section that differs, with all others as they were; where the whole does not hold without the rest, there is none."""
    for section in SECTIONS:
        if was.get(section) == becomes.get(section) or section == "afspraak":
            continue
        raw = {key: one for key, one in was.items() if key != section}
        if section in becomes:
            raw[section] = becomes[section]
        agreement, _ = read_agreement(raw, {}, file)
        if agreement is not None:
            yield section, agreement


def _not_now(problems: Sequence[Any], scope: Scope, language: Language) -> str:
    which = index(language)
    why = reasons(problems, language) if scope.whole else ""
    return visible(
        ("Het gevolg is nu niet te berekenen. ", "The consequence cannot be computed now. ")[which] + why
    ).strip()


def _change(found: Comparison, at: int) -> Change | None:
    one = found.beside[at]
    return one.fte if found.own.euros is None or one.euros is None else one.euros


def _answer(found: Comparison, at: int, scope: Scope, language: Language) -> str:
    """Who gets more, who less, what becomes of the total; to who sees one group only the total."""
    change = _change(found, at)
    which = index(language)
    if change is None:
        return ("Het gevolg is nu niet te berekenen.", "The consequence cannot be computed now.")[which]
    if not change.gainers and not change.losers:
        if change.total.value:
            return _total(change, language)
        return ("Voor de vakgroepen verandert er niets.", "Nothing changes for the groups.")[which]
    counted = _counted(len(change.gainers), len(change.losers), which) if scope.whole else ""
    total = _total(change, language)
    moved = ""
    if scope.whole and change.moved.value:
        shown = amount(change.moved, language)
        moved = (f" Er verschuift {shown} tussen vakgroepen.", f" {shown} moves between groups.")[which]
    return f"{counted}{'; ' if counted else ''}{total if not counted else total[:1].lower() + total[1:]}{moved}"


def _total(change: Change, language: Language) -> str:
    which = index(language)
    if not change.total.value:
        return ("Het totaal blijft gelijk.", "The total stays the same.")[which]
    shown = amount(change.total, language, absolute=True)
    word = (("meer", "minder"), ("more", "less"))[which][change.total.value < 0]
    return (f"Samen krijgen zij {shown} {word}.", f"Together they get {shown} {word}.")[which]


def _counted(more: int, less: int, which: int) -> str:
    """The first count names the groups; who gets more comes first where anybody does."""
    first, other = (more, less) if more else (less, 0)
    words = (("meer", "minder"), ("more", "less"))[which]
    told, rest = words if more else words[::-1]
    if which == 0:
        subject = f"{_count(first, 0)} vakgroep{'' if first == 1 else 'en'} {'krijgt' if first == 1 else 'krijgen'}"
    else:
        subject = f"{_count(first, 1)} group{'' if first == 1 else 's'} {'gets' if first == 1 else 'get'}"
    none = ("geen", "none")[which]
    text = f"{subject} {told}, {_count(other, which) if other else none} {rest}"
    return "E" + text[1:] if text.startswith("één") else text[:1].upper() + text[1:]


def _count(many: int, which: int) -> str:
    return _COUNTS[which][many] if many < len(_COUNTS[which]) else str(many)


def _of_section(found: Comparison, at: int, scope: Scope, language: Language) -> str:
    if found.beside[at].column.fte is None:
        return ("Alleen deze wijziging is zo niet te berekenen.", "This change alone cannot be computed.")[
            index(language)
        ]
    lead = ("Alleen dit: ", "This alone: ")[index(language)]
    told = _answer(found, at, scope, language)
    return lead + told[:1].lower() + told[1:]


def _headings(found: Comparison, which: int) -> Iterator[str]:
    yield ("vakgroep", "group")[which]
    for unit in _units(found):
        mark = ("norm fte", "€")[unit is Unit.CENTS]
        yield from (
            (f"nu ({mark})", f"now ({mark})")[which],
            (f"wordt ({mark})", f"becomes ({mark})")[which],
            (f"verschil ({mark})", f"difference ({mark})")[which],
        )


def _units(found: Comparison) -> Iterator[Unit]:
    yield Unit.FTE
    if found.own.euros is not None and found.beside[0].column.euros is not None:
        yield Unit.CENTS


def _rows(found: Comparison, scope: Scope, language: Language) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    for name in found.names:
        if scope.sees(name):
            yield visible(name), tuple(_cells(found, name, language))


def _cells(found: Comparison, name: str, language: Language) -> Iterator[Cell]:
    beside = found.beside[0]
    for unit in _units(found):
        money = unit is Unit.CENTS
        own, other = (found.own.euros, beside.column.euros) if money else (found.own.fte, beside.column.fte)
        change = beside.euros if money else beside.fte
        yield Cell(_shown(None if own is None else own.groups.get(name), language))
        yield Cell(_shown(None if other is None else other.groups.get(name), language))
        yield _signed(None if change is None else change.groups.get(name), language)


def _below(found: Comparison, language: Language) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    beside = found.beside[0]
    for title, key in ((("Totaal", "Total"), "total"), (("niet uitgekeerd", "not paid out"), "unpaid")):
        cells: list[Cell] = []
        for unit in _units(found):
            money = unit is Unit.CENTS
            own, other = (found.own.euros, beside.column.euros) if money else (found.own.fte, beside.column.fte)
            change = beside.euros if money else beside.fte
            cells += [
                Cell(_shown(getattr(own, key, None), language)),
                Cell(_shown(getattr(other, key, None), language)),
                _signed(getattr(change, key, None), language),
            ]
        yield title[index(language)], tuple(cells)


def _shown(node: Node | None, language: Language) -> str:
    if node is None:
        return "–"
    if node.unit is Unit.CENTS:
        return number(node.value / 100, 0, language)
    return number(node.value, 2, language)


def _signed(node: Node | None, language: Language) -> Cell:
    if node is None:
        return Cell("–")
    value, decimals = (node.value / 100, 0) if node.unit is Unit.CENTS else (node.value, 2)
    side = "over" if node.value > 0 else "under" if node.value < 0 else ""
    return Cell(signed(value, decimals, language), side)
