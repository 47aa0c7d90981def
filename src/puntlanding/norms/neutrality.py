"""Whether it matters to a specialist's norm hours by which route a patient is treated: with an operation or without.

Norm times are meant to be minute-neutral ([CB] bijlage 1, [PZ] bijlage 2 §1.B): half a day of operating and half a day of
outpatient care give equal norm hours. That does not mean equal minutes per trajectory — an operation rightly has more — but
equal minutes paid (norm time of the product) for each minute worked (activities of its profile × their norm times, plus the
surcharge). Balance = (paid ÷ worked) of the operative route ÷ (paid ÷ worked) of the conservative one; 1 is neutral.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from enum import StrEnum
from fractions import Fraction

import polars as pl

from puntlanding.contribution.model import Contribution
from puntlanding.contribution.tables import HOSPITAL
from puntlanding.norms.build import activity_minutes
from puntlanding.norms.norm_times import CodeKind
from puntlanding.norms.production import MINUTES_PER_HOUR
from puntlanding.norms.profiles import PRODUCT, Product, Profiles, Route, Surcharges
from puntlanding.norms.table import HUNDREDTHS, NormTable
from puntlanding.quantities import ZERO

MINIMUM = 10  # trajectories on each route before a diagnosis is judged (local)
MARGIN = Fraction(1, 10)  # how far the balance may be from 1 (local)


class Outcome(StrEnum):
    """In Dutch, because the JSON shows it."""

    BALANCED = "in_balans"
    OPERATIVE_MORE = "operatief_meer"
    CONSERVATIVE_MORE = "conservatief_meer"
    TOO_FEW = "te_weinig"
    NO_WORKED = "geen_gewerkte_minuten"


@dataclass(frozen=True, slots=True)
class Care:
    """One route: trajectories; patients, counted once per product; norm minutes. ``known``, ``known_paid`` and ``worked``
    are the trajectories, norm minutes and minutes worked of the products whose minutes worked are known.
    """

    trajectories: int = 0
    patients: int = 0
    paid: Fraction = ZERO
    known: int = 0
    known_paid: Fraction = ZERO
    worked: Fraction = ZERO

    @property
    def hours(self) -> Fraction:
        return self.paid / MINUTES_PER_HOUR

    @property
    def per_trajectory(self) -> Fraction | None:
        """Norm hours."""
        return self.hours / self.trajectories if self.trajectories else None

    @property
    def per_patient(self) -> Fraction | None:
        return self.hours / self.patients if self.patients else None

    @property
    def per_worked(self) -> Fraction | None:
        """Minutes paid for a minute worked."""
        return self.known_paid / self.worked if self.worked else None

    def plus(self, other: Care) -> Care:
        return Care(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True, slots=True)
class Balance:
    """Both routes side by side: of a diagnosis over all hospitals (``hospital`` None), or of a group (``diagnosis`` None)."""

    specialism: str
    diagnosis: str | None
    hospital: str | None
    operative: Care
    conservative: Care
    outcome: Outcome

    @property
    def ratio(self) -> Fraction | None:
        """Norm hours per trajectory, operative ÷ conservative."""
        return _quotient(self.operative.per_trajectory, self.conservative.per_trajectory)

    @property
    def balance(self) -> Fraction | None:
        return _quotient(self.operative.per_worked, self.conservative.per_worked)

    @property
    def operative_share(self) -> Fraction | None:
        """Of the norm hours."""
        return _quotient(self.operative.hours, self.operative.hours + self.conservative.hours)

    @property
    def trajectories(self) -> int:
        return self.operative.trajectories + self.conservative.trajectories


@dataclass(frozen=True, slots=True)
class Neutrality:
    """``diagnoses`` have both routes somewhere; ``groups`` are all groups. ``unplaced``: products without a norm time or
    a route, with the trajectories that are therefore in neither. ``unworked``: products whose minutes worked are not known.
    """

    year: int
    minimum: int
    margin: Fraction
    diagnoses: tuple[Balance, ...]
    groups: tuple[Balance, ...]
    unplaced: Mapping[Product, int]
    unworked: tuple[Product, ...]

    def departing(self) -> tuple[Balance, ...]:
        """Farthest from balance first; twice as much and half as much are equally far."""
        found = [(one.balance, one) for one in self.diagnoses if one.outcome in _DEPARTING]
        far = sorted(found, key=lambda pair: (-_distance(pair[0]), pair[1].specialism, pair[1].diagnosis or ""))
        return tuple(one for _, one in far)


_FARTHEST = Fraction(10**9)
_DEPARTING = (Outcome.OPERATIVE_MORE, Outcome.CONSERVATIVE_MORE)
Work = Mapping[Product, Fraction]


def worked_minutes(table: NormTable, profiles: Profiles, surcharges: Surcharges, year: int) -> Work:
    """Per trajectory of a product; a product with an activity without a norm time is left out."""
    priced = activity_minutes(table, profiles, year)
    whole = priced.join(priced.filter(pl.col("minuten").is_null()), on=PRODUCT, how="anti")
    worked = (pl.col("aantal").cast(pl.Int128) * pl.col("minuten").cast(pl.Int128)).sum().alias("som")
    found: dict[Product, Fraction] = {}
    for specialism, code, sum_, per in whole.group_by(PRODUCT).agg(worked, pl.col("per").first()).sort(PRODUCT).rows():
        extra = surcharges.find(year, specialism, code)
        found[specialism, code] = Fraction(sum_, per * HUNDREDTHS) + (ZERO if extra is None else extra.minutes)
    return found


def neutrality(
    whole: Contribution, table: NormTable, year: int, routes: Mapping[Product, Route], worked: Work | None = None,
    minimum: int = MINIMUM, margin: Fraction = MARGIN,
) -> Neutrality:  # fmt: skip
    """Of what opened in the contribution's year, with the norm times of ``year``. Without ``worked`` nothing is judged."""
    times = table.of(year).filter(pl.col("soort") == CodeKind.CARE_PRODUCT.value)
    minutes = {
        (specialism, code): time for specialism, code, time in times.select("specialisme", "code", "minuten").rows()
    }
    unplaced: dict[Product, int] = {}
    unworked: set[Product] = set()

    def sides_by(key: str) -> Mapping[tuple[str, str], Mapping[Route, Care]]:
        """(specialism, ``key``) → route → care."""
        found: dict[tuple[str, str], dict[Route, Care]] = {}
        summed = whole.diagnoses.group_by("specialisme", key, "zorgproduct").agg(pl.col("aantal", "patienten").sum())
        for specialism, name, code, count, patients in summed.filter(pl.col("aantal") != 0).rows():
            product = (specialism, code)
            if product not in minutes or product not in routes:
                unplaced[product] = unplaced.get(product, 0) + (count if key == HOSPITAL else 0)
                continue
            own = None if worked is None else worked.get(product)
            if worked is not None and own is None:
                unworked.add(product)
            paid = Fraction(minutes[product] * count, HUNDREDTHS)
            care = Care(count, patients, paid) if own is None else Care(count, patients, paid, count, paid, own * count)
            sides = found.setdefault((specialism, name), {})
            sides[routes[product]] = sides.get(routes[product], Care()).plus(care)
        return found

    diagnoses = [
        _balance(specialism, diagnosis, None, sides, minimum, margin)
        for (specialism, diagnosis), sides in sorted(sides_by("diagnose").items())
        if len(sides) == len(Route)
    ]
    groups = [
        _balance(specialism, None, hospital, sides, minimum, margin)
        for (specialism, hospital), sides in sorted(sides_by(HOSPITAL).items())
    ]
    return Neutrality(year, minimum, margin, tuple(diagnoses), tuple(groups), _most(unplaced), tuple(sorted(unworked)))


