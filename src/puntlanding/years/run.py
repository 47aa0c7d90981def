"""Several years in a row, each computed with what the year before leaves it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from puntlanding.case.variants import shared
from puntlanding.problems import InputError, Problem
from puntlanding.stage import Stage
from puntlanding.year import Year
from puntlanding.years.before import last_budgets, last_money
from puntlanding.years.earlier import Earlier
from puntlanding.years.entries import Entry, in_order, odd
from puntlanding.years.groups import Changes, changes
from puntlanding.years.outcome import Account, Outcome, account


@dataclass(frozen=True, slots=True)
class Run:
    """``outcomes`` in the order of their years; ``warnings`` are of the years together."""

    outcomes: tuple[Outcome, ...]
    warnings: tuple[Problem, ...]

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(one.year for one in self.outcomes)

    @property
    def names(self) -> tuple[str, ...]:
        """Every group of any year: in the order of the last year's, those that are gone after them."""
        return tuple(dict.fromkeys(name for one in reversed(self.outcomes) for name in one.names))


def run_years(entries: Sequence[Entry]) -> Run:
    """A year that cannot be computed is named in its outcome, and so is a later one that needs it.

    Raises InputError where the cases are no years in a row, contradict each other, or not one can be budgeted or settled.
    """
    ordered = in_order(entries)
    outcomes: list[Outcome] = []
    wrong: list[Problem] = []
    for entry in ordered:
        outcome, found = _outcome(entry, outcomes[-1] if outcomes else None)
        outcomes.append(outcome)
        wrong += found
    if wrong:
        raise InputError(wrong)
    if all(one.budget is None and one.settlement is None for one in outcomes):
        raise InputError([problem for one in outcomes for problem in one.lacking[Stage.BUDGET]])
    return Run(tuple(outcomes), tuple(odd(ordered)))


def _outcome(entry: Entry, before: Outcome | None) -> tuple[Outcome, Sequence[Problem]]:
    entry = Entry(entry.name, shared(entry.case), entry.warnings, entry.provenance)
    budgets, money = last_budgets(entry, before), last_money(entry, before)
    year = Year(money.case or entry.case, budgets.found)
    wrong = (*budgets.wrong, *money.wrong)
    lacking = {
        Stage.BUDGET: tuple(_missing(year, Stage.BUDGET, entry)),
        Stage.SETTLE: (*wrong, *budgets.refused) or tuple(_missing(year, Stage.SETTLE, entry)),
    }
    lacking[Stage.DISTRIBUTE] = (*wrong, *budgets.refused, *money.refused) or tuple(
        _missing(year, Stage.DISTRIBUTE, entry)
    )
    groups = Changes() if before is None else changes(before.case.groups, year.case.groups)
    frame, whole = entry.case.agreement.frame, None
    if frame is not None and not lacking[Stage.DISTRIBUTE]:
        whole = account(year.distribution, frame.amount, money.opening, entry.case.agreement.balance)
    return Outcome(entry, year, lacking, whole, groups, Earlier(entry.year)), wrong


_RESULTS: dict[Stage, Callable[[Year], object]] = {
    Stage.BUDGET: lambda year: year.budget,
    Stage.SETTLE: lambda year: year.settlement,
    Stage.DISTRIBUTE: lambda year: year.distribution,
}


def _missing(year: Year, stage: Stage, entry: Entry) -> Iterator[Problem]:
    try:
        lacking = year.missing(stage)
        if not lacking:
            _RESULTS[stage](year)
    except InputError as error:
        lacking = error.problems
    yield from map(entry.placed, lacking)


def accounts(run: Run) -> tuple[Account, ...]:
    return tuple(one.account for one in run.outcomes if one.account is not None)
