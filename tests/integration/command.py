"""The command line as the tests run it: in this process, or as the real console script."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from puntlanding.cli.main import main

SCRIPT = Path(sys.executable).with_name("puntlanding")
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Outcome:
    status: int
    out: str
    err: str


def run(*words: object, cwd: Path | None = None) -> Outcome:
    """`main` in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.redirect_stdout(out))
        stack.enter_context(contextlib.redirect_stderr(err))
        if cwd is not None:
            stack.enter_context(contextlib.chdir(cwd))
        status = main([str(word) for word in words])
    return Outcome(status, out.getvalue(), err.getvalue())


def without_origin(text: str) -> str:
    """But for which data were read: another delivery is another file, whatever was known on the day."""
    if text.startswith("{"):
        record = json.loads(text)
        del record["verantwoording"]
        return json.dumps(record)
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(("Herkomst: ", "Origin: ")))


def script(
    *words: object, env: Mapping[str, str] | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    """The console script in a process of its own; bytes, because encodings are part of what is tested."""
    return subprocess.run(
        [str(SCRIPT), *map(str, words)], capture_output=True, env={**os.environ, **(env or {})}, cwd=cwd, check=False, timeout=60,
    )  # fmt: skip
