"""One chart with all that belongs to it: a title that states the finding, units, source, the words for who cannot see it, and the
table behind it. The same definition is drawn by a browser, and becomes SVG and PNG, without a network.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from puntlanding.charts.style import LEAST, PADDING, SMALL, config, locale
from puntlanding.explain import Node, Unit
from puntlanding.language.notation import Language


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table behind a chart; ``decimals`` None for text."""

    key: str
    title: str
    decimals: int | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """``rows`` have exact numbers (or None where something is not known) and texts, by the columns' keys.

    ``chart`` is an Altair chart without title and source; ``subtitle`` says what is shown in which unit; ``words`` tells it to
    somebody who cannot see it.
    """

    name: str
    title: str
    subtitle: str
    source: str
    words: str
    chart: Any
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, Fraction | str | None], ...]
    language: Language

    def spec(self, *, alone: bool = True, width: int | None = None) -> dict[str, Any]:
        """The Vega-Lite definition; ``alone`` carries title, subtitle and source in the picture itself, as a file of its own needs.

        ``width``: of the whole picture in pixels, names beside it included.
        """
        # A chart is tried when it is drawn: checking it before that takes longer than drawing it.
        chart: dict[str, Any] = self.chart.to_dict(validate=False)
        chart.pop("$schema", None)
        small = width is not None and width < SMALL
        beside: dict[str, Any] = {"config": config(self.language, small=small), "description": self.words}
        if width is None and not alone:
            return chart | beside
        left, whole = self._fit(chart, beside, width)
        if not alone:
            return chart | beside
        source = _lines(self.source, int(whole / 5.5))
        foot = {
            "data": {"values": [{"text": source}]},
            "mark": {"type": "text", "align": "left", "baseline": "top", "fontSize": 11, "lineHeight": 13, "color": "#55504A"},
            "encoding": {"x": {"value": -left}, "y": {"value": 0}, "text": {"field": "text", "type": "nominal"}},
            "width": LEAST,
            "height": 14 if isinstance(source, str) else 13 * len(source) + 1,
        }  # fmt: skip
        title = {"text": _lines(self.title, int(whole / 8.0)), "subtitle": _lines(self.subtitle, int(whole / 5.8))}
        top = {key: chart.pop(key) for key in ("datasets", "params") if key in chart}  # these belong to the whole
        return {"title": title, "vconcat": [chart, foot]} | top | beside

    def _fit(self, chart: dict[str, Any], beside: dict[str, Any], width: int | None) -> tuple[int, int]:
        """Gives ``chart`` the width with which the picture is ``width`` wide; what stands left of the drawing, and the whole width.

        Names and numbers stand beside a drawing: how wide these are, only drawing it tells.
        """
        import vl_convert

        ways = locale(self.language)
        if width is not None:
            chart["width"] = (width + LEAST) // 2
        drawn = vl_convert.vegalite_to_svg(
            chart | beside, format_locale=ways["number"], time_format_locale=ways["time"]
        )
        whole = int(float(drawn.split(' width="', 1)[1].split('"', 1)[0]))
        left = int(float(drawn.split("translate(", 1)[1].split(",", 1)[0])) - PADDING
        if width is None:
            return left, max(whole, 2 * LEAST)
        chart["width"] = max(chart["width"] + width - whole, LEAST)
        return left, width

    def svg(self, width: int | None = None, *, alone: bool = True) -> str:
        import vl_convert

        ways = locale(self.language)
        return vl_convert.vegalite_to_svg(
            self.spec(alone=alone, width=width), format_locale=ways["number"], time_format_locale=ways["time"]
        )

    def png(self, width: int | None = None, scale: float = 2.0) -> bytes:
        import vl_convert

        ways = locale(self.language)
        return vl_convert.vegalite_to_png(
            self.spec(width=width), scale=scale, format_locale=ways["number"], time_format_locale=ways["time"]
        )

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, object]:
        """A notebook shows the picture, or its words where it cannot."""
        return {"image/svg+xml": self.svg(), "text/plain": f"{self.title}\n{self.words}"}


def data(rows: Sequence[Mapping[str, object]]) -> Any:
    """Rows inside the definition itself, in their order."""
    import altair as alt

    return alt.Data(values=list(rows))  # type: ignore[no-untyped-call]


def plain(value: Node | Fraction | None) -> float | None:
    """A number as a chart draws it: euros for cents, six decimals. The table behind the chart keeps the exact one."""
    if value is None:
        return None
    if isinstance(value, Node):
        return round(float(value.value / 100 if value.unit is Unit.CENTS else value.value), 6)
    return round(float(value), 6)


def exact(value: Node | None) -> Fraction | None:
    """For the table behind: euros for cents."""
    if value is None:
        return None
    return value.value / 100 if value.unit is Unit.CENTS else value.value


def _lines(text: str, most: int) -> str | Sequence[str]:
    """A long text on more lines, broken between words; an amount stays with its sign."""
    lines, line = [], ""
    for word in text.replace("€ ", "€\u00a0").replace(" %", "\u00a0%").split(" "):
        if line and len(line) + 1 + len(word) > most:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    lines.append(line)
    return lines if len(lines) > 1 else lines[0]
