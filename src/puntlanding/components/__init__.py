"""The components of an agreement, in the order in which they apply. A new one is a module in this folder and a line in
`COMPONENTS`; the agreement, its schema, the template and the distribution follow from it.

The order of a year (docs/reference/onderdelen): the contracts' rules and pools; the bandwidth on norm fte ÷ care fte; disutility
as norm fte; all pots at once, each from the whole frame; the main part, fixed component and paid norm fte; each pot by its own key
(the first four below, in any order the same); then the mutation reserve, shared savings, the transition and the net, each on what
those before it left; general costs last.
"""

from __future__ import annotations

from puntlanding.components.adaptation_net import ADAPTATION_NET
from puntlanding.components.base import Choice, Component, Facts, Given, State, Wrong
from puntlanding.components.disutility import DISUTILITY
from puntlanding.components.earmarked import EARMARKED
from puntlanding.components.harmonisation import HARMONISATION
from puntlanding.components.mutation_reserve import MUTATION_RESERVE
from puntlanding.components.quality import QUALITY
from puntlanding.components.shared_savings import SHARED_SAVINGS
from puntlanding.components.tables import ComponentTables
from puntlanding.components.transition import TRANSITION

COMPONENTS: dict[str, Component] = {
    component.section: component
    for component in (
        HARMONISATION, DISUTILITY, QUALITY, EARMARKED, MUTATION_RESERVE, SHARED_SAVINGS, TRANSITION, ADAPTATION_NET,
    )
}  # fmt: skip

__all__ = ["COMPONENTS", "Choice", "Component", "ComponentTables", "Facts", "Given", "State", "Wrong"]
