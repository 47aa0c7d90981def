"""Which complaints would only repeat an error made elsewhere.

Every check runs, also after an error, so that all problems are told at once. But a row that could not be read makes its
group look missing, and a broken vakgroepen makes every other table look full of unknown groups: such echoes hide the one
thing to correct, so they are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from puntlanding.case.typed import TypedTable
from puntlanding.problems import Problem, Severity, errors

_WHOLE = None  # the table as a whole: which groups its unread rows were about, nobody knows
_NAME_IS_KNOWN = ("group_twice",)
_NAME_IS_NO_GROUP = ("group_reserved",)
# About a group that vakgroepen may have, a norm time that normtijden may have, a contract that the agreement may have.
NORM_TIME_CODES = ("norm_time_missing", "norm_time_zeros_lost", "specialism_zeros_lost", "norm_time_other_year")
_ECHOES = {
    "group_unknown": "vakgroepen",
    "contract_unknown": "afspraak",
    **dict.fromkeys(NORM_TIME_CODES, "normtijden"),
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """The tables, and the groups in them, of which an error leaves open what the files say."""

    places: frozenset[tuple[str, str | None]]

    @classmethod
    def after(cls, problems: Iterable[Problem], tables: Mapping[str, TypedTable]) -> Doubt:
        groups = {name: {row.number: row.as_typed("vakgroep") for row in table.rows} for name, table in tables.items()}
        places: set[tuple[str, str | None]] = set()
        for problem in errors(problems):
            table = table_of(problem.file)
            places.add((table, _group(problem, groups.get(table, {}))))
            if meant := problem.details.get("close"):
                places.add((table, str(meant)))
        return cls(frozenset(places))

    def about(self, table: str, group: str | None) -> bool:
        return bool({(table, _WHOLE), (table, group)} & self.places)


def table_of(file: str) -> str:
    """The table that a problem's file names: begroting.csv, 2026.xlsx[begroting] and begroting are one."""
    _, bracket, sheet = file.partition("[")
    return (sheet.removesuffix("]") if bracket else file.rpartition(".")[0] or file).strip().lower()


def _group(problem: Problem, groups: Mapping[int, str | None]) -> str | None:
    return groups.get(problem.row) if problem.row is not None else _WHOLE


def without_echoes(problems: Sequence[Problem]) -> list[Problem]:
    """``problems`` of the rows, less those that follow from a table that could not be read whole."""
    broken = {table_of(problem.file) for problem in errors(problems) if _hides_names(problem)}
    return [problem for problem in problems if _ECHOES.get(problem.code) not in broken]


def _hides_names(problem: Problem) -> bool:
    """Rows or names of this table are lost, so that others may rightly refer to what seems not to be there."""
    if problem.code in (*_NAME_IS_KNOWN, *_NAME_IS_NO_GROUP):
        return False
    match table_of(problem.file):
        case "vakgroepen":
            return problem.column in (None, "vakgroep")
        case "normtijden":
            return problem.column != "minuten" and problem.code != "row_twice"
        case "afspraak":
            return problem.column in (None, "contract", "contract.naam")
    return False


def new_complaints(found: Iterable[Problem], doubt: Doubt, no_groups: frozenset[str]) -> Iterator[Problem]:
    """The checks between tables, less what an unread row or a name that is no group already explains.

    Their warnings wait until the errors are gone.
    """
    for problem in found:
        if problem.severity is Severity.WARNING and doubt.places:
            continue
        if problem.value not in no_groups and not doubt.about(table_of(problem.file), problem.value):
            yield problem


def names_of_no_group(problems: Iterable[Problem]) -> frozenset[str]:
    return frozenset(p.value for p in problems if p.code in _NAME_IS_NO_GROUP and p.value is not None)
