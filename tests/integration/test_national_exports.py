"""Open DIS and NZa files of made-up hospitals, read back: the same volumes, averages and codes as the hospitals' own."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from puntlanding.demo.exports import nza, opendis
from puntlanding.demo.hospitals import generate
from puntlanding.intake.base import Account
from puntlanding.intake.nza import read_codes
from puntlanding.intake.opendis import read_national_files

pytestmark = pytest.mark.integration

PUBLISHED = date(2025, 12, 1)


@pytest.fixture(scope="module")
def truths():
    return list(generate(2, range(2024, 2026), 0.004, 20))


def closed(truths):
    """What Open DIS counts: closed by the day, with a product."""
    known = [one.known_on(PUBLISHED) for one in truths]
    rows = pl.concat(
        one.trajectories.select(
            pl.all().exclude("patient"), patient=pl.lit(one.slug) + pl.col("patient"), slug=pl.lit(one.slug)
        )
        for one in known
    )
    own = pl.concat(one.activities.with_columns(slug=pl.lit(one.slug)) for one in known)
    rows = rows.filter(pl.col("zorgproduct").is_not_null()).with_columns(jaar=pl.col("openingsdatum").dt.year())
    return rows, own.join(
        rows.select("slug", "subtraject_id", "jaar", "specialisme", "zorgproduct"), on=["slug", "subtraject_id"]
    )


def test_open_dis_gives_the_volumes_and_profiles_of_the_hospitals_together(truths, tmp_path):
    opendis.write(truths, tmp_path, as_of=PUBLISHED)
    account = Account()
    found = read_national_files(tmp_path, account)
    rows, done = closed(truths)
    keys = ["jaar", "specialisme", "diagnose", "zorgproduct"]
    expected = rows.group_by(keys).agg(subtrajecten=pl.len(), patienten=pl.col("patient").n_unique()).sort(keys)
    assert found.volumes.select(expected.columns).rows() == expected.rows()
    keys = ["jaar", "specialisme", "zorgproduct", "za_code"]
    expected = done.group_by(keys).agg(aantal=pl.col("aantal").sum()).sort(keys)
    assert found.profiles.select(*keys, "aantal").sort(keys).rows() == expected.rows()
    assert [
        (one.check, one.count) for one in account.findings if one.count and one.check != "national_provisional"
    ] == []


def test_nza_tables_know_every_code_on_its_day_and_no_other(truths, tmp_path):
    nza.write(truths, tmp_path)
    codes = read_codes(tmp_path)
    for truth in truths:
        opened = truth.trajectories
        assert codes.products.known(opened, ["zorgproduct"], "openingsdatum").all()
        assert codes.diagnoses.known(opened, ["specialisme", "diagnose"], "openingsdatum").all()
        assert codes.care_types.known(opened, ["specialisme", "zorgtype"], "openingsdatum").all()
        assert codes.closing_reasons.known(opened, ["afsluitreden"], "openingsdatum").all()
        assert codes.activities.known(truth.activities, ["za_code"], "datum").all()
    other = opened.head(1).with_columns(zorgproduct=pl.lit("999999999"))
    assert not codes.products.known(other, ["zorgproduct"], "openingsdatum").any()
