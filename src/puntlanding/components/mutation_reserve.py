"""Mutation reserve: part of the frame for unexpected production. [CB] bijlage 3, "Fte's en bandbreedte of mutatie kader toepassing".

It pays over-production that the settlement left unpaid, at the price that paid norm fte have, by default only as far as the
under-production of others does not make up for it. Or the boards decide, and their decisions stand in a list.
"""

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
    in_euros,
    nothing,
    one_of_two,
    parts_of,
    rest_setting,
)
from puntlanding.components.pot import pot
from puntlanding.components.split import whole_cents
from puntlanding.explain import Node, Unit, difference, excess, minimum, product, quotient, total
from puntlanding.quantities import ZERO
from puntlanding.setting import Kind, Setting, share

DECISIONS = "mutaties"


def gives(choice: Choice, facts: Facts, state: State, taken: Node) -> Given:
    if choice.texts["gebruik"] == "besluiten":
        used = total("reserve_used", Unit.CENTS, [one.amount for one in facts.tables.decisions])
        parts: Nodes = {
            name: total("reserve_part", Unit.CENTS, own, subject=name) for name, own in _decided(facts).items()
        }
    else:
        claims = _claims(choice, facts)
        used = _used(choice, facts, state, claims, taken)
        parts = parts_of(facts.names, "reserve_part", used, claims, facts.rounding)
    rest = difference("reserve_rest", Unit.CENTS, taken, used)
    return shared_rest(choice, facts, state, parts, rest, "reserve_part")


def shared_rest(choice: Choice, facts: Facts, state: State, parts: Nodes, rest: Node, term: str) -> Given:
    """What is left stays, or is divided on paid norm fte."""
    if choice.texts["rest"] == "blijft" or not rest.value:
        return Given(parts, stays=rest)
    more = parts_of(facts.names, "rest_part", rest, state.norm_fte, facts.rounding)
    both = {
        name: total(term, Unit.CENTS, (parts.get(name, nothing(term)), more[name]), subject=name)
        for name in facts.names
    }
    return Given(both)


def _decided(facts: Facts) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = {name: [] for name in facts.names}
    for one in facts.tables.decisions:
        found[one.group].append(one.amount.named("reserve_decision", subject=one.reason))
    return found


def _claims(choice: Choice, facts: Facts) -> Nodes:
    """Norm fte that were realised and not paid, above the threshold."""
    found: dict[str, Node] = {}
    for name, realised in facts.realised.items():
        unpaid = excess("unpaid_over", Unit.FTE, realised, facts.paid[name], subject=name)
        threshold = product(
            "reserve_threshold", Unit.FTE, choice.numbers["drempel"], facts.budgeted[name], subject=name
        )
        found[name] = excess("reserve_claim", Unit.FTE, unpaid, threshold, subject=name)
    return found


def _used(choice: Choice, facts: Facts, state: State, claims: Nodes, taken: Node) -> Node:
    claimed = total("reserve_claimed", Unit.FTE, claims.values())
    if choice.texts["gebruik"] == "netto":
        # What the settlement paid from under-production (redistribution, a bandwidth) is used up: only the rest makes up for more.
        budgeted = total("total_budgeted", Unit.FTE, facts.budgeted.values())
        left_over = excess("left_over", Unit.FTE, budgeted, total("total_paid", Unit.FTE, facts.paid.values()))
        claimed = excess("reserve_claimed_net", Unit.FTE, claimed, left_over)
    if not state.norm_pot.value:  # everything is divided on other keys: a norm fte has no price
        return nothing("reserve_used")
    part = quotient("part", Unit.RATIO, claimed, state.norm_key)
    price = whole_cents("reserve_price", product("reserve_price", Unit.CENTS, state.norm_pot, part))
    return minimum("reserve_used", Unit.CENTS, taken, price)


def needs(choice: Choice) -> tuple[str, ...]:
    return (DECISIONS,) if choice.texts["gebruik"] == "besluiten" else ("realisatie",)


def check(choice: Choice) -> Iterator[Wrong]:
    yield from one_of_two(choice)
    if choice.texts["gebruik"] == "besluiten" and choice.numbers["drempel"].value:
        yield Wrong("keys_exclude", "drempel", {"other": 'mutatiereserve.gebruik = "besluiten"'})


def check_facts(choice: Choice, facts: Facts) -> Iterator[Wrong]:
    if choice.texts["gebruik"] == "besluiten":
        reserve = pot(choice, facts).value
        decided = sum((one.amount.value for one in facts.tables.decisions), ZERO)
        if decided > reserve:
            key = AMOUNT.key if AMOUNT.key in choice.numbers else SHARE.key
            yield Wrong("decisions_exceed_reserve", key, {"decided": in_euros(decided), "reserve": in_euros(reserve)})


MUTATION_RESERVE = Component(
    section="mutatiereserve",
    term="reserve_part",
    nl="Mutatiereserve: een deel van het kader voor onverwachte productie.",
    en="Mutation reserve: a share of the frame for unexpected production.",
    settings=(
        SHARE,
        AMOUNT,
        Setting(
            "gebruik", Kind.CHOICE, "choice",
            "Voor niet betaalde meerproductie voor zover onderproductie van anderen die niet opvangt (netto), voor alle niet "
            "betaalde meerproductie (geheel), of volgens de besluiten in mutaties (besluiten).",
            "For unpaid over-production as far as under-production of others does not make up for it (netto), for all unpaid "
            "over-production (geheel), or by the decisions in mutaties (besluiten).",
            default="netto", choices=("netto", "geheel", "besluiten"),
        ),
        share(
            "drempel", "Meerproductie tot dit deel van de begroting is niet onverwacht en telt niet.",
            "Over-production up to this share of the budget is not unexpected and does not count.", default=ZERO,
        ),
        rest_setting(),
    ),
    takes=pot,
    gives=gives,
    needs=needs,
    check=check,
    check_facts=check_facts,
)  # fmt: skip
