"""Of whom a reader sees more than the total: everything that a page shows of groups passes through here first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from puntlanding.case.linked_pieces import Below
from puntlanding.forecast.outlook import Outlook
from puntlanding.report.tables import Table


@dataclass(frozen=True, slots=True)
class Scope:
    """``groups`` None: everybody's detail. Names are those of the case."""

    groups: frozenset[str] | None = None

    @classmethod
    def of(cls, names: Iterable[str]) -> Scope:
        return cls(frozenset(names))

    @property
    def whole(self) -> bool:
        return self.groups is None

    def sees(self, name: str) -> bool:
        return self.groups is None or name in self.groups

    def narrowed(self, table: Table) -> Table:
        """Without the rows of others; care units go too, for a unit less the own group is somebody else's number."""
        if self.whole:
            return table
        return replace(table, rows=tuple(row for row in table.rows if self.sees(row.name)), care_units=())

    def of_outlook(self, found: Outlook) -> Outlook:
        """Without the rows of others, and without what could name them: events may be of one group."""
        if self.whole:
            return found
        return replace(found, rows=tuple(row for row in found.rows if self.sees(row.name)), care_units=(), events=())

    def of_below(self, found: Below) -> Below:
        """Without the products of others, and without events that are theirs."""
        if self.whole:
            return found
        events = (one for one in found.events if one.event.group is None or self.sees(one.event.group))
        seen = (replace(one, groups={name: of for name, of in one.groups.items() if self.sees(name)}) for one in events)
        return Below({name: of for name, of in found.groups.items() if self.sees(name)}, tuple(seen))


EVERYTHING = Scope()
