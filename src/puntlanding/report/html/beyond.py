"""What stands beside the stages of a year: how sure it is, what the agreement does, what another would do, where others stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from puntlanding.charts.benchmark_distribution import benchmark_distribution
from puntlanding.charts.comparison_slope import comparison_slope
from puntlanding.charts.efficiency_strata import efficiency_strata
from puntlanding.charts.forecast_fan import forecast_fan
from puntlanding.charts.forecast_parts import forecast_parts
from puntlanding.charts.incentive_curves import incentive_curves
from puntlanding.charts.landing import landing
from puntlanding.charts.picture import Picture
from puntlanding.language.sentences import visible
from puntlanding.report import outlook_text
from puntlanding.report.comparison_words import name
from puntlanding.report.dossier import Dossier
from puntlanding.report.html.grid import readable
from puntlanding.report.incentives_words import told
from puntlanding.report.standing_words import efficiency_told


@dataclass(frozen=True, slots=True)
class Beyond:
    """``pictures`` gives none where the case does not allow it; ``answer`` is asked for only where there is one."""

    id: str
    question: tuple[str, str]
    pictures: Callable[[Dossier], Iterator[Picture]]
    answer: Callable[[Dossier], str | None] = lambda _: None


def _outlook(dossier: Dossier) -> Iterator[Picture]:
    found, source, language = dossier.outlook, visible(dossier.source), dossier.language
    if found is None:
        return
    if found.total_fan:
        yield forecast_fan(found, source, language)
    yield forecast_parts(found, source, language)
    if any(one.chances is not None for one in (*(row.beside for row in found.rows), found.total)):
        yield landing(found, source, language)


def _outlook_answer(dossier: Dossier) -> str | None:
    return (
        None if dossier.outlook is None else outlook_text.headline(dossier.outlook, dossier.language).replace("\n", " ")
    )


def _incentives(dossier: Dossier) -> Iterator[Picture]:
    if dossier.incentives.found is not None:
        yield incentive_curves(dossier.incentives.found, visible(dossier.source), dossier.language)


def _verdict(dossier: Dossier) -> str | None:
    found = dossier.incentives.found
    return None if found is None else told("", found, dossier.language).verdict


def _types(dossier: Dossier) -> Iterator[Picture]:
    if dossier.types.found is not None:
        yield comparison_slope(dossier.types.found, visible(dossier.source), dossier.language)


def _letters(dossier: Dossier) -> str | None:
    """Which agreement each letter is: the chart has only those."""
    found, (picture,) = dossier.types.found, tuple(_types(dossier))
    if found is None:
        return None
    names = (f"{one.letter} = {name(one, dossier.language)}" for one in found.columns if one.fte is not None)
    return f"{readable(picture.title)}. {visible(', '.join(names))}."


def _standing(dossier: Dossier) -> Iterator[Picture]:
    found, link = dossier.standing, dossier.link
    if found is not None and link is not None and found.rates.of(link.hospital):
        yield benchmark_distribution(found, link.hospital, visible(dossier.source), dossier.language)


def _differences(dossier: Dossier) -> Iterator[Picture]:
    """Of the group that its headline tells: every group has its own with its steps."""
    found = None if dossier.differences is None else dossier.differences.weightiest()
    if found is not None:
        yield efficiency_strata(*found, visible(dossier.source), dossier.language)


def _differences_answer(dossier: Dossier) -> str | None:
    found = dossier.differences
    return None if found is None else efficiency_told(found, dossier.language)


BEYOND: Mapping[str, Beyond] = {
    one.id: one
    for one in (
        Beyond("zekerheid", ("Hoe zeker is de prognose?", "How sure is the forecast?"), _outlook, _outlook_answer),
        Beyond("prikkels", ("Wat doet één uur meer?", "What does one hour more do?"), _incentives, _verdict),
        Beyond(
            "soorten", ("Wat als de contracten anders waren?", "What if the contracts were others?"), _types, _letters
        ),
        Beyond("anderen", ("Waar staan we naast anderen?", "Where do we stand among others?"), _standing),
        Beyond(
            "doelmatig",
            ("Wat vragen dezelfde patiënten elders?", "What do the same patients take elsewhere?"),
            _differences,
            _differences_answer,
        ),
    )
}
