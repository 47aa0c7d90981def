"""The year's agreement beside what it could have been: every contract as one type, and an hour more or less around each budget."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from puntlanding.case.cross import Files, cross_check
from puntlanding.case.model import Case
from puntlanding.case.variants import shared
from puntlanding.comparison import Comparison, Kind, Proposal, compare
from puntlanding.comparison.by_type import by_type
from puntlanding.incentives import Incentives, incentives
from puntlanding.problems import InputError, errors

DISTANCE = Fraction(1, 10)  # from the budget, as the command `incentives` has it


def around_the_budget(case: Case) -> Incentives:
    """Raises InputError where the case does not allow it."""
    return incentives(shared(case), None, DISTANCE)


def as_each_type(case: Case, content: str) -> Comparison:
    """As `compare --types`; ``content``: the hash of the case's agreement. Raises InputError where nothing can be laid beside it."""
    whole = shared(case)
    found = compare(Proposal(case.agreement.file, Kind.OWN, whole, hash=content), list(_types(whole)))
    if found.own.fte is None:
        raise InputError(found.own.refused)
    if all(one.column.fte is None for one in found.beside):
        raise InputError([problem for one in found.beside for problem in one.column.refused])
    return found


def _types(case: Case) -> Iterator[Proposal]:
    for name, agreement, notes in by_type(case.agreement, {}):
        other = replace(case, agreement=agreement)
        yield Proposal(name, Kind.TYPE, other, errors(cross_check(other, Files({}))), notes)
