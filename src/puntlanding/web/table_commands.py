"""The tables of the database: made or brought up to date, and there before a command asks anything of them."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from puntlanding.language.notation import Language
from puntlanding.problems import InputError, Problem
from puntlanding.web.backup_rows import unknown
from puntlanding.web.manage_texts import say


def migrate(_asked: argparse.Namespace, language: Language) -> int:
    migrated()
    print(say("migrated", language))
    return 0


def migrated() -> None:
    settings.DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _reachable():
        if unknown(MigrationExecutor(connection).loader.applied_migrations):
            raise InputError([Problem("web_newer_tables", "DATABASE_URL")])
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)


@contextmanager
def _reachable() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        raise InputError([Problem("web_database", "DATABASE_URL")]) from error


def require_known_tables() -> None:
    """There are tables, and none that only a newer program knows."""
    with _reachable():
        there = MigrationExecutor(connection).loader.applied_migrations
        if unknown(there):
            raise InputError([Problem("web_newer_tables", "DATABASE_URL")])
        if not there:
            raise InputError([Problem("web_not_migrated", "DATABASE_URL")])


def require_tables() -> None:
    require_known_tables()
    with _reachable():
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise InputError([Problem("web_not_migrated", "DATABASE_URL")])
