"""The intake's commands as a user meets them: month after month, on a terminal and off it, interrupted and all at once."""

from __future__ import annotations

import json
import os
import pty
import select
import shutil
import subprocess
import sys
import time
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from command import SCRIPT, run
from filelock import FileLock
from plain_export import write_export

from conftest import EXTRACTED
from puntlanding.cli.demo import VARIANTS
from puntlanding.cli.texts_intake import TEXTS_INTAKE
from puntlanding.demo.hospitals import Variant
from puntlanding.demo.write import FORMATS
from puntlanding.intake import READERS, readers
from puntlanding.records.store import Store
from puntlanding.records.store import store as store_module

pytestmark = pytest.mark.integration

DAY = "2026-03-31"


def where(root: Path, day: str = DAY) -> list[object]:
    return ["--hospital", "noord", "--store", root / "opslag", "--key", root / "sleutel", "--date", day]


def load(root: Path, source: Path, *options: object, day: str = DAY):
    return run("intake", "load", source, *where(root, day), *options)


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return write_export(tmp_path_factory.mktemp("export") / "levering", 40)


def last_lines(text: str) -> list[str]:
    """What a load says after the checks."""
    return text[text.index("Toon alles met --all.\n") :].splitlines()[1:]


def test_month_after_month_again_and_corrected(source, tmp_path):
    store, key = tmp_path / "opslag", tmp_path / "sleutel"
    first = load(tmp_path, source)
    assert (first.status, first.err) == (0, "")
    assert last_lines(first.out) == [
        f"Geladen: noord, geopend in 2025, zoals bekend op 2026-03-31, in {store}.",
        f"Nieuwe sleutel gemaakt: {key}",
        "Bewaar er een kopie van op een veilige plek, niet bij de opslag. Zonder deze sleutel sluiten volgende leveringen niet aan.",
    ]
    kept = {one: one.read_bytes() for one in store.rglob("*") if one.is_file()}
    assert last_lines(load(tmp_path, source).out) == ["Niets gewijzigd: 2025 was zo al geladen voor 2026-03-31."]
    assert {one: one.read_bytes() for one in store.rglob("*") if one.is_file()} == kept

    corrected = write_export(tmp_path / "verbeterd", 40, diagnose="0122")
    lines = (corrected / "zorgactiviteiten.csv").read_text().splitlines(keepends=True)
    (corrected / "zorgactiviteiten.csv").write_text("".join(lines[:-1]))
    said = load(tmp_path, corrected, "--lang", "en").out
    assert said.splitlines()[-3:] == [
        "Replaced: 2025, as known on 2026-03-31. Difference from the earlier delivery:",
        "  subtrajecten: 40 altered (diagnose 40)",
        "  zorgactiviteiten: 1 gone",
    ]

    assert load(tmp_path, write_export(tmp_path / "april", 45), day="2026-04-30").status == 0
    found = Store(store)
    assert [(one.delivered, one.year) for one in found.deliveries("noord")] == [
        (date(2026, 3, 31), 2025),
        (date(2026, 4, 30), 2025),
    ]
    then = found.records("noord", 2025, date(2026, 4, 29)).trajectories.collect()
    now = found.records("noord", 2025).trajectories.collect()
    assert (then.height, now.height) == (40, 45)
    assert (set(then["diagnose"]), set(now["diagnose"])) == ({"0122"}, {"0121"})
    assert set(then["patient"]) <= set(now["patient"])  # the same key: the same people

    shown = run("intake", "store", store)
    assert [line.split()[:5] for line in shown.out.splitlines()[2:]] == [
        ["noord", "2026-03-31", "2025", "neutraal", "40"],
        ["noord", "2026-04-30", "2025", "neutraal", "45"],
    ]
    listed = json.loads(run("intake", "store", store, "--json").out)["leveringen"]
    assert [one["subtrajecten"] for one in listed] == [40, 45]
    assert list(listed[0]) == [
        "ziekenhuis", "geleverd_op", "jaar", "lezer", "subtrajecten", "zorgactiviteiten", "let_op", "map",
    ]  # fmt: skip


