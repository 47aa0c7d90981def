"""Each check on a thousand clean rows in which some were changed: it finds just those, and its threshold is where it is said."""

from datetime import date

import pytest

from check_tables import DELIVERED, activity, clean, delivery, one, trajectory
from puntlanding.records.check import run_checks
from puntlanding.records.checks import ELSEWHERE, ROW_CHECKS, SEARCHES
from puntlanding.records.findings import Status, Step, catalogue
from puntlanding.records.tables import TableName, identifying

pytestmark = pytest.mark.unit

THOUSAND = 1000
T, A = trajectory, activity
# id; what makes a row wrong; how many of a thousand rows may be; the status of so many, and of one more.
ERROR, WARNING = (Status.ATTENTION, Status.FAILED), (Status.COUNTED, Status.ATTENTION)
NEVER = (Status.GOOD, Status.FAILED)
CASES = [
    ("trajectory_id_twice", T, lambda n: {"subtraject_id": 1000}, 0, NEVER),
    ("care_path_two_patients", T, lambda n: {"zorgtraject_id": 7}, 5, ERROR),
    ("care_path_two_specialisms", T, lambda n: {"zorgtraject_id": 7, "patient": 9, "openingsdatum": date(2026, 3, n + 3), "geregistreerd_op": date(2026, 4, 3), "specialisme": ("0303", "0305")[n % 2]}, 1, (Status.GOOD, Status.ATTENTION)),
    ("trajectory_column_empty", T, lambda n: {"diagnose": None}, 10, ERROR),
    ("trajectory_date_implausible", T, lambda n: {"product_bekend_op": date(2100, 1, 1)}, 5, ERROR),
    ("closed_before_opened", T, lambda n: {"openingsdatum": date(2026, 3, 2), "sluitdatum": date(2026, 3, 1)}, 5, ERROR),
    ("closed_after_maximum", T, lambda n: {"sluitdatum": date(2026, 7, 1), "zorgtype": "21"}, 50, ERROR),
    ("conservative_closed_late", T, lambda n: {"sluitdatum": date(2026, 6, 1)}, 10, WARNING),
    ("open_past_maximum", T, lambda n: {"sluitdatum": None, "zorgproduct": None}, 10, WARNING),
    ("specialism_form", T, lambda n: {"specialisme": "CHI"}, 10, ERROR),
    ("diagnosis_form", T, lambda n: {"diagnose": "0303.121"}, 10, ERROR),
    ("care_type_unknown", T, lambda n: {"zorgtype": "W1"}, 10, ERROR),
    ("care_type_not_valid", T, lambda n: {"specialisme": "0329", "zorgtype": "21"}, 1, WARNING),
    ("product_form", T, lambda n: {"zorgproduct": "15A933"}, 10, ERROR),
    ("trajectory_code_form", T, lambda n: {"verzekeraar": "Zilveren Kruis"}, 1, WARNING),
    ("product_not_of_specialism", T, lambda n: {"zorgproduct": "990316025"}, 10, WARNING),
    ("closed_without_product", T, lambda n: {"zorgproduct": None}, 10, WARNING),
    ("product_while_open", T, lambda n: {"sluitdatum": None, "openingsdatum": date(2026, 12, 1), "geregistreerd_op": None}, 1, WARNING),
    ("possible_duplicate", T, lambda n: {"patient": 2_001_000}, 1, WARNING),
    ("sex_unknown", T, lambda n: {"geslacht": "O"}, 10, WARNING),
    ("birth_year_implausible", T, lambda n: {"geboortejaar": 2027}, 10, ERROR),
    ("trajectory_recorded_late", T, lambda n: {"geregistreerd_op": date(2026, 4, 2)}, 50, WARNING),
    ("trajectory_recorded_early", T, lambda n: {"geregistreerd_op": date(2026, 3, 1)}, 10, WARNING),
    ("activity_column_empty", A, lambda n: {"aantal": None}, 10, ERROR),
    ("executor_missing", A, lambda n: {"specialisme_uitvoerder": None}, 50, ERROR),
    ("activity_date_implausible", A, lambda n: {"datum": date(1900, 1, 1)}, 5, ERROR),
    ("activity_form", A, lambda n: {"za_code": "POLI"}, 10, ERROR),
    ("activity_specialism_form", A, lambda n: {"specialisme_aanvrager": "RAD"}, 10, ERROR),
    ("quantity_zero", A, lambda n: {"aantal": 0}, 1, WARNING),
    ("quantity_negative", A, lambda n: {"aantal": -1}, 20, WARNING),
    ("quantity_huge", A, lambda n: {"aantal": 10_000}, 0, NEVER),
    ("activity_outside_trajectory", A, lambda n: {"datum": date(2026, 3, 1)}, 50, ERROR),
    ("activity_recorded_late", A, lambda n: {"geregistreerd_op": date(2026, 4, 2)}, 50, WARNING),
    ("activity_recorded_early", A, lambda n: {"geregistreerd_op": date(2026, 3, 1)}, 10, WARNING),
]  # fmt: skip


