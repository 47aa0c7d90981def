"""The NZa reference tables, from the user's own download → codes with their periods.

Source: data-facts §4.6. CSV files with the XML's column names, or the XML itself; nothing of it is part of the program.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from puntlanding.intake.base import Progress
from puntlanding.intake.convert import SPACE, to_date, to_whole
from puntlanding.intake.delimited import read_text_table
from puntlanding.intake.nza_layout import BY_STEM, LAYOUTS, CodeColumn, CodeTable
from puntlanding.intake.nza_xml import read_xml
from puntlanding.intake.receive import fingerprints
from puntlanding.problems import InputError, Problem, limited, os_reason
from puntlanding.records.codes import FROM, UNTIL, CodeTables, DatedCodes
from puntlanding.records.findings import EXAMPLES, Example, Finding
from puntlanding.records.tables import ROW

TABLE_FILES = (".csv", ".txt", ".parquet")
PRODUCT_WIDTH = 9
_LAST_YEAR = 9999  # "valid until further notice" in some of the NZa's tables
_FOREVER = pl.date(_LAST_YEAR, 12, 31)


@dataclass(frozen=True, slots=True)
class CodesFolder:
    """The tables, and what the folder held: ``rows`` and ``files`` per table as found, ``unused`` the other files."""

    tables: CodeTables
    rows: Mapping[str, int]
    files: Mapping[str, str]
    unused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableSummary:
    """``rows`` in the file, ``valid`` codes on the day asked, ``first`` and ``last`` day on which a period begins."""

    table: CodeTable
    file: str
    rows: int
    valid: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class CodesSummary:
    day: date
    found: tuple[TableSummary, ...]
    absent: tuple[CodeTable, ...]
    unused: tuple[str, ...]
    findings: tuple[Finding, ...]


def read_codes(folder: Path, progress: Progress = lambda rows: None) -> CodeTables:
    """Raises InputError, with everything that is wrong, where the folder cannot be used."""
    return read_folder(folder, progress).tables


def summary(codes: CodesFolder, day: date) -> CodesSummary:
    found, absent = [], []
    for layout in LAYOUTS:
        if layout.name not in codes.files:
            absent.append(layout)
            continue
        dated = _dated(codes.tables, layout)
        begins = dated.frame[FROM].to_list()
        valid = dated.on(day).select(dated.keys).n_unique()
        name = layout.name
        found.append(TableSummary(layout, codes.files[name], codes.rows[name], valid, min(begins), max(begins)))
    return CodesSummary(day, tuple(found), tuple(absent), codes.unused, codes.tables.findings)


def _dated(tables: CodeTables, layout: CodeTable) -> DatedCodes:
    table: DatedCodes | pl.DataFrame = getattr(tables, layout.name)
    return table if isinstance(table, DatedCodes) else DatedCodes(_key_names(layout), table)


def _key_names(layout: CodeTable) -> tuple[str, ...]:
    return tuple(column.ours for column in layout.keys)


def read_folder(folder: Path, progress: Progress = lambda rows: None) -> CodesFolder:
    """As `read_codes`, with what was found and what was not used. One XML file instead of a folder is fine."""
    texts, unused = _texts(folder, progress)
    problems: list[Problem] = []
    findings: list[Finding] = []
    dated: dict[str, DatedCodes] = {}
    for name, (path, frame) in texts.items():
        layout = next(one for one in LAYOUTS if one.name == name)
        built = _built(layout, frame, path.name, problems, findings)
        if built is not None:
            dated[name] = built
    if problems:
        raise InputError(limited(problems))
    fields: dict[str, Any] = dict(dated)
    if "replaced_activities" in dated:
        fields["replaced_activities"] = dated["replaced_activities"].frame
    sources = fingerprints(sorted({path for path, _ in texts.values()}))
    return CodesFolder(
        CodeTables(**fields, hashes={one.name: one.sha256 for one in sources}, findings=tuple(findings)),
        rows={name: frame.height for name, (_, frame) in texts.items()},
        files={name: path.name for name, (path, _) in texts.items()},
        unused=tuple(path.name for path in unused),
    )


_Texts = dict[str, tuple[Path, pl.DataFrame]]


def _texts(folder: Path, progress: Progress) -> tuple[_Texts, list[Path]]:
    """Each table's rows as text with the file they came from, and the files that hold none of them."""
    if not folder.exists():
        raise InputError([Problem("source_not_found", folder.name, value=str(folder))])
    try:
        paths = sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else [folder]
    except OSError as error:
        details = {"reason": os_reason(error)}
        raise InputError([Problem("unreadable", folder.name, value=str(folder), details=details)]) from error
    found: _Texts = {}
    unused: list[Path] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            tables = _of_file(path, progress)
        except InputError as error:
            problems += error.problems
            continue
        if not tables:
            unused.append(path)
        for name, frame in tables.items():
            if name in found:
                problems.append(Problem("codes_twice", path.name, details={"other": found[name][0].name}))
            found[name] = (path, frame)
    if not found and not problems:
        expected = ", ".join(f"{one.stems[0]}.csv" for one in LAYOUTS)
        problems.append(Problem("codes_none_found", folder.name, value=str(folder), details={"expected": expected}))
    if problems:
        raise InputError(limited(problems))
    return found, unused


def _of_file(path: Path, progress: Progress) -> Mapping[str, pl.DataFrame]:
    if path.suffix.lower() == ".xml":
        return read_xml(path, progress)
    layout = BY_STEM.get(path.stem.lower())
    if layout is None or path.suffix.lower() not in TABLE_FILES:
        return {}
    needed = [column.theirs for column in layout.columns if column.required]
    frame = read_text_table(path, needed, [column.theirs for column in layout.columns if not column.required])
    progress(frame.height)
    return {layout.name: frame}


