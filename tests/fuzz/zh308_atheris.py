"""Coverage-guided bytes for the ZH308 reader: records or InputError, and no name or number in what is said.

Run by tests/integration/test_zh308_atheris.py; for a longer search by hand: python tests/fuzz/zh308_atheris.py CORPUS
-max_total_time=600. The custom mutator repairs the closing record half of the time, so that the search gets past it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["puntlanding.intake"]):
    from puntlanding.intake.base import Account
    from puntlanding.intake.zh308 import read_blocks
    from puntlanding.language.notation import Language
    from puntlanding.language.sentences import report
    from puntlanding.problems import InputError

import zh308_file as zh

NAME, BSN = "Bakker-Voorbeeld", "999900006"
FILE = Path(tempfile.mkdtemp()) / "levering.asc"


def repaired(content: bytes) -> bytes:
    """The same records with a header and with totals that agree."""
    lines = [line for line in zh.split(content) if len(line) == zh.WIDTH and line[:2] not in (b"01", b"99")]
    return zh.message(*lines)


def mutate(content: bytes, most: int, seed: int) -> bytes:
    changed = atheris.Mutate(content, most)
    return repaired(changed) if seed % 2 else changed


def one(content: bytes) -> None:
    FILE.write_bytes(content)
    size = 611 * (1 + len(content) % 5)
    try:
        for part in read_blocks(FILE, Account(), lambda rows: None, size):
            for frame in part.tables.values():
                frame.rows()
    except InputError as error:
        text = report(error.problems, Language.DUTCH) + report(error.problems, Language.ENGLISH)
        if NAME in text or BSN in text:
            raise AssertionError("a message tells who it is about") from error


def seeds(folder: Path) -> None:
    """A first corpus: one small file of each kind."""
    folder.mkdir(exist_ok=True)
    trajectory = [zh.insured(), zh.performance(), zh.tariff(), zh.activity()]
    credit = [zh.performance(f0457="C", f0413=2), zh.tariff(f0610=2, f0621="C"), zh.activity(f1609=2, f1619="C")]
    for name, content in {
        "plain": zh.message(*trajectory),
        "credit": zh.message(*trajectory, *credit, zh.comment(), zh.record("03"), end=b"\r\n"),
        "joined": zh.message(*trajectory, zh.performance(f0419="", f0413=3), end=b""),
    }.items():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    seeds(Path(next(argument for argument in sys.argv[1:] if not argument.startswith("-"))))
    atheris.Setup(sys.argv, one, custom_mutator=mutate)
    atheris.Fuzz()
