"""Who came in and who did not, in the log: what allauth tells of it, and the adapter (`adapters.py`) of what failed.

What was typed is never kept. An address that is nobody's here is kept as a mark under the installation's key: the same one can be
recognised, and nobody can read it back.
"""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.account.authentication import get_authentication_records
from allauth.mfa import signals as second_factor
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from puntlanding.web.audit import Detailed, EventKind, record
from puntlanding.web.desk.models import Collective, User

MARK = 12  # signs
QUIET = 300  # seconds: as long as somebody is locked out, once is enough


def connect() -> None:
    account.user_logged_in.connect(_logged_in, dispatch_uid="sign_ins")
    for signal in (account.password_changed, account.password_set, account.password_reset):
        signal.connect(_password_changed, dispatch_uid="sign_ins")
    second_factor.authenticator_added.connect(_factor_added, dispatch_uid="sign_ins")
    second_factor.authenticator_removed.connect(_factor_removed, dispatch_uid="sign_ins")
    second_factor.authenticator_reset.connect(_factor_added, dispatch_uid="sign_ins")
    second_factor.authentication_failed.connect(_code_failed, dispatch_uid="sign_ins")


def told_of(kind: EventKind, user: User, actor: User | None, **details: Detailed) -> None:
    """A line in the log of each collective that ``user`` belongs to; in the installation's own where there is none."""
    found: list[Collective | None] = list(Collective.objects.filter(memberships__user=user).order_by("pk"))
    with transaction.atomic():
        for one in found or [None]:
            record(kind, actor, one, {"account": user.pk, **details})


def failed(address: str) -> None:
    _failed(EventKind.LOG_IN_FAILED, address)


def locked_out(address: str) -> None:
    """Once while it lasts: whoever goes on trying must not fill the log."""
    if cache.add(f"locked:{mark_of(address)}", 1, QUIET):
        _failed(EventKind.LOCKED_OUT, address)


def mark_of(address: str) -> str:
    return salted_hmac("puntlanding.web.sign_ins", address.strip().lower(), algorithm="sha256").hexdigest()[:MARK]


def _failed(kind: EventKind, address: str) -> None:
    user = User.objects.filter(email=address.strip().lower()).first()
    if user is not None:
        told_of(kind, user, None)
        return
    with transaction.atomic():
        record(kind, None, None, {"address": mark_of(address)})


def _logged_in(request: HttpRequest, user: User, **_: Any) -> None:
    methods = {str(one.get("method")) for one in get_authentication_records(request, user)}
    method = "own_log_in" if "socialaccount" in methods else "second_factor" if "mfa" in methods else "password"
    told_of(EventKind.LOGGED_IN, user, user, method=method)


def _password_changed(user: User, **_: Any) -> None:
    told_of(EventKind.PASSWORD_CHANGED, user, user)


def _factor_added(user: User, authenticator: Any, **_: Any) -> None:
    codes = authenticator.type == "recovery_codes"
    told_of(EventKind.RECOVERY_CODES_MADE if codes else EventKind.SECOND_FACTOR_ADDED, user, user)


def _factor_removed(user: User, authenticator: Any, **_: Any) -> None:
    """Recovery codes go with the second factor that they are for."""
    if authenticator.type != "recovery_codes":
        told_of(EventKind.SECOND_FACTOR_REMOVED, user, user)


def _code_failed(user: User, **_: Any) -> None:
    told_of(EventKind.SECOND_FACTOR_FAILED, user, None)
