"""Efficiency of one hospital's groups, and where one of them differs: in the terminal. Other hospitals are not named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from rich.text import Text

from puntlanding.benchmark.drill_down import LIMIT, DrillDown, Line, by_measure, gathered
from puntlanding.benchmark.efficiency import GroupEfficiency, Reason
from puntlanding.benchmark.efficiency_weights import EHEALTH, Component
from puntlanding.benchmark.measure_names import MEASURES
from puntlanding.benchmark.peers import Own, PeerRule, PeersBy
from puntlanding.benchmark.strata import MINIMUM, Level
from puntlanding.contribution.tables import Counted
from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import printable
from puntlanding.quantities import ZERO
from puntlanding.report.benchmark_tables import grid, pair, signed, specialism
from puntlanding.report.terminal import rendered

MOST_LINES = 20
WHY: Mapping[Reason, tuple[str, str]] = {
    Reason.NO_REFERENCE: ("te weinig patiënten bij de referentie", "too few patients at the reference"),
    Reason.NOT_KNOWN: ("geen kostprijzen in de bijdrage", "no cost prices in the contribution"),
    Reason.NOT_DELIVERED: ("niets geleverd om te vergelijken", "nothing delivered to compare"),
    Reason.WEIGHTLESS: ("gewicht 0", "weight 0"),
}
_PEERS = {
    PeersBy.TYPE: ("ziekenhuizen van hetzelfde type", "hospitals of the same type"),
    PeersBy.ALL: ("ziekenhuizen, alle waarvan er een bijdrage is", "hospitals, all of which there is a contribution"),
    PeersBy.LIST: ("opgegeven ziekenhuizen", "listed hospitals"),
}
_OWN = {Own.IN: ("het eigen meegerekend", "its own included"), Own.OUT: ("zonder het eigen", "without its own")}
_READ = (
    "100 % = zoals de referentie bij dezelfde patiënten; hoger = minder inzet (van e-health: meer).",
    "100 % = as the reference with the same patients; higher = less was used (of e-health: more).",
)
_COLUMNS = (
    "e-health: aandeel teleconsulten, eigen / referentie. Fijn: deel van de patiënten dat is vergeleken binnen diagnosegroep, "
    "leeftijd en geslacht; de rest grover, bij minder dan {0} patiënten in de referentie (lokale keuze).",
    "e-health: share of teleconsults, own / reference. Fine: share of patients compared within diagnosis group, age and sex; "
    "the others more coarsely, with fewer than {0} patients in the reference (local choice).",
)
_WEIGHTS = (
    "Onderdelen wegen naar kosten, tegen standaardkosten per eenheid (lokaal, tenzij een lijst gewichten is opgegeven).",
    "Components weigh by costs, at standard costs per unit (local, unless a list of weights was given).",
)
_LEGEND = (
    "Effect in procentpunten van de efficiency; + is minder inzet dan de referentie (van e-health: meer). De regels tellen precies op "
    "tot het verschil met 100 %. P.p.: per patiënt. Gewicht: aandeel in de gewogen kosten van de vakgroep. Strata met minder dan {0} "
    "patiënten staan samen onder ‘overig’. ~ grover vergeleken.",
    "Effect in percentage points of efficiency; + is less than the reference (of e-health: more). The lines add up exactly to the "
    "difference with 100 %. P.p.: per patient. Weight: share of the group's weighted costs. Strata with fewer than {0} patients are "
    "together in ‘overig’ (other). ~ compared more coarsely.",
)
_UNKNOWN = (
    "Diagnostisch telt niet mee: er staan geen kostprijzen in de bijdragen. De andere onderdelen wegen samen voor het geheel.",
    "Diagnostic does not count: the contributions have no cost prices. The other components together weigh for the whole.",
)
_LEFT_OUT = (
    "Niet vergeleken, want te weinig patiënten in de referentie: {0} patiënten van {1}.",
    "Not compared, as the reference has too few patients: {0} patients of {1}.",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the figures are of, for every title."""

    hospital: str
    year: int
    quarter: int
    rule: PeerRule
    peers: int
    minimum: int

    @property
    def least(self) -> int:
        """Patients below which nothing is shown of them alone, however few a reference may be of."""
        return max(self.minimum, MINIMUM)


