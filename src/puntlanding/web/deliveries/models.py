"""What was delivered: by whom, as of when, what the checks said, and what became of it. No patient is in a row."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from puntlanding.web.desk.models import HASH, User, Year


class DeliveryState(models.TextChoices):
    RECEIVED = "received"
    CHECKED = "checked"
    REFUSED = "refused"
    LOADED = "loaded"
    WITHDRAWN = "withdrawn"


OPEN = (DeliveryState.RECEIVED, DeliveryState.CHECKED)  # its files are still there


class Delivery(models.Model):
    """``files``: [name, bytes, SHA-256] of what was sent; ``key`` opens them as they lie sealed, and is gone when they are.

    ``report`` is the outcome of the checks and ``report_hash`` what was on the page of who confirmed it. ``problems``: why it could not be
    read at all. ``loaded``: what came of it in the store.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    year = models.ForeignKey(Year, models.PROTECT, related_name="deliveries")
    as_of = models.DateField()
    form = models.CharField(max_length=20, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.RECEIVED)
    ended = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    files: models.JSONField[Sequence[Sequence[Any]], Sequence[Sequence[Any]]] = models.JSONField(default=list)
    content_hash = models.CharField(max_length=HASH)
    key = models.BinaryField(null=True)
    report: models.JSONField[Mapping[str, Any], Mapping[str, Any]] = models.JSONField(default=dict)
    report_hash = models.CharField(max_length=HASH, blank=True)
    problems: models.JSONField[Sequence[Mapping[str, str]], Sequence[Mapping[str, str]]] = models.JSONField(
        default=list
    )
    loaded: models.JSONField[Mapping[str, Any], Mapping[str, Any]] = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["year", "-at"], name="delivery_newest"),
            models.Index(fields=["state"], name="delivery_open", condition=Q(state__in=("received", "checked"))),
        ]

    def __str__(self) -> str:
        return f"{self.year} · {self.as_of}"

    @property
    def open(self) -> bool:
        return self.state in OPEN
