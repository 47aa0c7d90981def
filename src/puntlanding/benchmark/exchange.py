"""National figures that hospitals get back: rates and reference strata of which no hospital's own figures can be got.

Of the contributions' own year, or as a benchmark for a year to come: volumes of the base year in that year's product structure
and norm times.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from puntlanding.benchmark.dominance import UNKNOWN, Cell, Part, Reason, Thresholds, protected_rates, since, unsafe
from puntlanding.benchmark.ex_ante import Benchmark, ex_ante
from puntlanding.benchmark.national_file import REFERENCES, National, list_prints
from puntlanding.benchmark.output import On, Output, own_output
from puntlanding.benchmark.peers import PeerRule, PeersBy
from puntlanding.benchmark.protect_strata import Counts, added
from puntlanding.benchmark.rates import measures
from puntlanding.benchmark.suppress import Stratum, merged_strata
from puntlanding.contribution import Contribution
from puntlanding.contribution.tables import HOSPITAL, UNITS, Counted, per_quarter
from puntlanding.norms.structure import ProductStructure
from puntlanding.norms.table import NormTable
from puntlanding.norms.trends import Trends
from puntlanding.problems import Problem, Severity

MOST_NAMED = 5  # in a warning; the rest is counted
_STRATUM = ("diagnosegroep", "leeftijd", "geslacht")


def parts_of(merged: Contribution, pricing: Pricing | None = None) -> tuple[Part, ...]:
    """Norm minutes opened in the year and care fte, of every group that can be a peer: as in a benchmark of full contributions.

    With ``pricing`` the minutes are those of its year. Raises InputError as `ex_ante` does.
    """
    return _parts(own_output(merged, On.OPENED) if pricing is None else _priced(merged, pricing).output, merged)


def _priced(merged: Contribution, pricing: Pricing) -> Benchmark:
    rule = PeerRule(PeersBy.ALL)
    return ex_ante(merged, pricing.year, pricing.norms, rule, structure=pricing.structure, trends=pricing.trends)


def _parts(output: Output, merged: Contribution) -> tuple[Part, ...]:
    kinds = {one.hospital: one.kind for one in merged.hospitals}
    return tuple(
        Part(key.specialism, key.role, kinds[key.hospital], key.hospital, one.minutes, one.fte)
        for key, one in measures(output, merged.hospitals).items()
        if one.minutes is not None and one.lacking is None
    )


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
    sums = [_year(per_quarter(one)).alias(one.value) for one in (Counted.PATIENTS, *UNITS)]
    yearly = frame.select("specialisme", HOSPITAL, *_STRATUM, *sums).sort("specialisme", HOSPITAL, *_STRATUM)
    for part in yearly.partition_by("specialisme", maintain_order=True):
        told = [(row[1], (row[2], row[3], row[4]), tuple(row[5:])) for row in part.iter_rows()]
        specialism = part.item(0, 0)
        for name, members in _classes(told, kinds, thresholds):
            found = _class_rows([one for one in told if kinds[one[0]] in members], thresholds)
            rows += [(specialism, name, *row) for row in found]
    return pl.DataFrame(rows, schema=REFERENCES, orient="row").sort("specialisme", "type", *_STRATUM)


def _year(quarters: Sequence[str]) -> pl.Expr:
    """Not known where no quarter is."""
    known = pl.any_horizontal(pl.col(quarters).is_not_null())
    return pl.when(known).then(pl.sum_horizontal(pl.col(quarters).fill_null(0)))


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
class Pricing:
    """What turns volumes of a base year into minutes of ``year``."""

    year: int
    norms: NormTable
    structure: ProductStructure | None = None
    trends: Trends | None = None


def national(
    merged: Contribution,
    thresholds: Thresholds,
    contributions: Iterable[str] = (),
    previous: Contribution | None = None,
    pricing: Pricing | None = None,
) -> National:
    """``previous`` is the union of contributions of the publication before. Raises InputError as `ex_ante` does."""
    made = None if pricing is None else _priced(merged, pricing)
    parts = _parts(own_output(merged, On.OPENED) if made is None else made.output, merged)
    if previous is not None:
        parts = since(parts, parts_of(previous, pricing), thresholds)
    return National(
        basis=merged.basis,
        year=merged.basis.year if made is None else made.year,
        norm_times=merged.basis.norm_times if made is None else made.norm_times,
        lists={} if made is None else list_prints(made.sources),
        hospitals=tuple((one.hospital, one.kind) for one in merged.hospitals),
        contributions=tuple(sorted(contributions)),
        thresholds=thresholds,
        cells=protected_rates(parts, thresholds),
        references=references(merged, thresholds, previous),
        later=previous is not None,
        problems=() if made is None else tuple(_uncovered(made, {f"{one.specialism} {one.role}" for one in parts})),
    )


def _uncovered(made: Benchmark, told: Collection[str]) -> Iterator[Problem]:
    """Codes without a norm time, where others of the group have one; and, once, the groups in which none has. What else can be
    said of single hospitals (`ex_ante.Benchmark.problems`) is not for seventy of them at once.
    """
    missing = [one for one in made.problems if one.code == "benchmark_codes_missing"]
    yield from (one for one in missing if one.value in told)
    others = [one.value for one in missing if one.value is not None and one.value not in told]
    if others:
        named = ", ".join(others[:MOST_NAMED]) + (", …" if len(others) > MOST_NAMED else "")
        details = {"year": made.year, "count": len(others), "groups": named}
        yield Problem("national_unpriced", missing[0].file, details=details, severity=Severity.WARNING)


def withheld(cells: Iterable[Cell]) -> Mapping[Reason, int]:
    """How many cells for which reason."""
    found: dict[Reason, int] = {}
    for one in cells:
        if one.reason:
            found[one.reason] = found.get(one.reason, 0) + 1
    return found