def as_text(figures: Sequence[GroupEfficiency], asked: Asked, language: Language) -> str:
    dutch = language is Language.DUTCH
    titles = (
        ("specialisme", "patiënten", "efficiency", "polikl.", "e-health", "klinisch", "diagn.", "fijn")
        if dutch
        else ("specialism", "patients", "efficiency", "outpat.", "e-health", "clinical", "diagn.", "fine")
    )
    rows = [_row(one, language) for one in figures]
    blocks: list[Any] = [Text(headline(figures, asked, language)), Text(_compared(asked, language)), ""]
    blocks += [grid(titles, rows), "", *map(Text, _notes(figures, asked, language))]
    return rendered(*blocks)


def headline(figures: Sequence[GroupEfficiency], asked: Asked, language: Language) -> str:
    known = [(one, one.value) for one in figures if one.value is not None]
    start = f"{printable(asked.hospital)}, {_period(asked, language)}: "
    if not known:
        return start + pair(("er is geen efficiency te berekenen.", "no efficiency can be computed."), language)
    above = sum(value > 1 for _, value in known)
    below = sum(value < 1 for _, value in known)
    most, value = max(known, key=lambda one: (abs(one[1] - 1) * _costs(one[0]), one[0].sums.specialism))
    texts = (
        "{1} van {0} vakgroepen vroegen minder inzet dan de referentie, {2} meer. Het zwaarst weegt {3}: {4}.",
        "{1} of {0} groups used less than the reference, {2} more. What weighs most is {3}: {4}.",
    )
    name = specialism(most.sums.specialism)
    return start + pair(texts, language).format(len(known), above, below, name, percent(value, language))


def _costs(one: GroupEfficiency) -> Fraction:
    return sum((part.costs for part in one.known.values()), ZERO)


def _period(asked: Asked, language: Language) -> str:
    if asked.quarter == 4:
        return str(asked.year)
    return f"{asked.year} {pair(('tot en met kwartaal', 'up to quarter'), language)} {asked.quarter}"


def _compared(asked: Asked, language: Language) -> str:
    start = pair(("Vergeleken met {0} {1}, {2}.", "Compared with {0} {1}, {2}."), language)
    said = start.format(asked.peers, pair(_PEERS[asked.rule.by], language), pair(_OWN[asked.rule.own], language))
    return f"{said} {pair(_READ, language)}"


def _row(one: GroupEfficiency, language: Language) -> tuple[str, ...]:
    many = sum(one.sums.patients)
    fine = "–" if not many else percent(Fraction(one.sums.patients[Level.STRATUM], many), language, 0)
    ehealth = "–"
    if one.ehealth is not None:
        shares = (number(share * 100, 1, language) for share in (one.ehealth.own, one.ehealth.reference))
        ehealth = " / ".join(shares) + " %"
    parts = {name: percent(part.value, language) for name, part in one.components.items()}
    return (
        specialism(one.sums.specialism), number(many + one.sums.left_out, 0, language), percent(one.value, language),
        parts[Component.OUTPATIENT], ehealth, parts[Component.CLINICAL], parts[Component.DIAGNOSTIC], fine,
    )  # fmt: skip


def percent(value: Fraction | None, language: Language, decimals: int = 1) -> str:
    return "–" if value is None else f"{number(value * 100, decimals, language)} %"


def _notes(figures: Sequence[GroupEfficiency], asked: Asked, language: Language) -> Iterator[str]:
    yield pair(_COLUMNS, language).format(asked.minimum)
    yield pair(_WEIGHTS, language)
    if any(one.components[Component.DIAGNOSTIC].reason is Reason.NOT_KNOWN for one in figures):
        yield pair(_UNKNOWN, language)
    left_out = [one for one in figures if one.sums.left_out]
    if left_out:
        names = ", ".join(specialism(one.sums.specialism) for one in left_out)
        many = number(sum(one.sums.left_out for one in left_out), 0, language)
        yield pair(_LEFT_OUT, language).format(many, names)


