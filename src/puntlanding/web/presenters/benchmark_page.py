"""Where each group stands among comparable ones: the answer, a strip in each row, what changed the benchmark, and how a number came about.

Everything here is given a standing that already holds only what the reader may see (`standing.narrowed`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from puntlanding.benchmark.ex_ante import Change
from puntlanding.benchmark.published import Published
from puntlanding.benchmark.published_tables import SPREAD_LEAST
from puntlanding.explain import Node
from puntlanding.language.notation import Language, day, number
from puntlanding.language.sentences import index, visible
from puntlanding.quantities import ZERO, half_up
from puntlanding.records.specialism_names import group_name
from puntlanding.report.benchmark_hospital import LACKING
from puntlanding.report.benchmark_tables import compared, signed
from puntlanding.report.standing import Place, Standing, ToldFrom, rates_that_differ, total_fte
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


def numbered(found: Standing) -> Mapping[int, Place]:
    """By the number that stands in addresses; of the standing before anything was taken out of it."""
    return dict(enumerate(found.places, start=1))


def chosen_of(places: Mapping[int, Place], seen: Standing, asked: str) -> tuple[int, Place] | None:
    """What a reader asks for by number; what is not there or not theirs is not found."""
    place = places.get(int(asked)) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else None
    return None if place is None or place not in seen.places else (int(asked), place)


def benchmark_page(
    whole: Standing, seen: Standing, total: tuple[Fraction, Fraction], language: Language, asks: str = "", choice: str = "",
    *, everything: bool,
) -> BenchmarkPage:  # fmt: skip
    """``total``: norm fte and fte of all groups together, which everybody may see."""
    which, places = index(language), numbered(whole)
    shown = {at: one for at, one in places.items() if one in seen.places}
    opens = seen.told is not ToldFrom.TYPED
    drawn, span = strips(tuple(shown.values()), language)
    picked = chosen_of(places, seen, choice)
    lines = tuple(
        _line(at, one, strip, asks, language, chosen=picked is not None and picked[0] == at, peers=opens)
        for (at, one), strip in zip(shown.items(), drawn, strict=True)
    )
    known = any(one.above is not None for one in seen.places)
    return BenchmarkPage(
        question=QUESTION[which],
        answer=_answer(seen, total, language, everything=everything),
        told=tuple(_origin(seen, language)),
        headings=tuple(Heading(one[which], one[2]) for one in _HEADINGS if opens or one[2] != PEERS),
        lines=lines,
        total=_total(total, language, peers=opens) if known else None,
        legend=_legend(seen, span, which),
        changed=_changed(seen, which),
        change_headings=(("vakgroep", "group")[which], *(name[which] for name in _CHANGES)),
        changes=tuple(_change_line(name_of(one, language), one.change, language) for one in seen.places if one.change),
        asked=_asked(places, seen, asks, language),
        chosen=None if picked is None else _chosen(picked[1], language),
        opens=opens,
    )


def name_of(one: Place, language: Language) -> str:
    return visible(" + ".join(one.groups)) or group_name(one.specialism, one.role, language)


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


def beside_it(
    seen: Standing, other: Mapping[tuple[str, str], Fraction], what: tuple[str, str], language: Language
) -> str:
    """Whether the benchmark that is shown is that of ``what``; empty where nothing can be said."""
    which = index(language)
    both = [one for one in seen.places if one.rate is not None and (one.specialism, one.role) in other]
    if not both:
        return ""
    off = rates_that_differ(seen.places, other)
    if not off:
        same = (
            "{0} is bij deze vakgroepen gelijk aan de benchmark hierboven.",
            "{0} equals the benchmark above for these groups.",
        )
        return same[which].format(what[which])
    place, share = off[0]
    texts = (
        "{0} is bij {1} van {2} vakgroepen een andere dan hierboven; het grootste verschil is {3} % ({4}).",
        "{0} is another than above for {1} of {2} groups; the largest difference is {3} % ({4}).",
    )
    most = signed(100 * -share / (1 + share), 1, language)
    return texts[which].format(what[which], len(off), len(both), most, name_of(place, language))


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


def _answer(seen: Standing, total: tuple[Fraction, Fraction], language: Language, *, everything: bool) -> str:
    which = index(language)
    known = [one.above for one in seen.places if one.above is not None]
    norm, fte = (number(value, 1, language) for value in total)
    if not known:
        return (
            "Er is nog geen vergelijking: van geen vakgroep staan het eigen cijfer en een benchmark naast elkaar.",
            "There is no comparison yet: of no group do its own figure and a benchmark stand beside each other.",
        )[which]
    together = ("samen {0} norm fte op {1} fte", "together {0} norm fte on {1} fte")[which].format(norm, fte)
    if not everything:
        told = " ".join(place_sentence(one, language) for one in seen.places)
        return f"{told} {('Alle vakgroepen', 'All groups')[which]} {together}."
    above, below = sum(value > 0 for value in known), sum(value < 0 for value in known)
    return (
        "{0} van {1} vakgroepen leveren meer normuren per fte dan hun benchmark, {2} minder; {3}.",
        "{0} of {1} groups deliver more norm hours per fte than their benchmark, {2} fewer; {3}.",
    )[which].format(above, len(known), below, together)


def place_sentence(one: Place, language: Language) -> str:
    which, name = index(language), name_of(one, language)
    if one.own is None or one.rate is None or one.above is None:
        why = LACKING[one.lacking][which] if one.lacking is not None else ("niet bekend", "not known")[which]
        return f"{name}: {why}."
    own, rate = (number(node.value, 0, language) for node in (one.own, one.rate))
    off = number(100 * abs(one.above), 1, language)
    if not one.above:
        side = ("gelijk aan de benchmark", "equal to the benchmark")[which]
    else:
        words = ("{0} % meer dan de benchmark van {1}", "{0} % more than the benchmark of {1}")
        if one.above < 0:
            words = ("{0} % minder dan de benchmark van {1}", "{0} % less than the benchmark of {1}")
        side = words[which].format(off, rate)
    told = ("{0}: {1} normuren per fte, {2}.", "{0}: {1} norm hours per fte, {2}.")[which].format(name, own, side)
    if one.position is not None and one.position.others:
        texts = (
            " Van de {1} andere vakgroepen leveren er {0} minder per fte.",
            " Of the {1} other groups {0} deliver less per fte.",
        )
        told += texts[which].format(one.position.below, one.position.others)
    return told


def _origin(seen: Standing, language: Language) -> Iterator[str]:
    which = index(language)
    match seen.told:
        case ToldFrom.CONTRIBUTIONS:
            yield (
                "Berekend uit de bijdragen van {0} ziekenhuizen over {1}, met de normtijden van {2}.",
                "Computed from the contributions of {0} hospitals of {1}, with the norm times of {2}.",
            )[which].format(seen.contributions, seen.base_year, seen.year)
        case ToldFrom.PUBLISHED:
            yield (
                "Uit de vastgestelde benchmark van {2}, over {1} van {0} ziekenhuizen. Het eigen cijfer komt uit de eigen bijdrage over dat jaar.",
                "From the published benchmark of {2}, over {1} of {0} hospitals. The own figure comes from the own contribution of that year.",
            )[which].format(seen.contributions, seen.base_year, seen.year)
        case ToldFrom.NATIONAL:
            yield (
                "Uit de landelijke cijfers van {0} ziekenhuizen over {1} ({2}). Het eigen cijfer komt uit de eigen bijdrage over dat jaar.",
                "From the national figures of {0} hospitals of {1} ({2}). The own figure comes from the own contribution of that year.",
            )[which].format(seen.contributions, seen.base_year, visible(seen.file))
        case ToldFrom.TYPED:
            yield (
                "De benchmark is die van de aangeleverde bestanden: één getal per vakgroep, zonder de verdeling erachter. Eigen is hier wat is begroot: normuren gedeeld door de zorgverlening-fte van de formatie.",
                "The benchmark is that of the delivered files: one number per group, without the spread behind it. Own is here what was budgeted: norm hours divided by the care fte of the formation.",
            )[which]
    if seen.rule is not None and seen.method is not None:
        yield compared(seen.rule, seen.method, language)


def _legend(seen: Standing, span: str, which: int) -> str:
    line = ("De streep is de benchmark, ● de eigen vakgroep", "The line is the benchmark, ● the own group")[which]
    if seen.step is not None:
        line += (
            f"; het vak is de middelste helft van de vakgroepen, met het midden als streepje, om de privacy afgerond op {seen.step} uren. Andere ziekenhuizen worden niet genoemd",
            f"; the box is the middle half of the groups, with the middle as a tick, rounded to {seen.step} hours for privacy. Other hospitals are not named",
        )[which]
    elif any(one.spread is not None for one in seen.places):
        line += (
            f"; het vak is de middelste helft van de vakgroepen, met het midden als streepje, en de dunne lijn loopt van de laagste tot de hoogste (vanaf {SPREAD_LEAST} vakgroepen). Andere ziekenhuizen worden niet genoemd",
            f"; the box is the middle half of the groups, with the middle as a tick, and the thin line runs from the lowest to the highest (from {SPREAD_LEAST} groups on). Other hospitals are not named",
        )[which]
    edge = (
        f". De randen zijn {span} % onder en boven de benchmark.",
        f". The edges are {span} % below and above the benchmark.",
    )
    return line + edge[which]


def _changed(seen: Standing, which: int) -> str:
    return (
        f"Waardoor de benchmark verandert, van {seen.base_year} naar {seen.year}",
        f"What changes the benchmark, from {seen.base_year} to {seen.year}",
    )[which]


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
    found = chosen_of(places, seen, mark)
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
