"""Changing a group's volumes: every step is kept, what comes of it stands beside it, and nothing that was typed is lost."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from puntlanding.language.notation import Language
from puntlanding.language.sentences import index, sentence
from puntlanding.problems import InputError, Problem
from puntlanding.report.dossier import Dossier
from puntlanding.web.access import AccessRequest
from puntlanding.web.actions.budgets import Draft, begun, case_of, change, others_at_work, year_of_snapshot
from puntlanding.web.desk.dossiers import dossier_of_snapshot
from puntlanding.web.desk.models import Version, Year
from puntlanding.web.pages.base import asked_year, language_of, shown
from puntlanding.web.pages.budget import NAME, group_named
from puntlanding.web.pages.wrong import say_wrong
from puntlanding.web.presenters.budget_change import ChangePage, change_page
from puntlanding.web.presenters.budget_form import NEW_CODE, Typed, read_typed, volume_form
from puntlanding.web.sight import scope_of
from puntlanding.web.working_copies import StaleError
from puntlanding.year import Year as Computed

_SAVED = (
    "Bewaard in uw concept: {} gewijzigd ten opzichte van de versie.",
    "Kept in your draft: {} changed since the version.",
)
_LINES = (("1 regel", "{} regels"), ("1 line", "{} lines"))


def budget_edit(request: AccessRequest, year: int, at: int) -> HttpResponse:
    found, language = asked_year(request, year), language_of(request)
    try:
        draft = begun(request.access, found)
        dossier = dossier_of_snapshot(draft.snapshot, language)
    except InputError as error:
        return _told(request, error, "budget", year)
    group = group_named(request, dossier, at)
    if request.method == "POST":
        return _save(request, found, draft, dossier, group, at)
    return _page(request, found, draft, dossier, group, at)


def _save(request: AccessRequest, year: Year, draft: Draft, dossier: Dossier, group: str, at: int) -> HttpResponse:
    language = language_of(request)
    typed = read_typed(request.POST.dict(), draft.case(), group, language)
    if not typed.texts:
        return redirect("budget_edit", year.year, at)
    if typed.errors:
        return _page(request, year, draft, dossier, group, at, typed)
    try:
        kept = change(request.access, year, request.POST.get("mark", ""), typed.edits)
    except StaleError:
        messages.warning(request, sentence(Problem("edit_stale", "-"), language))
        return _page(request, year, begun(request.access, year), dossier, group, at, typed)
    except InputError as error:
        wrong = replace(typed, errors={NEW_CODE: error.problems[0]})
        return _page(request, year, draft, dossier, group, at, wrong)
    lines = _LINES[index(language)][len(kept.edits) != 1].format(len(kept.edits))
    messages.success(request, _SAVED[index(language)].format(lines))
    return redirect(_next(request, year, at))


def _next(request: AccessRequest, year: Year, at: int) -> str:
    """To the page of the form that was asked for, or to the differences; what was looked for stays looked for."""
    asked = request.POST.get("naar", "")
    if asked == "verschillen":
        return reverse("budget_draft", args=[year.year])
    words = {
        "zoek": request.POST.get("zoek", "")[:40],
        "blad": asked if asked.isdecimal() else request.POST.get("blad", ""),
    }
    query = urlencode({name: text for name, text in words.items() if text})
    return reverse("budget_edit", args=[year.year, at]) + (f"?{query}" if query else "")


def _page(
    request: AccessRequest, year: Year, draft: Draft, dossier: Dossier, group: str, at: int, typed: Typed | None = None
) -> HttpResponse:
    language, asked = language_of(request), request.POST if typed is not None else request.GET
    number = asked.get("blad", "")
    form = volume_form(
        draft.case(), case_of(draft.snapshot), group, typed, language,
        asked=asked.get("zoek", "")[:40], page=int(number) if number.isdecimal() and len(number) < 6 else 1,
    )  # fmt: skip
    answer = shown(
        request, NAME, "budget_edit", year, group=group, at=at, form=form, mark=draft.mark, asked=asked.get("zoek", "")[:40],
        effect=_effect(request, _with(draft, typed), group), others=others_at_work(request.access, year), draft=draft,
        comma="," if language is Language.DUTCH else ".",
    )  # fmt: skip
    answer.status_code = 422 if typed is not None else 200
    return answer


def _with(draft: Draft, typed: Typed | None) -> Draft:
    """What can be read of what was typed counts in what is shown, also while the rest is wrong."""
    if typed is None:
        return draft
    new = typed.texts.get(NEW_CODE, "")
    for left_out in ("", new):  # a code that has no norm time must not hide what the other fields do
        edits = {key: amount for key, amount in typed.edits.items() if not left_out or key[2] != left_out}
        whole = replace(draft, edits={**draft.edits, **edits})
        try:
            whole.case()
        except InputError:
            continue
        return whole
    return draft


def budget_effect(request: AccessRequest, year: int, at: int) -> HttpResponse:
    """What comes of what is typed, before it is kept. Without a script the form itself tells it."""
    found, language = asked_year(request, year), language_of(request)
    if request.method != "POST":
        return redirect("budget_edit", year, at)
    try:
        draft = begun(request.access, found)
        dossier = dossier_of_snapshot(draft.snapshot, language)
    except InputError as error:
        return _told(request, error, "budget", year)
    group = group_named(request, dossier, at)
    typed = read_typed(request.POST.dict(), draft.case(), group, language)
    counted = _with(draft, typed)
    unread = len(typed.errors) + (counted.edits != {**draft.edits, **typed.edits})
    effect = _effect(request, counted, group)
    return render(
        request, "web/budget_effect.html", {"nl": language is Language.DUTCH, "effect": effect, "unread": unread}
    )


def _effect(request: AccessRequest, draft: Draft, group: str) -> ChangePage | None:
    """Of this group and the total, beside the version that the draft stands beside; None where it cannot be computed yet."""
    before = before_of(draft)
    if before is None or before.case.budget is None:  # then what it was before it was changed here tells more
        before = year_of_snapshot(draft.snapshot)
    try:
        found = change_page(before, Computed(draft.case()), scope_of(request.access), language_of(request), ())
    except InputError:
        return None
    return replace(found, groups=tuple(row for row in found.groups if row.name == group))


def before_of(draft: Draft) -> Computed | None:
    """What stood there before; None where there was nothing, or it can no longer be read."""
    version = None if draft.version is None else Version.objects.filter(pk=draft.version).first()
    if version is None:
        return None
    try:
        return year_of_snapshot(version.snapshot)
    except InputError:
        return None


def _told(request: AccessRequest, error: InputError, page: str, year: int) -> HttpResponse:
    say_wrong(request, error.problems)
    return redirect(page, year)
