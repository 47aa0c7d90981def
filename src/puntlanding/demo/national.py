"""Scale factors that make the mixes of specialisms.csv, together, meet the national figures of calibration.toml.

The mixes say how specialisms differ from each other; the published figures say how high the whole is. Each factor solves
one linear equation over the specialisms, weighed as in a general hospital of each kind in equal parts.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

from puntlanding.demo.calibration import CLINICAL, DAY, SURGERY, number, specialisms

_KINDS = ("umc", "topklinisch", "algemeen")


@dataclass(frozen=True, slots=True)
class Scales:
    clinical: float  # × the clinical share of new trajectories
    day: float  # × the shares with day nursing
    stay: float  # × nursing days
    remote: float  # × the relative remote share: chance that a repeat contact is remote


@cache
def scales() -> Scales:
    again = {DAY: number("vervolg.dag"), SURGERY: number("vervolg.operatief"), CLINICAL: number("vervolg.klinisch")}
    clinical = days = stay = repeats = remote = firsts = total = 0.0
    for one in specialisms("poort"):
        weight = sum(one.weights[kind] for kind in _KINDS)
        new = 1 - one.follow_up

        def share(setting: int, new: float = new, mix: tuple[float, ...] = one.mix) -> float:
            return mix[setting] * (new + (1 - new) * again[setting])

        total += weight
        clinical += weight * share(CLINICAL)
        stay += weight * share(CLINICAL) * one.stay
        days += weight * (share(DAY) * number("opname.dagopnamen") + share(SURGERY) * number("opname.dag_bij_operatie"))
        firsts += weight * new * (1 - one.acute) * number("zorg.eerste_bezoek")
        # A follow-up has at least one contact: the mean of max(Poisson(m), 1) is m + exp(-m).
        repeat = one.repeat + (1 - new) * math.exp(-one.repeat)
        repeats += weight * repeat
        remote += weight * repeat * one.ehealth
    return Scales(
        clinical=number("landelijk.klinisch") * total / clinical,
        day=number("landelijk.dag_per_opname") * number("landelijk.klinisch") * total / days,
        stay=number("landelijk.ligduur") * clinical / stay,
        remote=number("landelijk.op_afstand") * (firsts + repeats) / remote,
    )
