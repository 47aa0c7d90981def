"""The sheet of the agreement: every choice that the calculation depends on, as a yellow cell with its bounds and its meaning.

Each cell has a name (``soort_1``, ``kader_bedrag``, ``disutility_aandeel``), by which the formulas of all other sheets read it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from puntlanding.agreement import Agreement
from puntlanding.agreement.keys import SECTIONS, contract_settings
from puntlanding.agreement.wording import section_title
from puntlanding.components import Choice
from puntlanding.contract_types import CONTRACT_TYPES
from puntlanding.explain import Unit
from puntlanding.report.live_workbook.cells import Allowed, Book, Scalar
from puntlanding.report.live_workbook.table import Entry, Plain, page, put
from puntlanding.report.live_workbook.words import Pair, Words
from puntlanding.setting import Kind, Setting

LOOKS = {Kind.EUROS: "euro", Kind.YEAR: "year", Kind.NUMBER: "ratio", Kind.CHOICE: "choice", Kind.TEXT: "choice"}
_HEADER = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One choice: ``name`` is what formulas call it."""

    section: str
    name: str
    key: str
    content: Entry | Plain
    look: str
    meaning: Pair


def prefixes(components: Sequence[Choice]) -> list[str]:
    """What the cells of each component begin with: its section, numbered where the section may stand there more than once."""
    seen: dict[str, int] = {}
    found = []
    for choice in components:
        section = choice.component.section
        seen[section] = seen.get(section, 0) + 1
        found.append(f"{section}_{seen[section]}" if choice.component.repeated else section)
    return found


def write_agreement(book: Book, agreement: Agreement, parts: Sequence[str], roles: Sequence[str], words: Words) -> None:
    """``parts`` are the components of efficiency that have figures, ``roles`` the functions that returned half-days: the cells of
    their weights are ``onderdeel_1`` and ``functie_1`` and on, in this order.
    """
    sheet = page(
        book, words.title("agreement"),
        f"{words('Afspraak', 'Agreement')} · {agreement.organisation} · {agreement.year}",
        [words("Gele cellen mogen veranderen: alle bladen rekenen dan opnieuw, volgens dezelfde regels.",
               "Yellow cells may be changed: all sheets then calculate again, by the same rules.")],
    )  # fmt: skip
    for column, (title, width) in enumerate(
        (
            (("onderdeel", "section"), 30),
            (("sleutel", "key"), 23),
            (("waarde", "value"), 22),
            (("betekenis", "meaning"), 76),
        )
    ):
        sheet.widths[column] = width
        sheet.text(_HEADER, column, words.of(title), "head_number" if column == 2 else "head")
    sheet.frozen, sheet.repeated = (_HEADER + 1, 2), _HEADER
    previous, line = "", _HEADER
    for row in _rows(agreement, parts, roles, words):
        line += 2 if previous and row.section != previous else 1
        sheet.text(line, 0, row.section if row.section != previous else "", "strong")
        previous = row.section
        sheet.text(line, 1, row.key, "text")
        book.named(row.name, put(sheet, line, 2, row.content, row.look))
        sheet.text(line, 3, words.of(row.meaning), "note")


def _rows(agreement: Agreement, parts: Sequence[str], roles: Sequence[str], words: Words) -> Iterator[Row]:
    year = next(one for one in SECTIONS["afspraak"] if one.key == "jaar")
    yield Row(_title("afspraak", words), "jaar", "jaar", Plain(Fraction(agreement.year)), "year", (year.nl, year.en))
    yield from _contracts(agreement, words)
    yield from _settlement(agreement, words)
    yield from _score(agreement, parts, words)
    yield from _formation(agreement, roles, words)
    if agreement.frame is not None:
        frame = agreement.frame
        yield from _section(
            "kader", "kader", words,
            {
                "bedrag": frame.amount.value / 100, "vaste_component": frame.fixed_component.value,
                "niet_uitgekeerd": frame.unpaid.value, "afronding": frame.rounding.value,
            },
        )  # fmt: skip
        yield from _components(agreement, words)


def _title(section: str, words: Words) -> str:
    return words.of(section_title(section))


def _contracts(agreement: Agreement, words: Words) -> Iterator[Row]:
    of_types = {setting.key: setting for one in CONTRACT_TYPES.values() for setting in one.settings}
    keys = {one.key: one for one in contract_settings(None)}
    for number, contract in enumerate(agreement.contracts, start=1):
        title = f"{words('Contract', 'Contract')} {number}: {contract.name}"
        kind = keys["soort"]
        types = "; ".join(f"{one.name} = {words(one.nl, one.en)}" for one in CONTRACT_TYPES.values())
        yield Row(
            title, f"soort_{number}", "soort", Entry(contract.type.name, Allowed(choices=kind.choices)), "choice", (types, types)
        )  # fmt: skip
        for key, setting in of_types.items():
            node = contract.settings.get(key)
            yield _row(title, f"{key}_{number}", setting, None if node is None else node.value)


