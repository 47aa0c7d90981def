"""Two agreements in sentences, Dutch and English: what changed, was and becomes, in words and numbers a board reads.

Keys come in the order of the catalogue; the order in the files is no difference. Defaults are values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from puntlanding.agreement.content import Content, Key, Value, default_of
from puntlanding.agreement.keys import CONTRACT, OPEN_SECTIONS, SECTIONS, contract_settings
from puntlanding.agreement.wording import Pair, noun, reads, section_title, unit_words
from puntlanding.components import COMPONENTS
from puntlanding.contract_types import CONTRACT_TYPES
from puntlanding.language.notation import Language, day, number, precise
from puntlanding.setting import Kind, Setting

_LANGUAGES = (Language.DUTCH, Language.ENGLISH)


@dataclass(frozen=True, slots=True)
class Difference:
    """``key`` is what changed; its last part is empty where a whole contract or section came or went."""

    key: Key
    was: Value | None
    becomes: Value | None
    said: Pair


def differences(was: Content, becomes: Content) -> tuple[Difference, ...]:
    """Empty exactly where the hashes are equal."""
    return tuple(_differences(was, becomes))


def since_seal(sealed: Content, now: Content) -> tuple[Difference, ...]:
    """As `differences`, but for keys that came into the program after the sealing: their default is what it did before."""
    known = {(section, key) for section, _, key in sealed.values}
    sections = {section for section, _ in known}
    newer = {
        key: value
        for key, value in now.values.items()
        if (key[0], key[2]) not in known
        and (key[0] in sections or key[0] not in COMPONENTS)  # a component without keys is a choice all the same
        and key not in now.written
        and value == default_of(key)
    }
    kept = {key: value for key, value in now.values.items() if key not in newer}
    return differences(sealed, replace(now, values=kept))


def _differences(was: Content, becomes: Content) -> Iterator[Difference]:
    old, new = was.tables(), becomes.tables()
    for section, name in in_order({*old, *new}):
        before, after = old.get((section, name)), new.get((section, name))
        if before is None and after is not None:
            yield _whole(section, name, after, came=True)
        elif after is None and before is not None:
            yield _whole(section, name, before, came=False)
        elif before is not None and after is not None and before != after:
            yield from _within(section, name, was, becomes, before, after)


def in_order(tables: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Sections as the catalogue has them, contracts by name."""
    return sorted(tables, key=_place)


def _place(table: tuple[str, str]) -> tuple[int, str, str]:
    order = {name: at for at, name in enumerate((*SECTIONS, *OPEN_SECTIONS))}
    return order.get(table[0], len(order)), *table


def settings_of(section: str, table: Mapping[str, Value]) -> dict[str, Setting]:
    """The settings of a table, in the order of the catalogue; a key that the catalogue no longer has is a text by itself."""
    if section == CONTRACT:
        known = {one.key: one for one in contract_settings(None)}
    elif section in OPEN_SECTIONS:
        return {key: _open(section, key) for key in sorted(table)}
    else:
        known = {one.key: one for one in SECTIONS.get(section, ())}
    strange = {key: Setting(key, Kind.TEXT, "text", key, key) for key in sorted(table) if key not in known}
    return {key: one for key, one in known.items() if key in table} | strange


def _open(section: str, key: str) -> Setting:
    pattern = OPEN_SECTIONS[section]
    return replace(pattern, key=key, noun=(f"het gewicht van {key}", f"the weight of {key}"))


def _within(
    section: str, name: str, was: Content, becomes: Content, before: Mapping[str, Value], after: Mapping[str, Value]
) -> Iterator[Difference]:
    for key, one in settings_of(section, {**before, **after}).items():
        old, new = before.get(key), after.get(key)
        if old != new:
            place = (section, name, key)
            said = tuple(_changed(place, one, was, becomes, language) for language in _LANGUAGES)
            yield Difference(place, old, new, (said[0], said[1]))


def _changed(key: Key, one: Setting, was: Content, becomes: Content, language: Language) -> str:
    dutch = language is Language.DUTCH
    old, new = was.values.get(key), becomes.values.get(key)
    subject = _subject(key, one, language)
    if old is None and new is not None:
        return f"{subject} {'wordt' if dutch else 'becomes'} {shown(one, new, language)}; {_before(dutch)}"
    if new is None and old is not None:
        tail = "daarvoor geldt niets meer" if dutch else "nothing takes its place"
        return f"{subject} {'vervalt: was' if dutch else 'goes: was'} {shown(one, old, language)}; {tail}."
    told = [_value(key, one, content, language) for content in (was, becomes)]
    if _worded(key[0], one, old) and _worded(key[0], one, new):
        first, second = ("eerst", "nu") if dutch else ("first", "now")
        return f"{subject} {'verandert' if dutch else 'changes'}. {first.capitalize()}: {told[0]}. {second.capitalize()}: {told[1]}."
    return f"{subject} {'gaat van' if dutch else 'goes from'} {told[0]} {'naar' if dutch else 'to'} {told[1]}."


