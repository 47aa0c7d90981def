"""What a forecast is told in: percentages that add up as shown, and rows that do not run on."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from puntlanding.forecast.result import Estimate, Landing
from puntlanding.report.outlook_words import named

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("chances", "shown"),
    [
        (Landing(0.9594, 0.0354, 0.0052), (96, 4, 0)),
        (Landing(0.956, 0.035, 0.009), (96, 3, 1)),  # one by one 96, 4 and 1
        (Landing(0.994, 0.003, 0.003), (100, 0, 0)),  # one by one 99, 0 and 0
        (Landing(1 / 3, 1 / 3, 1 / 3), (34, 33, 33)),
        (Landing(0.0, 0.0, 1.0), (0, 0, 100)),
    ],
)
def test_chances_add_up_to_a_hundred_as_shown(chances: Landing, shown: tuple[int, int, int]) -> None:
    assert chances.whole_percents == shown


@settings(max_examples=200, deadline=None)
@given(st.floats(0, 2000), st.floats(0, 300), st.floats(0.1, 3000), st.floats(0.001, 0.5))
def test_every_chance_is_shown_within_one_percent(rest: float, sd: float, budget: float, band: float) -> None:
    chances = Estimate(600_000, rest, 0.0, sd).probability(budget, band)
    shown = chances.whole_percents
    assert sum(shown) == 100
    exact = (chances.under, chances.within, chances.over)
    assert all(abs(one - 100 * share) < 1 + 1e-9 for one, share in zip(shown, exact, strict=True))


def test_of_many_the_first_are_named_and_all_are_counted() -> None:
    assert named(["a", "b"]) == "a, b"
    assert named(list("abcdefg")) == "a, b, c, d, … (7)"
