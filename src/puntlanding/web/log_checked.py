"""How far the log was found whole: worked out a part at a time as people look at it, so that no page waits for years of lines.

Once a day it starts again from the first line, so that a change in what was checked before shows too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from puntlanding.web.audit import START, hash_of
from puntlanding.web.desk.models import Event, Head

AT_ONCE = 2000  # lines: some 50 ms
DAY = 24 * 60 * 60  # seconds
KEPT = "log-checked"


@dataclass(frozen=True, slots=True)
class Checked:
    """``to``: the last line that follows from all before it; ``broken``: the first that does not. ``at``: of the last look."""

    to: int
    broken: int | None
    at: datetime


def checked() -> Checked:
    key = f"{KEPT}:{settings.DATABASES['default']['NAME']}"
    kept = cache.get(key)
    number, before, began = kept or (0, START, timezone.now().timestamp())
    first = Event.objects.filter(number__gt=number).order_by("number")[:AT_ONCE]
    now = timezone.now()
    for event in first:
        if event.number != number + 1 or event.before != before or event.hash != hash_of(event):
            cache.delete(key)
            return Checked(number, number + 1, now)
        number, before = event.number, event.hash
    head = Head.objects.filter(pk=1).first()
    if head is not None and number >= head.number and (head.number, head.hash) != (number, before):
        newer = Event.objects.filter(number__gt=number).exists()  # written while this was looking
        if not newer and Head.objects.filter(pk=1, number=head.number).exists():
            cache.delete(key)
            return Checked(number, head.number + 1, now)
    elif head is not None and number < head.number and not Event.objects.filter(number__gt=number).exists():
        cache.delete(key)
        return Checked(number, number + 1, now)
    left = int(began + DAY - now.timestamp())
    if left > 0 and kept != (number, before, began):  # who only looks writes nothing
        cache.set(key, (number, before, began), left)
    return Checked(number, None, datetime.fromtimestamp(now.timestamp(), UTC))
