"""NZa Open DIS: the user's own download of the six files → national figures. Source: data-facts §4.7.

Only 01_DBC and 02_DBC_PROFIEL are needed. The latter is about 750 MB: it is grouped while it streams, never held whole.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import polars as pl

from puntlanding.files.rows_form import BLOCK, scan
from puntlanding.files.text_form import SNIFFED, find_separator, not_text
from puntlanding.intake.base import Account, Progress
from puntlanding.intake.columns import find_columns
from puntlanding.intake.convert import SPACE, to_date
from puntlanding.intake.delimited import read_text_table
from puntlanding.intake.opendis_checks import check_profiles, check_totals, check_years
from puntlanding.intake.opendis_layout import (
    EDITION,
    KEYS,
    NAME_WIDTHS,
    NAMES,
    PRICE,
    PROFILE,
    PROFILE_KEYS,
    PROFILES,
    VOLUME,
    VOLUME_OPTIONAL,
    VOLUMES,
    WIDTHS,
    cents,
    code,
    plain_whole,
    whole,
)
from puntlanding.intake.places import find_tables
from puntlanding.intake.receive import fingerprints
from puntlanding.problems import InputError, Problem, os_reason
from puntlanding.records.findings import EXAMPLES, Example, merged, shown
from puntlanding.records.national import (
    Edition,
    National,
    YearStatus,
    product_specialisms,
    read_national,
    write_national,
)
from puntlanding.records.tables import ROW

__all__ = ["product_specialisms", "read_national", "read_national_files", "write_national"]
OLDER_ENCODING = "cp1252"  # as the older downloads have their descriptions; a superset of latin-1 for what is printed


def read_national_files(source: Path, account: Account, progress: Progress = lambda rows: None) -> National:
    """Raises InputError where a file is missing, damaged or has a year, specialism, diagnosis and product twice.

    Values that cannot be read are findings of ``account``; the figures leave them out.
    """
    files = find_tables(source, [VOLUMES, PROFILES], list(NAMES))
    volumes = _volumes(files[VOLUMES], account, progress)
    profiles = _profiles(files[PROFILES], account, progress)
    names = _names({name: path for name, path in files.items() if name in NAMES})
    editions = _editions(volumes)
    check_years(volumes, profiles, editions, files, account)
    totals = check_totals(volumes, files[VOLUMES].name, account)
    products = volumes.group_by("jaar", "specialisme", "zorgproduct").agg(pl.col("subtrajecten").sum())
    joined = profiles.join(products, on=["jaar", "specialisme", "zorgproduct"], how="left")
    check_profiles(joined, files[PROFILES].name, account)
    account.sources += files.values()
    keys = ["jaar", "specialisme", "zorgproduct", "za_code", "klasse"]
    return National(
        volumes=volumes.select(*KEYS.values(), "subtrajecten", "patienten", "verkoopprijs").sort(*KEYS.values()),
        totals=totals,
        profiles=joined.select(*keys, "aantal", "subtrajecten_met", "subtrajecten").sort(keys),
        names=names,
        editions=editions,
        sources=fingerprints(files.values()),
        findings=merged(account.findings),
    )


def _volumes(path: Path, account: Account, progress: Progress) -> pl.DataFrame:
    texts = _read(path, [*KEYS, *EDITION, *VOLUME], [*VOLUME_OPTIONAL, PRICE])
    progress(texts.height)
    if not texts.height:
        raise InputError([Problem("no_rows", path.name)])
    numbers = {"JAAR": "jaar", **VOLUME, **VOLUME_OPTIONAL}
    typed = texts.select(
        ROW,
        _dates(texts["PEILDATUM"], path.name, account),
        pl.col("VERSIE").fill_null("").alias("versie"),
        *(code(pl.col(name), ours).alias(ours) for name, ours in KEYS.items() if ours in WIDTHS),
        *(_there(texts, name, whole).alias(ours) for name, ours in numbers.items()),
        _there(texts, PRICE, cents).alias("verkoopprijs"),
    )
    for name, ours in {**numbers, PRICE: "verkoopprijs"}.items():
        if name in texts.columns:
            given = texts[name].str.strip_chars(SPACE).replace("", None)
            wrong = texts.filter(given.is_not_null() & typed[ours].is_null())
            if wrong.height:
                account.rows("unreadable", wrong, texts.height, path.name, (name,), name)
    needed = ("jaar", "specialisme", "diagnose", "zorgproduct", "subtrajecten")
    empty = texts.filter(pl.any_horizontal(pl.col(name).is_null() for name in (*KEYS, *VOLUME)))
    if empty.height:
        account.rows("national_empty", empty, texts.height, path.name, list(KEYS))
    newest = _newest(typed.drop_nulls(needed).with_columns(_rijen=pl.lit(1)), path.name, account).drop("_rijen")
    twice = newest.height - newest.select(KEYS.values()).n_unique()
    if twice:
        raise InputError([Problem("national_twice", path.name, details={"count": twice})])
    return newest


def _there(texts: pl.DataFrame, name: str, reads: object) -> pl.Expr:
    if name not in texts.columns:
        return pl.lit(None, pl.Int64)
    return whole(pl.col(name)) if reads is whole else cents(pl.col(name))


def _read(path: Path, needed: list[str], optional: list[str]) -> pl.DataFrame:
    """UTF-8, or else as the older downloads were: told apart by whether every byte is UTF-8."""
    try:
        return read_text_table(path, needed, optional)
    except InputError as error:
        if path.suffix.lower() == ".parquet" or all(one.code != "text_encoding" for one in error.problems):
            raise
    return read_text_table(path, needed, optional, encoding=OLDER_ENCODING)


def _dates(texts: pl.Series, file: str, account: Account) -> pl.Series:
    """PEILDATUM. An empty one stays empty; one that cannot be read is counted."""
    given = texts.str.strip_chars(SPACE).replace("", None)
    read = to_date(given).alias("peildatum")
    lost = given.filter(given.is_not_null() & read.is_null())
    if len(lost):
        examples = [Example(file, None, {"PEILDATUM": shown(value)}) for value in lost.unique().sort().head(EXAMPLES)]
        account.add("unreadable", len(lost), len(texts), examples, "PEILDATUM")
    return read


def _newest(frame: pl.DataFrame, file: str, account: Account) -> pl.DataFrame:
    """Of every year the rows of the newest reference date; ``_rijen`` is how many rows of the file a row stands for."""
    best = frame.with_columns(pl.col("peildatum").max().over("jaar").alias("_nieuwste"))
    older = best.filter(pl.col("peildatum").ne_missing(pl.col("_nieuwste")))
    if older.height:
        states = older.select("jaar", "peildatum").unique().sort("jaar", "peildatum").head(EXAMPLES)
        examples = [Example(file, None, {"JAAR": str(year), "PEILDATUM": str(day)}) for year, day in states.rows()]
        account.add("national_older_edition", int(older["_rijen"].sum()), int(frame["_rijen"].sum()), examples)
    return best.filter(pl.col("peildatum").eq_missing(pl.col("_nieuwste"))).drop("_nieuwste")


def _profiles(path: Path, account: Account, progress: Progress) -> pl.DataFrame:
    """02 grouped over its diagnoses: jaar, peildatum, specialisme, zorgproduct, za_code, klasse → aantal, subtrajecten_met."""
    needed = [*PROFILE_KEYS, "PEILDATUM", *PROFILE]
    texts, rows = _streamed(path, needed, progress)
    if not rows:
        raise InputError([Problem("no_rows", path.name)])
    grouped = _grouped(texts, plain_whole)
    if grouped["_onleesbaar"].sum():  # "12.0" perhaps: slower to read
        grouped = _grouped(texts, whole)
    if int(grouped["_rijen"].sum()) != rows:  # the file was changed meanwhile
        raise InputError([Problem("file_changed", path.name)])
    days = grouped["PEILDATUM"].unique()
    on = dict(zip(days, _dates(days, path.name, account), strict=True))
    typed = grouped.with_columns(
        whole(pl.col("JAAR")).alias("jaar"),
        pl.col("PEILDATUM").replace_strict(on, return_dtype=pl.Date).alias("peildatum"),
        *(code(pl.col(name), ours).alias(ours) for name, ours in PROFILE_KEYS.items() if ours != "jaar"),
    )
    nameless = pl.any_horizontal(pl.col(name).fill_null("") == "" for name in PROFILE_KEYS)
    yearless = ~nameless & pl.col("jaar").is_null()
    _add("national_empty", typed, pl.when(nameless).then("_rijen").otherwise("_leeg"), path.name, account)
    _add("unreadable", typed, pl.when(yearless).then("_rijen").otherwise("_onleesbaar"), path.name, account)
    named = typed.filter(~nameless & ~yearless & (pl.col("_rijen") > pl.col("_leeg") + pl.col("_onleesbaar")))
    kept = named.select(*PROFILE_KEYS.values(), "peildatum", *PROFILE.values(), "_rijen")  # the raw texts may go
    newest = _newest(kept, path.name, account)
    return newest.group_by(*PROFILE_KEYS.values(), "peildatum").agg(pl.col(PROFILE.values()).sum())


def _grouped(texts: pl.LazyFrame, reads: Callable[[pl.Expr], pl.Expr]) -> pl.DataFrame:
    """Sums per combination of texts in the key columns, with how many rows had an empty or an unreadable number."""
    given = pl.all_horizontal(pl.col(name).fill_null("") != "" for name in PROFILE)
    read = pl.all_horizontal(pl.col(ours).is_not_null() for ours in PROFILE.values())
    numbers = texts.with_columns(
        given.alias("_vol"), *(reads(pl.col(name)).alias(ours) for name, ours in PROFILE.items())
    )
    counted = numbers.with_columns(read.alias("_gelezen")).with_columns(
        pl.when("_gelezen").then(pl.col(ours)).otherwise(0).alias(ours) for ours in PROFILE.values()
    )
    return (
        counted.group_by(*PROFILE_KEYS, "PEILDATUM")
        .agg(
            *(pl.col(ours).sum() for ours in PROFILE.values()),
            (~pl.col("_vol")).sum().alias("_leeg"),
            (pl.col("_vol") & ~pl.col("_gelezen")).sum().alias("_onleesbaar"),
            pl.len().alias("_rijen"),
        )
        .collect(engine="streaming")
    )


def _add(check: str, typed: pl.DataFrame, rows: pl.Expr, file: str, account: Account) -> None:
    """Count the rows of the file that ``rows`` gives per group, and show the first few by their codes."""
    wrong = typed.with_columns(rows.alias("_fout")).filter(pl.col("_fout") > 0)
    if not wrong.height:
        return
    shows = ["JAAR", "ZORGPRODUCT_CD", "ZORGACTIVITEIT_CD"]
    first = wrong.sort(list(PROFILE_KEYS)).head(EXAMPLES).select(shows).iter_rows(named=True)
    examples = [Example(file, None, {name: shown(value) for name, value in row.items() if value}) for row in first]
    account.add(check, int(wrong["_fout"].sum()), int(typed["_rijen"].sum()), examples)


def _streamed(path: Path, needed: list[str], progress: Progress) -> tuple[pl.LazyFrame, int]:
    """The wanted columns of a file that is whole, as text and not yet read, and the number of its rows."""
    if path.suffix.lower() == ".parquet":
        frame = read_text_table(path, needed)
        progress(frame.height)
        return frame.lazy(), frame.height
    try:
        if (problem := not_text(path)) is not None:
            raise InputError([problem])
        header, separator = _header(path, needed)
        found = find_columns(path.name, header, needed)
        rows = scan(_blocks(path, progress), path.name, separator, len(header))
    except OSError as error:
        raise InputError([Problem("unreadable", path.name, details={"reason": os_reason(error)})]) from error
    if rows.problems:
        raise InputError(rows.problems)
    whole_file = pl.scan_csv(
        path.absolute(), separator=separator, infer_schema=False, glob=False,
        quote_char='"' if rows.quoted else None, new_columns=[str(place) for place in range(len(header))],
    )  # fmt: skip
    return whole_file.select(pl.col(str(place)).alias(name) for name, place in found.items()), rows.count - 1


def _header(path: Path, needed: list[str]) -> tuple[list[str], str]:
    """The column names and the separator; its names are codes, so that no line end stands inside one."""
    with path.open("rb") as file:
        line = file.read(SNIFFED).decode("utf-8-sig", errors="replace").partition("\n")[0]
    separator = find_separator(line)
    if separator is None:
        raise InputError([Problem("no_separator", path.name, 1, details={"columns": ", ".join(needed)})])
    return next(csv.reader([line.rstrip("\r")], delimiter=separator)), separator


def _blocks(path: Path, progress: Progress) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield file.read(len(codecs.BOM_UTF8)).removeprefix(codecs.BOM_UTF8)
        while block := file.read(BLOCK):
            progress(block.count(b"\n"))
            yield block


def _names(files: Mapping[str, Path]) -> pl.DataFrame:
    """Descriptions of the newest reference date."""
    types = {"soort": pl.String(), "specialisme": pl.String(), "code": pl.String(), "omschrijving": pl.String()}
    found = [pl.DataFrame(schema=types)]
    for file, path in files.items():
        kind, name, text, within = NAMES[file]
        frame = _read(path, [name, text, *([within] if within else [])], ["PEILDATUM"])
        days = to_date(frame["PEILDATUM"]) if "PEILDATUM" in frame.columns else pl.Series([None] * frame.height)
        specialism = pl.col(within).str.strip_chars(SPACE).str.pad_start(4, "0") if within else pl.lit(None, pl.String)
        rows = frame.with_columns(days.cast(pl.Date).alias("_dag")).select(
            pl.lit(kind).alias("soort"),
            specialism.alias("specialisme"),
            pl.col(name).str.strip_chars(SPACE).str.pad_start(NAME_WIDTHS[kind], "0").alias("code"),
            pl.col(text).str.strip_chars(SPACE).alias("omschrijving"),
            "_dag",
        )
        last = rows.drop_nulls("code").sort("_dag", "omschrijving", nulls_last=False)
        found.append(last.unique(["specialisme", "code"], keep="last", maintain_order=True).drop("_dag"))
    return pl.concat(found).sort("soort", "specialisme", "code")


def _editions(volumes: pl.DataFrame) -> tuple[Edition, ...]:
    states = volumes.group_by("jaar").agg(pl.col("peildatum").max(), pl.col("versie").max()).sort("jaar")
    found = []
    for year, as_of, version in states.iter_rows():
        status = YearStatus.FINAL
        if as_of is None:
            status = YearStatus.UNKNOWN
        elif year >= as_of.year:
            status = YearStatus.RUNNING
        elif year == as_of.year - 1:
            status = YearStatus.PROVISIONAL
        found.append(Edition(year, as_of, version, status))
    return tuple(found)
