"""Each contract by its own rule and within its own pool, then the contracts of a group together (methods §7)."""

from __future__ import annotations

from collections.abc import Callable

from puntlanding.report.live_workbook.cells import Allowed, added
from puntlanding.report.live_workbook.model import Model
from puntlanding.report.live_workbook.table import Content, Entry, Table
from puntlanding.report.live_workbook.words import Pair

# Per contract type: base and extra, of realised {r}, budget {b}, last year's {p}, over-production {over}, limit {limit}, λ {rate},
# and the number of the contract {k}. The type is a cell: a sheet has the rules of all types.
RULES: dict[str, tuple[str, str]] = {
    "plafond": ("{up_to_budget}", "MIN({limit},{rate}*{pool_over})"),
    "plafond_bandbreedte": ("{up_to_budget}", 'IF({over}="",0,MIN({over},bandbreedte_{k}*{b}))'),
    "aanneemsom": ("{b}", "0"),
    "meerjaren_aanneemsom": ("{b}", "krimpvergoeding_{k}*MAX({p}-{b},0)"),
    "schaduwdraaien": ("{known}", "0"),
}


def by_type(which: int, given: dict[str, object]) -> str:
    """The rule of whatever type is chosen; a type that is no type pays nothing."""
    formula = "0"
    for name, rules in reversed(RULES.items()):
        formula = f'IF(soort_{given["k"]}="{name}",{rules[which].format(**given)},{formula})'
    return formula


def write_contract(model: Model, k: int) -> Table:
    contract = model.agreement.contracts[k - 1]
    rows = next(one for one in _rows_of_contracts(model) if one[0] == k)[1]
    number = k if len(model.agreement.contracts) > 1 else None
    sheet = model.page(
        "contract", (f"afrekening van contract {contract.name}", f"settlement of contract {contract.name}"),
        (("Betaald = basis + extra, volgens de soort van het contract (blad Afspraak). Bij herverdeling: extra = kleinste van limiet en λ × meerproductie.",
          "Paid = base + extra, by the type of the contract (sheet Agreement). With redistribution: extra = the least of limit and λ × over-production."),
         ("λ verdeelt de pot: de groepen waarvan de limiet knelt krijgen hun limiet, de anderen delen de rest naar rato van hun meerproductie.",
          "λ divides the pool: groups whose limit binds get their limit, the others share the rest pro rata to over-production.")),
        number, contract.name,
    )  # fmt: skip
    table = model.table(f"contract_{k}", sheet, rows)
    at = _known_columns(model, table, k, contract.name)
    _pool_columns(table, k)
    rate = _pool(table, k)
    ratio = _gatekeepers(table)

    def given(i: int) -> dict[str, object]:
        cells = {name: table.at(name, i) for name in ("over", "limit", "pool_over")}
        r, b = at("realised", i), at("budgeted", i)
        return {
            **cells, "k": k, "b": b, "p": at("previous", i), "rate": rate,
            "known": f'IF({r}="",0,{r})', "up_to_budget": f'IF({r}="",0,MIN({r},{b}))',
        }  # fmt: skip

    def base(i: int) -> str:
        of = given(i)
        outside = f'IF(ondersteuners="realisatie",{of["known"]},{of["b"]}*{ratio})'
        return f"IF({table.at('inside', i)}=1,{by_type(0, of)},{outside})"

    table.column("base", ("basis", "base"), "fte", base, total=True)
    table.column("extra", ("extra", "extra"), "fte",
                 lambda i: f"IF({table.at('inside', i)}=1,{by_type(1, given(i))},0)", total=True)  # fmt: skip
    table.column("paid", ("betaald (norm fte)", "paid (norm fte)"), "fte",
                 lambda i: f"{table.at('base', i)}+{table.at('extra', i)}", total=True)  # fmt: skip
    table.helpers("inside", "capped")
    return table


def _rows_of_contracts(model: Model) -> list[tuple[int, list[str]]]:
    found = []
    for k, contract in enumerate(model.agreement.contracts, start=1):
        own = {
            line.group for row in model.year.settlement.rows for line in row.contracts if line.contract == contract.name
        }
        found.append((k, [name for name in model.names if name in own]))
    return [one for one in found if one[1]]


def contracts_with_rows(model: Model) -> list[int]:
    return [k for k, _ in _rows_of_contracts(model)]


