"""Care paths as chains of trajectories: what happens in each, when it closes and why, and whether a follow-up opens.

Source of the closing rules: data-facts §4.4; the numbers stand in calibration.toml.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from puntlanding.demo.calibration import (
    CLINICAL,
    DAY,
    SURGERY,
    Specialism,
    closing_exceptions,
    number,
    specialisms,
    values,
)
from puntlanding.demo.codebook import Codebook
from puntlanding.demo.columns import NEVER, Columns, Mask, Numbers, height, stack, take, whole
from puntlanding.demo.national import scales
from puntlanding.demo.profile import GroupProfile, Profile

Shares = NDArray[np.float64]
REGULAR, FOLLOW_UP, CONSULT, INTENSIVE, INTENSIVE_ALONE = 11, 21, 13, 51, 52
REASON_DEATH, REASON_CLINICAL, REASON_SURGERY, REASON_REGULAR, REASON_LONGEST = 2, 4, 6, 8, 12
EARLY_CLINICAL, EARLY_SURGERY, EARLY_REGULAR, EARLY_FOLLOW_UP = 80, 82, 84, 86
_MOST = 0.95  # of a share: however much a practice differs, some are treated otherwise


@dataclass(frozen=True, slots=True)
class Plan:
    """Per cluster of the hospital, in one order: everything that a trajectory's course depends on."""

    clusters: Numbers  # position in the codebook
    groups: Numbers  # position among the hospital's gatekeepers
    weights: Shares  # of the group's new care paths
    regular: Shares  # cluster × setting
    follow_up: Shares  # cluster × setting
    again: Shares  # chance of a follow-up, under the general rules
    stay: Shares  # mean nursing days
    operated: Shares  # share of admissions with an operation
    exception: Numbers  # reason of its own closing rule, or NEVER
    days: NDArray[np.int64]  # cluster × 2
    own_again: Shares  # the same under its own rule
    at_once: Shares
    on_discharge: Mask


def plan(profile: Profile, book: Codebook) -> Plan:
    known = {one.code: one for one in specialisms("poort")}
    found: dict[str, list[object]] = {name: [] for name in Plan.__slots__}
    cutting = set(values("opname.snijdend"))
    for at, group in enumerate(profile.gatekeepers):
        one = known[group.specialism]
        mine = [position for position, cluster in enumerate(book.clusters) if cluster.specialism == group.specialism]
        total = sum(book.clusters[position].weight for position in mine)
        for position in mine:
            cluster = book.clusters[position]
            rule = closing_exceptions().get(cluster.exception)
            regular = _mix(one, group, rule.settings if rule else None)
            found["clusters"].append(position)
            found["groups"].append(at)
            found["weights"].append(cluster.weight / total)
            found["regular"].append(regular)
            found["follow_up"].append(regular if rule and rule.settings else _later(regular))
            found["again"].append(one.follow_up)
            found["stay"].append(one.stay * scales().stay * group.practice.stay)
            share = number("opname.operatie_snijdend" if one.code in cutting else "opname.operatie_beschouwend")
            found["operated"].append(min(share * group.practice.surgery, _MOST))
            found["exception"].append(int(rule.reason) if rule else NEVER)
            found["days"].append(rule.days if rule else (0, 0))
            found["own_again"].append(rule.follow_up if rule else one.follow_up)
            found["at_once"].append(rule.at_once if rule else number("vervolg.meteen"))
            found["on_discharge"].append(bool(rule and rule.on_discharge))
    return Plan(**{name: np.array(column) for name, column in found.items()})


def _mix(one: Specialism, group: GroupProfile, own: tuple[float, float] | None) -> list[float]:
    if own is not None:
        return [1 - sum(own), own[0], 0.0, own[1]]
    clinical = min(one.mix[CLINICAL] * scales().clinical * group.practice.admissions, _MOST)
    day = one.mix[DAY] * scales().day
    surgery = one.mix[SURGERY] * scales().day * group.practice.surgery
    others = max(day + surgery + clinical, 1.0)
    return [max(1 - day - surgery - clinical, 0.0), day / others, surgery / others, clinical / others]


