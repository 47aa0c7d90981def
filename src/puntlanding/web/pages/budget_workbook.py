"""The budget as a workbook: download, change it in a spreadsheet, upload, read the differences."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from puntlanding.case.written_workbook import mark_of, merged, workbook_of
from puntlanding.language.notation import Language
from puntlanding.language.sentences import index
from puntlanding.problems import InputError, Problem
from puntlanding.web.access import AccessRequest
from puntlanding.web.actions.budgets import begun, kind_of, put
from puntlanding.web.desk.dossiers import cached, snapshots
from puntlanding.web.downloads import handed_out
from puntlanding.web.outputs import DIVIDING
from puntlanding.web.pages.base import asked_year, language_of, shown
from puntlanding.web.pages.wrong import say_wrong, wrong_lines
from puntlanding.web.rules import Permission
from puntlanding.web.uploads import Upload, case_files, received

FORM = "werkmap"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SAME = (
    "In deze werkmap is niets veranderd: zij zegt hetzelfde als uw concept of de versie.",
    "Nothing was changed in this workbook: it says the same as your draft or the version.",
)


_OTHER = (
    "Let op: sinds deze werkmap is gedownload is de begroting veranderd. Wat een ander intussen wijzigde, draait zij terug: lees dat hieronder na.",
    "Note: the budget was changed since this workbook was downloaded. It reverts what somebody else changed meanwhile: check that below.",
)


def budget_workbook(request: AccessRequest, year: int) -> HttpResponse:
    """Of the draft where there is one, else of the version that counts."""
    found, language = asked_year(request, year), language_of(request)
    try:
        draft = begun(request.access, found)
        snapshot = snapshots().keep(draft.files()) if draft.edits else draft.snapshot
        without = () if request.access.may(Permission.SEE_DISTRIBUTION) else DIVIDING
        english = language is Language.ENGLISH
        what = f"werkmap-{language.value}-{len(without)}"
        data = cached().get(
            snapshot,
            what,
            lambda: workbook_of(snapshots().folder(snapshot), without=without, english=english, mark=snapshot),
        )
    except InputError as error:
        say_wrong(request, error.problems)
        return redirect("budget", year)
    return handed_out(data, _TYPE, f"begroting_{year}.xlsx")


def budget_upload(request: AccessRequest, year: int) -> HttpResponse:
    found, language = asked_year(request, year), language_of(request)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            draft = begun(request.access, found)
            name, data = _one(received(request.FILES.getlist(FORM), case_files()))
            before = snapshots().keep(draft.files()) if draft.edits else draft.snapshot
            result = merged(snapshots().folder(before), name, data)
            if not result.changed:
                messages.info(request, _SAME[index(language)])
                return redirect("budget_upload", year)
            told = [_taken(result.changed), *([] if mark_of(data) in ("", before) else [_OTHER])]
            put(request.access, found, result.files, kind_of(found), "workbook", told)
            return redirect("budget_draft", year)
        except InputError as error:
            problems = error.problems
    answer = shown(
        request, "budget", "budget_upload", found,
        wrong=wrong_lines(problems, language),
    )  # fmt: skip
    answer.status_code = 422 if problems else 200
    return answer


def _one(files: Mapping[str, Upload]) -> tuple[str, bytes]:
    names = [name for name in files if name.lower().endswith((".xlsx", ".xlsm"))]
    if len(names) != 1 or len(files) != 1:
        raise InputError([Problem("workbook_one", "-")])
    return names[0], files[names[0]].read()


def _taken(tables: tuple[str, ...]) -> tuple[str, str]:
    names = ", ".join(tables)
    return f"Uit de werkmap overgenomen: {names}.", f"Taken over from the workbook: {names}."
