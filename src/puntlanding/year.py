"""A checked case through the stages: what it allows, what is missing for the rest, and the results.

The doors (command line, web) call this; no computation lives in them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from puntlanding.agreement import Frame, Supporting, Unpaid
from puntlanding.agreement.read_components import as_problem
from puntlanding.budget import Capacity, capacity
from puntlanding.case.component_tables import lacking as lacking_lists
from puntlanding.case.model import Case
from puntlanding.collective import Role
from puntlanding.distribution import Agreed, CostKey, Distribution, distribute, wrong_with
from puntlanding.explain import Node
from puntlanding.forecast import Monitoring, comparable, monitor
from puntlanding.formation import Formation, formation_fte
from puntlanding.norms.production import GroupContract, Production
from puntlanding.problems import InputError, Problem
from puntlanding.scoring import ScoreInputs, budget_factors, realisation_factors
from puntlanding.settlement import Settlement, settle
from puntlanding.stage import Stage


@dataclass(frozen=True)
class Year:
    """Each stage is computed once, when it is asked for; asking for one that cannot be computed raises InputError.

    ``before``: last year's budget in norm fte after scoring, for what the case's own file does not say of that year.
    """

    case: Case
    before: Mapping[GroupContract, Node] = field(default_factory=dict)

    @cached_property
    def _scores(self) -> ScoreInputs:
        case = self.case
        return ScoreInputs(case.agreement.weights, case.efficiency, case.appropriate_care or {})

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(group.name for group in self.case.groups)

    @cached_property
    def formation(self) -> Mapping[str, Formation]:
        return formation_fte(self.case.formation, self.case.agreement.formation)

    @cached_property
    def budget(self) -> Capacity:
        self._require(Stage.BUDGET)
        return self._this_year

    @cached_property
    def monitoring(self) -> Monitoring:
        self._require(Stage.MONITOR)
        return monitor(self._forecast, self._this_year)

    @cached_property
    def _forecast(self) -> Capacity:
        return self._capacity(self.case.forecast, {})

    @cached_property
    def settlement(self) -> Settlement:
        self._require(Stage.SETTLE)
        return self._settled

    @cached_property
    def _settled(self) -> Settlement:
        case = self.case
        return settle(case.groups, case.agreement, self._this_year, self.realised, self.previous, self.formation)

    @cached_property
    def realised(self) -> Capacity | None:
        """None where nothing was reported."""
        if self.case.realisation is None:
            return None
        factors = realisation_factors(self._scores, self._names, self.case.agreement.year)
        return self._capacity(self.case.realisation, factors)

    @cached_property
    def previous(self) -> Capacity | None:
        """Last year's budget; None where no contract looks back."""
        agreement = self.case.agreement
        looks_back = any(contract.type.needs_previous_budget for contract in agreement.contracts)
        return self._with_before(self._budget_of(agreement.year - 1)) if looks_back else None

    def _with_before(self, own: Capacity) -> Capacity:
        if not self.before:
            return own
        rows = []
        for row in own.rows:
            known = {contract: node for (group, contract), node in self.before.items() if group == row.name}
            rows.append(replace(row, contracts=known | dict(row.contracts)))
        return replace(own, rows=tuple(rows))

    @cached_property
    def distribution(self) -> Distribution:
        self._require(Stage.DISTRIBUTE)
        frame = self.case.agreement.frame
        if frame is None:
            raise AssertionError("a distribution without a frame passed the requirements")
        return distribute(self._settled, frame, self.formation, self.case.costs, self.agreed)

    @property
    def agreed(self) -> Agreed:
        """What the agreement's components divide, and on what."""
        return Agreed(self.case.agreement.components, self.case.components, self.case.agreement.year)

    @cached_property
    def _this_year(self) -> Capacity:
        """The budget as far as it can be known: asked for by every stage, and by what each stage requires."""
        return self._budget_of(self.case.agreement.year)

    def _budget_of(self, year: int) -> Capacity:
        """Last year's budget is scored with the efficiency of the year before it; a group that has no figure for that
        year keeps this year's factor, so that a change of score alone never counts as shrink.
        """
        factors = budget_factors(self._scores, self._names, year, otherwise=self.case.agreement.year)
        return self._capacity(self.case.budget, factors, year)

    def _capacity(
        self, production: Production | None, factors: Mapping[str, Node], year: int | None = None
    ) -> Capacity:
        outputs = production.outputs(year or self.case.agreement.year) if production is not None else {}
        return capacity(self.case.groups, outputs, self.case.rates, factors)

    def _require(self, stage: Stage) -> None:
        lacking = self.missing(stage)
        if lacking:
            raise InputError(lacking)

    def missing(self, stage: Stage) -> tuple[Problem, ...]:
        """What the case lacks for ``stage``; empty where it can be computed."""
        match stage:
            case Stage.BUDGET:
                return tuple(self._missing_for_budget(stage))
            case Stage.MONITOR:
                return tuple(self._missing_for_monitor(stage))
            case Stage.SETTLE:
                return tuple(self._missing_for_settle(stage))
            case Stage.DISTRIBUTE:
                return tuple(self._missing_for_distribute(stage))

    def _missing_for_budget(self, stage: Stage) -> Iterator[Problem]:
        if self.case.budget is None:
            yield _needs("begroting", stage)
        elif any(row.norm_fte is None for row in self._this_year.rows):
            yield _needs("benchmark", stage)

    def _missing_for_monitor(self, stage: Stage) -> Iterator[Problem]:
        for name, production in (("begroting", self.case.budget), ("prognose", self.case.forecast)):
            if production is None:
                yield _needs(name, stage)
        if self.case.budget is not None and self.case.forecast is not None:
            budget = self._this_year
            if not all(comparable(f, b) for f, b in zip(self._forecast.rows, budget.rows, strict=True)):
                yield _needs("benchmark", stage)

    def _missing_for_settle(self, stage: Stage) -> Iterator[Problem]:
        agreement = self.case.agreement
        lacking = list(self._missing_for_budget(stage))
        yield from lacking
        if not agreement.contracts:
            yield Problem("needs_contract", agreement.file, None, "contract")
        elif self.case.realisation is None and self._realisation_needed():
            yield _needs("realisatie", stage)
        elif agreement.supporting is Supporting.FOLLOWING_GATEKEEPERS and not lacking:
            yield from self._gatekeepers_without_budget()
        if agreement.fte_bandwidth is not None and not self.case.formation:
            yield _needs("formatie", stage)

    def _realisation_needed(self) -> bool:
        agreement = self.case.agreement
        by_role = agreement.supporting is not Supporting.AS_OTHERS
        supporters = any(group.role is Role.SUPPORTING for group in self.case.groups)
        return any(contract.type.needs_realisation for contract in agreement.contracts) or (by_role and supporters)

    def _gatekeepers_without_budget(self) -> Iterator[Problem]:
        """A contract in which supporters follow gatekeepers that have nothing budgeted."""
        agreement = self.case.agreement
        roles = {group.name: group.role for group in self.case.groups}
        budget = self._this_year
        for contract in agreement.contracts:
            own = {row.name: row.contracts.get(contract.name) for row in budget.rows}
            budgeted = [node.value for name, node in own.items() if node and roles[name] is Role.GATEKEEPING]
            followers = any(node and roles[name] is Role.SUPPORTING for name, node in own.items())
            if followers and not sum(budgeted):
                details = {"contract": contract.name}
                yield Problem("nobody_to_follow", agreement.file, None, "afrekening.ondersteuners", None, details)

    def _missing_for_distribute(self, stage: Stage) -> Iterator[Problem]:
        lacking = list(self._missing_for_settle(Stage.SETTLE))
        yield from lacking
        agreement, frame = self.case.agreement, self.case.agreement.frame
        if frame is None:
            yield Problem("needs_frame", agreement.file, None, "kader.bedrag")
            return
        without_care = list(self._without_care_fte(frame, stage))
        yield from without_care
        if not lacking and self._settled.total.paid.value == 0 and self._needs_paid(frame):
            yield Problem("nothing_paid", agreement.file, None, "kader")
        elif not lacking:
            yield from self._missing_for_components(frame, divides=not without_care)

    def _without_care_fte(self, frame: Frame, stage: Stage) -> Iterator[Problem]:
        on_care = frame.fixed_component.value != 0 or any(cost.key is CostKey.CARE_FTE for cost in self.case.costs)
        if on_care and not self.case.formation:
            yield _needs("formatie", stage)
        elif on_care and not sum(one.care_fte.value for one in self.formation.values()):
            yield Problem("no_care_fte", "formatie", None, "dagdelen_per_week")

    def _missing_for_components(self, frame: Frame, *, divides: bool) -> Iterator[Problem]:
        """``divides``: the frame itself can be divided; only then it can be told what that leaves a component."""
        case, file = self.case, self.case.agreement.file
        there = {"formatie": case.formation, "realisatie": case.realisation, "passende_zorg": case.appropriate_care}
        others = {name for name, rows in there.items() if rows}
        lists = [
            problem
            for choice in case.agreement.components
            if choice.component.runs(choice, case.agreement.year)
            for problem in lacking_lists(choice, case.components, self._names, others, file)
        ]
        yield from lists
        if divides and not lists:
            for choice, wrong in wrong_with(self._settled, frame, self.formation, self.agreed):
                yield as_problem(wrong, choice, file)

    def _needs_paid(self, frame: Frame) -> bool:
        """Whether anything is divided on paid norm fte alone, without a line "niet uitgekeerd" beside it."""
        if self.case.agreement.components:  # more is divided on paid norm fte than the main part
            return True
        part_on_norm = frame.fixed_component.value != 1
        stays = frame.unpaid is Unpaid.STAYS and self._settled.total.budgeted.value > 0
        keys = {cost.key for cost in self.case.costs if cost.amount.value != 0}
        return CostKey.NORM_FTE in keys or (part_on_norm and (not stays or CostKey.AS_FRAME in keys))


def _needs(table: str, stage: Stage) -> Problem:
    return Problem("needs_table", table, details={"table": table, "stage": stage.value})
