"""The production of a hospital's contribution: volumes by group and contract × norm times, exact, explained to the cell.

Norm minutes are worked out from volumes here, not taken from the contribution: a budget prices volumes of one year with the
norm times of another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import polars as pl

from puntlanding.contribution.tables import ALL
from puntlanding.explain import Node, Source, Unit, cell, constant, lazy_total, product, quotient
from puntlanding.norms.production import GroupContract, Measure, Output, hours_of, norm_minutes
from puntlanding.norms.table import HUNDREDTHS, NormTable
from puntlanding.norms.volume_origin import CountedVolumes
from puntlanding.norms.volumes import SCALE, VOLUME
from puntlanding.quantities import ZERO

OUTSIDE = "buiten de contracten"  # the contract of insurers that no contract names; it takes part in nothing
_STEPS = SCALE * HUNDREDTHS
NormKey = tuple[int, str, str, str]  # year, specialism, kind, code


@dataclass(frozen=True)
class ContributionProduction:
    """``groups``: (specialism, role) → name. ``years``: what each year is computed from. ``pairs`` are answered with zero where
    nothing was counted. ``norm_rows`` gives the row of each norm time in its file, when somebody asks.

    A volume that the product structure adds is told for a group as a whole: it is spread over the contracts like its other
    norm minutes, those outside the contracts included.
    """

    groups: Mapping[tuple[str, str], str]
    years: Mapping[int, CountedVolumes]
    norm_times: NormTable
    pairs: frozenset[GroupContract]
    norm_rows: Callable[[], Mapping[NormKey, int]]

    @property
    def file(self) -> str:
        return ", ".join(dict.fromkeys(one.file for _, one in sorted(self.years.items(), reverse=True)))

    @cached_property
    def _priced(self) -> Mapping[int, pl.DataFrame]:
        return {year: self._price(counted) for year, counted in self.years.items()}

    def _price(self, counted: CountedVolumes) -> pl.DataFrame:
        """vakgroep, specialisme, rol, soort, code, contract, aantal, minuten (null: no norm time), of the groups that there are."""
        names = pl.DataFrame(
            [(*pair, name) for pair, name in self.groups.items()],
            schema={"specialisme": pl.String, "rol": pl.String, "vakgroep": pl.String}, orient="row",
        )  # fmt: skip
        own = counted.expected.join(names, on=["specialisme", "rol"])
        return own.join(self.norm_times.of(counted.year), on=["specialisme", "soort", "code"], how="left")

    def unpriced(self, year: int) -> pl.DataFrame:
        """vakgroep, code, aantal (in steps of `SCALE`) of what has no norm time; most first."""
        missing = self._priced[year].filter(pl.col("minuten").is_null())
        sums = missing.group_by("vakgroep", "code").agg(pl.col(VOLUME).sum())
        return sums.sort([VOLUME, "vakgroep", "code"], descending=[True, False, False])

    def measures(self, year: int) -> Mapping[GroupContract, Measure]:
        return dict.fromkeys(self._keys(year), Measure.VOLUME)

    def outputs(self, year: int) -> Mapping[GroupContract, Output]:
        return {key: Output(hours=self._hours(year, *key)) for key in self._keys(year)}

    def _keys(self, year: int) -> list[GroupContract]:
        """In the order of names, so that the order of rows never matters; a year that is not there has nothing."""
        if year not in self.years:
            return []
        counted = self._priced[year].filter(~pl.col("contract").is_in([ALL, OUTSIDE]))
        return sorted({*counted.select("vakgroep", "contract").unique().rows(), *self.pairs})

    @cached_property
    def _minutes(self) -> Mapping[tuple[int, str, str], Fraction]:
        """(year, group, contract) → norm minutes; contract "alle" is what was added for the group as a whole."""
        found: dict[tuple[int, str, str], Fraction] = {}
        for year, frame in self._priced.items():
            minutes = (pl.col(VOLUME) * pl.col("minuten").cast(pl.Int128)).sum().alias("som")
            for group, contract, total in frame.group_by("vakgroep", "contract").agg(minutes).iter_rows():
                found[year, group, contract] = Fraction(int(total), _STEPS)
        return found

    def _hours(self, year: int, group: str, contract: str) -> Node:
        own, added = self._minutes.get((year, group, contract), ZERO), self._minutes.get((year, group, ALL), ZERO)
        if not added:
            return hours_of(own, lambda: self._lines(year, group, contract), group, contract)
        share = self._share(year, group, contract)
        value = own + added * share.value
        return hours_of(value, lambda: self._with_added(year, group, contract, share), group, contract)

    def _with_added(self, year: int, group: str, contract: str, share: Node) -> tuple[Node, ...]:
        added = (
            product("added_part", Unit.MINUTES, line, share, subject=line.subject)
            for line in self._lines(year, group, ALL)
        )
        return (*self._lines(year, group, contract), *added)

    def _share(self, year: int, group: str, contract: str) -> Node:
        """The part of a group's norm minutes that is in this contract; equal parts where it has none at all."""
        contracts = sorted({of for when, name, of in self._minutes if (when, name) == (year, group) and of != ALL})
        whole = sum((self._minutes[year, group, of] for of in contracts), ZERO)
        if not whole:
            places = sorted({of for name, of in self._keys(year) if name == group})
            return constant("equal_share", Fraction(1, len(places)), Unit.RATIO, subject=group)
        mine = self._minutes.get((year, group, contract), ZERO)
        return quotient(
            "contract_share", Unit.RATIO,
            _total(mine, group, contract, lambda: self._lines(year, group, contract)),
            _total(whole, group, None, lambda: tuple(self._contract(year, group, of) for of in contracts)),
            subject=group, contract=contract,
        )  # fmt: skip

    def _contract(self, year: int, group: str, contract: str) -> Node:
        return _total(self._minutes[year, group, contract], group, contract, lambda: self._lines(year, group, contract))

    def _lines(self, year: int, group: str, contract: str) -> tuple[Node, ...]:
        """Volume × norm time per code. What has no norm time is left out; `unpriced` says what that is."""
        mine = self._priced[year].filter((pl.col("vakgroep") == group) & (pl.col("contract") == contract))
        rows = mine.drop_nulls("minuten").sort("soort", "code").select("specialisme", "rol", "soort", "code", "minuten")
        return tuple(self._line(year, contract, *row) for row in rows.iter_rows())

    def _line(self, year: int, contract: str, specialism: str, role: str, kind: str, code: str, minutes: int) -> Node:
        place = Source(self.norm_times.file, self.norm_rows().get((year, specialism, kind, code)), "minuten")
        time = cell("norm_time", Fraction(minutes, HUNDREDTHS), Unit.MINUTES, place, subject=code)
        return norm_minutes(code, self.years[year].volume(specialism, role, kind, code, contract), time)


def _total(value: Fraction, group: str, contract: str | None, parts: Callable[[], tuple[Node, ...]]) -> Node:
    return lazy_total("norm_minutes", Unit.MINUTES, value, parts, subject=group, contract=contract)


def without_group(volumes: pl.DataFrame, groups: Iterable[tuple[str, str]], times: pl.DataFrame) -> pl.DataFrame:
    """specialisme, rol, aantal (in steps of `SCALE`), minuten (in steps of `_STEPS`) of what was counted for nobody's group."""
    known = pl.DataFrame(list(groups), schema={"specialisme": pl.String, "rol": pl.String}, orient="row")
    strangers = volumes.join(known, on=["specialisme", "rol"], how="anti")
    priced = strangers.join(times, on=["specialisme", "soort", "code"], how="left")
    minutes = pl.col(VOLUME) * pl.col("minuten").fill_null(0).cast(pl.Int128)
    return (
        priced.group_by("specialisme", "rol").agg(pl.col(VOLUME).sum(), minutes.sum().alias("minuten")).sort(pl.all())
    )


def hours_in(steps: int) -> Fraction:
    """Norm hours of minutes as `without_group` sums them."""
    return Fraction(steps, _STEPS * 60)
