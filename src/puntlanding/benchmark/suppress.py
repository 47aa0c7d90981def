"""Which rows may not stand alone, and which others must join them: complementary suppression, on plain numbers.

Nothing is thrown away here: what may not be told joins a coarser row, so totals stay what they are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from puntlanding.contribution.tables import ALL, REST

Stratum = tuple[str, str, str]  # diagnosis group, age band, sex
CELLS = 8  # four quarters opened, four closed


@dataclass(frozen=True, slots=True)
class Line:
    """One code of one group. ``cells``: volume opened in each quarter, then closed; ``patients`` had it opened in the year."""

    code: str
    cells: tuple[int, ...]
    patients: int

    @property
    def volume(self) -> int:
        return sum(self.cells)

    @property
    def people(self) -> int:
        return min(self.patients, self.volume)

    def people_in(self, cell: int) -> int:
        """The patients of one quarter are not counted, those of the year are: each is taken to have as many as another."""
        opened = sum(self.cells[: CELLS // 2])
        count = self.cells[cell]
        return min(count, count * self.patients // opened) if opened else 0


@dataclass(frozen=True, slots=True)
class Limits:
    """``minimum`` patients in every cell; ``codes`` at least in what is left over."""

    minimum: int
    codes: int


def too_small(line: Line, limits: Limits) -> bool:
    """Whether a cell of the line stands for fewer patients than the minimum."""
    if line.people < limits.minimum:
        return True
    return any(line.cells[cell] and line.people_in(cell) < limits.minimum for cell in range(CELLS))


def sound_rest(rest: Collection[Line], limits: Limits) -> bool:
    """Whether these lines may be told as one. Patients do not add over codes: one person can be in all of them. As many
    as the largest code has are there for certain, and that is what must reach the minimum.
    """
    return not _wanted(rest, (), limits)


def rest_of(lines: Sequence[Line], limits: Limits, forced: Collection[str] = ()) -> tuple[frozenset[str], bool]:
    """The codes that are told together only, and whether together they may be told.

    Codes that are too small, and those in ``forced``; then the smallest others, one at a time, until the rest reaches the
    minimum in every cell, holds enough codes, and no cell of it stems from one code while others have that cell too.
    """
    rest = [line for line in lines if line.code in forced or too_small(line, limits)]
    if not rest:
        return frozenset(), True
    chosen = {line.code for line in rest}
    left = sorted((line for line in lines if line.code not in chosen), key=lambda line: (line.volume, line.code))
    while wanted := _wanted(rest, left, limits):
        joining = next((line for line in left if any(line.cells[cell] for cell in wanted)), None)
        if joining is None:
            return frozenset(line.code for line in rest), False
        left.remove(joining)
        rest.append(joining)
    return frozenset(line.code for line in rest), True


def _wanted(rest: Collection[Line], left: Collection[Line], limits: Limits) -> Collection[int]:
    """The cells that the rest must have more in; empty where it can be told.

    Where nothing is left beside the rest, it is the group's total: no code can be got from it by taking others away.
    """
    everywhere = range(CELLS)
    if max((line.people for line in rest), default=0) < limits.minimum or (left and len(rest) < limits.codes):
        return everywhere
    found = []
    for cell in everywhere:
        filled = [line for line in rest if line.cells[cell]]
        alone = len(filled) == 1 and any(line.cells[cell] for line in left)
        if filled and (alone or sum(line.people_in(cell) for line in filled) < limits.minimum):
            found.append(cell)
    return found


def settled(cells: Sequence[int], patients: Sequence[int], minimum: int) -> tuple[int, ...]:
    """Where each quarter of a group's total goes: to itself, or to the next that has anything where it is too small.

    ``cells`` and ``patients`` are the group's totals of the four quarters. The last goes to the one before it. A year's
    total stays what it is; where the whole year is too small, all goes to one quarter that is.
    """
    to = list(range(len(cells)))
    carried, waiting = 0, list[int]()
    last: int | None = None
    for quarter, volume in enumerate(cells):
        if not volume:
            continue
        waiting.append(quarter)
        carried += patients[quarter]
        if carried >= minimum:
            for one in waiting:
                to[one] = quarter
            last, carried, waiting = quarter, 0, []
    for one in waiting:
        to[one] = last if last is not None else waiting[-1]
    return tuple(to)


def merged_strata(
    sizes: Mapping[Stratum, int], passes: Callable[[Collection[Stratum]], bool], forced: Collection[Stratum] = ()
) -> Mapping[Stratum, Stratum] | None:
    """Stratum → the row in which it is told: itself, or a coarser one. None where not even all together pass.

    What does not pass joins, in this order, what else fell out of the same diagnosis group and age band, of the same
    diagnosis group, of the specialism; each time with the smallest rows still told there, until the row passes and stands
    for more than one stratum. ``sizes`` decides which is smallest.
    """
    told: dict[Stratum, list[Stratum]] = {one: [one] for one in sizes}
    rising = [[told.pop(one)[0]] for one in sorted(sizes) if one in forced or not passes([one])]
    for parent in _PARENTS:
        homes: dict[Stratum, list[Stratum]] = {}
        for members in rising:
            homes.setdefault(parent(members[0]), []).extend(members)
        rising = []
        for home, fallen in sorted(homes.items()):
            pool = [*fallen, *told.pop(home, [])]
            beside = _beside(home, parent, told, sizes)
            while not (len(pool) > 1 and passes(pool)) and beside:
                pool += told.pop(beside.pop(0))
            if len(pool) > 1 and passes(pool):
                told[home] = pool
            else:
                rising.append(pool)
    if rising:
        return None
    return {member: row for row, members in told.items() for member in members}


def _beside(
    home: Stratum,
    parent: Callable[[Stratum], Stratum],
    told: Mapping[Stratum, Sequence[Stratum]],
    sizes: Mapping[Stratum, int],
) -> list[Stratum]:
    """The rows still told under ``home``, the smallest first."""
    found = [row for row in told if parent(row) == home]
    return sorted(found, key=lambda row: (sum(sizes[one] for one in told[row]), row))


_PARENTS: tuple[Callable[[Stratum], Stratum], ...] = (
    lambda one: (one[0], one[1], ALL),
    lambda one: (one[0], ALL, ALL),
    lambda _: (REST, ALL, ALL),
)


def nearest(value: int, base: int) -> int:
    """The nearest multiple, halves upward."""
    return (2 * value + base) // (2 * base) * base
