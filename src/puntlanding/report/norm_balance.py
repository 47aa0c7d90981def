"""The balance between the operative and the conservative route of care: terminal and JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from puntlanding.language.notation import Language, number
from puntlanding.norms.neutrality import Balance, Care, Neutrality, Outcome
from puntlanding.quantities import fixed
from puntlanding.report.norm_sheet import (
    DIAGNOSES,
    MOST,
    PRODUCTS,
    counted,
    fixed_or_none,
    maybe,
    page,
    percent,
    sheet,
    told,
    wrapped,
)

_OUTCOMES = {
    Outcome.BALANCED: ("in balans", "in balance"),
    Outcome.OPERATIVE_MORE: ("operatief meer", "operative more"),
    Outcome.CONSERVATIVE_MORE: ("conservatief meer", "conservative more"),
    Outcome.TOO_FEW: ("te weinig", "too few"),
    Outcome.NO_WORKED: ("niet te zeggen", "cannot be told"),
}


def neutrality_text(found: Neutrality, language: Language, *, every: bool) -> str:
    most = None if every else MOST
    departing = found.departing()
    enough = _by_volume([one for one in found.diagnoses if one.outcome is not Outcome.TOO_FEW])
    judged = any(one.outcome is not Outcome.NO_WORKED for one in enough)
    rest = [one for one in enough if one not in departing]
    listed = (*departing, *rest) if every or not judged else departing
    return page(
        wrapped(_neutrality_answer(found, len(departing), language)), wrapped(_meaning(found, language)), _diagnoses(listed, language, most),
        _shares(found, language, most), wrapped(_left_out(found, language)),
    )  # fmt: skip


def _by_volume(balances: Sequence[Balance]) -> list[Balance]:
    return sorted(balances, key=lambda one: (-one.trajectories, one.specialism, one.diagnosis or ""))


def _neutrality_answer(found: Neutrality, departing: int, language: Language) -> str:
    enough = [one for one in found.diagnoses if one.outcome is not Outcome.TOO_FEW]
    judged = [one for one in enough if one.outcome is not Outcome.NO_WORKED]
    if not enough:
        text = (
            "Geen enkele diagnose heeft op beide routes ten minste {0} subtrajecten; over de balans is niets te zeggen.",
            "No diagnosis has at least {0} trajectories on both routes; nothing can be said of the balance.",
        )
        return told(text, language).format(found.minimum)
    if not judged:
        text = (
            "Zonder zorgprofielen en normtijden van activiteiten is over de balans niets te zeggen; hieronder staan de routes naast elkaar ({0}).",
            "Without profiles and norm times of activities nothing can be said of the balance; below the routes stand side by side ({0}).",
        )
        return told(text, language).format(counted(len(enough), DIAGNOSES, language))
    text = (
        "Bij {0} van de {1} diagnoses met genoeg zorg op beide routes levert een gewerkte minuut op de ene route meer dan {2} meer normtijd op dan op de andere.",
        "For {0} of the {1} diagnoses with enough care on both routes a minute worked gives over {2} more norm time on one route than on the other.",
    )
    margin = f"{number(found.margin * 100, 0, language)} %"
    return told(text, language).format(number(departing, 0, language), number(len(judged), 0, language), margin)


def _meaning(found: Neutrality, language: Language) -> str:
    text = (
        "Balans = (normminuten ÷ gewerkte minuten) operatief ÷ conservatief; 1 is neutraal. Gewerkt is: activiteiten × hun "
        "normtijd. Meer uren per traject op de operatieve route is op zichzelf geen afwijking: daar is ook meer werk. Een "
        "diagnose telt vanaf {0} subtrajecten per route (lokale waarde; --minimum) en wijkt af vanaf {1} % (lokaal; --margin).",
        "Balance = (norm minutes ÷ minutes worked) operative ÷ conservative; 1 is neutral. Worked is: activities × their norm "
        "time. More hours per trajectory on the operative route is no departure by itself: there is more work too. A diagnosis "
        "counts from {0} trajectories per route (local value; --minimum) and departs from {1} % (local; --margin).",
    )
    return told(text, language).format(found.minimum, number(found.margin * 100, 0, language))


def _diagnoses(listed: Sequence[Balance], language: Language, most: int | None) -> str:
    titles = (
        ("spec.", "spec."), ("diagnose", "diagnosis"), ("n oper.", "n oper."), ("n cons.", "n cons."), ("uur/traj. o", "h/traj. o"),
        ("uur/traj. c", "h/traj. c"), ("o ÷ c", "o ÷ c"), ("balans", "balance"), ("uitkomst", "outcome"),
    )  # fmt: skip
    columns = [(told(pair, language), 1 < position < len(titles) - 1) for position, pair in enumerate(titles)]
    rows = [
        (
            one.specialism, one.diagnosis or "", number(one.operative.trajectories, 0, language),
            number(one.conservative.trajectories, 0, language), maybe(one.operative.per_trajectory, 2, language),
            maybe(one.conservative.per_trajectory, 2, language), maybe(one.ratio, 2, language), maybe(one.balance, 2, language),
            told(_OUTCOMES[one.outcome], language),
        )
        for one in listed
    ]  # fmt: skip
    title = told(
        (
            "Diagnoses met beide routes (o = operatief, c = conservatief)",
            "Diagnoses with both routes (o = operative, c = conservative)",
        ),
        language,
    )
    return sheet(title, columns, rows, language, most)


def _shares(found: Neutrality, language: Language, most: int | None) -> str:
    titles = (
        ("ziekenhuis", "hospital"),
        ("specialisme", "specialism"),
        ("normuren", "norm hours"),
        ("operatief", "operative"),
        ("balans", "balance"),
    )
    columns = [(told(pair, language), position > 1) for position, pair in enumerate(titles)]
    rows = [
        (
            one.hospital or "", one.specialism, number(one.operative.hours + one.conservative.hours, 1, language),
            percent(one.operative_share, language), maybe(one.balance, 2, language),
        )
        for one in found.groups
    ]  # fmt: skip
    title = told(
        ("Aandeel van de operatieve route in de normuren", "Share of the operative route in the norm hours"), language
    )
    return sheet(title, columns, rows, language, most)


def _left_out(found: Neutrality, language: Language) -> str:
    lines = []
    if found.unplaced:
        text = (
            "Niet meegeteld: {0} subtrajecten van {1} zonder normtijd of route; de meeste van {2}.",
            "Left out: {0} trajectories of {1} without a norm time or a route; most of {2}.",
        )
        (specialism, code), _ = next(iter(found.unplaced.items()))
        total = number(sum(found.unplaced.values()), 0, language)
        lines.append(
            told(text, language).format(total, counted(len(found.unplaced), PRODUCTS, language), f"{specialism} {code}")
        )
    if found.unworked:
        text = (
            "Van {0} is geen gewerkte tijd bekend (geen profiel, of een activiteit zonder normtijd); de balans gaat over de rest.",
            "Of {0} no time worked is known (no profile, or an activity without a norm time); the balance is of the rest.",
        )
        lines.append(told(text, language).format(counted(len(found.unworked), PRODUCTS, language)))
    return "\n".join(lines)


def neutrality_record(found: Neutrality) -> dict[str, Any]:
    return {
        "jaar": found.year,
        "minimum": found.minimum,
        "marge": fixed(found.margin),
        "diagnoses": [
            {
                "specialisme": one.specialism, "diagnose": one.diagnosis, "uitkomst": one.outcome.value,
                **({} if one.outcome is Outcome.TOO_FEW else _sides(one)),  # so few that they could be somebody
            }
            for one in found.diagnoses
        ],
        "vakgroepen": [
            {"ziekenhuis": one.hospital, "specialisme": one.specialism, "aandeel_operatief": fixed_or_none(one.operative_share), **_sides(one)}
            for one in found.groups
        ],
        "niet_meegeteld": [
            {"specialisme": specialism, "zorgproduct": code, "subtrajecten": count} for (specialism, code), count in found.unplaced.items()
        ],
        "geen_gewerkte_minuten": [{"specialisme": specialism, "zorgproduct": code} for specialism, code in found.unworked],
    }  # fmt: skip


def _sides(one: Balance) -> dict[str, Any]:
    return {
        "operatief": _care(one.operative), "conservatief": _care(one.conservative),
        "verhouding": fixed_or_none(one.ratio), "balans": fixed_or_none(one.balance),
    }  # fmt: skip


def _care(one: Care) -> dict[str, Any]:
    return {
        "subtrajecten": one.trajectories, "patienten_per_zorgproduct": one.patients, "normuren": fixed(one.hours),
        "normuren_per_subtraject": fixed_or_none(one.per_trajectory), "normuren_per_patient": fixed_or_none(one.per_patient),
        "met_gewerkte_minuten": one.known, "gewerkte_minuten": fixed(one.worked),
    }  # fmt: skip
