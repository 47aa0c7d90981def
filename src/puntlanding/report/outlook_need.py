"""What it takes to land on budget, in words: openings or norm hours per week, and sessions."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from puntlanding.forecast.outlook import Row
from puntlanding.language.notation import Language
from puntlanding.language.sentences import printable
from puntlanding.report.outlook_words import decimal, of
from puntlanding.report.terminal import WIDTH


def needed(rows: Sequence[Row], language: Language) -> Iterator[str]:
    """Of the groups with a signal: what ends them on budget."""
    dutch = language is Language.DUTCH
    yield "Nodig om precies op de begroting te landen" if dutch else "Needed to land exactly on budget"
    for row in rows:
        if row.need is not None:
            yield from textwrap.wrap(
                f"{printable(row.name):<26} {need_text(row, language)}", WIDTH, initial_indent="  ",
                subsequent_indent=" " * 29, break_on_hyphens=False,
            )  # fmt: skip


def need_text(row: Row, language: Language) -> str:
    dutch, need = language is Language.DUTCH, row.need
    if need is None:
        return "er is geen werkdag meer over" if dutch else "no working day is left"
    if not need.reachable:
        passed = decimal(-need.hours_needed, 0, language)
        if dutch:
            return f"wat open en gesloten is, gaat al {passed} normuren over de begroting heen"
        return f"what is open and closed is {passed} norm hours past the budget already"
    days = decimal(need.working_days, 0, language)
    if need.openings_per_week is not None:
        each, what = need.openings_per_week, ("openingen", "openings")
    else:
        each, what = need.hours_per_week, ("normuren", "norm hours")
    more = ("meer", "more") if each >= 0 else ("minder", "fewer")
    text = f"{decimal(abs(each), 1, language)} {of(what, language)} per week {of(more, language)}"
    text += f", {days} werkdagen lang" if dutch else f", for {days} working days"
    for one in need.sessions:
        sign = "+" if one.per_week >= 0 else "−"
        text += f"; {sign}{decimal(abs(one.per_week), 1, language)} {printable(one.name)} per week"
    return text
