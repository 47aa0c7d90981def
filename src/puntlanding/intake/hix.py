"""Tables of ChipSoft HiX as a database client exports them (data-facts §5.4).

What the export holds beside the records is left out by rule and counted: cancelled trajectories, trajectories of the local
care type, corrections, lines that claim a product. Local codes of specialisms and doctors become AGB specialisms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import polars as pl

from puntlanding.intake.base import Account, Options, Part, Progress, Reader
from puntlanding.intake.convert import Source, convert
from puntlanding.intake.hix_map import ABSENT, FIELDS
from puntlanding.intake.linked import (
    Table,
    Wanted,
    count_hospitals,
    looked_up,
    not_found,
    once,
    only_codes,
    read_tables,
    with_people,
)
from puntlanding.records.tables import TableName, schema

PATHS, TRAJECTORIES, PATIENTS = "EPISODE_EPISODE", "EPISODE_DBCPER", "PATIENT_PATIENT"
SESSIONS, CODING = "FAKTUUR_VERRICHT", "FAKTUUR_VERRSEC"
DOCTORS, SPECIALISMS = "CSZISLIB_ARTS", "CSZISLIB_SPEC"
_DBC = ("DBCNUMMER", "EPISODE", "SPECIALISM", "ZORGTYPE", "HOOFDDIAG", "BEGINDAT", "EINDDAT", "AFSLUIT", "ZORGPROD")
WANTED = {
    TRAJECTORIES: Wanted((*_DBC, "VERVALLEN"), ("DECLCODE", "VERZEKERIN", "INSTELLING")),
    PATHS: Wanted(("EPISODE", "PATIENTNR")),
    PATIENTS: Wanted(("PATIENTNR", "GESLACHT", "GEBDAT")),
    SPECIALISMS: Wanted(("SPECCODE", "COTGCODE")),
    DOCTORS: Wanted(("ARTSCODE", "SPECIALISM")),
    SESSIONS: Wanted(("ID", "DATUM", "UITVOERDER", "CASENR"), ("AANVRAGER",)),
    CODING: Wanted(("ID", "CTGCODE", "AANTAL", "CORRECTIE")),
}
NOT_USED = (
    "OPNAME_OPNAME", "EPISODE_DBCVERRO", "EPISODE_DIAG", "EPISODE_ZORGTYPE", "EPISODE_ZORGVRAA", "EPISODE_DBCFLOG",
)  # fmt: skip
EMPTY = ("NULL",)

LOCAL_TYPE = "W"
YES, NO = "1", "0"  # in VERVALLEN, and in each place of CORRECTIE
PLACES, CORRECTION = 4, 3  # of CORRECTIE; the fourth counted from nought
# Claim codes are 14 to 17, mostly a letter, and digits: 15A385 (data-facts §4.1, §4.8). No activity in the NZa table of 2017
# begins so.
CLAIM_LINE = r"^1[4-7][0-9A-Z]\d{3}$"

_TRAJECTORY = {
    "subtraject_id": "DBCNUMMER",
    "zorgtraject_id": "EPISODE",
    "patient": "PATIENTNR",
    "specialisme": "_agb",
    "diagnose": "HOOFDDIAG",
    "zorgtype": "ZORGTYPE",
    "openingsdatum": "BEGINDAT",
    "sluitdatum": "EINDDAT",
    "afsluitreden": "AFSLUIT",
    "zorgproduct": "ZORGPROD",
    "declaratiecode": "DECLCODE",
    "verzekeraar": "VERZEKERIN",
}
_PERSON = {"patient": Source("PATIENTNR"), "geboortejaar": Source("GEBDAT"), "geslacht": Source("GESLACHT")}
_SESSION = {
    "subtraject_id": Source("CASENR"),
    "datum": Source("DATUM"),
    "specialisme_uitvoerder": Source("_uitvoerder"),
    "specialisme_aanvrager": Source("_aanvrager"),
}
_CODED = {"za_code": Source("CTGCODE"), "aantal": Source("AANTAL")}
_PLACE = "_plaats"


def read(source: Path, options: Options, account: Account, progress: Progress) -> Iterator[Part]:
    tables = read_tables(source, WANTED, NOT_USED, EMPTY, account, progress)
    agb = once(tables[SPECIALISMS], "SPECCODE", account).frame.select("SPECCODE", _agb="COTGCODE")
    doctors = once(tables[DOCTORS], "ARTSCODE", account).frame.select("ARTSCODE", "SPECIALISM")
    doctors = looked_up(doctors, "SPECIALISM", agb).select("ARTSCODE", "_agb")
    part, left_out = _trajectory_part(tables, agb, account)
    yield part
    del part  # whoever asked for it has it; here it would only take room
    file = tables[SESSIONS].file
    yield Part({TableName.ACTIVITIES: _activities(tables, left_out, doctors, account)}, {TableName.ACTIVITIES: file})


def _trajectory_part(tables: dict[str, Table], agb: pl.DataFrame, account: Account) -> tuple[Part, pl.Series]:
    """The trajectories, and the numbers of those that were left out: their activities follow them."""
    every = tables.pop(TRAJECTORIES)
    kept = _that_count(every, account)
    left_out = every.frame.join(kept.frame, on="DBCNUMMER", how="anti")["DBCNUMMER"].drop_nulls().unique()
    frame = _trajectories(kept, agb, tables.pop(PATHS), tables.pop(PATIENTS), account)
    return Part({TableName.TRAJECTORIES: frame}, {TableName.TRAJECTORIES: every.file}), left_out


def _leave_out(table: Table, check: str, which: pl.Expr, account: Account, shows: Sequence[str] = ()) -> Table:
    """``table`` without the rows of a rule, which are counted; a row for which the rule cannot be told stays."""
    marked = table.frame.select(which.fill_null(value=False)).to_series()
    account.rows(check, table.frame.filter(marked), table.frame.height, table.file, shows)
    return Table(table.frame.filter(~marked), table.file)


def _that_count(table: Table, account: Account) -> Table:
    """The trajectories that are neither cancelled nor of the local care type."""
    count_hospitals(table.frame, "INSTELLING", account)
    strange = only_codes(table.frame.filter(~pl.col("VERVALLEN").is_in([YES, NO])), "VERVALLEN")
    if strange.height:  # they stay: what does not say that it was cancelled counts
        account.rows("hix_flag_unknown", strange, table.frame.height, table.file, ("VERVALLEN",), "VERVALLEN")
    valid = _leave_out(table, "hix_cancelled", pl.col("VERVALLEN") == YES, account)
    local = pl.col("ZORGTYPE").str.to_uppercase() == LOCAL_TYPE
    return _leave_out(valid, "hix_local_type", local, account)


def _trajectories(table: Table, agb: pl.DataFrame, paths: Table, patients: Table, account: Account) -> pl.DataFrame:
    patient_of = once(paths, "EPISODE", account).frame.select("EPISODE", "PATIENTNR", _gevonden=True)
    frame = looked_up(looked_up(table.frame, "EPISODE", patient_of), "SPECIALISM", agb)
    of, file = frame.height, table.file
    account.rows("hix_path_not_found", frame.filter(not_found("EPISODE", "_gevonden")), of, file)
    unknown = only_codes(frame.filter(not_found("SPECIALISM", "_agb")), "SPECIALISM")
    account.rows("hix_specialism_unknown", unknown, of, file, ("SPECIALISM",), "SPECIALISM")
    sources = {ours: Source(theirs) for ours, theirs in _TRAJECTORY.items() if theirs in frame.columns}
    return with_people(convert(frame, TableName.TRAJECTORIES, sources, account, file), file, patients, _PERSON, account)


def _activities(tables: dict[str, Table], left_out: pl.Series, doctors: pl.DataFrame, account: Account) -> pl.DataFrame:
    """A session (who, when, in which trajectory) and its coding (what, how often) meet on ID; a session may have several.

    They meet once, and from then on by the session's place: millions of numbers as text are most of what this costs.
    """
    sessions, coding = _placed(once(tables.pop(SESSIONS), "ID", account), tables.pop(CODING), account)
    sessions = _leave_out(sessions, "activity_without_trajectory", pl.col("CASENR").is_null(), account)
    sessions = _leave_out(sessions, "hix_of_left_out", pl.col("CASENR").is_in(left_out.implode()), account)
    coding = _that_are_activities(coding, account)
    # The same names again: what has been left out need not stay in memory.
    sessions = Table(_those_in(sessions.frame, coding.frame), sessions.file)
    coding = Table(_those_in(coding.frame, sessions.frame), coding.file)
    sessions = Table(_with_specialisms(sessions.frame, doctors, sessions.file, account), sessions.file)
    typed = _typed(sessions, _SESSION, account).drop(*_CODED)
    codes = _typed(coding, _CODED, account).select(_PLACE, *_CODED)
    joined = typed.join(codes, on=_PLACE, how="inner", maintain_order="left_right")
    return joined.select(list(schema(TableName.ACTIVITIES, raw=True)))


def _those_in(frame: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    return frame.join(other.select(_PLACE), on=_PLACE, how="semi", maintain_order="left")


def _typed(table: Table, sources: Mapping[str, Source], account: Account) -> pl.DataFrame:
    frame = convert(table.frame, TableName.ACTIVITIES, sources, account, table.file)
    return frame.with_columns(table.frame[_PLACE])


def _placed(sessions: Table, coding: Table, account: Account) -> tuple[Table, Table]:
    """Both with the place of the session instead of ID; who stands in one table only is counted."""
    placed = sessions.frame.with_row_index(_PLACE)
    places = looked_up(coding.frame.select("ID"), "ID", placed.select("ID", _PLACE))[_PLACE]
    uncoded = placed.join(places.drop_nulls().to_frame(), on=_PLACE, how="anti", maintain_order="left")
    account.rows("hix_session_without_code", uncoded, placed.height, sessions.file)
    lone = coding.frame.filter(places.is_null())
    account.rows("hix_code_without_session", lone, coding.frame.height, coding.file)
    return Table(placed.drop("ID"), sessions.file), Table(coding.frame.drop("ID").with_columns(places), coding.file)


def _that_are_activities(coding: Table, account: Account) -> Table:
    """The lines that say what was done: no corrections, no lines that claim a product, none with a local code only."""
    flags = pl.col("CORRECTIE")
    cut = coding.frame.filter((flags.str.len_chars() < PLACES) & (flags != NO))
    if cut.height:
        account.rows("hix_flag_unknown", cut, coding.frame.height, coding.file, ("CORRECTIE",), "CORRECTIE")
    rest = _leave_out(coding, "hix_correction", flags.str.slice(CORRECTION, 1) == YES, account)
    rest = _leave_out(rest, "hix_claim_line", pl.col("CTGCODE").str.contains(CLAIM_LINE), account, ("CTGCODE",))
    return _leave_out(rest, "hix_local_code", pl.col("CTGCODE").is_null(), account)


def _with_specialisms(frame: pl.DataFrame, doctors: pl.DataFrame, file: str, account: Account) -> pl.DataFrame:
    """The specialism of executor and requester. Who they are is shown nowhere: a doctor's code is somebody's name."""
    for theirs, ours, check in (
        ("UITVOERDER", "_uitvoerder", "hix_executor_unknown"),
        ("AANVRAGER", "_aanvrager", "hix_requester_unknown"),
    ):
        if theirs not in frame.columns:
            frame = frame.with_columns(pl.lit(None, pl.String).alias(ours))
            continue
        frame = looked_up(frame, theirs, doctors.rename({"_agb": ours}))
        account.rows(check, frame.filter(not_found(theirs, ours)), frame.height, file, column=theirs)
    return frame.drop("UITVOERDER", "AANVRAGER", strict=False)


HIX = Reader(
    name="hix",
    version=1,
    nl="Tabellen uit ChipSoft HiX",
    en="Tables of ChipSoft HiX",
    files=", ".join(WANTED) + " (.csv, .txt, .parquet)",
    fields=FIELDS,
    absent=ABSENT,
    read=read,
)
