"""Shared savings: a share of what care cost less than a baseline, paid by the hospital beside the frame.

[PZ] samenvatting and bijlage 2 §1.A; [CB] bijlage 1, "Efficiency en -parameter" (extra frame for efficiency). Part goes to the
group whose initiative it was, the rest to all on paid norm fte.
"""

from __future__ import annotations

from collections.abc import Iterator

from puntlanding.components.base import (
    Choice,
    Component,
    Facts,
    Given,
    Nodes,
    State,
    Wrong,
    nothing,
    parts_of,
)
from puntlanding.components.split import split_in_two, whole_cents
from puntlanding.explain import Node, Unit, difference, minimum, product, quotient, total
from puntlanding.quantities import ONE, ZERO
from puntlanding.setting import Kind, Setting, share

SAVINGS = "besparingen"


def gives(choice: Choice, facts: Facts, state: State, taken: Node) -> Given:
    saved = [_saved(one.initiative, one.baseline, one.actual) for one in facts.tables.savings]
    whole = total("saved", Unit.CENTS, saved)
    if not whole.value:
        return Given({}, brings=nothing("savings_brought"))
    exact = product("savings_brought", Unit.CENTS, choice.numbers["aandeel"], whole)
    if "ten_hoogste" in choice.numbers:
        exact = minimum("savings_brought", Unit.CENTS, exact, choice.numbers["ten_hoogste"])
    brought = whole_cents("savings_brought", exact)
    own = _own(facts)
    own_whole = total("own_savings_whole", Unit.CENTS, own.values()) if own else nothing("own_savings_whole")
    own_share = product(
        "own_share", Unit.RATIO, choice.numbers["vakgroep_deel"], quotient("part", Unit.RATIO, own_whole, whole)
    )
    to_own, to_all = split_in_two("savings_own", "savings_all", brought, own_share, facts.rounding)
    mine = parts_of(facts.names, "savings_own_part", to_own, own, facts.rounding)
    shared = parts_of(facts.names, "savings_all_part", to_all, state.norm_fte, facts.rounding)
    parts = {name: total("savings_part", Unit.CENTS, (mine[name], shared[name]), subject=name) for name in facts.names}
    return Given(parts, brings=brought)


def _saved(initiative: str, baseline: Node, actual: Node) -> Node:
    return difference("saved_by", Unit.CENTS, baseline, actual, subject=initiative)


def _own(facts: Facts) -> Nodes:
    found: dict[str, list[Node]] = {}
    for one in facts.tables.savings:
        if one.group is not None:
            found.setdefault(one.group, []).append(_saved(one.initiative, one.baseline, one.actual))
    return {name: total("own_savings", Unit.CENTS, rows, subject=name) for name, rows in found.items()}


def needs(choice: Choice) -> tuple[str, ...]:
    return (SAVINGS,)


def check(choice: Choice) -> Iterator[Wrong]:
    if not choice.numbers["aandeel"].value:
        yield Wrong("component_idle", "aandeel", {"section": "gedeelde_besparing"}, warning=True)


SHARED_SAVINGS = Component(
    section="gedeelde_besparing",
    term="savings_part",
    nl="Gedeelde besparing: een deel van wat de zorg minder kostte dan de basislijn, van buiten het kader.",
    en="Shared savings: a share of what care cost less than the baseline, from outside the frame.",
    settings=(
        share(
            "aandeel", "Deel van de besparing dat naar het gremium gaat.", "Share of the saving that goes to the collective.",
            example="0.5",
        ),
        share(
            "vakgroep_deel", "Deel daarvan voor de vakgroep van het initiatief; de rest is voor allen, op betaalde norm fte.",
            "Share of that for the group of the initiative; the rest is for all, on paid norm fte.", default=ONE,
        ),
        Setting(
            "ten_hoogste", Kind.EUROS, "euro", "Het meeste dat naar het gremium gaat.", "The most that goes to the collective.",
            optional=True, minimum=ZERO, example="250_000.00",
        ),
    ),
    gives=gives,
    needs=needs,
    check=check,
)  # fmt: skip
