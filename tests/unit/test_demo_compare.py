"""A reader that changes or loses anything is found out; what it says it cannot carry is counted with its reason."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from small_truth import small_truth

from puntlanding.demo.compare import differences, true_records
from puntlanding.intake.dwh import DWH
from puntlanding.intake.neutral import NEUTRAL
from puntlanding.intake.zh308 import ZH308
from puntlanding.records.delivery import Delivery
from puntlanding.records.pseudonyms import Key
from puntlanding.records.tables import TableName

pytestmark = pytest.mark.unit
KEY = Key(bytes(range(32)))


def delivery(reader, trajectories=None, activities=None):
    """The true records, with what a test made of them."""
    truly = true_records(small_truth(), KEY, reader.patient_domain)
    return Delivery(
        trajectories=truly[TableName.TRAJECTORIES] if trajectories is None else trajectories,
        activities=truly[TableName.ACTIVITIES] if activities is None else activities,
        files={}, delivered=date(2025, 9, 30), reader=reader.name, reader_version=1,
        key_fingerprint=KEY.fingerprint, sources=(),
    )  # fmt: skip


def found(reader, given):
    return [
        (str(one.table), one.column, one.count, one.of, one.explained)
        for one in differences(small_truth(), given, reader, KEY)
    ]


def test_true_records_differ_in_nothing():
    assert found(NEUTRAL, delivery(NEUTRAL)) == []


def test_one_other_value_is_a_difference_that_nothing_explains():
    wrong = true_records(small_truth(), KEY)[TableName.TRAJECTORIES].with_columns(
        diagnose=pl.col("diagnose").replace("1241", "1242")
    )
    assert found(NEUTRAL, delivery(NEUTRAL, trajectories=wrong)) == [("subtrajecten", "diagnose", 1, 4, False)]


def test_a_lost_trajectory_and_a_doubled_activity_are_differences_that_nothing_explains():
    truly = true_records(small_truth(), KEY)
    fewer = truly[TableName.TRAJECTORIES].head(3)
    more = pl.concat([truly[TableName.ACTIVITIES], truly[TableName.ACTIVITIES].head(1)])
    assert found(NEUTRAL, delivery(NEUTRAL, fewer, more)) == [
        ("subtrajecten", None, 1, 4, False),
        ("zorgactiviteiten", None, 1, 7, False),
    ]


def test_a_column_that_the_format_lacks_is_explained_only_as_long_as_it_is_empty():
    truly = true_records(small_truth(), KEY)[TableName.TRAJECTORIES]
    empty = truly.with_columns(verzekeraar=pl.lit(None, pl.String))
    invented = truly.with_columns(verzekeraar=pl.lit("0001"))
    assert found(DWH, delivery(DWH, empty)) == [("subtrajecten", "verzekeraar", 4, 4, True)]
    assert found(DWH, delivery(DWH, invented)) == [("subtrajecten", "verzekeraar", 4, 4, False)]


def test_declarations_hold_claimed_trajectories_only_and_patients_by_bsn():
    truly = true_records(small_truth(), KEY, "bsn")
    claimed = truly[TableName.TRAJECTORIES].filter(pl.col("declaratiecode").is_not_null())
    theirs = truly[TableName.ACTIVITIES].join(claimed.select("subtraject_id"), on="subtraject_id", how="semi")
    assert found(ZH308, delivery(ZH308, claimed, theirs)) == [
        ("subtrajecten", None, 2, 4, True),
        ("zorgactiviteiten", None, 3, 7, True),
    ]
    by_number = true_records(small_truth(), KEY)[TableName.TRAJECTORIES].filter(pl.col("declaratiecode").is_not_null())
    assert ("subtrajecten", "patient", 2, 2, False) in found(ZH308, delivery(ZH308, by_number, theirs))


def test_a_derived_care_path_is_judged_by_who_is_in_it():
    truly = true_records(small_truth(), KEY)[TableName.TRAJECTORIES]
    renamed = truly.with_columns(zorgtraject_id=pl.col("zorgtraject_id") + 1)
    assert found(DWH, delivery(DWH, renamed)) == []
    # T1 and T2 are one path; here T2 is in that of T3: those three have other company than in truth, T4 has none still
    first, second, third, fourth = truly["zorgtraject_id"].to_list()
    assert first == second
    moved = truly.with_columns(zorgtraject_id=pl.Series([first, third, third, fourth]))
    assert found(DWH, delivery(DWH, moved)) == [("subtrajecten", "zorgtraject_id", 3, 4, True)]
