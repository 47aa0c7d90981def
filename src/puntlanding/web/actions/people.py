"""What an administrator does with who may come in. Nobody does it to themselves: that takes a second administrator.

So the last administrator cannot lock everybody out, and who sees no figures cannot give themselves a role that does.
"""

from __future__ import annotations

from collections.abc import Iterable

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.urls import reverse

from puntlanding.problems import InputError, Problem, near_miss
from puntlanding.web.access import Access
from puntlanding.web.actions.accounts import (
    PLACE,
    add_account,
    close_account,
    give_role,
    new_password,
    set_password,
    take_role,
)
from puntlanding.web.actions.allowed import require
from puntlanding.web.audit import EventKind, record
from puntlanding.web.desk.models import Collective, Membership, User
from puntlanding.web.rules import Permission, Role
from puntlanding.web.sign_ins import told_of

LONGEST_NAME = 100


def add_person(
    access: Access, email: str, display_name: str, role: Role, group: str = "", *, groups: Iterable[str] = ()
) -> tuple[Membership, str]:
    """Their role, and the address at which they choose a password; "" for who has an account already and keeps its password.

    ``groups``: those there are. Raises InputError with everything that is wrong.
    """
    require(access, Permission.ADMINISTER)
    found = [*_wrong_group(group, groups)]
    if not 0 < len(display_name.strip()) <= LONGEST_NAME or not display_name.strip().isprintable():
        found.append(Problem("account_name", PLACE, value=display_name[:LONGEST_NAME]))
    address = email.strip().lower()
    if Membership.objects.filter(user__email=address, collective=access.collective).exists():
        found.append(Problem("account_role_already", PLACE, value=address))
    if found:
        raise InputError(found)
    with transaction.atomic():
        _still(access)
        known = User.objects.filter(email=address).first()
        if known is not None and not known.is_active:
            raise InputError([Problem("account_closed_already", PLACE, value=address)])
        user = known or add_account(address, display_name, new_password(), by=access.user, where=access.collective)
        member = give_role(user, access.collective, role, group, by=access.user)
        return member, "" if known else _link(access, user)


def change_role(access: Access, member: Membership, role: Role, group: str = "", *, groups: Iterable[str] = ()) -> None:
    wrong = _wrong_group(group, groups)
    if wrong:
        raise InputError(wrong)
    with transaction.atomic():
        user = _of(access, member)
        give_role(user, access.collective, role, group, by=access.user)


def end_role(access: Access, member: Membership) -> None:
    """They have nothing to do with this collective any more; another collective's role and the account stay."""
    with transaction.atomic():
        _of(access, member)
        take_role(member, by=access.user)


def new_link(access: Access, member: Membership) -> str:
    """Where they choose a new password, once. What they had before no longer opens anything, nor does an earlier address."""
    with transaction.atomic():
        user = _wholly(access, member)
        if not user.is_active:
            raise InputError([Problem("account_closed_already", PLACE, value=user.email)])
        return _link(access, user)


def reset_second_factor(access: Access, member: Membership) -> None:
    """For who lost their telephone: at the next log-in they set a new one. Every session of theirs ends."""
    with transaction.atomic():
        user = _wholly(access, member)
        _without_factor(user)
        record(EventKind.SECOND_FACTOR_RESET, access.user, access.collective, {"account": user.pk})


def take_second_factor(user: User) -> None:
    """By who runs the machine: for the last administrator, whom nobody here can help."""
    with transaction.atomic():
        _without_factor(user)
        told_of(EventKind.SECOND_FACTOR_RESET, user, None)


def open_account(user: User, password: str) -> None:
    """By who runs the machine. Raises InputError where it is open, and for a weak password."""
    if user.is_active:
        raise InputError([Problem("account_open_already", PLACE, value=user.email)])
    with transaction.atomic():
        user.is_active = True
        user.save(update_fields=["is_active"])
        set_password(user, password)
        told_of(EventKind.ACCOUNT_REOPENED, user, None)


def _without_factor(user: User) -> None:
    there = Authenticator.objects.filter(user=user)
    if not there.exists():
        raise InputError([Problem("no_second_factor", PLACE, value=user.email)])
    there.delete()
    end_sessions(user)


def close_person(access: Access, member: Membership) -> None:
    with transaction.atomic():
        user = _wholly(access, member)
        if not user.is_active:
            raise InputError([Problem("account_closed_already", PLACE, value=user.email)])
        end_sessions(user)
        close_account(user, by=access.user, where=access.collective)


def reopen_person(access: Access, member: Membership) -> str:
    """With the role that they had; the address at which they choose a password."""
    with transaction.atomic():
        user = _wholly(access, member)
        if user.is_active:
            raise InputError([Problem("account_open_already", PLACE, value=user.email)])
        user.is_active = True
        user.save(update_fields=["is_active"])
        record(EventKind.ACCOUNT_REOPENED, access.user, access.collective, {"account": user.pk})
        return _link(access, user)


def end_sessions(user: User, besides: str = "") -> int:
    """On every machine but that of the session ``besides``; how many there were."""
    there = list(UserSession.objects.filter(user=user).exclude(session_key=besides))
    for one in there:
        one.end()
    return len(there)


def _link(access: Access, user: User) -> str:
    """allauth's own page for a forgotten password: its key hangs on the password that is there now, and on the time."""
    user.set_unusable_password()
    user.save(update_fields=["password"])
    record(EventKind.PASSWORD_LINK_MADE, access.user, access.collective, {"account": user.pk})
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return reverse("account_reset_password_from_key", kwargs=key)


def _still(access: Access) -> None:
    """Of two administrators who take each other's role at once, the second has none any more."""
    require(access, Permission.ADMINISTER)
    Collective.objects.select_for_update().get(pk=access.collective.pk)
    now = Membership.objects.filter(user=access.user, collective=access.collective, user__is_active=True).first()
    if now is None or not Access.of(now).may(Permission.ADMINISTER):
        raise InputError([Problem("not_yours", PLACE)])


def _of(access: Access, member: Membership) -> User:
    """Raises InputError for the administrator themselves, and for somebody of another collective."""
    _still(access)
    if member.collective_id != access.collective.pk:
        raise InputError([Problem("not_yours", PLACE)])
    if member.user_id == access.user.pk:
        raise InputError([Problem("own_account", PLACE)])
    return User.objects.select_for_update().get(pk=member.user_id)


def _wholly(access: Access, member: Membership) -> User:
    """What is of the whole account is decided by who administers every collective that it belongs to."""
    user = _of(access, member)
    others = Membership.objects.filter(user=user).exclude(collective=access.collective).values("collective")
    mine = Membership.objects.filter(user=access.user, role=Role.ADMINISTRATOR.value, collective__in=others)
    if others.count() > mine.count():
        raise InputError([Problem("account_elsewhere", PLACE, value=user.email)])
    return user


def _wrong_group(group: str, groups: Iterable[str]) -> list[Problem]:
    there = list(groups)
    if not group or group in there:
        return []
    return [Problem("role_group_unknown", PLACE, value=group, details={"close": near_miss(group, there)})]
