"""The product structure of a year: codes that are replaced, added or dropped, put on the volumes of a year before.

    changed = restructured(volumes_of(contribution), structure, 2026)

``volumes`` and the answer are `norms.volumes.VOLUMES`: exact, one row per key; the order of rows means nothing. Source: [CB] bijlage 1, "nieuwe
productstructuur van jaar T". A row for one hospital goes before the rows for each hospital, per old or added code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import polars as pl

from puntlanding.contribution.tables import ALL, HOSPITAL
from puntlanding.norms.volumes import (
    KEYS,
    LARGEST_FACTOR,
    LARGEST_VOLUME,
    SCALE,
    VOLUME,
    VOLUMES,
    is_factor,
    steps,
    times,
    together,
)  # fmt: skip
from puntlanding.problems import InputError, Problem, limited
from puntlanding.quantities import ONE

Code = tuple[int, str, str, str]  # year, specialism, kind, code
ROLES = {"zorgproduct": "poort", "zorgactiviteit": "ondersteunend"}  # who is counted by products, who by activities
_CELL = [HOSPITAL, "specialisme", "soort", "code"]


@dataclass(frozen=True, slots=True)
class Change:
    """One row: replaced (``old`` and ``new``), added (``new`` and ``volume``) or dropped (``old``).

    ``hospital`` None: for each hospital that has a group of the specialism. Several rows of one ``old`` split it.
    """

    year: int
    specialism: str
    kind: str
    old: str | None
    new: str | None
    factor: Fraction = ONE
    volume: Fraction | None = None
    hospital: str | None = None
    row: int | None = None

    def code(self, code: str) -> Code:
        return (self.year, self.specialism, self.kind, code)


@dataclass(frozen=True, slots=True)
class ProductStructure:
    """Changes that fit together; made by `product_structure`."""

    changes: tuple[Change, ...] = ()
    file: str = ""
    years: frozenset[int] = field(default=frozenset())

    def of(self, year: int) -> tuple[Change, ...]:
        return tuple(one for one in self.changes if one.year == year)


def product_structure(changes: Iterable[Change], file: str = "") -> ProductStructure:
    """Raises InputError with all that does not fit together: see language/messages/norms.py."""
    kept = tuple(changes)
    problems = [*_odd_rows(kept, file), *_contradictions(kept, file)]
    if problems:
        raise InputError(limited(problems))
    return ProductStructure(kept, file, frozenset(one.year for one in kept))


def restructured(volumes: pl.DataFrame, structure: ProductStructure, year: int) -> pl.DataFrame:
    """``volumes`` in the product structure of ``year``. Raises InputError where an added code occurs in them already.

    An added code comes to the group's whole, contract "alle"; what no row speaks of stays as it is.
    """
    changes = structure.of(year)
    if not changes:
        return volumes
    hospitals = volumes[HOSPITAL].unique().sort()
    moves = _for_hospitals([one for one in changes if one.old is not None], hospitals, "old")
    spoken = pl.col("code").is_in([code for one in changes for code in (one.old, one.new) if code is not None])
    concerned = volumes.filter(spoken)  # few of the codes: the others are not joined with anything
    moved = concerned.join(moves, on=_CELL, how="inner").filter(pl.col("nieuw").is_not_null())
    stayed = concerned.join(moves, on=_CELL, how="anti")
    renamed = times(moved, moved["factor"]).with_columns(pl.col("nieuw").alias("code"))
    changed = together(stayed, renamed, _added(volumes, concerned, structure, changes, hospitals))
    return pl.concat([volumes.filter(~spoken), changed])


def idle(volumes: pl.DataFrame, structure: ProductStructure, year: int) -> tuple[Change, ...]:
    """Changes that meet nothing in ``volumes``: an old code that nobody has, a hospital that is not there."""
    found = set(volumes.select("specialisme", "soort", "code", HOSPITAL).unique().rows())
    anywhere = {cell[:3] for cell in found}
    groups = set(volumes.select("specialisme", "rol", HOSPITAL).unique().rows())
    return tuple(one for one in structure.of(year) if not _meets(one, found, anywhere, groups))


def _meets(
    one: Change, found: set[tuple[str, ...]], anywhere: set[tuple[str, ...]], groups: set[tuple[str, ...]]
) -> bool:
    if one.old is None:
        role = ROLES[one.kind]
        return any(group[:2] == (one.specialism, role) and one.hospital in (None, group[2]) for group in groups)
    cell = (one.specialism, one.kind, one.old)
    return cell in anywhere if one.hospital is None else (*cell, one.hospital) in found


def _for_hospitals(changes: Sequence[Change], hospitals: pl.Series, named: str) -> pl.DataFrame:
    """A row per hospital and change; what is said of one hospital takes the place of what is said of all."""
    schema = {
        HOSPITAL: pl.String, "specialisme": pl.String, "soort": pl.String, "code": pl.String, "nieuw": pl.String,
        "factor": pl.Int64, "_aantal": pl.Int128,
    }  # fmt: skip
    rows = [
        (
            one.hospital, one.specialism, one.kind, getattr(one, named), one.new, steps(one.factor),
            0 if one.volume is None else int(one.volume * SCALE),
        )
        for one in changes
    ]  # fmt: skip
    whole = pl.DataFrame(rows, schema=schema, orient="row")
    own = whole.filter(pl.col(HOSPITAL).is_not_null())
    general = whole.filter(pl.col(HOSPITAL).is_null()).drop(HOSPITAL)
    each = hospitals.to_frame().join(general, how="cross").select(list(schema))
    return pl.concat([own, each.join(own, on=_CELL, how="anti")])


def _added(
    volumes: pl.DataFrame, concerned: pl.DataFrame, structure: ProductStructure, changes: Sequence[Change], hospitals: pl.Series
) -> pl.DataFrame:  # fmt: skip
    new = [one for one in changes if one.old is None]
    if not new:
        return volumes.clear()
    added = _for_hospitals(new, hospitals, "new").with_columns(
        pl.col("soort").replace_strict(ROLES, return_dtype=pl.String).alias("rol"), pl.lit(ALL).alias("contract")
    )
    groups = volumes.select(HOSPITAL, "specialisme", "rol").unique()
    added = added.join(groups, on=[HOSPITAL, "specialisme", "rol"], how="semi")
    already = added.join(concerned, on=_CELL, how="semi").select("specialisme", "soort", "code").unique().rows()
    if already:
        raise InputError(limited(list(_present(structure.file, changes, set(already)))))
    return added.select(*KEYS, pl.col("_aantal").alias(VOLUME)).cast(VOLUMES)


def _present(file: str, changes: Sequence[Change], already: set[tuple[str, ...]]) -> Iterator[Problem]:
    for one in changes:
        if one.old is None and (one.specialism, one.kind, one.new) in already:
            yield Problem("structure_added_exists", file, one.row, "nieuw", one.new)


def _odd_rows(changes: Sequence[Change], file: str) -> Iterator[Problem]:
    """What is wrong with a row by itself."""
    for one in changes:
        if one.old is None and one.new is None:
            yield Problem("structure_row_empty", file, one.row, "oud")
        elif one.old is None and one.volume is None:
            yield Problem("structure_added_without_volume", file, one.row, "aantal")
        if one.old is not None and one.volume is not None:
            yield Problem("structure_volume_of_old", file, one.row, "aantal", str(one.volume))
        if one.factor != 1 and (one.old is None or one.new is None):
            yield Problem("structure_factor_alone", file, one.row, "factor", str(one.factor))
        if not is_factor(one.factor):
            yield Problem("factor_too_fine", file, one.row, "factor", details={"most": LARGEST_FACTOR})
        if one.volume is not None and ((one.volume * 10**6).denominator != 1 or one.volume > LARGEST_VOLUME):
            yield Problem("factor_too_fine", file, one.row, "aantal", details={"most": LARGEST_VOLUME})


def _contradictions(changes: Sequence[Change], file: str) -> Iterator[Problem]:
    """What is wrong between rows."""
    by_old: dict[Code, list[Change]] = {}
    by_new: dict[Code, list[Change]] = {}
    for one in changes:
        if one.old is not None:
            by_old.setdefault(one.code(one.old), []).append(one)
        if one.new is not None:
            by_new.setdefault(one.code(one.new), []).append(one)
    yield from _twice(changes, file)
    for same in by_old.values():
        for one in same:
            beside = [other for other in same if other is not one and other.hospital == one.hospital]
            if one.new is None and any(other.new is not None for other in beside):
                yield Problem("structure_replaced_and_dropped", file, one.row, "oud", one.old)
            if one.new == one.old and not beside:
                yield Problem("structure_same", file, one.row, "nieuw", one.new)
    for same in by_new.values():
        for one in same:
            if one.old is None and any(other.old is not None and _overlap(one, other) for other in same):
                yield Problem("structure_added_and_replacing", file, one.row, "nieuw", one.new)
    yield from _chains(changes, by_old, file)


def _twice(changes: Sequence[Change], file: str) -> Iterator[Problem]:
    seen: dict[object, int | None] = {}
    for one in changes:
        key = (one.year, one.hospital, one.specialism, one.kind, one.old, one.new)
        if key in seen:
            yield Problem("row_twice", file, one.row, "oud" if one.old else "nieuw", details={"first": seen[key]})
        seen.setdefault(key, one.row)


def _chains(changes: Sequence[Change], by_old: Mapping[Code, Sequence[Change]], file: str) -> Iterator[Problem]:
    """A new code that is old itself in the same year: it cannot be told which goes first."""
    for one in changes:
        if one.new is None or one.new == one.old:
            continue
        further = [two for two in by_old.get(one.code(one.new), ()) if _overlap(one, two)]
        if further and one.old is not None and _leads_back(one, by_old):
            yield Problem("structure_cycle", file, one.row, "nieuw", one.new, {"old": one.old})
        elif further:
            yield Problem("structure_chain", file, one.row, "nieuw", one.new, {"other": further[0].row})


def _leads_back(start: Change, by_old: Mapping[Code, Sequence[Change]]) -> bool:
    seen: set[str] = set()
    ahead = [start.new]
    while ahead:
        code = ahead.pop()
        if code == start.old:
            return True
        if code is not None and code not in seen:
            seen.add(code)
            ahead += [two.new for two in by_old.get(start.code(code), ()) if _overlap(start, two)]
    return False


def _overlap(one: Change, other: Change) -> bool:
    return one.hospital is None or other.hospital is None or one.hospital == other.hospital
