"""The store: what counts, what is replaced, what was known when, and what is refused."""

from __future__ import annotations

import json
from datetime import date

import polars as pl
import pytest
from filelock import FileLock
from small_delivery import activities, delivery, trajectories

from puntlanding.problems import InputError
from puntlanding.records.compare import Changes
from puntlanding.records.store import Store, store, write
from puntlanding.records.store.write import by_year
from puntlanding.records.tables import TableName

pytestmark = pytest.mark.unit

MAY, JUNE = date(2026, 5, 31), date(2026, 6, 30)
TWO = trajectories({}, {"subtraject_id": 2, "patient": 112})
ONE_ACT = activities({}, {"subtraject_id": 2, "za_code": "190013"})


def codes(found: pytest.ExceptionInfo[InputError]) -> list[str]:
    return [problem.code for problem in found.value.problems]


def files(root):
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_a_first_delivery_is_read_back_in_stored_order(tmp_path):
    kept = Store(tmp_path / "s")
    loaded = kept.load("noord", delivery(TWO.reverse(), ONE_ACT.reverse()))
    assert (loaded.added, loaded.unchanged, loaded.changes) == ((2026,), (), {})
    found = kept.records("noord", 2026)
    assert found.trajectories.collect()["subtraject_id"].to_list() == [1, 2]
    assert found.trajectories.collect().equals(TWO.drop("_rij"))
    assert found.activities.collect().equals(ONE_ACT.drop("_rij"))
    assert found.manifest["jaren"] == {"2026": {"subtrajecten": 2, "zorgactiviteiten": 2}}
    assert kept.hospitals() == ("noord",)


def test_the_files_have_codes_as_places_and_the_row_of_each_trajectory(tmp_path):
    kept = Store(tmp_path)
    kept.load("noord", delivery(TWO.reverse(), pl.concat([ONE_ACT, activities({}, {"za_code": "190013"})]).reverse()))
    found = kept.records("noord", 2026)
    assert found.by_row
    stored = found.stored_activities.collect()
    assert stored["za_code"].dtype == pl.Enum(["190013", "190060"])
    assert stored["subtraject_rij"].to_list() == [one - 1 for one in stored["subtraject_id"]]
    assert found.stored_trajectories.collect_schema()["afsluitreden"] == pl.Enum(
        found.trajectories.collect()["afsluitreden"].drop_nulls().unique().sort()
    )


def test_the_same_records_change_nothing_whatever_their_order_and_source(tmp_path):
    kept = Store(tmp_path)
    kept.load("noord", delivery(TWO, ONE_ACT))
    before = files(tmp_path)
    other = delivery(TWO.reverse(), ONE_ACT.reverse(), reader="hix", sources=())
    loaded = kept.load("noord", other)
    assert (loaded.added, loaded.unchanged, loaded.changes) == ((), (2026,), {})
    assert files(tmp_path) == before


def test_a_corrected_delivery_replaces_and_says_what_changed(tmp_path):
    kept = Store(tmp_path)
    kept.load("noord", delivery(TWO, ONE_ACT))
    corrected = trajectories({"diagnose": "0122", "zorgtype": "21"}, {"subtraject_id": 3})
    loaded = kept.load("noord", delivery(corrected, activities({}, {})))
    assert loaded.changes == {
        2026: {
            TableName.TRAJECTORIES: Changes(2, 2, 1, 1, 1, {"diagnose": 1, "zorgtype": 1}),
            TableName.ACTIVITIES: Changes(2, 2, 1, 1),
        }
    }
    assert len(kept.deliveries("noord")) == 1
    assert kept.records("noord", 2026).trajectories.collect()["diagnose"].to_list() == ["0122", "0121"]
    about = kept.records("noord", 2026).manifest["vervangt"]["2026"]["verschillen"]["subtrajecten"]
    assert about == {
        "eerst": 2,
        "nu": 2,
        "nieuw": 1,
        "weg": 1,
        "gewijzigd": 1,
        "kolommen": {"diagnose": 1, "zorgtype": 1},
    }


def test_who_reads_a_delivery_while_it_is_replaced_reads_on_until_the_next_load(tmp_path):
    kept = Store(tmp_path)
    kept.load("noord", delivery(TWO, ONE_ACT))
    reading = kept.records("noord", 2026).trajectories
    before = reading.collect()
    beside = tmp_path / "noord" / "case-2026"
    beside.mkdir()
    kept.load("noord", delivery(trajectories({"diagnose": "0122"}), ONE_ACT))
    assert reading.collect().equals(before)
    folders = [one for one in (tmp_path / "noord").iterdir() if one.is_dir() and one != beside]
    assert len(folders) == 2
    kept.load("noord", delivery(trajectories({"diagnose": "0122"}), ONE_ACT))
    left = [one for one in folders if one.is_dir()]
    assert [one.name for one in left] == [one.folder for one in kept.deliveries("noord")]
    assert beside.is_dir()


