"""The log is only ever added to: not through the application, not around it, and where somebody does it all the same, it shows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

pytestmark = pytest.mark.integration

STATEMENTS = [
    "UPDATE desk_event SET kind = 'niets' WHERE number = 3",
    "UPDATE desk_event SET details = '{}' WHERE number = 3",
    "DELETE FROM desk_event WHERE number = 3",
    "DELETE FROM desk_event",
    "UPDATE desk_approval SET content_hash = 'x'",
    "UPDATE desk_approval SET user_id = 1",
    "DELETE FROM desk_approval",
    "UPDATE desk_version SET content_hash = 'x'",
    "UPDATE desk_version SET snapshot = 'x' WHERE number = 1",
    "UPDATE desk_version SET by_id = 1",
    "UPDATE desk_version SET note = 'anders'",
    "DELETE FROM desk_version",
]
CASCADED = "TRUNCATE desk_event, desk_approval, desk_version CASCADE"


def rows():
    from puntlanding.web.desk.models import Approval, Event, Version

    return [list(model.objects.order_by("pk").values_list()) for model in (Event, Approval, Version)]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_refuses(any_desk, statement):
    from django.db import DatabaseError, connection, transaction

    before = rows()
    with (
        pytest.raises(DatabaseError, match="kept as it was written"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert rows() == before


def test_postgresql_refuses_to_empty_them_too(any_desk):
    from django.db import DatabaseError, connection, transaction

    if connection.vendor != "postgresql":
        return  # SQLite has no such statement
    with (
        pytest.raises(DatabaseError, match="kept as it was written"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(CASCADED)


def test_the_application_refuses(desk):
    from puntlanding.web.desk.models import Event, UnchangeableError

    event = Event.objects.first()
    event.kind = "niets"
    for change in (event.save, event.delete, Event.objects.all().delete, lambda: Event.objects.update(kind="niets")):
        with pytest.raises(UnchangeableError):
            change()


def test_bulk_updates_are_refused_as_well(any_desk):
    from django.db import DatabaseError, transaction

    from puntlanding.web.desk.models import Event, UnchangeableError

    event = Event.objects.first()
    event.kind = "niets"
    with pytest.raises((DatabaseError, UnchangeableError)), transaction.atomic():
        Event.objects.bulk_update([event], ["kind"])


def test_every_line_of_the_demonstration_is_in_its_place(any_desk):
    from puntlanding.web.audit import verified
    from puntlanding.web.desk.models import Event

    verdict = verified()
    assert (verdict.lines, verdict.broken) == (Event.objects.count(), None)
    assert verdict.lines > 20


def without_triggers(*statements):
    """What somebody could do who owns the database."""
    from django.db import connection

    with connection.cursor() as cursor:
        for what in ("update", "delete"):
            cursor.execute(
                f"DROP TRIGGER desk_event_{what}" + (" ON desk_event" if connection.vendor == "postgresql" else "")
            )
        for statement in statements:
            cursor.execute(statement)


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE desk_event SET kind = 'account_closed' WHERE number = 5", 5),
        ("UPDATE desk_event SET actor_id = 1 WHERE number = (SELECT max(number) FROM desk_event)", "last"),
        ("UPDATE desk_event SET at = '2020-01-01 00:00:00+00' WHERE number = 1", 1),
        ("DELETE FROM desk_event WHERE number = 7", 7),
        ("DELETE FROM desk_event WHERE number = (SELECT max(number) FROM desk_event)", "last"),
        ("DELETE FROM desk_event", 1),
    ],
)
def test_a_line_that_was_changed_or_taken_out_shows(any_desk, statement, broken):
    from puntlanding.web.audit import verified
    from puntlanding.web.desk.models import Event

    last = Event.objects.count()
    without_triggers(statement)
    assert verified().broken == (last if broken == "last" else broken)


def test_a_line_is_there_when_what_it_tells_is_there_and_not_otherwise(any_desk):
    from django.db import transaction

    from puntlanding.web.audit import EventKind, record, verified
    from puntlanding.web.desk.models import Event

    before = Event.objects.count()
    with pytest.raises(RuntimeError, match="transaction"):
        record(EventKind.YEAR_OPENED, None, None, {"year": 2030})

    def fails_afterwards():
        with transaction.atomic():
            record(EventKind.YEAR_OPENED, None, None, {"year": 2030})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails_afterwards()
    assert Event.objects.count() == before
    assert verified().broken is None


def test_lines_written_at_the_same_moment_follow_each_other(any_desk):
    from django.db import connections, transaction

    from puntlanding.web.audit import EventKind, record, verified
    from puntlanding.web.desk.models import Event

    def write(n):
        try:
            with transaction.atomic():
                record(EventKind.YEAR_OPENED, None, None, {"year": n})
        finally:
            connections.close_all()

    before = Event.objects.count()
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(write, range(40)))
    assert verified().broken is None
    assert Event.objects.count() == before + 40
