"""Where the figures come from, and whether they are right; and delivering a hospital's records."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from puntlanding.intake import readers
from puntlanding.language.notation import Language, day
from puntlanding.language.sentences import index, sentence
from puntlanding.problems import InputError, Problem
from puntlanding.web.access import AccessRequest
from puntlanding.web.actions import deliveries as acting
from puntlanding.web.deliveries.kept_report import checked_of
from puntlanding.web.deliveries.models import Delivery, DeliveryState
from puntlanding.web.deliveries.queries import Known, deliveries, in_store, job_of_delivery, last_done
from puntlanding.web.desk.dossiers import snapshots
from puntlanding.web.desk.models import Source, Year
from puntlanding.web.desk.queries import source_of, version_of
from puntlanding.web.downloads import BYTES, handed_out
from puntlanding.web.outputs import may_read
from puntlanding.web.pages.base import asked_year, language_of, shown
from puntlanding.web.pages.data_lineage import lineage
from puntlanding.web.pages.wrong import say_wrong, wrong_lines
from puntlanding.web.presenters.data_page import (
    STATES,
    DeliveryLine,
    changed,
    counts_of,
    figures_from,
    lacks_year,
    newest,
    store_verdict,
    stored_line,
    until_then,
    verdict,
)
from puntlanding.web.refused import refused
from puntlanding.web.rules import Permission
from puntlanding.web.sight import scope_of
from puntlanding.web.upload_handler import SealedUpload
from puntlanding.web.uploads import exports, received
from puntlanding.web.work.memory import memory_disk
from puntlanding.web.work.models import JobState

REFUSED = 422
SHOWN = 36  # three years of months
_DATES = {Language.DUTCH: ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"], Language.ENGLISH: ["%Y-%m-%d", "%d %B %Y"]}
_RECOGNISE = ("Laat het herkennen", "Have it recognised")
_STARTED = {
    "received": (
        "Ontvangen en versleuteld bewaard. De controle begint; u hoeft er niet op te wachten.",
        "Received and kept encrypted. The check begins; you need not wait for it.",
    ),
    "fold": ("De bijdrage wordt gemaakt.", "The contribution is being made."),
    "back_test": ("De terugtoets loopt.", "The back-test is running."),
}


class DeliveryForm(forms.Form):
    as_of = forms.DateField()
    form = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, language: Language, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day, kind = self.fields["as_of"], self.fields["form"]
        if isinstance(day, forms.DateField):
            day.input_formats = _DATES[language]
        if isinstance(kind, forms.ChoiceField):
            kind.choices = kinds(language)


def kinds(language: Language) -> list[tuple[str, str]]:
    dutch = language is Language.DUTCH
    return [("", _RECOGNISE[index(language)]), *((one.name, one.nl if dutch else one.en) for one in readers().values())]


def data(request: AccessRequest, year: int) -> HttpResponse:
    return _shown(request, asked_year(request, year))


def deliver_records(request: AccessRequest, year: int) -> HttpResponse:
    """What was typed stays where something is wrong; files a browser never sends twice by itself."""
    found, language = asked_year(request, year), language_of(request)
    if request.method != "POST":
        return redirect("data", year)
    form = DeliveryForm(request.POST, language=language)
    files = request.FILES.getlist("files")
    problems = [] if form.is_valid() else _form_problems(form)
    try:
        received(files, exports())
    except InputError as error:
        problems += error.problems
    if not problems:
        try:
            delivery = acting.receive(
                request.access, found, _sealed(files), form.cleaned_data["as_of"], form.cleaned_data["form"]
            )
        except InputError as error:
            problems += error.problems
        else:
            messages.success(request, _STARTED["received"][index(language)])
            return redirect("delivery", delivery.pk)
    return _shown(request, found, problems=problems, typed=request.POST, status=REFUSED)


def make_contribution(request: AccessRequest, year: int) -> HttpResponse:
    return _started(request, year, "fold")


def try_forecast(request: AccessRequest, year: int) -> HttpResponse:
    return _started(request, year, "back_test")


def _started(request: AccessRequest, year: int, what: str) -> HttpResponse:
    found, language = asked_year(request, year), language_of(request)
    if request.method != "POST":
        return redirect("data", year)
    try:
        job = {"fold": acting.fold, "back_test": acting.back_test}[what](request.access, found)
    except InputError as error:
        say_wrong(request, error.problems)
        return redirect("data", year)
    messages.success(request, _STARTED[what][index(language)])
    return redirect("job", job.pk)


def version_file(request: AccessRequest, version: int, file: str) -> HttpResponse:
    """As it was kept: who signs it can read it, but for what the other party keeps to itself."""
    found = version_of(request.access, version)
    folder = snapshots().folder(found.snapshot)
    names = {one.name: one for one in folder.iterdir()} if folder.is_dir() else {}
    if file not in names:
        raise Http404
    if not may_read(request.access, file):
        return refused(request, 403, "dividing_file")
    return handed_out(names[file].read_bytes(), BYTES, file)


def _sealed(files: list[UploadedFile[Any]]) -> list[SealedUpload]:
    return [one for one in files if isinstance(one, SealedUpload)]


def _form_problems(form: DeliveryForm) -> list[Problem]:
    codes = {"as_of": "delivery_no_day", "form": "delivery_form"}
    return [Problem(codes[name], "-") for name in codes if name in form.errors]


def _shown(
    request: AccessRequest, year: Year, *, problems: list[Problem] | None = None, typed: Any = None, status: int = 200
) -> HttpResponse:
    language, scope, access = language_of(request), scope_of(request.access), request.access
    rows, source = list(deliveries(year)[:SHOWN]), source_of(year)
    stored, unreadable = _stored(source)
    told = wrong_lines(problems or (), language)
    answer = shown(
        request, "data", "data", year,
        answer=_answer(rows, stored, source, language), lines=[_line(one, year, language) for one in rows],
        stored=[] if rows else [stored_line(one.known_on, one.counts, one.attention, one.content, language) for one in stored], unreadable=[sentence(one, language) for one in unreadable if scope.whole],
        parts=lineage(access, year, source, stored, rows, language), kinds=kinds(language) if access.may(Permission.LOAD_RECORDS) else (),
        problems=told, typed=typed or {}, may_load=access.may(Permission.LOAD_RECORDS), may_test=access.may(Permission.CALCULATE),
        no_memory=access.may(Permission.LOAD_RECORDS) and memory_disk() is None,
        has_records=bool(stored), folded=last_done(year, "fold"), tested=last_done(year, "back_test"), megabytes=exports().each // 2**20,
    )  # fmt: skip
    answer.status_code = status
    return answer


def _stored(source: Source | None) -> tuple[tuple[Known, ...], tuple[Problem, ...]]:
    if source is None:
        return (), ()
    try:
        return in_store(source), ()
    except InputError as error:
        return (), tuple(error.problems)


def _answer(rows: list[Delivery], stored: tuple[Known, ...], source: Source | None, language: Language) -> str:
    """What came in last, and what the figures come from now; of the command line's where nothing came in here."""
    latest = next((one for one in rows if one.state != DeliveryState.WITHDRAWN), None)
    loaded = [one for one in rows if one.state == DeliveryState.LOADED and one.report]
    last = max(loaded, key=lambda one: (one.as_of, one.at), default=None)
    if latest is not None and latest.state != DeliveryState.LOADED:
        told = f"{newest(latest.as_of, language)} {of_delivery(latest, language)}"
        return told if last is None else f"{told} {until_then(last.as_of, language)}"
    if last is not None:
        checked = checked_of(last.report)
        return f"{figures_from(last.as_of, checked, language)} {lacks_year(checked, last.year.year, language)}".strip()
    if stored:
        steered = None if source is None else source.as_of
        return store_verdict(stored[0].known_on, stored[0].counts, stored[0].attention, steered, language)
    return ""


def of_delivery(delivery: Delivery, language: Language) -> str:
    checked = checked_of(delivery.report) if delivery.report else None
    failed = False
    if checked is None and delivery.open:
        job = job_of_delivery(delivery)
        failed = job is None or job.state in (JobState.FAILED, JobState.CANCELLED)
    told = verdict(delivery.state, delivery.as_of, checked, language, failed=failed)
    if checked is None or delivery.state == DeliveryState.WITHDRAWN:
        return told
    return f"{told} {lacks_year(checked, delivery.year.year, language)}".strip()


def _line(one: Delivery, year: Year, language: Language) -> DeliveryLine:
    checked = checked_of(one.report) if one.report else None
    return DeliveryLine(
        one.pk, day(one.as_of, language), STATES[one.state][index(language)], one.by.display_name, one.at, counts_of(checked, language),
        changed(one.loaded, year.year, language) if one.loaded else "",
    )  # fmt: skip
