"""Codes with periods: the day on which a period begins and the one on which it ends both count."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from puntlanding.records.codes import FROM, UNTIL, DatedCodes

pytestmark = pytest.mark.unit

# A new description every year: one period to a user. Of B a day is missing between the two.
TABLE = DatedCodes(
    ("za_code",),
    pl.DataFrame(
        {
            "za_code": ["A", "A", "B", "B"],
            FROM: [date(2016, 1, 1), date(2017, 1, 1)] * 2,
            UNTIL: [date(2016, 12, 31), None, date(2016, 12, 30), None],
            "klasse": ["1", "2", "1", "2"],
        }
    ),
)


def asked(*rows: tuple[str | None, date | None, date | None]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"za_code": pl.String, "eerst": pl.Date, "laatst": pl.Date}, orient="row")


@pytest.mark.parametrize(
    ("code", "first", "last", "covered"),
    [
        ("A", date(2016, 1, 1), date(2030, 1, 1), True),
        ("A", date(2015, 12, 31), date(2016, 5, 1), False),
        ("B", date(2016, 1, 1), date(2016, 12, 30), True),
        ("B", date(2016, 1, 1), date(2016, 12, 31), False),
        ("B", date(2016, 12, 30), date(2017, 1, 1), False),
        ("B", date(2017, 1, 1), date(2017, 1, 1), True),
        ("C", date(2017, 1, 1), date(2017, 1, 1), False),
        (None, date(2017, 1, 1), date(2017, 1, 1), True),
        ("A", None, date(2017, 1, 1), True),
    ],
)
def test_a_stretch_of_days_is_covered_without_a_break(code, first, last, covered):
    assert TABLE.covers(asked((code, first, last)), ["za_code"], "eerst", "laatst").to_list() == [covered]


@pytest.mark.parametrize(
    ("code", "day", "valid", "value"),
    [
        ("A", date(2016, 12, 31), True, "1"),
        ("A", date(2017, 1, 1), True, "2"),
        ("A", date(2015, 12, 31), False, None),
        ("B", date(2016, 12, 30), True, "1"),
        ("B", date(2016, 12, 31), False, None),
        ("C", date(2017, 1, 1), False, None),
        (None, date(2017, 1, 1), True, None),
        ("A", None, True, None),
    ],
)
def test_a_code_on_its_day(code, day, valid, value):
    rows = asked((code, day, None), (code, day, None))
    assert TABLE.known(rows, ["za_code"], "eerst").to_list() == [valid, valid]
    assert TABLE.value(rows, ["za_code"], "eerst", "klasse").to_list() == [value, value]


def test_the_table_of_one_day():
    assert TABLE.on(date(2016, 12, 31))["za_code"].to_list() == ["A"]
    assert TABLE.on(date(2017, 1, 1)).rows() == [
        ("A", date(2017, 1, 1), None, "2"),
        ("B", date(2017, 1, 1), None, "2"),
    ]
