"""Records with recording times, a store of them, and what is asked of it: for the forecast's tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import polars as pl
from hypothesis import strategies as st

from puntlanding.forecast.known import Asked
from puntlanding.norms.table import KEYS
from puntlanding.records.delivery import Delivery, SourceFile
from puntlanding.records.store import Store
from puntlanding.records.tables import ROW, TableName, schema

Row = dict[str, object]
HOSPITAL, YEAR = "noord", 2026
PRODUCT, OTHER, DROPPED, UNPRICED = "110401019", "110401020", "888888001", "110401099"
VISIT, DAY, NURSING, OPERATION, SCAN = "190060", "190090", "190218", "035700", "081093"
NORM_TIMES = pl.DataFrame(
    [
        ("0301", "zorgproduct", PRODUCT, 1500),
        ("0303", "zorgproduct", PRODUCT, 3000),
        ("0303", "zorgproduct", OTHER, 4550),
        ("0303", "zorgproduct", DROPPED, 9900),
        ("0362", "zorgactiviteit", SCAN, 1200),
    ],
    schema={**dict.fromkeys(KEYS, pl.String()), "minuten": pl.Int64()},
    orient="row",
)


def asked(as_of: date, year: int = YEAR, **rest: object) -> Asked:
    plain = {
        "gatekeepers": ("0301", "0303"),
        "supporters": ("0362",),
        "contracts": {"3311": "A"},
        "rest": "Overige",
    }
    return Asked(HOSPITAL, year, as_of, NORM_TIMES, **{**plain, **rest})


def trajectory(number: int, opened: date, **rest: object) -> Row:
    """Closed after ninety days, its product known a week later, unless ``rest`` says otherwise."""
    plain: Row = {
        "subtraject_id": number, "zorgtraject_id": number + 10**6, "patient": number, "specialisme": "0303", "diagnose": "0121",
        "zorgtype": "11", "openingsdatum": opened, "sluitdatum": opened + timedelta(days=90), "afsluitreden": "08",
        "zorgproduct": PRODUCT, "declaratiecode": "15A933", "verzekeraar": "3311", "geboortejaar": 1960, "geslacht": "V",
        "geregistreerd_op": opened, "product_bekend_op": opened + timedelta(days=97),
    }  # fmt: skip
    return {**plain, **rest}


def activity(of: Row, code: str, after: int = 0, late: int = 0, **rest: object) -> Row:
    opened = of["openingsdatum"]
    assert isinstance(opened, date)
    day = opened + timedelta(days=after)
    plain: Row = {
        "subtraject_id": of["subtraject_id"], "za_code": code, "datum": day, "aantal": 1,
        "specialisme_uitvoerder": of["specialisme"], "specialisme_aanvrager": None,
        "geregistreerd_op": day + timedelta(days=late),
    }  # fmt: skip
    return {**plain, **rest}


def stored(
    root: Path, delivered: date, trajectories: Sequence[Row], activities: Sequence[Row] = (), hospital: str = HOSPITAL
) -> Store:
    delivery = Delivery(
        trajectories=_frame(TableName.TRAJECTORIES, trajectories), activities=_frame(TableName.ACTIVITIES, activities),
        files={TableName.TRAJECTORIES: "a.csv", TableName.ACTIVITIES: "b.csv"}, delivered=delivered, reader="neutraal",
        reader_version=1, key_fingerprint="0a0b0c", sources=(SourceFile("a.csv", 10, "ff"),),
    )  # fmt: skip
    store = Store(root)
    store.load(hospital, delivery)
    return store


def _frame(table: TableName, rows: Iterable[Mapping[str, object]]) -> pl.DataFrame:
    types = pl.Schema({ROW: pl.UInt32(), **schema(table)})
    return pl.DataFrame([{ROW: number, **row} for number, row in enumerate(rows, start=2)], schema=types)


@st.composite
def some_trajectories(draw: st.DrawFn, most: int = 12) -> list[Row]:
    """Of two years and of every kind; what became known became so within a year of the opening."""
    rows = []
    for number in range(1, draw(st.integers(1, most)) + 1):
        opened = date(YEAR - 1, 1, 1) + timedelta(days=draw(st.integers(0, 640)))
        closed = opened + timedelta(days=draw(st.integers(0, 120)))
        recorded = opened + timedelta(days=draw(st.sampled_from((0, 0, 3, 40))))
        known = max(closed, recorded) + timedelta(days=draw(st.integers(0, 30)))
        product = draw(st.sampled_from((PRODUCT, PRODUCT, OTHER, DROPPED, UNPRICED, None)))
        told: Row = {
            "sluitdatum": closed, "geregistreerd_op": recorded, "zorgproduct": product,
            "product_bekend_op": None if product is None else known,
            "declaratiecode": None if product is None else draw(st.sampled_from(("15A933", "16A933"))),
        }  # fmt: skip
        told["specialisme"] = draw(st.sampled_from(("0301", "0303", "0305")))
        told["diagnose"] = draw(st.sampled_from(("0121", "0G25", "0301")))
        told["zorgtype"] = draw(st.sampled_from(("11", "21", "11", "51")))
        told["verzekeraar"] = draw(st.sampled_from(("3311", "7029", None)))
        rows.append(trajectory(number, opened, **told))
    return rows


@st.composite
def some_activities(draw: st.DrawFn, rows: Sequence[Row]) -> list[Row]:
    found = []
    for row in rows:
        for _ in range(draw(st.integers(0, 4))):
            code = draw(st.sampled_from((VISIT, DAY, NURSING, OPERATION, SCAN, "070702", "034686")))
            by = "0362" if code == SCAN else row["specialisme"]
            after, late = draw(st.integers(0, 100)), draw(st.sampled_from((0, 0, 2, 50)))
            amount = draw(st.sampled_from((1, 1, 3, -1)))
            found.append(activity(row, code, after, late, aantal=amount, specialisme_uitvoerder=by))
    return found


AGREEMENT = """[afspraak]
organisatie = "MSB Noord"
jaar = 2026

