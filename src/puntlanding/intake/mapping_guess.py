"""Guesses for a mapping: which file is which table, which column is which, how dates and codes are written."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from puntlanding.intake.convert import DATE_FORMATS, to_date
from puntlanding.intake.mapping_file import PATIENTS
from puntlanding.intake.mapping_names import DATES, FITS, NAMES, TELLING, letters
from puntlanding.intake.mapping_sample import Sample
from puntlanding.records.tables import TABLES, TableName

_EXACT_NAME, _LIKE_NAME, _BY_VALUE = 4.0, 2.0, 1.0
_ALIKE = 0.86  # of two names in letters: "begindatumdbc" and "begindatumsdbc"
_FITTING = 0.9  # share of the values
_CODES = ("za_code", "zorgtype", "specialisme", "specialisme_uitvoerder", "geslacht")
_EMPTY_WORDS = frozenset({"null", "(null)", "none", "nan", "n.v.t.", "nvt", "-", "--", "#n/b", "#n/a"})
_LATEST, _EARLIEST = 2100, 1890
_STEMS = {
    TableName.TRAJECTORIES: ("subtraject", "dbc", "traject"),
    TableName.ACTIVITIES: ("zorgactiviteit", "verrichting", "activiteit", "za"),
    PATIENTS: ("patient", "pat", "persoon"),
}


@dataclass(frozen=True, slots=True)
class Guess:
    """``sure``: the name is one that we know, and the values look as they should."""

    title: str
    score: float
    sure: bool


@dataclass(frozen=True, slots=True)
class TableGuess:
    sample: Sample
    columns: Mapping[str, Guess]  # ours → theirs


def guess_tables(samples: Sequence[Sample]) -> dict[str, TableGuess]:
    """Every table gets the file that suits it best; a file is one table at most."""
    tries = []
    for at, sample in enumerate(samples):
        for table in NAMES:
            columns = _columns(sample, table)
            score = _table_score(table, sample, columns)
            if score > 0:
                tries.append((score, -at, table, TableGuess(sample, columns)))
    found: dict[str, TableGuess] = {}
    used: set[int] = set()
    for _, at, table, guess in sorted(tries, key=lambda one: one[:2], reverse=True):
        if table not in found and at not in used:
            found[table] = guess
            used.add(at)
    patients = found.get(PATIENTS)
    own = found.get(TableName.TRAJECTORIES)
    if patients and (own is None or set(patients.columns) <= set(own.columns)):
        del found[PATIENTS]
    return found


def _columns(sample: Sample, table: str) -> dict[str, Guess]:
    pairs = []
    for order, (title, values) in enumerate(sample.columns.items()):
        some = list(dict.fromkeys(v for v in values if v.lower() not in _EMPTY_WORDS))[:1000]
        for ours, names in NAMES[table].items():
            guess = _match(ours, title, some, names.split())
            if guess is not None:
                pairs.append((guess.score, -order, ours, guess))
    found: dict[str, Guess] = {}
    for _, _, ours, guess in sorted(pairs, key=lambda one: one[:2], reverse=True):
        if ours not in found and all(guess.title != other.title for other in found.values()):
            found[ours] = guess
    if "geboortejaar" in found and "geboortedatum" in found:
        del found["geboortedatum"]
    return {ours: found[ours] for ours in NAMES[table] if ours in found}


def _match(ours: str, title: str, values: Sequence[str], names: Sequence[str]) -> Guess | None:
    said = letters(title)
    exact = said in names or said == letters(ours)
    alike = exact or bool(difflib.get_close_matches(said, names, 1, _ALIKE))
    if not alike and ours not in TELLING:
        return None
    fits = FITS[ours](values) if values else None
    if alike:
        score = _EXACT_NAME if exact else _LIKE_NAME
        if fits is None:
            return Guess(title, score, sure=False)
        if fits >= _FITTING:
            return Guess(title, score + 1, sure=exact)
        return Guess(title, score - 3, sure=False) if fits >= 1 / 2 and exact else None
    if fits == 1 and len(values) > 1:
        return Guess(title, _BY_VALUE, sure=False)
    return None


def _table_score(table: str, sample: Sample, columns: Mapping[str, Guess]) -> float:
    """0 for a file that cannot be it: what makes a table that table is not there."""
    named = [ours for ours, guess in columns.items() if guess.score > _BY_VALUE]
    if table == PATIENTS:
        if "patient" not in named or len(named) == 1 or "za_code" in columns:
            return 0.0
    elif not named or sum(one.required and one.name in columns for one in TABLES[TableName(table)]) < 2:
        return 0.0
    own = {TableName.TRAJECTORIES: "openingsdatum", TableName.ACTIVITIES: "za_code", PATIENTS: "patient"}[table]
    stem = letters(sample.sheet or sample.file.rpartition(".")[0])
    hint = 3.0 if any(word in stem for word in _STEMS[table]) else 0.0
    return sum(guess.score for guess in columns.values()) + hint + (5.0 if own in columns else -5.0)


def similar_columns(ours: str, guess: TableGuess) -> list[str]:
    """Columns that nothing uses and whose values could be ``ours``, for a column that is missing; numbers look alike too much."""
    if ours not in (*_CODES, *DATES):
        return []
    used = {column.title for column in guess.columns.values()}
    free = {title: values[:1000] for title, values in guess.sample.columns.items() if title not in used and values}
    return [title for title, values in free.items() if FITS[ours](values) >= _FITTING]


def date_formats(values: Iterable[str]) -> list[str]:
    """Every format that reads all values as a day that can be meant; the Dutch order first."""
    texts = pl.Series(list(dict.fromkeys(v for v in values if v.lower() not in _EMPTY_WORDS)), dtype=pl.String)
    if not len(texts):
        return []
    found = []
    for form in DATE_FORMATS:
        days = to_date(texts, form)
        years = days.dt.year()
        meant = years.is_between(_EARLIEST, _LATEST) | (years > 2900)
        if days.null_count() == 0 and meant.all():
            found.append(form)
    return found


def empty_words(guess: TableGuess) -> list[str]:
    """What stands for nothing: words, and days that nobody meant (9999, 1900-01-01). Birth dates are not looked at."""
    found: dict[str, None] = {}
    for ours, column in guess.columns.items():
        values = dict.fromkeys(guess.sample.columns[column.title])
        found |= dict.fromkeys(value for value in values if value.lower() in _EMPTY_WORDS)
        forms = date_formats(values) if ours in DATES and ours != "geboortedatum" else []
        if forms:
            texts = pl.Series(list(values), dtype=pl.String)
            days = to_date(texts, forms[0])
            never = (days.dt.year() > 2900) | (days.dt.year() <= 1900)
            found |= dict.fromkeys(texts.filter(never.fill_null(value=False)).to_list())
    return list(found)
