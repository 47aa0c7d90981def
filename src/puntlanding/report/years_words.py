"""Several years in sentences: what became of the money and the norm fte, what went from year to year, who came and went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from puntlanding.agreement.content import short
from puntlanding.components.adaptation_net import BEFORE
from puntlanding.language.notation import Language, euros, number
from puntlanding.language.sentences import printable
from puntlanding.report.comparison_words import percent, reasons
from puntlanding.stage import Stage
from puntlanding.years import Account, Outcome, Overview, Run
from puntlanding.years.development import Development, Figures
from puntlanding.years.run import accounts

_STAGES = {
    Stage.BUDGET: ("niet begroot", "not budgeted"),
    Stage.SETTLE: ("niet afgerekend", "not settled"),
    Stage.DISTRIBUTE: ("niet verdeeld in euro's", "not divided in euros"),
}
MOST_NAMES = 6


def title(run: Run) -> str:
    """The organisation as the last year calls it, and the years."""
    owner = run.outcomes[-1].case.agreement.organisation
    return f"{printable(owner)} · {run.years[0]}–{run.years[-1]}"


def headlines(run: Run, found: Overview, language: Language) -> Iterator[str]:
    dutch = language is Language.DUTCH
    if found.euros.years:
        yield _euros(found.euros, language, dutch)
    if found.paid.years:
        yield _went(found.paid, language, "Betaald" if dutch else "Paid", dutch)
    elif found.budget.years:
        yield _went(found.budget, language, "Begroot" if dutch else "Budgeted", dutch)
    told = accounts(run)
    if told and len(told) == len(run.outcomes):
        yield from _balance(run, told, language, dutch)
    for one in run.outcomes:
        yield from _not_computed(one, language)


def _span(years: Sequence[int], dutch: bool) -> str:
    if len(years) == 1:
        return str(years[0])
    if years[-1] - years[0] >= len(years):  # one between could not be computed
        return _joined([str(year) for year in years], " en " if dutch else " and ")
    return f"{years[0]} tot en met {years[-1]}" if dutch else f"{years[0]} to {years[-1]}"


def _euros(found: Figures, language: Language, dutch: bool) -> str:
    groups = sum(1 for own in found.groups.values() if own)
    whole = f"€ {euros(found.sum.value, language)}"
    span = _span(found.years, dutch)
    many = len(found.years) > 1
    row = many and found.years[-1] - found.years[0] < len(found.years)
    text = (
        f"{'Van' if row else 'In'} {span} krijgen {groups} vakgroepen samen {whole}"
        if dutch
        else f"{'From' if row else 'In'} {span} {groups} groups get {whole} together"
    )
    text += _developed(found.development, found.years, language, dutch)
    if many and found.developments:
        up, down = (
            sum(1 for one in found.developments.values() if one.change.value * sign > 0) for sign in (1, -1)
        )  # fmt: skip
        text += (
            f"; {up} gaan vooruit en {down} achteruit" if dutch else f"; {up} get more and {down} less than at first"
        )
        other = groups - len(found.developments)
        if other:
            text += f", {other} niet in beide jaren" if dutch else f", {other} not in both years"
    return text + "."


def _developed(found: Development | None, years: Sequence[int], language: Language, dutch: bool) -> str:
    if found is None or found.share is None:
        return ""
    span = f"van {years[0]} naar {years[-1]}" if dutch else f"from {years[0]} to {years[-1]}"
    return f" ({span} {_signed(found.share.value, language)})"


def _signed(share: Fraction, language: Language) -> str:
    return ("+" if share > 0 else "") + percent(share, language)


def _went(found: Figures, language: Language, word: str, dutch: bool) -> str:
    first, last = found.years[0], found.years[-1]
    amounts = [number(found.totals[year].value, 2, language) for year in (first, last)]
    if first == last:
        return f"{word} in {first}: {amounts[0]} norm fte."
    if found.totals[first].value == found.totals[last].value:
        if dutch:
            return f"{word} is in {last} evenveel als in {first}: {amounts[0]} norm fte."
        return f"{word} in {last} is as much as in {first}: {amounts[0]} norm fte."
    share = ""
    if found.development is not None and found.development.share is not None:
        share = f" ({_signed(found.development.share.value, language)})"
    if dutch:
        return f"{word} gaat van {amounts[0]} norm fte in {first} naar {amounts[1]} in {last}{share}."
    return f"{word} goes from {amounts[0]} norm fte in {first} to {amounts[1]} in {last}{share}."


def _balance(run: Run, told: Sequence[Account], language: Language, dutch: bool) -> Iterator[str]:
    lapsed = sum((one.lapses.value for one in told), Fraction(0))
    end, year = told[-1].closing.value, run.years[-1]
    if end or any(one.opening.value for one in told):
        carried = "Van jaar naar jaar gaat een saldo mee" if dutch else "A balance goes from year to year"
        left = f"€ {euros(end, language)}"
        if end:
            carried += f"; eind {year} staat {left} open" if dutch else f"; at the end of {year} {left} is open"
        else:
            carried += f"; eind {year} is het op" if dutch else f"; at the end of {year} it is used up"
        yield f"{carried}."
    if lapsed:
        amount = euros(lapsed, language)
        yield f"Niet uitgekeerd en vervallen: € {amount}." if dutch else f"Not paid out and lapsed: € {amount}."


def _joined(parts: Sequence[str], last: str) -> str:
    return last.join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def _not_computed(one: Outcome, language: Language) -> Iterator[str]:
    """The first stage that could not be computed; a year without a frame needs no euros."""
    for stage in (Stage.BUDGET, Stage.SETTLE, Stage.DISTRIBUTE):
        lacking = one.lacking[stage]
        if stage is Stage.BUDGET and one.settlement is not None:
            continue
        if lacking and not (stage is Stage.DISTRIBUTE and all(p.code == "needs_frame" for p in lacking)):
            word = _STAGES[stage][0 if language is Language.DUTCH else 1]
            verb = "is" if language is Language.DUTCH else "was"
            yield f"{one.year} {verb} {word}: {reasons(lacking, language)}"
            return


def notes(run: Run, language: Language) -> Iterator[str]:
    """Per year what came from the year before, and who came and went."""
    dutch = language is Language.DUTCH
    for one in run.outcomes:
        parts = [*_taken(one, dutch), *_groups(one, dutch)]
        if parts:
            yield f"{one.year}: " + "; ".join(parts) + "."


def _taken(one: Outcome, dutch: bool) -> Iterator[str]:
    before = one.year - 1
    if one.stages.before:
        yield (
            f"de begroting van {before} komt uit de case van dat jaar"
            if dutch
            else f"the budget of {before} comes from the case of that year"
        )
    if BEFORE in one.case.components.labels and BEFORE not in one.entry.case.components.labels:
        yield (
            f"het vangnet kijkt naar de bedragen van {before} zoals hier berekend"
            if dutch
            else f"the net looks at the amounts of {before} as computed here"
        )


def _groups(one: Outcome, dutch: bool) -> Iterator[str]:
    new, gone, into = one.changes.new, one.changes.gone, one.changes.into
    merged = set(into.values())
    for name in dict.fromkeys(into.values()):
        formers = [old for old, now in into.items() if now == name]
        former = _names(formers, dutch)
        if name in new and len(formers) == 1:
            now = printable(name)
            yield (
                f"{former} is nu {now} (zelfde specialisme) en telt als nieuwe vakgroep"
                if dutch
                else f"{former} is now {now} (same specialism) and counts as a new group"
            )
            continue
        yield (
            f"{former} gaat op in {printable(name)} (zelfde specialisme)"
            if dutch
            else f"{former} becomes part of {printable(name)} (same specialism)"
        )
    lost = [name for name in gone if name not in into]
    added = [name for name in new if name not in merged]
    if added:
        yield f"nieuw: {_names(added, dutch)}" if dutch else f"new: {_names(added, dutch)}"
    if lost:
        yield f"niet meer: {_names(lost, dutch)}" if dutch else f"no longer: {_names(lost, dutch)}"
    if new and BEFORE in one.case.components.labels and BEFORE not in one.entry.case.components.labels:
        yield (
            f"zonder vangnet, want er was geen bedrag van vorig jaar: {_names(new, dutch)}"
            if dutch
            else f"without a net, as there was no amount of last year: {_names(new, dutch)}"
        )


def _names(names: Sequence[str], dutch: bool) -> str:
    shown = [printable(name) for name in names[:MOST_NAMES]]
    if len(names) > MOST_NAMES:
        more = len(names) - MOST_NAMES
        return ", ".join(shown) + (f" en nog {more}" if dutch else f" and {more} more")
    return _joined(shown, " en " if dutch else " and ")


def origins(run: Run, language: Language) -> Iterator[str]:
    """Per year the agreement and the data by their hashes."""
    words = ("Herkomst", "afspraak", "gegevens") if language is Language.DUTCH else ("Origin", "agreement", "data")
    for one in run.outcomes:
        found = one.entry.provenance
        if found is not None:
            hashes = f"{words[1]} {short(found.content.hash)} · {words[2]} {short(found.data_hash)}"
            yield f"{words[0]} {one.year}: {hashes} · {printable(one.entry.name)}"
