"""What was done to a contribution before it may leave, and what that does to the benchmark. Stays in the hospital."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from rich.table import Table as RichTable
from rich.text import Text

from puntlanding.benchmark.protect import Protected
from puntlanding.benchmark.protect_policy import Method
from puntlanding.benchmark.protect_production import GroupAccount
from puntlanding.benchmark.report_protection import RateEffect, reference_shifts
from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import printable
from puntlanding.quantities import fixed
from puntlanding.report.terminal import HAIRLINES, rendered

_UNITS = {
    "fysiek": "visits", "teleconsult": "teleconsults", "dagopname": "day admissions", "verpleegdag": "nursing days",
    "ic_dag": "IC days", "diagnostiek": "diagnostics",
}  # fmt: skip
_SAME = {
    True: ("de tarieven van dit jaar blijven precies gelijk", "this year's rates stay exactly equal"),
    False: ("tarieven van dit jaar veranderen", "rates of this year change"),
}
_SHIFTED = 5  # per cent: from here a reference is worth a look


@dataclass(frozen=True, slots=True)
class Outcome:
    """``repriced`` is empty where no other norm times were given; they are those of ``year``."""

    protected: Protected
    rates: tuple[RateEffect, ...]
    repriced: tuple[RateEffect, ...]
    year: int


def as_record(one: Outcome) -> dict[str, Any]:
    return {
        "beleid": one.protected.policy.as_record(),
        "vakgroepen": [
            {
                "ziekenhuis": group.hospital, "specialisme": group.specialism, "rol": group.role,
                "niet_gedeeld": group.withheld, "codes": group.codes, "codes_samen": group.hidden,
                "aantal": group.volume, "aantal_samen": group.volume_hidden, "minuten": group.minutes,
                "minuten_samen": group.minutes_hidden, "minuten_na": group.minutes_after,
                "zonder_normtijd_in_overig": group.untimed, "kwartaal_verplaatst": group.moved,
            }
            for group in one.protected.groups
        ],
        "strata": [
            {
                "ziekenhuis": stratum.hospital, "specialisme": stratum.specialism, "niet_gedeeld": stratum.withheld,
                "strata": stratum.rows, "rijen_na": stratum.told, "patienten_per_niveau": list(stratum.patients),
                "verschuiving": {unit: fixed(shift) for unit, shift in stratum.shift.items()},
            }
            for stratum in one.protected.strata
        ],
        "tarieven": [_rate_record(effect) for effect in one.rates],
        "tarieven_andere_normtijden": {"jaar": one.year, "tarieven": [_rate_record(effect) for effect in one.repriced]}
        if one.repriced
        else None,
    }  # fmt: skip


def _rate_record(one: RateEffect) -> dict[str, Any]:
    hospital, specialism, role = one.group
    return {
        "ziekenhuis": hospital, "specialisme": specialism, "rol": role,
        "voor": None if one.before is None else fixed(one.before),
        "na": None if one.after is None else fixed(one.after),
    }  # fmt: skip


def as_text(one: Outcome, language: Language) -> str:
    parts = [_first(one, language), "", _groups(one, language), "", _strata(one, language)]
    return "\n".join(part for part in parts if part is not None)


def _first(one: Outcome, language: Language) -> str:
    """What leaves, what is told together, and whether the benchmark notices."""
    dutch = language is Language.DUTCH
    groups = one.protected.groups
    gone = sum(group.withheld for group in groups)
    told = [group for group in groups if not group.withheld]
    codes, hidden = sum(group.codes for group in told), sum(group.hidden for group in told)
    minutes = sum(group.minutes for group in told)
    if one.protected.policy.method is Method.ROUND:
        largest = max((abs(effect.change) for effect in one.rates if effect.change is not None), default=Fraction(0))
        moved = number(100 * largest, 2, language)
        text = (
            f"Beschermd door afronden op {one.protected.policy.base}-tallen: een tarief verschuift hoogstens {moved} %."
            if dutch
            else f"Protected by rounding to multiples of {one.protected.policy.base}: a rate moves at most {moved} %."
        )
    else:
        least = number(one.protected.policy.minimum, 0, language)
        told_rates = [effect for effect in one.rates if effect.after is not None]
        equal = all(effect.before == effect.after for effect in told_rates)
        same = _SAME[equal][0 if dutch else 1]
        share = _percent(sum(group.minutes_hidden for group in told), minutes, language)
        text = (
            f"Beschermd: geen rij over minder dan {least} patiënten. {hidden} van {codes} codes staan samen als ‘overig’ "
            f"({share} van de normuren); {same}."
            if dutch
            else f"Protected: no row about fewer than {least} patients. {hidden} of {codes} codes stand together as ‘overig’ "
            f"({share} of norm hours); {same}."
        )
    if gone:
        text += (
            f" {gone} van {len(groups)} vakgroepen zijn te klein om te delen."
            if dutch
            else f" {gone} of {len(groups)} groups are too small to share."
        )
    return text


def _groups(one: Outcome, language: Language) -> str:
    dutch = language is Language.DUTCH
    titles = ["specialisme", "rol", "codes", "samen", "deel\nvolume", "deel\nnormuren", "tarief\nvoor", "tarief\nna"]
    english = [
        "specialism",
        "role",
        "codes",
        "together",
        "part of\nvolume",
        "part of\nhours",
        "rate\nbefore",
        "rate\nafter",
    ]
    shown = _table(titles if dutch else english, 2)
    if one.repriced:
        shown.add_column(
            Text(f"normtijden\n{one.year}" if dutch else f"norm times\n{one.year}"), justify="right", no_wrap=True
        )
    rates = {effect.group: effect for effect in one.rates}
    repriced = {effect.group: effect for effect in one.repriced}
    several = len({group.hospital for group in one.protected.groups}) > 1
    for group in one.protected.groups:
        key = (group.hospital, group.specialism, group.role)
        name = f"{printable(group.hospital)} {group.specialism}" if several else printable(group.specialism)
        effect = rates.get(key)
        cells = [name, printable(group.role), *_cells(group, language), _rate(effect, "before", language)]
        cells.append(_withheld(dutch) if group.withheld else _rate(effect, "after", language))
        if one.repriced:
            cells.append(_change(repriced.get(key), language))
        shown.add_row(*map(Text, cells))
    return rendered(shown)


def _withheld(dutch: bool) -> str:
    return "niet gedeeld" if dutch else "not shared"


def _cells(group: GroupAccount, language: Language) -> list[str]:
    return [
        number(group.codes, 0, language),
        number(group.hidden, 0, language),
        _percent(group.volume_hidden, group.volume, language),
        _percent(group.minutes_hidden, group.minutes, language),
    ]


def _rate(effect: RateEffect | None, side: str, language: Language) -> str:
    value = None if effect is None else effect.before if side == "before" else effect.after
    return "–" if value is None else number(value, 1, language)


def _change(effect: RateEffect | None, language: Language) -> str:
    """How far the repriced rate is off, because what is told together is repriced as the others are."""
    if effect is None or effect.change is None:
        return "–"
    shown = number(100 * effect.change, 2, language)
    return f"{'+' if effect.change > 0 else ''}{shown} %"


def _strata(one: Outcome, language: Language) -> str | None:
    """How fine the strata still are, and how far that moves what is expected per patient."""
    dutch = language is Language.DUTCH
    found = one.protected.strata
    if not found:
        return None
    levels = [sum(stratum.patients[at] for stratum in found) for at in range(4)]
    shares = [_percent(level, sum(levels), language) for level in levels]
    shifts = reference_shifts(one.protected)
    far = ", ".join(
        f"{unit if dutch else _UNITS[unit]} {number(100 * shift, 1, language)} %"
        for unit, shift in sorted(shifts.items())
    )
    gone = sum(stratum.withheld for stratum in found)
    text = (
        f"Efficiency: van de patiënten staat {shares[0]} op diagnosegroep, leeftijd en geslacht, {shares[1]} zonder geslacht, "
        f"{shares[2]} alleen op diagnosegroep, {shares[3]} alleen op specialisme."
        if dutch
        else f"Efficiency: of the patients {shares[0]} are told by diagnosis group, age and sex, {shares[1]} without sex, "
        f"{shares[2]} by diagnosis group only, {shares[3]} by specialism only."
    )
    if far:
        text += (
            f"\nDaardoor verschuift wat per patiënt verwacht wordt, gemiddeld over de specialismen: {far}."
            if dutch
            else f"\nThat moves what is expected per patient, on average over the specialisms: {far}."
        )
        if any(100 * shift > _SHIFTED for shift in shifts.values()):
            text += (
                "\nGrove diagnosegroepen (lijst diagnosegroepen) of een lager minimum houden meer zichtbaar."
                if dutch
                else "\nCoarser diagnosis groups (list diagnosegroepen) or a lower minimum keep more visible."
            )
    if gone:
        text += (
            f"\nVan {gone} specialismen zijn er te weinig patiënten om iets te delen."
            if dutch
            else f"\nOf {gone} specialisms there are too few patients to share anything."
        )
    return rendered(Text(text))


def _percent(part: int, whole: int, language: Language) -> str:
    return "–" if not whole else f"{number(Fraction(100 * part, whole), 1, language)} %"


def _table(titles: Sequence[str], left: int) -> RichTable:
    shown = RichTable(box=HAIRLINES, header_style="dim", pad_edge=False, padding=(0, 0, 0, 1), show_edge=False)
    for at, title in enumerate(titles):
        shown.add_column(Text(title), justify="left" if at < left else "right", vertical="bottom", no_wrap=True)
    return shown
