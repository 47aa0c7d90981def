"""The tables of a published benchmark. A fraction stands in two columns of text, numerator and denominator, so that it stays exact.

What few hospitals lie behind is left out: sums of hours and fte below `SUMS_LEAST` peers, the spread below `SPREAD_LEAST`
(both local: no source states a number). The rate itself stays, because groups are budgeted with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import polars as pl

from puntlanding.benchmark.ex_ante import Benchmark
from puntlanding.benchmark.peers import GroupKey
from puntlanding.benchmark.rates import HUNDREDTHS_PER_HOUR, Pool
from puntlanding.contribution.tables import HOSPITAL

SUMS_LEAST, SPREAD_LEAST = 3, 5
RATES, GROUPS, CHANGES, MISSING = "tarieven", "vakgroepen", "veranderingen", "zonder_normtijd"
_POOL = ("specialisme", "rol", "vergelijking")
_SPREAD = ("laagste", "kwart", "midden", "driekwart", "hoogste")
_EFFECTS = ("oud", "structuur", "trends", "normtijden", "dekking", "nieuw")
Row = Mapping[str, object]


def both(name: str) -> tuple[str, str]:
    return f"{name}_teller", f"{name}_noemer"


def _schema(texts: tuple[str, ...], counts: tuple[str, ...], fractions: tuple[str, ...]) -> pl.Schema:
    halves = [half for name in fractions for half in both(name)]
    return pl.Schema(
        {**dict.fromkeys(texts, pl.String()), **dict.fromkeys(counts, pl.Int64()), **dict.fromkeys(halves, pl.String())}
    )


SCHEMAS: Mapping[str, pl.Schema] = {
    RATES: _schema(_POOL, ("vakgroepen",), ("benchmark", "uren", "fte", *_SPREAD)),
    GROUPS: _schema((HOSPITAL, *_POOL, "reden"), (), ("benchmark",)),
    CHANGES: _schema(_POOL, (), _EFFECTS),
    MISSING: _schema(("specialisme", "rol", "soort", "code"), ("ziekenhuizen",), ("aantal",)),
}


def tables_of(found: Benchmark) -> dict[str, pl.DataFrame]:
    return {
        RATES: _frame(RATES, [_rate_row(pool) for pool in found.rates.pools]),
        GROUPS: _frame(GROUPS, _group_rows(found)),
        CHANGES: _frame(CHANGES, _change_rows(found)),
        MISSING: _frame(
            MISSING,
            [
                {
                    "specialisme": one.specialism, "rol": one.role, "soort": one.kind, "code": one.code,
                    "ziekenhuizen": one.hospitals, **halves("aantal", one.volume),
                }
                for one in found.missing
            ],
        ),
    }  # fmt: skip


def halves(name: str, value: Fraction | None) -> dict[str, str | None]:
    texts = (None, None) if value is None else (str(value.numerator), str(value.denominator))
    return dict(zip(both(name), texts, strict=True))


def fraction(row: Mapping[str, object], name: str) -> Fraction | None:
    """Raises ValueError or ZeroDivisionError where the two texts are no fraction."""
    over, under = (row[half] for half in both(name))
    return None if over is None or under is None else Fraction(int(str(over)), int(str(under)))


def _frame(name: str, rows: list[Row]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=SCHEMAS[name], orient="row")


def _pool(specialism: str, role: str, name: str | None) -> dict[str, str | None]:
    return dict(zip(_POOL, (specialism, role, name), strict=True))


def _rate_row(pool: Pool) -> Row:
    count = len(pool.members)
    sums = count >= SUMS_LEAST
    shape = pool.spread if count >= SPREAD_LEAST else None
    numbers = (
        (None,) * len(_SPREAD)
        if shape is None
        else (shape.minimum, shape.lower, shape.median, shape.upper, shape.maximum)
    )
    row: dict[str, object] = {**_pool(pool.specialism, pool.role, pool.name), "vakgroepen": count}
    row |= halves("benchmark", pool.rate)
    row |= halves("uren", pool.minutes / HUNDREDTHS_PER_HOUR if sums else None) | halves(
        "fte", pool.fte if sums else None
    )
    for name, value in zip(_SPREAD, numbers, strict=True):
        row |= halves(name, value)
    return row


def _group_rows(found: Benchmark) -> list[Row]:
    return [
        {
            HOSPITAL: key.hospital, **_pool(key.specialism, key.role, one.pool),
            "reden": None if one.lacking is None else one.lacking.value, **halves("benchmark", one.rate),
        }
        for key, one in found.rates.groups.items()
    ]  # fmt: skip


def _change_rows(found: Benchmark) -> list[Row]:
    rows: list[Row] = []
    for one in found.changes:
        row: dict[str, object] = dict(_pool(one.specialism, one.role, one.pool))
        for name, value in zip(_EFFECTS, (one.old, *one.effects.parts(), one.new), strict=True):
            row |= halves(name, value)
        rows.append(row)
    return rows


def group_key(row: Mapping[str, object]) -> GroupKey:
    return GroupKey(str(row[HOSPITAL]), str(row["specialisme"]), str(row["rol"]))
