"""What the same patients take elsewhere: efficiency by group, in what one differs, and in which patients, told without judgement.

Everything here is given efficiencies that already hold only what the reader may see (`differing.seen_by`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from puntlanding.benchmark.drill_down import LIMIT, Line, by_measure
from puntlanding.benchmark.efficiency_weights import EHEALTH, Component
from puntlanding.benchmark.measure_names import MEASURES
from puntlanding.benchmark.strata import MINIMUM, Level
from puntlanding.contribution.tables import Counted
from puntlanding.explain import Node
from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import index, visible
from puntlanding.quantities import half_up
from puntlanding.records.specialism_names import specialism
from puntlanding.report.differing import WHOLE, Differing, Efficiencies
from puntlanding.report.efficiency_tables import WHY, Asked, headline, percent, points
from puntlanding.web.presenters.bars import EDGE, LEAST_SPAN, WIDTH, Bar
from puntlanding.web.presenters.numbered import chosen_of, numbered
from puntlanding.web.presenters.scope import EVERYTHING
from puntlanding.web.presenters.stage_page import Asked as AskedNumber
from puntlanding.web.presenters.stage_page import Cell, Heading
from puntlanding.web.presenters.strata_tree import strata_tree
from puntlanding.web.presenters.tree import Branch, explained

NOTHING = "–"
MOST_SPAN = Fraction(1, 2)
QUESTION = ("Wat vragen dezelfde patiënten elders?", "What do the same patients take elsewhere?")
_HEADINGS = (
    ("vakgroep", "group"),
    ("patiënten", "patients"),
    ("efficiency (%)", "efficiency (%)"),
    ("poliklinisch (%)", "outpatient (%)"),
    ("e-health: eigen / referentie (%)", "e-health: own / reference (%)"),
    ("klinisch (%)", "clinical (%)"),
    ("diagnostisch (%)", "diagnostic (%)"),
    ("fijn vergeleken (% patiënten)", "compared finely (% patients)"),
)
_READ = (
    "100 % is zoals de referentie bij dezelfde patiënten; hoger is minder inzet (van e-health: meer). Efficiency = verwacht ÷ geleverd, tegen standaardkosten. In de balk: de streep is 100 %, blauw naar rechts minder inzet, oranje naar links meer; de randen zijn {0} % ervan af.",
    "100 % is as the reference with the same patients; higher is less used (of e-health: more). Efficiency = expected ÷ delivered, at standard costs. In the bar: the line is 100 %, blue to the right less used, orange to the left more; the edges are {0} % away from it.",
)
_FINE = (
    "Fijn vergeleken: binnen diagnosegroep, leeftijd en geslacht. De andere patiënten zijn grover vergeleken, omdat de referentie minder dan {0} patiënten van hun soort heeft; hoe kleiner dit deel, hoe voorzichtiger het cijfer te lezen is.",
    "Compared finely: within diagnosis group, age and sex. The other patients were compared more coarsely, because the reference has fewer than {0} patients of their kind; the smaller this share, the more care the figure asks.",
)
_TYPED = (
    "Zoals aangeleverd met de bestanden: één getal per vakgroep en jaar, zonder de patiënten erachter.",
    "As delivered with the files: one number per group and year, without the patients behind it.",
)


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    name: str
    cells: tuple[Cell, ...]
    bar: Bar | None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """One unit of care: what was delivered and what was expected."""

    name: str
    cells: tuple[str, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Where:
    """One group: in what it differs, and in which patients; ``tree`` opens from diagnosis to age, sex and unit."""

    name: str
    number: int
    told: str
    measured: tuple[Measured, ...]
    tree: Branch
    rest: str


@dataclass(frozen=True, slots=True)
class EfficiencyPage:
    """``drawn``: the column behind which the bar stands; ``opens``: whether there is more to see of a group."""

    question: str
    answer: str
    told: tuple[str, ...]
    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]
    drawn: int
    opens: bool
    asked: AskedNumber | None
    where: Where | None


def efficiency_page(
    whole: Efficiencies, seen: Efficiencies, asked: Asked | None, language: Language, asks: str = "", choice: str = "",
    *, everything: bool,
) -> EfficiencyPage:  # fmt: skip
    which, rows = index(language), numbered(whole.rows)
    picked = chosen_of(rows, seen.rows, choice)
    shown = {at: one for at, one in rows.items() if one in seen.rows}
    span = _span(tuple(shown.values()))
    computed = asked is not None
    headings = _HEADINGS if computed else (_HEADINGS[0], *((f"efficiency {y} (%)",) * 2 for y in whole.years))
    return EfficiencyPage(
        question=QUESTION[which],
        answer=_answer(seen, asked, language, everything=everything),
        told=tuple(_told(number(span * 100, 0, language), computed=computed, which=which)),
        headings=tuple(Heading(one[which], WHOLE if one is _HEADINGS[2] else "") for one in headings),
        rows=tuple(
            Row(
                at, name_of(one), _cells(at, one, whole, asks, language, computed=computed),
                _bar(one.value, span, language), chosen=picked is not None and picked[0] == at,
            )
            for at, one in shown.items()
        ),
        drawn=2 if computed else len(whole.years),
        opens=computed,
        asked=_asked(rows, seen, asks, language),
        where=None if picked is None else _where(*picked, seen, language),
    )  # fmt: skip


def name_of(one: Differing) -> str:
    return visible(" + ".join(one.groups)) or specialism(one.specialism)


def _told(edge: str, *, computed: bool, which: int) -> Iterator[str]:
    if not computed:
        yield _TYPED[which]
    yield _READ[which].format(edge)
    if computed:
        yield _FINE[which].format(MINIMUM)


def _answer(seen: Efficiencies, asked: Asked | None, language: Language, *, everything: bool) -> str:
    which = index(language)
    known = [one for one in seen.rows if one.value is not None]
    if not known:
        return (
            "Er is nog geen efficiency: van geen vakgroep is bekend wat dezelfde patiënten elders zouden vragen.",
            "There is no efficiency yet: of no group is it known what the same patients would take elsewhere.",
        )[which]
    if everything and asked is not None:
        return visible(headline([one.figure for one in seen.rows if one.figure is not None], asked, language))
    if not everything:
        return " ".join(sentence_of(one, language) for one in known)
    above = sum(one.value > 1 for one in known if one.value is not None)
    below = sum(one.value < 1 for one in known if one.value is not None)
    return (
        "In {3} vroegen van {0} vakgroepen er {1} bij dezelfde patiënten minder inzet dan de referentie, en {2} meer.",
        "In {3}, of {0} groups {1} used less than the reference with the same patients, and {2} more.",
    )[which].format(len(known), above, below, max(seen.years, default=NOTHING))


def sentence_of(one: Differing, language: Language) -> str:
    value = one.value
    if value is None:
        return f"{name_of(one)}: {NOTHING}."
    side = ("evenveel inzet als", "as much as") if value == 1 else ("minder inzet dan", "less than")
    if value < 1:
        side = ("meer inzet dan", "more than")
    which = index(language)
    return (
        "{0}: efficiency {1}; haar patiënten vroegen {2} bij de referentie.",
        "{0}: efficiency {1}; its patients took {2} at the reference.",
    )[which].format(name_of(one), percent(value, language), side[which])


def _cells(
    at: int, one: Differing, whole: Efficiencies, asks: str, language: Language, *, computed: bool
) -> tuple[Cell, ...]:
    def share(value: Fraction | None, what: str) -> Cell:
        if value is None:
            return Cell(NOTHING)
        name = f"{at}.{what}"
        return Cell(number(value * 100, 1, language), name, name == asks)

    if not computed:
        typed: list[tuple[int, Node | None]] = [(year, one.typed.get(year)) for year in whole.years]
        return tuple(share(None if node is None else node.value, str(year)) for year, node in typed)
    figure = one.figure
    if figure is None:
        return (Cell(NOTHING),) * (len(_HEADINGS) - 1)
    many, parts = sum(figure.sums.patients), figure.components
    ehealth = NOTHING
    if figure.ehealth is not None:
        both = (figure.ehealth.own, figure.ehealth.reference)
        ehealth = " / ".join(number(value * 100, 1, language) for value in both)
    fine = NOTHING if not many else number(Fraction(100 * figure.sums.patients[Level.STRATUM], many), 0, language)
    total = share(figure.value, WHOLE)
    if figure.reason is not None:
        total = Cell(WHY[figure.reason][index(language)])
    return (
        Cell(number(many + figure.sums.left_out, 0, language)), total,
        share(parts[Component.OUTPATIENT].value, Component.OUTPATIENT), Cell(ehealth),
        share(parts[Component.CLINICAL].value, Component.CLINICAL),
        share(parts[Component.DIAGNOSTIC].value, Component.DIAGNOSTIC), Cell(fine),
    )  # fmt: skip


def _span(rows: Sequence[Differing]) -> Fraction:
    off = [abs(one.value - 1) for one in rows if one.value is not None]
    return min(max([LEAST_SPAN, *off]), MOST_SPAN)


def _bar(value: Fraction | None, span: Fraction, language: Language) -> Bar | None:
    """Colours as in the chart of strata: blue, to the right, is less used than the reference."""
    if value is None:
        return None
    middle = WIDTH // 2
    off = min(max((value - 1) / span, Fraction(-1)), Fraction(1))
    end = middle + int(half_up(off * (middle - EDGE), 0))
    words = ("{0} van de referentie", "{0} of the reference")[index(language)].format(percent(value, language))
    return Bar(min(end, middle), abs(end - middle), middle, "under" if value > 1 else "over", words)


def _asked(rows: Mapping[int, Differing], seen: Efficiencies, asks: str, language: Language) -> AskedNumber | None:
    mark, _, what = asks.partition(".")
    found = chosen_of(rows, seen.rows, mark)
    node = None if found is None else seen.node(found[1], what)
    if found is None or node is None:
        return None
    name = name_of(found[1])
    told = explained(node, node.subject or name, {}, EVERYTHING, frozenset(), language)
    title = f"efficiency {what}" if what.isdecimal() else what
    if what in list(Component):
        title = MEASURES[Component(what)][index(language)]
    return AskedNumber(name, title, percent(node.value, language), told)


def _where(at: int, one: Differing, seen: Efficiencies, language: Language) -> Where | None:
    found = seen.drill_down(one)
    if found is None or one.figure is None:
        return None
    which = index(language)
    together = ("samen: verschil met 100 %", "together: difference with 100 %")[which]
    measured = [_measured(line, language) for line in by_measure(found)]
    measured.append(Measured(together, ("", "", "", points(found.gap, language)), whole=True))
    first = max(by_measure(found), key=lambda line: abs(line.effect), default=None)
    told = sentence_of(one, language)
    if first is not None and first.effect:
        most = (" Het grootste verschil zit in {0}: {1} punten.", " The largest difference is in {0}: {1} points.")
        told += most[which].format(MEASURES[first.measure][which], points(first.effect, language))
    legend = (
        "In procentpunten van de efficiency; + is minder inzet dan de referentie (van e-health: meer). Alle regels tellen precies op tot het verschil met 100 %. Soorten patiënten waarvan er minder dan {0} zijn, staan samen; ~ is grover vergeleken.",
        "In percentage points of efficiency; + is less used than the reference (of e-health: more). All lines add up exactly to the difference with 100 %. Kinds of patients of which there are fewer than {0} stand together; ~ was compared more coarsely.",
    )
    return Where(
        name_of(one), at, told, tuple(measured), strata_tree(found, language), legend[which].format(MINIMUM)
    )  # fmt: skip


def _measured(line: Line, language: Language) -> Measured:
    cents = 100 if line.measure == Counted.DIAGNOSTICS else 1
    counted = line.measure not in (EHEALTH, LIMIT)  # of e-health the shares count, and those are in the other table
    counts = [number(value / cents, 0, language) if counted else NOTHING for value in (line.actual, line.expected)]
    name = MEASURES[line.measure][index(language)]
    weight = NOTHING if line.weight is None else number(line.weight * 100, 1, language)
    return Measured(name, (*counts, weight, points(line.effect, language)))
