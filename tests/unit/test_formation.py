"""Half-days → fte by role: weights, part years, and that roles add up to their group."""

from fractions import Fraction

import pytest

from puntlanding.agreement.model import Formation as Terms
from puntlanding.explain import Source, Unit, cell, setting
from puntlanding.formation import Category, HalfDays, formation_fte, role_fte

pytestmark = pytest.mark.unit


def number(value, unit=Unit.HALF_DAYS):
    return cell("half_days", Fraction(value), unit, Source("formatie.csv", 2, "dagdelen_per_week"))


TERMS = Terms(
    setting("formatie.dagdelen_per_fte", Fraction(9), Unit.HALF_DAYS, None),
    setting("formatie.weken_per_jaar", Fraction(52), Unit.WEEKS, None),
    {"anios": setting("formatie.functies", Fraction(1, 2), Unit.RATIO, None)},
)
RETURNS = (
    HalfDays("Heelkunde", "Medisch specialist", Category.PATIENT_RELATED, number(9)),
    HalfDays("Heelkunde", "medisch specialist", Category.OTHER, number(3)),
    HalfDays("Heelkunde", "anios", Category.CONDITIONAL, number(9), number(26, Unit.WEEKS)),
    HalfDays("KNO", "medisch specialist", Category.PATIENT_RELATED, number(6)),
)


def test_roles_are_weighted_and_counted_for_the_part_of_the_year():
    specialist, anios, other = role_fte(RETURNS, TERMS)
    assert (specialist.returns, specialist.weight, specialist.care_fte, specialist.working_fte) == (
        2,
        None,
        1,
        Fraction(4, 3),
    )
    assert (anios.weight, anios.care_fte, anios.half_days[Category.CONDITIONAL]) == (Fraction(1, 2), Fraction(1, 4), 9)
    assert (other.group, other.care_fte) == ("KNO", Fraction(2, 3))


def test_roles_add_up_to_their_group():
    for group, whole in formation_fte(RETURNS, TERMS).items():
        own = [one for one in role_fte(RETURNS, TERMS) if one.group == group]
        assert sum(one.care_fte for one in own) == whole.care_fte.value
        assert sum(one.working_fte for one in own) == whole.working_fte.value
