"""Who may come in, and with which role."""

from __future__ import annotations

import secrets

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from puntlanding.problems import InputError, Problem
from puntlanding.web.audit import Detailed, EventKind, record
from puntlanding.web.desk.models import Collective, Membership, User
from puntlanding.web.rules import RULES, Detail, Role

PLACE = "account"


def new_password() -> str:
    """Four times five letters and digits: enough to guess for ever, and to read out over the telephone."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(5)) for _ in range(4))


def add_account(
    email: str, display_name: str, password: str, *, by: User | None = None, where: Collective | None = None
) -> User:
    """``where``: in whose log it stands; None for the installation's. Raises InputError for an address that is none or is in use, and for a weak password."""
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise InputError([Problem("account_email", PLACE, value=email)]) from error
    with transaction.atomic():
        if User.objects.filter(email=address).exists():
            raise InputError([Problem("account_exists", PLACE, value=address)])
        user = User(email=address, display_name=display_name.strip() or address)
        _set_password(user, password)
        user.save()
        record(EventKind.ACCOUNT_ADDED, by, where, {"account": user.pk})
    return user


def set_password(user: User, password: str, *, by: User | None = None) -> None:
    """Also ends every session of theirs, because Django's sessions hang on the password."""
    with transaction.atomic():
        _set_password(user, password)
        user.save(update_fields=["password"])
        record(EventKind.PASSWORD_SET, by, None, {"account": user.pk})


def _set_password(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise InputError([Problem("account_password", PLACE)]) from error
    user.set_password(password)


def close_account(user: User, *, by: User | None = None, where: Collective | None = None) -> None:
    """They can no longer log in, and sessions of theirs no longer count, nor does a link to choose a password; what they did stays
    theirs.
    """
    with transaction.atomic():
        user.is_active = False
        user.set_unusable_password()
        user.save(update_fields=["is_active", "password"])
        record(EventKind.ACCOUNT_CLOSED, by, where, {"account": user.pk})


def give_role(user: User, collective: Collective, role: Role, group: str = "", *, by: User | None = None) -> Membership:
    """The role that they have from now on at ``collective``; the one before it is no longer theirs.

    Raises InputError where the role shows one group and none is named, or the other way round.
    """
    if (RULES[role].detail is Detail.OWN) != bool(group):
        code = "role_without_group" if RULES[role].detail is Detail.OWN else "role_with_group"
        raise InputError([Problem(code, PLACE, value=group or None, details={"role": RULES[role].name})])
    with transaction.atomic():
        membership, _ = Membership.objects.update_or_create(
            user=user, collective=collective, defaults={"role": role.value, "group": group}
        )
        told: dict[str, Detailed] = {"account": user.pk, "role": role.value, "group": group}
        record(EventKind.ROLE_GIVEN, by, collective, told)
    return membership


def take_role(membership: Membership, *, by: User | None = None) -> None:
    with transaction.atomic():
        told: dict[str, Detailed] = {"account": membership.user_id, "role": membership.role, "group": membership.group}
        collective = membership.collective
        membership.delete()
        record(EventKind.ROLE_TAKEN, by, collective, told)
