"""What an agreement says, apart from how it is written: every effective value in one form, and the hash of that.

Defaults are filled in; comments, the order of keys and contracts, and TOML or sheet make no difference. Components, and sections
with a required key, hold only where they are named; any other holds always.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any

from puntlanding.agreement.keys import CONTRACT, OPEN_SECTIONS, ROLE_WEIGHTS, SECTIONS, contract_settings
from puntlanding.agreement.values import read_section
from puntlanding.components import COMPONENTS
from puntlanding.quantities import fixed
from puntlanding.setting import Kind, Setting

FORM = 1
SHOWN = 12  # digits of a hash that people compare

Value = str | tuple[str, ...]
Key = tuple[str, str, str]  # section, name of the contract (or "" where the section stands once), key


@dataclass(frozen=True, slots=True)
class Content:
    """``values`` by key; ``written`` are the keys that the file has, the others are defaults. Equal content: an equal hash."""

    values: Mapping[Key, Value]
    written: frozenset[Key] = field(default=frozenset(), compare=False)

    @property
    def hash(self) -> str:
        """SHA-256 over the record as JSON without blanks, names in code-point order, UTF-8."""
        form = {"vorm": FORM, "inhoud": self.record()}
        text = json.dumps(form, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def record(self) -> dict[str, Any]:
        """Section → key → text or list of texts; contracts have a level more, by name."""
        record: dict[str, Any] = {}
        for (section, name, key), value in sorted(self.values.items()):
            table = record.setdefault(section, {})
            if name:
                table = table.setdefault(name, {})
            table[key] = value if isinstance(value, str) else list(value)
        return record

    def tables(self) -> dict[tuple[str, str], dict[str, Value]]:
        """The values by section and name."""
        found: dict[tuple[str, str], dict[str, Value]] = {}
        for (section, name, key), value in self.values.items():
            found.setdefault((section, name), {})[key] = value
        return found

    def text(self, section: str, key: str) -> str:
        found = self.values.get((section, "", key), "")
        return found if isinstance(found, str) else ", ".join(found)


def short(hash_: str) -> str:
    return hash_[:SHOWN]


def content_of(raw: Mapping[str, Any]) -> Content:
    """The content of a file that `read_agreement` found nothing wrong with."""
    values: dict[Key, Value] = {}
    written: set[Key] = set()
    for section, name, given, settings in _tables(raw):
        reading = read_section(section, 0, given, settings, {}, "", [])
        for one in settings:
            if one.key in reading.values:
                values[section, name, one.key] = canonical(one, reading.values[one.key])
                if one.key in given:
                    written.add((section, name, one.key))
    year = values.get(("afspraak", "", "jaar"))
    if isinstance(year, str):
        values.setdefault(("afspraak", "", "ingangsdatum"), f"{year}-01-01")
    return Content(values, frozenset(written))


def _tables(raw: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any], tuple[Setting, ...]]]:
    for section, settings in SECTIONS.items():
        given = raw.get(section)
        if isinstance(given, list):
            yield from _several(section, given, settings)
            continue
        if not isinstance(given, dict) and (
            section in (CONTRACT, *COMPONENTS) or any(one.required for one in settings)
        ):
            continue
        own = given if isinstance(given, dict) else {}
        yield section, "", {key: value for key, value in own.items() if not isinstance(value, dict)}, settings
    for path, pattern in OPEN_SECTIONS.items():
        parent, _, child = path.rpartition(".")
        outer = raw.get(parent)
        inner = outer.get(child) if isinstance(outer, dict) else None
        if isinstance(inner, dict):
            named = {key.lower() if child == ROLE_WEIGHTS else key: value for key, value in inner.items()}
            yield path, "", named, tuple(replace(pattern, key=key) for key in named)


def _several(
    section: str, given: Iterable[Any], settings: tuple[Setting, ...]
) -> Iterator[tuple[str, str, Mapping[str, Any], tuple[Setting, ...]]]:
    """Tables that stand more than once are told apart by their name."""
    seen: dict[str, int] = {}
    for one in given:
        table = one if isinstance(one, dict) else {}
        kind = table.get("soort")
        own = contract_settings(kind if isinstance(kind, str) else None) if section == CONTRACT else settings
        name = str(table.get(_first(own), "")).strip() or "?"
        seen[name] = seen.get(name, 0) + 1
        yield section, name if seen[name] == 1 else f"{name} ({seen[name]})", table, own


def _first(settings: tuple[Setting, ...]) -> str:
    """The key that tells tables apart."""
    return "naam" if any(one.key == "naam" for one in settings) else settings[0].key


def canonical(one: Setting, value: Any) -> Value:
    """One text for one value: numbers as the shortest decimal, euros with two decimals, dates as YYYY-MM-DD."""
    match one.kind:
        case Kind.PAIR | Kind.TEXTS:
            return tuple(part if isinstance(part, str) else plain(part) for part in value)
        case Kind.EUROS:
            return fixed(Fraction(value) / 100, 2)
        case _:
            if isinstance(value, date):
                return value.isoformat()
            return value if isinstance(value, str) else plain(Fraction(value))


def plain(value: Fraction) -> str:
    """The shortest decimal; n/d for the few numbers that have none."""
    rest, places = value.denominator, 0
    while rest % 10 == 0 or rest % 2 == 0 or rest % 5 == 0:
        rest = rest // 10 if rest % 10 == 0 else rest // 2 if rest % 2 == 0 else rest // 5
        places += 1
    return fixed(value, places) if rest == 1 else str(value)


def default_of(key: Key) -> Value | None:
    """What counts where the file does not have the key; None: then there is nothing."""
    section, _, name = key
    for one in contract_settings(None) if section == CONTRACT else SECTIONS.get(section, ()):
        if one.key == name and one.default is not None:
            return canonical(one, one.default)
    return None


def content_from(record: object) -> Content:
    """What `record` wrote. Raises ValueError for anything else."""
    values: dict[Key, Value] = {}
    for section, table in _entries(record):
        for key, value in _entries(table):
            if isinstance(value, dict):
                values |= {(section, key, inner): _value(one) for inner, one in _entries(value)}
            else:
                values[section, "", key] = _value(value)
    if not values:
        raise ValueError("no values")
    return Content(values)


def _entries(record: object) -> Iterable[tuple[str, Any]]:
    if not isinstance(record, dict) or not all(isinstance(key, str) for key in record):
        raise ValueError("not a table")
    return record.items()


def _value(value: object) -> Value:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return tuple(value)
    raise ValueError("neither a text nor a list of texts")
