"""Durations, code tables and levels: each boundary by hand."""

from datetime import date, timedelta

import polars as pl
import pytest

from check_tables import activity, checked, delivery, one, trajectory
from puntlanding.records.check import run_checks
from puntlanding.records.checks.levels import period, sudden, usual
from puntlanding.records.codes import FROM, TEXT, UNTIL, CodeTables, DatedCodes
from puntlanding.records.findings import Status

pytestmark = pytest.mark.unit


def dated(keys, *rows, **more):
    types = {**dict.fromkeys(keys, pl.String()), FROM: pl.Date(), UNTIL: pl.Date(), TEXT: pl.String()}
    frame = pl.DataFrame([(*row, "") for row in rows], schema=types, orient="row")
    return DatedCodes(tuple(keys), frame.with_columns(**more))


# --- durations


@pytest.mark.parametrize(
    ("opened", "days", "changed", "count"),
    [
        (date(2026, 1, 5), 120, {}, 0),
        (date(2026, 1, 5), 121, {}, 1),
        (date(2015, 1, 1), 121, {}, 1),
        (date(2014, 12, 31), 365, {}, 0),
        (date(2014, 12, 31), 366, {}, 1),
        (date(2026, 1, 5), 121, {"afsluitreden": "22"}, 0),  # medicinal oncology: a rule of its own
        (date(2026, 1, 5), 121, {"afsluitreden": None}, 1),
        (date(2026, 1, 5), 121, {"zorgtype": "99"}, 1),  # unknown: the general rule
        (date(2015, 1, 1), 121, {"zorgtype": "99"}, 1),
        (date(2014, 12, 31), 121, {"zorgtype": "99"}, 0),
    ],
)
def test_the_longest_duration(opened, days, changed, count):
    row = trajectory(1, **{
        "openingsdatum": opened, "sluitdatum": opened + timedelta(days), "zorgtype": "21", "afsluitreden": "12",
        "geregistreerd_op": None, **changed,
    })  # fmt: skip
    assert checked("closed_after_maximum", [row]).count == count


def test_the_users_own_table_says_how_long():
    table = dated(["specialisme", "zorgtype"], ("0303", "21", date(2024, 1, 1), None), max_looptijd=pl.lit(150))
    rows = [
        trajectory(n, openingsdatum=date(2026, 1, 5), sluitdatum=date(2026, 1, 5) + timedelta(days), zorgtype="21")
        for n, days in ((1, 150), (2, 151))
    ]
    found = checked("closed_after_maximum", rows, codes=CodeTables(care_types=table))
    assert [example.row for example in found.examples] == [3]


@pytest.mark.parametrize(("opened", "count"), [(date(2026, 9, 2), 0), (date(2026, 9, 1), 1)])
def test_open_for_too_long(opened, count):
    row = trajectory(1, openingsdatum=opened, sluitdatum=None, zorgproduct=None, geregistreerd_op=None)
    assert checked("open_past_maximum", [row]).count == count


@pytest.mark.parametrize(
    ("changed", "count"),
    [
        ({}, 0),
        ({"sluitdatum": date(2026, 6, 1)}, 1),
        ({"sluitdatum": date(2026, 6, 1), "zorgtype": "21"}, 0),
        ({"sluitdatum": date(2026, 6, 1), "afsluitreden": "04"}, 0),
        ({"openingsdatum": date(2014, 12, 31), "sluitdatum": date(2015, 6, 1)}, 0),
    ],
)
def test_a_conservative_first_trajectory_closes_on_day_ninety(changed, count):
    assert checked("conservative_closed_late", [trajectory(1, **changed)]).count == count


# --- care paths over years


