"""The year drawn many times under several agreements, as the command `simulate` does: the version, and what is laid beside it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import index
from puntlanding.problems import InputError, Problem
from puntlanding.web.presenters.figures import figures_from
from puntlanding.web.presenters.simulation_page import simulation_page
from puntlanding.web.rules import Permission
from puntlanding.web.work.kinds import Result, Work
from puntlanding.web.work.models import Asked, Job
from puntlanding.web.work.progress import Progress

if TYPE_CHECKING:
    from puntlanding.agreement import Agreement
    from puntlanding.case.linked import Link
    from puntlanding.case.load import Loaded
    from puntlanding.case.model import Case
    from puntlanding.case.variants import Variant
    from puntlanding.forecast.working_days import Event
    from puntlanding.report.question import Sources
    from puntlanding.simulation.of_case import Drawn
    from puntlanding.simulation.result import Simulation
    from puntlanding.simulation.simulate import Proposal

PAGE = {Language.DUTCH: "pagina.nl.json", Language.ENGLISH: "pagina.en.json"}
STEPS_AFTER = 3  # both languages and the files, beside the slices of draws
_DRAWS = ("trekt en rekent af", "draws and settles")
_DRAWING = ("tekent", "makes the charts")
_HERE = {
    "simulate_no_spread": "simulation_no_spread",
    "simulate_no_records": "simulation_no_records",
    "simulate_year_known": "simulation_year_known",
}

Title = tuple[str, str]


def run(progress: Progress, asked: Mapping[str, Asked]) -> Mapping[str, bytes]:
    from puntlanding.case.drawn_forecast import drawn_forecast
    from puntlanding.simulation.drawing import Asked as Draws
    from puntlanding.simulation.of_case import THREADS, Wanted, draw_case
    from puntlanding.web.desk.dossiers import snapshots

    folder = snapshots().folder(str(asked["snapshot"]))
    link = _link(asked, folder)
    loaded = _loaded(folder, link)
    case = loaded.checked()
    if not asked["euros"]:
        case = replace(case, agreement=_without_frame(case.agreement))
    titles, variants = _variants(asked, folder)
    names: list[Title] = [_title(asked["title"])]

    def laid_over(based: Case) -> Sequence[Proposal]:
        found = list(_proposals(based, loaded, asked, list(zip(titles, variants, strict=True))))
        names.extend(title for title, _ in found[1:])
        return [one for _, one in found]

    def told(done: int, of: int) -> None:
        progress.step(done, of + STEPS_AFTER, _DRAWS)

    wanted = Wanted(
        Draws(_whole(asked["draws"]), _whole(asked["seed"]), min(THREADS, os.cpu_count() or 1)),
        None if asked["spread"] is None else float(str(asked["spread"])),
    )
    try:
        records = None if link is None else partial(drawn_forecast, link, case, _planned(asked))
        drawn = draw_case(case, folder, wanted, laid_over, records, told)
    except InputError as error:
        raise InputError([_as_asked_here(one) for one in error.problems]) from None
    return dict(_files(progress, asked, case, drawn, _sources(loaded, variants, drawn), names))


def _as_asked_here(problem: Problem) -> Problem:
    """What the command line says of its options, as the form has them."""
    return Problem(_HERE[problem.code], "-") if problem.code in _HERE else problem


def _variants(asked: Mapping[str, Asked], folder: Path) -> tuple[list[Title], list[Variant]]:
    """The agreements of other versions, as what they say differs from the version's own."""
    from puntlanding.agreement.content import content_of
    from puntlanding.agreement.difference import differences
    from puntlanding.case import load_case
    from puntlanding.case.variants import Variant, own_agreement
    from puntlanding.web.desk.dossiers import snapshots

    titles, found = [], []
    own = own_agreement(folder)
    for title, snapshot in cast("list[tuple[list[str], str]]", asked["agreements"]):
        place = snapshots().folder(snapshot)
        other = own_agreement(place)
        if own is None or other is None:
            load_case(place).checked()
            raise ValueError("an agreement that a case can be read with, and not by itself")
        whole, agreement = other
        content = content_of(whole.raw)
        changed = tuple(one.said for one in differences(content_of(own[0].raw), content))
        titles.append(_title(title))
        found.append(Variant(title[0], agreement, False, content, changed, ()))
    return titles, found


def _proposals(
    based: Case, loaded: Loaded, asked: Mapping[str, Asked], variants: Sequence[tuple[Title, Variant]]
) -> Iterator[tuple[Title, Proposal]]:
    """The version's own first."""
    from puntlanding.case.variants import under
    from puntlanding.comparison.by_type import by_type
    from puntlanding.simulation.of_case import file_proposal, own_proposal
    from puntlanding.simulation.simulate import Proposal
    from puntlanding.web.presenters.type_titles import type_title

    yield ("", ""), own_proposal(based, loaded)
    for title, variant in variants:
        told = variant if asked["euros"] else replace(variant, agreement=_without_frame(variant.agreement))
        yield title, file_proposal(told, based, loaded)
    wanted = cast("list[str]", asked["types"])
    for name, agreement, notes in by_type(based.agreement, {}):
        if name in wanted:
            other, problems = under(based, agreement, loaded)
            yield type_title(name), Proposal(name, other, tuple(problems), changed=notes)


def _link(asked: Mapping[str, Asked], folder: Path) -> Link | None:
    """The year's records, which complete the files and from which the forecast comes; None where it has none."""
    from puntlanding.case.linked import Link
    from puntlanding.web.desk.models import Source

    found = Source.objects.select_related("year").filter(year_id=_whole(asked["year"]))
    source = None if asked["records"] is None else found.first()
    if source is None:
        return None
    return Link(Path(source.store), source.hospital, source.year.year, folder, source.as_of, forecast=False)


