"""The case that fits a made-up hospital: norm times from care profiles, budget from last year, and a program that accepts it."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from small_truth import small_truth

from puntlanding.case.load import load_case
from puntlanding.demo.case_files import contracts_of, group_names, write_case, write_case_of
from puntlanding.demo.norm_times import norm_times
from puntlanding.demo.profile import GroupProfile, Practice, Profile
from puntlanding.demo.truth import Truth
from puntlanding.demo.volumes import volumes

pytestmark = pytest.mark.unit

AVERAGE = Practice(1, 1, 1, 1, 1, 1, 1)


def group(name, specialism, role, fte, growth=0.0):
    return GroupProfile(name, specialism, role, 0.0, fte, growth, AVERAGE)


def profile(*groups):
    return Profile(1, "Ziekenhuis Klein", "ziekenhuis-01", "06990001", "algemeen", "midden", 4.0, groups)


def with_second_product() -> Truth:
    """T3 becomes a claimed trajectory of ophthalmology, with nothing that an ophthalmologist did."""
    truth = small_truth()
    own = pl.col("subtraject_id") == "T3"
    return replace(
        truth,
        trajectories=truth.trajectories.with_columns(
            specialisme=pl.when(own).then(pl.lit("0301")).otherwise("specialisme"),
            declaratiecode=pl.when(own).then(pl.lit("15A870")).otherwise("declaratiecode"),
        ),
    )


EYES, LAB = group("Oogheelkunde", "0301", "poort", 0.00124), group("Chemie", "0386", "ondersteunend", 0.001)


def test_norm_times_follow_the_care_profile_and_add_up_to_the_fte():
    times = norm_times([volumes(with_second_product(), profile(EYES, LAB), 1.0)])
    # Raw: 8 per trajectory; a visit 12 and an operation 65 make 85 against 8. Wanted: 0.00124 fte x 2500 h x 60 = 186 minutes,
    # twice the 93 there are. Laboratory: one code, two times; 0.001 fte x 2400 h x 60 = 144 minutes.
    assert times.rows() == [
        ("0301", "poort", "zorgproduct", "070401008", 170.0),
        ("0301", "poort", "zorgproduct", "100501999", 16.0),
        ("0386", "ondersteunend", "zorgactiviteit", "070116", 72.0),
    ]


def test_hospitals_share_their_norm_times():
    one = volumes(small_truth(), profile(EYES, LAB), 1.0)
    other = volumes(small_truth(), profile(replace(EYES, fte=3 * EYES.fte), LAB), 1.0)
    # 186 minutes and 558 minutes for one operation each
    assert norm_times([one, other]).filter(pl.col("code") == "070401008")["minuten"].to_list() == [372.0]


def test_what_was_not_delivered_has_no_group_and_names_are_told_apart():
    truth = small_truth()
    known = profile(
        EYES, group("Chemie", "0307", "poort", 1.0), LAB, group("KNO", "0302", "poort", 1.0)
    )  # fmt: skip
    names = group_names(known, volumes(truth, known, 1.0).delivered)
    assert [(name, one.specialism) for name, one in names.items()] == [
        ("Oogheelkunde", "0301"), ("Chemie (poort)", "0307"), ("Chemie (ondersteunend)", "0386"),
    ]  # fmt: skip


def test_the_budget_is_last_years_volumes_with_growth_per_contract(tmp_path):
    truth = small_truth()
    many = pl.concat(
        truth.trajectories.filter(pl.col("subtraject_id") == "T1").with_columns(
            subtraject_id=pl.lit(f"N{place}"), openingsdatum=pl.lit(day), verzekeraar=pl.lit(insurer)
        )
        for place, (day, insurer) in enumerate(
            [(date(2025, 4, 1), "3311")] * 300 + [(date(2025, 10, 1), "7119")] * 200 + [(date(2026, 2, 1), "3311")] * 90
        )
    )
    truth = replace(truth, trajectories=many)
    counted = volumes(truth, profile(EYES), 1.0)
    write_case_of(counted, norm_times([counted]), 2026, tmp_path)
    # growth: 1.0 % for the largest insurer, 1.5 % for the second (collective.toml)
    assert (tmp_path / "begroting.csv").read_text(encoding="utf-8").splitlines() == [
        "vakgroep;contract;zorgproduct;aantal",
        "Oogheelkunde;Verzekeraar 3311;070401008;303",
        "Oogheelkunde;Verzekeraar 7119;070401008;203",
    ]
    assert (tmp_path / "realisatie.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        "Oogheelkunde;Verzekeraar 3311;070401008;90",
        "Oogheelkunde;Verzekeraar 7119;070401008;0",
    ]
    # 90 were known by August; last year 300 of 500 had opened by then
    assert (tmp_path / "prognose.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        "Oogheelkunde;Verzekeraar 3311;070401008;150",
        "Oogheelkunde;Verzekeraar 7119;070401008;0",
    ]


def test_smaller_insurers_share_the_last_contract():
    delivered = pl.DataFrame(
        {"rol": ["poort"] * 5, "verzekeraar": ["A", "B", "C", "D", "E"], "aantal": [50, 40, 30, 20, 10]}
    )
    assert [(one.name, one.kind, one.insurers) for one in contracts_of(delivered)] == [
        ("Verzekeraar A", "plafond", ("A",)),
        ("Verzekeraar B", "plafond_bandbreedte", ("B",)),
        ("Verzekeraar C", "aanneemsom", ("C",)),
        ("Overige verzekeraars", "schaduwdraaien", ("D", "E")),
    ]


def test_the_program_accepts_the_case_and_care_fte_is_the_groups_fte(tmp_path):
    truth = with_second_product()
    # growth of 50 % since the base year, 2025
    known = profile(group("Oogheelkunde", "0301", "poort", 4.0, growth=0.5), LAB)
    moved = truth.trajectories.with_columns(pl.col("openingsdatum").dt.offset_by("1y"))
    write_case(replace(truth, trajectories=moved), known, 2026, tmp_path)
    case = load_case(tmp_path).case
    assert case.agreement.year == 2026
    rows = [line.split(";") for line in (tmp_path / "formatie.csv").read_text(encoding="utf-8").splitlines()[1:6]]
    # 6 fte: 39 and 15 half-days of specialists and 12 of fellows, who count for half: 60 = 6 fte x 10
    assert [(row[1], row[2], row[3]) for row in rows] == [
        ("medisch specialist", "1a", "39,0"), ("medisch specialist", "1b", "15,0"), ("medisch specialist", "2", "4,8"),
        ("medisch specialist", "3", "2,4"), ("anios", "1a", "12,0"),
    ]  # fmt: skip
    agreement = tomllib.loads((tmp_path / "afspraak.toml").read_text(encoding="utf-8"))
    # 6 fte and 0.001 fte of laboratory, at 215,000 euros: 1,290,215, to the thousand
    assert agreement["kader"]["bedrag"] == 1290000.0


def test_a_year_in_which_nothing_happened_has_no_case(tmp_path):
    with pytest.raises(ValueError, match="2019"):
        write_case(small_truth(), profile(EYES, LAB), 2019, tmp_path)
