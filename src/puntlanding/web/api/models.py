"""Tokens are rows of their own: who reads by a program, on whose behalf, and until when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from puntlanding.web.desk.models import HASH, Collective, User


class Token(models.Model):
    """With which a program reads on behalf of ``user``, within ``scopes`` (permissions, with blanks between). What is kept is its hash."""

    collective = models.ForeignKey(Collective, models.PROTECT, related_name="tokens")
    user = models.ForeignKey(User, models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=100)
    scopes = models.CharField(max_length=200)
    hash = models.CharField(max_length=HASH, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["collective", "name"], condition=Q(closed_at__isnull=True), name="token_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
