"""Checks between tables: who is missing where, and what the agreement asks that the files do not give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from puntlanding.agreement import Supporting
from puntlanding.case.model import Case
from puntlanding.collective import Group, Role
from puntlanding.distribution import CostKey
from puntlanding.formation import formation_fte
from puntlanding.norms.production import GroupContract, Measure, Production
from puntlanding.problems import Problem, Severity
from puntlanding.scoring import weighs

Measures = Mapping[GroupContract, Measure]


@dataclass(frozen=True, slots=True)
class Files:
    """The label of each table that the case has rows for, so that a problem can name the file."""

    labels: Mapping[str, str]

    def __getitem__(self, table: str) -> str:
        return self.labels.get(table, table)

    def __contains__(self, table: object) -> bool:
        return table in self.labels


def cross_check(case: Case, files: Files, *, alone: bool = True) -> Iterator[Problem]:
    """``alone`` False: last year's budget may come from elsewhere, and who asks sees to what is missing."""
    year = case.agreement.year
    budget, realised, forecast = (_measures(p, year) for p in (case.budget, case.realisation, case.forecast))
    if case.budget is not None:
        yield from groups_present(case.groups, case.budget, year)
        yield from _contracts_used(case, budget, files["begroting"])
        if alone:
            yield from previous_budgets(case, budget, files["begroting"])
    if case.forecast is not None:
        yield from groups_present(case.groups, case.forecast, year)
    if case.realisation is not None and case.budget is not None:
        yield from _realisation_matches(case, budget, realised, files)
    if "benchmark" in files:
        yield from _rates_present(case, (budget, realised, forecast), files["benchmark"])
    yield from _efficiency_years(case, files)
    yield from _appropriate_care(case, files)
    yield from _formation_complete(case, files)


def _measures(production: Production | None, year: int) -> Measures:
    return {} if production is None else production.measures(year)


def groups_present(groups: Iterable[Group], production: Production, year: int) -> Iterator[Problem]:
    present = {group for group, _ in production.measures(year)}
    for group in groups:
        if group.name not in present:
            yield Problem("group_missing", production.file, None, "vakgroep", group.name, {"year": year})


def _contracts_used(case: Case, budget: Measures, file: str) -> Iterator[Problem]:
    used = {contract for _, contract in budget}
    for contract in case.agreement.contracts:
        if contract.name not in used:
            details = {"year": case.agreement.year}
            yield Problem("contract_unused", file, None, "contract", contract.name, details, Severity.WARNING)


def previous_budgets(case: Case, budget: Measures, file: str) -> Iterator[Problem]:
    wanted = {contract.name for contract in case.agreement.contracts if contract.type.needs_previous_budget}
    if not wanted or case.budget is None:
        return
    before = case.budget.measures(case.agreement.year - 1)
    for group, contract in budget:
        if contract in wanted and (group, contract) not in before:
            details = {"year": case.agreement.year - 1, "contract": contract}
            yield Problem("previous_budget_missing", file, None, "vakgroep", group, details)


def _realisation_matches(case: Case, budget: Measures, realised: Measures, files: Files) -> Iterator[Problem]:
    """A group paid on realisation must have a row, zero included; and no realisation without a budget beside it."""
    needing = {contract.name for contract in case.agreement.contracts if contract.type.needs_realisation}
    everywhere = case.agreement.supporting is Supporting.FOLLOWING_GATEKEEPERS
    roles = {group.name: group.role for group in case.groups}
    for group, contract in budget:
        on_realisation = case.agreement.supporting is not Supporting.AS_OTHERS and roles[group] is Role.SUPPORTING
        needed = contract in needing or everywhere or on_realisation
        if needed and (group, contract) not in realised:
            details = {"contract": contract, "year": case.agreement.year}
            yield Problem("realisation_missing", files["realisatie"], None, "vakgroep", group, details)
    budgeted = {group for group, _ in budget}  # who is not in the budget at all is told already
    for group, contract in realised:
        if group in budgeted and (group, contract) not in budget:
            details = {"contract": contract, "year": case.agreement.year}
            yield Problem("budget_missing", files["begroting"], None, "vakgroep", group, details)


