"""A comparison on the terminal: the answer, what the columns are, the tables; and the tree behind a difference."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from puntlanding.comparison import Comparison, Kind
from puntlanding.explain import Node
from puntlanding.language.notation import Language
from puntlanding.language.sentences import printable
from puntlanding.problems import InputError, Problem, near_miss
from puntlanding.report.comparison_tables import blocks, grids
from puntlanding.report.comparison_words import about, headlines, name, percent
from puntlanding.report.explanation import tree_text
from puntlanding.report.terminal import WIDTH, rendered

_TITLE = ("Afspraken vergeleken", "Agreements compared")
_ROUNDED = (
    "Hele euro's; op de cent staan ze in --json, --csv en --xlsx. Verschuiven: wat de een erbij krijgt en de ander inlevert.",
    "Whole euros; --json, --csv and --xlsx have them to the cent. Moves: what some gain and others give up.",
)
_NO_FRAME = (
    "Alleen norm fte: zonder [kader] in de afspraak is er niets in euro's te vergelijken.",
    "Norm fte only: without [kader] in the agreement there is nothing to compare in euros.",
)
_OLD = (
    "Oud model: {0} input, {1} output, {2} efficiency ({3}). De output is de realisatie van de case, op openingsdatum; "
    "het oude model telde op sluitdatum.",
    "Old model: {0} input, {1} output, {2} efficiency ({3}). Its output is the case's realisation, on opening date; "
    "the old model counted on closing date.",
)
_LOCAL = ("lokale standaard, in geen bron", "local default, in no source")
_AGREED = ("zoals in [prestatiemodel]", "as in [prestatiemodel]")


def as_text(found: Comparison, owner: str, language: Language) -> str:
    """``owner`` is the organisation and year that head it."""
    which = 0 if language is Language.DUTCH else 1
    lines = [f"{_TITLE[which]} · {printable(owner)}"]
    for line in headlines(found, language):
        lines += textwrap.wrap(line, WIDTH, break_on_hyphens=False)
    lines += ["", *_columns(found, language)]
    for grid in grids(found, language):
        lines += ["", grid.title]
        for table in blocks(grid, found.names, language):
            lines += [rendered(table), ""]
        lines.pop()
    lines.append("")
    for note in _notes(found, language):
        lines += textwrap.wrap(note, WIDTH, break_on_hyphens=False)
    return "\n".join(lines)


def _columns(found: Comparison, language: Language) -> Iterator[str]:
    names = {column.letter: name(column, language) for column in found.columns}
    wide = min(max(map(len, names.values())), 26)
    for column in found.columns:
        head = f"{column.letter}  {names[column.letter]:<{wide}}  "
        yield from textwrap.wrap(
            head + about(column, found, language), WIDTH, subsequent_indent=" " * (wide + 5), break_on_hyphens=False,
            break_long_words=True,
        )  # fmt: skip


def _notes(found: Comparison, language: Language) -> Iterator[str]:
    which = 0 if language is Language.DUTCH else 1
    yield (_NO_FRAME if found.own.euros is None else _ROUNDED)[which]
    if found.of(Kind.OLD) is not None:
        weights = found.own.proposal.case.agreement.old_model
        nodes = (weights.input, weights.output, weights.efficiency)
        typed = any(node.source is not None for node in nodes)
        told = (_AGREED if typed else _LOCAL)[which]
        yield _OLD[which].format(*(percent(node.value, language) for node in nodes), told)


def trees(found: Comparison, wanted: str) -> tuple[str, dict[str, Node]]:
    """The group as it is called, and what is explained of it by letter: the amount under A, of the others the difference, then
    what compensates and what the step from three parameters to two does.

    Raises InputError with what there is to choose from.
    """
    names = {one.lower(): one for one in found.names}
    total = wanted.strip().lower() in ("totaal", "total")
    group = names.get(wanted.strip().lower())
    if group is None and not total:
        known = [*found.names, "Totaal"]
        details = {"close": near_miss(wanted, known), "allowed": ", ".join(map(printable, known))}
        raise InputError([Problem("explain_unknown", "--explain", value=wanted, details=details)])
    nodes: dict[str, Node] = {}
    own = found.own.euros or found.own.fte
    if own is not None:
        nodes[found.own.letter] = own.total if group is None else own.groups[group]
    for one in found.beside:
        change = one.euros or one.fte
        if change is not None:
            nodes[one.column.letter] = change.total if group is None else change.groups[group]
    for letter, needed in found.compensations.items():
        nodes[f"{letter} vergoeding"] = needed.total if group is None else needed.groups[group]
    for key, step in (("3 → 2", found.parameters), (f"2 → {found.own.letter}", found.budgeting)):
        if step is not None:
            nodes[key] = step.total if group is None else step.groups[group]
    return group or "Totaal", nodes


def explained(found: Comparison, wanted: str, language: Language) -> str:
    group, nodes = trees(found, wanted)
    letters = {column.letter: f": {name(column, language)}" for column in found.columns}
    titles = {key: f"{group} · {key}{letters.get(key, '')}" for key in nodes}
    return "\n\n".join(tree_text(node, titles[key], language) for key, node in nodes.items())