def _balance(
    specialism: str, diagnosis: str | None, hospital: str | None, sides: Mapping[Route, Care], minimum: int, margin: Fraction
) -> Balance:  # fmt: skip
    operative, conservative = (sides.get(route, Care()) for route in (Route.OPERATIVE, Route.CONSERVATIVE))
    balance = _quotient(operative.per_worked, conservative.per_worked)
    if min(operative.trajectories, conservative.trajectories) < minimum:
        outcome = Outcome.TOO_FEW
    elif balance is None or min(operative.known, conservative.known) < minimum:
        outcome = Outcome.NO_WORKED
    elif abs(balance - 1) <= margin:
        outcome = Outcome.BALANCED
    else:
        outcome = Outcome.OPERATIVE_MORE if balance > 1 else Outcome.CONSERVATIVE_MORE
    return Balance(specialism, diagnosis, hospital, operative, conservative, outcome)


def _quotient(numerator: Fraction | None, denominator: Fraction | None) -> Fraction | None:
    return numerator / denominator if numerator is not None and denominator else None


def _distance(balance: Fraction | None) -> Fraction:
    if not balance:
        return _FARTHEST  # nothing is paid for the operative route
    return max(balance, 1 / balance)


def _most(counts: Mapping[Product, int]) -> Mapping[Product, int]:
    ranked: Sequence[tuple[Product, int]] = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return dict(ranked)
