"""Where the figures come from, and whether they are right: deliveries, what the checks say of them, and the line from file to figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from puntlanding.language.notation import Language, day, number
from puntlanding.language.sentences import index, visible
from puntlanding.records.checks import NotDone
from puntlanding.records.findings import Status
from puntlanding.records.tables import TableName
from puntlanding.report.checked import Checked, headline, sections
from puntlanding.web.presenters.scope import Scope

Pair = tuple[str, str]
STATES: Mapping[str, Pair] = {
    "received": ("ontvangen", "received"),
    "checked": ("gecontroleerd", "checked"),
    "refused": ("geweigerd", "refused"),
    "loaded": ("in de opslag", "in the store"),
    "withdrawn": ("ingetrokken", "withdrawn"),
}
_TOLD = (Status.FAILED, Status.ATTENTION)
_NO_TABLES: Pair = (
    "Hiervoor zijn de codetabellen van de NZa nodig; de beheerder zet ze in de map nza van de toepassing.",
    "This needs the NZa's code tables; the administrator puts them into the folder nza of the application.",
)
_COUNTED: Mapping[str, Pair] = {
    TableName.TRAJECTORIES: ("subtrajecten", "trajectories"),
    TableName.ACTIVITIES: ("zorgactiviteiten", "activities"),
}


@dataclass(frozen=True, slots=True)
class CheckLine:
    title: str
    count: str
    of: str
    share: str
    remedy: str
    why: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckSection:
    """``told``: of each what to do and where it stands; the others are counted."""

    heading: str
    told: bool
    lines: tuple[CheckLine, ...]


def report_sections(found: Checked, scope: Scope, language: Language, *, examples: bool) -> tuple[CheckSection, ...]:
    """Of the whole hospital, so only for who sees all groups; others have the sentence above it.

    ``examples``: rows of the hospital's own files, for who delivers them and can look them up.
    """
    if not scope.whole:
        return ()
    which = index(language)
    made = []
    for section in sections(found.findings, language):
        told = section.status in _TOLD
        lines = tuple(
            CheckLine(
                one.title, one.count, one.of, one.share,
                _NO_TABLES[which] if one.finding.note == NotDone.NO_TABLES else one.remedy, one.why if told else "",
                one.examples if told and examples else (),
            )
            for one in section.lines
        )  # fmt: skip
        made.append(CheckSection(section.heading, told, lines))
    return tuple(made)


def lacks_year(checked: Checked, year: int, language: Language) -> str:
    """Said where the delivery has nothing of the year that somebody is working in; empty otherwise."""
    if checked.per_year.get(year, {}).get(TableName.TRAJECTORIES):
        return ""
    if any(counts.get(TableName.TRAJECTORIES) for before, counts in checked.per_year.items() if before < year):
        return (
            f"Er staan nog geen subtrajecten in die in {year} zijn geopend. De begroting van {year} is eruit te maken; volgen begint"
            f" met de eerste levering waarin {year} staat.",
            f"It has no trajectories yet that were opened in {year}. The budget of {year} can be made from it; monitoring begins with"
            f" the first delivery that has {year} in it.",
        )[index(language)]
    return (
        f"Let op: er staan geen subtrajecten in die in {year} zijn geopend; dit jaar volgt zij dus niet.",
        f"Note: it has no trajectories that were opened in {year}; so it does not follow this year.",
    )[index(language)]


def verdict(state: str, as_of: date, checked: Checked | None, language: Language, *, failed: bool = False) -> str:
    """Of one delivery, in one sentence and a half. ``failed``: the check itself was not finished."""
    which, when = index(language), day(as_of, language)
    if state == "withdrawn":
        return (f"De levering met de stand van {when} is ingetrokken.", f"The delivery as of {when} was withdrawn.")[
            which
        ]
    if checked is None:
        return _unread(state, when, failed=failed)[which]
    if state == "loaded":
        return f"{_loaded(checked, as_of, language)} {_points(len(checked.with_status(Status.ATTENTION)), language)}"
    ending = {
        "checked": (" Zij staat nog niet in de opslag.", " It is not in the store yet."),
    }.get(state, ("", ""))[which]
    return headline(checked, language) + ending


def _unread(state: str, when: str, *, failed: bool) -> Pair:
    if state == "refused":
        return (
            f"De levering met de stand van {when} kon niet worden gelezen. Hieronder staat wat eraan schort.",
            f"The delivery as of {when} could not be read. Below is what is wrong with it.",
        )
    if failed:
        return (
            f"De controle van de levering met de stand van {when} is niet afgemaakt.",
            f"The check of the delivery as of {when} was not finished.",
        )
    return (
        f"De levering met de stand van {when} wordt gecontroleerd.",
        f"The delivery as of {when} is being checked.",
    )


def _loaded(checked: Checked, as_of: date, language: Language) -> str:
    when, counts = day(as_of, language), _counts(checked.counts, language)
    return (
        f"De levering met de stand van {when} staat in de opslag: {counts}.",
        f"The delivery as of {when} is in the store: {counts}.",
    )[index(language)]


def _counts(counts: Mapping[Any, int], language: Language) -> str:
    which = index(language)
    parts = [f"{number(counts[name], 0, language)} {_COUNTED[name][which]}" for name in TableName]
    return (" en ", " and ")[which].join(parts)


def figures_from(as_of: date, checked: Checked, language: Language) -> str:
    """What the year is followed by now."""
    when, counts = day(as_of, language), _counts(checked.counts, language)
    return (
        f"De cijfers komen uit de levering met de stand van {when}: {counts}. {_points(len(checked.with_status(Status.ATTENTION)), language)}",
        f"The figures come from the delivery as of {when}: {counts}. {_points(len(checked.with_status(Status.ATTENTION)), language)}",
    )[index(language)]


def newest(as_of: date, language: Language) -> str:
    """Before the verdict on what came in last, where other deliveries are on the page."""
    when = day(as_of, language)
    return (f"Het laatst aangeleverd: de stand van {when}.", f"Delivered last: as of {when}.")[index(language)]


def until_then(as_of: date, language: Language) -> str:
    """Beside what is said of a newer one that is not loaded."""
    when = day(as_of, language)
    return (
        f"De cijfers komen nog uit de levering met de stand van {when}.",
        f"The figures still come from the delivery as of {when}.",
    )[index(language)]


def _points(count: int, language: Language) -> str:
    which = index(language)
    if not count:
        return ("De controles vonden niets om na te gaan.", "The checks found nothing to look into.")[which]
    if count == 1:
        return ("De controles vonden 1 punt om na te gaan.", "The checks found 1 point to look into.")[which]
    return (f"De controles vonden {count} punten om na te gaan.", f"The checks found {count} points to look into.")[
        which
    ]


def store_verdict(
    known_on: date, counts: Mapping[str, int], attention: int, steered_on: date | None, language: Language
) -> str:
    """Of records that came in by the command line. ``steered_on``: the day whose knowledge the forecast is made of, where somebody chose."""
    which, when = index(language), day(known_on, language)
    told = _counts(counts, language)
    text = (
        f"De cijfers komen uit de registratie met de stand van {when}: {told} van dit jaar.",
        f"The figures come from the records as of {when}: {told} of this year.",
    )[which]
    if steered_on is None:
        return f"{text} {_points(attention, language)}"
    chosen = day(steered_on, language)
    return (
        f"{text} De prognose gebruikt daarvan wat op {chosen} bekend was. {_points(attention, language)}",
        f"{text} Of these the forecast uses what was known on {chosen}. {_points(attention, language)}",
    )[which]


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """``changed``: what is different from the delivery before, where that is known."""

    pk: object
    as_of: str
    state: str
    who: str
    at: datetime
    counts: tuple[str, ...]
    changed: str


def changed(loaded: Mapping[str, Any], year: int, language: Language) -> str:
    """Of the year's trajectories, since the delivery before; or what the same day's delivery was replaced by."""
    which = index(language)
    if year in loaded.get("ongewijzigd", ()):
        return ("stond al zo in de opslag", "was in the store just so already")[which]
    told = loaded.get("sinds", {}).get(str(year))
    replaced = loaded.get("vervangen", {}).get(str(year), {}).get(TableName.TRAJECTORIES.value)
    found = replaced or told
    if found is None:
        return ("eerste levering van dit jaar", "first delivery of this year")[which] if loaded else ""
    parts = [
        f"{number(found[key], 0, language)} {words[which]}"
        for key, words in (
            ("nieuw", ("nieuw", "new")),
            ("weg", ("weg", "gone")),
            ("gewijzigd", ("gewijzigd", "changed")),
        )
        if found[key]
    ]
    text = ", ".join(parts) or ("niets anders", "nothing else")[which]
    if replaced is not None:
        return (f"vervangt dezelfde dag: {text}", f"replaces the same day: {text}")[which]
    since = day(date.fromisoformat(found["van"]), language)
    return (f"sinds {since}: {text}", f"since {since}: {text}")[which]


def counts_of(checked: Checked | None, language: Language) -> tuple[str, ...]:
    if checked is None:
        return tuple("–" for _ in TableName)
    return tuple(number(checked.counts[name], 0, language) for name in TableName)


@dataclass(frozen=True, slots=True)
class StoredLine:
    """What the store holds of the year by one delivery."""

    known_on: str
    counts: tuple[str, ...]
    attention: str
    content: str


def stored_line(
    known_on: date, counts: Mapping[str, int], attention: int, content: str, language: Language
) -> StoredLine:
    told = tuple(number(counts[name], 0, language) for name in TableName)
    return StoredLine(day(known_on, language), told, number(attention, 0, language), content)


@dataclass(frozen=True, slots=True)
class LineageLine:
    """``part``: one of the files of what stands above it. ``address``: where it can be read or fetched; empty where it cannot by this reader."""

    what: str
    which: str
    who: str
    at: datetime | None
    mark: str
    address: str = ""
    part: bool = False


@dataclass(frozen=True, slots=True)
class LineagePart:
    title: str
    lines: tuple[LineageLine, ...]
    lacking: str = ""


def lineage_part(title: Pair, lines: Sequence[LineageLine], lacking: Pair, language: Language) -> LineagePart:
    which = index(language)
    return LineagePart(title[which], tuple(lines), "" if lines else lacking[which])


def file_name(name: str) -> str:
    return visible(name)
