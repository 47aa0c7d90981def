"""Earmarked pots: a budget of its own, divided on a freely chosen base × a score. [PZ] bijlage 2 §2, variant 3 of appropriate care."""

from __future__ import annotations

from collections.abc import Iterator

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
    base,
    base_setting,
    one_of_two,
    parts_of,
)
from puntlanding.components.pot import pot
from puntlanding.components.weighted import no_key, weighted
from puntlanding.explain import Node
from puntlanding.setting import Kind, Setting

SCORES = "scores"


def scores(choice: Choice, facts: Facts) -> Nodes:
    if choice.texts["scores"] == SCORES:
        return facts.tables.scores.get(choice.name or "", {})
    return facts.tables.of(choice.texts["scores"])


def gives(choice: Choice, facts: Facts, state: State, taken: Node) -> Given:
    keys = weighted("earmarked_key", scores(choice, facts), base(choice.texts["grondslag"], facts, state))
    return Given(parts_of(facts.names, "earmarked_part", taken, keys, facts.rounding))


def needs(choice: Choice) -> tuple[str, ...]:
    own = choice.texts["scores"]
    return (own, "formatie") if choice.texts["grondslag"] == "zorgverlening_fte" else (own,)


def check_facts(choice: Choice, facts: Facts) -> Iterator[Wrong]:
    found = scores(choice, facts)
    if not found and choice.texts["scores"] == SCORES:
        yield Wrong("pot_without_scores", "naam", {"pot": choice.name})
    yield from no_key(choice, facts, found)


EARMARKED = Component(
    section="geoormerkt",
    term="earmarked_part",
    nl="Geoormerkt budget: een eigen pot, verdeeld op een grondslag maal een score.",
    en="Earmarked budget: a pot of its own, divided on a base times a score.",
    settings=(
        Setting(
            "naam", Kind.TEXT, "text", "Naam van het budget; zo heet het ook in de kolom pot van scores.",
            "Name of the budget, as in the column pot of scores.", example="Passende zorg",
        ),
        SHARE,
        AMOUNT,
        base_setting("begroting"),
        Setting(
            "scores", Kind.CHOICE, "choice", "De lijst waaruit de scores komen.", "The list that the scores come from.",
            default="passende_zorg", choices=("passende_zorg", "kwaliteit", SCORES),
        ),
    ),
    takes=pot,
    gives=gives,
    needs=needs,
    check=one_of_two,
    check_facts=check_facts,
    repeated=True,
)  # fmt: skip
