"""Financial harmonisation: the same amount for every care fte, whatever was produced. [PZ] hoofdstuk 4 and bijlage 1.

Either an amount per care fte, or a share of the frame that is divided on care fte. Unlike the fixed component it comes off the
frame before the pots leave a main part, so that the amount per fte does not depend on them.
"""

from __future__ import annotations

from collections.abc import Iterator

from puntlanding.components.base import SHARE, Choice, Component, Facts, Given, State, Wrong, parts_of
from puntlanding.components.pot import pot
from puntlanding.components.split import whole_cents
from puntlanding.explain import Node, Unit, product, total
from puntlanding.quantities import ZERO
from puntlanding.setting import Kind, Setting

PER_FTE = "bedrag_per_fte"


def takes(choice: Choice, facts: Facts) -> Node:
    if PER_FTE not in choice.numbers:
        return pot(choice, facts)
    whole = total("care_fte", Unit.FTE, facts.care_fte.values())
    return whole_cents("pot", product("pot_exact", Unit.CENTS, choice.numbers[PER_FTE], whole, subject=choice.key))


def gives(choice: Choice, facts: Facts, state: State, taken: Node) -> Given:
    return Given(parts_of(facts.names, "harmonisation_part", taken, facts.care_fte, facts.rounding))


def needs(choice: Choice) -> tuple[str, ...]:
    return ("formatie",)


def check(choice: Choice) -> Iterator[Wrong]:
    if PER_FTE in choice.numbers and SHARE.key in choice.numbers:
        yield Wrong("keys_exclude", PER_FTE, {"other": f"harmonisatie.{SHARE.key}"})
    elif PER_FTE not in choice.numbers and SHARE.key not in choice.numbers:
        yield Wrong("one_key_of", "", {"keys": f"{PER_FTE}, {SHARE.key}"})


def check_facts(choice: Choice, facts: Facts) -> Iterator[Wrong]:
    if facts.care_fte and not any(node.value for node in facts.care_fte.values()):
        yield Wrong("pot_without_key", "")


HARMONISATION = Component(
    section="harmonisatie",
    term="harmonisation_part",
    nl="Financiële harmonisatie: een vast bedrag voor elke zorgverlening-fte, los van de productie.",
    en="Financial harmonisation: a fixed amount for every care fte, whatever was produced.",
    settings=(
        Setting(
            PER_FTE, Kind.EUROS, "euro per care fte", "Vast bedrag per zorgverlening-fte.", "Fixed amount per care fte.",
            optional=True, minimum=ZERO, example="100_000.00",
        ),
        SHARE,
    ),
    takes=takes,
    gives=gives,
    needs=needs,
    check=check,
    check_facts=check_facts,
)  # fmt: skip
