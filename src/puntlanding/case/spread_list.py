"""The list spreiding: how far volumes may be off what is expected. Local: no source states figures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from puntlanding.case.groups import Once
from puntlanding.case.lists import read_list, require
from puntlanding.case.provenance import file_hash
from puntlanding.norms.production import GroupContract
from puntlanding.problems import Problem, near_miss

SPREADS = "spreiding"
EVERYBODY = "alle"


@dataclass(frozen=True, slots=True)
class SpreadList:
    """``hash`` of the file as it stands. By group ("" for all others) and contract ("" for every other). ``products``: by group, contract ("" for every other) and code."""

    file: str
    path: Path
    hash: str
    groups: Mapping[GroupContract, Fraction]
    products: Mapping[tuple[str, str, str], Fraction] = field(default_factory=dict)

    def of(self, group: str, contract: str) -> Fraction | None:
        """The row that says most of it."""
        for key in ((group, contract), (group, ""), ("", contract), ("", "")):
            if key in self.groups:
                return self.groups[key]
        return None

    def of_product(self, group: str, contract: str, code: str) -> Fraction | None:
        return self.products.get((group, contract, code), self.products.get((group, "", code)))

    def missing(self, pairs: Iterable[GroupContract]) -> tuple[Problem, ...]:
        """Of a group without a row nobody has said that its volumes are certain."""
        lacking = dict.fromkeys(group for group, contract in pairs if self.of(group, contract) is None)
        return tuple(Problem("spread_group_missing", self.file, None, "vakgroep", group) for group in lacking)


def read_spreads(path: Path, pairs: Collection[GroupContract]) -> SpreadList:
    """``pairs``: the groups and contracts whose volumes are drawn. Raises InputError with all that is wrong in the list."""
    table, problems = read_list(path, SPREADS), list[Problem]()
    once = Once(table, "vakgroep", "list_row_twice")
    names = {group.lower(): group for group, _ in pairs}
    contracts = {contract.lower(): contract for _, contract in pairs}
    groups: dict[GroupContract, Fraction] = {}
    products: dict[tuple[str, str, str], Fraction] = {}
    for row in table.rows:
        spread: Fraction | None = row.get("spreiding")
        if spread is not None and not 0 <= spread < 1:
            problems.append(table.problem("spread_bounds", row, "spreiding"))
            spread = None
        typed, of, code = (row.get(one) for one in ("vakgroep", "contract", "zorgproduct"))
        group = _known(typed, {**names, EVERYBODY: ""})
        contract = "" if of is None else _known(of, contracts)
        if group is None and typed is not None:
            known = [*names.values(), EVERYBODY]
            details = {"close": near_miss(typed, known), "allowed": ", ".join(known)}
            problems.append(table.problem("spread_group", row, "vakgroep", **details))
        if contract is None:
            details = {"close": near_miss(of, contracts.values()), "allowed": ", ".join(contracts.values())}
            problems.append(table.problem("spread_contract", row, "contract", **details))
        if group == "" and code is not None:
            problems.append(table.problem("spread_product_group", row, "zorgproduct"))
        elif group is not None and contract is not None and once.claim((group, contract, code), row, problems):
            if spread is None:
                continue
            if code is None:
                groups[group, contract] = spread
            else:
                products[group, contract, code] = spread
    found = SpreadList(table.file, path, file_hash(path), groups, products)
    if not problems:
        problems += found.missing(pairs)
    require(problems)
    return found


def _known(typed: str | None, names: Mapping[str, str]) -> str | None:
    return None if typed is None else names.get(typed.strip().lower())
