"""A folder of demonstration hospitals: their exports, their cases, and what is true of them. The same seed, the same bytes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from puntlanding import __version__
from puntlanding.demo.case_files import write_case_of
from puntlanding.demo.exports import EXPORTS, nza, opendis
from puntlanding.demo.exports.base import as_known
from puntlanding.demo.hospitals import Variant, generate
from puntlanding.demo.new_folder import new_folder
from puntlanding.demo.norm_times import norm_times
from puntlanding.demo.truth import Truth
from puntlanding.demo.volumes import Volumes, volumes
from puntlanding.records.codes import CodeTables

NATIONAL = ("opendis", "nza")  # of all hospitals together
FORMATS = (*EXPORTS, *NATIONAL)
SUMMARY = "demo.json"
Progress = Callable[[int], None]  # rows of a hospital's records written since the last call, once per format


@dataclass(frozen=True, slots=True)
class WrittenHospital:
    """``left_out``: format → kind → rows in its files that are no record."""

    slug: str
    name: str
    trajectories: int
    activities: int
    left_out: Mapping[str, Mapping[str, int]]


def write_demo(
    target: Path,
    hospitals: int,
    years: range,
    scale: float,
    seed: int,
    *,
    codes: CodeTables | None = None,
    variant: str = Variant.STABLE,
    formats: Iterable[str] = ("neutraal",),
    as_of: Sequence[date] = (),
    progress: Progress = lambda rows: None,
) -> list[WrittenHospital]:
    """Write ``target``: per hospital a folder per format and a case per year, and a summary of what is true.

    ``as_of``: extracts of those days instead of everything that ever became known; of several days each in a folder of its
    own. One hospital is in memory at a time. Raises FileExistsError where something is at ``target`` already, and
    InputError where it cannot be written; then nothing is there.
    """
    wanted = [name for name in FORMATS if name in set(formats)]
    with new_folder(target) as staged:
        work = _Work(staged, tuple(years), wanted, tuple(sorted(as_of)), progress)
        for truth in generate(hospitals, years, scale, seed, codes, variant):
            work.hospital(truth, scale)
        work.national()
        work.cases()
        _summary(staged / SUMMARY, work, scale, seed, variant, with_codes=codes is not None)
    return work.done


class _Work:
    """Writes hospital after hospital and keeps of each what the whole needs: counted volumes and codes."""

    def __init__(
        self, folder: Path, years: tuple[int, ...], formats: list[str], days: tuple[date, ...], progress: Progress
    ) -> None:
        self.folder, self.years, self.formats, self.progress = folder, years, formats, progress
        self.days: tuple[date | None, ...] = days or (None,)
        self.done: list[WrittenHospital] = []
        self.records: list[dict[str, Any]] = []
        self.volumes: list[Volumes] = []
        self.counted: list[dict[str, pl.DataFrame]] = []
        self.codes: list[dict[str, pl.DataFrame]] = []

    def hospital(self, truth: Truth, scale: float) -> None:
        left_out: dict[str, Mapping[str, int]] = {}
        rows = truth.trajectories.height + truth.activities.height
        for name in self.formats:
            if name in NATIONAL:
                continue
            for day in self.days:
                place = self._place(self.folder / truth.slug / name, day)
                written = EXPORTS[name](truth, place, as_of=day)
                if written.left_out:
                    left_out[self._label(name, day)] = dict(written.left_out)
                self.progress(rows)
        last = as_known(truth, self.days[-1])
        if "opendis" in self.formats:
            self.counted.append(opendis.counted(last))
        if "nza" in self.formats:
            self.codes.append(nza.codes_met(last))
        self.volumes.append(volumes(truth, truth.profile, scale))
        done = WrittenHospital(truth.slug, truth.name, truth.trajectories.height, truth.activities.height, left_out)
        self.done.append(done)
        self.records.append(_record(truth, left_out))

    def national(self) -> None:
        """As on the last day that is extracted."""
        if "opendis" in self.formats:
            opendis.write_counts(self.counted, self.folder / "opendis", as_of=self.days[-1])
        if "nza" in self.formats:
            nza.write_codes(self.codes, self.folder / "nza")

    def cases(self) -> None:
        """One case per hospital and year, with norm times that are the same for all."""
        times = norm_times(self.volumes)
        for hospital in self.volumes:
            for year in self.years:
                write_case_of(hospital, times, year, self.folder / hospital.profile.slug / f"gremium-{year}")

    def _place(self, folder: Path, day: date | None) -> Path:
        return folder if len(self.days) == 1 or day is None else folder / day.isoformat()

    def _label(self, name: str, day: date | None) -> str:
        return name if len(self.days) == 1 or day is None else f"{name}/{day.isoformat()}"


def _record(truth: Truth, left_out: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    opened = truth.trajectories.group_by(pl.col("openingsdatum").dt.year().alias("jaar")).len().sort("jaar")
    return {
        "map": truth.slug,
        "naam": truth.name,
        "agb": truth.agb,
        "soort": truth.kind,
        "patienten": truth.patients.height,
        "subtrajecten": truth.trajectories.height,
        "zorgactiviteiten": truth.activities.height,
        "opnamen": truth.admissions.height,
        "geopend_per_jaar": {str(year): count for year, count in opened.iter_rows()},
        "geen_records": {name: dict(kinds) for name, kinds in left_out.items()},
    }


def _summary(path: Path, work: _Work, scale: float, seed: int, variant: str, *, with_codes: bool) -> None:
    """No clock: the same command gives the same file, with the same versions of what draws and writes."""
    content = {
        "programma": __version__,
        "numpy": np.__version__,
        "polars": pl.__version__,
        "zaad": seed,
        "schaal": scale,
        "jaren": list(work.years),
        "formaten": list(work.formats),
        "geleverd_op": [day.isoformat() for day in work.days if day is not None],
        "variant": str(variant),
        "eigen_codetabellen": with_codes,
        "ziekenhuizen": work.records,
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")
