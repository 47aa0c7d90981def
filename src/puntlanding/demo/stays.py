"""What an admission brings along: intensive care with a trajectory of its own, and other specialisms that are asked for advice."""

from __future__ import annotations

import numpy as np

from puntlanding.demo.calibration import CLINICAL, POLI, number, shares, specialisms
from puntlanding.demo.columns import NEVER, Columns, Numbers, height, stack, take, year_of
from puntlanding.demo.pathways import CONSULT, INTENSIVE, INTENSIVE_ALONE, REASON_DEATH, REGULAR, Plan
from puntlanding.demo.profile import Profile

REASON_CONSULT, REASON_INTENSIVE = 14, 18


def with_stays(
    rows: Columns, plan_: Plan, profile: Profile, birth_year: Numbers, last_day: int, chance: np.random.Generator
) -> Columns:
    """``rows`` with ic_from, ic_days and asked_by, and after them the trajectories of intensive care and of consults.

    What would open after ``last_day`` is left out.
    """
    size = height(rows)
    rows = {
        **rows,
        "ic_from": np.full(size, NEVER),
        "ic_days": np.zeros(size, dtype=np.int64),
        "asked_by": rows["cluster"],
    }
    rows = _intensive_alone(rows, chance)
    admitted = np.flatnonzero((rows["setting"] == CLINICAL) & (rows["type"] != INTENSIVE_ALONE))
    next_path = int(rows["path"].max()) + 1
    intensive = _intensive(rows, admitted, last_day, chance)
    consults = _consults(rows, admitted, plan_, profile, birth_year, next_path, chance)
    return stack([rows, intensive, take(consults, consults["opened"] <= last_day)])


def _intensive_alone(rows: Columns, chance: np.random.Generator) -> Columns:
    """Some come for intensive care only, from elsewhere: type 52, closed when they leave it."""
    fit = (rows["setting"] == CLINICAL) & (rows["type"] == REGULAR) & (rows["admitted"] == rows["opened"])
    fit &= (rows["reason"] != REASON_DEATH) & (np.bincount(rows["path"])[rows["path"]] == 1)
    alone = fit & (chance.random(height(rows)) < number("opname.ic_alleen"))
    return {
        **rows,
        "type": np.where(alone, INTENSIVE_ALONE, rows["type"]),
        "ic_from": np.where(alone, rows["admitted"], rows["ic_from"]),
        "ic_days": np.where(alone, np.maximum(rows["discharged"] - rows["admitted"], 1), rows["ic_days"]),
        "closed": np.where(alone, rows["discharged"], rows["closed"]),
        "reason": np.where(alone, REASON_INTENSIVE, rows["reason"]),
        "operation": np.where(alone, NEVER, rows["operation"]),
    }


def _intensive(rows: Columns, admitted: Numbers, last_day: int, chance: np.random.Generator) -> Columns:
    """Part of a stay on intensive care: type 51 beside the main trajectory, in the same care path."""
    nights = rows["discharged"][admitted] - rows["admitted"][admitted]
    chosen = admitted[(chance.random(len(admitted)) < number("opname.ic")) & (nights >= 1)]
    count = len(chosen)
    nights = rows["discharged"][chosen] - rows["admitted"][chosen]
    days = np.minimum(1 + chance.poisson(number("opname.ic_dagen") - 1, count), nights)
    begin = rows["admitted"][chosen] + np.floor(chance.random(count) * (nights - days + 1)).astype(np.int64)
    in_time = begin <= last_day
    chosen, days, begin = chosen[in_time], days[in_time], begin[in_time]
    count = len(chosen)
    rows["ic_from"][chosen] = begin
    rows["ic_days"][chosen] = days
    own = take(rows, chosen)
    return {
        **own,
        "type": np.full(count, INTENSIVE),
        "opened": begin,
        "closed": begin + days,
        "reason": np.full(count, REASON_INTENSIVE),
        "setting": np.full(count, POLI),
        "admitted": np.full(count, NEVER),
        "discharged": np.full(count, NEVER),
        "operation": np.full(count, NEVER),
    }


def _consults(
    rows: Columns,
    admitted: Numbers,
    plan_: Plan,
    profile: Profile,
    birth_year: Numbers,
    next_path: int,
    chance: np.random.Generator,
) -> Columns:
    """Another specialism sees the patient at the bedside: type 13, closed at discharge; a care path of its own."""
    asked = {code: share for code, share in shares("opname.consult_bij").items() if profile.has(code)}
    chosen = admitted[chance.random(len(admitted)) < (number("opname.consult") if asked else 0.0)]
    codes = [group.specialism for group in profile.gatekeepers]
    first_cluster = {code: int(np.flatnonzero(plan_.groups == codes.index(code))[0]) for code in asked}
    who = np.array([first_cluster[code] for code in asked] or [0])
    parts = np.cumsum(list(asked.values())) if asked else np.ones(1)
    cluster = who[np.minimum(np.searchsorted(parts, chance.random(len(chosen)) * parts[-1]), len(who) - 1)]
    other = plan_.groups[cluster] != plan_.groups[rows["cluster"][chosen]]
    ages = {one.code: one.age for one in specialisms("poort")}
    low, high = (np.array([ages[code][at] for code in codes])[plan_.groups[cluster]] for at in (2, 3))
    age = year_of(rows["opened"][chosen]) - birth_year[rows["patient"][chosen]]
    fit = other & (age >= low) & (age <= high)
    chosen, cluster = chosen[fit], cluster[fit]
    count = len(chosen)
    own = take(rows, chosen)
    nights = np.maximum(own["discharged"] - own["admitted"], 1)
    opened = own["admitted"] + np.floor(chance.random(count) * nights).astype(np.int64)
    return {
        **own,
        "asked_by": own["cluster"],
        "cluster": cluster,
        "path": next_path + np.arange(count),
        "type": np.full(count, CONSULT),
        "opened": opened,
        "closed": np.maximum(own["discharged"], opened),
        "reason": np.full(count, REASON_CONSULT),
        "setting": np.full(count, POLI),
        "admitted": np.full(count, NEVER),
        "discharged": np.full(count, NEVER),
        "operation": np.full(count, NEVER),
        "ic_from": np.full(count, NEVER),
        "ic_days": np.zeros(count, dtype=np.int64),
        "acute": np.zeros(count, dtype=np.int64),
    }
