"""What the page tells, in the order of the year: a question to each part, its answer first, then charts and the table."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from puntlanding.agreement.wording import section_title
from puntlanding.charts.budget_by_group import budget_by_group
from puntlanding.charts.euro_waterfall import amount_waterfall, frame_waterfall
from puntlanding.charts.forecast_over_budget import forecast_over_budget
from puntlanding.charts.over_under import over_under
from puntlanding.charts.paid_waterfall import paid_waterfall
from puntlanding.charts.picture import Picture
from puntlanding.language.notation import Language
from puntlanding.language.sentences import visible
from puntlanding.report.agreement_text import told_sections
from puntlanding.report.dossier import Dossier
from puntlanding.report.headline import headline
from puntlanding.report.html.beyond import BEYOND, Beyond
from puntlanding.report.html.grid import Grid, contracts_grid, readable, stage_grid
from puntlanding.report.html.more import GRIDS, SAID, group_pictures
from puntlanding.report.html.short import short_explanation
from puntlanding.report.tables import Table, TableRow, table
from puntlanding.report.terminal import shown
from puntlanding.stage import Stage

QUESTIONS = {
    Stage.BUDGET: ("Wat is begroot?", "What is budgeted?"),
    Stage.MONITOR: ("Waar gaat het jaar heen?", "Where is the year heading?"),
    Stage.SETTLE: ("Wat wordt betaald?", "What is paid?"),
    Stage.DISTRIBUTE: ("Wie krijgt wat?", "Who gets what?"),
}
SHORT = {
    Stage.BUDGET: ("begroot {} norm fte", "budgeted {} norm fte"),
    Stage.MONITOR: ("prognose {} % van de begroting", "forecast {} % of the budget"),
    Stage.SETTLE: ("betaald {} norm fte", "paid {} norm fte"),
    Stage.DISTRIBUTE: ("bedrag € {}", "amount € {}"),
}
ANSWERS = (Stage.DISTRIBUTE, Stage.SETTLE, Stage.MONITOR, Stage.BUDGET)  # the last that can be told is the answer


@dataclass(frozen=True, slots=True)
class Part:
    """A stage on the page, or what stands beside them; ``figures`` are names of pictures."""

    id: str
    question: str
    answer: str
    figures: tuple[str, ...]
    grid: Grid | None = None
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explained:
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class GroupPart:
    id: str
    name: str
    answers: tuple[str, ...]
    figures: tuple[str, ...]
    contracts: Grid | None
    explained: tuple[Explained, ...]


@dataclass(frozen=True, slots=True)
class Agreed:
    title: str
    sentences: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Told:
    parts: tuple[Part, ...]
    groups: tuple[GroupPart, ...]
    agreed: tuple[Agreed, ...]

    @property
    def answer(self) -> str:
        by_id = {part.id: part.answer for part in self.parts}
        return next(by_id[stage.value] for stage in ANSWERS if stage.value in by_id)


def pictures(dossier: Dossier) -> dict[str, Picture]:
    """Every chart of the page by its name, in the order of the page: the stage's or the group's own name, then a number."""
    of_stages = (
        (f"{stage}-{at}", picture)
        for stage in Stage
        for at, picture in enumerate(stage_pictures(dossier, stage), start=1)
    )
    beyond = (
        (f"{one.id}-{at}", picture)
        for one in BEYOND.values()
        for at, picture in enumerate(one.pictures(dossier), start=1)
    )
    found = chain(of_stages, beyond, _group_pictures(dossier, _names(dossier)))
    return {f"beeld-{name}": picture for name, picture in found}


def stage_pictures(dossier: Dossier, stage: Stage) -> Iterator[Picture]:
    """None where the case does not allow the stage."""
    if not dossier.has(stage):
        return
    year, source, language = dossier.year, visible(dossier.source), dossier.language
    match stage:
        case Stage.BUDGET:
            care = {name: one.care_fte for name, one in year.formation.items()}
            yield budget_by_group(year.budget, source, language, care)
        case Stage.MONITOR if any(row.ratio is not None for row in year.monitoring.rows):
            yield forecast_over_budget(year.monitoring, source, language)
        case Stage.SETTLE if any(row.line.realised is not None for row in year.settlement.rows):
            yield over_under(year.settlement, source, language)
            yield paid_waterfall(year.settlement, source, language)
        case Stage.DISTRIBUTE:
            yield frame_waterfall(year.distribution, source, language)


def told(dossier: Dossier, charts: Mapping[str, Picture]) -> Told:
    """``charts`` are those of `pictures`. Raises ValueError where no stage can be told; who makes a dossier sees to that before."""
    tables = {stage: table(stage, dossier.year) for stage in Stage if dossier.has(stage)}
    if not tables:
        raise ValueError("a year of which nothing can be told has no page")
    parts = [_part(stage, one, _of(charts, stage.value), dossier.language) for stage, one in tables.items()]
    parts += [_beyond(one, dossier, charts) for one in BEYOND.values() if _of(charts, one.id)]
    groups = tuple(
        _group(name, id_, tables, _of(charts, id_), dossier.language) for name, id_ in _names(dossier).items()
    )
    return Told(tuple(parts), groups, tuple(_agreed(dossier)))


def _names(dossier: Dossier) -> dict[str, str]:
    """Names of groups may hold any sign: on the page they are numbered."""
    order = {group.name: at for at, group in enumerate(dossier.case.groups, start=1)}
    return {name: f"vakgroep-{order[name]}" for name in dossier.groups}


def _of(charts: Collection[str], id_: str) -> tuple[str, ...]:
    return tuple(one for one in charts if one.rpartition("-")[0] == f"beeld-{id_}")


def _group_pictures(dossier: Dossier, names: dict[str, str]) -> Iterator[tuple[str, Picture]]:
    year, source, language = dossier.year, visible(dossier.source), dossier.language
    lines = {row.line.group: row.line for row in year.settlement.rows} if dossier.has(Stage.SETTLE) else {}
    for name, id_ in names.items():
        if name in lines and lines[name].realised is not None:
            yield f"{id_}-1", paid_waterfall(year.settlement, source, language, name)
        if dossier.has(Stage.DISTRIBUTE):
            yield f"{id_}-2", amount_waterfall(year.distribution, name, source, language)
        for at, picture in enumerate(group_pictures(dossier, name), start=3):
            yield f"{id_}-{at}", picture


def _beyond(one: Beyond, dossier: Dossier, charts: Mapping[str, Picture]) -> Part:
    names = _of(charts, one.id)
    answer = one.answer(dossier) or f"{readable(charts[names[0]].title)}."
    question = one.question[0 if dossier.language is Language.DUTCH else 1]
    grid = GRIDS[one.id](dossier) if one.id in GRIDS else None
    return Part(one.id, question, answer, names, grid, tuple(SAID[one.id](dossier)) if one.id in SAID else ())


def _part(stage: Stage, one: Table, charts: tuple[str, ...], language: Language) -> Part:
    question = QUESTIONS[stage][0 if language is Language.DUTCH else 1]
    return Part(stage.value, question, headline(one, language), charts, stage_grid(one, language))


def _group(name: str, id_: str, tables: dict[Stage, Table], charts: tuple[str, ...], language: Language) -> GroupPart:
    rows = {stage: row for stage, one in tables.items() if (row := _row(one, name)) is not None}
    settled = rows.get(Stage.SETTLE)
    several = settled is not None and settled.contracts
    return GroupPart(
        id_,
        visible(name),
        tuple(_answer(row, tables[stage], language) for stage, row in rows.items()),
        charts,
        contracts_grid(settled, tables[Stage.SETTLE], language) if settled is not None and several else None,
        tuple(
            Explained(one.nl if language is Language.DUTCH else one.en, short_explanation(row, one, language))
            for row, one in ((row, tables[stage]) for stage, row in rows.items())
            if row.cells[_main(one)] is not None
        ),
    )


def _row(one: Table, name: str) -> TableRow | None:
    return next((row for row in one.rows if row.name == name), None)


def _main(one: Table) -> int:
    return [column.key for column in one.columns].index(one.main)


def _answer(row: TableRow, one: Table, language: Language) -> str:
    """The number that the stage is about."""
    value = shown(row.cells[_main(one)], one.columns[_main(one)], language)
    return SHORT[one.stage][0 if language is Language.DUTCH else 1].format(value)


def _agreed(dossier: Dossier) -> Iterator[Agreed]:
    which = 0 if dossier.language is Language.DUTCH else 1
    for section, tables in told_sections(dossier.provenance.content, dossier.language):
        sentences = tuple((visible(name), tuple(map(visible, said))) for name, said in tables)
        yield Agreed(section_title(section)[which], sentences)
