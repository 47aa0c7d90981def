"""A first mapping for a user to correct: TOML with, at every guess, how sure it is. It shows names of columns, and no patient's values."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from puntlanding.intake.convert import SEXES
from puntlanding.intake.mapping_file import PATIENTS, SEX
from puntlanding.intake.mapping_guess import TableGuess, date_formats, empty_words, guess_tables, similar_columns
from puntlanding.intake.mapping_names import CARE_TYPES, DATES, SPECIALISMS, sex
from puntlanding.intake.mapping_sample import Looked, look
from puntlanding.language.notation import Language
from puntlanding.language.sentences import printable, sentence
from puntlanding.records.tables import TABLES, TableName, column

SURE, LIKELY = "zeker", "vermoedelijk: controleer"
_WORDS = {"%Y": "jjjj", "%m": "mm", "%d": "dd"}
_MOST_VALUES = 40
_HEAD = """\
# Koppeling: waar onze kolommen in uw export staan. Ontworpen uit kolomnamen en een deel van de rijen; controleer elke regel.
# zeker = naam en waarden passen. vermoedelijk = een van beide past; controleer. Alles na een # is uitleg.
# Links staat steeds onze naam, rechts de uwe. Daarna: puntlanding intake check BRON --mapping DIT_BESTAND
"""


def draft_mapping(source: Path) -> str:
    """The text of a mapping for the files in ``source``, guessed from column names and values.

    Where the guesses are right, the neutral reader reads the delivery with it unchanged; what is missing or unsure
    stands in comments. Raises InputError where there is no table to look at.
    """
    looked = look(source)
    tables = guess_tables(looked.samples)
    lines = [_HEAD.rstrip("\n")]
    for table in TableName:
        lines += ["", *(_table(table, tables[table], tables) if table in tables else _absent(table))]
    if PATIENTS in tables:
        lines += ["", *_table(PATIENTS, tables[PATIENTS], tables)]
    lines += _rest(looked, tables)
    return "\n".join(lines) + "\n"


def _absent(table: str) -> Iterator[str]:
    yield f"[{table}]"
    yield "# Geen bestand lijkt op deze tabel. Vul het in, en haal de hekjes weg:"
    yield '# bestand = ""'
    yield f"# [{table}.kolommen]"
    yield from (f'# {one.name} = ""  # {one.nl}' for one in TABLES[TableName(table)] if one.required)


def _table(table: str, guess: TableGuess, tables: Mapping[str, TableGuess]) -> Iterator[str]:
    sample = guess.sample
    sure = [one.sure for one in guess.columns.values()]
    yield f"[{table}]"
    yield f"bestand = {_text(sample.file)}  # {SURE if sum(sure) > len(sure) / 2 else LIKELY}"
    if sample.sheet is not None:
        yield f"blad = {_text(sample.sheet)}"
    if sample.encoding != "utf-8":
        yield f"codering = {_text(sample.encoding)}  # {LIKELY} of letters als é goed staan"
    formats, doubtful = _formats(guess)
    usual = Counter(formats.values()).most_common(1)
    if usual:
        remark = SURE if not doubtful else f"{LIKELY}: dag en maand zijn in {', '.join(doubtful)} niet te onderscheiden"
        yield f"datumvorm = {_text(_in_words(usual[0][0]))}  # {remark}"
    if words := empty_words(guess):
        yield f"leeg = [{', '.join(_text(word) for word in words)}]  # {LIKELY}"
    yield ""
    yield f"[{table}.kolommen]"
    for ours, found in guess.columns.items():
        yield f"{ours} = {_text(found.title)}  # {SURE if found.sure else LIKELY}"
    yield from _missing(table, guess, tables)
    used = {found.title for found in guess.columns.values()}
    if unused := [_shown(title) for title in sample.columns if title not in used]:
        yield f"# Niet gebruikt: {', '.join(unused)}"
    others = {ours: form for ours, form in formats.items() if form != usual[0][0]}
    if others:
        yield from ("", f"[{table}.datumvormen]")
        yield from (f"{ours} = {_text(_in_words(form))}  # {LIKELY}" for ours, form in others.items())
    yield from _values(table, guess)


def _missing(table: str, guess: TableGuess, tables: Mapping[str, TableGuess]) -> Iterator[str]:
    if table == PATIENTS:
        return
    known = set(guess.columns)
    if table == TableName.TRAJECTORIES and PATIENTS in tables:
        known |= set(tables[PATIENTS].columns)
    if "geboortedatum" in known:
        known.add("geboortejaar")
    for one in TABLES[TableName(table)]:
        if one.name not in known:
            kind = "Ontbreekt en is nodig" if one.required else "Niet gevonden, mag ontbreken"
            instead = " (of geboortedatum)" if one.name == "geboortejaar" else ""
            alike = [_shown(title) for title in similar_columns(one.name, guess)] if one.required else []
            perhaps = f"; qua waarden misschien: {', '.join(alike)}" if alike else ""
            yield f'# {kind}{instead}: {one.name} = ""  # {one.nl}{perhaps}'


def _formats(guess: TableGuess) -> tuple[dict[str, str], list[str]]:
    """Column → the format of its dates; and the columns whose day and month could be exchanged."""
    formats, doubtful = {}, []
    for ours, found in guess.columns.items():
        readable = date_formats(guess.sample.columns[found.title]) if ours in DATES else []
        if readable:
            formats[ours] = readable[0]
            if len(readable) > 1:
                doubtful.append(ours)
    return formats, doubtful


def _in_words(form: str) -> str:
    for sign, word in _WORDS.items():
        form = form.replace(sign, word)
    return form


def _values(table: str, guess: TableGuess) -> Iterator[str]:
    """Only codes that say nothing of a person alone: sex, care type and specialism."""
    for ours, found in guess.columns.items():
        values = sorted({value.lower() for value in guess.sample.columns[found.title]} - {""})
        pairs: dict[str, str | None] = {}
        if ours == SEX:
            if not set(values) <= set(SEXES):
                pairs = {value: sex(value) for value in values}
        elif ours == "zorgtype" and set(values) & set(CARE_TYPES):
            pairs = {value: CARE_TYPES.get(value) or (value if value.isdigit() else None) for value in values}
        elif ours.startswith("specialisme") and set(values) & set(SPECIALISMS):
            width = column(TableName.TRAJECTORIES, "specialisme").width or 0
            pairs = {v: SPECIALISMS.get(v) or (v.zfill(width) if v.isdigit() else None) for v in values}
        if pairs:
            yield from ("", f"[{table}.waarden.{ours}]  # {LIKELY}")
            yield from (f"{_text(value)} = {_text(code)}" for value, code in pairs.items() if code is not None)
            if unknown := sum(code is None for code in pairs.values()):
                yield f"# Nog {unknown} andere waarden gevonden: vul ze aan, anders blijven ze leeg."


def _rest(looked: Looked, tables: Mapping[str, TableGuess]) -> Iterator[str]:
    used = {id(guess.sample) for guess in tables.values()}
    lines = []
    for sample in looked.samples:
        if id(sample) not in used:
            sheet = f", blad {_shown(sample.sheet)}" if sample.sheet is not None else ""
            lines.append(f"# {_shown(sample.file)}{sheet}: lijkt op geen van onze tabellen")
    lines += [f"# {_shown(one.file)}: {sentence(one, Language.DUTCH)}" for one in looked.unreadable]
    if lines:
        yield from ("", "# Bestanden die niet zijn gebruikt:", *lines)


def _text(value: str) -> str:
    """A TOML string: the same escapes as JSON's, and one more."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _shown(text: str) -> str:
    return printable(text)
