"""The agreement in sentences, and what the newest version changes."""

from __future__ import annotations

from django.http import HttpResponse

from puntlanding.agreement.content import Content
from puntlanding.language.sentences import index, place, sentence
from puntlanding.problems import InputError
from puntlanding.report.html.sections import QUESTIONS
from puntlanding.report.tables import table
from puntlanding.stage import Stage
from puntlanding.web.access import AccessRequest
from puntlanding.web.deliveries.queries import files_of_version
from puntlanding.web.desk.models import Kind, State, Version, Year
from puntlanding.web.desk.queries import current, dossier_of, latest, version_of, versions
from puntlanding.web.outputs import may_read
from puntlanding.web.pages.base import asked_year, fact, language_of, read, shown
from puntlanding.web.pages.budget_version import figures_before, figures_changed
from puntlanding.web.presenters.agreed import agreement_page
from puntlanding.web.presenters.facts import VersionFact
from puntlanding.web.presenters.file_changes import FileChange, file_changes
from puntlanding.web.presenters.stage_page import answer
from puntlanding.web.rules import Permission
from puntlanding.web.sight import scope_of

ABOUT = {Kind.BUDGET: Stage.BUDGET, Kind.ADJUSTMENT: Stage.BUDGET, Kind.SETTLEMENT: Stage.SETTLE}  # what is read first


def agreement(request: AccessRequest, year: int) -> HttpResponse:
    found = asked_year(request, year)
    version = current(found, Kind.AGREEMENT) or latest(found)
    if version is None:
        return shown(request, "agreement", "nothing_yet", found, stage="agreement", why="")
    dossier = read(request, version, found, "agreement")
    before = _before(found, version)
    content = None if before is None else _content(request, before)
    return shown(
        request, "agreement", "agreement", found, page=agreement_page(dossier, content), version=fact(version),
        before=None if before is None else fact(before), source=dossier.source,
        may_change=request.access.may(Permission.DELIVER),
    )  # fmt: skip


def _before(year: Year, version: Version) -> Version | None:
    """The version of the same kind before this one, refused ones too: what was asked for then is what people remember."""
    return versions(year, version.kind).filter(number__lt=version.number).first()


def _content(request: AccessRequest, before: Version) -> Content | None:
    """None where the files of then can no longer be read: that must not take away the agreement of now."""
    try:
        return dossier_of(before, language_of(request)).provenance.content
    except InputError:
        return None


def _files_changed(request: AccessRequest, version: Version) -> tuple[tuple[FileChange, ...], VersionFact | None]:
    """Also of what no volume or norm fte hangs on: whoever gives their word reads that it is not the same file any more."""
    before = figures_before(version)
    if before is None or not request.access.may(Permission.SEE_FILES):
        return (), None
    was, now = ({one.name: one.mark for one in files_of_version(each)} for each in (before, version))
    return file_changes(was, now, lambda name: may_read(request.access, name)), fact(before)


def one_version(request: AccessRequest, version: int) -> HttpResponse:
    """What a party puts its word to: what this version says, what it comes to, and what it changes."""
    found = version_of(request.access, version)
    year = found.year
    dossier = read(request, found, year, "approvals")
    before = _before(year, found)
    content = None if before is None else _content(request, before)
    scope, euros = scope_of(request.access), request.access.may(Permission.SEE_DISTRIBUTION)
    told = {
        stage: answer(scope.narrowed(table(stage, dossier.year)), scope, dossier.language)
        for stage in Stage
        if dossier.has(stage) and (euros or stage is not Stage.DISTRIBUTE)
    }
    lead = told.pop(ABOUT[Kind(found.kind)], "") if Kind(found.kind) in ABOUT else ""
    answers = [(QUESTIONS[stage][index(dossier.language)], said) for stage, said in told.items()]
    figures, figures_of = figures_changed(request, found, dossier)
    files, files_of = _files_changed(request, found)
    return shown(
        request, "approvals", "agreement", year, figures=figures, figures_of=figures_of, page=agreement_page(dossier, content), version=fact(found),
        before=None if before is None else fact(before), source=dossier.source, lead=lead, answers=answers, alone=True,
        notes=[(place(one, dossier.language), sentence(one, dossier.language)) for one in dossier.warnings if scope.whole],
        files=files, files_of=files_of, version_pk=found.pk,
        proposable=found.pk if found.state == State.DRAFT and request.access.may(Permission.PROPOSE) else None,
    )  # fmt: skip