def _rates_present(case: Case, files: tuple[Measures, ...], file: str) -> Iterator[Problem]:
    in_hours = {group for one in files for (group, _), measure in one.items() if measure is not Measure.FTE}
    for group in case.groups:
        if group.name in in_hours and group.name not in case.rates:
            yield Problem("rate_missing", file, None, "vakgroep", group.name)


def _efficiency_years(case: Case, files: Files) -> Iterator[Problem]:
    """Last year's for the budget, this year's for the realisation; a group without any figure has factor 1."""
    weights, year = case.agreement.weights, case.agreement.year
    if weights.efficiency.value == 0 or not case.efficiency:
        return
    years: dict[str, set[int]] = {}
    weightless = set()
    for figure in case.efficiency:
        if weighs(figure, weights):
            years.setdefault(figure.group, set()).add(figure.year)
        else:
            weightless.add(figure.group)
    needed = [(year - 1, "budget")] if case.budget is not None else []
    if case.realisation is not None:
        needed.append((year, "realisation"))
    for group in case.groups:
        for wanted, use in needed:
            if group.name in years and wanted not in years[group.name]:
                details = {"year": wanted, "use": use, "found": ", ".join(map(str, sorted(years[group.name])))}
                yield Problem("efficiency_year_missing", files["efficiency"], None, "vakgroep", group.name, details)
    multi_year = any(contract.type.needs_previous_budget for contract in case.agreement.contracts)
    known = {group: found for group, found in years.items() if multi_year and year - 1 in found}
    for code, without in (
        ("efficiency_before_missing", [g.name for g in case.groups if year - 2 not in known.get(g.name, {year - 2})]),
        ("efficiency_none", [g.name for g in case.groups if g.name not in years and g.name not in weightless]),
        ("efficiency_weightless", [g.name for g in case.groups if g.name not in years and g.name in weightless]),
    ):
        if without:
            details = {"before": year - 2, "last": year - 1}
            yield Problem(code, files["efficiency"], None, None, ", ".join(without), details, Severity.WARNING)


def _appropriate_care(case: Case, files: Files) -> Iterator[Problem]:
    weighed = case.agreement.weights.appropriate_care.value != 0
    divided_on = _a_component_needs(case, "passende_zorg")
    if not weighed and not divided_on:
        if "passende_zorg" in files:
            yield Problem("appropriate_care_idle", files["passende_zorg"], severity=Severity.WARNING)
    elif weighed or case.appropriate_care:  # without the list, the component says that it lacks it
        code, details = (
            ("appropriate_care_missing", {}) if weighed else ("group_missing_in_list", {"list": "passende_zorg"})
        )
        for group in case.groups:
            if group.name not in (case.appropriate_care or {}):
                yield Problem(code, files["passende_zorg"], None, "vakgroep", group.name, details)


def _a_component_needs(case: Case, name: str) -> bool:
    return any(name in one.component.needs(one) for one in case.agreement.components)


def _formation_complete(case: Case, files: Files) -> Iterator[Problem]:
    frame = case.agreement.frame
    on_care = frame is not None and frame.fixed_component.value != 0
    charged = frame is not None and any(cost.key is CostKey.CARE_FTE for cost in case.costs)
    wanted = case.agreement.fte_bandwidth is not None or on_care or charged or _a_component_needs(case, "formatie")
    if not wanted or not case.formation:
        return
    present = {one.group for one in case.formation}
    fte = formation_fte(case.formation, case.agreement.formation)
    for group in case.groups:
        if group.name not in present:
            yield Problem("formation_missing", files["formatie"], None, "vakgroep", group.name)
        elif fte[group.name].care_fte.value == 0:
            yield Problem("care_fte_zero", files["formatie"], None, "vakgroep", group.name, severity=Severity.WARNING)
