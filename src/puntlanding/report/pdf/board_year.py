"""The first page for the board: the year in a sentence, three numbers, and what asks for a decision."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from puntlanding.language.sentences import place, sentence
from puntlanding.language.terms import term
from puntlanding.report.dossier import Dossier
from puntlanding.report.headline import headline
from puntlanding.report.pdf.agreed import frozen
from puntlanding.report.pdf.blocks import Block, Cell, Head, beside, figures, table, text
from puntlanding.report.pdf.origin import left_out
from puntlanding.report.pdf.saying import Say, first_capital
from puntlanding.report.tables import table as stage_table
from puntlanding.settlement.lines import Line
from puntlanding.stage import Stage

MOST = 4  # groups or warnings in one sentence; the rest is counted
MOST_ON_PAGE, FURTHEST = 20, 10  # groups
FAR = Fraction(5, 100)  # of the budget: further from it asks for a talk


def headlines(dossier: Dossier) -> Iterator[str]:
    """The last thing that is known of the year, and the euros."""
    known = [stage for stage in (Stage.SETTLE, Stage.DISTRIBUTE) if dossier.has(stage)]
    if not known:
        known = [next(stage for stage in (Stage.MONITOR, Stage.BUDGET) if dossier.has(stage))]
    for stage in known:
        yield headline(stage_table(stage, dossier.year), dossier.language)


def three_numbers(dossier: Dossier, say: Say) -> Block | None:
    items: list[tuple[str, str]] = []
    if dossier.has(Stage.SETTLE):
        total = dossier.year.settlement.total
        if total.realised is not None and total.budgeted.value:
            ratio = say.percent(total.realised.value / total.budgeted.value)
            items.append((ratio, say.pick("gerealiseerd van de begroting", "of the budget realised")))
        items.append((say.fte(total.paid), say.pick("norm fte betaald", "norm fte paid")))
    elif dossier.has(Stage.BUDGET):
        scored = dossier.year.budget.total.scored
        items.append((say.fte(scored), say.pick("norm fte begroot", "norm fte budgeted")))
        if dossier.has(Stage.MONITOR) and (ratio_node := dossier.year.monitoring.total.ratio) is not None:
            items.append((say.percent(ratio_node), say.pick("prognose van de begroting", "forecast of the budget")))
    if dossier.has(Stage.DISTRIBUTE):
        paid = dossier.year.distribution.total.paid
        items.append((say.euro(paid), say.pick("naar de vakgroepen", "to the groups")))
    return figures(*items) if items else None


def each_group(dossier: Dossier, say: Say) -> Iterator[Block]:
    """A line for each group; where they are too many for one page, for those furthest from their budget."""
    if not dossier.has(Stage.SETTLE):
        return
    lines = [row.line for row in dossier.year.settlement.rows]
    ratios = {one.group: _ratio(one) for one in lines}
    title = say.pick("Elke vakgroep", "Each group")
    if len(lines) > MOST_ON_PAGE:
        off = {group: -abs(ratio - 1) for group, ratio in ratios.items() if ratio is not None}
        lines = sorted((one for one in lines if one.group in off), key=lambda one: off[one.group])[:FURTHEST]
        title = say.pick(
            f"De {len(lines)} vakgroepen die het verst van hun begroting uitkwamen",
            f"The {len(lines)} groups that came out furthest from their budget",
        )
    known = [abs(ratio - 1) for ratio in ratios.values() if ratio is not None]
    if not known:
        return
    reach = max(*known, FAR)
    amounts = {row.name: row.paid for row in dossier.year.distribution.rows} if dossier.has(Stage.DISTRIBUTE) else {}
    heads = [
        Head((say.pick("vakgroep", "group"),), right=False, width=1.2), Head((say.pick("begroot", "budgeted"), "(norm fte)")),
        Head((say.pick("onder ← begroting → boven", "below ← budget → above"),), right=False, width=1),
        Head((say.pick("gerealiseerd", "realised"), say.pick("van begroot (%)", "of budget (%)"))),
        Head((say.pick("betaald", "paid"), "(norm fte)")),
    ]  # fmt: skip
    if amounts:
        heads.append(Head((say.pick("bedrag", "amount"), "(€)")))
    rows: list[list[Cell]] = []
    for one in lines:
        ratio = ratios[one.group]
        shown = "–" if ratio is None else say.percent(ratio).removesuffix("\u00a0%")
        cells: list[Cell] = [one.group, say.fte(one.budgeted), beside(ratio, reach), shown, say.fte(one.paid)]
        rows.append([*cells, say.amount(amounts[one.group])] if amounts else cells)
    yield text(title, "head")
    yield table(heads, rows, size=8.5)


def _ratio(line: Line) -> Fraction | None:
    if line.realised is None or not line.budgeted.value:
        return None
    return line.realised.value / line.budgeted.value


def decisions(dossier: Dossier, say: Say) -> Iterator[str]:
    if dossier.has(Stage.SETTLE):
        yield from _not_paid(dossier, say)
        yield from _far_below(dossier, say)
    if dossier.has(Stage.DISTRIBUTE):
        yield from _left_standing(dossier, say)
    if not dossier.has(Stage.SETTLE) and dossier.has(Stage.MONITOR):
        yield from _not_landing(dossier, say)
    seal = dossier.provenance.seal
    if seal is None or not seal.complete:
        yield frozen(dossier)
    yield from left_out(dossier, tuple(Stage))
    yield from _warnings(dossier, say)


def _named(found: list[tuple[Fraction, str, str]], say: Say) -> str:
    """The largest first, each with its number."""
    ordered = sorted(found, key=lambda one: (-one[0], one[1]))
    return say.listed([f"{name} ({number})" for _, name, number in ordered], MOST)


def _not_paid(dossier: Dossier, say: Say) -> Iterator[str]:
    found = []
    for row in dossier.year.settlement.rows:
        if row.line.realised is not None:
            rest = row.line.realised.value - row.line.paid.value
            if rest > 0 and say.fte(rest) != say.fte(Fraction(0)):
                found.append((rest, row.line.group, say.fte(rest)))
    if found:
        count = say.groups(len(found))
        yield say.pick(
            f"Meer geleverd dan betaald bij {count} (norm fte): {_named(found, say)}.",
            f"More delivered than paid in {count} (norm fte): {_named(found, say)}.",
        )


def _far_below(dossier: Dossier, say: Say) -> Iterator[str]:
    found = []
    for row in dossier.year.settlement.rows:
        line = row.line
        if line.realised is not None and line.budgeted.value:
            short = 1 - line.realised.value / line.budgeted.value
            if short > FAR:
                found.append((short, line.group, say.percent(short)))
    if found:
        bound = say.percent(FAR, 0)
        yield say.pick(
            f"Meer dan {bound} onder de begroting: {_named(found, say)}. Blijft de begroting van volgend jaar zo?",
            f"More than {bound} below the budget: {_named(found, say)}. Does next year's budget stay as it is?",
        )


def _left_standing(dossier: Dossier, say: Say) -> Iterator[str]:
    distribution = dossier.year.distribution
    names = {one.key: one.name or term(one.component.term, dossier.language) for one in distribution.components}
    left = [(names[key], node) for key, node in distribution.stays.items() if node.value]
    if distribution.unpaid.value:
        left.insert(0, (say.pick("niet uitgekeerd", "not paid out"), distribution.unpaid))
    if left:
        told = say.listed([f"{name} {say.euro(node)}" for name, node in left])
        yield say.pick(
            f"Wat blijft staan heeft een bestemming nodig: {told}.", f"What stays needs a destination: {told}."
        )  # fmt: skip


def _not_landing(dossier: Dossier, say: Say) -> Iterator[str]:
    found = []
    for row in dossier.year.monitoring.rows:
        if row.ratio is not None and abs(row.ratio.value - 1) > FAR:
            found.append((abs(row.ratio.value - 1), row.name, say.percent(row.ratio)))
    if found:
        bound = say.percent(FAR, 0)
        yield say.pick(
            f"Prognose meer dan {bound} naast de begroting: {_named(found, say)}.",
            f"Forecast more than {bound} away from the budget: {_named(found, say)}.",
        )


def _warnings(dossier: Dossier, say: Say) -> Iterator[str]:
    for one in dossier.warnings[:MOST]:
        yield f"{place(one, dossier.language)}. {first_capital(sentence(one, dossier.language))}"
    more = len(dossier.warnings) - MOST
    if more > 0:
        yield say.pick(f"En nog {more} opmerkingen bij de gegevens.", f"And {more} more notes on the data.")
