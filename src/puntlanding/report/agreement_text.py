"""An agreement told in sentences: what it says, and how another differs from it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from puntlanding.agreement.content import Content, Value, short
from puntlanding.agreement.difference import Difference, clause, in_order, settings_of, shown
from puntlanding.agreement.keys import CONTRACT
from puntlanding.agreement.seal import Party, Seal, signed_words
from puntlanding.agreement.wording import noun, section_title
from puntlanding.case.one_agreement import OneAgreement
from puntlanding.language.notation import Language, day
from puntlanding.language.sentences import printable
from puntlanding.report.terminal import WIDTH
from puntlanding.report.verification import difference_record, wrapped

_HEAD = "afspraak"
_ALWAYS_TOLD = ("afrekening", "weging")


def agreement_text(one: OneAgreement, language: Language) -> str:
    dutch = language is Language.DUTCH
    lines = [_title(one, language), _state(one, language)]
    silent: list[str] = []
    for section, tables in _sections(one.content):
        named = any((section, name, key) in one.content.written for name, table in tables for key in table)
        title = section_title(section)[0 if dutch else 1]
        if not named and section not in _ALWAYS_TOLD:
            silent.append(title.lower())
            continue
        lines += ["", title]
        for name, table in tables:
            lines += _wrapped(_told(section, name, table, one.content, language))
    if not any(section == CONTRACT for section, _ in _sections(one.content)):
        none = (
            "Er is geen contract: een begroting kan, een afrekening niet.",
            "There is no contract: a budget can be made, a settlement cannot.",
        )
        lines += ["", none[0 if dutch else 1]]
    if silent:
        rest = (
            "Daarover zegt de afspraak niets en gelden de standaardwaarden: ",
            "On these the agreement is silent and the defaults hold: ",
        )
        lines += ["", *textwrap.wrap(rest[0 if dutch else 1] + ", ".join(silent) + ".", WIDTH)]
    return "\n".join(lines)


def _title(one: OneAgreement, language: Language) -> str:
    agreement = one.agreement
    version = (
        ""
        if not agreement.version
        else f" · {'versie' if language is Language.DUTCH else 'version'} {agreement.version}"
    )
    return printable(f"{agreement.organisation} · {agreement.year}{version}", WIDTH)


def _state(one: OneAgreement, language: Language) -> str:
    dutch = language is Language.DUTCH
    since = day(one.agreement.holds_from, language)
    good = (
        f"De afspraak is in orde en geldt vanaf {since}."
        if dutch
        else f"The agreement is in order and holds from {since}."
    )
    content = f"{'Inhoud' if dutch else 'Content'} {short(one.content.hash)}; {seal_state(one.seal, language)}."
    return f"{good}\n{content}"


def seal_state(seal: Seal | None, language: Language) -> str:
    """Who signed off and when, and who did not yet."""
    dutch = language is Language.DUTCH
    if seal is None:
        return "nog door niemand vastgelegd" if dutch else "frozen by nobody yet"
    which = 0 if dutch else 1
    missing = [one.words[which] for one in Party if one not in {party for party, _ in seal.signed}]
    tail = "" if not missing else (f", nog niet door {missing[0]}" if dutch else f", not yet by {missing[0]}")
    return f"{'vastgelegd' if dutch else 'frozen'} {signed_words(seal)[which]}{tail}"


def told_sections(content: Content, language: Language) -> Iterator[tuple[str, list[tuple[str, list[str]]]]]:
    """Section → its tables, each with its name ("" where the section stands once) and sentences; those that the agreement names, and
    those that hold all the same.
    """
    for section, tables in _sections(content):
        named = any((section, name, key) in content.written for name, table in tables for key in table)
        if named or section in _ALWAYS_TOLD:
            yield section, [(name, _told(section, name, table, content, language)) for name, table in tables]


def _sections(content: Content) -> Iterator[tuple[str, list[tuple[str, dict[str, Value]]]]]:
    """The sections in the order of the catalogue, each with its tables; the head is told in the title."""
    tables = content.tables()
    for section, places in groupby(in_order(tables), key=lambda place: place[0]):
        if section != _HEAD:
            yield section, [(name, tables[section, name]) for _, name in places]


def _told(section: str, name: str, table: dict[str, Value], content: Content, language: Language) -> list[str]:
    """A contract on one line of its own; another section's choices each on one."""
    dutch = language is Language.DUTCH
    found = []
    for key, setting in settings_of(section, table).items():
        written = (section, name, key) in content.written
        if (name and key == "naam") or (not written and table[key] == "0"):  # what is not agreed and is nothing
            continue
        said = clause(section, setting, table[key], language)
        words = said or f"{noun(section, setting)[0 if dutch else 1]}: {shown(setting, table[key], language)}"
        default = "" if written else " (standaard)" if dutch else " (default)"
        found.append(words + default)
    if name:
        return [f"{name}: {'; '.join([found[0].lower()[:1] + found[0][1:], *found[1:]]) if found else ''}."]
    return [f"{one[:1].upper()}{one[1:]}." for one in found]


