"""The first sentence above each table: the answer, with its numbers."""

from __future__ import annotations

from fractions import Fraction

from puntlanding.components import COMPONENTS
from puntlanding.explain import Node
from puntlanding.language.notation import Language, euros, number
from puntlanding.language.terms import term
from puntlanding.report.tables import Table, TableRow
from puntlanding.stage import Stage


def headline(table: Table, language: Language) -> str:
    dutch = language is Language.DUTCH
    match table.stage:
        case Stage.BUDGET:
            return _budget(table, language, dutch)
        case Stage.MONITOR:
            return _monitor(table, language, dutch)
        case Stage.SETTLE:
            return _settle(table, language, dutch)
        case Stage.DISTRIBUTE:
            return _distribute(table, language, dutch)


def _of(row: TableRow, table: Table, key: str) -> Node | None:
    return row.cells[[column.key for column in table.columns].index(key)]


def _fte(node: Node | None, language: Language) -> str:
    return "?" if node is None else number(node.value, 2, language)


def _compared(table: Table) -> tuple[int, int]:
    """How many groups ended above and below their budget, over all contracts."""
    above = below = 0
    for row in table.rows:
        realised, budget = _of(row, table, "realisatie"), _of(row, table, "begroting")
        if realised is not None and budget is not None:
            above += realised.value > budget.value
            below += realised.value < budget.value
    return above, below


def _budget(table: Table, language: Language, dutch: bool) -> str:
    fte = _fte(_of(table.total, table, table.main), language)
    count = len(table.rows)
    if dutch:
        return f"Begroot is {fte} norm fte voor {_groups(count, 'vakgroep', 'vakgroepen')}."
    return f"Budgeted: {fte} norm fte for {_groups(count, 'group', 'groups')}."


def _monitor(table: Table, language: Language, dutch: bool) -> str:
    ratios = [(row.name, node.value) for row in table.rows if (node := _of(row, table, "verhouding")) is not None]
    total = _of(table.total, table, "verhouding")
    if total is None or not ratios:
        return "De verhouding is niet te berekenen." if dutch else "The ratio cannot be computed."
    low = min(ratios, key=lambda pair: pair[1])
    high = max(ratios, key=lambda pair: pair[1])

    def percent(value: Fraction) -> str:
        return number(value * 100, 1, language) + " %"

    if dutch:
        return (
            f"De prognose is {percent(total.value)} van de begroting; het laagst is {low[0]} ({percent(low[1])}), "
            f"het hoogst {high[0]} ({percent(high[1])})."
        )
    return (
        f"The forecast is {percent(total.value)} of the budget; lowest is {low[0]} ({percent(low[1])}), "
        f"highest {high[0]} ({percent(high[1])})."
    )


def _settle(table: Table, language: Language, dutch: bool) -> str:
    paid, budget, realised = (
        _fte(_of(table.total, table, key), language) for key in ("norm_fte", "begroting", "realisatie")
    )
    if _of(table.total, table, "realisatie") is None:
        some = any(_of(row, table, "realisatie") is not None for row in (*table.rows, *table.contract_totals))
        if dutch:
            why = (
                "niet van elk contract is een realisatie opgegeven"
                if some
                else "er is geen realisatie opgegeven of nodig"
            )
            return f"Betaald wordt {paid} norm fte, bij {budget} begroot; {why}."
        why = "not every contract has a realisation" if some else "no realisation was given or needed"
        return f"Paid: {paid} norm fte, with {budget} budgeted; {why}."
    over, under = _compared(table)
    if dutch:
        return (
            f"Betaald wordt {paid} norm fte, bij {budget} begroot en {realised} gerealiseerd. "
            f"{_groups(over, 'vakgroep kwam', 'vakgroepen kwamen')} boven de begroting, {under} eronder."
        )
    return (
        f"Paid: {paid} norm fte, with {budget} budgeted and {realised} realised. "
        f"{_groups(over, 'group', 'groups')} above budget, {under} below."
    )


def _groups(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"


def _distribute(table: Table, language: Language, dutch: bool) -> str:
    frame, unpaid = (euros(table.beside_total[key].value, language) for key in ("kader_cent", "niet_uitgekeerd_cent"))
    costs = _of(table.total, table, "kosten_cent")
    amount = _of(table.total, table, "bedrag_cent")
    shown = euros(amount.value if amount else 0, language)
    charged = costs is not None and costs.value != 0
    stays, brought = (_of_components(table, suffix, language, dutch) for suffix in ("_blijft_cent", "_erbij_cent"))
    if dutch:
        tail = f", na € {euros(costs.value, language)} aan kosten" if charged and costs else ""
        beside = f" en van buiten {brought}" if brought else ""
        left = f"; in de potten blijft {stays}" if stays else ""
        return f"Van het kader van € {frame}{beside} gaat € {shown} naar de vakgroepen{tail}; niet uitgekeerd: € {unpaid}{left}."
    tail = f", after costs of € {euros(costs.value, language)}" if charged and costs else ""
    beside = f" and {brought} from outside" if brought else ""
    left = f"; left in the pots: {stays}" if stays else ""
    return f"Of the frame of € {frame}{beside}, € {shown} goes to the groups{tail}; not paid out: € {unpaid}{left}."


def _of_components(table: Table, suffix: str, language: Language, dutch: bool) -> str:
    """What stays with components, or what they bring in: the amounts that are not zero, each with its component."""
    found = [
        f"€ {euros(node.value, language)} ({term(COMPONENTS[key.removesuffix(suffix)].term, language)})"
        for key, node in table.beside_total.items()
        if key.endswith(suffix) and node.value
    ]
    return (" en " if dutch else " and ").join(found)
