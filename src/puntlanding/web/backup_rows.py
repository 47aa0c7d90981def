"""The rows of the database as lines of text that any database can take in: what a backup holds of it.

A line is a row: its table's columns by name, moments to the microsecond (the log's hashes are over them), bytes in base64. Left out
is what makes itself again, or what nobody should find open elsewhere: sessions, what failed log-ins count, Django's own lists.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps as current
from django.apps.registry import Apps
from django.core.management.color import no_style
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.models.expressions import Value

LEFT_OUT = frozenset({"contenttypes", "auth", "sessions", "usersessions"})
_AT_ONCE = 500
Node = tuple[str, str]  # app, migration


def kept_models(known: Apps = current) -> tuple[type[models.Model], ...]:
    """In a fixed order; no table of these points to one that is left out."""
    found = [
        one
        for one in known.get_models(include_auto_created=True)
        if one._meta.app_label not in LEFT_OUT and one._meta.managed and not one._meta.proxy
    ]
    return tuple(sorted(found, key=lambda one: one._meta.label_lower))


def rows(model: type[models.Model], alias: str) -> Iterator[bytes]:
    """A line each, by primary key."""
    names = [field.attname for field in model._meta.concrete_fields]
    found = model._base_manager.using(alias).order_by("pk").values_list(*names)
    for values in found.iterator(_AT_ONCE):
        row = dict(zip(names, map(_plain, values), strict=True))
        yield json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    return value


def applied(alias: str) -> list[Node]:
    """The migrations that made the tables what they are."""
    return sorted(MigrationExecutor(connections[alias]).loader.applied_migrations)


def unknown(nodes: Iterable[Node]) -> list[Node]:
    """Those that this program does not have: it is older than whoever made them."""
    loader = MigrationExecutor(connections["default"]).loader
    known = loader.disk_migrations
    ours = {app for app, _ in known or ()}
    return sorted(one for one in nodes if known is not None and one not in known and one[0] in ours)


def make_tables(nodes: Iterable[Node]) -> Apps:
    """In the empty database: the tables as they were then. The answer knows their columns of then."""
    executor = MigrationExecutor(connections["default"])
    last = _last(executor, nodes)
    executor.migrate(last)
    return executor.loader.project_state(last).apps


def columns_of(nodes: Iterable[Node], alias: str) -> Apps:
    """The tables as these migrations left them, which need not be the newest: a backup is made before an upgrade too."""
    executor = MigrationExecutor(connections[alias])
    return executor.loader.project_state(_last(executor, nodes)).apps


def _last(executor: MigrationExecutor, nodes: Iterable[Node]) -> list[Node]:
    there = set(nodes) & set(executor.loader.graph.nodes)
    return [one for one in sorted(there) if not any(child in there for child in _same_app(executor, one))]


def _same_app(executor: MigrationExecutor, node: Node) -> Iterator[Node]:
    for child in executor.loader.graph.node_map[node].children:
        key = child.key
        if key[0] == node[0]:
            yield key


def put(model: type[models.Model], lines: Iterable[bytes]) -> int:
    """The lines as rows, with the moments that they had; how many."""
    for field in model._meta.concrete_fields:
        if isinstance(field, models.DateField):
            field.auto_now = field.auto_now_add = False
    batch: list[models.Model] = []
    count = 0
    for line in lines:
        batch.append(_row(model, json.loads(line)))
        count += 1
        if len(batch) == _AT_ONCE:
            model._base_manager.bulk_create(batch)
            batch.clear()
    model._base_manager.bulk_create(batch)
    return count


def _row(model: type[models.Model], values: Mapping[str, Any]) -> models.Model:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return model(**{name: _value(fields[name], value) for name, value in values.items()})


def _value(field: Any, value: Any) -> Any:
    if isinstance(field, models.JSONField):
        return Value(None, models.JSONField()) if value is None and not field.null else value
    return field.to_python(value)


def count_on(connection: BaseDatabaseWrapper, made: Iterable[type[models.Model]]) -> None:
    """New rows get numbers after those that were put back."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(made)):
            cursor.execute(statement)
