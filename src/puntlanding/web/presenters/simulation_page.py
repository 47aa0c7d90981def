"""A simulation as its page tells it: the answer in sentences, the chart, and a table per question."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from rich.table import Table as RichTable
from rich.text import Text

from puntlanding.charts.simulation_fans import simulation_fans
from puntlanding.language.notation import Language
from puntlanding.language.sentences import index, sentence, visible
from puntlanding.report.simulation_text import legend, tables
from puntlanding.report.simulation_words import about, headlines
from puntlanding.simulation.result import Simulation, Tried
from puntlanding.web.presenters.facts import KINDS
from puntlanding.web.presenters.figures import drawn_pictures

OPTION = " (--spread)"  # of the command line; here it is a field of the form


def simulation_page(found: Simulation, source: str, language: Language, beside: Sequence[str] = ()) -> dict[str, Any]:
    """Plain values, as the page keeps them. ``source`` stands below the chart, ``beside`` with how it was made."""
    answer, *more = (visible(one) for one in headlines(found, language))
    return {
        "answer": answer,
        "more": more,
        "agreements": [_agreement(one, language) for one in found.tried],
        "tables": [grid(title, table) for title, table in tables(found, language)],
        "figures": json.loads(drawn_pictures([simulation_fans(found, source, language)], "simulatie")),
        "about": [*(visible(one).replace(OPTION, "") for one in about(found, language)), *beside, legend(language)],
    }


def grid(title: str, table: RichTable) -> dict[str, Any]:
    """A table of the terminal; below a line stand the totals."""
    headings = [_plain(one.header) for one in table.columns]
    rows = [_row([_plain(cell) for cell in cells]) for cells in zip(*(one.cells for one in table.columns), strict=True)]
    ends = next((at for at, row in enumerate(table.rows, start=1) if row.end_section), len(rows))
    return {"title": visible(title), "headings": headings, "rows": rows[:ends], "below": rows[ends:]}


def _row(cells: list[str]) -> dict[str, Any]:
    """A name that begins with blanks is part of the row above it."""
    name, *others = cells
    return {"name": visible(name.strip()), "within": name.startswith(" "), "cells": others}


def _plain(cell: object) -> str:
    return cell.plain if isinstance(cell, Text) else str(cell)


def _agreement(one: Tried, language: Language) -> dict[str, Any]:
    which = index(language)
    refused = [visible(sentence(problem, language)) for problem in one.refused]
    return {
        "letter": one.letter,
        "name": visible(one.name),
        "changed": [visible(pair[which]) for pair in one.changed],
        "refused": refused,
        "plain": "" if one.changed else _plainly(one)[which],
        "without_euros": [visible(sentence(problem, language)) for problem in one.without_euros],
    }


def _plainly(one: Tried) -> tuple[str, str]:
    """What an agreement is that changes nothing to tell of."""
    if one.letter == "A":
        return ("zoals deze versie het zegt", "as this version says")
    if one.hash is None:
        return ("alle contracten zijn van deze soort", "all contracts are of this type")
    return ("zegt hetzelfde als A", "says the same as A")


def version_title(kind: str, number: int) -> tuple[str, str]:
    nl, en = KINDS[kind]
    return f"{nl} {number}", f"{en} {number}"