def _known_columns(model: Model, table: Table, k: int, contract: str) -> Callable[[str, int], object]:
    """Role, budget, realisation and last year's budget: what the case does not know is a yellow cell."""
    rows = [model.number[name] - 1 for name in table.names]

    def scored(key: str, capacity: object, i: int) -> Content:
        row = None if capacity is None else capacity.row(table.names[i])  # type: ignore[attr-defined]
        if row is None or row.contracts.get(contract) is None:
            return Entry(None, Allowed())
        return str(model.tables[key].at(f"scored_{k}", rows[i]))

    table.column("role", ("rol", "role"), "text", lambda i: str(model.tables["groups"].at("role", rows[i])))
    table.column(
        "budgeted", ("begroting", "budget"), "fte", lambda i: scored("budget", model.year.budget, i), total=True
    )
    table.column(
        "realised",
        ("realisatie", "realisation"),
        "fte",
        lambda i: scored("realised", model.year.realised, i),
        total=True,
    )
    table.column("previous", ("begroting vorig jaar", "budget last year"), "fte",
                 lambda i: scored("before", model.year.previous, i), total=True)  # fmt: skip
    return table.at


def _pool_columns(table: Table, k: int) -> None:
    def differs(more: str, less: str) -> Callable[[int], str]:
        return lambda i: f'IF({table.at("realised", i)}="","",MAX({table.at(more, i)}-{table.at(less, i)},0))'

    table.column("under", ("onderproductie", "under-production"), "fte", differs("budgeted", "realised"), total=True)
    table.column("over", ("meerproductie", "over-production"), "fte", differs("realised", "budgeted"), total=True)
    table.column("inside", ("in de pot (1 = ja)", "in the pool (1 = yes)"), "whole",
                 lambda i: f'IF(AND({table.at("role", i)}="ondersteunend",ondersteuners<>"gelijk"),0,1)')  # fmt: skip

    def in_pool(key: str) -> Callable[[int], str]:
        return lambda i: f'IF(OR({table.at("inside", i)}=0,{table.at(key, i)}=""),0,{table.at(key, i)})'

    table.column("pool_under", ("brengt in", "brings in"), "fte", in_pool("under"), total=True)
    table.column("pool_over", ("telt mee", "counts"), "fte", in_pool("over"), total=True)
    table.column(
        "limit", ("limiet", "limit"), "fte",
        lambda i: f'IF(OR(soort_{k}<>"plafond",herverdeling<>"naar_rato"),0,IF(maximum_overproductie="",{table.at("pool_over", i)},'
        f"MIN({table.at('pool_over', i)},maximum_overproductie*{table.at('budgeted', i)})))", total=True,
    )  # fmt: skip
    table.column("bound", ("λ waarbij de limiet knelt", "λ at which the limit binds"), "ratio",
                 lambda i: f"IF({table.at('pool_over', i)}>0,{table.at('limit', i)}/{table.at('pool_over', i)},0)")  # fmt: skip
    bounds, limits, overs = table.span("bound"), table.span("limit"), table.span("pool_over")
    table.column(
        "needed", ("nodig bij die λ", "needed at that λ"), "fte",
        lambda i: f"SUMPRODUCT(({bounds}<={table.at('bound', i)})*{limits})"
        f"+{table.at('bound', i)}*SUMPRODUCT(({bounds}>{table.at('bound', i)})*{overs})",
    )  # fmt: skip


def _pool(table: Table, k: int) -> str:
    """λ (methods §7, row 2): the smallest with which the extras take the pool, or all that may be paid."""
    pool = table.below(("pot: onderproductie, ten hoogste alle limieten", "pool: under-production, at most all limits"), "fte",
                       f"MIN({table.total('pool_under')},{table.total('limit')})")  # fmt: skip
    table.column(
        "capped", ("limiet knelt (1 = ja)", "limit binds (1 = yes)"), "whole",
        lambda i: f"IF(AND({table.at('pool_over', i)}>0,{table.at('needed', i)}<={pool}),1,0)",
    )  # fmt: skip
    capped, limits, overs = table.span("capped"), table.span("limit"), table.span("pool_over")
    taken = table.below(("limieten die knellen", "limits that bind"), "fte", f"SUMPRODUCT({capped}*{limits})")
    over = table.below(("meerproductie van de anderen", "over-production of the others"), "fte",
                       f"SUMPRODUCT(({capped}=0)*{overs})")  # fmt: skip
    return table.below(("λ", "λ"), "ratio", f"IF({over}=0,1,({pool}-{taken})/{over})")


