"""The sheet of checks: sums, and what the workbook comes to against what the program computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from puntlanding.contract_types import CONTRACT_TYPES
from puntlanding.report.live_workbook.cells import added
from puntlanding.report.live_workbook.model import Model
from puntlanding.report.live_workbook.settlement_sheets import contracts_with_rows
from puntlanding.report.live_workbook.table import Plain, Table
from puntlanding.report.live_workbook.words import Pair
from puntlanding.stage import Stage

FINE: Pair = ("klopt", "fine")
LOOK: Pair = ("let op", "look")


def write_control(model: Model) -> None:
    sheet = model.page(
        "control", ("sommen, en het verschil met wat het programma uitrekende", "sums, and the difference from what the program computed"),
        (("Zolang geen gele cel is veranderd is elk verschil 0. Daarna is het verschil wat de verandering doet.",
          "As long as no yellow cell is changed, every difference is 0. After that the difference is what the change does."),),
    )  # fmt: skip
    names = model.settled if model.settles else model.names
    table = model.table("control", sheet, names)
    for key, title, computed, place, look, decimals in _compared(model):
        _columns(table, key, title, computed, place, look, decimals)
    sheet.widths[0] = 76
    row = table.end + 1
    for column, pair in enumerate((("controle", "check"), ("uitkomst", "outcome"), ("verschil", "difference"))):
        sheet.text(row, column, model.words.of(pair), "head" if column < 2 else "head_number")
    found = []
    for text, difference, look in _checks(model, table):
        row += 1
        sheet.text(row, 0, model.words.of(text), "text")
        value = sheet.formula(row, 2, difference, look)
        fine, wrong = model.words.of(FINE), model.words.of(LOOK)
        found.append(sheet.formula(row, 1, f'IF({value}=0,"{fine}","{wrong}")', "verdict"))
    outcome = added([f'IF({one}="{model.words.of(FINE)}",0,1)' for one in found])
    model.figures["not_fine"] = sheet.formula(row + 1, 2, outcome, "whole!").fixed
    sheet.text(
        row + 1,
        0,
        model.words("Aantal controles dat aandacht vraagt", "Number of checks that ask for attention"),
        "strong",
    )


Compared = tuple[str, Pair, Mapping[str, Fraction], Callable[[int], str], str, int]


def _compared(model: Model) -> list[Compared]:
    """What is compared: key, title, the program's numbers, the workbook's places, look and decimals of the difference."""
    if not model.settles:
        if not model.dossier.has(Stage.BUDGET):
            return []
        rows = {row.name: row.scored.value for row in model.year.budget.rows if row.scored is not None}
        budget = model.tables["budget"]
        key = "scored" if "scored" in budget.columns else "scored_1"
        return [
            ("budget", ("begroting (norm fte)", "budget (norm fte)"), rows, lambda i: str(budget.at(key, i)), "fte", 9)
        ]
    settlement = model.year.settlement
    paid = {row.line.group: row.line.paid.value for row in settlement.rows}
    found: list[Compared] = [
        ("fte", ("betaald (norm fte)", "paid (norm fte)"), paid, model.of_settled("together", "paid"), "fte", 9)
    ]
    if model.distributes:
        euros = {row.name: row.paid.value / 100 for row in model.year.distribution.rows}
        found.append(("euro", ("bedrag (€)", "amount (€)"), euros, model.of_settled("distribution", "paid"), "euro", 2))
    return found


def _columns(
    table: Table, key: str, title: Pair, computed: Mapping[str, Fraction], place: Callable[[int], str], look: str, decimals: int
) -> None:  # fmt: skip
    known = computed.get
    exact = "precise" if look == "fte" else look
    table.column(f"{key}_program", (f"programma: {title[0]}", f"program: {title[1]}"), exact,
                 lambda i: Plain(known(table.names[i], Fraction(0))), total=True, width=20)  # fmt: skip
    table.column(f"{key}_here", (f"werkmap: {title[0]}", f"workbook: {title[1]}"), exact, place, total=True, width=20)
    table.column(
        f"{key}_difference", ("verschil", "difference"), exact,
        lambda i: f"ROUND({table.at(f'{key}_here', i)}-{table.at(f'{key}_program', i)},{decimals})", total=True, width=20,
    )  # fmt: skip


def _checks(model: Model, table: Table) -> list[tuple[Pair, str, str]]:
    """Text, a formula that is 0 where all is well, and its look."""
    checks: list[tuple[Pair, str, str]] = []
    for key, title, *_ in _compared(model):
        sizes = f"SUMPRODUCT(({table.span(f'{key}_difference')}<>0)*1)"
        checks.append(((f"{title[0]}: vakgroepen die anders uitkomen dan het programma", f"{title[1]}: groups that differ from the program"),
                       sizes, "whole"))  # fmt: skip
    if model.settles:
        checks += _of_contracts(model)
    if model.distributes:
        checks += _of_euros(model)
    return checks


def _of_contracts(model: Model) -> list[tuple[Pair, str, str]]:
    checks: list[tuple[Pair, str, str]] = []
    for k in contracts_with_rows(model):
        table, name = model.tables[f"contract_{k}"], model.agreement.contracts[k - 1].name
        realised, roles = table.span("realised"), table.span("role")
        needs = _is_one(k, [one.name for one in CONTRACT_TYPES.values() if one.needs_realisation])
        missing = f'SUMPRODUCT(({realised}="")*1)'
        outside = f'IF(ondersteuners="gelijk",0,SUMPRODUCT(({realised}="")*({roles}="ondersteunend")))'
        checks.append(((f"{name}: vakgroepen zonder realisatie, waar de soort die nodig heeft",
                        f"{name}: groups without realisation where the type needs it"), f"IF({needs},{missing},{outside})", "whole"))  # fmt: skip
        back = _is_one(k, [one.name for one in CONTRACT_TYPES.values() if one.needs_previous_budget])
        before = f'IF({back},SUMPRODUCT(({table.span("previous")}="")*1),0)'
        checks.append(((f"{name}: vakgroepen zonder begroting vorig jaar, bij een meerjaren aanneemsom",
                        f"{name}: groups without last year's budget, with a multi-year lump sum"), before, "whole"))  # fmt: skip
        pool = f'IF(AND(soort_{k}="plafond",herverdeling="naar_rato"),ROUND({table.total("extra")}-MIN({table.total("pool_under")},{table.total("limit")}),9),0)'
        checks.append(
            ((f"{name}: wat wordt herverdeeld is de pot", f"{name}: what is redistributed is the pool"), pool, "fte")
        )
    return checks


def _is_one(k: int, types: list[str]) -> str:
    return "OR(" + ",".join(f'soort_{k}="{name}"' for name in types) + ")"


def _of_euros(model: Model) -> list[tuple[Pair, str, str]]:
    table = model.tables["distribution"]
    main = model.figures["main"]
    checks: list[tuple[Pair, str, str]] = [
        (("alles wat is verdeeld of blijft, is het kader en wat van buiten komt", "all that is divided or stays is the frame and what comes from outside"),
         model.figures["balance"], "euro"),
        (("de potten passen in het kader", "the pots fit in the frame"), f"ROUND(MIN({main},0),2)", "euro"),
    ]  # fmt: skip
    if model.case.costs:
        charged = f"ROUND({table.total('costs')}-{model.tables['costs'].total('costs')},2)"
        checks.append((("de kosten zijn geheel omgeslagen", "costs are charged whole"), charged, "euro"))
    if "net_short" in model.figures:
        short = f"MAX(ROUND({model.figures['net_short']}-{model.figures['net_room']},2),0)"
        checks.append((("het vangnet kan worden betaald", "the net can be paid"), short, "euro"))
    called = {choice.key: model.called(choice) for choice in model.agreement.components}
    for key, stays in model.stays.items():
        checks.append(
            (
                (
                    f"{called[key][0]}: er wordt niet meer gebruikt dan de pot",
                    f"{called[key][1]}: no more is used than the pot",
                ),
                f"ROUND(MIN({stays},0),2)",
                "euro",
            )
        )
    return checks
