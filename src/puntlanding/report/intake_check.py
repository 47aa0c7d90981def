"""The report of a delivery's checks: for the terminal, for programs, and as a page to print or send."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from importlib.resources import files
from typing import Any

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from puntlanding.language.notation import Language, day, number
from puntlanding.language.sentences import printable
from puntlanding.quantities import fixed
from puntlanding.records.findings import Finding, Status, catalogue
from puntlanding.records.tables import TableName
from puntlanding.report.checked import OUTCOMES, Checked, Line, Section, checked, headline, line, sections
from puntlanding.report.terminal import HAIRLINES, rendered

__all__ = ["Checked", "as_page", "as_record", "as_text", "checked", "findings_text"]

FULL = (Status.FAILED, Status.ATTENTION)  # told with remedy, reason and examples
NUMBER_WIDTH = 10
TEMPLATE = "intake_check.html"


def as_text(checked: Checked, language: Language, *, every: bool = False) -> str:
    """What stops the delivery, what to look into, and the rest in one sentence; with ``every`` the rest in full."""
    title = "Controle van de levering" if language is Language.DUTCH else "Check of the delivery"
    owner = [printable(checked.hospital)] if checked.hospital else []
    return rendered(
        Text(" · ".join([title, *owner, day(checked.delivered, language)]), style="bold"),
        Text(headline(checked, language)),
        *_tables(checked.findings, language, every=every),
        Text("\n" + summary(checked.findings, language, every=every)),
    )


def findings_text(findings: Sequence[Finding], language: Language) -> str:
    """Findings of a reader, without a delivery around them."""
    told = list(_tables(findings, language, every=True))
    if not told:
        return "Er is niets om te melden." if language is Language.DUTCH else "There is nothing to report."
    return rendered(*told[1:])  # without the blank line above the first table


def _tables(findings: Iterable[Finding], language: Language, *, every: bool) -> Iterator[RenderableType]:
    for section in sections(findings, language):
        if every or section.status in FULL:
            yield from _section(section, language)


def _section(section: Section, language: Language) -> Iterator[RenderableType]:
    """A head with hairline, then each check as a row of the same widths with what it says at full width below it."""
    dutch = language is Language.DUTCH
    yield Text()
    yield _columns(section.heading, *(("aantal", "van", "aandeel") if dutch else ("count", "of", "share")))
    for one in section.lines:
        row = _columns()
        row.add_row(Text(one.title), one.count, one.of, one.share)
        yield row
        below = list(_below(one, section.status, dutch))
        if below:
            yield Padding(Text("\n".join(below), style="dim"), (0, 0, 0, 2))
        if section.status in FULL and one is not section.lines[-1]:
            yield Text()


def _columns(*headings: str) -> RichTable:
    shown = RichTable(
        box=HAIRLINES, show_header=bool(headings), header_style="dim", pad_edge=False, padding=(0, 0, 0, 1),
        show_edge=False, expand=True,
    )  # fmt: skip
    first, *numbers = headings or ("",) * 4
    shown.add_column(Text(first), ratio=1)
    for heading in numbers:
        shown.add_column(heading, justify="right", no_wrap=True, width=NUMBER_WIDTH)
    return shown


def _below(one: Line, status: Status, dutch: bool) -> Iterator[str]:
    if status in FULL:
        yield from filter(None, (one.remedy, f"{'Waarom' if dutch else 'Why'}: {one.why}"))
        yield from one.examples
    elif status is Status.NOT_DONE:
        yield one.remedy


def summary(findings: Iterable[Finding], language: Language, *, every: bool) -> str:
    """How many checks ended how; what is not shown can be asked for."""
    which = 0 if language is Language.DUTCH else 1
    counts = Counter(one.status for one in findings)
    parts = [f"{number(counts[one], 0, language)} {words[which]}" for one, words in OUTCOMES.items() if counts[one]]
    ending = "" if every else ("\nToon alles met --all.", "\nShow all with --all.")[which]
    return f"{('Uitkomsten', 'Outcomes')[which]}: {', '.join(parts)}.{ending}"


def as_record(checked: Checked, language: Language) -> dict[str, Any]:
    """The JSON contract: keys in Dutch and in this order; sentences in the language that was asked for."""
    return {
        "antwoord": headline(checked, language),
        "kan_worden_geladen": checked.loadable,
        "ziekenhuis": checked.hospital,
        "geleverd_op": checked.delivered.isoformat(),
        "lezer": checked.reader,
        "bronnen": list(checked.sources),
        "aantallen": {table.value: checked.counts[table] for table in TableName},
        "jaren": [
            {"jaar": year, **{table.value: counts[table] for table in TableName}}
            for year, counts in checked.per_year.items()
        ],
        "zonder_datum": {table.value: checked.undated[table] for table in TableName},
        "controles": [_finding(one, language) for one in checked.findings],
    }


def _finding(finding: Finding, language: Language) -> dict[str, Any]:
    check = catalogue()[finding.check]
    told = line(finding, language)
    dutch = language is Language.DUTCH
    return {
        "controle": finding.check,
        "tabel": check.table,
        "kolom": finding.column,
        "uitkomst": finding.status.value,
        "ernst": check.severity.value if check.severity else "telling",
        "drempel": fixed(Fraction(str(check.threshold))),
        "aantal": finding.count,
        "van": finding.of,
        "melding": check.nl if dutch else check.en,
        "waarom": told.why,
        "reden": told.remedy if finding.note is not None else None,
        "voorbeelden": [
            {"bestand": one.file or None, "rij": one.row, "waarden": dict(one.values)} for one in finding.examples
        ],
    }


def as_page(checked: Checked, language: Language) -> str:
    """One HTML file that needs nothing else: no scripts, no pictures, no addresses. Every value is escaped."""
    from jinja2 import Environment, StrictUndefined

    source = files("puntlanding.report").joinpath("templates", TEMPLATE).read_text(encoding="utf-8")
    page = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)

    def written(when: date) -> str:
        return day(when, language)

    def counted(count: int) -> str:
        return number(count, 0, language)

    return page.from_string(source).render(
        nl=language is Language.DUTCH,
        lang=language.value,
        checked=checked,
        undated=checked.undated if any(checked.undated.values()) else {},
        answer=headline(checked, language),
        sections=sections(checked.findings, language),
        full=FULL,
        attention=Status.ATTENTION,
        not_done=Status.NOT_DONE,
        failed=Status.FAILED,
        tables=tuple(TableName),
        written=written,
        counted=counted,
    )
