"""General costs, each item divided whole over the groups; and the year in euros per group (methods §8)."""

from __future__ import annotations

from collections.abc import Callable

from puntlanding.distribution import Cost, CostKey
from puntlanding.report.live_workbook.cells import Allowed, Sheet, added
from puntlanding.report.live_workbook.component_sheets import norm_of
from puntlanding.report.live_workbook.divide_sheets import CARE_TITLE, NORM_TITLE, care_of
from puntlanding.report.live_workbook.model import Model
from puntlanding.report.live_workbook.split import share_of, split
from puntlanding.report.live_workbook.table import HEADER, Entry, Table
from puntlanding.report.live_workbook.words import Pair

_KEYS = Allowed(choices=tuple(key.value for key in CostKey))


def write_costs(model: Model) -> None:
    """The items, and on a sheet of its own a block per item, each under the one before; that ends with the sum per group."""
    sheet = model.page(
        "costs", ("algemene kosten en hun sleutels", "general costs and their keys"),
        (("Als het kader: het deel dat op zorgverlening-fte wordt betaald gaat op zorgverlening-fte, de rest op norm fte.",
          "As the frame: the share that is paid on care fte goes on care fte, the rest on norm fte."),),
    )  # fmt: skip
    costs = model.case.costs
    items = Table(sheet, model.words, [one.name for one in costs], ("post", "item"))
    items.column(
        "amount", ("bedrag (€)", "amount (€)"), "euro", lambda i: Entry(costs[i].amount.value / 100), total=True
    )
    items.column("key", ("sleutel", "key"), "text", lambda i: Entry(costs[i].key.value, _KEYS), width=22)
    harmonised = model.figures.get("pot harmonisatie", "0")
    fixed, norm = model.figures["fixed"], model.figures["norm"]
    on_care = items.below(
        ("deel van het honorarium op zorgverlening-fte", "share of the honorarium on care fte"), "ratio",
        f"IF({harmonised}=0,kader_vaste_component,({harmonised}+{fixed})/({harmonised}+{fixed}+{norm}))",
    )  # fmt: skip
    _divide(model, items, on_care)


def _divide(model: Model, items: Table, on_care: str) -> None:
    sheet = model.page(
        "costs_divided", ("elke post over de vakgroepen, en de som", "every item over the groups, and the sum"),
        (("Iedere post wordt geheel omgeslagen: eerst in twee delen, dan elk deel op zijn sleutel.",
          "Every item is charged whole: first in two parts, then each part on its key."),),
    )  # fmt: skip
    header, blocks = HEADER, list[Table]()
    for i, cost in enumerate(model.case.costs):
        blocks.append(_block(model, sheet, items, i, cost, header, on_care))
        header = blocks[-1].end + 2
        sheet.breaks.append(header - 1)
    whole = model.tables["costs"] = Table(sheet, model.words, model.settled, header=header)
    sheet.text(header - 1, 0, model.words("Samen", "Together"), "strong")
    whole.column(
        "costs", ("alle kosten (€)", "all costs (€)"), "euro",
        lambda i: added([block.at(key, i) for block in blocks for key in ("care_part", "norm_part")]), total=True,
    )  # fmt: skip
    sheet.frozen, sheet.repeated = (HEADER - 1, 1), None


def _block(model: Model, sheet: Sheet, items: Table, i: int, cost: Cost, header: int, on_care: str) -> Table:
    sheet.text(header - 1, 0, cost.name, "strong")
    block = Table(sheet, model.words, model.settled, header=header)
    amount, key = items.at("amount", i).fixed, items.at("key", i).fixed
    part = f'IF({key}="{CostKey.CARE_FTE}",1,IF({key}="{CostKey.NORM_FTE}",0,{on_care}))'
    care_title, norm_title = ("op zorgverlening-fte (€)", "on care fte (€)"), ("op norm fte (€)", "on norm fte (€)")
    care = block.below(care_title, "euro", share_of(amount, part))
    norm = block.below(norm_title, "euro", f"{amount}-{care}")
    split(block, "care", care, lambda i: care_of(model, i), care_title, CARE_TITLE)
    split(block, "norm", norm, norm_of(model), norm_title, NORM_TITLE)
    return block


def write_distribution(model: Model) -> Table:
    sheet = model.page(
        "distribution", ("wat elke vakgroep krijgt, in euro's", "what each group gets, in euros"),
        (("Vast deel + deel op norm fte + onderdelen van de afspraak − algemene kosten. Alles telt op tot het kader en wat van buiten komt.",
          "Fixed part + part on norm fte + components of the agreement − general costs. All adds up to the frame and what comes from outside."),),
    )  # fmt: skip
    table = model.table("distribution", sheet, model.settled)
    components = [choice for choice in model.agreement.components if choice.key in model.parts_of]
    columns = [
        _euros(table, "fixed", ("vast deel", "fixed part"), model.of_settled("main", "fixed_part")),
        _euros(table, "norm", ("op norm fte", "on norm fte"), model.of_settled("main", "norm_part")),
    ]
    for choice in components:
        of, column = model.parts_of[choice.key]
        name = (choice.name, choice.name) if choice.name else model.called(choice)
        columns.append(_euros(table, choice.key, name, lambda i, of=of, column=column: str(of.at(column, i))))  # type: ignore[misc]
    _euros(table, "before", ("vóór kosten", "before costs"), lambda i: added([table.at(key, i) for key in columns]))
    costs = ""
    if model.case.costs:
        costs = _euros(table, "costs", ("algemene kosten", "general costs"), model.of_settled("costs", "costs"))
    _euros(table, "paid", ("bedrag", "amount"),
           lambda i: f"ROUND({table.at('before', i)}{f'-{table.at(costs, i)}' if costs else ''},2)")  # fmt: skip
    unpaid = table.below(("niet uitgekeerd (€)", "not paid out (€)"), "euro", model.figures["unpaid"])
    called = {choice.key: model.called(choice) for choice in components}
    stays = [
        table.below((f"{called[key][0]}: blijft (€)", f"{called[key][1]}: stays (€)"), "euro", place)
        for key, place in model.stays.items()
    ]
    brings = [
        table.below((f"{called[key][0]}: van buiten (€)", f"{called[key][1]}: from outside (€)"), "euro", place)
        for key, place in model.brings.items()
    ]
    given = added([table.total("before"), unpaid, *stays])
    model.figures["balance"] = table.below(
        ("kader en van buiten, min wat hier staat (€)", "frame and from outside, less all here (€)"),
        "euro", f"ROUND({added(['kader_bedrag', *brings])}-({given}),2)",
    )  # fmt: skip
    return table


def _euros(table: Table, key: str, title: Pair, fill: Callable[[int], str]) -> str:
    return table.column(key, (f"{title[0]} (€)", f"{title[1]} (€)"), "euro", fill, total=True, width=13)
