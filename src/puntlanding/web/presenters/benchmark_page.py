"""Where each group stands among comparable ones: the answer, a strip in each row, what changed the benchmark, and how a number came about.

Everything here is given a standing that already holds only what the reader may see (`standing.narrowed`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from puntlanding.benchmark.ex_ante import Change
from puntlanding.benchmark.published import Published
from puntlanding.explain import Node
from puntlanding.language.notation import Language, day, number
from puntlanding.language.sentences import index, visible
from puntlanding.quantities import ZERO, half_up
from puntlanding.report.benchmark_hospital import LACKING
from puntlanding.report.benchmark_tables import signed
from puntlanding.report.standing import Place, Standing, ToldFrom, total_fte
from puntlanding.web.presenters.benchmark_words import answer, changed_title, legend, name_of, origin, place_sentence
from puntlanding.web.presenters.numbered import chosen_of, numbered
from puntlanding.web.presenters.scope import EVERYTHING
from puntlanding.web.presenters.stage_page import Asked, Cell, Heading
from puntlanding.web.presenters.strip import Strip, strips
from puntlanding.web.presenters.tree import explained

OWN, RATE, PEERS = "eigen", "benchmark", "vergeleken_vakgroepen"
NOTHING = "–"
SHORT = 12
QUESTION = ("Waar staan wij tussen vergelijkbare ziekenhuizen?", "Where do we stand among comparable hospitals?")
_NAMES = {OWN: ("eigen normuren per fte", "own norm hours per fte"), RATE: ("benchmark", "benchmark")}
_HEADINGS = (
    ("vakgroep", "group", ""),
    ("eigen (normuren per fte)", "own (norm hours per fte)", "eigen_per_fte"),
    ("benchmark (normuren per fte)", "benchmark (norm hours per fte)", "normuren_per_fte"),
    ("anders dan de benchmark (%)", "other than the benchmark (%)", ""),
    ("vergeleken vakgroepen", "groups compared", PEERS),
    ("fte", "fte", ""),
    ("norm fte", "norm fte", "norm_fte"),
)
_CHANGES = (
    ("basisjaar", "base year"),
    ("productstructuur", "product structure"),
    ("trends", "trends"),
    ("normtijden", "norm times"),
    ("dekking", "coverage"),
    ("benchmark", "benchmark"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """``number`` is what the row is called in an address."""

    number: int
    name: str
    cells: tuple[Cell, ...]
    strip: Strip | None
    told: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class ChangeLine:
    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """One group: its place in a sentence, and what changed its own figure and that of its peers."""

    name: str
    place: str
    changes: tuple[ChangeLine, ...]


@dataclass(frozen=True, slots=True)
class BenchmarkPage:
    """``opens``: whether there is more to see of a group than its row."""

    question: str
    answer: str
    told: tuple[str, ...]
    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]
    total: Line | None
    legend: str
    changed: str
    change_headings: tuple[str, ...]
    changes: tuple[ChangeLine, ...]
    asked: Asked | None
    chosen: Chosen | None
    opens: bool


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One published version in the chain."""

    cells: tuple[str, ...]
    reason: str


def benchmark_page(
    whole: Standing, seen: Standing, total: tuple[Fraction, Fraction], language: Language, asks: str = "", choice: str = "",
    *, everything: bool,
) -> BenchmarkPage:  # fmt: skip
    """``total``: norm fte and fte of all groups together, which everybody may see."""
    which, places = index(language), numbered(whole.places)
    shown = {at: one for at, one in places.items() if one in seen.places}
    opens = seen.told is not ToldFrom.TYPED
    drawn, span = strips(tuple(shown.values()), language)
    picked = chosen_of(places, seen.places, choice)
    lines = tuple(
        _line(at, one, strip, asks, language, chosen=picked is not None and picked[0] == at, peers=opens)
        for (at, one), strip in zip(shown.items(), drawn, strict=True)
    )
    known = any(one.above is not None for one in seen.places)
    return BenchmarkPage(
        question=QUESTION[which],
        answer=answer(seen, total, language, everything=everything),
        told=tuple(origin(seen, language)),
        headings=tuple(Heading(one[which], one[2]) for one in _HEADINGS if opens or one[2] != PEERS),
        lines=lines,
        total=_total(total, language, peers=opens) if known else None,
        legend=legend(seen, span, which),
        changed=changed_title(seen, which),
        change_headings=(("vakgroep", "group")[which], *(name[which] for name in _CHANGES)),
        changes=tuple(_change_line(name_of(one, language), one.change, language) for one in seen.places if one.change),
        asked=_asked(places, seen, asks, language),
        chosen=None if picked is None else _chosen(picked[1], language),
        opens=opens,
    )


