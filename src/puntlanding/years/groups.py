"""Groups that appear, disappear or merge from one year to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from puntlanding.collective import Group


@dataclass(frozen=True, slots=True)
class Changes:
    """``into``: a group that is gone → the one group that now has its specialism and role; ``new`` and ``gone`` name all."""

    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    into: Mapping[str, str] = field(default_factory=dict)


def changes(before: Sequence[Group], now: Sequence[Group]) -> Changes:
    """By name: a group that is written otherwise is another group. What becomes of whom is only said where one answer is possible."""
    known, present = {group.name for group in before}, {group.name for group in now}
    into = {}
    for group in before:
        if group.name not in present:
            same = [one.name for one in now if (one.specialism, one.role) == (group.specialism, group.role)]
            if len(same) == 1:
                into[group.name] = same[0]
    return Changes(
        tuple(group.name for group in now if group.name not in known),
        tuple(group.name for group in before if group.name not in present),
        into,
    )
