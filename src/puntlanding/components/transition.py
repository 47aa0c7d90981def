"""One-off transition compensation for groups hit hard by the change of model. [CB] hoofdstuk 1, step 6, and bijlage 2 table 3."""

from __future__ import annotations

from collections.abc import Iterator

from puntlanding.components.base import (
    AMOUNT,
    SHARE,
    Choice,
    Component,
    Facts,
    Given,
    State,
    Wrong,
    nothing,
    one_of_two,
    parts_of,
    rest_setting,
)
from puntlanding.components.mutation_reserve import shared_rest
from puntlanding.components.pot import pot
from puntlanding.components.split import whole_cents
from puntlanding.explain import Node, Unit, constant, difference, excess, minimum, product, total
from puntlanding.quantities import ONE, ZERO
from puntlanding.setting import Kind, Setting, share

BEFORE = "vorig_model"


def takes(choice: Choice, facts: Facts) -> Node:
    return pot(choice, facts) if runs(choice, facts.year) else nothing("pot")


def gives(choice: Choice, facts: Facts, state: State, taken: Node) -> Given:
    if not runs(choice, facts.year):
        return Given({})
    kept = difference("kept_share", Unit.RATIO, constant("whole", 1, Unit.RATIO), choice.numbers["drempel"])
    claims: dict[str, Node] = {}
    for name, before in facts.tables.of(BEFORE).items():
        bound = product("transition_bound", Unit.CENTS, before, kept, subject=name)
        loss = excess("transition_loss", Unit.CENTS, bound, state.amounts[name], subject=name)
        claims[name] = product("transition_claim", Unit.CENTS, loss, choice.numbers["vergoeding"], subject=name)
    claimed = whole_cents("transition_claimed", total("transition_claimed", Unit.CENTS, claims.values()))
    used = minimum("transition_used", Unit.CENTS, taken, claimed)
    parts = parts_of(facts.names, "transition_part", used, claims, facts.rounding)
    rest = difference("transition_rest", Unit.CENTS, taken, used)
    return shared_rest(choice, facts, state, parts, rest, "transition_part")


def runs(choice: Choice, year: int) -> bool:
    return choice.numbers["jaar"].value == year


def needs(choice: Choice) -> tuple[str, ...]:
    return (BEFORE,)


def check(choice: Choice) -> Iterator[Wrong]:
    yield from one_of_two(choice)


TRANSITION = Component(
    section="overgang",
    term="transition_part",
    nl="Overgang: eenmalige vergoeding voor wie er door het nieuwe model veel op achteruitgaat.",
    en="Transition: one-off compensation for those who lose much by the new model.",
    settings=(
        Setting(
            "jaar", Kind.YEAR, "year", "Het ene jaar waarin de vergoeding geldt.", "The one year of the compensation.",
            minimum=ZERO + 2000, maximum=ZERO + 2100, example="2026",
        ),
        SHARE,
        AMOUNT,
        share(
            "drempel", "Verlies tot dit deel van het bedrag onder het vorige model blijft voor eigen rekening.",
            "A loss up to this share of the amount under the model before is one's own.", default=ZERO,
        ),
        share(
            "vergoeding", "Deel van het verlies boven de drempel dat wordt vergoed.",
            "Share of the loss above the threshold that is compensated.", default=ONE,
        ),
        rest_setting(),
    ),
    takes=takes,
    gives=gives,
    needs=needs,
    runs=runs,
    check=check,
)  # fmt: skip
