"""The commands about norm times: what they cover, how they are built, what new ones do, whether routes are in balance."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from puntlanding.cli.output import Options, say
from puntlanding.cli.places import contribution_files
from puntlanding.problems import InputError, Problem, near_miss

if TYPE_CHECKING:
    from puntlanding.contribution import Contribution
    from puntlanding.contribution.tables import TableName
    from puntlanding.norms.build import BuiltTime
    from puntlanding.norms.profiles import Product, Profiles, Route
    from puntlanding.norms.table import NormTable


def show_coverage(
    *, contributions: Sequence[Path], norms: Sequence[Path], year: int | None, every: bool, options: Options
) -> None:
    from puntlanding.norms.coverage import coverage
    from puntlanding.report.norm_reports import coverage_record, coverage_text

    whole, table = _inputs(contributions, norms, production=True)
    found = coverage(whole, table, _with_year(table, whole.basis.year if year is None else year))
    _show(coverage_record(found), coverage_text(found, options.language, every=every), options)


def show_build(
    *, norms: Sequence[Path], year: int, profiles: Path | None, national: Path | None, nza: Path | None,
    no_time: str | None, surcharges: Path | None, output: Path | None, missing: Path | None, every: bool, options: Options,
) -> None:  # fmt: skip
    from puntlanding.case.norm_lists import read_norm_tables, read_surcharges
    from puntlanding.norms.build import build
    from puntlanding.norms.profiles import Surcharges
    from puntlanding.report.norm_reports import build_record, build_text, missing_csv, norm_times_csv

    table = read_norm_tables(norms)
    source, _ = _the_profiles(profiles, national, nza, year, no_time)
    if source is None:
        raise InputError([Problem("profiles_needed", "--profiles")])
    extra = Surcharges() if surcharges is None else read_surcharges(surcharges)
    built = build(table, source, extra, _with_year(table, year))
    chosen = _named(built.times, options.explain) if options.explain is not None else ()
    files = {path: make(built) for path, make in ((output, norm_times_csv), (missing, missing_csv)) if path is not None}
    _write_new(files)
    if options.explain is not None:
        from puntlanding.report.explanation import tree_text

        trees = [tree_text(one.node, f"{one.specialism} {one.product}", options.language) for one in chosen]
        _show(
            {**build_record(built, table), "uitleg": [_tree_record(one, options) for one in chosen]},
            "\n\n".join(trees),
            options,
        )
    else:
        _show(build_record(built, table), build_text(built, table, options.language, every=every), options)
    if not options.json:
        for path in files:
            print(say("written", options.language, path))


def show_effect(
    *, contributions: Sequence[Path], norms: Sequence[Path], year: int | None, base: int | None, structure: Path | None,
    every: bool, options: Options,
) -> None:  # fmt: skip
    from puntlanding.case.norm_lists import read_product_structure
    from puntlanding.norms.effect import effect
    from puntlanding.norms.structure import ProductStructure, idle
    from puntlanding.norms.volumes import volumes_of
    from puntlanding.report.norm_effect import effect_record, effect_text

    whole, table = _inputs(contributions, norms, production=True)
    old = _with_year(table, whole.basis.year if base is None else base)
    new = _with_year(table, old + 1 if year is None else year)
    changes = ProductStructure() if structure is None else read_product_structure(structure)
    if structure is not None and new not in changes.years:
        raise InputError([Problem("list_without_year", changes.file, None, "jaar", details={"year": new})])
    volumes = volumes_of(whole)
    found = effect(volumes, (table, old), (table, new), changes)
    unmet = idle(volumes, changes, new)
    _show(effect_record(found, unmet), effect_text(found, unmet, options.language, every=every), options)


def show_neutrality(
    *, contributions: Sequence[Path], norms: Sequence[Path], year: int | None, routes: Path | None, profiles: Path | None,
    national: Path | None, nza: Path | None, no_time: str | None, surcharges: Path | None, minimum: int, margin: int,
    every: bool, options: Options,
) -> None:  # fmt: skip
    from puntlanding.case.norm_lists import read_routes, read_surcharges
    from puntlanding.norms.neutrality import neutrality, worked_minutes
    from puntlanding.norms.profiles import Surcharges, routes_from
    from puntlanding.report.norm_balance import neutrality_record, neutrality_text

    whole, table = _inputs(contributions, norms, production=False)
    at = _with_year(table, whole.basis.year if year is None else year)
    source, classes = _the_profiles(profiles, national, nza, whole.basis.year, no_time)
    placed: dict[Product, Route] = dict(routes_from(source, classes)) if source is not None and classes else {}
    if routes is not None:
        placed |= read_routes(routes)
    if not placed:
        raise InputError([Problem("routes_needed", "--routes")])
    extra = Surcharges() if surcharges is None else read_surcharges(surcharges)
    worked = None if source is None else worked_minutes(table, source, extra, at)
    found = neutrality(whole, table, at, placed, worked, minimum, Fraction(margin, 100))
    _show(neutrality_record(found), neutrality_text(found, options.language, every=every), options)


def _inputs(
    contributions: Sequence[Path], norms: Sequence[Path], *, production: bool
) -> tuple[Contribution, NormTable]:
    """Only the columns that these commands add up; everything that is wrong with any of the files at once."""
    from puntlanding.case.norm_lists import read_norm_tables
    from puntlanding.contribution import Basis, merge, read_contribution
    from puntlanding.contribution.tables import LAYOUTS, OPENED, TableName

    if production:
        columns: Mapping[TableName, Collection[str]] = {
            TableName.PRODUCTION: (*LAYOUTS[TableName.PRODUCTION].keys, *OPENED)
        }
    else:
        columns = {TableName.DIAGNOSES: tuple(LAYOUTS[TableName.DIAGNOSES].schema)}
    problems: list[Problem] = []
    parts = []
    for path in contribution_files(contributions, problems):
        try:
            part = read_contribution(path, columns)
            parts.append(
                replace(part, basis=Basis(part.basis.year, "", ()))
            )  # volumes only: these are the same by any list
        except InputError as error:
            problems += error.problems
    try:
        table = read_norm_tables(norms)
    except InputError as error:
        raise InputError([*problems, *error.problems]) from error
    if problems:
        raise InputError(problems)
    return merge(parts), table


def _with_year(table: NormTable, year: int) -> int:
    if year not in table.years:
        details = {"year": year, "years": ", ".join(map(str, table.years))}
        raise InputError([Problem("norm_times_without_year", table.file, None, "jaar", details=details)])
    return year


def _the_profiles(
    profiles: Path | None, national: Path | None, nza: Path | None, year: int, no_time: str | None
) -> tuple[Profiles | None, Mapping[str, str]]:  # fmt: skip
    """With the class of each activity: from the NZa's tables of ``year``, or else from the national figures."""
    from puntlanding.case.norm_lists import read_profiles
    from puntlanding.norms.profiles import national_classes, national_profiles, profile_year
    from puntlanding.records.national import read_national

    if profiles is not None and national is not None:
        raise InputError([Problem("profiles_twice", "--profiles")])
    source, classes = None, dict[str, str]()
    if profiles is not None:
        source = read_profiles(profiles)
    elif national is not None:
        figures = read_national(national)
        of = profile_year(figures)
        if of is None:
            raise InputError([Problem("no_rows", national.name)])
        source, classes = national_profiles(figures, of, national.name), dict(national_classes(figures, of))
    if nza is not None:
        classes = dict(_classes(nza, year))
    if source is not None and no_time is not None:
        chosen = _chosen(no_time, known=bool(classes))
        source = replace(source, no_time=frozenset(code for code, found in classes.items() if found in chosen))
    return source, classes


