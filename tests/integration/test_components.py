"""A case with every component: in every form, told in the written order, and readable on a screen of 100 columns."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pytest
from command import ROOT, run
from forms import FORMS, workbook

from puntlanding.components import COMPONENTS
from puntlanding.language.terms import TERMS

pytestmark = pytest.mark.integration

CASE = ROOT / "examples" / "onderdelen"
GROUPS = ("Cardiologie", "Gynaecologie", "Heelkunde", "Radiologie")
EVERY_PART = ("harmonisatie", "disutility", "kwaliteit", "geoormerkt_passende_zorg", "geoormerkt_opleiding")
LATER = ("mutatiereserve", "gedeelde_besparing", "overgang", "vangnet")


def result(case: Path) -> dict[str, object]:
    outcome = run("distribute", case, "--json")
    assert outcome.status == 0, outcome.out
    content = json.loads(outcome.out)
    content["verantwoording"] = content["verantwoording"]["afspraak"]["hash"]
    return content


def edited(tmp_path: Path, **changes: tuple[str, str]) -> Path:
    """The example with a text replaced in a file (named with __ for its point)."""
    case = tmp_path / "case"
    shutil.copytree(CASE, case)
    for name, (old, new) in changes.items():
        path = case / name.replace("__", ".")
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
    return case


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same(tmp_path, form):
    assert result(FORMS[form](CASE, tmp_path / "case")) == result(CASE)


def test_cents_add_up_to_the_frame_and_what_comes_from_outside():
    content = result(CASE)
    whole = content["totaal"]
    keys = ["vast_cent", "norm_cent", *(f"{part}_cent" for part in EVERY_PART + LATER)]
    for row in [*content["vakgroepen"], whole]:
        assert sum(row[key] for key in keys) - row["kosten_cent"] == row["bedrag_cent"]
    stays = whole["niet_uitgekeerd_cent"] + whole["mutatiereserve_blijft_cent"] + whole["overgang_blijft_cent"]
    brought = whole["gedeelde_besparing_erbij_cent"]
    assert sum(whole[key] for key in keys) + stays == whole["kader_cent"] + brought
    assert whole["vangnet_cent"] == 0


@pytest.mark.parametrize(("lang", "which"), [("nl", 0), ("en", 1)])
def test_the_explanation_tells_the_steps_in_the_written_order(lang, which):
    lines = run("distribute", CASE, "--explain", "Cardiologie", "--lang", lang).out.splitlines()
    steps = [line[4:60].strip() for line in lines if line.startswith(("│ ├ ", "│ └ "))]
    names = [TERMS[component.term][which] for component in COMPONENTS.values()]
    names[3:4] = [f"Passende zorg: {names[3]}", f"Opleiding: {names[3]}"]
    assert steps == [TERMS["fixed_part"][which], TERMS["norm_part"][which], *names]


@pytest.mark.parametrize("name", [*GROUPS, "Totaal"])
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_explanation_ends_with_its_check(name, lang):
    last = run("distribute", CASE, "--explain", name, "--lang", lang).out.rstrip().splitlines()[-1]
    assert last.startswith({"nl": "Controle: ", "en": "Check: "}[lang])


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_no_number_is_cut_on_a_screen_of_100_columns(lang):
    out = run("distribute", CASE, "--lang", lang).out
    assert "…" not in out
    assert max(map(len, out.splitlines())) <= 100
    assert out.index({"nl": "onderdelen", "en": "components"}[lang]) < out.index("Opleiding")
    assert out.count("Cardiologie") == 3


def test_few_components_stand_in_one_table(tmp_path):
    case = edited(tmp_path)
    text = (case / "afspraak.toml").read_text(encoding="utf-8")
    kept = text.split("# 3 % voor diensten")[0]
    (case / "afspraak.toml").write_text(kept, encoding="utf-8")
    out = run("distribute", case).out
    assert "harmonisatie" in out
    assert "onderdelen" not in out
    assert out.count("Cardiologie") == 1


def test_the_first_sentence_tells_what_stays_and_what_comes_from_outside():
    nl, en = (" ".join(run("distribute", CASE, "--lang", lang).out.split()) for lang in ("nl", "en"))
    assert "Van het kader van € 10.000.000,00 en van buiten € 40.000,00 (gedeelde besparing) gaat € 9.722.100,00" in nl
    assert "; niet uitgekeerd: € 82.100,00; in de potten blijft € 35.800,00 (mutatiereserve)." in nl
    assert "and € 40,000.00 (shared savings) from outside, € 9,722,100.00 goes to the groups" in en
    assert "; not paid out: € 82,100.00; left in the pots: € 35,800.00 (mutation reserve)." in en


def test_check_lists_what_the_components_read():
    out = run("check", CASE).out
    for path in CASE.glob("*.csv"):
        assert f"\n  {path.name} " in out
    assert "\n  distribute   kan\n" in out
    told = out.partition("Onderdelen van de verdeling")[2].splitlines()[1:]
    assert [line.split()[0] for line in told[: told.index("")]] == [
        "harmonisatie", "disutility", "kwaliteit", "geoormerkt.Passende", "geoormerkt.Opleiding", "mutatiereserve",
        "gedeelde_besparing", "overgang", "vangnet",
    ]  # fmt: skip
    assert told[1].endswith(" leest diensten, dienstgewichten")
    content = json.loads(run("check", CASE, "--json").out)
    assert {"onderdeel": "geoormerkt.Opleiding", "lijsten": ["scores"]} in content["onderdelen"]


def test_points_are_told_as_numbers_not_as_money():
    out = run("distribute", CASE, "--explain", "Cardiologie").out
    (line,) = [line for line in out.splitlines() if "weekend: frequentie × gewicht × uren" in line]
    assert "624  = 52 × 0,5 × 24  (diensten.csv rij 2, frequentie; dienstgewichten.csv rij 4, gewicht" in line


def in_sheet(book, section: str, key: str):
    """The row and the cell with the value of a key in the sheet afspraak."""
    for row in book["afspraak"].iter_rows(min_row=2):
        if (row[0].value, row[1].value) == (section, key):
            return row[0].row, row[2]
    raise AssertionError(key)


def test_a_workbook_names_the_row_of_an_earmarked_budget(tmp_path):
    path = workbook(CASE, tmp_path / "case")
    book = openpyxl.load_workbook(path)
    first, _ = in_sheet(book, "geoormerkt 1", "naam")
    second, name = in_sheet(book, "geoormerkt 2", "naam")
    name.value = "Passende zorg"
    book.save(path)
    outcome = run("check", path, "--json")
    assert outcome.status == 1
    (problem, *_) = json.loads(outcome.out)["fouten"]
    assert (problem["bestand"], problem["rij"], problem["kolom"]) == (
        "case.xlsx[afspraak]",
        second,
        "geoormerkt.naam",
    )
    assert f"(regel {first})" in problem["melding"]


def test_a_workbook_with_contradictory_keys_names_the_row(tmp_path):
    path = workbook(CASE, tmp_path / "case")
    book = openpyxl.load_workbook(path)
    book["afspraak"].append(["kwaliteit", "bedrag", 1000])
    row = book["afspraak"].max_row
    book.save(path)
    (problem,) = json.loads(run("check", path, "--json").out)["fouten"]
    assert (problem["rij"], problem["kolom"]) == (row, "kwaliteit.bedrag")


def test_a_workbook_with_pots_above_the_frame_names_the_row(tmp_path):
    path = workbook(CASE, tmp_path / "case")
    book = openpyxl.load_workbook(path)
    row, cell = in_sheet(book, "geoormerkt 2", "bedrag")
    cell.value = 9_500_000
    book.save(path)
    (problem,) = json.loads(run("check", path, "--json").out)["fouten"]
    assert problem["rij"] >= row
    assert f"geoormerkt.Opleiding.bedrag (regel {row}): € 9.500.000,00" in problem["melding"]


def test_a_net_that_cannot_be_paid_writes_nothing(tmp_path):
    case = edited(tmp_path, vorig_jaar__csv=("2400000,00", "9400000,00"))
    outcome = run("distribute", case, "--csv", tmp_path / "uit")
    assert outcome.status == 1
    assert "Het vangnet kan niet uit het kader worden betaald" in outcome.err
    assert not (tmp_path / "uit").exists()


def test_outside_their_years_transition_and_net_do_nothing(tmp_path):
    case = edited(tmp_path, afspraak__toml=("jaar = 2026\nbedrag", "jaar = 2025\nbedrag"))
    path = case / "afspraak.toml"
    text = path.read_text(encoding="utf-8").replace("eerste_jaar = 2026", "eerste_jaar = 2027")
    path.write_text(text, encoding="utf-8")
    with_both, total = result(CASE), result(case)["totaal"]
    assert (total["overgang_cent"], total["vangnet_cent"]) == (0, 0)
    assert total["norm_cent"] > with_both["totaal"]["norm_cent"]


def test_a_budget_may_be_called_as_a_group_is(tmp_path):
    """Its part is told in full, and not taken for that group's."""
    case = edited(
        tmp_path, afspraak__toml=('naam = "Opleiding"', 'naam = "Heelkunde"'), scores__csv=("Opleiding", "Heelkunde")
    )
    lines = run("distribute", case, "--explain", "Cardiologie").out.splitlines()
    (at,) = [i for i, line in enumerate(lines) if line.startswith("│ ├ geoormerkt.Heelkunde: geoormerkt ")]
    assert "--explain" not in lines[at]
    assert lines[at + 1].startswith("│ │ ├ geoormerkt, onafgerond")
    assert "geoormerkt.Heelkunde: geoormerkt" in run("distribute", case, "--explain", "Totaal").out


@pytest.mark.parametrize("frame", ["10_000_000_000.00", "999_999_999.99"])
def test_large_amounts_are_not_cut_either(tmp_path, frame):
    case = edited(tmp_path, afspraak__toml=("bedrag = 10_000_000.00", f"bedrag = {frame}"))
    out = run("distribute", case).out
    assert "…" not in out
    assert max(map(len, out.splitlines())) <= 100


def test_many_budgets_with_long_names_are_told_in_tables_that_fit(tmp_path):
    case = edited(tmp_path)
    more = "".join(
        f'[[geoormerkt]]\nnaam = "Verantwoordelijkheidsbudget nummer {i}"\nbedrag = {i}.00\n\n' for i in range(1, 13)
    )
    path = case / "afspraak.toml"
    path.write_text(path.read_text(encoding="utf-8") + "\n" + more, encoding="utf-8")
    out = run("distribute", case).out
    assert "…" not in out
    assert max(map(len, out.splitlines())) <= 100
    for i in range(1, 13):
        assert f"{i},00" in out
