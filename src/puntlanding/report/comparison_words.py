"""A comparison in sentences: of each column who gets more and less, and what the column is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from puntlanding.comparison import Change, Column, Comparison, Kind
from puntlanding.comparison.compare import Beside
from puntlanding.comparison.old_model import NAMES
from puntlanding.explain import Node, Unit
from puntlanding.language.notation import Language, euros, number
from puntlanding.language.sentences import printable, sentence
from puntlanding.problems import Problem
from puntlanding.quantities import half_up

_KINDS = {
    Kind.OWN: ("de eigen afspraak van de case", "the case's own agreement"),
    Kind.WHOLE: ("hele afspraak", "whole agreement"),
    Kind.OVERLAY: ("aanvulling op A", "overlay on A"),
    Kind.TYPE: ("alle contracten als deze soort", "all contracts as this type"),
    Kind.OLD: (
        "schaduwdraaien: aandeel in de norm fte achteraf, op input, output en efficiency",
        "shadow run: share of the norm fte afterwards, on input, output and efficiency",
    ),
    Kind.TWO: (
        "hetzelfde zonder input: de realisatie met de gewichten van de afspraak",
        "the same without input: the realisation with the agreement's weights",
    ),
}
MOST_CHANGED = 4


def name(column: Column, language: Language) -> str:
    """What the column is called: the file, the type, or the model."""
    kind = column.proposal.kind
    if kind in NAMES:
        return NAMES[kind][0 if language is Language.DUTCH else 1]
    return printable(column.proposal.name)


def about(column: Column, found: Comparison, language: Language) -> str:
    """What kind of column it is, what it changes, and why it could not be computed. That nobody has a frame is told elsewhere."""
    which = 0 if language is Language.DUTCH else 1
    parts = [_KINDS[column.proposal.kind][which]]
    changed = column.proposal.changed
    if changed:
        parts[0] += ": " + " ".join(printable(pair[which], 400) for pair in changed[:MOST_CHANGED])
        if len(changed) > MOST_CHANGED:
            more = len(changed) - MOST_CHANGED
            parts[0] += f" (en nog {more})" if which == 0 else f" (and {more} more)"
    parts += [printable(note[which], 200) for note in column.proposal.notes]
    if column.refused:
        parts.append(("niet berekend: ", "not computed: ")[which] + reasons(column.refused, language))
    elif column.without_euros and (found.own.euros or {one.code for one in column.without_euros} != {"needs_frame"}):
        parts.append(("geen euro's: ", "no euros: ")[which] + reasons(column.without_euros, language))
    return "; ".join(parts)


def reasons(problems: Sequence[Problem], language: Language) -> str:
    """The first of each kind, whose it is, and how many more there are of it."""
    kinds: dict[str, list[Problem]] = {}
    for problem in problems:
        kinds.setdefault(problem.code, []).append(problem)
    told = []
    for same in kinds.values():
        whose = f"{printable(same[0].value)}: " if same[0].value else ""
        more = len(same) - 1
        rest = (f" (en nog {more})" if language is Language.DUTCH else f" (and {more} more)") if more else ""
        told.append(whose + sentence(same[0], language) + rest)
    return " ".join(told)


def headlines(found: Comparison, language: Language) -> Iterator[str]:
    """One sentence per column that could be computed; where the own agreement has euros, norm fte alone does not tell."""
    for one in found.beside:
        told = one.fte if found.own.euros is None else one.euros
        if told is not None:
            yield _headline(one, told, language)


def _headline(one: Beside, told: Change, language: Language) -> str:
    dutch, letter = language is Language.DUTCH, f"{one.column.letter} ({name(one.column, language)})"
    more, less = len(told.gainers), len(told.losers)
    if not more and not less:
        same = (
            f"Onder {letter} krijgt elke vakgroep hetzelfde als nu"
            if dutch
            else f"Under {letter} every group gets the same as now"
        )
        return same + "."
    text = f"Onder {letter} {_counted(more, less)}" if dutch else f"Under {letter}, {_counted_en(more, less)}"
    if told.moved.value:
        of = ""
        if told.moved_share is not None:
            whole = _whole(one, dutch)
            of = f" ({percent(told.moved_share.value, language)} {whole})"
        moved = amount(told.moved, language)
        text += f"; er verschuift {moved} tussen vakgroepen{of}" if dutch else f"; {moved} moves between groups{of}"
    if told.total.value:
        together = amount(told.total, language, absolute=True)
        up = told.total.value > 0
        if dutch:
            text += f"; samen krijgen ze {together} {'meer' if up else 'minder'}"
        else:
            text += f"; together they get {together} {'more' if up else 'less'}"
    return text + "."


def _counted(more: int, less: int) -> str:
    first, word = (more, "meer") if more else (less, "minder")
    groups = "krijgt 1 vakgroep" if first == 1 else f"krijgen {first} vakgroepen"
    other = f"{less} minder" if more and less else "geen minder" if more else "geen meer"
    return f"{groups} {word} en {other}"


def _counted_en(more: int, less: int) -> str:
    first, word = (more, "more") if more else (less, "less")
    groups = "1 group gets" if first == 1 else f"{first} groups get"
    other = f"{less} less" if more and less else "none less" if more else "none more"
    return f"{groups} {word} and {other}"


def _whole(one: Beside, dutch: bool) -> str:
    if one.euros is None:
        return "van de norm fte onder A" if dutch else "of the norm fte under A"
    return "van het kader" if dutch else "of the frame"


def amount(node: Node, language: Language, *, absolute: bool = False) -> str:
    """Euros to the cent, or norm fte."""
    value = abs(node.value) if absolute else node.value
    if node.unit is Unit.CENTS:
        return f"€ {euros(value, language)}"
    return f"{number(value, 2, language)} norm fte"


def percent(value: Fraction, language: Language) -> str:
    return f"{number(value * 100, 1, language)} %"


def signed(value: Fraction, decimals: int, language: Language) -> str:
    """With its sign; exactly zero is 0 without decimals, and what is too small to show has no sign."""
    if not value:
        return "0"
    rounded = half_up(value, decimals)
    return ("+" if rounded > 0 else "") + number(value if rounded else Fraction(0), decimals, language)
