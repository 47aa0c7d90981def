"""A sealed file: a few small tables and what they are, in one file whose every byte is accounted for.

A ZIP archive, stored without compression (the tables are compressed Parquet), with fixed times and order: the same content is
the same bytes. `inhoud.json` states kind, version and the SHA-256 of every table; its own SHA-256 is the file's fingerprint,
and that is what a signature signs. Format: docs/reference/bijdrage.md.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from puntlanding.contribution.archive import stored_entries
from puntlanding.problems import InputError, Problem

ABOUT, SIGNATURES = "inhoud.json", "handtekeningen.json"
LARGEST = 2**30  # bytes of one entry: a national year of contributions is a tenth of that
# What the library raises of an archive that is damaged, or compressed in a way that it does not know.
BROKEN = (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError)
_EPOCH = (1980, 1, 1, 0, 0, 0)
_FIRST = b"PK"  # what every archive starts with


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a sealed file holds. ``fingerprint`` is the SHA-256 of ``inhoud.json`` as it stands in the file."""

    about: Mapping[str, Any]
    tables: Mapping[str, pl.DataFrame]
    fingerprint: str
    signatures: tuple[Mapping[str, str], ...] = ()


def pack(
    kind: str,
    version: int,
    about: Mapping[str, Any],
    tables: Mapping[str, pl.DataFrame],
    signatures: Collection[Mapping[str, str]] = (),
) -> bytes:
    """The whole file. ``about`` is plain JSON."""
    encoded = {name: _parquet(frame) for name, frame in tables.items()}
    listed = {
        name: {"rijen": tables[name].height, "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in encoded.items()
    }
    content = as_json({"soort": kind, "formaat": version, **about, "tabellen": listed})
    entries = {ABOUT: content, **{f"{name}.parquet": data for name, data in encoded.items()}}
    if signatures:
        entries[SIGNATURES] = as_json({"handtekeningen": [dict(one) for one in signatures]})
    return _zip(entries)


def fingerprint_of(data: bytes) -> str:
    """Of a file that `pack` just made."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return hashlib.sha256(archive.read(ABOUT)).hexdigest()


def with_signatures(data: bytes, signatures: Collection[Mapping[str, str]]) -> bytes:
    """The same content with other signatures."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = {info.filename: archive.read(info) for info in archive.infolist()}
    entries.pop(SIGNATURES, None)
    if signatures:
        entries[SIGNATURES] = as_json({"handtekeningen": [dict(one) for one in signatures]})
    return _zip(entries)


def unpack(
    data: bytes,
    file: str,
    kind: str,
    version: int,
    schemas: Mapping[str, pl.Schema],
    columns: Mapping[str, Collection[str]] | None = None,
    optional: Collection[str] = (),
) -> Sealed:
    """Read and verify: kind, version, every hash, every column. ``columns`` limits which tables and columns are decoded, of
    those that are there; tables in ``optional`` need not be.

    Raises InputError with one problem that names ``file``: not a sealed file, another kind or version, or damaged.
    """
    entries = _entries(data, file)
    about = _about(entries[ABOUT], file)
    if about.get("soort") != kind:
        raise InputError([Problem("sealed_kind", file, value=str(about.get("soort")), details={"expected": kind})])
    if about.get("formaat") != version:
        details = {"known": version}
        raise InputError([Problem("sealed_version", file, value=str(about.get("formaat")), details=details)])
    listed = about.get("tabellen")
    if not isinstance(listed, dict) or not set(schemas) - set(optional) <= set(listed) <= set(schemas):
        raise InputError([Problem("sealed_damaged", file, value="tabellen")])
    if set(entries) - {ABOUT, SIGNATURES} != {f"{name}.parquet" for name in listed}:
        raise InputError([Problem("sealed_damaged", file, value="tabellen")])
    for name in listed:
        if hashlib.sha256(entries[f"{name}.parquet"]).hexdigest() != _said(listed, name, "sha256"):
            raise InputError([Problem("sealed_tampered", file, value=name)])
    asked = dict.fromkeys(schemas) if columns is None else dict(columns)
    tables = {}
    for name in [name for name in schemas if name in asked and name in listed]:
        tables[name] = _table(bytes(entries[f"{name}.parquet"]), file, name, schemas[name], asked[name])
        if (asked[name] is None or asked[name]) and tables[name].height != _said(listed, name, "rijen"):
            raise InputError([Problem("sealed_damaged", file, value=name)])
    fingerprint = hashlib.sha256(entries[ABOUT]).hexdigest()
    return Sealed(about, tables, fingerprint, _signatures(entries.get(SIGNATURES), file))


def as_json(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _parquet(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.rechunk().write_parquet(buffer, compression="lz4", statistics=False, row_group_size=2**20)
    return buffer.getvalue()


def _zip(entries: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in entries.items():
            info = zipfile.ZipInfo(name, date_time=_EPOCH)
            info.create_system = 3  # as on Unix: Windows would write another number, and other bytes
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return buffer.getvalue()


def _entries(data: bytes, file: str) -> Mapping[str, bytes | memoryview]:
    """Stored entries only: what is compressed could be a bomb, and `pack` compresses nothing. And not a byte beside them."""
    straight = stored_entries(data)
    return _examined(data, file) if straight is None or ABOUT not in straight else straight


def _examined(data: bytes, file: str) -> dict[str, bytes]:
    """As a general reader of archives sees them; says what is wrong with a file that `stored_entries` does not take."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            odd = [one for one in infos if one.compress_type != zipfile.ZIP_STORED or one.file_size > LARGEST]
            if odd or len({one.filename for one in infos}) != len(infos):
                raise InputError([Problem("sealed_not", file)])
            entries = {one.filename: archive.read(one) for one in infos}
    except BROKEN as error:
        code = "sealed_broken" if data.startswith(_FIRST) else "sealed_not"
        raise InputError([Problem(code, file)]) from error
    if ABOUT not in entries:
        raise InputError([Problem("sealed_not", file)])
    if _zip(entries) != data:
        raise InputError([Problem("sealed_broken", file)])
    return entries


def _about(content: bytes | memoryview, file: str) -> dict[str, Any]:
    try:
        about = json.loads(bytes(content))
    except (ValueError, RecursionError) as error:
        raise InputError([Problem("sealed_damaged", file, value=ABOUT)]) from error
    if not isinstance(about, dict):
        raise InputError([Problem("sealed_damaged", file, value=ABOUT)])
    return about


def _said(listed: Mapping[str, Any], name: str, what: str) -> object:
    """``what`` the content says of a table: its hash, its number of rows."""
    return listed[name].get(what) if isinstance(listed[name], dict) else None


def _table(data: bytes, file: str, name: str, schema: pl.Schema, columns: Collection[str] | None) -> pl.DataFrame:
    try:
        frame = pl.read_parquet(data, columns=None if columns is None or set(columns) == set(schema) else list(columns))
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        raise InputError([Problem("sealed_damaged", file, value=name)]) from error
    expected = schema if columns is None else {column: schema[column] for column in columns}
    if dict(frame.schema) != dict(expected):
        raise InputError([Problem("sealed_damaged", file, value=name)])
    ordered = [column for column in schema if column in expected]
    return frame if frame.columns == ordered else frame.select(ordered)


def _signatures(content: bytes | memoryview | None, file: str) -> tuple[Mapping[str, str], ...]:
    if content is None:
        return ()
    found = _about(content, file).get("handtekeningen")
    good = isinstance(found, list) and all(
        isinstance(one, dict) and all(isinstance(part, str) for part in one.values()) for one in found
    )
    if not good or not isinstance(found, list):
        raise InputError([Problem("sealed_damaged", file, value=SIGNATURES)])
    return tuple(found)
