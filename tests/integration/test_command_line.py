"""The real console script: exit statuses, languages, streams and encodings."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from command import ROOT, SCRIPT, run, script
from small_case import write_folder

import puntlanding.cli.commands
from puntlanding.cli.main import main

pytestmark = pytest.mark.integration

EXAMPLE = ROOT / "examples" / "handreiking" / "4"
COMMANDS = ("new", "check", "budget", "monitor", "settle", "distribute", "run", "demo")


@pytest.mark.parametrize(
    ("words", "dutch", "english"),
    [
        (["settle"], "Er ontbreekt een argument: CASE.", "An argument is missing: CASE."),
        (["setle", "x"], "Dit commando bestaat niet: setle. Bedoelde u settle?", "There is no such command: setle. Did you mean settle?"),
        (["frobnicate"], "Dit commando bestaat niet: frobnicate.\n", "There is no such command: frobnicate.\n"),
        (["demo", "colective", "x"], "Bedoelde u collective?", "Did you mean collective?"),
        (["settle", "--jsn", "x"], "Deze optie bestaat niet: --jsn. Bedoelde u --json?", "There is no such option: --jsn. Did you mean --json?"),
        (["settle", "x", "--csv"], "De optie --csv heeft een waarde nodig.", "The option --csv needs a value."),
        (["settle", "x", "--json=ja"], "De optie --json heeft geen waarde.", "The option --json takes no value."),
        (["settle", "x", "y"], "Dit argument is te veel: y.", "This argument is one too many: y."),
        (["settle", "x", "--lang", "fr"], "De waarde van --lang is niet mogelijk. Kies uit: nl, en.", None),
    ],
)  # fmt: skip
def test_wrong_usage(words, dutch, english):
    for lang, expected in (("nl", dutch), ("en", english)):
        if expected is None:
            continue
        done = script(words[0], *(["--lang=en"] if lang == "en" else []), *words[1:])
        text = done.stderr.decode()
        assert done.returncode == 2
        assert expected in text + "\n"
        assert "Traceback" not in text
        assert ("Uitleg: puntlanding" if lang == "nl" else "Help: puntlanding") in text
        assert done.stdout == b""


@pytest.mark.parametrize(("words", "status"), [([], 2), (["demo"], 2), (["--help"], 0), (["demo", "--help"], 0)])
def test_help_lists_the_commands_in_the_order_of_the_work(words, status):
    done = script(*words)
    assert done.returncode == status
    text = (done.stdout or done.stderr).decode()
    assert text.startswith("Gebruik: puntlanding")
    if "demo" not in words:
        places = [text.index(f"\n  {command} ") for command in COMMANDS]
        assert places == sorted(places)


@pytest.mark.parametrize("command", [*COMMANDS[:-1], "demo collective"])
def test_help_of_every_command_in_both_languages(command):
    dutch = run(*command.split(), "--help")
    english = run(*command.split(), "--lang", "en", "--help")
    assert dutch.status == english.status == 0
    for word in ("Gebruik:", "Opties:", "Toon deze uitleg."):
        assert word in dutch.out
        assert word not in english.out
    for word in ("Usage:", "Options:", "Show this help."):
        assert word in english.out
        assert word not in dutch.out


def test_the_language_may_be_named_before_the_command():
    assert run("--lang", "en", "settle", EXAMPLE).out == run("settle", EXAMPLE, "--lang", "en").out
    assert "Usage: " in run("--lang=en", "--help").out


def test_version():
    done = script("--version")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"puntlanding ")


@pytest.fixture
def fault(monkeypatch):
    """A fault of the program itself, in the middle of its work."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError("deep inside")

    monkeypatch.setattr(puntlanding.cli.commands, "load_case", broken)


@pytest.mark.usefixtures("fault")
def test_a_fault_of_the_program_shows_words_only(capsys):
    assert main(["settle", str(EXAMPLE)]) == 70
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "Er ging iets mis in het programma zelf" in shown.err
    assert "Traceback" not in shown.err
    assert "deep inside" not in shown.err
    assert main(["settle", str(EXAMPLE), "--lang", "en"]) == 70
    assert "Something went wrong in the program itself" in capsys.readouterr().err


@pytest.mark.usefixtures("fault")
def test_a_fault_with_debug_shows_the_traceback_and_the_same_status(capsys):
    assert main(["settle", str(EXAMPLE), "--debug"]) == 70
    shown = capsys.readouterr().err
    assert "Traceback" in shown
    assert "deep inside" in shown


