"""A result beside what the case gives now: equal, or where the agreement, the data and the figures differ."""

from __future__ import annotations

import hashlib
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from puntlanding import __version__
from puntlanding.agreement.content import short
from puntlanding.agreement.difference import Difference, since_seal
from puntlanding.case.provenance import Provenance
from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import printable
from puntlanding.report.provenance import provenance_text
from puntlanding.report.result_file import Cell, Cells, Result, Signature
from puntlanding.report.terminal import WIDTH

MOST = 20  # figures that are shown; the rest is counted
FIGURE = 22


@dataclass(frozen=True, slots=True)
class Figure:
    label: tuple[str, ...]
    was: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class TableChange:
    """``was`` or ``now`` None: it was not there then, or is not now."""

    table: str
    file: str
    was: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class Verification:
    """``altered``: what the result says of itself does not hold together (agreement, data), or names a seal that is not there."""

    signature: Signature
    now: Provenance
    agreement: tuple[Difference, ...]
    tables: tuple[TableChange, ...]
    figures: tuple[Figure, ...]
    compared: int
    altered: tuple[str, ...]

    @property
    def equal(self) -> bool:
        return not (self.agreement or self.tables or self.figures or self.altered)


def verification(result: Result, now: Provenance, cells: Cells) -> Verification:
    """``cells`` are those of the same result made anew."""
    signature = result.signature
    return Verification(
        signature, now, since_seal(signature.content, now.content), tuple(_tables(signature, now)),
        tuple(_figures(result.cells, cells)), sum(map(_is_figure, {**result.cells, **cells}.values())),
        tuple(_altered(signature, now)),
    )  # fmt: skip


def _is_figure(cell: Cell) -> bool:
    return cell.value is not None and any(char.isdigit() for char in cell.value)


def _figures(was: Cells, now: Cells) -> Iterator[Figure]:
    nothing = Cell((), None)
    for place in dict.fromkeys((*now, *was)):
        before, after = was.get(place, nothing), now.get(place, nothing)
        if before.value != after.value:
            yield Figure(after.label or before.label, before.value, after.value)


def _tables(signature: Signature, now: Provenance) -> Iterator[TableChange]:
    after = {(one.table, one.file): one.hash for one in now.tables}
    for table, file in sorted({*signature.tables, *after}):
        first, second = signature.tables.get((table, file)), after.get((table, file))
        if first != second:
            yield TableChange(table, file, first, second)


def _altered(signature: Signature, now: Provenance) -> Iterator[str]:
    if signature.content.hash != signature.agreement_hash:
        yield "agreement"
    lines = "".join(f"{table} {hash_}\n" for (table, _), hash_ in signature.tables.items())
    if hashlib.sha256(lines.encode()).hexdigest() != signature.data_hash:
        yield "data"
    signed = () if now.seal is None else now.seal.signed
    if not set(signature.signed) <= {(party.value, on.isoformat()) for party, on in signed}:
        yield "seal"


_ALTERED = {
    "agreement": (
        "De afspraak die in de uitkomst staat, hoort niet bij de hash die zij noemt: een van beide is met de hand veranderd.",
        "The agreement in the result does not belong to the hash that it names: one of the two was changed by hand.",
    ),
    "data": (
        "De tabellen die in de uitkomst staan, horen niet bij de hash van de gegevens: een van beide is met de hand veranderd.",
        "The tables in the result do not belong to the hash of the data: one of the two was changed by hand.",
    ),
    "seal": (
        "De uitkomst noemt een vastlegging die nu niet bij de afspraak staat.",
        "The result names a seal that is not with the agreement now.",
    ),
}


def verification_text(found: Verification, language: Language) -> str:
    dutch = language is Language.DUTCH
    lines = [_first(found, language), *_origin(found, language)]
    if found.agreement:
        lines += ["", "De afspraak is gewijzigd" if dutch else "The agreement was changed"]
        lines += [line for one in found.agreement for line in wrapped(one.said[0 if dutch else 1])]
    if found.tables:
        lines += ["", "De gegevens zijn gewijzigd" if dutch else "The data were changed"]
        lines += [f"  {_table(one, dutch=dutch)}" for one in found.tables]
    if found.altered:
        lines += ["", "De uitkomst zelf" if dutch else "The result itself"]
        lines += [line for one in found.altered for line in wrapped(_ALTERED[one][0 if dutch else 1])]
    if found.figures:
        lines += ["", *_figure_lines(found.figures, language)]
        if not found.agreement and not found.tables:
            lines += ["", *textwrap.wrap(_why(found, dutch=dutch), WIDTH)]
    return "\n".join(lines)


def _first(found: Verification, language: Language) -> str:
    dutch = language is Language.DUTCH
    count = number(found.compared, 0, language)
    if found.equal:
        if dutch:
            return f"De uitkomst klopt: opnieuw berekend zijn alle {count} cijfers gelijk."
        return f"The result holds: worked out again, all {count} figures are equal."
    differ = len(found.figures)
    if not differ:
        if dutch:
            return f"Alle {count} cijfers zijn gelijk, maar de herkomst is niet dezelfde."
        return f"All {count} figures are equal, but their origin is not the same."
    shown = number(differ, 0, language)
    if dutch:
        return f"De uitkomst klopt niet: {shown} van de {count} cijfers {'is' if differ == 1 else 'zijn'} anders."
    return f"The result does not hold: {shown} of {count} figures {'is' if differ == 1 else 'are'} different."


