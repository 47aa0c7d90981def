"""Generated hospitals: the rules hold for every trajectory, the national picture is the published one, the bytes are the same."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from puntlanding.demo.calibration import closing_exceptions
from puntlanding.demo.hospitals import generate
from puntlanding.demo.truth import ACTIVITIES, ADMISSIONS, PATIENTS, TRAJECTORIES
from puntlanding.demo.year_calendar import public_holidays
from puntlanding.intake.nza import read_codes
from puntlanding.records.check import run_checks
from puntlanding.records.codes import CodeTables
from puntlanding.records.delivery import Delivery
from puntlanding.records.findings import failed
from puntlanding.records.tables import ROW, TableName, schema

pytestmark = pytest.mark.generative

YEARS, SCALE, SEED = range(2024, 2026), 0.1, 11
NZA = Path(__file__).parents[2].parent / "shared" / "nza-2017"
OPENED, CLOSED = pl.col("openingsdatum"), pl.col("sluitdatum")
DAYS = (CLOSED - OPENED).dt.total_days()
EXCEPTIONS = [rule.reason for rule in closing_exceptions().values()]
EARLY = ["02", "80", "82", "84", "86"]


@pytest.fixture(scope="module")
def hospitals():
    return list(generate(9, YEARS, SCALE, SEED))


@pytest.fixture(scope="module")
def large(hospitals):
    return hospitals[0]


@pytest.fixture(scope="module")
def with_events(large):
    """Trajectories with their discharge and last operation, found in the other tables as a reader would."""
    stays = large.admissions.filter(~pl.col("dagopname")).group_by("subtraject_id").agg(pl.col("ontslagen").max())
    asleep = large.activities.filter(pl.col("za_code") == "039605").group_by("subtraject_id")
    return large.trajectories.join(stays, on="subtraject_id", how="left").join(
        asleep.agg(operatie=pl.col("datum").max()), on="subtraject_id", how="left"
    )


def fingerprint(truth):
    made = hashlib.sha256()
    for frame in (truth.patients, truth.trajectories, truth.activities, truth.admissions):
        made.update(frame.write_csv().encode())
    return made.hexdigest()


# --- form


def test_tables_have_their_schema_and_order_and_unique_numbers(large):
    tables = (
        (large.patients, PATIENTS),
        (large.trajectories, TRAJECTORIES),
        (large.activities, ACTIVITIES),
        (large.admissions, ADMISSIONS),
    )
    for frame, expected in tables:
        assert frame.schema == expected
        first = frame.to_series(0)
        assert first.is_sorted()
        assert first.n_unique() == frame.height


def test_every_number_points_at_something(large):
    patients, trajectories = large.patients["patient"].implode(), large.trajectories["subtraject_id"].implode()
    assert large.trajectories["patient"].is_in(patients).all()
    assert large.patients["patient"].is_in(large.trajectories["patient"].implode()).all()
    assert large.activities["subtraject_id"].is_in(trajectories).all()
    assert large.admissions["subtraject_id"].is_in(trajectories).all()
    stays = large.admissions.filter(~pl.col("dagopname"))["opname"].implode()
    named = large.trajectories["opname"].drop_nulls()
    assert named.is_in(stays).all()
    assert named.n_unique() == len(named)


def test_nobody_in_it_can_be_real(large):
    assert large.patients["bsn"].n_unique() == large.patients.height
    assert large.patients["postcode"].str.starts_with("0").all()
    numbers = large.patients["bsn"].cast(pl.Int64)
    weighed = sum(((numbers // 10 ** (9 - place)) % 10) * (10 - place) for place in range(1, 9)) - numbers % 10
    assert (weighed % 11 != 0).all()


def test_nothing_is_empty_that_a_truth_knows(hospitals, large):
    always = set(TRAJECTORIES) - {"zorgproduct", "declaratiecode", "verzekeraar", "zorgvraag", "opname"}
    assert large.trajectories.select(always).null_count().sum_horizontal().item() == 0
    intensive = [one.trajectories.filter(pl.col("zorgproduct").is_null())["zorgtype"] for one in hospitals]
    assert set(pl.concat(intensive)) == {"51", "52"}


def test_everything_opens_in_the_years_asked_for_and_stays_are_within_their_trajectory(hospitals):
    for one in hospitals:
        assert set(one.trajectories["openingsdatum"].dt.year()) == set(YEARS)
        stays = one.admissions.join(
            one.trajectories.select("subtraject_id", "openingsdatum", "sluitdatum"), on="subtraject_id"
        )
        assert stays.height == one.admissions.height
        assert stays.filter((pl.col("opgenomen") < OPENED) | (pl.col("ontslagen") > CLOSED)).is_empty()
        assert stays.filter(pl.col("ontslagen") < pl.col("opgenomen")).is_empty()


# --- closing rules (data-facts 4.4)


def test_no_trajectory_is_longer_than_120_days_or_closes_before_it_opens(hospitals):
    for one in hospitals:
        days = one.trajectories.filter(pl.col("zorgtype").is_in(["11", "21"])).select(DAYS).to_series()
        assert days.max() == 120
        assert days.min() >= 0


@pytest.mark.parametrize(("reason", "care_type", "days"), [("08", "11", 90), ("12", "21", 120)])
def test_conservative_care_closes_on_its_day(with_events, reason, care_type, days):
    quiet = pl.col("ontslagen").is_null() & (pl.col("setting") != "operatief")
    found = with_events.filter(
        quiet & (pl.col("zorgtype") == care_type) & ~pl.col("afsluitreden").is_in([*EXCEPTIONS, *EARLY])
    )
    assert found.height > 5000
    assert found["afsluitreden"].unique().to_list() == [reason]
    assert found.select(DAYS).to_series().unique().to_list() == [days]


def test_a_stay_closes_42_days_after_discharge_and_at_most_120_after_opening(with_events):
    found = with_events.filter(pl.col("ontslagen").is_not_null() & pl.col("afsluitreden").is_in(["04", "12"]))
    expected = pl.min_horizontal(pl.col("ontslagen") + timedelta(days=42), OPENED + timedelta(days=120))
    assert found.height > 3000
    assert found.filter(expected != CLOSED).is_empty()
    late = pl.col("ontslagen") + timedelta(days=42) > OPENED + timedelta(days=120)
    assert found.filter((pl.col("afsluitreden") == "12") != late).is_empty()


def test_surgery_without_a_stay_closes_42_days_later(with_events):
    found = with_events.filter((pl.col("setting") == "operatief") & pl.col("operatie").is_not_null())
    found = found.filter(pl.col("afsluitreden").is_in(["06", "12"]))
    expected = pl.min_horizontal(pl.col("operatie") + timedelta(days=42), OPENED + timedelta(days=120))
    assert found.height > 1000
    assert found.filter(expected != CLOSED).is_empty()


def test_exceptions_close_within_their_own_days_for_their_own_reason(large):
    for rule in closing_exceptions().values():
        found = large.trajectories.filter(pl.col("afsluitreden") == rule.reason)
        if rule.on_discharge:
            stays = large.admissions.filter(~pl.col("dagopname")).select("subtraject_id", "ontslagen")
            together = found.join(stays, on="subtraject_id")
            assert together.height == found.height > 0
            assert together.filter(pl.col("ontslagen") != CLOSED).is_empty()
        else:
            days = found.select(DAYS).to_series()
            assert rule.days[0] <= days.min() <= days.max() <= rule.days[1], rule.name


def test_a_few_percent_close_early(large):
    share = large.trajectories["afsluitreden"].is_in(EARLY).mean()
    assert 0.02 < share < 0.05


def test_nobody_has_care_after_death(large):
    died = large.trajectories.filter(pl.col("afsluitreden") == "02").group_by("patient").agg(dood=CLOSED.max())
    theirs = large.trajectories.join(died, on="patient")
    assert died.height > 100
    assert theirs.filter((pl.col("dood") < OPENED) | (pl.col("dood") < CLOSED)).is_empty()
    done = large.activities.join(theirs.select("subtraject_id", "dood"), on="subtraject_id")
    assert done.filter(pl.col("datum") > pl.col("dood")).is_empty()


# --- care paths


def test_follow_ups_come_after_what_they_follow_in_the_same_care_path(large):
    chain = large.trajectories.filter(pl.col("zorgtype").is_in(["11", "21"])).sort("zorgtraject_id", "openingsdatum")
    before = chain.with_columns(
        vorige=CLOSED.shift().over("zorgtraject_id"), wie=pl.col("patient").shift().over("zorgtraject_id")
    ).filter(pl.col("vorige").is_not_null())
    assert set(before["zorgtype"]) == {"21"}
    assert before.filter(pl.col("vorige") >= OPENED).is_empty()
    assert before.filter(pl.col("wie") != pl.col("patient")).is_empty()
    same = chain.group_by("zorgtraject_id").agg(pl.col("specialisme", "diagnose", "patient").n_unique())
    assert same.select(pl.max_horizontal(pl.col("specialisme", "diagnose", "patient").max())).item() == 1
    general = before.filter(~pl.col("afsluitreden").is_in(EXCEPTIONS))
    at_once = (general.select((OPENED - pl.col("vorige")).dt.total_days() == 1).to_series()).mean()
    assert 0.30 < at_once < 0.45


def test_psychiatry_has_no_follow_ups(hospitals):
    found = [one.trajectories.filter(pl.col("specialisme") == "0329")["zorgtype"] for one in hospitals]
    assert sum(len(one) for one in found) > 500
    assert not any((one == "21").any() for one in found)


def test_nobody_is_treated_twice_at_a_time_for_one_illness(large):
    own = large.trajectories.filter(pl.col("zorgtype").is_in(["11", "21"]))
    illness = ["patient", "specialisme", "diagnose"]
    before = own.sort(*illness, "openingsdatum").with_columns(vorige=CLOSED.shift().over(illness))
    assert before.filter(pl.col("vorige") >= OPENED).is_empty()


def test_age_and_sex_fit_the_specialism(large):
    age = OPENED.dt.year() - pl.col("geboortejaar")
    children = large.trajectories.filter((pl.col("specialisme") == "0316") & (pl.col("zorgtype") == "11"))
    assert children.select(age.max()).item() <= 17
    women = large.trajectories.filter((pl.col("specialisme") == "0307") & (pl.col("geslacht") == "M"))
    assert women.is_empty()
    born = large.trajectories.join(large.patients.select("patient", "geboortedatum"), on="patient")
    assert born.filter(pl.col("geboortedatum") > OPENED).is_empty()


# --- activities


def test_activities_are_within_their_trajectory_and_recorded_on_or_after_their_day(hospitals):
    for one in hospitals:
        done = one.activities.join(
            one.trajectories.select("subtraject_id", "openingsdatum", "sluitdatum"), on="subtraject_id"
        )
        assert done.height == one.activities.height
        assert done.filter((pl.col("datum") < OPENED) | (pl.col("datum") > CLOSED)).is_empty()
        assert done.filter(pl.col("geregistreerd_op") < pl.col("datum")).is_empty()
        assert done.filter(pl.col("aantal") < 1).is_empty()


def test_supporting_specialisms_work_on_request_of_others(large):
    supporting = ["0362", "0363", "0386", "0387", "0388"]
    theirs = large.activities.filter(pl.col("specialisme_uitvoerder").is_in(supporting))
    asked = theirs.filter(pl.col("specialisme_aanvrager") != pl.col("specialisme_uitvoerder"))
    assert asked.height > 0.98 * theirs.height  # the rest: interventional radiology for its own patients
    owner = asked.join(large.trajectories.select("subtraject_id", "specialisme"), on="subtraject_id")
    assert owner.filter(pl.col("specialisme") != pl.col("specialisme_aanvrager")).is_empty()


def test_a_stay_has_its_nursing_days_and_none_of_them_on_intensive_care(large):
    stays = large.admissions.filter(~pl.col("dagopname"))
    nights = stays.select(
        pl.max_horizontal((pl.col("ontslagen") - pl.col("opgenomen")).dt.total_days(), 1).sum()
    ).item()
    count = {code: large.activities.filter(pl.col("za_code") == code)["aantal"].sum() for code in ("190218", "190021")}
    intensive = large.activities.filter(pl.col("za_code").is_in(["190153", "190154", "190155"]))["aantal"].sum()
    assert count["190021"] == stays.height
    assert count["190218"] + intensive == nights


# --- the national picture: nine hospitals of all kinds, so bands of about twice the spread that practice leaves


def total(hospitals, *codes):
    return sum(int(one.activities.filter(pl.col("za_code").is_in(codes))["aantal"].sum()) for one in hospitals)


def test_the_national_picture_is_the_published_one(hospitals):
    trajectories = pl.concat([one.trajectories for one in hospitals])
    admissions = pl.concat([one.admissions for one in hospitals])
    by_day = admissions["dagopname"].sum()
    remote = total(hospitals, "190025", "190019")
    nursing = total(hospitals, "190218", "190153", "190154", "190155")
    figures = {
        "clinical": (trajectories["setting"] == "klinisch").mean(),
        "day per stay": by_day / (admissions.height - by_day),
        "stay": nursing / total(hospitals, "190021"),
        "remote": remote / (remote + total(hospitals, "190060", "190013")),
        "uninsured": trajectories["verzekeraar"].is_null().mean(),
        "late": (trajectories["geregistreerd_op"] > trajectories["openingsdatum"]).mean(),
    }
    bands = {
        "clinical": (0.063, 0.077),
        "day per stay": (0.80, 0.99),
        "stay": (4.8, 5.6),
        "remote": (0.24, 0.31),
        "uninsured": (0.0005, 0.003),
        "late": (0.095, 0.105),
    }
    outside = {name: figures[name] for name, (low, high) in bands.items() if not low < figures[name] < high}
    assert outside == {}


def test_a_large_hospital_opens_what_a_large_hospital_opens(large):
    per_year = large.trajectories.height / len(YEARS) / SCALE
    assert 370_000 < per_year < 430_000
    assert 2_700_000 < large.activities.height / len(YEARS) / SCALE < 3_300_000


def test_practice_differs_between_hospitals(hospitals):
    general = [one for one in hospitals if one.kind != "zbc"]
    remote = [total([one], "190025") / total([one], "190025", "190013") for one in general]
    stay = [total([one], "190218") / total([one], "190021") for one in general]
    assert max(remote) / min(remote) > 1.15
    assert max(stay) / min(stay) > 1.1


def test_openings_dip_on_weekends_holidays_and_in_summer(hospitals):
    opened = pl.concat([one.trajectories for one in hospitals]).filter(pl.col("zorgtype") == "11")
    days = opened.group_by("openingsdatum").len().sort("openingsdatum")
    usual = days.filter(OPENED.dt.weekday() == 2)["len"].median()
    weekend = days.filter(OPENED.dt.weekday() >= 6)["len"].median()
    assert weekend < 0.3 * usual
    off = [day for year in YEARS for day in public_holidays(year) if day.isoweekday() <= 5]
    assert len(off) >= 10
    assert days.filter(OPENED.is_in(off))["len"].max() < 0.4 * usual
    august = days.filter((OPENED.dt.month() == 8) & (OPENED.dt.weekday() <= 5))["len"].mean()
    november = days.filter((OPENED.dt.month() == 11) & (OPENED.dt.weekday() <= 5))["len"].mean()
    assert august < 0.93 * november


# --- what was known when


def test_a_later_day_knows_at_least_as_much(large):
    early, late = (large.known_on(day) for day in (date(2025, 3, 31), date(2025, 9, 30)))
    assert early.trajectories["subtraject_id"].is_in(late.trajectories["subtraject_id"].implode()).all()
    assert early.activities["verrichting"].is_in(late.activities["verrichting"].implode()).all()
    closed = early.trajectories.filter(CLOSED.is_not_null())
    assert 0 < closed.height < early.trajectories.height
    again = closed.join(late.trajectories, on="subtraject_id", suffix="_later")
    assert again.filter(pl.col("sluitdatum_later") != CLOSED).is_empty()
    assert large.known_on(date(2027, 12, 31)).trajectories.equals(large.trajectories)


# --- the same each time


def test_the_same_seed_gives_the_same_bytes_and_another_seed_another_hospital():
    one, again, other = (fingerprint(next(generate(1, YEARS, 0.01, seed))) for seed in (5, 5, 6))
    assert one == again
    assert one != other


def test_a_hospital_is_the_same_however_many_are_asked_for():
    few, many = (list(generate(count, YEARS, 0.005, 5)) for count in (2, 3))
    assert [fingerprint(one) for one in few] == [fingerprint(one) for one in many[:2]]


def test_the_bytes_do_not_depend_on_the_number_of_threads():
    here = fingerprint(next(generate(1, YEARS, 0.01, 5)))
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from test_generated_hospitals import YEARS, fingerprint, generate\n"
        "print(fingerprint(next(generate(1, YEARS, 0.01, 5))))"
    )
    alone = os.environ | {"POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-c", program, str(Path(__file__).parent)]
    there = subprocess.run(command, env=alone, capture_output=True, text=True, check=True).stdout.strip()
    assert there == here


def test_no_years_are_no_hospital():
    with pytest.raises(ValueError, match="at least one year"):
        next(generate(1, range(2025, 2025), 0.01, 5))


# --- variants for the benchmark of the forecast


def weekly(truth):
    opened = truth.trajectories.filter(pl.col("zorgtype") == "11")
    return opened.group_by(OPENED.dt.truncate("1w")).len().sort("openingsdatum")


def test_a_shock_makes_weeks_fall_away_and_a_drift_makes_products_known_later():
    stable, drift, shock = (list(generate(6, YEARS, 0.02, 5, variant=name)) for name in ("stable", "drift", "shock"))
    for before, after in zip(stable, shock, strict=True):
        both = weekly(before).join(weekly(after), on="openingsdatum").filter(pl.col("len") > 30)
        fallen = both.filter(pl.col("len_right") < 0.85 * pl.col("len")).height
        assert fallen >= 5, before.slug
    lag = [
        one.trajectories.filter(CLOSED.dt.year() == 2025)
        .select((pl.col("product_bekend_op") - CLOSED).dt.total_days().median())
        .item()
        for one in drift
    ]
    assert min(lag) < 10 < 20 < max(lag)
    usual = [one.trajectories["specialisme"].value_counts() for one in stable]
    moved = [one.trajectories["specialisme"].value_counts() for one in drift]
    assert any(not a.sort("specialisme").equals(b.sort("specialisme")) for a, b in zip(usual, moved, strict=True))


# --- checks of the intake


def delivery(truth, day):
    ids = ["subtraject_id", "zorgtraject_id", "patient"]
    tables = {
        name: frame.with_columns(pl.col([one for one in ids if one in schema(name)]).cast(pl.Int64))
        .with_row_index(ROW, offset=2)
        .select(ROW, *schema(name))
        for name, frame in ((TableName.TRAJECTORIES, truth.trajectories), (TableName.ACTIVITIES, truth.activities))
    }
    files = {TableName.TRAJECTORIES: "subtrajecten.csv", TableName.ACTIVITIES: "zorgactiviteiten.csv"}
    return Delivery(
        tables[TableName.TRAJECTORIES], tables[TableName.ACTIVITIES], files, day, "neutraal", 1, "sleutel", ()
    )


def test_no_check_of_the_intake_fails(hospitals):
    for one in hospitals[:3]:
        assert failed(run_checks(delivery(one, date(2027, 6, 30)))) == ()
        assert failed(run_checks(delivery(one.known_on(date(2025, 6, 30)), date(2025, 6, 30)))) == ()


@pytest.mark.skipif(
    not NZA.is_dir(), reason="the NZa tables are not part of the project; put them beside it in shared/nza-2017"
)
def test_with_the_nza_tables_codes_are_real_ones_valid_on_their_day():
    codes: CodeTables = read_codes(NZA)
    truth = next(generate(1, YEARS, 0.05, 5, codes))
    findings = run_checks(delivery(truth, date(2027, 6, 30)), codes)
    validity = {one.check: one.count for one in findings if one.check.endswith(("_not_valid", "_unknown"))}
    assert validity.pop("sex_unknown") < 50
    assert validity
    assert set(validity.values()) == {0}
    assert failed(findings) == ()
    assert truth.trajectories["zorgproduct"].n_unique() > 1000
    assert truth.trajectories.select("specialisme", "diagnose").n_unique() > 1000