[[contract]]
naam = "A"
soort = "plafond"
verzekeraars = ["3311"]

[[contract]]
naam = "Overige"
soort = "aanneemsom"
"""
CASE: Mapping[str, str] = {
    "afspraak.toml": AGREEMENT,
    "vakgroepen.csv": "vakgroep;specialisme;rol\nHeelkunde;0303;poort\nOogheelkunde;0301;poort\nRadiologie;0362;ondersteunend\n",
    "normtijden.csv": (
        "jaar;specialisme;soort;code;minuten\n"
        f"2026;0303;zorgproduct;{PRODUCT};30\n2026;0303;zorgproduct;{OTHER};45,5\n"
        f"2026;0301;zorgproduct;{PRODUCT};15\n2026;0362;zorgactiviteit;{SCAN};12\n"
    ),
    "begroting.csv": (
        "vakgroep;contract;normuren\nHeelkunde;A;250\nHeelkunde;Overige;245\n"
        "Oogheelkunde;A;33\nOogheelkunde;Overige;33\nRadiologie;A;26\nRadiologie;Overige;26\n"
    ),
}  # fmt: skip


def usual_work(first: date, last: date) -> tuple[list[Row], list[Row]]:
    """On every weekday three openings of 0303 and one of 0301, a visit in each and a scan in every seventh; some are late."""
    rows: list[Row] = []
    done: list[Row] = []
    for at in range((last - first).days + 1):
        opened = first + timedelta(days=at)
        if opened.weekday() >= 5:
            continue
        for which in range(4):
            number = 10 * at + which + 1
            product = OTHER if (at + which) % 5 == 0 else PRODUCT
            row = trajectory(
                number, opened, specialisme="0303" if which < 3 else "0301",
                zorgproduct=product if which < 3 else PRODUCT, diagnose="0121" if which % 2 else "0122",
                verzekeraar="3311" if (at + which) % 2 else "7029",
                geregistreerd_op=opened + timedelta(days=(0, 0, 4)[at % 3]),
                zorgtype="21" if at % 4 == 0 else "11",
            )  # fmt: skip
            rows.append(row)
            done.append(activity(row, VISIT, 0, at % 2))
            if product == OTHER:
                done.append(activity(row, OPERATION, 20))
            if number % 7 == 0:
                done.append(activity(row, SCAN, 10, 1, specialisme_uitvoerder="0362"))
    return rows, done


def case_in(root: Path, hospital: str = HOSPITAL, **texts: str | None) -> Path:
    """The year's case in its place in the store; ``texts`` put other files in, or with None leave one out."""
    folder = root / hospital / f"case-{YEAR}"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {**CASE, **{f"{key}.csv": text for key, text in texts.items()}}.items():
        if text is not None:
            (folder / name).write_text(text, encoding="utf-8")
        else:
            (folder / name).unlink(missing_ok=True)
    return folder


def hospital_store(root: Path, hospital: str = HOSPITAL, first: date = date(YEAR - 3, 1, 1)) -> Path:
    """A store of three years and the fourth up to its end, delivered half a year later, and the case beside it."""
    rows, done = usual_work(first, date(YEAR, 12, 31))
    stored(root, date(YEAR + 1, 6, 30), rows, done, hospital)
    case_in(root, hospital)
    return root
