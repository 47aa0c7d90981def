"""Every bad delivery: the whole text that a user reads, and a store that is byte for byte what it was.

`golden_intake/<case>.nl.txt` and `.en.txt` hold what the command prints; PUNTLANDING_UPDATE_GOLDEN=1 writes them anew.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from bad_exports import CASES, Bad
from command import SCRIPT, run
from plain_export import write_export
from small_exports import EXPORTS
from test_hostile_files import as_somebody_else

pytestmark = pytest.mark.integration

GOLDEN = Path(__file__).parent / "golden_intake"
UPDATE = os.environ.get("PUNTLANDING_UPDATE_GOLDEN") == "1" and os.environ.get("CI", "").lower() != "true"
DAY = "2026-03-31"


def state(folder: Path) -> dict[str, bytes | None]:
    """Every file and folder, and what is in it."""
    return {str(one.relative_to(folder)): one.read_bytes() if one.is_file() else None for one in folder.rglob("*")}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A store in which three hospitals have a delivery, and the key of all: what a bad delivery must leave alone."""
    root = tmp_path_factory.mktemp("bureau")
    write_export(root / "eerder", 40, 2024)
    write_export(root / "groot", 200, 2025)
    EXPORTS["zh308"](root / "zuid")
    data = (root / "zuid" / "vecozo.asc").read_bytes().replace(b"06010101", b"06030303")
    (root / "zuid" / "vecozo.asc").write_bytes(data)
    for hospital, source in (("noord", "eerder"), ("groot", "groot"), ("zuid", "zuid")):
        done = run(
            "intake",
            "load",
            source,
            "--hospital",
            hospital,
            "--store",
            "opslag",
            "--key",
            "sleutel",
            "--date",
            DAY,
            cwd=root,
        )
        assert done.status == 0, done.out + done.err
    shutil.copy(root / "sleutel", root / "andere")
    text = (root / "sleutel").read_text().split()
    (root / "andere").write_text(f"{text[0]}\n{text[1][::-1]}\n")
    return root


def delivered(bad: Bad, desk: Path, folder: Path) -> None:
    EXPORTS[bad.form or "neutraal"](folder / "levering")
    shutil.copytree(desk / "opslag", folder / "opslag")
    for key in ("sleutel", "andere"):
        shutil.copy2(desk / key, folder / key)
    bad.make(folder)


def words(bad: Bad) -> list[str]:
    given = {"--hospital": "noord", "--store": "opslag", "--key": "sleutel", "--date": DAY}
    if bad.form:
        given["--format"] = bad.form
    given |= dict(zip(bad.options[::2], bad.options[1::2], strict=True))
    return ["intake", "load", bad.source, *(word for pair in given.items() for word in pair)]


@pytest.mark.parametrize("name", CASES)
def test_what_is_said_and_that_nothing_changes(name, desk, tmp_path):
    bad = CASES[name]
    delivered(bad, desk, tmp_path)
    before = state(tmp_path)
    for language in ("nl", "en"):
        outcome = run(*words(bad), "--lang", language, cwd=tmp_path)
        assert outcome.status == (2 if name == "vorm_onbekend" else 1), outcome.out + outcome.err
        text = outcome.out + outcome.err
        assert "Traceback" not in text
        assert str(tmp_path) not in text
        assert text.replace("\n", "").isprintable()
        expected = GOLDEN / f"{name}.{language}.txt"
        if UPDATE:
            GOLDEN.mkdir(exist_ok=True)
            expected.write_text(text, encoding="utf-8", newline="\n")
        assert text == expected.read_text(encoding="utf-8")
    assert state(tmp_path) == before


def test_every_golden_text_has_its_case():
    assert {one.name for one in GOLDEN.iterdir()} == {
        f"{name}.{language}.txt" for name in CASES for language in ("nl", "en")
    }


@pytest.mark.parametrize("form", EXPORTS)
def test_the_exports_that_are_spoiled_are_sound(form, desk, tmp_path):
    delivered(Bad(lambda folder: None, form), desk, tmp_path)
    outcome = run(*words(Bad(lambda folder: None, form)), cwd=tmp_path)
    assert outcome.status == 0, outcome.out + outcome.err


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\r\n", "\n"),
        lambda text: text.replace("\r\n", "\n").replace("\n", "\r\n"),
        lambda text: text.replace("\r\n", "\n").replace("\n", "\r\n", 7),
        lambda text: "\ufeff" + text,
        lambda text: text + "\r\n\r\n",
        lambda text: text.replace("SUB", "\u00a0SUB"),
        lambda text: "\n".join(",".join(f'"{cell}"' for cell in re.split("[;,]", line)) for line in text.splitlines()),
        lambda text: text.rstrip("\r\n"),
    ],
    ids=["lf", "crlf", "lf_and_crlf", "bom", "empty_lines", "hard_blanks", "quotes", "no_last_line_end"],
)
@pytest.mark.parametrize("form", ["neutraal", "dwh", "hix"])
def test_what_is_untidy_and_clear_is_loaded_as_if_it_were_tidy(form, change, tmp_path):
    EXPORTS[form](tmp_path / "netjes")
    EXPORTS[form](tmp_path / "slordig")
    for path in (tmp_path / "slordig").iterdir():
        text = path.read_bytes().decode()
        path.write_bytes(
            change(text).encode() if path.stem.lower().startswith(("sub", "episode_dbcper")) else text.encode()
        )
    where = ("--format", form, "--hospital", "h", "--store", tmp_path / "o", "--key", tmp_path / "k", "--date", DAY)
    assert run("intake", "load", tmp_path / "netjes", *where).status == 0
    again = run("intake", "load", tmp_path / "slordig", *where)
    assert again.status == 0, again.out + again.err
    assert "Niets gewijzigd: 2025 was zo al geladen" in again.out


@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX systems")
@pytest.mark.parametrize("most", [0, 100, 6000])
def test_a_full_disk(most, desk, tmp_path):
    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    write_export(tmp_path / "levering", 4000, 2025)
    shutil.copytree(desk / "opslag", tmp_path / "opslag")
    shutil.copy2(desk / "sleutel", tmp_path / "sleutel")
    before = state(tmp_path)
    done = subprocess.run(
        [str(SCRIPT), *words(CASES["bron_bestaat_niet"])[:2], "levering", *words(CASES["bron_bestaat_niet"])[3:]],
        cwd=tmp_path, capture_output=True, text=True, check=False, preexec_fn=full,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (
        1,
        "opslag: ‘opslag’\n"
        "  Hier kan niet worden geschreven (het bestand wordt groter dan hier mag). Kies een andere plaats, of sluit het bestand als het "
        "open staat.\n"
        "\n1 fout; er is niets geladen.\n",
    )
    assert state(tmp_path) == before


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX systems")
@pytest.mark.parametrize("form", EXPORTS)
def test_files_and_folders_that_may_not_be_read(form):
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        folder = Path(name) / "levering"
        EXPORTS[form](folder)
        folder.chmod(0o755)
        assert run("intake", "check", folder, "--format", form, "--date", DAY).status == 0
        for file in sorted(folder.iterdir()):
            file.chmod(0)
            with as_somebody_else():
                outcome = run("intake", "check", folder, "--format", form, "--date", DAY)
            assert outcome.status == 1
            assert file.name in outcome.err
            assert "geen toegang" in outcome.err
            file.chmod(0o644)
        folder.chmod(0)
        with as_somebody_else():
            outcome = run("intake", "check", folder, "--format", form, "--date", DAY)
        folder.chmod(0o755)
        assert outcome.status == 1
        assert "geen toegang" in outcome.err
