"""Incentives as one page for the board: an HTML file that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

from puntlanding.language.notation import Language
from puntlanding.language.sentences import printable
from puntlanding.report.incentives_tables import alike, headings, idle, strips
from puntlanding.report.incentives_text import caption
from puntlanding.report.incentives_words import Refused, Told, Words, notes, refusal

TEMPLATE = "incentives.html"


@dataclass(frozen=True, slots=True)
class _Row:
    group: str
    contract: str
    pairs: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class _Shown:
    told: Told
    rows: tuple[_Row, ...]
    alike: str
    caption: str


def as_page(every: Sequence[Told], refused: Sequence[Refused], language: Language) -> str:
    """No scripts, no pictures, no addresses. Every value is escaped."""
    from jinja2 import Environment, StrictUndefined

    source = files("puntlanding.report").joinpath("templates", TEMPLATE).read_text(encoding="utf-8")
    page = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    words = Words(language, every[0].found)
    agreement = every[0].found.case.agreement
    return page.from_string(source).render(
        nl=language is Language.DUTCH,
        lang=language.value,
        owner=f"{printable(agreement.organisation)} · {agreement.year}",
        every=[_shown(one, language) for one in every],
        refused=[refusal(one, words) for one in refused],
        headings=headings(words),
        notes=notes(every),
    )


def _shown(one: Told, language: Language) -> _Shown:
    words = Words(language, one.found)
    rows = tuple(_rows(one, language))
    return _Shown(one, rows, alike(words, some_left_out=bool(idle((one,)))), caption(words))


def _rows(one: Told, language: Language) -> Iterator[_Row]:
    for strip in strips(one, Words(language, one.found)):
        yield _Row(
            printable(strip.group), printable(strip.contract), tuple(zip(strip.cells, strip.marks, strict=True))
        )  # fmt: skip
