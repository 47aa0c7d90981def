"""The statement that is signed: its numbers are the result's, names are data, and everybody can read it."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from command import ROOT, run, script
from pdf_pages import AMOUNT, FONTS, HOSTILE, facts_of, fonts_of, needs_poppler, read_number, steps_of, text_of
from small_case import write_folder

from puntlanding.case import load_case
from puntlanding.explain import Unit, walk
from puntlanding.language.notation import Language, number
from puntlanding.year import Year

pytestmark = pytest.mark.integration

COMPONENTS = ROOT / "examples" / "onderdelen"


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Path:
    """The demonstration collective."""
    case = tmp_path_factory.mktemp("demo") / "case"
    assert run("demo", "collective", case).status == 0
    return case


@pytest.fixture(scope="module")
def made(demo, tmp_path_factory) -> dict[str, Path]:
    """Statements of the two cases, by the name of the case."""
    found = {}
    for name, case in (("demo", demo), ("components", COMPONENTS)):
        found[name] = tmp_path_factory.mktemp("made") / "v"
        outcome = run("report", case, "--statements", found[name])
        assert outcome.status == 0, outcome.err
    return found


def statements(made, name) -> dict[str, str]:
    return {path.stem: text_of(path) for path in sorted(made[name].glob("*.pdf"))}


def result(case: Path, stage: str) -> dict[str, dict[str, object]]:
    outcome = run(stage, case, "--json")
    assert outcome.status == 0
    return {row["vakgroep"].lower().replace(" ", "-"): row for row in json.loads(outcome.out)["vakgroepen"]}


@needs_poppler
@pytest.mark.parametrize("name", ["demo", "components"])
def test_the_steps_add_up_as_they_are_printed_and_end_at_the_result(made, demo, name):
    case = demo if name == "demo" else COMPONENTS
    settled, divided = result(case, "settle"), result(case, "distribute")
    pages = statements(made, name)
    assert set(pages) == set(settled)
    for group, text in pages.items():
        fte, euros = steps_of(text, "norm fte"), steps_of(text, "euro")
        assert len(fte) >= 2, group
        assert len(euros) >= 3, group
        for steps in (fte, euros):
            assert sum(value for _, value in steps[:-1]) == steps[-1][1], group
        assert fte[0][1] == pytest.approx(float(settled[group]["realisatie"]), abs=0.0051)
        assert fte[-1][1] == pytest.approx(float(settled[group]["norm_fte"]), abs=0.0051)
        assert int(euros[-1][1] * 100) == divided[group]["bedrag_cent"]


@needs_poppler
@pytest.mark.parametrize("name", ["demo", "components"])
def test_every_number_is_one_of_the_result(made, demo, name):
    case = demo if name == "demo" else COMPONENTS
    year = Year(load_case(case).checked())
    roots = [year.distribution.total.paid, year.settlement.total.paid, year.distribution.unpaid]
    roots += [node for row in year.realised.rows for node in (row.norm_fte, row.scored, row.factor) if node is not None]
    roots += [
        node
        for row in year.distribution.rows
        for node in (row.fixed, row.norm, row.costs, row.paid, *row.parts.values())
    ]
    told = set()
    for node in walk(*roots):
        if node.unit in (Unit.HOURS, Unit.MINUTES, Unit.COUNT, Unit.HALF_DAYS, Unit.WEEKS):
            continue  # of products and people: so many that any number would be among them
        value = abs(node.value)
        told.add(number(value / 100 if node.unit is Unit.CENTS else value, 2, Language.DUTCH))
        if node.unit is Unit.RATIO:
            told.add(number(value * 100, 2, Language.DUTCH))
    lines = [line for row in year.settlement.rows for line in (row.line, *row.contracts)]
    lines += year.settlement.contract_totals
    for line in lines:
        for node in (line.under, line.over, line.extra, line.realised, line.budgeted, line.paid):
            if node is not None:
                told.add(number(node.value, 2, Language.DUTCH))
        if line.over is not None:
            told.add(number(line.over.value - line.extra.value, 2, Language.DUTCH))
    for group, text in statements(made, name).items():
        rounding = [line for line in text.splitlines() if line.startswith("afronding op honderdsten")]
        rest = "\n".join(line for line in text.splitlines() if line not in rounding)
        assert all(read_number(found) <= 3 / 100 for line in rounding for found in AMOUNT.findall(line))
        strange = set(AMOUNT.findall(rest)) - told - extra_of_steps(year, group)
        assert not strange, (group, strange)


def extra_of_steps(year: Year, group: str) -> set[str]:
    """The steps of a group's contracts together, costs by item, and what the agreement says."""
    row = next(row for row in year.settlement.rows if row.line.group.lower().replace(" ", "-") == group)
    over = sum(max(one.realised.value - (one.paid.value - one.extra.value), 0) for one in row.contracts)
    filled = sum(max(one.paid.value - one.extra.value - one.realised.value, 0) for one in row.contracts)
    found = {number(value, 2, Language.DUTCH) for value in (over, filled)}
    costs = next(one.costs for one in year.distribution.rows if one.name == row.line.group)
    items: dict[str | None, int] = {}
    for part in costs.operands:
        items[part.subject] = items.get(part.subject, 0) + int(part.value)
    found |= {f"{number(cents // 100, 0, Language.DUTCH)},{cents % 100:02d}" for cents in items.values()}
    agreed = run("agreement", "check", COMPONENTS).out
    return found | set(AMOUNT.findall(agreed))


