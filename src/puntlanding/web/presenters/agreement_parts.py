"""What the form of an agreement is made of, and what is told of it as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from puntlanding.agreement.keys import CONTRACT
from puntlanding.language.notation import Language
from puntlanding.problems import Severity
from puntlanding.web.presenters.agreement_said import said
from puntlanding.web.presenters.agreement_typed import Typed


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    told: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Input:
    name: str
    id: str
    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """``form``: choice, number, pair, text, lines, date or fixed. ``steers``: other fields hang on it. ``before`` and ``after`` are the sentence around what is typed."""

    id: str
    name: str
    form: str
    title: str
    before: str
    after: str
    unit: str
    inputs: tuple[Input, ...]
    options: tuple[Option, ...]
    explanation: str
    allowed: str
    default: str
    source: str
    problems: tuple[str, ...]
    notes: tuple[str, ...]
    changed: bool
    euro: bool
    steers: bool

    @property
    def lines(self) -> int:
        """How high a list stands."""
        return min(8, max(1, self.inputs[0].text.count("\n") + 1))

    @property
    def placeholder(self) -> str:
        """What holds where nothing is typed; empty where then nothing does."""
        return self.default.removesuffix(" %") if self.default[:1].isdigit() else ""


@dataclass(frozen=True, slots=True)
class Part:
    """One table; ``rest`` are the fields that hang on what was chosen before them, ``hidden`` the texts of another contract type,
    kept for who turns back to it.
    """

    mark: str
    id: str
    section: str
    sent: str
    title: str
    fields: tuple[Field, ...]
    rest: tuple[Field, ...]
    rows: tuple[tuple[Input, Input], ...]
    hidden: tuple[Input, ...]
    problems: tuple[str, ...]
    notes: tuple[str, ...]
    removing: str


@dataclass(frozen=True, slots=True)
class FormSection:
    id: str
    section: str
    title: str
    note: str
    source: str
    parts: tuple[Part, ...]
    addable: str
    alone: str = ""


def at_hand(every: Iterable[FormSection]) -> tuple[FormSection, ...]:
    """What could be agreed besides, and is not."""
    return tuple(one for one in every if not one.parts and one.section != CONTRACT)


def identity(name: str) -> str:
    """Names of fields have signs that selectors would read otherwise."""
    return "v-" + name.replace(".", "_").replace(":", "__")


@dataclass(frozen=True, slots=True)
class Wrong:
    """``to``: the field that it is told beside; empty where it is about no field in particular."""

    to: str
    where: str
    told: tuple[str, ...]


def all_wrong(every: Iterable[FormSection], made: Typed, language: Language) -> tuple[Wrong, ...]:
    """Everything at once, for the top of the page, with the way to each."""
    found = [
        Wrong("", "", (said(one, None, language),))
        for name, one in made.problems
        if not name and one.severity is Severity.ERROR
    ]
    for section in every:
        for part in section.parts:
            place = " · ".join(text for text in (section.title, part.title) if text)
            if part.problems:
                found.append(Wrong(part.id, place, part.problems))
            found += [
                Wrong(one.id, f"{place} · {one.title}", one.problems)
                for one in (*part.fields, *part.rest)
                if one.problems
            ]
    return tuple(found)


def all_noted(made: Typed, language: Language) -> tuple[str, ...]:
    """What is right and deserves attention: a setting that does nothing, a pot without a frame."""
    found = (said(one, None, language) for _, one in made.problems if one.severity is Severity.WARNING)
    return tuple(dict.fromkeys(found))
