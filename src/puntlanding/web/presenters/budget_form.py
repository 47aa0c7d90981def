"""The volumes of a group as a form: a field per product and contract, in the reader's own notation, with what is wrong beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from puntlanding.agreement.content import plain
from puntlanding.case.model import Case
from puntlanding.case.volume_edits import Edits, Key, amounts, contracts_of
from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import index, sentence, visible
from puntlanding.language.typed import as_typed, typed_number
from puntlanding.norms.product_lines import product_lines
from puntlanding.problems import Problem

PER_PAGE = 50
FIELD, NEW_CODE, NEW = "a-", "nieuw-code", "nieuw-"
LONGEST = 100  # of a text that is typed
MOST_DECIMALS = 6  # of a volume in a file


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    value: str
    label: str
    error: str = ""
    changed: bool = False


@dataclass(frozen=True, slots=True)
class FormRow:
    code: str
    time: str
    fields: tuple[Field, ...]
    hours: str


@dataclass(frozen=True, slots=True)
class VolumeForm:
    """``fields`` of ``new`` are those of a product that is added. ``products``: whether it is of products, or of norm hours as such."""

    contracts: tuple[str, ...]
    rows: tuple[FormRow, ...]
    new: tuple[Field, ...]
    new_code: Field
    products: bool
    measure: str
    found: int
    page: int
    pages: int
    errors: int


@dataclass(frozen=True, slots=True)
class Typed:
    """What was posted: ``edits`` that can be read, and per field what is wrong with the others."""

    edits: Edits
    errors: Mapping[str, Problem]
    texts: Mapping[str, str]


def read_typed(posted: Mapping[str, str], case: Case, group: str, language: Language) -> Typed:
    """Only what was posted: a page of a long form says nothing of the others. An empty field is no line."""
    contracts = contracts_of(case)
    edits: dict[Key, Fraction | None] = {}
    errors: dict[str, Problem] = {}
    texts = {name: text.strip()[:LONGEST] for name, text in posted.items() if name.startswith((FIELD, NEW))}
    code = texts.get(NEW_CODE, "")
    new = {name for name in texts if name.startswith(NEW) and name != NEW_CODE and texts[name]}
    there = {key[2] for key in amounts(case, group)}
    if new and not code:
        errors[NEW_CODE] = Problem("edit_code_missing", "-")
    if code and not new:
        errors[NEW_CODE] = Problem("edit_volume_missing", "-", value=code)
    if code and code in there:
        errors[NEW_CODE] = Problem("edit_code_there", "-", value=code)
    for name, text in texts.items():
        key = _key(name, code, contracts, group)
        if key is None or (name.startswith(NEW) and (name not in new or not code)):
            continue
        found = _amount(text, language)
        if isinstance(found, Problem):
            errors[name] = found
        else:
            edits[key] = found
    return Typed(edits, errors, texts)


def _key(name: str, new_code: str, contracts: Sequence[str], group: str) -> Key | None:
    """None for a field that is not of this form."""
    is_new = name.startswith(NEW)
    number_, _, code = name.removeprefix(NEW if is_new else FIELD).partition("-")
    if name == NEW_CODE or not number_.isdecimal() or int(number_) >= len(contracts):
        return None
    return group, contracts[int(number_)], new_code if is_new else code


def _amount(text: str, language: Language) -> Fraction | Problem | None:
    if not text:
        return None
    found = typed_number(text, language)
    if found is None or found < 0 or -int(found.as_tuple().exponent) > MOST_DECIMALS:
        return Problem("edit_number", "-", value=text)
    return Fraction(found)


def volume_form(
    case: Case, base: Case, group: str, typed: Typed | None, language: Language, *, asked: str = "", page: int = 1
) -> VolumeForm:
    """``case`` as the draft has it, ``base`` as the version it started from; ``typed``: what was posted and could not be kept."""
    contracts, which = contracts_of(case), index(language)
    now, was = amounts(case, group), amounts(base, group)
    times = {} if case.budget is None else {
        one.code: one.minutes for one in product_lines(case.budget, case.agreement.year, group)
    }  # fmt: skip
    gone = {key[2] for key in was} - {key[2] for key in now}
    hours = {code: sum((now.get((group, one, code), Fraction(0)) for one in contracts), Fraction(0)) * times.get(code, 0) / 60 for code in times}  # fmt: skip
    codes = sorted({key[2] for key in now} | gone, key=lambda code: (-hours.get(code, Fraction(0)), code))
    products = codes != [""]
    found = [code for code in codes if asked.strip().lower() in code.lower()]
    pages = max(1, -(-len(found) // PER_PAGE))
    at = min(max(page, 1), pages)
    make = _Fields(group, contracts, now, was, typed, language)
    rows = tuple(
        FormRow(
            visible(code), number(times[code], 2, language) if code in times else "", tuple(make.of(code)),
            number(hours[code], 0, language) if code in hours else "",
        )
        for code in found[(at - 1) * PER_PAGE : at * PER_PAGE]
    )  # fmt: skip
    measure = "" if products or case.budget is None else _measure(case, group, which)
    return VolumeForm(
        tuple(visible(one) for one in contracts), rows, tuple(make.new()), make.new_code(), products, measure,
        len(found), at, pages, 0 if typed is None else len(typed.errors),
    )  # fmt: skip


def _measure(case: Case, group: str, which: int) -> str:
    measures = {} if case.budget is None else case.budget.measures(case.agreement.year)
    found = next((one.value for (name, _), one in measures.items() if name == group), "normuren")
    return {"norm_fte": ("norm fte", "norm fte")}.get(found, ("normuren", "norm hours"))[which]


@dataclass(frozen=True, slots=True)
class _Fields:
    group: str
    contracts: tuple[str, ...]
    now: Mapping[Key, Fraction]
    was: Mapping[Key, Fraction]
    typed: Typed | None
    language: Language

    def of(self, code: str) -> Iterator[Field]:
        for at, contract in enumerate(self.contracts):
            key = (self.group, contract, code)
            label = " ".join(filter(None, (visible(code), visible(contract))))
            yield self._field(
                f"{FIELD}{at}-{code}",
                _text(self.now.get(key), self.language),
                label,
                self.now.get(key) != self.was.get(key),
            )

    def new(self) -> Iterator[Field]:
        word = ("aantal", "volume")[index(self.language)]
        for at, contract in enumerate(self.contracts):
            yield self._field(f"{NEW}{at}", "", " ".join(filter(None, (word, visible(contract)))), changed=False)

    def new_code(self) -> Field:
        return self._field(
            NEW_CODE, "", ("code van het product", "code of the product")[index(self.language)], changed=False
        )

    def _field(self, name: str, value: str, label: str, changed: bool) -> Field:
        if self.typed is None or name not in self.typed.texts:
            return Field(name, value, label, "", changed)
        wrong = self.typed.errors.get(name)
        text = self.typed.texts[name]
        return Field(
            name, text, label, "" if wrong is None else sentence(wrong, self.language), changed or text != value
        )


def _text(value: Fraction | None, language: Language) -> str:
    """What is finer than people type stands there as it is counted."""
    return "" if value is None else as_typed(Decimal(plain(value)) if "/" not in plain(value) else Decimal(0), language)