@needs_poppler
def test_it_is_tagged_with_a_title_and_fonts_inside(made):
    for path in made["components"].glob("*.pdf"):
        facts = facts_of(path)
        assert facts["Tagged"] == "yes"
        assert facts["Title"].endswith("Verklaring over 2026")
        assert facts["Pages"] in {"1", "2"}
        assert "A4" in facts["Page size"]
        fonts = fonts_of(path)
        assert fonts
        assert all(embedded and name.startswith(FONTS) for name, embedded in fonts)


def test_it_says_that_it_is_accessible_and_has_the_time_of_the_agreement(made):
    for path in made["demo"].glob("*.pdf"):
        content = path.read_bytes()
        assert b"pdfuaid:part" in content
        assert b"2026-01-01T00:00:00" in content
        assert str(datetime.now(UTC).date()).encode() not in content


@needs_poppler
def test_it_carries_the_hashes_and_room_to_sign_without_names(made, demo):
    record = json.loads(run("settle", demo, "--json").out)["verantwoording"]
    for text in statements(made, "demo").values():
        assert record["afspraak"]["hash"] in text
        assert record["gegevens"]["hash"] in text
        for word in ("Namens het gremium", "Namens het ziekenhuis"):
            assert text.count(word) == 1
        for word in ("Naam", "Functie", "Plaats en datum", "Handtekening"):
            assert [line.split() for line in text.splitlines() if line.startswith(word)][-1] == word.split() * 2


def test_the_same_bytes_from_another_process(made, tmp_path, demo):
    done = script("report", demo, "--statements", tmp_path / "v", env={"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"})
    assert done.returncode == 0, done.stderr
    for path in made["demo"].glob("*.pdf"):
        assert path.read_bytes() == (tmp_path / "v" / path.name).read_bytes()


def test_another_number_is_another_statement(made, tmp_path, demo):
    case = tmp_path / "case"
    shutil.copytree(demo, case)
    path = case / "realisatie.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    fields = lines[1].split(";")
    lines[1] = ";".join([*fields[:-1], str(int(fields[-1]) + 1)])
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert run("report", case, "--statements", tmp_path / "v").status == 0
    for one in made["demo"].glob("*.pdf"):
        assert one.read_bytes() != (tmp_path / "v" / one.name).read_bytes()


