"""The capacity budget by group: norm fte, beside the care fte of the formation where it is known."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt

from puntlanding.budget import Capacity
from puntlanding.charts.picture import Column, Picture, data, exact, plain
from puntlanding.charts.style import GREY, INK, OURS, ROW, WIDTH
from puntlanding.explain import Node
from puntlanding.language.notation import Language, number


def budget_by_group(
    budget: Capacity, source: str, language: Language = Language.DUTCH, care_fte: Mapping[str, Node] | None = None
) -> Picture:
    """``care_fte``: by group. Groups whose norm fte is not known (no benchmark) are drawn without a bar, and said."""
    which = 0 if language is Language.DUTCH else 1
    care = care_fte or {}
    titles = (
        ("vakgroep", "begroot (norm fte)", "zorgverlening-fte"),
        ("group", "budgeted (norm fte)", "care fte"),
    )[which]
    rows = [
        {
            "group": row.name,
            "fte": plain(row.scored),
            "care": plain(care.get(row.name)),
            "told": _told(row.scored, which, language),
        }
        for row in budget.rows
    ]
    base = alt.Chart(data(rows)).encode(
        y=alt.Y("group:N", sort=[row.name for row in budget.rows], title=None),
        tooltip=[
            alt.Tooltip("group:N", title=titles[0]),
            alt.Tooltip("told:N", title=titles[1]),
            *([alt.Tooltip("care:Q", title=titles[2], format=",.2f")] if care else []),
        ],
    )
    bar = base.mark_bar(height=12, color=OURS).encode(x=alt.X("fte:Q", title="norm fte", axis=alt.Axis(format=",.0f")))
    words = base.mark_text(align="left", dx=6, color=INK).encode(x=alt.X("fte:Q"), text="told:N")
    layers = [bar, words]
    if care:
        layers.insert(1, base.mark_tick(thickness=3, size=20, color=GREY).encode(x="care:Q"))
    return Picture(
        name="begroting-per-vakgroep",
        title=_title(budget, which, language),
        subtitle=_subtitle(bool(care), which),
        source=source,
        words="; ".join(f"{row['group']} {row['told']}" for row in rows),
        chart=alt.layer(*layers).properties(width=WIDTH - 40, height=ROW * len(rows)),
        columns=(Column("group", titles[0]), Column("fte", titles[1], 2), *([Column("care", titles[2], 2)] if care else [])),
        rows=tuple(
            {"group": row.name, "fte": exact(row.scored), "care": exact(care.get(row.name))} for row in budget.rows
        ),
        language=language,
    )  # fmt: skip


def _told(node: Node | None, which: int, language: Language) -> str:
    return ("niet bekend", "not known")[which] if node is None else number(node.value, 2, language)


def _title(budget: Capacity, which: int, language: Language) -> str:
    known = [row for row in budget.rows if row.scored is not None]
    if budget.total.scored is None:
        return (
            f"Van {len(budget.rows) - len(known)} vakgroepen is de begroting in norm fte niet bekend",
            f"The budget in norm fte of {len(budget.rows) - len(known)} groups is not known",
        )[which]
    whole = number(budget.total.scored.value, 2, language)
    return (
        f"Begroot is {whole} norm fte voor {len(known)} vakgroepen",
        f"{whole} norm fte are budgeted for {len(known)} groups",
    )[which]


def _subtitle(care: bool, which: int) -> str:
    bar = ("Norm fte per vakgroep na weging (balk)", "Norm fte per group after scoring (bar)")[which]
    return bar + (("; zorgverlening-fte (streepje)", "; care fte (tick)")[which] if care else "")
