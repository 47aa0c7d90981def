"""Adaptation net: a limit on how far a group may fall in a year, for some years, so that capacity can follow.

[CB] hoofdstuk 1, step 7, and bijlage 2 table 3. The others pay it, pro rata to what they have above their own limit: nobody is
pushed through his own net to hold up another's.
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
    in_euros,
    nothing,
    parts_of,
)
from puntlanding.components.split import whole_cents
from puntlanding.explain import Node, Unit, constant, difference, excess, minimum, product, total
from puntlanding.problems import near_miss
from puntlanding.quantities import ZERO
from puntlanding.setting import Kind, Setting, share

BEFORE = "vorig_jaar"


def gives(choice: Choice, facts: Facts, state: State, taken: Node) -> Given:
    if not runs(choice, facts.year):
        return Given({})
    short, room = gaps(choice, facts, state)
    needed, there = total("net_needed", Unit.CENTS, short.values()), total("net_room", Unit.CENTS, room.values())
    moved = minimum("net_moved", Unit.CENTS, needed, there)
    received = parts_of(facts.names, "net_received", moved, short, facts.rounding)
    paid = parts_of(facts.names, "net_paid", moved, room, facts.rounding)
    return Given(
        {name: difference("net_part", Unit.CENTS, received[name], paid[name], subject=name) for name in facts.names}
    )


def gaps(choice: Choice, facts: Facts, state: State) -> tuple[Nodes, Nodes]:
    """Per group: what it lacks of the least it may fall to (where the net is for it), and what it has above that."""
    kept = difference("kept_share", Unit.RATIO, constant("whole", 1, Unit.RATIO), choice.numbers["maximale_daling"])
    before = facts.tables.of(BEFORE)
    protected = choice.lists.get("vakgroepen") or facts.names
    short, room = {}, {}
    for name in facts.names:
        last = before.get(name, nothing("amount_before"))
        floor = whole_cents("net_floor", product("net_floor", Unit.CENTS, last, kept, subject=name))
        room[name] = excess("net_room_of", Unit.CENTS, state.amounts[name], floor, subject=name)
        if name in protected:
            short[name] = excess("net_short", Unit.CENTS, floor, state.amounts[name], subject=name)
    return short, room


def unpayable(choice: Choice, facts: Facts, state: State) -> Iterator[Wrong]:
    """A net that all others together cannot pay; known only once the rest of the distribution is."""
    if runs(choice, facts.year):
        short, room = gaps(choice, facts, state)
        needed, there = (sum((node.value for node in side.values()), ZERO) for side in (short, room))
        if needed > there:
            yield Wrong("net_unpayable", "maximale_daling", {"needed": in_euros(needed), "there": in_euros(there)})


def runs(choice: Choice, year: int) -> bool:
    return choice.numbers["eerste_jaar"].value <= year <= choice.numbers["laatste_jaar"].value


def needs(choice: Choice) -> tuple[str, ...]:
    return (BEFORE,)


def check(choice: Choice) -> Iterator[Wrong]:
    if choice.numbers["eerste_jaar"].value > choice.numbers["laatste_jaar"].value:
        yield Wrong("years_order", "laatste_jaar", {"first": int(choice.numbers["eerste_jaar"].value)})


def check_facts(choice: Choice, facts: Facts) -> Iterator[Wrong]:
    for name in choice.lists.get("vakgroepen", ()):
        if name not in facts.names:
            yield Wrong(
                "net_group_unknown",
                "vakgroepen",
                {"group": name, "groups": ", ".join(facts.names), "close": near_miss(name, facts.names)},
            )


ADAPTATION_NET = Component(
    section="vangnet",
    term="net_part",
    nl="Vangnet: een grens aan de daling per jaar, enkele jaren lang, betaald door wie boven zijn grens zit.",
    en="Adaptation net: a limit on the fall per year, for some years, paid by those above their limit.",
    settings=(
        share(
            "maximale_daling", "Het meeste dat een vakgroep in een jaar mag dalen, als deel van haar bedrag van vorig jaar.",
            "The most that a group may fall in a year, as a share of its amount of last year.", example="0.05",
        ),
        Setting(
            "eerste_jaar", Kind.YEAR, "year", "Het eerste jaar waarin het vangnet geldt.", "The first year of the net.",
            minimum=ZERO + 2000, maximum=ZERO + 2100, example="2026",
        ),
        Setting(
            "laatste_jaar", Kind.YEAR, "year", "Het laatste jaar waarin het vangnet geldt.", "The last year of the net.",
            minimum=ZERO + 2000, maximum=ZERO + 2100, example="2028",
        ),
        Setting(
            "vakgroepen", Kind.TEXTS, "groups", "Voor wie het vangnet is; zonder deze sleutel voor iedereen.",
            "Whom the net is for; without this key for everybody.", optional=True, example='["Gynaecologie"]',
        ),
    ),
    gives=gives,
    needs=needs,
    runs=runs,
    check=check,
    check_facts=check_facts,
)  # fmt: skip
