"""The hospital's own part of a benchmark, from its own contribution alone: for who has the published file and nobody else's figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from puntlanding.benchmark.ex_ante import Benchmark, ex_ante
from puntlanding.benchmark.peers import PeerRule, PeersBy
from puntlanding.case.linked import Link
from puntlanding.case.linked_lists import STRUCTURE, TRENDS, CaseLists
from puntlanding.case.model import Case
from puntlanding.contribution import Contribution, read_contribution
from puntlanding.contribution.model import SUFFIX
from puntlanding.problems import InputError


def own_priced(link: Link, case: Case, base: int) -> Benchmark | None:
    """Of base year ``base``, at the norm times of the case's year; None where the store or the case has not enough for it: it takes
    the hospital's own contribution of that year, which has the fte of then, and norm times beside the case.
    """
    lists = CaseLists(link.place if link.place.is_dir() else link.place.parent)
    norms, year = lists.norm_times, case.agreement.year
    if norms is None or year not in norms.years:
        return None
    own = next((one for one in _own(link) if one.basis.year == base), None)
    if own is None:
        return None
    structure = lists.structure if lists.path(STRUCTURE) is not None else None
    trends = lists.trends if lists.path(TRENDS) is not None else None
    files = {link.hospital: own.file or ""}
    return ex_ante(own, year, norms, PeerRule(PeersBy.ALL), structure=structure, trends=trends, files=files)


def _own(link: Link) -> Iterator[Contribution]:
    """Beside the records first; then among those of others. One that cannot be read is not there."""
    for path in _candidates(link):
        try:
            found = read_contribution(path)
        except InputError:
            continue
        if link.hospital in found.names:
            yield replace(found.only([link.hospital]), file=found.file)


def _candidates(link: Link) -> Iterator[Path]:
    yield from sorted((link.store / link.hospital).glob(f"*{SUFFIX}"))
    if link.contributions is not None:
        yield from sorted(link.contributions.glob(f"*{SUFFIX}"))
