"""The same draws under each agreement."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from puntlanding.case.model import Case
from puntlanding.norms.production import Production
from puntlanding.problems import InputError, Problem, errors
from puntlanding.simulation.drawing import Asked, draw
from puntlanding.simulation.result import About, Simulation, Tried, differences, letters, risks
from puntlanding.simulation.settled import SLICE, DrawnProduction, Outcome, drawn_production, outcome
from puntlanding.simulation.volumes import Volumes
from puntlanding.stage import Stage
from puntlanding.year import Year

Told = Callable[[int, int], None]  # how many slices of draws are done, of how many


def nobody(_done: int, _of: int) -> None:
    """For who does not ask how far it is."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A case as it would be under one agreement, with the centre of the volumes as its realisation."""

    name: str
    case: Case
    problems: tuple[Problem, ...] = ()
    hash: str | None = None
    changed: tuple[tuple[str, str], ...] = ()


def simulate(
    proposals: Sequence[Proposal], volumes: Volumes, asked: Asked, about: About, told_how_far: Told = nobody
) -> Simulation:
    """The first is what the others are compared with. What cannot be settled is refused by itself."""
    lacking = [_lacking(one) for one in proposals]
    tried: list[Tried] = []
    first: Outcome | None = None
    made: DrawnProduction | None = None
    slices, done = -(-asked.draws // SLICE), 0
    whole = 1 + slices * sum(1 for refused, _ in lacking if not refused)

    def sliced() -> None:
        nonlocal done
        done += 1
        told_how_far(done, whole)

    told_how_far(0, whole)
    for letter, one, (refused, without_euros) in zip(letters(len(proposals)), proposals, lacking, strict=True):
        told = Tried(
            letter, one.name, one.hash, one.changed, refused=tuple(refused), without_euros=tuple(without_euros)
        )
        if not refused:
            if made is None:
                made = _made(one.case, volumes, asked)
                sliced()
            found = outcome(replace(one.case, realisation=made), asked.draws, euros=not without_euros, sliced=sliced)
            own = () if first is None else differences(found, first)
            first = first or _kept(found)
            told = replace(told, risks=risks(found), differences=own)
        tried.append(told)
    return Simulation(tuple(tried), asked.draws, asked.seed, about)


def _kept(found: Outcome) -> Outcome:
    """What the others are compared with; of a million draws the rest would weigh."""
    return replace(found, realised=found.realised[:, :0], extra=None, shifted=None, left=None)


def _made(case: Case, volumes: Volumes, asked: Asked) -> DrawnProduction:
    return drawn_production(_centre(case), case.agreement.year, volumes, draw(volumes, asked))


def _centre(case: Case) -> Production:
    if case.realisation is None:
        raise AssertionError("a simulation without a centre")
    return case.realisation


def _lacking(one: Proposal) -> tuple[Sequence[Problem], Sequence[Problem]]:
    """What keeps the centre itself from being settled, and from being divided in euros."""
    wrong = errors(one.problems)
    if wrong:
        return wrong, ()
    year = Year(one.case)
    try:
        refused = year.missing(Stage.SETTLE)
        if refused:
            return refused, ()
        return (), year.missing(Stage.DISTRIBUTE)
    except InputError as error:
        return error.problems, ()
