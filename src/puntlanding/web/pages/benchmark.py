"""Where the groups stand among comparable ones, and the benchmark that was published for the year."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import Http404, HttpResponse

from puntlanding.contribution.signing import Verdict
from puntlanding.language.notation import Language
from puntlanding.language.sentences import index, visible
from puntlanding.report.dossier import Dossier
from puntlanding.report.standing import Standing, ToldFrom, narrowed, used_rates
from puntlanding.report.standing_file import BENCHMARK_FILE, standing_csv
from puntlanding.stage import Stage
from puntlanding.web.access import AccessRequest
from puntlanding.web.desk.models import Version, Year
from puntlanding.web.desk.queries import source_of, version_for
from puntlanding.web.desk.standings import CONTRIBUTIONS, KEYS, Stood, stood
from puntlanding.web.downloads import CSV, handed_out
from puntlanding.web.pages.base import asked_year, fact, language_of, read, shown
from puntlanding.web.pages.kept_figures import kept_figures
from puntlanding.web.pages.wrong import wrong_once
from puntlanding.web.presenters.benchmark_page import BenchmarkPage, benchmark_page, total_of, version_lines
from puntlanding.web.presenters.benchmark_words import beside_it
from puntlanding.web.presenters.figures import Drawn, drawn_pictures
from puntlanding.web.presenters.numbered import chosen_of, numbered
from puntlanding.web.presenters.place_chart import place_chart
from puntlanding.web.remembered import remembered
from puntlanding.web.sight import scope_key, scope_of

NAME = "benchmark"
_SIGNED: Mapping[Verdict, tuple[str, str]] = {
    Verdict.KNOWN: ("Ondertekend door {0}.", "Signed by {0}."),
    Verdict.UNKNOWN: (
        "De handtekening klopt, maar van wie zij is, is niet nagegaan ({0}). Leg de openbare sleutel van de coördinator in de map ‘benchmark/{1}’ van de opslag.",
        "The signature is good, but whose it is was not looked into ({0}). Put the coordinator’s public key into the folder ‘benchmark/{1}’ of the store.",
    ),
    Verdict.UNSIGNED: (
        "Dit bestand is niet ondertekend: van wie het komt is niet na te gaan. Vraag de coördinator om een ondertekend bestand.",
        "This file is not signed: whom it comes from cannot be checked. Ask the coordinator for a signed file.",
    ),
}
NEXT = {
    "no_source": (
        "Dit jaar is nog niet gekoppeld aan de registratie van het ziekenhuis. Dat gebeurt vanzelf zodra het ziekenhuis die bij Gegevens aanlevert en laadt; staat zij al op de server, dan koppelt de beheerder haar. Dan komen hier de bijdragen en de vastgestelde benchmark uit die opslag.",
        "This year was not linked to the hospital’s records yet. That happens by itself as soon as the hospital delivers and loads them at Data; where they are on the server already, the administrator links them. Then the contributions and the published benchmark of that store come here.",
    ),
    "no_peers": (
        "Voor de verdeling over vergelijkbare vakgroepen: leg de bijdragen van de ziekenhuizen, de eigen erbij, in de map ‘{0}’ van de opslag (puntlanding fold … --out), of de benchmark die de coördinator vaststelde in de map ‘benchmark’ (puntlanding benchmark ex-ante … --publish).",
        "For the spread over comparable groups: put the hospitals’ contributions, your own among them, into the folder ‘{0}’ of the store (puntlanding fold … --out), or the benchmark that the coordinator published into the folder ‘benchmark’ (puntlanding benchmark ex-ante … --publish).",
    ),
    "no_contributions": (
        "Wie de bijdragen van de anderen heeft, ziet ook hoeveel vakgroepen lager en hoger liggen: leg ze in de map ‘{0}’ van de opslag.",
        "Who has the contributions of the others also sees how many groups are lower and higher: put them into the folder ‘{0}’ of the store.",
    ),
    "not_published": (
        "Er is voor dit jaar nog geen benchmark vastgesteld (puntlanding benchmark ex-ante … --publish). Tot dan kan een nieuwe bijdrage deze cijfers veranderen.",
        "No benchmark was published for this year yet (puntlanding benchmark ex-ante … --publish). Until then a new contribution can change these figures.",
    ),
}


def benchmark(request: AccessRequest, year: int) -> HttpResponse:
    found = asked_year(request, year)
    version = version_for(found, Stage.BUDGET)
    if version is None:
        return shown(request, NAME, "nothing_yet", found, stage="budget", why="")
    dossier = read(request, version, found, NAME)
    made, scope, language = stood(version, dossier), scope_of(request.access), dossier.language
    seen, choice = remembered(narrowed, made.standing, scope.groups), request.GET.get("vakgroep", "")
    page = remembered(
        _page, made.standing, seen, language, request.GET.get("uitleg", ""), choice, everything=scope.whole
    )
    return shown(
        request, NAME, "benchmark", found, page=page, version=fact(version), source=dossier.source,
        figures=_figures(version, made, seen, choice, language, scope_key(scope)),
        published=remembered(version_lines, made.published, language), beside=remembered(_beside, made, seen, dossier),
        lacking=wrong_once(made.problems, language) if scope.whole else (), next=_next(made, found, language),
    )  # fmt: skip


def benchmark_file(request: AccessRequest, year: int) -> HttpResponse:
    found, language = asked_year(request, year), language_of(request)
    version = version_for(found, Stage.BUDGET)
    if version is None:
        raise Http404
    dossier = read(request, version, found, NAME)
    seen = narrowed(stood(version, dossier).standing, scope_of(request.access).groups)
    return handed_out(standing_csv(seen, language), CSV, f"{BENCHMARK_FILE}_{year}.csv")


def _figures(
    version: Version, made: Stood, seen: Standing, choice: str, language: Language, scope: str
) -> tuple[Drawn, ...]:
    """Of the chosen group alone: no other group's place is in it, and no hospital's name but the own."""
    picked = chosen_of(numbered(made.standing.places), seen.places, choice)
    if picked is None or seen.told is ToldFrom.TYPED or picked[1].own is None or picked[1].rate is None:
        return ()
    at, place = picked

    def drawing() -> bytes:
        return drawn_pictures([place_chart(made.standing, place, made.hospital, language)], "plaats")

    return kept_figures(version, f"plaats-{made.key[:32]}-{at}-{language.value}-{scope}", drawing)


def _page(
    whole: Standing, seen: Standing, language: Language, asks: str, choice: str, *, everything: bool
) -> BenchmarkPage:
    return benchmark_page(whole, seen, total_of(whole), language, asks, choice, everything=everything)


def _beside(made: Stood, seen: Standing, dossier: Dossier) -> tuple[str, ...]:
    """Who vouches for it, whether this is also what was published, and what the budget divides by."""
    language, told = dossier.language, []
    if made.verified is not None and made.verified.verdict in _SIGNED:
        names = visible(", ".join(made.verified.keys))
        told.append(_SIGNED[made.verified.verdict][index(language)].format(names, KEYS))
    if made.published and seen.told is ToldFrom.CONTRIBUTIONS:
        last = made.published[-1].version
        what = (f"De vastgestelde benchmark (versie {last})", f"The published benchmark (version {last})")
        told.append(beside_it(seen, made.rates, what, language))
    if seen.told is not ToldFrom.TYPED:
        used = used_rates(dossier.year)
        by_key = {(g.specialism, g.role.value): used[g.name] for g in dossier.case.groups if g.name in used}
        told.append(beside_it(seen, by_key, ("De benchmark in de begroting", "The benchmark in the budget"), language))
    return tuple(text for text in told if text)


def _next(made: Stood, year: Year, language: Language) -> tuple[str, ...]:
    which = index(language)
    if source_of(year) is None:
        return (NEXT["no_source"][which],)
    match made.standing.told:
        case ToldFrom.TYPED:
            return (NEXT["no_peers"][which].format(CONTRIBUTIONS),)
        case ToldFrom.PUBLISHED | ToldFrom.NATIONAL:
            return (NEXT["no_contributions"][which].format(CONTRIBUTIONS),)
        case ToldFrom.CONTRIBUTIONS:
            return () if made.published else (NEXT["not_published"][which],)
