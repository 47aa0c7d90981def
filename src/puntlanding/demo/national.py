"""Scale factors that make the mixes of specialisms.csv, together, meet the national figures of calibration.toml.

The mixes say how specialisms differ from each other; the published figures say how high the whole is. Each factor solves
one linear equation over the clusters, weighed as in a general hospital of each kind in equal parts. Clusters with a setting
of their own (calibration.toml, uitzondering) count as they are.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

from puntlanding.demo.calibration import (
    CLINICAL,
    DAY,
    SURGERY,
    ClosingException,
    Specialism,
    closing_exceptions,
    number,
    rows,
    specialisms,
)

_KINDS = ("umc", "topklinisch", "algemeen")


@dataclass(frozen=True, slots=True)
class Scales:
    clinical: float  # × the clinical share of new trajectories
    day: float  # × the shares with day nursing
    stay: float  # × nursing days
    remote: float  # × the relative remote share: chance that a repeat contact is remote


@dataclass(slots=True)
class _Sums:
    """Per trajectory, before scaling; ``own``: of clusters with a setting of their own, which are not scaled."""

    weight: float = 0.0
    clinical: float = 0.0
    stay: float = 0.0
    days: float = 0.0
    own_clinical: float = 0.0
    own_stay: float = 0.0
    own_days: float = 0.0
    firsts: float = 0.0
    repeats: float = 0.0
    remote: float = 0.0


@cache
def scales() -> Scales:
    sums = _Sums()
    for one in specialisms("poort"):
        clusters = [
            (float(row["gewicht"]), closing_exceptions().get(row["uitzondering"]))
            for row in rows("clusters.csv")
            if row["specialisme"] == one.code
        ]
        # A cluster's share of trajectories: of new care paths, times how long their chains are.
        lengths = [weight / (1 - (rule.follow_up if rule else one.follow_up)) for weight, rule in clusters]
        of_all = sum(one.weights[kind] for kind in _KINDS)
        for length, (_, rule) in zip(lengths, clusters, strict=True):
            _count(sums, one, rule, of_all * length / sum(lengths))
    target = number("landelijk.klinisch") * sums.weight
    clinical = (target - sums.own_clinical) / sums.clinical
    day = (number("landelijk.dag_per_opname") * target - sums.own_days) / sums.days
    stay = number("landelijk.ligduur") * target / (clinical * sums.stay + sums.own_stay)
    remote = number("landelijk.op_afstand") * (sums.firsts + sums.repeats) / sums.remote
    return Scales(clinical, day, stay, remote)


def _count(sums: _Sums, one: Specialism, rule: ClosingException | None, weight: float) -> None:
    again = rule.follow_up if rule else one.follow_up
    new = 1 - again
    sums.weight += weight
    if rule is not None and rule.settings is not None:
        day, clinical = rule.settings
        sums.own_clinical += weight * clinical
        sums.own_stay += weight * clinical * one.stay
        sums.own_days += weight * day * number("opname.dagopnamen")
    else:
        clinical = one.mix[CLINICAL] * (new + again * number("vervolg.klinisch"))
        surgery = one.mix[SURGERY] * (new + again * number("vervolg.operatief"))
        day = one.mix[DAY] * (new + again * number("vervolg.dag"))
        sums.clinical += weight * clinical
        sums.stay += weight * clinical * one.stay
        sums.days += weight * (day * number("opname.dagopnamen") + surgery * number("opname.dag_bij_operatie"))
    # Under a rule of its own a trajectory is short, and less is done in it (care.py).
    short = sum(rule.days) / 2 / number("sluiten.regulier") if rule and not rule.on_discharge else 1.0
    expected = one.repeat * short
    # A follow-up has at least one contact: the mean of max(Poisson(m), 1) is m + exp(-m).
    repeats = expected + (again * math.exp(-expected) if rule is None else 0.0)
    sums.firsts += weight * new * (1 - one.acute) * number("zorg.eerste_bezoek")
    sums.repeats += weight * repeats
    sums.remote += weight * repeats * one.ehealth
