"""Access tokens: with which a program reads on somebody's behalf, and never more than that person may."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from puntlanding.problems import InputError, Problem, near_miss
from puntlanding.web.access import Access
from puntlanding.web.api.models import Token
from puntlanding.web.audit import EventKind, record
from puntlanding.web.desk.models import Collective, User
from puntlanding.web.rules import Permission

PLACE, PREFIX = "token", "pl_"
DAYS, MOST_DAYS, LONGEST_NAME = 365, 730, 100
SCOPES: Mapping[Permission, tuple[str, str]] = {
    Permission.SEE_YEAR: ("jaar", "year"),
    Permission.SEE_AGREEMENT: ("afspraak", "agreement"),
    Permission.SEE_DISTRIBUTION: ("verdeling", "distribution"),
}


def hash_of(secret: str) -> str:
    """A token is as long as its hash is strong: there is nothing to guess, so nothing to slow down."""
    return hashlib.sha256(secret.encode()).hexdigest()


def scopes_of(names: Iterable[str]) -> frozenset[Permission]:
    """By name in either language. Raises InputError for one that does not exist."""
    known = {name: one for one, pair in SCOPES.items() for name in (*pair, one.value)}
    typed = [name.strip().lower() for name in names]
    unknown = [name for name in typed if name not in known]
    if unknown:
        allowed = tuple(", ".join(pair[which] for pair in SCOPES.values()) for which in (0, 1))
        raise InputError(
            [
                Problem(
                    "token_scope_unknown",
                    "--scope",
                    value=name,
                    details={"close": near_miss(name, known), "allowed": allowed},
                )
                for name in unknown
            ]
        )
    return frozenset(known[name] for name in typed)


def add_token(
    access: Access, name: str, scopes: Iterable[Permission] = (), days: int = DAYS, *, by: User | None = None
) -> tuple[Token, str]:
    """The token and what its client sends, which is kept nowhere. Without ``scopes`` all that the role of ``access`` may read.

    Raises InputError for a name in use, a time that is too long, and a scope that the role does not have.
    """
    asked, title, now = tuple(scopes) or tuple(filter(access.may, SCOPES)), name.strip(), timezone.now()
    found = []
    if not 0 < len(title) <= LONGEST_NAME or not title.isprintable():
        found.append(Problem("token_name", PLACE, value=name[:LONGEST_NAME]))
    if not 1 <= days <= MOST_DAYS:
        found.append(Problem("token_days", "--days", value=str(days), details={"most": MOST_DAYS}))
    if not asked or not all(one in SCOPES and access.may(one) for one in asked):
        found.append(Problem("token_scope_not_role", "--scope", details={"role": access.rule.name}))
    if found:
        raise InputError(found)
    secret = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        Collective.objects.select_for_update().get(pk=access.collective.pk)
        if _open(access.collective, title) is not None:
            raise InputError([Problem("token_exists", PLACE, value=title)])
        token = Token.objects.create(
            collective=access.collective,
            user=access.user,
            name=title,
            scopes=" ".join(sorted(asked)),
            hash=hash_of(secret),
            made_at=now,
            expires_at=now + timedelta(days=days),
        )
        record(EventKind.TOKEN_ADDED, by, access.collective, _told(token) | {"scopes": token.scopes, "days": days})
    return token, secret


def close_token(collective: Collective, name: str, *, by: User | None = None) -> Token:
    """It opens nothing any more, from the next request on. Raises InputError where there is none of this name."""
    with transaction.atomic():
        Collective.objects.select_for_update().get(pk=collective.pk)
        token = _open(collective, name.strip())
        if token is None:
            names = Token.objects.filter(collective=collective, closed_at=None).values_list("name", flat=True)
            raise InputError([Problem("token_unknown", PLACE, value=name, details={"close": near_miss(name, names)})])
        token.closed_at = timezone.now()
        token.save(update_fields=["closed_at"])
        record(EventKind.TOKEN_CLOSED, by, collective, _told(token))
    return token


def _open(collective: Collective, name: str) -> Token | None:
    return Token.objects.filter(collective=collective, name=name, closed_at=None).first()


def _told(token: Token) -> dict[str, str | int | bool | None]:
    return {"token": token.pk, "name": token.name, "account": token.user_id}
