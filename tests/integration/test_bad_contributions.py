"""Bad input and odd use of the commands after the intake: the whole text that a user reads, and a desk that is byte for byte what it was.

`golden_contributions/<case>.nl.txt` and `.en.txt` hold what the command prints; PUNTLANDING_UPDATE_GOLDEN=1 writes them anew.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from bad_contributions import CASES, FOLD, MERGE, PUBLISH, RUN, Case, make_desk, untouched
from command import SCRIPT, run
from test_hostile_files import as_somebody_else

pytestmark = pytest.mark.integration

GOLDEN = Path(__file__).parent / "golden_contributions"
UPDATE = os.environ.get("PUNTLANDING_UPDATE_GOLDEN") == "1" and os.environ.get("CI", "").lower() != "true"
KEY = re.compile(r"\b[0-9a-f]{32}\b")  # the fingerprint of a signing key, another one in every run
WITHOUT_JSON = {"merge", "key", "sign"}
EVERY = 4  # of the cases, so many apart are asked as JSON too
DUTCH = re.compile(
    r"\b(van|het|een|niet|voor|geen|deze|wordt|dit|zijn|wel|jaar|bijdragen?|dan|vakgroep(en)?|ziekenhui(s|zen)|bestand|met|alleen"
    r"|kolom|rij|regel|kies|geef|meer|onder|samen|normuren|zonder|verdeling|eigen)\b",
    re.IGNORECASE,
)


def state(folder: Path) -> dict[str, bytes | None]:
    """Every file and folder, and what is in it."""
    return {str(one.relative_to(folder)): one.read_bytes() if one.is_file() else None for one in folder.rglob("*")}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    root = tmp_path_factory.mktemp("bureau") / "bureau"
    make_desk(root)
    return root


@pytest.fixture
def desk(whole, tmp_path):
    folder = tmp_path / "bureau"
    shutil.copytree(whole, folder)
    return folder


@pytest.mark.parametrize("name", CASES)
def test_what_is_said_and_that_nothing_changes(name, whole, tmp_path):
    case = CASES[name]
    desk = whole if case.make is untouched and not case.writes else tmp_path / "bureau"
    for language in ("nl", "en"):
        if not desk.exists():
            shutil.copytree(whole, desk)
            case.make(desk)
        before = state(desk)
        outcome = run(*case.words, "--lang", language, cwd=desk)
        text = KEY.sub("<vingerafdruk>", outcome.out + outcome.err)
        assert outcome.status == case.status, text
        assert "Traceback" not in text
        assert str(desk) not in text
        assert text.replace("\n", "").isprintable()
        expected = GOLDEN / f"{name}.{language}.txt"
        if UPDATE:
            GOLDEN.mkdir(exist_ok=True)
            expected.write_text(text, encoding="utf-8", newline="\n")
        assert text == expected.read_text(encoding="utf-8")
        if case.writes:
            assert {key: value for key, value in state(desk).items() if key in before} == before
            shutil.rmtree(desk)
        else:
            assert state(desk) == before


def test_every_golden_text_has_its_case():
    assert {one.name for one in GOLDEN.iterdir()} == {
        f"{name}.{language}.txt" for name in CASES for language in ("nl", "en")
    }


ASKED_AS_JSON = {
    name: case for name, case in CASES.items() if case.status != 2 and not WITHOUT_JSON & set(case.words[:2])
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(ASKED_AS_JSON)[::EVERY])
def test_json_is_json_whatever_is_wrong(name, desk):
    case: Case = CASES[name]
    case.make(desk)
    outcome = run(*case.words, "--json", cwd=desk)
    assert (outcome.status, outcome.err) == (case.status, "")
    record = json.loads(outcome.out)
    if case.status and "bestanden" not in record:
        assert record["fouten"]
        assert all(one["melding"] and one["bestand"] for one in record["fouten"])


@pytest.mark.parametrize("name", CASES)
def test_english_is_english(name):
    """Names of files, columns and choices are Dutch, and what stands between quotation marks is what was typed."""
    text = (GOLDEN / f"{name}.en.txt").read_text(encoding="utf-8")
    said = re.sub(r"‘[^’]*’|\(--[^)]*\)|\S*[._/\-=·]\S*|--\S+ \S+|,? column \w+", "", text)
    assert not DUTCH.findall(re.sub(r"^\w+:? ?$|Choose from:.*$|missing: .*$", "", said, flags=re.MULTILINE))


# -- publishing at the same time --------------------------------------------------------------------------------------------


def test_two_who_publish_at_once_get_a_version_each_or_are_told(desk):
    """Six different benchmarks at the same moment: each version is one of them, none is lost, none written over."""
    ways = [
        ("--method", method, "--own", own) for method in ("gepoold", "gemiddelde", "mediaan") for own in ("in", "uit")
    ]
    words = [str(word) for word in (*PUBLISH[:-1], "samen", "--date", "2026-12-01", "--reason", "tegelijk")]
    started = [
        subprocess.Popen([SCRIPT, *words, *way, "--json"], cwd=desk, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for way in ways
    ]  # fmt: skip
    ended = [(json.loads(one.communicate(timeout=60)[0]), one.returncode) for one in started]
    done = [record["vastgesteld"] for record, status in ended if status == 0]
    refused = [record for record, status in ended if status == 1]
    assert len(done) + len(refused) == len(ways)
    assert done
    assert all("op hetzelfde moment" in one["melding"] for record in refused for one in record["fouten"])
    assert [one["versie"] for one in sorted(done, key=lambda one: one["versie"])] == list(range(1, len(done) + 1))
    listed = json.loads(run("benchmark", "versions", "samen", "--json", cwd=desk).out)["versies"]
    assert {one["vingerafdruk"] for one in listed} == {one["vingerafdruk"] for one in done}
    assert sorted(one.name for one in (desk / "samen").iterdir()) == [
        f"ex-ante-2027-v{number}.benchmark" for number in range(1, len(done) + 1)
    ]


# -- odd use ----------------------------------------------------------------------------------------------------------------


def test_blanks_accents_relative_paths_and_links(desk):
    """The same bytes as from plain paths."""
    odd = desk / "Bestanden van Renée" / "2026 (définitief)"
    odd.mkdir(parents=True)
    shutil.copytree(desk / "bijdragen", odd / "mijn bijdragen")
    (odd / "koppeling").symlink_to(desk / "opslag", target_is_directory=True)
    plain = run(*PUBLISH[:-1], "een", "--date", "2026-12-01", cwd=desk)
    strange = run(
        "benchmark", "ex-ante", 2027, "../2026 (définitief)/mijn bijdragen", "--norms", "../../normtijden.csv", "--peers", "alle",
        "--publish", "vast gesteld", "--date", "2026-12-01", cwd=odd,
    )  # fmt: skip
    assert (plain.status, strange.status) == (0, 0), plain.err + strange.err
    assert "vast gesteld/ex-ante-2027-v1.benchmark" in strange.out
    name = "ex-ante-2027-v1.benchmark"
    assert (odd / "vast gesteld" / name).read_bytes() == (desk / "een" / name).read_bytes()
    folded = run("fold", "noord", 2026, "--store", "koppeling", "--out", "uit é", cwd=odd)
    assert folded.status == 0, folded.err
    assert run(*FOLD, "--out", "uit", cwd=desk).status == 0
    assert (odd / "uit é" / "noord-2026.bijdrage").read_bytes() == (desk / "uit" / "noord-2026.bijdrage").read_bytes()
    linked = run("run", "--store", "koppeling", *RUN[3:], "--json", cwd=odd)
    assert linked.out == run(*RUN, "--json", cwd=desk).out
    assert linked.status == 0


@pytest.mark.parametrize(
    "words",
    [
        ("benchmark", "ex-ante", 2027, "bijdragen", "--norms", "normtijden.csv"),
        ("norms", "coverage", "bijdragen", "--norms", "normtijden.csv", "--year", 2027),
        ("contribution", "show", "bijdragen/noord.bijdrage", "--json"),
        ("efficiency", "bijdragen", "--hospital", "noord"),
        RUN,
    ],
)
def test_a_reader_who_reads_no_further(words, desk):
    """As before `| head -1`: the end of the pipe is gone before anything is written."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [SCRIPT, *map(str, words)], cwd=desk, stdout=writing, stderr=subprocess.PIPE, check=False, timeout=60
        )
    finally:
        os.close(writing)
    assert done.returncode == 0, done.stderr.decode()
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX systems")
@pytest.mark.parametrize(
    "words",
    [
        (*FOLD, "--out", "dicht"),
        FOLD,
        (*MERGE[:-1], "dicht/samen.bijdrage"),
        ("contribution", "export", "bijdragen/zuid.bijdrage", "--out", "dicht/zuid.bijdrage"),
        ("contribution", "key", "dicht"),
        (*PUBLISH[:-1], "dicht", "--date", "2026-12-01"),
        ("contribution", "show", "bijdragen/zuid.bijdrage", "--csv", "dicht/csv"),
    ],
)
def test_a_folder_in_which_nothing_may_be_written(words, whole):
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        desk = Path(name) / "bureau"
        shutil.copytree(whole, desk)
        (desk / "dicht").mkdir()
        for path in (desk, *desk.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        before = state(desk)
        run(*words, "--help")  # everything is imported before the rights go
        with as_somebody_else():
            outcome = run(*words, cwd=desk)
        assert outcome.status == 1, outcome.out
        assert "Hier kan niet worden geschreven" in outcome.err
        assert outcome.out == ""
        assert state(desk) == before
