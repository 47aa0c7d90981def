"""The canonical tables of one hospital: what every reader makes, every check looks at and the store keeps.

Source: files.md "Records"; data-facts §4.1 for the codes. Column names are Dutch, because users meet them in Parquet files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

ROW = "_rij"  # row or line in the source file, as a spreadsheet counts; never stored


class TableName(StrEnum):
    TRAJECTORIES = "subtrajecten"
    ACTIVITIES = "zorgactiviteiten"


class Kind(StrEnum):
    """What stands in a column. An identifier exists as text in memory only, and as a pseudonym (Int64) from then on."""

    IDENTIFIER = "pseudoniem"
    CODE = "code"
    DATE = "datum"
    NUMBER = "getal"


_DTYPES: Mapping[Kind, pl.DataType] = {
    Kind.IDENTIFIER: pl.Int64(),
    Kind.CODE: pl.String(),
    Kind.DATE: pl.Date(),
    Kind.NUMBER: pl.Int32(),
}


@dataclass(frozen=True, slots=True)
class Column:
    """``width`` is the length of a code: shorter ones get leading zeros, which spreadsheets drop.

    ``form`` is what every code looks like; anything else never reaches the disk, because it may be a name in a wrong column.
    """

    name: str
    kind: Kind
    required: bool
    nl: str
    en: str
    width: int | None = None
    form: str | None = None


# The first two digits are the chapter of the product (data-facts §4.1, and every group in the NZa's tables of 2017).
PRODUCT_FORM = r"(0[1-9]|1[0-9]|2[01]|88|9[789])[0-9]{7}"


def _id(name: str, nl: str, en: str) -> Column:
    return Column(name, Kind.IDENTIFIER, True, nl, en)


def _code(name: str, form: str, nl: str, en: str, width: int | None = None, *, required: bool = True) -> Column:
    return Column(name, Kind.CODE, required, nl, en, width, form)


def _date(name: str, nl: str, en: str, *, required: bool = True) -> Column:
    return Column(name, Kind.DATE, required, nl, en)


TRAJECTORIES: tuple[Column, ...] = (
    _id("subtraject_id", "het subtraject (dbc)", "the trajectory (DBC)"),
    _id("zorgtraject_id", "het zorgtraject waar het in hoort", "the care path it belongs to"),
    _id("patient", "de patiënt", "the patient"),
    _code("specialisme", r"[0-9]{4}", "AGB-code van het specialisme", "AGB code of the specialism", 4),
    _code(
        "diagnose",
        r"[0-9A-Z]{3}[0-9]",  # every one in the NZa's tables ends in a digit, and no surname does
        "diagnosecode binnen het specialisme, vier tekens",
        "diagnosis within the specialism, four characters",
        4,
    ),
    _code("zorgtype", r"[0-9A-Z]{2}", "11 regulier, 21 vervolg, …", "11 regular, 21 follow-up, …", 2),
    _date("openingsdatum", "eerste dag van het subtraject", "first day of the trajectory"),
    _date("sluitdatum", "laatste dag; leeg: nog open", "last day; empty: still open", required=False),
    _code("afsluitreden", r"[0-9]{2}", "waarom het sloot", "why it closed", 2, required=False),
    _code(
        "zorgproduct",
        PRODUCT_FORM,
        "afgeleid zorgproduct, negen cijfers",
        "the care product derived, nine digits",
        9,
        required=False,
    ),
    _code(
        "declaratiecode",
        r"[0-9]{2}[0-9A-Z]{4}",
        "declaratiecode van het zorgproduct",
        "claim code of the product",
        required=False,
    ),
    _code(
        "verzekeraar", r"[0-9A-Z]{1,4}", "UZOVI-code van de verzekeraar", "UZOVI code of the insurer", 4, required=False
    ),
    Column("geboortejaar", Kind.NUMBER, True, "alleen het jaar", "the year only"),
    _code("geslacht", r"[MVO]", "M, V of O (onbekend)", "M (male), V (female) or O (unknown)"),
    _date(
        "geregistreerd_op",
        "dag waarop het subtraject voor het eerst was vastgelegd",
        "day on which it was first recorded",
        required=False,
    ),
    _date(
        "product_bekend_op",
        "dag waarop het zorgproduct bekend werd",
        "day on which its product became known",
        required=False,
    ),
)

ACTIVITIES: tuple[Column, ...] = (
    _id("subtraject_id", "het subtraject waar de activiteit aan hangt", "the trajectory the activity belongs to"),
    _code("za_code", r"[0-9]{6}", "code van de zorgactiviteit, zes cijfers", "code of the activity, six digits", 6),
    _date("datum", "dag van uitvoering", "day of execution"),
    Column("aantal", Kind.NUMBER, True, "hoe vaak; negatief is een correctie", "how often; negative is a correction"),
    _code("specialisme_uitvoerder", r"[0-9]{4}", "AGB-code van wie het uitvoerde", "AGB code of who executed it", 4),
    _code(
        "specialisme_aanvrager",
        r"[0-9]{4}",
        "AGB-code van wie het aanvroeg",
        "AGB code of who requested it",
        4,
        required=False,
    ),
    _date(
        "geregistreerd_op", "dag waarop de activiteit was vastgelegd", "day on which it was recorded", required=False
    ),
)

TABLES: Mapping[TableName, tuple[Column, ...]] = {
    TableName.TRAJECTORIES: TRAJECTORIES,
    TableName.ACTIVITIES: ACTIVITIES,
}

# The kind of identifier each column holds: the same patient in two tables must get the same pseudonym.
DOMAINS: Mapping[str, str] = {"subtraject_id": "subtraject", "zorgtraject_id": "zorgtraject", "patient": "patient"}


def schema(table: TableName, *, raw: bool = False) -> pl.Schema:
    """Column → type, in the stored order. ``raw``: as readers make it, identifiers still text and with the row number."""
    types = {c.name: pl.String() if raw and c.kind is Kind.IDENTIFIER else _DTYPES[c.kind] for c in TABLES[table]}
    return pl.Schema({ROW: pl.UInt32(), **types} if raw else types)


def column(table: TableName, name: str) -> Column:
    return next(one for one in TABLES[table] if one.name == name)


def identifying(name: str) -> bool:
    """Whether a value of this column may never be shown or written."""
    return name in DOMAINS or name == "geboortejaar"
