"""Every message as a user sees it, a folder per case: what is printed is compared to the letter.

`golden/<name>/case` is the case, `command.txt` the command (default: check), `expected.*` what it prints.
PUNTLANDING_UPDATE_GOLDEN=1 writes the expectations anew, for a human to read in the difference; never under CI.
"""

from __future__ import annotations

import json
import os
import shlex
from pathlib import Path

import pytest
from command import Outcome, run

pytestmark = pytest.mark.integration

GOLDEN = Path(__file__).parent / "golden"
UPDATE = os.environ.get("PUNTLANDING_UPDATE_GOLDEN") == "1" and os.environ.get("CI", "").lower() != "true"
FOLDERS = sorted(folder.name for folder in GOLDEN.iterdir() if folder.is_dir())
# Nothing is wrong here but something is odd: a warning, and the case can be computed.
WARNINGS_ONLY = {
    "column_title_control_characters",
    "column_unknown_near_miss",
    "column_without_name",
    "component_list_idle",
    "component_pot_unknown",
    "component_rows_alike",
    "component_share_unusual",
    "component_without_frame",
    "file_unknown",
}


def printed(name: str, *options: str) -> Outcome:
    folder = GOLDEN / name
    text = folder / "command.txt"
    command, *rest = shlex.split(text.read_text(encoding="utf-8") if text.exists() else "check")
    # The tests run from the case's own folder, so that no path of this machine is in what is printed.
    return run(command, "case", *rest, *options, cwd=folder)


@pytest.mark.parametrize("name", FOLDERS)
@pytest.mark.parametrize(("option", "file"), [("--lang=nl", "nl.txt"), ("--lang=en", "en.txt"), ("--json", "json")])
def test_what_is_printed(name: str, option: str, file: str):
    outcome = printed(name, option)
    assert outcome.status == (0 if name in WARNINGS_ONLY else 1)
    text = outcome.out if option == "--json" else outcome.err or outcome.out
    expected = GOLDEN / name / f"expected.{file}"
    if UPDATE:
        expected.write_text(text, encoding="utf-8", newline="\n")
    assert text == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [name for name in FOLDERS if name not in WARNINGS_ONLY])
def test_bad_input_gives_only_errors_as_json(name: str):
    outcome = printed(name, "--json")
    content = json.loads(outcome.out)
    assert list(content) == ["fouten"]
    assert content["fouten"]
    for problem in content["fouten"]:
        assert list(problem) == ["bestand", "rij", "kolom", "waarde", "melding"]
        assert isinstance(problem["rij"], int | None)
    assert outcome.err == ""


@pytest.mark.parametrize("name", FOLDERS)
def test_nothing_from_a_file_steers_the_terminal(name: str):
    for option in ("--lang=nl", "--lang=en", "--json"):
        outcome = printed(name, option)
        assert (outcome.out + outcome.err).replace("\n", "").isprintable()


@pytest.mark.parametrize("name", FOLDERS)
def test_a_message_is_told_in_both_languages_with_the_same_places(name: str):
    """English messages are no copies of the Dutch ones, and as many."""
    dutch, english = (json.loads(printed(name, "--json", f"--lang={lang}").out) for lang in ("nl", "en"))
    for key in ("fouten", "waarschuwingen"):
        places = [[{**one, "melding": ""} for one in side.get(key, [])] for side in (dutch, english)]
        assert places[0] == places[1]
        for ours, theirs in zip(dutch.get(key, []), english.get(key, []), strict=True):
            assert ours["melding"] != theirs["melding"]


def test_the_goldens_are_never_rewritten_under_ci():
    assert not UPDATE or os.environ.get("CI", "").lower() != "true"
