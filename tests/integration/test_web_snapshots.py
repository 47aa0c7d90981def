"""Kept files are whole or not there, whatever happens while they are written."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from puntlanding.demo.collective import collective_files, write_collective
from puntlanding.problems import InputError
from puntlanding.web.cached import Cached, Recent
from puntlanding.web.snapshots import Snapshots, files_of

pytestmark = pytest.mark.integration

FILES = {name: text.encode() for name, text in collective_files().items()}
# Kills itself, as hard as `kill -9` does, just before the n-th time that Python touches a file of the snapshots.
KILLED_AT = """
import os, sys
n, root = int(sys.argv[1]), sys.argv[2]
seen = 0
def hook(event, arguments):
    global seen
    if event in ("open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.chmod", "shutil.rmtree", "os.listdir", "os.scandir"):
        if any(isinstance(one, (str, bytes, os.PathLike)) and root in os.fsdecode(one) for one in arguments):
            seen += 1
            if seen == n:
                os.kill(os.getpid(), 9)
from pathlib import Path
from puntlanding.demo.collective import collective_files
from puntlanding.web.snapshots import Snapshots
files = {name: text.encode() for name, text in collective_files().items()}
sys.addaudithook(hook)
Snapshots(Path(root)).keep(files)
print(seen)
"""


def killed(data, at):
    command = [sys.executable, "-c", KILLED_AT, str(at), str(data)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_the_command_line_reads_it_and_equal_files_are_one(tmp_path):
    from command import run

    kept = Snapshots(tmp_path / "data")
    write_collective(tmp_path / "case")
    (tmp_path / "case" / "aantekeningen.docx").write_bytes(b"niet van een case")
    snapshot = kept.keep(files_of(tmp_path / "case"))
    assert snapshot == kept.keep(dict(reversed(FILES.items())))
    assert kept.whole(snapshot)
    assert [one.name for one in kept.root.iterdir()] == [snapshot]
    assert run("settle", kept.folder(snapshot)).out == run("settle", tmp_path / "case").out


def test_its_name_is_what_sha256sum_says(tmp_path):
    kept = Snapshots(tmp_path)
    folder = kept.folder(kept.keep(FILES))
    lines = subprocess.run(
        ["sh", "-c", "LC_ALL=C; export LC_ALL; sha256sum -- * | sha256sum"], cwd=folder, capture_output=True, text=True, check=True
    )  # fmt: skip
    assert lines.stdout.split()[0] == folder.name


@pytest.mark.parametrize("at", [1, 2, 3, 4, 7, 10, 13, 16, 19, 22, 25, 26, 27, 28, 29, 30])
def test_a_killed_writer_leaves_it_whole_or_not_there(tmp_path, at):
    data = tmp_path / "data"
    kept = Snapshots(data)
    done = killed(data, at)
    whole = [one.name for one in kept.root.glob("*") if not one.name.startswith(".")] if kept.root.exists() else []
    assert done.returncode in (0, -9)
    assert all(kept.whole(name) for name in whole)
    snapshot = kept.keep(FILES)
    assert kept.whole(snapshot)
    assert whole in ([], [snapshot])


def test_the_moments_are_of_the_writing(tmp_path):
    """Otherwise the test above kills nothing."""
    seen = int(killed(tmp_path / "data", 0).stdout)
    assert 25 <= seen <= 60


def test_what_a_killed_writer_left_goes_when_it_is_a_day_old(tmp_path):
    kept = Snapshots(tmp_path)
    assert killed(tmp_path, 12).returncode == -9
    (left,) = kept.root.iterdir()
    kept.keep(FILES | {"kosten.csv": b"post;bedrag;sleutel\r\n"})
    assert left.exists()  # somebody may still be writing
    os.utime(left, (0, 0))
    kept.keep(FILES)
    assert not left.exists()


def test_many_at_once_keep_the_same(tmp_path):
    kept = Snapshots(tmp_path)
    with ThreadPoolExecutor(8) as threads:
        found = set(threads.map(lambda _: kept.keep(FILES), range(16)))
    (snapshot,) = found
    assert kept.whole(snapshot)
    assert [one.name for one in kept.root.iterdir()] == [snapshot]


@pytest.mark.parametrize(
    "name",
    ["../afspraak.toml", "/etc/x.csv", "a/b.csv", "a\\b.csv", ".verborgen.csv", "x.exe", "x.csv\n", "x.csv.zegel", "", ".csv",
     "c:x.csv", "x\0.csv", "a" * 120 + ".csv", "~$x.xlsx", "<b>.csv"],
)  # fmt: skip
def test_names_that_have_no_place_in_a_case(tmp_path, name):
    with pytest.raises(InputError) as told:
        Snapshots(tmp_path).keep(FILES | {name: b"x"})
    assert [problem.code for problem in told.value.problems] == ["snapshot_name"]
    assert not (tmp_path / "versions").exists()


@pytest.mark.parametrize(
    "name", ["afspraak-2026-07-01.toml", "afspraak.zegel.toml", "Vakgroepen (2).csv", "gegevens é.xlsx"]
)
def test_names_that_have(tmp_path, name):
    kept = Snapshots(tmp_path)
    assert kept.whole(kept.keep({name: b"x"}))


def test_too_much_nothing_and_the_same_twice(tmp_path):
    kept = Snapshots(tmp_path)
    for files, code in (
        ({}, "snapshot_empty"),
        ({f"{n}.csv": b"" for n in range(201)}, "snapshot_too_large"),
        ({"kosten.csv": b"a", "Kosten.csv": b"b"}, "file_twice"),
    ):
        with pytest.raises(InputError) as told:
            kept.keep(files)
        assert [problem.code for problem in told.value.problems] == [code]


def test_a_file_that_was_changed_or_taken_away_shows(tmp_path):
    kept = Snapshots(tmp_path)
    for number, change in enumerate((lambda one: one.unlink(), lambda one: one.write_bytes(b"anders"), lambda one: one.rename(one.with_name("x.csv")))):  # fmt: skip
        snapshot = kept.keep(FILES | {"kosten.csv": f"post;bedrag;sleutel\r\nA;{number};als_kader\r\n".encode()})
        file = kept.folder(snapshot) / "kosten.csv"
        file.chmod(0o600)
        change(file)
        assert not kept.whole(snapshot)
    assert not kept.whole("0" * 64)


@pytest.mark.parametrize("snapshot", ["", "..", "../versions", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_no_path_comes_from_outside(tmp_path, snapshot):
    with pytest.raises(ValueError, match="not a snapshot"):
        Snapshots(tmp_path).folder(snapshot)
    with pytest.raises(ValueError, match="not a name"):
        Cached(tmp_path).get(snapshot, "wat", lambda: b"")


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path, monkeypatch):
    """As far as can be told without a disk to fill: the system's own refusal while a file is written."""
    import resource

    code = (
        "import resource, signal, sys; from pathlib import Path\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "from puntlanding.web.snapshots import Snapshots; from puntlanding.problems import InputError\n"
        "try: Snapshots(Path(sys.argv[1])).keep({'a.csv': b'x', 'b.csv': b'x' * 9999})\n"
        "except InputError as error: print(error.problems[0].code, error.problems[0].details['reason'])\n"
    )
    assert resource.RLIMIT_FSIZE is not None
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["output_failed", "EFBIG"]
    assert list((tmp_path / "versions").iterdir()) == []


