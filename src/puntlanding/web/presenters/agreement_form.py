"""The agreement as a form that reads as the contract does: in its order, each choice with its sentence.

All of it comes from the catalogue of settings, so that a new contract type or component is here the day it is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from puntlanding.agreement.cited import LOCAL, cited
from puntlanding.agreement.keys import CONTRACT, OPEN_SECTIONS, REPEATED, contract_settings
from puntlanding.agreement.schema import UNITS
from puntlanding.agreement.wording import noun, reads, section_title, unit_words
from puntlanding.components import COMPONENTS
from puntlanding.contract_types import CONTRACT_TYPES
from puntlanding.language.notation import Language
from puntlanding.language.sentences import index, visible
from puntlanding.language.typed import typed_number
from puntlanding.problems import Problem, Severity
from puntlanding.setting import Kind, Setting
from puntlanding.web.presenters.agreement_parts import Field, FormSection, Input, Option, Part, identity
from puntlanding.web.presenters.agreement_said import bound, said
from puntlanding.web.presenters.agreement_state import (
    FIXED,
    NAME,
    WEIGHT,
    State,
    Table,
    optional,
    percent,
    sections,
    settings_of_table,
)
from puntlanding.web.presenters.agreement_typed import Typed, row_numbers

SPARE_ROWS = 2
_PLACE = "\x00"


def form_sections(
    state: State, was: State, made: Typed, alone: Mapping[str, str], language: Language
) -> tuple[FormSection, ...]:
    """``was``: as the form began, to show what changed; ``alone``: what the changes of a section do by themselves."""
    form = _Form(state, was, made, alone, language)
    return tuple(form.section(section) for section in sections() if section not in OPEN_SECTIONS)


class _Form:
    def __init__(self, state: State, was: State, made: Typed, alone: Mapping[str, str], language: Language) -> None:
        self.state, self.alone, self.language = state, alone, language
        self.which = index(language)
        self.was = {(one.section, one.origin): one for one in was.tables}
        self.problems: dict[str, list[Problem]] = {}
        for name, problem in made.problems:
            self.problems.setdefault(name, []).append(problem)

    def section(self, section: str) -> FormSection:
        inner = [one for one in OPEN_SECTIONS if one.rpartition(".")[0] == section]
        tables = [*self.state.of(section), *(one for name in inner for one in self.state.of(name))]
        parts = tuple(self.part(one) for one in tables)
        addable = optional(section) and (section in REPEATED or not self.state.of(section))
        return FormSection(
            identity(section),
            section,
            section_title(section)[self.which],
            self.note(section),
            self.source(section),
            parts,
            self.adding(section) if addable else "",
            self.alone.get(section, ""),
        )

    def note(self, section: str) -> str:
        if section in COMPONENTS:
            component = COMPONENTS[section]
            told = (component.nl, component.en)[self.which].partition(": ")[2]
            return told[:1].upper() + told[1:]
        return _NOTES.get(section, ("", ""))[self.which]

    def adding(self, section: str) -> str:
        title = section_title(section)[self.which]
        if section == CONTRACT:
            return ("Contract toevoegen", "Add a contract")[self.which]
        return (f"{title} toevoegen", f"Add {title[:1].lower()}{title[1:]}")[self.which]

    def removing(self, table: Table) -> str:
        title = "Contract" if table.section == CONTRACT else section_title(table.section)[self.which]
        name = f" ‘{self.title(table)}’" if table.section in REPEATED else ""
        return (f"{title}{name} weghalen", f"Remove {title[:1].lower()}{title[1:]}{name}")[self.which]

    def part(self, table: Table) -> Part:
        settings = settings_of_table(table)
        if table.section == CONTRACT:  # what its type asks for stands by the type
            settings = tuple(sorted(settings, key=lambda one: one.optional))
        steering = (at for at, one in enumerate(settings, start=1) if _steers(table, one))
        first = next(steering, len(settings))
        keys = {one.key for one in settings}
        every = contract_settings(None) if table.section == CONTRACT else ()
        foreign = {one.key for one in every} - keys
        hidden = (
            self.input(table, name, text, "") for name, text in table.texts.items() if name.partition(".")[0] in foreign
        )
        return Part(
            table.mark,
            identity(table.mark),
            table.section,
            f"{table.mark}:{'' if table.origin is None else table.origin}",
            self.title(table),
            tuple(self.field(table, one) for one in settings[:first]),
            tuple(self.field(table, one) for one in settings[first:]),
            tuple(self.rows(table)) if table.section in OPEN_SECTIONS else (),
            tuple(hidden),
            tuple(self.told(table.mark, None, Severity.ERROR)) + tuple(self.of_rows(table)),
            tuple(self.told(table.mark, None, Severity.WARNING)),
            self.removing(table) if optional(table.section) else "",
        )

    def title(self, table: Table) -> str:
        if table.section in OPEN_SECTIONS:
            return section_title(table.section)[self.which]
        if table.section not in REPEATED:
            return ""
        new = ("nieuw", "new")[self.which]
        return visible(table.name.strip()) or f"({new})"

    def field(self, table: Table, one: Setting) -> Field:
        name = f"{table.mark}:{one.key}"
        form = self.form(table, one)
        title = self.name(table.section, one)
        before, after = self.sentence(table.section, one, title)
        inputs: tuple[Input, ...] = ()
        if form == "pair":
            words = (("ondergrens", "lower bound"), ("bovengrens", "upper bound"))
            inputs = tuple(
                self.input(table, f"{one.key}.{at}", table.texts.get(f"{one.key}.{at}", ""), words[at][self.which])
                for at in (0, 1)
            )
        elif form != "choice":
            inputs = (self.input(table, one.key, table.texts.get(one.key, ""), title),)
        return Field(
            identity(name),
            name,
            form,
            title,
            before,
            after,
            self.unit(one, told=bool(after)),
            inputs,
            tuple(self.options(table, one)) if form == "choice" else (),
            (one.nl, one.en)[self.which],
            self.allowed(one),
            self.default(one),
            self.source(table.section, one.key),
            tuple(self.told(name, one, Severity.ERROR)),
            tuple(self.told(name, one, Severity.WARNING)),
            self.changed(table, one),
            one.kind is Kind.EUROS,
            _steers(table, one),
        )

    def source(self, section: str, key: str = "") -> str:
        found = cited(section, key)
        if found == LOCAL:
            return found[self.which] if key else ""
        return f"{('Bron', 'Source')[self.which]}: {found[self.which]}."

    def input(self, table: Table, key: str, text: str, label: str) -> Input:
        name = f"{table.mark}:{key}"
        return Input(name, identity(name), text, label)

    @staticmethod
    def form(table: Table, one: Setting) -> str:
        if (table.section, one.key) in FIXED:
            return "fixed"
        return {
            Kind.CHOICE: "choice", Kind.PAIR: "pair", Kind.TEXT: "text", Kind.TEXTS: "lines", Kind.DATE: "date",
        }.get(one.kind, "number")  # fmt: skip

    def name(self, section: str, one: Setting) -> str:
        """What sentences call it; without a name of its own the key, its signs as words."""
        told = noun(section, one)[self.which]
        plain = one.key.replace("_", " ") if told.startswith(f"{section}.{one.key} (") else told
        return plain[:1].upper() + plain[1:]

    def sentence(self, section: str, one: Setting, title: str) -> tuple[str, str]:
        """The words of the contract around the value; its name where the catalogue has no sentence."""
        words = reads(section, one, "")
        if words is None or one.kind is Kind.CHOICE or "{0}" not in words[self.which]:
            return title, ""
        before, _, after = words[self.which].format(_PLACE).partition(_PLACE)
        return _capital(before.strip()), after.strip()

    def unit(self, one: Setting, *, told: bool) -> str:
        """``told``: the sentence around it says of what it is so many."""
        if one.kind is Kind.EUROS:
            return ""
        words = unit_words(one.unit)
        if words is not None:
            return words[self.which]
        if one.kind in (Kind.NUMBER, Kind.PAIR) and not told:
            own = (UNITS.get(one.unit) or "", one.unit)[self.which]
            return "" if own in ("gewicht", "weight") else own
        return ""

    def options(self, table: Table, one: Setting) -> Iterator[Option]:
        chosen = table.texts.get(one.key) or (one.default if isinstance(one.default, str) else "")
        kinds = _steers(table, one)
        for value in CONTRACT_TYPES if kinds else one.choices:
            yield Option(value, self.choice(table.section, one, value, kinds=kinds), value == chosen)

    def choice(self, section: str, one: Setting, value: str, *, kinds: bool) -> str:
        if kinds:
            kind = CONTRACT_TYPES[value]
            return (kind.nl, kind.en)[self.which]
        words = reads(section, one, value)
        told = words[self.which] if words is not None and "{0}" not in words[self.which] else value.replace("_", " ")
        return told[:1].upper() + told[1:]

    def allowed(self, one: Setting) -> str:
        lowest = None if one.minimum is None else bound(one, one.minimum, self.language)
        highest = None if one.maximum is None else bound(one, one.maximum, self.language)
        if lowest is not None and highest is not None:
            return (f"{lowest} tot en met {highest}", f"{lowest} to {highest}")[self.which]
        return "" if lowest is None else (f"{lowest} of meer", f"{lowest} or more")[self.which]

    def default(self, one: Setting) -> str:
        if one.kind is Kind.CHOICE and isinstance(one.default, str):
            return ""  # it is the one that is chosen
        if one.default is None:
            return "" if one.required else ("geen: dan geldt hier niets", "none: then nothing holds here")[self.which]
        return one.default if isinstance(one.default, str) else bound(one, one.default, self.language)

    def changed(self, table: Table, one: Setting) -> bool:
        if table.section in REPEATED and table.origin is None:
            return False
        was = self.was.get((table.section, table.origin))
        names = [one.key] if one.kind is not Kind.PAIR else [f"{one.key}.{at}" for at in (0, 1)]
        before = {} if was is None else was.texts
        return any(self.effective(one, before.get(n, "")) != self.effective(one, table.texts.get(n, "")) for n in names)

    def effective(self, one: Setting, text: str) -> Fraction | str:
        """The same for two ways of writing one value, and for a default that is written or not."""
        bare = text.strip()
        if not bare:
            if isinstance(one.default, Fraction):
                return one.default * (100 if percent(one) else 1)
            return one.default or ""
        if one.kind in (Kind.NUMBER, Kind.EUROS, Kind.PAIR):
            value = typed_number(bare.removeprefix("€").removesuffix("%").strip(), self.language)
            return bare if value is None else Fraction(value)
        return bare

    def told(self, name: str, one: Setting | None, severity: Severity) -> Iterator[str]:
        for problem in self.problems.get(name, ()):
            if problem.severity is severity:
                yield said(problem, one, self.language)

    def rows(self, table: Table) -> Iterator[tuple[Input, Input]]:
        numbers = row_numbers(table)
        words = (("naam", "name"), ("gewicht", "weight"))
        first = max(numbers, default=-1) + 1
        for at in (*numbers, *range(first, first + SPARE_ROWS)):
            pair = [
                self.input(table, f"{key}.{at}", table.texts.get(f"{key}.{at}", ""), label[self.which])
                for key, label in zip((NAME, WEIGHT), words, strict=True)
            ]
            yield pair[0], pair[1]

    def of_rows(self, table: Table) -> Iterator[str]:
        """What is wrong in a row is told with its name."""
        if table.section not in OPEN_SECTIONS:
            return
        for at in row_numbers(table):
            name = visible(table.texts.get(f"{NAME}.{at}", ""))
            for text in self.told(f"{table.mark}:{WEIGHT}.{at}", OPEN_SECTIONS[table.section], Severity.ERROR):
                yield f"{name}: {text}" if name else text


def _steers(table: Table, one: Setting) -> bool:
    """Whether other fields hang on it."""
    return table.section == CONTRACT and one.key == "soort"


def _capital(text: str) -> str:
    return "E" + text[1:] if text.startswith("één") else text[:1].upper() + text[1:]


# What a section is about, in the words of a form rather than of a file.
_NOTES: Mapping[str, tuple[str, str]] = {
    "afspraak": ("Van wie de afspraak is en over welk jaar zij gaat.", "Whose agreement it is, and of which year."),
    CONTRACT: ("De contracten met verzekeraars; elk heeft een eigen naam en een soort.", "The contracts with insurers; each has a name of its own and a type."),
    "afrekening": ("Hoe de contracten samen worden afgerekend.", "How the contracts are settled together."),
    "weging": ("De gewichten van de score; output, efficiency en passende zorg zijn samen 100 %.", "The weights of the score; output, efficiency and appropriate care are 100 % together."),
    "benchmark": ("Met wie en hoe vakgroepen worden vergeleken, en welk jaar de basis is.", "With whom and how groups are compared, and which year is the base."),
    "kader": ("De euro’s die worden verdeeld; zonder kader is er geen verdeling.", "The euros that are divided; without a frame there is no distribution."),
    "formatie": ("Hoe dagdelen tot fte worden.", "How half-days become fte."),
    "prestatiemodel": ("De gewichten van het oude model, om oud en nieuw te vergelijken; samen 100 %.", "The weights of the old model, to compare old and new; 100 % together."),
    "meerjaren": ("Wat er gebeurt met wat een jaar overlaat, als enkele jaren in één keer worden berekend.", "What happens to what a year leaves, where several years are computed at once."),
}  # fmt: skip
