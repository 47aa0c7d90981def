"""The score of the budget and of the realisation, and half-days that become fte."""

from fractions import Fraction

import pytest
from stages import agreement, ratio

from puntlanding.explain import Source, Unit, cell, recompute
from puntlanding.formation import Category, HalfDays, formation_fte
from puntlanding.scoring import EfficiencyFigure, ScoreInputs, budget_factors, realisation_factors

pytestmark = pytest.mark.unit

T = 2026


def figure(year, value, component=None, correction=None):
    return EfficiencyFigure("KNO", year, ratio(value), component, None if correction is None else ratio(correction))


def inputs(figures, care=None, **weighing):
    weights = agreement(weging=weighing).weights
    return ScoreInputs(weights, tuple(figures), {} if care is None else {"KNO": ratio(care)})


def shown(factors):
    node = factors.get("KNO")
    assert node is None or recompute(node) == node.value
    return None if node is None else node.value


WHOLE = [figure(T - 1, "1.1"), figure(T, "0.9")]
PARTS = [figure(T - 1, "1.1", "poli"), figure(T - 1, "0.8", "kliniek")]
WEIGHED = {"onderdelen": {"poli": "3", "kliniek": "1"}}
APPROPRIATE = {"output": "0.7", "efficiency": "0.2", "passende_zorg": "0.1"}


@pytest.mark.parametrize(
    ("given", "budget", "realised"),
    [
        (inputs([]), None, None),
        (inputs(WHOLE), "1.02", "0.98"),
        (inputs(WHOLE, output="1", efficiency="0"), None, None),
        (inputs(WHOLE, output="0", efficiency="1"), "1.1", "0.9"),
        # a correction counts in the realisation only
        (inputs([figure(T - 1, "1.1", correction="0.5"), figure(T, "0.9", correction="0.1")]), "1.02", "1"),
        # a rise that does not count stops at last year's, after the correction
        (inputs([figure(T - 1, "1"), figure(T, "1.2")], efficiency_stijging="telt_niet"), "1", "1"),
        (inputs([figure(T - 1, "1"), figure(T, "0.9", correction="0.3")], efficiency_stijging="telt_niet"), "1", "1"),
        (inputs([figure(T - 1, "1"), figure(T, "0.9")], efficiency_stijging="telt_niet"), "1", "0.98"),
        (inputs([figure(T, "1.5")], efficiency_stijging="telt_niet"), None, "1.1"),  # nothing to compare with
        # components: equally, or by weight; one of weight 0 is as good as not there
        (inputs(PARTS), "0.99", None),
        (inputs(PARTS, **WEIGHED), "1.005", None),
        (inputs(PARTS, onderdelen={"poli": "0", "kliniek": "2"}), "0.96", None),
        (inputs(PARTS[:1], onderdelen={"poli": "0", "kliniek": "2"}), None, None),
        (inputs(PARTS[:1], **WEIGHED), "1.02", None),
        # appropriate care, also without efficiency
        (inputs(WHOLE, "1.2", **APPROPRIATE), "1.04", "1"),
        (inputs([], "1.2", **APPROPRIATE), "1.02", "1.02"),
        (inputs([], "1.2"), None, None),
    ],
)
def test_factor(given, budget, realised):
    assert shown(budget_factors(given, ["KNO"], T)) == (None if budget is None else Fraction(budget))
    assert shown(realisation_factors(given, ["KNO"], T)) == (None if realised is None else Fraction(realised))


@pytest.mark.parametrize(
    ("figures", "care", "expected"),
    [
        ([figure(T - 1, "1.2")], None, "1.04"),
        ([figure(T - 2, "0.8"), figure(T - 1, "1.2")], None, "0.96"),
        ([figure(T - 1, "1.2")], "1", "1.04"),  # not 1.0: a change of score alone is no shrink
    ],
)
def test_last_years_budget_falls_back_on_this_years_efficiency(figures, care, expected):
    weighing = APPROPRIATE if care else {}
    assert shown(budget_factors(inputs(figures, care, **weighing), ["KNO"], T - 1, otherwise=T)) == Fraction(expected)


def half_days(role, category, number, weeks=None):
    source = Source("formatie.csv", 2, "dagdelen_per_week")
    return HalfDays(
        "KNO",
        role,
        Category(category),
        cell("half_days", Fraction(number), Unit.HALF_DAYS, source),
        None if weeks is None else cell("weeks", Fraction(weeks), Unit.WEEKS, source),
    )


@pytest.mark.parametrize(
    ("terms", "returns", "care", "working"),
    [
        ({}, [half_days("arts", "1a", 7), half_days("arts", "1b", "2.5"), half_days("arts", "2", 1)], "0.95", "1.05"),
        ({"dagdelen_per_fte": "9"}, [half_days("arts", "1a", 9)], 1, 1),
        ({}, [half_days("arts", "1a", 10, 26)], "0.5", "0.5"),
        ({"weken_per_jaar": "40"}, [half_days("arts", "1a", 10, 26)], "0.65", "0.65"),
        ({}, [half_days("arts", "1a", 10, 0)], 0, 0),
        ({"functiegewichten": {"Anios": "0.5"}}, [half_days("ANIOS", "1a", 10), half_days("arts", "1a", 10)], "1.5", "1.5"),
        ({"functiegewichten": {"anios": "0"}}, [half_days("anios", "1a", 10)], 0, 0),
        ({"functiegewichten": {"anios": "0.5"}}, [half_days("anios", "3", 10, 13)], 0, "0.125"),
    ],
)  # fmt: skip
def test_formation(terms, returns, care, working):
    (found,) = formation_fte(returns, agreement(formatie=terms).formation).values()
    assert (found.care_fte.value, found.working_fte.value) == (Fraction(care), Fraction(working))
    assert recompute(found.care_fte) == found.care_fte.value


def test_who_returned_nothing_has_no_formation():
    assert formation_fte([], agreement().formation) == {}
