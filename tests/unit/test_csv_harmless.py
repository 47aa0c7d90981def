"""No text that somebody typed becomes a formula in whoever's spreadsheet a result is opened."""

from __future__ import annotations

import csv
import io

import pytest

from puntlanding.report.csv_file import harmless

pytestmark = pytest.mark.unit
STARTS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("delimiter", [";", ","])
def test_whatever_separator_the_reader_s_spreadsheet_takes(start, delimiter):
    for text in (f"{start}1+1", f"Heelkunde;{start}1+1", f"Heelkunde,{start}1+1", f'a;"{start}x"', f",{start}x"):
        written = io.StringIO(newline="")
        csv.writer(written, delimiter=delimiter).writerow(["1", harmless(text), "2"])
        for other in ";,\t":
            for cell in written.getvalue().rstrip("\r\n").split(other):
                assert not cell.strip('"').startswith(tuple(STARTS)), (text, cell)


@pytest.mark.parametrize(
    "text", ["Heelkunde", "Keel-, neus- en oorheelkunde", "MDL + interne", "a, -b", "", "5 - 6", "KNO/=="]
)
def test_names_stay_as_they_are(text):
    assert harmless(text) == text
