"""Where names stand that would stand on top of each other: as near to what they name as their height allows."""

from __future__ import annotations

from collections.abc import Sequence


def spread(wanted: Sequence[float], step: float, low: float, high: float) -> list[float]:
    """Places at least ``step`` apart, in the order of ``wanted`` (equal ones keep theirs), with the least squares moved.

    Between ``low`` and ``high``; the caller sees to it that these leave room for all.
    """
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    blocks: list[tuple[float, int]] = []  # mean of what is left when the steps are taken off, and of how many
    for place, at in enumerate(order):
        mean, count = wanted[at] - place * step, 1
        while blocks and blocks[-1][0] > mean:
            before, many = blocks.pop()
            mean, count = (before * many + mean * count) / (many + count), many + count
        blocks.append((mean, count))
    top = high - (len(wanted) - 1) * step
    found = [0.0] * len(wanted)
    place = 0
    for mean, count in blocks:
        for _ in range(count):
            found[order[place]] = max(low, min(mean, top)) + place * step
            place += 1
    return found
