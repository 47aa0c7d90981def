"""`puntlanding-web backup` and `restore`."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from puntlanding.language.notation import Language
from puntlanding.web.backup import left_out, make_backup, name_for, oldest
from puntlanding.web.backup_file import Manifest, read_back
from puntlanding.web.manage_texts import BAD_INPUT, say
from puntlanding.web.restore import restore as put_back
from puntlanding.web.table_commands import require_known_tables


def backup(asked: argparse.Namespace, language: Language) -> int:
    """A folder gets a name with the moment; of such names ``--keep`` keeps the last."""
    if asked.check:
        return check(asked.file, language)
    require_known_tables()
    place: Path = asked.file
    folder = place if place.is_dir() else None
    made = make_backup(place if folder is None else folder / name_for(_now()), with_keys=asked.with_keys)
    print(say("backup_done", language, made.path, _megabytes(made.size), made.manifest.log[0]))
    not_in = left_out(Path(settings.DATA), with_keys=asked.with_keys)
    if not_in:
        print(say("backup_left_out", language, ", ".join(not_in)))
    if folder is not None and asked.keep:
        for one in oldest(folder, asked.keep):
            one.unlink()
            print(say("backup_removed", language, one.name))
    return _damaged(made.manifest, language)


def check(path: Path, language: Language) -> int:
    found = read_back(path)
    print(say("backup_whole", language, len(found.files), found.log[0], found.made, found.program))
    return _damaged(found, language)


def _damaged(manifest: Manifest, language: Language) -> int:
    if not manifest.damaged:
        return 0
    print(say("backup_damaged", language, ", ".join(one[:12] for one in manifest.damaged)), file=sys.stderr)
    return BAD_INPUT


def restore(asked: argparse.Namespace, language: Language) -> int:
    found = put_back(asked.file, _now(), replace=asked.replace)
    print(say("restored", language, found.manifest.made, found.lines))
    if found.aside:
        print(say("restored_aside", language, "\n  ".join(found.aside)))
    if found.damaged:
        print(say("backup_damaged", language, ", ".join(one[:12] for one in found.damaged)), file=sys.stderr)
        return BAD_INPUT
    return 0


def _now() -> datetime:
    return timezone.localtime()


def _megabytes(size: int) -> str:
    return f"{-(-size // 100_000) / 10:.1f}"
