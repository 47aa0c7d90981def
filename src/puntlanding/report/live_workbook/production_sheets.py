"""Products × norm times → norm hours → norm fte → norm fte after scoring (methods §1 and §4), for budget and realisation alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from puntlanding.explain import Node, Operation
from puntlanding.norms.production import MINUTES_PER_HOUR, GroupContract, Output, Production
from puntlanding.report.live_workbook.cells import added
from puntlanding.report.live_workbook.model import Model
from puntlanding.report.live_workbook.table import Content, Entry, Known, Plain, Table
from puntlanding.report.live_workbook.words import Pair

# More rows than anybody reads, and slower to open than it is worth: above this the hours per group are written, and it is said.
MOST_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class ProductRow:
    group: str
    contract: str
    code: str
    volume: Fraction
    minutes: Fraction


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the three productions of a case: what its sheets are called and what is told of them."""

    key: str
    products: str
    what: Pair
    rows: Pair


BUDGET = Kind("budget", "products_budget", ("begroting van dit jaar in norm fte", "budget of this year in norm fte"),
              ("de begroting", "the budget"))  # fmt: skip
REALISED = Kind("realised", "products_realised", ("realisatie van dit jaar in norm fte", "realisation of this year in norm fte"),
                ("de realisatie", "the realisation"))  # fmt: skip
BEFORE = Kind("before", "products_before", ("begroting van vorig jaar, voor een meerjarencontract",
                                            "last year's budget, for a multi-year contract"),
              ("de begroting van vorig jaar", "last year's budget"))  # fmt: skip


def contracts_of(model: Model, outputs: Mapping[GroupContract, Output]) -> list[str]:
    """The agreement's contracts first: their numbers are the same on every sheet."""
    agreed = [contract.name for contract in model.agreement.contracts]
    return list(dict.fromkeys([*agreed, *(contract for _, contract in outputs)]))


def write_production(model: Model, kind: Kind, production: Production, year: int) -> Table:
    """The columns of contract k are ``hours_k``, ``fte_k`` and ``scored_k``, from 1; the last where there is a score."""
    outputs = production.outputs(year)
    contracts = contracts_of(model, outputs)
    rows = _product_rows(outputs)
    if rows is None:
        size = f"{MOST_ROWS:,}"
        model.remarks.append((
            f"Van {kind.rows[0]} staan de normuren per vakgroep in het blad, niet de producten: het zijn er meer dan "
            f"{size.replace(',', '.')}, of zij komen niet uit aantallen maal normtijden.",
            f"Of {kind.rows[1]} the sheet has norm hours per group, not the products: there are more than {size}, "
            "or they do not come from volumes times norm times.",
        ))  # fmt: skip
    elif rows:
        _write_products(model, kind, rows, contracts)
    sheet = model.page(
        kind.key, kind.what,
        (("Normuren ÷ benchmark = norm fte; maal de factor van de score = norm fte na score.",
          "Norm hours ÷ benchmark = norm fte; times the factor of the score = norm fte after scoring."),),
    )  # fmt: skip
    table = model.table(kind.key, sheet)
    listed = {(row.group, row.contract) for row in rows or ()}
    if model.scores:
        score = model.tables["score"]
        table.column("factor", ("factor", "factor"), "ratio", lambda i: str(score.at(f"factor_{kind.key}", i)))
    for k, contract in enumerate(contracts, start=1):
        _contract_columns(model, table, kind, k, contract if len(contracts) > 1 else "", outputs, contract, listed)
    if len(contracts) > 1:
        _sums(model, table, outputs, contracts)
    return table


