"""What was decided, as far as a page tells it: versions with their approvals, and lines of the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

Pair = tuple[str, str]

KINDS: Mapping[str, Pair] = {
    "agreement": ("afspraak", "agreement"),
    "budget": ("begroting", "budget"),
    "adjustment": ("bijstelling", "adjustment"),
    "settlement": ("afrekening", "settlement"),
}
STATES: Mapping[str, Pair] = {
    "draft": ("nog niet voorgelegd", "not proposed yet"),
    "proposed": ("voorgelegd", "proposed"),
    "refused": ("geweigerd", "refused"),
    "final": ("vastgesteld", "agreed"),
    "superseded": ("vervangen", "superseded"),
}
PARTIES: Mapping[str, Pair] = {
    "collective": ("het gremium", "the collective"),
    "hospital": ("het ziekenhuis", "the hospital"),
}


@dataclass(frozen=True, slots=True)
class Word:
    """One party's approval."""

    party: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class VersionFact:
    """``kind`` and ``state`` are keys of KINDS and STATES."""

    kind: str
    number: int
    state: str
    content: str
    by: str
    at: datetime
    note: str = ""
    approvals: tuple[Word, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The parties that have not approved."""
        given = {one.party for one in self.approvals}
        return tuple(party for party in PARTIES if party not in given)

    @property
    def last(self) -> datetime:
        return max((one.at for one in self.approvals), default=self.at)

    def name(self, which: int) -> str:
        return f"{KINDS[self.kind][which]} {self.number}"
