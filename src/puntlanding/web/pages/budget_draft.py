"""The draft beside the version it started from: what differs, confirming exactly that, building on what somebody made meanwhile."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from puntlanding.case.provenance import Provenance
from puntlanding.language.notation import Language
from puntlanding.language.sentences import index, place, sentence, visible
from puntlanding.problems import InputError, Problem
from puntlanding.report.tables import table
from puntlanding.stage import Stage
from puntlanding.web.access import AccessRequest
from puntlanding.web.actions.budgets import (
    Draft,
    base_of,
    build_on,
    confirm,
    discard,
    draft_of,
    newer_than,
    others_at_work,
    revise,
    year_of_snapshot,
)
from puntlanding.web.desk.dossiers import dossier_of_snapshot
from puntlanding.web.desk.models import Kind, Version, Year
from puntlanding.web.pages.base import asked_year, fact, language_of, shown
from puntlanding.web.pages.budget_edit import before_of
from puntlanding.web.pages.wrong import wrong_lines
from puntlanding.web.presenters.budget_change import ChangePage, agreement_sentences, change_page
from puntlanding.web.presenters.budget_flow import flow
from puntlanding.web.presenters.facts import KINDS
from puntlanding.web.presenters.stage_page import answer, numbers_of
from puntlanding.web.sight import scope_of
from puntlanding.year import Year as Computed

_CONFIRMED = (
    "{} is gemaakt. Leg haar voor aan beide partijen, of wijzig verder.",
    "{} was made. Propose it to both parties, or go on changing.",
)
_THROWN = ("Het concept is weg. De versies zijn niet veranderd.", "The draft is gone. The versions were not changed.")
_REVISED = (
    "Wat is geweigerd, is nu uw concept. Kies hieronder een vakgroep om haar volumes te wijzigen, en bevestig het dan als nieuwe versie.",
    "What was refused is your draft now. Choose a group below to change its volumes, and then confirm it as a new version.",
)
_BUILT = ("Uw wijzigingen staan nu op de nieuwste versie.", "Your changes now stand on the newest version.")


def budget_draft(request: AccessRequest, year: int) -> HttpResponse:
    found = asked_year(request, year)
    if request.method == "POST":
        return _done(request, found)
    return _page(request, found)


def _done(request: AccessRequest, year: Year) -> HttpResponse:
    which, what = index(language_of(request)), request.POST.get("doen", "")
    try:
        if what == "bevestigen":
            version = confirm(request.access, year, request.POST.get("mark", ""), request.POST.get("note", ""))
            name = fact(version).name(which)
            messages.success(request, _CONFIRMED[which].format(name[:1].upper() + name[1:]))
            return redirect("approvals", year.year)
        if what == "weggooien":
            discard(request.access, year)
            messages.success(request, _THROWN[which])
            return redirect("budget", year.year)
        if what == "hervatten":
            revise(request.access, year, request.POST.get("version", ""))
            messages.success(request, _REVISED[which])
        if what == "verder":
            build_on(request.access, year)
            messages.success(request, _BUILT[which])
    except InputError as error:
        answer = _page(request, year, error.problems, request.POST.get("note", ""))
        answer.status_code = 422 if answer.status_code == 200 else answer.status_code
        return answer
    return redirect("budget_draft", year.year)


def _page(request: AccessRequest, year: Year, wrong: tuple[Problem, ...] = (), note: str = "") -> HttpResponse:
    language, which = language_of(request), index(language_of(request))
    draft = draft_of(request.access, year)
    if draft is None:
        for problem in wrong or (Problem("draft_gone", "-"),):
            messages.info(request, sentence(problem, language))
        return redirect("budget", year.year)
    base = Version.objects.filter(pk=draft.version, year=year).first() if draft.version else None
    newer = newer_than(draft, year)
    page, problems = _changes(request, draft, year)
    told = [*wrong, *problems]
    return shown(
        request, "budget", "budget_draft", year, draft=draft, page=page, own=_own(request, draft), settles=_settles(request, draft), note=note, told=[one[which] for one in draft.told],
        wrong=wrong_lines(told, language),
        base=None if base is None else fact(base), newer=None if newer is None else fact(newer),
        against=_against(request, draft, year) if newer is not None else None, agreement=_agreement(draft, base, language),
        notes=_notes(draft, base, language), has=_has(draft, language), kind_name=KINDS[draft.kind.value][which],
        others=others_at_work(request.access, year), flow=flow(None, draft.origin, which, reading=True),
    )  # fmt: skip


def _changes(request: AccessRequest, draft: Draft, year: Year) -> tuple[ChangePage | None, tuple[Problem, ...]]:
    try:
        found = change_page(
            before_of(draft), Computed(draft.case()), scope_of(request.access), language_of(request), touched(draft)
        )
        numbers = numbers_of(dossier_of_snapshot(draft.snapshot, language_of(request)))
    except InputError as error:
        return None, error.problems
    ways = {visible(name): reverse("budget_edit", args=[year.year, at]) for name, at in numbers.items()}
    return replace(found, groups=tuple(replace(row, address=ways.get(row.name, "")) for row in found.groups)), ()


def _settles(request: AccessRequest, draft: Draft) -> str:
    """What a settlement comes to: its budget stays what it was, and says nothing of it."""
    if draft.kind is not Kind.SETTLEMENT:
        return ""
    scope, language = scope_of(request.access), language_of(request)
    try:
        now = Computed(draft.case())
        return "" if now.missing(Stage.SETTLE) else answer(scope.narrowed(table(Stage.SETTLE, now)), scope, language)
    except InputError:
        return ""


def _own(request: AccessRequest, draft: Draft) -> ChangePage | None:
    """What was changed here in what came from elsewhere: among all that is new it would not be seen."""
    if draft.origin == "edited" or not draft.edits:
        return None
    groups = frozenset(group for group, _, _ in draft.edits)
    try:
        before, now = year_of_snapshot(draft.snapshot), Computed(draft.case())
        return change_page(before, now, scope_of(request.access), language_of(request), groups)
    except InputError:
        return None


def touched(draft: Draft) -> frozenset[str] | None:
    """The groups in which it can differ from the version that it was begun on; None: any."""
    return None if draft.origin != "edited" else frozenset(group for group, _, _ in draft.edits)


def _against(request: AccessRequest, draft: Draft, year: Year) -> ChangePage | None:
    """Beside the version that somebody made meanwhile."""
    base = base_of(year)
    if base is None:
        return None
    try:
        before = year_of_snapshot(base.snapshot)
        return change_page(before, Computed(draft.case()), scope_of(request.access), language_of(request))
    except InputError:
        return None


def _agreement(draft: Draft, base: Version | None, language: Language) -> tuple[str, ...]:
    before, now = (
        None if one is None else _provenance(one) for one in (None if base is None else base.snapshot, draft.snapshot)
    )
    return () if before is None or now is None else agreement_sentences(before, now, language)


def _provenance(snapshot: str) -> Provenance | None:
    try:
        return dossier_of_snapshot(snapshot, Language.DUTCH).provenance
    except InputError:
        return None


def _notes(draft: Draft, base: Version | None, language: Language) -> list[tuple[str, str]]:
    """What is new to note: what the version before had to say already is known."""
    known = () if base is None else _warned(base.snapshot, language)
    return [
        (place(one, language), sentence(one, language)) for one in _warned(draft.snapshot, language) if one not in known
    ]


def _warned(snapshot: str, language: Language) -> tuple[Problem, ...]:
    try:
        return dossier_of_snapshot(snapshot, language).warnings
    except InputError:
        return ()


def _has(draft: Draft, language: Language) -> list[tuple[str, str]]:
    """Stage by stage whether these files carry it, and else what is missing."""
    dossier = dossier_of_snapshot(draft.snapshot, language)
    names = {
        Stage.BUDGET: ("begroting", "budget"), Stage.MONITOR: ("volgen", "monitoring"),
        Stage.SETTLE: ("afrekening", "settlement"), Stage.DISTRIBUTE: ("verdeling", "distribution"),
    }  # fmt: skip
    ready, which = ("te berekenen", "can be computed"), index(language)
    return [(names[one][which], ready[which] if dossier.has(one) else dossier.why_not(one)) for one in Stage]
