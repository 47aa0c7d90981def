"""National figures (NZa Open DIS): how often each product is delivered, and with which activities. Kept beside the stores of hospitals.

Source: data-facts §4.7. The store is a folder of Parquet files that carry their own hash in the name, and a manifest that names
them. The manifest is replaced last and in one step: a write that was killed leaves what was there.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import polars as pl

from puntlanding.problems import InputError, Problem, os_reason
from puntlanding.records.delivery import SourceFile
from puntlanding.records.findings import Example, Finding
from puntlanding.whole_file import write_whole

MANIFEST = "manifest.json"
FORMAT = "puntlanding-landelijk"
READER_VERSION = 1


class YearStatus(StrEnum):
    """A trajectory counts in the year of its opening and appears when it is closed and claimed (data-facts §4.7)."""

    FINAL = "definitief"
    PROVISIONAL = "voorlopig"  # the year before the reference date
    RUNNING = "lopend"  # the year of the reference date: mostly empty
    UNKNOWN = "onbekend"  # the file gives no reference date


@dataclass(frozen=True, slots=True)
class Edition:
    """Which state of a year this is: ``as_of`` is its PEILDATUM."""

    year: int
    as_of: date | None
    version: str
    status: YearStatus


@dataclass(frozen=True, slots=True)
class National:
    """``volumes``: jaar, specialisme, diagnose, zorgproduct, subtrajecten, patienten?, verkoopprijs? (cents).

    ``totals``: jaar, specialisme, subtrajecten? and patienten? as the file says them, som_subtrajecten as its rows add up.
    ``profiles``: jaar, specialisme, zorgproduct, za_code, klasse, aantal (how often), subtrajecten_met (trajectories that
    have it) and subtrajecten? (all of that product): aantal ÷ subtrajecten is the exact national average.
    ``names``: soort, specialisme?, code, omschrijving. Every table is sorted by its keys.
    """

    volumes: pl.DataFrame
    totals: pl.DataFrame
    profiles: pl.DataFrame
    names: pl.DataFrame
    editions: tuple[Edition, ...]
    sources: tuple[SourceFile, ...]
    findings: tuple[Finding, ...] = ()

    def tables(self) -> Mapping[str, pl.DataFrame]:
        return {"volumes": self.volumes, "totalen": self.totals, "profielen": self.profiles, "namen": self.names}


def product_specialisms(national: National) -> pl.DataFrame:
    """The pairs zorgproduct, specialisme that occur in any year: what a product that fits its specialism looks like."""
    pairs = national.volumes.filter(pl.col("subtrajecten") > 0).select("zorgproduct", "specialisme")
    return pairs.unique().sort("zorgproduct", "specialisme")


def write_national(national: National, folder: Path) -> None:
    """All or nothing; the same figures give the same bytes. Raises InputError where the folder cannot be written."""
    written = {name: _parquet(frame) for name, frame in national.tables().items()}
    files = {name: f"{name}-{hashlib.sha256(data).hexdigest()[:16]}.parquet" for name, data in written.items()}
    manifest = {
        "formaat": FORMAT,
        "lezer_versie": READER_VERSION,
        "tabellen": {
            name: {"bestand": files[name], "sha256": hashlib.sha256(data).hexdigest(), "rijen": frame.height}
            for (name, data), frame in zip(written.items(), national.tables().values(), strict=True)
        },
        "jaren": [{**asdict(one), "as_of": one.as_of and one.as_of.isoformat()} for one in national.editions],
        "bronnen": [asdict(one) for one in national.sources],
        "bevindingen": [asdict(one) for one in national.findings],
    }
    write_whole({folder / files[name]: data for name, data in written.items()})
    write_whole({folder / MANIFEST: (json.dumps(manifest, ensure_ascii=False, indent=1, default=dict) + "\n").encode()})
    for old in folder.glob("*.parquet"):
        if old.name.rpartition("-")[0] in files and old.name not in files.values():
            old.unlink(missing_ok=True)


def read_national(folder: Path) -> National:
    """Raises InputError where the folder holds no national figures, or not the ones that its manifest names."""
    manifest = _manifest(folder)
    try:
        frames = {name: _table(folder, entry) for name, entry in manifest["tabellen"].items()}
        return National(
            volumes=frames["volumes"],
            totals=frames["totalen"],
            profiles=frames["profielen"],
            names=frames["namen"],
            editions=tuple(_edition(one) for one in manifest["jaren"]),
            sources=tuple(SourceFile(**one) for one in manifest["bronnen"]),
            findings=tuple(_finding(one) for one in manifest["bevindingen"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _damaged(MANIFEST, type(error).__name__) from error


def _parquet(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd", statistics=False)
    return buffer.getvalue()


def _manifest(folder: Path) -> Mapping[str, Any]:
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except OSError as error:
        details = {"reason": os_reason(error)}
        raise InputError([Problem("unreadable", MANIFEST, value=str(folder), details=details)]) from error
    except ValueError as error:
        raise _damaged(MANIFEST, type(error).__name__) from error
    if not isinstance(found, dict) or found.get("formaat") != FORMAT:
        raise _damaged(MANIFEST, "formaat")
    return found


def _table(folder: Path, entry: Mapping[str, Any]) -> pl.DataFrame:
    name = Path(str(entry["bestand"])).name  # a name only: a manifest may not lead out of its folder
    try:
        data = (folder / name).read_bytes()
    except OSError as error:
        raise _damaged(name, os_reason(error)) from error
    if hashlib.sha256(data).hexdigest() != entry["sha256"]:
        raise _damaged(name, "sha256")
    return pl.read_parquet(io.BytesIO(data))


def _damaged(name: str, reason: str) -> InputError:
    return InputError([Problem("national_store_damaged", name, details={"reason": reason})])


def _edition(one: Mapping[str, Any]) -> Edition:
    as_of = date.fromisoformat(one["as_of"]) if one["as_of"] else None
    return Edition(one["year"], as_of, one["version"], YearStatus(one["status"]))


def _finding(one: Mapping[str, Any]) -> Finding:
    examples = tuple(Example(each["file"], each["row"], each["values"]) for each in one["examples"])
    return Finding(one["check"], one["count"], one["of"], examples, one["column"], one["note"])