def test_a_follow_up_needs_a_predecessor_that_the_delivery_must_hold():
    """The delivery begins on 1 January 2024; 485 days later is 30 April 2025."""
    begin = [trajectory(1, openingsdatum=date(2024, 1, 1), sluitdatum=date(2024, 3, 1))]
    too_early = trajectory(2, zorgtype="21", openingsdatum=date(2025, 4, 30), sluitdatum=date(2025, 6, 1))
    alone = trajectory(3, zorgtype="21", openingsdatum=date(2025, 5, 1), sluitdatum=date(2025, 6, 1))
    fine = trajectory(4, zorgtype="21", zorgtraject_id=1_000_001, openingsdatum=date(2025, 5, 1), sluitdatum=None)
    found = checked("follow_up_without_first", [*begin, too_early, alone, fine])
    assert [example.row for example in found.examples] == [4]
    assert (found.count, found.of) == (1, 4)


def test_one_year_cannot_tell():
    assert checked("follow_up_without_first", [trajectory(1, zorgtype="21")]).note == "period_too_short"


# --- code tables


def test_codes_are_valid_on_their_day():
    tables = CodeTables(
        products=dated(["zorgproduct"], ("110401019", date(2026, 1, 1), date(2026, 6, 30))),
        diagnoses=dated(["specialisme", "diagnose"], ("0303", "0121", date(2026, 1, 1), None)),
        specialisms=dated(["specialisme"], ("0303", date(2012, 1, 1), None), ("0329", date(2012, 1, 1), None)),
        closing_reasons=dated(["afsluitreden"], ("08", date(2012, 1, 1), None)),
        activities=dated(
            ["za_code"], ("190060", date(2026, 1, 1), date(2026, 3, 31)), ("190060", date(2026, 4, 1), None)
        ),
    )
    rows = [
        trajectory(1),
        trajectory(2, openingsdatum=date(2026, 7, 1), sluitdatum=date(2026, 9, 29)),  # the product has ended
        trajectory(3, specialisme="0329"),  # its diagnoses are not in the table: nothing is said of them
        trajectory(4, diagnose="0999"),
        trajectory(5, specialisme="0399"),
        trajectory(6, afsluitreden="99"),
        trajectory(7, zorgproduct="15A933", diagnose="9", specialisme="CHI"),  # no codes at all: told by their form
    ]  # fmt: skip
    activities = [
        activity(1),
        activity(1, datum=date(2026, 5, 1)),
        activity(2, za_code="039999"),
        activity(3, specialisme_uitvoerder="0398"),
        activity(4, datum=date(2025, 12, 31)),  # before the table begins
    ]
    findings = run_checks(delivery(rows, activities), tables)

    def found(check):
        finding = one(findings, check)
        return [dict(example.values) for example in finding.examples], finding.of

    assert found("product_not_valid") == ([{"zorgproduct": "110401019", "openingsdatum": "2026-07-01"}], 7)
    assert found("diagnosis_not_valid") == (
        [{"specialisme": "0303", "diagnose": "0999", "openingsdatum": "2026-03-02"}],
        7,
    )
    assert found("specialism_unknown") == ([{"specialisme": "0399", "openingsdatum": "2026-03-02"}], 7)
    assert found("closing_reason_unknown") == ([{"afsluitreden": "99", "sluitdatum": "2026-05-31"}], 7)
    assert found("activity_not_valid") == ([{"za_code": "039999", "datum": "2026-03-02"}], 5)
    assert found("activity_specialism_unknown") == ([{"specialisme_uitvoerder": "0398", "datum": "2026-03-02"}], 5)


