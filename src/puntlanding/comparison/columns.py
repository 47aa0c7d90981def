"""What is compared: a case under one agreement, settled and divided as far as it allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from puntlanding.case.model import Case
from puntlanding.explain import Node, Unit, excess, total
from puntlanding.problems import InputError, Problem, errors
from puntlanding.stage import Stage
from puntlanding.year import Year


class Kind(StrEnum):
    """Where a column comes from; the value is the word of the JSON contract."""

    OWN = "case"
    WHOLE = "afspraak"
    OVERLAY = "aanvulling"
    TYPE = "contractsoort"
    OLD = "oud_model"
    TWO = "oud_model_twee_parameters"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A case as it would be under one agreement. ``problems`` with an error among them: it cannot be computed.

    ``notes`` say in Dutch and English what a reader must know of it, ``changed`` how it differs from the case's own agreement;
    ``hash`` is of the agreement's content, where it stands in a file.
    """

    name: str
    kind: Kind
    case: Case
    problems: tuple[Problem, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    changed: tuple[tuple[str, str], ...] = ()
    hash: str | None = None


@dataclass(frozen=True, slots=True)
class Sums:
    """One quantity of one column: per group in the order of the groups, together, and what is not paid out."""

    groups: Mapping[str, Node]
    total: Node
    unpaid: Node


@dataclass(frozen=True, slots=True)
class Column:
    """``fte`` None: refused, for the reasons in ``refused``. ``euros`` None: there is no frame, or `without_euros` says why.

    ``frame`` is what was divided, in cents.
    """

    letter: str
    proposal: Proposal
    fte: Sums | None = None
    euros: Sums | None = None
    frame: Node | None = None
    refused: tuple[Problem, ...] = ()
    without_euros: tuple[Problem, ...] = ()


def settled(proposal: Proposal, letter: str) -> Column:
    """The column of ``proposal``; never raises InputError: what lacks is in the column."""
    wrong = errors(proposal.problems)
    if wrong:
        return Column(letter, proposal, refused=wrong)
    year = Year(proposal.case)
    try:
        lacking = year.missing(Stage.SETTLE)
        if lacking:
            return Column(letter, proposal, refused=lacking)
        settlement = year.settlement
    except InputError as error:
        return Column(letter, proposal, refused=error.problems)
    paid = {row.line.group: row.line.paid for row in settlement.rows}
    whole = settlement.total
    fte = Sums(paid, whole.paid, excess("unpaid_fte", Unit.FTE, whole.budgeted, whole.paid))
    try:
        lacking = year.missing(Stage.DISTRIBUTE)
        if lacking:
            return Column(letter, proposal, fte, without_euros=lacking)
        distribution = year.distribution
    except InputError as error:
        return Column(letter, proposal, fte, without_euros=error.problems)
    amounts = {row.name: row.paid for row in distribution.rows}
    unpaid = distribution.unpaid
    if distribution.stays:  # what a component keeps back goes to no group either
        unpaid = total("unpaid", Unit.CENTS, (unpaid, *distribution.stays.values()))
    euros = Sums(amounts, distribution.total.paid, unpaid)
    return Column(letter, proposal, fte, euros, distribution.frame)
