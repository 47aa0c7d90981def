"""The log: one line per action, in the same transaction; nothing that is here is ever changed or taken out.

Each line's hash is over the line and the hash of the line before. The head, a row of its own, is locked by who writes: so numbers have
no gaps, and lines that are cut off the end show.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import timezone

from puntlanding.web.desk.models import HASH, Collective, Event, Head, User

START = "0" * HASH
Detailed = str | int | bool | None


class EventKind(StrEnum):
    COLLECTIVE_ADDED = "collective_added"
    ACCOUNT_ADDED = "account_added"
    PASSWORD_SET = "password_set"  # noqa: S105  the name of an event
    PASSWORD_LINK_MADE = "password_link_made"  # noqa: S105  the names of events
    PASSWORD_CHANGED = "password_changed"  # noqa: S105
    SECOND_FACTOR_ADDED = "second_factor_added"
    SECOND_FACTOR_REMOVED = "second_factor_removed"
    SECOND_FACTOR_RESET = "second_factor_reset"
    RECOVERY_CODES_MADE = "recovery_codes_made"
    SECOND_FACTOR_FAILED = "second_factor_failed"
    LOGGED_IN = "logged_in"
    LOG_IN_FAILED = "log_in_failed"
    LOCKED_OUT = "locked_out"
    SESSIONS_ENDED = "sessions_ended"
    ACCOUNT_CLOSED = "account_closed"
    ACCOUNT_REOPENED = "account_reopened"
    ROLE_GIVEN = "role_given"
    ROLE_TAKEN = "role_taken"
    YEAR_OPENED = "year_opened"
    SOURCE_CHOSEN = "source_chosen"
    DELIVERY_RECEIVED = "delivery_received"
    DELIVERY_CHECKED = "delivery_checked"
    DELIVERY_REFUSED = "delivery_refused"
    DELIVERY_LOADED = "delivery_loaded"
    DELIVERY_WITHDRAWN = "delivery_withdrawn"
    PLANNED_EVENT_ADDED = "planned_event_added"
    PLANNED_EVENT_CHANGED = "planned_event_changed"
    PLANNED_EVENT_ENDED = "planned_event_ended"
    VERSION_ADDED = "version_added"
    VERSION_PROPOSED = "version_proposed"
    VERSION_WITHDRAWN = "version_withdrawn"
    VERSION_APPROVED = "version_approved"
    VERSION_REFUSED = "version_refused"
    VERSION_FINAL = "version_final"
    VERSION_SUPERSEDED = "version_superseded"
    WORK_DONE = "work_done"
    TOKEN_ADDED = "token_added"  # noqa: S105  the names of events
    TOKEN_CLOSED = "token_closed"  # noqa: S105


def record(
    kind: EventKind, actor: User | None, collective: Collective | None, details: Mapping[str, Detailed]
) -> Event:
    """Write the line. Within a transaction only, so that it is there when what it tells is there, and not otherwise."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a line of the log stands in the transaction of what it tells")
    Head.objects.get_or_create(pk=1)
    head = Head.objects.select_for_update().get(pk=1)
    event = Event(
        number=head.number + 1,
        at=timezone.now(),
        actor=actor,
        collective=collective,
        kind=kind.value,
        details=dict(details),
        before=head.hash,
    )
    event.hash = hash_of(event)
    event.save(force_insert=True)
    head.number, head.hash = event.number, event.hash
    head.save()
    return event


def hash_of(event: Event) -> str:
    """SHA-256 over the line as JSON with sorted keys: what it says, its number, moment, who, and the hash before it."""
    text = json.dumps(content_of(event), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def content_of(event: Event) -> dict[str, Any]:
    return {
        "nummer": event.number,
        "moment": _moment(event.at),
        "wie": event.actor_id,
        "gremium": event.collective_id,
        "soort": event.kind,
        "gegevens": event.details,
        "vorige": event.before,
    }


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


@dataclass(frozen=True, slots=True)
class Verdict:
    """``broken``: the number of the first line that is not as it was written; None where all are."""

    lines: int
    broken: int | None


def verified(lines: Iterable[Event] | None = None) -> Verdict:
    """Work the whole log out again, from its first line to its head."""
    number, before = 0, START
    for event in Event.objects.order_by("number").iterator() if lines is None else lines:
        if event.number != number + 1 or event.before != before or event.hash != hash_of(event):
            return Verdict(number, number + 1)
        number, before = event.number, event.hash
    head = Head.objects.filter(pk=1).first()
    ends = (head.number, head.hash) if head is not None else (0, START)
    return Verdict(number, None if ends == (number, before) else number + 1)
