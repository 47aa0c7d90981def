"""A budget from what somebody is working on to a version: kept on every step, confirmed on exactly what they read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

from django.conf import settings
from django.db import transaction

from puntlanding.agreement.content import plain
from puntlanding.case.model import Case
from puntlanding.case.small_tables import build_norm_times
from puntlanding.case.standing import standing
from puntlanding.case.volume_edits import Edits, amounts, edited_case, edited_files
from puntlanding.language.notation import Language
from puntlanding.norms.norm_times import NormTimes
from puntlanding.norms.product_lines import Remembered
from puntlanding.problems import InputError, Problem
from puntlanding.web.access import Access
from puntlanding.web.actions.allowed import require
from puntlanding.web.actions.versions import add_version
from puntlanding.web.cached import Recent
from puntlanding.web.desk.dossiers import dossier_of_snapshot, snapshots
from puntlanding.web.desk.models import Kind, State, User, Version, Year
from puntlanding.web.desk.queries import versions
from puntlanding.web.presenters.facts import KINDS
from puntlanding.web.rules import Permission
from puntlanding.web.snapshots import files_of
from puntlanding.web.working_copies import StaleError, WorkingCopies, WorkingCopy
from puntlanding.year import Year as Computed

Pair = tuple[str, str]
_LIVING = (State.DRAFT, State.PROPOSED, State.FINAL)
_BUDGETS = frozenset({Kind.BUDGET, Kind.ADJUSTMENT})
_norm_times: Recent[NormTimes] = Recent(4)
_cases: Recent[Case] = Recent(8)
_years: Recent[Computed] = Recent(8)


@dataclass(frozen=True, slots=True)
class Draft:
    """``snapshot``: its files before the ``edits``; ``version``: the one that it started from, and stands beside. ``told``: what whoever
    confirms it is to know of how it was made. ``mark`` is empty where nothing was kept yet.
    """

    kind: Kind
    version: int | None
    snapshot: str
    edits: Edits
    origin: str = "edited"
    told: tuple[Pair, ...] = ()
    mark: str = ""
    at: datetime = datetime(2000, 1, 1, tzinfo=UTC)

    def case(self) -> Case:
        """Raises InputError for a code that has no norm time."""
        case = case_of(self.snapshot)
        return edited_case(case, self.edits, norm_times_in(self.snapshot)) if self.edits else case

    def files(self) -> Mapping[str, bytes]:
        folder = snapshots().folder(self.snapshot)
        return edited_files(folder, dossier_of_snapshot(self.snapshot, Language.DUTCH).case, self.edits)


def case_of(snapshot: str) -> Case:
    """Its case, which keeps what it was asked. Raises InputError where the files are no case (any more)."""
    return _cases.get((str(settings.DATA), snapshot), lambda: _remembered(snapshot))


def year_of_snapshot(snapshot: str) -> Computed:
    """Its figures, worked out once. Raises InputError as `case_of`."""
    return _years.get((str(settings.DATA), snapshot), lambda: Computed(case_of(snapshot)))


def _remembered(snapshot: str) -> Case:
    case = dossier_of_snapshot(snapshot, Language.DUTCH).case
    return case if case.budget is None else replace(case, budget=Remembered(case.budget))


def norm_times_in(snapshot: str) -> NormTimes:
    """What a product that is added is weighed with."""
    return _norm_times.get((str(settings.DATA), snapshot), lambda: _read_norm_times(snapshots().folder(snapshot)))


def _read_norm_times(folder: Path) -> NormTimes:
    table = standing(folder).get("normtijden")
    return NormTimes() if table is None else build_norm_times(table.typed, [])


def base_of(year: Year) -> Version | None:
    """The newest budget that was not refused or replaced; before there is one, the newest version of any kind."""
    for kinds in ((Kind.ADJUSTMENT,), (Kind.BUDGET,), tuple(Kind)):
        found = versions(year).filter(kind__in=kinds, state__in=_LIVING).order_by("-at", "-pk").first()
        if found is not None:
            return found
    return None


def kind_of(year: Year) -> Kind:
    """Once both parties agreed on a budget, what changes it is an adjustment."""
    final = versions(year, Kind.BUDGET).filter(state=State.FINAL).exists()
    return Kind.ADJUSTMENT if final else Kind.BUDGET


def draft_of(access: Access, year: Year) -> Draft | None:
    """What this person is working on in ``year``."""
    require(access, Permission.DELIVER)
    kept = _copies().get(year.pk, access.user.pk)
    return None if kept is None else _draft(kept)


def begun(access: Access, year: Year) -> Draft:
    """The draft, or a new one that nothing was kept of yet. Raises InputError where there is no version to start from."""
    found, base = draft_of(access, year), base_of(year)
    if found is not None:
        return found
    if base is None:
        raise InputError([Problem("budget_no_files", "-")])
    return Draft(kind_of(year), base.pk, base.snapshot, {})


def others_at_work(access: Access, year: Year) -> tuple[tuple[str, datetime], ...]:
    """Who else of the collective has a draft of this year, and since when it is as it is."""
    copies = _copies()
    numbers = [one for one in copies.users(year.pk) if one != access.user.pk]
    names = dict(User.objects.filter(pk__in=numbers).values_list("pk", "display_name"))
    kept = ((one, copies.get(year.pk, one)) for one in numbers)
    return tuple((names.get(one, ""), copy.at) for one, copy in kept if copy is not None)


def change(access: Access, year: Year, was: str, edits: Edits) -> Draft:
    """With ``edits`` too; one that says what the files say already goes. ``was``: the mark of what the page had.

    Raises StaleError where it was changed in another window, and InputError for a code without a norm time: then nothing is kept.
    """
    require(access, Permission.DELIVER)
    with _locked(access, year):
        now = begun(access, year)
        if now.mark != was:
            raise StaleError(_copies().get(year.pk, access.user.pk))
        own = case_of(now.snapshot)
        stands = {key: one for group in {key[0] for key in edits} for key, one in amounts(own, group).items()}
        asked = {key: amount for key, amount in edits.items() if amount != stands.get(key)}
        kept = {key: amount for key, amount in now.edits.items() if key not in edits} | asked
        found = replace(now, edits=kept)
        found.case()
        return _keep(access, year, found)


def put(
    access: Access, year: Year, files: Mapping[str, bytes], kind: Kind, origin: str, told: Iterable[Pair] = ()
) -> Draft:
    """These files as the draft, instead of what it was. They are kept and read first: raises InputError with all that is wrong."""
    require(access, Permission.DELIVER)
    snapshot = snapshots().keep(files)
    found = dossier_of_snapshot(snapshot, Language.DUTCH).agreement
    if found.year != year.year:
        raise InputError([Problem("desk_other_year", found.file, value=str(found.year), details={"asked": year.year})])
    with _locked(access, year):
        base = base_of(year)
        draft = Draft(kind, None if base is None else base.pk, snapshot, {}, origin, tuple(told))
        return _keep(access, year, draft)


def revise(access: Access, year: Year, version: str) -> Draft:
    """The files of a version that was refused as a draft, so that what was in it is not made again. Raises InputError for any other."""
    require(access, Permission.DELIVER)
    refused = versions(year).filter(state=State.REFUSED)
    found = refused.filter(pk=int(version)).first() if version.isdecimal() and len(version) < 10 else None
    if found is None:
        raise InputError([Problem("revise_not_refused", "-")])
    nl, en = (f"{name} {found.number}" for name in KINDS[found.kind])
    told = (
        f"Uit {nl}, die is geweigerd, met wat daar sindsdien in is gewijzigd.",
        f"From {en}, which was refused, with what was changed in it since.",
    )
    files = files_of(snapshots().folder(found.snapshot))
    return put(access, year, files, _still_of(Kind(found.kind), year), "refused", [told])


def discard(access: Access, year: Year) -> None:
    require(access, Permission.DELIVER)
    with _locked(access, year):
        _copies().drop(year.pk, access.user.pk)


def build_on(access: Access, year: Year) -> Draft:
    """The same changes on the newest version. Files that were uploaded stay what they are and are put beside it."""
    with _locked(access, year):
        draft, base = draft_of(access, year), base_of(year)
        if draft is None or base is None:
            raise InputError([Problem("draft_gone", "-")])
        snapshot = base.snapshot if draft.origin == "edited" else draft.snapshot
        return _keep(access, year, replace(draft, version=base.pk, snapshot=snapshot, kind=_still(draft, year)))


def _still(draft: Draft, year: Year) -> Kind:
    return _still_of(draft.kind, year)


def _still_of(kind: Kind, year: Year) -> Kind:
    return kind_of(year) if kind in _BUDGETS else kind


def newer_than(draft: Draft, year: Year) -> Version | None:
    """The version that somebody made since this draft was begun."""
    base = base_of(year)
    return None if base is None or base.pk == draft.version else base


def confirm(access: Access, year: Year, mark: str, note: str) -> Version:
    """The draft as a version. ``mark``: that of what was read before confirming.

    Raises InputError where it changed since, where somebody made a version meanwhile, where nothing differs, or for what is wrong in
    its files.
    """
    draft = draft_of(access, year)
    if draft is None:
        raise InputError([Problem("draft_gone", "-")])
    files = draft.files()
    snapshot = snapshots().keep(files)
    dossier_of_snapshot(
        snapshot, Language.DUTCH
    )  # read before the lock: whoever decides on this year does not wait for it
    with _locked(access, year):
        if draft.mark != mark or _mark_of(access, year) != mark:
            raise InputError([Problem("draft_other", "-")])
        _still_newest(draft, year, snapshot)
        version = add_version(access, year, draft.kind, files, note.strip())
    _copies().drop(year.pk, access.user.pk)
    return version


def _still_newest(draft: Draft, year: Year, snapshot: str) -> None:
    newer = newer_than(draft, year)
    if newer is not None:
        names = tuple(f"{name} {newer.number}" for name in KINDS[newer.kind])
        details = {"who": newer.by.display_name, "version": names}
        raise InputError([Problem("draft_behind", "-", details=details)])
    base = base_of(year)
    if (
        base is not None
        and base.snapshot == snapshot
        and (base.kind == draft.kind or {base.kind, draft.kind} <= _BUDGETS)
    ):
        raise InputError([Problem("draft_same", "-")])


def _mark_of(access: Access, year: Year) -> str:
    kept = _copies().get(year.pk, access.user.pk)
    return "" if kept is None else kept.mark


def _copies() -> WorkingCopies:
    return WorkingCopies(settings.DATA, "budget")


@contextmanager
def _locked(access: Access, year: Year) -> Iterator[None]:
    """Two windows of one person, or two people, one after the other. Raises InputError for another collective's year."""
    with transaction.atomic():
        if not Year.objects.select_for_update().filter(pk=year.pk, collective=access.collective).exists():
            raise InputError([Problem("not_yours", "-")])
        yield


def _keep(access: Access, year: Year, draft: Draft) -> Draft:
    content = {
        "kind": draft.kind.value,
        "version": draft.version,
        "edits": [[*key, None if amount is None else plain(amount)] for key, amount in sorted(draft.edits.items())],
        "origin": draft.origin,
        "told": [list(one) for one in draft.told],
    }
    return _draft(_copies().keep(year.pk, access.user.pk, draft.snapshot, content))


def _draft(kept: WorkingCopy) -> Draft:
    content = kept.content
    edits = {
        (group, contract, code): None if amount is None else Fraction(amount)
        for group, contract, code, amount in content["edits"]
    }
    told = tuple((nl, en) for nl, en in content["told"])
    return Draft(
        Kind(content["kind"]), content["version"], kept.based_on, edits, content["origin"], told, kept.mark, kept.at
    )
