"""Where the groups stand and in what they differ, for programs: the same figures as the pages, as JSON and CSV."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse
from ninja import Schema
from pydantic import ConfigDict

from puntlanding.language.notation import Language
from puntlanding.problems import InputError, Problem
from puntlanding.report.contract import as_json
from puntlanding.report.differing import efficiencies_csv, efficiencies_of, efficiencies_record, seen_by
from puntlanding.report.dossier import Dossier
from puntlanding.report.standing import narrowed
from puntlanding.report.standing_file import BENCHMARK_FILE, EFFICIENCY_FILE, standing_csv, standing_record
from puntlanding.stage import Stage
from puntlanding.web.access import AccessRequest
from puntlanding.web.api.door import PLACE, language_now, told
from puntlanding.web.api.endpoints import TYPES, Form, YearNumber, address, given
from puntlanding.web.desk.models import Version, Year
from puntlanding.web.desk.queries import dossier_of, latest, version_for, year_of
from puntlanding.web.desk.standings import differed, stood
from puntlanding.web.presenters.scope import Scope
from puntlanding.web.rules import Permission
from puntlanding.web.sight import scope_of

FORMS = (Form.JSON, Form.CSV)
Made = Callable[[Version, Dossier, Scope, Form, Language], bytes]


class VergelijkingVorm(Schema):
    """As on the page; figures of groups that this client may not see are not in it."""

    model_config = ConfigDict(extra="allow")
    vakgroepen: list[dict[str, Any]]


def benchmark(version: Version, dossier: Dossier, scope: Scope, form: Form, language: Language) -> bytes:
    made = stood(version, dossier)
    seen = narrowed(made.standing, scope.groups)
    if form is Form.CSV:
        return standing_csv(seen, language)
    return (as_json(standing_record(seen, made.published)) + "\n").encode()


def efficiency(version: Version, dossier: Dossier, scope: Scope, form: Form, language: Language) -> bytes:
    seen = seen_by(efficiencies_of(dossier.case, differed(version, dossier).found), scope.groups)
    if form is Form.CSV:
        return efficiencies_csv(seen, language)
    return (as_json(efficiencies_record(seen)) + "\n").encode()


def _for_benchmark(year: Year) -> Version | None:
    return version_for(year, Stage.BUDGET)


_KINDS: Mapping[str, tuple[Made, Callable[[Year], Version | None], str]] = {
    "benchmark": (benchmark, _for_benchmark, BENCHMARK_FILE),
    "efficiency": (efficiency, latest, EFFICIENCY_FILE),
}


def _answer(request: AccessRequest, year: int, name: str, form: Form) -> HttpResponse:
    made, version_of, file = _KINDS[name]
    language, scope = language_now(), scope_of(request.access)
    version = version_of(year_of(request.access, year))
    if version is None:
        return told(404, [Problem("api_nothing_yet", PLACE)])
    try:
        dossier = dossier_of(version, language)
    except InputError as error:
        return told(404, error.problems if scope.whole else [Problem("api_not_yet", PLACE)])
    content = made(version, dossier, scope, form, language)
    etag = f'"{hashlib.sha256(content).hexdigest()}"'
    return given(request, version, etag, form, f"{file}_{year}.{form.value}", lambda: content)


def _register(name: str, form: Form) -> None:
    def read(request: AccessRequest, year: YearNumber) -> Any:
        return _answer(request, year, name, form)

    documented: dict[str, Any] = {"responses": {304: {"description": "Ongewijzigd / Not modified"}}}
    if form is not Form.JSON:
        documented["responses"][200] = {"content": {TYPES[form]: {"schema": {"type": "string", "format": "binary"}}}}
    address(
        f"/jaren/{{year}}/{name}.{form.value}", Permission.SEE_YEAR, f"api_{name}_{form.value}",
        VergelijkingVorm if form is Form.JSON else None, summary=f"{name.capitalize()} ({form.value})",
        openapi_extra=documented,
    )(read)  # fmt: skip


for _name in _KINDS:
    for _form in FORMS:
        _register(_name, _form)
