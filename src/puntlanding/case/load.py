"""Read and check a whole case: everything or nothing, and every problem at once."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from puntlanding.agreement import Agreement, read_agreement
from puntlanding.agreement.content import Content, content_of
from puntlanding.agreement.seal import Seal
from puntlanding.case import small_tables
from puntlanding.case.agreement_files import seal_of
from puntlanding.case.columnar import read_large_production
from puntlanding.case.component_tables import build_component_tables
from puntlanding.case.cross import Files, cross_check, groups_present
from puntlanding.case.csv_file import read_csv
from puntlanding.case.doubt import Doubt, names_of_no_group, new_complaints, without_echoes
from puntlanding.case.groups import build_groups
from puntlanding.case.layout import LAYOUTS
from puntlanding.case.model import Case
from puntlanding.case.parquet_file import read_parquet
from puntlanding.case.production_rows import Context, build_production
from puntlanding.case.provenance import Provenance, hashes
from puntlanding.case.raw import RawTable
from puntlanding.case.sources import Sources, find_sources, provisional
from puntlanding.case.typed import TypedTable, typed_table
from puntlanding.norms.norm_times import NormTimes
from puntlanding.norms.production import Production
from puntlanding.problems import InputError, Problem, errors, limited, os_reason

PRODUCTION = ("begroting", "realisatie", "prognose")


@dataclass(frozen=True, slots=True)
class TableNote:
    """What was detected in a table, to be said: rows, the CSV's separator, its decimal sign and where that was seen."""

    name: str
    file: str
    rows: int
    separator: str | None
    decimal_sign: str | None


@dataclass(frozen=True, slots=True)
class Loaded:
    """``case`` is None where there is an error; warnings come with a case too."""

    case: Case | None
    problems: tuple[Problem, ...]
    notes: tuple[TableNote, ...]
    files: tuple[Path, ...] = ()
    provenance: Provenance | None = None

    def checked(self) -> Case:
        """The case. Raises InputError with every problem where there is an error."""
        if self.case is None:
            raise InputError(self.problems)
        return self.case


def load_case(path: Path, only: Collection[str] | None = None, *, previous: bool = False, alone: bool = True) -> Loaded:
    """Read the case at ``path``: a folder, or a workbook. Nothing is written anywhere.

    ``only`` names the tables that matter to who asks; the others are not read, and nothing is said of them. ``previous``: last
    year's rows of the budget are wanted too, whatever contracts there are. ``alone`` False: those that a contract needs may be missing,
    because they can come from the case of that year.
    """
    with _collector_paused():
        return _load(path, only, previous, alone)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Reading makes millions of objects and no cycles: a collector that looks at them again and again doubles the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _load(path: Path, only: Collection[str] | None, previous: bool, alone: bool) -> Loaded:
    sources = find_sources(path)
    if only is not None:
        sources.paths = {name: one for name, one in sources.paths.items() if name in only}
        sources.tables = {name: one for name, one in sources.tables.items() if name in only}
    problems = sources.problems
    agreement: Agreement | None = None
    if sources.agreement is not None:
        agreement, found = read_agreement(sources.agreement, sources.lines, sources.agreement_file)
        problems += found
    content, seal = _content_and_seal(sources) if agreement is not None else (None, None)
    tables = _Tables(sources, agreement, previous, alone)
    case = tables.build()
    ordered = tuple(limited(problems))
    notes, files = tuple(tables.notes), tuple(sources.files)
    if case is None or errors(ordered) or agreement is None or content is None:
        return Loaded(None, ordered, notes, files)
    try:
        read = hashes(sources.paths, sources.tables)
    except OSError as error:  # gone since it was read
        return Loaded(
            None, (*ordered, Problem("unreadable", path.name, details={"reason": os_reason(error)})), notes, files
        )
    provenance = Provenance(agreement.file, content, agreement.holds_from, agreement.version, read, seal)
    return Loaded(case, ordered, notes, files, provenance)


def _content_and_seal(sources: Sources) -> tuple[Content, Seal | None]:
    """Adds to the problems where the agreement was sealed and changed afterwards."""
    content = content_of(sources.agreement or {})
    if sources.agreement_path is None:
        return content, None
    seal, found = seal_of(sources.agreement_path, content, sources.agreement_file, sources.lines)
    sources.problems += found
    return content, seal