def test_only_the_years_that_a_delivery_brings_are_replaced(tmp_path):
    kept = Store(tmp_path)
    last = {"subtraject_id": 9, "openingsdatum": date(2025, 3, 3)}
    kept.load("noord", delivery(trajectories({}, last), activities({}, {"subtraject_id": 9})))
    kept.load("noord", delivery(trajectories({"diagnose": "0122"}), activities({})))
    assert [(one.delivered, one.year) for one in kept.deliveries("noord")] == [(MAY, 2025), (MAY, 2026)]
    assert kept.records("noord", 2025).trajectories.collect().height == 1
    assert kept.records("noord", 2026).trajectories.collect()["diagnose"].to_list() == ["0122"]
    # back to what it was: the folder of that content is still there, for 2025
    loaded = kept.load("noord", delivery(trajectories({}, last), activities({}, {"subtraject_id": 9})))
    assert loaded.unchanged == (2025,)
    assert list(loaded.changes) == [2026]
    assert kept.records("noord", 2026).trajectories.collect()["diagnose"].to_list() == ["0121"]
    assert kept.records("noord", 2025).activities.collect().height == 1


def test_what_was_known_then(tmp_path):
    kept = Store(tmp_path)
    kept.load("noord", delivery(TWO, ONE_ACT, JUNE))
    kept.load("noord", delivery(trajectories({"sluitdatum": None}), activities({}), MAY))  # an earlier one, later
    assert kept.records("noord", 2026, MAY).trajectories.collect()["sluitdatum"].to_list() == [None]
    assert kept.records("noord", 2026, date(2026, 6, 29)).kept.delivered == MAY
    assert kept.records("noord", 2026, JUNE).trajectories.collect().height == 2
    assert kept.records("noord", 2026).kept.delivered == JUNE
    with pytest.raises(InputError) as found:
        kept.records("noord", 2026, date(2026, 5, 30))
    assert codes(found) == ["nothing_known_then"]
    with pytest.raises(InputError) as found:
        kept.records("noord", 2025)
    assert codes(found) == ["year_not_in_store"]


def test_orphans_are_not_stored_and_counted(tmp_path):
    kept = Store(tmp_path)
    kept.load("noord", delivery(TWO, activities({}, {"subtraject_id": 77})))
    assert kept.records("noord", 2026).activities.collect()["subtraject_id"].to_list() == [1]
    assert kept.records("noord", 2026).manifest["niet_opgeslagen"] == {"subtrajecten": 0, "zorgactiviteiten": 1}


def test_another_key_or_institution_is_refused_and_nothing_changes(tmp_path):
    kept = Store(tmp_path)
    kept.load("noord", delivery(TWO, ONE_ACT, hospitals={"06010101": 2}))
    before = files(tmp_path)
    with pytest.raises(InputError) as found:
        kept.load("noord", delivery(TWO, ONE_ACT, JUNE, key_fingerprint="ffffff", hospitals={"06020202": 2}))
    assert codes(found) == ["other_key", "other_institution"]
    assert files(tmp_path) == before
    kept.load("noord", delivery(TWO, ONE_ACT, JUNE))  # a format that does not tell the institution
    assert kept.index("noord").institution == "06010101"


def test_two_hospitals_have_keys_of_their_own(tmp_path):
    kept = Store(tmp_path)
    kept.load("noord", delivery(TWO, ONE_ACT))
    kept.load("zuid", delivery(TWO, ONE_ACT, key_fingerprint="ffffff"))
    assert kept.hospitals() == ("noord", "zuid")


@pytest.mark.parametrize("name", ["", "Noord", "../noord", "noord/2", ".", "a" * 41, "no ord", "-noord", "con", "lpt1"])
def test_a_name_that_is_no_folder_everywhere(tmp_path, name):
    with pytest.raises(InputError) as found:
        Store(tmp_path).load(name, delivery(TWO, ONE_ACT))
    assert codes(found) == ["hospital_name"]
    assert not any(tmp_path.iterdir())


def test_a_folder_with_other_files_is_no_store(tmp_path):
    (tmp_path / "begroting.xlsx").write_bytes(b"x")
    with pytest.raises(InputError) as found:
        Store(tmp_path).load("noord", delivery(TWO, ONE_ACT))
    assert codes(found) == ["not_a_store"]
    assert files(tmp_path) == {"begroting.xlsx": b"x"}


def test_a_damaged_index_is_said_and_left_alone(tmp_path):
    kept = Store(tmp_path)
    kept.load("noord", delivery(TWO, ONE_ACT))
    index = tmp_path / "noord" / "leveringen.json"
    for text, code in [("{", "store_damaged"), ("[]", "store_damaged"), ('{"formaat": 9}', "store_format")]:
        index.write_text(text, encoding="utf-8")
        with pytest.raises(InputError) as found:
            kept.load("noord", delivery(TWO, ONE_ACT, JUNE))
        assert codes(found) == [code]
        assert index.read_text(encoding="utf-8") == text
    assert len([one for one in (tmp_path / "noord").iterdir() if one.is_dir()]) == 1


