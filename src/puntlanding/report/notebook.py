"""A case in a notebook: what it tells shows itself as sentences, tables and charts. See docs/tutorials/in-een-notebook.md.

Stages know nothing of showing; what stands here holds a result and puts it on the page, in the words of the other reports.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from puntlanding.case import Case, Loaded, load_case
from puntlanding.case.variants import own_agreement, read_variants, shared, under
from puntlanding.comparison import Comparison, Kind, Proposal, compare
from puntlanding.language.notation import Language
from puntlanding.language.sentences import report, visible
from puntlanding.problems import InputError, Problem, near_miss, warnings
from puntlanding.report.comparison_tables import Grid as Columns
from puntlanding.report.comparison_tables import grids
from puntlanding.report.comparison_text import as_text
from puntlanding.report.comparison_words import about, headlines
from puntlanding.report.dossier import Dossier
from puntlanding.report.explanation import explanation
from puntlanding.report.headline import headline
from puntlanding.report.html.figure import svg
from puntlanding.report.html.grid import Cell, Grid, Line, picture_grid, readable, stage_grid
from puntlanding.report.html.grid import Kind as Row
from puntlanding.report.html.page import page
from puntlanding.report.html.part import shown_part
from puntlanding.report.html.sections import QUESTIONS, stage_pictures
from puntlanding.report.tables import Table, table
from puntlanding.report.terminal import console, print_table
from puntlanding.stage import Stage
from puntlanding.year import Year

if TYPE_CHECKING:
    import polars as pl

    from puntlanding.charts.picture import Picture


class WrongCaseError(InputError):
    """A case with problems, in the words that the commands have for them."""

    def __init__(self, problems: Sequence[Problem], language: Language) -> None:
        super().__init__(problems)
        self.language = language

    def __str__(self) -> str:
        return "\n" + report(self.problems, self.language)


def open_case(path: str | Path, language: str = "nl") -> OpenCase:
    """The case at ``path``: a folder, or a workbook. Raises WrongCaseError with every problem at once."""
    wanted = Language(language)
    loaded = load_case(Path(path))
    if loaded.case is None:
        raise WrongCaseError(loaded.problems, wanted)
    return OpenCase(Path(path), loaded, loaded.case, wanted)


def open_outlook(
    store: str | Path,
    hospital: str,
    as_of: date | str,
    case: str | Path | None = None,
    year: int | None = None,
    language: str = "nl",
) -> Shown:
    """The forecast of a hospital's year from its records, with what was known on ``as_of``. Raises WrongCaseError."""
    from puntlanding.case.linked_forecast import ForecastAsked, linked_outlook
    from puntlanding.charts.forecast_fan import forecast_fan
    from puntlanding.charts.forecast_parts import forecast_parts
    from puntlanding.charts.landing import landing
    from puntlanding.report import outlook_text

    wanted, day = Language(language), as_of if isinstance(as_of, date) else date.fromisoformat(as_of)
    try:
        made = linked_outlook(ForecastAsked(Path(store), hospital, year, day, None if case is None else Path(case)))
    except InputError as error:
        raise WrongCaseError(error.problems, wanted) from None
    found, source = made.outlook, outlook_text.title(made.outlook, wanted)
    charts = [forecast_fan(found, source, wanted), forecast_parts(found, source, wanted)]
    if any(one.chances is not None for one in (*(row.beside for row in found.rows), found.total)):
        charts.append(landing(found, source, wanted))
    return Shown(
        found, visible(source), outlook_text.headline(found, wanted), tuple(map(picture_grid, charts[1:])), tuple(charts),
        outlook_text.as_text(found, wanted),
    )  # fmt: skip


