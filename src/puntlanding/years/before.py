"""What a year takes from the year before: its budget for a multi-year lump sum, its amounts for the adaptation net, its balance.

What the year's own case says wins, so that it comes to what it comes to alone; where both say something, they must agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from puntlanding.agreement import Agreement, Balance
from puntlanding.budget import capacity
from puntlanding.case.cross import previous_budgets
from puntlanding.case.model import Case
from puntlanding.components import Choice
from puntlanding.components.adaptation_net import ADAPTATION_NET, BEFORE
from puntlanding.components.base import AMOUNT, SHARE, in_euros
from puntlanding.components.mutation_reserve import MUTATION_RESERVE
from puntlanding.components.split import whole_cents
from puntlanding.components.transition import TRANSITION
from puntlanding.distribution import DistributionRow
from puntlanding.explain import Node, Unit, constant, product, total
from puntlanding.language.notation import Language, precise
from puntlanding.language.sentences import sentence
from puntlanding.norms.production import GroupContract, Output, Production
from puntlanding.problems import Problem
from puntlanding.stage import Stage
from puntlanding.years.entries import Entry
from puntlanding.years.outcome import Outcome

NEEDS = {
    "budget": ("de begroting", "the budget"),
    "net": ("voor het vangnet het bedrag per vakgroep", "for the net the amount by group"),
    "balance": ("het saldo", "the balance"),
}


@dataclass(frozen=True, slots=True)
class Taken:
    """``wrong``: two cases contradict each other, and nothing can be computed. ``refused``: this year alone cannot be."""

    wrong: tuple[Problem, ...] = ()
    refused: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Budgets(Taken):
    found: Mapping[GroupContract, Node] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Money(Taken):
    """``case`` with what was taken in it; ``opening`` in cents."""

    case: Case | None = None
    opening: Node = field(default_factory=lambda: constant("carried_in", 0, Unit.CENTS))


def last_budgets(entry: Entry, before: Outcome | None) -> Budgets:
    """Last year's budget of every group in a contract that looks back, as far as the year's own file does not have it."""
    case = entry.case
    wanted = {contract.name for contract in case.agreement.contracts if contract.type.needs_previous_budget}
    if not wanted or case.budget is None:
        return Budgets()
    if before is None:
        measures = case.budget.measures(entry.year)
        lacking = previous_budgets(case, measures, case.budget.file)
        return Budgets(refused=tuple(map(entry.placed, lacking)))
    pairs = [pair for pair in case.budget.measures(entry.year) if pair[1] in wanted]
    own = case.budget.measures(before.year)
    wrong = tuple(_other_budgets(entry, case.budget, before, [pair for pair in pairs if pair in own]))
    absent = [pair for pair in pairs if pair not in own]
    if not absent or wrong:
        return Budgets(wrong=wrong)
    if before.budget is None:
        return Budgets(refused=(unknown(entry, before, Stage.BUDGET, "budget"),))
    found: dict[GroupContract, Node] = {}
    refused = []
    for group, contract in absent:
        node = _budgeted(before, group, contract)
        if node is None:
            details = {"before": before.year, "other": before.entry.name, "contract": contract}
            refused.append(entry.placed(Problem("years_no_budget", case.budget.file, None, "vakgroep", group, details)))
        else:
            found[group, contract] = node
    return Budgets(refused=tuple(refused), found=found)


def _budgeted(before: Outcome, group: str, contract: str) -> Node | None:
    """A group that was not there had no budget to shrink from."""
    if group not in before.names:
        return constant("no_budget_before", 0, Unit.FTE, subject=group)
    node = None if before.budget is None else before.budget.row(group).contracts.get(contract)
    return None if node is None else before.moved(node)


def _other_budgets(
    entry: Entry, budget: Production, before: Outcome, pairs: Sequence[GroupContract]
) -> Iterator[Problem]:
    """Rows of last year that say something else than last year's own case."""
    if before.case.budget is None or not pairs:
        return
    ours, theirs = budget.outputs(before.year), before.case.budget.outputs(before.year)
    for pair in pairs:
        if pair not in theirs:
            continue
        one, other = ours[pair], theirs[pair]
        both = (one.hours, other.hours) if one.hours and other.hours else (one.fte, other.fte)
        if both[0] is None or both[1] is None:
            both = _norm_fte(entry.case, pair, one), _norm_fte(before.case, pair, other)
        here, there = both
        if here is not None and there is not None and here.value != there.value:
            source = one.hours or one.fte
            row = None if source is None or source.source is None else source.source.row
            details = {
                "contract": pair[1], "before": before.year, "other": f"{before.entry.name}/{before.case.budget.file}",
                "here": _both(here.value, here.unit), "there": _both(there.value, there.unit),
            }  # fmt: skip
            yield entry.placed(Problem("years_budget_differs", budget.file, row, "vakgroep", pair[0], details))


def _norm_fte(case: Case, pair: GroupContract, output: Output) -> Node | None:
    groups = [group for group in case.groups if group.name == pair[0]]
    return capacity(groups, {pair: output}, case.rates, {}).row(pair[0]).contracts[pair[1]]


def _both(value: Fraction, unit: Unit) -> tuple[str, str]:
    words = ("normuren", "norm hours") if unit is Unit.HOURS else ("norm fte", "norm fte")
    dutch, english = (precise(value, language) for language in (Language.DUTCH, Language.ENGLISH))
    return f"{dutch} {words[0]}", f"{english} {words[1]}"


