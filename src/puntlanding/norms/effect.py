"""What another year's norm times do to each group on the same production: hours before, after, and which products make it.

Only what has a norm time on both sides is compared; the rest is told by code and volume. A part is one code, or the codes that
the product structure ties together (old → new), so that a new name for a product shows as what it changes, not as a loss beside
a gain. The parts of a group add up exactly to its difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from puntlanding.contribution.tables import REST
from puntlanding.norms.production import MINUTES_PER_HOUR
from puntlanding.norms.structure import Change, ProductStructure, restructured
from puntlanding.norms.table import HUNDREDTHS, KEYS, NormTable
from puntlanding.norms.volumes import GROUP, SCALE, VOLUME

_PER_HOUR = SCALE * HUNDREDTHS * MINUTES_PER_HOUR
_PART = (*GROUP, "soort", "deel")
_SAME = ("specialisme", "soort", "deel")
_OLD, _NEW = "oud", "nieuw"


@dataclass(frozen=True, slots=True)
class Part:
    """Norm hours of one product (or of products that the structure ties together), before and after.

    Kept as whole numbers of a small unit: a national year has 300,000 parts, of which few are looked at.
    """

    name: str
    kind: str
    old_units: int
    new_units: int

    @property
    def old(self) -> Fraction:
        return Fraction(self.old_units, _PER_HOUR)

    @property
    def new(self) -> Fraction:
        return Fraction(self.new_units, _PER_HOUR)

    @property
    def difference(self) -> Fraction:
        return Fraction(self.new_units - self.old_units, _PER_HOUR)


@dataclass(frozen=True, slots=True)
class GroupEffect:
    """``parts``: largest difference first, ties by name. Empty ``hospital``: all hospitals together."""

    hospital: str
    specialism: str
    role: str
    old: Fraction
    new: Fraction
    parts: tuple[Part, ...]

    @property
    def difference(self) -> Fraction:
        return self.new - self.old

    @property
    def share(self) -> Fraction | None:
        return self.difference / self.old if self.old else None


@dataclass(frozen=True, slots=True)
class NotCompared:
    """A code with volume and no norm time on one side, or tied to such a code; ``lacks`` the years without one."""

    specialism: str
    kind: str
    code: str
    volume: Fraction
    lacks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """``groups`` by hospital, ``specialisms`` over all hospitals; both with their parts."""

    old_year: int
    new_year: int
    groups: tuple[GroupEffect, ...]
    specialisms: tuple[GroupEffect, ...]
    not_compared: tuple[NotCompared, ...]


def effect(
    volumes: pl.DataFrame, old: tuple[NormTable, int], new: tuple[NormTable, int], structure: ProductStructure | None = None
) -> Effect:  # fmt: skip
    """``volumes`` (`norms.volumes.VOLUMES`) with the norm times of one year and, in the structure of the other, with its."""
    changes = structure or ProductStructure()
    names = _names(changes.of(new[1]))
    before = _priced(volumes, old, names).with_columns(pl.lit(_OLD).alias("kant"))
    after = _priced(restructured(volumes, changes, new[1]), new, names).with_columns(pl.lit(_NEW).alias("kant"))
    rows = pl.concat([before, after])
    unknown = rows.filter(pl.col("minuten").is_null())
    compared = rows.join(unknown, on=_PART, how="anti")
    sides = [pl.col("minuten").filter(pl.col("kant") == side).sum().alias(side) for side in (_OLD, _NEW)]
    parts = compared.group_by(_PART).agg(sides)
    over_all = parts.group_by("specialisme", "rol", "soort", "deel").agg(pl.col(_OLD, _NEW).sum())
    together = over_all.with_columns(pl.lit("").alias(GROUP[0]))
    return Effect(old[1], new[1], _groups(parts), _groups(together), _not_compared(rows, unknown, (old[1], new[1])))


def _priced(
    volumes: pl.DataFrame, times: tuple[NormTable, int], names: Mapping[tuple[str, str, str], str]
) -> pl.DataFrame:
    """Per group and code: volume and norm minutes (both scaled, 128 bits); empty minutes where there is no norm time."""
    table, year = times
    summed = volumes.group_by(*GROUP, "soort", "code").agg(pl.col(VOLUME).sum())
    told = summed.join(table.of(year), on=KEYS, how="left")
    minutes = pl.col(VOLUME) * pl.col("minuten").cast(pl.Int128)
    tied = pl.DataFrame(
        [(*key, name) for key, name in names.items()],
        schema={**dict.fromkeys(KEYS, pl.String()), "deel": pl.String()}, orient="row",
    )  # fmt: skip
    named = told.join(tied, on=KEYS, how="left").with_columns(pl.coalesce("deel", "code").alias("deel"))
    known = pl.when(pl.col("code") == REST).then(None).otherwise(minutes)
    return named.select(*_PART, "code", VOLUME, known.alias("minuten"))


def _groups(parts: pl.DataFrame) -> tuple[GroupEffect, ...]:
    """Within a group the largest difference first, ties by kind and name."""
    far = (pl.col(_NEW) - pl.col(_OLD)).abs().alias("ver")
    ranked = parts.with_columns(far).sort(
        *GROUP, "ver", "soort", "deel", descending=[False, False, False, True, False, False]
    )
    found: dict[tuple[str, str, str], list[Part]] = {}
    for hospital, specialism, role, kind, name, old, new in ranked.select(*_PART, _OLD, _NEW).rows():
        found.setdefault((hospital, specialism, role), []).append(Part(name, kind, old, new))
    return tuple(
        GroupEffect(
            *group,
            Fraction(sum(one.old_units for one in mine), _PER_HOUR),
            Fraction(sum(one.new_units for one in mine), _PER_HOUR),
            tuple(mine),
        )
        for group, mine in found.items()
    )


def _not_compared(rows: pl.DataFrame, unknown: pl.DataFrame, years: tuple[int, int]) -> tuple[NotCompared, ...]:
    """Codes of the base year, most volume first; where it is a new code that has no norm time, that one."""
    left_out = rows.join(unknown.select(_PART).unique(), on=_PART, how="semi")
    lacking = pl.col("minuten").is_null() & (pl.col("code") != REST)
    found: dict[tuple[str, str, str], tuple[int, list[int]]] = {}
    summed = left_out.group_by(*KEYS, "kant").agg(pl.col(VOLUME).sum(), lacking.any().alias("mist"))
    for specialism, kind, code, side, volume, lacks in summed.sort(
        "kant", *KEYS, descending=[True, False, False, False]
    ).rows():
        year = years[side == _NEW]
        most, known = found.get((specialism, kind, code), (0, []))
        found[specialism, kind, code] = (max(most, volume), [*known, year] if lacks else known)
    listed = [
        NotCompared(*key, Fraction(volume, SCALE), tuple(sorted(lacks))) for key, (volume, lacks) in found.items()
    ]
    return tuple(sorted(listed, key=lambda one: (-one.volume, one.specialism, one.kind, one.code)))


def _names(changes: Iterable[Change]) -> Mapping[tuple[str, str, str], str]:
    """(specialism, kind, code) → what the codes tied to it are called together: "oud, oud → nieuw"."""
    tied: dict[tuple[str, str, str], set[tuple[str, str]]] = {}
    for one in changes:
        if one.old is not None and one.new is not None:
            ends = [(one.specialism, one.kind, one.old), (one.specialism, one.kind, one.new)]
            whole = {(one.old, _OLD), (one.new, _NEW)}.union(*(tied.get(end, set()) for end in ends))
            for code, _ in whole:
                tied[one.specialism, one.kind, code] = whole
    return {key: _label(whole) for key, whole in tied.items()}


def _label(whole: Iterable[tuple[str, str]]) -> str:
    sides = [", ".join(sorted({code for code, side in whole if side == wanted})) for wanted in (_OLD, _NEW)]
    return " → ".join(sides)