def test_a_lost_key_is_never_replaced_by_another(source, tmp_path):
    assert load(tmp_path, source).status == 0
    (tmp_path / "sleutel").unlink()
    before = {one: one.read_bytes() for one in (tmp_path / "opslag").rglob("*") if one.is_file()}
    outcome = load(tmp_path, source, day="2026-04-30")
    assert outcome.status == 1
    assert "Het sleutelbestand kan niet worden gelezen" in outcome.err
    assert not (tmp_path / "sleutel").exists()
    assert {one: one.read_bytes() for one in (tmp_path / "opslag").rglob("*") if one.is_file()} == before


def test_json_is_one_record_with_its_keys_in_order(source, tmp_path):
    checked = run("intake", "check", source, "--json", "--date", DAY)
    record = json.loads(checked.out)
    assert (checked.status, checked.err) == (0, "")
    loaded = json.loads(load(tmp_path, source, "--json").out)
    assert list(record) == list(loaded) == KEYS
    assert record["fouten"] == []
    assert record["geladen"] is None
    assert loaded["geladen"] == {
        "opslag": str(tmp_path / "opslag"), "bekend_op": DAY, "nieuw": [2025], "ongewijzigd": [], "vervangen": {},
        "sleutel_gemaakt": str(tmp_path / "sleutel"),
    }  # fmt: skip
    refused = load(tmp_path, source, "--json", "--years", "2019")
    assert refused.status == 1
    assert refused.err == ""
    assert list(json.loads(refused.out)) == KEYS
    assert "er is niets geladen" not in refused.out
    assert json.loads(refused.out)["fouten"][0]["bestand"] == "levering"
    english = json.loads(run("intake", "check", source, "--json", "--date", DAY, "--lang", "en").out)
    assert list(english) == KEYS


KEYS = [
    "fouten", "antwoord", "kan_worden_geladen", "ziekenhuis", "geleverd_op", "lezer", "bronnen", "aantallen", "jaren",
    "zonder_datum", "controles", "geladen",
]  # fmt: skip


