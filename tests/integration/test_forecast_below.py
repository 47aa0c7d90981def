"""What stands below the groups of an outlook, on the records of a store: it adds up, and events read and written are the same."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from command import run

from puntlanding.case import load_case
from puntlanding.case.forecast_lists import EVENTS, events_csv, given_events, read_events
from puntlanding.case.linked_forecast import ForecastAsked, linked_outlook
from puntlanding.collective import Role
from puntlanding.forecast.bridge import STEPS
from puntlanding.forecast.working_days import Event
from puntlanding.norms.by_code import hours_by_code
from puntlanding.problems import InputError

pytestmark = pytest.mark.integration

HOSPITAL, YEAR, DAY = "ziekenhuis-01", 2025, date(2025, 8, 31)
PLANNED = (
    Event(date(2025, 10, 1), date(2025, 11, 30), "Cardiologie", 62.5, "verbouwing; poli 3"),
    Event(date(2025, 12, 1), date(2025, 12, 31), None, 95.0, '"zuinig"'),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    root = tmp_path_factory.mktemp("below") / "demo"
    assert run("demo", "store", root, "--hospitals", 1, "--scale", "0.01").status == 0
    return root / "opslag"


def asked(store, **more):
    return ForecastAsked(store, HOSPITAL, YEAR, DAY, **more)


@pytest.fixture(scope="module")
def found(store):
    return linked_outlook(asked(store, below=True, events=PLANNED))


def test_products_and_diagnoses_add_up_to_their_group_and_its_budget(found):
    own = {row.name: row for row in found.outlook.rows if row.role is Role.GATEKEEPING}
    assert set(found.below.groups) == set(own)
    for name, parts in found.below.groups.items():
        row, estimate = own[name].beside, own[name].beside.estimate
        assert sum(one.budget for one in parts.products) == row.budget
        assert {one.budget for one in parts.diagnoses} <= {None}
        for pieces in (parts.products, parts.diagnoses):
            assert sum(one.piece.closed for one in pieces) == estimate.closed
            assert sum(one.piece.in_flight for one in pieces) == round(estimate.in_flight * STEPS)
            assert sum(one.piece.to_open for one in pieces) == round(estimate.to_open * STEPS)


def test_without_one_event_is_the_forecast_without_it(store, found):
    for at, one in enumerate(found.below.events):
        rest = PLANNED[:at] + PLANNED[at + 1 :]
        alone = linked_outlook(asked(store, events=rest)).outlook
        assert one.event == PLANNED[at]
        assert one.total == pytest.approx(alone.total.estimate.forecast, abs=1e-6)
        for row in alone.rows:
            there = one.groups.get(row.name)
            now = next(own for own in found.outlook.rows if own.name == row.name).beside.estimate.forecast
            assert row.beside.estimate.forecast == pytest.approx(now if there is None else there, abs=0.006)
    assert set(found.below.events[0].groups) == {"Cardiologie"}
    assert len(found.below.events[1].groups) > 1


def test_events_given_beside_the_list_are_events_of_the_list(store, found, tmp_path):
    folder = tmp_path / "case"
    shutil.copytree(store / HOSPITAL / f"case-{YEAR}", folder)
    (folder / f"{EVENTS}.csv").write_bytes(events_csv(PLANNED))
    listed = linked_outlook(asked(store, case=folder)).outlook
    assert listed.rows == found.outlook.rows
    assert listed.total == found.outlook.total
    assert listed.events == found.outlook.events
    halved = linked_outlook(asked(store, case=folder, events=PLANNED[:1])).outlook
    assert halved.events == (*PLANNED, PLANNED[0])
    assert halved.total.estimate.forecast < listed.total.estimate.forecast


def test_the_list_reads_back_as_it_was(tmp_path):
    path = tmp_path / f"{EVENTS}.csv"
    odd = (*PLANNED, replace(PLANNED[0], percent=33.33, reason="'=1+1"), replace(PLANNED[0], percent=0.0))
    path.write_bytes(events_csv(odd))
    assert read_events(path, ["Cardiologie"]) == odd
    path.write_bytes(events_csv(()))
    assert read_events(path, []) == ()


GOOD = {
    "van": "2025-10-01",
    "tot": "2025-11-30",
    "vakgroep": "cardiologie",
    "capaciteit": Decimal("0.625"),
    "reden": " vol ",
}


def test_rows_that_were_typed_are_rows_of_the_list():
    (one,) = given_events([GOOD], ["Cardiologie"], "formulier")
    assert one == Event(date(2025, 10, 1), date(2025, 11, 30), "Cardiologie", 62.5, "vol")
    (every,) = given_events([GOOD | {"vakgroep": ""}], ["Cardiologie"], "formulier")
    assert every.group is None


@pytest.mark.parametrize(
    ("wrong", "codes"),
    [
        ({"tot": "2025-09-30"}, ["period_reversed"]),
        ({"van": "morgen"}, ["list_date"]),
        ({"vakgroep": "Cardiologe"}, ["forecast_group"]),
        ({"capaciteit": Decimal("3.01")}, ["event_capacity"]),
        ({"capaciteit": Decimal("-0.1")}, ["negative"]),
        ({"capaciteit": None}, ["value_missing"]),
        ({"reden": "  "}, ["value_missing"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_as_of_the_list(wrong, codes):
    with pytest.raises(InputError) as told:
        given_events([GOOD | wrong], ["Cardiologie"], "formulier")
    assert [one.code for one in told.value.problems] == codes


def test_hours_by_code_add_up_for_a_budget_that_was_typed(tmp_path):
    assert run("demo", "collective", tmp_path / "case").status == 0
    case = load_case(tmp_path / "case").checked()
    found = hours_by_code(case.budget, case.agreement.year)
    sums = {}
    for (group, _), output in case.budget.outputs(case.agreement.year).items():
        sums[group] = sums.get(group, Fraction(0)) + output.hours.value
    assert {group: sum(codes.values()) for group, codes in found.items()} == sums
    assert all(len(codes) > 1 for codes in found.values())