def _later(regular: list[float]) -> list[float]:
    day = regular[DAY] * number("vervolg.dag")
    surgery = regular[SURGERY] * number("vervolg.operatief")
    clinical = regular[CLINICAL] * number("vervolg.klinisch")
    return [max(1 - day - surgery - clinical, 0.0), day, surgery, clinical]


def starts_per_year(profile: Profile, plan_: Plan) -> Shares:
    """New care paths per group and year that, with their follow-ups, come to the group's yearly trajectories."""
    own = plan_.exception != NEVER
    again = np.where(own, plan_.own_again, plan_.again)
    found = [
        group.yearly / float((plan_.weights / (1 - again))[plan_.groups == at].sum())
        for at, group in enumerate(profile.gatekeepers)
    ]
    return np.array(found)


@dataclass(frozen=True, slots=True)
class Diary:
    """Room for planned care, cumulated per day from day number ``first`` on: where in a stretch of days care ends up."""

    first: int
    cumulative: Shares

    def between(self, low: Numbers, high: Numbers, chance: np.random.Generator) -> Numbers:
        """A day from ``low`` up to and including ``high``, by the room for planned care."""
        end_of_room = len(self.cumulative) - 2
        begin = self.cumulative[np.clip(low - self.first, 0, end_of_room)]
        end = self.cumulative[np.clip(high - self.first, 0, end_of_room) + 1]
        drawn = begin + chance.random(len(low)) * (end - begin)
        day = np.searchsorted(self.cumulative, drawn, side="right") - 1 + self.first
        return np.clip(day, low, high)


def diary(first: int, room: NDArray[np.float64]) -> Diary:
    return Diary(first, np.concatenate([[0.0], np.cumsum(room)]))


def chains(begun: Columns, plan_: Plan, diary_: Diary, last_day: int, chance: np.random.Generator) -> Columns:
    """All trajectories of the care paths in ``begun`` (cluster, opened, acute) that open by ``last_day``."""
    count = height(begun)
    rows: Columns = {**begun, "path": np.arange(count), "type": np.full(count, REGULAR)}
    parts = []
    while height(rows):
        course = _course(rows, plan_, diary_, chance)
        parts.append(course)
        rows = _follow_ups(course, plan_, diary_, chance)
        rows = take(rows, rows["opened"] <= last_day)
    return stack(parts)


def _course(rows: Columns, plan_: Plan, diary_: Diary, chance: np.random.Generator) -> Columns:
    """What happens within each trajectory, and its closing by rule."""
    count, cluster, opened = height(rows), rows["cluster"], rows["opened"]
    first = rows["type"] == REGULAR
    mix = np.where(first[:, None], plan_.regular[cluster], plan_.follow_up[cluster])
    setting = (chance.random(count)[:, None] > np.cumsum(mix, axis=1)[:, :3]).sum(axis=1)
    clinical, surgery = setting == CLINICAL, setting == SURGERY
    wait = number("opname.wachttijd") * np.exp(number("opname.wachttijd_spreiding") * chance.normal(0, 1, count))
    waited = opened + whole(np.clip(wait, 1, number("opname.wachttijd_langst")))
    planned = diary_.between(waited, waited + int(number("opname.marge")), chance)
    urgent = (rows["acute"] == 1) | (clinical & (chance.random(count) < number("opname.spoed")))
    event = np.where(urgent, opened, planned)
    nights = _nights(plan_.stay[cluster], chance)
    longest = opened + int(number("sluiten.langst"))
    discharged = np.minimum(event + nights, longest - 1)
    operated = clinical & (chance.random(count) < plan_.operated[cluster])
    in_stay = np.minimum(event + (chance.random(count) < number("opname.dag_na_opname")), discharged)
    operation = np.where(surgery, event, np.where(operated, in_stay, NEVER))
    course: Columns = {
        **rows,
        "setting": setting,
        "operation": operation,
        "admitted": np.where(clinical, event, NEVER),
        "discharged": np.where(clinical, discharged, NEVER),
        "urgent": urgent.astype(np.int64),
    }
    return course | _closing(course, plan_, chance)


