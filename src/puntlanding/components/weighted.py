"""Keys made of a score and a base: score × care fte, × norm fte, × budget, or the score alone."""

from __future__ import annotations

from collections.abc import Iterator

from puntlanding.components.base import Choice, Facts, Nodes, Wrong
from puntlanding.explain import Unit, product


def weighted(term: str, scores: Nodes, of: Nodes | None) -> Nodes:
    if of is None:
        return scores
    return {
        name: product(term, Unit.FTE, of[name], score, subject=name) for name, score in scores.items() if name in of
    }


def no_key(choice: Choice, facts: Facts, scores: Nodes) -> Iterator[Wrong]:
    """A pot whose scores, or whose base, are all zero: nobody can have it."""
    bases = {"zorgverlening_fte": facts.care_fte, "norm_fte": facts.paid, "begroting": facts.budgeted}
    of = bases.get(choice.texts.get("grondslag", ""))
    keys = weighted("key", scores, of)
    if scores and not any(node.value for node in keys.values()):
        yield Wrong("pot_without_key", "")