def drill_down_text(one: GroupEfficiency, found: DrillDown, asked: Asked, language: Language) -> str:
    """First by unit, which is what can be steered on; then by stratum."""
    dutch = language is Language.DUTCH
    by_unit = (
        ("waarin", "eigen", "referentie", "gewicht", "effect")
        if dutch
        else ("in what", "own", "reference", "weight", "effect")
    )
    titles = (
        ("diagnosegroep", "leeftijd", "geslacht", "waarin", "patiënten", "eigen p.p.", "ref. p.p.", "gewicht", "effect")
        if dutch
        else ("diagnosis group", "age", "sex", "in what", "patients", "own p.p.", "ref. p.p.", "weight", "effect")
    )
    together = pair(("samen", "together"), language)
    units = [_unit_line(line, language) for line in by_measure(found)]
    units.append((together, "", "", "", points(found.gap, language)))
    shown = gathered(found, asked.least).lines
    rows = [_line(line, asked, language) for line in shown[:MOST_LINES]]
    rest = shown[MOST_LINES:]
    blank = ("", "", "", "", "", "", "")
    if rest:
        more = pair(("nog {0}", "{0} more"), language).format(number(len(rest), 0, language))
        rows.append((more, *blank, points(sum((line.effect for line in rest), ZERO), language)))
    rows.append((together, *blank, points(found.gap, language)))
    legend = pair(_LEGEND, language).format(asked.least)
    return rendered(
        Text(_drill_headline(one, found, asked, language)), Text(_compared(asked, language)), "", grid(by_unit, units), "",
        grid(titles, rows, 4), "", Text(legend),
    )  # fmt: skip


def _drill_headline(one: GroupEfficiency, found: DrillDown, asked: Asked, language: Language) -> str:
    texts = ("{0}, {1}, {2}: efficiency {3}.", "{0}, {1}, {2}: efficiency {3}.")
    name = specialism(one.sums.specialism)
    said = pair(texts, language).format(
        name, printable(asked.hospital), _period(asked, language), percent(one.value, language)
    )
    if not found.lines or not found.lines[0].effect:
        return said
    first = max(by_measure(found), key=lambda line: abs(line.effect))
    most = pair(
        (" Het grootste verschil zit in {0}: {1} punten.", " The largest difference is in {0}: {1} points."), language
    )
    return said + most.format(pair(MEASURES[first.measure], language), points(first.effect, language))


def _unit_line(line: Line, language: Language) -> tuple[str, ...]:
    cents = 100 if line.measure == Counted.DIAGNOSTICS else 1
    told = line.measure not in (EHEALTH, LIMIT)  # of e-health the shares count, and those are in the other table
    counts = [number(value / cents, 0, language) if told else "–" for value in (line.actual, line.expected)]
    weight, effect = percent(line.weight, language), points(line.effect, language)
    return (pair(MEASURES[line.measure], language), *counts, weight, effect)


def _line(line: Line, asked: Asked, language: Language) -> tuple[str, ...]:
    group, age, sex = line.stratum or ("", "", "")
    coarse = "~" if line.level not in (None, Level.STRATUM) else ""
    cents = 100 if line.measure == Counted.DIAGNOSTICS else 1

    few = line.patients < asked.least

    def each(value: Fraction) -> str:
        return "–" if few else number(value / line.patients / cents, 2, language)

    return (
        group, age, sex, pair(MEASURES[line.measure], language), f"< {asked.least}" if few else number(line.patients, 0, language), each(line.actual),
        coarse + each(line.expected), percent(line.weight, language), points(line.effect, language),
    )  # fmt: skip


def points(value: Fraction, language: Language) -> str:
    return signed(value * 100, 2, language)
