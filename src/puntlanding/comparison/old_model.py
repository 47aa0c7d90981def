"""A shadow run of the model of before: the frame divided by shares in norm fte, after the year, with three parameters and two.

From three parameters to two is what the lack of input does; from two after the year to the case's own agreement is what
budgeting, contracts and their settlement do ([CB] hfst 1, aandachtspunt 1). The rest of the agreement (fixed component, pots, costs,
bandwidth) stays, but for what softens the change, so that nothing but the model differs. There is no ceiling: everything is paid, and nothing is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from puntlanding.agreement import Agreement, Contract, Supporting, Unpaid
from puntlanding.budget import capacity
from puntlanding.case.model import Case
from puntlanding.comparison.columns import Kind, Proposal
from puntlanding.components.adaptation_net import ADAPTATION_NET
from puntlanding.components.transition import TRANSITION
from puntlanding.contract_types import CONTRACT_TYPES
from puntlanding.explain import Node, Unit, constant
from puntlanding.norms.production import GroupContract, Measure, Output
from puntlanding.problems import Problem
from puntlanding.scoring import ScoreInputs, realisation_factors
from puntlanding.scoring.ex_post_model import ex_post_fte
from puntlanding.scoring.factor import realised_efficiency

CONTRACT = "prestatiemodel"
OF_THE_CHANGE = (TRANSITION, ADAPTATION_NET)  # they soften the change itself, and have no place in what was before
PAID_ON_REALISATION = "schaduwdraaien"
NAMES = {
    Kind.OLD: ("oud model, 3 parameters", "old model, 3 parameters"),
    Kind.TWO: ("2 parameters, achteraf", "2 parameters, afterwards"),
}


@dataclass(frozen=True, slots=True)
class GivenFte:
    """Norm fte of each group that follow from elsewhere, as production that a year can be computed with."""

    nodes: Mapping[str, Node]
    file: str = CONTRACT

    def measures(self, year: int) -> Mapping[GroupContract, Measure]:
        return {(group, CONTRACT): Measure.FTE for group in self.nodes}

    def outputs(self, year: int) -> Mapping[GroupContract, Output]:
        return {(group, CONTRACT): Output(fte=node) for group, node in self.nodes.items()}


def old_model(case: Case) -> tuple[Proposal, ...]:
    """The two proposals, three parameters first."""
    output, problems = _realised(case)
    inputs = ScoreInputs(case.agreement.weights, case.efficiency, case.appropriate_care or {})
    year = case.agreement.year
    lacking = [*problems, *_without_input(case)]
    three: Mapping[str, Node] = {}
    two: Mapping[str, Node] = {}
    if not lacking:
        known = {name: realised_efficiency(inputs, name, year) for name in output}
        efficiency = {name: node for name, node in known.items() if node is not None}
        three = ex_post_fte(output, case.input_fte or {}, efficiency, case.agreement.old_model)
    if not problems:
        two = _two(case, inputs)
    return (
        Proposal(NAMES[Kind.OLD][0], Kind.OLD, _shadow(case, three), tuple(lacking)),
        Proposal(NAMES[Kind.TWO][0], Kind.TWO, _shadow(case, two), tuple(problems)),
    )


def _realised(case: Case) -> tuple[dict[str, Node], list[Problem]]:
    """Norm fte before scoring by what was realised, over all contracts."""
    if case.realisation is None:
        return {}, [Problem("old_model_needs", "realisatie", details={"table": "realisatie"})]
    rows = capacity(case.groups, case.realisation.outputs(case.agreement.year), case.rates, {}).rows
    found = {row.name: row.norm_fte for row in rows}
    unknown = [name for name, node in found.items() if node is None]
    problems = [Problem("old_model_group", case.realisation.file, None, "vakgroep", name) for name in unknown]
    return {name: node for name, node in found.items() if node is not None}, problems


def _two(case: Case, inputs: ScoreInputs) -> Mapping[str, Node]:
    """The same realisation scored as the capacity model does."""
    if case.realisation is None:
        return {}
    names = [group.name for group in case.groups]
    factors = realisation_factors(inputs, names, case.agreement.year)
    rows = capacity(case.groups, case.realisation.outputs(case.agreement.year), case.rates, factors).rows
    return {row.name: row.scored for row in rows if row.scored is not None}


def _without_input(case: Case) -> Iterable[Problem]:
    if not case.agreement.old_model.input.value:
        return
    if case.input_fte is None:
        yield Problem("old_model_needs", "input", details={"table": "input"})
        return
    for group in case.groups:
        if group.name not in case.input_fte:
            yield Problem("old_model_no_input", "input", None, "vakgroep", group.name)


def _shadow(case: Case, nodes: Mapping[str, Node]) -> Case:
    """A year in which ``nodes`` are paid as they are."""
    given = GivenFte(nodes)
    return replace(
        case, agreement=_paid_as_is(case.agreement), budget=given, realisation=given, forecast=None, rates={},
        efficiency=(), appropriate_care=None,
    )  # fmt: skip


def _paid_as_is(agreement: Agreement) -> Agreement:
    one, none = constant("whole", 1, Unit.RATIO), constant("nothing", 0, Unit.RATIO)
    frame = agreement.frame
    kept = tuple(one for one in agreement.components if one.component not in OF_THE_CHANGE)
    return replace(
        agreement,
        contracts=(Contract(CONTRACT, CONTRACT_TYPES[PAID_ON_REALISATION], {}),),
        redistribute=False,
        maximum_over_production=None,
        supporting=Supporting.AS_OTHERS,
        weights=replace(agreement.weights, output=one, efficiency=none, appropriate_care=none, components={}),
        frame=None if frame is None else replace(frame, unpaid=Unpaid.IS_DIVIDED),
        components=kept,
        file=CONTRACT,
    )
