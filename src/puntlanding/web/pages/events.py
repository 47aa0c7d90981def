"""Planned events of a year: what is expected, what it does to the forecast, and saying it otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from puntlanding.case.forecast_lists import EVERYBODY, events_csv, read_forecast_lists
from puntlanding.case.raw import Cell
from puntlanding.forecast.working_days import Event
from puntlanding.language.notation import Language
from puntlanding.language.sentences import index, sentence
from puntlanding.language.typed import typed_number
from puntlanding.problems import InputError, Problem
from puntlanding.report.dossier import Dossier
from puntlanding.stage import Stage
from puntlanding.web.access import AccessRequest
from puntlanding.web.actions.planned_events import PLACE, add_event, change_event, checked, end_event
from puntlanding.web.desk.dossiers import snapshots
from puntlanding.web.desk.models import PlannedEvent, Version, Year
from puntlanding.web.desk.outlooks import Expected
from puntlanding.web.desk.planned import as_event, earlier_events, events_beside, planned_events
from puntlanding.web.desk.queries import version_for
from puntlanding.web.downloads import CSV, handed_out
from puntlanding.web.pages.base import UnreadableError, asked_year, language_of, outlook_of, read, shown
from puntlanding.web.presenters.outlook_events import effect_of
from puntlanding.web.presenters.planned import event_phrase, percent_of
from puntlanding.web.presenters.scope import Scope
from puntlanding.web.rules import Permission
from puntlanding.web.sight import scope_of

NAME = "planned_events"
_FIELDS = ("van", "tot", "vakgroep", "capaciteit", "reden")
_DONE = {
    "add": ("Toegevoegd: de prognose telt haar mee.", "Added: the forecast counts it."),
    "change": ("Veranderd: de prognose gaat uit van wat hier nu staat.", "Changed: the forecast goes by what is here now."),
    "end": ("Teruggenomen: zij telt niet meer mee. In het logboek blijft zij staan.", "Taken back: it counts no more. It stays in the log."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """``effect``: what the year would be without it; empty where nobody can tell."""

    number: int
    told: str
    effect: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """A form as it was typed, so that nothing of it is lost; ``wrong``: by field, and under "" what is about none of them."""

    values: Mapping[str, str]
    groups: Sequence[str]
    wrong: Mapping[str, Sequence[str]]

    @property
    def about_all(self) -> str:
        return " ".join(self.wrong.get("", ()))


def planned(request: AccessRequest, year: int) -> HttpResponse:
    """All of them, and a form for one more."""
    found = asked_year(request, year)
    case = _case(request, found)
    if request.method == "POST":
        typed = _typed(request, case)
        try:
            add_event(request.access, found, _event(typed, language_of(request)))
        except InputError as error:
            return _all(request, found, case, _told_wrong(typed, error, language_of(request)), status=422)
        return _done(request, found, "add")
    return _all(request, found, case, Typed({}, _groups(case), {}))


def one_event(request: AccessRequest, year: int, event: int) -> HttpResponse:
    """One, to say otherwise or to take back."""
    found = asked_year(request, year)
    row, language = _row(request, found, event), language_of(request)
    case = _case(request, found)
    if request.method != "POST":
        return _form(request, found, row, Typed(_values(row, language), _groups(case), {}))
    typed = _typed(request, case)
    ends = request.POST.get("what") == "end"
    try:
        if ends:
            end_event(request.access, row)
        else:
            change_event(request.access, row, _event(typed, language))
    except InputError as error:
        wrong = _told_wrong(typed, error, language)
        kept = Typed(_values(row, language), typed.groups, wrong.wrong) if ends else wrong
        return _form(request, found, row, kept, status=422)
    return _done(request, found, "end" if ends else "change")


def events_file(request: AccessRequest, year: int) -> HttpResponse:
    """Those of the files and those that were said here, as the list that the command line reads."""
    found = asked_year(request, year)
    case, scope = _case(request, found), scope_of(request.access)
    every = (*_listed(case), *events_beside(found))
    content = events_csv([one for one in every if _sees(scope, one.group)])
    return handed_out(content, CSV, f"{PLACE}.csv")


@dataclass(frozen=True, slots=True)
class _Case:
    version: Version
    dossier: Dossier


def _case(request: AccessRequest, year: Year) -> _Case | None:
    """None where there is no version, or none that can be read: then there are no groups to choose from."""
    version = version_for(year, Stage.MONITOR)
    try:
        return None if version is None else _Case(version, read(request, version, year, NAME))
    except UnreadableError:
        return None


def _groups(case: _Case | None) -> list[str]:
    return [] if case is None else [group.name for group in case.dossier.case.groups]


def _listed(case: _Case | None) -> tuple[Event, ...]:
    """Of the list in the files; nothing where that cannot be read, which the forecast then says."""
    if case is None:
        return ()
    folder: Path = snapshots().folder(case.version.snapshot)
    try:
        return read_forecast_lists(folder, _groups(case)).events
    except InputError:
        return ()


def _sees(scope: Scope, group: str | None) -> bool:
    return not group or scope.sees(group)


def _all(request: AccessRequest, year: Year, case: _Case | None, typed: Typed, status: int = 200) -> HttpResponse:
    language, scope = language_of(request), scope_of(request.access)
    made: Expected | None = None
    if case is not None:
        made, _ = outlook_of(request, case.version, case.dossier)
    rows = [_shown(one, made, language) for one in planned_events(year) if _sees(scope, one.group)]
    listed = [
        Shown(at, event_phrase(one, language), _effect(one, made, language))
        for at, one in enumerate(_listed(case), start=1)
        if _sees(scope, one.group)
    ]
    earlier = [_earlier(one, language) for one in earlier_events(year) if _sees(scope, one.group)]
    response = shown(
        request, "monitoring", "planned_events", year, events=rows, listed=listed, earlier=earlier, typed=typed,
        deliver=request.access.may(Permission.DELIVER), every=EVERYBODY, outlook_busy=made is not None and made.busy,
        answer=_answer(len(rows) + len(listed), made, scope, language),
    )  # fmt: skip
    response.status_code = status
    return response


def _form(request: AccessRequest, year: Year, row: PlannedEvent, typed: Typed, status: int = 200) -> HttpResponse:
    language = language_of(request)
    response = shown(
        request, "monitoring", "planned_event", year, number=row.number, told=event_phrase(as_event(row), language),
        typed=typed, deliver=request.access.may(Permission.DELIVER), every=EVERYBODY,
    )  # fmt: skip
    response.status_code = status
    return response


def _answer(count: int, made: Expected | None, scope: Scope, language: Language) -> str:
    which = index(language)
    if not count:
        return (
            "Er zijn geen gebeurtenissen opgegeven: de prognose gaat uit van de gewone capaciteit.",
            "No events were given: the forecast goes by the usual capacity.",
        )[which]
    some = (
        ("Eén gebeurtenis telt", "One event counts")
        if count == 1
        else (f"{count} gebeurtenissen tellen", f"{count} events count")
    )[which]
    some += (" mee in de prognose.", " in the forecast.")[which]
    outlook = None if made is None else made.found
    if outlook is None or outlook.total_without_events is None or not scope.whole:
        return some
    now, without = outlook.total.ratio, outlook.total.share(outlook.total_without_events.forecast)
    if now is None or without is None:
        return some
    shares = [percent_of(round(share * 1000) * 10, language) for share in (now, without)]
    return some + (
        " Met {} % van de begroting, zonder {} %.",
        " With {} % of the budget, without {} %.",
    )[which].format(*shares)


def _shown(one: PlannedEvent, made: Expected | None, language: Language) -> Shown:
    event = as_event(one)
    return Shown(one.number, event_phrase(event, language), _effect(event, made, language), one.by.display_name)


def _earlier(one: PlannedEvent, language: Language) -> Shown:
    ended = ("teruggenomen", "taken back") if one.ended else ("later veranderd", "changed later")
    return Shown(one.number, event_phrase(as_event(one), language), ended[index(language)], one.by.display_name)


def _effect(event: Event, made: Expected | None, language: Language) -> str:
    if made is None or made.found is None:
        return ""
    return effect_of(event, made.found, made.below, language)


def _row(request: AccessRequest, year: Year, number: int) -> PlannedEvent:
    """Raises Http404 where it counts no more, or is not for this reader."""
    found = planned_events(year).filter(number=number).first()
    if found is None or not _sees(scope_of(request.access), found.group):
        raise Http404
    return found


def _values(row: PlannedEvent, language: Language) -> dict[str, str]:
    return {
        "van": row.first.isoformat(),
        "tot": row.last.isoformat(),
        "vakgroep": row.group,
        "capaciteit": percent_of(row.capacity, language),
        "reden": row.reason,
    }


def _typed(request: AccessRequest, case: _Case | None) -> Typed:
    return Typed({name: request.POST.get(name, "")[:1000] for name in _FIELDS}, _groups(case), {})


def _event(typed: Typed, language: Language) -> Event:
    """Raises InputError with everything that is wrong: a percentage is read in the reader's own notation."""
    row: dict[str, Cell] = {name: typed.values[name] for name in _FIELDS}
    text = typed.values["capaciteit"].removesuffix("%").strip()
    percent = typed_number(text, language) if text else None
    row["capaciteit"] = None if percent is None else percent / 100
    unread = [Problem("event_percent", PLACE, 1, "capaciteit", text)] if text and percent is None else []
    if unread:
        row["capaciteit"] = Decimal(1)  # so that the rest is looked at too
    try:
        found = checked(row, typed.groups)
    except InputError as error:
        raise InputError([*error.problems, *unread]) from error
    if unread:
        raise InputError(unread)
    return found


def _told_wrong(typed: Typed, error: InputError, language: Language) -> Typed:
    wrong: dict[str, list[str]] = {}
    for one in error.problems:
        wrong.setdefault(one.column if one.column in _FIELDS else "", []).append(sentence(one, language))
    return Typed(typed.values, typed.groups, wrong)


def _done(request: AccessRequest, year: Year, what: str) -> HttpResponse:
    messages.success(request, _DONE[what][index(language_of(request))])
    return redirect(NAME, year.year)
