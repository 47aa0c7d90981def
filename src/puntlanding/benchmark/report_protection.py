"""What protecting a contribution does to the benchmark: rates before and after, by its own norm times and by another year's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from puntlanding.benchmark.protect import Protected
from puntlanding.contribution import Contribution
from puntlanding.contribution.tables import HOSPITAL, OPENED, OPENED_MINUTES, REST
from puntlanding.norms.table import NormTable

MINUTES_PER_HOUR = 6000  # hundredths
Group = tuple[str, str, str]  # hospital, specialism, role


@dataclass(frozen=True, slots=True)
class RateEffect:
    """Norm hours per fte of one group. None: the group has no fte, or is not told."""

    group: Group
    before: Fraction | None
    after: Fraction | None

    @property
    def change(self) -> Fraction | None:
        """As a share of what it was."""
        return None if not self.before or self.after is None else self.after / self.before - 1


def rate_effects(
    full: Contribution, protected: Protected, norms: NormTable | None = None, year: int | None = None
) -> tuple[RateEffect, ...]:
    """Per group, on opening date. With ``norms`` repriced to that table's ``year``, as an ex-ante benchmark does."""
    before = _rates(full, norms, year)
    after = _rates(protected.contribution, norms, year)
    return tuple(RateEffect(group, before[group], after.get(group)) for group in sorted(before))


def _rates(one: Contribution, norms: NormTable | None, year: int | None) -> dict[Group, Fraction | None]:
    minutes = _own(one) if norms is None or year is None else _repriced(one, norms, year)
    fte = {(about.hospital, *group): care for about in one.hospitals for group, care in about.care_fte().items()}
    return {
        group: Fraction(total) / MINUTES_PER_HOUR / fte[group] if fte.get(group) else None
        for group, total in minutes.items()
    }


def _own(one: Contribution) -> dict[Group, Fraction]:
    found = (
        one.production.group_by(HOSPITAL, "specialisme", "rol")
        .agg(pl.sum_horizontal(pl.col(list(OPENED_MINUTES)).fill_null(0)).sum())
        .rows()
    )
    return {(hospital, specialism, role): Fraction(total) for hospital, specialism, role, total in found}


def _repriced(one: Contribution, norms: NormTable, year: int) -> dict[Group, Fraction]:
    """Volume × time of ``year``. What was told together has no code, so it changes as much as the group's other codes do."""
    keys = ["specialisme", "soort", "code"]
    priced = (
        one.production.select(
            HOSPITAL, "rol", *keys,
            pl.sum_horizontal(list(OPENED)).alias("volume"),
            pl.sum_horizontal(pl.col(list(OPENED_MINUTES)).fill_null(0)).alias("own"),
        )
        .join(norms.of(year), on=keys, how="left")
        .with_columns(
            rest=pl.col("code") == REST,
            new=pl.col("volume") * pl.col("minuten").fill_null(0),
        )
        .group_by(HOSPITAL, "specialisme", "rol")
        .agg(
            pl.col("new").sum(),
            pl.col("own").filter("rest").sum().alias("rest"),
            pl.col("own").filter(~pl.col("rest") & pl.col("minuten").is_not_null()).sum().alias("others"),
        )
        .rows()
    )  # fmt: skip
    return {
        (hospital, specialism, role): new + (Fraction(rest * new, others) if others else Fraction(rest))
        for hospital, specialism, role, new, rest, others in priced
    }


def reference_shifts(protected: Protected) -> Mapping[str, Fraction]:
    """Care unit → how far the mean per patient moved over all specialisms, each counting as much as another."""
    sums: dict[str, list[Fraction]] = {}
    for one in protected.strata:
        for unit, shift in one.shift.items():
            sums.setdefault(unit, []).append(shift)
    return {unit: sum(shifts, Fraction(0)) / len(shifts) for unit, shifts in sums.items()}