def spoilt(make, change, wrong):
    """A thousand rows of both tables, the first ``wrong`` of one table changed."""
    rows = {table: [table(n) for n in range(1, THOUSAND + 1)] for table in (T, A)}
    rows[make][:wrong] = [make(n, **change(n)) for n in range(1, wrong + 1)]
    if make is T:
        opened = {row["subtraject_id"]: row["openingsdatum"] for row in rows[T]}
        rows[A] = [A(n, datum=opened.get(n, date(2026, 3, 2))) for n in range(1, THOUSAND + 1)]
        for row in rows[A]:
            row["geregistreerd_op"] = row["datum"]
    return run_checks(delivery(rows[T], rows[A]))


@pytest.mark.parametrize(("check", "make", "change", "most", "statuses"), CASES, ids=[case[0] for case in CASES])
def test_finds_its_rows_and_no_other_does(check, make, change, most, statuses):
    at, above = statuses
    within, beyond = spoilt(make, change, most), spoilt(make, change, most + 1)

    assert one(within, check).status is at
    found = one(beyond, check)
    assert (found.status, found.count, found.of) == (above, most + 1, THOUSAND)
    # A number that stands there twice leaves one activity without its trajectory; nothing else cascades.
    also = {"trajectory_id_twice": {"activity_orphan", "possible_duplicate"}}.get(check, set())
    assert {finding.check for finding in beyond if finding.count} - also == {check}
    # Of rows that are the same, the first is right.
    rows = {"trajectory_id_twice": [1001], "possible_duplicate": [3, 1001]}.get(check, [*range(2, 3 + most)][:5])
    assert [example.row for example in found.examples] == rows


def test_a_clean_delivery_triggers_nothing_and_answers_every_check():
    findings = run_checks(clean())

    assert [finding for finding in findings if finding.count] == []
    assert [finding.check for finding in findings] == [
        name for name, check in catalogue().items() if check.step is Step.CHECK and name not in ELSEWHERE
    ]


def test_the_catalogue_and_the_registered_checks_are_the_same():
    registered = [check.id for check in (*ROW_CHECKS, *SEARCHES)]
    assert {name for name, check in catalogue().items() if check.step is Step.CHECK} == {*registered, *ELSEWHERE}
    assert len({search.id for search in SEARCHES}) == len(SEARCHES)
    assert {check.table.value for check in ROW_CHECKS if catalogue()[check.id].table != check.table} == set()
    for check in (*ROW_CHECKS, *SEARCHES):
        assert not [name for name in check.shows if identifying(name)]


def test_every_entry_says_what_to_do_and_why_it_matters():
    for check in catalogue().values():
        if check.step is Step.CHECK:
            for text in (check.nl, check.en):
                assert text.endswith(".")
                assert len(text.split(". ")) == 2, check.id
            assert check.why_nl.endswith(".")
            assert check.why_en.endswith(".")


