"""The year's forecast as it was on each cut-off day, with its bounds, against the budget and, after the year, the outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import altair as alt

from puntlanding.charts.estimates import LIES, forecast, hours_told, of_the_budget, percent, whole
from puntlanding.charts.picture import Column, Picture, data, plain
from puntlanding.charts.style import GREY, INK, OURS, OURS_PALE, OUTSIDE, PALE, WIDTH, number_axis
from puntlanding.forecast.outlook import Beside, Outlook
from puntlanding.forecast.result import FanPoint
from puntlanding.forecast.signals import signal
from puntlanding.language.notation import Language, day
from puntlanding.language.sentences import visible

HEIGHT = 280
_TITLES = {
    "day": ("bekend op", "known on"),
    "forecast": ("prognose", "forecast"),
    "low80": ("80 % van", "80 % from"),
    "high80": ("80 % tot", "80 % to"),
    "low95": ("95 % van", "95 % from"),
    "high95": ("95 % tot", "95 % to"),
    "budget": ("begroting", "budget"),
    "outcome": ("uitkomst", "outcome"),
}
_BOUNDS = ("low80", "high80", "low95", "high95")


def forecast_fan(
    outlook: Outlook,
    source: str,
    language: Language = Language.DUTCH,
    group: str | None = None,
    outcome: Fraction | None = None,
) -> Picture:
    """Norm hours; of the whole without ``group``. ``outcome``: what the year came to, where it is known from later records; a
    forecast of which all is closed is the outcome itself.

    Raises KeyError for an unknown group, and ValueError where there is no forecast of it.
    """
    which = 0 if language is Language.DUTCH else 1
    one, course = _asked(outlook, group)
    if not course:
        raise ValueError("no forecast of this group: there is nothing to draw")
    came_to = outcome if outcome is not None else _closed(outlook, one)
    rows = [_row(point, one.budget, came_to) for point in course]
    name = ("Alle vakgroepen", "All groups")[which] if group is None else visible(group)
    return Picture(
        name="prognose-verloop",
        title=_title(name, one, course, came_to, which, language),
        subtitle=_subtitle(outlook, came_to is not None, which),
        source=source,
        words="; ".join(_told(row, which, language) for row in rows) + _lines_told(one, came_to, which, language),
        chart=_chart([row for row, point in zip(rows, course, strict=True) if point.estimate.sd > 0] or rows, one, came_to, outlook.year, which, language),
        columns=(
            Column("day", _TITLES["day"][which]),
            *(Column(key, f"{_TITLES[key][which]} (norm{('uren', ' hours')[which]})", 0) for key in ("forecast", *_BOUNDS, "budget")),
            *((Column("outcome", f"{_TITLES['outcome'][which]} (norm{('uren', ' hours')[which]})", 0),) if came_to is not None else ()),
        ),
        rows=tuple({**row, "day": day(date.fromisoformat(str(row["day"])), language)} for row in rows),
        language=language,
    )  # fmt: skip


def _asked(outlook: Outlook, group: str | None) -> tuple[Beside, tuple[FanPoint, ...]]:
    if group is None:
        return outlook.total, outlook.total_fan
    for row in outlook.rows:
        if row.name == group:
            return row.beside, row.fan
    raise KeyError(group)


def _closed(outlook: Outlook, one: Beside) -> Fraction | None:
    """After the year, with nothing in flight, the forecast is what the year came to."""
    over = outlook.as_of >= date(outlook.year, 12, 31)
    rest = one.estimate.in_flight or one.estimate.to_open or one.estimate.sd
    return forecast(one.estimate) if over and not rest else None


_Row = dict[str, Fraction | str | None]


def _row(point: FanPoint, budget: Fraction | None, outcome: Fraction | None) -> _Row:
    estimate = point.estimate
    near, far = estimate.interval80, estimate.interval95
    return {
        "day": point.cut_off.isoformat(), "forecast": forecast(estimate),
        "low80": whole(near.low), "high80": whole(near.high), "low95": whole(far.low), "high95": whole(far.high),
        "budget": budget, "outcome": outcome,
    }  # fmt: skip


def _number(row: Mapping[str, Fraction | str | None], key: str) -> Fraction:
    value = row[key]
    if not isinstance(value, Fraction):
        raise TypeError(key)
    return value


def _chart(
    rows: Sequence[_Row], one: Beside, outcome: Fraction | None, year: int, which: int, language: Language
) -> Any:
    keys = ("forecast", *_BOUNDS)
    drawn = [
        {
            "day": row["day"],
            **{key: plain(_number(row, key)) for key in keys},
            **{f"{key}_told": hours_told(_number(row, key), language) for key in keys},
            "day_told": day(date.fromisoformat(str(row["day"])), language),
        }
        for row in rows
    ]
    days = [str(row["day"]) for row in rows]
    ends = [min(days[0], f"{year}-01-01"), max(days[-1], f"{year}-12-31")]
    x = alt.X(
        "day:T",
        title=None,
        scale=alt.Scale(type="utc", domain=ends),
        axis=alt.Axis(values=days, format="%-d %b", labelOverlap=True, labelFlush=True),
    )
    y = alt.Scale(zero=False, nice=True)
    base = alt.Chart(data(drawn)).encode(x=x)
    unit = ("normuren", "norm hours")[which]
    bands = [
        _band(base, "low95", "high95", PALE, 18, len(rows), y, unit),
        _band(base, "low80", "high80", OURS_PALE, 14, len(rows), y, unit),
    ]
    tooltip = [
        alt.Tooltip("day_told:N", title=_TITLES["day"][which]),
        *(alt.Tooltip(f"{key}_told:N", title=_TITLES[key][which]) for key in keys),
    ]
    line = base.mark_line(color=OURS, strokeWidth=2).encode(y=alt.Y("forecast:Q", scale=y))
    points = base.mark_point(filled=True, size=45, color=OURS, opacity=1).encode(y="forecast:Q", tooltip=tooltip)
    return alt.layer(*bands, *_levels(one, outcome, which, language), line, points).properties(
        width=WIDTH - 60, height=HEIGHT
    )


def _band(base: Any, low: str, high: str, color: str, thick: int, points: int, scale: Any, unit: str) -> Any:
    """Of one day alone there is no area, but a bar."""
    mark = base.mark_area(color=color, opacity=1) if points > 1 else base.mark_bar(color=color, width=thick)
    return mark.encode(y=alt.Y(f"{low}:Q", title=unit, scale=scale, axis=number_axis()), y2=f"{high}:Q")


def _levels(one: Beside, outcome: Fraction | None, which: int, language: Language) -> list[Any]:
    """Budget and outcome: a line over the whole width each, with its name on it."""
    levels = []
    if one.budget is not None:
        told = f"{_TITLES['budget'][which]} {hours_told(one.budget, language)}"
        off = one.signal is not None and outcome is None
        outside = ("buiten het 80 %-interval", "outside the 80 % interval")[which]
        levels.append((one.budget, f"{told}, {outside}" if off else told, OUTSIDE if off else GREY, [1, 0]))
    if outcome is not None:
        told = f"{_TITLES['outcome'][which]} {hours_told(outcome, language)}"
        levels.append((outcome, told, INK, [5, 3]))
    # The higher line has its name above it, the lower one below: then they are not written through each other.
    levels.sort(key=lambda level: -level[0])
    found = []
    for at, (hours, told, color, dash) in enumerate(levels):
        base = alt.Chart(data([{"hours": plain(hours), "told": told}]))
        found.append(base.mark_rule(color=color, strokeWidth=2, strokeDash=dash).encode(y="hours:Q"))
        above = base.mark_text(align="right", baseline="bottom", dx=-2, dy=-4, color=INK)
        below = base.mark_text(align="right", baseline="top", dx=-2, dy=4, color=INK)
        words = above if at == 0 else below
        found.append(words.encode(x=alt.value("width"), y="hours:Q", text="told:N"))
    return found


def _title(
    name: str, one: Beside, course: Sequence[FanPoint], outcome: Fraction | None, which: int, language: Language
) -> str:
    if outcome is not None:
        return _after(name, one, course, outcome, which, language)
    told = of_the_budget(one, language)
    if told is None:
        hours, bounds = hours_told(forecast(one.estimate), language), one.estimate.interval80
        low, high = (hours_told(value, language) for value in (bounds.low, bounds.high))
        return (f"{name}: de prognose is {hours} normuren (80 %: {low} – {high})", f"{name}: the forecast is {hours} norm hours (80 %: {low} – {high})")[which]  # fmt: skip
    lies = "" if one.signal is None else f"; {LIES[one.signal][which]}"
    return (f"{name}: de prognose is {told}", f"{name}: the forecast is {told}")[which] + lies


def _after(
    name: str, one: Beside, course: Sequence[FanPoint], outcome: Fraction, which: int, language: Language
) -> str:
    hours = hours_told(outcome, language)
    before = [point for point in course if point.estimate.sd > 0]
    within = sum(1 for point in before if signal(point.estimate, float(outcome)) is None)
    told = (f"{name}: de uitkomst is {hours} normuren", f"{name}: the outcome is {hours} norm hours")[which]
    if one.budget:
        share = percent(outcome / one.budget, 1, language)
        told += (f" ({share} van de begroting)", f" ({share} of the budget)")[which]
    if not before:
        return told
    return (
        told
        + (
            f"; in {within} van de {len(before)} prognoses lag dat binnen het 80 %-interval",
            f"; in {within} of the {len(before)} forecasts that lay within the 80 % interval",
        )[which]
    )


def _subtitle(outlook: Outlook, known: bool, which: int) -> str:
    told = (
        f"Normuren van {outlook.year}, zoals verwacht met wat op elke dag bekend was. Donkere band: 80 %; lichte: 95 %.",
        f"Norm hours of {outlook.year}, as expected with what was known on each day. Dark band: 80 %; light: 95 %.",
    )[which]
    if outlook.events and outlook.as_of <= date(outlook.year, 12, 31):
        told += (" Gebeurtenissen tellen alleen in het laatste punt.", " Events count in the last point only.")[which]
    return told + ((" Stippellijn: uitkomst.", " Dashed: outcome.")[which] if known else "")


def _told(row: _Row, which: int, language: Language) -> str:
    when = day(date.fromisoformat(str(row["day"])), language)
    hours, low, high = (hours_told(_number(row, key), language) for key in ("forecast", "low80", "high80"))
    return (
        f"{when}: {hours} normuren (80 %: {low} tot {high})",
        f"{when}: {hours} norm hours (80 %: {low} to {high})",
    )[which]


def _lines_told(one: Beside, outcome: Fraction | None, which: int, language: Language) -> str:
    levels = (("budget", one.budget), ("outcome", outcome))
    return "".join(
        f"; {_TITLES[key][which]} {hours_told(value, language)}" for key, value in levels if value is not None
    )
