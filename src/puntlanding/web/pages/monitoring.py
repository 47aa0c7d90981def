"""Monitoring: the forecast from the hospital's records where the year has these, and else the one that was delivered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from puntlanding.charts.forecast_fan import forecast_fan
from puntlanding.forecast.outlook import Outlook
from puntlanding.language.notation import Language, day
from puntlanding.language.sentences import sentence
from puntlanding.report.dossier import Dossier
from puntlanding.report.outlook_file import outlook_csv
from puntlanding.stage import Stage
from puntlanding.web.access import AccessRequest
from puntlanding.web.desk.dossiers import cached
from puntlanding.web.desk.models import Version, Year
from puntlanding.web.desk.outlooks import Expected, days_known
from puntlanding.web.desk.queries import source_of, version_for
from puntlanding.web.desk.soon import NotYetError, soon
from puntlanding.web.downloads import CSV, handed_out
from puntlanding.web.pages.base import asked_year, fact, outlook_of, read, shown
from puntlanding.web.pages.kept_figures import figures_there
from puntlanding.web.pages.stages import stage_figures, stage_file
from puntlanding.web.presenters.figures import Drawn, drawn_outlook, drawn_pictures, figures_of
from puntlanding.web.presenters.outlook_page import group_page, outlook_page
from puntlanding.web.presenters.scope import Scope
from puntlanding.web.presenters.stage_page import numbers_of, stage_page, why_not
from puntlanding.web.remembered import remembered
from puntlanding.web.sight import scope_key, scope_of

NAME, STAGE = "monitoring", Stage.MONITOR
AS_OF, GROUP, ASKS = "bekend", "vakgroep", "uitleg"


@dataclass(frozen=True, slots=True)
class Choice:
    """A day as of which the forecast can be seen; the first is the year's own."""

    value: str
    text: str
    chosen: bool


def monitoring(request: AccessRequest, year: int) -> HttpResponse:
    found = asked_year(request, year)
    version = version_for(found, STAGE)
    if version is None:
        return shown(request, NAME, "nothing_yet", found, stage=STAGE.value, why="")
    dossier = read(request, version, found, NAME)
    days = _days(found)
    as_of = _asked_day(request, days)
    made, lacking = outlook_of(request, version, dossier, as_of)
    if made is not None and made.found is not None:
        return _from_records(request, found, version, dossier, made, _choices(days, as_of, dossier.language))
    scope = scope_of(request.access)
    busy = made is not None and made.busy
    if busy and not dossier.has(STAGE):
        return shown(request, NAME, "outlook_wait", found, version=fact(version))
    if not dossier.has(STAGE):
        return shown(
            request, NAME, "nothing_yet", found, stage=STAGE.value, why=why_not(dossier, STAGE, scope),
            version=fact(version), outlook_lacking=lacking,
        )  # fmt: skip
    return shown(
        request, NAME, "stage", found, **_delivered(request, version, dossier), version=fact(version),
        outlook_lacking=lacking, outlook_busy=busy,
    )  # fmt: skip


def monitoring_file(request: AccessRequest, year: int) -> HttpResponse:
    return stage_file(request, year, STAGE)


def outlook_file(request: AccessRequest, year: int) -> HttpResponse:
    """The table of the page; while there is none, the page itself says why."""
    found = asked_year(request, year)
    version = version_for(found, STAGE)
    as_of = _asked_day(request, _days(found))
    dossier = None if version is None else read(request, version, found, NAME)
    made = None
    if version is not None and dossier is not None:
        made, _ = outlook_of(request, version, dossier, as_of)
    if made is None or made.found is None or dossier is None:
        return redirect(NAME, year)
    name = f"prognose_{year}_{made.found.as_of.isoformat()}.csv"
    return handed_out(outlook_csv(made.found, dossier.language), CSV, name)


