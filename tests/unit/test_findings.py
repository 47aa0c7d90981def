"""What an example shows of a value, and what it only shows the form of."""

from datetime import date

import pytest

from puntlanding.records.findings import Example, Finding, merged, shown

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        ("190060", "190060"),
        ("15A933", "15A933"),
        ("110401019", "110401019"),
        ("2026-01-05", "2026-01-05"),
        (date(2026, 1, 5), "2026-01-05"),
        (-3, "-3"),
        (999_999, "999999"),
        ("1,25", "1,25"),
        ("v", "v"),
    ],
)
def test_codes_quantities_and_recent_days_are_shown(value, seen):
    assert shown(value) == seen


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        ("Jansen", "xxxxxx"),
        ("JANSEN", "xxxxxx"),
        ("de Vries", "xx xxxxx"),
        ("123456782", "#########"),
        (123456782, "#########"),  # a BSN among the quantities
        (19600501, "########"),
        ("110401013", "#########"),  # the form of a product, and the eleven-test of a BSN
        ("1960-05-01", "####-##-##"),
        (date(1960, 5, 1), "1960-…"),
        ("1011 AB", "#### xx"),
        ("x" * 60, "x" * 39 + "…"),
        ("a\x1b[31m", "x\ufffd[##x"),
    ],
)
def test_of_anything_else_only_the_form(value, seen):
    assert shown(value) == seen


def test_findings_of_the_parts_of_a_delivery_are_one_with_the_first_five_examples():
    first = Finding("unreadable", 3, 10, tuple(Example("a.csv", row, {}) for row in (2, 3, 4)), "aantal")
    second = Finding("unreadable", 4, 7, tuple(Example("a.csv", row, {}) for row in (12, 13, 14, 15)), "aantal")
    other = Finding("unreadable", 1, 7, (), "datum")
    of_the_delivery = Finding("no_trajectories", 0, 1)
    assert merged([of_the_delivery, first, other, second]) == (
        Finding("unreadable", 7, 17, tuple(Example("a.csv", row, {}) for row in (2, 3, 4, 12, 13)), "aantal"),
        other,
        of_the_delivery,
    )
