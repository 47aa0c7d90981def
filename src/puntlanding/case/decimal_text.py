"""Numbers and cells as the text that a case's files have: read back, they are exactly what they were."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from puntlanding.agreement.content import plain

SEPARATOR, SIGN = ";", ","
Value = str | int | Fraction | None
Rows = Sequence[tuple[int | None, Mapping[str, Value]]]  # the row that it must stand in, where that matters


def decimal_text(value: int | Fraction, sign: str = SIGN) -> str:
    """Raises ValueError for what has no decimal notation (1/3): whoever writes it must say how it is rounded."""
    text = plain(Fraction(value))
    if "/" in text:
        raise ValueError(f"no decimal number: {text}")
    return text.replace(".", sign)


def csv_file(titles: Sequence[str], rows: Iterable[tuple[int | None, Mapping[str, Value]]]) -> bytes:
    """With semicolons and decimal commas, as a Dutch spreadsheet opens it. A row with a number of its own stands in that row, so that
    what is wrong in it is told with the place that its writer knows.
    """
    text = io.StringIO()
    out = csv.writer(text, delimiter=SEPARATOR, lineterminator="\r\n")
    out.writerow(titles)
    at = 1
    for number, cells in rows:
        while number is not None and at + 1 < number:
            text.write("\r\n")
            at += 1
        out.writerow([_text(cells.get(title)) for title in titles])
        at += 1
    return text.getvalue().encode("utf-8-sig")


def _text(value: Value) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else decimal_text(value)
