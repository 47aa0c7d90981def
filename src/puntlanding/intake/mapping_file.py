"""The mapping (koppeling): one TOML file that says where our columns stand in a hospital's own export."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from puntlanding.files.toml_form import Lines, endless, key_lines, syntax_place
from puntlanding.intake.convert import SPACE
from puntlanding.problems import InputError, Problem, near_miss, os_reason
from puntlanding.records.tables import TABLES, Kind, TableName

LARGEST = 1_000_000  # bytes; a mapping is a page
PATIENTS = "patienten"
BIRTH_DATE, INSTITUTION = "geboortedatum", "instelling"
OF_PATIENTS = (BIRTH_DATE, "geboortejaar", "geslacht", "verzekeraar")
SEX = "geslacht"


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a mapping, for its readers and for the documentation. ``name`` "*" is a name of the user's or of ours."""

    name: str
    nl: str
    en: str
    example: str


KEYS: tuple[Key, ...] = (
    Key(
        "bestand",
        "Bestand van deze tabel, in de map van de levering. Zonder: het bestand met de naam van de tabel.",
        "File of this table, in the folder of the delivery. Without: the file with the table's name.",
        'bestand = "DBC_2026.csv"',
    ),
    Key(
        "blad",
        "Blad van een werkmap. Zonder: het blad met de naam van de tabel, of het enige blad.",
        "Sheet of a workbook. Without: the sheet with the table's name, or the only one.",
        'blad = "Export"',
    ),
    Key(
        "codering",
        "Codering van een tekstbestand: utf-8 (standaard), windows-1252, iso-8859-1 of iso-8859-15.",
        "Encoding of a text file: utf-8 (default), windows-1252, iso-8859-1 or iso-8859-15.",
        'codering = "windows-1252"',
    ),
    Key(
        "datumvorm",
        "Hoe datums geschreven zijn: dd, mm en jjjj of jj in hun volgorde (of %d, %m, %Y). Zonder: wordt herkend, per kolom.",
        "How dates are written: dd, mm and jjjj or jj in their order (or %d, %m, %Y). Without: recognised, by column.",
        'datumvorm = "dd-mm-jjjj"',
    ),
    Key(
        "datumvormen.*",
        "De datumvorm van één kolom, waar die anders is dan de rest. Links onze naam.",
        "The date format of one column, where it differs from the rest. Ours on the left.",
        'openingsdatum = "jjjjmmdd"',
    ),
    Key(
        "leeg",
        "Wat in deze tabel een lege cel betekent.",
        "What means an empty cell in this table.",
        'leeg = ["NULL", "31-12-9999"]',
    ),
    Key(
        "kolommen.*",
        "Links onze kolom, rechts die van u. Alleen kolommen die hier staan, worden gelezen; zonder dit onderdeel: onze eigen namen.",
        "Our column on the left, yours on the right. Only columns listed here are read; without this section: our own names.",
        'openingsdatum = "Begindatum DBC"',
    ),
    Key(
        "waarden.*.*",
        "Per kolom met codes: links wat er bij u staat, rechts onze code. Hoofdletters doen niet ter zake.",
        "For a column of codes: what you have on the left, our code on the right. Capitals do not matter.",
        '"Vrouw" = "V"',
    ),
)
_PLAIN = ("bestand", "blad", "codering", "datumvorm")
_NAMES = (*_PLAIN, "datumvormen", "leeg", "kolommen", "waarden")
# The words of a date format, longest first: "jjjj" would be twice "jj".
_WORDS = {"jjjj": "%Y", "yyyy": "%Y", "jj": "%y", "yy": "%y", "mm": "%m", "dd": "%d"}
_DATE_FORMAT = re.compile(r"(%[dmYy]|[-/. ])+")