def _nights(mean: Shares, chance: np.random.Generator) -> Numbers:
    spread = number("opname.ligduur_spreiding")
    drawn = np.exp(np.log(mean) - spread * spread / 2 + spread * chance.normal(0, 1, len(mean)))
    return np.clip(whole(drawn), 1, int(number("opname.ligduur_langst")))


def _closing(course: Columns, plan_: Plan, chance: np.random.Generator) -> Columns:
    """Closing day and reason: the general rules, the exceptions, the longest time, early closing and death."""
    count, cluster, opened = height(course), course["cluster"], course["opened"]
    clinical, surgery = course["setting"] == CLINICAL, course["setting"] == SURGERY
    first = course["type"] == REGULAR
    after = int(number("sluiten.na_gebeurtenis"))
    conservative = opened + np.where(first, int(number("sluiten.regulier")), int(number("sluiten.vervolg")))
    closed = np.where(
        clinical, course["discharged"] + after, np.where(surgery, course["operation"] + after, conservative)
    )
    reason = np.where(
        clinical, REASON_CLINICAL, np.where(surgery, REASON_SURGERY, np.where(first, REASON_REGULAR, REASON_LONGEST))
    )
    longest = opened + int(number("sluiten.langst"))
    reason = np.where(closed > longest, REASON_LONGEST, reason)
    closed = np.minimum(closed, longest)
    on_discharge = plan_.on_discharge[cluster]
    own = (plan_.exception[cluster] != NEVER) & ~surgery & ((~clinical & ~on_discharge) | (clinical & on_discharge))
    low, high = plan_.days[cluster, 0], plan_.days[cluster, 1]
    drawn = opened + low + np.floor(chance.random(count) * (high - low + 1)).astype(np.int64)
    closed = np.where(own, np.where(clinical, course["discharged"], drawn), closed)
    reason = np.where(own, plan_.exception[cluster], reason)
    # Closing early and dying come after what was done: an operation that did not happen has no trajectory of its own.
    last = np.maximum(np.maximum(course["operation"], course["discharged"]), opened)
    between = np.maximum(last + np.floor(chance.random(count) * (closed - last)).astype(np.int64), opened + 1)
    early = ~own & (chance.random(count) < number("sluiten.voortijdig"))
    early_reason = np.where(
        clinical, EARLY_CLINICAL, np.where(surgery, EARLY_SURGERY, np.where(first, EARLY_REGULAR, EARLY_FOLLOW_UP))
    )
    risk = np.where(clinical, number("sluiten.overleden_klinisch"), number("sluiten.overleden"))
    died = chance.random(count) < risk * np.maximum(closed - opened, 1) / number("sluiten.regulier")
    died_on = np.where(clinical, last, between)
    closed = np.where(died, died_on, np.where(early, between, closed))
    reason = np.where(died, REASON_DEATH, np.where(early, early_reason, reason))
    return {"closed": closed, "reason": reason, "own_rule": (own & ~died).astype(np.int64)}


def _follow_ups(course: Columns, plan_: Plan, diary_: Diary, chance: np.random.Generator) -> Columns:
    count, cluster = height(course), course["cluster"]
    risk = np.where(course["own_rule"] == 1, plan_.own_again[cluster], plan_.again[cluster])
    again = (chance.random(count) < risk) & (course["reason"] != REASON_DEATH)
    at_once = chance.random(count) < np.where(course["own_rule"] == 1, plan_.at_once[cluster], number("vervolg.meteen"))
    pause = chance.normal(number("vervolg.pauze"), number("vervolg.pauze_spreiding"), count)
    margin = int(number("vervolg.marge"))
    wanted = course["closed"] + whole(np.clip(pause, margin + 2, 4 * number("vervolg.pauze")))
    later = diary_.between(wanted - margin, wanted + margin, chance)
    opened = np.where(at_once, course["closed"] + 1, later)
    rows = take({"cluster": cluster, "opened": opened, "path": course["path"]}, again)
    size = height(rows)
    return {**rows, "acute": np.zeros(size, dtype=np.int64), "type": np.full(size, FOLLOW_UP)}
