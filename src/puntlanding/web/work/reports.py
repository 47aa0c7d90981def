"""Every report of a version, as `puntlanding report --all` makes them: one zip, and each file by itself."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from puntlanding.language.notation import Language
from puntlanding.language.sentences import index
from puntlanding.problems import InputError
from puntlanding.web.presenters.facts import KINDS
from puntlanding.web.rules import Permission
from puntlanding.web.work.kinds import Work
from puntlanding.web.work.models import Asked, Job
from puntlanding.web.work.progress import Progress

if TYPE_CHECKING:
    from puntlanding.case.linked import Link
    from puntlanding.report.dossier import Dossier
    from puntlanding.report.outputs import Output
    from puntlanding.web.desk.models import Version

_STILL = (1980, 1, 1, 0, 0, 0)  # the same files, the same zip
_NAMES: Mapping[str, tuple[str, str]] = {
    "xlsx": ("de werkmap", "the workbook"),
    "statements": ("de verklaring van {}", "the statement of {}"),
    "board": ("het bestuursverslag", "the board report"),
    "html": ("het jaar als één pagina", "the year as one page"),
}
_TOGETHER = ("de zip", "the zip")


def run(progress: Progress, asked: Mapping[str, Asked]) -> Mapping[str, bytes]:
    from puntlanding.report.outputs import OUTPUTS
    from puntlanding.stage import Stage
    from puntlanding.web.desk.models import Version
    from puntlanding.web.desk.statements import statement_dossier

    version = Version.objects.select_related("year").prefetch_related("approvals__user").get(pk=str(asked["version"]))
    dossier = statement_dossier(version, Language(str(asked["language"])), euros=bool(asked["euros"]))
    dossier = replace(dossier, link=_link(version, asked))
    if not any(dossier.has(stage) for stage in Stage):
        raise InputError([problem for stage in Stage for problem in dossier.lacking[stage]])
    parts = [(output, group) for output in OUTPUTS.values() for group in _groups(output, dossier)]
    found: dict[Path, bytes] = {}
    for at, (output, group) in enumerate(parts):
        nl, en = _NAMES[output.option]
        progress.step(at, len(parts) + 1, (nl.format(group), en.format(group)))
        one = dossier if group is None else replace(dossier, only=group)
        found |= output.files(one, Path(output.name))
    progress.step(len(parts), len(parts) + 1, _TOGETHER)
    which = index(dossier.language)
    word, kind = ("rapporten", "reports")[which], KINDS[version.kind][which]
    name = f"{word}_{version.year.year}_{kind}_{version.number}.zip"
    return {name: _zipped(found), **{"_".join(path.parts): data for path, data in found.items()}}


def _groups(output: Output, dossier: Dossier) -> Iterator[str | None]:
    """A file per group is a step per group; the others are one."""
    if output.option == "statements":
        yield from dossier.groups
    else:
        yield None


def _link(version: Version, asked: Mapping[str, Asked]) -> Link | None:
    """The year's records, from which the forecast in the reports comes."""
    from puntlanding.case.linked import Link
    from puntlanding.web.desk.dossiers import snapshots
    from puntlanding.web.desk.queries import source_of

    source = None if asked["records"] is None else source_of(version.year)
    if source is None:
        return None
    folder = snapshots().folder(version.snapshot)
    return Link(Path(source.store), source.hospital, version.year.year, folder, source.as_of)


def _zipped(files: Mapping[Path, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, data in files.items():
            about = zipfile.ZipInfo(path.as_posix(), _STILL)
            about.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(about, data)
    return made.getvalue()


def about(job: Job, language: Language) -> str:
    return cast("list[str]", job.asked["title"])[index(language)]


REPORTS = Work("reports", ("Set rapporten", "Set of reports"), Permission.CALCULATE, run, about=about)
