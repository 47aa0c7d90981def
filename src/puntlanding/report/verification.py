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
from puntlanding.report.provenance import FIRST_FILE, provenance_text
from puntlanding.report.question import OWN, Sources, others_text
from puntlanding.report.result_file import Cell, Cells, Result
from puntlanding.report.signature import Claim, Signature
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
class Source:
    """One agreement with its tables, then and now. ``altered``: what the result says of it does not hold together (agreement, data), or
    names a seal that is not there. ``now`` or ``claim`` None: the result does not speak of it, or it is not there any more.
    """

    name: str
    claim: Claim | None
    now: Provenance | None
    agreement: tuple[Difference, ...] = ()
    tables: tuple[TableChange, ...] = ()
    altered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    signature: Signature
    sources: tuple[Source, ...]
    figures: tuple[Figure, ...]
    compared: int

    @property
    def equal(self) -> bool:
        return not (self.moved or self.figures or any(one.altered for one in self.sources))

    @property
    def moved(self) -> bool:
        """Whether an agreement or a table is another than then."""
        return any(one.agreement or one.tables for one in self.sources)


def verification(result: Result, now: Sources, cells: Cells) -> Verification:
    """``cells`` are those of the same result made anew, ``now`` is what that came from."""
    claims = result.signature.sources
    return Verification(
        result.signature, tuple(_source(name, claims.get(name), now.get(name)) for name in dict.fromkeys((*now, *claims))),
        tuple(_figures(result.cells, cells)), sum(map(_is_figure, {**result.cells, **cells}.values())),
    )  # fmt: skip


def _source(name: str, claim: Claim | None, now: Provenance | None) -> Source:
    if claim is None or now is None:
        return Source(name, claim, now, altered=("sources",))
    changed = since_seal(claim.content, now.content)
    return Source(name, claim, now, changed, tuple(_tables(claim, now)), tuple(_altered(claim, now)))


def _is_figure(cell: Cell) -> bool:
    return cell.value is not None and any(char.isdigit() for char in cell.value)


def _figures(was: Cells, now: Cells) -> Iterator[Figure]:
    nothing = Cell((), None)
    for place in dict.fromkeys((*now, *was)):
        before, after = was.get(place, nothing), now.get(place, nothing)
        if before.value != after.value:
            yield Figure(after.label or before.label, before.value, after.value)


def _tables(claim: Claim, now: Provenance) -> Iterator[TableChange]:
    after = {(one.table, one.file): one.hash for one in now.tables}
    for table, file in sorted({*claim.tables, *after}):
        first, second = claim.tables.get((table, file)), after.get((table, file))
        if first != second:
            yield TableChange(table, file, first, second)


def _altered(claim: Claim, now: Provenance) -> Iterator[str]:
    if claim.content.hash != claim.agreement_hash:
        yield "agreement"
    lines = "".join(f"{table} {hash_}\n" for (table, _), hash_ in claim.tables.items())
    if hashlib.sha256(lines.encode()).hexdigest() != claim.data_hash:
        yield "data"
    signed = () if now.seal is None else now.seal.signed
    if not set(claim.signed) <= {(party.value, on.isoformat()) for party, on in signed}:
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
    "sources": (
        "De uitkomst noemt niet dezelfde afspraken of jaren als waarmee zij opnieuw is berekend.",
        "The result does not name the agreements or years that it was worked out again with.",
    ),
}


def verification_text(found: Verification, language: Language) -> str:
    dutch = language is Language.DUTCH
    which = 0 if dutch else 1
    lines = [_first(found, language), *_origin(found, language)]
    for one in found.sources:
        if one.agreement:
            lines += [
                "",
                f"{'De afspraak' if dutch else 'The agreement'}{_whose(one)} {('is gewijzigd', 'was changed')[which]}",
            ]
            lines += [line for each in one.agreement for line in wrapped(each.said[which])]
        if one.tables:
            lines += [
                "",
                f"{'De gegevens' if dutch else 'The data'}{_whose(one)} {('zijn gewijzigd', 'were changed')[which]}",
            ]
            lines += [f"  {_table(each, dutch=dutch)}" for each in one.tables]
    altered = [(each, _whose(one)) for one in found.sources for each in one.altered]
    if altered:
        lines += ["", "De uitkomst zelf" if dutch else "The result itself"]
        lines += [line for each, whose in altered for line in wrapped(_ALTERED[each][which] + whose)]
    if found.figures:
        lines += ["", *_figure_lines(found.figures, language)]
        if not found.moved:
            lines += ["", *textwrap.wrap(_why(found, dutch=dutch), WIDTH)]
    return "\n".join(lines)


def _whose(one: Source) -> str:
    """Which of several: its letter or year, and the file."""
    if one.name == OWN:
        return ""
    file = one.now.agreement_file if one.now is not None else one.claim.file if one.claim is not None else ""
    shown = "" if file == FIRST_FILE or file.endswith("]") else f" {printable(file)}"
    return f" ({printable(one.name)}{shown})"


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
    dutch = language is Language.DUTCH
    now = {one.name: one.now for one in found.sources if one.now is not None}
    lines = [] if OWN not in now else provenance_text(now[OWN], language).splitlines()
    lines += others_text(now, language)
    made = found.signature.program
    if made != __version__:
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
    """Of the case's own agreement and data on the first level; of others by their letter, year or hospital in ``bronnen``."""
    which = 0 if language is Language.DUTCH else 1
    others = {one.name: _source_record(one, language) for one in found.sources if one.name != OWN}
    own = [_source_record(one, language) for one in found.sources if one.name == OWN]
    altered = [_ALTERED[each][which] + _whose(one) for one in found.sources for each in one.altered]
    return {
        "gelijk": found.equal,
        "vergeleken": found.compared,
        **(own[0] if own else {}),
        **({"bronnen": others} if others else {}),
        "uitkomst_veranderd": altered,
        "cijfers": [{"plaats": list(one.label), "uitkomst": one.was, "opnieuw": one.now} for one in found.figures],
        "programma_uitkomst": found.signature.program,
        "programma_nu": __version__,
    }


def _source_record(one: Source, language: Language) -> dict[str, Any]:
    return {
        "afspraak": {
            "hash_uitkomst": None if one.claim is None else one.claim.agreement_hash,
            "hash_nu": None if one.now is None else one.now.content.hash,
            "verschillen": [difference_record(each, language) for each in one.agreement],
        },
        "gegevens": {
            "hash_uitkomst": None if one.claim is None else one.claim.data_hash,
            "hash_nu": None if one.now is None else one.now.data_hash,
            "verschillen": [
                {"tabel": each.table, "bestand": each.file, "hash_uitkomst": each.was, "hash_nu": each.now}
                for each in one.tables
            ],
        },
    }


def difference_record(one: Difference, language: Language) -> dict[str, Any]:
    section, name, key = one.key
    values = [list(value) if isinstance(value, tuple) else value for value in (one.was, one.becomes)]
    return {
        "onderdeel": section, "naam": name or None, "sleutel": key or None, "was": values[0], "wordt": values[1],
        "zin": one.said[0 if language is Language.DUTCH else 1],
    }  # fmt: skip
