"""What is wrong between contributions is told all at once, and then nothing is merged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from puntlanding.contribution import merge
from puntlanding.contribution.model import from_bytes
from puntlanding.contribution.tables import TableName
from puntlanding.language import Language
from puntlanding.language.messages.contribution import CONTRIBUTION
from puntlanding.language.sentences import report
from puntlanding.problems import InputError, Problem
from small_contribution import BASIS, small

pytestmark = pytest.mark.unit

FIRST = from_bytes(small("noord").to_bytes(), "noord.bijdrage")


def problems(*parts) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as found:
        merge(parts)
    for language in Language:
        assert report(found.value.problems, language)
    return found.value.problems


def south(**basis):
    return replace(small("zuid", basis=replace(BASIS, **basis)), file="zuid.bijdrage")


def test_nothing_to_merge():
    assert [one.code for one in problems()] == ["contribution_none"]


OTHER = {
    "year": (2025, "contribution_year", "2026", "2025"),
    "units": ("f" * 64, "contribution_units", "e" * 12, "f" * 12),
    "age_bands": (("0+",), "contribution_age_bands", "0-17, 18-64, 65+", "0+"),
    "diagnosis_groups": ("d" * 64, "contribution_diagnosis_groups", "–", "d" * 12),
    "norm_times": (None, "contribution_norm_times", "a" * 12, "–"),
    "cost_prices": ("b" * 64, "contribution_cost_prices", "c" * 12, "b" * 12),
}


@pytest.mark.parametrize("field", OTHER)
def test_another_basis(field):
    other, code, expected, value = OTHER[field]
    details = {"first": "noord.bijdrage", "expected": expected}
    assert problems(FIRST, south(**{field: other})) == (Problem(code, "zuid.bijdrage", value=value, details=details),)


def test_the_same_hospital_twice():
    again = replace(small("noord", kind="umc"), file="nogmaals.bijdrage")
    details = {"first": "noord.bijdrage"}
    expected = Problem("contribution_twice", "nogmaals.bijdrage", value="noord", details=details)
    assert problems(FIRST, again) == (expected,)
    assert problems(FIRST, FIRST)[0].file == "noord.bijdrage"
    assert problems(FIRST, again, again) == (expected, expected)
    assert [one.code for one in problems(merge([FIRST, south()]), again)] == ["contribution_twice"]


def test_all_that_is_wrong_at_once():
    odd = replace(south(year=2025, norm_times=None), file=None)
    again = replace(small("noord"), file="nogmaals.bijdrage")
    found = problems(FIRST, odd, again, south(cost_prices=None))
    assert [(one.code, one.file) for one in found] == [
        ("contribution_year", "zuid"),
        ("contribution_norm_times", "zuid"),
        ("contribution_cost_prices", "zuid.bijdrage"),
        ("contribution_twice", "nogmaals.bijdrage"),
        ("contribution_twice", "zuid.bijdrage"),
    ]


def test_every_message_between_contributions_is_reached_here():
    told = {code for code in CONTRIBUTION if code.startswith("contribution_")}
    assert told == {"contribution_none", "contribution_twice", *(code for _, code, _, _ in OTHER.values())}


def test_one_alone_is_itself():
    assert merge([FIRST]).to_bytes() == FIRST.to_bytes()


def test_hospitals_stand_in_order_and_keep_what_they_say_of_themselves():
    parts = [small("zuid", kind="umc", fte={}), small("noord", counts={"a": 1}), small("Oost", inputs=[{}])]
    whole = merge(parts)
    assert whole.names == ("Oost", "noord", "zuid")
    assert {one.hospital: one for one in whole.hospitals} == {part.names[0]: part.hospitals[0] for part in parts}
    assert (whole.file, whole.fingerprint, whole.signatures) == (None, None, ())
    assert whole.only(["noord"]).to_bytes() == parts[1].to_bytes()


def test_rows_of_hospitals_that_lie_between_each_other_are_put_in_order():
    """`a` and `c` came together first, so that `b` must go between their rows."""
    outer = merge([small("a", production=[{}, {"code": "2"}]), small("c", production=[{}])])
    whole = merge([small("b", production=[{}]), outer])
    assert whole.production["ziekenhuis"].to_list() == ["a", "a", "b", "c"]
    assert from_bytes(whole.to_bytes(), "x").production.equals(whole.production)


def test_parts_of_which_only_some_columns_were_read():
    asked = {TableName.INPUT: ("activiteiten_01", "ziekenhuis")}
    parts = [small(name, inputs=[{"activiteiten_01": n}]).to_bytes() for n, name in enumerate(["zuid", "noord"])]
    whole = merge([from_bytes(data, "x", asked) for data in parts])
    assert set(whole.tables) == {TableName.INPUT}
    assert whole.input.rows() == [("noord", 1), ("zuid", 0)]
