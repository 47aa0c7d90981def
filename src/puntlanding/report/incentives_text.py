"""Incentives on the terminal: the verdict, three findings, and the strip of every group."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from puntlanding.language.notation import Language
from puntlanding.language.sentences import printable
from puntlanding.report.incentives_tables import side_by_side, table
from puntlanding.report.incentives_words import Refused, Told, Words, notes, refusal
from puntlanding.report.terminal import WIDTH, rendered

TITLE = ("Prikkels van de afspraak", "Incentives of the agreement")
INDENT = 3


def as_text(every: Sequence[Told], refused: Sequence[Refused], owner: str, language: Language) -> str:
    """``owner`` is the organisation and year that head it; ``every`` at least one, the first the case's own."""
    words = Words(language, every[0].found)
    lines = [f"{TITLE[0 if words.dutch else 1]} · {printable(owner)}"]
    shown: list[Told | Refused] = [*every, *refused]
    for one in sorted(shown, key=lambda one: one.letter):
        lines += _read(one) if isinstance(one, Told) else ["", *_wrapped(refusal(one, words), INDENT)]
    unit = caption(words)
    if len(every) == 1:
        lines += ["", unit, rendered(table(every[0], words))]
    else:
        star = words.pick("* anderen leveren daarbij in", "* others give up something for it")
        lines += ["", f"{unit}; {star}"]
        for block in side_by_side(every, words):
            lines += [rendered(block), ""]
        lines.pop()
    lines.append("")
    for note in notes(every):
        lines += _wrapped(note)
    return "\n".join(lines)


def caption(words: Words) -> str:
    if words.found.in_euros:
        return words.pick(
            f"Wat een {words.one} meer de vakgroep oplevert, in €", f"What one {words.one} more pays the group, in €"
        )
    return words.pick(
        "Hoeveel van een norm fte meer de vakgroep betaald krijgt", "How much of one norm fte more the group is paid"
    )


def _read(one: Told) -> Iterator[str]:
    if one.letter:
        yield ""
        yield from _wrapped(f"{one.letter}  {one.name}: {one.verdict}", INDENT)
    else:
        yield from _wrapped(one.verdict)
        yield ""
    for at, (title, text) in enumerate(one.findings, start=1):
        yield from _wrapped(f"{at}  {title}. {text}", INDENT, INDENT if one.letter else 0)


def _wrapped(text: str, indent: int = 0, first: int = 0) -> list[str]:
    """A sign of euros stays with its number."""
    lines = textwrap.wrap(
        text.replace("€ ", "€\u00a0"), WIDTH, initial_indent=" " * first, subsequent_indent=" " * (first + indent),
        break_on_hyphens=False,
    )  # fmt: skip
    return [line.replace("\u00a0", " ") for line in lines]