def _chosen(text: str, *, known: bool) -> frozenset[str]:
    """The classes that --no-time names; they mean something only where the class of an activity is known."""
    found = [one.strip() for one in text.split(",")]
    if not all(one.isascii() and one.isdigit() for one in found):
        raise InputError([Problem("no_time_wrong", "--no-time", value=text)])
    if not known:
        raise InputError([Problem("classes_unknown", "--no-time", value=text)])
    return frozenset(one.lstrip("0") for one in found)


def _classes(folder: Path, year: int) -> Mapping[str, str]:
    """Activity → zorgprofielklasse halfway the year, from the NZa's tables."""
    from datetime import date

    from puntlanding.intake.nza import read_codes
    from puntlanding.norms.profiles import plain_class

    activities = read_codes(folder).activities
    if activities is None or "klasse" not in activities.frame.columns:
        raise InputError([Problem("classes_missing", folder.name, value=str(folder))])
    rows = activities.on(date(year, 7, 1)).select("za_code", "klasse").drop_nulls().rows()
    return {code: plain_class(str(found)) for code, found in rows}


def _named(times: Sequence[BuiltTime], name: str) -> list[BuiltTime]:
    """Every specialism's norm time of the product that --explain names."""
    found = [one for one in times if one.product == name.strip()]
    if not found:
        codes = sorted({one.product for one in times})
        details = {"close": near_miss(name, codes[:2000]), "allowed": ", ".join(codes[:5]) or "–"}
        raise InputError([Problem("norm_product_unknown", "--explain", value=name, details=details)])
    return found


def _tree_record(one: BuiltTime, options: Options) -> Mapping[str, Any]:
    from puntlanding.report.contract import nodes_record

    return {
        "specialisme": one.specialism,
        "zorgproduct": one.product,
        **nodes_record({"normtijd": one.node}, options.language),
    }


def _write_new(files: Mapping[Path, bytes]) -> None:
    """All or none, and never over anything."""
    from puntlanding.whole_file import write_whole

    taken = [Problem("output_exists", path.name, value=str(path)) for path in files if path.exists()]
    if taken:
        raise InputError(taken)
    if files:
        write_whole(files)


def _show(record: Mapping[str, Any], text: str, options: Options) -> None:
    from puntlanding.report.contract import as_json

    print(as_json(record) if options.json else text)
