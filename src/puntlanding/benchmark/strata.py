"""What a patient of this kind takes elsewhere: the reference of each efficiency stratum (methods §3; [PZ] bijlage 2 §1.C).

A stratum with too few patients among the peers is compared at a coarser level, by one rule: its reference is taken at the
finest level at which the peers have at least ``minimum`` patients. The sum of a level is of every row that can be placed in
it, so rest rows that disclosure control left (sex or age "alle", diagnosis group "overig") count from their own level up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from fractions import Fraction

import numpy as np
import polars as pl

from puntlanding.contribution.tables import ALL, HOSPITAL, REST, Counted, per_quarter

MINIMUM = 10  # patients among the peers; local: no source gives a number
KEYS = ("specialisme", "diagnosegroep", "leeftijd", "geslacht")
LEVEL = "niveau"
REFERENCE = "referentie"
NONE = -1  # no reference
DECIMALS = 12  # of a reference mean
ONE_UNIT = 10**DECIMALS
COUNTS = tuple(one.value for one in Counted)
_EMPTY = "leeg"  # rows in which diagnostics cannot be known: then their sum cannot be known either
_SUMMED = (*COUNTS, _EMPTY)
_PLACE, _HOUSE = "plaats", "huis"
NUMBERS = ("n0", "n1", "n2", "n3")  # per level one whole number that names a stratum there


class Level(IntEnum):
    """What strata are told apart by; a row's own level is the finest that it still tells."""

    STRATUM = 0
    AGE = 1
    DIAGNOSIS = 2
    SPECIALISM = 3

    @property
    def keys(self) -> tuple[str, ...]:
        return KEYS[: 4 - self]


@dataclass(frozen=True, slots=True)
class Comparison:
    """``rows``: `to_quarter` of all, with ``referentie``: the position in ``references``, or `NONE`. ``references``: `LEVEL`
    and the sums of the peers. Diagnostics are null where they cannot be known, in either.

    ``peers`` are the hospitals behind the references of each hospital that was asked for; ``files`` name the contributions.
    """

    rows: pl.DataFrame
    references: pl.DataFrame
    quarter: int
    minimum: int
    peers: Mapping[str, Collection[str]]
    files: Mapping[str, str] = field(default_factory=dict)


def to_quarter(strata: pl.DataFrame, quarter: int) -> pl.DataFrame:
    """Hospital, the four keys and each of `Counted`, from the start of the year up to and with ``quarter``.

    A stratum in which nothing closed yet is left out.
    """
    sums = [
        pl.sum_horizontal(per_quarter(one)[:quarter], ignore_nulls=False).cast(pl.Int64).alias(one) for one in Counted
    ]
    anything = pl.any_horizontal(pl.col(COUNTS).fill_null(0) != 0)
    return strata.select(HOSPITAL, *KEYS, *sums).filter(anything)


def compare(
    strata: pl.DataFrame,
    quarter: int,
    peers: Mapping[str, Collection[str]],
    minimum: int = MINIMUM,
    files: Mapping[str, str] | None = None,
) -> Comparison:
    """``strata`` of a (merged) contribution; ``peers`` says for each hospital that is asked for whom it is compared with, itself
    among them or not. Raises ValueError for a minimum under 1: a mean over nobody is none.
    """
    _require(minimum)
    rows = to_quarter(strata, quarter)
    houses = rows[HOSPITAL].unique().sort().to_list()
    asked = {name: frozenset(own) & frozenset(houses) for name, own in peers.items()}
    numbered = _numbered(rows, houses)
    found = np.full(rows.height, NONE, np.int64)
    tables: list[pl.DataFrame] = []
    for pool, members in _pools({name: own for name, own in asked.items() if name in houses}):
        sums = _of_houses(numbered, pool, houses)
        for outside in (False, True):
            chosen = [name for name in members if (name not in asked[name] and name in pool) is outside]
            if chosen:
                own = sums if set(chosen) == pool else _of_houses(numbered, chosen, houses)
                _resolve(own, _by_level(sums), own if outside else None, minimum, found, tables)
    placed = rows.with_columns(pl.Series(REFERENCE, found))
    return Comparison(placed, _known(tables), quarter, minimum, asked, files or {})