def our_columns(table: str) -> tuple[str, ...]:
    """Every column that a mapping may name for a table, the birth date and the institution among them."""
    if table == PATIENTS:
        return ("patient", *OF_PATIENTS)
    names = tuple(column.name for column in TABLES[TableName(table)])
    extra = (BIRTH_DATE, INSTITUTION) if table == TableName.TRAJECTORIES else (INSTITUTION,)
    return (*names, *extra)


@dataclass(frozen=True, slots=True)
class TableMapping:
    """Of one table. ``columns`` ours → theirs, None where names are our own; ``values`` theirs in lower case → ours."""

    file: str | None = None
    sheet: str | None = None
    encoding: str = "utf-8"
    dates: str | None = None
    column_dates: Mapping[str, str] = field(default_factory=dict)
    empty: tuple[str, ...] = ()
    columns: Mapping[str, str] | None = None
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def date_format(self, column: str) -> str | None:
        return self.column_dates.get(column, self.dates)


def read_mapping(path: Path) -> Mapping[str, TableMapping]:
    """Table → what the mapping says of it. Raises InputError with everything that is wrong, each with its line."""
    text = _text(path)
    if endless(text):
        raise InputError([Problem("not_a_mapping", path.name)])
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        if path.suffix.lower() != ".toml":  # an export, given by mistake: its line may hold a name, and is not shown
            raise InputError([Problem("not_a_mapping", path.name)]) from None
        row, line = syntax_place(text, str(error))
        raise InputError([Problem("toml_syntax", path.name, row, value=line)]) from error
    except (RecursionError, ValueError) as error:
        raise InputError([Problem("not_a_mapping", path.name)]) from error
    return _Reading(path.name, key_lines(text)).tables(content)


def _text(path: Path) -> str:
    try:
        if not path.is_file():
            raise InputError([Problem("source_not_found", path.name, value=str(path))])
        if path.stat().st_size > LARGEST:
            raise InputError([Problem("not_a_mapping", path.name)])
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError([Problem("mapping_encoding", path.name)]) from error
    except OSError as error:
        raise InputError([Problem("unreadable", path.name, details={"reason": os_reason(error)})]) from error


def as_strftime(words: str) -> str | None:
    """A date format in words (dd-mm-jjjj) or in percent signs → the latter; None where it does not hold a whole date."""
    found = words.strip().lower() if "%" not in words else words.strip()
    if "%" not in found:
        for word, sign in _WORDS.items():
            found = found.replace(word, sign)
    whole = sorted(sign.lower() for sign in re.findall(r"%[dmYy]", found)) == ["%d", "%m", "%y"]
    return found if whole and _DATE_FORMAT.fullmatch(found) else None


