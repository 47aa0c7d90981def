"""What stands below the charts of a part of the page, and with each group: tables and sentences of forecast, benchmark, agreements."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from puntlanding.charts.efficiency_strata import efficiency_strata
from puntlanding.charts.forecast_fan import forecast_fan
from puntlanding.charts.picture import Picture
from puntlanding.collective import Role
from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import visible
from puntlanding.quantities import fixed
from puntlanding.records.specialism_names import specialism
from puntlanding.report.comparison_words import about, headlines
from puntlanding.report.dossier import Dossier
from puntlanding.report.html.grid import Cell, Grid, Line
from puntlanding.report.incentives_words import told
from puntlanding.report.outlook_basis import method_lines
from puntlanding.report.outlook_need import need_text
from puntlanding.report.outlook_text import legend
from puntlanding.report.standing_words import other_rates


def group_pictures(dossier: Dossier, name: str) -> Iterator[Picture]:
    """Of one group: the course of its forecast, and in what it is other than its peers."""
    source, language = visible(dossier.source), dossier.language
    outlook, differences = dossier.outlook, dossier.differences
    if outlook is not None and any(row.name == name and row.fan for row in outlook.rows):
        yield forecast_fan(outlook, source, language, name)
    if differences is not None:
        codes = {one.name: one.specialism for one in dossier.case.groups if one.role is Role.GATEKEEPING}
        found = differences.of(codes[name]) if name in codes else None
        if found is not None:
            yield efficiency_strata(*found, source, language)


def needs(dossier: Dossier) -> Grid | None:
    """What it takes to land on budget, of the groups with a signal."""
    outlook, language = dossier.outlook, dossier.language
    rows = () if outlook is None else tuple(row for row in outlook.signals if row.need is not None)
    if not rows:
        return None
    dutch = language is Language.DUTCH
    caption = "Nodig om precies op de begroting te landen" if dutch else "Needed to land exactly on budget"
    lines = (Line(visible(row.name), (Cell(visible(need_text(row, language)), words=True),)) for row in rows)
    return Grid(caption, ("vakgroep", "nodig") if dutch else ("group", "needed"), tuple(lines))


def efficiencies(dossier: Dossier) -> Grid | None:
    found, language = dossier.differences, dossier.language
    if found is None:
        return None
    lines = []
    for one in found.figures.values():
        value = "–" if one.value is None else f"{number(100 * one.value, 1, language)} %"
        sort = "" if one.value is None else fixed(one.value, 6)
        count = sum(one.sums.patients) + one.sums.left_out
        patients = Cell(number(count, 0, language), str(count))
        lines.append(Line(specialism(one.sums.specialism), (patients, Cell(value, sort))))
    headings = (
        ("specialisme", "patiënten", "efficiency")
        if language is Language.DUTCH
        else ("specialism", "patients", "efficiency")
    )
    return Grid(f"Efficiency {found.year}", headings, tuple(lines))


def about_the_forecast(dossier: Dossier) -> Iterator[str]:
    if dossier.outlook is not None:
        for text in (*legend(dossier.outlook, dossier.language), *method_lines(dossier.outlook, dossier.language)):
            yield visible(" ".join(text.split("\n")))


def about_the_standing(dossier: Dossier) -> Iterator[str]:
    if dossier.standing is not None and dossier.link is not None:
        yield from other_rates(dossier.year, dossier.standing, dossier.link.hospital, dossier.language)


def about_the_types(dossier: Dossier) -> Iterator[str]:
    """Who gets more and less under each, and what each is."""
    found, language = dossier.types.found, dossier.language
    if found is not None:
        yield from headlines(found, language)
        for one in found.columns:
            yield f"{one.letter}: {visible(one.proposal.name)}; {about(one, found, language)}."


def about_the_incentives(dossier: Dossier) -> Iterator[str]:
    if dossier.incentives.found is not None:
        found = told("", dossier.incentives.found, dossier.language)
        yield from (f"{title}. {words}" for title, words in found.findings)
        yield from found.notes


def about_efficiency(dossier: Dossier) -> Iterator[str]:
    if dossier.differences is not None:
        yield (
            "Waarin een vakgroep anders is, staat ook bij elke vakgroep zelf."
            if dossier.language is Language.DUTCH
            else "In what a group differs stands with each group too."
        )


GRIDS: Mapping[str, Callable[[Dossier], Grid | None]] = {"zekerheid": needs, "doelmatig": efficiencies}
SAID: Mapping[str, Callable[[Dossier], Iterator[str]]] = {
    "zekerheid": about_the_forecast,
    "anderen": about_the_standing,
    "soorten": about_the_types,
    "prikkels": about_the_incentives,
    "doelmatig": about_efficiency,
}