def reference_table(strata: pl.DataFrame, quarter: int, peers: Collection[str]) -> pl.DataFrame:
    """Sums of the peers at every level, to publish: ``niveau``, the keys ("alle" where a level does not tell), the counts."""
    rows = to_quarter(strata.filter(pl.col(HOSPITAL).is_in(list(peers))), quarter).with_columns(
        _own_level(), *_filled()
    )
    levels = [
        rows.filter(pl.col(LEVEL) <= level).group_by(level.keys).agg(pl.col(_SUMMED).sum())
        .with_columns(pl.lit(level.value, pl.Int64).alias(LEVEL), *(pl.lit(ALL).alias(key) for key in KEYS[4 - level :]))
        for level in Level
    ]  # fmt: skip
    together = pl.concat([one.select(LEVEL, *KEYS, *_SUMMED) for one in levels]).sort(LEVEL, *KEYS)
    return together.with_columns(_unknown()).drop(_EMPTY)


def compare_with(
    strata: pl.DataFrame,
    quarter: int,
    table: pl.DataFrame,
    peers: Collection[str],
    minimum: int = MINIMUM,
    files: Mapping[str, str] | None = None,
) -> Comparison:
    """Every hospital of ``strata`` against a published `reference_table` of ``peers``, as it stands."""
    _require(minimum)
    rows = to_quarter(strata, quarter)
    pending = rows.with_columns(_own_level()).with_row_index(_PLACE).select(_PLACE, *KEYS, LEVEL)
    found = np.full(rows.height, NONE, np.int64)
    known = table.filter(pl.col(Counted.PATIENTS) >= minimum).with_row_index(REFERENCE)
    for level in Level:
        here = known.filter(pl.col(LEVEL) == level).select(*level.keys, pl.col(REFERENCE).cast(pl.Int64))
        hits = pending.filter(pl.col(LEVEL) <= level).join(here, on=level.keys)
        found[hits[_PLACE].to_numpy()] = hits[REFERENCE].to_numpy()
        pending = pending.join(hits, on=_PLACE, how="anti")
    placed = rows.with_columns(pl.Series(REFERENCE, found))
    names = placed[HOSPITAL].unique()
    return Comparison(placed, known.select(LEVEL, *COUNTS), quarter, minimum, dict.fromkeys(names, peers), files or {})


def _require(minimum: int) -> None:
    if minimum < 1:
        raise ValueError("a mean is over one patient at least")


def _own_level() -> pl.Expr:
    told = pl.when(pl.col("diagnosegroep") == REST).then(3).when(pl.col("leeftijd") == ALL).then(2)
    return told.when(pl.col("geslacht") == ALL).then(1).otherwise(0).cast(pl.Int64).alias(LEVEL)


def _filled() -> tuple[pl.Expr, pl.Expr]:
    unknown = pl.col(Counted.DIAGNOSTICS)
    return unknown.is_null().cast(pl.Int64).alias(_EMPTY), unknown.fill_null(0)


def _unknown() -> pl.Expr:
    return pl.when(pl.col(_EMPTY) == 0).then(Counted.DIAGNOSTICS.value).alias(Counted.DIAGNOSTICS)


def _numbered(rows: pl.DataFrame, houses: list[str]) -> pl.DataFrame:
    """Whole numbers in place of texts, which is far quicker to group and to join; ``plaats`` is the row in ``rows``."""
    told = rows.select(pl.col(key).unique().sort().implode() for key in KEYS)
    values = [told[key].explode(empty_as_null=False) for key in KEYS]
    kinds = zip((HOSPITAL, *KEYS), (pl.Series(houses, dtype=pl.String()), *values), strict=True)
    codes = rows.select(pl.col(key).cast(pl.Enum(known)).to_physical().cast(pl.Int64) for key, known in kinds)
    number, numbers = codes[KEYS[0]], [codes[KEYS[0]].alias(NUMBERS[3])]
    for key, known, name in zip(KEYS[1:], values[1:], reversed(NUMBERS[:3]), strict=True):
        number = number * max(known.len(), 1) + codes[key]
        numbers.append(number.alias(name))
    counted = rows.select(*COUNTS, _own_level()).with_columns(_filled())
    return counted.with_columns(codes[HOSPITAL].alias(_HOUSE), *numbers).with_row_index(_PLACE)


def _of_houses(numbered: pl.DataFrame, names: Collection[str], houses: list[str]) -> pl.DataFrame:
    if len(names) == len(houses):
        return numbered
    wanted = np.isin(np.arange(len(houses)), [i for i, one in enumerate(houses) if one in names])
    return numbered.filter(pl.Series(wanted[numbered[_HOUSE].to_numpy()]))


