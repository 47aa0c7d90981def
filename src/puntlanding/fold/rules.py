"""What the fold is told: the year, the code sets, and the local lists. The same rules and records give the same contribution."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from puntlanding.contribution.about import Basis, GroupFte
from puntlanding.contribution.tables import ALL, Counted
from puntlanding.norms.table import NormTable
from puntlanding.records.codes import FROM, UNTIL
from puntlanding.records.reference import activity_sets, embedded_codes

UNKNOWN = "onbekend"
_ALWAYS = (-(10**6) + 1, 10**7)  # days since 1970: every day there is


@dataclass(frozen=True, slots=True)
class CostPrices:
    """Cents per diagnostic activity in one year: what is listed is what diagnostic efficiency counts (methods §3)."""

    cents: Mapping[str, int]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class DiagnosisGroups:
    """(specialism, diagnosis) → group. A diagnosis that is not listed is a group by itself."""

    groups: Mapping[tuple[str, str], str]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class FoldRules:
    """``contracts``: insurer (UZOVI) → contract of the agreement; ``rest`` is the contract of every other insurer, and of no
    insurer. ``fte``: care and working fte per specialism and role. ``kind``: type of hospital.
    """

    year: int
    kind: str | None = None
    norm_times: NormTable | None = None
    cost_prices: CostPrices | None = None
    diagnosis_groups: DiagnosisGroups | None = None
    contracts: Mapping[str, str] = field(default_factory=dict)
    rest: str = ALL
    fte: tuple[GroupFte, ...] = ()

    def basis(self) -> Basis:
        return Basis(
            year=self.year,
            units=units_fingerprint(),
            age_bands=tuple(label for _, label in age_bands()),
            norm_times=None if self.norm_times is None else self.norm_times.fingerprint(self.year),
            cost_prices=None if self.cost_prices is None else self.cost_prices.fingerprint,
            diagnosis_groups=None if self.diagnosis_groups is None else self.diagnosis_groups.fingerprint,
        )

    def fingerprint(self) -> str:
        """SHA-256 of all that is told, the local choices included: what decides whether records must be folded again."""
        told = {
            "basis": self.basis().as_record(),
            "type": self.kind,
            "contracten": dict(sorted(self.contracts.items())),
            "overige": self.rest,
            "formatie": [one.as_record() for one in self.fte],
        }
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class FoldJob:
    """One hospital-year to fold; plain enough to be sent to another process or machine that sees the same store."""

    store: Path
    hospital: str
    rules: FoldRules
    as_of: date | None = None


@cache
def settings() -> Mapping[str, Any]:
    return tomllib.loads(files("puntlanding.fold").joinpath("units.toml").read_text(encoding="utf-8"))


@cache
def unit_codes() -> pl.DataFrame:
    """za_code, eenheid, van, tot (inclusive; never empty): which activities count as which unit on which days."""
    wanted = {name: unit for unit, sets in settings()["eenheden"].items() for name in sets}
    rows = activity_sets(sure=False).filter(
        pl.col("set").is_in(list(wanted)) & pl.col("status").is_in(settings()["status"]["telt"])
    )
    return rows.select(
        "za_code",
        pl.col("set").replace_strict(wanted, return_dtype=pl.String).alias("eenheid"),
        pl.col(FROM).alias("van"),
        pl.col(UNTIL).fill_null(date(9999, 12, 31)).alias("tot"),
    ).sort(pl.all())


@cache
def units_fingerprint() -> str:
    """SHA-256 of the code sets, the age bands and what carries output: two folds with another one cannot be compared."""
    rest = {name: settings()[name] for name in ("leeftijden", "declaratie")}
    text = unit_codes().write_csv() + json.dumps(rest) + ",".join(supporting_specialisms())
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def age_bands() -> Sequence[tuple[int, str]]:
    """First age and label, in order."""
    starts = settings()["leeftijden"]["vanaf"]
    ends = [*(after - 1 for after in starts[1:]), None]
    return tuple(
        (first, f"{first}+" if last is None else f"{first}-{last}") for first, last in zip(starts, ends, strict=True)
    )


@cache
def supporting_specialisms() -> tuple[str, ...]:
    """Specialisms that work on request of others, whether or not they also have patients of their own (data-facts §4.2)."""
    specialisms = embedded_codes().specialisms
    if specialisms is None:
        raise AssertionError("the embedded codes have specialisms")
    codes = specialisms.frame.filter(pl.col("rol").str.contains("ondersteunend"))["specialisme"]
    return tuple(codes.unique().sort())


@dataclass(frozen=True, slots=True)
class CountingRules:
    """Which activities count as what. A layer gives for a code the place of a rule; a code with several periods or meanings is in
    several layers. The arrays are by place, from 1; days count from 1970.
    """

    layers: tuple[Mapping[str, int], ...]
    unit: npt.NDArray[np.int64]
    weight: npt.NDArray[np.int64]
    first: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]

    @classmethod
    def of(cls, rules: FoldRules) -> CountingRules:
        dated = unit_codes().select("za_code", "eenheid", pl.lit(1), pl.col("van", "tot").to_physical())
        found = [(code, (UNIT_NAMES.index(unit), *rest)) for code, unit, *rest in dated.iter_rows()]
        prices = rules.cost_prices.cents if rules.cost_prices is not None else {}
        diagnostics = UNIT_NAMES.index(Counted.DIAGNOSTICS)
        found += [(code, (diagnostics, cents, *_ALWAYS)) for code, cents in sorted(prices.items())]
        layers: list[dict[str, int]] = []
        for place, (code, _) in enumerate(found, start=1):
            free = next((layer for layer in layers if code not in layer), None)
            if free is None:
                free = {}
                layers.append(free)
            free[code] = place
        columns = np.array([(0, 0, 0, 0), *(rule for _, rule in found)], dtype=np.int64).T
        return cls(tuple(layers), columns[0], columns[1], columns[2], columns[3])

    def of_codes(self, codes: Sequence[str]) -> list[npt.NDArray[np.int16]]:
        """For each layer the place of a rule by that of the code in ``codes``; 0 for none, as after the last."""
        whole = [np.array([*(layer.get(code, 0) for code in codes), 0], dtype=np.int16) for layer in self.layers]
        return [layer for layer in whole if layer.any()]


UNIT_NAMES = tuple(one.value for one in Counted if one is not Counted.PATIENTS)