def _from_records(
    request: AccessRequest, year: Year, version: Version, dossier: Dossier, made: Expected, choices: tuple[Choice, ...]
) -> HttpResponse:
    outlook = made.found
    if outlook is None:
        raise ValueError("there is no forecast to show")
    language, scope, asks = dossier.language, scope_of(request.access), request.GET.get(ASKS, "")
    numbers, group = numbers_of(dossier), _asked_group(request, dossier, outlook)
    here = {"days": choices, "as_of": next((one.value for one in choices[1:] if one.chosen), "")}
    if group:
        return shown(
            request, NAME, "outlook_group", year, version=fact(version), source=made.source, asks=asks, group=numbers[group], **here,
            outlook=remembered(group_page, outlook, group, made.below, numbers, asks, language), outlook_figures=_drawn_group(version, made, group, language),
        )  # fmt: skip
    notes = tuple(dict.fromkeys(sentence(one, language) for one in made.problems if scope.whole))
    typed = _delivered(request, version, dossier) if dossier.has(STAGE) and not here["as_of"] else {}
    return shown(
        request, NAME, "outlook", year, **{"source": made.source, "asks": asks, **typed}, version=fact(version), notes=notes, **here,
        outlook=remembered(outlook_page, outlook, scope, language, numbers, asks, made.below),
        outlook_figures=_drawn(version, made, outlook, scope, language), groups=tuple(_links(outlook, numbers)),
    )  # fmt: skip


def _delivered(request: AccessRequest, version: Version, dossier: Dossier) -> dict[str, object]:
    """The forecast in the files."""
    scope, asks = scope_of(request.access), request.GET.get(ASKS, "")
    return {
        "stage": STAGE.value, "asks": asks, "file": f"{NAME}_file", "page": remembered(stage_page, dossier, STAGE, scope, asks),
        "source": dossier.source, "figures": stage_figures(version, dossier, STAGE, scope),
    }  # fmt: skip


def _drawn(
    version: Version, made: Expected, found: Outlook, scope: Scope, language: Language
) -> tuple[Drawn, ...] | None:
    """``found`` as this reader may see it."""
    what = f"prognose-{made.key[:32]}-{language.value}-{scope_key(scope)}"
    return _figures(version, what, lambda: drawn_outlook(found, made.source, scope, language))


def _drawn_group(version: Version, made: Expected, group: str, language: Language) -> tuple[Drawn, ...] | None:
    """Only of the group: the same for whoever may see it."""
    found = made.found
    if found is None or not any(row.name == group and row.fan for row in found.rows):
        return ()
    what = f"prognose-{made.key[:32]}-{language.value}-een-{scope_key(Scope.of([group]))}"
    return _figures(
        version, what, lambda: drawn_pictures([forecast_fan(found, made.source, language, group)], "prognose-vakgroep")
    )


def _figures(version: Version, what: str, draw: Callable[[], bytes]) -> tuple[Drawn, ...] | None:
    """None where they are being drawn: the numbers do not wait for them."""
    kept, snapshot = cached(), version.snapshot
    there = figures_there(version, what)
    try:
        return there or figures_of(soon(f"{kept.root} {what}", lambda: kept.get(snapshot, what, draw)))
    except NotYetError:
        return None


def _links(outlook: Outlook, numbers: dict[str, int]) -> Iterator[tuple[int, str]]:
    for row in outlook.rows:
        yield numbers[row.name], row.name


def _asked_group(request: AccessRequest, dossier: Dossier, outlook: Outlook) -> str:
    """By its number. Raises Http404 for a group that is not there, or not for this reader."""
    asked = request.GET.get(GROUP, "")
    if not asked:
        return ""
    seen = {row.name for row in outlook.rows}
    found = next((name for name, at in numbers_of(dossier).items() if str(at) == asked and name in seen), None)
    if found is None:
        raise Http404
    return found


def _days(year: Year) -> tuple[date, ...]:
    source = source_of(year)
    return () if source is None else days_known(source)


def _asked_day(request: AccessRequest, days: tuple[date, ...]) -> date | None:
    """None for the year's own day. Raises Http404 for one as of which nobody can look: each takes time to work out."""
    asked = request.GET.get(AS_OF, "")
    if not asked or (days and asked == days[0].isoformat()):
        return None
    found = next((one for one in days if one.isoformat() == asked), None)
    if found is None:
        raise Http404
    return found


def _choices(days: tuple[date, ...], as_of: date | None, language: Language) -> tuple[Choice, ...]:
    asked = as_of or (days[0] if days else None)
    return tuple(Choice("" if one == days[0] else one.isoformat(), day(one, language), one == asked) for one in days)
