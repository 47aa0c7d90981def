"""A benchmark is published once: a sealed file that says what it was made from, on which day, why, and what it follows.

`ex-ante-<year>-v<version>.benchmark`, a container like a contribution's. Versions form a chain: each names the fingerprint of
the one before, so a version that is missing or was changed later is found by who reads the next. The last one is guarded by
its own hashes only; a signature over its fingerprint (contribution/signing.py) guards that too. Besides its own tables a file
can carry others; `kolommen` in its description says what their columns are.
"""

from __future__ import annotations

import io
import json
import os
import re
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl

from puntlanding.agreement import PeerMethod
from puntlanding.benchmark.ex_ante import Benchmark
from puntlanding.benchmark.peers import GroupKey, PeerRule
from puntlanding.benchmark.published_tables import GROUPS, SCHEMAS, fraction, group_key, tables_of
from puntlanding.contribution.container import ABOUT, Sealed, pack, unpack
from puntlanding.problems import InputError, Problem, os_reason

KIND, VERSION = "puntlanding-benchmark", 1
SUFFIX = ".benchmark"
FIRST_REASON = "vaststelling"
_NAME = re.compile(r"ex-ante-([0-9]{4})-v([1-9][0-9]{0,5})\.benchmark")
_TYPES: Mapping[str, pl.DataType] = {"tekst": pl.String(), "geheel": pl.Int64()}
_OF_THE_VERSION = frozenset({"versie", "datum", "reden", "vorige", "programma", "tabellen", "soort", "formaat"})


@dataclass(frozen=True, slots=True)
class Published:
    """One version. ``previous`` is the fingerprint of the version before; ``contributions``: hospital → fingerprint."""

    file: str
    year: int
    base_year: int
    version: int
    day: date
    reason: str
    previous: str | None
    fingerprint: str
    rule: PeerRule
    method: PeerMethod
    contributions: Mapping[str, str]
    about: Mapping[str, Any]
    tables: Mapping[str, pl.DataFrame]
    signatures: tuple[Mapping[str, str], ...] = ()

    def rates(self) -> Mapping[GroupKey, Fraction | None]:
        """The benchmark of every group; None where it has none."""
        return {group_key(row): fraction(row, "benchmark") for row in self.tables[GROUPS].iter_rows(named=True)}


@dataclass(frozen=True, slots=True)
class Outcome:
    """``written`` False: the same benchmark was published already, and nothing was written."""

    published: Published
    path: Path
    written: bool


def name_of(year: int, version: int) -> str:
    return f"ex-ante-{year}-v{version}{SUFFIX}"


def publish(
    folder: Path,
    found: Benchmark,
    contributions: Mapping[str, str],
    day: date,
    reason: str | None = None,
    program: str = "",
    extra: Mapping[str, pl.DataFrame] | None = None,
) -> Outcome:
    """Write the next version of this year's benchmark into ``folder``; the same one again is not written.

    Raises InputError where the versions there do not fit together, a second version has no reason or an earlier day, or
    somebody else published the version at the same moment. An earlier version is never written over.
    """
    before = versions(folder, found.year)
    tables = {**tables_of(found), **(extra or {})}
    content = _content(found, contributions, tables)
    last = before[-1] if before else None
    if last is not None:
        if _same(last, content, tables):
            return Outcome(last, folder / last.file, written=False)
        _require_next(last, day, reason)
    version = last.version + 1 if last else 1
    about = {
        "versie": version,
        "datum": day.isoformat(),
        "reden": (reason or "").strip() or FIRST_REASON,
        "vorige": None if last is None else last.fingerprint,
        "programma": program,
        **content,
    }
    data = pack(KIND, VERSION, about, tables)
    path = folder / name_of(found.year, version)
    _create(path, data)
    return Outcome(from_bytes(data, path.name), path, written=True)


def read_benchmark(path: Path) -> Published:
    """Raises InputError where the file cannot be read, is of another kind or version, or was changed."""
    try:
        data = path.read_bytes()
    except OSError as error:
        details = {"reason": os_reason(error)}
        raise InputError([Problem("unreadable", path.name, value=str(path), details=details)]) from error
    return from_bytes(data, path.name)


def from_bytes(data: bytes, file: str) -> Published:
    sealed = unpack(data, file, KIND, VERSION, _schemas(data))
    try:
        found = _published(sealed, file)
        found.rates()
    except (KeyError, TypeError, ValueError, AttributeError, ZeroDivisionError) as error:
        raise InputError([Problem("sealed_damaged", file, value=ABOUT)]) from error
    return found


def years(folder: Path) -> tuple[int, ...]:
    """Of which there is a version in ``folder``."""
    return tuple(sorted({year for year, _ in _listed(folder)}))


def versions(folder: Path, year: int) -> tuple[Published, ...]:
    """All versions of ``year``, the first one first. Raises InputError where one is missing, was changed, or has another's name."""
    numbers = sorted(version for of, version in _listed(folder) if of == year)
    gaps = sorted(set(range(1, max(numbers, default=0))) - set(numbers))
    problems = [
        Problem("published_gap", name_of(year, version), details={"version": version, "year": year}) for version in gaps
    ]
    found: list[Published] = []
    for version in numbers:
        try:
            one = read_benchmark(folder / name_of(year, version))
        except InputError as error:
            problems += error.problems
            continue
        if (one.year, one.version) != (year, version):
            details = {"inside": name_of(one.year, one.version)}
            problems.append(Problem("published_name", one.file, details=details))
        found.append(one)
    problems += _broken_links(found)
    if problems:
        raise InputError(problems)
    return tuple(found)


