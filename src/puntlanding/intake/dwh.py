"""The extract of a hospital's data warehouse, as its analysts have it (data-facts §5.5)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from puntlanding.intake.base import Absent, Account, Field, Options, Part, Progress, Reader
from puntlanding.intake.care_path import derived_paths
from puntlanding.intake.convert import Source, convert
from puntlanding.intake.linked import Table, Wanted, count_hospitals, read_tables, with_people
from puntlanding.records.tables import TableName

PATIENT, TRAJECTORY, ACTIVITY = "Patient", "Subtraject", "Verrichting"
NOT_USED = ("Opname", "Operatie", "SEH")
EMPTY = ("NULL", "NA")  # what a database client and R write where there is nothing

_TRAJECTORY = {
    "subtraject_id": "SubtrajectNr",
    "patient": "PatientNr",
    "specialisme": "AGB_Code",
    "diagnose": "DiagnoseCode",
    "zorgtype": "ZorgType",
    "openingsdatum": "OpeningsDatumDBC",
    "sluitdatum": "SluitingsDatumDBC",
}
# Not in the extract as it was published; a hospital that adds them has them read. The names are ours.
_TRAJECTORY_EXTRA = {
    "zorgtraject_id": "ZorgtrajectNr",
    "afsluitreden": "AfsluitReden",
    "zorgproduct": "ZorgProduct",
    "declaratiecode": "DeclaratieCode",
    "verzekeraar": "Verzekeraar",
    "geregistreerd_op": "RegistratieDatum",
    "product_bekend_op": "ProductDatum",
}
_ACTIVITY = {
    "subtraject_id": "SubtrajectNr",
    "za_code": "ZACode",
    "datum": "VerrichtingDatum",
    "aantal": "Aantal",
    "specialisme_uitvoerder": "AGB_CodeUitvoerder",
}
_ACTIVITY_EXTRA = {"specialisme_aanvrager": "AGB_CodeAanvrager", "geregistreerd_op": "RegistratieDatum"}
_PERSON = {"patient": "PatientNr", "geboortejaar": "GeboorteDatum", "geslacht": "Geslacht"}
_HOSPITAL = "Instelling"

WANTED = {
    PATIENT: Wanted(tuple(_PERSON.values())),
    TRAJECTORY: Wanted(tuple(_TRAJECTORY.values()), (*_TRAJECTORY_EXTRA.values(), _HOSPITAL)),
    ACTIVITY: Wanted(tuple(_ACTIVITY.values()), tuple(_ACTIVITY_EXTRA.values())),
}


def read(source: Path, options: Options, account: Account, progress: Progress) -> Iterator[Part]:
    tables = read_tables(source, WANTED, NOT_USED, EMPTY, account, progress)
    yield _trajectories(tables.pop(TRAJECTORY), tables.pop(PATIENT), account)
    yield _activities(tables.pop(ACTIVITY), account)


def _trajectories(table: Table, patients: Table, account: Account) -> Part:
    count_hospitals(table.frame, _HOSPITAL, account)
    sources = {**_sources(_TRAJECTORY), **_present(_TRAJECTORY_EXTRA, table)}
    frame = convert(table.frame, TableName.TRAJECTORIES, sources, account, table.file)
    frame = with_people(frame, table.file, patients, _sources(_PERSON), account)
    if "zorgtraject_id" not in sources:
        frame = derived_paths(frame)
        account.add("care_path_derived", frame.height, frame.height)
    return Part({TableName.TRAJECTORIES: frame}, {TableName.TRAJECTORIES: table.file})


def _activities(table: Table, account: Account) -> Part:
    loose = table.frame[_ACTIVITY["subtraject_id"]].is_null()
    account.rows("activity_without_trajectory", table.frame.filter(loose), table.frame.height, table.file)
    sources = {**_sources(_ACTIVITY), **_present(_ACTIVITY_EXTRA, table)}
    frame = convert(table.frame.filter(~loose), TableName.ACTIVITIES, sources, account, table.file)
    return Part({TableName.ACTIVITIES: frame}, {TableName.ACTIVITIES: table.file})


def _sources(columns: dict[str, str]) -> dict[str, Source]:
    return {ours: Source(theirs) for ours, theirs in columns.items()}


def _present(columns: dict[str, str], table: Table) -> dict[str, Source]:
    return _sources({ours: theirs for ours, theirs in columns.items() if theirs in table.frame.columns})


_EXTRA_NL = (
    "Staat niet in het extract zoals het bekend is; als de kolom er is, wordt zij gelezen. De kolomnaam is van ons."
)
_EXTRA_EN = "Not in the extract as it is known; read where the column is there. The column's name is ours."
_ZEROS_NL, _ZEROS_EN = "Aangevuld met voorloopnullen tot {} tekens.", "Leading zeros are added up to {} characters."

_RULES: dict[str, tuple[str, str]] = {
    "subtrajecten.specialisme": (_ZEROS_NL.format(4), _ZEROS_EN.format(4)),
    "subtrajecten.diagnose": (_ZEROS_NL.format(4), _ZEROS_EN.format(4)),
    "subtrajecten.zorgtype": (_ZEROS_NL.format(2), _ZEROS_EN.format(2)),
    "subtrajecten.openingsdatum": ("Een tijdstip achter de dag vervalt.", "A time after the day is dropped."),
    "subtrajecten.sluitdatum": (
        "Leeg: het subtraject is nog open. Een tijdstip achter de dag vervalt.",
        "Empty: the trajectory is still open. A time after the day is dropped.",
    ),
    "zorgactiviteiten.subtraject_id": (
        "Verrichtingen zonder subtrajectnummer zijn weggelaten en geteld.",
        "Activities without a trajectory number are left out and counted.",
    ),
    "zorgactiviteiten.za_code": (_ZEROS_NL.format(6), _ZEROS_EN.format(6)),
    "zorgactiviteiten.datum": ("Een tijdstip achter de dag vervalt.", "A time after the day is dropped."),
    "zorgactiviteiten.specialisme_uitvoerder": (_ZEROS_NL.format(4), _ZEROS_EN.format(4)),
    "zorgactiviteiten.specialisme_aanvrager": (_ZEROS_NL.format(4), _ZEROS_EN.format(4)),
}


def _documented(table: str, theirs: str, columns: dict[str, str]) -> Iterator[Field]:
    for ours, column in columns.items():
        yield Field(f"{table}.{ours}", f"{theirs}.{column}", "C", *_RULES.get(f"{table}.{ours}", ("", "")))


FIELDS = (
    *_documented("subtrajecten", TRAJECTORY, _TRAJECTORY),
    Field(
        "subtrajecten.zorgtraject_id",
        "Subtraject.PatientNr + AGB_Code + DiagnoseCode + ZorgType",
        "I",
        "Afgeleid, omdat het extract geen zorgtrajectnummer heeft: een vervolgtraject (21) hoort bij het laatst geopende "
        "reguliere subtraject (11) van dezelfde patiënt, hetzelfde specialisme en dezelfde diagnose. Vervolgtrajecten "
        "waarvan dat niet in de levering staat, vormen samen één zorgtraject; elk ander subtraject een eigen. Is er een "
        "kolom ZorgtrajectNr, dan geldt die.",
        "Derived, because the extract has no care path number: a follow-up (21) belongs to the regular trajectory (11) of "
        "the same patient, specialism and diagnosis that opened last. Follow-ups whose regular one is not in the delivery "
        "are one care path together; every other trajectory is one of its own. A column ZorgtrajectNr is used where there "
        "is one.",
    ),
    *(
        Field(f"subtrajecten.{ours}", f"{TRAJECTORY}.{theirs}", "I", _EXTRA_NL, _EXTRA_EN)
        for ours, theirs in _TRAJECTORY_EXTRA.items()
    ),
    Field(
        "subtrajecten.geboortejaar",
        f"{PATIENT}.GeboorteDatum",
        "C",
        "Alleen het jaar, opgezocht met PatientNr; de datum zelf wordt nergens bewaard.",
        "The year only, looked up with PatientNr; the date itself is kept nowhere.",
    ),
    Field(
        "subtrajecten.geslacht",
        f"{PATIENT}.Geslacht",
        "I",
        "Opgezocht met PatientNr. M, man of 1 wordt M; V, vrouw, F of 2 wordt V; O, onbekend, 0 of 9 wordt O.",
        "Looked up with PatientNr. M, man or 1 becomes M; V, vrouw, F or 2 becomes V; O, onbekend, 0 or 9 becomes O.",
    ),
    *_documented("zorgactiviteiten", ACTIVITY, _ACTIVITY),
    Field(
        "zorgactiviteiten.specialisme_aanvrager",
        f"{ACTIVITY}.AGB_CodeAanvrager",
        "C",
        *_RULES["zorgactiviteiten.specialisme_aanvrager"],
    ),
    Field("zorgactiviteiten.geregistreerd_op", f"{ACTIVITY}.RegistratieDatum", "I", _EXTRA_NL, _EXTRA_EN),
)

_RECORDED_NL = "Het extract zegt niet wanneer iets is vastgelegd; bewaar daarom elke maandlevering met haar datum."
_RECORDED_EN = "The extract does not say when something was recorded; so keep every monthly delivery with its date."

ABSENT = (
    Absent(
        "subtrajecten.zorgtraject_id",
        "Het extract heeft geen zorgtrajectnummer. Het is afgeleid en krijgt een ander pseudoniem dan in vormen die het nummer wel hebben.",
        "The extract has no care path number. It is derived and gets another pseudonym than in formats that do have it.",
    ),
    Absent(
        "subtrajecten.afsluitreden", "Het extract heeft alleen de sluitdatum.", "The extract has the closing date only."
    ),
    Absent(
        "subtrajecten.zorgproduct",
        "Het extract heeft geen afgeleide zorgproducten; normuren per zorgproduct kunnen er niet mee worden bepaald.",
        "The extract has no derived care products; norm hours per product cannot be found with it.",
    ),
    Absent(
        "subtrajecten.declaratiecode",
        "De declaratiecode hoort bij het zorgproduct, dat ontbreekt.",
        "The claim code belongs to the care product, which is not there.",
    ),
    Absent(
        "subtrajecten.verzekeraar",
        "Het extract zegt niet wie betaalt; afrekenen per contract kan er niet mee.",
        "The extract does not say who pays; contracts cannot be settled with it.",
    ),
    Absent("subtrajecten.geregistreerd_op", _RECORDED_NL, _RECORDED_EN),
    Absent("subtrajecten.product_bekend_op", _RECORDED_NL, _RECORDED_EN),
    Absent("zorgactiviteiten.geregistreerd_op", _RECORDED_NL, _RECORDED_EN),
)

DWH = Reader(
    name="dwh",
    version=1,
    nl="Extract uit het datawarehouse van het ziekenhuis",
    en="Extract of the hospital's data warehouse",
    files="Patient, Subtraject, Verrichting (.csv, .txt, .parquet)",
    fields=FIELDS,
    absent=ABSENT,
    read=read,
)
