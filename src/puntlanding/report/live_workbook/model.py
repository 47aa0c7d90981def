"""What all sheets share while a workbook is made: the case, its groups and contracts, and where earlier sheets put their figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from puntlanding.agreement import Agreement
from puntlanding.case.model import Case
from puntlanding.components import Choice
from puntlanding.report.dossier import Dossier
from puntlanding.report.live_workbook.cells import Book, Sheet
from puntlanding.report.live_workbook.table import Table, page
from puntlanding.report.live_workbook.words import Pair, Words
from puntlanding.stage import Stage
from puntlanding.year import Year


@dataclass
class Model:
    """``tables`` by the key of their sheet; ``about`` says of each sheet what it is for; ``remarks`` are what a reader must know.

    ``figures`` are places of single figures. ``running`` has the columns of euros that a group has got so far; ``parts_of`` those of each
    component, ``stays`` and ``brings`` where it says what of its pot stays and what it brings from outside the frame.
    """

    dossier: Dossier
    book: Book
    words: Words
    tables: dict[str, Table] = field(default_factory=dict)
    about: list[tuple[str, Pair]] = field(default_factory=list)
    remarks: list[Pair] = field(default_factory=list)
    left_out: list[Pair] = field(default_factory=list)
    figures: dict[str, str] = field(default_factory=dict)
    running: list[tuple[Table, str]] = field(default_factory=list)
    parts_of: dict[str, tuple[Table, str]] = field(default_factory=dict)
    stays: dict[str, str] = field(default_factory=dict)
    brings: dict[str, str] = field(default_factory=dict)

    @property
    def year(self) -> Year:
        return self.dossier.year

    @property
    def case(self) -> Case:
        return self.dossier.case

    @property
    def agreement(self) -> Agreement:
        return self.dossier.agreement

    @cached_property
    def names(self) -> list[str]:
        return [group.name for group in self.case.groups]

    @cached_property
    def number(self) -> dict[str, int]:
        """Groups in lists are found by number: a name may look like a condition of a spreadsheet."""
        return {name: number for number, name in enumerate(self.names, start=1)}

    @cached_property
    def settled(self) -> list[str]:
        """The groups that have a budget in a contract."""
        return [row.line.group for row in self.year.settlement.rows]

    @cached_property
    def parts(self) -> list[str]:
        """Components of efficiency that have figures."""
        return list(dict.fromkeys(one.component for one in self.case.efficiency if one.component))

    @cached_property
    def roles(self) -> list[str]:
        return sorted({one.role.lower() for one in self.case.formation})

    @cached_property
    def scores(self) -> bool:
        return bool(self.case.efficiency or self.case.appropriate_care)

    @property
    def looks_back(self) -> bool:
        """Whether a contract needs last year's budget."""
        return self.settles and self.year.previous is not None

    @property
    def settles(self) -> bool:
        return self.dossier.has(Stage.SETTLE)

    @property
    def distributes(self) -> bool:
        return self.dossier.has(Stage.DISTRIBUTE)

    def called(self, choice: Choice) -> Pair:
        """A component as people call it; one of several by its own name too."""
        own = f": {choice.name}" if choice.name else ""
        return choice.component.nl.partition(":")[0] + own, choice.component.en.partition(":")[0] + own

    def page(self, key: str, what: Pair, lead: tuple[Pair, ...], number: int | None = None, name: str = "") -> Sheet:
        """``what`` is told of the sheet on the first one; ``name`` follows its title at its head."""
        title = self.words.title(key, number)
        self.about.append((title, what))
        heading = f"{title}{': ' + name if name else ''} · {self.dossier.title}"
        return page(self.book, title, heading, [self.words.of(line) for line in lead])

    def table(self, key: str, sheet: Sheet, names: list[str] | None = None) -> Table:
        made = self.tables[key] = Table(sheet, self.words, self.names if names is None else names)
        return made

    def of_group(self, key: str, column: str) -> Callable[[int], str]:
        """A column of a table of all groups, by the number of a settled group."""
        rows = [self.number[name] - 1 for name in self.settled]
        return lambda i: str(self.tables[key].at(column, rows[i]))

    def of_settled(self, key: str, column: str) -> Callable[[int], str]:
        return lambda i: str(self.tables[key].at(column, i))
