"""From an agreement that was changed in the browser to a version of it: the files it started from, with another afspraak.toml."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

from puntlanding.agreement import read_toml
from puntlanding.agreement.seal import seal_path
from puntlanding.case.agreement_files import FROM
from puntlanding.case.sources import find_sources
from puntlanding.problems import InputError, Problem, errors
from puntlanding.web.access import Access
from puntlanding.web.actions.allowed import require
from puntlanding.web.actions.versions import add_version
from puntlanding.web.desk.dossiers import snapshots
from puntlanding.web.desk.models import Kind, Version, Year
from puntlanding.web.desk.queries import versions
from puntlanding.web.presenters.agreement_typed import Base
from puntlanding.web.rules import Permission
from puntlanding.web.snapshots import files_of


def base_of(snapshot: str) -> Base:
    """The agreement that counts in ``snapshot``. Raises InputError where it stands in a workbook or cannot be read."""
    folder = snapshots().folder(snapshot)
    sources = find_sources(folder)
    path = sources.agreement_path
    if path is None or sources.agreement is None or errors(sources.problems):
        raise InputError(sources.problems)
    if path.suffix != ".toml":
        raise InputError([Problem("agreement_in_workbook", path.name)])
    raw, _, problems = read_toml(path)
    if raw is None:
        raise InputError(problems)
    return Base(path.name, path.read_text(encoding="utf-8"), raw)


def files_with(snapshot: str, base: Base, text: str) -> dict[str, bytes]:
    """Those of ``snapshot`` with ``text`` as their agreement. A seal goes: it was of what stood there before."""
    files = files_of(snapshots().folder(snapshot))
    files.pop(seal_path(Path(base.file)).name, None)
    files.pop(base.file, None)
    return files | {_named(base.file, text): text.encode()}


def _named(file: str, text: str) -> str:
    """A later version of the year is named after the day from which it holds."""
    if not file.startswith(FROM):
        return file
    head = tomllib.loads(text.removeprefix("\ufeff"), parse_float=Decimal).get("afspraak", {})
    since = head.get("ingangsdatum")
    return f"{FROM}{since.isoformat()}.toml" if isinstance(since, date) else file


def newest(year: Year) -> Version | None:
    """The agreement that a next one is made from: the last that was not refused or replaced."""
    found = versions(year, Kind.AGREEMENT).exclude(state__in=("refused", "superseded")).first()
    return found or versions(year, Kind.AGREEMENT).first()


def confirm_agreement(access: Access, year: Year, snapshot: str, base: Base, text: str, note: str) -> Version:
    """A draft version. Raises InputError with all that is wrong, and where a newer version was made meanwhile: nothing is lost then."""
    require(access, Permission.DELIVER)
    last = newest(year)
    if last is not None and last.snapshot != snapshot:
        raise InputError([Problem("agreement_newer", base.file, details={"version": _name(last)})])
    if text == base.text:
        raise InputError([Problem("agreement_same", base.file)])
    return add_version(access, year, Kind.AGREEMENT, files_with(snapshot, base, text), note)


def _name(version: Version) -> tuple[str, str]:
    return f"Afspraak {version.number}", f"Agreement {version.number}"
