"""The forecast from the hospital's records, with its bounds, chances and parts; and the events that it counts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query

from puntlanding import __version__
from puntlanding.case.forecast_lists import read_forecast_lists
from puntlanding.forecast.working_days import Event
from puntlanding.language.notation import Language
from puntlanding.language.sentences import sentence
from puntlanding.problems import InputError, Problem
from puntlanding.quantities import fixed, parse_decimal
from puntlanding.report.contract import as_json
from puntlanding.report.outlook_file import below_record, outlook_csv, outlook_parquet
from puntlanding.report.outlook_record import as_record
from puntlanding.stage import Stage
from puntlanding.web.access import AccessRequest
from puntlanding.web.api.door import PLACE, language_now, told
from puntlanding.web.api.endpoints import TYPES, Form, VersionAsked, YearNumber, address, asked_version, given
from puntlanding.web.api.shapes import GebeurtenissenVorm, PrognoseVorm
from puntlanding.web.desk.dossiers import snapshots
from puntlanding.web.desk.models import Source, Version, Year
from puntlanding.web.desk.outlooks import Expected, days_known, expected
from puntlanding.web.desk.planned import events_beside
from puntlanding.web.desk.queries import dossier_of, source_of, year_of
from puntlanding.web.presenters.scope import Scope
from puntlanding.web.rules import Permission
from puntlanding.web.sight import scope_key, scope_of

AGAIN = 5  # seconds
STAGE = Stage.MONITOR
DayAsked = Annotated[str, Query(max_length=20, description="jjjj-mm-dd / yyyy-mm-dd", examples=["2025-08-31"])]


@dataclass(frozen=True, slots=True)
class _Asked:
    version: Version
    made: Expected
    scope: Scope
    language: Language


def outlook(request: AccessRequest, year: int, form: Form, as_of: str, asked_for: str) -> HttpResponse:
    """As this client may see it; 503 with a time to wait while it is being worked out."""
    try:
        asked = _asked(request, year, as_of, asked_for)
    except InputError as error:
        return told(404, error.problems)
    if asked.made.busy:
        answer = told(503, [Problem("api_busy", PLACE)])
        answer["Retry-After"] = str(AGAIN)
        return answer
    of = (asked.made.key, __version__, form.value, asked.language.value, scope_key(asked.scope))
    etag = f'"{hashlib.sha256(" ".join(of).encode()).hexdigest()}"'
    return given(request, asked.version, etag, form, f"prognose_{year}.{form.value}", lambda: _content(asked, form))


def _asked(request: AccessRequest, year: int, as_of: str, asked_for: str) -> _Asked:
    """Raises InputError where there is none, as said to who may know why."""
    scope, language, found = scope_of(request.access), language_now(), year_of(request.access, year)
    version, source = asked_version(found, STAGE, asked_for), source_of(found)
    if source is None:
        raise InputError([Problem("api_no_records", PLACE)])
    day = _day(source, as_of)
    try:
        made = expected(source, version.snapshot, dossier_of(version, language), day)
    except InputError as error:
        raise InputError(error.problems if scope.whole else [Problem("api_not_yet", PLACE)]) from error
    if made.found is None and not made.busy:
        raise InputError(made.problems if scope.whole else [Problem("api_not_yet", PLACE)])
    return _Asked(version, made, scope, language)


def _day(source: Source, asked: str) -> date | None:
    """Raises InputError for a day as of which nobody can look: each takes time to work out."""
    days = days_known(source)
    if not asked or (days and asked == days[0].isoformat()):
        return None
    found = next((one for one in days if one.isoformat() == asked), None)
    if found is None:
        allowed = ", ".join(one.isoformat() for one in days) or "–"
        raise InputError([Problem("api_as_of", PLACE, value=asked, details={"allowed": allowed})])
    return found


def _content(asked: _Asked, form: Form) -> bytes:
    made, scope = asked.made, asked.scope
    if made.found is None:
        raise ValueError("there is no forecast to give")
    seen = scope.of_outlook(made.found)
    match form:
        case Form.CSV:
            return outlook_csv(seen, asked.language)
        case Form.PARQUET:
            return outlook_parquet(seen)
        case Form.JSON:
            content = as_record(seen) | below_record(scope.of_below(made.below))
            if scope.whole and made.problems:
                content["waarschuwingen"] = list(dict.fromkeys(sentence(one, asked.language) for one in made.problems))
            return (as_json(content) + "\n").encode()


def _register(form: Form) -> None:
    def read(request: AccessRequest, year: YearNumber, bekend: DayAsked = "", versie: VersionAsked = "") -> Any:
        return outlook(request, year, form, bekend, versie)

    documented: dict[str, Any] = {"responses": {304: {"description": "Ongewijzigd / Not modified"}}}
    if form is not Form.JSON:
        documented["responses"][200] = {"content": {TYPES[form]: {"schema": {"type": "string", "format": "binary"}}}}
    address(
        f"/jaren/{{year}}/prognose.{form.value}", Permission.SEE_YEAR, f"api_prognose_{form.value}",
        PrognoseVorm if form is Form.JSON else None, summary=f"Prognose met interval ({form.value})", openapi_extra=documented,
    )(read)  # fmt: skip


for _form in Form:
    _register(_form)


@address(
    "/jaren/{year}/gebeurtenissen",
    Permission.SEE_YEAR,
    "api_gebeurtenissen",
    GebeurtenissenVorm,
    summary="De gebeurtenissen die de prognose meetelt / The events that the forecast counts",
)
def all_events(request: AccessRequest, year: YearNumber) -> dict[str, Any]:
    found, scope = year_of(request.access, year), scope_of(request.access)
    every = (*_listed(found), *events_beside(found))
    return {
        "jaar": found.year,
        "gebeurtenissen": [_event(one) for one in every if one.group is None or scope.sees(one.group)],
    }


def _listed(year: Year) -> tuple[Event, ...]:
    """Of the list in the files of the version; nothing where that cannot be read, which the forecast then says."""
    try:
        version = asked_version(year, STAGE, "")
        groups = [group.name for group in dossier_of(version, Language.DUTCH).case.groups]
        return read_forecast_lists(snapshots().folder(version.snapshot), groups).events
    except InputError:
        return ()


def _event(one: Event) -> dict[str, Any]:
    return {
        "van": one.first,
        "tot": one.last,
        "vakgroep": one.group,
        "capaciteit": fixed(parse_decimal(f"{one.percent:.6f}") / 100),
        "reden": one.reason,
    }