@needs_poppler
def test_hostile_and_long_names_are_data(tmp_path):
    names = [*HOSTILE, *(f"Vakgroep voor buitengewone geneeskunde nummer {at}" for at in range(20))]
    case = hostile_case(tmp_path / "case", names)
    outcome = run("report", case, "--statements", tmp_path / "v", "--board", tmp_path / "b.pdf")
    assert outcome.status == 0, outcome.err
    made = sorted((tmp_path / "v").iterdir())
    assert len(made) == 30
    assert all(path.parent == tmp_path / "v" for path in made)
    titles = {facts_of(path)["Title"].replace("\u200b", "") for path in made}
    assert titles == {f"{name} · Verklaring over 2026" for name in names}
    for path in made:
        assert facts_of(path)["Pages"] in {"1", "2"}
        assert "#let [x] *y* $z$ <b>" in text_of(path)
    board = text_of(tmp_path / "b.pdf")
    assert all(name in board for name in names if len(name) < 20)
    assert board.replace("\n", " ").count("vakgroep") > 3  # the head of a table is repeated on every page


def hostile_case(folder: Path, names: list[str]) -> Path:
    def quoted(name: str) -> str:
        return '"' + name.replace('"', '""') + '"'

    agreement = '[afspraak]\norganisatie = "MSB #let [x] *y* $z$ <b>"\njaar = 2026\n[[contract]]\nnaam = "A #x"\nsoort = "plafond"\n'
    return write_folder(
        folder,
        afspraak__toml=agreement + '[afrekening]\nherverdeling = "naar_rato"\n[kader]\nbedrag = 9_000_000.00\n',
        vakgroepen="vakgroep,specialisme,rol\n" + "".join(f"{quoted(name)},0303,poort\n" for name in names),
        begroting="vakgroep,norm_fte\n" + "".join(f"{quoted(name)},{at + 5}\n" for at, name in enumerate(names)),
        realisatie="vakgroep,norm_fte\n"
        + "".join(f"{quoted(name)},{at % 7 + at + 3}\n" for at, name in enumerate(names)),
    )


@needs_poppler
def test_a_sign_that_no_font_has_is_told(tmp_path):
    case = hostile_case(tmp_path / "case", ["KNO 😀", "漢字", "العربية", "Ørsted-Łódź"])
    outcome = run("report", case, "--statements", tmp_path / "v")
    assert outcome.status == 0, outcome.err
    texts = {path.stem: text_of(path) for path in (tmp_path / "v").iterdir()}
    assert "KNO □" in texts["kno"]
    assert "□ staat voor een teken dat niet" in texts["kno"]
    assert "□□" in texts["漢字"]
    assert "□" not in texts["ørsted-łódź"]
    assert "□" not in texts["العربية"]


@needs_poppler
def test_what_the_case_does_not_allow_is_left_out_and_said(tmp_path):
    case = write_folder(tmp_path / "case")
    (case / "realisatie.csv").unlink()
    outcome = run("report", case, "--statements", tmp_path / "v")
    assert outcome.status == 0, outcome.err
    assert outcome.err.count("Niet in de verslagen") == 3
    text = text_of(tmp_path / "v" / "kno.pdf")
    assert "Begroot is 6,00 norm fte; afgerekend is er nog niet." in text
    assert "Wat hier niet staat" in text
    assert "Van gerealiseerd naar betaald" not in text
    assert "euro’s" not in text


@needs_poppler
def test_without_euros_the_statement_is_in_norm_fte(tmp_path):
    outcome = run("report", write_folder(tmp_path / "case"), "--statements", tmp_path / "v", "--lang", "en")
    assert outcome.status == 0, outcome.err
    text = text_of(tmp_path / "v" / "heelkunde.pdf")
    assert "13.25 norm fte were realised, 12.50 budgeted, 12.50 paid." in text
    assert "Statement for 2026" in text
    assert "The distribution in euros." in text


def test_one_group_alone_is_the_same_statement(made, tmp_path):
    outcome = run("report", COMPONENTS, "--statements", tmp_path / "v", "--group", "Heelkunde")
    assert outcome.status == 0, outcome.err
    (only,) = (tmp_path / "v").iterdir()
    assert only.read_bytes() == (made["components"] / only.name).read_bytes()


def test_nothing_is_overwritten(made):
    before = {path: path.read_bytes() for path in made["components"].iterdir()}
    outcome = run("report", COMPONENTS, "--statements", made["components"])
    assert outcome.status == 1
    assert {path: path.read_bytes() for path in made["components"].iterdir()} == before
