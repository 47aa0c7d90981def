"""A checked case: the frozen inputs of every stage, with the cell each number was read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from puntlanding.agreement import Agreement
from puntlanding.collective import Group
from puntlanding.components import ComponentTables
from puntlanding.distribution import Cost
from puntlanding.explain import Node
from puntlanding.formation import HalfDays
from puntlanding.norms.production import Production
from puntlanding.scoring import EfficiencyFigure


@dataclass(frozen=True, slots=True)
class Case:
    """``budget``, ``realisation`` and ``forecast`` are None where the case has no such file, or an empty one."""

    agreement: Agreement
    groups: tuple[Group, ...]
    rates: Mapping[str, Node]
    budget: Production | None = None
    realisation: Production | None = None
    forecast: Production | None = None
    efficiency: tuple[EfficiencyFigure, ...] = ()
    appropriate_care: Mapping[str, Node] | None = None
    formation: tuple[HalfDays, ...] = ()
    costs: tuple[Cost, ...] = ()
    components: ComponentTables = field(default_factory=ComponentTables)
    input_fte: Mapping[str, Node] | None = None
