"""One delivery, read by every way that `delimited` and `convert` have: as quick as it goes, as text, packed, from Parquet.

A quick way is chosen by what stands in the file. If it read a single cell in another way than the others do, the same
export would give other records on the day that somebody opened it in a spreadsheet.
"""

import tempfile
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from puntlanding.intake.base import Account, Options
from puntlanding.intake.neutral import NEUTRAL
from puntlanding.problems import InputError
from puntlanding.records.findings import merged
from puntlanding.records.tables import TABLES, Kind

pytestmark = pytest.mark.generative

DAYS = [
    "2025-01-31", "2025-02-30", "0000-01-01", "12025-01-01", "+12025-01-01", "-2025-01-01", "31-01-2025", "01-02-2025", "02/01/2025", "2025/01/02",
    "20250131", "31.01.2025", "12/31/2025", "2025-1-5", "25-01-01", "2025-01-31 ", " 2025-01-31", "2025-01-31T10:15", "2025-01-31 10:15:00", "1960", "9999-12-31", "x", "",
]  # fmt: skip
NUMBERS = [
    "1",
    "-1",
    "+1",
    " 1",
    "1 ",
    "01",
    "1,0",
    "1.00",
    "1.5",
    "1e3",
    "3000000000",
    "1960",
    "1960-05-01",
    "een",
    "",
    "٣",
]
CODES = ["0303", "303", " 0303", "0303 ", "\u00a0303", "M", "man", "1", "v", "190060", "x y", "é", "11", ""]
IDS = ["1", "01", " 1", "1 ", "A1", "é", ""]
OF_KIND = {Kind.DATE: DAYS, Kind.NUMBER: NUMBERS, Kind.CODE: CODES, Kind.IDENTIFIER: IDS}


@st.composite
def tables(draw):
    """Most columns hold one way of writing a thing, as exports do, and some hold several."""
    made = {}
    for name, columns in TABLES.items():
        height = draw(st.integers(1, 6))
        cells = {}
        for one in columns:
            some = draw(st.lists(st.sampled_from(OF_KIND[one.kind]), min_size=1, max_size=3))
            cells[one.name] = [draw(st.sampled_from(some)) for _ in range(height)]
        made[name] = cells
    return made


def written(folder: Path, made, how: str) -> Path:
    folder.mkdir()
    for name, cells in made.items():
        if how == "parquet":
            pl.DataFrame({key: [cell or None for cell in column] for key, column in cells.items()}).write_parquet(
                folder / f"{name}.parquet"
            )
            continue
        rows = [list(cells), *zip(*cells.values(), strict=True)]
        wrap = '"{}"' if how == "quoted" else "{}"
        text = "\n".join(";".join(wrap.format(cell) for cell in row) for row in rows) + "\n"
        if how == "spare":  # a column that nobody asks for: not the quickest way
            text = "\n".join(f"{line};{number or 'over'}" for number, line in enumerate(text.splitlines())) + "\n"
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def outcome(folder: Path):
    account = Account()
    try:
        frames = {}
        for part in NEUTRAL.read(folder, Options(), account, lambda rows: None):
            frames |= part.tables
    except InputError as error:
        return sorted(problem.code for problem in error.problems)
    found = sorted(
        (one.check, one.column or "", one.count, one.of, [(each.row, dict(each.values)) for each in one.examples])
        for one in merged(account.findings)
    )
    return {name: frame.rows() for name, frame in frames.items()}, found


def check(made) -> None:
    with tempfile.TemporaryDirectory() as place:
        ways = {how: outcome(written(Path(place) / how, made, how)) for how in ("plain", "quoted", "spare", "parquet")}
    for how in ("quoted", "spare", "parquet"):
        assert ways[how] == ways["plain"], how


@settings(max_examples=settings().max_examples // 5)  # each one reads eight tables
@given(tables())
def test_every_way_of_reading_gives_the_same_records(made):
    check(made)


@pytest.mark.parametrize(
    "days", [("31-01-2025", "02/01/2025"), ("2025-01-31", "2025/02/01"), ("31-01-2025", "01.02.2025")]
)
def test_a_column_has_one_way_of_writing_dates(days):
    made = {name: {one.name: [OF_KIND[one.kind][0]] * 2 for one in columns} for name, columns in TABLES.items()}
    made["zorgactiviteiten"]["datum"] = list(days)
    check(made)
    with tempfile.TemporaryDirectory() as place:
        records, _ = outcome(written(Path(place) / "plain", made, "plain"))
    assert [row[3] for row in records["zorgactiviteiten"]] == [date(2025, 1, 31), None]


@pytest.mark.parametrize("day", ["0000-01-01", "-2025-01-01", "+12025-01-01", "25-01-01"])
def test_a_day_outside_the_calendar_is_unreadable_and_never_a_fault(day):
    """Polars holds it as a date, and Python cannot."""
    made = {name: {one.name: [OF_KIND[one.kind][0]] for one in columns} for name, columns in TABLES.items()}
    made["subtrajecten"]["sluitdatum"] = [day]
    check(made)
    with tempfile.TemporaryDirectory() as place:
        records, found = outcome(written(Path(place) / "plain", made, "plain"))
    assert records["subtrajecten"][0][8] is None
    form = "".join("#" if char.isdigit() else char for char in day)
    assert ("unreadable", "sluitdatum", 1, 1, [(2, {"sluitdatum": form})]) in found


def test_a_birth_date_where_a_year_is_asked_leaves_its_year_only():
    made = {name: {one.name: [OF_KIND[one.kind][0]] for one in columns} for name, columns in TABLES.items()}
    made["subtrajecten"]["geboortejaar"] = ["19600501"]
    check(made)
    with tempfile.TemporaryDirectory() as place:
        records, _ = outcome(written(Path(place) / "plain", made, "plain"))
    assert records["subtrajecten"][0][13] == 1960
