"""The folder of a demonstration: cases that compute fully, the same bytes each time, all of it or nothing."""

from __future__ import annotations

import csv
import hashlib
import json
from datetime import date
from fractions import Fraction

import pytest
from command import run, script

from puntlanding.demo.exports import EXPORTS
from puntlanding.demo.write import FORMATS, write_demo

pytestmark = pytest.mark.integration

SCALE, SEED = 0.05, 20


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    target = tmp_path_factory.mktemp("demonstratie") / "demo"
    write_demo(target, 2, range(2024, 2026), SCALE, SEED, formats=["neutraal"])
    return target


def hashes(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("year", [2024, 2025])
@pytest.mark.parametrize("hospital", ["ziekenhuis-01", "ziekenhuis-02"])
def test_a_case_computes_fully_and_norm_fte_comes_out_near_care_fte(folder, hospital, year):
    case = folder / hospital / f"gremium-{year}"
    found = run("run", case, "--json")
    assert found.status == 0, found.err
    outcome = json.loads(found.out)
    assert outcome.keys() == {"budget", "monitor", "settle", "distribute", "waarschuwingen", "verantwoording"}
    # Supporting groups have no efficiency figures, as in the national default since 2019.
    assert [one["bestand"] for one in outcome["waarschuwingen"]] == ["efficiency.csv"]
    care = care_fte(case)
    budgeted = {row["vakgroep"]: Fraction(row["norm_fte"]) for row in outcome["budget"]["vakgroepen"]}
    assert list(budgeted) == list(care)
    # By calibration the hospitals together are at their fte; one of them, and most of its groups, within 15 %.
    assert abs(sum(budgeted.values()) / sum(care.values()) - 1) < Fraction("0.15")
    near = [group for group, fte in care.items() if abs(budgeted[group] / fte - 1) < Fraction("0.15")]
    assert len(near) > len(care) / 2


def care_fte(case):
    """Half-days in 1a and 1b ÷ 10; a fellow counts for half (afspraak.toml)."""
    found = {}
    for row in csv.DictReader((case / "formatie.csv").read_text(encoding="utf-8").splitlines(), delimiter=";"):
        if row["categorie"] in ("1a", "1b"):
            weight = Fraction(1, 2) if row["functie"] == "anios" else 1
            days = Fraction(row["dagdelen_per_week"].replace(",", "."))
            found[row["vakgroep"]] = found.get(row["vakgroep"], 0) + weight * days / 10
    return found


def test_the_same_seed_gives_the_same_bytes_in_every_format(tmp_path):
    days = (date(2025, 6, 30), date(2025, 12, 31))
    for name in ("een", "twee"):
        write_demo(tmp_path / name, 2, range(2025, 2026), 0.002, SEED, formats=FORMATS, as_of=days)
    first = hashes(tmp_path / "een")
    assert first == hashes(tmp_path / "twee")
    assert {path.split("/")[1] for path in first if path.startswith("ziekenhuis-02")} == {*EXPORTS, "gremium-2025"}
    assert "ziekenhuis-02/hix/2025-06-30/EPISODE_DBCPER.csv" in first
    assert {"opendis/01_DBC.csv", "nza/zorgproducten.csv", "demo.json"} <= first.keys()
    write_demo(tmp_path / "drie", 2, range(2025, 2026), 0.002, SEED + 1, formats=FORMATS, as_of=days)
    assert hashes(tmp_path / "drie") != first


@pytest.mark.parametrize("threads", ["1", "3"])
def test_the_bytes_do_not_depend_on_the_machine(folder, tmp_path, threads):
    """Another number of threads, another seed of Python's own hashes, and the command instead of the function."""
    words = ("--hospitals", 2, "--years", "2024-2025", "--scale", SCALE, "--seed", SEED, "--format", "neutraal")
    env = {"POLARS_MAX_THREADS": threads, "PYTHONHASHSEED": threads}
    made = script("demo", "generate", tmp_path / "demo", *words, env=env)
    assert made.returncode == 0, made.stderr
    assert hashes(tmp_path / "demo") == hashes(folder)


def test_the_summary_counts_what_is_true_and_what_is_no_record(tmp_path):
    written = write_demo(tmp_path / "demo", 1, range(2025, 2026), 0.002, SEED, formats=["hix", "dwh"])
    summary = json.loads((tmp_path / "demo" / "demo.json").read_text(encoding="utf-8"))
    assert (summary["zaad"], summary["schaal"], summary["jaren"], summary["formaten"]) == (
        SEED, 0.002, [2025], ["dwh", "hix"],
    )  # fmt: skip
    (hospital,) = summary["ziekenhuizen"]
    trajectories = (tmp_path / "demo/ziekenhuis-01/dwh/Subtraject.csv").read_bytes().count(b"\n") - 1
    assert hospital["subtrajecten"] == trajectories == written[0].trajectories
    assert sum(hospital["geopend_per_jaar"].values()) == trajectories
    kinds = hospital["geen_records"]["hix"]
    rows = (tmp_path / "demo/ziekenhuis-01/hix/EPISODE_DBCPER.csv").read_bytes().count(b"\n") - 1
    assert rows == trajectories + kinds["hix_cancelled"] + kinds["hix_local_type"]


def test_what_is_there_already_stays(tmp_path):
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "eigen.txt").write_text("van mij")
    with pytest.raises(FileExistsError):
        write_demo(tmp_path / "demo", 1, range(2025, 2026), 0.002, SEED)
    assert [path.name for path in tmp_path.rglob("*")] == ["demo", "eigen.txt"]


def test_an_interrupted_demonstration_leaves_nothing(tmp_path):
    def stop(rows):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_demo(tmp_path / "demo", 1, range(2025, 2026), 0.002, SEED, progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_progress_counts_every_row_once_per_format(tmp_path):
    seen = []
    (written,) = write_demo(
        tmp_path / "demo", 1, range(2025, 2026), 0.002, SEED, formats=["neutraal", "dwh"], progress=seen.append
    )
    assert seen == [written.trajectories + written.activities] * 2