@pytest.mark.parametrize(
    ("valid", "wrong", "status"),
    [(999, 1, Status.COUNTED), (998, 2, Status.ATTENTION)],
)
@pytest.mark.parametrize(
    ("check", "name", "keys", "changed"),
    [
        ("product_not_valid", "products", {"zorgproduct": "110401019"}, {"zorgproduct": "110401018"}),
        ("diagnosis_not_valid", "diagnoses", {"specialisme": "0303", "diagnose": "0121"}, {"diagnose": "0122"}),
        ("closing_reason_unknown", "closing_reasons", {"afsluitreden": "08"}, {"afsluitreden": "98"}),
        ("activity_not_valid", "activities", {"za_code": "190060"}, {"za_code": "190061"}),
    ],
)
def test_from_when_invalid_codes_are_told(check, name, keys, changed, valid, wrong, status):
    tables = CodeTables(**{name: dated(list(keys), (*keys.values(), date(2020, 1, 1), None))})
    about_activities = name == "activities"
    rows = [trajectory(n, **({} if about_activities or n > wrong else changed)) for n in range(1, valid + wrong + 1)]
    acts = [activity(n, **(changed if about_activities and n <= wrong else {})) for n in range(1, valid + wrong + 1)]
    found = one(run_checks(delivery(rows, acts), tables), check)
    assert (found.count, found.status) == (wrong, status)


@pytest.mark.parametrize(
    ("check", "column", "most", "statuses"),
    [
        ("specialism_unknown", "specialisme", 1, (Status.ATTENTION, Status.FAILED)),
        ("activity_specialism_unknown", "specialisme_uitvoerder", 1, (Status.COUNTED, Status.ATTENTION)),
    ],
)
def test_from_when_unknown_specialisms_are_told(check, column, most, statuses):
    tables = CodeTables(specialisms=dated(["specialisme"], ("0303", date(2012, 1, 1), None)))
    for wrong, status in zip((most, most + 1), statuses, strict=True):
        of_activity = column != "specialisme"
        rows = [trajectory(n, **({} if of_activity or n > wrong else {column: "0399"})) for n in range(1, 101)]
        acts = [activity(n, **({column: "0399"} if of_activity and n <= wrong else {})) for n in range(1, 101)]
        found = one(run_checks(delivery(rows, acts), tables), check)
        assert (found.count, found.status) == (wrong, status)


def test_a_partial_list_says_nothing_of_other_codes():
    table = dated(["specialisme"], ("0305", date(2012, 1, 1), None))
    assert checked("specialism_unknown", [trajectory(1)], codes=CodeTables(specialisms=table)).count == 1
    partial = CodeTables(specialisms=table, partial=frozenset({"specialisms"}))
    assert checked("specialism_unknown", [trajectory(1)], codes=partial).note == "no_nza_tables"
    assert checked("specialism_unknown", [trajectory(1)]).note == "no_nza_tables"


@pytest.mark.parametrize(
    ("specialism", "product", "count"),
    [
        ("0316", "990316025", 0), ("0313", "990316025", 1), ("0389", "990089041", 0), ("0330", "990089041", 1),
        ("0304", "990004009", 0), ("0313", "990003001", 0), ("0303", "110401019", 0), ("0316", "991630001", 0),
    ],
)  # fmt: skip
def test_product_groups_named_after_a_specialism(specialism, product, count):
    row = trajectory(1, specialisme=specialism, zorgproduct=product)
    assert checked("product_not_of_specialism", [row]).count == count


def test_national_pairs_come_before_names():
    pairs = pl.DataFrame({"zorgproduct": ["110401019", "990316025"], "specialisme": ["0303", "0330"]})
    rows = [
        trajectory(1),
        trajectory(2, specialisme="0305"),
        trajectory(3, specialisme="0330", zorgproduct="990316025"),
        trajectory(4, specialisme="0301", zorgproduct="070401008"),  # occurs nowhere in the list
    ]
    found = checked("product_not_of_specialism", rows, codes=CodeTables(product_specialisms=pairs))
    assert [example.row for example in found.examples] == [3]


# --- levels


@pytest.mark.parametrize(("count", "level", "told"), [(50, 100, False), (49, 100, True), (200, 100, False), (201, 100, True), (0, 99, False), (500, 99, False)])  # fmt: skip
def test_half_and_double_of_a_hundred(count, level, told):
    assert sudden(count, level, 100) is told


