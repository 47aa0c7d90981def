"""Two parties, one content: final only when both have put their word to exactly the same hash."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from puntlanding.problems import InputError, Problem
from puntlanding.web.access import Access
from puntlanding.web.actions.versions import locked_version, named, same_content, told
from puntlanding.web.audit import EventKind, record
from puntlanding.web.desk.models import Approval, Event, State, Version
from puntlanding.web.rules import Party, Permission


def approve(access: Access, version: Version, content: str) -> Version:
    """The word of the reader's party on ``content``; with the other party's word the version is final.

    Raises InputError where it is not proposed (any more), where ``content`` is not what it says, where somebody of the same party
    was first, and for who prepared it or spoke for the other party in a role that they had before.
    """
    party = _party(access)
    with transaction.atomic():
        found = _proposed(access, version, content)
        _by_another(access, found, party)
        earlier = found.approvals.filter(party=party).select_related("user").first()
        if earlier is not None:
            raise InputError([Problem("approved_already", named(found), details={"who": earlier.user.display_name})])
        Approval.objects.create(
            version=found, party=party, user=access.user, at=timezone.now(), content_hash=found.content_hash
        )
        record(EventKind.VERSION_APPROVED, access.user, access.collective, {**told(found), "party": party.value})
        if _both(found):
            _make_final(access, found)
    return found


def refuse(access: Access, version: Version, content: str, reason: str) -> Version:
    """The reader's party does not agree; a new version is needed. Raises InputError without a reason, and as `approve`."""
    party = _party(access)
    if not reason.strip():
        raise InputError([Problem("refusal_without_reason", named(version))])
    with transaction.atomic():
        found = _proposed(access, version, content)
        found.state = State.REFUSED
        found.save(update_fields=["state"])
        details = {**told(found), "party": party.value, "reason": reason.strip()[:500]}
        record(EventKind.VERSION_REFUSED, access.user, access.collective, details)
    return found


def _party(access: Access) -> Party:
    if access.party is None or not access.may(Permission.APPROVE):
        raise InputError([Problem("not_yours", "-")])
    return access.party


def _by_another(access: Access, version: Version, party: Party) -> None:
    """Two roles never both prepare and decide, nor speak for both parties; one person who had them one after the other neither."""
    proposed = Event.objects.filter(
        kind=EventKind.VERSION_PROPOSED.value,
        actor=access.user,
        collective=access.collective,
        details__version=version.pk,
    )
    if version.by_id == access.user.pk or proposed.exists():
        raise InputError([Problem("approved_own_work", named(version))])
    if version.approvals.exclude(party=party).filter(user=access.user).exists():
        raise InputError([Problem("approved_for_other", named(version))])


def _proposed(access: Access, version: Version, content: str) -> Version:
    found = locked_version(access, version)
    if found.state != State.PROPOSED:
        raise InputError([Problem("version_not_proposed", named(found))])
    same_content(found, content)
    return found


def _both(version: Version) -> bool:
    words = version.approvals.filter(content_hash=version.content_hash)
    return {one.party for one in words} == {party.value for party in Party}


def _make_final(access: Access, version: Version) -> None:
    """What was final before gives way in the same moment."""
    for earlier in Version.objects.filter(year=version.year, kind=version.kind, state=State.FINAL):
        earlier.state = State.SUPERSEDED
        earlier.save(update_fields=["state"])
        record(EventKind.VERSION_SUPERSEDED, access.user, access.collective, told(earlier))
    version.state = State.FINAL
    version.save(update_fields=["state"])
    record(EventKind.VERSION_FINAL, access.user, access.collective, told(version))
