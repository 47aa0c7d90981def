"""Where things stand in a ZH308 v9.0 record: positions as data, and only of what the reader needs.

Names and addresses are left out on purpose: what has no position here cannot be cut out of a record.

Status, as in data-facts: C stands in the part of the specification that data-facts §5.3 quotes; D follows from the order
and lengths of the fields between two confirmed ones, or from the same record in sibling standards of the family (AP304,
PM304); M is from memory of the family and must be borne out by the file itself (see `CLOSINGS`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

WIDTH = 610  # bytes per record, without line end [C]
MESSAGE = "101"  # code of the message, field 0102 [C]
VERSION = "09"  # field 0103: v9.0
HEADER, INSURED, DEBTOR, PERFORMANCE, TARIFF, ACTIVITY, COMMENT, CLOSING = 1, 2, 3, 4, 6, 16, 98, 99
KINDS: Mapping[int, tuple[str, str]] = {
    HEADER: ("voorlooprecord", "header record"),
    INSURED: ("verzekerdenrecord", "insured record"),
    DEBTOR: ("debiteurrecord", "debtor record"),
    PERFORMANCE: ("prestatierecord", "performance record"),
    TARIFF: ("tariefrecord", "tariff record"),
    ACTIVITY: ("zorgactiviteitrecord", "activity record"),
    COMMENT: ("commentaarrecord", "comment record"),
    CLOSING: ("sluitrecord", "closing record"),
}
DETAILS = (INSURED, DEBTOR, PERFORMANCE, TARIFF, ACTIVITY, COMMENT)


@dataclass(frozen=True, slots=True)
class Position:
    """One field. ``start`` and ``end`` count from 1 and include both; N is zero-filled digits, AN is text and blanks."""

    number: str
    name: str
    kind: str
    length: int
    start: int
    end: int
    mandatory: bool
    status: str

    @property
    def record(self) -> int:
        return int(self.number[:2])

    @property
    def label(self) -> str:
        """As a user of the specification calls it."""
        return f"{self.number} {self.name}"

    @property
    def slice(self) -> slice:
        return slice(self.start - 1, self.end)


def _table(*rows: tuple[str, str, str, int, int, int, bool, str]) -> dict[str, Position]:
    return {row[0]: Position(*row) for row in rows}


FIELDS: Mapping[str, Position] = _table(
    ("0101", "kenmerk record", "N", 2, 1, 2, True, "C"),
    ("0102", "code bericht", "N", 3, 3, 5, True, "C"),
    ("0103", "versie", "N", 2, 6, 7, True, "C"),
    ("0104", "subversie", "N", 2, 8, 9, True, "D"),
    ("0105", "soort bericht", "AN", 1, 10, 10, True, "D"),
    ("0108", "uzovi-nummer", "N", 4, 27, 30, True, "D"),
    ("0112", "instellingscode", "N", 8, 55, 62, False, "D"),
    ("0117", "dagtekening factuur", "N", 8, 93, 100, True, "D"),
    ("0203", "bsn", "N", 9, 15, 23, False, "C"),
    ("0207", "geboortedatum", "N", 8, 54, 61, True, "C"),
    ("0208", "geslacht", "N", 1, 62, 62, True, "C"),
    ("0403", "bsn", "N", 9, 15, 23, False, "D"),
    ("0410", "declaratiecode", "AN", 6, 70, 75, True, "C"),
    ("0411", "begindatum prestatie", "N", 8, 76, 83, True, "C"),
    ("0412", "einddatum prestatie", "N", 8, 84, 91, True, "C"),
    ("0413", "prestatievolgnummer", "N", 2, 92, 93, True, "C"),
    ("0414", "zorgproductcode", "AN", 9, 94, 102, False, "C"),
    ("0415", "zorgtrajectnummer", "AN", 15, 103, 117, False, "C"),
    ("0418", "afsluitreden", "AN", 2, 134, 135, False, "C"),
    ("0419", "subtrajectnummer", "AN", 15, 136, 150, False, "C"),
    ("0426", "aantal prestaties", "N", 4, 196, 199, True, "C"),
    ("0427", "zorgtypecode", "AN", 6, 200, 205, False, "C"),
    ("0429", "zorgvraagcode", "AN", 3, 207, 209, False, "C"),
    ("0431", "diagnosecode", "AN", 7, 213, 219, False, "C"),
    ("0439", "specialisme behandelaar", "N", 4, 238, 241, False, "C"),
    ("0440", "instellingscode", "N", 8, 242, 249, False, "C"),
    ("0457", "debet/credit", "AN", 1, 555, 555, True, "C"),
    ("0458", "referentienummer", "AN", 20, 556, 575, True, "C"),
    ("0603", "bsn", "N", 9, 15, 23, False, "D"),
    ("0608", "declaratiecode", "AN", 6, 49, 54, True, "D"),
    ("0609", "begindatum prestatie", "N", 8, 55, 62, True, "D"),
    ("0610", "prestatievolgnummer", "N", 2, 63, 64, True, "D"),
    ("0611", "soort tarief", "N", 2, 65, 66, True, "C"),
    ("0614", "tarief", "N", 8, 79, 86, False, "C"),
    ("0615", "verrekenpercentage", "N", 5, 87, 91, True, "C"),
    ("0620", "declaratiebedrag", "N", 8, 107, 114, False, "C"),
    ("0621", "debet/credit", "AN", 1, 115, 115, True, "D"),
    ("1603", "bsn", "N", 9, 15, 23, False, "D"),
    ("1607", "declaratiecode", "AN", 6, 46, 51, True, "D"),
    ("1608", "begindatum prestatie", "N", 8, 52, 59, True, "D"),
    ("1609", "prestatievolgnummer", "N", 2, 60, 61, True, "D"),
    ("1610", "zorgactiviteitnummer", "AN", 15, 62, 76, True, "C"),
    ("1611", "zorgactiviteitcode", "AN", 10, 77, 86, True, "C"),
    ("1612", "begindatum zorgactiviteit", "N", 8, 87, 94, True, "C"),
    ("1613", "einddatum zorgactiviteit", "N", 8, 95, 102, True, "C"),
    ("1614", "aantal", "N", 4, 103, 106, True, "C"),
    ("1617", "uitvoerder", "N", 8, 117, 124, False, "C"),
    ("1618", "specialisme uitvoerder", "N", 4, 125, 128, False, "C"),
    ("1619", "debet/credit", "AN", 1, 129, 129, True, "C"),
)

# The day and month of birth are never cut out, only the year at the head of field 0207.
BIRTH_YEAR = slice(FIELDS["0207"].start - 1, FIELDS["0207"].start + 3)

# What ties a tariff or activity to its performance, beside standing behind it: the same insured, code, day and number.
PERFORMANCE_KEY = ("0403", "0410", "0411", "0413")
TARIFF_KEY = ("0603", "0608", "0609", "0610")
ACTIVITY_KEY = ("1603", "1607", "1608", "1609")

# What a credit performance shares with the debit it takes back.
MIRROR = ("0419", "0410", "0411", "0412")


@dataclass(frozen=True, slots=True)
class Closing:
    """The closing record, 99: after its kind a run of numbers, then D or C. ``counts`` are (record kind, digits), in order."""

    counts: tuple[tuple[int, int], ...]
    all_details: int = 7
    amount: int = 11

    @property
    def digits(self) -> int:
        return sum(width for _, width in self.counts) + self.all_details + self.amount


# Public code made from the specification gives the order of the fields of 99 [D]; their lengths are those of the family
# [M]. So the file has the last word: D or C must stand right behind as many digits as a layout has. The second has room
# for more than 999,999 activities, which a file of 1 GB holds; the third is the family's, without tariffs and activities.
_FIRST = ((INSURED, 6), (DEBTOR, 6), (PERFORMANCE, 6), (TARIFF, 6))
CLOSINGS = (
    Closing((*_FIRST, (ACTIVITY, 6), (COMMENT, 6))),
    Closing((*_FIRST, (ACTIVITY, 7), (COMMENT, 6))),
    Closing(((INSURED, 6), (DEBTOR, 6), (PERFORMANCE, 6), (COMMENT, 6))),
)