class Text(str):
    """Lines that a notebook shows as lines."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


@dataclass(frozen=True, repr=False)
class Shown:
    """Something that the case tells: ``result`` is the exact one, ``charts`` can be saved one by one (``.svg()``, ``.png()``)."""

    result: object
    title: str
    answer: str
    tables: tuple[Grid, ...]
    charts: tuple[Picture, ...]
    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        drawn = [(readable(one.title), readable(one.subtitle), readable(one.words), svg(one)) for one in self.charts]
        return shown_part(self.title, self.answer, drawn, self.tables)


@dataclass(frozen=True, repr=False)
class ShownStage(Shown):
    table: Table
    language: Language

    def explain(self, group: str) -> Text:
        """How the numbers of ``group`` came about. Raises WrongCaseError for a group that is not there."""
        names = [row.name for row in self.table.rows]
        for row in self.table.rows:
            if row.name == group:
                return Text(explanation(row, self.table, self.language))
        details = {"close": near_miss(group, names), "allowed": ", ".join(names)}
        raise WrongCaseError([Problem("explain_unknown", "explain", value=group, details=details)], self.language)

    def frame(self) -> pl.DataFrame:
        """The groups as a table to work on with polars, in floating point: exact numbers are in ``result``."""
        import polars as pl

        keys = [column.key for column in self.table.columns]
        rows = [
            {"vakgroep": row.name}
            | {key: None if node is None else float(node.value) for key, node in zip(keys, row.cells, strict=True)}
            for row in self.table.rows
        ]
        return pl.DataFrame(rows, schema={"vakgroep": pl.String} | dict.fromkeys(keys, pl.Float64))


@dataclass(frozen=True, repr=False)
class OpenCase:
    """A year of which each stage shows itself; one that the case does not allow says what it lacks."""

    path: Path
    loaded: Loaded
    case: Case
    language: Language

    @cached_property
    def year(self) -> Year:
        return Year(self.case)

    @cached_property
    def dossier(self) -> Dossier:
        if self.loaded.provenance is None:
            raise ValueError("a case that was read has a provenance")
        return Dossier(self.year, self.loaded.provenance, self.language, warnings(self.loaded.problems))

    @cached_property
    def budget(self) -> ShownStage:
        return self._shown(Stage.BUDGET)

    @cached_property
    def monitoring(self) -> ShownStage:
        return self._shown(Stage.MONITOR)

    @cached_property
    def settlement(self) -> ShownStage:
        return self._shown(Stage.SETTLE)

    @cached_property
    def distribution(self) -> ShownStage:
        return self._shown(Stage.DISTRIBUTE)

    def compare(self, *files: str | Path) -> Shown:
        """This year under other agreements, each in a file of its own: a whole one, or what is to be other than here.

        Raises WrongCaseError with all that is wrong in them.
        """
        try:
            found = self._compared([Path(file) for file in files])
        except InputError as error:
            raise WrongCaseError(error.problems, self.language) from None
        from puntlanding.charts.comparison_slope import comparison_slope

        owner = self.dossier.title
        names = " · ".join(f"{one.letter} {visible(about(one, found, self.language))}" for one in found.columns)
        first = "vakgroep" if self.language is Language.DUTCH else "group"
        return Shown(
            found, f"{visible(owner)}. {names}", " ".join(headlines(found, self.language)),
            tuple(_columns(one, found.names, first) for one in grids(found, self.language)),
            (comparison_slope(found, visible(self.dossier.source), self.language),), as_text(found, owner, self.language),
        )  # fmt: skip

    def save_html(self, file: str | Path) -> None:
        """The whole year as one page. Raises FileExistsError: nothing is overwritten."""
        with Path(file).open("x", encoding="utf-8") as target:
            target.write(page(self.dossier))

    def __repr__(self) -> str:
        lines = [self.dossier.title, *(f"  {stage.value:<11}{told}" for stage, told in self._stages())]
        return "\n".join(map(visible, lines))

    def _repr_html_(self) -> str:
        which = 0 if self.language is Language.DUTCH else 1
        lines = tuple(Line(QUESTIONS[stage][which], (Cell(told, words=True),)) for stage, told in self._stages())
        grid = Grid("", ("vraag", "antwoord") if which == 0 else ("question", "answer"), lines)
        return shown_part(visible(self.dossier.title), "", (), (grid,))

    def _stages(self) -> Iterable[tuple[Stage, str]]:
        for stage in Stage:
            if self.dossier.has(stage):
                yield stage, headline(table(stage, self.year), self.language)
            else:
                yield stage, self.dossier.why_not(stage)

    def _shown(self, stage: Stage) -> ShownStage:
        lacking = self.dossier.lacking[stage]
        if lacking:
            raise WrongCaseError(lacking, self.language)
        found = table(stage, self.year)
        results: Mapping[Stage, Any] = {
            Stage.BUDGET: lambda: self.year.budget,
            Stage.MONITOR: lambda: self.year.monitoring,
            Stage.SETTLE: lambda: self.year.settlement,
            Stage.DISTRIBUTE: lambda: self.year.distribution,
        }
        return ShownStage(
            results[stage](), visible(self.dossier.title), headline(found, self.language), (stage_grid(found, self.language),),
            tuple(stage_pictures(self.dossier, stage)), _printed(found, self.dossier.title, self.language), found,
            self.language,
        )  # fmt: skip

    def _compared(self, files: Sequence[Path]) -> Comparison:
        own = own_agreement(self.path)
        if own is None:
            raise ValueError("a case that was read has an agreement")
        variants = read_variants(files, own[0], own[1].year)
        case = shared(self.case)
        others = []
        for one in variants:
            other, problems = under(case, one.agreement, self.loaded)
            kind = Kind.OVERLAY if one.overlay else Kind.WHOLE
            others.append(Proposal(one.name, kind, other, (*one.said, *problems), (), one.changed, one.content.hash))
        content = self.dossier.provenance.content
        found = compare(Proposal(case.agreement.file, Kind.OWN, case, hash=content.hash), others)
        refused = [problem for one in found.columns if one.fte is None for problem in one.refused]
        if refused or not others:
            raise InputError(refused or [Problem("compare_nothing", "compare")])
        return found


def _printed(found: Table, owner: str, language: Language) -> str:
    out = io.StringIO()
    print_table(found, owner, language, console(out))
    return out.getvalue().rstrip()


def _columns(grid: Columns, names: Sequence[str], first: str) -> Grid:
    columns = [*((grid.first,) if grid.first else ()), *(one for part in grid.parts for one in part)]
    lines = [Line(visible(name), tuple(Cell(one.groups.get(name, "–")) for one in columns)) for name in names]
    lines += [
        Line(name, tuple(Cell(one.below.get(name, "–")) for one in columns), Row.TOTAL if at == 0 else Row.PART)
        for at, name in enumerate(grid.below)
    ]
    return Grid(grid.title, (first, *(one.heading for one in columns)), tuple(lines))
