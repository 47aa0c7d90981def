"""A small sound export in each format, by hand: forty trajectories of forty made-up people, one visit each, all of 2025."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

import zh308_file as zh  # the fuzzers' own writer of that format
from plain_export import write_export

COUNT = 40


def _days(number: int) -> tuple[date, date, date]:
    """Opened, closed, born."""
    opened = date(2025, 1, 2) + timedelta(days=number * 5)
    return opened, opened + timedelta(days=89), date(1950 + number, 1 + number % 12, 1 + number % 28)


def _table(folder: Path, name: str, header: str, rows: list[str], separator: str = ";") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    lines = [header, *rows]
    (folder / f"{name}.csv").write_text("".join(line.replace(";", separator) + "\r\n" for line in lines), newline="")


def neutral(folder: Path) -> None:
    write_export(folder, COUNT, 2025)


def dwh(folder: Path) -> None:
    people, trajectories, activities = [], [], []
    for number in range(COUNT):
        opened, closed, born = _days(number)
        people.append(f"PAT{number:05};{'MV'[number % 2]};{born}")
        trajectories.append(f"PAT{number:05};SUB{number:05};0303;121;{opened};{closed};11")
        activities.append(f"SUB{number:05};190060;{opened};0303;1")
    _table(folder, "Patient", "PatientNr;Geslacht;GeboorteDatum", people)
    header = "PatientNr;SubtrajectNr;AGB_Code;DiagnoseCode;OpeningsDatumDBC;SluitingsDatumDBC;ZorgType"
    _table(folder, "Subtraject", header, trajectories)
    _table(folder, "Verrichting", "SubtrajectNr;ZACode;VerrichtingDatum;AGB_CodeUitvoerder;Aantal", activities)


def hix(folder: Path) -> None:
    people, paths, trajectories, sessions, codes = [], [], [], [], []
    for number in range(COUNT):
        opened, closed, born = (f"{day} 00:00:00.000" for day in _days(number))
        people.append(f"PAT{number:05};{'MV'[number % 2]};{born}")
        paths.append(f"EP{number:05};PAT{number:05}")
        row = f"SUB{number:05};EP{number:05};CHI1;CHI;08;11;121;110401019;15A933;D"
        trajectories.append(f"{row};{opened};{closed};{closed};9901;0")
        sessions.append(f"VER{number:05};PAT{number:05};{opened};CHI1;CHI1;SUB{number:05}")
        codes.append(f"VER{number:05};H1;190060;1;0000")
    _table(folder, "PATIENT_PATIENT", "PATIENTNR;GESLACHT;GEBDAT", people, ",")
    _table(folder, "EPISODE_EPISODE", "EPISODE;PATIENTNR", paths, ",")
    header = "DBCNUMMER;EPISODE;UITVOERDER;SPECIALISM;AFSLUIT;ZORGTYPE;HOOFDDIAG;ZORGPROD;DECLCODE;STATUS"
    _table(folder, "EPISODE_DBCPER", f"{header};BEGINDAT;EINDDAT;FAKTUURDAT;VERZEKERIN;VERVALLEN", trajectories, ",")
    _table(folder, "FAKTUUR_VERRICHT", "ID;PATIENTNR;DATUM;UITVOERDER;AANVRAGER;CASENR", sessions, ",")
    _table(folder, "FAKTUUR_VERRSEC", "ID;CODE;CTGCODE;AANTAL;CORRECTIE", codes, ",")
    _table(folder, "CSZISLIB_ARTS", "ARTSCODE;SPECIALISM", ["CHI1;CHI"], ",")
    _table(folder, "CSZISLIB_SPEC", "SPECCODE;COTGCODE", ["CHI;0303"], ",")


def zh308(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vecozo.asc").write_bytes(zh308_message())


def zh308_message(institution: int = 6010101, *, first: int = 0, quantity: int = 1) -> bytes:
    records = []
    for number in range(first, first + COUNT):
        opened, closed, born = (f"{day:%Y%m%d}" for day in _days(number % COUNT))
        bsn = f"{999900000 + number}"
        records += [
            zh.insured(bsn, born),
            zh.performance(
                f"SUB{number:05}", bsn, f0411=opened, f0412=closed, f0415=f"ZT{number:05}", f0431="0121", f0439=303, f0414="110401019",
                f0440=institution,
            ),
            zh.tariff(100, bsn, f0609=opened),
            zh.activity("190060", opened, quantity, bsn, f1608=opened),
        ]  # fmt: skip
    return zh.message(*records, end=b"\r\n")


EXPORTS: Mapping[str, Callable[[Path], None]] = {"neutraal": neutral, "dwh": dwh, "hix": hix, "zh308": zh308}
