"""Vektis ZH308 declarations (data-facts §5.3): one fixed-width file per insurer, as a hospital sends them.

Only closed trajectories with a claim code, of patients with an insurer, are declared. Per patient a record 02 (with the names and the BSN that a reader
must lose), then per declaration 04, 06 and one 16 per activity. A corrected declaration is there three times: debit with a
wrong diagnosis, credit of the same, and debit as it should have been.
Amounts are made up: no tariff of anybody.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from puntlanding.demo.exports.base import Written, as_known, chance, some
from puntlanding.demo.exports.fixed import DAY, Cell, day, lines, number, text
from puntlanding.demo.truth import Truth

WIDTH = 610
CORRECTED = 0.02  # share of the declarations, an assumption
WRONG_DIAGNOSIS = "0999"
BLOCK = 20_000  # claims of which the lines are in memory at once
_INSURED, _CLAIM, _TARIFF, _ACTIVITY = ("02", "04", "06", "16")
# What a tariff or an activity repeats of its claim.
_TIES = ("bsn", "declaratiecode", "openingsdatum", "_volgnummer")


def write(truth: Truth, folder: Path, *, as_of: date | None = None) -> Written:
    known = as_known(truth, as_of)
    declared = ("sluitdatum", "declaratiecode", "verzekeraar")
    closed = known.trajectories.filter(pl.all_horizontal(pl.col(name).is_not_null() for name in declared))
    corrected = some(closed, CORRECTED, chance(truth, "zh308"))
    patients = known.patients.with_columns(_ascii("naam"))
    claims = _claims(closed, corrected).join(
        patients.select("patient", "bsn", "naam", "postcode", "geboortedatum", "geslacht"), on="patient", how="left"
    )
    paths = known.trajectories.group_by("zorgtraject_id").agg(pl.col("openingsdatum").min().alias("zorgtraject_begin"))
    claims = claims.join(paths, on="zorgtraject_id", how="left").sort("verzekeraar", "bsn", "subtraject_id", "_beurt")
    files = tuple(
        _write_insurer(truth, str(insurer), own, known.activities, folder)
        for (insurer,), own in claims.group_by("verzekeraar", maintain_order=True)
    )
    return Written(files, {"zh308_taken_back": corrected.height})


def _ascii(name: str) -> pl.Expr:
    """The format is older than accents."""
    return pl.col(name).str.normalize("NFKD").str.replace_all(r"[^\x20-\x7e]", "").str.slice(0, 25)


def _claims(closed: pl.DataFrame, corrected: pl.DataFrame) -> pl.DataFrame:
    """Declarations in turn 0, or for corrected ones 0 (debit, wrong), 1 (credit, the same) and 2 (debit, right)."""
    wrong = corrected.with_columns(diagnose=pl.lit(WRONG_DIAGNOSIS))
    right = closed.join(corrected.select("subtraject_id"), on="subtraject_id", how="anti")
    turns = [(right, 0, "D"), (wrong, 0, "D"), (wrong, 1, "C"), (corrected, 2, "D")]
    return pl.concat(
        frame.drop("geslacht").with_columns(_beurt=pl.lit(turn, pl.Int8), _dc=pl.lit(sign))
        for frame, turn, sign in turns
    )


def amount() -> pl.Expr:
    """In cents, from the digits of the product code: the same product costs the same everywhere, and that is all it means."""
    return pl.col("zorgproduct").cast(pl.Int64) % 9973 * 25 + 7500


def _write_insurer(truth: Truth, insurer: str, claims: pl.DataFrame, activities: pl.DataFrame, folder: Path) -> Path:
    """The order of the file: a patient, then each declaration followed by what belongs to it; so every record's number is
    known beforehand, and the lines, thirty times the size of what they say, are made and written a block at a time.
    """
    done = activities.join(
        claims.select("subtraject_id", pl.int_range(pl.len()).alias("_nr")),
        on="subtraject_id", how="inner", maintain_order="left",
    ).sort("_nr", maintain_order=True)  # fmt: skip
    claims = _numbered(claims, done)
    header, totals = _header(truth, insurer, claims), _totals(claims)
    done = done.with_row_index("_plaats").join(
        claims.select("_nr", *_TIES, "_dc", "_record", "_eerste", "_gedaan_voor"),
        on="_nr",
        how="left",
        maintain_order="left",
    )
    place = pl.col("_plaats").cast(pl.Int64) - pl.col("_gedaan_voor")
    done = done.with_columns(_record=pl.col("_record") + pl.col("_eerste") + 2 + place)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"zh308-{insurer}.txt"
    with path.open("wb") as file:
        file.write(header + b"\r\n")
        for start in range(0, claims.height, BLOCK):
            block = claims.slice(start, BLOCK)
            of_block = done.slice(int(block["_gedaan_voor"][0]), int(block["_gedaan"].sum()))
            _block(truth.agb, insurer, block, of_block).write_csv(
                file, include_header=False, quote_style="never", line_terminator="\r\n"
            )
        file.write(totals + b"\r\n")
    return path


def _numbered(claims: pl.DataFrame, done: pl.DataFrame) -> pl.DataFrame:
    """Claims with their amount and sequence number, and ``_record``: the number of the first record that they bring."""
    counts = done.group_by("_nr").agg(_gedaan=pl.len().cast(pl.Int64))
    counted = claims.with_columns(
        _nr=pl.int_range(pl.len()),
        _bedrag=amount(),
        _eerste=pl.col("bsn").is_first_distinct().cast(pl.Int64),
        _volgnummer=pl.int_range(1, pl.len() + 1).over("bsn", "declaratiecode", "openingsdatum"),
    ).join(counts, on="_nr", how="left", maintain_order="left")
    brought = pl.col("_eerste") + 2 + pl.col("_gedaan")
    return counted.with_columns(pl.col("_gedaan").fill_null(0)).with_columns(
        _record=brought.cum_sum() - brought + 1, _gedaan_voor=pl.col("_gedaan").cum_sum() - pl.col("_gedaan")
    )


def _block(institution: str, insurer: str, claims: pl.DataFrame, done: pl.DataFrame) -> pl.DataFrame:
    """The lines of some claims, in the order of their numbers."""
    behind = pl.col("_record") + pl.col("_eerste")
    parts = [
        _part(_INSURED, claims.filter(pl.col("_eerste") == 1), _insured(insurer)),
        _part(_CLAIM, claims.with_columns(_record=behind), _claim(institution, insurer)),
        _part(_TARIFF, claims.with_columns(_record=behind + 1), _tariff(insurer)),
        _part(_ACTIVITY, done, _done(insurer)),
    ]
    return pl.concat(parts).sort("_record").select("regel")


def _part(kind: str, frame: pl.DataFrame, cells: list[Cell]) -> pl.DataFrame:
    numbered = [text(1, 2, pl.lit(kind)), number(3, 14, pl.col("_record")), *cells]
    return pl.DataFrame({"_record": frame["_record"], "regel": lines(frame, numbered, 1, WIDTH)})


def _who(insurer: str) -> list[Cell]:
    return [number(15, 23, pl.col("bsn")), number(24, 27, pl.lit(insurer))]


def _insured(insurer: str) -> list[Cell]:
    sex = pl.col("geslacht").replace_strict({"M": "1", "V": "2"}, default="9", return_dtype=pl.String)
    return [
        *_who(insurer),
        text(43, 53, pl.col("patient").str.slice(0, 11)),
        day(54, 61, "geboortedatum"),
        number(62, 62, sex),
        number(63, 63, pl.lit("1")),
        text(64, 88, pl.col("naam")),
        text(142, 147, pl.col("postcode").str.replace_all(" ", "")),
    ]


def _claim(institution: str, insurer: str) -> list[Cell]:
    return [
        *_who(insurer),
        text(70, 75, pl.col("declaratiecode")),
        day(76, 83, "openingsdatum"),
        day(84, 91, "sluitdatum"),
        number(92, 93, pl.col("_volgnummer")),
        text(94, 102, pl.col("zorgproduct")),
        text(103, 117, pl.col("zorgtraject_id")),
        day(118, 125, "zorgtraject_begin"),
        number(126, 133, pl.lit(None, pl.String)),
        text(134, 135, pl.col("afsluitreden")),
        text(136, 150, pl.col("subtraject_id")),
        number(151, 158, pl.lit(None, pl.String)),
        number(159, 160, pl.lit("1")),
        number(196, 199, pl.lit("1")),
        text(200, 205, pl.col("zorgtype")),
        text(207, 209, pl.col("zorgvraag")),
        text(213, 219, pl.col("diagnose")),
        number(238, 241, pl.col("specialisme")),
        number(242, 249, pl.lit(institution)),
        text(555, 555, pl.col("_dc")),
        text(556, 575, pl.col("_nr").cast(pl.String)),
    ]


def _tariff(insurer: str) -> list[Cell]:
    return [
        *_who(insurer),
        text(49, 54, pl.col("declaratiecode")),
        day(55, 62, "openingsdatum"),
        number(63, 64, pl.col("_volgnummer")),
        number(65, 66, pl.lit("1")),
        number(79, 86, pl.col("_bedrag")),
        number(87, 91, pl.lit("10000")),
        number(107, 114, pl.col("_bedrag")),
        text(115, 115, pl.col("_dc")),
    ]


def _done(insurer: str) -> list[Cell]:
    """A quantity has no sign here: what was taken back is credited, and what was credited, taken back, debited."""
    back = pl.col("aantal") < 0
    sign = pl.when(back).then(pl.col("_dc").replace({"D": "C", "C": "D"})).otherwise("_dc")
    return [
        *_who(insurer),
        text(46, 51, pl.col("declaratiecode")),
        day(52, 59, "openingsdatum"),
        number(60, 61, pl.col("_volgnummer")),
        text(62, 76, pl.col("verrichting")),
        text(77, 86, pl.col("za_code")),
        day(87, 94, "datum"),
        day(95, 102, "datum"),
        number(103, 106, pl.col("aantal").abs()),
        number(117, 124, pl.lit(None, pl.String)),
        number(125, 128, pl.col("specialisme_uitvoerder")),
        text(129, 129, sign),
    ]


def _header(truth: Truth, insurer: str, claims: pl.DataFrame) -> bytes:
    """Version 9.0; dated on the last day that is declared, because a demonstration has no clock."""
    first, last = claims.select(pl.col("openingsdatum").min(), pl.col("sluitdatum").max().alias("tot")).row(0)
    cells = {
        1: "01101" + "0900" + "P",
        27: insurer,
        55: truth.agb,
        65: first.strftime(DAY) + last.strftime(DAY),
        81: f"D{insurer}".ljust(12),
        93: last.strftime(DAY),
        101: "EUR",
    }
    return _line(cells)


def _totals(claims: pl.DataFrame) -> bytes:
    insured, done = int(claims["_eerste"].sum()), int(claims["_gedaan"].sum())
    declared = tariffs = claims.height
    signed = pl.when(pl.col("_dc") == "D").then("_bedrag").otherwise(-pl.col("_bedrag"))
    total = int(claims.select(signed.sum()).item())
    detail = insured + declared + tariffs + done
    wide = 7 if done > 999_999 else 6  # as the declarations of a whole year need
    counts = f"99{insured:06d}{0:06d}{declared:06d}{tariffs:06d}{done:0{wide}d}{0:06d}{detail:07d}"
    return _line({1: f"{counts}{abs(total):011d}{'D' if total >= 0 else 'C'}"})


def _line(cells: dict[int, str]) -> bytes:
    line = " " * WIDTH
    for start, value in cells.items():
        line = line[: start - 1] + value + line[start - 1 + len(value) :]
    return line.encode("ascii")