def test_no_trajectories_stop_a_load_and_no_activities_are_said():
    findings = run_checks(delivery([], []))
    assert one(findings, "no_trajectories").status is Status.FAILED
    assert one(findings, "no_activities").status is Status.ATTENTION
    assert [finding.check for finding in findings if finding.count] == ["no_trajectories", "no_activities"]

    without = run_checks(delivery([trajectory(1)], []))
    assert one(without, "no_activities").status is Status.ATTENTION
    assert one(without, "trajectory_without_activities").note == "no_activities"
    assert [finding.check for finding in without if finding.count] == ["no_activities"]


def test_a_trajectory_without_a_number():
    rows = [trajectory(1), trajectory(2, subtraject_id=None)]
    found = one(run_checks(delivery(rows, [activity(1)])), "trajectory_id_missing")
    assert (found.status, found.count, found.of) == (Status.FAILED, 1, 2)
    assert dict(found.examples[0].values) == {"specialisme": "0303", "openingsdatum": "2026-03-02"}


def test_orphans_are_activities_of_no_trajectory_in_the_delivery():
    trajectories = [trajectory(n) for n in range(1, 101)]
    for orphans, status in ((2, Status.ATTENTION), (3, Status.FAILED)):
        activities = [activity(n) for n in range(1, 101 - orphans)] + [activity(500 + n) for n in range(orphans)]
        findings = run_checks(delivery(trajectories, activities))
        found = one(findings, "activity_orphan")
        assert (found.status, found.count, found.of) == (status, orphans, 100)


def test_trajectories_without_activities_once_they_had_thirty_days():
    opened = date(2026, 12, 1)
    rows = [
        trajectory(1, openingsdatum=opened, sluitdatum=None, zorgproduct=None),
        trajectory(2, openingsdatum=date(2026, 12, 2), sluitdatum=None, zorgproduct=None),
        trajectory(3),
    ]
    found = one(run_checks(delivery(rows, [activity(3)])), "trajectory_without_activities")
    assert (found.count, [example.row for example in found.examples]) == (1, [2])


def test_the_same_activity_twice_is_the_repetition_only():
    rows = [activity(1), activity(2), {**activity(1), "_rij": 9}, {**activity(1), "_rij": 10}, activity(1, aantal=2)]
    found = one(run_checks(delivery([trajectory(1), trajectory(2)], rows)), "activity_twice")
    assert (found.count, [example.row for example in found.examples]) == (2, [9, 10])


def test_an_activity_after_closing_and_on_the_last_day():
    rows = [activity(1, datum=date(2026, 5, 31), geregistreerd_op=None), activity(1, datum=date(2026, 6, 1), geregistreerd_op=None)]  # fmt: skip
    found = one(run_checks(delivery([trajectory(1)], rows)), "activity_outside_trajectory")
    assert found.count == 1
    assert dict(found.examples[0].values) == {
        "za_code": "190060", "datum": "2026-06-01", "openingsdatum": "2026-03-02", "sluitdatum": "2026-05-31",
    }  # fmt: skip


@pytest.mark.parametrize("column", ["openingsdatum", "sluitdatum", "geregistreerd_op", "product_bekend_op"])
@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2004, 12, 31), date(2027, 1, 1), date(2100, 1, 1)])
def test_an_impossible_day_is_told_once_with_its_column(column, day):
    findings = run_checks(delivery([trajectory(1, **{column: day}), trajectory(2)], [activity(1), activity(2)]))
    found = one(findings, "trajectory_date_implausible")
    told = day.isoformat() if day.year >= 2005 else f"{day.year}-…"  # what is older may be a day of birth
    assert (found.column, found.count, dict(found.examples[0].values)) == (column, 1, {column: told})
    assert {finding.check for finding in findings if finding.count} == {"trajectory_date_implausible"}


def test_the_first_and_the_last_possible_day():
    rows = [trajectory(1, product_bekend_op=date(2005, 1, 1)), trajectory(2, product_bekend_op=DELIVERED)]
    assert one(run_checks(delivery(rows, [activity(1), activity(2)])), "trajectory_date_implausible").count == 0


