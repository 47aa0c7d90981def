"""Quality: a share of the frame (at most 5 % in practice) divided on quality scores. [CB] bijlage 3, "Kwaliteit"."""

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
    State,
    Wrong,
    base,
    base_setting,
    one_of_two,
    parts_of,
)
from puntlanding.components.pot import pot
from puntlanding.components.weighted import no_key, weighted
from puntlanding.explain import Node

SCORES = "kwaliteit"
USUAL_MOST = Fraction("0.05")


def gives(choice: Choice, facts: Facts, state: State, taken: Node) -> Given:
    keys = weighted("quality_key", facts.tables.of(SCORES), base(choice.texts["grondslag"], facts, state))
    return Given(parts_of(facts.names, "quality_part", taken, keys, facts.rounding))


def needs(choice: Choice) -> tuple[str, ...]:
    return (SCORES, "formatie") if choice.texts["grondslag"] == "zorgverlening_fte" else (SCORES,)


def check(choice: Choice) -> Iterator[Wrong]:
    yield from one_of_two(choice)
    agreed = choice.numbers.get(SHARE.key)
    if agreed is not None and agreed.value > USUAL_MOST:
        yield Wrong("share_unusual", SHARE.key, {"usual": ("ten hoogste 5 %", "at most 5 %")}, warning=True)


def check_facts(choice: Choice, facts: Facts) -> Iterator[Wrong]:
    yield from no_key(choice, facts, facts.tables.of(SCORES))


QUALITY = Component(
    section="kwaliteit",
    term="quality_part",
    nl="Kwaliteit: een deel van het kader wordt verdeeld op kwaliteitsscores.",
    en="Quality: a share of the frame is divided on quality scores.",
    settings=(SHARE, AMOUNT, base_setting("geen")),
    takes=pot,
    gives=gives,
    needs=needs,
    check=check,
    check_facts=check_facts,
)
