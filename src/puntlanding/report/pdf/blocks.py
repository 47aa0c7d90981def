"""What a page is made of, as data that the templates set (templates/house.typ has the same names)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from puntlanding.charts.picture import Picture
from puntlanding.charts.steps import Course
from puntlanding.language.notation import number
from puntlanding.quantities import ONE, ZERO, half_up
from puntlanding.report.pdf.saying import Say

Block = Mapping[str, Any]
Cell = str | Mapping[str, Any]  # a text, or a bar that shows the number beside it
PAGE_WIDTH, MOST_HEIGHT = 166, 222  # millimetres

NO_BAR: Cell = {"kind": "none"}


@dataclass(frozen=True, slots=True)
class Head:
    """Of a column: its title on one or more lines; ``width`` as a share of what is left, 0 for what it needs."""

    title: tuple[str, ...]
    right: bool = True
    width: float = 0

    def record(self) -> dict[str, Any]:
        return {"title": list(self.title), "right": self.right, "width": self.width}


def text(words: str, kind: str = "text") -> Block:
    """``kind``: text, small, lead or head."""
    return {"kind": kind, "text": words}


def bullets(items: Sequence[str], *, numbered: bool = False) -> Block:
    return {"kind": "numbered" if numbered else "list", "items": list(items)}


def section(title: str, *blocks: Block, short: bool = False, together: bool = False) -> dict[str, Any]:
    """``short``: it needs no page of its own. ``together``: it is never cut in two."""
    return {"title": title, "blocks": list(blocks), "short": short, "together": together}


def table(
    heads: Sequence[Head], rows: Sequence[Sequence[Cell]], sums: Sequence[Sequence[Cell]] = (), caption: str = "", size: float = 9
) -> Block:  # fmt: skip
    """``size`` in points."""
    return {
        "kind": "table", "caption": caption, "columns": [one.record() for one in heads],
        "rows": [list(row) for row in rows], "sums": [list(row) for row in sums], "size": size,
    }  # fmt: skip


def length(value: Fraction, most: Fraction) -> Cell:
    """A bar from nothing to ``value``; nothing for what is not more than nothing."""
    if value <= 0:
        return NO_BAR
    return {"kind": "whole", "low": 0, "high": _share(value, most)}


def beside(ratio: Fraction | None, reach: Fraction) -> Cell:
    """A bar from 1 to ``ratio``, to the right or to the left; ``reach`` is the furthest that any goes."""
    if ratio is None:
        return NO_BAR
    middle, off = Fraction(1, 2), (ratio - 1) / reach / 2
    low, high = min(middle, middle + off), max(middle, middle + off)
    return {
        "kind": "more" if off > 0 else "less", "low": _share(low, ONE), "high": _share(high, ONE), "zero": 50,
    }  # fmt: skip


def figures(*items: tuple[str, str]) -> Block:
    return {"kind": "figures", "items": [{"value": value, "words": words} for value, words in items]}


def hashes(*items: tuple[str, str]) -> Block:
    return {"kind": "hashes", "items": [{"words": words, "hash": value} for words, value in items]}


def signatures(say: Say, hospital: str, collective: str) -> Block:
    """Room for who signs; nothing is filled in but the party."""
    low, high = 16, 34  # points: of a line to write on, and of a signature
    lines = [
        (say.pick("Naam", "Name"), low), (say.pick("Functie", "Function"), low),
        (say.pick("Plaats en datum", "Place and date"), low), (say.pick("Handtekening", "Signature"), high),
    ]  # fmt: skip
    return {"kind": "signatures", "parties": [collective, hospital], "lines": [list(one) for one in lines]}


def picture(one: Picture) -> Block:
    """Without its source line: that stands at the foot of the page."""
    svg = one.svg(alone=False)
    sizes = re.match(r'<svg[^>]* width="([\d.]+)" height="([\d.]+)"', svg)
    width = float(PAGE_WIDTH)
    if sizes is not None:
        wide, high = (float(found) for found in sizes.groups())
        width = min(width, MOST_HEIGHT * wide / high)
    return {
        "kind": "picture", "title": one.title, "subtitle": one.subtitle, "alt": one.words, "svg": svg,
        "width": round(width, 2),
    }  # fmt: skip


def steps(course: Course, unit: str, say: Say, caption: str = "") -> Block:
    """Every step with its bar. What rounding leaves between the numbers as they are shown is a step of its own, so that the page adds
    up as it stands.
    """
    shown = [half_up(one.change, 2) for one in (course.begin, *course.changes, course.end)]
    left = shown[-1] - sum(shown[:-1])
    low, high = _reach(course)
    rows = [_step(course.begin.label, ZERO, course.begin.change, "whole", say, low, high)]
    at = course.begin.change
    for one in course.changes:
        rows.append(_step(one.label, at, at + one.change, "more" if one.change > 0 else "less", say, low, high))
        at += one.change
    if left:
        rows.append(
            {
                "label": say.pick("afronding op honderdsten", "rounding to hundredths"), "low": 0, "high": 0,
                "kind": "none", "told": _signed(Fraction(left, 100), say),
            }
        )  # fmt: skip
    rows.append(_step(course.end.label, ZERO, course.end.change, "whole", say, low, high))
    return {"kind": "steps", "caption": caption, "head": [say.pick("stap", "step"), "", unit], "rows": rows}


def _reach(course: Course) -> tuple[Fraction, Fraction]:
    at = course.begin.change
    points = [ZERO, at, course.end.change]
    for one in course.changes:
        at += one.change
        points.append(at)
    return min(points), max(points)


def _step(
    label: str, start: Fraction, end: Fraction, kind: str, say: Say, low: Fraction, high: Fraction
) -> dict[str, Any]:
    span = high - low or ONE
    told = number(end, 2, say.language) if kind == "whole" else _signed(end - start, say)
    return {
        "label": label, "kind": kind, "told": told,
        "low": _share(min(start, end) - low, span), "high": _share(max(start, end) - low, span),
    }  # fmt: skip


def _share(part: Fraction, span: Fraction) -> float:
    """In per cent of the bar's width."""
    return round(float(part * 100 / span), 3)


def _signed(value: Fraction, say: Say) -> str:
    return f"{'+' if value > 0 else '−'} {number(abs(value), 2, say.language)}"
