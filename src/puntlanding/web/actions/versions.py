"""A version from its files to a proposal."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from puntlanding.language.notation import Language
from puntlanding.problems import InputError, Problem
from puntlanding.stage import Stage
from puntlanding.web.access import Access
from puntlanding.web.actions.allowed import require
from puntlanding.web.audit import Detailed, EventKind, record
from puntlanding.web.desk.dossiers import content_hash, dossier_of_snapshot, snapshots
from puntlanding.web.desk.models import Kind, State, Version, Year
from puntlanding.web.rules import Permission
from puntlanding.web.snapshots import files_of

# What a version must at least be able to tell before anybody is asked to approve it.
NEEDS: Mapping[Kind, Stage | None] = {
    Kind.BUDGET: Stage.BUDGET,
    Kind.AGREEMENT: None,
    Kind.ADJUSTMENT: Stage.BUDGET,
    Kind.SETTLEMENT: Stage.SETTLE,
}


def add_version(access: Access, year: Year, kind: Kind, files: Mapping[str, bytes] | Path, note: str = "") -> Version:
    """A draft of these files (or those in a folder). The files are kept first: a row never points to what is not there.

    Raises InputError with everything that is wrong in the files, or where they are of another year.
    """
    require(access, Permission.DELIVER)
    snapshot = snapshots().keep(files_of(files) if isinstance(files, Path) else files)
    dossier = dossier_of_snapshot(snapshot, Language.DUTCH)
    if dossier.agreement.year != year.year:
        details = {"asked": year.year}
        raise InputError(
            [Problem("desk_other_year", dossier.agreement.file, value=str(dossier.agreement.year), details=details)]
        )
    with transaction.atomic():
        locked = _locked(access, year)
        last = Version.objects.filter(year=locked, kind=kind).order_by("-number").first()
        version = Version.objects.create(
            year=locked,
            kind=kind,
            number=1 if last is None else last.number + 1,
            snapshot=snapshot,
            content_hash=content_hash(dossier.provenance),
            by=access.user,
            at=timezone.now(),
            note=note[:500],
        )
        record(EventKind.VERSION_ADDED, access.user, access.collective, told(version))
    return version


def propose(access: Access, version: Version, content: str) -> Version:
    """Ask both parties for their word on ``content``. What was proposed before it is withdrawn.

    Raises InputError where it is no draft, where ``content`` is not what the version says, or where it cannot be computed.
    """
    require(access, Permission.PROPOSE)
    needs = NEEDS[Kind(version.kind)]
    if needs is not None:
        lacking = dossier_of_snapshot(version.snapshot, Language.DUTCH).lacking[needs]
        if lacking:
            raise InputError(lacking)
    with transaction.atomic():
        found = locked_version(access, version)
        if found.state != State.DRAFT:
            raise InputError([Problem("version_not_draft", named(found))])
        same_content(found, content)
        for earlier in Version.objects.filter(year=found.year, kind=found.kind, state=State.PROPOSED):
            _state(earlier, State.SUPERSEDED)
            record(EventKind.VERSION_WITHDRAWN, access.user, access.collective, told(earlier))
        _state(found, State.PROPOSED)
        record(EventKind.VERSION_PROPOSED, access.user, access.collective, told(found))
    return found


def locked_version(access: Access, version: Version) -> Version:
    """As it is now, with its year locked: whoever decides on this year waits. Raises InputError for another collective's."""
    _locked(access, version.year)
    return Version.objects.select_for_update().get(pk=version.pk)


def same_content(version: Version, content: str) -> None:
    """Raises InputError where somebody looked at something else, or the kept files are no longer what they were."""
    if content != version.content_hash:
        raise InputError([Problem("version_other_content", named(version))])
    if not snapshots().whole(version.snapshot):
        raise InputError([Problem("version_damaged", named(version))])


def told(version: Version) -> dict[str, Detailed]:
    """What the log says of a version: enough to find it, and what it said."""
    return {
        "version": version.pk,
        "year": version.year.year,
        "kind": version.kind,
        "number": version.number,
        "content_hash": version.content_hash,
        "snapshot": version.snapshot,
    }


def named(version: Version) -> str:
    return f"{version.kind} {version.number}"


def _state(version: Version, state: State) -> None:
    version.state = state
    version.save(update_fields=["state"])


def _locked(access: Access, year: Year) -> Year:
    found = Year.objects.select_for_update().filter(pk=year.pk, collective=access.collective).first()
    if found is None:
        raise InputError([Problem("not_yours", "-")])
    return found