class _Tables:
    """The reading of one case; problems gather in ``sources.problems``."""

    def __init__(
        self, sources: Sources, agreement: Agreement | None, previous: bool = False, alone: bool = True
    ) -> None:
        self.previous, self.alone = previous, alone
        self.sources, self.agreement, self.problems = sources, agreement, sources.problems
        self.notes: list[TableNote] = []
        self.labels: dict[str, str] = {}
        self.typed: dict[str, TypedTable] = {}

    def build(self) -> Case | None:
        if not self.sources.paths and not self.sources.tables:
            if not errors(self.problems):
                self.problems.append(Problem("file_missing", "vakgroepen", details={"needed_for": "everything"}))
            return None
        table = self.table("vakgroepen")
        groups = build_groups(table, self.problems) if table else {}
        if table is None and not any(
            p.file.startswith("vakgroepen") or "[vakgroepen]" in p.file for p in self.problems
        ):
            self.problems.append(Problem("file_missing", "vakgroepen", details={"needed_for": "everything"}))
        contracts, year = provisional(self.sources.agreement)
        previous = self.previous
        if self.agreement is not None:
            contracts, year = tuple(one.name for one in self.agreement.contracts), self.agreement.year
            previous = previous or any(one.type.needs_previous_budget for one in self.agreement.contracts)
        context = Context(groups, NormTimes(), None, contracts, year, previous)
        budget, realisation, forecast = self.productions(context)
        benchmark, efficiency = self.table("benchmark"), self.table("efficiency")
        care, formation, costs = self.table("passende_zorg"), self.table("formatie"), self.table("kosten")
        rates = small_tables.build_rates(benchmark, groups, self.problems) if benchmark else {}
        figures = small_tables.build_efficiency(efficiency, groups, self.agreement, self.problems) if efficiency else ()
        scores = small_tables.build_appropriate_care(care, groups, self.problems) if care else None
        returns = small_tables.build_formation(formation, groups, self.agreement, self.problems) if formation else ()
        items = small_tables.build_costs(costs, self.problems) if costs else ()
        lists = build_component_tables(self.table, groups, self.agreement, scores, self.problems)
        activity = self.table("input")
        input_fte = small_tables.build_input(activity, groups, self.problems) if activity else None
        if self.agreement is None:
            present = [groups_present(groups.values(), one, year) for one in (budget, forecast) if one and year]
            self.complain(chain.from_iterable(present))
            return None
        case = Case(
            self.agreement,
            tuple(groups.values()),
            rates,
            budget,
            realisation,
            forecast,
            figures,
            scores,
            returns,
            items,
            lists,
            input_fte=input_fte,
        )
        self.complain(cross_check(case, Files(self.labels), alone=self.alone))
        return case

    def complain(self, found: Iterable[Problem]) -> None:
        """Add what is wrong between tables; echoes of errors already told are left out."""
        doubt = Doubt.after(self.problems, self.typed)
        self.problems[:] = without_echoes(self.problems)
        self.problems += list(new_complaints(found, doubt, names_of_no_group(self.problems)))

    def productions(self, context: Context) -> list[Production | None]:
        """The three production files; large ones by column, which falls back to the row reader on the first doubt."""
        paths = {name: self.sources.paths[name] for name in PRODUCTION if name in self.sources.paths}
        by_column = read_large_production(paths, self.sources.paths.get("normtijden"), context)
        self.notes += [TableNote(*note) for note in by_column.notes]
        self.labels |= {name: production.file for name, production in by_column.found.items()}
        rest = [name for name in PRODUCTION if name not in by_column.found]
        if any(self.has(name) for name in rest) or by_column.norm_note is None:
            context = self.with_norm_times(context)
        else:
            self.notes.append(TableNote(*by_column.norm_note))
        found: list[Production | None] = []
        for name in PRODUCTION:
            if name in by_column.found:
                found.append(by_column.found[name])
            else:
                table = self.table(name)
                found.append(build_production(table, context, self.problems) if table else None)
        return found

    def with_norm_times(self, context: Context) -> Context:
        table = self.table("normtijden")
        if table is None:
            return context
        norm_times = small_tables.build_norm_times(table, self.problems)
        return Context(context.groups, norm_times, table.file, context.contracts, context.year, context.previous_year)

    def has(self, name: str) -> bool:
        return name in self.sources.paths or name in self.sources.tables

    def table(self, name: str) -> TypedTable | None:
        """The typed table, or None where the case has no such table, or one without rows (which `check` says)."""
        raw = self.raw(name)
        if raw is None:
            return None
        typed = typed_table(raw, LAYOUTS[name])
        self.problems += typed.problems
        self.notes.append(TableNote(name, raw.file, len(typed.rows), raw.separator, typed.notation.sign))
        if not typed.rows and name != "vakgroepen":
            return None
        self.labels[name] = raw.file
        self.typed[name] = typed
        return typed

    def raw(self, name: str) -> RawTable | None:
        if name in self.sources.tables:
            return self.sources.tables[name]
        path = self.sources.paths.get(name)
        if path is None:
            return None
        try:
            parquet = path.suffix.lower() == ".parquet"
            raw, problems = read_parquet(path, name) if parquet else read_csv(path, LAYOUTS[name])
        except OSError as error:
            raw, problems = None, [Problem("unreadable", path.name, details={"reason": os_reason(error)})]
        self.problems += problems
        return raw
