"""The year as seven steps: how far each is, since when, by whom, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from puntlanding.language.notation import Language, day, euros
from puntlanding.language.sentences import index, visible
from puntlanding.report.dossier import Dossier
from puntlanding.stage import Stage
from puntlanding.web.presenters.facts import PARTIES, STATES, VersionFact
from puntlanding.web.presenters.scope import EVERYTHING, Scope
from puntlanding.web.presenters.stage_page import why_not

# Whose turn it is, where no party is asked for its word
_WHO = (
    "De controller van het gremium of de financiën van het ziekenhuis",
    "The collective’s controller or the hospital’s finance department",
)
Facts = Mapping[str, VersionFact | None]


class State(StrEnum):
    DONE = "done"
    BUSY = "busy"
    OPEN = "open"


SIGNS = {State.DONE: "●", State.BUSY: "◐", State.OPEN: "○"}
WORDS = {State.DONE: ("klaar", "done"), State.BUSY: ("bezig", "under way"), State.OPEN: ("nog niet", "not yet")}


@dataclass(frozen=True, slots=True)
class Step:
    """``page`` is the name of the page that tells more."""

    title: str
    state: State
    sign: str
    word: str
    told: str
    page: str


@dataclass(frozen=True, slots=True)
class Steps:
    steps: tuple[Step, ...]
    next: str


def steps(
    facts: Facts, dossier: Dossier | None, language: Language, scope: Scope = EVERYTHING, *, expected: bool = False
) -> Steps:
    """``facts``: by kind, the version that counts; ``dossier`` is of the latest data, None where there is none at all;
    ``expected``: there is a forecast from the records.
    """
    which = index(language)
    found = tuple(_steps(facts, dossier, language, which, expected=expected))
    return Steps(found, _next(facts, dossier, scope, which))


def _steps(facts: Facts, dossier: Dossier | None, language: Language, which: int, *, expected: bool) -> Iterator[Step]:
    agreement, budget, settlement = facts.get("agreement"), facts.get("budget"), facts.get("settlement")
    frame = None if dossier is None else dossier.agreement.frame
    told = "" if frame is None else f"€ {euros(frame.amount.value, language)}"
    yield _step(("kader", "framework"), _state(agreement, there=frame is not None), told, "agreement", which)
    there = dossier is not None and dossier.case.budget is not None
    produced = _state(budget, there=there)
    yield _step(
        ("productie\u00adbegroting", "production budget"), produced, _who(budget, language, which), "budget", which
    )
    capacity = _state(budget, there=dossier is not None and dossier.has(Stage.BUDGET))
    yield _step(("capaciteits\u00adbegroting", "capacity budget"), capacity, "", "budget", which)
    yield _agreed(agreement, budget, language, which)
    monitored = expected or (dossier is not None and dossier.has(Stage.MONITOR))
    over = settlement is not None and settlement.state == "final"
    watched = State.DONE if over else State.BUSY if monitored else State.OPEN
    yield _step(("volgen", "monitored"), watched, _adjusted(facts, language, which), "monitoring", which)
    computed = dossier is not None and dossier.has(Stage.SETTLE) and settlement is not None
    yield _step(
        ("afrekening", "settled"),
        _state(settlement, there=computed),
        _who(settlement, language, which),
        "settlement",
        which,
    )
    divided = computed and dossier is not None and dossier.has(Stage.DISTRIBUTE)
    yield _step(("verdeling", "distributed"), _state(settlement, there=divided), "", "distribution", which)


def _step(title: tuple[str, str], state: State, told: str, page: str, which: int) -> Step:
    return Step(title[which], state, SIGNS[state], WORDS[state][which], told, page)


def _state(version: VersionFact | None, *, there: bool) -> State:
    """What nobody agreed on yet is under way, however complete it is."""
    if not there:
        return State.OPEN
    return State.DONE if version is not None and version.state == "final" else State.BUSY


def _who(version: VersionFact | None, language: Language, which: int) -> str:
    if version is None:
        return ""
    when = day(version.last.date(), language)
    if version.state == "final":
        return (f"{when}, beide partijen", f"{when}, both parties")[which]
    return f"{version.name(which)}: {STATES[version.state][which]}, {when}, {visible(version.by)}"


def _agreed(agreement: VersionFact | None, budget: VersionFact | None, language: Language, which: int) -> Step:
    title = ("vastgesteld", "agreed")
    both = [one for one in (agreement, budget) if one is not None]
    final = [one for one in both if one.state == "final"]
    if len(final) == 2:
        when = day(max(one.last for one in final).date(), language)
        return _step(title, State.DONE, (f"{when}, beide partijen", f"{when}, both parties")[which], "approvals", which)
    busy = [one for one in both if one.state in ("proposed", "final")]
    told = ", ".join(f"{one.name(which)} {STATES[one.state][which]}" for one in both)
    return _step(title, State.BUSY if busy else State.OPEN, told, "approvals", which)


def _adjusted(facts: Facts, language: Language, which: int) -> str:
    found = facts.get("adjustment")
    return (
        ""
        if found is None
        else f"{found.name(which)}: {STATES[found.state][which]}, {day(found.last.date(), language)}"
    )


def _next(facts: Facts, dossier: Dossier | None, scope: Scope, which: int) -> str:
    """One thing to do, by whom: what waits for a party first, then what was not proposed, then what is not there."""
    versions = [one for one in facts.values() if one is not None]
    for one in versions:
        if one.state == "proposed" and one.missing:
            parties = (" en " if which == 0 else " and ").join(PARTIES[party][which] for party in one.missing)
            return (f"Nu: akkoord van {parties} op {one.name(0)}.", f"Now: approval of {one.name(1)} by {parties}.")[
                which
            ]
    for one in versions:
        if one.state == "refused":
            return (
                f"Nu: {one.name(0)} is geweigerd. {_WHO[0]} maakt een nieuwe versie en legt die voor.",
                f"Now: {one.name(1)} was refused. {_WHO[1]} makes a new version and proposes it.",
            )[which]
        if one.state == "draft":
            return (
                f"Nu: {one.name(0)} is nog niet voorgelegd. {_WHO[0]} legt haar voor aan beide partijen.",
                f"Now: {one.name(1)} was not proposed yet. {_WHO[1]} proposes it to both parties.",
            )[which]
    for kind, words in _LACKING.items():
        if facts.get(kind) is None:
            return words[which]
    if dossier is not None and not dossier.has(Stage.DISTRIBUTE):
        return why_not(dossier, Stage.DISTRIBUTE, scope)
    return ("Het jaar is rond.", "The year is complete.")[which]


_LACKING: Mapping[str, tuple[str, str]] = {
    "agreement": (
        f"Nu: de afspraak. {_WHO[0]} levert haar aan met de bestanden van het jaar.",
        f"Now: the agreement. {_WHO[1]} delivers it with the files of the year.",
    ),
    "budget": (f"Nu: de begroting. {_WHO[0]} maakt haar.", f"Now: the budget. {_WHO[1]} makes it."),
    "settlement": (
        "Nu: volgen. Na afloop van het jaar volgt de afrekening.",
        "Now: monitoring. After the end of the year comes the settlement.",
    ),
}
