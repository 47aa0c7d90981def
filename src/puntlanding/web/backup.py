"""A backup while the server runs: the rows as they were at one moment, then the files, so that each row's files are with it.

Files that rows point to are never changed or taken away, and are kept before their row. So whatever is read after the rows holds at
least what they point to.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections, transaction

from puntlanding import __version__
from puntlanding.web.backup_file import FILES, MANIFEST, ROWS, Manifest, Writer, written
from puntlanding.web.backup_rows import applied, columns_of, kept_models, rows
from puntlanding.web.environment import KEY_FILE
from puntlanding.web.snapshots import FOLDER as VERSIONS
from puntlanding.web.snapshots import content_hash

ALIAS = "reservekopie"
KEYS = (KEY_FILE, "sleutels")
# Made again from what is kept; waiting to be loaded, and sealed with a key that goes with it; large, and copied as ordinary files.
LEFT_OUT = ("cache", "aangeleverd", "opslag", *KEYS)
_DATABASE = (".sqlite3", ".sqlite3-wal", ".sqlite3-shm", ".sqlite3-journal")
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Made:
    path: Path
    manifest: Manifest
    size: int


def make_backup(target: Path, *, with_keys: bool = False) -> Made:
    """Raises InputError where something stands at ``target`` or the disk refuses; then nothing is there that counts."""
    with written(target) as out, one_moment():
        migrations = tuple(applied(ALIAS))
        known = columns_of(migrations, ALIAS)
        log = known.get_model("desk", "Head")._base_manager.using(ALIAS).values_list("number", "hash").first() or (
            0,
            "",
        )
        named = set(known.get_model("desk", "Version")._base_manager.using(ALIAS).values_list("snapshot", flat=True))
        for model in kept_models(known):
            out.add(f"{ROWS}{model._meta.label_lower}.jsonl", rows(model, ALIAS))
        for name, path in sorted(_files(Path(settings.DATA), with_keys=with_keys)):
            with contextlib.suppress(FileNotFoundError):  # it was there when we looked; only what no row points to goes
                _add(out, FILES + name, path)
        manifest = Manifest(
            __version__, datetime.now(UTC).isoformat(timespec="seconds"), connections[ALIAS].vendor, migrations, log,
            dict(out.files), tuple(sorted(one for one in named if not _whole(out, one))), with_keys,
        )  # fmt: skip
        out.add(MANIFEST, [manifest.written()])
    return Made(target, manifest, target.stat().st_size)


@contextlib.contextmanager
def one_moment() -> Iterator[None]:
    """A connection of its own that sees the database as it is now, and holds up nobody who writes."""
    known = dict(connections["default"].settings_dict)
    options: dict[str, Any] = dict(known["OPTIONS"])
    if connections["default"].vendor == "postgresql":
        from psycopg import IsolationLevel

        options["isolation_level"] = IsolationLevel.REPEATABLE_READ
    else:
        options["transaction_mode"] = "DEFERRED"
    known |= {"OPTIONS": options, "CONN_MAX_AGE": 0}
    connections.settings[ALIAS] = connections.configure_settings({"default": {}, ALIAS: known})[ALIAS]
    try:
        with transaction.atomic(using=ALIAS):
            yield
    finally:
        connections[ALIAS].close()
        del connections[ALIAS]
        del connections.settings[ALIAS]


def _files(data: Path, *, with_keys: bool) -> Iterator[tuple[str, Path]]:
    """What is kept in the data folder, by its place in it. What starts with a dot is half written."""
    for top in sorted(data.iterdir()):
        if top.name.startswith((".", "voor-")) or top.name.endswith(_DATABASE):
            continue
        if top.name in LEFT_OUT and not (with_keys and top.name in KEYS):
            continue
        for path in (top, *top.rglob("*")):
            parts = path.relative_to(data).parts
            if path.is_file() and not path.is_symlink() and not any(part.startswith(".") for part in parts):
                yield "/".join(parts), path


def _add(out: Writer, name: str, path: Path) -> None:
    with path.open("rb") as file:
        out.add(name, _blocks(file))


def _blocks(file: Any) -> Iterator[bytes]:
    while block := file.read(_BLOCK):
        yield block


def _whole(out: Writer, snapshot: str) -> bool:
    start = f"{FILES}{VERSIONS}/{snapshot}/"
    there = {name.removeprefix(start): found for name, found in out.files.items() if name.startswith(start)}
    return content_hash(there) == snapshot


def left_out(data: Path, *, with_keys: bool) -> tuple[str, ...]:
    """What stands in the data folder and is not in the backup, though it does not make itself again."""
    names: Iterable[str] = LEFT_OUT[1:3] if with_keys else LEFT_OUT[1:]
    return tuple(name for name in names if (data / name).exists())


def oldest(folder: Path, keep: int) -> tuple[Path, ...]:
    """Of the backups that we named, those that come before the last ``keep``."""
    ours = sorted(folder.glob(f"{NAMED}*.zip"))
    return tuple(ours[: max(0, len(ours) - keep)])


NAMED = "puntlanding-"


def name_for(now: datetime) -> str:
    return f"{NAMED}{now:%Y-%m-%dT%H%M%S}.zip"