def test_what_is_cached_is_made_once_and_damage_only_costs_time(tmp_path):
    cached, made = Cached(tmp_path), []
    snapshot = "a" * 64

    def make():
        made.append(1)
        return b"een uitkomst"

    assert [cached.get(snapshot, "jaar.json", make) for _ in range(3)] == 3 * [b"een uitkomst"]
    assert len(made) == 1
    (kept,) = (one for one in tmp_path.rglob("jaar.json"))
    kept.write_bytes(kept.read_bytes()[:-1])
    assert cached.get(snapshot, "jaar.json", make) == b"een uitkomst"
    kept.unlink()
    assert cached.get(snapshot, "jaar.json", make) == b"een uitkomst"
    assert len(made) == 3
    (tmp_path / "file").write_bytes(b"")
    assert Cached(tmp_path / "file").get(snapshot, "jaar.json", make) == b"een uitkomst"


def test_the_last_few_are_kept_and_each_is_made_once(tmp_path):
    recent, made = Recent(2), []

    def make(key):
        return lambda: made.append(key) or key

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(lambda _: recent.get("a", make("a")), range(40))) == {"a"}
    assert made == ["a"]
    for key in ("b", "a", "c", "a", "b"):
        assert recent.get(key, make(key)) == key
    assert made == ["a", "b", "c", "b"]
    with pytest.raises(ZeroDivisionError):
        recent.get("d", lambda: 1 // 0)
    assert recent.get("d", make("d")) == "d"
