"""Years, versions and the results of each stage, as JSON, CSV and Parquet."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from ninja import NinjaAPI, Path, Query
from ninja.errors import ValidationError

from puntlanding import __version__
from puntlanding.language.notation import Language
from puntlanding.problems import InputError, Problem
from puntlanding.report.contract import as_json, problems_record, table_record
from puntlanding.report.csv_file import FILE_NAMES, csv_bytes
from puntlanding.report.dossier import Dossier
from puntlanding.report.parquet_file import parquet_bytes
from puntlanding.report.provenance import KEY, provenance_record
from puntlanding.report.tables import table
from puntlanding.stage import Stage
from puntlanding.web.access import Access, AccessRequest
from puntlanding.web.actions.years import FIRST, LAST
from puntlanding.web.api.door import PLACE, language_now, told
from puntlanding.web.api.shapes import FoutenVorm, JarenVorm, TabelVorm, VersiesVorm
from puntlanding.web.desk.models import Version, Year
from puntlanding.web.desk.queries import dossier_of, version_for, versions, year_of, years
from puntlanding.web.downloads import handed_out
from puntlanding.web.presenters.scope import Scope
from puntlanding.web.refused import refused
from puntlanding.web.rules import Permission
from puntlanding.web.sight import scope_key, scope_of


class Form(StrEnum):
    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"


STAGES: Mapping[Stage, str] = {
    Stage.BUDGET: "begroting",
    Stage.MONITOR: "volgen",
    Stage.SETTLE: "afrekening",
    Stage.DISTRIBUTE: "verdeling",
}
TYPES = {Form.JSON: "application/json", Form.CSV: "text/csv", Form.PARQUET: "application/vnd.apache.parquet"}
VERSION = "Puntlanding-Version"
Wrong = FoutenVorm
_ERRORS: dict[int, Any] = {401: Wrong, 403: Wrong, 404: Wrong, 405: Wrong, 422: Wrong, 429: Wrong, 503: Wrong}
_VERSION = re.compile(r"(budget|agreement|adjustment|settlement)-([1-9][0-9]{0,4})")
VersionAsked = Annotated[str, Query(max_length=50, description="soort-nummer / kind-number", examples=["budget-1"])]
YearNumber = Annotated[int, Path(ge=FIRST, le=LAST, examples=[2026])]


api = NinjaAPI(
    title="puntlanding",
    version="1",
    description="Alleen lezen: jaren, versies en uitkomsten. / Reading only: years, versions and results.",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)


@api.exception_handler(Http404)
def not_there(request: HttpRequest, _error: Http404) -> HttpResponse:
    return refused(request, 404, "not_found")


asked: dict[str, Permission] = {}  # name of an address → what it asks; without it there is no address


@api.exception_handler(ValidationError)
def unreadable(_request: HttpRequest, _error: ValidationError) -> HttpResponse:
    return told(422, [Problem("api_year", PLACE)])


def address(route: str, permission: Permission, name: str, response: Any, **documented: Any) -> Callable[[Any], Any]:
    asked[name] = permission
    return api.get(route, url_name=name, operation_id=name, response={200: response, **_ERRORS}, **documented)


@address("/jaren", Permission.SEE_YEAR, "api_jaren", JarenVorm, summary="De jaren / The years")
def all_years(request: AccessRequest) -> dict[str, Any]:
    return {"jaren": [{"jaar": one.year} for one in years(request.access)]}


@address(
    "/jaren/{year}/versies", Permission.SEE_AGREEMENT, "api_versies", VersiesVorm, summary="De versies / The versions"
)
def all_versions(request: AccessRequest, year: YearNumber) -> dict[str, Any]:
    found = year_of(request.access, year)
    return {"jaar": found.year, "versies": [_version(one) for one in versions(found)]}


def _version(one: Version) -> dict[str, Any]:
    return {
        "soort": one.kind,
        "nummer": one.number,
        "toestand": one.state,
        "inhoud": one.content_hash,
        "bestanden": one.snapshot,
        "gemaakt_op": one.at,
        "akkoord": sorted(word.party for word in one.approvals.all()),
    }


def asked_version(year: Year, stage: Stage, asked: str) -> Version:
    """``asked`` is kind-number; empty: the version that the page of ``stage`` tells from. Raises InputError where it is not there."""
    if not asked:
        version = version_for(year, stage)
        if version is None:
            raise InputError([Problem("api_nothing_yet", PLACE)])
        return version
    found = _VERSION.fullmatch(asked)
    version = None if found is None else versions(year, found[1]).filter(number=int(found[2])).first()
    if version is None:
        raise InputError([Problem("api_version", PLACE, value=asked[:50])])
    return version


def result(request: AccessRequest, year: int, stage: Stage, form: Form, asked_for: str = "") -> HttpResponse:
    """Of the version that the page of ``stage`` tells from, or of the one that is asked for; 304 where the client has this already."""
    access, language = request.access, language_now()
    try:
        version = asked_version(year_of(access, year), stage, asked_for)
    except InputError as error:
        return told(404, error.problems)
    scope = scope_of(access)
    try:
        dossier = dossier_of(version, language)
    except InputError as error:
        return told(404, error.problems if scope.whole else [Problem("api_not_yet", PLACE)])
    if not dossier.has(stage):
        return told(404, dossier.lacking[stage] if scope.whole else [Problem("api_not_yet", PLACE)])
    etag = _etag(version, access, scope, stage, form, language)
    name = f"{FILE_NAMES[stage]}_{year}.{form.value}"
    return given(request, version, etag, form, name, lambda: _content(dossier, access, scope, stage, form))


def given(
    request: AccessRequest, version: Version, etag: str, form: Form, name: str, content: Callable[[], bytes]
) -> HttpResponse:
    """``content`` is worked out only where the client does not have it."""
    answer = get_conditional_response(request, etag=etag)
    if answer is None or answer.status_code != 304:
        answer = handed_out(content(), TYPES[form], name)
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"  # kept by the client only, and asked for anew each time
    answer[VERSION] = f"{version.kind} {version.number} {version.state} {version.content_hash}"
    return answer


def _etag(version: Version, access: Access, scope: Scope, stage: Stage, form: Form, language: Language) -> str:
    """Over the files and the program, and over what of them this client is told."""
    origin = _with_origin(access, scope)
    of = (version.snapshot, __version__, stage.value, form.value, language.value, scope_key(scope), str(origin))
    return f'"{hashlib.sha256(" ".join(of).encode()).hexdigest()}"'


def _with_origin(access: Access, scope: Scope) -> bool:
    """The origin holds the whole agreement."""
    return scope.whole and access.may(Permission.SEE_AGREEMENT)


def _content(dossier: Dossier, access: Access, scope: Scope, stage: Stage, form: Form) -> bytes:
    seen = scope.narrowed(table(stage, dossier.year))
    match form:
        case Form.CSV:
            return csv_bytes(seen, dossier.language)
        case Form.PARQUET:
            return parquet_bytes(seen, dossier.language)
        case Form.JSON:
            content = table_record(seen)
            if scope.whole and dossier.warnings:
                content |= problems_record(dossier.warnings, dossier.language, "waarschuwingen")
            if _with_origin(access, scope):
                content[KEY] = provenance_record(dossier.provenance, [stage], dossier.language)
            return (as_json(content) + "\n").encode()


def _register(stage: Stage, form: Form) -> None:
    def read(request: AccessRequest, year: YearNumber, versie: VersionAsked = "") -> Any:
        return result(request, year, stage, form, versie)

    name = f"api_{STAGES[stage]}_{form.value}"
    permission = Permission.SEE_DISTRIBUTION if stage is Stage.DISTRIBUTE else Permission.SEE_YEAR
    documented: dict[str, Any] = {"responses": {304: {"description": "Ongewijzigd / Not modified"}}}
    if form is not Form.JSON:
        content = {TYPES[form]: {"schema": {"type": "string", "format": "binary"}}}
        documented["responses"][200] = {"content": content}
    shape = TabelVorm if form is Form.JSON else None
    address(
        f"/jaren/{{year}}/{STAGES[stage]}.{form.value}", permission, name, shape,
        summary=f"{STAGES[stage].capitalize()} ({form.value})", openapi_extra=documented,
    )(read)  # fmt: skip


for _stage in STAGES:
    for _form in Form:
        _register(_stage, _form)
