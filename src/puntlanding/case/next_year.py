"""A new year from the files of the one before: what carries over, moved a year on, and what its makers must still look at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from puntlanding.agreement.keys import CONTRACT
from puntlanding.case.decimal_text import Value
from puntlanding.case.layout import AGREEMENT
from puntlanding.case.sources import TOML, find_sources
from puntlanding.case.standing import StandingTable, as_files, standing
from puntlanding.contract_types import CONTRACT_TYPES
from puntlanding.contract_types.base import ContractType

_LEFT = ("realisatie", "prognose")  # what nobody knows yet of the new year
_PRODUCTION = "begroting"
_DATED = ("normtijden",)
_DAY = re.compile(r"(?<![\d.])(\d{4})-(\d{2}-\d{2})(?![\d.])")
_YEAR = re.compile(r"^(\s*jaar\s*=\s*)(\d{4})\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class NextYear:
    """``told``: per point what was done with it and what is still to do, in Dutch and English."""

    files: Mapping[str, bytes]
    told: tuple[tuple[str, str], ...]


def next_year(folder: Path, was: int, year: int) -> NextYear:
    """The case of ``was`` in ``folder`` as a first case of ``year``. Raises InputError where it cannot be read."""
    sources = find_sources(folder)
    tables = standing(folder, sources)
    files = as_files(folder)
    counts = sources.agreement_path if sources.agreement_file.endswith(".toml") else None
    agreement = files[TOML] if counts is None else counts.read_bytes()
    kept = {name: data for name, data in files.items() if not _goes(name)}
    kept[TOML] = _moved(agreement.decode("utf-8-sig"), was, year).encode()
    looks_back = any(one.needs_previous_budget for one in _types(sources.agreement or {}))
    for name in (_PRODUCTION, *_DATED):
        if name in tables:
            kept = {key: data for key, data in kept.items() if Path(key).stem.lower() != name}
            kept[f"{name}.csv"] = _dated(
                tables[name], was, year, both=name in _DATED, before=name == _PRODUCTION and looks_back
            )
    return NextYear(kept, tuple(_told(tables, was, year)))


def _types(agreement: Mapping[str, Any]) -> Iterator[ContractType]:
    for one in agreement.get(CONTRACT, ()):
        if (found := CONTRACT_TYPES.get(str(one.get("soort")))) is not None:
            yield found


def _goes(name: str) -> bool:
    """Agreements of within the old year, their seals, and what was measured of that year."""
    stem = Path(name).stem.lower()
    return stem in _LEFT or (stem.startswith(AGREEMENT) and name != TOML)


def _moved(text: str, was: int, year: int) -> str:
    """Only its year and its days: every other choice stays as it was agreed, remarks included."""
    text = _YEAR.sub(lambda found: f"{found[1]}{year if int(found[2]) == was else found[2]}", text)
    return _DAY.sub(lambda found: _day(int(found[1]) + year - was, found[2]), text)


def _day(year: int, rest: str) -> str:
    month, day = (int(part) for part in rest.split("-"))
    try:
        return date(year, month, day).isoformat()
    except ValueError:  # 29 February, of a year without one
        return f"{year}-{month:02}-{day - 1:02}"


def _dated(table: StandingTable, was: int, year: int, *, both: bool, before: bool) -> bytes:
    """Rows of ``was`` as those of ``year``. ``both``: the old ones stay; ``before``: they do, as last year's budget."""
    rows: list[tuple[int | None, Mapping[str, Value]]] = []
    rows += [(None, cells) for _, cells in table.rows if both or cells.get("jaar") is None]
    if before:
        rows += [(None, {**cells, "jaar": was}) for _, cells in table.rows if cells.get("jaar") in (None, was)]
    known = {_key(cells) for _, cells in rows if cells.get("jaar") == year}
    for _, cells in table.rows:
        new = {**cells, "jaar": year}
        if cells.get("jaar") == was and _key(new) not in known:
            rows.append((None, new))
    titles = table.titles if "jaar" in table.titles or not before else (*table.titles, "jaar")
    return table.csv(rows, titles)


def _key(cells: Mapping[str, Value]) -> tuple[Value, ...]:
    return tuple(
        cells.get(name) for name in ("jaar", "specialisme", "soort", "code", "vakgroep", "contract", "zorgproduct")
    )


def _told(tables: Mapping[str, StandingTable], was: int, year: int) -> Iterator[tuple[str, str]]:
    yield (
        f"De afspraak van {was} geldt nu voor {year}: haar data zijn een jaar opgeschoven, al het andere is gelijk. Lees haar na.",
        f"The agreement of {was} now holds for {year}: its days moved on a year, all else is the same. Read it again.",
    )
    sentences = {
        "begroting": (
            f"De volumes van de begroting zijn die van {was}. Wijzig ze per vakgroep, of maak ze uit de registratie.",
            f"The volumes of the budget are those of {was}. Change them by group, or make them from the records.",
        ),
        "normtijden": (
            f"De normtijden van {year} zijn overgenomen van {was}. Vervang ze zodra die van {year} er zijn.",
            f"The norm times of {year} were taken over from {was}. Replace them as soon as there are those of {year}.",
        ),
        "benchmark": (
            f"De benchmark is die van {was}. Vervang hem door die van {year}.",
            f"The benchmark is that of {was}. Replace it by that of {year}.",
        ),
        "formatie": (
            "De formatie is overgenomen. Vraag de vakgroepen de nieuwe dagdelen op te geven.",
            "The formation was taken over. Ask the groups for their new half-days.",
        ),
        "kosten": (
            "De algemene kosten zijn overgenomen. Zet de nieuwe bedragen erin.",
            "The general costs were taken over. Put in the new amounts.",
        ),
        "efficiency": (
            f"De efficiency van {year - 1} is wat er al van bekend was; die van {year} volgt bij de afrekening.",
            f"The efficiency of {year - 1} is what was known of it; that of {year} comes with the settlement.",
        ),
    }
    yield from (told for name, told in sentences.items() if name in tables)
    gone = [name for name in _LEFT if name in tables]
    if gone:
        names = ", ".join(gone)
        yield (f"Niet overgenomen: {names} van {was}.", f"Not taken over: {names} of {was}.")
