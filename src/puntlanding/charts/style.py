"""How every chart looks: colours that colour-blind readers and a grey print tell apart, Dutch or English numbers, no decoration."""

from __future__ import annotations

from functools import cache
from typing import Any

from puntlanding.language.notation import Language

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


@cache
def locale(language: Language) -> dict[str, Any]:
    """The number and time formats of a language, for charts that a browser draws."""
    import vl_convert

    if language is Language.DUTCH:
        return {
            "number": vl_convert.get_format_locale("nl-NL"), "time": vl_convert.get_time_format_locale("nl-NL"),
        }  # fmt: skip
    return {"number": vl_convert.get_format_locale("en-GB"), "time": vl_convert.get_time_format_locale("en-GB")}


def config(language: Language) -> dict[str, Any]:
    axis = {
        "domain": False, "ticks": False, "grid": True, "gridColor": PALE, "gridWidth": 0.6, "labelColor": INK,
        "labelFontSize": 12, "labelPadding": 6, "titleColor": INK, "titleFontSize": 12, "titleFontWeight": "normal",
        "labelLimit": 220,
    }  # fmt: skip
    return {
        "font": FONT,
        "background": "white",
        "view": {"stroke": None},
        "locale": locale(language),
        "axis": axis,
        "axisY": {"grid": False},
        "legend": {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "labelColor": INK, "symbolStrokeWidth": 2},
        "title": {
            "anchor": "start", "frame": "bounds", "fontSize": 16, "fontWeight": 600, "color": INK, "offset": 14,
            "subtitleFontSize": 12, "subtitleColor": "#55504A", "subtitlePadding": 6,
        },
        "text": {"color": INK, "fontSize": 12},
        "concat": {"spacing": 8},
    }  # fmt: skip
