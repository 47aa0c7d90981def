"""A planned event, for who walks every address."""

from __future__ import annotations

from datetime import date


def sample():
    """The first of the demonstration's year: written as a row only, so that the log has no line of it."""
    from django.utils import timezone

    from puntlanding.web.desk.models import PlannedEvent, User, Year

    year = Year.objects.get(year=2026, collective__name="MSB Voorbeeld")
    there = PlannedEvent.objects.filter(year=year, number=1).first()
    return there or PlannedEvent.objects.create(
        year=year, number=1, first=date(2026, 7, 1), last=date(2026, 7, 31), capacity=8000, reason="proef",
        by=User.objects.get(memberships__role="collective_controller"), at=timezone.now(),
    )  # fmt: skip