def _contract_columns(
    model: Model, table: Table, kind: Kind, k: int, shown: str,
    outputs: Mapping[GroupContract, Output], contract: str, listed: set[GroupContract],
) -> None:  # fmt: skip
    of = f" · {shown}" if shown else ""
    hours, fte, scored = f"hours_{k}", f"fte_{k}", f"scored_{k}"
    known = [output for (group, one), output in outputs.items() if one == contract]
    with_hours = any(output.hours is not None for output in known) or bool(model.case.rates)
    if with_hours:
        table.columns |= {hours: table.used, fte: table.used + 1}  # each is worked out from the other

    def output(i: int) -> Output | None:
        return outputs.get((model.names[i], contract))

    def rate(i: int) -> str | None:
        return str(model.tables["groups"].at("rate", i)) if model.names[i] in model.case.rates else None

    def in_hours(i: int) -> Content:
        found = output(i)
        if found is None or (found.hours is None and rate(i) is None):
            return None
        if found.hours is None:
            return f"{table.at(fte, i)}*{rate(i)}"
        if (model.names[i], contract) in listed:
            products = model.tables[kind.products]
            wanted = f"{products.span('number')},{i + 1},{products.span('contract')},{k}"
            return Known(f"SUMIFS({products.span('minutes')},{wanted})/{MINUTES_PER_HOUR}", found.hours.value)
        return Entry(found.hours.value)

    def in_fte(i: int) -> Content:
        found = output(i)
        if found is None or (found.fte is None and rate(i) is None):
            return None
        return Entry(found.fte.value) if found.fte is not None else f"{table.at(hours, i)}/{rate(i)}"

    if with_hours:
        table.column(hours, (f"normuren{of}", f"norm hours{of}"), "hours", in_hours, total=True)
    table.column(fte, (f"norm fte{of}", f"norm fte{of}"), "fte", in_fte, total=True)
    if model.scores:
        table.column(
            scored, (f"norm fte na score{of}", f"norm fte after scoring{of}"), "fte",
            lambda i: f"{table.at(fte, i)}*{table.at('factor', i)}" if in_fte(i) is not None else None, total=True,
        )  # fmt: skip
    else:
        table.columns[scored] = table.columns[fte]


def _sums(model: Model, table: Table, outputs: Mapping[GroupContract, Output], contracts: list[str]) -> None:
    def whole(i: int) -> str | None:
        own = [k for k, contract in enumerate(contracts, start=1) if (model.names[i], contract) in outputs]
        return added([table.at(f"scored_{k}", i) for k in own]) if own else None

    table.column(
        "scored",
        ("norm fte na score, alle contracten", "norm fte after scoring, all contracts"),
        "fte",
        whole,
        total=True,
    )


def _write_products(model: Model, kind: Kind, rows: list[ProductRow], contracts: list[str]) -> None:
    sheet = model.page(
        kind.products, (f"productie waaruit {kind.rows[0]} volgt", f"production from which {kind.rows[1]} follows"),
        (("Aantal × normtijd = normminuten; op 60 na zijn dat de normuren.", "Volume × norm time = norm minutes; ÷ 60 they are the norm hours."),),
    )  # fmt: skip
    table = model.table(kind.products, sheet, [row.group for row in rows])
    numbers = {contract: Fraction(k) for k, contract in enumerate(contracts, start=1)}
    table.column("number", ("nummer", "number"), "whole", lambda i: Plain(Fraction(model.number[rows[i].group])))
    table.column(
        "contract", ("contract (nummer)", "contract (number)"), "whole", lambda i: Plain(numbers[rows[i].contract])
    )
    table.column("code", ("product", "product"), "text", lambda i: Plain(rows[i].code), width=16)
    table.column("volume", ("aantal", "volume"), "points", lambda i: Entry(rows[i].volume), total=True)
    table.column("time", ("normtijd (minuten)", "norm time (minutes)"), "fte", lambda i: Entry(rows[i].minutes))
    table.column(
        "minutes", ("normminuten", "norm minutes"), "hours",
        lambda i: Known(f"{table.at('volume', i)}*{table.at('time', i)}", rows[i].volume * rows[i].minutes), total=True,
    )  # fmt: skip


def _product_rows(outputs: Mapping[GroupContract, Output]) -> list[ProductRow] | None:
    """None where they are too many, or hours that are no typed figure do not come from volumes times norm times."""
    rows: list[ProductRow] = []
    for (group, contract), output in outputs.items():
        if output.hours is None or output.hours.operation is Operation.CELL:
            continue
        own = list(_rows_of(output.hours, group, contract, MOST_ROWS - len(rows)))
        if sum((row.volume * row.minutes for row in own), Fraction(0)) != output.hours.value * MINUTES_PER_HOUR:
            return None
        rows += own
    return rows


def _rows_of(hours: Node, group: str, contract: str, most: int) -> Iterator[ProductRow]:
    if hours.operation is not Operation.QUOTIENT:
        return
    lines = hours.operands[0].operands
    if len(lines) > most:
        return
    for line in lines:
        if line.operation is Operation.PRODUCT and len(line.operands) == 2:
            volume, minutes = line.operands
            yield ProductRow(group, contract, line.subject or "", volume.value, minutes.value)
