"""The pages for the board that are tables with a picture: settlement, euros, budget and forecast."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from puntlanding.charts.budget_by_group import budget_by_group
from puntlanding.charts.steps import Course, Step, only_real
from puntlanding.distribution import DistributionRow
from puntlanding.forecast import MonitoringRow
from puntlanding.quantities import ONE
from puntlanding.report.dossier import Dossier
from puntlanding.report.pdf.beside import expected, standing
from puntlanding.report.pdf.blocks import NO_BAR, Block, Cell, Head, length, picture, steps, table, text
from puntlanding.report.pdf.courses import component_names
from puntlanding.report.pdf.saying import Say
from puntlanding.settlement import Settlement
from puntlanding.settlement.lines import Line
from puntlanding.stage import Stage

MOST_DRAWN = 20  # groups in a picture that shares its page with the forecast; the table has them all
MOST_PARTS = 3  # columns of components in one table beside the main ones


def without(dossier: Dossier, stage: Stage, say: Say) -> Block:
    return text(say.pick("Dit staat er niet: ", "This is not here: ") + dossier.why_not(stage))


def _group(say: Say, width: float = 1) -> Head:
    return Head((say.pick("vakgroep", "group"),), right=False, width=width)


def settlement_tables(settlement: Settlement, say: Say) -> Iterator[Block]:
    heads = [
        _group(say),
        Head((say.pick("gerealiseerd", "realised"), "(norm fte)")),
        Head((say.pick("begroot", "budgeted"), "(norm fte)")),
        Head((say.pick("gerealiseerd", "realised"), say.pick("van begroot (%)", "of budget (%)"))),
        Head((say.pick("boven", "above"),)), Head((say.pick("onder", "below"),)), Head(("extra",)),
        Head((say.pick("betaald", "paid"), "(norm fte)")),
    ]  # fmt: skip
    rows = [_line(row.line.group, row.line, say) for row in settlement.rows]
    sums = [_line(say.pick("Totaal", "Total"), settlement.total, say)]
    yield table(heads, rows, sums, size=8.5)
    if len(settlement.contract_totals) > 1:
        heads[0] = Head((say.pick("contract", "contract"),), right=False, width=1)
        yield table(heads, [_line(one.group, one, say) for one in settlement.contract_totals], size=8.5)


def _line(name: str, line: Line, say: Say) -> list[str]:
    ratio = "–"
    if line.realised is not None and line.budgeted.value:
        ratio = say.percent(line.realised.value / line.budgeted.value).removesuffix("\u00a0%")
    between = (say.some(one) for one in (line.over, line.under, line.extra))
    return [name, say.fte(line.realised), say.fte(line.budgeted), ratio, *between, say.fte(line.paid)]


def frame_steps(dossier: Dossier, say: Say) -> Block:
    distribution = dossier.year.distribution
    names = component_names(distribution, say)

    def step(label: str, value: Fraction) -> Step:
        return Step(label, value / 100)

    outside, stays = say.pick("van buiten het kader", "from outside the frame"), say.pick("blijft staan", "stays")
    changes = [
        *(step(f"{outside}: {names[key]}", node.value) for key, node in distribution.brings.items()),
        step(say.pick("niet uitgekeerd", "not paid out"), -distribution.unpaid.value),
        *(step(f"{stays}: {names[key]}", -node.value) for key, node in distribution.stays.items()),
        step(say.pick("algemene kosten", "general costs"), -distribution.total.costs.value),
    ]
    begin = step(say.pick("kader", "frame"), distribution.frame.value)
    end = step(say.pick("naar de vakgroepen", "to the groups"), distribution.total.paid.value)
    return steps(Course(begin, only_real(changes), end), say.pick("euro", "euros"), say)


def amounts_table(dossier: Dossier, say: Say) -> Iterator[Block]:
    """The amounts; what components give in tables of their own, where there are more than a page is wide."""
    distribution = dossier.year.distribution
    names = component_names(distribution, say)
    keys = list(distribution.total.parts)
    apart = len(keys) > MOST_PARTS
    heads = [
        _group(say, 1.6),
        _money(say.pick("vast deel", "fixed part")),
        _money(say.pick("norm-fte-deel", "norm-fte part")),
    ]
    heads += [_money(say.pick("onderdelen", "components"))] if apart else [_money(names[key]) for key in keys]
    heads += [
        _money(say.pick("kosten", "costs")),
        _money(say.pick("bedrag", "amount")),
        Head(("",), right=False, width=0.5),
    ]
    most = max((row.paid.value for row in distribution.rows), default=ONE)

    def cells(row: DistributionRow, name: str) -> list[Cell]:
        parts = [row.parts[key].value for key in keys]
        shown = [sum(parts, Fraction(0))] if apart else parts
        return [
            name, say.amount(row.fixed), say.amount(row.norm), *(say.amount(one) for one in shown),
            say.amount(row.costs), say.amount(row.paid), NO_BAR if row is distribution.total else length(row.paid.value, most),
        ]  # fmt: skip

    total = say.pick("Totaal", "Total")
    caption = say.pick("Bedrag per vakgroep", "Amount by group")
    yield table(
        heads, [cells(row, row.name) for row in distribution.rows], [cells(distribution.total, total)], caption, 8.5
    )
    for at in range(0, len(keys), MOST_PARTS + 1) if apart else ():
        some = keys[at : at + MOST_PARTS + 1]
        yield table(
            [_group(say), *(_money(names[key]) for key in some)],
            [[row.name, *(say.amount(row.parts[key]) for key in some)] for row in distribution.rows],
            [[total, *(say.amount(distribution.total.parts[key]) for key in some)]],
            say.pick("Onderdelen, in hun volgorde", "Components, in their order"),
            8.5,
        )


def _money(title: str) -> Head:
    return Head((title, "(€)"))


def ahead(dossier: Dossier, say: Say) -> Iterator[Block]:
    if not dossier.has(Stage.BUDGET):
        yield without(dossier, Stage.BUDGET, say)
        return
    yield from expected(dossier, say)
    budget = dossier.year.budget
    care = {name: one.care_fte for name, one in dossier.year.formation.items()}
    if dossier.outlook is None or len(budget.rows) <= MOST_DRAWN:
        yield picture(budget_by_group(budget, dossier.source, dossier.language, care))
    scored = any(row.factor is not None for row in budget.rows)
    heads = [
        _group(say),
        Head((say.pick("normuren", "norm hours"),)),
        Head((say.pick("benchmark", "benchmark"), say.pick("(normuren/fte)", "(norm hours/fte)"))),
        Head(("norm fte",)),
    ]
    if scored:
        heads += [Head((say.pick("score (%)", "score (%)"),)), Head(("norm fte", say.pick("na score", "after score")))]
    if care:
        heads.append(Head((say.pick("zorgverlening-", "care"), "fte")))
    forecast = _forecast(dossier, say)
    if forecast:
        heads += [
            Head((say.pick("prognose", "forecast"), say.pick("(normuren)", "(norm hours)"))),
            Head((say.pick("van begroot", "of budget"), "(%)")),
        ]
    rows = []
    for row in (*budget.rows, budget.total):
        cells = [row.name, say.hours(row.hours), say.hours(row.rate), say.fte(row.norm_fte)]
        if scored:
            score = "–" if row.factor is None else say.percent(row.factor, 2).removesuffix("\u00a0%")
            cells += [score, say.fte(row.scored)]
        if care:
            cells.append(say.fte(care.get(row.name)))
        rows.append([*cells, *forecast.get(row.name if row is not budget.total else None, ())])
    rows[-1][0] = say.pick("Totaal", "Total")
    yield table(heads, rows[:-1], rows[-1:], size=8.5)
    if all(row.rate is None for row in budget.rows):
        yield text(
            say.pick(
                "De case heeft geen benchmark: de begroting is in norm fte opgegeven.",
                "The case has no benchmark: the budget was given in norm fte.",
            ),
            "small",
        )
    if not forecast:
        yield text(say.pick("Prognose", "Forecast"), "head")
        yield without(dossier, Stage.MONITOR, say)
    yield from standing(dossier, say)


def _forecast(dossier: Dossier, say: Say) -> dict[str | None, tuple[str, str]]:
    """Norm hours and their share of the budget, by group; the total under None. Empty where there is no forecast."""
    if not dossier.has(Stage.MONITOR):
        return {}

    def cells(row: MonitoringRow) -> tuple[str, str]:
        shown = "–" if row.ratio is None else say.percent(row.ratio).removesuffix("\u00a0%")
        return say.hours(row.forecast_hours), shown

    monitoring = dossier.year.monitoring
    return {row.name: cells(row) for row in monitoring.rows} | {None: cells(monitoring.total)}
