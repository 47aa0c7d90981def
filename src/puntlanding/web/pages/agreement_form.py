"""The agreement as a form: what somebody changes is kept at every step, its consequence stands beside it, and confirming makes a version."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from puntlanding.agreement import read_agreement
from puntlanding.agreement.content import Content, content_of
from puntlanding.language.notation import Language
from puntlanding.language.sentences import index, place, sentence
from puntlanding.problems import InputError, Problem, errors
from puntlanding.web.access import AccessRequest
from puntlanding.web.actions.agreements import base_of, confirm_agreement, newest
from puntlanding.web.desk.agreed_cases import basis_for
from puntlanding.web.desk.models import Kind, User, Version, Year
from puntlanding.web.desk.queries import current, dossier_of, latest, years
from puntlanding.web.pages.base import asked_year, fact, language_of, shown
from puntlanding.web.presenters.agreed import changed_sentences
from puntlanding.web.presenters.agreement_effect import Effect, effect
from puntlanding.web.presenters.agreement_form import form_sections
from puntlanding.web.presenters.agreement_parts import all_noted, all_wrong, at_hand, identity
from puntlanding.web.presenters.agreement_state import (
    Posted,
    State,
    from_record,
    in_language,
    posted,
    rebased,
    sections,
    started,
)
from puntlanding.web.presenters.agreement_typed import Base, Typed, typed
from puntlanding.web.rules import Permission
from puntlanding.web.sight import scope_of
from puntlanding.web.working_copies import StaleError, WorkingCopies, WorkingCopy

PAGE = "agreement"
_KEPT = ("Bewaard als concept van u alleen.", "Kept as a draft of yours alone.")
_DROPPED = ("Uw wijzigingen zijn weggegooid; dit is weer de afspraak zoals zij was.", "Your changes were thrown away; this is the agreement as it was again.")  # fmt: skip
_TAKEN = (
    "Uw wijzigingen staan nu op de nieuwste versie. Kijk na of zij er nog bij passen.",
    "Your changes now stand on the newest version. Check whether they still fit.",
)
_CONFIRMED = (
    "Vastgelegd als {0}. Nu kan zij aan beide partijen worden voorgelegd.",
    "Confirmed as {0}. Now it can be proposed to both parties.",
)


@dataclass(frozen=True, slots=True)
class Desk:
    """What somebody has before them: the version it started from, its file, and the texts as they are now."""

    year: Year
    version: Version
    snapshot: str
    base: Base
    state: State
    mark: str
    begun: bool


def copies() -> WorkingCopies:
    return WorkingCopies(settings.DATA, "agreement")


def change(request: AccessRequest, year: int) -> HttpResponse:
    found = asked_year(request, year)
    desk, refused = _desk(request, found)
    if desk is None:
        return refused
    if request.method == "POST":
        return _posted(request, desk)
    return shown(request, PAGE, "agreement_form", found, **_context(request, desk))


def check(request: AccessRequest, year: int) -> HttpResponse:
    """What is about to be confirmed: all that differs, and what it does; confirming it makes a version."""
    found = asked_year(request, year)
    desk, refused = _desk(request, found)
    if desk is None:
        return refused
    note = request.POST.get("toelichting", "")[:500]
    problems: list[str] = []
    if request.method == "POST":
        made, done = _confirmed(request, desk, note)
        if done is not None:
            return done
        problems = made
    context = _context(request, desk)
    if request.method != "POST" and (context["wrong"] or not desk.begun):
        return redirect("agreement_change", year)
    return shown(request, PAGE, "agreement_check", found, note=note, refused=problems, **context)


def _desk(request: AccessRequest, year: Year) -> tuple[Desk | None, HttpResponse]:
    """With the page to show instead where there is nothing to change."""
    version = newest(year) or latest(year)
    if version is None:
        return None, shown(request, PAGE, "nothing_yet", year, stage="agreement", why="")
    language, copy = language_of(request), copies().get(year.pk, request.access.user.pk)
    try:
        base = base_of(version.snapshot if copy is None else copy.based_on)
        state = started(base.raw, language)
    except InputError as error:
        problems = [(place(one, language), sentence(one, language)) for one in error.problems]
        return None, shown(request, PAGE, "unreadable", year, problems=problems, version=fact(version))
    if copy is None:
        return Desk(year, version, version.snapshot, base, state, "", begun=False), HttpResponse()
    try:
        state = in_language(from_record(copy.content), language)
    except (KeyError, TypeError, ValueError):
        return Desk(year, version, version.snapshot, base_of(version.snapshot), state, copy.mark, begun=False), HttpResponse()  # fmt: skip
    return Desk(year, version, copy.based_on, base, state, copy.mark, begun=True), HttpResponse()


def _posted(request: AccessRequest, desk: Desk) -> HttpResponse:
    language = language_of(request)
    which = index(language)
    sent = posted(dict(request.POST.lists()), language)
    year, user = desk.year, request.access.user
    if sent.asked == "weggooien":
        copies().drop(year.pk, user.pk)
        messages.success(request, _DROPPED[which])
        return redirect("agreement_change", year.year)
    if sent.asked == "meenemen":
        newer = base_of(desk.version.snapshot)
        state = rebased(desk.state, desk.base.raw, newer.raw)
        copies().keep(year.pk, user.pk, desk.version.snapshot, state.record())
        messages.success(request, _TAKEN[which])
        return redirect("agreement_change", year.year)
    if sent.state is None:
        return redirect("agreement_change", year.year)
    state, anchor = _asked(sent.state, sent.asked)
    try:
        copy = _kept(desk, user, state, sent)
    except StaleError as stale:
        return _stale(request, replace(desk, state=state, begun=True), stale.now)
    except InputError as error:
        told = [sentence(one, language) for one in error.problems]
        desk = replace(desk, state=state, begun=True)
        return shown(request, PAGE, "agreement_form", year, unkept=told, **_context(request, desk))
    desk = replace(desk, state=state, mark=copy.mark, begun=True)
    if _live(request):
        again = identity(request.POST.get("deel", ""))  # other fields hang on what was changed in it
        return shown(request, PAGE, "agreement_live", year, again=again, **_context(request, desk))
    if sent.asked == "nakijken" and not typed(state, desk.base).wrong:
        return redirect("agreement_check", year.year)
    if sent.asked == "bewaren":
        messages.success(request, _KEPT[which])
    return redirect(reverse("agreement_change", args=[year.year]) + f"#{anchor}")


def _live(request: AccessRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _asked(state: State, asked: str) -> tuple[State, str]:
    """A table more or less, and where on the page to go on."""
    what, _, whose = asked.partition(" ")
    if what == "erbij" and whose in sections():
        state = state.with_new(whose)
        return state, identity(state.tables[-1].mark)
    if what == "weg":
        section = next((one.section for one in state.tables if one.mark == whose), "")
        return state.without(whose), identity(section) if section else "gevolg"
    return state, "gevolg"


def _kept(desk: Desk, user: User, state: State, sent: Posted) -> WorkingCopy:
    """One window may send the next step before it has heard of the last; another window must know what it writes over."""
    now = copies().get(desk.year.pk, user.pk)
    same = now is not None and bool(sent.window) and now.content.get("window") == sent.window
    content = {**state.record(), "window": sent.window}
    was = now.mark if same and now is not None else sent.mark
    return copies().keep(desk.year.pk, user.pk, desk.snapshot, content, was=was)


def _stale(request: AccessRequest, desk: Desk, now: WorkingCopy | None) -> HttpResponse:
    """Nothing is overwritten; with the mark of what stands there now, saving again does."""
    desk = replace(desk, mark="" if now is None else now.mark)
    told = [sentence(Problem("working_copy_stale", "-"), language_of(request))]
    if _live(request):
        return shown(request, PAGE, "agreement_live", desk.year, again="", unkept=told, **_context(request, desk))
    return shown(request, PAGE, "agreement_form", desk.year, unkept=told, **_context(request, desk))


def _confirmed(request: AccessRequest, desk: Desk, note: str) -> tuple[list[str], HttpResponse | None]:
    """A page that shows something else than what is confirmed confirms nothing."""
    language = language_of(request)
    if request.POST.get("kenmerk", "") != desk.mark or not desk.begun:
        return [sentence(Problem("working_copy_stale", "-"), language)], redirect("agreement_change", desk.year.year)
    made = typed(desk.state, desk.base)
    if made.wrong:
        return [], redirect("agreement_change", desk.year.year)
    try:
        version = confirm_agreement(request.access, desk.year, desk.snapshot, desk.base, made.text, note)
    except InputError as error:
        return [f"{place(one, language)}. {sentence(one, language)}" for one in errors(error.problems)], None
    copies().drop(desk.year.pk, request.access.user.pk)
    messages.success(request, _CONFIRMED[index(language)].format(fact(version).name(index(language))))
    return [], redirect("version", version.pk)


def _context(request: AccessRequest, desk: Desk) -> dict[str, Any]:
    language = language_of(request)
    made = typed(desk.state, desk.base)
    whole = scope_of(request.access).whole
    was, now = content_of(desk.base.raw), content_of(made.raw)
    last = _last_year(request, desk.year)
    others = [one for one in copies().users(desk.year.pk) if one != request.access.user.pk]
    began = started(desk.base.raw, language)
    told = _effect(request, desk, made)
    alone = {} if told is None or told.sections is None else told.sections
    every = form_sections(desk.state, began, made, alone, language)
    return {
        "sections": every,
        "at_hand": at_hand(every),
        "all_wrong": all_wrong(every, made, language),
        "noted": all_noted(made, language),
        "wrong": made.wrong,
        "rewritten": made.rewritten,
        "effect": told,
        "changed": () if made.wrong else changed_sentences(was, now, language),
        "window": secrets.token_hex(8),
        "since_last": None if last is None or made.wrong else changed_sentences(last[1], now, language),
        "last_year": None if last is None else last[0],
        "version": fact(desk.version),
        "mark": desk.mark,
        "begun": desk.begun,
        "newer": desk.snapshot != desk.version.snapshot,
        "colleagues": [one.display_name for one in User.objects.filter(pk__in=others)] if whole else [],
    }


def _effect(request: AccessRequest, desk: Desk, made: Typed) -> Effect | None:
    """None where something is wrong in the form, or there are no data to compute over."""
    language = language_of(request)
    newest_data = latest(desk.year)
    if made.wrong or made.agreement is None or newest_data is None:
        return None
    before, _ = read_agreement(desk.base.raw, {}, desk.base.file)
    if before is None:
        return None
    try:
        basis = basis_for(request.access, desk.year, newest_data, before)
    except InputError:
        return None
    if basis is None:
        return None
    euros = request.access.may(Permission.SEE_DISTRIBUTION)
    return effect(
        basis, before, desk.base.raw, made.agreement, made.raw, scope_of(request.access), language, euros=euros
    )


def _last_year(request: AccessRequest, year: Year) -> tuple[int, Content] | None:
    """The agreement of the year before, where this collective has one here."""
    before = years(request.access).filter(year=year.year - 1).first()
    version = None if before is None else current(before, Kind.AGREEMENT) or latest(before)
    if version is None:
        return None
    try:
        return version.year.year, dossier_of(version, Language.DUTCH).provenance.content
    except InputError:
        return None
