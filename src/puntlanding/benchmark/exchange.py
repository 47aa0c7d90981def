"""National tables that hospitals get back: rates and reference strata of which no hospital's own figures can be got.

Plain frames, so that a benchmark file can carry them. Fractions are text ("9/2"): exact, and the same in every program.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import polars as pl

from puntlanding.benchmark.dominance import UNKNOWN, Cell, Part, Reason, Thresholds, protected_rates, since, unsafe
from puntlanding.benchmark.protect_strata import Counts, added
from puntlanding.benchmark.suppress import Stratum, merged_strata
from puntlanding.contribution import Basis, Contribution
from puntlanding.contribution.container import pack
from puntlanding.contribution.tables import HOSPITAL, OPENED_MINUTES, UNITS, Counted, per_quarter

KIND, VERSION, SUFFIX = "puntlanding-landelijk", 1, ".landelijk"
RATES = pl.Schema(
    {
        "specialisme": pl.String(), "rol": pl.String(), "type": pl.String(), "ziekenhuizen": pl.Int64(),
        "minuten": pl.Int64(), "fte": pl.String(), "normuren_per_fte": pl.String(), "laag": pl.Int64(),
        "midden": pl.Int64(), "hoog": pl.Int64(), "niet_gedeeld": pl.String(),
    }
)  # fmt: skip
REFERENCES = pl.Schema(
    {
        **dict.fromkeys(("specialisme", "type", "diagnosegroep", "leeftijd", "geslacht"), pl.String()),
        **dict.fromkeys(("ziekenhuizen", Counted.PATIENTS.value, *(one.value for one in UNITS)), pl.Int64()),
    }
)
_STRATUM = ("diagnosegroep", "leeftijd", "geslacht")


def parts_of(merged: Contribution) -> tuple[Part, ...]:
    """Norm minutes opened in the year and care fte, per group of every hospital."""
    minutes = merged.production.group_by(HOSPITAL, "specialisme", "rol").agg(
        pl.sum_horizontal(pl.col(list(OPENED_MINUTES)).fill_null(0)).sum().alias("minutes")
    )
    about = {one.hospital: one for one in merged.hospitals}
    fte = {hospital: one.care_fte() for hospital, one in about.items()}
    return tuple(
        Part(
            specialism, role, about[hospital].kind, hospital, total, fte[hospital].get((specialism, role), Fraction(0))
        )
        for hospital, specialism, role, total in minutes.sort(HOSPITAL, "specialisme", "rol").iter_rows()
    )


def national_rates(
    merged: Contribution, thresholds: Thresholds, previous: Contribution | None = None
) -> tuple[Cell, ...]:
    """``previous`` is the union of contributions of the publication before."""
    parts = parts_of(merged)
    return protected_rates(parts if previous is None else since(parts, parts_of(previous), thresholds), thresholds)


def rates_frame(cells: Iterable[Cell]) -> pl.DataFrame:
    rows = [
        (
            one.specialism, one.role, one.kind, one.hospitals, one.minutes, _text(one.fte), _text(one.rate),
            *((None, None, None) if one.spread is None else map(int, (one.spread.lower, one.spread.median, one.spread.upper))),
            None if one.reason is None else one.reason.value,
        )
        for one in cells
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=RATES, orient="row")


def references(merged: Contribution, thresholds: Thresholds, previous: Contribution | None = None) -> pl.DataFrame:
    """Patients and care units per stratum, summed over hospitals.

    Types of hospital that cannot be told by themselves are told together ("algemeen+zbc"), so that classes do not overlap and
    no total is left from which one could be got. In a class a stratum to which too few hospitals contribute, or one too
    much of it, joins a coarser one. A specialism that too few hospitals changed since ``previous`` stays as it was.
    """
    before = () if previous is None else previous.hospitals
    kinds = {one.hospital: one.kind or UNKNOWN for one in (*before, *merged.hospitals)}
    rows: list[tuple[object, ...]] = []
    frame = merged.strata if previous is None else _strata_since(merged.strata, previous.strata, thresholds)
    sums = [pl.sum_horizontal(list(per_quarter(one))).alias(one.value) for one in (Counted.PATIENTS, *UNITS)]
    yearly = frame.select("specialisme", HOSPITAL, *_STRATUM, *sums).sort("specialisme", HOSPITAL, *_STRATUM)
    for part in yearly.partition_by("specialisme", maintain_order=True):
        told = [(row[1], (row[2], row[3], row[4]), tuple(row[5:])) for row in part.iter_rows()]
        specialism = part.item(0, 0)
        for name, members in _classes(told, kinds, thresholds):
            found = _class_rows([one for one in told if kinds[one[0]] in members], thresholds)
            rows += [(specialism, name, *row) for row in found]
    return pl.DataFrame(rows, schema=REFERENCES, orient="row").sort("specialisme", "type", *_STRATUM)


def _strata_since(now: pl.DataFrame, then: pl.DataFrame, thresholds: Thresholds) -> pl.DataFrame:
    changed = pl.concat([now, then]).unique(keep="none").group_by("specialisme").agg(pl.col(HOSPITAL).n_unique())
    few = changed.filter(pl.col(HOSPITAL) < thresholds.hospitals)["specialisme"]
    kept = then.filter(pl.col("specialisme").is_in(few.implode()))["specialisme"].unique().implode()
    return pl.concat([
        now.filter(~pl.col("specialisme").is_in(kept)), then.filter(pl.col("specialisme").is_in(kept)),
    ])  # fmt: skip


_Told = tuple[str, Stratum, Counts]  # hospital, stratum, counts


def _classes(
    told: Sequence[_Told], kinds: Mapping[str, str], thresholds: Thresholds
) -> list[tuple[str, frozenset[str]]]:
    """Types of hospital, each by itself where its patients may be told; the others together, with the smallest that may."""
    patients: dict[str, dict[str, int]] = {}
    for hospital, _, counts in told:
        of = patients.setdefault(kinds[hospital], {})
        of[hospital] = of.get(hospital, 0) + (counts[0] or 0)
    alone = [kind for kind in sorted(patients) if not unsafe([list(patients[kind].values())], thresholds)]
    together = [kind for kind in sorted(patients) if kind not in alone]
    alone.sort(key=lambda kind: (sum(patients[kind].values()), kind))
    while together and unsafe([[one for kind in together for one in patients[kind].values()]], thresholds):
        if not alone:
            return []
        together.append(alone.pop(0))
    classes = [(kind, frozenset({kind})) for kind in alone]
    return [*classes, ("+".join(sorted(together)), frozenset(together))] if together else classes


def _class_rows(told: Sequence[_Told], thresholds: Thresholds) -> list[tuple[object, ...]]:
    patients: dict[Stratum, dict[str, int]] = {}
    counts: dict[Stratum, list[Counts]] = {}
    for hospital, stratum, found in told:
        patients.setdefault(stratum, {})[hospital] = found[0] or 0
        counts.setdefault(stratum, []).append(found)

    def together(members: Collection[Stratum]) -> dict[str, int]:
        of: dict[str, int] = {}
        for one in members:
            for hospital, count in ((name, count) for name, count in patients[one].items() if count):
                of[hospital] = of.get(hospital, 0) + count
        return of

    def passes(members: Collection[Stratum]) -> bool:
        return unsafe([list(together(members).values())], thresholds) is None

    row_of = merged_strata({one: sum(of.values()) for one, of in patients.items()}, passes)
    if row_of is None:
        return []
    members: dict[Stratum, list[Stratum]] = {}
    for stratum, row in row_of.items():
        members.setdefault(row, []).append(stratum)
    return [
        (*row, len(together(strata)), *added([one for stratum in strata for one in counts[stratum]]))
        for row, strata in sorted(members.items())
    ]


@dataclass(frozen=True, slots=True)
class National:
    """``hospitals``: name and type of each; ``contributions``: the fingerprints of the files."""

    basis: Basis
    hospitals: tuple[tuple[str, str | None], ...]
    contributions: tuple[str, ...]
    thresholds: Thresholds
    cells: tuple[Cell, ...]
    references: pl.DataFrame


def national(
    merged: Contribution,
    thresholds: Thresholds,
    contributions: Iterable[str] = (),
    previous: Contribution | None = None,
) -> National:
    hospitals = tuple((one.hospital, one.kind) for one in merged.hospitals)
    cells = national_rates(merged, thresholds, previous)
    return National(
        merged.basis,
        hospitals,
        tuple(sorted(contributions)),
        thresholds,
        cells,
        references(merged, thresholds, previous),
    )


def national_file(one: National) -> bytes:
    """The sealed file that the coordinator sends back; `signing` signs it as it does a contribution."""
    limits = one.thresholds
    about: Mapping[str, Any] = {
        "basis": one.basis.as_record(),
        "ziekenhuizen": [{"ziekenhuis": hospital, "type": kind} for hospital, kind in one.hospitals],
        "bijdragen": list(one.contributions),
        "grenzen": {
            "ziekenhuizen": limits.hospitals,
            "ziekenhuizen_spreiding": limits.spread_hospitals,
            "grootste": str(limits.one_share),
            "grootste_twee": str(limits.two_share),
            "p": str(limits.p),
            "stap": limits.step,
        },
    }
    return pack(KIND, VERSION, about, {"tarieven": rates_frame(one.cells), "referenties": one.references})


def withheld(cells: Iterable[Cell]) -> Mapping[Reason, int]:
    """How many cells for which reason."""
    found: dict[Reason, int] = {}
    for one in cells:
        if one.reason:
            found[one.reason] = found.get(one.reason, 0) + 1
    return found


def _text(value: Fraction | None) -> str | None:
    return None if value is None else str(value)
