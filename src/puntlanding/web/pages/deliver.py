"""Delivering a year's files, and a new year from those of the last one: checked whole, read before it is confirmed."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect

from puntlanding.case.next_year import next_year
from puntlanding.case.written_workbook import merged
from puntlanding.language.sentences import index
from puntlanding.problems import InputError, Problem
from puntlanding.web.access import AccessRequest
from puntlanding.web.actions.budgets import base_of, draft_of, kind_of, put
from puntlanding.web.actions.years import open_year
from puntlanding.web.desk.dossiers import snapshots
from puntlanding.web.desk.models import Kind, Year
from puntlanding.web.desk.queries import versions, years
from puntlanding.web.pages.base import asked_year, language_of, shown
from puntlanding.web.pages.wrong import wrong_lines
from puntlanding.web.presenters.facts import KINDS
from puntlanding.web.snapshots import files_of
from puntlanding.web.uploads import Upload, case_files, received

FORM, BOOKS = "bestanden", (".xlsx", ".xlsm")


def deliver(request: AccessRequest, year: int) -> HttpResponse:
    found, language = asked_year(request, year), language_of(request)
    problems: tuple[Problem, ...] = ()
    chosen = request.POST.get("kind", "")
    if request.method == "POST":
        try:
            kind = _kind(chosen)
            sent = received(request.FILES.getlist(FORM), case_files())
            files = _with_rest(found, sent, rest=request.POST.get("rest") == "1")
            put(request.access, found, files, kind, "delivered", [_taken(sent)])
            return redirect("budget_draft", year)
        except InputError as error:
            problems = error.problems
    which = index(language)
    answer = shown(
        request, "budget", "deliver", found, chosen=chosen or kind_of(found).value,
        kinds=[(one.value, KINDS[one.value][which]) for one in (Kind.AGREEMENT, Kind.BUDGET, Kind.ADJUSTMENT, Kind.SETTLEMENT)],
        wrong=wrong_lines(problems, language),
        has_version=base_of(found) is not None, has_draft=draft_of(request.access, found) is not None,
    )  # fmt: skip
    answer.status_code = 422 if problems else 200
    return answer


def _kind(text: str) -> Kind:
    try:
        return Kind(text)
    except ValueError as error:
        raise InputError([Problem("deliver_kind", "-")]) from error


def _with_rest(year: Year, sent: Mapping[str, Upload], *, rest: bool) -> Mapping[str, bytes]:
    """``rest``: what was not sent stays what it was in the version that counts; a table that was sent goes before its old file."""
    new = {name: one.read() for name, one in sent.items()}
    base = base_of(year) if rest else None
    if base is None:
        return new
    books = [name for name in new if name.lower().endswith(BOOKS)]
    if books and len(new) == 1:
        return merged(snapshots().folder(base.snapshot), books[0], new[books[0]], agreement=True).files
    tables = {name.rpartition(".")[0].lower() for name in new}
    old = files_of(snapshots().folder(base.snapshot))
    return {name: data for name, data in old.items() if name.rpartition(".")[0].lower() not in tables} | new


def _taken(sent: Mapping[str, Upload]) -> tuple[str, str]:
    names = ", ".join(sorted(sent))
    return f"Aangeleverd: {names}.", f"Delivered: {names}."


def new_year(request: AccessRequest) -> HttpResponse:
    """The newest year's files, a year on, as a draft of the year after it."""
    language, there = language_of(request), list(years(request.access))
    last = there[0] if there else None
    number = request.POST.get("year", "") if request.method == "POST" else str(last.year + 1 if last else "")
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            opened = _opened(request, number, last)
            return redirect("budget_draft" if draft_of(request.access, opened) is not None else "deliver", opened.year)
        except InputError as error:
            problems = error.problems
    answer = shown(
        request, "budget", "new_year", None, last=last, number=number,
        has_files=last is not None and base_of(last) is not None,
        wrong=wrong_lines(problems, language),
    )  # fmt: skip
    answer.status_code = 422 if problems else 200
    return answer


def _opened(request: AccessRequest, number: str, last: Year | None) -> Year:
    if not number.isdecimal() or len(number) != 4:
        raise InputError([Problem("year_impossible", "-", value=number[:10], details={"first": 2000, "last": 2100})])
    year = int(number)
    there = years(request.access).filter(year=year).first()
    if there is not None and versions(there).exists():
        raise InputError([Problem("year_exists", "-", value=number)])
    base = None if last is None or last.year >= year else base_of(last)
    carried = None if base is None or last is None else next_year(snapshots().folder(base.snapshot), last.year, year)
    with transaction.atomic():
        opened = open_year(request.access, year)
        if carried is not None:
            put(request.access, opened, carried.files, Kind.BUDGET, "next_year", carried.told)
    return opened
