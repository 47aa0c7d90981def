"""The sheet afspraak of a workbook → the same plain values as afspraak.toml gives.

Columns onderdeel, sleutel, waarde; each contract is an onderdeel of its own: `contract 1`, `contract 2`, …; so is each earmarked
budget (`geoormerkt 1`, …).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from puntlanding.agreement.keys import CONTRACT, OPEN_SECTIONS, REPEATED, SECTIONS, contract_settings
from puntlanding.case.numbers import parse
from puntlanding.case.raw import Cell, RawTable
from puntlanding.files.toml_form import Lines
from puntlanding.problems import Problem
from puntlanding.setting import Kind

COLUMNS = ("onderdeel", "sleutel", "waarde")
_REPEATED = re.compile(rf"({'|'.join(REPEATED)})(\s+\S.*)?", re.IGNORECASE)


def agreement_from_sheet(table: RawTable) -> tuple[dict[str, Any] | None, Lines, list[Problem]]:
    """Plain values, the row of every key, and what is wrong with the sheet itself."""
    missing = [name for name in COLUMNS if name not in table.columns]
    if missing:
        details = {"columns": ", ".join(COLUMNS)}
        return None, {}, [Problem("sheet_columns", table.file, table.header_row, missing[0], None, details)]
    raw: dict[str, Any] = {}
    places: dict[tuple[str, int, str], int] = {}
    problems: list[Problem] = []
    repeated: dict[str, dict[str, int]] = {}
    for row, section_cell, key_cell, value in zip(table.rows, *(table.columns[name] for name in COLUMNS), strict=True):
        if value is None:
            continue
        section, key = str(section_cell or "").strip(), str(key_cell or "").strip()
        if not section or not key:
            problems.append(Problem("sheet_row", table.file, row, "onderdeel" if not section else "sleutel"))
            continue
        target: dict[str, Any] | None
        if several := _REPEATED.fullmatch(section):
            name = several[1].lower()
            places_of = repeated.setdefault(name, {})
            position = places_of.setdefault(section, len(places_of))
            target = _one_of(raw, name, position)
        else:
            position, name, target = 0, section, _section(raw, section)
        if target is None or key in target:  # None: a row above gave this section's name a value of its own
            problems.append(Problem("sheet_key_twice", table.file, row, f"{section}.{key}", str(value)))
            continue
        target[key] = _value(name, key, value)
        places.setdefault((name, position, ""), row)
        places[(name, position, key)] = row
    return raw, places, problems


def _one_of(raw: dict[str, Any], name: str, position: int) -> dict[str, Any]:
    several: list[dict[str, Any]] = raw.setdefault(name, [])
    while len(several) <= position:
        several.append({})
    return several[position]


def _section(raw: dict[str, Any], name: str) -> dict[str, Any] | None:
    """The section's own table; None where part of its name is taken by something else."""
    target: Any = raw
    for part in name.split("."):
        if not isinstance(target, dict):
            return None
        target = target.setdefault(part, {})
    return target if isinstance(target, dict) else None


def _value(section: str, key: str, value: Cell) -> object:
    """Text where the setting wants text, a number where it wants one and the cell holds one (also typed as text)."""
    kinds: Mapping[str, Kind] = {one.key: one.kind for one in SECTIONS.get(section, ())}
    if section == CONTRACT:
        kinds = {one.key: one.kind for one in contract_settings(None)}
    kind = Kind.NUMBER if section in OPEN_SECTIONS else kinds.get(key)
    if kind in (Kind.TEXT, Kind.CHOICE):
        return str(value)
    if kind is Kind.PAIR:
        return [_number(part.strip()) for part in str(value).strip("[]").split(";" if ";" in str(value) else ",")]
    if kind is Kind.TEXTS:
        return [part.strip().strip("\"'") for part in re.split("[;,]", str(value).strip("[]"))]
    if kind is Kind.DATE:
        return _date(value)
    return _number(value)


def _date(value: Cell) -> object:
    """A cell of date format comes as text, with a time behind it."""
    try:
        return date.fromisoformat(str(value).removesuffix("T00:00:00"))
    except ValueError:
        return value


def _number(value: Cell) -> object:
    if not isinstance(value, str):
        return value
    found = parse(value, "," if "," in value else ".")
    return value if found is None else Decimal(value.replace(",", "."))
