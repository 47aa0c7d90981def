"""The ex-ante benchmark for who makes it: the rate of every peer group with its spread, and what changed it."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from rich.table import Table as RichTable
from rich.text import Text

from puntlanding.agreement import PeerMethod
from puntlanding.benchmark.ex_ante import Benchmark, Change
from puntlanding.benchmark.output import RestPriced
from puntlanding.benchmark.peers import Own, PeerRule, PeersBy
from puntlanding.benchmark.rates import Pool
from puntlanding.benchmark.spread import Spread
from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import printable
from puntlanding.quantities import fixed
from puntlanding.records.specialism_names import group_name as group_name
from puntlanding.records.specialism_names import specialism as specialism
from puntlanding.report.terminal import HAIRLINES, HEADING, WIDTH, rendered

MOST_MISSING = 10
NARROWEST = 11  # of the first column
METHODS = {
    PeerMethod.POOLED: ("alle normuren gedeeld door alle fte", "all norm hours divided by all fte"),
    PeerMethod.MEAN: ("het gemiddelde van de vakgroepen", "the mean of the groups"),
    PeerMethod.MEDIAN: ("de mediaan van de vakgroepen", "the median of the groups"),
}
_PEERS = {
    PeersBy.TYPE: ("ziekenhuizen van hetzelfde type", "hospitals of the same type"),
    PeersBy.ALL: ("alle ziekenhuizen", "all hospitals"),
    PeersBy.LIST: ("de ziekenhuizen op de lijst", "the hospitals on the list"),
}
_OWN = {
    Own.IN: ("eigen vakgroep telt mee", "own group counts"),
    Own.OUT: ("eigen vakgroep telt niet mee", "own group does not count"),
}
_QUARTILES = (
    "Kwart, midden en driekwart zijn kwartielen, lijnrecht tussen de twee vakgroepen waar zij tussen vallen.",
    "Quarter, middle and three quarters are quartiles, on the line between the two groups that they fall between.",
)
_REST = (
    "Codes die om de privacy in ‘overig’ staan, zijn van {0} vakgroepen meegerekend naar verhouding van hun andere codes.",
    "Codes that stand in ‘overig’ for privacy were counted in {0} groups in proportion to their other codes.",
)


def grid(titles: Sequence[str], rows: Sequence[Sequence[str]], left: int = 1) -> RichTable:
    """A quiet table: the first ``left`` columns are names, the others numbers. Where room is short the first
    name gives way: a number is never cut.
    """
    shown = RichTable(box=HAIRLINES, header_style="dim", pad_edge=False, padding=(0, 0, 0, 1), show_edge=False)
    filled = [max((len(row[position]) for row in rows), default=0) for position in range(len(titles))]
    lines = [
        textwrap.wrap(title, max(HEADING, filled[position]), break_long_words=False, break_on_hyphens=False)
        for position, title in enumerate(titles)
    ]
    widths = [max(width, *map(len, heading)) for width, heading in zip(filled, lines, strict=True)]
    room = WIDTH - 2 * (len(titles) - 1) - sum(widths[1:])
    widths[0] = max(min(widths[0], room), NARROWEST)
    for position, heading in enumerate(lines):
        shown.add_column(
            Text("\n".join(heading)), justify="left" if position < left else "right", no_wrap=True, overflow="ellipsis",
            vertical="bottom", width=widths[position],
        )  # fmt: skip
    for row in rows:
        shown.add_row(*(Text(printable(cell)) for cell in row))
    return shown


def pair(texts: tuple[str, str], language: Language) -> str:
    return texts[0 if language is Language.DUTCH else 1]


def hospitals(count: int, language: Language) -> str:
    words = ("ziekenhuis", "ziekenhuizen") if language is Language.DUTCH else ("hospital", "hospitals")
    return f"{number(count, 0, language)} {words[count != 1]}"


def of_rate(value: Fraction | None, language: Language) -> str:
    return "–" if value is None else number(value, 1, language)


def signed(value: Fraction, decimals: int, language: Language) -> str:
    shown = number(value, decimals, language)
    return f"+{shown}" if value > 0 and any(char in "123456789" for char in shown) else shown


def compared(rule: PeerRule, method: PeerMethod, language: Language) -> str:
    parts = (pair(_PEERS[rule.by], language), pair(_OWN[rule.own], language), pair(METHODS[method], language))
    start = (
        "Vergeleken met {0}; {1}. Normuren per fte: {2}."
        if language is Language.DUTCH
        else "Compared with {0}; {1}. Norm hours per fte: {2}."
    )
    return start.format(*parts)


def as_text(found: Benchmark, language: Language) -> str:
    dutch = language is Language.DUTCH
    blocks: list[Any] = [Text(_headline(found, language)), Text(compared(found.rule, found.method, language)), ""]
    titles = (
        ("specialisme", "vergelijking", "n", "benchmark", "laagste", "kwart", "midden", "driekwart", "hoogste")
        if dutch
        else ("specialism", "peers", "n", "benchmark", "lowest", "quarter", "middle", "3 quarters", "highest")
    )
    blocks += [grid(titles, [_pool_row(pool, language) for pool in found.rates.pools], 2), ""]
    blocks += _changes(found, language)
    blocks += _missing(found, language)
    blocks.append(Text(pair(_QUARTILES, language)))
    derived = sum(one.rest in (RestPriced.GROUP, RestPriced.SPECIALISM) for one in found.output.groups.values())
    if derived:
        blocks.append(Text(pair(_REST, language).format(number(derived, 0, language))))
    return rendered(*blocks)


def _headline(found: Benchmark, language: Language) -> str:
    total = len(found.rates.groups)
    have = sum(one.rate is not None for one in found.rates.groups.values())
    numbers = [number(have, 0, language), number(total, 0, language), hospitals(len(found.hospitals), language)]
    moved = max(found.changes, key=lambda one: (abs(share(one) or 0), one.specialism, one.pool), default=None)
    dutch = language is Language.DUTCH
    start = (
        f"De ex-ante benchmark van {found.year} geeft {numbers[0]} van {numbers[1]} vakgroepen een waarde, uit {found.base_year} van {numbers[2]}."
        if dutch
        else f"The ex-ante benchmark of {found.year} gives {numbers[0]} of {numbers[1]} groups a value, from {found.base_year} of {numbers[2]}."
    )
    change = None if moved is None else share(moved)
    if moved is None or not change:
        return start
    name, percent = f"{specialism(moved.specialism)} · {moved.pool}", signed(100 * change, 1, language)
    most = f"Het meest verandert {name}: {percent} %." if dutch else f"What changes most is {name}: {percent} %."
    return f"{start} {most}"


def share(one: Change) -> Fraction | None:
    """How much the rate changes, as a part of the old one."""
    return (one.new - one.old) / one.old if one.old else None


def _pool_row(pool: Pool, language: Language) -> tuple[str, ...]:
    names = (group_name(pool.specialism, pool.role, language), pool.name, number(len(pool.members), 0, language))
    return (*names, *(of_rate(value, language) for value in (pool.rate, *spread_values(pool.spread))))


def spread_values(one: Spread | None) -> tuple[Fraction | None, ...]:
    return (None,) * 5 if one is None else (one.minimum, one.lower, one.median, one.upper, one.maximum)


def _changes(found: Benchmark, language: Language) -> list[Any]:
    if not found.changes:
        return []
    dutch = language is Language.DUTCH
    title = (
        f"Waardoor normuren per fte veranderen, van {found.base_year} naar {found.year} (alle uren ÷ alle fte):"
        if dutch
        else f"What changes norm hours per fte, from {found.base_year} to {found.year} (all hours ÷ all fte):"
    )
    old, new = str(found.base_year), str(found.year)
    titles = (
        ("specialisme", "vergelijking", old, "structuur", "trends", "normtijden", "dekking", new, "%")
        if dutch
        else ("specialism", "peers", old, "structure", "trends", "norm times", "coverage", new, "%")
    )
    rows = [
        (
            group_name(one.specialism, one.role, language), one.pool, of_rate(one.old, language),
            *(signed(part, 1, language) if part else "–" for part in one.effects.parts()), of_rate(one.new, language),
            "–" if (change := share(one)) is None else signed(100 * change, 1, language),
        )
        for one in found.changes
    ]  # fmt: skip
    return [Text(title), grid(titles, rows, 2), ""]


def _missing(found: Benchmark, language: Language) -> list[Any]:
    if not found.missing:
        return []
    dutch = language is Language.DUTCH
    count = number(len(found.missing), 0, language)
    title = (
        f"Zonder normtijd voor {found.year}, dus niet meegeteld: {count} codes. De grootste:"
        if dutch
        else f"Without a norm time for {found.year}, so not counted: {count} codes. The largest:"
    )
    titles = (
        ("specialisme", "soort", "code", "aantal", "ziekenhuizen")
        if dutch
        else ("specialism", "kind", "code", "volume", "hospitals")
    )
    most = sorted(found.missing, key=lambda one: (-one.volume, one.specialism, one.code))[:MOST_MISSING]
    rows = [
        (
            group_name(one.specialism, one.role, language), one.kind, one.code,
            number(one.volume, 0, language), number(one.hospitals, 0, language),
        )
        for one in most
    ]  # fmt: skip
    return [Text(title), grid(titles, rows, 3), ""]


def as_record(found: Benchmark) -> dict[str, Any]:
    """Quantities with six decimals, half-up; the published file has them exact."""
    return {
        "jaar": found.year,
        "basisjaar": found.base_year,
        **found.rule.as_record(),
        "methode": found.method.value,
        "normtijden": found.norm_times,
        "vergelijkingsgroepen": [pool_record(pool) for pool in found.rates.pools],
        "veranderingen": [
            {
                "specialisme": one.specialism, "rol": one.role, "vergelijking": one.pool, "oud": fixed(one.old),
                "structuur": fixed(one.effects.structure), "trends": fixed(one.effects.trends),
                "normtijden": fixed(one.effects.norm_times), "dekking": fixed(one.effects.coverage), "nieuw": fixed(one.new),
            }
            for one in found.changes
        ],
        "zonder_normtijd": [
            {
                "specialisme": one.specialism, "rol": one.role, "soort": one.kind, "code": one.code,
                "aantal": fixed(one.volume), "ziekenhuizen": one.hospitals,
            }
            for one in found.missing
        ],
    }  # fmt: skip


def pool_record(pool: Pool) -> dict[str, Any]:
    names = ("laagste", "kwart", "midden", "driekwart", "hoogste")
    return {
        "specialisme": pool.specialism,
        "rol": pool.role,
        "vergelijking": pool.name,
        "vakgroepen": len(pool.members),
        "benchmark": maybe(pool.rate),
        **{name: maybe(value) for name, value in zip(names, spread_values(pool.spread), strict=True)},
    }


def maybe(value: Fraction | None) -> str | None:
    return None if value is None else fixed(value)
