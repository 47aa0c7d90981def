"""`/gezondheid`: for who watches the machine. It says what works, and nothing about anybody."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from puntlanding import __version__
from puntlanding.web.backup_rows import unknown
from puntlanding.web.work.queue import waits_in_vain

LEAST_FREE = 100 * 1024 * 1024
_seen = threading.Event()


def _database() -> bool:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _migrated() -> bool:
    """Once they are there, the tables stay: a newer program is another process."""
    if not _seen.is_set():
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        older = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if not older and not unknown(executor.loader.applied_migrations):
            _seen.set()
    return _seen.is_set()


def _room() -> bool:
    return shutil.disk_usage(settings.DATA).free >= LEAST_FREE


def _work() -> bool:
    """Long work is done: nothing has waited for ten minutes without anybody to do it."""
    return not waits_in_vain()


PARTS: dict[str, Callable[[], bool]] = {"database": _database, "tabellen": _migrated, "schijf": _room, "werk": _work}


@never_cache
@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    found = {name: _works(part) for name, part in PARTS.items()}
    well = all(found.values())
    words = {name: "goed" if works else "fout" for name, works in found.items()}
    content = {"toestand": "goed" if well else "fout", "onderdelen": words, "versie": __version__}
    return JsonResponse(content, status=200 if well else 503)


def _works(part: Callable[[], bool]) -> bool:
    try:
        return part()
    except (DatabaseError, OSError):
        return False
