"""Shorthand for tests of one stage: an agreement from plain values, groups, and norm fte as constants."""

from decimal import Decimal
from fractions import Fraction

from puntlanding.agreement import read_agreement
from puntlanding.budget import Capacity
from puntlanding.budget.capacity import CapacityRow
from puntlanding.collective import Group, Role
from puntlanding.contract_types import Position
from puntlanding.explain import Unit, constant


def agreement(contracts=None, **sections):
    """Sections as TOML gives them; numbers as text."""
    raw = {"afspraak": {"organisatie": "MSB Proef", "jaar": 2026}, "contract": contracts or [], **sections}
    found, problems = read_agreement(_decimals(raw), {}, "afspraak.toml")
    assert found is not None, problems
    return found


def _decimals(value):
    if isinstance(value, dict):
        return {key: _decimals(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_decimals(one) for one in value]
    return Decimal(value) if isinstance(value, str) and value.replace(".", "").isdigit() else value


def groups(*names, supporting=()):
    return [Group(n, "0301", Role.SUPPORTING if n in supporting else Role.GATEKEEPING) for n in names]


def ratio(value):
    return constant("whole", Fraction(value), Unit.RATIO)


def fte(value):
    return None if value is None else constant("norm_fte", Fraction(value), Unit.FTE)


def position(name, realised, budgeted, previous=None, contract="A"):
    return Position(name, contract, fte(budgeted), fte(realised), fte(previous))


def capacity(values):
    """{group: {contract: norm fte}} as a scored capacity."""
    rows = tuple(
        CapacityRow(name, None, None, None, None, None, {contract: fte(value) for contract, value in own.items()})
        for name, own in values.items()
    )
    return Capacity(rows, (), CapacityRow("Totaal", None, None, None, None, None, {}))
