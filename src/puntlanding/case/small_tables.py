"""The tables with a row or a few per group: benchmark, efficiency, appropriate care, formation, costs, norm times."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from puntlanding.agreement import Agreement
from puntlanding.case.groups import Once, group_of
from puntlanding.case.typed import Row, TypedTable
from puntlanding.collective import Group
from puntlanding.distribution import Cost, CostKey
from puntlanding.explain import Node, Unit, cell
from puntlanding.formation import Category, HalfDays
from puntlanding.norms.norm_times import CodeKind, NormTime, NormTimes
from puntlanding.problems import Problem, Severity
from puntlanding.scoring import EfficiencyFigure

MAIN_ROLE = "medisch specialist"

Groups = Mapping[str, Group]


def _cell(table: TypedTable, row: Row, column: str, term: str, unit: Unit, subject: str | None) -> Node | None:
    value = row.get(column)
    return None if value is None else cell(term, Fraction(value), unit, table.source(row, column), subject=subject)


def build_rates(table: TypedTable, groups: Groups, problems: list[Problem]) -> dict[str, Node]:
    """Benchmark: norm hours per fte by group; zero is no benchmark."""
    rates: dict[str, Node] = {}
    once = Once(table, "vakgroep")
    for row in table.rows:
        group = group_of(table, row, groups, problems)
        rate = _cell(table, row, "normuren_per_fte", "rate", Unit.HOURS_PER_FTE, group)
        if group is None or not once.claim(group, row, problems) or rate is None:
            continue
        if rate.value == 0:
            problems.append(table.problem("rate_zero", row, "normuren_per_fte"))
        else:
            rates[group] = rate
    return rates


def build_norm_times(table: TypedTable, problems: list[Problem]) -> NormTimes:
    found: list[NormTime] = []
    once = Once(table, "code")
    for row in table.rows:
        if any(row.get(name) is None for name in ("jaar", "specialisme", "soort", "code")):
            continue
        key = (row.get("jaar"), row.get("specialisme"), row.get("soort"), row.get("code"))
        if once.claim(key, row, problems):
            year, specialism, kind, code = key
            source = table.source(row, "minuten")
            minutes = row.get("minuten")  # None is an error already; the products that use it are not to blame
            found.append(NormTime(year, specialism, CodeKind(kind), code, minutes or Fraction(0), source))
    return NormTimes.of(found)


def build_efficiency(
    table: TypedTable, groups: Groups, agreement: Agreement | None, problems: list[Problem]
) -> tuple[EfficiencyFigure, ...]:
    figures: list[EfficiencyFigure] = []
    once = Once(table, "vakgroep")
    whole: dict[tuple[str, int], bool] = {}
    for row in table.rows:
        group, year, component = group_of(table, row, groups, problems), row.get("jaar"), row.get("onderdeel")
        value = _cell(table, row, "waarde", "efficiency", Unit.RATIO, group)
        correction = _cell(table, row, "correctie", "correction", Unit.RATIO, group)
        _check_correction(table, row, correction, agreement, problems)
        if group is None or year is None or value is None or not once.claim((group, year, component), row, problems):
            continue
        if whole.setdefault((group, year), component is None) != (component is None):
            problems.append(table.problem("efficiency_whole_and_parts", row, "onderdeel"))
        components = agreement.weights.components if agreement else {}
        if component is not None and components and component not in components:
            problems.append(table.problem("component_unknown", row, "onderdeel", allowed=", ".join(components)))
        figures.append(EfficiencyFigure(group, year, value, component, correction))
    return tuple(figures)


def _check_correction(
    table: TypedTable, row: Row, correction: Node | None, agreement: Agreement | None, problems: list[Problem]
) -> None:
    if correction is None or correction.value == 0:
        return
    if correction.value < -(row.get("waarde") or 0):
        problems.append(table.problem("correction_too_low", row, "correctie"))
    if row.get("reden") is None:
        problems.append(table.problem("correction_without_reason", row, "correctie"))
    elif agreement is not None and row.get("jaar") not in (None, agreement.year):
        found = table.problem("correction_other_year", row, "correctie", year=agreement.year)
        problems.append(
            Problem(found.code, found.file, found.row, found.column, found.value, found.details, Severity.WARNING)
        )


def build_appropriate_care(table: TypedTable, groups: Groups, problems: list[Problem]) -> dict[str, Node]:
    scores: dict[str, Node] = {}
    once = Once(table, "vakgroep")
    for row in table.rows:
        group = group_of(table, row, groups, problems)
        value = _cell(table, row, "waarde", "appropriate_care", Unit.RATIO, group)
        if group is not None and value is not None and once.claim(group, row, problems):
            scores[group] = value
    return scores


def build_input(table: TypedTable, groups: Groups, problems: list[Problem]) -> dict[str, Node]:
    """Norm fte by input, for the ex-post model (methods §4)."""
    found: dict[str, Node] = {}
    once = Once(table, "vakgroep")
    for row in table.rows:
        group = group_of(table, row, groups, problems)
        value = _cell(table, row, "norm_fte", "input_fte", Unit.FTE, group)
        if group is not None and value is not None and once.claim(group, row, problems):
            found[group] = value
    return found


def build_formation(
    table: TypedTable, groups: Groups, agreement: Agreement | None, problems: list[Problem]
) -> tuple[HalfDays, ...]:
    """Several rows per group, role and category are several people, not duplicates."""
    returns: list[HalfDays] = []
    unweighted: set[str] = set()
    for row in table.rows:
        group = group_of(table, row, groups, problems)
        role, category = row.get("functie"), row.get("categorie")
        half_days = _cell(table, row, "dagdelen_per_week", "half_days", Unit.HALF_DAYS, role)
        weeks = _cell(table, row, "weken", "weeks", Unit.WEEKS, role)
        if weeks is not None and agreement and weeks.value > agreement.formation.weeks_per_year.value:
            most = agreement.formation.weeks_per_year.value
            problems.append(table.problem("weeks_too_many", row, "weken", most=str(most)))
        if group is None or role is None or category is None or half_days is None:
            continue
        weights = agreement.formation.role_weights if agreement else {}
        if role.lower() not in (MAIN_ROLE, *weights, *unweighted):
            unweighted.add(role.lower())
            details = {"role": role}
            problems.append(
                Problem("role_without_weight", table.file, row.number, "functie", role, details, Severity.WARNING)
            )
        returns.append(HalfDays(group, role, Category(category), half_days, weeks))
    return tuple(returns)


def build_costs(table: TypedTable, problems: list[Problem]) -> tuple[Cost, ...]:
    costs: list[Cost] = []
    once = Once(table, "post")
    for row in table.rows:
        name = row.get("post")
        amount = _cell(table, row, "bedrag", "cost", Unit.CENTS, name)
        if name is not None and amount is not None and once.claim(name, row, problems):
            costs.append(Cost(name, amount, CostKey(row.get("sleutel") or CostKey.AS_FRAME)))
    return tuple(costs)