def _settlement(agreement: Agreement, words: Words) -> Iterator[Row]:
    most, bounds = agreement.maximum_over_production, agreement.fte_bandwidth
    yield from _section(
        "afrekening", "", words,
        {
            "herverdeling": "naar_rato" if agreement.redistribute else "geen",
            "maximum_overproductie": None if most is None else most.value,
            "ondersteuners": agreement.supporting.value,
        },
    )  # fmt: skip
    for index, (name, nl, en) in enumerate(
        (("fte_ondergrens", "Ondergrens", "Lower bound"), ("fte_bovengrens", "Bovengrens", "Upper bound"))
    ):
        value = None if bounds is None else bounds[index].value
        meaning = (f"{nl} van norm fte gedeeld door zorgverlening-fte, na afrekening; leeg: geen bandbreedte.",
                   f"{en} of norm fte divided by care fte, after settlement; empty: no bandwidth.")  # fmt: skip
        entry = Entry(value, Allowed(minimum=Fraction(0)))
        yield Row(_title("afrekening", words), name, f"bandbreedte_fte {index + 1}", entry, "ratio", meaning)


def _score(agreement: Agreement, parts: Sequence[str], words: Words) -> Iterator[Row]:
    weights = agreement.weights
    yield from _section(
        "weging", "gewicht", words,
        {
            "output": weights.output.value, "efficiency": weights.efficiency.value,
            "passende_zorg": weights.appropriate_care.value,
            "efficiency_stijging": "telt_mee" if weights.rise_counts else "telt_niet",
        },
    )  # fmt: skip
    for number, part in enumerate(parts, start=1):
        node = weights.components.get(part)
        value = (node.value if node else Fraction(0)) if weights.components else Fraction(1)
        meaning = ("Hoe zwaar dit onderdeel van de efficiency meetelt (lokaal); overal 1: ze tellen gelijk.",
                   "How much this component of efficiency counts (local); all 1: they count equally.")  # fmt: skip
        entry = Entry(value, Allowed(minimum=Fraction(0)))
        yield Row(_title("weging", words), f"onderdeel_{number}", part, entry, "ratio", meaning)


def _formation(agreement: Agreement, roles: Sequence[str], words: Words) -> Iterator[Row]:
    terms = agreement.formation
    yield from _section(
        "formatie", "", words,
        {"dagdelen_per_fte": terms.half_days_per_fte.value, "weken_per_jaar": terms.weeks_per_year.value},
    )  # fmt: skip
    for number, role in enumerate(roles, start=1):
        node = terms.role_weights.get(role)
        meaning = (
            "Hoe zwaar deze functie meetelt in de fte (lokaal).",
            "How much this role counts in the fte (local).",
        )
        entry = Entry(node.value if node else Fraction(1), Allowed(minimum=Fraction(0)))
        yield Row(_title("formatie", words), f"functie_{number}", role, entry, "ratio", meaning)


def _components(agreement: Agreement, words: Words) -> Iterator[Row]:
    for choice, prefix in zip(agreement.components, prefixes(agreement.components), strict=True):
        title = _title(choice.component.section, words) + (f": {choice.name}" if choice.name else "")
        for setting in choice.component.settings:
            if setting.kind is Kind.TEXTS or setting.key == "naam":
                continue
            value: Scalar = choice.texts.get(setting.key)
            node = choice.numbers.get(setting.key)
            if node is not None:
                value = node.value / 100 if node.unit is Unit.CENTS else node.value
            yield _row(title, f"{prefix}_{setting.key}", setting, value)


def _section(section: str, prefix: str, words: Words, values: Mapping[str, Scalar]) -> Iterator[Row]:
    settings = {one.key: one for one in SECTIONS[section]}
    for key, value in values.items():
        name = f"{prefix}_{key}" if prefix else key
        yield _row(_title(section, words), name, settings[key], value)


def _row(title: str, name: str, setting: Setting, value: Scalar) -> Row:
    allowed = Allowed(setting.choices, setting.minimum, setting.maximum)
    fixed = len(setting.choices) == 1  # nothing to choose
    content = Plain(value) if fixed else Entry(value, allowed)
    return Row(title, name, setting.key, content, LOOKS[setting.kind], (setting.nl, setting.en))
