"""The neutral format: our own tables as text, Parquet or a workbook, under our names or under a hospital's by a mapping."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl

from puntlanding.intake.base import Account, Field, Options, Part, Progress, Reader
from puntlanding.intake.convert import SPACE, Source, convert
from puntlanding.intake.delimited import read_text_table
from puntlanding.intake.linked import Table, count_hospitals, looked_up, not_found, once, tidy
from puntlanding.intake.mapping_file import (
    BIRTH_DATE,
    INSTITUTION,
    OF_PATIENTS,
    PATIENTS,
    TableMapping,
    our_columns,
    read_mapping,
)
from puntlanding.intake.neutral_places import Place, locate
from puntlanding.problems import InputError, Problem
from puntlanding.records.tables import DOMAINS, TABLES, Kind, TableName, schema

BIRTH_YEAR, PATIENT, SEX = "geboortejaar", "patient", "geslacht"
_TYPES: Mapping[Kind | None, pl.DataType] = {Kind.DATE: pl.Date(), Kind.NUMBER: pl.Int32()}
# What a patient table may bring instead; whether somebody does, is known when all tables are open.
_SHARED = frozenset(OF_PATIENTS)


def read(source: Path, options: Options, account: Account, progress: Progress) -> Iterator[Part]:
    """All tables are opened at once, in threads of their own; what is wrong in any of them is said together."""
    mappings = read_mapping(options.mapping) if options.mapping is not None else None
    if options.mapping is not None:
        account.sources.append(options.mapping)
    places = locate(source, mappings)
    given = {name: _Given(name, (mappings or {}).get(name, TableMapping()), place) for name, place in places.items()}
    with ThreadPoolExecutor(len(given)) as pool:
        opened = {name: pool.submit(_open, table, options.mapping, progress) for name, table in given.items()}
        account.sources.extend(table.place.path for table in given.values())
        first = {name: table for name, table in given.items() if name != TableName.ACTIVITIES}
        problems = [one for name in first for one in opened[name].result()] or _lacking(first)
        if problems:
            raise InputError([*problems, *opened[TableName.ACTIVITIES].result()])
        trajectories = given[TableName.TRAJECTORIES]
        records = trajectories.records(TableName.TRAJECTORIES, account)
        if PATIENTS in given:
            records = _with_patients(records, trajectories, given[PATIENTS], account)
        yield Part({TableName.TRAJECTORIES: records}, {TableName.TRAJECTORIES: trajectories.place.path.name})
        if problems := opened[TableName.ACTIVITIES].result():
            raise InputError(problems)
    activities = given[TableName.ACTIVITIES]
    records = activities.records(TableName.ACTIVITIES, account)
    yield Part({TableName.ACTIVITIES: records}, {TableName.ACTIVITIES: activities.place.path.name})


class _Given:
    """One table as it was delivered, and what the mapping says of it."""

    def __init__(self, name: str, mapping: TableMapping, place: Place) -> None:
        self.name, self.mapping, self.place = name, mapping, place
        columns = mapping.columns
        self.theirs = dict(columns) if columns is not None else {ours: ours for ours in our_columns(name)}
        self.frame = pl.DataFrame()

    @property
    def required(self) -> Sequence[str]:
        if self.name == PATIENTS:
            return (PATIENT,)
        return [one.name for one in TABLES[TableName(self.name)] if one.required and one.name not in _SHARED]

    def open(self) -> None:
        needed = [self.theirs[ours] for ours in self.required]
        optional = [theirs for ours, theirs in self.theirs.items() if ours not in self.required]
        if self.mapping.columns is not None:  # a column that somebody wrote down is meant to be there
            needed, optional = [*needed, *optional], []
        mapping, place = self.mapping, self.place
        packed = {theirs for ours, theirs in self.theirs.items() if ours not in (*DOMAINS, INSTITUTION)}
        packed = set() if mapping.empty else packed  # words for nothing are looked for in text
        self.frame = read_text_table(
            place.path,
            needed,
            optional,
            encoding=mapping.encoding,
            sheet=place.sheet,
            packed=packed,
            hoped=self.hoped(),
        )
        self.theirs = {ours: theirs for ours, theirs in self.theirs.items() if theirs in self.frame.columns}
        if mapping.empty:
            self.frame = tidy(self.frame, mapping.empty)

    def hoped(self) -> dict[str, pl.DataType]:
        """Dates as ISO has them and whole numbers: most files have nothing else. A year of birth may be a whole date."""
        mapping = self.mapping
        if mapping.empty:
            return {}
        kinds = {one.name: one.kind for table in TABLES for one in TABLES[table]} | {BIRTH_DATE: Kind.DATE}
        return {
            theirs: _TYPES[kinds[ours]]
            for ours, theirs in self.theirs.items()
            if kinds.get(ours) in _TYPES
            and ours != BIRTH_YEAR
            and not mapping.values.get(ours)
            and mapping.date_format(ours) is None
        }

    def sources(self) -> dict[str, Source]:
        """By canonical column; a birth date stands in for the year that is missing."""
        found = {
            ours: Source(theirs, self.mapping.values.get(ours, {}), self.mapping.date_format(ours))
            for ours, theirs in self.theirs.items()
            if ours not in (BIRTH_DATE, INSTITUTION)
        }
        if BIRTH_YEAR not in found and BIRTH_DATE in self.theirs:
            found[BIRTH_YEAR] = Source(self.theirs[BIRTH_DATE], {}, self.mapping.date_format(BIRTH_DATE))
        return found

    def records(self, table: TableName, account: Account) -> pl.DataFrame:
        """Canonical; the text is let go, and what stood in it with it."""
        if INSTITUTION in self.theirs:
            codes = self.frame.select(pl.col(self.theirs[INSTITUTION]).str.strip_chars(SPACE).alias(INSTITUTION))
            count_hospitals(codes, INSTITUTION, account)
        found = convert(self.frame, table, self.sources(), account, self.place.path.name)
        self.frame = self.frame.clear()
        return found


def _open(table: _Given, mapping: Path | None, progress: Progress) -> list[Problem]:
    missing = [ours for ours in table.required if ours not in table.theirs]
    if missing and mapping is not None:
        details = {"missing": ", ".join(missing)}
        return [Problem("mapping_columns_missing", mapping.name, None, table.name, details=details)]
    try:
        table.open()
    except InputError as error:
        return list(error.problems)
    progress(table.frame.height)
    return []


def _lacking(given: Mapping[str, _Given]) -> list[Problem]:
    """What may stand in one table or another, and stands in none."""
    carried = {ours for table in given.values() for ours in table.sources()}
    file = given[TableName.TRAJECTORIES].place.path.name
    return [
        Problem("source_column_missing", file, 1, name, details={"close": None})
        for name in (BIRTH_YEAR, SEX)
        if name not in carried
    ]


def _with_patients(records: pl.DataFrame, trajectories: _Given, patients: _Given, account: Account) -> pl.DataFrame:
    """What the trajectories lack of their patients; those without a trajectory are not looked at."""
    own, theirs = trajectories.sources(), patients.sources()
    lacking = [ours for ours in theirs if ours != PATIENT and ours not in own]
    if not lacking:
        return records
    number = theirs[PATIENT].theirs
    people = Table(patients.frame.with_columns(pl.col(number).str.strip_chars(SPACE)), patients.place.path.name)
    meant = people.frame.join(
        records.select(PATIENT).unique(), left_on=number, right_on=PATIENT, how="semi", maintain_order="left"
    )
    unique = once(Table(meant, people.file), number, account)
    sources = {ours: theirs[ours] for ours in (PATIENT, *lacking)}
    found = convert(unique.frame, TableName.TRAJECTORIES, sources, account, people.file)
    found = found.select(PATIENT, *lacking, _gevonden=True)
    joined = looked_up(records.drop(lacking), PATIENT, found)
    unknown = joined.filter(not_found(PATIENT, "_gevonden"))
    account.rows("patient_not_found", unknown, joined.height, trajectories.place.path.name, ("specialisme",))
    return joined.select(list(schema(TableName.TRAJECTORIES, raw=True)))


def _fields() -> tuple[Field, ...]:
    own = [Field(f"{table}.{one.name}", one.name, "C", one.nl, one.en) for table in TABLES for one in TABLES[table]]
    birth = Field(
        f"{TableName.TRAJECTORIES}.{BIRTH_YEAR}",
        BIRTH_DATE,
        "C",
        "waar geboortejaar ontbreekt; alleen het jaar blijft over",
        "where geboortejaar is missing; only the year is kept",
    )
    patients = [
        Field(
            f"{TableName.TRAJECTORIES}.{name}",
            f"{PATIENTS}.{name}",
            "C",
            "waar de kolom in subtrajecten ontbreekt",
            "where the column is missing in subtrajecten",
        )
        for name in (BIRTH_YEAR, SEX, "verzekeraar")
    ]
    return (*own, birth, *patients)


NEUTRAL = Reader(
    name="neutraal",
    version=1,
    nl="Onze eigen tabellen, of uw tabellen met een koppeling",
    en="Our own tables, or your tables with a mapping",
    files="subtrajecten, zorgactiviteiten, patienten? (.csv, .txt, .parquet, .xlsx)",
    fields=_fields(),
    absent=(),
    read=read,
)
