"""What the page tells, in the order of the year: a question to each part, its answer first, then charts and the table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from puntlanding.agreement.wording import section_title
from puntlanding.charts.budget_by_group import budget_by_group
from puntlanding.charts.euro_waterfall import amount_waterfall, frame_waterfall
from puntlanding.charts.over_under import over_under
from puntlanding.charts.paid_waterfall import paid_waterfall
from puntlanding.charts.picture import Picture
from puntlanding.language.notation import Language
from puntlanding.language.sentences import visible
from puntlanding.report.agreement_text import told_sections
from puntlanding.report.dossier import Dossier
from puntlanding.report.explanation import explanation
from puntlanding.report.headline import headline
from puntlanding.report.html.figure import numbered
from puntlanding.report.html.grid import Grid, contracts_grid, stage_grid
from puntlanding.report.tables import Table, TableRow, table
from puntlanding.report.terminal import shown
from puntlanding.stage import Stage

QUESTIONS = {
    Stage.BUDGET: ("Wat is begroot?", "What is budgeted?"),
    Stage.MONITOR: ("Waar gaat het jaar heen?", "Where is the year heading?"),
    Stage.SETTLE: ("Wat wordt betaald?", "What is paid?"),
    Stage.DISTRIBUTE: ("Wie krijgt wat?", "Who gets what?"),
}
ANSWERS = (Stage.DISTRIBUTE, Stage.SETTLE, Stage.MONITOR, Stage.BUDGET)  # the last that can be told is the answer


@dataclass(frozen=True, slots=True)
class Part:
    """A stage on the page; ``figures`` are names of pictures."""

    id: str
    question: str
    answer: str
    figures: tuple[str, ...]
    grid: Grid


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
    """All of the year; ``pictures`` by name, in the order of the page."""

    parts: tuple[Part, ...]
    groups: tuple[GroupPart, ...]
    agreed: tuple[Agreed, ...]
    pictures: tuple[tuple[str, Picture], ...]

    @property
    def answer(self) -> str:
        by_id = {part.id: part.answer for part in self.parts}
        return next(by_id[stage.value] for stage in ANSWERS if stage.value in by_id)


def told(dossier: Dossier) -> Told:
    """Raises ValueError where no stage can be told; who makes a dossier sees to that before."""
    tables = {stage: table(stage, dossier.year) for stage in Stage if dossier.has(stage)}
    if not tables:
        raise ValueError("a year of which nothing can be told has no page")
    pictures = dict(_pictures(dossier))
    parts = tuple(_part(stage, one, pictures, dossier.language) for stage, one in tables.items())
    names = numbered(dossier.groups, "vakgroep")
    of_groups = dict(_group_pictures(dossier, names))
    groups = tuple(_group(name, id_, tables, of_groups, dossier) for name, id_ in names.items())
    everything = {f"beeld-{name}": picture for name, picture in (pictures | of_groups).items()}
    return Told(parts, groups, tuple(_agreed(dossier)), tuple(everything.items()))


def _pictures(dossier: Dossier) -> Iterator[tuple[str, Picture]]:
    """By the stage that they belong to, then a number."""
    year, source, language = dossier.year, visible(dossier.source), dossier.language
    if dossier.has(Stage.BUDGET):
        care = {name: one.care_fte for name, one in year.formation.items()}
        yield f"{Stage.BUDGET}-1", budget_by_group(year.budget, source, language, care)
    if dossier.has(Stage.SETTLE) and year.settlement.total.realised is not None:
        yield f"{Stage.SETTLE}-1", over_under(year.settlement, source, language)
        yield f"{Stage.SETTLE}-2", paid_waterfall(year.settlement, source, language)
    if dossier.has(Stage.DISTRIBUTE):
        yield f"{Stage.DISTRIBUTE}-1", frame_waterfall(year.distribution, source, language)


def _group_pictures(dossier: Dossier, names: dict[str, str]) -> Iterator[tuple[str, Picture]]:
    year, source, language = dossier.year, visible(dossier.source), dossier.language
    for name, id_ in names.items():
        if dossier.has(Stage.SETTLE) and year.settlement.total.realised is not None:
            yield f"{id_}-1", paid_waterfall(year.settlement, source, language, name)
        if dossier.has(Stage.DISTRIBUTE):
            yield f"{id_}-2", amount_waterfall(year.distribution, name, source, language)


def _part(stage: Stage, one: Table, pictures: dict[str, Picture], language: Language) -> Part:
    return Part(
        stage.value,
        QUESTIONS[stage][0 if language is Language.DUTCH else 1],
        headline(one, language),
        tuple(f"beeld-{name}" for name in pictures if name.startswith(f"{stage}-")),
        stage_grid(one, language),
    )


def _group(
    name: str, id_: str, tables: dict[Stage, Table], pictures: dict[str, Picture], dossier: Dossier
) -> GroupPart:
    rows = {stage: _row(one, name) for stage, one in tables.items()}
    settled = rows.get(Stage.SETTLE)
    grid = None
    if settled is not None and settled.contracts:
        grid = contracts_grid(settled, tables[Stage.SETTLE], dossier.language)
    return GroupPart(
        id_,
        visible(name),
        tuple(_answer(row, tables[stage], dossier.language) for stage, row in rows.items() if row is not None),
        tuple(f"beeld-{one}" for one in pictures if one.rpartition("-")[0] == id_),
        grid,
        tuple(
            Explained(
                tables[stage].nl if dossier.language is Language.DUTCH else tables[stage].en,
                explanation(row, tables[stage], dossier.language),
            )
            for stage, row in rows.items()
            if row is not None and row.cells[_main(tables[stage])] is not None
        ),
    )


def _row(one: Table, name: str) -> TableRow | None:
    return next((row for row in one.rows if row.name == name), None)


def _main(one: Table) -> int:
    return [column.key for column in one.columns].index(one.main)


def _answer(row: TableRow, one: Table, language: Language) -> str:
    """The number that the stage is about, with its heading."""
    column = one.columns[_main(one)]
    value = shown(row.cells[_main(one)], column, language)
    heading = column.nl if language is Language.DUTCH else column.en
    name, _, unit = heading.partition(" (")
    unit = unit.rstrip(")")
    if unit == "€":
        return f"{name} € {value}"
    return f"{name} {value} {unit}".rstrip()


def _agreed(dossier: Dossier) -> Iterator[Agreed]:
    which = 0 if dossier.language is Language.DUTCH else 1
    for section, tables in told_sections(dossier.provenance.content, dossier.language):
        sentences = tuple((visible(name), tuple(map(visible, said))) for name, said in tables)
        yield Agreed(section_title(section)[which], sentences)
