"""Fixed-width text → text that `convert` understands, with an account of what is not what its field should hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

import polars as pl

from puntlanding.intake.base import Account
from puntlanding.intake.convert import SPACE
from puntlanding.intake.zh308_fields import FIELDS
from puntlanding.records.tables import ROW

DAYS = "%Y%m%d"
SEXES = ("0", "1", "2", "9")  # unknown, male, female, not specified


class Rule(Enum):
    NUMBER = "digits; nothing but zeros is nothing"
    DAY = "as NUMBER, and it should be there"
    QUANTITY = "digits; zero is a quantity"
    CODE = "text; leading zeros fill it up, or are left out"
    SEX = "one of four digits"
    TEXT = "as it stands; nothing but zeros is nothing"


@dataclass(frozen=True, slots=True)
class Taken:
    """A field that is read, by its number. ``width`` is the length of our code where `Rule.CODE` applies."""

    number: str
    rule: Rule
    width: int = 0
    shown: bool = True  # whether its values may be seen in an example

    @property
    def label(self) -> str:
        return FIELDS[self.number].label


def tidy(frame: pl.DataFrame, taken: Mapping[str, Taken], account: Account, file: str) -> pl.DataFrame:
    """``frame`` has `ROW` and a text column per field, by label; canonical names are the keys of ``taken``."""
    fields = [one for one in taken.values() if one.label in frame.columns]
    plain = frame.with_columns(pl.col(one.label).str.strip_chars(SPACE) for one in fields)
    right = [_right(one).alias(one.label) for one in fields]
    wrong = plain.select(~one for one in right)
    for one, count in zip(fields, wrong.sum().row(0), strict=True):
        if count:
            rows = plain.filter(wrong[one.label])
            code = one.rule in (Rule.CODE, Rule.SEX)
            shows = (one.label,) if one.shown else ()
            account.rows("zh308_code" if code else "unreadable", rows, plain.height, file, shows, one.label)
    kept = plain.with_columns(
        pl.when(wrong[one.label]).then(pl.lit("")).otherwise(_value(one)).alias(one.label) for one in fields
    )
    for one in fields:
        empty = (kept[one.label] == "") & ~wrong[one.label] if one.rule is Rule.DAY else None
        if empty is not None and empty.any():
            account.rows("zh308_no_date", kept.filter(empty).select(ROW), kept.height, file, (), one.label)
    return kept


def _right(one: Taken) -> pl.Expr:
    """Whether the field holds what it may hold; empty is decided elsewhere, except for a quantity."""
    text = pl.col(one.label)
    match one.rule:
        case Rule.NUMBER:
            return text.str.contains("^[0-9]*$")
        case Rule.DAY:  # a year 0 is a date to Polars and to nobody else, and so is 2026 105
            real = text.str.contains("^[0-9]{8}$") & text.str.to_date(DAYS, strict=False).is_not_null()
            return (real & ~text.str.starts_with("0000")) | text.str.contains("^0*$")
        case Rule.QUANTITY:
            return text.str.contains("^[0-9]+$")
        case Rule.CODE:
            return text.str.strip_chars_start("0").str.len_chars() <= one.width
        case Rule.SEX:
            return text.is_in([*SEXES, ""])
        case Rule.TEXT:
            return text.is_not_null()


def _value(one: Taken) -> pl.Expr:
    text = pl.col(one.label)
    if one.rule in (Rule.QUANTITY, Rule.SEX):
        return text
    filled = text.str.strip_chars_start("0") != ""
    value = text.str.strip_chars_start("0").str.pad_start(one.width, "0") if one.rule is Rule.CODE else text
    return pl.when(filled).then(value).otherwise(pl.lit(""))