def test_a_fault_in_a_process_of_its_own(tmp_path):
    """Injected with sitecustomize, so that the real script runs into it."""
    (tmp_path / "sitecustomize.py").write_text(
        "import puntlanding.cli.commands as c\ndef broken(*_): raise KeyError('x')\nc.load_case = broken\n",
        encoding="utf-8",
    )
    done = script("check", EXAMPLE, env={"PYTHONPATH": str(tmp_path)})
    assert done.returncode == 70
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="pipes of POSIX shells")
@pytest.mark.parametrize("reader", ["head -1", "head -c 1", "true"])
def test_a_reader_that_stops_early(tmp_path, reader):
    case = tmp_path / "demo"
    assert run("demo", "collective", case).status == 0
    bad = write_folder(tmp_path / "bad", begroting="vakgroep,norm_fte\n" + "KNO,x\n" * 5000)
    for command in (
        f"settle {case} --json --explain Totaal",
        f"run {case}",
        f"check {bad} --json",
        f"check {bad} 2>&1",
        "--help",
    ):
        shell = f"set -o pipefail; {SCRIPT} {command} | {reader}"
        done = subprocess.run(["bash", "-c", shell], capture_output=True, check=False, timeout=60)
        assert b"Traceback" not in done.stderr, command
        assert b"Broken" not in done.stderr, command
        assert b"Exception" not in done.stderr, command