def version_lines(published: Sequence[Published], language: Language) -> tuple[VersionLine, ...]:
    """The newest first, each with the fingerprint of the one that it follows."""
    return tuple(
        VersionLine(
            (
                str(one.version), day(one.day, language), number(len(one.contributions), 0, language),
                one.fingerprint[:SHORT], NOTHING if one.previous is None else one.previous[:SHORT],
            ),
            visible(one.reason),
        )
        for one in reversed(published)
    )  # fmt: skip


def _line(
    at: int, one: Place, strip: Strip | None, asks: str, language: Language, *, chosen: bool, peers: bool
) -> Line:
    off = NOTHING if one.above is None else signed(100 * one.above, 1, language)
    count = number(one.count, 0, language) if one.count else NOTHING
    cells = (
        _number(one.own, f"{at}.{OWN}", asks, language), _number(one.rate, f"{at}.{RATE}", asks, language), Cell(off),
        *([Cell(count)] if peers else []), Cell(_fte(one.fte, language)), Cell(_fte(one.norm_fte, language)),
    )  # fmt: skip
    return Line(at, name_of(one, language), cells, strip, _why(one, language), chosen)


def _why(one: Place, language: Language) -> str:
    """Why a row has no strip, or none with a spread."""
    if one.lacking is not None:
        return LACKING[one.lacking][index(language)]
    return ""


def _number(node: Node | None, name: str, asks: str, language: Language) -> Cell:
    if node is None:
        return Cell(NOTHING)
    return Cell(number(node.value, 0, language), name, name == asks)


def _fte(value: Fraction | None, language: Language) -> str:
    return NOTHING if value is None else number(value, 2, language)


def _total(total: tuple[Fraction, Fraction], language: Language, *, peers: bool) -> Line:
    norm, fte = total
    off = NOTHING if not fte else signed(100 * (norm / fte - 1), 1, language)
    blank = (Cell(""),) if peers else ()
    cells = (Cell(""), Cell(""), Cell(off), *blank, Cell(number(fte, 2, language)), Cell(number(norm, 2, language)))
    return Line(0, ("Totaal", "Total")[index(language)], cells, None, "")


def _change_line(name: str, one: Change | None, language: Language) -> ChangeLine:
    """Rounded so that what is shown adds up as well: each part is the step between two rounded sums."""
    if one is None:
        return ChangeLine(name, (NOTHING,) * len(_CHANGES))
    at, before, cells = one.old, half_up(one.old, 1), [number(one.old, 1, language)]
    for part in one.effects.parts():
        at += part
        now = half_up(at, 1)
        cells.append(signed(Fraction(now - before, 10), 1, language) if part else NOTHING)
        before = now
    return ChangeLine(name, (*cells, number(one.new, 1, language)))


def _chosen(one: Place, language: Language) -> Chosen:
    which = index(language)
    lines = []
    if one.own_change is not None:
        lines.append(_change_line(("eigen vakgroep", "own group")[which], one.own_change, language))
    if one.change is not None:
        lines.append(_change_line(("vergeleken vakgroepen", "groups compared")[which], one.change, language))
    return Chosen(name_of(one, language), place_sentence(one, language), tuple(lines))


def _asked(places: Mapping[int, Place], seen: Standing, asks: str, language: Language) -> Asked | None:
    mark, _, what = asks.partition(".")
    found = chosen_of(places, seen.places, mark)
    if found is None or what not in _NAMES:
        return None
    place = found[1]
    node = place.own if what == OWN else place.rate
    if node is None:
        return None
    name = name_of(place, language)
    tree = explained(node, node.subject or name, {}, EVERYTHING, frozenset(), language)
    return Asked(name, _NAMES[what][index(language)], number(node.value, 0, language), tree)


def total_of(whole: Standing) -> tuple[Fraction, Fraction]:
    return total_fte(whole.places) if whole.places else (ZERO, ZERO)
