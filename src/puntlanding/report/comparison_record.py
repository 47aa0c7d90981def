"""A comparison as JSON: quantities as strings with 6 decimals, euros as whole cents, every refused column with its reasons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from puntlanding.comparison import Change, Column, Comparison, Compensation
from puntlanding.comparison.columns import Sums
from puntlanding.explain import Node, Unit
from puntlanding.language.notation import Language
from puntlanding.report.comparison_text import trees
from puntlanding.report.comparison_words import name
from puntlanding.report.contract import nodes_record, problems_record, value


def as_record(found: Comparison, language: Language, explain: str | None = None) -> dict[str, Any]:
    changes = {one.column.letter: (one.fte, one.euros) for one in found.beside}
    record: dict[str, Any] = {
        "afspraken": [
            _column(column, found, changes.get(column.letter, (None, None)), language) for column in found.columns
        ]
    }
    if found.within is not None:
        record["vergoeding"] = {
            "binnen": value(found.within, Unit.RATIO),
            "ten_opzichte_van": found.reference.letter,
            "per_kolom": {letter: _compensation(one) for letter, one in found.compensations.items()},
        }
    for key, change in (("van_drie_naar_twee_parameters", found.parameters), ("van_twee_naar_eigen", found.budgeting)):
        if change is not None:
            record[key] = _change(change)
    if explain is not None:
        group, nodes = trees(found, explain)
        record["uitleg"] = {"vakgroep": group, **nodes_record(nodes, language)}
    return record


def _column(
    column: Column, found: Comparison, changes: tuple[Change | None, Change | None], language: Language
) -> dict[str, Any]:
    proposal, which = column.proposal, 0 if language is Language.DUTCH else 1
    record: dict[str, Any] = {"kolom": column.letter, "naam": name(column, language), "soort": proposal.kind.value}
    if proposal.hash is not None:
        record["hash"] = proposal.hash
    if proposal.changed:
        record["gewijzigd"] = [pair[which] for pair in proposal.changed]
    if proposal.notes:
        record["toelichting"] = [note[which] for note in proposal.notes]
    if column.refused:
        return record | problems_record(column.refused, language, "niet_berekend")
    if column.without_euros:
        record |= problems_record(column.without_euros, language, "geen_euros")
    fte, euros = column.fte, column.euros
    totals, unpaid = (_both(fte, euros, what) for what in ("total", "unpaid"))
    record["vakgroepen"] = [
        {"vakgroep": group, **_amounts(group, fte, euros), **_differences(group, changes)} for group in found.names
    ]
    record["totaal"] = totals
    record["niet_uitgekeerd"] = unpaid
    if column.frame is not None:
        record["kader_cent"] = value(column.frame, Unit.CENTS)
    told = changes[1] or changes[0]
    if told is not None:
        record["verschil"] = _change(told)
    return record


def _amounts(group: str, fte: Sums | None, euros: Sums | None) -> dict[str, Any]:
    return _pair(None if fte is None else fte.groups.get(group), None if euros is None else euros.groups.get(group))


def _both(fte: Sums | None, euros: Sums | None, what: str) -> dict[str, Any]:
    return _pair(*(None if one is None else getattr(one, what) for one in (fte, euros)))


def _pair(fte: Node | None, euros: Node | None) -> dict[str, Any]:
    return {"norm_fte": value(fte, Unit.FTE), "bedrag_cent": value(euros, Unit.CENTS)}


def _differences(group: str, changes: tuple[Change | None, Change | None]) -> dict[str, Any]:
    fte, euros = changes
    if fte is None:
        return {}
    record = {"verschil_norm_fte": value(fte.groups.get(group), Unit.FTE)}
    if euros is not None:
        record["verschil_cent"] = value(euros.groups.get(group), Unit.CENTS)
    record["verschil_deel"] = value((euros or fte).shares.get(group), Unit.RATIO)
    return record


def _change(change: Change) -> dict[str, Any]:
    """In cents, or in norm fte where there is no frame: the names of the keys say which."""
    unit = change.total.unit
    word = "cent" if unit is Unit.CENTS else "norm_fte"
    return {
        "vakgroepen": [
            {"vakgroep": group, f"verschil_{word}": value(node, unit), "deel": value(change.shares[group], Unit.RATIO)}
            for group, node in change.groups.items()
        ],
        "meer": list(change.gainers),
        "minder": list(change.losers),
        f"verschoven_{word}": value(change.moved, unit),
        "verschoven_deel": value(change.moved_share, Unit.RATIO),
        f"samen_{word}": value(change.total, unit),
        f"niet_uitgekeerd_{word}": value(change.unpaid, unit),
    }


def _compensation(one: Compensation) -> Mapping[str, Any]:
    return {
        "vakgroepen": [{"vakgroep": name, "cent": value(node, Unit.CENTS)} for name, node in one.groups.items()],
        "totaal_cent": value(one.total, Unit.CENTS),
        "deel_van_het_kader": value(one.share, Unit.RATIO),
    }
