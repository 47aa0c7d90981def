"""Disutility: what being on call weighs. A pot (2-5 % of the frame) divided on points, or points turned into norm fte.

[CB] bijlage 3, "Disutility": filled in that year, on frequency and intensity of duties. Points come from duty rosters, each
frequency × weight of the intensity × hours, or are given.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from puntlanding.components.base import (
    AMOUNT,
    SHARE,
    Choice,
    Component,
    Facts,
    Given,
    Nodes,
    State,
    Wrong,
    nothing,
    one_of_two,
    parts_of,
)
from puntlanding.components.pot import pot
from puntlanding.components.tables import ComponentTables, DutyWeight
from puntlanding.explain import Node, Unit, product, quotient, total
from puntlanding.setting import Kind, Setting

VALUES, ROSTERS, WEIGHTS = "disutility", "diensten", "dienstgewichten"
POINTS_PER_FTE = "punten_per_norm_fte"
USUAL = (Fraction("0.02"), Fraction("0.05"))


def points(choice: Choice, facts: Facts) -> Nodes:
    if choice.texts["bron"] == "waarden":
        return facts.tables.of(VALUES)
    found: dict[str, list[Node]] = {}
    for roster in facts.tables.rosters:
        weight = weight_in(facts.tables, roster.intensity, facts.year)
        if weight is not None:
            duty = product(
                "duty_points", Unit.COUNT, roster.frequency, weight.weight, roster.hours, subject=roster.duty
            )
            found.setdefault(roster.group, []).append(duty)
    return {name: total("disutility_points", Unit.COUNT, duties, subject=name) for name, duties in found.items()}


def weight_in(tables: ComponentTables, intensity: str, year: int) -> DutyWeight | None:
    """The weight that counts in ``year``: the last that was set for it or a year before."""
    known = [one for one in tables.duty_weights if one.intensity == intensity and one.since <= year]
    return max(known, key=lambda one: one.since, default=None)


def takes(choice: Choice, facts: Facts) -> Node:
    return nothing("pot") if _as_norm_fte(choice) else pot(choice, facts)


def gives(choice: Choice, facts: Facts, state: State, taken: Node) -> Given:
    if _as_norm_fte(choice):
        return Given({})
    return Given(parts_of(facts.names, "disutility_part", taken, points(choice, facts), facts.rounding))


def adds(choice: Choice, facts: Facts) -> Nodes:
    if not _as_norm_fte(choice):
        return {}
    rate = choice.numbers[POINTS_PER_FTE]
    return {
        name: quotient("disutility_fte", Unit.FTE, node, rate, subject=name)
        for name, node in points(choice, facts).items()
    }


def _as_norm_fte(choice: Choice) -> bool:
    return choice.texts["vorm"] == "norm_fte"


def needs(choice: Choice) -> tuple[str, ...]:
    return (VALUES,) if choice.texts["bron"] == "waarden" else (ROSTERS, WEIGHTS)


def check(choice: Choice) -> Iterator[Wrong]:
    if not _as_norm_fte(choice):
        yield from one_of_two(choice)
        if POINTS_PER_FTE in choice.numbers:
            yield Wrong("keys_exclude", POINTS_PER_FTE, {"other": 'disutility.vorm = "pot"'})
        agreed = choice.numbers.get(SHARE.key)
        if agreed is not None and agreed.value and not USUAL[0] <= agreed.value <= USUAL[1]:
            yield Wrong("share_unusual", SHARE.key, {"usual": ("2 tot 5 %", "2 to 5 %")}, warning=True)
        return
    for key in (SHARE.key, AMOUNT.key):
        if key in choice.numbers:
            yield Wrong("keys_exclude", key, {"other": 'disutility.vorm = "norm_fte"'})
    if POINTS_PER_FTE not in choice.numbers:
        yield Wrong("one_key_of", "vorm", {"keys": POINTS_PER_FTE})


def check_facts(choice: Choice, facts: Facts) -> Iterator[Wrong]:
    if choice.texts["bron"] == "diensten":
        for intensity in sorted({one.intensity for one in facts.tables.rosters}):
            if weight_in(facts.tables, intensity, facts.year) is None:
                details = {"intensity": intensity, "year": facts.year, "table": WEIGHTS}
                yield Wrong("duty_weight_missing", "bron", details)
    found = points(choice, facts)
    if found and not _as_norm_fte(choice) and not any(node.value for node in found.values()):
        yield Wrong("pot_without_key", "")


DISUTILITY = Component(
    section="disutility",
    term="disutility_part",
    nl="Disutility: vergoeding voor diensten, als pot die op punten wordt verdeeld of als norm fte erbij.",
    en="Disutility: pay for being on call, as a pot that is divided on points or as norm fte added.",
    settings=(
        Setting(
            "vorm", Kind.CHOICE, "choice", "Een deel van het kader (pot), of norm fte erbij (norm_fte).",
            "A share of the frame (pot), or norm fte added (norm_fte).", default="pot", choices=("pot", "norm_fte"),
        ),
        Setting(
            "bron", Kind.CHOICE, "choice",
            "Punten zoals opgegeven in disutility (waarden), of uit de roosters in diensten (diensten).",
            "Points as given in disutility (waarden), or from the rosters in diensten (diensten).",
            default="waarden", choices=("waarden", "diensten"),
        ),
        SHARE,
        AMOUNT,
        Setting(
            POINTS_PER_FTE, Kind.NUMBER, "points", "Bij norm_fte: zoveel punten zijn één norm fte (lokaal).",
            "With norm_fte: this many points are one norm fte (local).", optional=True, minimum=Fraction("0.000001"),
            example="2000",
        ),
    ),
    takes=takes,
    gives=gives,
    adds=adds,
    needs=needs,
    check=check,
    check_facts=check_facts,
)  # fmt: skip