def _wrapped(texts: Iterable[str]) -> list[str]:
    return [line for text in texts for line in wrapped(text)]


def agreement_record(one: OneAgreement, language: Language) -> dict[str, Any]:
    return {
        "fouten": [],
        "organisatie": one.agreement.organisation,
        "jaar": one.agreement.year,
        "ingangsdatum": one.agreement.holds_from.isoformat(),
        "versie": one.agreement.version or None,
        "hash": one.content.hash,
        "vastgelegd": seal_record(one.seal),
        "inhoud": one.content.record(),
        "zinnen": {
            section: [text for name, table in tables for text in _told(section, name, table, one.content, language)]
            for section, tables in _sections(one.content)
        },
    }


def seal_record(seal: Seal | None) -> list[dict[str, str]]:
    return [{"door": party.value, "op": on.isoformat()} for party, on in (() if seal is None else seal.signed)]


def difference_text(
    first: OneAgreement, second: OneAgreement, found: Sequence[Difference], language: Language, *, same_text: bool
) -> str:
    dutch = language is Language.DUTCH
    if not found:
        content = short(first.content.hash)
        if dutch:
            tail = (
                "Ook de tekst is gelijk."
                if same_text
                else "Alleen de tekst is anders: volgorde, opmaak of opmerkingen."
            )
            return f"Er is geen verschil: beide hebben dezelfde inhoud ({content}). {tail}"
        tail = "The text is equal too." if same_text else "Only the text differs: order, layout or comments."
        return f"There is no difference: both have the same content ({content}). {tail}"
    names = tuple(printable(name, 60) for name in _names(first, second))
    count = len(found)
    if dutch:
        title = f"{count} {'verschil' if count == 1 else 'verschillen'} van {names[0]} naar {names[1]}"
    else:
        title = f"{count} {'difference' if count == 1 else 'differences'} from {names[0]} to {names[1]}"
    lines = [title, *_when(first, second, language)]
    for section, group in groupby(found, key=lambda one: one.key[0]):
        lines += ["", section_title(section)[0 if dutch else 1]]
        lines += _wrapped([one.said[0 if dutch else 1] for one in group])
    return "\n".join(lines)


def _names(first: OneAgreement, second: OneAgreement) -> tuple[str, str]:
    """The files; with the folder where both have the same name."""
    if first.file != second.file:
        return first.file, second.file
    return f"{first.path.parent.name}/{first.file}", f"{second.path.parent.name}/{second.file}"


def _when(first: OneAgreement, second: OneAgreement, language: Language) -> Iterator[str]:
    one, other = first.agreement, second.agreement
    if one.year == other.year and other.holds_from > one.holds_from:
        since = day(other.holds_from, language)
        if language is Language.DUTCH:
            yield f"Een wijziging in de loop van het jaar: zij gaat in op {since}."
        else:
            yield f"A change in the course of the year: it holds from {since}."


def differences_record(
    first: OneAgreement, second: OneAgreement, found: Sequence[Difference], language: Language, *, same_text: bool
) -> dict[str, Any]:
    return {
        "aantal": len(found),
        "tekst_gelijk": same_text,
        "van": {
            "bestand": first.file,
            "hash": first.content.hash,
            "ingangsdatum": first.agreement.holds_from.isoformat(),
        },
        "naar": {
            "bestand": second.file,
            "hash": second.content.hash,
            "ingangsdatum": second.agreement.holds_from.isoformat(),
        },
        "verschillen": [difference_record(one, language) for one in found],
    }


def frozen_text(seal: Seal, file: str, language: Language) -> str:
    dutch = language is Language.DUTCH
    state = seal_state(seal, language)
    rest = ""
    if seal.complete:
        rest = "\nHet zegel is compleet. Wie de afspraak wil wijzigen, maakt een nieuwe versie." if dutch else (
            "\nThe seal is complete. To change the agreement, make a new version."
        )  # fmt: skip
    return f"{state[:1].upper()}{state[1:]}.\n{'Zegel' if dutch else 'Seal'}: {file} ({'inhoud' if dutch else 'content'} {short(seal.hash)}){rest}"
