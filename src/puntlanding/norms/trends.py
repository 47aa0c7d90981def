"""Local trends on volumes: what is expected to grow or shrink since the base year ([CB] bijlage 1, "lokale trends").

    expected = with_trends(volumes, trends)

``volumes`` and the answer are `norms.volumes.VOLUMES`; the order of rows means nothing. The row that says most wins: a row for one code goes before the row
for its specialism. Rows that say equally much of one cell are refused by `local_trends`, unless a third one decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

import polars as pl

from puntlanding.contribution.tables import HOSPITAL
from puntlanding.norms.volumes import FACTOR_STEPS, KEYS, LARGEST_FACTOR, VOLUME, is_factor, steps, times
from puntlanding.problems import InputError, Problem, limited

_NARROWING = ("rol", "code", HOSPITAL)
_SAID = "_trend"


@dataclass(frozen=True, slots=True)
class Trend:
    """``role``, ``code`` and ``hospital`` None: all of them."""

    specialism: str
    role: str | None
    code: str | None
    hospital: str | None
    factor: Fraction
    reason: str
    row: int | None = None

    def narrowed(self) -> Mapping[str, str]:
        """What the row is limited to, besides its specialism."""
        said = zip(_NARROWING, (self.role, self.code, self.hospital), strict=True)
        return {name: value for name, value in said if value is not None}


@dataclass(frozen=True, slots=True)
class Trends:
    rows: tuple[Trend, ...] = ()
    file: str = ""


def local_trends(rows: Iterable[Trend], file: str = "") -> Trends:
    """Raises InputError for a factor that is too fine, and for rows between which nothing decides."""
    kept = tuple(rows)
    problems = [
        Problem("factor_too_fine", file, one.row, "factor", details={"most": LARGEST_FACTOR})
        for one in kept
        if not is_factor(one.factor)
    ]
    by_specialism: dict[str, list[Trend]] = {}
    for one in kept:
        by_specialism.setdefault(one.specialism, []).append(one)
    for same in by_specialism.values():
        problems += _undecided(same, file)
    if problems:
        raise InputError(limited(problems))
    return Trends(kept, file)


def with_trends(volumes: pl.DataFrame, trends: Trends) -> pl.DataFrame:
    """Each volume × the factor of the row that says most of it; 1 where no row speaks of it."""
    if not trends.rows:
        return volumes
    said = volumes.with_columns(pl.lit(FACTOR_STEPS, pl.Int64).alias(_SAID))
    for names in sorted({tuple(one.narrowed()) for one in trends.rows}, key=len):
        rows = [
            (one.specialism, *one.narrowed().values(), steps(one.factor))
            for one in trends.rows
            if tuple(one.narrowed()) == names
        ]
        keys = ["specialisme", *names]
        frame = pl.DataFrame(rows, schema={**dict.fromkeys(keys, pl.String()), "_nieuw": pl.Int64()}, orient="row")
        joined = said.join(frame, on=keys, how="left", maintain_order="left")
        said = joined.with_columns(pl.coalesce("_nieuw", _SAID).alias(_SAID)).drop("_nieuw")
    return times(said.select(*KEYS, VOLUME), said[_SAID]).filter(pl.col(VOLUME) != 0)


def idle_trends(volumes: pl.DataFrame, trends: Trends) -> tuple[Trend, ...]:
    """Rows that speak of nothing in ``volumes``."""
    cells = volumes.select("specialisme", *_NARROWING).unique()

    def meets(one: Trend) -> bool:
        wanted = [pl.col(name) == value for name, value in {"specialisme": one.specialism, **one.narrowed()}.items()]
        return cells.filter(*wanted).height > 0

    return tuple(one for one in trends.rows if not meets(one))


def _undecided(rows: Sequence[Trend], file: str) -> Iterator[Problem]:
    said = [(one, one.narrowed()) for one in rows]
    for (one, mine), (other, theirs) in combinations(said, 2):
        if len(mine) != len(theirs) or any(mine[name] != theirs[name] for name in mine.keys() & theirs.keys()):
            continue
        cell = {**mine, **theirs}
        if not any(len(mine) < len(third) and third.items() <= cell.items() for _, third in said):
            yield Problem("trend_undecided", file, other.row, "factor", details={"first": one.row})
