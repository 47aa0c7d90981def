"""From a backup back to a site: all of it or nothing, into an empty place, or instead of what stands there, which is kept aside.

The files come first: they stand under names of their own content, so that they harm nobody. Then the database changes in one step: for
SQLite a file that takes the place of another, for PostgreSQL one transaction. Whoever is killed in between begins again.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction

from puntlanding.problems import InputError, Problem
from puntlanding.web.audit import verified
from puntlanding.web.backup import KEYS
from puntlanding.web.backup_file import FILES, ROWS, Manifest, blocks, opened, read_back
from puntlanding.web.backup_rows import count_on, kept_models, make_tables, put, unknown
from puntlanding.web.desk.models import Head, Version
from puntlanding.web.environment import sqlite
from puntlanding.web.on_disk import file_hash, refused_by_disk
from puntlanding.web.snapshots import FOLDER as VERSIONS
from puntlanding.web.snapshots import Snapshots

ASIDE, STAGED = "voor-", ".terug-"


@dataclass(frozen=True, slots=True)
class Restored:
    """``aside``: where what stood there before is now; empty where nothing did. ``damaged``: versions whose files are not whole."""

    manifest: Manifest
    lines: int
    aside: tuple[str, ...]
    damaged: tuple[str, ...]


def restore(path: Path, now: datetime, *, replace: bool = False) -> Restored:
    """Raises InputError where the file is no whole backup, comes from a newer program, or something stands here already."""
    read_back(path)
    data = Path(settings.DATA)
    with opened(path) as (packed, manifest):
        if unknown(manifest.migrations):
            raise InputError([Problem("backup_newer", path.name, details={"program": manifest.program})])
        taken = _taken()
        if taken and not replace:
            raise InputError([Problem("restore_taken", path.name)])
        name = f"{ASIDE}{now:%Y-%m-%dT%H%M%S}"
        aside = list(_put_files(packed, manifest, data, name))
        build = _into_postgresql if connection.vendor == "postgresql" else _into_sqlite
        aside += build(packed, manifest, name, taken=taken)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    kept = Snapshots(data)
    damaged = {one.snapshot for one in Version.objects.all() if not kept.whole(one.snapshot)}
    return Restored(manifest, verified().lines, tuple(aside), tuple(sorted(damaged)))


def _taken() -> bool:
    """Whether there is anything here that somebody did: an empty database, with or without tables, may be filled."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return False
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
    return any(one._meta.db_table in there and one._base_manager.exists() for one in kept_models())


def _put_files(packed: ZipFile, manifest: Manifest, data: Path, aside: str) -> Iterator[str]:
    """Written and synced beside, then renamed into place; what else stood at a place goes aside."""
    with refused_by_disk(data):
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        staged = data / f"{STAGED}{secrets.token_hex(4)}"
        try:
            staged.mkdir(mode=0o700)
            for name in manifest.files:
                if name.startswith(FILES):
                    _unpack(packed, name, staged / name.removeprefix(FILES))
            for folder in (one for one in staged.rglob("*") if one.is_dir()):
                folder.chmod(0o700)
            yield from sorted({f"{data / aside}" for _ in _merged(staged, data, data / aside)})
        finally:
            shutil.rmtree(staged, ignore_errors=True)


def _unpack(packed: ZipFile, name: str, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = name.startswith(f"{FILES}{VERSIONS}/")
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400 if kept else 0o600), "wb") as file:
        for block in blocks(packed, name):
            file.write(block)
        file.flush()
        os.fsync(file.fileno())


def _merged(staged: Path, target: Path, aside: Path) -> Iterator[Path]:
    """Those that had to go aside. A folder that is not there yet is renamed whole."""
    for one in sorted(staged.iterdir()):
        place = target / one.name
        if place.is_dir() and one.is_dir():
            yield from _merged(one, place, aside / one.name)
        elif not place.exists():
            one.rename(place)
        elif file_hash(place) != file_hash(one):
            fresh = place.name in KEYS and not _taken()  # a key that nothing hangs on yet
            if not fresh:
                aside.mkdir(parents=True, exist_ok=True, mode=0o700)
                place.rename(aside / place.name)
                yield place
            one.replace(place)


def _fill(packed: ZipFile, manifest: Manifest) -> None:
    """Into the empty database: the tables as they were when the backup was made, and their rows, to the last line of the log."""
    known = make_tables(manifest.migrations)
    with transaction.atomic():
        if connection.vendor == "postgresql":  # making a table turns this off for the rest of the transaction
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        made = []
        for model in kept_models(known):
            name = f"{ROWS}{model._meta.label_lower}.jsonl"
            if name in manifest.files:
                with packed.open(name) as lines:
                    put(model, lines)
                made.append(model)
        count_on(connection, made)
        head = Head.objects.filter(pk=1).values_list("number", "hash").first() or (0, "")
        if verified().broken is not None or tuple(head) != manifest.log:
            raise InputError([Problem("restore_log", str(packed.filename))])


def _into_postgresql(packed: ZipFile, manifest: Manifest, name: str, *, taken: bool) -> list[str]:
    """In one transaction, beside what stands there: its schema gets another name."""
    schema = name.replace("-", "_").lower()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        ours = connection.ops.quote_name(cursor.fetchone()[0])
        if connection.introspection.table_names(cursor):  # an empty database asks for no rights on its schema
            cursor.execute(f"ALTER SCHEMA {ours} RENAME TO {connection.ops.quote_name(schema)}")
            cursor.execute(f"CREATE SCHEMA {ours}")
        _fill(packed, manifest)
    return [f"schema {schema}"] if taken else []


def _into_sqlite(packed: ZipFile, manifest: Manifest, name: str, *, taken: bool) -> list[str]:
    """In a file beside, which then takes the place of the other."""
    target = Path(connection.settings_dict["NAME"])
    staged = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    aside = target.with_name(f"{name}.{target.name}")
    with refused_by_disk(target):
        try:
            staged.touch(mode=0o600)
            with _instead(staged):
                _fill(packed, manifest)
                with connection.cursor() as cursor:
                    cursor.execute("PRAGMA journal_mode=DELETE")
            with staged.open("rb") as file:
                os.fsync(file.fileno())
            connection.close()
            if target.exists():
                _alone(target)
                if taken:
                    os.link(target, aside)
            staged.replace(target)
        finally:
            for left in target.parent.glob(f"{staged.name}*"):
                left.unlink()
    return [str(aside)] if taken else []


@contextlib.contextmanager
def _instead(place: Path) -> Iterator[None]:
    """Everything that asks the database asks the file ``place``."""
    before = connections.settings["default"]
    connection.close()
    del connections["default"]
    connections.settings["default"] = connections.configure_settings({"default": sqlite(place)})["default"]
    try:
        yield
    finally:
        connection.close()
        del connections["default"]
        connections.settings["default"] = before


def _alone(target: Path) -> None:
    """What stood beside the file is in it. Raises InputError where somebody else has it open."""
    found = sqlite3.connect(target, timeout=5)
    try:
        found.execute("PRAGMA journal_mode=DELETE").fetchone()
    except sqlite3.OperationalError as error:
        raise InputError([Problem("restore_in_use", target.name)]) from error
    finally:
        found.close()
