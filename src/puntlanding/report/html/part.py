"""A part of a page that stands on its own among other people's: in a cell of a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from puntlanding.report.html.grid import Grid
from puntlanding.report.html.page import environment, resource


def shown_part(title: str, answer: str, drawn: Iterable[tuple[str, str, str, str]], tables: Sequence[Grid]) -> str:
    """``drawn``: per chart its title, subtitle, words and SVG. Everything but the SVG is escaped."""
    style = resource("part.css")
    return environment().get_template("part.html").render(
        nl=True, title=title, answer=answer, drawn=tuple(drawn), tables=tables, style=style
    )  # fmt: skip
