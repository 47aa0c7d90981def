"""What the board reads beside the budget where there is a store: how sure the forecast is, and where the groups stand among others."""

from __future__ import annotations

from collections.abc import Iterator

from puntlanding.charts.benchmark_distribution import benchmark_distribution
from puntlanding.charts.forecast_fan import forecast_fan
from puntlanding.language.notation import day
from puntlanding.report.beside_store import Beside
from puntlanding.report.dossier import Dossier
from puntlanding.report.outlook_text import headline as outlook_headline
from puntlanding.report.pdf.blocks import Block, picture, text
from puntlanding.report.pdf.saying import Say
from puntlanding.report.standing_words import efficiency_told, other_rates


def expected(dossier: Dossier, say: Say) -> Iterator[Block]:
    """Whether the year lands, and the course of the forecast; nothing for a case by itself."""
    outlook = dossier.outlook
    if outlook is None:
        yield from _why_not(
            dossier, Beside.OUTLOOK, say.pick("Prognose met interval", "Forecast with its interval"), say
        )
        return
    yield text(outlook_headline(outlook, dossier.language).replace("\n", " "), "lead")
    if outlook.total_fan:
        yield picture(forecast_fan(outlook, dossier.source, dossier.language))
    known = day(outlook.as_of, dossier.language)
    yield text(
        say.pick(
            f"Uit de records, zoals bekend op {known}; niet alles valt tegelijk mee of tegen, dus de grenzen zijn geen som van die van de "
            "vakgroepen.",
            f"From the records, as known on {known}; not everything turns out high or low at once, so the bounds are no sum of those of "
            "the groups.",
        ),
        "small",
    )


def standing(dossier: Dossier, say: Say) -> Iterator[Block]:
    """The own place among others, never who they are; nothing for a case by itself."""
    found, link = dossier.standing, dossier.link
    if found is None or link is None:
        yield from _why_not(dossier, Beside.STANDING, say.pick("Plaats in de benchmark", "Place in the benchmark"), say)
    elif found.rates.of(link.hospital):
        yield picture(benchmark_distribution(found, link.hospital, dossier.source, dossier.language))
        yield from (text(one, "small") for one in other_rates(dossier.year, found, link.hospital, dossier.language))
    differences = dossier.differences
    if differences is None:
        yield from _why_not(dossier, Beside.DIFFERENCES, "Efficiency", say)
        return
    yield text("Efficiency", "head")
    yield text(efficiency_told(differences, dossier.language))


def _why_not(dossier: Dossier, what: Beside, title: str, say: Say) -> Iterator[Block]:
    why = dossier.why_without(what)
    if why:
        yield text(title, "head")
        yield text(say.pick("Dit staat er niet: ", "This is not here: ") + why)
