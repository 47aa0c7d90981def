"""What of a made-up hospital may be found nowhere: who its patients are, and the numbers by which a hospital knows them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import polars as pl

SHORTEST = 6
# Hashes that belong in a store: of files and contents. In hexadecimal digits any number can stand by chance.
_HASHES = re.compile(r"(?<![0-9a-f])(?=[0-9]*[a-f])(?:[0-9a-f]{64}|[0-9a-f]{12})(?![0-9a-f])")
_PRINTABLE = re.compile(rb"[\x20-\x7e]{%d,}" % SHORTEST)


class Personal:
    """Looks for any of many texts at once. ``born`` are birth dates on which nothing else in the records can fall."""

    def __init__(self, texts: Iterable[str], born: Iterable[date] = ()) -> None:
        self.born = set(born)
        self.texts = {text for text in texts if len(text) >= SHORTEST} | {
            written for day in self.born for written in notations(day)
        }
        self._lower = {text.lower(): text for text in self.texts}

    def within(self, text: str) -> set[str]:
        """Whatever the case of its letters; hashes are skipped."""
        searched = pl.Series([_HASHES.sub("", text).lower()])
        return {
            self._lower[one] for one in searched.str.extract_many(list(self._lower), overlapping=True).explode() if one
        }

    def in_file(self, path: Path) -> set[str]:
        """In its name, its bytes, and every cell where it is whole Parquet: a killed load leaves half of one."""
        data = path.read_bytes()
        found = self.within(path.name) | self.within("\n".join(one.decode("ascii") for one in _PRINTABLE.findall(data)))
        if path.suffix == ".parquet" and data.endswith(b"PAR1") and len(data) > 8:
            found |= self.in_cells(pl.read_parquet(path))
        return found

    def in_cells(self, frame: pl.DataFrame) -> set[str]:
        """A number is compared as a whole: in the nineteen digits of a pseudonym shorter ones stand by chance."""
        found: set[str] = set()
        for column in frame:
            distinct = column.unique().drop_nulls()
            if column.dtype == pl.Date:
                found |= {day.isoformat() for day in distinct if day in self.born}
            elif column.dtype.is_integer():
                found |= {str(number) for number in distinct if str(number) in self.texts}
            else:
                found |= self.within("\n".join(distinct.cast(pl.String)))
        return found

    def in_folder(self, folder: Path) -> dict[str, set[str]]:
        """File → what was found in it; files without a find are left out."""
        return {one.name: found for one in files(folder) if (found := self.in_file(one))}


def files(folder: Path) -> list[Path]:
    return sorted(one for one in folder.rglob("*") if one.is_file())


def notations(day: date) -> set[str]:
    """As systems and people write a date; those of six digits could be any code."""
    forms = ("%Y-%m-%d", "%d-%m-%Y", "%Y%m%d", "%d%m%Y", "%d/%m/%Y", "%m/%d/%Y", "%Y/%m/%d", "%d.%m.%Y")
    months = [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ]
    words = {f"{day.day} {months[day.month - 1]} {day.year}", f"{day.day}-{day.month}-{day.year}", f"{day:%d %B %Y}"}
    return {day.strftime(form) for form in forms} | words


def of_hospital(truth) -> Personal:
    """Names in whole and surnames, BSN, addresses, every number of a patient, care path, trajectory, activity or stay."""
    people = truth.patients
    texts = {*people["naam"], *(name.split()[-1] for name in people["naam"])}
    texts |= {*people["bsn"], *people["patient"], *people["adres"], *people["postcode"]}
    texts |= {*truth.trajectories["subtraject_id"], *truth.trajectories["zorgtraject_id"]}
    texts |= {*truth.activities["verrichting"], *truth.admissions["opname"]}
    first = truth.trajectories["openingsdatum"].min()
    return Personal(texts, people.filter(pl.col("geboortedatum") < first)["geboortedatum"])