def _planned(asked: Mapping[str, Asked]) -> tuple[Event, ...]:
    """The planned events as they were when this was asked: their rows never change."""
    from puntlanding.web.desk.models import PlannedEvent
    from puntlanding.web.desk.planned import as_event

    found = PlannedEvent.objects.filter(pk__in=cast("list[int]", asked["planned"])).order_by("number")
    return tuple(as_event(one) for one in found)


def _loaded(folder: Path, link: Link | None) -> Loaded:
    from puntlanding.case import load_case
    from puntlanding.case.linked import load_linked

    return load_case(folder) if link is None else load_linked(link).loaded


def _without_frame(agreement: Agreement) -> Agreement:
    """Without a frame there is nothing to divide, whatever is asked."""
    return replace(agreement, frame=None)


def _sources(loaded: Loaded, variants: Sequence[Variant], drawn: Drawn) -> Sources:
    """As the command line has them: the case's own, with what was drawn from; the others by their letter."""
    from string import ascii_uppercase

    from puntlanding.case.provenance import TableHash
    from puntlanding.case.spread_list import SPREADS
    from puntlanding.report.question import OWN

    if loaded.provenance is None:
        raise ValueError("a case that was read has a provenance")
    more = [] if drawn.spreads is None else [TableHash(SPREADS, drawn.spreads.path.name, drawn.spreads.hash)]
    more += [] if drawn.forecast is None else drawn.forecast.tables
    own = loaded.provenance.with_tables(more)
    return {OWN: own, **{letter: one.provenance for letter, one in zip(ascii_uppercase[1:], variants, strict=False)}}


def _files(
    progress: Progress, asked: Mapping[str, Asked], case: Case, drawn: Drawn, sources: Sources, names: Sequence[Title]
) -> Iterator[tuple[str, bytes]]:
    from puntlanding.report.dossier import Dossier
    from puntlanding.report.question import OWN, Kind, Question, answer_record
    from puntlanding.report.simulation_files import csv_files, workbook_bytes
    from puntlanding.year import Year

    language = Language(str(asked["language"]))
    question = Question(
        Kind.SIMULATE,
        {
            "draws": str(asked["draws"]), "seed": str(asked["seed"]), "volumes": drawn.centre,
            "agreements": [one[0] for one in names[1 : len(sources)]], "types": cast("list[str]", asked["types"]),
            **({} if asked["spread"] is None else {"spread": str(asked["spread"])}),
        },
    )  # fmt: skip
    done = 10**6  # the bar is nearly full: what is left is not in draws
    for each in Language:
        progress.step(done, done + STEPS_AFTER, _DRAWING)
        told = _named(drawn.found, names, each, euros=bool(asked["euros"]))
        source = Dossier(Year(case), sources[OWN], each).source
        yield (
            PAGE[each],
            json.dumps(simulation_page(told, source, each, _beside(asked, drawn, each)), ensure_ascii=False).encode(),
        )
        if each is language:
            origin = answer_record(question, sources, each)
            for path, data in csv_files(told, Path(), each, origin).items():
                yield path.name, data
            name = ("simulatie.xlsx", "simulation.xlsx")[index(each)]
            yield name, workbook_bytes(told, str(asked["owner"]), each, origin)


def _beside(asked: Mapping[str, Asked], drawn: Drawn, language: Language) -> list[str]:
    """What the command line knows from a list, and here from the year's rows."""
    count = len(cast("list[int]", asked["planned"]))
    if not count or drawn.forecast is None:
        return []
    one = ("Er telt één geplande gebeurtenis mee in de prognose.", "One planned event takes part in the forecast.")
    many = (
        f"Er tellen {count} geplande gebeurtenissen mee in de prognose.",
        f"{count} planned events take part in the forecast.",
    )
    return [(one if count == 1 else many)[index(language)]]


def _named(found: Simulation, names: Sequence[Title], language: Language, *, euros: bool) -> Simulation:
    """Agreements by the names that people know them by. That somebody sees no euros is not what the agreement lacks."""
    tried = (
        replace(one, name=title[index(language)], without_euros=one.without_euros if euros else ())
        for one, title in zip(found.tried, names, strict=True)
    )
    return replace(found, tried=tuple(tried))


def about(job: Job, language: Language) -> str:
    asked, which = job.asked, index(language)
    draws = number(_whole(asked["draws"]), 0, language)
    beside = [_title(one[0])[which] for one in cast("list[Any]", asked["agreements"])]
    from puntlanding.web.presenters.type_titles import type_title

    beside += [type_title(one)[which].lower() for one in cast("list[str]", asked["types"])]
    own = _title(asked["title"])[which]
    if not beside:
        return (f"{own}, {draws} trekkingen", f"{own}, {draws} draws")[which]
    return (
        f"{own} naast {'; '.join(beside)}; {draws} trekkingen",
        f"{own} beside {'; '.join(beside)}; {draws} draws",
    )[which]


def page(_job: Job, read: Any, language: Language) -> Result:
    told = json.loads(read(PAGE[language]))
    return Result("web/simulation_result.html", {"simulation": told, "figures": figures_from(told["figures"])})


def _title(pair: Asked) -> Title:
    nl, en = cast("Sequence[str]", pair)
    return nl, en


def _whole(value: Asked) -> int:
    if not isinstance(value, int):
        raise TypeError("a whole number was kept as something else")
    return value


SIMULATION = Work(
    "simulation",
    ("Simulatie", "Simulation"),
    Permission.CALCULATE,
    run,
    about=about,
    page=page,
    inner=tuple(PAGE.values()),
)
