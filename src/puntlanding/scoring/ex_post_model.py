"""The ex-post model of before the capacity budget: three parameters against two (methods §4; [CB] hfst 1, bijlage 1).

w_input × norm fte by input + w_output × norm fte by output + w_efficiency × norm fte by output × efficiency. The three
add up to 1; which they are was agreed locally, no source states figures.
"""

from __future__ import annotations

from collections.abc import Mapping

from puntlanding.agreement.model import OldModel
from puntlanding.explain import Node, Unit, constant, product, total


def ex_post_fte(
    output: Mapping[str, Node], by_input: Mapping[str, Node], efficiency: Mapping[str, Node], weights: OldModel
) -> Mapping[str, Node]:
    """Norm fte of each group in ``output``, which is norm fte before scoring. A group without efficiency has 1.

    Raises KeyError for a group without norm fte by input, unless input weighs nothing.
    """
    found: dict[str, Node] = {}
    for group, node in output.items():
        known = efficiency.get(group) or constant("no_efficiency", 1, Unit.RATIO, subject=group)
        adjusted = product("old_model_adjusted", Unit.FTE, node, known, subject=group)
        parts = [
            product("old_model_output", Unit.FTE, weights.output, node, subject=group),
            product("old_model_efficiency", Unit.FTE, weights.efficiency, adjusted, subject=group),
        ]
        if weights.input.value:
            parts.insert(0, product("old_model_input", Unit.FTE, weights.input, by_input[group], subject=group))
        found[group] = total("old_model_fte", Unit.FTE, parts, subject=group)
    return found
