"""One group's forecast by product and by diagnosis group: what moves the total first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from puntlanding.case.linked_pieces import BudgetedPiece, GroupPieces
from puntlanding.forecast.bridge import STEPS
from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import index, visible

MOST = 40  # rows; the rest is one line, so that the page stays a page
_UNKNOWN = ("nog niet bekend", "not known yet")
_PRODUCTS = (
    ("zorgproduct", "begroot (normuren)", "afgesloten", "aantal afgesloten", "onderhanden", "nog te openen", "verwacht (normuren)", "verschil"),
    ("product", "budgeted (norm hours)", "closed", "number closed", "in flight", "still to open", "expected (norm hours)", "difference"),
)  # fmt: skip
_DIAGNOSES = (
    ("diagnosegroep", "afgesloten", "aantal afgesloten", "onderhanden", "nog te openen", "verwacht (normuren)"),
    ("diagnosis group", "closed", "number closed", "in flight", "still to open", "expected (norm hours)"),
)


@dataclass(frozen=True, slots=True)
class PieceTable:
    """``lines``: name and cells, what differs most from its budget first (or what is largest); ``total`` adds up to the group."""

    caption: str
    headings: tuple[str, ...]
    lines: tuple[tuple[str, tuple[str, ...]], ...]
    total: tuple[str, tuple[str, ...]]


def piece_tables(pieces: GroupPieces, language: Language) -> tuple[PieceTable, ...]:
    which = index(language)
    budgeted = any(one.budget is not None for one in pieces.products)
    products = _PRODUCTS[which] if budgeted else tuple(
        text for at, text in enumerate(_PRODUCTS[which]) if at not in (1, len(_PRODUCTS[which]) - 1)
    )  # fmt: skip
    found = (
        (("Per zorgproduct", "By product")[which], products, pieces.products, budgeted),
        (("Per diagnosegroep", "By diagnosis group")[which], _DIAGNOSES[which], pieces.diagnoses, False),
    )
    return tuple(
        _table(caption, headings, parts, language, budgeted=with_budget)
        for caption, headings, parts, with_budget in found
        if parts
    )


def _table(
    caption: str, headings: Sequence[str], parts: Sequence[BudgetedPiece], language: Language, *, budgeted: bool
) -> PieceTable:
    which = index(language)
    size: Callable[[BudgetedPiece], Fraction] = _difference if budgeted else _expected
    ordered = sorted(parts, key=lambda one: (-abs(size(one)), one.piece.code))
    shown, rest = ordered[:MOST], ordered[MOST:]
    lines = [(visible(one.piece.code) or _UNKNOWN[which], _cells([one], language, budgeted=budgeted)) for one in shown]
    if rest:
        lines.append((f"{len(rest)} {('andere', 'others')[which]}", _cells(rest, language, budgeted=budgeted)))
    total = (("Totaal", "Total")[which], _cells(parts, language, budgeted=budgeted))
    return PieceTable(caption, tuple(headings), tuple(lines), total)


def _expected(one: BudgetedPiece) -> Fraction:
    return one.piece.forecast


def _difference(one: BudgetedPiece) -> Fraction:
    return one.piece.forecast - (one.budget or 0)


def _cells(parts: Sequence[BudgetedPiece], language: Language, *, budgeted: bool) -> tuple[str, ...]:
    def hours(value: Fraction) -> str:
        return number(value, 1, language)

    pieces = [one.piece for one in parts]
    expected = sum((one.forecast for one in pieces), Fraction(0))
    cells = [
        hours(sum((one.closed_hours for one in pieces), Fraction(0))),
        number(sum(one.count for one in pieces), 0, language),
        hours(Fraction(sum(one.in_flight for one in pieces), STEPS)),
        hours(Fraction(sum(one.to_open for one in pieces), STEPS)),
        hours(expected),
    ]
    if not budgeted:
        return tuple(cells)
    budget = sum((one.budget or Fraction(0) for one in parts), Fraction(0))
    difference = hours(expected - budget)
    return (hours(budget), *cells, f"+{difference}" if expected > budget else difference)
