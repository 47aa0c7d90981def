"""Random agreements from the catalogue of settings, and ways to type one: TOML or a sheet, keys in any order, with comments."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from puntlanding.agreement.keys import CONTRACT, OPEN_SECTIONS, SECTIONS, contract_settings
from puntlanding.case.raw import RawTable
from puntlanding.components import COMPONENTS
from puntlanding.contract_types import CONTRACT_TYPES
from puntlanding.quantities import fixed
from puntlanding.setting import Kind, Setting

YEAR = 2026
NAMES = ("Zorg A", "Zorg B", 'met "quotes"', "é = €", "=1+1", "[A]")
WEIGHTS = ("weging", "prestatiemodel")  # keys that add up to 1
Raw = dict[str, Any]


def number(one: Setting) -> st.SearchStrategy[Decimal]:
    lowest = Fraction(0) if one.minimum is None else one.minimum
    highest = lowest + 100 if one.maximum is None else one.maximum
    places = 2 if one.kind is Kind.EUROS else 4
    low, high = (int(bound * 10**places) for bound in (lowest, highest))
    return st.integers(low, high).map(lambda n: Decimal(fixed(Fraction(n, 10**places), places)))


def value(one: Setting) -> st.SearchStrategy[Any]:
    match one.kind:
        case Kind.CHOICE:
            return st.sampled_from(one.choices)
        case Kind.TEXT:
            return st.sampled_from(NAMES)
        case Kind.YEAR:
            return st.just(YEAR)
        case Kind.DATE:
            return st.integers(0, 364).map(lambda n: date(YEAR, 1, 1) + timedelta(days=n))
        case Kind.PAIR:
            return st.lists(number(one), min_size=2, max_size=2).map(sorted)
        case Kind.TEXTS:
            return st.lists(st.sampled_from(("3311", "3313", "0101", "AB12")), min_size=1, max_size=3)
        case _:
            return number(one)


@st.composite
def table(draw: Any, settings: tuple[Setting, ...]) -> Raw:
    return {one.key: draw(value(one)) for one in settings if one.required or draw(st.booleans())}


@st.composite
def agreements(draw: Any) -> Raw:
    """Valid but for what components ask of each other: those are tried by themselves."""
    raw: Raw = {"afspraak": draw(table(SECTIONS["afspraak"]))}
    for name in draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=3)):
        kind = draw(st.sampled_from(sorted(CONTRACT_TYPES)))
        own = {one.key: draw(value(one)) for one in contract_settings(kind) if one.required or draw(st.booleans())}
        own.pop("verzekeraars", None)
        raw.setdefault(CONTRACT, []).append({**own, "naam": name, "soort": kind})
    for section, settings in SECTIONS.items():
        if section in ("afspraak", CONTRACT, *COMPONENTS, *WEIGHTS) or not draw(st.booleans()):
            continue
        raw[section] = draw(table(settings))
    if draw(st.booleans()):
        output = draw(st.sampled_from(("0.5", "0.80", "1")))
        raw["weging"] = {"output": Decimal(output), "efficiency": 1 - Decimal(output)}
    for path, pattern in OPEN_SECTIONS.items():
        parent, _, child = path.rpartition(".")
        keys = draw(st.lists(st.sampled_from(("anios", "arts assistent", "poli")), unique=True, max_size=2))
        if keys:
            raw.setdefault(parent, {})[child] = {key: draw(number(pattern)) + 1 for key in keys}
    return raw


def toml(raw: Raw, shuffle: Any = list, comment: str = "") -> str:
    lines: list[str] = [comment]
    tables: list[tuple[str, Raw]] = []
    for section, given in raw.items():
        if isinstance(given, list):
            tables += [(f"[[{section}]]", one) for one in given]
        else:
            plain = {key: one for key, one in given.items() if not isinstance(one, dict)}
            tables.append((f"[{section}]", plain))
            tables += [(f"[{section}.{key}]", one) for key, one in given.items() if isinstance(one, dict)]
    for header, values in shuffle(tables):
        lines += [f"{header} {comment}"]
        lines += [
            f"{json.dumps(key, ensure_ascii=False)} = {_typed(one)} {comment}"
            for key, one in shuffle(list(values.items()))
        ]
    return "\n".join(lines) + "\n"


def _typed(one: Any) -> str:
    if isinstance(one, str):
        return json.dumps(one, ensure_ascii=False)
    if isinstance(one, list):
        return f"[{', '.join(map(_typed, one))}]"
    return one.isoformat() if isinstance(one, date) else str(one)


def sheet(raw: Raw, shuffle: Any = list) -> RawTable:
    rows: list[tuple[str, str, Any]] = []
    for section, given in raw.items():
        for at, own in enumerate(given if isinstance(given, list) else [given], start=1):
            called = f"{section} {at}" if isinstance(given, list) else section
            for key, one in own.items():
                inner = one.items() if isinstance(one, dict) else [(key, one)]
                place = f"{section}.{key}" if isinstance(one, dict) else called
                rows += [(place, name, _cell(cell)) for name, cell in inner]
    rows = shuffle(rows)
    columns = {title: [row[at] for row in rows] for at, title in enumerate(("onderdeel", "sleutel", "waarde"))}
    return RawTable("afspraak", "case.xlsx[afspraak]", columns, list(range(2, len(rows) + 2)))


def _cell(one: Any) -> Any:
    if isinstance(one, list):
        return "; ".join(map(str, one))
    return one.isoformat() if isinstance(one, date) else one
