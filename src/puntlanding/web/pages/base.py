"""What every page needs: the reader's language and sight, the year it is about, and where else to go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from puntlanding.language.notation import Language
from puntlanding.language.sentences import index, place, sentence, visible
from puntlanding.problems import InputError
from puntlanding.report.dossier import Dossier
from puntlanding.web.access import Access, AccessRequest
from puntlanding.web.desk.models import Version, Year
from puntlanding.web.desk.outlooks import Expected, expected
from puntlanding.web.desk.queries import dossier_of, source_of, year_of
from puntlanding.web.guard import AnsweredError
from puntlanding.web.pages.around import around
from puntlanding.web.pages.charts import taken
from puntlanding.web.presenters.facts import PARTIES, VersionFact, Word
from puntlanding.web.remembered import remembered
from puntlanding.web.sight import scope_of


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
            "role": _role(access, which),
            "year": year,
            "owner": visible(f"{access.collective.name} · {year.year}" if year else access.collective.name),
            "around": around(access, name, year, which),
            "here": request.get_full_path(),
            **context,
        },
    )


def _role(access: Access, which: int) -> str:
    """With the group it is for; nothing where somebody is called as their role is."""
    name, group = access.rule.name[which], f" {visible(access.group)}" if access.group else ""
    same = access.user.display_name.strip().casefold() == name.casefold()
    return group.strip() if same else name + group


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
        found, below = remembered(scope.of_outlook, made.found), remembered(scope.of_below, made.below)
        return replace(made, found=found, below=below), ""
    if not scope.whole:
        return None, ("Daarvoor ontbreken nog gegevens.", "Data for that are still missing.")[index(dossier.language)]
    return None, " ".join(dict.fromkeys(sentence(one, dossier.language) for one in made.problems))


class UnreadableError(AnsweredError):
    """The files of a version are no case (any more)."""


def read(request: AccessRequest, version: Version, year: Year, name: str) -> Dossier:
    """Raises UnreadableError, which the door answers with a page that says what is wrong; in which file, only to who sees all groups."""
    language = language_of(request)
    try:
        return dossier_of(version, language)
    except InputError as error:
        problems = error.problems if scope_of(request.access).whole else ()
        told = [(place(one, language), sentence(one, language)) for one in problems]
        raise UnreadableError(shown(request, name, "unreadable", year, problems=told, version=fact(version))) from None
