"""How much each unit and each component weighs in efficiency: all local, none of it from a source (methods §3).

A visit, a nursing day and a euro of diagnostics are added by what one of them costs, at the same standard costs for everybody.
A component counts by its share in the group's own costs, so that efficiency is expected ÷ actual costs and a group with hardly
any nursing days is not judged on them; multipliers change that, and 0 leaves a component out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from puntlanding.contribution.tables import Counted
from puntlanding.explain import Node, Unit, constant


class Component(StrEnum):
    """[PZ] bijlage 1: what efficiency is made of."""

    OUTPATIENT = "poliklinisch"
    CLINICAL = "klinisch"
    DIAGNOSTIC = "diagnostisch"


UNITS_OF: Mapping[Component, tuple[Counted, ...]] = {
    Component.OUTPATIENT: (Counted.VISITS, Counted.REMOTE),
    Component.CLINICAL: (Counted.DAY_ADMISSIONS, Counted.NURSING_DAYS, Counted.INTENSIVE_CARE),
    Component.DIAGNOSTIC: (Counted.DIAGNOSTICS,),
}
EHEALTH, EHEALTH_LIMIT, COST_SHARE = "ehealth", "ehealth_grens", "kostenaandeel"

# Local: round amounts in the proportions that cost manuals have, in cents; a cent of diagnostics is a cent.
STANDARD_COSTS: Mapping[Counted, int] = {
    Counted.VISITS: 100_00,
    Counted.REMOTE: 50_00,
    Counted.DAY_ADMISSIONS: 300_00,
    Counted.NURSING_DAYS: 500_00,
    Counted.INTENSIVE_CARE: 2_000_00,
    Counted.DIAGNOSTICS: 1,
}
DEFAULTS: Mapping[str, Fraction] = {
    **{str(unit): Fraction(cents) for unit, cents in STANDARD_COSTS.items()},
    EHEALTH: Fraction(1, 10),  # of the outpatient component
    EHEALTH_LIMIT: Fraction(2),  # local ÷ reference counts up to this: a reference near zero would decide everything
    **{str(component): Fraction(1) for component in Component},
    COST_SHARE: Fraction(1),  # 1: the component's multiplier × its share in own costs; 0: the multiplier alone
}


def unit_of(name: str) -> Unit:
    return Unit.CENTS if name in STANDARD_COSTS else Unit.RATIO


_LOCAL = {name: constant(f"default_{name}", value, unit_of(name)) for name, value in DEFAULTS.items()}


@dataclass(frozen=True, slots=True)
class EfficiencyWeights:
    """``given``: (specialism, or None for all; name in `DEFAULTS`) → number with where it was read. What is not given has its
    default; what a specialism is given goes before what all are given. Standard costs are cents (of diagnostics: per cent).
    """

    given: Mapping[tuple[str | None, str], Node] = field(default_factory=dict)

    def of(self, specialism: str, name: str) -> Node:
        return self.given.get((specialism, name)) or self.given.get((None, name)) or _LOCAL[name]