def unknown(entry: Entry, before: Outcome, stage: Stage, what: str) -> Problem:
    """This year needs what could not be computed of the year before; the reason is where that began."""
    first = before.lacking[stage][0]
    if first.code == "years_before_unknown":
        root, why = first.details["root"], first.details["why"]
    else:
        root = f"{before.year} ({before.entry.name})" if str(before.year) != before.entry.name else str(before.year)
        whose = f"{first.value}: " if first.value else ""
        why = tuple(whose + sentence(first, language) for language in (Language.DUTCH, Language.ENGLISH))
    details = {"before": before.year, "what": NEEDS[what], "root": root, "why": why}
    return entry.placed(Problem("years_before_unknown", entry.case.agreement.file, details=details))


def last_money(entry: Entry, before: Outcome | None) -> Money:
    """The case with the amounts and the balance of the year before."""
    case = entry.case
    if before is None:
        return Money(case=case)
    net = _with_amounts(entry, before)
    balance = _with_balance(entry, net.case or case, before)
    return Money((*net.wrong, *balance.wrong), (*net.refused, *balance.refused), balance.case, balance.opening)


def _with_amounts(entry: Entry, before: Outcome) -> Money:
    case = entry.case
    if not any(choice.component is ADAPTATION_NET for choice in case.agreement.components):
        return Money(case=case)
    tables = case.components
    if before.distribution is None:
        if BEFORE in tables.labels:
            return Money(case=case)
        return Money(refused=(unknown(entry, before, Stage.DISTRIBUTE, "net"),), case=case)
    amounts = {row.name: amount_before(row) for row in before.distribution.rows}
    if BEFORE in tables.labels:
        return Money(wrong=tuple(_other_amounts(entry, before, amounts)), case=case)
    # a group that was not there has nothing to fall from, and so no net
    none = {group.name: constant("no_amount_before", 0, Unit.CENTS, subject=group.name) for group in case.groups}
    found = none | {name: before.moved(node) for name, node in amounts.items()}
    label = f"{before.entry.name}"
    tables = replace(tables, values={**tables.values, BEFORE: found}, labels={**tables.labels, BEFORE: label})
    return Money(case=replace(case, components=tables))


def amount_before(row: DistributionRow) -> Node:
    """Before general costs, and without the transition: what is paid once is no floor for the year after."""
    parts = (node for key, node in row.parts.items() if key != TRANSITION.section)
    return total("amount_before", Unit.CENTS, (row.fixed, row.norm, *parts), subject=row.name)


def _other_amounts(entry: Entry, before: Outcome, amounts: Mapping[str, Node]) -> Iterator[Problem]:
    tables = entry.case.components
    for name, node in tables.of(BEFORE).items():
        other = amounts.get(name)
        if other is not None and other.value != node.value:
            row = None if node.source is None else node.source.row
            details = {
                "before": before.year, "other": before.entry.name, "here": in_euros(node.value), "there": in_euros(other.value),
            }  # fmt: skip
            yield entry.placed(Problem("years_amount_differs", tables.labels[BEFORE], row, "vakgroep", name, details))


def _carries(before: Outcome) -> bool:
    return before.case.agreement.balance is not Balance.LAPSES


def _with_balance(entry: Entry, case: Case, before: Outcome) -> Money:
    if not _carries(before) or before.case.agreement.frame is None:
        return Money(case=case)
    if before.account is None:
        return Money(refused=(unknown(entry, before, Stage.DISTRIBUTE, "balance"),), case=case)
    if not before.account.closing.value:
        return Money(case=case)
    carried = before.moved(before.account.closing).named("carried_in", subject=str(before.year))
    agreement, balance = case.agreement, before.case.agreement.balance
    if agreement.frame is None:  # nothing is divided in this year; the balance waits
        return Money(case=case)
    reserve = any(choice.component is MUTATION_RESERVE for choice in agreement.components)
    if balance is Balance.TO_RESERVE and not reserve:
        details = {"before": before.year, "other": before.entry.name, "amount": in_euros(carried.value)}
        place = agreement.file, None, MUTATION_RESERVE.section, None
        return Money(wrong=(entry.placed(Problem("years_no_reserve", *place, details)),), case=case)
    more = with_more(agreement, carried, to_reserve=balance is Balance.TO_RESERVE)
    return Money(case=replace(case, agreement=more), opening=carried)


def with_more(agreement: Agreement, carried: Node, *, to_reserve: bool) -> Agreement:
    """The agreement with ``carried`` in its frame; in its reserve: no other pot and no main part is changed by it."""
    frame = agreement.frame
    if frame is None:
        raise ValueError("a balance was carried to a year without a frame")
    larger = replace(frame, amount=total("frame_with_carried", Unit.CENTS, (frame.amount, carried)))
    if not to_reserve:
        return replace(agreement, frame=larger)
    choices = tuple(_as_amount(choice, frame.amount, carried) for choice in agreement.components)
    return replace(agreement, frame=larger, components=choices)


def _as_amount(choice: Choice, frame: Node, carried: Node) -> Choice:
    """Its share as the amount that it is of the frame without ``carried``; the reserve with ``carried`` on top."""
    numbers = dict(choice.numbers)
    if choice.component.takes is not None and SHARE.key in numbers:
        exact = product("pot_exact", Unit.CENTS, frame, numbers.pop(SHARE.key), subject=choice.key)
        numbers[AMOUNT.key] = whole_cents("pot", exact)
    if choice.component is MUTATION_RESERVE:
        numbers[AMOUNT.key] = total("pot", Unit.CENTS, (numbers[AMOUNT.key], carried), subject=choice.key)
    return replace(choice, numbers=numbers)
