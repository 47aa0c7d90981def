"""Closed, in flight and still to open, of each group and of the whole, against the budget and with the interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import altair as alt

from puntlanding.charts.estimates import (
    LIES,
    MARKS,
    forecast,
    groups_told,
    hours_told,
    known_on,
    parts,
    percent,
    total_name,
    whole,
)
from puntlanding.charts.picture import Column, Picture, data, plain
from puntlanding.charts.style import GREY, INK, OURS, OURS_PALE, OUTSIDE, ROW, WIDTH, beside, name_axis, number_axis
from puntlanding.forecast.outlook import Beside, Outlook
from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import visible

_TITLES = {
    "group": ("vakgroep", "group"),
    "closed": ("afgesloten", "closed"),
    "in_flight": ("onderhanden", "in flight"),
    "to_open": ("nog te openen", "still to open"),
    "forecast": ("prognose", "forecast"),
    "low": ("80 % van", "80 % from"),
    "high": ("80 % tot", "80 % to"),
    "budget": ("begroting", "budget"),
}
_PARTS = ("closed", "in_flight", "to_open")
_NUMBERS = (*_PARTS, "forecast", "low", "high", "budget")


@dataclass(frozen=True, slots=True)
class _Scale:
    """Percents of the own budget, so that small and large groups read alike; norm hours where no group has a budget."""

    shares: bool

    def at(self, hours: Fraction, one: Beside) -> Fraction:
        return 100 * hours / (one.budget or 1) if self.shares else hours

    def draws(self, one: Beside) -> bool:
        return bool(one.budget) or not self.shares


def forecast_parts(outlook: Outlook, source: str, language: Language = Language.DUTCH) -> Picture:
    """A group without a budget has no bar beside groups that have one; its hours are told."""
    which = 0 if language is Language.DUTCH else 1
    ones = [row.beside for row in outlook.rows]
    everything = [*ones, outlook.total]
    scale = _Scale(any(one.budget for one in ones))
    names = beside([*(one.name for one in ones), total_name(which)])
    return Picture(
        name="prognose-delen",
        title=_title(outlook, which, language),
        subtitle=_subtitle(outlook, scale, which, language),
        source=source,
        words="; ".join(_told(name, one, which, language) for name, one in zip(names, everything, strict=True)).replace("\n", " "),
        # In hours the whole would leave no room for the groups.
        chart=_chart(*((names, everything) if scale.shares else (names[:-1], ones)), scale, which, language),
        columns=(Column("group", _TITLES["group"][which]), *(Column(key, f"{_TITLES[key][which]} ({_hours(which)})", 0) for key in _NUMBERS)),
        rows=tuple(_row(name.replace("\n", " "), one) for name, one in zip(names, everything, strict=True)),
        language=language,
    )  # fmt: skip


def _hours(which: int) -> str:
    return ("normuren", "norm hours")[which]


def _row(name: str, one: Beside) -> Mapping[str, Fraction | str | None]:
    bounds = one.estimate.interval80
    numbers = (
        *parts(one.estimate), forecast(one.estimate), whole(bounds.low), whole(bounds.high), one.budget,
    )  # fmt: skip
    return {"group": name, **dict(zip(_NUMBERS, numbers, strict=True))}


def _chart(names: Sequence[str], ones: Sequence[Beside], scale: _Scale, which: int, language: Language) -> Any:
    rows, pieces = [], []
    for name, one in zip(names, ones, strict=True):
        told = _beside_bar(one, scale, which, language)
        if not scale.draws(one):
            rows.append({"group": name, "told": told, "off": False, "at": 0.0})
            continue
        bounds = one.estimate.interval80
        low, high = (scale.at(whole(hours), one) for hours in (bounds.low, bounds.high))
        budget = None if one.budget is None else scale.at(one.budget, one)
        row = {"low": low, "high": high, "budget": budget, "at": max(high, budget or high)}
        rows.append(
            {"group": name, "told": told, "off": one.signal is not None, **{k: plain(v) for k, v in row.items()}}
        )
        pieces += _pieces(name, one, scale, which, language)
    base = alt.Chart(data(rows)).encode(y=alt.Y("group:N", sort=list(names), title=None, axis=name_axis()))
    bars = alt.Chart(data(pieces)).encode(y=alt.Y("group:N", sort=list(names), title=None, axis=name_axis()))
    title = ("% van de begroting", "% of the budget")[which] if scale.shares else _hours(which)
    fills = alt.Scale(domain=list(_PARTS), range=[OURS, OURS_PALE, "white"])
    bar = bars.mark_bar(height=13, stroke=OURS, strokeWidth=0.8).encode(
        x=alt.X("from:Q", title=title, scale=alt.Scale(zero=True), axis=number_axis()),
        x2="to:Q",
        color=alt.Color("part:N", scale=fills, legend=None),
        tooltip=[
            alt.Tooltip("group:N", title=_TITLES["group"][which]),
            alt.Tooltip("name:N", title=" "),
            alt.Tooltip("hours:N", title=_hours(which)),
        ],
    )
    known = base.transform_filter("isValid(datum.low)")
    line = known.mark_rule(color=INK, strokeWidth=1.6).encode(x="low:Q", x2="high:Q")
    ends = [
        known.mark_tick(color=INK, thickness=1.6, size=8, opacity=1).encode(x=f"{end}:Q") for end in ("low", "high")
    ]
    marks = alt.condition("datum.off", alt.value(OUTSIDE), alt.value(GREY))
    budget = (
        base.transform_filter("isValid(datum.budget)")
        .mark_tick(thickness=3, size=21, opacity=1)
        .encode(x="budget:Q", color=marks)
    )
    words = base.mark_text(align="left", dx=8, color=INK).encode(x="at:Q", text="told:N")
    return alt.layer(bar, budget, line, *ends, words).properties(width=WIDTH - 180, height=ROW * len(rows))


def _pieces(name: str, one: Beside, scale: _Scale, which: int, language: Language) -> list[dict[str, object]]:
    at = Fraction(0)
    found: list[dict[str, object]] = []
    for part, hours in zip(_PARTS, parts(one.estimate), strict=True):
        ends = [plain(scale.at(end, one)) for end in (at, at + hours)]
        found.append(
            {
                "group": name, "part": part, "name": _TITLES[part][which], "from": ends[0], "to": ends[1],
                "hours": hours_told(hours, language),
            }
        )  # fmt: skip
        at += hours
    return found


def _beside_bar(one: Beside, scale: _Scale, which: int, language: Language) -> str:
    hours = hours_told(forecast(one.estimate), language)
    if scale.shares and not one.budget:
        none = ("niets begroot", "nothing budgeted") if one.budget is not None else ("geen begroting", "no budget")
        return f"{hours} {_hours(which)}, {none[which]}"
    told = number(scale.at(forecast(one.estimate), one), 1, language) if scale.shares else hours
    return told if one.signal is None else f"{told} {MARKS[one.signal]}"


def _title(outlook: Outlook, which: int, language: Language) -> str:
    total, off = outlook.total, len(outlook.signals)
    hours = hours_told(forecast(total.estimate), language)
    if total.budget:
        share = percent(forecast(total.estimate) / total.budget, 1, language)
        first = (f"De prognose is {share} van de begroting", f"The forecast is {share} of the budget")[which]
    else:
        first = (f"De prognose is {hours} normuren", f"The forecast is {hours} norm hours")[which]
    if all(row.beside.budget is None for row in outlook.rows):
        return first
    of = groups_told(len(outlook.rows), which)
    return (
        first
        + (
            f"; bij {off} van {of} ligt de begroting buiten het 80 %-interval",
            f"; for {off} of {of} the budget lies outside the 80 % interval",
        )[which]
    )


def _subtitle(outlook: Outlook, scale: _Scale, which: int, language: Language) -> str:
    unit = ("Procenten van de begroting", "Percents of the budget")[which]
    first = unit if scale.shares else _hours(which).capitalize()
    signs = (
        "Donker: afgesloten; licht: onderhanden; wit: nog te openen (ondersteuners: te doen). Zwarte lijn: 80 %-interval.",
        "Dark: closed; light: in flight; white: still to open (supporting groups: to be done). Black line: 80 % interval.",
    )[which]
    if any(row.beside.budget is not None for row in outlook.rows):
        signs += (
            " Streepje: begroting; amber, met ▲ of ▼, waar die buiten het interval ligt.",
            " Tick: budget; amber, with ▲ or ▼, where it lies outside the interval.",
        )[which]
    return f"{first}, {known_on(outlook, which, language)}. {signs}"


def _told(name: str, one: Beside, which: int, language: Language) -> str:
    told = ", ".join(
        f"{_TITLES[key][which]} {hours_told(hours, language)}"
        for key, hours in zip(_PARTS, parts(one.estimate), strict=True)
    )
    expected = hours_told(forecast(one.estimate), language)
    budget = ("geen begroting", "no budget")[which]
    if one.budget is not None:
        budget = f"{_TITLES['budget'][which]} {hours_told(one.budget, language)}"
    lies = "" if one.signal is None else f", {LIES[one.signal][which]}"
    return f"{visible(name.replace(chr(10), ' '))}: {told}, {_TITLES['forecast'][which]} {expected}, {budget}{lies}"
