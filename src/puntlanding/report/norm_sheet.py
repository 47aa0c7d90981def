"""A small table of text under its title, and numbers as the pages about norm times show them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from fractions import Fraction

from rich.table import Table as RichTable
from rich.text import Text

from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import printable
from puntlanding.quantities import fixed, half_up
from puntlanding.report.terminal import HAIRLINES, WIDTH, rendered

MOST = 15  # rows of a table; the others are counted, and --all shows them
LONGEST_CELL = 42


def told(pair: tuple[str, str], language: Language) -> str:
    return pair[0] if language is Language.DUTCH else pair[1]


Words = tuple[tuple[str, str], tuple[str, str]]  # Dutch: one, more; English: one, more
PRODUCTS: Words = (("zorgproduct", "zorgproducten"), ("product", "products"))
ACTIVITIES: Words = (("activiteit", "activiteiten"), ("activity", "activities"))
CODES: Words = (("code", "codes"), ("code", "codes"))
DIAGNOSES: Words = (("diagnose", "diagnoses"), ("diagnosis", "diagnoses"))
GROUPS: Words = (("vakgroep", "vakgroepen"), ("group", "groups"))


def counted(count: int, words: Words, language: Language) -> str:
    """1 zorgproduct, 2 zorgproducten."""
    one, more = words[0 if language is Language.DUTCH else 1]
    return f"{number(count, 0, language)} {one if count == 1 else more}"


def sheet(
    title: str, columns: Sequence[tuple[str, bool]], rows: Iterable[Sequence[str]], language: Language, most: int | None
) -> str:
    """``columns``: heading and whether it is a number. Nothing where there are no rows; ``most`` None shows all."""
    kept = [list(row) for row in rows]
    if not kept:
        return ""
    shown = RichTable(box=HAIRLINES, header_style="dim", pad_edge=False, padding=(0, 0, 0, 1), show_edge=False)
    for heading, right in columns:
        shown.add_column(
            Text(heading), justify="right" if right else "left", no_wrap=True, overflow="ellipsis", vertical="bottom"
        )
    for row in kept[:most]:
        shown.add_row(*(Text(printable(cell, LONGEST_CELL)) for cell in row))
    text = f"{title}\n{rendered(shown)}"
    left = len(kept) - len(kept[:most])
    if left:
        more = told(("… en nog {0} (--all toont alles)", "… and {0} more (--all shows all)"), language)
        text += "\n" + more.format(number(left, 0, language))
    return text


def wrapped(text: str) -> str:
    """Sentences within the width of a terminal; each line of ``text`` stays a line of its own."""
    return "\n".join(
        textwrap.fill(line, WIDTH, break_long_words=False, break_on_hyphens=False) for line in text.splitlines()
    )


def page(*blocks: str) -> str:
    return "\n\n".join(block for block in blocks if block)


def percent(share: Fraction | None, language: Language, *, signed: bool = False) -> str:
    """One decimal, half-up."""
    if share is None:
        return "–"
    shown = change(share * 100, 1, language) if signed else number(share * 100, 1, language)
    return f"{shown} %"


def covered(share: Fraction | None, language: Language) -> str:
    """One decimal, but never 100 % while something is missing."""
    if share is not None and 1 - Fraction(1, 2000) <= share < 1:
        return percent(Fraction(999, 1000), language)
    return percent(share, language)


def change(value: Fraction, decimals: int, language: Language) -> str:
    """With its sign: + where what is shown grew."""
    return ("+" if half_up(value, decimals) > 0 else "") + number(value, decimals, language)


def maybe(value: Fraction | None, decimals: int, language: Language) -> str:
    return "–" if value is None else number(value, decimals, language)


def fixed_or_none(value: Fraction | None) -> str | None:
    """As the JSON contract writes a quantity."""
    return None if value is None else fixed(value)
