"""What stands beside a case's tables and is used when the rest comes from the store: lists, norm times with their rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from puntlanding.benchmark.efficiency_weights import EfficiencyWeights
from puntlanding.case.efficiency_list import read_efficiency_weights
from puntlanding.case.lists import (
    read_cost_prices,
    read_diagnosis_groups,
    read_hospital_kinds,
    read_list,
    read_norm_table,
)
from puntlanding.case.norm_lists import read_product_structure, read_trends
from puntlanding.fold.rules import CostPrices, DiagnosisGroups
from puntlanding.norms.contributed import NormKey
from puntlanding.norms.structure import ProductStructure
from puntlanding.norms.table import NormTable
from puntlanding.norms.trends import Trends
from puntlanding.problems import InputError

T = TypeVar("T")
NORM_TIMES, STRUCTURE, TRENDS, WEIGHTS = "normtijden", "productstructuur", "trends", "efficiencygewichten"


@dataclass(frozen=True)
class CaseLists:
    """The lists in a case's folder. A list that is not there is None, or says nothing; one with errors raises InputError."""

    folder: Path

    def path(self, name: str) -> Path | None:
        places = (self.folder / f"{name}{suffix}" for suffix in (".csv", ".parquet"))
        return next((one for one in places if one.is_file()), None)

    @cached_property
    def norm_times(self) -> NormTable | None:
        path = self.path(NORM_TIMES)
        return None if path is None else read_norm_table(path)

    @cached_property
    def structure(self) -> ProductStructure:
        path = self.path(STRUCTURE)
        return ProductStructure() if path is None else read_product_structure(path)

    @cached_property
    def trends(self) -> Trends:
        path = self.path(TRENDS)
        return Trends() if path is None else read_trends(path)

    @cached_property
    def efficiency_weights(self) -> EfficiencyWeights:
        path = self.path(WEIGHTS)
        return EfficiencyWeights() if path is None else read_efficiency_weights(path)

    def cost_prices(self, year: int) -> CostPrices | None:
        path = self.path("kostprijzen")
        return None if path is None else _of_year(read_cost_prices, path, year)

    def diagnosis_groups(self, year: int) -> DiagnosisGroups | None:
        path = self.path("diagnosegroepen")
        return None if path is None else _of_year(read_diagnosis_groups, path, year)

    def kind(self, hospital: str) -> str | None:
        path = self.path("ziekenhuizen")
        return None if path is None else read_hospital_kinds(path).get(hospital)

    def norm_rows(self) -> Mapping[NormKey, int]:
        """The row of each norm time. Read when somebody asks for an explanation, and not before."""
        return self._rows

    @cached_property
    def _rows(self) -> Mapping[NormKey, int]:
        path = self.path(NORM_TIMES)
        if path is None:
            return {}
        names = ("jaar", "specialisme", "soort", "code")
        rows = read_list(path, NORM_TIMES).rows
        return {
            (row.get(names[0]), row.get(names[1]), row.get(names[2]), row.get(names[3])): row.number for row in rows
        }


def _of_year(read: Callable[[Path, int], T], path: Path, year: int) -> T | None:
    """A list that says nothing of a year is as good as no list: volumes can be counted without."""
    try:
        return read(path, year)
    except InputError as error:
        if {problem.code for problem in error.problems} == {"list_without_year"}:
            return None
        raise
