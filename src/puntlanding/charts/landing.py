"""The chance that each group, and the whole, ends below, within or above a band around its budget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import altair as alt

from puntlanding.charts.estimates import groups_told, known_on, percent, total_name, whole
from puntlanding.charts.picture import Column, Picture, data, plain
from puntlanding.charts.style import INK, OURS, OVER, ROW, UNDER, WIDTH, beside, name_axis, number_axis
from puntlanding.forecast.outlook import Beside, Outlook
from puntlanding.forecast.result import Landing
from puntlanding.language.notation import Language
from puntlanding.quantities import ONE

_PLACES = ("under", "within", "over")
_SIGNS = {
    "under": "▼ ",
    "within": "",
    "over": "▲ ",
}  # beside colour and place: a bar that is all of one piece has no other side
_LEAST = {"under": 13, "within": 7, "over": 13}  # percent: a narrower piece has no room for its sign and number
_TITLES = {
    "group": ("vakgroep", "group"),
    "under": ("eronder", "below"),
    "within": ("binnen de band", "within the band"),
    "over": ("erboven", "above"),
}


def landing(outlook: Outlook, source: str, language: Language = Language.DUTCH) -> Picture:
    """A group without a budget has no chances, and says so. Raises ValueError where nothing has a budget."""
    which = 0 if language is Language.DUTCH else 1
    everything = [*(row.beside for row in outlook.rows), outlook.total]
    if all(one.chances is None for one in everything):
        raise ValueError("without a budget there is nothing to land on")
    names = beside([*(row.name for row in outlook.rows), total_name(which)])
    told = [name.replace("\n", " ") for name in names]
    return Picture(
        name="kans-op-puntlanding",
        title=_title(outlook, which, language),
        subtitle=_subtitle(outlook, which, language),
        source=source,
        words="; ".join(f"{name}: {_told(one, which)}" for name, one in zip(told, everything, strict=True)),
        chart=_chart(names, everything, which),
        columns=(Column("group", _TITLES["group"][which]), *(Column(key, f"{_TITLES[key][which]} (%)", 1) for key in _PLACES)),
        rows=tuple(_row(name, one.chances) for name, one in zip(told, everything, strict=True)),
        language=language,
    )  # fmt: skip


def _row(name: str, chances: Landing | None) -> Mapping[str, Fraction | str | None]:
    """Percents that add up to one hundred, exactly."""
    if chances is None:
        return {"group": name, **dict.fromkeys(_PLACES, None)}
    under, within = whole(chances.under), whole(chances.within)
    return {"group": name, "under": 100 * under, "within": 100 * within, "over": 100 * (ONE - under - within)}


def _chart(names: Sequence[str], ones: Sequence[Beside], which: int) -> Any:
    pieces, without = [], []
    for name, one in zip(names, ones, strict=True):
        if one.chances is None:
            without.append({"group": name, "told": _told(one, which), "at": 0})
            continue
        at = Fraction(0)
        shown = dict(zip(_PLACES, one.chances.whole_percents, strict=True))
        for place, part in list(_row(name, one.chances).items())[1:]:
            share = part if isinstance(part, Fraction) else Fraction(0)
            pieces.append(
                {
                    "group": name, "place": place, "name": _TITLES[place][which], "from": plain(at), "to": plain(at + share),
                    "middle": plain(at + share / 2), "told": f"{_SIGNS[place]}{shown[place]}",
                    "fits": shown[place] >= _LEAST[place], "dark": place == "within",
                }
            )  # fmt: skip
            at += share
    order = alt.Y("group:N", sort=list(names), title=None, axis=name_axis(), scale=alt.Scale(domain=list(names)))
    x = alt.Scale(domain=[0, 100], nice=False)
    base = alt.Chart(data(pieces)).encode(y=order)
    # Left is below, right is above; the band between them is the dark one: without colours it reads the same.
    fills = alt.Scale(domain=list(_PLACES), range=[UNDER, OURS, OVER])
    bar = base.mark_bar(height=16, stroke="white", strokeWidth=1).encode(
        x=alt.X("from:Q", title=("kans (%)", "chance (%)")[which], scale=x, axis=number_axis(grid=False)),
        x2="to:Q",
        color=alt.Color("place:N", scale=fills, legend=None),
        opacity=alt.condition("datum.dark", alt.value(1), alt.value(0.4)),
        tooltip=[
            alt.Tooltip("group:N", title=_TITLES["group"][which]),
            alt.Tooltip("name:N", title=" "),
            alt.Tooltip("told:N", title=("kans (%)", "chance (%)")[which]),
        ],
    )
    words = base.transform_filter("datum.fits").mark_text(fontSize=11).encode(
        x="middle:Q", text="told:N", color=alt.condition("datum.dark", alt.value("white"), alt.value(INK))
    )  # fmt: skip
    layers = [bar, words]
    if without:
        said = alt.Chart(data(without)).encode(y=order).mark_text(align="left", dx=4, color=INK)
        layers.append(said.encode(x=alt.X("at:Q", scale=x), text="told:N"))
    return alt.layer(*layers).properties(width=WIDTH - 120, height=ROW * len(names))


def _told(one: Beside, which: int) -> str:
    if one.chances is None:
        return ("geen begroting, dus geen kans", "no budget, so no chance")[which]
    shown = one.chances.whole_percents
    return ", ".join(f"{_TITLES[key][which]} {share} %" for key, share in zip(_PLACES, shown, strict=True))


def _band(outlook: Outlook, language: Language) -> str:
    band = whole(outlook.band)
    return percent(band, 0 if (band * 100).denominator == 1 else 1, language)


def _title(outlook: Outlook, which: int, language: Language) -> str:
    band, chances = _band(outlook, language), outlook.total.chances
    if chances is not None:
        under, within, over = chances.whole_percents
        return (
            f"De kans om binnen ±{band} van de begroting te landen is {within} %: eronder {under} %, erboven {over} %",
            f"The chance of landing within ±{band} of the budget is {within} %: below {under} %, above {over} %",
        )[which]
    known = [row.beside.chances for row in outlook.rows if row.beside.chances is not None]
    likely = sum(1 for one in known if one.within > max(one.under, one.over))
    of = groups_told(len(known), which)
    return (
        f"Bij {likely} van {of} is landen binnen ±{band} van de begroting het waarschijnlijkst",
        f"For {likely} of {of} landing within ±{band} of the budget is the most likely",
    )[which]


def _subtitle(outlook: Outlook, which: int, language: Language) -> str:
    band, known = _band(outlook, language), known_on(outlook, which, language)
    return (
        f"Kans in procenten, {known}. ▼\u00a0eronder; donker: binnen ±{band} van de begroting; ▲\u00a0erboven.",
        f"Chance in percents, {known}. ▼\u00a0below; dark: within ±{band} of the budget; ▲\u00a0above.",
    )[which]