def test_what_a_killed_load_left_is_swept_by_the_next(tmp_path):
    kept = Store(tmp_path)
    kept.load("noord", delivery(TWO, ONE_ACT))
    home = tmp_path / "noord"
    (home / ".bezig-abc" / "2026").mkdir(parents=True)
    (home / "2026-06-30-000000000000").mkdir()
    (home / ".bezig-index").write_bytes(b"{")
    assert [one.delivered for one in kept.deliveries("noord")] == [MAY]
    kept.load("noord", delivery(TWO, ONE_ACT, JUNE))
    assert sorted(one.name[:10] for one in home.iterdir()) == [".slot", "2026-05-31", "2026-06-30", "leveringen"]


def test_a_second_load_at_the_same_time_is_told_to_wait(tmp_path, monkeypatch):
    kept = Store(tmp_path)
    kept.load("noord", delivery(TWO, ONE_ACT))
    monkeypatch.setattr(store, "LOCK_PATIENCE", 0.05)
    with FileLock(tmp_path / "noord" / ".slot"), pytest.raises(InputError) as found:
        kept.load("noord", delivery(TWO, ONE_ACT, JUNE))
    assert codes(found) == ["store_busy"]


def test_the_same_load_gives_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        Store(tmp_path / name).load("noord", delivery(TWO, ONE_ACT))
    assert files(tmp_path / "a") == files(tmp_path / "b")
    about = json.loads(next((tmp_path / "a").rglob("manifest.json")).read_text(encoding="utf-8"))
    assert about["bronnen"] == [{"naam": "a.csv", "bytes": 10, "sha256": "ff"}]


def test_what_has_no_opening_date_is_not_stored_and_its_activities_neither(tmp_path):
    kept = Store(tmp_path)
    kept.load("noord", delivery(trajectories({}, {"subtraject_id": 2, "openingsdatum": None}), ONE_ACT))
    assert kept.records("noord", 2026).activities.collect()["subtraject_id"].to_list() == [1]
    assert kept.records("noord", 2026).manifest["niet_opgeslagen"] == {"subtrajecten": 1, "zorgactiviteiten": 1}


def test_a_years_order_depends_on_nothing_but_that_year():
    """Places are numbered within the year: beside a large year, a small one has few bits for many trajectories."""
    many = pl.concat([trajectories({})] * 70_000).with_columns(subtraject_id=pl.int_range(pl.len()))
    few = trajectories(*({"subtraject_id": 80_000 + n, "openingsdatum": date(2025, 1, 2)} for n in range(5)))
    acts = activities(*({"subtraject_id": 80_000 + n % 5, "datum": date(2025, 1, 9 - n)} for n in range(8)))
    alone = by_year(few, acts)[2025][TableName.ACTIVITIES]
    assert alone["subtraject_id"].to_list() == [80_000, 80_000, 80_001, 80_001, 80_002, 80_002, 80_003, 80_004]
    assert [day.day for day in alone["datum"]] == [4, 9, 3, 8, 2, 7, 6, 5]
    assert by_year(pl.concat([many, few]), acts)[2025][TableName.ACTIVITIES].equals(alone)


def test_a_number_on_every_row_does_not_multiply_what_hangs_on_it():
    """The checks refuse such a delivery, while its records are put in order already: 4,000 × 4,000 rows would be too many."""
    twice = by_year(pl.concat([trajectories({})] * 4_000), pl.concat([activities({})] * 4_000))
    assert twice[2026][TableName.ACTIVITIES].height == 4_000


def test_what_is_not_a_code_falls_away_and_the_codes_beside_it_stay(tmp_path):
    """The checks tolerate a few; a name in a column of codes reaches no disk all the same."""
    kept = Store(tmp_path)
    kept.load("noord", delivery(trajectories({}, {"subtraject_id": 2, "declaratiecode": "Jansen"}), ONE_ACT))
    assert kept.records("noord", 2026).trajectories.collect()["declaratiecode"].to_list() == ["15A933", None]
    assert b"Jansen" not in b"".join(files(tmp_path).values())


def test_where_the_short_hashes_are_alike_the_whole_ones_decide(monkeypatch):
    """With three bits left for the hash, most of fifty activities of one day are alike in them."""
    monkeypatch.setattr(write, "DAY_BITS", 60)
    acts = activities(*({"za_code": f"{number:06}"} for number in range(50)))
    one_way, other_way = (
        by_year(trajectories({}), rows)[2026][TableName.ACTIVITIES] for rows in (acts, acts.reverse())
    )
    assert one_way.equals(other_way)
