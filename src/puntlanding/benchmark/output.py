"""What groups produced, in norm minutes: with the minutes of the contribution, or priced again with norm times of another year.

Priced again, the change is told in four parts that add up exactly (minutes before + effects = minutes after), code by code:
- structure: all that changes on codes whose volume the product structure changes, their norm times included;
- trends: volume that local trends add or take away, at the new norm time;
- norm times: the same volume at another norm time;
- coverage: codes that have a norm time in only one of the two years. They are reported, never silently zero.

Rows "overig" of disclosure control have minutes and no code to price: they change as the group's other rows do, effect by effect
(coverage left out); where a group has no other rows, as those of its specialism and role in all hospitals.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import polars as pl

from puntlanding.benchmark.peers import GroupKey
from puntlanding.benchmark.runs import run_starts, run_sums
from puntlanding.contribution import Contribution
from puntlanding.contribution.order import Order
from puntlanding.contribution.tables import ALL, GROUP, MONTHS, REST, TableName
from puntlanding.norms.structure import ProductStructure, restructured
from puntlanding.norms.table import NormTable
from puntlanding.norms.trends import Trends, with_trends
from puntlanding.norms.volumes import SCALE
from puntlanding.quantities import ZERO

CODE = [*GROUP, "soort", "code"]
MISSING = pl.Schema({**dict.fromkeys(CODE, pl.String()), "aantal": pl.Int128()})  # aantal: in steps of 10**-12
_EFFECTS = ("structuur", "trends", "normtijden", "dekking")


class On(StrEnum):
    """Which day counts: the capacity model counts on opening, the ex-post model on closing."""

    OPENED = "open"
    CLOSED = "sluit"


class RestPriced(StrEnum):
    """How the rows "overig" of a group were priced."""

    NONE = "geen"  # the group has none
    OWN = "eigen"  # with the minutes they came with
    GROUP = "vakgroep"  # by the ratio of the group's other rows
    SPECIALISM = "specialisme"  # by that of its specialism and role in all hospitals
    UNKNOWN = "onbekend"  # there is nothing to derive it from: counted as volume without norm time


@dataclass(frozen=True, slots=True)
class Effects:
    """In hundredths of a minute."""

    structure: Fraction = ZERO
    trends: Fraction = ZERO
    norm_times: Fraction = ZERO
    coverage: Fraction = ZERO

    @property
    def total(self) -> Fraction:
        return self.structure + self.trends + self.norm_times + self.coverage

    def parts(self) -> tuple[Fraction, ...]:
        return (self.structure, self.trends, self.norm_times, self.coverage)

    def __add__(self, other: Effects) -> Effects:
        return Effects(*(a + b for a, b in zip(self.parts(), other.parts(), strict=True)))


_NO_EFFECTS = Effects()


@dataclass(frozen=True, slots=True)
class GroupOutput:
    """Minutes are in hundredths; ``own`` are the contribution's, ``minutes`` = own + effects. ``priced`` False: no row of the
    group has a norm time, so its output is not known. ``unpriced`` is the part of ``volume`` without a norm time.
    """

    own: Fraction
    minutes: Fraction
    effects: Effects
    volume: Fraction
    unpriced: Fraction
    priced: bool
    rest: RestPriced = RestPriced.NONE


@dataclass(frozen=True, slots=True)
class Output:
    """``missing`` has `MISSING`: each code of each group with volume and without norm time."""

    groups: Mapping[GroupKey, GroupOutput]
    missing: pl.DataFrame


def own_output(whole: Contribution, on: On, months: Collection[int] = MONTHS) -> Output:
    """With the minutes that stand in the contribution."""
    rows = _rows(whole, on, months)
    known = pl.col("eigen").is_not_null()
    sums = _grouped(
        rows.select(
            *GROUP, "eigen", "v0", pl.when(~known).then("v0").otherwise(0).alias("zonder"),
            (known & _used).cast(pl.Int64).alias("geprijsd"), ((pl.col("code") == REST) & _used).cast(pl.Int64).alias("overig"),
        ),
        whole.order.get(TableName.PRODUCTION),
    )  # fmt: skip
    found = {}
    for hospital, specialism, role, own, volume, without, priced, rest in sums.iter_rows():
        minutes = Fraction(own)
        found[GroupKey(hospital, specialism, role)] = GroupOutput(
            minutes, minutes, _NO_EFFECTS, Fraction(volume), Fraction(without) if without else ZERO, bool(priced),
            RestPriced.OWN if rest else RestPriced.NONE,
        )  # fmt: skip
    missing = rows.filter(~known & (pl.col("v0") != 0)).with_columns(pl.col("v0").cast(pl.Int128) * _wide(SCALE))
    return Output(found, _missing(missing.select(*CODE, pl.col("v0").alias("aantal"))))


def priced_output(
    whole: Contribution,
    norms: NormTable,
    year: int,
    on: On = On.OPENED,
    months: Collection[int] = MONTHS,
    structure: ProductStructure | None = None,
    trends: Trends | None = None,
) -> Output:
    """With the norm times of ``year``, in the product structure of ``year`` and with local trends where these are given.

    Each structure between the contribution's year and ``year`` is applied in turn. Raises InputError where an added code occurs
    already (`restructured`), and ValueError where factors are finer than volumes can be.
    """
    prices = norms.of(year).rename({"minuten": "prijs"})
    rows = _rows(whole, on, months)
    changed = _changed_specialisms(structure, trends, whole.basis.year, year)
    touched = pl.col("specialisme").is_in(sorted(changed))
    plain = rows.filter(~touched).with_columns(pl.col("v0").alias("v1"), pl.col("v0").alias("v2"))
    years = range(whole.basis.year + 1, year + 1)
    moved = _moved(rows.filter(touched), structure or ProductStructure(), trends or Trends(), years)
    whole_rows, moved_rows = _joined(plain, prices), _joined(moved, prices)
    sums = {**_sums(whole_rows, 1), **_sums(moved_rows, SCALE)}
    missing = pl.concat([_unpriced(whole_rows, SCALE), _unpriced(moved_rows, 1)])
    return _with_rest(sums, _missing(missing))


_used = pl.col("v0") != 0


def _rows(whole: Contribution, on: On, months: Collection[int]) -> pl.DataFrame:
    """GROUP, soort, code, v0 (volume) and eigen (minutes, null where there are none) of ``months``."""
    chosen = [f"{month:02}" for month in sorted(months)]
    minutes = [f"{on}_min_{month}" for month in chosen]
    unknown = pl.any_horizontal((pl.col(f"{on}_{m}") != 0) & pl.col(f"{on}_min_{m}").is_null() for m in chosen)
    return whole.production.select(
        *CODE,
        pl.sum_horizontal(f"{on}_{month}" for month in chosen).alias("v0"),
        pl.when(~unknown).then(pl.sum_horizontal(minutes)).alias("eigen"),
    )


def _changed_specialisms(
    structure: ProductStructure | None, trends: Trends | None, base: int, year: int
) -> frozenset[str]:
    changes = {one.specialism for one in structure.changes if base < one.year <= year} if structure else set()
    return frozenset(changes | ({one.specialism for one in trends.rows} if trends else set()))


def _moved(rows: pl.DataFrame, structure: ProductStructure, trends: Trends, years: Iterable[int]) -> pl.DataFrame:
    """Rows with the volume after the structure (v1) and after trends (v2), all in steps of 10**-12; one row per code."""
    scaled = rows.group_by(CODE).agg(
        pl.col("v0").sum().cast(pl.Int128) * _wide(SCALE),
        pl.when(pl.col("eigen").is_not_null().all()).then(pl.col("eigen").sum()).cast(pl.Int128) * _wide(SCALE),
    )
    volumes = scaled.filter(pl.col("v0") != 0).select(
        *CODE, pl.lit(ALL).alias("contract"), pl.col("v0").alias("aantal")
    )
    after = volumes
    for year in years:
        after = restructured(after, structure, year)
    grown = with_trends(after, trends)
    joined = scaled.with_columns(pl.col("v0").alias("v1"))
    if after is not volumes:
        joined = _beside(scaled, after, "v1")
    joined = _beside(joined, grown, "v2") if grown is not after else joined.with_columns(pl.col("v1").alias("v2"))
    return joined.with_columns(pl.col("v0", "v1", "v2").fill_null(_wide(0)))


def _beside(rows: pl.DataFrame, volumes: pl.DataFrame, name: str) -> pl.DataFrame:
    wanted = volumes.select(*CODE, pl.col("aantal").alias(name))
    return rows.join(wanted, on=CODE, how="full", coalesce=True)


def _grouped(rows: pl.DataFrame, order: Order | None = None) -> pl.DataFrame:
    """The sums of all other columns per GROUP, in order. Rows of a group stand together in a contribution: adding up runs of
    rows first is five times as fast as grouping by three texts, and the same where they do not. ``order`` tells where runs start.
    """
    others = [name for name in rows.columns if name not in GROUP]
    starts = order.starts if order is not None else run_starts([rows[name] for name in GROUP])
    summed = run_sums(rows.select(others), starts)
    named = rows.select(GROUP)[starts].hstack(summed)
    return named.group_by(GROUP).agg(pl.col(others).sum()).sort(GROUP)


def _whole_numbers(rows: pl.DataFrame) -> pl.DataType:
    """64 bits where every product and sum surely fits in them; 128 otherwise."""
    volume = max(_largest(rows[name]) for name in ("v0", "v1", "v2"))
    bound = 4 * max(volume * _largest(rows["prijs"]), _largest(rows["eigen"]), volume) * max(rows.height, 1)
    return pl.Int64() if bound < 2**62 else pl.Int128()


def _largest(column: pl.Series) -> int:
    found = column.max()
    return found if isinstance(found, int) else 0


def _sums(rows: pl.DataFrame, scale: int) -> dict[GroupKey, _Sums]:
    """Per group: own minutes, effects, volumes; rows "overig" apart."""
    number = _whole_numbers(rows)
    rest = pl.col("code") == REST
    v0, v1, v2, own, price = (pl.col(name).cast(number) for name in ("v0", "v1", "v2", "eigen", "prijs"))
    zero = pl.lit(0, number)
    worth, was = price.fill_null(zero), own.fill_null(zero)
    same = v0 == v1
    covered = same & (price.is_null() != own.is_null()) & (v0 != zero)
    effects = (
        pl.when(~same).then(v1 * worth - was),
        (v2 - v1) * worth,
        pl.when(same & ~covered).then(v1 * worth - was),
        pl.when(covered).then(v1 * worth - was),
    )
    coded = {
        "eigen": was,
        "eigen_vast": pl.when(~covered).then(was),
        **dict(zip(_EFFECTS, effects, strict=True)),
        "aantal": v2,
        "zonder": pl.when(price.is_null()).then(v2),
        "geprijsd": (price.is_not_null() & (v2 != zero)).cast(number),
    }
    left = {
        "overig": own,
        "overig_aantal": v2,
        "overig_rijen": (v0 != zero).cast(number),
        "leeg": own.is_null().cast(number),
    }
    columns = [pl.when(~rest).then(one).fill_null(zero).alias(name) for name, one in coded.items()]
    columns += [pl.when(rest).then(one).fill_null(zero).alias(name) for name, one in left.items()]
    both = _grouped(rows.select(*GROUP, *columns))
    found: dict[GroupKey, _Sums] = {}
    for row in both.iter_rows(named=True):
        key = GroupKey(*(row[name] for name in GROUP))
        exact = {name: Fraction(row[name], scale) for name in (*_NUMBERS, *_EFFECTS)}
        found[key] = _Sums(
            own=exact["eigen"], steady=exact["eigen_vast"], effects=Effects(*(exact[name] for name in _EFFECTS)),
            volume=exact["aantal"], unpriced=exact["zonder"], priced=bool(row["geprijsd"]),
            rest=None if row["leeg"] or not row["overig_rijen"] else exact["overig"],
            rest_volume=exact["overig_aantal"] if row["overig_rijen"] else None,
        )  # fmt: skip
    return found


_NUMBERS = ("eigen", "eigen_vast", "aantal", "zonder", "overig", "overig_aantal")


@dataclass(frozen=True, slots=True)
class _Sums:
    """``steady``: own minutes of the codes that coverage says nothing of. ``rest``: minutes of rows "overig"."""

    own: Fraction
    steady: Fraction
    effects: Effects
    volume: Fraction
    unpriced: Fraction
    priced: bool
    rest: Fraction | None
    rest_volume: Fraction | None


def _with_rest(sums: Mapping[GroupKey, _Sums], missing: pl.DataFrame) -> Output:
    wide: dict[tuple[str, str], tuple[Fraction, Effects]] = {}
    for key, one in sums.items():
        steady, effects = wide.get((key.specialism, key.role), (ZERO, Effects()))
        wide[key.specialism, key.role] = (steady + one.steady, effects + one.effects)
    found: dict[GroupKey, GroupOutput] = {}
    unknown: list[tuple[str, str, str, Fraction]] = []
    for key, one in sums.items():
        effects, how = _rest_effects(one, *wide[key.specialism, key.role])
        before = one.own + (one.rest or ZERO)
        gone = (one.rest_volume or ZERO) if how is RestPriced.UNKNOWN else ZERO
        total = one.effects + effects
        found[key] = GroupOutput(
            before, before + total.total, total, one.volume + (one.rest_volume or ZERO), one.unpriced + gone,
            one.priced or how in (RestPriced.GROUP, RestPriced.SPECIALISM), how,
        )  # fmt: skip
        if gone:
            unknown.append((*key, gone))
    if unknown:
        kinds = {"poort": "zorgproduct"}
        rows = [(*key, kinds.get(key[2], "zorgactiviteit"), REST, int(volume * SCALE)) for *key, volume in unknown]
        missing = pl.concat([missing, pl.DataFrame(rows, schema=MISSING, orient="row")]).sort(CODE)
    return Output(found, missing)


def _rest_effects(one: _Sums, wide_steady: Fraction, wide: Effects) -> tuple[Effects, RestPriced]:
    if one.rest_volume is None:
        return Effects(), RestPriced.NONE
    steady, effects, how = one.steady, one.effects, RestPriced.GROUP
    if not steady:
        steady, effects, how = wide_steady, wide, RestPriced.SPECIALISM
    if one.rest is None or not steady:
        return Effects(coverage=-(one.rest or ZERO)), RestPriced.UNKNOWN
    share = one.rest / steady
    return Effects(effects.structure * share, effects.trends * share, effects.norm_times * share), how


def _joined(rows: pl.DataFrame, prices: pl.DataFrame) -> pl.DataFrame:
    return rows.join(prices, on=["specialisme", "soort", "code"], how="left")


def _unpriced(rows: pl.DataFrame, steps: int) -> pl.DataFrame:
    used = rows.filter(pl.col("prijs").is_null() & (pl.col("v2") != 0) & (pl.col("code") != REST))
    return used.select(*CODE, (pl.col("v2").cast(pl.Int128) * _wide(steps)).alias("aantal"))


def _missing(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.group_by(CODE).agg(pl.col("aantal").sum()).sort(CODE)


def _wide(value: int) -> pl.Expr:
    return pl.lit(value, pl.Int128)
