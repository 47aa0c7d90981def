"""The lists about norm times as users type them: product structure, trends, profiles, surcharges and routes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import polars as pl

from puntlanding.case.groups import Once
from puntlanding.case.lists import read_list, read_norm_table, require
from puntlanding.case.typed import TypedTable
from puntlanding.norms.profiles import PROFILES, Product, Profiles, Route, Surcharge, Surcharges
from puntlanding.norms.structure import Change, ProductStructure, product_structure
from puntlanding.norms.table import KEYS, NormTable
from puntlanding.norms.trends import Trend, Trends, local_trends
from puntlanding.norms.volumes import FACTOR_STEPS, LARGEST_FACTOR, LARGEST_VOLUME
from puntlanding.problems import InputError, Problem
from puntlanding.quantities import ONE


def read_norm_tables(paths: Sequence[Path]) -> NormTable:
    """Norm times of several files as one table. Raises InputError where two files say something of one code in one year."""
    tables = [read_norm_table(path) for path in paths]
    frames = [one.frame.with_columns(pl.lit(one.file).alias("_bestand")) for one in tables]
    whole = pl.concat(frames)
    if not whole.height:
        raise InputError([Problem("no_rows", one.file) for one in tables])
    twice = whole.filter(pl.struct("jaar", *KEYS).is_duplicated()).sort("jaar", *KEYS)
    if twice.height:
        year, _, _, code, _, first = twice.row(0)
        count = twice.select(pl.struct("jaar", *KEYS).n_unique()).item()
        details = {"other": first, "year": year, "count": count}
        raise InputError([Problem("norm_times_twice", twice.row(1)[-1], None, "code", code, details)])
    return NormTable(whole.drop("_bestand"), ", ".join(one.file for one in tables))


def read_product_structure(path: Path) -> ProductStructure:
    """Raises InputError where a row is no change, or rows contradict each other."""
    table = _filled(path, "productstructuur")
    changes = [
        Change(
            row.get("jaar"), row.get("specialisme"), row.get("soort"), row.get("oud"), row.get("nieuw"),
            ONE if row.get("factor") is None else row.get("factor"), row.get("aantal"), row.get("ziekenhuis"), row.number,
        )
        for row in table.rows
    ]  # fmt: skip
    with _as_typed(table):
        return product_structure(changes, table.file)


def read_trends(path: Path) -> Trends:
    """Raises InputError where two rows say equally much of the same production."""
    table = _filled(path, "trends")
    rows = [
        Trend(
            row.get("specialisme"), row.get("rol"), row.get("code"), row.get("ziekenhuis"), row.get("factor"),
            row.get("reden"), row.number,
        )
        for row in table.rows
    ]  # fmt: skip
    with _as_typed(table):
        return local_trends(rows, table.file)


def read_profiles(path: Path) -> Profiles:
    """Raises InputError where a mean has more than six decimals or an activity stands twice in a product."""
    table = _filled(path, "profielen")
    once, problems = Once(table, "zorgactiviteit", "list_row_twice"), list[Problem]()
    rows = []
    for row in table.rows:
        key = (row.get("specialisme"), row.get("zorgproduct"), row.get("zorgactiviteit"))
        mean: Fraction = row.get("gemiddeld")
        if (mean * FACTOR_STEPS).denominator != 1 or mean > LARGEST_FACTOR:
            problems.append(table.problem("factor_too_fine", row, "gemiddeld", most=LARGEST_FACTOR))
        elif once.claim(key, row, problems):
            rows.append((*key, int(mean * FACTOR_STEPS), FACTOR_STEPS, row.number))
    require(problems)
    frame = pl.DataFrame(rows, schema=PROFILES, orient="row")
    return Profiles(frame.sort("specialisme", "zorgproduct", "zorgactiviteit"), table.file)


def read_surcharges(path: Path) -> Surcharges:
    """Raises InputError where a product, or a specialism as a whole, has two surcharges in a year."""
    table = _filled(path, "toeslagen")
    once, problems = Once(table, "minuten", "list_row_twice"), list[Problem]()
    found: dict[tuple[int, str, str | None], Surcharge] = {}
    for row in table.rows:
        key = (row.get("jaar"), row.get("specialisme"), row.get("zorgproduct"))
        minutes: Fraction = row.get("minuten")
        if (minutes * FACTOR_STEPS).denominator != 1 or minutes > LARGEST_VOLUME:
            problems.append(table.problem("factor_too_fine", row, "minuten", most=LARGEST_VOLUME))
        elif once.claim(key, row, problems):
            found[key] = Surcharge(minutes, table.source(row, "minuten"))
    require(problems)
    return Surcharges(found)


def read_routes(path: Path) -> Mapping[Product, Route]:
    """Raises InputError where a product stands twice within a specialism."""
    table = _filled(path, "routes")
    once, problems = Once(table, "zorgproduct", "list_row_twice"), list[Problem]()
    routes: dict[Product, Route] = {}
    for row in table.rows:
        key = (row.get("specialisme"), row.get("zorgproduct"))
        if once.claim(key, row, problems):
            routes[key] = Route(row.get("route"))
    require(problems)
    return routes


@contextmanager
def _as_typed(table: TypedTable) -> Iterator[None]:
    """Who checks values knows them as fractions; the user knows what is in the cell."""
    try:
        yield
    except InputError as error:
        rows = {row.number: row for row in table.rows}
        typed = [
            replace(one, value=rows[one.row].as_typed(one.column)) if one.row in rows and one.column else one
            for one in error.problems
        ]
        raise InputError(typed) from error


def _filled(path: Path, name: str) -> TypedTable:
    table = read_list(path, name)
    if not table.rows:
        raise InputError([Problem("no_rows", table.file)])
    return table
