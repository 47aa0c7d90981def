"""Exports of several tables that point at each other by number: read them all, tidy them, look things up without losing rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from puntlanding.intake.base import Account, Progress
from puntlanding.intake.convert import SPACE, Source, convert
from puntlanding.intake.delimited import read_text_table
from puntlanding.intake.places import find_tables
from puntlanding.problems import InputError, Problem
from puntlanding.records.tables import ROW, TableName, schema

LONGEST_CODE = 4


@dataclass(frozen=True, slots=True)
class Wanted:
    """The columns that are read of one table; all others, names and addresses among them, are never looked at."""

    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One table as text, with `ROW`; ``file`` is what its rows count in."""

    frame: pl.DataFrame
    file: str


def read_tables(
    source: Path,
    wanted: Mapping[str, Wanted],
    unused: Sequence[str],
    empty: Sequence[str],
    account: Account,
    progress: Progress,
) -> dict[str, Table]:
    """All ``wanted`` tables, cells stripped, and empty where one of the words in ``empty`` stands ("NULL").

    A table in ``unused`` is known but carries nothing for the records: where it is delivered, that is said. Raises
    InputError once, with what is wrong in every table together.
    """
    paths = find_tables(source, tuple(wanted), tuple(unused))
    found: dict[str, Table] = {}
    problems: list[Problem] = []
    for name, columns in wanted.items():
        path = paths[name]
        account.sources.append(path)
        try:
            frame = read_text_table(path, columns.needed, columns.optional)
        except InputError as error:
            problems.extend(error.problems)
            continue
        progress(frame.height)
        found[name] = Table(tidy(frame, empty), path.name)
    if problems:
        raise InputError(problems)
    for name in unused:
        if name in paths:
            account.add("table_not_used", 1, len(paths), column=name)
    return found


def tidy(frame: pl.DataFrame, empty: Sequence[str]) -> pl.DataFrame:
    """Numbers are keys between tables here, so blanks around them go first; nothing else of a number is changed."""
    frame = frame.with_columns(pl.exclude(ROW).str.strip_chars(SPACE))
    without = pl.exclude(ROW).is_in(["", *empty])
    concerned = [name for name, any_of_them in frame.select(without.any()).row(0, named=True).items() if any_of_them]
    return frame.with_columns(pl.when(~pl.col(name).is_in(["", *empty])).then(pl.col(name)) for name in concerned)


def once(table: Table, key: str, account: Account) -> Table:
    """The first row of each ``key``: a number that stands twice would double every row that points at it."""
    given = table.frame[key].drop_nulls()
    if given.hash().n_unique() == len(given):  # as many hashes as rows: no two are equal; a quarter of the time
        return table
    first = table.frame.select(pl.col(key).is_first_distinct() | pl.col(key).is_null()).to_series()
    if first.all():
        return table
    named = f"{table.file}: {key}"
    account.rows("key_twice", table.frame.filter(~first), table.frame.height, table.file, column=named)
    return Table(table.frame.filter(first), table.file)


def looked_up(frame: pl.DataFrame, column: str, lookup: pl.DataFrame) -> pl.DataFrame:
    """``lookup`` (first column the key, each once) joined to ``column``; rows and their order stay, unknown is empty."""
    return frame.join(lookup, left_on=column, right_on=lookup.columns[0], how="left", maintain_order="left")


def not_found(column: str, value: str) -> pl.Expr:
    """A number is given and what it should lead to is not there."""
    return pl.col(column).is_not_null() & pl.col(value).is_null()


def only_codes(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """``column`` as it may be shown: what is longer than a code is in the wrong column, and may be a name or a number."""
    return frame.with_columns(pl.when(pl.col(column).str.len_chars() <= LONGEST_CODE).then(pl.col(column)))


def with_people(
    trajectories: pl.DataFrame, file: str, patients: Table, sources: Mapping[str, Source], account: Account
) -> pl.DataFrame:
    """Year of birth and sex, from the patient table onto canonical ``trajectories``.

    Only patients with a trajectory are looked at, and a date of birth goes no further than `convert`.
    """
    unique = once(patients, sources["patient"].theirs, account)
    meant = unique.frame.join(
        trajectories.select("patient").unique(), left_on=sources["patient"].theirs, right_on="patient", how="semi"
    )
    people = convert(meant.sort(ROW), TableName.TRAJECTORIES, sources, account, patients.file)
    people = people.select("patient", "geboortejaar", "geslacht", _gevonden=True)
    joined = looked_up(trajectories.drop("geboortejaar", "geslacht"), "patient", people)
    unknown = joined.filter(not_found("patient", "_gevonden"))
    account.rows("patient_not_found", unknown, joined.height, file)
    return joined.select(list(schema(TableName.TRAJECTORIES, raw=True)))


def count_hospitals(frame: pl.DataFrame, column: str, account: Account) -> None:
    """How many rows each institution has, where the export says."""
    if column not in frame.columns:
        return
    for code, rows in frame[column].drop_nulls().value_counts().iter_rows():
        account.institution(code, rows)
