"""Who is compared with whom [CB bijlage 1]: groups of the same specialism and role, in hospitals that the rule calls peers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from puntlanding.contribution import About
from puntlanding.problems import InputError, Problem, near_miss

EVERYBODY = "alle"
LISTED = "lijst"


class GroupKey(NamedTuple):
    """The unit that is compared."""

    hospital: str
    specialism: str
    role: str


class PeersBy(StrEnum):
    TYPE = "type"
    ALL = EVERYBODY
    LIST = LISTED


class Own(StrEnum):
    """Whether a group counts among its own peers."""

    IN = "in"
    OUT = "uit"


@dataclass(frozen=True, slots=True)
class PeerRule:
    """``listed`` are the peers of every hospital where ``by`` is LIST. A hospital's own group counts with ``own`` IN, where
    the rule makes its hospital a peer at all: one that is not on the list is measured against it and no part of it.

    Defaults are those of the national benchmark: same type of hospital, own group in [CB bijlage 1].
    """

    by: PeersBy = PeersBy.TYPE
    own: Own = Own.IN
    listed: tuple[str, ...] = ()

    def pool(self, kind: str | None) -> str | None:
        """The name of the peer group of a hospital of this type; None where the type is needed and not known."""
        return kind if self.by is PeersBy.TYPE else self.by.value

    def among(self, hospital: str) -> bool:
        return self.by is not PeersBy.LIST or hospital in self.listed

    def as_record(self) -> dict[str, object]:
        return {"vergelijking": self.by.value, "eigen": self.own.value, "lijst": sorted(self.listed)}

    @classmethod
    def of(cls, record: Mapping[str, object]) -> PeerRule:
        listed = record["lijst"]
        if not isinstance(listed, list):
            raise TypeError("a list of hospitals expected")
        return cls(
            PeersBy(str(record["vergelijking"])), Own(str(record["eigen"])), tuple(sorted(str(one) for one in listed))
        )


def peer_hospitals(hospitals: Iterable[About], rule: PeerRule, hospital: str) -> frozenset[str]:
    """The hospitals that ``hospital`` is compared with; itself among them where the rule says so."""
    kinds = {one.hospital: one.kind for one in hospitals}
    pool = rule.pool(kinds[hospital])
    found = {name for name, kind in kinds.items() if pool is not None and rule.pool(kind) == pool and rule.among(name)}
    return frozenset(found - {hospital} if rule.own is Own.OUT else found)


def require_listed(rule: PeerRule, names: Collection[str], file: str) -> None:
    """Raises InputError with every hospital on the list of which there is no contribution, or where the list is empty."""
    known = sorted(names)
    problems = [
        Problem("peers_unknown", file, value=name, details={"close": near_miss(name, known)})
        for name in sorted(set(rule.listed) - set(names))
    ]
    if rule.by is PeersBy.LIST and not rule.listed:
        problems.append(Problem("peers_empty", file))
    if problems:
        raise InputError(problems)
