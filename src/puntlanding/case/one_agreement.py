"""One agreement by itself, for who compares, checks or freezes it: a TOML file, the version that counts in a case, or a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from puntlanding.agreement import Agreement, read_agreement, read_toml
from puntlanding.agreement.content import Content, content_of
from puntlanding.agreement.seal import Seal
from puntlanding.case.agreement_files import Written, read_versions, seal_of
from puntlanding.case.sources import TOML, find_sources
from puntlanding.files.toml_form import Lines
from puntlanding.problems import InputError, Problem, errors, warnings

_WORKBOOKS = (".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class OneAgreement:
    """``file`` is what messages call it; ``path`` is the file that holds it, beside which its seal stands."""

    path: Path
    file: str
    agreement: Agreement
    content: Content
    lines: Lines
    warnings: tuple[Problem, ...]
    seal: Seal | None = None


def one_agreement(path: Path, *, sealed: bool = True) -> OneAgreement:
    """Raises InputError with everything that is wrong in it; with ``sealed`` also where it was frozen and changed since."""
    written, file = _written(path)
    problems = list(written.problems)
    agreement: Agreement | None = None
    if written.raw is not None:
        agreement, found = read_agreement(written.raw, written.lines, file)
        problems += found
    if agreement is None or written.raw is None or errors(problems):
        raise InputError(problems or [Problem("agreement_not_found", path.name, value=str(path))])
    content, seal = content_of(written.raw), None
    if sealed:
        seal, found = seal_of(written.path, content, file, written.lines)
        if found:
            raise InputError(found)
    return OneAgreement(written.path, file, agreement, content, written.lines, warnings(problems), seal)


def _written(path: Path) -> tuple[Written, str]:
    if path.is_dir() and (path / TOML).is_file():
        version, _ = read_versions(path / TOML)
        return version, version.path.name
    if path.is_dir() or path.suffix.lower() in _WORKBOOKS:
        sources = find_sources(path)
        about = [one for one in sources.problems if sources.agreement is None or one.file == sources.agreement_file]
        file = sources.agreement_path or path
        return Written(file, sources.agreement, sources.lines, list(errors(about))), sources.agreement_file
    if not path.is_file():
        return Written(path, None, {}, [Problem("agreement_not_found", path.name, value=str(path))]), path.name
    return Written(path, *read_toml(path)), path.name
