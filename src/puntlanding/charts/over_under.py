"""Over and under: what each group realised, its budget and what it is paid, on one line each (screens.md, "Settlement")."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from puntlanding.charts.picture import Column, Picture, data, exact, plain
from puntlanding.charts.style import GREY, INK, OURS, OVER, PALE, ROW, UNDER, WIDTH, beside, name_axis, number_axis
from puntlanding.explain import Node
from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import visible
from puntlanding.settlement import Settlement
from puntlanding.settlement.lines import Line

_WORDS = {
    "realised": ("gerealiseerd", "realised"),
    "budgeted": ("begroot", "budgeted"),
    "paid": ("betaald", "paid"),
    "group": ("vakgroep", "group"),
}


def over_under(settlement: Settlement, source: str, language: Language = Language.DUTCH) -> Picture:
    """Norm fte after scoring. Raises ValueError where nothing was realised: then there is nothing to compare."""
    which = 0 if language is Language.DUTCH else 1
    lines = [one.line for one in settlement.rows]
    if all(line.realised is None for line in lines):
        raise ValueError("a settlement without realisation has no over and under")
    names = beside([line.group for line in lines])
    rows = [
        {
            "group": name,
            "realised": plain(line.realised),
            "budgeted": plain(line.budgeted),
            "paid": plain(line.paid),
            "side": "over" if line.realised is not None and line.realised.value > line.budgeted.value else "under",
        }
        for name, line in zip(names, lines, strict=True)
    ]
    base = alt.Chart(data(rows)).encode(y=alt.Y("group:N", sort=names, title=None, axis=name_axis()))
    side = alt.Scale(domain=["over", "under"], range=[OVER, UNDER])
    # Without a realisation there is no way to go from the budget; a bar would end at nothing.
    span = (
        base.transform_filter("datum.realised !== null")
        .mark_bar(height=6)
        .encode(
            x=alt.X("budgeted:Q", title="norm fte", scale=alt.Scale(zero=True), axis=number_axis()),
            x2="realised:Q",
            color=alt.Color("side:N", scale=side, legend=None),
        )
    )
    realised = base.mark_point(filled=False, size=80, strokeWidth=1.8, color=INK, fill="white").encode(x="realised:Q")
    budget = base.mark_tick(thickness=3, size=18, color=GREY).encode(x="budgeted:Q")
    paid = base.mark_point(filled=True, size=60, color=OURS, opacity=1).encode(
        x="paid:Q",
        tooltip=[
            alt.Tooltip("group:N", title=_WORDS["group"][which]),
            *(
                alt.Tooltip(f"{key}:Q", title=_WORDS[key][which], format=",.2f")
                for key in ("realised", "budgeted", "paid")
            ),
        ],
    )
    chart = alt.layer(base.mark_rule(color=PALE, strokeWidth=0.6), span, budget, realised, paid)
    return Picture(
        name="over-onder",
        title=_title(settlement, which, language),
        subtitle=_subtitle(lines, which),
        source=source,
        words="; ".join(_told(line.group, line.realised, line.budgeted, line.paid, which, language) for line in lines),
        chart=chart.properties(width=WIDTH, height=ROW * len(rows)),
        columns=(
            Column("group", _WORDS["group"][which]),
            *(Column(key, f"{_WORDS[key][which]} (norm fte)", 2) for key in ("realised", "budgeted", "paid")),
        ),
        rows=tuple(
            {"group": line.group, "realised": exact(line.realised), "budgeted": exact(line.budgeted), "paid": exact(line.paid)}
            for line in lines
        ),
        language=language,
    )  # fmt: skip


def _subtitle(lines: Sequence[Line], which: int) -> str:
    told = (
        "Norm fte per vakgroep: ○ gerealiseerd, │ begroot, ● betaald. Oranje: boven de begroting; blauw: eronder.",
        "Norm fte per group: ○ realised, │ budgeted, ● paid. Orange: above the budget; blue: below it.",
    )[which]
    unknown = sum(1 for line in lines if line.realised is None)
    if not unknown:
        return told
    groups = _groups(unknown, which)
    return f"{told} " + (f"Van {groups} is geen realisatie bekend.", f"Of {groups} no realisation is known.")[which]


def _groups(count: int, which: int) -> str:
    return (f"{count} vakgroep{'en' if count != 1 else ''}", f"{count} group{'s' if count != 1 else ''}")[which]


def _title(settlement: Settlement, which: int, language: Language) -> str:
    lines = [one.line for one in settlement.rows]
    over = sum(1 for line in lines if line.realised is not None and line.realised.value > line.budgeted.value)
    under = sum(1 for line in lines if line.realised is not None and line.realised.value < line.budgeted.value)
    paid = number(settlement.total.paid.value, 2, language)
    every = _groups(len(lines), which)
    return (
        f"{over} van {every} boven de begroting, {under} eronder; betaald wordt {paid} norm fte",
        f"{over} of {every} above budget, {under} below; {paid} norm fte are paid",
    )[which]


def _told(group: str, realised: Node | None, budgeted: Node, paid: Node, which: int, language: Language) -> str:
    parts = (("realised", realised), ("budgeted", budgeted), ("paid", paid))
    unknown = ("niet bekend", "not known")[which]
    told = (
        f"{_WORDS[key][which]} {unknown if node is None else number(node.value, 2, language)}" for key, node in parts
    )
    return f"{visible(group)}: {', '.join(told)}"
