"""The log to take away: as a table for people, and as lines with their hashes, which anybody can work out again.

In the second every line has the hash of the one before it. Lines of other collectives stand in it with their hashes alone, so that the
chain is whole and nobody reads another's.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from puntlanding.language.notation import Language
from puntlanding.language.sentences import index
from puntlanding.report.csv_file import harmless
from puntlanding.web.audit import content_of
from puntlanding.web.desk.models import Event

HEADINGS = (("regel", "line"), ("moment", "moment"), ("wie", "who"), ("soort", "kind"), ("wat", "what"), ("hash", "hash"))  # fmt: skip


def table(rows: Iterable[tuple[int, str, str, str, str, str]], language: Language) -> Iterator[bytes]:
    """In the notation of the reader's spreadsheet; a text that it would take for a formula gets an apostrophe before it."""
    yield b"\xef\xbb\xbf" + _line([names[index(language)] for names in HEADINGS], language)
    for row in rows:
        yield _line([str(row[0]), *map(harmless, row[1:])], language)


def _line(cells: list[str], language: Language) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";" if language is Language.DUTCH else ",", lineterminator="\r\n").writerow(cells)
    return text.getvalue().encode()


def chain(events: Iterable[Event], own: Iterable[int | None]) -> Iterator[bytes]:
    """A line of JSON per event: all of it where its collective is in ``own``, and else its number and hashes."""
    mine = frozenset(own)
    for one in events:
        told: dict[str, Any] = {"nummer": one.number, "vorige": one.before, "hash": one.hash}
        if one.collective_id in mine:
            told = {**content_of(one), "hash": one.hash}
        yield (json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
