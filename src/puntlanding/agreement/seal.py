"""An agreement that both parties signed off: a seal beside the file holds its content and hash, so that a change is seen.

A seal is TOML: hash, content, and per party the day. It names parties, never people.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from puntlanding.agreement.content import FORM, Content, content_from
from puntlanding.agreement.difference import since_seal
from puntlanding.files.toml_form import Lines, endless
from puntlanding.language.notation import Language, day
from puntlanding.problems import Problem, os_reason

SUFFIX = ".zegel.toml"
LARGEST = 1_000_000  # bytes
MOST_TOLD = 5  # changes in one message; the rest is counted


class Party(StrEnum):
    HOSPITAL = "ziekenhuis"
    COLLECTIVE = "gremium"

    @property
    def words(self) -> tuple[str, str]:
        return ("het ziekenhuis", "the hospital") if self is Party.HOSPITAL else ("het gremium", "the collective")


def _in_order(signed: Iterable[tuple[Party, date]]) -> tuple[tuple[Party, date], ...]:
    return tuple(sorted(signed, key=lambda one: list(Party).index(one[0])))


@dataclass(frozen=True, slots=True)
class Seal:
    """``signed`` says on which day each party signed off; ``hash`` is that of ``content`` when the first of them did."""

    hash: str
    content: Content
    signed: tuple[tuple[Party, date], ...]

    @property
    def complete(self) -> bool:
        return {party for party, _ in self.signed} == set(Party)

    def with_(self, party: Party, on: date) -> Seal:
        return replace(self, signed=_in_order((*self.signed, (party, on))))


def seal_path(agreement: Path) -> Path:
    return agreement.with_name(agreement.stem + SUFFIX)


def seal_text(seal: Seal) -> str:
    """JSON's texts and lists are TOML's too: what a key may be is quoted, what prints stands as it is."""
    lines = [
        "# Met dit zegel is een afspraak vastgelegd. Verander hier niets: wie de afspraak wijzigt, maakt een nieuwe versie.",
        "# This seal freezes an agreement. Change nothing here: to change the agreement, make a new version.",
        "", "[zegel]", f"vorm = {FORM}", f'hash = "{seal.hash}"',
    ]  # fmt: skip
    for party, on in seal.signed:
        lines += ["", "[[ondertekening]]", f'door = "{party.value}"', f"op = {on.isoformat()}"]
    for (section, name), table in sorted(seal.content.tables().items()):
        path = [section, name] if name else [section]
        lines += ["", f"[inhoud.{'.'.join(_text(part) for part in path)}]"]
        lines += [
            f"{_text(key)} = {_text(value if isinstance(value, str) else list(value))}"
            for key, value in sorted(table.items())
        ]
    return "\n".join(lines) + "\n"


def _text(value: str | list[str]) -> str:
    return json.dumps(value, ensure_ascii=False)


def read_seal(path: Path) -> tuple[Seal | None, list[Problem]]:
    """None where there is no seal, and with a problem where there is one that cannot be trusted."""
    try:
        if not path.is_file():
            return None, []
        if path.stat().st_size > LARGEST:
            return None, [Problem("seal_damaged", path.name)]
        raw = _loaded(path.read_bytes())
    except OSError as error:
        return None, [Problem("unreadable", path.name, details={"reason": os_reason(error)})]
    except (ValueError, RecursionError):
        return None, [Problem("seal_damaged", path.name)]
    try:
        return _seal(raw, path.name)
    except (KeyError, TypeError, ValueError):
        return None, [Problem("seal_damaged", path.name)]


def seal_from(data: bytes, file: str) -> tuple[Seal | None, list[Problem]]:
    """As `read_seal`, of what somebody sent."""
    if len(data) > LARGEST:
        return None, [Problem("seal_damaged", file)]
    try:
        return _seal(_loaded(data), file)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return None, [Problem("seal_damaged", file)]


def _loaded(data: bytes) -> dict[str, Any]:
    """Raises ValueError for what is no TOML, or would take minutes to read."""
    text = data.decode("utf-8-sig")
    if endless(text):
        raise ValueError("keys without end")
    return tomllib.loads(text)


def _seal(raw: dict[str, Any], file: str) -> tuple[Seal | None, list[Problem]]:
    head = raw["zegel"]
    form = head["vorm"]
    if isinstance(form, int) and form > FORM:
        return None, [Problem("seal_newer", file, details={"form": form, "known": FORM})]
    content = content_from(raw["inhoud"])
    signed = _in_order((Party(one["door"]), _day(one["op"])) for one in raw["ondertekening"])
    if form != FORM or content.hash != head["hash"] or not signed or len({party for party, _ in signed}) < len(signed):
        raise ValueError(file)
    return Seal(head["hash"], content, signed), []


def _day(value: object) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise TypeError(value)
    return value


def signed_words(seal: Seal) -> tuple[str, str]:
    """Who signed off and when: "door het ziekenhuis op 15 januari 2026"."""
    dutch, english = (
        glue.join(f"{party.words[which]} {on} {day(when, language)}" for party, when in seal.signed)
        for which, (glue, on, language) in enumerate(
            ((" en ", "op", Language.DUTCH), (" and ", "on", Language.ENGLISH))
        )
    )
    return f"door {dutch}", f"by {english}"


def broken(seal: Seal, now: Content, file: str, lines: Lines, code: str = "sealed_changed") -> Problem | None:
    """What was changed since the sealing, in one message at the line of the first change; None where nothing was."""
    found = since_seal(seal.content, now)
    if not found:
        return None
    rest = len(found) - MOST_TOLD
    told = [" ".join(one.said[which] for one in found[:MOST_TOLD]) for which in (0, 1)]
    if rest > 0:
        told = [f"{told[0]} En nog {rest}.", f"{told[1]} And {rest} more."]
    section, name, key = found[0].key
    names = [one for table, one in now.tables() if table == section]
    position = names.index(name) if name in names else -1
    line = lines.get((section, position, key), lines.get((section, position, "")))
    details: dict[str, object] = {"seal": signed_words(seal), "change": (told[0], told[1])}
    return Problem(code, file, line, ".".join(part for part in (section, key) if part), None, details)
