"""What every page needs: the reader's language and sight, the year it is about, and where else to go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from puntlanding.language.notation import Language
from puntlanding.language.sentences import index, place, sentence, visible
from puntlanding.problems import InputError
from puntlanding.report.dossier import Dossier
from puntlanding.web.access import Access, AccessRequest
from puntlanding.web.desk.models import Version, Year
from puntlanding.web.desk.outlooks import Expected, expected
from puntlanding.web.desk.queries import dossier_of, source_of, year_of, years
from puntlanding.web.pages.charts import taken
from puntlanding.web.presenters.facts import PARTIES, VersionFact, Word
from puntlanding.web.rules import Permission
from puntlanding.web.sight import scope_of

_PAGES = (
    ("year", Permission.SEE_YEAR, ("Het jaar", "The year")),
    ("agreement", Permission.SEE_AGREEMENT, ("Afspraak", "Agreement")),
    ("budget", Permission.SEE_YEAR, ("Begroting", "Budget")),
    ("monitoring", Permission.SEE_YEAR, ("Volgen", "Monitoring")),
    ("settlement", Permission.SEE_YEAR, ("Afrekening", "Settlement")),
    ("distribution", Permission.SEE_DISTRIBUTION, ("Verdeling", "Distribution")),
    ("benchmark", Permission.SEE_YEAR, ("Benchmark", "Benchmark")),
    ("efficiency", Permission.SEE_YEAR, ("Efficiency", "Efficiency")),
    ("formation", Permission.SEE_YEAR, ("Formatie", "Formation")),
    ("simulation", Permission.CALCULATE, ("Simulatie", "Simulation")),
    ("approvals", Permission.SEE_AGREEMENT, ("Akkoord", "Approval")),
    ("data", Permission.SEE_DATA, ("Gegevens", "Data")),
)
_ANY_YEAR = (
    ("work", Permission.CALCULATE, ("Werk", "Work")),
    ("people", Permission.ADMINISTER, ("Beheer", "Administration")),
    ("log", Permission.SEE_AUDIT, ("Logboek", "Log")),
)


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the way around."""

    title: str
    address: str
    here: bool


def language_of(_request: AccessRequest) -> Language:
    return Language.ENGLISH if (get_language() or "").startswith("en") else Language.DUTCH


def shown(request: AccessRequest, name: str, template: str, year: Year | None = None, **context: Any) -> HttpResponse:
    """``name`` is that of the page, for the way around. Or what is asked of a chart that the page would show."""
    chart = taken(request, context)
    if chart is not None:
        return chart
    which = index(language_of(request))
    access = request.access
    return render(
        request,
        f"web/{template}.html",
        {
            "nl": which == 0,
            "lang": ("nl", "en")[which],
            "access": access,
            "role": access.rule.name[which],
            "year": year,
            "owner": visible(f"{access.collective.name} · {year.year}" if year else access.collective.name),
            "places": tuple(_places(access, name, year or _newest(access), which)),
            "here": request.get_full_path(),
            **context,
        },
    )


def _newest(access: Access) -> Year | None:
    """For the way around on a page that is about no year in particular."""
    return years(access).first() if access.may(Permission.SEE_YEAR) else None


def _places(access: Access, name: str, year: Year | None, which: int) -> Iterator[Place]:
    for page, permission, title in _PAGES if year else ():
        if access.may(permission) and year:
            yield Place(title[which], reverse(page, args=[year.year]), page == name)
    for page, permission, title in _ANY_YEAR:
        if access.may(permission):
            yield Place(title[which], reverse(page), page == name)


def asked_year(request: AccessRequest, year: int) -> Year:
    """Raises Http404 for a year that is not theirs."""
    return year_of(request.access, year)


def fact(version: Version) -> VersionFact:
    words = tuple(Word(one.party, one.user.display_name, one.at) for one in version.approvals.all())
    return VersionFact(
        version.kind, version.number, version.state, version.content_hash, version.by.display_name, version.at,
        version.note, tuple(word for word in words if word.party in PARTIES),
    )  # fmt: skip


def outlook_of(
    request: AccessRequest, version: Version, dossier: Dossier, as_of: date | None = None
) -> tuple[Expected | None, str]:
    """The year's forecast as this reader may see it; busy where it is being worked out. And else why there is none; what is wrong in
    a store, only to who sees all. ``as_of`` None: on the day that was chosen for the year.
    """
    source = source_of(version.year)
    if source is None:
        return None, ""
    made, scope = expected(source, version.snapshot, dossier, as_of), scope_of(request.access)
    if made.busy:
        return made, ""
    if made.found is not None:
        return replace(made, found=scope.of_outlook(made.found), below=scope.of_below(made.below)), ""
    if not scope.whole:
        return None, ("daarvoor ontbreken nog gegevens.", "data for that are still missing.")[index(dossier.language)]
    return None, " ".join(dict.fromkeys(sentence(one, dossier.language) for one in made.problems))


class UnreadableError(Exception):
    """The files of a version are no case (any more); carries the answer."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response


def read(request: AccessRequest, version: Version, year: Year, name: str) -> Dossier:
    """Raises UnreadableError with a page that says what is wrong; which file it is in, only to who sees all groups."""
    language = language_of(request)
    try:
        return dossier_of(version, language)
    except InputError as error:
        problems = error.problems if scope_of(request.access).whole else ()
        told = [(place(one, language), sentence(one, language)) for one in problems]
        raise UnreadableError(shown(request, name, "unreadable", year, problems=told, version=fact(version))) from None
