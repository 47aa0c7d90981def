"""Putting contributions together: in any order and any grouping the same bytes, because it is a union of rows in one order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import polars as pl

from puntlanding.contribution.about import Basis
from puntlanding.contribution.model import Contribution
from puntlanding.contribution.order import Order, together
from puntlanding.contribution.tables import LAYOUTS, TableName
from puntlanding.problems import InputError, Problem

# What must be equal, and the problem where it is not.
_SHARED = (
    ("year", "contribution_year"),
    ("units", "contribution_units"),
    ("age_bands", "contribution_age_bands"),
    ("diagnosis_groups", "contribution_diagnosis_groups"),
    ("norm_times", "contribution_norm_times"),
    ("cost_prices", "contribution_cost_prices"),
)


def merge(contributions: Iterable[Contribution]) -> Contribution:
    """All hospitals of ``contributions`` in one. Raises InputError with all that is wrong: nothing at all to merge, another
    year, other code sets or norm times, the same hospital twice. Then nothing is merged.
    """
    parts = list(contributions)
    problems = list(_conflicts(parts))
    if problems:
        raise InputError(problems)
    if len(parts) == 1:
        return parts[0]
    hospitals = sorted((one for part in parts for one in part.hospitals), key=lambda one: one.hospital)
    names = [name for name in TableName if all(name in part.tables for part in parts)]
    merged = {name: _together(name, parts) for name in names}
    order = {name: found for name, (_, found) in merged.items() if found is not None}
    tables = {name: table for name, (table, _) in merged.items()}
    return Contribution(parts[0].basis, tuple(hospitals), tables, order=order)


def _together(name: TableName, parts: Sequence[Contribution]) -> tuple[pl.DataFrame, Order | None]:
    """The rows and, where every part tells, their order. Each part is in order already and hospitals do not overlap:
    putting the parts in order is sorting, mostly.
    """
    first = parts[0].tables[name]
    keys = [key for key in LAYOUTS[name].keys if key in first.columns]
    filled = sorted(
        (part for part in parts if part.tables[name].height), key=lambda part: part.tables[name].row(0)[: len(keys)]
    )
    if not filled:
        return first, None
    frames = [part.tables[name] for part in filled]
    whole = pl.concat(frames)
    if not all(a[keys[0]][-1] < b[keys[0]][0] for a, b in pairwise(frames)):
        return whole.sort(keys), None
    told = [part.order[name] for part in filled if name in part.order]
    return whole, together(told, [frame.height for frame in frames]) if len(told) == len(filled) else None


def _conflicts(parts: Sequence[Contribution]) -> Iterator[Problem]:
    if not parts:
        yield Problem("contribution_none", "")
        return
    first = parts[0]
    for part in parts[1:]:
        for field, code in _SHARED:
            if getattr(part.basis, field) != getattr(first.basis, field):
                details = {"first": _label(first), "expected": _shown(first.basis, field)}
                yield Problem(code, _label(part), value=_shown(part.basis, field), details=details)
    seen: dict[str, str] = {}
    for part in parts:
        for hospital in part.names:
            if hospital in seen:
                yield Problem("contribution_twice", _label(part), value=hospital, details={"first": seen[hospital]})
            seen.setdefault(hospital, _label(part))


def _label(part: Contribution) -> str:
    return part.file or ", ".join(part.names)


def _shown(basis: Basis, field: str) -> str:
    """Hashes by their first characters: enough to see that they differ."""
    value = getattr(basis, field)
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value)[:12] if value is not None else "–"
