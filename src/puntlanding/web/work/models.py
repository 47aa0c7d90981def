"""What was asked, how far it is and what came of it. The row says what is true; the queue only says whom to wake."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from puntlanding.web.desk.models import Collective, User, Year

Asked = str | int | bool | list[Any] | None


class JobState(models.TextChoices):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


BUSY = (JobState.QUEUED, JobState.RUNNING)


class Worker(models.Model):
    """A process that does work, as long as it says so itself: ``seen`` is its last word. ``place`` and ``pid`` tell on the same machine
    at once that it is gone.
    """

    name = models.CharField(max_length=64, primary_key=True)
    place = models.CharField(max_length=200)
    pid = models.PositiveIntegerField()
    born = models.CharField(max_length=40)
    started = models.DateTimeField()
    seen = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Job(models.Model):
    """One piece of work, for the eyes of whom it was made: ``detail`` and ``group`` are what who asked could see, ``needs`` what else
    a reader must be allowed.

    ``firm``: it is writing, outside of its own files, what stays: from then on it cannot be cancelled, also where it is begun again.
    ``key`` tells whether two ask for the same. ``attempt`` counts beginnings: the files of an attempt that another has overtaken are
    nobody's. ``task`` is the row of the queue. ``files``: name → [sha256, bytes]; ``swept``: when they were cleared.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    work = models.CharField(max_length=40)
    collective = models.ForeignKey(Collective, models.PROTECT, related_name="jobs")
    year = models.ForeignKey(Year, models.PROTECT, null=True, related_name="jobs")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    asked: models.JSONField[Mapping[str, Asked], Mapping[str, Asked]] = models.JSONField(default=dict)
    key = models.CharField(max_length=64)
    detail = models.CharField(max_length=10)
    group = models.CharField(max_length=200, blank=True)
    needs: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    done = models.PositiveBigIntegerField(default=0)
    of = models.PositiveBigIntegerField(default=0)
    what: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    cancel_asked = models.BooleanField(default=False)
    firm = models.BooleanField(default=False, db_default=False)
    task = models.UUIDField(null=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    lost = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=64, blank=True)
    started = models.DateTimeField(null=True)
    finished = models.DateTimeField(null=True)
    problems: models.JSONField[Sequence[Mapping[str, str]], Sequence[Mapping[str, str]]] = models.JSONField(
        default=list
    )
    files: models.JSONField[Mapping[str, Sequence[Any]], Mapping[str, Sequence[Any]]] = models.JSONField(default=dict)
    swept = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["collective", "-at"], name="work_newest"),
            models.Index(fields=["state"], name="work_busy", condition=Q(state__in=("queued", "running"))),
        ]

    def __str__(self) -> str:
        return f"{self.work} {self.pk}"

    @property
    def busy(self) -> bool:
        return self.state in BUSY
