"""A place among others as a record for programs and as CSV. Quantities have six decimals, half-up."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from puntlanding.benchmark.ex_ante import Change
from puntlanding.benchmark.published import Published
from puntlanding.case.layout import RESULT_PREFIX
from puntlanding.explain import Node
from puntlanding.language.notation import Language
from puntlanding.quantities import fixed
from puntlanding.report.csv_file import harmless
from puntlanding.report.published_benchmark import version_record
from puntlanding.report.standing import Place, Standing

BENCHMARK_FILE, EFFICIENCY_FILE, FORMATION_FILE = (
    f"{RESULT_PREFIX}{name}" for name in ("benchmark", "efficiency", "formatie")
)
_SPREAD = ("laagste", "kwart", "midden", "driekwart", "hoogste")
_CHANGE = ("oud", "structuur", "trends", "normtijden", "dekking", "nieuw")
Cell = str | int | Fraction | None


def standing_record(found: Standing, published: Sequence[Published] = ()) -> dict[str, Any]:
    rule = {} if found.rule is None else {k: v for k, v in found.rule.as_record().items() if k != "lijst"}
    return {
        "jaar": found.year,
        "basisjaar": found.base_year,
        "bron": found.told.value,
        **rule,
        "methode": None if found.method is None else found.method.value,
        "ziekenhuizen": found.contributions,
        "versies": [version_record(one) for one in published],
        "vakgroepen": [_place_record(one) for one in found.places],
    }


def _place_record(one: Place) -> dict[str, Any]:
    shape, where = one.spread, one.position
    values = (None,) * 5 if shape is None else (shape.minimum, shape.lower, shape.median, shape.upper, shape.maximum)
    return {
        "vakgroep": " + ".join(one.groups) or None,
        "specialisme": one.specialism,
        "rol": one.role,
        "eigen": _maybe(one.own),
        "benchmark": _maybe(one.rate),
        "verschil": _fixed(one.above),
        "vakgroepen": one.count,
        "lager": None if where is None else where.below,
        "gelijk": None if where is None else where.equal,
        "anderen": None if where is None else where.others,
        **{name: _fixed(value) for name, value in zip(_SPREAD, values, strict=True)},
        "fte": _fixed(one.fte),
        "norm_fte": _fixed(one.norm_fte),
        "veranderingen": _change(one.change),
        "eigen_veranderingen": _change(one.own_change),
        "niet_berekend": one.lacking,
    }


def standing_csv(found: Standing, language: Language) -> bytes:
    """One row per place; the changes are those of the peers."""
    rows = []
    for one in found.places:
        record = _place_record(one)
        changes = record.pop("veranderingen") or dict.fromkeys(_CHANGE)
        del record["eigen_veranderingen"]
        rows.append({**record, **changes})
    return records_csv(rows, language)


def records_csv(rows: Sequence[Mapping[str, Any]], language: Language) -> bytes:
    """Of records with the same keys; numbers in them are texts with a decimal point, as in the JSON contract."""
    headings = list(rows[0]) if rows else []
    return cells_csv(headings, ([row[name] for name in headings] for row in rows), language)


def cells_csv(headings: Sequence[str], rows: Iterable[Sequence[Cell]], language: Language) -> bytes:
    """In Dutch with semicolons and decimal commas, in English with commas and decimal points; nothing in it runs as a formula.

    With a byte order mark: without it a Dutch Excel reads UTF-8 as something else.
    """
    dutch = language is Language.DUTCH
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";" if dutch else ",", lineterminator="\r\n")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([_cell(one, dutch=dutch) for one in row])
    return text.getvalue().encode("utf-8-sig")


def _cell(one: Cell, *, dutch: bool) -> str:
    if one is None:
        return ""
    if isinstance(one, str) and not _is_number(one):
        return harmless(one)
    shown = fixed(one) if isinstance(one, Fraction) else str(one)
    return shown.replace(".", ",") if dutch else shown


def _is_number(text: str) -> bool:
    """As `fixed` writes one; a code of digits is none."""
    whole, point, rest = text.removeprefix("-").partition(".")
    return bool(point) and whole.isdecimal() and rest.isdecimal()


def _change(one: Change | None) -> dict[str, str] | None:
    if one is None:
        return None
    return {name: fixed(value) for name, value in zip(_CHANGE, (one.old, *one.effects.parts(), one.new), strict=True)}


def _maybe(node: Node | None) -> str | None:
    return None if node is None else fixed(node.value)


def _fixed(value: Fraction | None) -> str | None:
    return None if value is None else fixed(value)
