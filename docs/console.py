"""The ```console blocks of the documentation: run them, and compare or refresh the output that they show.

A block is a number of commands, each a line that starts with `$ `, each followed by what it prints. All blocks of one
page run in order in one fresh folder that holds a copy of examples/. A line `…` stands for lines that were left out.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = "…"
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Step:
    command: str
    shown: tuple[str, ...]
    printed: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Whether what the page shows is what the program printed, but for the lines left out."""
        position = 0
        for i, chunk in enumerate(_chunks(self.shown)):
            found = _find(self.printed, chunk, position)
            if found is None or (i == 0 and found != 0):
                return False
            position = found + len(chunk)
        return LEFT_OUT in self.shown[-1:] or position == len(self.printed)


def pages() -> list[Path]:
    """Every Markdown page of the project that shows commands."""
    found = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md")]
    return sorted(page for page in found if _BLOCK.search(page.read_text(encoding="utf-8")))


def run(page: Path) -> Generator[Step, None, None]:
    """Run the page's commands, except `make`, which sets up what this very program runs in."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "examples", folder / "examples")
        for block in _BLOCK.finditer(page.read_text(encoding="utf-8")):
            for command, shown in _steps(block[1]):
                ours = command.startswith("make ")
                yield Step(command, shown, shown if ours else _printed(command, folder))


def refreshed(page: Path) -> str:
    """The page's text with the output of every command as it is now; outputs with lines left out stay as they are."""
    steps = run(page)

    def rewritten(block: re.Match[str]) -> str:
        lines = ["```console"]
        for command, shown in _steps(block[1]):
            step = next(steps)
            kept = step.agrees or LEFT_OUT in shown
            lines += [f"$ {command}", *(shown if kept else step.printed)]
        return "\n".join([*lines, "```"])

    text = _BLOCK.sub(rewritten, page.read_text(encoding="utf-8"))
    steps.close()
    return text


def _steps(block: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    command: str | None = None
    shown: list[str] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            if command is not None:
                yield command, _trimmed(shown)
            command, shown = line[2:], []
        else:
            shown.append(line)
    if command is not None:
        yield command, _trimmed(shown)


def _printed(command: str, folder: Path) -> tuple[str, ...]:
    binaries = str(Path(sys.executable).parent)
    environment = {**os.environ, "PATH": f"{binaries}{os.pathsep}{os.environ.get('PATH', '')}"}
    command = command.replace(".venv/bin/", "")
    done = subprocess.run(  # noqa: S603
        ["bash", "-c", command],  # noqa: S607  the commands of the project's own pages
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
    )
    return _trimmed((done.stdout + done.stderr).splitlines())


def _trimmed(lines: list[str]) -> tuple[str, ...]:
    kept = [line.rstrip() for line in lines]
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)


def _chunks(shown: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    chunk: list[str] = []
    for line in shown:
        if line == LEFT_OUT:
            yield tuple(chunk)
            chunk = []
        else:
            chunk.append(line)
    yield tuple(chunk)


def _find(lines: tuple[str, ...], chunk: tuple[str, ...], start: int) -> int | None:
    for i in range(start, len(lines) - len(chunk) + 1):
        if lines[i : i + len(chunk)] == chunk:
            return i
    return None
