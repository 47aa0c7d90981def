"""Where a budget is on its way from a draft to both parties' word, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from puntlanding.web.presenters.facts import STATES, VersionFact
from puntlanding.web.presenters.steps import SIGNS, WORDS, State

_TITLES = (("concept", "draft"), ("verschillen", "differences"), ("versie", "version"), ("akkoord", "approval"))
_ORIGINS = {
    "edited": ("in de browser gewijzigd", "changed in the browser"),
    "workbook": ("uit een werkmap", "from a workbook"),
    "delivered": ("uit aangeleverde bestanden", "from delivered files"),
    "records": ("uit de registratie", "from the records"),
    "refused": ("uit wat is geweigerd", "from what was refused"),
    "next_year": ("uit de bestanden van het jaar ervoor", "from the files of the year before"),
}


@dataclass(frozen=True, slots=True)
class FlowStep:
    title: str
    state: State
    sign: str
    word: str
    told: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """``page`` is where the next step is taken; ``action`` what its link says."""

    steps: tuple[FlowStep, ...]
    next: str
    page: str
    action: str


_DRAFT = (
    "U heeft een concept. Lees de verschillen en bevestig ze.",
    "You have a draft. Read its differences and confirm them.",
)
_FROM_RECORDS = (
    "Nog geen begroting: maak haar uit wat het ziekenhuis registreerde.",
    "No budget yet: make it from what the hospital recorded.",
)
_READING = (
    "Lees wat er verandert; onderaan bevestigt u het als versie.",
    "Read what changes; at the bottom you confirm it as a version.",
)


def flow(
    version: VersionFact | None, origin: str | None, which: int, *, reading: bool = False, records: bool = False
) -> Flow:
    """``origin``: where the reader's own draft came from; None without one. ``reading``: its differences are on the page.
    ``records``: there are records to make a first budget from.
    """
    if origin is not None:
        told = _ORIGINS.get(origin, _ORIGINS["edited"])[which]
        return Flow(
            _steps((State.DONE, State.BUSY) + (State.OPEN,) * 2 if reading else (State.BUSY,) + (State.OPEN,) * 3, which, told),
            (_READING if reading else _DRAFT)[which],
            "budget_draft", ("Verschillen lezen", "Read the differences")[which],
        )  # fmt: skip
    if version is not None and version.state == "refused":
        nl, en = version.name(0), version.name(1)
        return Flow(
            _steps((State.OPEN,) * 4, which),
            (f"{nl.capitalize()} is geweigerd. Lees waarom, en pas haar aan.", f"{en.capitalize()} was refused. Read why, and change it.")[which],
            "approvals", ("Naar akkoord", "To approval")[which],
        )  # fmt: skip
    if version is None and records:
        return Flow(
            _steps((State.OPEN,) * 4, which), _FROM_RECORDS[which], "budget_records",
            ("Maak de begroting", "Make the budget")[which],
        )  # fmt: skip
    if version is None or version.state == "superseded":
        return Flow(
            _steps((State.OPEN,) * 4, which),
            ("Nog geen begroting: lever de bestanden aan.", "No budget yet: deliver the files.")[which],
            "deliver", ("Aanleveren", "Deliver")[which],
        )  # fmt: skip
    done = State.DONE
    last = {"final": done, "proposed": State.BUSY}.get(version.state, State.OPEN)
    name, state = version.name(which), STATES[version.state][which]
    said = {
        "final": (
            "Vastgesteld. Een wijziging van nu wordt een bijstelling.",
            "Agreed. A change from now on becomes an adjustment.",
        ),
        "proposed": ("Voorgelegd: nu het woord van beide partijen.", "Proposed: now the word of both parties."),
    }.get(version.state, ("Leg haar voor aan beide partijen.", "Propose it to both parties."))
    return Flow(
        _steps((done, done, done, last), which, "", f"{name}: {state}"), said[which], "approvals",
        ("Naar akkoord", "To approval")[which],
    )  # fmt: skip


def _steps(states: Sequence[State], which: int, first: str = "", version: str = "") -> tuple[FlowStep, ...]:
    told = (first, "", version, "")
    return tuple(
        FlowStep(title[which], state, SIGNS[state], WORDS[state][which], said)
        for title, state, said in zip(_TITLES, states, told, strict=True)
    )
