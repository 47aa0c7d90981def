"""Decisions are rows: who decided what on which files, and when. The files themselves are snapshots (`snapshots.py`)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from puntlanding.web.rules import Party, Role

HASH = 64


def choices(of: type[Party] | type[Role]) -> list[tuple[str, str]]:
    return [(one.value, one.value) for one in of]


class Users(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """Known by e-mail address; nothing else about a person is needed. Nobody is deleted: who leaves is no longer active."""

    email = models.EmailField(unique=True)
    display_name = models.CharField(max_length=100)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[Users] = Users()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    def __str__(self) -> str:
        return self.display_name


class Collective(models.Model):
    """Specialists and their hospital: the two parties of every agreement."""

    name = models.CharField(max_length=200, unique=True)
    hospital = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name


class Year(models.Model):
    collective = models.ForeignKey(Collective, models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["collective", "year"], name="year_once"),
        ]

    def __str__(self) -> str:
        return f"{self.collective} · {self.year}"


class Source(models.Model):
    """The hospital's records from which the year's forecast comes. It stands beside what is approved and is no part of it.

    ``store`` is a folder of this machine, never shown; ``as_of`` None: as of the last delivery.
    """

    year = models.OneToOneField(Year, models.PROTECT, related_name="source")
    store = models.CharField(max_length=1000)
    hospital = models.CharField(max_length=40)
    as_of = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.year} · {self.hospital}"


class PlannedEvent(models.Model):
    """What makes capacity in a period other than usual, as somebody said it for the forecast; no part of what is approved.

    Append-only: a change is a new row that ``replaces`` the one before it, an end is one with ``ended``. ``number`` names it to people
    within its year. ``capacity``: hundredths of a percent of the usual. ``group`` empty: every group.
    """

    year = models.ForeignKey(Year, models.PROTECT, related_name="planned_events")
    number = models.PositiveIntegerField()
    first = models.DateField()
    last = models.DateField()
    group = models.CharField(max_length=200, blank=True)
    capacity = models.PositiveIntegerField()
    reason = models.CharField(max_length=300)
    ended = models.BooleanField(default=False)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["year", "number"], condition=Q(replaces__isnull=True), name="event_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} · {self.number}"


class Membership(models.Model):
    """``group`` is the group of whoever sees their own group only."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    collective = models.ForeignKey(Collective, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=30, choices=choices(Role))
    group = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "collective"], name="membership_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.role}"


class Kind(models.TextChoices):
    BUDGET = "budget"
    AGREEMENT = "agreement"
    ADJUSTMENT = "adjustment"
    SETTLEMENT = "settlement"


class State(models.TextChoices):
    DRAFT = "draft"
    PROPOSED = "proposed"
    REFUSED = "refused"
    FINAL = "final"
    SUPERSEDED = "superseded"


class Version(models.Model):
    """What was put before both parties. Only its state ever changes; the database refuses anything else.

    ``snapshot`` is the hash of the files; ``content_hash`` that of what they say (agreement and data, as every result names them).
    """

    year = models.ForeignKey(Year, models.PROTECT, related_name="versions")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    number = models.PositiveIntegerField()
    snapshot = models.CharField(max_length=HASH)
    content_hash = models.CharField(max_length=HASH)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["year", "kind", "number"], name="version_number_once"),
            models.UniqueConstraint(fields=["year", "kind"], condition=Q(state="final"), name="one_final_version"),
            models.UniqueConstraint(
                fields=["year", "kind"], condition=Q(state="proposed"), name="one_proposed_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} · {self.kind} {self.number}"


class Approval(models.Model):
    """One party's word on one content. Never changed, never taken back: who changes their mind needs a new version."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="approvals")
    party = models.CharField(max_length=10, choices=choices(Party))
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    content_hash = models.CharField(max_length=HASH)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["version", "party"], name="one_word_per_party"),
        ]

    def __str__(self) -> str:
        return f"{self.version} · {self.party}"


class UnchangeableError(Exception):
    """Somebody's code tried to change the log."""


class _Appended(models.QuerySet["Event"]):
    def update(self, **kwargs: Any) -> int:
        raise UnchangeableError

    def delete(self) -> tuple[int, dict[str, int]]:
        raise UnchangeableError


class Event(models.Model):
    """One line of the log. Each carries the hash of the one before, so that a line that is changed or missing shows."""

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    collective = models.ForeignKey(Collective, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=40)
    details = models.JSONField(default=dict)
    before = models.CharField(max_length=HASH)
    hash = models.CharField(max_length=HASH, unique=True)

    objects = _Appended.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]

    def __str__(self) -> str:
        return f"{self.number} · {self.kind}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise UnchangeableError
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise UnchangeableError


class Head(models.Model):
    """The end of the log: one row, locked by who writes the next line, so that lines cut off the end show too."""

    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=HASH, default="0" * HASH)

    def __str__(self) -> str:
        return str(self.number)
