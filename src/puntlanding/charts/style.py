"""How every chart looks: colours that colour-blind readers and a grey print tell apart, Dutch or English numbers, no decoration."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from puntlanding.language.notation import Language
from puntlanding.language.sentences import visible

INK, GREY, PALE = "#1C1C1C", "#8C857B", "#DAD5CD"  # text; reference and budget; hairlines and background bands
OURS, OURS_PALE = "#0B5563", "#9CC3CA"  # what is realised, forecast or paid: deep petrol
OVER, UNDER = "#C8641B", "#2F6FB0"  # orange and blue, never red and green
OUTSIDE = "#B77900"  # amber: the budget lies outside the interval
SERIES = (
    OURS,
    OVER,
    UNDER,
    GREY,
    "#6A4C93",
    "#3F3F3F",
)  # for agreements side by side; each has a shape or dash of its own too
DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [4, 4], [1, 3])
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
FONT = "Liberation Sans, Arial, Helvetica, DejaVu Sans, sans-serif"
WIDTH, ROW = 680, 26  # pixels: of a chart on a page, and of a group in it
SMALL, LEAST, PADDING = (
    500,
    120,
    5,
)  # pixels: below this a picture is small; the narrowest a drawing is; around a picture
NUMBERS, TICKS = ",.3~f", 6  # no two ticks may read the same: as many decimals as they need, not more
NAME, LINES = 28, 2  # characters on a line of a name beside a chart, and lines: two fit beside a row


@cache
def locale(language: Language) -> dict[str, Any]:
    """The number and time formats of a language, for charts that a browser draws."""
    import vl_convert

    if language is Language.DUTCH:
        return {
            "number": vl_convert.get_format_locale("nl-NL"), "time": vl_convert.get_time_format_locale("nl-NL"),
        }  # fmt: skip
    return {"number": vl_convert.get_format_locale("en-GB"), "time": vl_convert.get_time_format_locale("en-GB")}


def number_axis(**more: Any) -> Any:
    import altair as alt

    return alt.Axis(format=NUMBERS, tickCount=TICKS, labelOverlap=True, **more)


def name_axis(**more: Any) -> Any:
    """For names as `beside` gives them."""
    import altair as alt

    split = "split(datum.label, '\\n')"
    # Two lines stand half above and half below the middle of their row.
    baseline = alt.condition("indexof(datum.value, '\\n') >= 0", alt.value("bottom"), alt.value("middle"))
    return alt.Axis(labelExpr=split, labelLineHeight=12, labelBaseline=baseline, **more)


def beside(names: Sequence[str]) -> list[str]:
    """Names as they stand beside a chart: what is too long for one line goes on a second; no two are the same, for a chart would
    draw these as one; nothing in them steers what draws them.
    """
    found: list[str] = []
    for name in names:
        told, again = _folded(visible(name)), 2
        while told in found:
            told, again = _folded(f"{visible(name)} ({again})"), again + 1
        found.append(told)
    return found


def _folded(name: str) -> str:
    lines = [""]
    for word in name.replace("· ", "·\u00a0").split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > NAME and len(lines) < LINES:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return "\n".join(lines)


def config(language: Language, *, small: bool = False) -> dict[str, Any]:
    axis = {
        "domain": False, "ticks": False, "grid": True, "gridColor": PALE, "gridWidth": 0.6, "labelColor": INK,
        "labelFontSize": 11 if small else 12, "labelPadding": 6, "titleColor": INK, "titleFontSize": 12, "titleFontWeight": "normal",
        "labelLimit": 155 if small else 220,
    }  # fmt: skip
    return {
        "font": FONT,
        "background": "white",
        "padding": PADDING,
        "view": {"stroke": None},
        "locale": locale(language),
        "axis": axis,
        "axisY": {"grid": False},
        "legend": {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "labelColor": INK, "symbolStrokeWidth": 2},
        "title": {
            "anchor": "start", "frame": "bounds", "fontSize": 15 if small else 16, "fontWeight": 600, "color": INK, "offset": 14,
            "subtitleFontSize": 12, "subtitleColor": "#55504A", "subtitlePadding": 6,
        },
        "text": {"color": INK, "fontSize": 12},
        "concat": {"spacing": 8},
    }  # fmt: skip
