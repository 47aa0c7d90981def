"""Where the year is heading, as the case's own forecast has it: per group in per cent of its budget."""

from __future__ import annotations

from fractions import Fraction

import altair as alt

from puntlanding.charts.picture import Column, Picture, data, exact, plain
from puntlanding.charts.style import GREY, INK, OURS, OVER, PALE, ROW, UNDER, WIDTH, beside, name_axis, number_axis
from puntlanding.explain import Node
from puntlanding.forecast import Monitoring
from puntlanding.language.notation import Language, number

_BUDGET = 100
_UNKNOWN = ("niet te zeggen", "cannot be told")


def forecast_over_budget(monitoring: Monitoring, source: str, language: Language = Language.DUTCH) -> Picture:
    """A forecast without an interval: no group is said to land or not. Raises ValueError where no group has a ratio."""
    which = 0 if language is Language.DUTCH else 1
    if all(row.ratio is None for row in monitoring.rows):
        raise ValueError("no group has a budget to compare with")
    names = beside([row.name for row in monitoring.rows])
    rows = [
        {
            "group": name,
            "share": _share(row.ratio),
            "upto": max(_share(row.ratio) or _BUDGET, _BUDGET),
            "side": "over" if row.ratio is not None and row.ratio.value > 1 else "under",
            "told": _told(row.ratio, which, language),
        }
        for name, row in zip(names, monitoring.rows, strict=True)
    ]
    base = alt.Chart(data(rows)).encode(y=alt.Y("group:N", sort=names, title=None, axis=name_axis()))
    line = base.mark_rule(color=PALE, strokeWidth=0.6)
    share = alt.X(
        "share:Q",
        title=("% van de begroting", "% of the budget")[which],
        scale=alt.Scale(zero=False, nice=True),
        axis=number_axis(),
    )
    known = base.transform_filter("datum.share !== null")
    bar = known.mark_bar(height=6).encode(
        x=share,
        x2=alt.X2(datum=_BUDGET),
        color=alt.Color("side:N", scale=alt.Scale(domain=["over", "under"], range=[OVER, UNDER]), legend=None),
    )
    budget = base.mark_tick(thickness=2, size=ROW, color=GREY).encode(x=alt.X(datum=_BUDGET))
    point = known.mark_point(filled=True, size=60, color=OURS, opacity=1).encode(
        x=alt.X("share:Q"),
        tooltip=[
            alt.Tooltip("group:N", title=("vakgroep", "group")[which]),
            alt.Tooltip("told:N", title=("van de begroting", "of the budget")[which]),
        ],
    )
    words = base.mark_text(align="left", dx=10, color=INK).encode(x=alt.X("upto:Q"), text=alt.Text("told:N"))
    return Picture(
        name="prognose-ten-opzichte-van-begroting",
        title=_title(monitoring, which, language),
        subtitle=(
            "Prognose in procenten van de begroting: ● prognose, │ begroting. Oranje: erboven; blauw: eronder.",
            "Forecast in per cent of the budget: ● forecast, │ budget. Orange: above; blue: below.",
        )[which],
        source=source,
        words="; ".join(f"{row.name} {_told(row.ratio, which, language)}" for row in monitoring.rows),
        chart=alt.layer(line, bar, budget, point, words).properties(width=WIDTH - 60, height=ROW * len(rows)),
        columns=(
            Column("group", ("vakgroep", "group")[which]),
            Column("forecast", ("prognose (normuren)", "forecast (norm hours)")[which], 0),
            Column("budget", ("begroting (normuren)", "budget (norm hours)")[which], 0),
            Column("share", ("prognose ÷ begroting (%)", "forecast ÷ budget (%)")[which], 1),
        ),
        rows=tuple(
            {
                "group": row.name,
                "forecast": exact(row.forecast_hours),
                "budget": exact(row.budget_hours),
                "share": None if row.ratio is None else _percent(row.ratio),
            }
            for row in monitoring.rows
        ),
        language=language,
    )


def _percent(ratio: Node) -> Fraction:
    return Fraction(ratio.value) * 100


def _share(ratio: Node | None) -> float | None:
    return None if ratio is None else plain(_percent(ratio))


def _told(ratio: Node | None, which: int, language: Language) -> str:
    return _UNKNOWN[which] if ratio is None else f"{number(_percent(ratio), 1, language)}\u00a0%"


def _title(monitoring: Monitoring, which: int, language: Language) -> str:
    ratios = [row.ratio.value for row in monitoring.rows if row.ratio is not None]
    over, under = sum(1 for one in ratios if one > 1), sum(1 for one in ratios if one < 1)
    if monitoring.total.ratio is None:
        return (
            f"De prognose is van {over} vakgroepen boven de begroting en van {under} eronder",
            f"The forecast is above budget for {over} groups and below it for {under}",
        )[which]
    whole = _told(monitoring.total.ratio, which, language)
    groups = ("vakgroep" if len(ratios) == 1 else "vakgroepen", "group" if len(ratios) == 1 else "groups")[which]
    return (
        f"De prognose is {whole} van de begroting: {over} van {len(ratios)} {groups} erboven, {under} eronder",
        f"The forecast is {whole} of the budget: {over} of {len(ratios)} {groups} above it, {under} below",
    )[which]
