"""The statements of the settlement: one PDF per group, the figures with their origin, and the seal of the agreement."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from django.http import Http404, HttpResponse

from puntlanding.agreement.seal import seal_text
from puntlanding.problems import InputError
from puntlanding.report.contract import as_json, table_record
from puntlanding.report.dossier import Dossier
from puntlanding.report.json_again import not_computed
from puntlanding.report.provenance import KEY, provenance_record
from puntlanding.report.tables import table
from puntlanding.stage import Stage
from puntlanding.web.access import AccessRequest
from puntlanding.web.desk.models import Kind, Version
from puntlanding.web.desk.queries import current
from puntlanding.web.desk.statements import names_of, statement, statement_dossier, words_of
from puntlanding.web.downloads import handed_out, handed_out_in_parts
from puntlanding.web.outputs import STATEMENTS, outputs_for
from puntlanding.web.pages.base import asked_year, fact, language_of, read, shown
from puntlanding.web.presenters.stage_page import why_not
from puntlanding.web.rules import Permission
from puntlanding.web.sight import scope_of

_STILL = (1980, 1, 1, 0, 0, 0)  # the same files, the same zip


def statements(request: AccessRequest, year: int) -> HttpResponse:
    found = asked_year(request, year)
    version = current(found, Kind.SETTLEMENT)
    if version is None:
        return shown(request, "settlement", "statements", found, files=(), why="")
    dossier = read(request, version, found, "settlement")
    scope = scope_of(request.access)
    if not dossier.has(Stage.SETTLE):
        why = why_not(dossier, Stage.SETTLE, scope)
        return shown(request, "settlement", "statements", found, files=(), why=why, version=fact(version))
    paper = _told(request, version)
    names = names_of(paper)
    return shown(
        request, "settlement", "statements", found, version=fact(version), content=version.content_hash,
        files=[(group, names[group]) for group in names if scope.sees(group)], whole=scope.whole,
        euros=request.access.may(Permission.SEE_DISTRIBUTION) and paper.has(Stage.DISTRIBUTE), source=dossier.source,
        said="" if paper.approval is None else paper.approval.text, sealed=bool(words_of(version)),
    )  # fmt: skip


def statement_file(request: AccessRequest, year: int, statement_of: str) -> HttpResponse:
    version = _version(request, year)
    dossier = _told(request, version)
    group = next((one for one, name in names_of(dossier).items() if name == statement_of), None)
    if group is None or not scope_of(request.access).sees(group):
        raise Http404
    name = f"verklaring_{year}_{statement_of}.pdf"
    return handed_out(statement(version, dossier, group), "application/pdf", name)


def every_statement(request: AccessRequest, year: int) -> HttpResponse:
    """Those that this reader may have, as one zip; what was not made before is made while it goes out."""
    version = _version(request, year)
    dossier, scope = _told(request, version), scope_of(request.access)
    wanted = {group: name for group, name in names_of(dossier).items() if scope.sees(group)}
    if not wanted:
        raise Http404
    files = ((f"{name}.pdf", statement(version, dossier, group)) for group, name in wanted.items())
    return handed_out_in_parts(_zipped(files), "application/zip", f"verklaringen_{year}.zip")


def statement_figures(request: AccessRequest, year: int) -> HttpResponse:
    """What `puntlanding verify` reads, with both approvals in its origin. The origin holds every group: who sees one gets its rows."""
    version, scope = _version(request, year), scope_of(request.access)
    dossier = _told(request, version)
    stages = [one for one in (Stage.SETTLE, Stage.DISTRIBUTE) if dossier.has(one)]
    content = {stage.value: table_record(scope.narrowed(table(stage, dossier.year))) for stage in stages}
    name = f"afrekening_{year}_{version.number}.json"
    if not scope.whole:
        return handed_out((as_json(content) + "\n").encode(), "application/json", name)
    origin = provenance_record(dossier.provenance, stages, dossier.language)
    given = [
        {"namens": one.party, "wie": one.user.display_name, "op": one.at.isoformat(), "inhoud": one.content_hash}
        for one in words_of(version)
    ]
    about = {"soort": version.kind, "nummer": version.number, "jaar": year, "inhoud": version.content_hash}
    origin["versie"] = {**about, "toestand": version.state, "akkoord": given}
    content |= not_computed(dossier, dossier.language)
    data = (as_json({**content, KEY: origin}) + "\n").encode()
    return handed_out(data, "application/json", name)


def agreement_seal(request: AccessRequest, year: int) -> HttpResponse:
    """Beside afspraak.toml it freezes the agreement for the command line too."""
    version = _version(request, year)
    seal = _told(request, version).provenance.seal
    if seal is None:
        raise Http404
    return handed_out(seal_text(seal).encode(), "application/toml", "afspraak.zegel.toml")


def _version(request: AccessRequest, year: int) -> Version:
    """Raises Http404 where there is no settlement yet, or for who may have no statement."""
    version = current(asked_year(request, year), Kind.SETTLEMENT)
    if version is None or STATEMENTS not in outputs_for(request.access):
        raise Http404
    return version


def _told(request: AccessRequest, version: Version) -> Dossier:
    euros = request.access.may(Permission.SEE_DISTRIBUTION)
    try:
        dossier = statement_dossier(version, language_of(request), euros=euros)
    except InputError as error:
        raise Http404 from error
    return dossier


class _Going:
    """Where a zip is written to while it goes out: nothing of it is kept."""

    def __init__(self) -> None:
        self.waiting, self.at = bytearray(), 0

    def write(self, data: bytes) -> int:
        self.waiting += data
        self.at += len(data)
        return len(data)

    def tell(self) -> int:
        return self.at

    def flush(self) -> None:
        return None

    def taken(self) -> bytes:
        found = bytes(self.waiting)
        self.waiting.clear()
        return found


def _zipped(files: Iterator[tuple[str, bytes]]) -> Iterator[bytes]:
    going = _Going()
    with zipfile.ZipFile(going, "w", zipfile.ZIP_STORED) as packed:  # type: ignore[call-overload]  # it only writes and tells
        for name, data in files:
            packed.writestr(zipfile.ZipInfo(name, _STILL), data)
            yield going.taken()
    yield going.taken()