def _built(
    layout: CodeTable, texts: pl.DataFrame, file: str, problems: list[Problem], findings: list[Finding]
) -> DatedCodes | None:
    """Text → typed periods; None where something is wrong, which is then among ``problems``."""
    missing = [one for one in layout.columns if one.required and one.theirs not in texts.columns and one.ours != UNTIL]
    if missing or not texts.height:
        problems += [Problem("codes_column_missing", file, column=one.theirs) for one in missing]
        problems += [Problem("no_rows", file)] if not texts.height else []
        return None
    found: list[Problem] = []
    typed = texts.select(ROW, *(_typed(texts, one, file, found).alias(one.ours) for one in layout.columns))
    keys = _key_names(layout)
    if layout.name == "products":
        typed = _care_products(typed, file, findings)
        found += [] if typed.height else [Problem("codes_no_product", file)]
    backwards = typed.filter(pl.col(UNTIL) < pl.col(FROM))
    found += _problems("codes_end_before_begin", backwards, file, UNTIL)
    typed = typed.with_columns(pl.when(pl.col(UNTIL).dt.year() < _LAST_YEAR).then(pl.col(UNTIL)).alias(UNTIL))
    if found:
        problems += found
        return None
    marked = _marked(typed, keys)
    problems += _overlaps(marked, keys, file)
    return DatedCodes(keys, _merged(marked, [one.ours for one in layout.columns], keys))


def _typed(texts: pl.DataFrame, column: CodeColumn, file: str, problems: list[Problem]) -> pl.Series:
    if column.theirs not in texts.columns:
        return pl.Series(column.ours, [None] * texts.height, pl.Date() if column.ours == UNTIL else pl.String())
    stripped = texts[column.theirs].str.strip_chars(SPACE)
    given = stripped.set(stripped == "", None)
    typed = given
    if column.ours in (FROM, UNTIL):
        typed = to_date(given)
    elif column.number:
        typed = to_whole(given)
    elif column.width:
        typed = given.str.pad_start(column.width, "0")
    code = "codes_date" if typed.dtype == pl.Date else "codes_number"
    lost = texts.select(ROW, given.alias(column.ours)).filter(given.is_not_null() & typed.is_null())
    problems += _problems(code, lost, file, column.ours, column.theirs)
    if column.required and column.ours != UNTIL:
        empty = texts.select(ROW, given.alias(column.ours)).filter(given.is_null())
        problems += _problems("codes_empty", empty, file, column.ours, column.theirs)
    return typed


def _problems(code: str, wrong: pl.DataFrame, file: str, ours: str, theirs: str | None = None) -> list[Problem]:
    rows = wrong.select(ROW, pl.col(ours).cast(pl.String)).iter_rows()
    column = theirs or next(one.theirs for layout in LAYOUTS for one in layout.columns if one.ours == ours)
    return [Problem(code, file, row, column, value) for row, value in rows]


def _care_products(typed: pl.DataFrame, file: str, findings: list[Finding]) -> pl.DataFrame:
    """Nine digits only: the table also lists activities that are declared by themselves (six digits), which no trajectory has."""
    code = pl.col("zorgproduct")
    padded = typed.with_columns(
        pl.when(code.str.len_chars() == PRODUCT_WIDTH - 1).then(code.str.zfill(PRODUCT_WIDTH)).otherwise(code)
    )
    product = code.str.contains(rf"^\d{{{PRODUCT_WIDTH}}}$")
    others = padded.filter(~product)
    if others.height:
        rows = others.head(EXAMPLES).select(ROW, code).iter_rows()
        examples = tuple(Example(file, row, {"ProductCode": value}) for row, value in rows)
        findings.append(Finding("codes_other_product", others.height, typed.height, examples))
    return padded.filter(product)


def _marked(typed: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """Sorted, with the last day so far of the same code, and whether a row says something else than the one before it."""
    ends = typed.with_columns(pl.col(UNTIL).fill_null(_FOREVER).alias("_tot")).sort(*keys, FROM, "_tot", ROW)
    said = [name for name in typed.columns if name not in (*keys, ROW, FROM, UNTIL)]
    other = [pl.col(name).ne_missing(pl.col(name).shift(1).over(keys)) for name in said]
    return ends.with_columns(
        pl.col("_tot").cum_max().shift(1).over(keys).alias("_voor"),
        pl.col(ROW).shift(1).over(keys).alias("_vorige"),
        (pl.any_horizontal(other) if other else pl.lit(value=False)).alias("_anders"),
    )


def _overlaps(marked: pl.DataFrame, keys: Sequence[str], file: str) -> list[Problem]:
    """Two periods of one code that say different things on the same day. Where they say the same there is no question."""
    wrong = marked.filter((pl.col(FROM) <= pl.col("_voor")) & pl.col("_anders"))
    rows = wrong.select(ROW, "_vorige", pl.concat_str(keys, separator=" ")).iter_rows()
    return [Problem("codes_overlap", file, row, None, code, {"other": other}) for row, other, code in rows]


def _merged(marked: pl.DataFrame, columns: Sequence[str], keys: Sequence[str]) -> pl.DataFrame:
    """Periods that follow each other and say the same, as one."""
    begins = pl.col("_voor").is_null() | pl.col("_anders") | (pl.col(FROM) > pl.col("_voor").dt.offset_by("1d"))
    numbered = marked.with_columns(begins.cum_sum().alias("_periode"))
    kept = [pl.col(name).first() for name in columns if name not in (FROM, UNTIL)]
    until = pl.when(pl.col("_tot").max() < _FOREVER).then(pl.col("_tot").max()).alias(UNTIL)
    together = numbered.group_by("_periode").agg(*kept, pl.col(FROM).min(), until)
    return together.select(columns).sort(*keys, FROM)
