"""The way around: the steps of a year first, what they are looked at beside next, then the work itself; and the same page of other years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from puntlanding.web.access import Access
from puntlanding.web.desk.models import Year
from puntlanding.web.desk.queries import numbers
from puntlanding.web.remembered import remembered
from puntlanding.web.rules import Permission

Entry = tuple[str, Permission, tuple[str, str]]  # the name of the page, what it asks, and what it is called
_STEPS: tuple[Entry, ...] = (
    ("year", Permission.SEE_YEAR, ("Het jaar", "The year")),
    ("agreement", Permission.SEE_AGREEMENT, ("Afspraak", "Agreement")),
    ("budget", Permission.SEE_YEAR, ("Begroting", "Budget")),
    ("approvals", Permission.SEE_AGREEMENT, ("Akkoord", "Approval")),
    ("monitoring", Permission.SEE_YEAR, ("Volgen", "Monitoring")),
    ("settlement", Permission.SEE_YEAR, ("Afrekening", "Settlement")),
    ("distribution", Permission.SEE_DISTRIBUTION, ("Verdeling", "Distribution")),
)
_BESIDE: tuple[Entry, ...] = (
    ("benchmark", Permission.SEE_YEAR, ("Benchmark", "Benchmark")),
    ("efficiency", Permission.SEE_YEAR, ("Efficiency", "Efficiency")),
    ("formation", Permission.SEE_YEAR, ("Formatie", "Formation")),
    ("simulation", Permission.CALCULATE, ("Simulatie", "Simulation")),
    ("data", Permission.SEE_DATA, ("Gegevens", "Data")),
)
_ANY_YEAR: tuple[Entry, ...] = (
    ("work", Permission.CALCULATE, ("Werk", "Work")),
    ("people", Permission.ADMINISTER, ("Beheer", "Administration")),
    ("log", Permission.SEE_AUDIT, ("Logboek", "Log")),
)
_OF_A_YEAR = frozenset(page for page, _, _ in (*_STEPS, *_BESIDE))
MOST_YEARS = 4


@dataclass(frozen=True, slots=True)
class Place:
    """One entry."""

    title: str
    address: str
    here: bool


@dataclass(frozen=True, slots=True)
class Around:
    """``first`` is the line that is read first; ``others`` this page in other years."""

    first: tuple[Place, ...]
    beside: tuple[Place, ...]
    own: tuple[Place, ...]
    others: tuple[Place, ...]


def around(access: Access, name: str, year: Year | None, which: int) -> Around:
    """``name``: the page that is open. A page about no year in particular leads to those of the newest."""
    there = tuple(numbers(access)) if access.may(Permission.SEE_YEAR) else ()
    may = frozenset(one for one in Permission if access.may(one))
    return remembered(_around, may, name, None if year is None else year.year, there, which)


def _around(may: frozenset[Permission], name: str, year: int | None, there: tuple[int, ...], which: int) -> Around:
    of = year or next(iter(there), None)
    steps, beside = (
        tuple(_places(may, entries, name, which, of)) if of is not None else () for entries in (_STEPS, _BESIDE)
    )
    own = tuple(_places(may, _ANY_YEAR, name, which, None))
    others = () if year is None else tuple(_years(name, year, there))
    return Around(steps, beside, own, others) if steps else Around(own, (), (), ())


def _places(
    may: frozenset[Permission], entries: Sequence[Entry], name: str, which: int, year: int | None
) -> Iterator[Place]:
    for page, permission, title in entries:
        if permission in may:
            yield Place(title[which], reverse(page, args=[] if year is None else [year]), page == name)


def _years(name: str, year: int, there: Sequence[int]) -> Iterator[Place]:
    near = sorted((one for one in there if one != year), key=lambda other: abs(other - year))
    for other in sorted(near[:MOST_YEARS]):
        yield Place(str(other), reverse(name if name in _OF_A_YEAR else "year", args=[other]), here=False)