def test_what_is_usual_is_the_median_of_six_months():
    counts = [10, 20, 30, 40, 50, 60, 70, 80]
    assert usual(counts, 7) == 45  # 20 to 70
    assert usual(counts, 3) == 20  # 10, 20, 30
    assert usual(counts, 2) == 60  # two before are too few: 40 to 80 after it
    assert usual([1, 2, 3], 1) is None


def test_the_period_is_what_was_delivered_whole():
    january = 2026 * 12
    full = {january + month: 100 for month in range(12)}
    assert period(full, date(2026, 12, 31)) == range(january, january + 12)
    assert period(full, date(2026, 12, 30)) == range(january, january + 11)
    assert period({january - 2: 10, january - 1: 49, **full, january + 12: 4}, date(2027, 2, 15)) == range(
        january, january + 12
    )
    assert period({january - 1: 50, **full}, date(2026, 12, 31)) == range(january - 1, january + 12)
    assert period({**full, january + 12: 5}, date(2027, 2, 15)) == range(january, january + 13)
    assert period({}, date(2027, 2, 15)) == range(0)


def months(counts, **changed):
    """``counts`` openings in each month of 2026, each with one activity on its day."""
    days = [date(2026, month + 1, 2) for month, count in enumerate(counts) for _ in range(count)]
    return [
        trajectory(n, openingsdatum=day, sluitdatum=None, zorgproduct=None, geregistreerd_op=None, **changed)
        for n, day in enumerate(days, 1)
    ]


def test_a_month_of_half_and_a_month_of_double():
    found = checked("openings_level", months([100, 100, 100, 100, 49, 100, 100, 201, 100, 100, 100, 100]))
    assert [dict(example.values) for example in found.examples] == [
        {"specialisme": "0303", "maand": "2026-05", "aantal": "49", "gebruikelijk": "100"},
        {"specialisme": "0303", "maand": "2026-08", "aantal": "201", "gebruikelijk": "100"},
    ]
    assert (found.count, found.of, found.status) == (2, 12, Status.ATTENTION)
    assert found.examples[0].row is None


def test_holidays_are_no_change_of_level():
    found = checked("openings_level", months([100, 100, 110, 100, 90, 100, 62, 60, 105, 100, 100, 65]))
    assert (found.count, found.of) == (0, 12)


def test_a_small_specialism_does_not_alarm():
    assert checked("openings_level", months([99] * 6 + [0] + [99] * 5)).count == 0


def test_a_specialism_that_is_missing_from_a_month():
    rows = months([100] * 12) + [
        {**row, "subtraject_id": 10_000 + n, "patient": 10_000 + n, "specialisme": "0305"}
        for n, row in enumerate(months([100, 100, 100, 100, 100, 100, 0, 100, 100, 100, 100, 100]))
    ]
    found = checked("openings_level", rows)
    assert [dict(example.values) for example in found.examples] == [
        {"specialisme": "0305", "maand": "2026-07", "aantal": "0", "gebruikelijk": "100"}
    ]


def test_activities_are_judged_from_the_fifth_month():
    """Until then those of trajectories from before the delivery are missing. Five hundred are enough to tell, 495 are not."""
    counts = [100, 30, 100, 100, 100, 100, 100, 100, 100, 100, 30, 100]
    rows = months([100] * 12)
    series = [
        activity(row["subtraject_id"], datum=row["openingsdatum"], aantal=session, geregistreerd_op=None)
        for number, row in enumerate(rows)
        if number % 100 < counts[number // 100]
        for session in range(1, 6)
    ]
    found = checked("activities_level", rows, series)
    assert [dict(example.values) for example in found.examples] == [
        {"specialisme_uitvoerder": "0303", "maand": "2026-11", "aantal": "150", "gebruikelijk": "500"}
    ]
    assert found.of == 8
    fewer = [one for one in series if one["subtraject_id"] % 100]
    assert checked("activities_level", rows, fewer).count == 0


def test_a_few_months_cannot_tell():
    assert checked("openings_level", months([100, 100, 100])).note == "period_too_short"
    assert checked("openings_level", [trajectory(1)]).note == "period_too_short"
