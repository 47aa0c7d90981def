"""Files that are not what they say, or meant to harm: refused in words, in little memory."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest
from command import run
from small_case import TABLES, shared_strings_workbook, workbook, write_folder

pytestmark = pytest.mark.integration

LARGE = 200 * 1024 * 1024
MOST_MEMORY = 400 * 1024 * 1024
# Not getrusage: a process begun with vfork counts the peak of who began it as its own.
MEASURED = """
import re, sys
from pathlib import Path
from puntlanding.cli.main import main
status = main(sys.argv[1:])
peak = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
print(status, int(peak[1]) * 1024, file=sys.stderr)
"""


def problems(case: Path) -> list[dict[str, object]]:
    outcome = run("check", case, "--json")
    assert outcome.status == 1
    return json.loads(outcome.out)["fouten"]


def refused(case: Path, file: str, words: str) -> None:
    found = problems(case)
    assert [one["bestand"] for one in found] == [file], found
    assert words in str(found[0]["melding"])


def measured(case: Path) -> tuple[str, int]:
    """What `check` says of ``case`` in a process of its own, and its peak memory."""
    command = [sys.executable, "-c", MEASURED, "check", str(case), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    status, memory = done.stderr.split()
    assert status == "1"
    return done.stdout, int(memory)


def sparse(path: Path, head: bytes, tail: bytes = b"") -> None:
    with path.open("wb") as file:
        file.write(head)
        file.seek(LARGE - len(tail))
        file.write(tail or b"\0")


NO_TEXT = f"Dit bestand bevat geen tekst ({LARGE + 1} bytes met nulbytes); het is geen CSV. Maak de export opnieuw."
OTHER_FORMAT = f"Dit bestand heet .csv maar is {{}} ({LARGE + 1} bytes). Bewaar de tabel opnieuw als ‘CSV UTF-8’."
NO_TABLE = (
    "De eerste regel is langer dan een tabel kan hebben; dit lijkt geen CSV. "
    "Verwacht: vakgroep, contract, jaar, zorgproduct, soort, aantal, normuren, norm_fte."
)
NO_PARQUET = "Dit bestand heet .parquet maar is het niet, of is afgebroken ({} bytes). Maak de export opnieuw."
NO_AGREEMENT = (
    f"Dit is geen leesbare afspraak ({LARGE + 1} bytes). "
    "Verwacht wordt een tekstbestand (TOML); een voorbeeld maakt u met: puntlanding new MAP"
)


@pytest.mark.parametrize(
    ("name", "head", "tail", "melding"),
    [
        ("begroting.csv", b"", b"", NO_TEXT),
        ("begroting.csv", b"vakgroep;norm_fte\nKNO;1\n", b"", NO_TEXT),
        ("begroting.csv", b"PK\x03\x04", b"", OTHER_FORMAT.format("een werkmap (.xlsx) of zip-bestand")),
        ("begroting.csv", b"%PDF-1.7", b"", OTHER_FORMAT.format("een PDF-document")),
        ("begroting.csv", b"a" * 70_000, b"a" * 70_000, NO_TABLE),
        ("begroting.parquet", b"", b"", NO_PARQUET.format(LARGE + 1)),
        ("begroting.parquet", b"PAR1", b"\xff\xff\xff\x0bPAR1", NO_PARQUET.format(LARGE)),
        ("afspraak.toml", b"[afspraak]\n", b"", NO_AGREEMENT),
        ("afspraak.toml", b"#" * 70_000, b"", NO_AGREEMENT),
    ],
)
def test_large_and_not_what_it_says(tmp_path, name, head, tail, melding):
    write_folder(tmp_path)
    if name.endswith(".parquet"):
        (tmp_path / "begroting.csv").unlink()
    sparse(tmp_path / name, head, tail)
    printed, memory = measured(tmp_path)
    assert [(one["bestand"], one["melding"]) for one in json.loads(printed)["fouten"]] == [(name, melding)]
    assert memory < MOST_MEMORY


def test_large_and_no_workbook(tmp_path):
    sparse(tmp_path / "case.xlsx", b"PK\x03\x04")
    printed, memory = measured(tmp_path / "case.xlsx")
    assert "beschadigd" in json.loads(printed)["fouten"][0]["melding"]
    assert memory < MOST_MEMORY


@pytest.mark.parametrize("part", ["xl/worksheets/sheet3.xml", "xl/sharedStrings.xml", "xl/other.bin"])
def test_a_workbook_that_unpacks_to_gigabytes(tmp_path, part):
    path = tmp_path / "case.xlsx"
    workbook().save(path)
    block = b"<row/>" * 200_000
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for item in source.infolist():
            if item.filename != part:
                target.writestr(item, source.read(item))
        with target.open(part, "w", force_zip64=True) as file:
            for _ in range(500):
                file.write(block)
    printed, memory = measured(bomb)
    assert "onredelijk groot" in json.loads(printed)["fouten"][0]["melding"]
    assert memory < MOST_MEMORY


def test_a_sheet_that_claims_a_million_rows_is_read_as_it_is(tmp_path):
    """A stray cell or a false dimension makes many programs read 16 billion cells."""
    book = workbook()
    book["begroting"].cell(row=1_048_576, column=16_384, value=" ")
    book.save(tmp_path / "case.xlsx")
    assert run("settle", tmp_path / "case.xlsx").status == 0


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet3.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "[Content_Types].xml"]
)
@pytest.mark.parametrize(
    "damage", [b"", b"<worksheet><sheetData><row", b"<x>&a;</x>", b"\xff\xfe\x00", b"<worksheet/>"]
)
def test_a_damaged_part_of_a_workbook(tmp_path, part, damage):
    shared_strings_workbook(tmp_path / "whole.xlsx")
    path = tmp_path / "case.xlsx"
    with zipfile.ZipFile(tmp_path / "whole.xlsx") as source, zipfile.ZipFile(path, "w") as target:
        for item in source.infolist():
            target.writestr(item, damage if item.filename == part else source.read(item))
    outcome = run("check", path, "--json")
    assert outcome.status == 1
    assert all(one["bestand"].startswith(("case.xlsx", "vakgroepen")) for one in json.loads(outcome.out)["fouten"])


@pytest.mark.parametrize("cut", [0.05, 0.3, 0.6, 0.9, 0.99])
def test_a_workbook_cut_short(tmp_path, cut):
    workbook().save(tmp_path / "whole.xlsx")
    data = (tmp_path / "whole.xlsx").read_bytes()
    (tmp_path / "case.xlsx").write_bytes(data[: int(len(data) * cut)])
    refused(tmp_path / "case.xlsx", "case.xlsx", "beschadigd")


def test_a_parquet_file_damaged_anywhere(tmp_path):
    """Every tenth byte in turn: it reads, or it is refused in words; never a fault of the program."""
    import polars as pl

    write_folder(tmp_path)
    (tmp_path / "begroting.csv").unlink()
    path = tmp_path / "begroting.parquet"
    pl.DataFrame({"vakgroep": ["Heelkunde", "KNO", "Radiologie"], "norm_fte": [12.5, 6.0, 4.0]}).write_parquet(path)
    whole = path.read_bytes()
    for place in range(4, len(whole) - 4, 10):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        assert run("check", tmp_path).status in (0, 1), place


def test_formulas_whose_outcome_was_never_stored(tmp_path):
    tables = {
        **TABLES,
        "begroting": [["vakgroep", "norm_fte"], ["Heelkunde", "=10+2.5"], ["KNO", "6"], ["Radiologie", "4"]],
    }
    workbook(tables).save(tmp_path / "case.xlsx")
    found = problems(tmp_path / "case.xlsx")
    assert [(one["bestand"], one["rij"], one["kolom"], one["waarde"]) for one in found] == [
        ("case.xlsx[begroting]", 2, "norm_fte", "=10+2.5")
    ]
    assert "formule zonder uitkomst" in str(found[0]["melding"])


def test_a_formula_in_the_agreement_whose_outcome_was_never_stored(tmp_path):
    book = workbook()
    book["afspraak"]["C3"] = "=2025+1"
    book.save(tmp_path / "case.xlsx")
    first = problems(tmp_path / "case.xlsx")[0]
    assert (first["bestand"], first["rij"], first["waarde"]) == ("case.xlsx[afspraak]", 3, "=2025+1")


def test_an_agreement_sheet_with_a_key_that_is_also_a_section(tmp_path):
    book = workbook()
    for row in (
        ["afspraak.jaar", "x", 1],
        ["contract.x", "y", 1],
        ["formatie", "functiegewichten", 3],
        ["formatie.functiegewichten", "anios", 0.5],
    ):
        book["afspraak"].append(row)
    book.save(tmp_path / "case.xlsx")
    assert {one["bestand"] for one in problems(tmp_path / "case.xlsx")} == {"case.xlsx[afspraak]"}


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "9" * 5000, "[afspraak]\njaar = 1e999999999", "a" * 100_000, "[" * 3000, "x = " + "{a=" * 3000,
        'x = "' + "\\u0000" * 10 + '"', "\x00", "x = inf", "x = nan", "[afspraak]\njaar = " + "1" * 4000,
    ],
)  # fmt: skip
def test_an_agreement_that_would_break_a_parser(tmp_path, text):
    write_folder(tmp_path, afspraak__toml=text)
    assert all(one["bestand"] == "afspraak.toml" for one in problems(tmp_path))


@pytest.mark.parametrize(
    "number", ["9" * 5000, "1e400", "inf", "nan", "0x10", "1_000", "١٢", "+-1", "1.", ".5", "--", "1 000"]
)
def test_what_python_takes_for_a_number_but_people_do_not(tmp_path, number):
    write_folder(tmp_path, begroting=f"vakgroep;norm_fte\nHeelkunde;{number}\nKNO;6\nRadiologie;4\n")
    refused(tmp_path, "begroting.csv", "getal")


def test_a_group_name_with_terminal_escapes_reaches_nobody(tmp_path):
    name = "K\x1b]0;weg\x07\x9b31mNO\u202e"
    rows = f'vakgroep,norm_fte\n"{name}",6\n'
    write_folder(tmp_path, vakgroepen=f"vakgroep,specialisme,rol\n{name},0302,poort\n", begroting=rows)
    for options in ((), ("--json",), ("--lang", "en")):
        outcome = run("check", tmp_path, *options)
        assert outcome.status == 1
        assert (outcome.out + outcome.err).replace("\n", "").isprintable()
    assert problems(tmp_path)[0]["waarde"] == name  # and yet exactly as typed, for programs


@contextlib.contextmanager
def as_somebody_else():
    """Root may read everything; the tests may run as root."""
    was_root = os.geteuid() == 0
    if was_root:
        os.seteuid(65_534)
    try:
        yield
    finally:
        if was_root:
            os.seteuid(0)


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX systems")
def test_files_and_folders_that_may_not_be_read():
    with tempfile.TemporaryDirectory() as name:
        folder = write_folder(Path(name))
        folder.chmod(0o755)
        assert run("settle", folder).status == 0  # also: everything is imported before the rights go
        for file in ("begroting.csv", "afspraak.toml"):
            (folder / file).chmod(0)
            with as_somebody_else():
                refused(folder, file, "geen toegang")
            (folder / file).chmod(0o644)
        folder.chmod(0)
        with as_somebody_else():
            refused(folder, folder.name, "geen toegang")
        folder.chmod(0o755)


@pytest.mark.parametrize(
    ("path", "words"), [("x" * 300, "te lang"), ("nergens", "bestaat niet"), ("tabel.csv", "een map met afspraak.toml")]
)
def test_paths_that_are_no_case(tmp_path, path, words):
    (tmp_path / "tabel.csv").touch()
    outcome = run("check", tmp_path / path, "--json")
    assert outcome.status == 1
    assert words in json.loads(outcome.out)["fouten"][0]["melding"]
