"""The account of a year: what was worked out again, the method in ten sentences, and the tables that were read."""

from __future__ import annotations

from collections.abc import Iterator

from puntlanding.explain import Node, leaves, recompute
from puntlanding.language.notation import number
from puntlanding.quantities import ZERO
from puntlanding.report.dossier import Dossier
from puntlanding.report.pdf.blocks import Block, Head, table
from puntlanding.report.pdf.saying import Say
from puntlanding.stage import Stage


def checks(dossier: Dossier, say: Say) -> Iterator[str]:
    """Each is worked out here. Raises ArithmeticError where one does not hold: that would be a fault of the program."""
    yield _again(dossier, say)
    if dossier.has(Stage.SETTLE):
        settlement = dossier.year.settlement
        _holds(sum((row.line.paid.value for row in settlement.rows), ZERO) == settlement.total.paid.value, "paid")
        yield say.pick(
            f"De betaalde norm fte van de vakgroepen zijn samen het totaal: {say.fte(settlement.total.paid)}.",
            f"The paid norm fte of the groups are together the total: {say.fte(settlement.total.paid)}.",
        )
    if dossier.has(Stage.DISTRIBUTE):
        yield _to_the_cent(dossier, say)


def _again(dossier: Dossier, say: Say) -> str:
    """The last stage, with those below it: it is made of their numbers."""
    root, what, shown = _last(dossier, say)
    _holds(recompute(root) == root.value, root.term)
    count = number(len({leaf.source for leaf in leaves(root) if leaf.source}), 0, say.language)
    return say.pick(
        f"{what} ({shown}) is opnieuw berekend uit {count} broncellen en afspraken: precies gelijk.",
        f"{what} ({shown}) was worked out again from {count} source cells and settings: exactly equal.",
    )


def _last(dossier: Dossier, say: Say) -> tuple[Node, str, str]:
    if dossier.has(Stage.DISTRIBUTE):
        paid = dossier.year.distribution.total.paid
        what = say.pick("De verdeling, met afrekening en begroting", "The distribution, with settlement and budget")
        return paid, what, say.euro(paid)
    if dossier.has(Stage.SETTLE):
        node = dossier.year.settlement.total.paid
        return (
            node,
            say.pick("De afrekening, met de begroting", "The settlement, with the budget"),
            f"{say.fte(node)} norm fte",
        )
    if dossier.has(Stage.BUDGET):
        scored = dossier.year.budget.total.scored
        if scored is not None:
            return scored, say.pick("De begroting", "The budget"), f"{say.fte(scored)} norm fte"
    ratio = dossier.year.monitoring.total.ratio
    if ratio is None:
        raise ValueError("a report of a year without a number")
    return ratio, say.pick("De prognose", "The forecast"), say.percent(ratio)


def _to_the_cent(dossier: Dossier, say: Say) -> str:
    found = dossier.year.distribution
    before = found.total.paid.value + found.total.costs.value
    stays = sum((node.value for node in found.stays.values()), ZERO)
    brings = sum((node.value for node in found.brings.values()), ZERO)
    _holds(before + found.unpaid.value + stays == found.frame.value + brings, "frame")
    _holds(sum((row.paid.value for row in found.rows), ZERO) == found.total.paid.value, "amounts")
    return say.pick(
        "Wat de vakgroepen krijgen, de algemene kosten en wat blijft staan zijn samen op de cent het kader en wat van buiten komt.",
        "What the groups get, the general costs and what stays are together, to the cent, the frame and what comes from outside.",
    )


def _holds(equal: bool, what: str) -> None:
    if not equal:
        raise ArithmeticError(what)


def method(say: Say) -> list[str]:
    """[CB] in ten sentences."""
    nl = [
        "Ieder zorgproduct en iedere ondersteunende verrichting heeft een landelijke normtijd in minuten.",
        "Aantal maal normtijd geeft normuren per vakgroep.",
        "Normuren gedeeld door de benchmark, de normuren per fte van vergelijkbare vakgroepen, geeft norm fte.",
        "Een score voor efficiency en passende zorg kan norm fte verhogen of verlagen.",
        "De begroting in norm fte wordt vooraf vastgesteld, per vakgroep en per contract met een verzekeraar.",
        "Na het jaar wordt de realisatie op dezelfde wijze in norm fte uitgedrukt.",
        "Het contract bepaalt hoeveel van de realisatie wordt betaald; elk contract heeft zijn eigen regel.",
        "Waar dat is afgesproken betaalt onderproductie van de een de meerproductie van de ander.",
        "Het kader in euro’s wordt verdeeld op betaalde norm fte, op zorgverlening-fte en op de afgesproken onderdelen.",
        "Alles is exact gerekend; alleen centen worden afgerond, zo dat zij samen kloppen.",
    ]
    en = [
        "Every care product and every supporting procedure has a national norm time in minutes.",
        "Volume times norm time gives norm hours by group.",
        "Norm hours divided by the benchmark, the norm hours per fte of comparable groups, give norm fte.",
        "A score for efficiency and appropriate care can raise or lower norm fte.",
        "The budget in norm fte is set beforehand, by group and by contract with an insurer.",
        "After the year the realisation is expressed in norm fte in the same way.",
        "The contract decides how much of the realisation is paid; each contract has its own rule.",
        "Where that was agreed, under-production of some pays for over-production of others.",
        "The frame in euros is divided on paid norm fte, on care fte and by the components that were agreed.",
        "Everything is computed exactly; only cents are rounded, so that they add up.",
    ]
    return [nl, en][say.which]


def tables_read(dossier: Dossier, say: Say) -> Block:
    heads = [
        Head((say.pick("tabel", "table"),), right=False, width=1), Head((say.pick("bestand", "file"),), right=False, width=1.4),
        Head((say.pick("code (SHA-256, eerste 24 tekens)", "code (SHA-256, first 24 signs)"),), right=False),
    ]  # fmt: skip
    rows = [[one.table, one.file, one.hash[:24]] for one in dossier.provenance.tables]
    return table(heads, rows, size=8)
