"""Tables of text as hospitals export them: what is read, and the words for what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from puntlanding.intake.delimited import read_text_table
from puntlanding.intake.places import find_tables
from puntlanding.language.notation import Language
from puntlanding.language.sentences import report
from puntlanding.problems import InputError

pytestmark = pytest.mark.unit

PLAIN = "id;datum;aantal\nA1;2026-01-02;3\nA2;;\n"
ROWS = [(2, "A1", "2026-01-02", "3"), (3, "A2", None, None)]


def written(folder: Path, data: bytes | str, name: str = "tabel.csv") -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def refused(path: Path, *needed: str, **options: str) -> list[tuple[str, int | None]]:
    with pytest.raises(InputError) as raised:
        read_text_table(path, needed or ("id", "datum", "aantal"), **options)
    return [(one.code, one.row) for one in raised.value.problems]


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        "\ufeff" + PLAIN,
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace(";", ","),
        PLAIN.replace(";", "\t"),
        PLAIN.replace("A1", '"A1"').replace("\n", "\r\n"),
        PLAIN.replace("id;datum", '"ID"; Datum '),
        "\ufeff" + PLAIN.replace("id;datum;aantal", '"id";"datum";aantal'),
        PLAIN.rstrip("\n"),
        PLAIN + "\n\n",
        PLAIN + ";;\n",
    ],
)
def test_every_dialect_of_the_same_table_reads_the_same(tmp_path: Path, text: str) -> None:
    assert read_text_table(written(tmp_path, text), ("id", "datum"), ("aantal", "extra")).rows() == ROWS


def test_separators_line_ends_and_doubled_quotes_inside_quotes_are_data(tmp_path: Path) -> None:
    text = 'id;datum;aantal\n"a;b";"zei ""ja""";"1\n2"\nx;"";y\n'
    found = read_text_table(written(tmp_path, text), ("id", "datum", "aantal"))
    assert found.rows() == [(2, "a;b", 'zei "ja"', "1\n2"), (3, "x", None, "y")]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_separators_and_line_ends_in_column_names_are_part_of_the_names(tmp_path: Path, mark: str) -> None:
    text = mark + '"no;te\n""x""";id;datum\na;1;2\n"b\n;";3;4\n'
    assert read_text_table(written(tmp_path, text), ("id", "datum")).rows() == [(2, "1", "2"), (3, "3", "4")]


def test_a_column_name_with_commas_does_not_decide_on_the_separator(tmp_path: Path) -> None:
    text = 'id;"Naam (achternaam, voorletters, titel)"\n1;x\n'
    assert read_text_table(written(tmp_path, text), ("id",)).rows() == [(2, "1")]
    assert read_text_table(written(tmp_path, text.replace('"', "")), ("id",)).rows() == [(2, "1")]


def test_empty_lines_keep_the_numbers_of_the_rows_below_them(tmp_path: Path) -> None:
    found = read_text_table(written(tmp_path, "id;b;c\n\n1;;\n;;\n;x;\n2;;\n"), ("id", "c"))
    assert found.rows() == [(3, "1", None), (5, None, None), (6, "2", None)]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", [("empty_file", None)]),
        (b"\xef\xbb\xbf", [("no_separator", 1)]),
        (PLAIN.encode("utf-16"), [("encoding_utf16", None)]),
        (b"PK\x03\x04" + bytes(100), [("other_format", None)]),
        (PLAIN.encode() + b"A3;\x00;1\n", [("binary", None)]),
        (b"id;datum;aantal\nA1;caf\xe9;1\n", [("text_encoding", 2)]),
        (PLAIN.replace("\n", "\r"), [("line_ends", 1)]),
        (PLAIN + "A3;1\r;2\n", [("line_ends", 4)]),
        (PLAIN + "A3;1\nA4;1;2;3\nA5;1;2\n", [("row_width", 4), ("row_width", 5)]),
        (PLAIN + "A3;1", [("cut_off", 4)]),
        (PLAIN + 'A3;1;"2', [("cut_off", 4)]),
        (PLAIN + 'A3;"1;2\nA4;1;2\n', [("quotes", 4)]),
        (PLAIN + 'A3;5" buis;2\n', [("quotes", 4)]),
        (PLAIN + 'A3;"5" buis;2\n', [("quotes", 4)]),
        (PLAIN + "A3;" + "x" * 10_000_000 + ";2\n", [("cell_too_long", 4)]),
        ("x" * 10_000_000, [("no_table", 1)]),
        ("zomaar tekst\nzonder kolommen\n", [("no_separator", 1)]),
        ("id;datun\n1;2\n", [("source_column_missing", 1), ("source_column_missing", 1)]),
        ("id;datum;aantal;ID\n1;2;3;4\n", [("column_twice", 1)]),
    ],
)
def test_what_is_not_whole_is_refused_with_its_place(
    tmp_path: Path, data: bytes | str, expected: list[tuple[str, int | None]]
) -> None:
    assert refused(written(tmp_path, data)) == expected


