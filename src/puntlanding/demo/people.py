"""The people around a hospital: who they are, and who of them begins which care path.

Care piles up with few people: within a year of birth and sex the first persons are drawn more often (omvang.scheefheid).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import polars as pl
from numpy.typing import NDArray

from puntlanding.demo.calibration import Specialism, number, shares, specialisms
from puntlanding.demo.codebook import Codebook
from puntlanding.demo.columns import NEVER, Columns, Numbers, take, year_of
from puntlanding.demo.pathways import REASON_DEATH, Plan
from puntlanding.demo.profile import Profile
from puntlanding.demo.truth import PATIENTS

OLDEST = 103
_LAST_BSN = 999_999_999
_FIRST_PATIENT = 1_000_001
_SEXES = ("M", "V")


@dataclass(frozen=True, slots=True)
class People:
    """Persons in cells of birth year × sex; ``start`` is where a cell begins. ``unknown``: of whom no sex is recorded."""

    first_year: int
    start: Numbers
    size: Numbers
    birth_year: Numbers
    woman: NDArray[np.bool_]


def people(profile: Profile, scale: float, first_year: int, last_year: int) -> People:
    """As many as live around a hospital of this size: the same for each year of birth, and fewer of the old."""
    born = np.arange(first_year - OLDEST, last_year + 1)
    age = np.clip(last_year - born, 0, None)
    alive = np.exp(-((np.clip(age - number("omvang.leeftijd_vlak"), 0, None) / number("omvang.leeftijd_afloop")) ** 2))
    total = profile.size * scale * number("omvang.personen")
    per_cell = np.maximum(np.rint(total * alive / alive.sum() / 2), 2).astype(np.int64)
    size = np.repeat(per_cell, 2)
    start = np.concatenate([[0], np.cumsum(size)])[:-1]
    return People(
        int(born[0]),
        start,
        size,
        np.repeat(np.repeat(born, 2), size),
        np.repeat(np.tile([False, True], len(born)), size),
    )


def patients_of(rows: Columns, plan_: Plan, book: Codebook, who: People, chance: np.random.Generator) -> Numbers:
    """A person for each row (cluster, opened) of the right age and sex."""
    cluster = rows["cluster"]
    known = {one.code: one for one in specialisms("poort")}
    mean, sd, low, high, women = _traits(plan_, book, known)
    drawn = np.rint(mean[cluster] + sd[cluster] * chance.normal(0, 1, len(cluster)))
    drawn = np.where(drawn < low[cluster], 2 * low[cluster] - drawn, drawn)
    age = np.clip(drawn, low[cluster], high[cluster]).astype(np.int64)
    year = year_of(rows["opened"])
    woman = chance.random(len(cluster)) < women[cluster]
    cell = (np.maximum(year - age, who.first_year) - who.first_year) * 2 + woman
    place = chance.random(len(cluster)) ** number("omvang.scheefheid")
    person: Numbers = who.start[cell] + np.floor(place * who.size[cell]).astype(np.int64)
    return person


def _traits(plan_: Plan, book: Codebook, known: dict[str, Specialism]) -> tuple[NDArray[np.float64], ...]:
    found = []
    for position in plan_.clusters:
        cluster = book.clusters[int(position)]
        one = known[cluster.specialism]
        mean, sd = cluster.age or one.age[:2]
        women = one.women if cluster.women is None else cluster.women
        found.append((mean, sd, one.age[2], one.age[3], women))
    return tuple(np.array(column, dtype=np.float64) for column in zip(*found, strict=True))


def without_doubles(rows: Columns, same: Numbers) -> Columns:
    """No care path for what somebody is already treated for: ``same`` tells patient and diagnosis. Keeps the first."""
    paths = rows["path"]
    count = int(paths.max()) + 1
    begin = np.full(count, np.iinfo(np.int64).max)
    end = np.zeros(count, dtype=np.int64)
    key = np.zeros(count, dtype=np.int64)
    np.minimum.at(begin, paths, rows["opened"])
    np.maximum.at(end, paths, rows["closed"])
    key[paths] = same
    present = np.flatnonzero(end > 0)
    order = present[np.lexsort((present, begin[present], key[present]))]
    span = np.int64(1) << 20  # more than any day number: what is compared stays within one key
    position = np.unique(key[order], return_inverse=True)[1].astype(np.int64)
    reach = np.maximum.accumulate(position * span + end[order])
    meets = np.zeros(len(order), dtype=bool)
    meets[1:] = position[1:] * span + begin[order][1:] <= reach[:-1]
    keep = np.ones(count, dtype=bool)
    keep[order[meets]] = False
    return take(rows, keep[paths])


def after_death(rows: Columns) -> Columns:
    """Who has died opens nothing any more, and what was open closes on that day; what had yet to be done is not done."""
    patient = rows["patient"]
    died = np.full(int(patient.max()) + 1, np.iinfo(np.int64).max)
    dead = rows["reason"] == REASON_DEATH
    np.minimum.at(died, patient[dead], rows["closed"][dead])
    day = died[patient]
    rows = take(rows, rows["opened"] <= day)
    day = died[rows["patient"]]
    cut = rows["closed"] > day
    never_admitted = cut & (rows["admitted"] > day)
    never_operated = cut & (rows["operation"] > day)
    setting = np.where(never_admitted | (never_operated & (rows["admitted"] == NEVER)), 0, rows["setting"])
    admitted = np.where(never_admitted, NEVER, rows["admitted"])
    return {
        **rows,
        "setting": setting,
        "operation": np.where(never_operated | never_admitted, NEVER, rows["operation"]),
        "admitted": admitted,
        "discharged": np.where(admitted == NEVER, NEVER, np.minimum(rows["discharged"], day)),
        "closed": np.where(cut, day, rows["closed"]),
        "reason": np.where(cut, REASON_DEATH, rows["reason"]),
    }


def patient_table(rows: Columns, who: People, chance: np.random.Generator) -> tuple[pl.DataFrame, Numbers]:
    """The table of everybody who has a trajectory, and for each row of ``rows`` the position in it."""
    persons, position = np.unique(rows["patient"], return_inverse=True)
    count = len(persons)
    order = chance.permutation(count)  # a patient's number tells nothing of age or sex
    persons, position = persons[order], np.argsort(order)[position]
    year = who.birth_year[persons]
    january = (year - 1970).astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64)
    born = january + chance.integers(0, 365, count)
    first = np.full(count, np.iinfo(np.int64).max)
    np.minimum.at(first, position, rows["opened"])
    born = np.minimum(born, first)  # a newborn's first trajectory opens on the day of birth at the earliest
    sex = np.where(who.woman[persons], "V", "M")
    sex = np.where(chance.random(count) < number("landelijk.geslacht_onbekend"), "O", sex)
    insurers = shares("verzekeraars.aandelen")
    insurer = np.array(list(insurers))[np.searchsorted(np.cumsum(list(insurers.values()))[:-1], chance.random(count))]
    insured = chance.random(count) >= number("landelijk.onverzekerd")
    frame = pl.DataFrame(
        {
            "patient": pl.Series(_FIRST_PATIENT + np.arange(count)).cast(pl.String),
            "bsn": pl.Series(_numbers(count)).cast(pl.String),
            **_names(count, chance),
            "geboortedatum": pl.Series(born.astype(np.int32)).cast(pl.Date),
            "geslacht": pl.Series(sex),
            "verzekeraar": pl.Series(insurer),
        }
    ).with_columns(pl.when(pl.Series(insured)).then(pl.col("verzekeraar")))
    return frame.select(list(PATIENTS)).cast(PATIENTS), position.astype(np.int64)


def _numbers(count: int) -> Numbers:
    """Nine digits that can be nobody's BSN: they fail its check on 11. From 999999999 down, the range kept for tests first."""
    candidates = _LAST_BSN - np.arange(count + count // 8 + 100)
    weighed = sum(((candidates // 10 ** (9 - place)) % 10) * (10 - place) for place in range(1, 9)) - candidates % 10
    found: Numbers = candidates[np.asarray(weighed) % 11 != 0][:count]
    return found


@cache
def _lists() -> dict[str, list[str]]:
    found: dict[str, list[str]] = tomllib.loads(
        files("puntlanding.demo").joinpath("data", "names.toml").read_text("utf-8")
    )
    return found


def _names(count: int, chance: np.random.Generator) -> dict[str, pl.Series]:
    parts = {name: pl.Series(words) for name, words in _lists().items()}

    def drawn(name: str) -> pl.Series:
        return parts[name].gather(chance.integers(0, len(parts[name]), count))

    initials = drawn("letters") + " " + drawn("begin")
    numbers = pl.Series(chance.integers(1, 200, count)).cast(pl.String)
    digits = pl.Series(chance.integers(0, 1000, count)).cast(pl.String).str.zfill(4)
    alphabet = pl.Series([chr(65 + at) for at in range(26)])
    letters = [alphabet.gather(chance.integers(0, 26, count)) for _ in range(2)]
    return {
        "naam": initials + drawn("eind"),
        "adres": drawn("straten") + " " + numbers,
        "postcode": digits + letters[0] + letters[1],
    }
