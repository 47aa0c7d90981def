"""A number is read in the reader's own notation, and never guessed."""

from decimal import Decimal

import pytest

from puntlanding.language.notation import Language
from puntlanding.language.typed import as_typed, typed_number

pytestmark = pytest.mark.unit

NL, EN = Language.DUTCH, Language.ENGLISH


@pytest.mark.parametrize(
    ("text", "dutch", "english"),
    [
        ("1.234,5", "1234.5", None),
        ("1,234.5", None, "1234.5"),
        ("1.234", "1234", "1.234"),
        ("0,05", "0.05", None),
        ("0.05", None, "0.05"),
        ("1.23", None, "1.23"),
        ("12.34.567", None, None),
        ("1234567,00", "1234567.00", None),
        ("−3", "-3", "-3"),
        (" 7 ", "7", "7"),
        ("", None, None),
        ("1e9", None, None),
        ("٣", None, None),
        ("1_000", None, None),
        ("9" * 31, None, None),
        ("NaN", None, None),
        ("1,", None, None),
        (",5", None, None),
    ],
)
def test_reading(text, dutch, english):
    for language, expected in ((NL, dutch), (EN, english)):
        assert typed_number(text, language) == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize("value", ["0", "0.05", "1234.5", "25000000.00", "-3.250"])
def test_what_is_shown_in_a_field_reads_back(value):
    for language in Language:
        assert typed_number(as_typed(Decimal(value), language), language) == Decimal(value)
