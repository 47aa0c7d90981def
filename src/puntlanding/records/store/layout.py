"""Where things stand in a store, and what its two small JSON files say.

    STORE/puntlanding-opslag.json             marks the folder as a store, with the version of this layout
    STORE/<ziekenhuis>/leveringen.json        which deliveries of which years count; replacing this file is what commits a load
    STORE/<ziekenhuis>/<datum>-<inhoud>/      one delivery: manifest.json, <jaar>/subtrajecten.parquet, <jaar>/zorgactiviteiten.parquet

A folder that leveringen.json does not name is left over from a load that was killed, and is ignored.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from puntlanding.problems import InputError, Problem, os_reason

FORMAT = 1
MARK = "puntlanding-opslag.json"
INDEX = "leveringen.json"
MANIFEST = "manifest.json"
LOCK = ".slot"
STAGING = ".bezig-"
_HOSPITAL = re.compile(
    r"(?!(?:con|prn|aux|nul|com\d|lpt\d)$)[a-z0-9][a-z0-9-]{0,39}"
)  # Windows has devices of those names


_DELIVERY = re.compile(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{12}(-\d+)?")


@dataclass(frozen=True, slots=True)
class Kept:
    """One opening year in one delivery. ``content`` is a hash of its records, whatever they were read from."""

    delivered: date
    year: int
    folder: str
    content: str

    def as_record(self) -> dict[str, Any]:
        return {"datum": self.delivered.isoformat(), "jaar": self.year, "map": self.folder, "inhoud": self.content}

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Kept:
        delivered = date.fromisoformat(record["datum"])
        return cls(delivered, int(record["jaar"]), str(record["map"]), str(record["inhoud"]))


@dataclass(frozen=True, slots=True)
class Index:
    """What a store knows of one hospital. ``key`` is the fingerprint of the key that made its pseudonyms."""

    hospital: str
    key: str | None = None
    institution: str | None = None  # AGB code, once a delivery has told it
    deliveries: tuple[Kept, ...] = ()

    def as_bytes(self) -> bytes:
        return as_json(
            {
                "formaat": FORMAT,
                "ziekenhuis": self.hospital,
                "instelling": self.institution,
                "sleutel": self.key,
                "leveringen": [one.as_record() for one in self.deliveries],
            }
        )


def check_hospital(name: str) -> None:
    """Raises InputError where ``name`` cannot be a folder on every system, or could be one elsewhere."""
    if not _HOSPITAL.fullmatch(name):
        raise InputError([Problem("hospital_name", "--hospital", value=name)])


def is_delivery(name: str) -> bool:
    """Whether a folder of this name is a delivery, or one under way; anything else beside them is not the store's to touch."""
    return _DELIVERY.fullmatch(name) is not None or name.startswith(STAGING)


def read_index(folder: Path) -> Index:
    """Raises InputError where the file is damaged: then nobody may guess which deliveries count."""
    path = folder / INDEX
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if found["formaat"] != FORMAT:
            raise InputError(
                [Problem("store_format", path.name, value=str(found["formaat"]), details={"known": FORMAT})]
            )
        deliveries = tuple(Kept.of(one) for one in found["leveringen"])
        return Index(found["ziekenhuis"], found["sleutel"], found["instelling"], deliveries=deliveries)
    except FileNotFoundError:
        return Index(folder.name)
    except OSError as error:
        details = {"reason": os_reason(error)}
        raise InputError([Problem("unreadable", path.name, value=str(path), details=details)]) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError([Problem("store_damaged", path.name, value=str(path))]) from error


def read_manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError([Problem("store_damaged", path.name, value=str(path))]) from error
    if not isinstance(found, dict):
        raise InputError([Problem("store_damaged", path.name, value=str(path))])
    return found


def as_json(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def replace_file(path: Path, data: bytes) -> None:
    """The old content or the new, whatever happens; on disk when this returns."""
    temporary = path.with_name(f"{STAGING}{secrets.token_hex(6)}")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """A rename is on disk only when its folder is; Windows has no such call and needs none."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
