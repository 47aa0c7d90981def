"""What pages ask of the rows. Everything asked for by a number from an address is asked for within the reader's own collective."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from puntlanding.language.notation import Language
from puntlanding.report.dossier import Dossier
from puntlanding.stage import Stage
from puntlanding.web.access import Access
from puntlanding.web.desk.dossiers import dossier_of_snapshot
from puntlanding.web.desk.models import Approval, Event, Kind, Source, State, Version, Year

_NEWEST = (Kind.SETTLEMENT, Kind.ADJUSTMENT, Kind.BUDGET, Kind.AGREEMENT)
_COUNTS = (State.FINAL, State.PROPOSED, State.DRAFT)


def years(access: Access) -> QuerySet[Year]:
    """The newest first."""
    return Year.objects.filter(collective=access.collective).select_related("collective").order_by("-year")


def numbers(access: Access) -> QuerySet[Year, int]:
    """The years they have, the newest first."""
    return Year.objects.filter(collective=access.collective).order_by("-year").values_list("year", flat=True)


def year_of(access: Access, year: int) -> Year:
    """Raises Http404 for a year that their collective does not have."""
    found = years(access).filter(year=year).first()
    if found is None:
        raise Http404
    return found


def versions(year: Year, kind: Kind | str | None = None) -> QuerySet[Version]:
    """The newest first, with who made it and who approved."""
    found = year.versions.select_related("by")  # each has this very year
    found = found.prefetch_related(Prefetch("approvals", Approval.objects.select_related("user")))
    return (found if kind is None else found.filter(kind=kind)).order_by("-number", "kind")


def version_of(access: Access, pk: int) -> Version:
    """Raises Http404 for a version of another collective, as for one that does not exist."""
    found = Version.objects.filter(pk=pk, year__collective=access.collective)
    version = found.select_related("by", "year", "year__collective").prefetch_related("approvals__user").first()
    if version is None:
        raise Http404
    return version


def current(year: Year, kind: Kind | str) -> Version | None:
    """The version that counts: the final one; before there is one, what is proposed; before that, the newest draft."""
    return counting(list(versions(year, kind)), kind)  # a handful, in one go


def counting(found: Sequence[Version], kind: Kind | str) -> Version | None:
    """The same among versions that were read already, the newest first."""
    return next((one for state in _COUNTS for one in found if one.kind == kind and one.state == state), None)


def latest(year: Year) -> Version | None:
    """The version with the newest data."""
    return latest_of(list(versions(year)))


def latest_of(found: Sequence[Version]) -> Version | None:
    """Among the versions of a year, the newest first."""
    return next((one for kind in _NEWEST if (one := counting(found, kind)) is not None), None)


def version_for(year: Year, stage: Stage) -> Version | None:
    """The budget has versions of its own, and an adjustment that both agreed on is the budget; all else comes from the newest data."""
    if stage is not Stage.BUDGET:
        return latest(year)
    found = list(versions(year))
    adjusted = counting(found, Kind.ADJUSTMENT)
    final = adjusted is not None and adjusted.state == State.FINAL
    return adjusted if final else counting(found, Kind.BUDGET) or latest_of(found)


def dossier_of(version: Version, language: Language) -> Dossier:
    """Cached. Raises InputError where the files are no case (any more)."""
    return dossier_of_snapshot(version.snapshot, language)


def source_of(year: Year) -> Source | None:
    """Which records its forecast comes from; None where nobody has said so."""
    found = Source.objects.filter(year=year).first()
    if found is not None:
        found.year = year  # known already
    return found


def events(access: Access) -> QuerySet[Event]:
    """The log of their collective, the newest first."""
    return Event.objects.filter(collective=access.collective).select_related("actor").order_by("-number")
