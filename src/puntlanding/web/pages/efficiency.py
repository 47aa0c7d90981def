"""What the same patients take elsewhere: by group, and for one group in what and in which patients it differs."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from puntlanding.charts.efficiency_strata import efficiency_strata
from puntlanding.language.notation import Language
from puntlanding.language.sentences import index
from puntlanding.report.differing import (
    Differing,
    Efficiencies,
    efficiencies_csv,
    efficiencies_of,
    lines_csv,
    seen_by,
)
from puntlanding.report.dossier import Dossier
from puntlanding.report.standing_file import EFFICIENCY_FILE
from puntlanding.web.access import AccessRequest
from puntlanding.web.desk.models import Version, Year
from puntlanding.web.desk.queries import latest, source_of
from puntlanding.web.desk.standings import CONTRIBUTIONS, Differed, differed
from puntlanding.web.downloads import CSV, handed_out
from puntlanding.web.pages.base import asked_year, fact, language_of, read, shown
from puntlanding.web.pages.benchmark import NEXT
from puntlanding.web.pages.kept_figures import kept_figures
from puntlanding.web.pages.wrong import wrong_once
from puntlanding.web.presenters.efficiency_page import efficiency_page
from puntlanding.web.presenters.figures import Drawn, drawn_pictures
from puntlanding.web.presenters.numbered import chosen_of, numbered
from puntlanding.web.remembered import remembered
from puntlanding.web.sight import scope_of

NAME = "efficiency"
_PEERS = (
    "Voor een vergelijking met dezelfde patiënten elders: leg de bijdragen van de andere ziekenhuizen over {0} of {1} in de map ‘{2}’ van de opslag (puntlanding fold … --out, of zoals u ze beschermd ontving). Of lever efficiency.csv aan met een cijfer per vakgroep en jaar.",
    "For a comparison with the same patients elsewhere: put the contributions of the other hospitals of {0} or {1} into the folder ‘{2}’ of the store (puntlanding fold … --out, or as you received them, protected). Or deliver efficiency.csv with a figure per group and year.",
)
_OF = ("Vergelijking over {0}, met {1} ziekenhuizen", "Comparison of {0}, with {1} hospitals")


def efficiency(request: AccessRequest, year: int) -> HttpResponse:
    found = asked_year(request, year)
    version = latest(found)
    if version is None:
        return shown(request, NAME, "nothing_yet", found, stage="budget", why="")
    dossier = read(request, version, found, NAME)
    scope, language, made = scope_of(request.access), dossier.language, differed(version, dossier)
    whole = remembered(efficiencies_of, dossier.case, made.found)
    seen = remembered(seen_by, whole, scope.groups)
    choice = request.GET.get("vakgroep", "")
    page = remembered(
        efficiency_page, whole, seen, remembered(whole.asked, request.access.collective.hospital), language, request.GET.get("uitleg", ""), choice,
        everything=scope.whole,
    )  # fmt: skip
    picked = chosen_of(numbered(whole.rows), seen.rows, choice)
    return shown(
        request, NAME, "efficiency", found, page=page, version=fact(version), source=dossier.source,
        figures=() if picked is None else _figures(version, made, seen, *picked, language),
        lacking=wrong_once(made.problems, language) if scope.whole else (), next=_next(made, found, dossier),
    )  # fmt: skip


def efficiency_file(request: AccessRequest, year: int) -> HttpResponse:
    """Of one group, by its number, the lines; else the table."""
    found, language = asked_year(request, year), language_of(request)
    version = latest(found)
    if version is None:
        raise Http404
    dossier = read(request, version, found, NAME)
    whole = efficiencies_of(dossier.case, differed(version, dossier).found)
    seen = seen_by(whole, scope_of(request.access).groups)
    asked = request.GET.get("vakgroep", "")
    if not asked:
        return handed_out(efficiencies_csv(seen, language), CSV, f"{EFFICIENCY_FILE}_{year}.csv")
    picked = chosen_of(numbered(whole.rows), seen.rows, asked)
    lines = None if picked is None else lines_csv(seen, picked[1], language)
    if picked is None or lines is None:
        raise Http404
    return handed_out(lines, CSV, f"{EFFICIENCY_FILE}_{year}_{picked[1].specialism}.csv")


def _figures(
    version: Version, made: Differed, seen: Efficiencies, at: int, one: Differing, language: Language
) -> tuple[Drawn, ...]:
    """Of one group, which is the same for whoever may see it."""
    found, figure = made.found, one.figure
    if found is None or figure is None or figure.value is None:
        return ()
    source = _OF[index(language)].format(found.year, found.peers)

    def drawing() -> bytes:
        told = seen.drill_down(one)
        return drawn_pictures([] if told is None else [efficiency_strata(figure, told, source, language)], "strata")

    return kept_figures(version, f"strata-{made.key[:32]}-{at}-{language.value}", drawing)


def _next(made: Differed, year: Year, dossier: Dossier) -> tuple[str, ...]:
    which = index(dossier.language)
    if made.found is not None:
        return ()
    if source_of(year) is None:
        return (NEXT["no_source"][which],)
    return (_PEERS[which].format(year.year - 1, year.year, CONTRIBUTIONS),)
