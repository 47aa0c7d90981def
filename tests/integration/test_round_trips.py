"""The same case in every form gives the same bytes; results read back are the results."""

from __future__ import annotations

import csv
import json
import zipfile
from fractions import Fraction

import openpyxl
import pytest
from command import ROOT, run
from forms import FORMS
from small_case import workbook, write_folder

pytestmark = pytest.mark.integration

EXAMPLES = [("budget", 1), ("monitor", 2), ("settle", 4), ("settle", 5), ("settle", 7)]
STAGES = {"budget": "begroting", "monitor": "volgen", "settle": "afrekening", "distribute": "verdeling"}
BESIDE = ("kader", "niet_uitgekeerd")
SHEETS = {"budget": "Begroting", "monitor": "Volgen", "settle": "Afrekening", "distribute": "Verdeling"}
FORMULAS = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)"]


def result(command, case):
    outcome = run(command, case, "--json")
    assert outcome.status == 0, outcome.out
    return outcome.out


def content_of(command, case):
    """The result, with the hash of the agreement in the place of where it came from: the data are in other files."""
    content = json.loads(result(command, case))
    content["verantwoording"] = content["verantwoording"]["afspraak"]["hash"]
    return content


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("command", "example"), EXAMPLES)
def test_worked_examples_in_every_form(tmp_path, form, command, example):
    case = ROOT / "examples" / "handreiking" / str(example)
    contents = [content_of(command, one) for one in (FORMS[form](case, tmp_path / "case"), case)]
    assert json.dumps(contents[0]) == json.dumps(contents[1])


@pytest.mark.parametrize("form", FORMS)
def test_the_demonstration_collective_in_every_form(demo, tmp_path, form):
    """All stages and all tables; the warnings name their file, which differs."""
    contents = [content_of("run", case) for case in (demo, FORMS[form](demo, tmp_path / "case"))]
    messages = [[one["melding"] for one in content.pop("waarschuwingen", [])] for content in contents]
    assert json.dumps(contents[0]) == json.dumps(contents[1])
    assert messages[0] == messages[1]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_csv_read_back_is_the_json(demo, tmp_path, lang):
    content = json.loads(run("run", demo, "--json", "--csv", tmp_path, "--lang", lang).out)
    separator, sign = (";", ",") if lang == "nl" else (",", ".")
    for stage, name in STAGES.items():
        data = (tmp_path / f"resultaat_{name}.csv").read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines(), delimiter=separator))
        record = content[stage]
        total = [{"rij": "totaal", **record["totaal"]}]
        beside = [
            {"rij": key, "bedrag_cent": record["totaal"][f"{key}_cent"]} for key in BESIDE if stage == "distribute"
        ]
        expected = [
            *groups_of(record),
            *named(record, "zorgeenheden", "zorgeenheid"),
            *contracts_of(record),
            *total,
            *beside,
        ]
        assert len(rows) == len(expected)
        for row, one in zip(rows, expected, strict=True):
            compare(row, one, sign)


def groups_of(record):
    for group in record["vakgroepen"]:
        yield {"rij": "vakgroep", **group}
        for one in group.get("contracten", []):
            yield {"rij": "vakgroep_contract", "vakgroep": group["vakgroep"], **one}


def named(record, key, kind):
    return [{"rij": kind, "vakgroep": one[kind], **one} for one in record.get(key, [])]


def contracts_of(record):
    return [{"rij": "contract", **one} for one in record.get("contracten", [])]


def compare(row, record, sign):
    for key, text in row.items():
        if (row["rij"], key) == ("totaal", "vakgroep"):
            continue  # what the total is called is a matter of language
        value = record.get(key.removesuffix("_euro") + "_cent" if key.endswith("_euro") else key)
        if value is None:
            assert text == ""
        elif key in ("rij", "vakgroep", "contract"):
            assert text == value
        elif isinstance(value, int):
            assert Fraction(text.replace(sign, ".")) * 100 == value
        else:
            assert text == value.replace(".", sign)


def test_workbook_read_back_is_the_json(demo, tmp_path):
    content = json.loads(run("run", demo, "--json", "--xlsx", tmp_path / "uit.xlsx").out)
    book = openpyxl.load_workbook(tmp_path / "uit.xlsx")
    assert book.sheetnames == [*SHEETS.values(), "Herkomst"]
    for stage, title in SHEETS.items():
        rows = list(book[title].iter_rows(min_row=5, values_only=True))
        by_name = {}
        for row in rows:
            by_name.setdefault(row[0], row[1:])
        names = [record["vakgroep"] for record in content[stage]["vakgroepen"]]
        assert [name for name in by_name if name in names] == names
        for record in [*content[stage]["vakgroepen"], {"vakgroep": "Totaal", **content[stage]["totaal"]}]:
            numbers = [
                v
                for k, v in record.items()
                if k not in ("vakgroep", "contracten", "kader_cent", "niet_uitgekeerd_cent")
            ]
            for cell, value in zip(by_name[record["vakgroep"]], numbers, strict=False):
                if value is None:
                    assert cell is None
                else:
                    exact = Fraction(value) / 100 if isinstance(value, int) else Fraction(value)
                    assert abs(Fraction(cell) - exact) < Fraction(1, 10**6)


