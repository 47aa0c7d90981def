"""The part of the frame that a component sets aside: a share of the whole frame, or an amount."""

from __future__ import annotations

from puntlanding.components.base import AMOUNT, SHARE, Choice, Facts
from puntlanding.components.split import whole_cents
from puntlanding.explain import Node, Unit, product


def pot(choice: Choice, facts: Facts) -> Node:
    """In cents, rounded down. Every share is of the whole frame, so that no pot depends on another."""
    if AMOUNT.key in choice.numbers:
        return choice.numbers[AMOUNT.key].named("pot", subject=choice.key)
    exact = product("pot_exact", Unit.CENTS, facts.frame, choice.numbers[SHARE.key], subject=choice.key)
    return whole_cents("pot", exact)
