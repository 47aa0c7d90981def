"""The forecasts of many hospitals, one line each, and who cannot be forecast and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.table import Table as RichTable
from rich.text import Text

from puntlanding.forecast.outlook import Outlook
from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import printable, sentence
from puntlanding.problems import Problem
from puntlanding.report.outlook_words import METHODS_SHORT, Words, decimal, of
from puntlanding.report.terminal import HAIRLINES, rendered

COLUMNS: tuple[Words, ...] = (
    ("bekend op", "known on"),
    ("prognose", "forecast"),
    ("begroting", "budget"),
    ("verhou-\nding %", "ratio\n%"),
    ("80 %-interval", "80 % interval"),
    ("kans\nband", "chance\nband"),
    ("gesprek", "talks"),
    ("methode", "method"),
)


def all_text(outlooks: Sequence[Outlook], refused: Mapping[str, Sequence[Problem]], language: Language) -> str:
    dutch = language is Language.DUTCH
    off = [one for one in outlooks if one.total.signal is not None]
    if dutch:
        first = (
            f"{len(outlooks)} ziekenhuizen; bij {len(off)} ligt de begroting buiten het 80 %-interval van het totaal."
        )
    else:
        first = f"{len(outlooks)} hospitals; for {len(off)} the budget lies outside the total's 80 % interval."
    shown = RichTable(box=HAIRLINES, header_style="dim", pad_edge=False, padding=(0, 0, 0, 1), show_edge=False)
    shown.add_column(of(("ziekenhuis", "hospital"), language), no_wrap=True, overflow="ellipsis", vertical="bottom")
    for at, words in enumerate(COLUMNS):
        left = at == len(COLUMNS) - 1
        shown.add_column(
            Text(of(words, language)), justify="left" if left else "right", vertical="bottom", no_wrap=True
        )
    for one in outlooks:
        shown.add_row(*map(Text, _cells(one, language)))
    lines = [first, "", rendered(shown)]
    if refused:
        lines += ["", "Zonder prognose" if dutch else "Without a forecast"]
        lines += [
            f"  {printable(name)}: {sentence(problem, language)}"
            for name, problems in refused.items()
            for problem in problems
        ]
    return "\n".join(lines)


def _cells(outlook: Outlook, language: Language) -> list[str]:
    total = outlook.total
    bounds = total.estimate.interval80
    shares = [total.share(hours) for hours in (bounds.low, bounds.high)]
    return [
        printable(outlook.hospital),
        outlook.as_of.isoformat(),
        decimal(total.estimate.forecast, 0, language),
        "–" if total.budget is None else number(total.budget, 0, language),
        "–" if total.ratio is None else decimal(total.ratio * 100, 1, language),
        "–" if total.ratio is None else " – ".join(decimal((share or 0.0) * 100, 1, language) for share in shares),
        "–" if total.chances is None or total.ratio is None else f"{total.chances.whole_percents[1]} %",
        str(len(outlook.signals) or "–"),
        of(METHODS_SHORT[outlook.method], language),
    ]