def _broken_links(found: Sequence[Published]) -> list[Problem]:
    by_version = {one.version: one for one in found}
    problems = []
    for one in found:
        before = by_version.get(one.version - 1)
        if before is not None and one.previous != before.fingerprint:
            problems.append(Problem("published_altered", before.file, details={"next": one.version}))
    return problems


def _listed(folder: Path) -> list[tuple[int, int]]:
    try:
        names = [one.name for one in folder.iterdir()] if folder.is_dir() else []
    except OSError as error:
        details = {"reason": os_reason(error)}
        raise InputError([Problem("unreadable", folder.name, value=str(folder), details=details)]) from error
    matches = (_NAME.fullmatch(name) for name in names)
    return [(int(one[1]), int(one[2])) for one in matches if one]


def _content(found: Benchmark, contributions: Mapping[str, str], tables: Mapping[str, pl.DataFrame]) -> dict[str, Any]:
    """What makes one benchmark another than the last: everything but version, day, reason and program."""
    return {
        "jaar": found.year,
        "basisjaar": found.base_year,
        "regel": found.rule.as_record(),
        "methode": found.method.value,
        "normtijden": found.norm_times,
        "lijsten": dict(sorted(found.sources.items())),
        "bijdragen": dict(sorted(contributions.items())),
        "kolommen": {
            name: {column: _word(kind) for column, kind in frame.schema.items()} for name, frame in tables.items()
        },
    }


def _word(kind: pl.DataType) -> str:
    return next(word for word, known in _TYPES.items() if known == kind)


def _same(last: Published, content: Mapping[str, Any], tables: Mapping[str, pl.DataFrame]) -> bool:
    said = {name: value for name, value in last.about.items() if name not in _OF_THE_VERSION}
    return (
        said == content
        and set(last.tables) == set(tables)
        and all(last.tables[name].equals(frame) for name, frame in tables.items())
    )


def _require_next(last: Published, day: date, reason: str | None) -> None:
    problems = []
    if not (reason or "").strip():
        details: dict[str, object] = {"year": last.year, "version": last.version}
        problems.append(Problem("publish_needs_reason", last.file, details=details))
    if day < last.day:
        details = {"version": last.version, "other": last.day.isoformat()}
        problems.append(Problem("publish_before", "--date", value=day.isoformat(), details=details))
    if problems:
        raise InputError(problems)


def _create(path: Path, data: bytes) -> None:
    """The whole file or nothing, and only where nothing stands: a link to a finished file is made in one step or refused."""
    temporary: Path | None = None
    try:
        _make_folder(path.parent)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".puntlanding-")
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.chmod(0o444)
        _claim(temporary, path)
    except FileExistsError as error:
        raise InputError([Problem("publish_at_once", path.name, value=str(path))]) from error
    except OSError as error:
        details = {"reason": os_reason(error)}
        raise InputError([Problem("output_failed", path.name, value=str(path), details=details)]) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _make_folder(folder: Path) -> None:
    """Raises InputError where a file stands in its place: that is nobody publishing at the same time."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        details = {"reason": os_reason(error)}
        raise InputError([Problem("output_failed", folder.name, value=str(folder), details=details)]) from error


def _claim(finished: Path, path: Path) -> None:
    try:
        path.hardlink_to(finished)
    except FileExistsError:
        raise
    except OSError:  # a disk without links: claim the name, then put the finished file in its place
        path.touch(exist_ok=False)
        finished.replace(path)


def _schemas(data: bytes) -> Mapping[str, pl.Schema]:
    """Of every table the file says it has; our own as we know them. What is wrong with the file, `unpack` tells."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            said = json.loads(archive.read(ABOUT))["kolommen"]
        told = {
            name: pl.Schema({column: _TYPES[word] for column, word in columns.items()})
            for name, columns in said.items()
        }
    except Exception:  # noqa: BLE001 - a file from outside: whatever goes wrong here, `unpack` says what the file is
        told = {}
    return {**told, **SCHEMAS}


def _published(sealed: Sealed, file: str) -> Published:
    about = sealed.about
    previous = about["vorige"]
    texts = (about["reden"], *(about["bijdragen"].values()), *([] if previous is None else [previous]))
    numbers = (about["jaar"], about["basisjaar"], about["versie"])
    if not all(isinstance(one, str) for one in texts) or not all(type(one) is int for one in numbers):
        raise TypeError("text or number expected")
    return Published(
        file=file,
        year=about["jaar"],
        base_year=about["basisjaar"],
        version=about["versie"],
        day=date.fromisoformat(about["datum"]),
        reason=about["reden"],
        previous=previous,
        fingerprint=sealed.fingerprint,
        rule=PeerRule.of(about["regel"]),
        method=PeerMethod(about["methode"]),
        contributions=dict(about["bijdragen"]),
        about=about,
        tables=sealed.tables,
        signatures=sealed.signatures,
    )
