"""A result before it is shown: in every form that its command has, with what it says of where it comes from.

The command shows it; `verify` makes it again and lays it beside the one that was kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

from puntlanding.cli.linked import Asked, link_of
from puntlanding.language.notation import Language
from puntlanding.problems import InputError, Problem
from puntlanding.report.provenance import KEY, provenance_text
from puntlanding.report.question import OWN, YES, Question, Sources, answer_record, others_text

if TYPE_CHECKING:
    from puntlanding.case import Loaded
    from puntlanding.case.variants import Variant

Files = Mapping[Path, bytes]
Given = Mapping[str, str | Sequence[str] | bool | None]


@dataclass(frozen=True, slots=True)
class Made:
    """``content`` is the JSON but for warnings and where it comes from; ``beside`` it is said what the store gave. ``csv`` and
    ``workbook`` None: the command has no such form.
    """

    question: Question
    sources: Sources
    language: Language
    content: Callable[[], Mapping[str, Any]]
    csv: Callable[[Path, Mapping[str, Any]], Files] | None = None
    workbook: Callable[[Mapping[str, Any]], bytes] | None = None
    beside: Mapping[str, Any] = field(default_factory=dict)

    @property
    def origin(self) -> dict[str, Any]:
        return answer_record(self.question, self.sources, self.language)

    def record(self, said: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The whole JSON; ``said``: the warnings."""
        return {**self.content(), **(said or {}), **self.beside, KEY: self.origin}

    def origin_lines(self) -> list[str]:
        """What the terminal says below the tables."""
        own = self.sources.get(OWN)
        return [
            *([] if own is None else provenance_text(own, self.language).splitlines()),
            *others_text(self.sources, self.language),
        ]

    def write(self, csv: Path | None, xlsx: Path | None, kept: Sequence[Path]) -> list[Path]:
        """Both files or none; never over ``kept``, which it was made from."""
        files: dict[Path, bytes] = {}
        if csv is not None and self.csv is not None:
            files |= self.csv(csv, self.origin)
        if xlsx is not None and self.workbook is not None:
            files[xlsx] = self.workbook(self.origin)
        if files:
            from puntlanding.whole_file import write_whole

            own = {one.resolve() for one in kept}
            taken = [Problem("output_is_case", path.name, value=str(path)) for path in files if path.resolve() in own]
            if taken:
                raise InputError(taken)
            write_whole(files)
        return list(files)


def asked_for(given: Given, by: Asked | None = None) -> dict[str, str | list[str]]:
    """Options as a question keeps them: those that were not given are left out, and so is where the store is."""
    link: dict[str, str | Sequence[str] | bool | None] = {}
    if by is not None and by.store is not None:
        others = [] if by.contributions is None else sorted(path.name for path in _contributions(by.contributions))
        link = {
            "hospital": by.hospital,
            "case": None if by.case is None else by.case.name or YES,
            "year": None if by.year is None else str(by.year),
            "as-of": by.as_of,
            "delivered": _last_delivery(by),
            "benchmark": None if by.benchmark is None else by.benchmark.name,
            "contributions": others,
        }
    texts = {key: YES if value is True else value for key, value in {**given, **link}.items() if value}
    return {key: value if isinstance(value, str) else list(value) for key, value in texts.items()}


def _contributions(folder: Path) -> list[Path]:
    from puntlanding.contribution.model import SUFFIX

    return list(folder.glob(f"*{SUFFIX}"))


def _last_delivery(by: Asked) -> str | None:
    """Of any year: what came later was not in the result."""
    from puntlanding.case.linked import the_store

    link = link_of(by)
    found = [one.delivered for one in the_store(link).deliveries(link.hospital)]
    return max(found).isoformat() if found else None


def place_of(by: Asked) -> Path:
    return by.case if by.case is not None else link_of(by).place


def told_paths(paths: Sequence[Path], place: Path) -> list[str]:
    """Seen from the case where they are in its folder or beside it; otherwise by name: where somebody keeps files is no result."""
    folder = place if place.is_dir() else place.parent
    return [_told(path.resolve(), folder.resolve()) for path in paths]


def _told(path: Path, folder: Path) -> str:
    if path.is_relative_to(folder):
        return path.relative_to(folder).as_posix()
    if path.parent == folder.parent:
        return f"../{path.name}"
    return path.name


def sources_of(loaded: Loaded, variants: Sequence[Variant] = ()) -> Sources:
    """The case's own, and other agreements by the letter of their column."""
    own = {} if loaded.provenance is None else {OWN: loaded.provenance}
    return own | {letter: one.provenance for letter, one in zip(ascii_uppercase[1:], variants, strict=False)}