def _before(dutch: bool) -> str:
    return "daarover was niets afgesproken." if dutch else "nothing was agreed on it before."


def _subject(key: Key, one: Setting, language: Language) -> str:
    section, name, _ = key
    which = _LANGUAGES.index(language)
    called = noun(section, one)[which]
    if name:
        kind = "Contract" if section == CONTRACT else section_title(section)[which]
        return f"{kind} {name}: {called}"
    return called[:1].upper() + called[1:]


def _worded(section: str, one: Setting, value: Value | None) -> bool:
    """Whether a choice has a sentence of its own: a number reads better as a number."""
    return one.kind is Kind.CHOICE and (one.key == "soort" or reads(section, one, value) is not None)


def _value(key: Key, one: Setting, content: Content, language: Language) -> str:
    """The value in words, and whether it holds because the file has no such key."""
    value = content.values[key]
    said = shown(one, value, language)
    if _worded(key[0], one, value):
        said = clause(key[0], one, value, language) or said
    by_default = bool(content.written) and key not in content.written
    if not by_default:
        return said
    return said + (
        " (dat geldt zonder deze sleutel)" if language is Language.DUTCH else " (which holds without this key)"
    )


def clause(section: str, one: Setting, value: Value, language: Language) -> str | None:
    """What the setting does with this value, as part of a sentence; None where there are no words for it."""
    which = _LANGUAGES.index(language)
    if section == CONTRACT and one.key == "soort":
        kind = CONTRACT_TYPES.get(str(value))
        return None if kind is None else (kind.nl, kind.en)[which]
    words = reads(section, one, value)
    return None if words is None else words[which].format(shown(one, value, language))


def shown(one: Setting, value: Value, language: Language) -> str:
    """A value as people read it: 10 %, € 25.000.000,00, 1 juli 2026."""
    try:
        return _shown(one, value, language)
    except (ValueError, ZeroDivisionError):  # of a program that wrote it otherwise
        return str(value) if isinstance(value, str) else ", ".join(value)


def _shown(one: Setting, value: Value, language: Language) -> str:
    if not isinstance(value, str):
        if one.kind is Kind.PAIR:
            parts = [
                number(Fraction(part), 2, language) if _two(part) else precise(Fraction(part), language)
                for part in value
            ]
            return (" en " if language is Language.DUTCH else " and ").join(parts)
        return ", ".join(value)
    match one.kind:
        case Kind.TEXT:
            return f"‘{value}’"
        case Kind.CHOICE:
            return value.replace("_", " ")
        case Kind.DATE:
            return day(date.fromisoformat(value), language)
        case Kind.YEAR:
            return value
        case Kind.EUROS:
            return "€ " + number(Fraction(value), 2, language)
        case _:
            return _number(one, Fraction(value), language)


def _two(part: str) -> bool:
    return (Fraction(part) * 100).denominator == 1


def _number(one: Setting, value: Fraction, language: Language) -> str:
    words = unit_words(one.unit)
    if words is None:
        return precise(value, language)
    told = words[_LANGUAGES.index(language)]
    return f"{precise(value * 100 if told.startswith('%') else value, language)} {told}"


def _whole(section: str, name: str, table: Mapping[str, Value], *, came: bool) -> Difference:
    said = tuple(_came_or_went(section, name, table, language, came=came) for language in _LANGUAGES)
    return Difference((section, name, ""), None, None, (said[0], said[1]))


def _came_or_went(section: str, name: str, table: Mapping[str, Value], language: Language, *, came: bool) -> str:
    dutch = language is Language.DUTCH
    title = section_title(section)[_LANGUAGES.index(language)]
    if name:
        what = f"Contract {name}" if section == CONTRACT else f"{title} {name}"
    else:
        what = f"{'Het onderdeel' if dutch else 'The section'} ‘{title}’"
    verb = ("is nieuw" if dutch else "is new") if came else ("vervalt; dat was" if dutch else "goes; it was")
    return f"{what} {verb}: {'; '.join(clauses(section, table, language, named=bool(name)))}."


def clauses(section: str, table: Mapping[str, Value], language: Language, *, named: bool = False) -> list[str]:
    """Every value of a table in words; ``named``: its name is told already."""
    found = []
    for key, one in settings_of(section, table).items():
        if named and key == "naam":
            continue
        said = clause(section, one, table[key], language)
        found.append(said or f"{noun(section, one)[_LANGUAGES.index(language)]}: {shown(one, table[key], language)}")
    return found