class _Reading:
    """Collects what is wrong, with the line that it stands on."""

    def __init__(self, file: str, lines: Lines) -> None:
        self.file, self.lines = file, lines
        self.problems: list[Problem] = []

    def tables(self, content: Mapping[str, Any]) -> Mapping[str, TableMapping]:
        known = (*TableName, PATIENTS)
        found = {}
        for name, entry in content.items():
            if name not in known:
                self._unknown(name, "", known)
            elif not isinstance(entry, dict):
                self._wrong("mapping_type", name, "", entry, "[…]")
            else:
                found[name] = self._table(name, entry)
        for name in TableName:
            if name not in content:
                self.problems.append(Problem("mapping_table_missing", self.file, column=name))
        if self.problems:
            raise InputError(self.problems)
        return found

    def _table(self, table: str, entry: Mapping[str, Any]) -> TableMapping:
        plain: dict[str, str] = {}
        for key, value in entry.items():
            if key not in _NAMES:
                self._unknown(key, table, _NAMES)
            elif key in _PLAIN:
                if isinstance(value, str) and value.strip(SPACE):
                    plain[key] = value.strip(SPACE)
                else:
                    self._wrong("mapping_type", key, table, value, '"…"')
        columns = self._texts(table, "kolommen", entry, our_columns(table)) if "kolommen" in entry else None
        dates = {
            name: found
            for name, words in self._texts(table, "datumvormen", entry, our_columns(table)).items()
            if (found := self._date_format(words, name, f"{table}.datumvormen")) is not None
        }
        form = plain.get("datumvorm")
        return TableMapping(
            plain.get("bestand"),
            plain.get("blad"),
            plain.get("codering", "utf-8"),
            self._date_format(form, "datumvorm", table) if form else None,
            dates,
            self._empty(table, entry),
            columns,
            self._values(table, entry.get("waarden", {})),
        )

    def _texts(self, table: str, key: str, entry: Mapping[str, Any], known: tuple[str, ...]) -> dict[str, str]:
        section, given = f"{table}.{key}", entry.get(key, {})
        if not isinstance(given, dict):
            self._wrong("mapping_type", key, table, given, f"[{section}]")
            return {}
        found = {}
        for name, value in given.items():
            if name not in known:
                self._unknown(name, section, known)
            elif not isinstance(value, str) or not value.strip(SPACE):
                self._wrong("mapping_type", name, section, value, '"…"')
            else:
                found[name] = value.strip(SPACE)
        return found

    def _date_format(self, words: str, key: str, section: str) -> str | None:
        found = as_strftime(words)
        if found is None:
            self._wrong("mapping_date_format", key, section, words)
        return found

    def _empty(self, table: str, entry: Mapping[str, Any]) -> tuple[str, ...]:
        given = entry.get("leeg", [])
        if isinstance(given, list) and all(isinstance(one, str) for one in given):
            return tuple(one.strip(SPACE) for one in given)
        self._wrong("mapping_type", "leeg", table, given, '["…"]')
        return ()

    def _values(self, table: str, given: Any) -> dict[str, Mapping[str, str]]:
        if not isinstance(given, dict):
            self._wrong("mapping_type", "waarden", table, given, f"[{table}.waarden.…]")
            return {}
        codes = tuple(name for name in our_columns(table) if is_code(name))
        found: dict[str, Mapping[str, str]] = {}
        for column, pairs in given.items():
            section = f"{table}.waarden.{column}"
            if column not in codes:
                self._unknown(column, f"{table}.waarden", codes, section)
            elif not isinstance(pairs, dict):
                self._wrong("mapping_type", column, f"{table}.waarden", pairs, f"[{section}]")
            else:
                found[column] = self._pairs(section, column, pairs)
        return found

    def _pairs(self, section: str, column: str, pairs: Mapping[str, Any]) -> dict[str, str]:
        found: dict[str, str] = {}
        for theirs, ours in pairs.items():
            known = ("M", "V", "O") if column == SEX else None
            if not isinstance(ours, str) or not ours.strip(SPACE):
                self._wrong("mapping_type", theirs, section, ours, '"…"')
            elif known and ours not in known:
                self._wrong("mapping_sex", theirs, section, ours)
            elif found.setdefault(theirs.strip(SPACE).lower(), ours.strip(SPACE)) != ours.strip(SPACE):
                self._wrong("mapping_value_twice", theirs, section, ours)
        return found

    def _line(self, key: str, section: str) -> int | None:
        return self.lines.get((section, 0, key)) or self.lines.get((f"{section}.{key}" if section else key, 0, ""))

    def _unknown(self, key: str, section: str, known: tuple[str, ...], place: str | None = None) -> None:
        details = {"close": near_miss(key, known), "allowed": ", ".join(known)}
        row = self._line(key, section) or (self.lines.get((place, 0, "")) if place else None)
        self.problems.append(Problem("mapping_key_unknown", self.file, row, key, details=details))

    def _wrong(self, code: str, key: str, section: str, value: object, expected: str = "") -> None:
        shown = value if isinstance(value, str) else None
        row = self._line(key, section)
        self.problems.append(Problem(code, self.file, row, key, shown, {"expected": expected}))


def is_code(name: str) -> bool:
    """Whether values of this column are codes, which may be called otherwise at the hospital."""
    return any(one.name == name and one.kind is Kind.CODE for columns in TABLES.values() for one in columns)
