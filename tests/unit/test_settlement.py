"""Every contract type, redistribution at its edges, supporting groups and the bandwidth."""

from fractions import Fraction

import pytest
from stages import agreement, capacity, fte, groups, position, ratio

from puntlanding.agreement.keys import contract_settings
from puntlanding.contract_types import CONTRACT_TYPES
from puntlanding.explain import recompute
from puntlanding.formation import Formation
from puntlanding.settlement import settle
from puntlanding.settlement.redistribution import redistribute

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("kind", "settings", "realised", "budgeted", "previous", "base", "extra"),
    [
        ("plafond", {}, 9, 10, None, 9, 0),
        ("plafond", {}, 12, 10, None, 10, 0),
        ("plafond", {}, 10, 10, None, 10, 0),
        ("plafond", {}, 0, 10, None, 0, 0),
        ("plafond", {}, 5, 0, None, 0, 0),
        ("plafond_bandbreedte", {"bandbreedte": "0.05"}, 9, 10, None, 9, 0),
        ("plafond_bandbreedte", {"bandbreedte": "0.05"}, "10.3", 10, None, 10, "0.3"),
        ("plafond_bandbreedte", {"bandbreedte": "0.05"}, "10.5", 10, None, 10, "0.5"),
        ("plafond_bandbreedte", {"bandbreedte": "0.05"}, 12, 10, None, 10, "0.5"),
        ("plafond_bandbreedte", {"bandbreedte": "0"}, 12, 10, None, 10, 0),
        ("plafond_bandbreedte", {"bandbreedte": "0.05"}, 5, 0, None, 0, 0),
        ("aanneemsom", {}, 9, 10, None, 10, 0),
        ("aanneemsom", {}, 12, 10, None, 10, 0),
        ("aanneemsom", {}, None, 10, None, 10, 0),
        ("meerjaren_aanneemsom", {"krimpvergoeding": "0.5"}, 9, 10, 12, 10, 1),
        ("meerjaren_aanneemsom", {"krimpvergoeding": "0.5"}, None, 10, 8, 10, 0),
        ("meerjaren_aanneemsom", {"krimpvergoeding": "1"}, None, 0, 8, 0, 8),
        ("schaduwdraaien", {}, 12, 10, None, 12, 0),
        ("schaduwdraaien", {}, 0, 10, None, 0, 0),
    ],
)
def test_contract_types(kind, settings, realised, budgeted, previous, base, extra):
    one = position("KNO", realised, budgeted, previous)
    payment = CONTRACT_TYPES[kind].rule(one, {key: ratio(value) for key, value in settings.items()})
    assert (payment.base.value, payment.extra.value) == (Fraction(base), Fraction(extra))
    paid = payment.paid(one)
    assert paid.value == recompute(paid) == Fraction(base) + Fraction(extra)


@pytest.mark.parametrize("kind", [kind for kind, one in CONTRACT_TYPES.items() if one.needs_realisation])
def test_what_a_rule_needs_is_not_made_up(kind):
    settings = {"bandbreedte": ratio("0.05")}
    with pytest.raises(ValueError, match="KNO"):
        CONTRACT_TYPES[kind].rule(position("KNO", None, 10), settings)


def test_a_multi_year_lump_sum_needs_last_year():
    with pytest.raises(ValueError, match="last year"):
        CONTRACT_TYPES["meerjaren_aanneemsom"].rule(position("KNO", 9, 10), {"krimpvergoeding": ratio("0.5")})


def test_every_type_can_be_chosen():
    (kinds,) = [one.choices for one in contract_settings(None) if one.key == "soort"]
    assert kinds == tuple(CONTRACT_TYPES)
    for name, kind in CONTRACT_TYPES.items():
        assert name == kind.name
        assert {one.key for one in kind.settings} < {one.key for one in contract_settings(name)}


@pytest.mark.parametrize(
    ("rows", "cap", "extra"),
    [
        ({"a": (8, 10), "b": (9, 10)}, None, {}),  # nobody over
        ({"a": (12, 10), "b": (13, 10)}, None, {"a": 0, "b": 0}),  # nobody under
        ({"a": (10, 10)}, None, {}),  # on the point
        ({"a": (8, 10), "b": (14, 10)}, None, {"b": 2}),  # all to one
        ({"a": (5, 10), "b": (11, 10), "c": (12, 10)}, None, {"b": 1, "c": 2}),  # enough for all
        ({"a": (8, 10), "b": (11, 10), "c": (13, 10)}, None, {"b": "0.5", "c": "1.5"}),  # pro rata
        ({"a": (5, 10), "b": (15, 10), "c": (15, 10)}, "0.1", {"b": 1, "c": 1}),  # all at their maximum
        ({"a": (8, 10), "b": (14, 10), "c": (14, 100)}, "0", {"b": 0}),  # nothing may be paid
        ({"a": (7, 10), "b": (13, 10), "c": (106, 100)}, "0.1", {"b": 1, "c": 2}),  # what b cannot take goes to c
        ({"a": (0, 10), "b": (16, 10), "c": (26, 20), "d": (112, 100)}, "0.1", {"b": 1, "c": 2, "d": 7}),  # in cascade
        ({"a": (8, 10), "b": (3, 0), "c": (13, 10)}, None, {"b": 1, "c": 1}),  # nothing budgeted, no maximum
        ({"a": (8, 10), "b": (3, 0), "c": (13, 10)}, "0.5", {"b": 0, "c": 2}),  # a share of nothing is nothing
        ({"a": (8, 10), "b": (11, 10), "c": (12, 20)}, "2", {"b": 1}),  # a maximum above all over-production
        ({}, None, {}),
    ],
)
def test_redistribution(rows, cap, extra):
    positions = [position(name, *values) for name, values in rows.items()]
    for order in (positions, positions[::-1]):
        found = redistribute(order, None if cap is None else ratio(cap))
        assert {name: node.value for name, node in found.items()} == {n: Fraction(v) for n, v in extra.items()}
        assert all(recompute(node) == node.value for node in found.values())