def test_empty_columns_are_named_one_by_one():
    rows = [trajectory(1, diagnose=None, geslacht=None), trajectory(2, diagnose=None)]
    findings = run_checks(delivery(rows, [activity(1), activity(2)]))
    assert one(findings, "trajectory_column_empty", "diagnose").count == 2
    assert one(findings, "trajectory_column_empty", "geslacht").count == 1
    assert len([finding for finding in findings if finding.check == "trajectory_column_empty"]) == 2


def test_a_column_that_the_format_does_not_carry_is_no_fault():
    rows = [trajectory(1, zorgtraject_id=None), trajectory(2, zorgtraject_id=None)]
    activities = [activity(1), activity(2)]
    absent = {f"{TableName.TRAJECTORIES}.zorgtraject_id"}

    excused = run_checks(delivery(rows, activities), absent=absent)
    assert one(excused, "trajectory_column_empty").status is Status.GOOD
    assert one(excused, "care_path_two_patients").note == "column_never_filled"

    half = run_checks(delivery([rows[0], trajectory(2)], activities), absent=absent)
    assert one(half, "trajectory_column_empty").status is Status.FAILED
    assert one(run_checks(delivery(rows, activities)), "trajectory_column_empty").status is Status.FAILED


@pytest.mark.parametrize(("year", "count"), [(1905, 1), (1906, 0), (2026, 0), (2027, 1)])
def test_ages_at_opening(year, count):
    found = one(run_checks(delivery([trajectory(1, geboortejaar=year)], [activity(1)])), "birth_year_implausible")
    assert found.count == count
    assert [dict(example.values) for example in found.examples] == [{"openingsdatum": "2026-03-02"}] * count


def test_what_is_never_recorded_is_not_checked():
    rows = [trajectory(1, geregistreerd_op=None, zorgproduct=None)]
    findings = run_checks(delivery(rows, [activity(1, geregistreerd_op=None)]))
    for check in ("trajectory_recorded_late", "activity_recorded_early", "closed_without_product"):
        assert one(findings, check).note == "column_never_filled"
        assert one(findings, check).status is Status.NOT_DONE


def test_a_product_may_take_thirty_days_to_derive():
    rows = [
        trajectory(1),
        trajectory(2, sluitdatum=date(2026, 12, 1), openingsdatum=date(2026, 9, 2), zorgproduct=None),
        trajectory(3, sluitdatum=date(2026, 11, 30), openingsdatum=date(2026, 9, 1), zorgproduct=None),
    ]
    found = one(run_checks(delivery(rows, [activity(1)])), "closed_without_product")
    assert [example.row for example in found.examples] == [4]


def test_nothing_of_a_patient_is_in_a_finding():
    """Every check is made to find something; none shows a pseudonym or a year of birth."""
    numbers = {str(row[name]) for row in map(trajectory, range(1, 12)) for name in ("zorgtraject_id", "patient")}
    for _, make, change, most, _ in CASES:
        for finding in spoilt(make, change, most + 1):
            for example in finding.examples:
                assert not [name for name in example.values if identifying(name)]
                assert not numbers & set(example.values.values())


def test_the_same_row_twice_is_one_trajectory_and_no_duplicate_of_another():
    rows = [trajectory(1), {**trajectory(1), "_rij": 9}]
    findings = run_checks(delivery(rows, [activity(1)]))
    assert {finding.check for finding in findings if finding.count} == {"trajectory_id_twice"}
    assert [example.row for example in one(findings, "trajectory_id_twice").examples] == [9]


def test_an_activity_after_a_trajectory_of_one_day():
    day = date(2026, 3, 2)
    rows = [activity(1, datum=day), activity(1, datum=date(2026, 3, 3))]
    assert one(run_checks(delivery([trajectory(1, sluitdatum=day)], rows)), "activity_outside_trajectory").count == 1


@pytest.mark.parametrize(("bare", "status"), [(2, Status.COUNTED), (3, Status.ATTENTION)])
def test_from_when_trajectories_without_activities_are_told(bare, status):
    rows = [trajectory(n) for n in range(1, 101)]
    found = one(
        run_checks(delivery(rows, [activity(n) for n in range(bare + 1, 101)])), "trajectory_without_activities"
    )
    assert (found.count, found.of, found.status) == (bare, 100, status)
