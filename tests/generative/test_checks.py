"""Every condition and link, on tables with anything in them, against plain Python."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plain_checks import activity_rows, trajectory_rows

from check_tables import activity, delivery, trajectory
from puntlanding.records.check import run_checks
from puntlanding.records.findings import EXAMPLES

pytestmark = pytest.mark.generative

DELIVERED = date(2016, 3, 1)
# Days around every boundary: of 2005, of 2015, of 30, 90, 120 and 365 days, and of the delivery.
DAYS = st.none() | st.sampled_from(
    [
        date(1900, 1, 1), date(2004, 12, 31), date(2005, 1, 1), date(2014, 12, 31), date(2015, 1, 1), date(2015, 3, 31),
        date(2015, 4, 1), date(2015, 5, 1), date(2015, 5, 2), date(2015, 12, 31), date(2016, 1, 1), date(2016, 1, 30),
        date(2016, 1, 31), date(2016, 2, 1), date(2016, 3, 1), date(2016, 3, 2), date(2100, 1, 1),
    ]
)  # fmt: skip
SPECIALISMS = st.sampled_from([None, "0303", "0305", "CHI", "303", "03030"])
IDS = st.none() | st.integers(1, 6)
TRAJECTORIES = st.fixed_dictionaries(
    {
        "subtraject_id": IDS, "zorgtraject_id": IDS, "patient": st.none() | st.integers(1, 3),
        "specialisme": SPECIALISMS, "diagnose": st.sampled_from([None, "0121", "G25A", "g25a", "121", "0303.121"]),
        "zorgtype": st.sampled_from([None, "11", "21", "W1", ""]), "openingsdatum": DAYS, "sluitdatum": DAYS,
        "afsluitreden": st.sampled_from([None, "08", "12", "22", "8"]),
        "declaratiecode": st.sampled_from([None, "15A933", "15A93"]),
        "verzekeraar": st.sampled_from([None, "3311", "Zilveren Kruis"]),
        "zorgproduct": st.sampled_from([None, "110401019", "15A933"]),
        "geboortejaar": st.sampled_from([None, 1880, 1894, 1895, 1896, 1970, 2015, 2016, 2017]),
        "geslacht": st.sampled_from([None, "M", "V", "O"]), "geregistreerd_op": DAYS, "product_bekend_op": DAYS,
    }
)  # fmt: skip
ACTIVITIES = st.fixed_dictionaries(
    {
        "subtraject_id": IDS, "za_code": st.sampled_from([None, "190060", "POLI", "19006"]), "datum": DAYS,
        "aantal": st.sampled_from([None, -1, 0, 1, 9_999, 10_000]), "specialisme_uitvoerder": SPECIALISMS,
        "specialisme_aanvrager": SPECIALISMS, "geregistreerd_op": DAYS,
    }
)  # fmt: skip


@given(st.lists(TRAJECTORIES, max_size=12), st.lists(ACTIVITIES, max_size=12))
def test_the_columns_agree_with_plain_python(trajectories, activities):
    made = delivery(
        [trajectory(n, **row) for n, row in enumerate(trajectories, 1)],
        [activity(n, **row) for n, row in enumerate(activities, 1)],
        DELIVERED,
    )
    findings = run_checks(made)

    expected = {**trajectory_rows(made), **activity_rows(made)}
    undone = {finding.check for finding in findings if finding.note is not None}
    told = {(finding.check, finding.column): finding for finding in findings if finding.count}
    checks = {check for check, _ in expected}
    assert {place: finding.count for place, finding in told.items() if place[0] in checks} == {
        place: len(rows) for place, rows in expected.items() if rows and place[0] not in undone
    }
    for place, rows in expected.items():
        if rows and place[0] not in undone:
            examples = told[place].examples
            assert [example.row for example in examples] == rows[:EXAMPLES]