def test_defects_deep_inside_a_large_file_have_their_row(tmp_path: Path) -> None:
    """Past the bytes that a first look at a file sees, and past the first block."""
    rows = [b"A;2026-01-02;1\n"] * 200_000
    for defect, code in (
        (b"A;\x00;1\n", "null_byte"),
        (b"A;\xe9;1\n", "text_encoding"),
        (b"A;1\n", "row_width"),
        (b'A;"x"y;1\n', "quotes"),
        (b"A;1\r;1\n", "line_ends"),
    ):
        data = b"id;datum;aantal\n" + b"".join([*rows[:150_000], defect, *rows[150_000:]])
        assert refused(written(tmp_path, data)) == [(code, 150_002)]


def test_rows_that_are_too_long_and_too_short_in_turn_do_not_make_up_for_each_other(tmp_path: Path) -> None:
    assert refused(written(tmp_path, "id;datum;aantal\n1;2;3;4\n1;2\n")) == [("row_width", 2), ("row_width", 3)]


def test_a_western_code_page_is_read_when_it_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, "id;datum;aantal\nA1;café;€\n".encode("cp1252"))
    found = read_text_table(path, ("id", "datum", "aantal"), encoding="windows-1252")
    assert found.rows() == [(2, "A1", "café", "€")]
    assert refused(path, encoding="klingon") == [("encoding_unknown", None)]


def test_a_name_with_signs_of_a_pattern_is_a_name(tmp_path: Path) -> None:
    folder = tmp_path / "zorg[1]"
    folder.mkdir()
    assert read_text_table(written(folder, PLAIN, "t*[ab]?.csv"), ("id", "datum", "aantal")).rows() == ROWS


def test_tables_of_a_folder_are_found_whatever_their_case(tmp_path: Path) -> None:
    one, two = written(tmp_path, PLAIN, "Subtrajecten.CSV"), written(tmp_path, PLAIN, "patienten.txt")
    assert find_tables(tmp_path, ["subtrajecten"], ["Patienten", "overig"]) == {"subtrajecten": one, "Patienten": two}


def test_every_table_that_is_missing_or_twice_is_named(tmp_path: Path) -> None:
    written(tmp_path, PLAIN, "a.csv")
    written(tmp_path, PLAIN, "a.txt")
    written(tmp_path, PLAIN, "zorgactivitetien.csv")
    with pytest.raises(InputError) as raised:
        find_tables(tmp_path, ["a", "subtrajecten", "zorgactiviteiten"])
    assert [(one.code, one.file, one.value) for one in raised.value.problems] == [
        ("file_twice", "a.csv", None),
        ("source_table_missing", "subtrajecten.csv", None),
        ("source_table_misnamed", "zorgactiviteiten.csv", "zorgactivitetien.csv"),
    ]


TOLD = """\
tabel.csv, rij 1, kolom datum
  De kolom datum ontbreekt. Bedoelde u ‘datun’? Voeg hem toe aan de export, of hernoem hem.
tabel.csv, rij 1, kolom aantal
  De kolom aantal ontbreekt. Voeg hem toe aan de export, of hernoem hem.
tabel.csv, rij 3
  Deze rij heeft 4 velden in plaats van 3. Staat er een scheidingsteken in een tekst of getal? Zet die cel tussen aanhalingstekens.
tabel.csv, rij 4
  Het bestand breekt af in deze rij, de laatste. Maak de export of kopie opnieuw: er ontbreken waarschijnlijk rijen.
tabel.csv, rij 2
  Dit bestand is geen UTF-8 (byte 0xE9). Maak de export opnieuw als ‘CSV UTF-8’, of zet in de koppeling bij deze tabel: codering = "windows-1252".
tabel.csv, rij 3
  Op deze regel staat een regeleinde van een andere soort (CR zonder LF). Maak de export opnieuw met één soort regeleinde (CRLF of LF).
tabel.csv, rij 2
  Vanaf deze regel kloppen de aanhalingstekens niet: er is een " te veel of te weinig. Een " in een tekst schrijft u dubbel.
tabel.csv, rij 2
  Op deze regel staat een cel die langer is dan een spreadsheet aankan. Controleer de aanhalingstekens."""


def test_what_a_user_reads_names_the_place_and_the_remedy_and_no_patient(tmp_path: Path) -> None:
    head, row = b"id;datum;aantal\n", b"Geheim;2026-01-02;1\n"
    said = []
    for data in (
        b"id;datun;n\n" + row,
        head + row + b"Geheim;1;2;3\nGeheim;1",
        head + b"Geheim\xe9;1;2\n",
        head + row + b"Geheim;1\r;2\n",
        head + b'Geheim;"1"2;3\n',
        head + b"Geheim;" + b"x" * 200_000 + b";1\n",
    ):
        with pytest.raises(InputError) as raised:
            read_text_table(written(tmp_path, data), ("id", "datum", "aantal"))
        said.append(report(raised.value.problems, Language.DUTCH))
        assert "Geheim" not in report(raised.value.problems, Language.ENGLISH)
    assert "\n".join(said) == TOLD


def test_a_file_of_rows_that_do_not_fit_is_told_once_and_counted(tmp_path: Path) -> None:
    found = refused(written(tmp_path, "id;datum;aantal\n" + "1;2\n" * 1000))
    assert found == [("row_width", row) for row in range(2, 52)] + [("and_more", None)]
