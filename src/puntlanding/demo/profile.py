"""What each made-up hospital is like: its kind, size and groups, and how its practice differs from the others'."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from puntlanding.demo.calibration import Specialism, number, specialisms
from puntlanding.demo.national import scales

REGIONS = ("noord", "midden", "zuid")
# Eight of 69 hospital organisations are university hospitals (data-facts §7, 2019); the rest of the pattern is an assumption.
PATTERN = ("topklinisch", "algemeen", "algemeen", "umc", "topklinisch", "algemeen", "zbc", "topklinisch", "algemeen")
_KIND_NAMES = {
    "umc": "Universitair centrum",
    "topklinisch": "Topklinisch ziekenhuis",
    "algemeen": "Ziekenhuis",
    "zbc": "Kliniek",
}
_PLACES = ("Duinrand", "Heidelust", "Polderzicht", "Merenburg", "Wolkenstein", "Klokkenveen", "Zilverdam", "Esdoornhof")


@dataclass(frozen=True, slots=True)
class Practice:
    """How a group differs from the national picture: factors around 1."""

    visits: float
    admissions: float
    surgery: float
    stay: float
    imaging: float
    laboratory: float
    ehealth: float


@dataclass(frozen=True, slots=True)
class GroupProfile:
    """One group. ``yearly``: trajectories that it opens per year at scale 1 in the base year (supporting groups: 0)."""

    name: str
    specialism: str
    role: str  # poort or ondersteunend
    yearly: float
    fte: float
    growth: float
    practice: Practice
    remote: float = 0.0  # chance that a repeat contact is remote: the group's e-health share


@dataclass(frozen=True, slots=True)
class Profile:
    """``size``: trajectories opened per year at scale 1, all groups together."""

    number: int  # 1, 2, …
    name: str
    slug: str
    agb: str
    kind: str
    region: str
    size: float
    groups: tuple[GroupProfile, ...]

    @property
    def gatekeepers(self) -> tuple[GroupProfile, ...]:
        return tuple(group for group in self.groups if group.role == "poort")

    def has(self, specialism: str) -> bool:
        return any(group.specialism == specialism for group in self.groups)


def stream(seed: int, *key: int) -> np.random.Generator:
    """A source of chance of its own for each hospital and purpose: what one draws changes nothing for another."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))


def profiles(hospitals: int, seed: int) -> tuple[Profile, ...]:
    """The first ``hospitals`` of an endless row: hospital 2 of 3 is hospital 2 of 70."""
    return tuple(_profile(index, seed) for index in range(hospitals))


def _profile(index: int, seed: int) -> Profile:
    chance = stream(seed, index, 0)
    kind = PATTERN[index % len(PATTERN)]
    size = (
        number(f"omvang.{kind}") * float(np.exp(chance.normal(0, number("omvang.spreiding"))))
        if index
        else number(f"omvang.{kind}")
    )
    common = chance.normal(0, 1, 8)
    own = [one for one in specialisms("poort") if one.weights[kind]]
    parts = np.array([one.weights[kind] for one in own])
    parts = parts * np.exp(chance.normal(0, number("omvang.aandeel_spreiding"), len(own)))
    gatekeepers = tuple(
        _group(one, "poort", size * float(part), common, chance)
        for one, part in zip(own, parts / parts.sum(), strict=True)
    )
    supporting = tuple(
        _group(one, "ondersteunend", 0.0, common, chance, fte=_supporting_fte(one, gatekeepers))
        for one in specialisms("ondersteunend")
        if one.weights[kind]
    )
    place = _PLACES[index % len(_PLACES)]
    again = index // len(_PLACES)
    return Profile(
        number=index + 1,
        name=f"{_KIND_NAMES[kind]} {place}" + (f" {again + 1}" if again else ""),
        slug=f"ziekenhuis-{index + 1:02d}",
        agb=f"0699{index + 1:04d}",
        kind=kind,
        region=REGIONS[index % len(REGIONS)],
        size=size,
        groups=gatekeepers + supporting,
    )


def _group(
    one: Specialism,
    role: str,
    yearly: float,
    common: np.ndarray[tuple[int], np.dtype[np.float64]],
    chance: np.random.Generator,
    fte: float | None = None,
) -> GroupProfile:
    share = number("praktijk.deel_ziekenhuis")
    names = ("bezoeken", "opnamen", "operaties", "ligduur", "beeld", "laboratorium", "ehealth")
    drawn = chance.normal(0, 1, len(names) + 2)
    factors = [
        float(np.exp(number(f"praktijk.{name}") * (np.sqrt(share) * common[at] + np.sqrt(1 - share) * drawn[at])))
        for at, name in enumerate(names)
    ]
    practice = Practice(*factors)
    busy = float(np.exp(number("praktijk.fte") * drawn[-1]))
    return GroupProfile(
        name=one.name.removesuffix(" ondersteunend"),
        specialism=one.code,
        role=role,
        yearly=yearly,
        fte=round((yearly / one.per_fte if fte is None else fte) * busy, 1),
        growth=number("omvang.groei") + number("omvang.groei_spreiding") * float(drawn[-2]),
        remote=min(one.ehealth * practice.ehealth * scales().remote, 1.0),
        practice=practice,
    )


# Which orders of the gatekeepers keep a supporting specialism busy; surgery for anaesthesia.
_ORDERS: Mapping[str, str] = {"0362": "imaging", "0363": "nuclear", "0386": "lab", "0387": "micro", "0388": "pathology"}


def _supporting_fte(one: Specialism, gatekeepers: tuple[GroupProfile, ...]) -> float:
    by_code = {known.code: known for known in specialisms("poort")}
    orders = 0.0
    for group in gatekeepers:
        asking = by_code[group.specialism]
        each = float(getattr(asking, _ORDERS[one.code])) if one.code in _ORDERS else asking.mix[2] + asking.mix[3] / 2
        orders += group.yearly * each
    return orders / one.per_fte
