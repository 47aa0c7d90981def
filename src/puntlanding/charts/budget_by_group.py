"""The capacity budget by group: norm fte, beside the care fte of the formation where it is known."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt

from puntlanding.budget import Capacity
from puntlanding.charts.picture import Column, Picture, data, exact, plain
from puntlanding.charts.style import INK, OURS, ROW, WIDTH, beside, name_axis, number_axis
from puntlanding.explain import Node
from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import visible


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
    names = beside([row.name for row in budget.rows])
    rows = [
        {
            "group": name,
            "fte": plain(row.scored),
            "at": max(plain(row.scored) or 0.0, plain(care.get(row.name)) or 0.0),
            "care": plain(care.get(row.name)),
            "told": _told(row.scored, which, language),
        }
        for name, row in zip(names, budget.rows, strict=True)
    ]
    base = alt.Chart(data(rows)).encode(
        y=alt.Y("group:N", sort=names, title=None, axis=name_axis()),
        tooltip=[
            alt.Tooltip("group:N", title=titles[0]),
            alt.Tooltip("told:N", title=titles[1]),
            *([alt.Tooltip("care:Q", title=titles[2], format=",.2f")] if care else []),
        ],
    )
    bar = base.mark_bar(height=12, color=OURS).encode(x=alt.X("fte:Q", title="norm fte", axis=number_axis()))
    words = base.mark_text(align="left", dx=6, color=INK).encode(x="at:Q", text="told:N")
    layers = [bar, words]
    if care:
        layers.insert(1, base.mark_tick(thickness=5, size=20, color="white").encode(x="care:Q"))
        layers.insert(2, base.mark_tick(thickness=3, size=20, color=INK).encode(x="care:Q"))
    return Picture(
        name="begroting-per-vakgroep",
        title=_title(budget, which, language),
        subtitle=_subtitle(bool(care), which),
        source=source,
        words="; ".join(_words(row.name, row.scored, care.get(row.name), which, language) for row in budget.rows),
        chart=alt.layer(*layers).properties(width=WIDTH - 40, height=ROW * len(rows)),
        columns=(Column("group", titles[0]), Column("fte", titles[1], 2), *([Column("care", titles[2], 2)] if care else [])),
        rows=tuple(
            {"group": row.name, "fte": exact(row.scored), "care": exact(care.get(row.name))} for row in budget.rows
        ),
        language=language,
    )  # fmt: skip


def _told(node: Node | None, which: int, language: Language) -> str:
    return ("niet bekend", "not known")[which] if node is None else number(node.value, 2, language)


def _words(name: str, fte: Node | None, care: Node | None, which: int, language: Language) -> str:
    told = f"{visible(name)} {_told(fte, which, language)}"
    if care is None:
        return told
    return f"{told} ({number(care.value, 2, language)} {('zorgverlening-fte', 'care fte')[which]})"


def _groups(count: int, which: int) -> str:
    return (f"{count} vakgroep{'en' if count != 1 else ''}", f"{count} group{'s' if count != 1 else ''}")[which]


def _title(budget: Capacity, which: int, language: Language) -> str:
    known = [row for row in budget.rows if row.scored is not None]
    if budget.total.scored is None:
        unknown = _groups(len(budget.rows) - len(known), which)
        return (
            f"Van {unknown} is de begroting in norm fte niet bekend",
            f"The budget in norm fte of {unknown} is not known",
        )[which]
    whole, every = number(budget.total.scored.value, 2, language), _groups(len(known), which)
    return (f"Begroot is {whole} norm fte voor {every}", f"{whole} norm fte are budgeted for {every}")[which]


def _subtitle(care: bool, which: int) -> str:
    bar = ("Norm fte per vakgroep na weging (balk)", "Norm fte per group after scoring (bar)")[which]
    return bar + (("; zorgverlening-fte (streepje)", "; care fte (tick)")[which] if care else "")
