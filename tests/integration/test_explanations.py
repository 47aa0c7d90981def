"""--explain: every group, the total and every stage end with the check that the number follows from its sources."""

from __future__ import annotations

import json

import pytest
from command import ROOT, run

pytestmark = pytest.mark.integration

STAGES = ("budget", "monitor", "settle", "distribute")
CHECK = {"nl": "Controle: opnieuw berekend uit", "en": "Check: worked out again from"}


@pytest.mark.parametrize("lang", CHECK)
@pytest.mark.parametrize("stage", STAGES)
def test_every_group_of_the_demonstration_collective(demo, stage, lang):
    content = json.loads(run(stage, demo, "--json").out)
    names = [row["vakgroep"] for row in content["vakgroepen"]]
    names += [row["zorgeenheid"] for row in content.get("zorgeenheden", [])]
    for name in [*names, "Totaal", "total"]:
        outcome = run(stage, demo, "--explain", name, "--lang", lang)
        assert outcome.status == 0, name
        last = outcome.out.rstrip().splitlines()[-1]
        assert last.startswith(CHECK[lang]), name


@pytest.mark.parametrize("example", range(1, 9))
def test_every_group_of_the_worked_examples(example):
    case = ROOT / "examples" / "handreiking" / str(example)
    stage = {1: "budget", 2: "monitor"}.get(example, "settle")
    for row in json.loads(run(stage, case, "--json").out)["vakgroepen"]:
        outcome = run(stage, case, "--explain", row["vakgroep"])
        assert outcome.out.rstrip().splitlines()[-1].startswith(CHECK["nl"])


@pytest.mark.parametrize(
    ("asked", "close"), [("Heelkude", "Heelkunde"), ("cardiologi", "Cardiologie"), ("Tandheelkunst", None), ("", None)]
)
def test_an_unknown_group(demo, asked, close):
    for stage in STAGES:
        outcome = run(stage, demo, "--explain", asked)
        assert outcome.status == 1
        assert outcome.out == ""
        assert "Deze vakgroep is niet bekend." in outcome.err
        assert "Kies uit: " in outcome.err
        assert "Totaal" in outcome.err
        assert (f"Bedoelde u ‘{close}’?" in outcome.err) == (close is not None)
        as_json = run(stage, demo, "--explain", asked, "--json")
        assert as_json.status == 1
        assert list(json.loads(as_json.out)) == ["fouten"]


def test_case_does_not_matter_in_a_group_name(demo):
    assert run("settle", demo, "--explain", "HEELKUNDE").out == run("settle", demo, "--explain", "heelkunde").out


def test_an_unknown_group_writes_no_files(demo, tmp_path):
    outcome = run("settle", demo, "--explain", "Heelkude", "--csv", tmp_path / "uit")
    assert outcome.status == 1
    assert not (tmp_path / "uit").exists()