def _pools(asked: Mapping[str, frozenset[str]]) -> Iterator[tuple[frozenset[str], list[str]]]:
    """Hospitals by the pool their references are made from, so that each pool is summed once.

    A hospital that does not count among its own peers is taken from a pool's sums afterwards, where others share that pool.
    """
    uses = Counter(one for name, own in asked.items() for one in {own, own | {name}})
    pools: dict[frozenset[str], list[str]] = {}
    for name, own in asked.items():
        pool = max((own, own | {name}), key=lambda one: uses[one])
        pools.setdefault(pool, []).append(name)
    return iter(pools.items())


def _by_level(rows: pl.DataFrame) -> list[pl.DataFrame]:
    """The sums of every level, each from those of the level below and of the rows that tell no more than this level does."""
    found: list[pl.DataFrame] = []
    below = rows.clear().select(*NUMBERS, *_SUMMED)
    for level in Level:
        coarser = [pl.col(name).first() for name in NUMBERS[level + 1 :]]
        own = rows.filter(pl.col(LEVEL) == level).select(*NUMBERS, *_SUMMED)
        both = pl.concat([below, own]).group_by(NUMBERS[level]).agg(*coarser, pl.col(_SUMMED).sum())
        found.append(both)
        below = both.with_columns(pl.lit(0, pl.Int64).alias(name) for name in NUMBERS[: level + 1]).select(
            *NUMBERS, *_SUMMED
        )
    return found


def _resolve(
    rows: pl.DataFrame,
    of_pool: Sequence[pl.DataFrame],
    less: pl.DataFrame | None,
    minimum: int,
    found: np.ndarray[tuple[int], np.dtype[np.int64]],
    tables: list[pl.DataFrame],
) -> None:
    """The reference of each of ``rows`` in the sums of the pool by level, without what the hospital itself has in ``less``.

    Adds to ``tables``, and writes the positions there into ``found``.
    """
    pending = rows.select(_PLACE, _HOUSE, LEVEL, *NUMBERS)
    for level in Level:
        if not pending.height:
            return
        number = NUMBERS[level]
        asking = pending.filter(pl.col(LEVEL) <= level)
        sums = of_pool[level].select(number, *_SUMMED)
        keys = [number]
        if less is not None:
            keys = [_HOUSE, number]
            own = less.filter(pl.col(LEVEL) <= level).join(asking.select(keys).unique(), on=keys, how="semi")
            own = own.group_by(keys).agg(pl.col(_SUMMED).sum().name.prefix("eigen_"))
            sums = own.join(sums, on=number).select(*keys, *(pl.col(one) - pl.col(f"eigen_{one}") for one in _SUMMED))
        start = sum(one.height for one in tables)
        enough = sums.filter(pl.col(Counted.PATIENTS) >= minimum).sort(keys).with_row_index(REFERENCE, start)
        hits = asking.select(_PLACE, *keys).join(enough.select(*keys, REFERENCE), on=keys)
        found[hits[_PLACE].to_numpy()] = hits[REFERENCE].to_numpy()
        tables.append(enough.select(pl.lit(level.value, pl.Int64).alias(LEVEL), *_SUMMED))
        pending = pending.filter(pl.Series(found[pending[_PLACE].to_numpy()] == NONE))


def _known(tables: list[pl.DataFrame]) -> pl.DataFrame:
    schema = pl.Schema(dict.fromkeys((LEVEL, *_SUMMED), pl.Int64()))
    return pl.concat([pl.DataFrame(schema=schema), *tables]).with_columns(_unknown()).drop(_EMPTY)


def mean(unit: Counted) -> pl.Expr:
    """Units per patient in whole 10^-`DECIMALS`, rounded half-up: a figure of the benchmark, the same for who knows only sums."""
    patients, units = pl.col(Counted.PATIENTS).cast(pl.Int128), pl.col(unit).cast(pl.Int128)
    found: pl.Expr = (2 * ONE_UNIT * units + patients) // (2 * patients)
    return found


def mean_of(units: int, patients: int) -> Fraction:
    """As `mean`, of one pair of sums."""
    return Fraction((2 * ONE_UNIT * units + patients) // (2 * patients), ONE_UNIT)