class _Balanced(HTMLParser):
    """Every element is closed where it should be, and nothing comes from elsewhere."""

    EMPTY = frozenset({"meta", "link", "br", "hr", "img", "input", "col"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.met: list[str] = []
        self.titles: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.met.append(tag)
        assert not any("://" in (value or "") or (value or "").startswith("//") for _, value in attributes)
        if tag == "html":
            assert dict(attributes)["lang"] in ("nl", "en")
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert tag in self.EMPTY
        self.handle_starttag(tag, attributes)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("title", "h1"):
            self.titles.append(data.strip())


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_is_whole_and_stands_alone(source, tmp_path, language):
    page = tmp_path / "nieuw" / "controle.html"
    outcome = run("intake", "check", source, "--page", page, "--date", DAY, "--lang", language)
    assert outcome.out.splitlines()[-1] == f"{'Geschreven' if language == 'nl' else 'Written'}: {page}"
    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>")
    found = _Balanced(text)
    assert set(found.met) >= {"html", "head", "title", "body", "h1", "table"}
    assert "<script" not in text
    assert (
        found.titles[0] == {"nl": "Kan deze levering geladen worden?", "en": "Can this delivery be loaded?"}[language]
    )
    assert [one.name for one in page.parent.iterdir()] == ["controle.html"]


def test_formats_are_named_alike_everywhere():
    """The help is written by hand; the registry, the generator and the variants are not."""
    said = run("intake", "check", "--help").out
    assert f"[{'|'.join(READERS)}]" in said.replace("\n", "").replace(" ", "")
    assert tuple(readers()) == tuple(READERS)
    listed = [line.split()[0] for line in run("intake", "formats").out.splitlines() if not line.startswith(" ")]
    assert listed == list(READERS)
    for text in TEXTS_INTAKE["opt_formats"]:
        assert text.rstrip(".").partition(": ")[2].split(", ") == list(FORMATS)
    assert tuple(Variant) == VARIANTS


def test_codes_and_national_figures(tmp_path):
    assert run("demo", "generate", tmp_path / "d", "--scale", "0.001", "--format", "hix,opendis,nza").status == 0
    codes = run("intake", "codes", tmp_path / "d" / "nza", "--date", "2025-06-30")
    assert (codes.status, codes.err) == (0, "")
    assert "zorgproducten" in codes.out.lower()
    english = run("intake", "codes", tmp_path / "d" / "nza", "--date", "2025-06-30", "--lang", "en")
    assert english.out != codes.out
    national = run("intake", "national", tmp_path / "d" / "opendis", tmp_path / "landelijk")
    assert (national.status, national.err) == (0, "")
    assert national.out.splitlines()[-1] == f"Geschreven: {tmp_path / 'landelijk'}"
    written = {one.name: one.read_bytes() for one in (tmp_path / "landelijk").iterdir()}
    assert run("intake", "national", tmp_path / "d" / "opendis", tmp_path / "landelijk").status == 0
    assert {one.name: one.read_bytes() for one in (tmp_path / "landelijk").iterdir()} == written
    hix = tmp_path / "d" / "ziekenhuis-01" / "hix"
    both = ("--nza", tmp_path / "d" / "nza", "--national", tmp_path / "landelijk", "--date", "2026-06-30")
    without, with_codes = (json.loads(run("intake", "check", hix, "--json", *how).out) for how in (both[4:], both))
    skipped = [
        sum(one["uitkomst"] == "niet gecontroleerd" for one in each["controles"]) for each in (without, with_codes)
    ]
    assert skipped[1] < skipped[0]


def test_a_draft_that_is_right_reads_the_delivery_unchanged(exported, tmp_path):
    koppeling = tmp_path / "koppeling.toml"
    drafted = run("intake", "map", exported["neutraal"], "--output", koppeling)
    assert drafted.status == 0
    assert run("intake", "map", exported["neutraal"], "--output", koppeling).status == 1
    day = EXTRACTED.isoformat()
    assert load(tmp_path, exported["neutraal"], day=day).status == 0
    again = load(tmp_path, exported["neutraal"], "--mapping", koppeling, day=day)
    assert last_lines(again.out) == [f"Niets gewijzigd: 2024, 2025 was zo al geladen voor {day}."]


# --- at a terminal ------------------------------------------------------------------------------------------------------

# A disk that takes a second and a half over one file; then the command as it is.
SLOW = """
import sys, time
def hook(event, arguments, waited=[]):
    if event == "open" and str(arguments[0]).endswith("zorgactiviteiten.csv") and not waited:
        waited.append(1)
        time.sleep(float(sys.argv[1]))
sys.addaudithook(hook)
from puntlanding.cli.main import main
sys.exit(main(sys.argv[2:]))
"""


def at_terminal(command: list[str]) -> tuple[int, str]:
    """The exit status, and what a person sees on standard error."""
    ours, theirs = pty.openpty()
    try:
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=theirs, env={**os.environ, "TERM": "xterm", "COLUMNS": "100"}
        )
        os.close(theirs)
        seen = b""
        while select.select([ours], [], [], 30)[0]:
            try:
                seen += os.read(ours, 65_536)
            except OSError:  # the other side is closed: the process has ended
                break
        return process.wait(10), seen.decode()
    finally:
        os.close(ours)


def slow(seconds: float, source: Path) -> list[str]:
    return [sys.executable, "-c", SLOW, str(seconds), "intake", "check", str(source), "--date", DAY]


def test_what_takes_over_a_second_shows_how_far_it_is(source):
    status, seen = at_terminal(slow(1.6, source))
    assert status == 0
    assert "Lezen" in seen
    assert "━" in seen
    assert seen.rstrip().endswith(("\x1b[2K", "\x1b[?25h", "\x1b[1A\x1b[2K"))  # gone when it is done


def test_what_is_quick_shows_nothing(source):
    assert at_terminal(slow(0, source)) == (0, "")


def test_off_a_terminal_nothing_is_shown_however_long_it_takes(source):
    done = subprocess.run(slow(1.6, source), capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\x1b" not in done.stdout


def test_a_reader_that_stops_reading_is_no_error(source, tmp_path):
    for words in (
        ["intake", "check", str(source), "--all", "--date", DAY],
        ["intake", "load", str(source), *map(str, where(tmp_path))],
    ):
        process = subprocess.Popen([str(SCRIPT), *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdout.close()
        assert process.stderr.read() == b""
        process.stderr.close()
        assert process.wait(30) == 0
    assert Store(tmp_path / "opslag").hospitals() == ("noord",)


# --- interrupted, and at the same time ----------------------------------------------------------------------------------

# Ctrl-C just before the n-th time that Python touches what is named.
INTERRUPTED = """
import os, signal, sys
n, names, seen = int(sys.argv[1]), sys.argv[2].split(os.pathsep), 0
def hook(event, arguments):
    global seen
    if event in ("open", "os.rename", "os.mkdir") and any(str(one).startswith(tuple(names)) for one in arguments[:2]):
        seen += 1
        if seen == n:
            os.kill(os.getpid(), signal.SIGINT)
sys.addaudithook(hook)
from puntlanding.cli.main import main
sys.exit(main(sys.argv[3:]))
"""


def test_ctrl_c_leaves_the_store_as_it_was(source, tmp_path):
    assert load(tmp_path, source).status == 0
    whole = shutil.copytree(tmp_path / "opslag", tmp_path / "zoals_het_was")
    corrected = write_export(tmp_path / "verbeterd", 40, diagnose="0122")

    def index(root: Path) -> bytes:
        return (root / "noord" / "leveringen.json").read_bytes()

    outcomes = []
    for place, moments in ((corrected, (1, 3)), (tmp_path / "opslag", (2, 5, 8, 11))):
        for moment in moments:
            command = [sys.executable, "-c", INTERRUPTED, str(moment), str(place), "intake", "load", str(corrected)]
            done = subprocess.run(
                [*command, *map(str, where(tmp_path))], capture_output=True, text=True, check=False, timeout=60
            )
            outcomes.append((done.returncode, done.stderr, index(tmp_path / "opslag") == index(whole)))
            assert "Geladen" not in done.stdout
    assert outcomes == [(130, "", True)] * 6
    again = load(tmp_path, corrected)
    assert "40 gewijzigd (diagnose 40)" in again.out
    assert load(tmp_path, corrected).status == 0  # sweeps what the one before replaced
    assert len(list((tmp_path / "opslag" / "noord").iterdir())) == 3  # the delivery, the index, the lock


def test_two_loads_at_the_same_time(source, tmp_path):
    """One waits for the other; whichever is last, counts, and what it says of the other is right."""
    assert load(tmp_path, source, day="2026-03-30").status == 0  # the key is there
    corrected = write_export(tmp_path / "verbeterd", 40, diagnose="0122")
    loads = [
        subprocess.Popen([str(SCRIPT), "intake", "load", str(one), *map(str, where(tmp_path))], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for one in (source, corrected)
    ]  # fmt: skip
    said = [one.communicate(timeout=60)[0] for one in loads]
    assert [one.returncode for one in loads] == [0, 0], said
    assert sorted(("Geladen: noord" in one, "40 gewijzigd (diagnose 40)" in one) for one in said) == [
        (False, True),
        (True, False),
    ]
    last = said.index(next(one for one in said if "Vervangen" in one))
    kept = Store(tmp_path / "opslag").records("noord", 2025).trajectories.collect()
    assert set(kept["diagnose"]) == {("0121", "0122")[last]}


def test_two_first_loads_at_the_same_time_make_one_key(source, tmp_path):
    loads = [
        subprocess.Popen([str(SCRIPT), "intake", "load", str(source), *map(str, where(tmp_path, f"2026-0{month}-28"))], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for month in (3, 4, 5)
    ]  # fmt: skip
    said = [one.communicate(timeout=60)[0] for one in loads]
    statuses = [one.returncode for one in loads]
    assert set(statuses) <= {0, 1}, said
    assert 0 in statuses
    # Whoever came second either links with the same key or was refused: never two keys in one store.
    patients = {tuple(Store(tmp_path / "opslag").records("noord", 2025, one.delivered).trajectories.collect()["patient"].sort())
                for one in Store(tmp_path / "opslag").deliveries("noord")}  # fmt: skip
    assert len(patients) == 1
    assert len(Store(tmp_path / "opslag").deliveries("noord")) == statuses.count(0)
    assert load(tmp_path, source, day="2026-06-28").status == 0
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith((".", "sleutel"))] == ["sleutel"]


def test_a_store_that_stays_busy_is_said_to_be_so(source, tmp_path, monkeypatch):
    assert load(tmp_path, source).status == 0
    monkeypatch.setattr(store_module, "LOCK_PATIENCE", 0.2)
    with FileLock(tmp_path / "opslag" / "noord" / ".slot"):
        start = time.perf_counter()
        outcome = load(tmp_path, source, day="2026-04-30")
    assert time.perf_counter() - start < 5
    assert (outcome.status, outcome.err) == (
        1,
        "noord\n  Er wordt al een levering van dit ziekenhuis geladen. Wacht tot die klaar is en probeer het dan opnieuw.\n"
        "\n1 fout; er is niets geladen.\n",
    )
