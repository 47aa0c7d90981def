"""What came of the store's records, as a page tells it: the contribution, and the forecast on years that are over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from puntlanding.language.notation import Language, day, number
from puntlanding.language.sentences import index

Pair = tuple[str, str]
_COUNTS: tuple[tuple[str, Pair], ...] = (
    ("geopend", ("subtrajecten geopend in het jaar", "trajectories opened in the year")),
    ("met_output", ("daarvan met output", "of these with output")),
    ("in_behandeling", ("nog in behandeling", "still in treatment")),
    ("zonder_zorgproduct", ("zonder zorgproduct", "without a care product")),
    ("uitval", ("uitval", "dropped")),
    ("onverzekerd", ("onverzekerd", "uninsured")),
    ("zonder_normtijd", ("producten en activiteiten zonder normtijd", "products and activities without a norm time")),
)
_HOURS = ("normuren van wat in het jaar is geopend", "norm hours of what was opened in the year")
_FTE = ("zorgverlening-fte van alle vakgroepen samen", "care fte of all groups together")
_PRINT = ("vingerafdruk", "fingerprint")
_MADE = ("uitkomst", "outcome")
_FOLDED = ("nieuw gemaakt", "newly made")
_SAME = ("was al gemaakt uit dezelfde gegevens", "had been made of the same data already")
NONE = "–"


def fold_facts(found: Mapping[str, Any], language: Language) -> list[tuple[str, str]]:
    """What is counted, and what it comes to."""
    which = index(language)
    facts = [(_MADE[which], (_FOLDED if found["uitkomst"] == "gevouwen" else _SAME)[which])]
    facts += [
        (words[which], NONE if found.get(key) is None else number(found[key], 0, language)) for key, words in _COUNTS
    ]
    for key, words, places in (("normuren", _HOURS, 0), ("zorgverlening_fte", _FTE, 2)):
        value = found.get(key)
        facts.append((words[which], NONE if value is None else number(Fraction(str(value)), places, language)))
    return [*facts, (_PRINT[which], str(found["vingerafdruk"])[:12])]


@dataclass(frozen=True, slots=True)
class Moment:
    """One day in an earlier year on which the forecast was made again; percentages as text."""

    known: str
    off: str
    total: str
    covered80: str
    covered95: str


@dataclass(frozen=True, slots=True)
class BackTest:
    answer: str
    moments: tuple[Moment, ...]


def back_test_page(found: Mapping[str, Any], language: Language) -> BackTest:
    which, told = index(language), found["nagerekend"]
    if told is None:
        return BackTest(
            (
                "Er is nog geen eerder jaar in de opslag waarop de prognose kan worden nagespeeld.",
                "There is no earlier year in the store yet on which the forecast can be replayed.",
            )[which],
            (),
        )
    off, covered = _percent(told["fout"], language), _percent(told["dekking_80"], language, 0)
    answer = (
        f"Op eerdere jaren zat de prognose per vakgroep er gemiddeld {off} naast; het interval van 80 % bevatte de uitkomst van {covered} van de vakgroepen.",
        f"On earlier years the forecast per group was off by {off} on average; the interval of 80 % held the outcome of {covered} of the groups.",
    )[which]
    moments = tuple(
        Moment(
            day(date.fromisoformat(one["bekend_op"]), language), _percent(one["fout"], language), _percent(one["fout_totaal"], language),
            _percent(one["dekking_80"], language, 0), _percent(one["dekking_95"], language, 0),
        )
        for one in told["momenten"]
    )  # fmt: skip
    return BackTest(answer, moments)


def _percent(value: object, language: Language, places: int = 1) -> str:
    if value is None:
        return NONE
    return f"{number(Fraction(Decimal(str(value))) * 100, places, language)} %"