CEILING = {"naam": "A", "soort": "plafond"}
SHADOW = {"naam": "B", "soort": "schaduwdraaien"}
THREE = groups("KNO", "Oog", "Rad", supporting=("Rad",))
BUDGET = {"KNO": {"A": 10}, "Oog": {"A": 10}, "Rad": {"A": 4}}
REALISED = {"KNO": {"A": 6}, "Oog": {"A": 12}, "Rad": {"A": 6}}


@pytest.mark.parametrize(
    ("terms", "paid"),
    [
        ({}, (6, 10, 4)),
        ({"herverdeling": "naar_rato"}, (6, 12, 6)),
        ({"ondersteuners": "realisatie"}, (6, 10, 6)),
        ({"ondersteuners": "volgt_poort"}, (6, 10, "3.6")),  # 4 × 18 ÷ 20
        ({"ondersteuners": "realisatie", "herverdeling": "naar_rato"}, (6, 12, 6)),
        ({"herverdeling": "naar_rato", "maximum_overproductie": "0.1"}, (6, 11, "4.4")),
        ({"bandbreedte_fte": ["0.9", "0.95"]}, (9, "9.5", "3.8")),  # care fte 10, 10, 4
    ],
)
def test_settlement_by_agreement(terms, paid):
    formation = {name: Formation(fte(care), fte(care)) for name, care in (("KNO", 10), ("Oog", 10), ("Rad", 4))}
    found = settle(
        THREE, agreement([CEILING], afrekening=terms), capacity(BUDGET), capacity(REALISED), formation=formation
    )
    assert [row.line.paid.value for row in found.rows] == [Fraction(one) for one in paid]
    assert found.total.paid.value == sum(Fraction(one) for one in paid)


def test_a_supporter_on_realisation_stands_outside_the_pool():
    """Its under-production pays nobody."""
    found = settle(
        THREE,
        agreement([CEILING], afrekening={"herverdeling": "naar_rato", "ondersteuners": "realisatie"}),
        capacity(BUDGET),
        capacity({"KNO": {"A": 10}, "Oog": {"A": 12}, "Rad": {"A": 1}}),
    )
    assert [row.line.paid.value for row in found.rows] == [10, 10, 1]


def test_each_contract_has_its_own_pool_and_rule():
    """What KNO leaves in B pays nothing in A; a ceiling's bounds hold per contract, not of the sum."""
    found = settle(
        groups("KNO", "Oog"),
        agreement([CEILING, SHADOW], afrekening={"herverdeling": "naar_rato"}),
        capacity({"KNO": {"A": 10, "B": 5}, "Oog": {"A": 10}}),
        capacity({"KNO": {"A": 9, "B": 1}, "Oog": {"A": 14}}),
    )
    assert [(row.line.paid.value, row.line.extra.value) for row in found.rows] == [(10, 0), (11, 1)]
    assert [line.paid.value for line in found.contract_totals] == [20, 1]


@pytest.mark.parametrize(("care", "paid", "correction"), [(20, 18, 6), (10, 11, -1), (12, 12, 0)])
def test_bandwidth_on_the_sum_of_the_contracts(care, paid, correction):
    one = agreement([CEILING, SHADOW], afrekening={"bandbreedte_fte": ["0.9", "1.1"]})
    values = capacity({"KNO": {"A": 7, "B": 5}})
    found = settle(groups("KNO"), one, values, values, formation={"KNO": Formation(fte(care), fte(care))})
    (row,) = found.rows
    assert (row.line.paid.value, row.line.correction.value) == (paid, correction)


def test_a_bandwidth_needs_the_formation():
    one = agreement([CEILING], afrekening={"bandbreedte_fte": ["0.9", "1.1"]})
    with pytest.raises(ValueError, match="formation"):
        settle(groups("KNO"), one, capacity({"KNO": {"A": 7}}), capacity({"KNO": {"A": 7}}))
