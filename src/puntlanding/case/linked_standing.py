"""A hospital of a store among those of which there are contributions: its place in the benchmark, and where its groups differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from puntlanding.benchmark.drill_down import DrillDown, drill_down
from puntlanding.benchmark.efficiency import GroupEfficiency, efficiencies
from puntlanding.benchmark.efficiency_weights import EfficiencyWeights
from puntlanding.benchmark.ex_ante import Benchmark, as_agreed, ex_ante
from puntlanding.benchmark.peers import PeerRule, peer_hospitals
from puntlanding.benchmark.strata import Comparison, compare
from puntlanding.case.home import Home
from puntlanding.case.linked import Link, kind_of, the_store
from puntlanding.case.linked_lists import STRUCTURE, TRENDS, CaseLists
from puntlanding.case.linked_scores import WHOLE_YEAR, peers_in, with_peers
from puntlanding.case.model import Case
from puntlanding.contribution import Contribution, merge, read_contributions
from puntlanding.contribution.model import SUFFIX
from puntlanding.problems import InputError, Problem
from puntlanding.quantities import ZERO


def linked_standing(link: Link, case: Case) -> Benchmark:
    """The benchmark of the case's year as `benchmark ex-ante` computes it from contributions, by the rule of the agreement.

    The hospital's own contribution must be among them, or beside its records: it has the fte of the base year, which a case of another
    year has not.
    Raises InputError where it is not, or where there is nobody to compare with.
    """
    home, agreement = _home(link), case.agreement
    base = agreement.year - agreement.comparison.years_back
    norms = home.lists.norm_times
    if norms is None:
        raise InputError([Problem("linked_norm_times", "normtijden", details={"folder": str(home.lists.folder)})])
    parts = [one for one in _every(link) if one.basis.year == base]
    if not any(link.hospital in one.names for one in parts):
        parts += _beside_records(link, base)
    names = {name for one in parts for name in one.names}
    if link.hospital not in names or len(names) == 1:
        raise InputError([Problem("standing_nobody", str(base), details={"year": base, "hospital": link.hospital})])
    # Volumes are priced anew with the norm times of the year, so contributions may have been made with others.
    whole = merge([replace(one, basis=replace(one.basis, norm_times=parts[0].basis.norm_times)) for one in parts])
    files = {name: one.file or "" for one in parts for name in one.names}
    rule, method = as_agreed(agreement.comparison)
    structure = home.lists.structure if home.lists.path(STRUCTURE) is not None else None
    trends = home.lists.trends if home.lists.path(TRENDS) is not None else None
    try:
        return ex_ante(whole, agreement.year, norms, rule, method, structure, trends, files)
    except (
        ValueError
    ) as error:  # two factors of six decimals each, and of a base year two years back there can be three
        if structure is None or trends is None:
            raise
        raise InputError([Problem("linked_too_fine", f"{structure.file}, {trends.file}")]) from error


@dataclass(frozen=True)
class Differences:
    """Efficiency of every group of the hospital against its peers, of a whole ``year``; what it is made of is found when asked for."""

    hospital: str
    year: int
    rule: PeerRule
    peers: int
    figures: Mapping[str, GroupEfficiency]
    comparison: Comparison
    weights: EfficiencyWeights

    def of(self, specialism: str) -> tuple[GroupEfficiency, DrillDown] | None:
        """None where there is no efficiency."""
        figure = self.figures.get(specialism)
        if figure is None or figure.value is None:
            return None
        return figure, drill_down(figure, self.comparison, self.weights)

    def weightiest(self) -> tuple[GroupEfficiency, DrillDown] | None:
        """Of the group whose difference counts most in costs."""
        known = [
            (abs(one.value - 1) * sum((part.costs for part in one.known.values()), ZERO), name)
            for name, one in self.figures.items()
            if one.value is not None
        ]
        return self.of(max(known, key=lambda one: (one[0], one[1]))[1]) if known else None


def linked_differences(link: Link, case: Case) -> Differences:
    """Of the last whole year of which there are both records and contributions of others: the case's own, or the one before.

    Raises InputError where there is none.
    """
    home = _home(link)
    year = _last_whole(link, case, home)
    whole, files = _together(link, case, home, year)
    rule, _ = as_agreed(case.agreement.comparison)
    peers = peer_hospitals(whole.hospitals, rule, link.hospital)
    comparison = compare(whole.strata, WHOLE_YEAR, {link.hospital: peers}, files=files)
    weights = home.lists.efficiency_weights
    found = {
        specialism: one
        for (name, specialism), one in efficiencies(comparison, weights).items()
        if name == link.hospital
    }
    if not found:
        raise InputError([Problem("efficiency_strata_none", files.get(link.hospital, link.hospital))])
    return Differences(link.hospital, year, rule, len(peers), found, comparison, weights)


def _home(link: Link) -> Home:
    lists = CaseLists(link.place if link.place.is_dir() else link.place.parent)
    return Home(the_store(link), link.hospital, link.as_of, lists, kind_of(link, lists), forecast=False)


def _together(link: Link, case: Case, home: Home, year: int) -> tuple[Contribution, Mapping[str, str]]:
    """The own records beside the contributions of others: for what does not hang on fte."""
    others = [one for one in _others(link) if one.basis.year == year]
    if not others or home.kept(year) is None:
        details = {"year": year, "hospital": link.hospital}
        raise InputError([Problem("linked_no_peers", str(year), details=details)])
    if case.agreement.comparison.by_type and home.kind is None:
        raise InputError([Problem("linked_no_kind", "ziekenhuizen", value=link.hospital)])
    whole, files = with_peers(case, home, year, others)
    kinds = (replace(one, kind=home.kind) if one.hospital == link.hospital else one for one in whole.hospitals)
    return replace(whole, hospitals=tuple(kinds)), files


def _others(link: Link) -> Sequence[Contribution]:
    return peers_in(_folder(link), link.hospital)


def _every(link: Link) -> Sequence[Contribution]:
    return read_contributions(sorted(_folder(link).glob(f"*{SUFFIX}")))


def _beside_records(link: Link, year: int) -> Sequence[Contribution]:
    """The own contribution where `fold` leaves it; other hospitals are never there."""
    kept = link.store / link.hospital / f"bijdrage-{year}{SUFFIX}"
    return [one for one in read_contributions([kept]) if one.basis.year == year] if kept.is_file() else []


def _folder(link: Link) -> Path:
    if link.contributions is None:
        raise InputError([Problem("standing_contributions", "--contributions")])
    if not link.contributions.is_dir():
        raise InputError([Problem("source_not_found", link.contributions.name, value=str(link.contributions))])
    return link.contributions


def _last_whole(link: Link, case: Case, home: Home) -> int:
    there = {one.basis.year for one in _others(link)}
    years = (case.agreement.year, case.agreement.year - 1)
    return next((year for year in _whole(home, years) if year in there), years[-1])


def _whole(home: Home, years: Sequence[int]) -> Iterator[int]:
    """Half a year of our own beside whole years of others would tell of the calendar, not of care."""
    for year in years:
        day = home.known_on(year)
        if day is not None and day >= date(year, 12, 31):
            yield year
