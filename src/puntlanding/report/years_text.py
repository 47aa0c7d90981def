"""Several years on the terminal: the answer, tables that read over the years, the account; and the trees behind a group's numbers."""

from __future__ import annotations

import textwrap

from puntlanding.language.notation import Language
from puntlanding.language.sentences import printable
from puntlanding.problems import InputError, Problem, near_miss
from puntlanding.report.comparison_tables import blocks
from puntlanding.report.explanation import explanation
from puntlanding.report.tables import Table, TableRow, table
from puntlanding.report.terminal import WIDTH, rendered
from puntlanding.report.years_tables import account_tables, grids
from puntlanding.report.years_words import headlines, notes, origins, title
from puntlanding.stage import Stage
from puntlanding.years import Run, overview

_TITLE = ("Meerdere jaren", "Several years")
_ACCOUNT = (
    "Rekening per jaar, in euro's: wat een jaar overlaat vervalt of gaat mee (afspraak, [meerjaren])",
    "Account by year, in euros: what a year leaves lapses or goes on (agreement, [meerjaren])",
)
_ROUNDED = (
    "Bedragen per vakgroep in hele euro's, na algemene kosten; op de cent staan ze in --json, --csv en --xlsx.",
    "Amounts by group in whole euros, after general costs; --json, --csv and --xlsx have them to the cent.",
)


def as_text(run: Run, language: Language) -> str:
    which = 0 if language is Language.DUTCH else 1
    found = overview(run)
    lines = [f"{_TITLE[which]} · {title(run)}"]
    for line in headlines(run, found, language):
        lines += textwrap.wrap(line, WIDTH, break_on_hyphens=False)
    for grid in grids(found, language):
        lines += ["", grid.title]
        for block in blocks(grid, run.names, language):
            lines += [rendered(block), ""]
        lines.pop()
    accounts = list(account_tables(run, language))
    if accounts:
        lines += ["", _ACCOUNT[which]]
        for one in accounts:
            lines += [rendered(one), ""]
        lines.pop()
    lines.append("")
    said = [*notes(run, language), *((_ROUNDED[which],) if found.euros.years else ())]
    for note in said:
        lines += textwrap.wrap(note, WIDTH, break_on_hyphens=False)
    return "\n".join([*lines, *origins(run, language)])


def rows(run: Run, wanted: str) -> dict[int, tuple[TableRow, Table]]:
    """By year the row that ``wanted`` names, in euros where there is a frame, otherwise as settled or budgeted.

    Raises InputError with what there is to choose from.
    """
    name = wanted.strip().lower()
    whole = name in ("totaal", "total")
    group = next((one for one in run.names if one.lower() == name), None)
    if group is None and not whole:
        known = [*run.names, "Totaal"]
        details = {"close": near_miss(wanted, known), "allowed": ", ".join(map(printable, known))}
        raise InputError([Problem("explain_unknown", "--explain", value=wanted, details=details)])
    found = {}
    for one in run.outcomes:
        stage = next((s for s in (Stage.DISTRIBUTE, Stage.SETTLE, Stage.BUDGET) if not one.lacking[s]), None)
        if stage is None:
            continue
        shown = table(stage, one.stages)
        row = shown.total if whole else next((row for row in shown.rows if row.name == group), None)
        if row is not None:
            found[one.year] = row, shown
    return found


def explained(run: Run, wanted: str, language: Language) -> str:
    """Year by year; what came from another year has that year before its file."""
    texts = []
    for year, (row, shown) in rows(run, wanted).items():
        texts.append(f"{year} · {explanation(row, shown, language)}")
    return "\n\n".join(texts)
