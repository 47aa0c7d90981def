"""The table of each stage: its columns, rows and total, as nodes. Every way out (terminal, JSON, CSV, workbook) reads this."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from puntlanding.budget import Capacity, CapacityRow
from puntlanding.components.base import column_name
from puntlanding.distribution import Distribution, DistributionRow
from puntlanding.explain import Node, Unit
from puntlanding.forecast import Monitoring, MonitoringRow
from puntlanding.language.terms import TERMS
from puntlanding.settlement import Settlement
from puntlanding.settlement.lines import Line
from puntlanding.stage import Stage
from puntlanding.year import Year


@dataclass(frozen=True, slots=True)
class Column:
    """``key`` is the column's name in the JSON contract; ``nl`` and ``en`` head it elsewhere, unit included."""

    key: str
    nl: str
    en: str
    unit: Unit
    decimals: int


@dataclass(frozen=True, slots=True)
class TableRow:
    name: str
    cells: tuple[Node | None, ...]
    contracts: tuple[TableRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """``main`` is the column that the stage is about; ``beside_total`` goes with the total only (frame, not paid out).

    ``apart``: columns that may stand in a table of their own where all together are too wide to read.
    """

    stage: Stage
    nl: str
    en: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    care_units: tuple[TableRow, ...]
    total: TableRow
    main: str
    contract_totals: tuple[TableRow, ...] = ()
    beside_total: Mapping[str, Node] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()


def table(stage: Stage, year: Year) -> Table:
    """The table of ``stage``; raises InputError where the case does not allow it."""
    match stage:
        case Stage.BUDGET:
            return _budget(year.budget)
        case Stage.MONITOR:
            return _monitoring(year.monitoring)
        case Stage.SETTLE:
            return _settlement(year.settlement)
        case Stage.DISTRIBUTE:
            return _distribution(year.distribution)


def _budget(budget: Capacity) -> Table:
    columns = [
        Column("normuren", "normuren", "norm hours", Unit.HOURS, 0),
        Column("normuren_per_fte", "normuren per fte", "norm hours per fte", Unit.HOURS_PER_FTE, 0),
        Column("norm_fte", "norm fte", "norm fte", Unit.FTE, 2),
    ]
    scored = any(row.factor is not None for row in budget.rows)
    if scored:
        columns.append(Column("score", "score", "score", Unit.RATIO, 4))
        columns.append(Column("norm_fte_na_score", "norm fte na score", "norm fte after score", Unit.FTE, 2))

    def row(one: CapacityRow) -> TableRow:
        cells = (one.hours, one.rate, one.norm_fte)
        return TableRow(one.name, (*cells, one.factor, one.scored) if scored else cells)

    return Table(
        Stage.BUDGET, "Capaciteitsbegroting", "Capacity budget", tuple(columns), tuple(map(row, budget.rows)),
        tuple(map(row, budget.care_units)), row(budget.total), columns[-1].key,
    )  # fmt: skip


def _monitoring(monitoring: Monitoring) -> Table:
    columns = (
        Column("prognose_normuren", "prognose (normuren)", "forecast (norm hours)", Unit.HOURS, 0),
        Column("begroting_normuren", "begroting (normuren)", "budget (norm hours)", Unit.HOURS, 0),
        Column("verhouding", "prognose ÷ begroting (%)", "forecast ÷ budget (%)", Unit.RATIO, 1),
    )

    def row(one: MonitoringRow) -> TableRow:
        return TableRow(one.name, (one.forecast_hours, one.budget_hours, one.ratio))

    return Table(
        Stage.MONITOR, "Prognose ten opzichte van de begroting", "Forecast against budget", columns,
        tuple(map(row, monitoring.rows)), tuple(map(row, monitoring.care_units)), row(monitoring.total), "verhouding",
    )  # fmt: skip


def _settlement(settlement: Settlement) -> Table:
    columns = [
        Column("realisatie", "realisatie (norm fte)", "realised (norm fte)", Unit.FTE, 2),
        Column("begroting", "begroting (norm fte)", "budget (norm fte)", Unit.FTE, 2),
        Column("onder", "onder begroting", "under budget", Unit.FTE, 2),
        Column("over", "over begroting", "over budget", Unit.FTE, 2),
        Column("extra", "extra", "extra", Unit.FTE, 2),
        Column("norm_fte", "betaald (norm fte)", "paid (norm fte)", Unit.FTE, 2),
    ]
    bandwidth = settlement.total.correction is not None
    if bandwidth:
        columns.insert(5, Column("bandbreedte_correctie", "correctie fte-band", "fte band correction", Unit.FTE, 2))

    def row(line: Line, contracts: Sequence[Line] = (), name: str | None = None) -> TableRow:
        cells: list[Node | None] = [line.realised, line.budgeted, line.under, line.over, line.extra, line.paid]
        if bandwidth:
            cells.insert(5, line.correction)
        inner = tuple(row(one, (), one.contract) for one in contracts) if len(contracts) > 1 else ()
        return TableRow(name or line.group, tuple(cells), inner)

    contracts = settlement.contract_totals if len(settlement.contract_totals) > 1 else ()
    return Table(
        Stage.SETTLE, "Afrekening", "Settlement", tuple(columns),
        tuple(row(one.line, one.contracts) for one in settlement.rows), tuple(map(row, settlement.care_units)),
        row(settlement.total), "norm_fte", tuple(map(row, contracts)),
    )  # fmt: skip


def _distribution(distribution: Distribution) -> Table:
    columns = (
        Column("vast_cent", "vast deel (€)", "fixed part (€)", Unit.CENTS, 2),
        Column("norm_cent", "norm-fte-deel (€)", "norm-fte part (€)", Unit.CENTS, 2),
        *(_component_column(key, node) for key, node in distribution.total.parts.items()),
        Column("kosten_cent", "kosten (€)", "costs (€)", Unit.CENTS, 2),
        Column("bedrag_cent", "bedrag (€)", "amount (€)", Unit.CENTS, 2),
    )

    def row(one: DistributionRow) -> TableRow:
        return TableRow(one.name, (one.fixed, one.norm, *one.parts.values(), one.costs, one.paid))

    return Table(
        Stage.DISTRIBUTE, "Verdeling in euro's", "Distribution in euros", columns, tuple(map(row, distribution.rows)), (),
        row(distribution.total), "bedrag_cent",
        beside_total={
            "kader_cent": distribution.frame, "niet_uitgekeerd_cent": distribution.unpaid,
            **{f"{column_name(key)}_blijft_cent": node for key, node in distribution.stays.items()},
            **{f"{column_name(key)}_erbij_cent": node for key, node in distribution.brings.items()},
        },
        apart=frozenset(f"{column_name(key)}_cent" for key in distribution.total.parts),
    )  # fmt: skip


def _component_column(key: str, part: Node) -> Column:
    """A pot with a name of its own is headed by that name."""
    _, _, own = key.partition(".")
    nl, en = TERMS[part.term]
    return Column(f"{column_name(key)}_cent", f"{own or nl} (€)", f"{own or en} (€)", Unit.CENTS, 2)
