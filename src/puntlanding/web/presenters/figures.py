"""The charts of a stage that a reader may see: of all groups, or of the own group beside the total."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import asdict, dataclass, replace
from typing import Any

from puntlanding.charts.euro_waterfall import amount_waterfall, frame_waterfall
from puntlanding.charts.forecast_fan import forecast_fan
from puntlanding.charts.forecast_parts import forecast_parts
from puntlanding.charts.landing import landing
from puntlanding.charts.paid_waterfall import paid_waterfall
from puntlanding.charts.picture import Picture
from puntlanding.forecast.outlook import Outlook
from puntlanding.language.notation import Language
from puntlanding.language.sentences import visible
from puntlanding.report.dossier import Dossier
from puntlanding.report.html.draw import done
from puntlanding.report.html.figure import Figure, figures, jobs
from puntlanding.report.html.sections import stage_pictures
from puntlanding.stage import Stage
from puntlanding.web.presenters.scope import Scope

ASKS = "beeld"  # in the address of a page: the name of a chart on it, a dot, and in which form


@dataclass(frozen=True, slots=True)
class Drawn:
    """``svg`` is there without scripts; ``rows`` is the table behind it, ``csv`` the same with exact numbers, as an address with all of it
    in the address itself.

    ``definition`` is what a browser draws the same from, and a picture to keep is made of; without notation of numbers, which hangs on
    ``language``. None in what an earlier version of the program kept. ``name`` is that of the chart on its page.
    """

    title: str
    subtitle: str
    source: str
    words: str
    svg: str
    headings: list[str]
    rows: list[list[str]]
    csv: str
    file: str
    name: str = ""
    language: str = Language.DUTCH.value
    definition: dict[str, Any] | None = None


def drawn(dossier: Dossier, stage: Stage, scope: Scope) -> bytes:
    """Drawing takes time: this is what is kept, and read back by `figures_of`."""
    pictures = {f"beeld-{stage}-{at}": one for at, one in enumerate(_pictures(dossier, stage, scope), start=1)}
    return _kept(pictures)


def _kept(pictures: Mapping[str, Picture]) -> bytes:
    work = jobs(pictures)
    found = figures(pictures, work, [done(job) for job in work])
    told = (replace(_drawn(one), language=pictures[name].language.value) for name, one in found.items())
    return json.dumps([asdict(one) for one in told], ensure_ascii=False).encode()


def drawn_pictures(pictures: Iterable[Picture], name: str) -> bytes:
    """Any others, as `figures_of` reads them back."""
    return _kept({f"beeld-{name}-{at}": one for at, one in enumerate(pictures, start=1)})


def drawn_outlook(found: Outlook, source: str, scope: Scope, language: Language) -> bytes:
    """``found`` as this reader may see it."""
    pictures = {f"beeld-prognose-{at}": one for at, one in enumerate(_outlook(found, source, scope, language), start=1)}
    return _kept(pictures)


def _outlook(found: Outlook, source: str, scope: Scope, language: Language) -> Iterator[Picture]:
    if found.total_fan:
        yield forecast_fan(found, source, language)
    for row in found.rows:
        if row.fan and not scope.whole:
            yield forecast_fan(found, source, language, row.name)
    if found.rows:
        yield forecast_parts(found, source, language)
    if found.rows and any(one.chances is not None for one in (*(row.beside for row in found.rows), found.total)):
        yield landing(found, source, language)


def figures_of(kept: bytes) -> tuple[Drawn, ...]:
    return figures_from(json.loads(kept))


def figures_from(kept: Iterable[Mapping[str, Any]]) -> tuple[Drawn, ...]:
    """Where they are part of something that was kept."""
    return tuple(Drawn(**one) for one in kept)


def as_svg(one: Drawn) -> bytes:
    """A file of its own, with title and source in it. Raises ValueError for what an earlier version of the program kept."""
    return _picture(one).svg().encode()


def as_png(one: Drawn) -> bytes:
    return _picture(one).png()


@dataclass(frozen=True, slots=True)
class _Kept:
    """Stands where a picture has its chart, without how it looks on a page."""

    definition: Mapping[str, Any]

    def to_dict(self, **_: object) -> dict[str, Any]:
        return {key: deepcopy(value) for key, value in self.definition.items() if key != "config"}


def _picture(one: Drawn) -> Picture:
    if one.definition is None:
        raise ValueError("this chart was kept without its definition")
    chart = _Kept(one.definition)
    return Picture(one.name, one.title, one.subtitle, one.source, one.words, chart, (), (), Language(one.language))


def _drawn(one: Figure) -> Drawn:
    rows = [[line.name, *(cell.text for cell in line.cells)] for line in one.grid.lines]
    headings = list(one.grid.headings)
    return Drawn(
        one.title, one.subtitle, one.source, one.words, one.drawn, headings, rows, one.grid.csv, one.grid.file,
        name=one.id, definition=one.spec,
    )  # fmt: skip


def _pictures(dossier: Dossier, stage: Stage, scope: Scope) -> Iterator[Picture]:
    if scope.whole:
        yield from stage_pictures(dossier, stage)
        return
    if not dossier.has(stage):
        return
    year, language, source = dossier.year, dossier.language, visible(dossier.source)
    own = [name for name in dossier.groups if scope.sees(name)]
    match stage:
        case Stage.SETTLE if year.settlement.total.realised is not None:
            yield paid_waterfall(year.settlement, source, language)
            for name in own:
                yield paid_waterfall(year.settlement, source, language, name)
        case Stage.DISTRIBUTE:
            yield frame_waterfall(year.distribution, source, language)
            for name in own:
                yield amount_waterfall(year.distribution, name, source, language)
