"""The benchmark file that a case is computed with: which kind it is, and who vouches for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from puntlanding.benchmark import national_file, published
from puntlanding.benchmark.national_file import National
from puntlanding.benchmark.published import Published
from puntlanding.contribution.signing import Verdict, Verified, load_trusted, require_trusted, verify
from puntlanding.problems import InputError, Problem, os_reason


@dataclass(frozen=True, slots=True)
class BenchmarkFile:
    """``verified`` None: a published benchmark of which nobody asked whose it is."""

    content: Published | National
    verified: Verified | None

    @property
    def national(self) -> National | None:
        return self.content if isinstance(self.content, National) else None


def read_benchmark_file(path: Path, trusted: Path | None) -> BenchmarkFile:
    """A published benchmark or a national file. Raises InputError where it cannot be read, was changed, or, with ``trusted`` (a
    public key, or a folder of them), is not signed by one of these. Without it a national file is looked at all the same:
    whoever uses it is to know whose it is.
    """
    keys = None if trusted is None else load_trusted(trusted)
    try:
        data = path.read_bytes()
    except OSError as error:
        details = {"reason": os_reason(error)}
        raise InputError([Problem("unreadable", path.name, value=str(path), details=details)]) from error
    national = national_file.is_national(data)
    content = national_file.from_bytes(data, path.name) if national else published.from_bytes(data, path.name)
    verified = verify(data, path.name, keys or {}) if national or keys is not None else None
    if verified is not None and (keys is not None or verified.verdict is Verdict.TAMPERED):
        require_trusted([verified])
    return BenchmarkFile(content, verified)
