"""Care profile class per activity, for formats that carry it. Codes: data-facts §4.5, §4.8 and §6.2 (tables of 2017).

What is neither there nor in activities.csv goes by the first digits of its code. That is a rule of thumb (an assumption): good enough for a demonstration
export, and read by no reader.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from puntlanding.demo.calibration import rows

OPERATIVE = "5"
EMERGENCY_CONTACTS = ("190015", "190016")

_KNOWN: dict[str, str] = {
    **dict.fromkeys(("190060", "190007", "190013", "190008", "190019", "190063", "190009", "190017"), "1"),
    **dict.fromkeys(("190090", "190030"), "2"),
    **dict.fromkeys(("190218", "190200"), "3"),
    **dict.fromkeys(("190005", "190010", "190006", "190023", "190050", *EMERGENCY_CONTACTS), "89"),
    **dict.fromkeys(("190025", "190040", "190022", "190021", "190031", "190034", "190032", "190033", "190152"), "99"),
    **dict.fromkeys(("190153", "190154", "190155", "190150", "190151", "190157", "190158"), "19"),
    **dict.fromkeys(("190156", "190129"), "18"),
    "030547": "6",
    "033231": "6",
}
# In order: the first that fits counts.
_BY_START = (("039", "4"), ("03", OPERATIVE), ("05", "10"), ("070", "8"), ("07", "9"), ("08", "7"), ("1930", "14"))
_REST = "99"


@cache
def _listed() -> dict[str, str]:
    """What the list of activities to generate says, and before it data-facts."""
    return {row["za_code"]: row["klasse"] for row in rows("activities.csv")} | _KNOWN


def class_of(code: str) -> str:
    return _listed().get(code) or next((kind for start, kind in _BY_START if code.startswith(start)), _REST)


def with_class(activities: pl.DataFrame) -> pl.DataFrame:
    """``activities`` with the column ``klasse``."""
    codes = activities["za_code"].unique(maintain_order=True).drop_nulls()
    classes = pl.Series([class_of(code) for code in codes.to_list()], dtype=pl.String)
    return activities.with_columns(
        klasse=pl.col("za_code").replace_strict(codes, classes, default=None, return_dtype=pl.String)
    )
