"""Charts as parts of a page: drawn once so that they are there without scripts, and their definition for who has those."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from puntlanding.charts.picture import Picture
from puntlanding.charts.style import GREY, INK, OURS, OURS_PALE, OUTSIDE, OVER, PALE, SERIES, UNDER, locale
from puntlanding.language.notation import Language
from puntlanding.report.html.draw import Job, done
from puntlanding.report.html.grid import Grid, picture_grid, readable

# What each colour becomes on a dark page, where the same signs must stay as clear.
DARK = {
    INK: "#ECE9E2", GREY: "#A8A196", PALE: "#3F4548", OURS: "#6FC3D1", OURS_PALE: "#2C5C66", OVER: "#EF9A55",
    UNDER: "#7FB2EA", OUTSIDE: "#F0B354", SERIES[4]: "#B79AE0", SERIES[5]: "#C9C4BA", "#55504A": "#ACA79C", "white": "#14181A",
}  # fmt: skip
_IDENTITY = re.compile(r'(\bid="|url\(#|href="#)')


@dataclass(frozen=True, slots=True)
class Figure:
    """``drawn`` is SVG, ``spec`` its Vega-Lite definition without the notation of numbers, which is the page's."""

    id: str
    title: str
    subtitle: str
    source: str
    words: str
    grid: Grid
    drawn: str
    spec: dict[str, Any]


def jobs(pictures: Mapping[str, Picture]) -> list[Job]:
    """What there is to draw, in order."""
    return [_job(_spec(picture), picture.language) for picture in pictures.values()]


def figures(pictures: Mapping[str, Picture], jobs: Sequence[Job], drawn: Sequence[str]) -> dict[str, Figure]:
    """By their names on the page; ``drawn`` is what came of ``jobs``."""
    return {
        name: _figure(name, picture, job["spec"], svg)
        for (name, picture), job, svg in zip(pictures.items(), jobs, drawn, strict=True)
    }


def dark_rules() -> str:
    """Style rules that turn the colours of every chart, drawn by us or by a browser, into those of a dark page."""
    found = (
        f'.drawn svg [{what}="{light}" i] {{ {what}: {dark}; }}'
        for light, dark in DARK.items()
        for what in ("fill", "stroke")
    )
    return "\n".join(found)


def svg(picture: Picture) -> str:
    """Without title and source, which stand around it as text; its marks are named by what they are, apart from those of others."""
    drawn = done(_job(_spec(picture), picture.language))
    return _apart(drawn, hashlib.sha256(drawn.encode()).hexdigest()[:12])


def _figure(name: str, picture: Picture, spec: dict[str, Any], drawn: str) -> Figure:
    spec["config"].pop("locale")
    return Figure(
        name, readable(picture.title), readable(picture.subtitle), readable(picture.source), readable(picture.words),
        picture_grid(picture), _apart(drawn, name), spec,
    )  # fmt: skip


def _job(spec: dict[str, Any], language: Language) -> Job:
    return {"spec": spec, **locale(language)}


def _apart(drawn: str, name: str) -> str:
    hidden = drawn.replace(
        "<svg ", '<svg aria-hidden="true" ', 1
    )  # the words around it tell what it shows, not its marks
    return _IDENTITY.sub(rf"\g<1>{name}-", hidden)


def _spec(picture: Picture) -> dict[str, Any]:
    """On the page's own paper; its words stand around it, so that they are not read out mark by mark."""
    found = picture.spec(alone=False)
    found.pop("description")
    return found | {"config": found["config"] | {"background": None, "aria": False}}