def test_encodings_that_cannot_write_dutch(tmp_path):
    case = write_folder(
        tmp_path,
        vakgroepen="vakgroep,specialisme,rol\nOrthopædie,0305,poort\n",
        begroting="vakgroep,norm_fte\nOrthopædie,1\n",
        realisatie="vakgroep,norm_fte\nOrthopædie,x\n",
    )
    usual = {command: script(command, case) for command in ("budget", "settle")}
    for env in (
        {"LANG": "C", "LC_ALL": "C"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
        {"PYTHONUTF8": "0", "LC_ALL": "POSIX"},
    ):
        for command, expected in usual.items():
            done = script(command, case, env=env)
            assert (done.returncode, done.stdout, done.stderr) == (
                expected.returncode,
                expected.stdout,
                expected.stderr,
            ), env
    assert "Orthopædie" in usual["settle"].stderr.decode() or "realisatie.csv" in usual["settle"].stderr.decode()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only where a device is always full")
@pytest.mark.parametrize(
    "words", [["settle", EXAMPLE], ["settle", EXAMPLE, "--json"], ["agreement", "schema"], ["--help"]]
)
@pytest.mark.parametrize(("lang", "said"), [("nl", "(de schijf is vol)"), ("en", "(the disk is full)")])
def test_a_result_that_does_not_fit_where_it_is_sent(words, lang, said):
    """`> result.json` on a full disk is no fault of the program, and half a result is not called whole."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [SCRIPT, "--lang", lang, *words], stdout=full, stderr=subprocess.PIPE, check=False, timeout=60
        )
    assert done.returncode == 1
    assert said in done.stderr.decode()
    assert "Exception" not in done.stderr.decode()


def test_nobody_listens(tmp_path):
    """Standard output or error closed beforehand, as some schedulers do."""
    for closed in (">&-", "2>&-", ">&- 2>&-"):
        words = f"{shlex.quote(str(SCRIPT))} settle {shlex.quote(str(EXAMPLE))} --csv {shlex.quote(str(tmp_path / 'uit'))} {closed}"
        done = subprocess.run(["/bin/sh", "-c", words], capture_output=True, check=False, timeout=60)
        assert (done.returncode, done.stderr) == (0, b""), closed
        assert (tmp_path / "uit").is_dir()
        shutil.rmtree(tmp_path / "uit")


def test_the_same_input_gives_the_same_bytes(tmp_path):
    case = tmp_path / "demo"
    assert run("demo", "collective", case).status == 0
    files = set()
    outputs = set()
    for seed in ("0", "1", "4242"):
        out = tmp_path / seed
        done = script("run", case, "--json", "--csv", out, "--xlsx", out / "uit.xlsx", env={"PYTHONHASHSEED": seed})
        assert done.returncode == 0
        outputs.add(done.stdout)
        files.add(tuple((path.name, path.read_bytes()) for path in sorted(out.iterdir())))
        shown = script("run", case, env={"PYTHONHASHSEED": seed, "COLUMNS": seed})
        outputs.add(shown.stdout)
    assert len(outputs) == 2
    assert len(files) == 1


def test_the_demonstration_collective_is_the_same_each_time(tmp_path):
    for name in ("a", "b"):
        assert (
            script(
                "demo", "collective", tmp_path / name, env={"PYTHONHASHSEED": "7" if name == "a" else "8"}
            ).returncode
            == 0
        )
    first, second = ({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("a", "b"))
    assert first == second


def test_as_a_module():
    done = subprocess.run(
        [sys.executable, "-m", "puntlanding", "settle", EXAMPLE], capture_output=True, check=False, timeout=60
    )
    assert done.returncode == 0
    assert done.stdout == script("settle", EXAMPLE).stdout


def test_warnings_go_to_standard_error_and_results_to_standard_output(tmp_path):
    case = write_folder(tmp_path, disutility="vakgroep,waarde\nKNO,1\n")
    done = script("settle", case)
    assert done.returncode == 0
    assert b"let op: disutility.csv" in done.stderr
    assert b"let op" not in done.stdout
    assert b"Traceback" not in done.stderr


HEAD = '[afspraak]\norganisatie = "MSB"\njaar = 2026\n'
CONTRACT = '[[contract]]\nnaam = "{}"\nsoort = "{}"\n'
ROWS = "Heelkunde,{0},5\nKNO,{0},4\nRadiologie,{0},3\n"
COLUMNS = "vakgroep,contract,norm_fte\n"


@pytest.mark.parametrize(
    ("types", "realised", "sentence"),
    [
        (("aanneemsom", "aanneemsom"), "", "er is geen realisatie opgegeven of nodig."),
        (("plafond", "aanneemsom"), "A", "niet van elk contract is een realisatie opgegeven."),
        (("plafond", "aanneemsom"), "AB", "bij 24,00 begroot en 24,00 gerealiseerd."),
    ],
)
def test_the_first_sentence_says_what_is_known_of_the_realisation(tmp_path, types, realised, sentence):
    """A group that is paid on what it realised must not read that no realisation was needed."""
    agreement = HEAD + "".join(CONTRACT.format(*pair) for pair in zip("AB", types, strict=True))
    tables = {"begroting": "AB", "realisatie": realised}
    files = {name: COLUMNS + "".join(map(ROWS.format, contracts)) for name, contracts in tables.items()}
    outcome = run("settle", write_folder(tmp_path, afspraak__toml=agreement, **files))
    assert outcome.status == 0, outcome.err
    assert sentence in " ".join(outcome.out.split())


LONG = (
    "Een vakgroep met een naam die langer is dan een regel van honderd tekens kan zijn, en dan ook nog een staart heeft"
)


@pytest.mark.parametrize("name", [LONG, "日本" * 60, "x" * 300])
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_long_name_is_cut_and_never_a_number(tmp_path, name, lang):
    """Nor is a column left out, whatever the numbers."""
    rows = f"vakgroep;contract;norm_fte\nHeelkunde;A;5\nRadiologie;A;4\n{name};A;"
    agreement = f"{HEAD}\n{CONTRACT.format('A', 'plafond')}\n[kader]\nbedrag = 999_999_999_999.99\n"
    groups = f"vakgroep;specialisme;rol\nHeelkunde;0303;poort\nRadiologie;0362;ondersteunend\n{name};0320;poort\n"
    case = write_folder(
        tmp_path,
        afspraak__toml=agreement,
        vakgroepen=groups,
        begroting=f"{rows}123456,78\n",
        realisatie=f"{rows}123457,89\n",
    )
    outcome = run("run", case, "--lang", lang)
    assert outcome.status == 0, outcome.err
    lines = outcome.out.splitlines()
    assert max(map(len, lines)) <= 100
    cut = [line for line in lines if "…" in line]
    assert cut
    assert all("…" not in line[line.index("…") + 1 :] for line in cut)
    assert all(line.startswith(name[:15]) for line in cut)


def test_two_names_that_only_capitals_tell_apart_are_explained_each(tmp_path):
    rows = "vakgroep,norm_fte\nOog,5\nOOG,4\n"
    case = write_folder(
        tmp_path, afspraak__toml=HEAD + CONTRACT.format("A", "plafond"), begroting=rows, realisatie=rows,
        vakgroepen="vakgroep,specialisme,rol\nOog,0301,poort\nOOG,0302,poort\n",
    )  # fmt: skip
    for name, fte in (("Oog", "5,00"), ("OOG", "4,00"), (" OOG ", "4,00"), ("oog", "5,00")):
        assert f"norm fte = {fte}" in run("budget", case, "--explain", name).out


@pytest.mark.parametrize(("lang", "said"), [("nl", "voor 1 vakgroep."), ("en", "for 1 group.")])
def test_a_collective_of_one_group(tmp_path, lang, said):
    case = write_folder(
        tmp_path, afspraak__toml=HEAD + CONTRACT.format("A", "aanneemsom"), begroting="vakgroep,norm_fte\nOog,5\n",
        vakgroepen="vakgroep,specialisme,rol\nOog,0301,poort\n", realisatie="vakgroep,norm_fte\nOog,5\n",
    )  # fmt: skip
    assert said in run("budget", case, "--lang", lang).out


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0, reason="only who may do anything can be somebody who may not"
)
@pytest.mark.parametrize(
    "words",
    [
        ["run", "dicht"], ["agreement", "check", "dicht"], ["agreement", "check", "dicht/afspraak.toml"], ["verify", "dicht/x.json"],
        ["agreement", "diff", "dicht/afspraak.toml", "dicht"], ["years", "dicht", "dicht"], ["report", "dicht/dieper", "--all", "x"],
    ],
)  # fmt: skip
@pytest.mark.parametrize(("lang", "said"), [("nl", "geen toegang"), ("en", "access")])
def test_a_folder_that_may_not_be_looked_into(words, lang, said):
    """Not in the folder for tests of one user, that another may not enter at all."""
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        folder = write_folder(Path(place) / "dicht")
        (folder / "dieper").mkdir()
        run(*words, "--lang", lang, cwd=Path(place))  # then everything is read that the program itself is made of
        folder.chmod(0)
        os.seteuid(65534)
        try:
            outcome = run(*words, "--lang", lang, cwd=Path(place))
        finally:
            os.seteuid(0)
        assert outcome.status in (1, 2), outcome.err
        assert said in outcome.err
        folder.chmod(0o755)
