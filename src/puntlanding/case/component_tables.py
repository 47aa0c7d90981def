"""The lists of the agreement's components: points, rosters, scores, decisions, savings, amounts of before."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from puntlanding.agreement import Agreement
from puntlanding.agreement.read_components import as_problem
from puntlanding.case.groups import Once, group_of
from puntlanding.case.layout import (
    BEFORE_MODEL,
    DISUTILITY,
    DUTIES,
    DUTY_WEIGHTS,
    LAST_YEAR,
    MUTATIONS,
    QUALITY,
    SAVINGS,
    SCORES,
)
from puntlanding.case.typed import Row, TypedTable
from puntlanding.collective import Group
from puntlanding.components import Choice, ComponentTables, Wrong
from puntlanding.components.tables import Decision, DutyWeight, Roster, Saving
from puntlanding.explain import Node, Unit, cell
from puntlanding.problems import Problem, Severity, near_miss

Groups = Mapping[str, Group]

# List → its column, what the number is called and counts.
_PER_GROUP = {
    DISUTILITY.name: ("waarde", "disutility_points", Unit.COUNT),
    QUALITY.name: ("waarde", "quality_score", Unit.RATIO),
    BEFORE_MODEL.name: ("bedrag", "amount_old_model", Unit.CENTS),
    LAST_YEAR.name: ("bedrag", "amount_before", Unit.CENTS),
}
COMPONENT_LISTS = (*_PER_GROUP, DUTIES.name, DUTY_WEIGHTS.name, SCORES.name, MUTATIONS.name, SAVINGS.name)
# Lists in which every group must stand, because leaving one out would count as zero.
COMPLETE = (*_PER_GROUP, SCORES.name)


def build_component_tables(
    table: Callable[[str], TypedTable | None],
    groups: Groups,
    agreement: Agreement | None,
    care: Mapping[str, Node] | None,
    problems: list[Problem],
) -> ComponentTables:
    """``table`` gives the typed list of a name; ``care`` are the scores of passende_zorg, which earmarked pots may use too."""
    found = {name: table(name) for name in COMPONENT_LISTS}
    values = {
        name: _per_group(rows, groups, *_PER_GROUP[name], problems)
        for name in _PER_GROUP
        if (rows := found[name]) is not None
    }
    pots = _pots_with_scores(agreement) if agreement else []
    tables = ComponentTables(
        values | ({"passende_zorg": care} if care else {}),
        _scores(found[SCORES.name], groups, pots, problems),
        _rosters(found[DUTIES.name], groups, problems),
        _weights(found[DUTY_WEIGHTS.name], problems),
        _decisions(found[MUTATIONS.name], groups, problems),
        _savings(found[SAVINGS.name], groups, problems),
        {name: rows.file for name, rows in found.items() if rows is not None},
    )
    if agreement is not None:
        problems += _idle(tables, agreement)
    return tables


def _pots_with_scores(agreement: Agreement) -> list[str]:
    """The pots that read their scores from the list scores."""
    return [one.name for one in agreement.components if one.name and SCORES.name in one.component.needs(one)]


def _idle(tables: ComponentTables, agreement: Agreement) -> Iterator[Problem]:
    """Lists that nothing in the agreement asks for: said, so that nobody thinks they count."""
    wanted = {name for choice in agreement.components for name in choice.component.needs(choice)}
    for name, file in tables.labels.items():
        if name not in wanted:
            yield Problem("list_idle", file, details={"list": name}, severity=Severity.WARNING)


def lacking(
    choice: Choice, tables: ComponentTables, groups: Iterable[str], others: Container[str], file: str
) -> Iterator[Problem]:
    """What a component of an agreement lacks: a whole list, or a group in a list where leaving it out would count as zero.

    ``others`` are the names of the case's other tables that have rows (formatie, realisatie, passende_zorg).
    """
    for name in choice.component.needs(choice):
        if name not in tables.labels and name not in others:
            yield as_problem(Wrong("component_without_data", "", {"list": name}), choice, file)
        elif name in COMPLETE and name in tables.labels:
            values = tables.scores.get(choice.name or "", {}) if name == SCORES.name else tables.of(name)
            for group in groups:
                if values and group not in values:
                    details = {"list": name, "pot": choice.name}
                    code = "group_missing_in_scores" if name == SCORES.name else "group_missing_in_list"
                    yield Problem(code, tables.labels[name], None, "vakgroep", group, details)


def _number(table: TypedTable, row: Row, column: str, term: str, unit: Unit, subject: str | None) -> Node | None:
    value = row.get(column)
    return None if value is None else cell(term, Fraction(value), unit, table.source(row, column), subject=subject)


def _per_group(
    table: TypedTable, groups: Groups, column: str, term: str, unit: Unit, problems: list[Problem]
) -> dict[str, Node]:
    found: dict[str, Node] = {}
    once = Once(table, "vakgroep")
    for row in table.rows:
        group = group_of(table, row, groups, problems)
        node = _number(table, row, column, term, unit, group)
        if node is not None and node.value < 0:
            problems.append(table.problem("negative", row, column))
        elif group is not None and node is not None and once.claim(group, row, problems):
            found[group] = node
    return found


def _scores(
    table: TypedTable | None, groups: Groups, pots: list[str], problems: list[Problem]
) -> dict[str, dict[str, Node]]:
    found: dict[str, dict[str, Node]] = {}
    if table is None:
        return found
    once = Once(table, "vakgroep")
    for row in table.rows:
        pot, group = row.get("pot"), group_of(table, row, groups, problems)
        node = _number(table, row, "waarde", "earmarked_score", Unit.RATIO, group)
        if pots and pot is not None and pot not in pots:  # with no pots, the whole list is idle
            details = {"close": near_miss(pot, pots), "pots": ", ".join(pots)}
            place = table.file, row.number, "pot", pot
            problems.append(Problem("pot_unknown", *place, details, Severity.WARNING))
        if pot is not None and group is not None and node is not None and once.claim((pot, group), row, problems):
            found.setdefault(pot, {})[group] = node
    return found


@dataclass(slots=True)
class _Alike:
    """Rows that are the same in every cell: each counts, but it is more likely that one was copied."""

    table: TypedTable
    problems: list[Problem]
    first: dict[tuple[object, ...], int] = field(default_factory=dict)

    def claim(self, row: Row) -> None:
        cells = tuple(row.get(column.name) for column in self.table.layout.columns)
        first = self.first.setdefault(cells, row.number)
        if first != row.number:
            place = self.table.file, row.number, None, None
            self.problems.append(Problem("row_alike", *place, {"first": first}, Severity.WARNING))


def _rosters(table: TypedTable | None, groups: Groups, problems: list[Problem]) -> tuple[Roster, ...]:
    if table is None:
        return ()
    found = []
    twice = _Alike(table, problems)
    for row in table.rows:
        group = group_of(table, row, groups, problems)
        duty, intensity = row.get("dienst"), row.get("intensiteit")
        frequency = _number(table, row, "frequentie", "duty_frequency", Unit.COUNT, duty)
        hours = _number(table, row, "duur", "duty_hours", Unit.HOURS, duty)
        twice.claim(row)
        if group and duty and intensity and frequency is not None and hours is not None:
            found.append(Roster(group, duty, frequency, intensity, hours))
    return tuple(found)


def _weights(table: TypedTable | None, problems: list[Problem]) -> tuple[DutyWeight, ...]:
    if table is None:
        return ()
    found = []
    once = Once(table, "intensiteit")
    for row in table.rows:
        intensity, since = row.get("intensiteit"), row.get("vanaf")
        weight = _number(table, row, "gewicht", "duty_weight", Unit.RATIO, intensity)
        if intensity and since is not None and weight is not None and once.claim((intensity, since), row, problems):
            found.append(DutyWeight(intensity, since, weight))
    return tuple(found)


def _decisions(table: TypedTable | None, groups: Groups, problems: list[Problem]) -> tuple[Decision, ...]:
    if table is None:
        return ()
    found = []
    twice = _Alike(table, problems)
    for row in table.rows:
        group, reason = group_of(table, row, groups, problems), row.get("reden")
        amount = _number(table, row, "bedrag", "reserve_decision", Unit.CENTS, reason)
        twice.claim(row)
        if amount is not None and amount.value < 0:
            problems.append(table.problem("decision_negative", row, "bedrag"))
        elif group and reason and amount is not None:
            found.append(Decision(group, amount, reason))
    return tuple(found)


def _savings(table: TypedTable | None, groups: Groups, problems: list[Problem]) -> tuple[Saving, ...]:
    if table is None:
        return ()
    found = []
    twice = _Alike(table, problems)
    for row in table.rows:
        initiative = row.get("initiatief")
        group = group_of(table, row, groups, problems)
        baseline = _number(table, row, "basislijn", "savings_baseline", Unit.CENTS, initiative)
        actual = _number(table, row, "werkelijk", "savings_actual", Unit.CENTS, initiative)
        twice.claim(row)
        negative = [name for name, node in (("basislijn", baseline), ("werkelijk", actual)) if node and node.value < 0]
        problems += [table.problem("negative", row, name) for name in negative]
        if initiative is None or baseline is None or actual is None or negative:
            continue
        if actual.value > baseline.value:
            problems.append(table.problem("savings_negative", row, "werkelijk", baseline=row.as_typed("basislijn")))
        else:
            found.append(Saving(initiative, group, baseline, actual))
    return tuple(found)
