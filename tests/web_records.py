"""A delivery to test with: loaded, so that nothing that is asked of it changes anything."""

from __future__ import annotations

from datetime import date


def sample():
    from django.utils import timezone

    from puntlanding.web.deliveries.models import Delivery
    from puntlanding.web.desk.models import Membership, Year

    year = Year.objects.get(collective__name="MSB Voorbeeld", year=2026)
    found = Delivery.objects.filter(year=year, state="loaded").first()
    if found is None:
        by = Membership.objects.get(collective=year.collective, role="hospital_finance").user
        now = timezone.now()
        found = Delivery.objects.create(
            year=year, as_of=date(2026, 3, 31), by=by, at=now, state="loaded", ended=now, ended_by=by, content_hash="0" * 64
        )  # fmt: skip
    return found
