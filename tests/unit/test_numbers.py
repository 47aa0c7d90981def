"""Decimal point or comma: what a table settles, and what it leaves in doubt."""

from fractions import Fraction

import pytest

from puntlanding.case.numbers import Place, detect, parse, without_thousands

pytestmark = pytest.mark.unit

COMMA, SEMICOLON, TAB = ",", ";", "\t"


@pytest.mark.parametrize(
    ("texts", "separator", "sign", "mixed", "ambiguous"),
    [
        ([], SEMICOLON, None, [], []),
        (["1,5"], SEMICOLON, ",", [], []),
        (["1.5"], SEMICOLON, ".", [], []),
        (["1,5", "1,234"], SEMICOLON, ",", [], []),
        (["1.5", "1.234"], COMMA, ".", [], []),
        (["1.5", "2.5", "3,5"], SEMICOLON, ".", ["3,5"], []),
        (["1.5", "2,5", "3,5"], SEMICOLON, ",", ["1.5"], []),
        (["1.234"], SEMICOLON, None, [], ["1.234"]),
        (["1,234"], SEMICOLON, ",", [], []),
        (["1,234"], TAB, ",", [], []),
        (["1.234"], COMMA, ".", [], []),
        (["1,234"], COMMA, None, [], ["1,234"]),
        (["1.234", "1,234"], SEMICOLON, None, [], ["1.234", "1,234"]),
        (["1.234"], None, None, [], ["1.234"]),
        (["0.123"], SEMICOLON, ".", [], []),  # no thousands start with 0
        (["12.3456"], SEMICOLON, ".", [], []),
        (["n.v.t."], SEMICOLON, None, [], []),
    ],
)
def test_detect(texts, separator, sign, mixed, ambiguous):
    found = detect([Place(i, "aantal", text) for i, text in enumerate(texts)], separator)
    assert found.sign == sign
    assert [place.text for place in found.mixed] == mixed
    assert [place.text for place in found.ambiguous] == ambiguous


@pytest.mark.parametrize(
    ("text", "sign", "expected"),
    [
        ("12", None, Fraction(12)), ("012", ",", Fraction(12)), ("+5", ".", Fraction(5)), ("-5", ",", Fraction(-5)), ("1,5", ",", Fraction("1.5")),
        ("1.5", ".", Fraction("1.5")), ("-0,25", ",", Fraction("-0.25")),
        # the other sign is never read as if it were the table's: a factor of a thousand in somebody's pay
        ("1.234", ",", None), ("1,234", ".", None), ("1.234,5", ",", None), ("1,234.5", ".", None), ("1,5", None, None),
        ("1,2,3", ",", None), ("1.2.3", ".", None), ("5,", ",", None), (",5", ",", None), ("1e3", ".", None), ("", ",", None),
        ("٣", ",", None), ("٣,5", ",", None), ("5%", ",", None), ("1 000", ",", None), ("inf", ".", None), ("nan", ".", None),
    ],
)  # fmt: skip
def test_parse(text, sign, expected):
    assert parse(text, sign) == expected


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("1.234", "1234"), ("1.234.567,8", "1234567,8"), ("1,234,567.8", "1234567.8"), ("1,234", "1234"), ("12,5", None),
        ("1.23", None), ("x", None), ("1.2345", None),
    ],
)  # fmt: skip
def test_without_thousands(text, plain):
    assert without_thousands(text) == plain