@pytest.mark.parametrize("name", FORMULAS)
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_group_named_as_a_formula_is_written_harmless(tmp_path, name, lang):
    write_folder(
        tmp_path / "case",
        vakgroepen=f'vakgroep,specialisme,rol\n"{name}",0302,poort\n',
        begroting=f'vakgroep,norm_fte\n"{name}",1\n',
        realisatie=f'vakgroep,norm_fte\n"{name}",1\n',
    )
    out = tmp_path / "uit"
    outcome = run("settle", tmp_path / "case", "--csv", out, "--xlsx", out / "uit.xlsx", "--json", "--lang", lang)
    assert json.loads(outcome.out)["vakgroepen"][0]["vakgroep"] == name
    lines = (out / "resultaat_afrekening.csv").read_text(encoding="utf-8-sig").splitlines()
    rows = list(csv.DictReader(lines, delimiter=";" if lang == "nl" else ","))
    assert {row["vakgroep"] for row in rows if row["rij"] == "vakgroep"} == {
        f"'{name}"
    }  # the apostrophe makes it text for a spreadsheet
    for sheet in openpyxl.load_workbook(out / "uit.xlsx").worksheets:
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert sheet.title == "Herkomst" or any(cell.value == name for cell in cells)
        assert all(cell.data_type != "f" for cell in cells)
    assert b"<f>" not in b"".join(parts(out / "uit.xlsx"))


def parts(path):
    with zipfile.ZipFile(path) as archive:
        return [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]


def test_the_order_of_vakgroepen_is_kept(tmp_path):
    order = ["Zorgcentrum", "aambeien", "KNO", "Ängst", "Heelkunde"]
    rows = "vakgroep,norm_fte\n" + "".join(f"{name},1\n" for name in sorted(order))
    groups = "vakgroep,specialisme,rol\n" + "".join(f"{name},0303,poort\n" for name in order)
    case = write_folder(tmp_path / "case", vakgroepen=groups, begroting=rows, realisatie=rows)
    content = json.loads(run("settle", case, "--json", "--csv", tmp_path).out)
    assert [row["vakgroep"] for row in content["vakgroepen"]] == order
    lines = (tmp_path / "resultaat_afrekening.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [row["vakgroep"] for row in csv.DictReader(lines, delimiter=";")][: len(order)] == order


def test_results_are_written_all_or_none(tmp_path):
    case = write_folder(tmp_path / "case")
    (tmp_path / "bestand").touch()
    for target in (tmp_path / "bestand" / "uit.xlsx", tmp_path / ("x" * 300), tmp_path):
        outcome = run("settle", case, "--csv", tmp_path / "nieuw" / "map", "--xlsx", target)
        assert outcome.status == 1
        assert outcome.out == ""
        assert "Hier kan niet worden geschreven" in outcome.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bestand", "case"]


def test_an_older_result_stays_when_the_new_one_cannot_be_written(tmp_path):
    case = write_folder(tmp_path / "case")
    assert run("settle", case, "--csv", tmp_path / "uit").status == 0
    before = (tmp_path / "uit" / "resultaat_afrekening.csv").read_bytes()
    (case / "realisatie.csv").write_text("vakgroep,norm_fte\nHeelkunde,1\nKNO,1\nRadiologie,1\n", encoding="utf-8")
    assert run("settle", case, "--csv", tmp_path / "uit", "--xlsx", tmp_path).status == 1
    assert (tmp_path / "uit" / "resultaat_afrekening.csv").read_bytes() == before


def test_a_result_never_replaces_the_case(tmp_path):
    path = tmp_path / "case.xlsx"
    workbook().save(path)
    before = path.read_bytes()
    outcome = run("settle", path, "--xlsx", path)
    assert outcome.status == 1
    assert "hoort bij de case zelf" in outcome.err
    assert path.read_bytes() == before


def test_results_beside_the_case_are_not_read_as_part_of_it(tmp_path):
    case = write_folder(tmp_path)
    first = run("settle", case, "--json", "--csv", case, "--xlsx", case / "resultaat.xlsx")
    assert first.status == 0
    again = run("settle", case, "--json")
    assert (again.status, json.loads(again.out)["totaal"]) == (0, json.loads(first.out)["totaal"])
