"""The activities of a hospital while they are made: one whole number per activity, so that sorting and adding up stay fast."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from puntlanding.demo.columns import Columns, Numbers

# Bits of each part of the number; in this order activities are sorted: day, trajectory, code, executor, requester.
_PARTS = (("day", 14), ("trajectory", 24), ("code", 12), ("executor", 6), ("requester", 6))
_SHIFTS = {name: sum(bits for _, bits in _PARTS[at + 1 :]) for at, (name, _) in enumerate(_PARTS)}


@dataclass(slots=True)
class Ledger:
    """``first``: the day number that counts as 0. The same activity twice on a day is one with a quantity of 2."""

    first: int
    _keys: list[Numbers] = field(default_factory=list)

    def add(
        self, trajectory: Numbers, code: Numbers | int, day: Numbers, executor: Numbers | int, requester: Numbers | int
    ) -> None:
        parts = {
            "day": day - self.first,
            "trajectory": trajectory,
            "code": code,
            "executor": executor,
            "requester": requester,
        }
        key = np.zeros(len(trajectory), dtype=np.int64)
        for name, bits in _PARTS:
            part = np.asarray(parts[name], dtype=np.int64)
            if part.size and (part.min() < 0 or part.max() >= 1 << bits):
                raise ValueError(f"{name} does not fit in {bits} bits: {part.min()} to {part.max()}")
            key |= part << _SHIFTS[name]
        self._keys.append(key)

    def sorted(self) -> Columns:
        """Columns of the parts and ``quantity``, in the order of the number."""
        keys = np.sort(np.concatenate(self._keys))
        starts = np.flatnonzero(np.concatenate([[True], np.diff(keys) != 0]))
        quantity = np.diff(np.append(starts, len(keys)))
        keys = keys[starts]
        found = {name: (keys >> _SHIFTS[name]) & ((1 << bits) - 1) for name, bits in _PARTS}
        found["day"] += self.first
        return {**found, "quantity": quantity}