def _origin(found: Verification, language: Language) -> list[str]:
    lines = provenance_text(found.now, language).splitlines()
    made = found.signature.program
    if made != __version__:
        dutch = language is Language.DUTCH
        lines.append(
            f"De uitkomst is gemaakt met puntlanding {printable(made)}; dit is {__version__}."
            if dutch
            else f"The result was made with puntlanding {printable(made)}; this is {__version__}."
        )
    return lines


def _why(found: Verification, *, dutch: bool) -> str:
    other = found.signature.program != __version__
    if dutch:
        why = "of rekent deze versie van het programma anders" if other else "want het programma is hetzelfde"
        return f"Afspraak en gegevens zijn dezelfde als toen. Dan is de uitkomst na het maken veranderd, {why}."
    why = "or this version of the program computes otherwise" if other else "as the program is the same"
    return f"Agreement and data are the same as then. So the result was changed after it was made, {why}."


def wrapped(text: str) -> list[str]:
    """Indented lines; an amount stays with its sign and a percentage with its own."""
    whole = printable(text, 2000).replace("€ ", "€\u00a0").replace(" %", "\u00a0%")
    lines = textwrap.wrap(whole, WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)
    return [line.replace("\u00a0", " ") for line in lines]


def _table(one: TableChange, *, dutch: bool) -> str:
    name = (
        printable(one.table)
        if one.file.partition(".")[0] == one.table
        else f"{printable(one.table)} ({printable(one.file)})"
    )
    if one.was is None:
        return f"{name} {'was er toen niet' if dutch else 'was not there then'}"
    if one.now is None:
        return f"{name} {'is er nu niet' if dutch else 'is not there now'}"
    return f"{name} {'is anders' if dutch else 'is different'} ({short(one.was)} → {short(one.now)})"


def _weight(one: Figure) -> tuple[bool, int]:
    """Totals first, then groups, then what a group's figures consist of."""
    return not {"totaal", "Totaal", "Total"} & set(one.label), len(one.label)


def _figure_lines(figures: Sequence[Figure], language: Language) -> list[str]:
    dutch = language is Language.DUTCH
    titles = ("Cijfers die verschillen", "uitkomst", "opnieuw") if dutch else ("Figures that differ", "result", "again")
    shown = [
        (" · ".join(_label(part, language) for part in one.label), *map(_value, (one.was, one.now)))
        for one in sorted(figures, key=_weight)[:MOST]
    ]
    width = WIDTH - 2 * FIGURE
    lines = [f"{titles[0]:<{width}}{titles[1]:>{FIGURE}}{titles[2]:>{FIGURE}}"]
    lines += [f"{printable('  ' + name, width - 1):<{width}}{was:>{FIGURE}}{now:>{FIGURE}}" for name, was, now in shown]
    if len(figures) > MOST:
        rest = number(len(figures) - MOST, 0, language)
        lines.append(f"  … en nog {rest}" if dutch else f"  … and {rest} more")
    return lines


def _value(text: str | None) -> str:
    return "–" if text is None else printable(text, FIGURE - 2)


_LABELS = {
    "budget": ("begroting", "budget"),
    "monitor": ("volgen", "monitor"),
    "settle": ("afrekening", "settlement"),
    "distribute": ("verdeling", "distribution"),
    "totaal": ("totaal", "total"),
}


def _label(part: str, language: Language) -> str:
    words = _LABELS.get(part)
    if words is not None:
        return words[0 if language is Language.DUTCH else 1]
    return printable(part.removeprefix("resultaat_").removesuffix(".csv"))


def verification_record(found: Verification, language: Language) -> dict[str, Any]:
    which = 0 if language is Language.DUTCH else 1
    signature = found.signature
    return {
        "gelijk": found.equal,
        "vergeleken": found.compared,
        "afspraak": {
            "hash_uitkomst": signature.agreement_hash,
            "hash_nu": found.now.content.hash,
            "verschillen": [difference_record(one, language) for one in found.agreement],
        },
        "gegevens": {
            "hash_uitkomst": signature.data_hash,
            "hash_nu": found.now.data_hash,
            "verschillen": [
                {"tabel": one.table, "bestand": one.file, "hash_uitkomst": one.was, "hash_nu": one.now}
                for one in found.tables
            ],
        },
        "uitkomst_veranderd": [_ALTERED[one][which] for one in found.altered],
        "cijfers": [{"plaats": list(one.label), "uitkomst": one.was, "opnieuw": one.now} for one in found.figures],
        "programma_uitkomst": signature.program,
        "programma_nu": __version__,
    }


def difference_record(one: Difference, language: Language) -> dict[str, Any]:
    section, name, key = one.key
    values = [list(value) if isinstance(value, tuple) else value for value in (one.was, one.becomes)]
    return {
        "onderdeel": section, "naam": name or None, "sleutel": key or None, "was": values[0], "wordt": values[1],
        "zin": one.said[0 if language is Language.DUTCH else 1],
    }  # fmt: skip
