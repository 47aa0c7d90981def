"""A simulation on the terminal: the answer, how it was drawn, who carries what, then per agreement the groups."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from rich.table import Table as RichTable
from rich.text import Text

from puntlanding.language.notation import Language
from puntlanding.language.sentences import printable
from puntlanding.report.comparison_words import reasons
from puntlanding.report.simulation_words import Words, about, headlines, of
from puntlanding.report.terminal import HAIRLINES, WIDTH, rendered
from puntlanding.simulation.result import Carried, Difference, GroupRisk, Risks, Simulation, Tried

NAME = 22
TOGETHER = "\ue000"  # stands for a space that is no place to break a line
MOST_CHANGED = 4


def as_text(found: Simulation, owner: str, language: Language) -> str:
    """``owner`` is the organisation and year that head it."""
    words = Words(language)
    lines = [f"{words.pick('Simulatie van het jaar', 'Simulation of the year')} · {printable(owner)}"]
    for line in headlines(found, language):
        lines += _wrapped(line)
    lines += ["", *_agreements(found, words), ""]
    for line in about(found, language):
        lines += _wrapped(line)
    for title, table in tables(found, language):
        lines += ["", title, rendered(table)]
    lines += ["", *_wrapped(legend(language))]
    return "\n".join(lines)


def tables(found: Simulation, language: Language) -> Iterator[tuple[str, RichTable]]:
    """With their titles: who carries what, production, then each agreement and how it differs from the first."""
    words = Words(language)
    yield words.pick("Wie draagt wat", "Who carries what"), _carried(found, words)
    first = found.known[0].risks
    if first is not None:
        yield words.pick("Productie, in norm fte", "Production, in norm fte"), _chances(first, words)
    for one in found.known:
        if one.risks is not None:
            yield _heading(one, one.risks, words), _groups(one.risks, words)
    for one in found.known[1:]:
        if one.differences:
            title = words.pick(
                f"{one.letter} − A in dezelfde trekkingen", f"{one.letter} − A in the same draws"
            )  # paired, so that what both have in common falls away
            yield title, _differences(one.differences, words, money=_money(one))


def _wrapped(text: str) -> list[str]:
    """An amount stays with its euro sign."""
    kept = text.replace("€ ", f"€{TOGETHER}")
    return [line.replace(TOGETHER, " ") for line in textwrap.wrap(kept, WIDTH, break_on_hyphens=False)]


def _agreements(found: Simulation, words: Words) -> Iterator[str]:
    wide = min(max(len(printable(one.name)) for one in found.tried), 26)
    for one in found.tried:
        parts = []
        if one.letter == "A":
            parts.append(words.pick("de eigen afspraak van de case", "the case's own agreement"))
        changed = [printable(pair[0 if words.dutch else 1], 400) for pair in one.changed]
        if changed:
            more = len(changed) - MOST_CHANGED
            rest = words.pick(f" (en nog {more})", f" (and {more} more)") if more > 0 else ""
            parts.append(" ".join(changed[:MOST_CHANGED]) + rest)
        if one.refused:
            parts.append(words.pick("niet berekend: ", "not computed: ") + reasons(one.refused, words.language))
        elif one.without_euros:
            parts.append(words.pick("geen euro's: ", "no euros: ") + reasons(one.without_euros, words.language))
        head = f"{one.letter}  {printable(one.name):<{wide}}  "
        told = "; ".join(part.rstrip(".") for part in parts[:-1])
        told = "; ".join(one for one in (told, *parts[-1:]) if one)
        yield from textwrap.wrap(head + told, WIDTH, subsequent_indent=" " * (wide + 5), break_on_hyphens=False)


def _heading(one: Tried, risks: Risks, words: Words) -> str:
    money = risks.total.euros is not None
    what = words.pick("bedrag per vakgroep, euro's", "amount by group, euros")
    if not money:
        what = words.pick("betaalde norm fte per vakgroep", "paid norm fte by group")
    return f"{words.told(one)} · {what}"


def _money(one: Tried) -> bool:
    return one.risks is not None and one.risks.total.euros is not None


def _table(titles: Sequence[str], first: str) -> RichTable:
    table = RichTable(box=HAIRLINES, header_style="dim", pad_edge=False, padding=(0, 0, 0, 1), show_edge=False)
    table.add_column(first, no_wrap=True, overflow="ellipsis", max_width=NAME)
    for title in titles:
        table.add_column(Text(title), justify="right", no_wrap=True, vertical="bottom")
    return table


def _groups(risks: Risks, words: Words) -> RichTable:
    titles = [
        words.pick("gemiddeld", "mean"), "5 %", "95 %", words.pick("slechtste 5 %", "worst 5 %"),
        words.pick("spreiding", "spread"),
    ]  # fmt: skip
    moved = any(one.shifted is not None or one.extra is not None for one in risks.groups)
    if moved:
        titles.append(words.pick("herverdeling", "redistribution"))
    table = _table(titles, words.pick("vakgroep", "group"))
    for one in risks.groups:
        table.add_row(Text(printable(one.name)), *_group(one, words, moved=moved))
    table.add_section()
    table.add_row(words.pick("Totaal", "Total"), *_group(risks.total, words, moved=moved))
    return table


def _group(one: GroupRisk, words: Words, *, moved: bool) -> Iterator[Text]:
    figures, money = of(one), one.euros is not None

    def shown(value: float, *, sign: bool = False) -> str:
        return words.euros(value, sign=sign) if money else words.number(value, 2, sign=sign)

    for value in (figures.mean, figures.p5, figures.p95, figures.worst):
        yield Text(shown(value))
    yield Text(words.percent(figures.sd / figures.mean) if figures.mean > 0 else "–")
    if moved:
        change = one.shifted if money else one.extra
        yield Text("–" if change is None else shown(change, sign=True))


def _chances(risks: Risks, words: Words) -> RichTable:
    """Of producing more or less than budgeted: of the volumes, hardly of the agreement."""
    titles = [
        words.pick("begroot", "budgeted"), words.pick("verwacht", "expected"), "5 %", "95 %",
        words.pick("kans op meer", "chance of more"), words.pick("kans op minder", "chance of less"),
    ]  # fmt: skip
    table = _table(titles, words.pick("vakgroep", "group"))

    def row(name: str, one: GroupRisk) -> None:
        told = (one.budgeted, one.realised.mean, one.realised.p5, one.realised.p95)
        cells = [words.number(value, 2) for value in told]
        table.add_row(Text(name), *cells, words.chance(one.over), words.chance(one.under))

    for one in risks.groups:
        row(printable(one.name), one)
    table.add_section()
    row(words.pick("Totaal", "Total"), risks.total)
    return table


def _differences(rows: Sequence[Difference], words: Words, *, money: bool) -> RichTable:
    titles = [
        words.pick("gemiddeld", "mean"), "5 %", words.pick("mediaan", "median"), "95 %",
        words.pick("kans op meer", "chance of more"), words.pick("kans op minder", "chance of less"),
    ]  # fmt: skip
    table = _table(titles, words.pick("vakgroep", "group"))
    for one in rows:
        told = one.figures
        cells = [
            words.euros(value, sign=True) if money else words.number(value, 2, sign=True)
            for value in (told.mean, told.p5, told.median, told.p95)
        ]
        table.add_row(Text(printable(one.name)), *cells, words.chance(one.more), words.chance(one.less))
    return table


def _carried(found: Simulation, words: Words) -> RichTable:
    known = [(one, one.risks) for one in found.known if one.risks is not None]
    table = RichTable(box=HAIRLINES, header_style="dim", pad_edge=False, padding=(0, 0, 0, 1), show_edge=False)
    table.add_column("", overflow="fold", max_width=54)
    for one, _ in known:
        table.add_column(one.letter, justify="right", no_wrap=True)

    def add(title: str, cells: list[str]) -> None:
        table.add_row(Text(title), *cells)

    def rows(title: str, each: list[Carried | None]) -> None:
        add(title, ["–" if one is None else words.number(one.figures.mean, 2) for one in each])
        add(
            words.pick("  in het slechtste twintigste", "  in the worst twentieth"),
            ["–" if one is None else words.number(one.figures.worst, 2) for one in each],
        )
        if any(one is not None and one.worth is not None for one in each):
            add(
                words.pick("  gemiddelde waarde, €", "  average worth, €"),
                ["–" if one is None or one.worth is None else words.euros(one.worth) for one in each],
            )
        add(words.pick("  kans", "  chance"), ["–" if one is None else words.chance(one.chance) for one in each])

    add(
        words.pick("vakgroep: spreiding van haar uitkomst", "group: spread of its outcome"),
        [words.percent(one.group_risk) for _, one in known],
    )
    rows(
        words.pick("gremium: gemaakt en niet betaald, norm fte", "collective: made and not paid, norm fte"),
        [one.unpaid for _, one in known],
    )
    left = [one.left for _, one in known]
    if any(one is not None for one in left):
        add(
            words.pick("gremium: naar geen vakgroep, €", "collective: to no group, €"),
            ["–" if one is None else words.euros(one.figures.mean) for one in left],
        )
        add(
            words.pick("  in het slechtste twintigste, €", "  in the worst twentieth, €"),
            ["–" if one is None else words.euros(one.figures.worst) for one in left],
        )
    rows(
        words.pick("ziekenhuis: betaald boven de begroting, norm fte", "hospital: paid above the budget, norm fte"),
        [one.above for _, one in known],
    )
    if any(one.redistributed is not None for _, one in known):
        rows(
            words.pick("herverdeling: extra norm fte", "redistribution: extra norm fte"),
            [one.redistributed for _, one in known],
        )
    return table


def legend(language: Language) -> str:
    return Words(language).pick(
        "5 % en 95 %: in één op de twintig trekkingen is het minder, of meer. Slechtste 5 %: het gemiddelde van het laagste twintigste. "
        "Spreiding: standaardafwijking als deel van het gemiddelde. "
        "Herverdeling: wat zij een vakgroep gemiddeld geeft of kost tegenover dezelfde afspraak zonder.",
        "5 % and 95 %: one draw in twenty is less, or more. Worst 5 %: the mean of the lowest twentieth. "
        "Spread: standard deviation as a share of the mean. "
        "Redistribution: what it gives or costs a group on average against the same agreement without it.",
    )