def _gatekeepers(table: Table) -> str:
    roles = table.span("role")
    parts = []
    words: tuple[tuple[str, Pair], ...] = (
        ("realised", ("realisatie van de poort", "realisation of gatekeepers")),
        ("budgeted", ("begroting van de poort", "budget of gatekeepers")),
    )
    for key, title in words:
        parts.append(table.below(title, "fte", f'SUMIFS({table.span(key)},{roles},"poort")'))
    realised, budgeted = parts
    return table.below(
        ("verhouding van de poort", "ratio of gatekeepers"), "ratio", f"IF({budgeted}=0,0,{realised}/{budgeted})"
    )


def write_together(model: Model) -> Table:
    sheet = model.page(
        "together", ("alle contracten van een vakgroep samen, en de bandbreedte op norm fte", "all contracts of a group, and the bandwidth on norm fte"),
        (("De som van de contracten; waar een bandbreedte is afgesproken blijft betaald tussen ondergrens en bovengrens × zorgverlening-fte.",
          "The sum of the contracts; where a bandwidth was agreed, paid stays between lower and upper bound × care fte."),),
    )  # fmt: skip
    table = model.table("together", sheet, model.settled)
    contracts = [model.tables[f"contract_{k}"] for k in contracts_with_rows(model)]

    def cells(key: str, i: int) -> list[str]:
        name = table.names[i]
        return [str(one.at(key, one.names.index(name))) for one in contracts if name in one.names]

    def summed(key: str) -> Callable[[int], str]:
        return lambda i: added(cells(key, i))

    def where_known(key: str) -> Callable[[int], str]:
        def formula(i: int) -> str:
            known = ",".join(f'{cell}=""' for cell in cells(key, i))
            return f'IF(OR({known}),"",{added(cells(key, i))})'

        return formula

    table.column("budgeted", ("begroting", "budget"), "fte", summed("budgeted"), total=True)
    for key, title in (("realised", ("realisatie", "realisation")), ("under", ("onderproductie", "under-production")),
                       ("over", ("meerproductie", "over-production"))):  # fmt: skip
        table.column(key, title, "fte", where_known(key), total=True)
    table.column("extra", ("extra", "extra"), "fte", summed("extra"), total=True)
    table.column(
        "of_contracts", ("betaald volgens de contracten", "paid by the contracts"), "fte", summed("paid"), total=True
    )
    _bandwidth(model, table)
    _units(model, table)
    return table


def _bandwidth(model: Model, table: Table) -> None:
    if model.case.formation:
        care = model.of_group("groups", "care")
        table.column("care", ("zorgverlening-fte", "care fte"), "fte", lambda i: f'IF({care(i)}="","",{care(i)})')

    def paid(i: int) -> str:
        before = table.at("of_contracts", i)
        if not model.case.formation:
            return str(before)
        known = table.at("care", i)
        none = f'OR(fte_ondergrens="",fte_bovengrens="",{known}="")'
        return f"IF({none},{before},MIN(MAX({before},fte_ondergrens*{known}),fte_bovengrens*{known}))"

    table.column("paid", ("betaald (norm fte)", "paid (norm fte)"), "fte", paid, total=True)
    table.column("correction", ("door de bandbreedte", "by the bandwidth"), "fte",
                 lambda i: f"{table.at('paid', i)}-{table.at('of_contracts', i)}", total=True)  # fmt: skip


def _units(model: Model, table: Table) -> None:
    """Care units below the groups: the same columns, the groups of each added up."""
    members: dict[str, list[int]] = {}
    for i, name in enumerate(table.names):
        unit = model.case.groups[model.number[name] - 1].care_unit
        if unit:
            members.setdefault(unit, []).append(i)
    if not members:
        return
    units = Table(table.sheet, model.words, list(members), ("zorgeenheid", "care unit"), table.end + 1)

    def whole(key: str) -> Callable[[int], str]:
        return lambda j: f"SUM({','.join(str(table.at(key, i)) for i in members[units.names[j]])})"

    units.column("budgeted", ("begroting", "budget"), "fte", whole("budgeted"))
    units.column("realised", ("realisatie", "realisation"), "fte", whole("realised"))
    units.column("paid", ("betaald", "paid"), "fte", whole("paid"))
