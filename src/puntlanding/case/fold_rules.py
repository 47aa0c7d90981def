"""What the fold of a hospital-year is told: from the hospital's case, and from lists that hold for every hospital."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

from puntlanding.agreement import Agreement
from puntlanding.case.lists import read_cost_prices, read_diagnosis_groups, read_norm_table
from puntlanding.case.load import load_case
from puntlanding.case.model import Case
from puntlanding.case.sources import find_sources
from puntlanding.contribution import GroupFte
from puntlanding.contribution.tables import ALL
from puntlanding.fold.rules import FoldRules
from puntlanding.formation import formation_fte
from puntlanding.norms.table import NormTable
from puntlanding.problems import InputError, Problem

NORM_TIMES, COST_PRICES, DIAGNOSIS_GROUPS = "normtijden", "kostprijzen", "diagnosegroepen"
T = TypeVar("T")


@dataclass(slots=True)
class FoldLists:
    """Lists of ``year``: those given hold for every hospital, the others stand in its case. What is equal is read once."""

    year: int
    given: Mapping[str, Path]
    _read: dict[tuple[str, bytes], object] = field(default_factory=dict)

    def rules(self, case: Path | None, kind: str | None = None) -> FoldRules:
        """Raises InputError with all that is wrong with the case, or with one of the lists."""
        loaded = _case_of(case, self.year) if case is not None else None
        if (
            case is not None
            and NORM_TIMES not in self.given
            and not case.is_dir()
            and NORM_TIMES in find_sources(case).tables
        ):
            raise InputError([Problem("fold_case_workbook", case.name, value=str(case))])
        contracts, rest = contracts_of(loaded.agreement) if loaded is not None else ({}, ALL)
        return FoldRules(
            self.year,
            kind,
            norm_times=self._list(NORM_TIMES, case, lambda path: _of_year(path, self.year)),
            cost_prices=self._list(COST_PRICES, case, lambda path: read_cost_prices(path, self.year)),
            diagnosis_groups=self._list(DIAGNOSIS_GROUPS, case, lambda path: read_diagnosis_groups(path, self.year)),
            contracts=contracts,
            rest=rest,
            fte=care_fte_of(loaded) if loaded is not None else (),
        )

    def _list(self, name: str, case: Path | None, read: Callable[[Path], T]) -> T | None:
        path = self.given.get(name) or _beside(case, name)
        if path is None:
            return None
        try:
            key = (name, hashlib.sha256(path.read_bytes()).digest())
        except OSError:
            return read(path)  # which says what is the matter
        if key not in self._read:
            self._read[key] = read(path)
        return self._read[key]  # type: ignore[return-value]  # a list of one name has one type


def contracts_of(agreement: Agreement) -> tuple[Mapping[str, str], str]:
    """Insurer → contract, and the contract of all others; `ALL` where several contracts could have them."""
    rest = agreement.contracts_of_the_rest
    return agreement.insurers, rest[0] if len(rest) == 1 else ALL


def care_fte_of(case: Case) -> tuple[GroupFte, ...]:
    """Care and working fte per specialism and role. Where one of its groups returned nothing it is unknown, and left out."""
    known = formation_fte(case.formation, case.agreement.formation)
    groups: dict[tuple[str, str], list[str]] = {}
    for group in case.groups:
        groups.setdefault((group.specialism, group.role.value), []).append(group.name)
    return tuple(
        GroupFte(
            specialism,
            role,
            _sum(known[name].care_fte.value for name in names),
            _sum(known[name].working_fte.value for name in names),
        )
        for (specialism, role), names in sorted(groups.items())
        if all(name in known for name in names)
    )


def _sum(values: Iterable[Fraction]) -> Fraction:
    return sum(values, Fraction(0))


def _case_of(path: Path, year: int) -> Case:
    case = load_case(path, ("vakgroepen", "formatie")).checked()
    if case.agreement.year != year:
        details = {"year": year}
        raise InputError([Problem("fold_case_year", path.name, None, "jaar", str(case.agreement.year), details)])
    return case


def _of_year(path: Path, year: int) -> NormTable:
    table = read_norm_table(path)
    if year not in table.years:
        raise InputError([Problem("list_without_year", path.name, None, "jaar", details={"year": year})])
    return table


def _beside(case: Path | None, name: str) -> Path | None:
    """The list in a case's folder. A workbook has no lists beside its sheets, and norm times on a sheet are not a list."""
    if case is None or not case.is_dir():
        return None
    found = [
        one for one in sorted(case.iterdir()) if one.stem.lower() == name and one.suffix.lower() in (".csv", ".parquet")
    ]
    return found[0] if found else None
