"""A case and the national file that a coordinator sent back: rates as agreed, and the reference strata of last year.

What the file withholds stays withheld: a group without a rate is told why, and what can be done.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import polars as pl

from puntlanding.agreement import Agreement, PeerMethod
from puntlanding.benchmark.dominance import MINUTES_PER_HOUR, UNKNOWN, Cell, Reason
from puntlanding.benchmark.efficiency import efficiencies
from puntlanding.benchmark.efficiency_trees import OF_REFERENCES, efficiency_node
from puntlanding.benchmark.ex_ante import Benchmark, ex_ante
from puntlanding.benchmark.explained import Origins, fte_tree, hours_tree
from puntlanding.benchmark.national_file import National, list_prints, rate_of
from puntlanding.benchmark.output import RestPriced
from puntlanding.benchmark.peers import GroupKey, PeerRule, PeersBy
from puntlanding.benchmark.strata import compare_with, reference_table
from puntlanding.case.home import Home, warn
from puntlanding.case.model import Case
from puntlanding.collective import Group
from puntlanding.contribution import Contribution, read_contribution
from puntlanding.contribution.model import SUFFIX
from puntlanding.contribution.tables import ALL, HOSPITAL, QUARTERS, UNITS, Counted
from puntlanding.explain import Node, Source, Unit, cell, difference, quotient
from puntlanding.problems import InputError, Problem

TOGETHER = "landelijk"  # in place of a hospital's name: the national sums as if they were one's
COLUMNS = {PeerMethod.POOLED: "normuren_per_fte", PeerMethod.MEDIAN: "midden"}
# The same must be meant by a stratum and a unit there and here.
_SHARED = {
    "units": ("eenheden", "units"),
    "age_bands": ("leeftijden", "age bands"),
    "diagnosis_groups": ("diagnosegroepen", "diagnosis groups"),
    "cost_prices": ("kostprijzen", "cost prices"),
}
_REASONS = {
    Reason.FEW: ("er zijn te weinig ziekenhuizen", "there are too few hospitals"),
    Reason.DOMINANCE: ("een of twee ziekenhuizen hebben er bijna alles van", "one or two hospitals have nearly all of it"),
    Reason.CLOSE: ("een deelnemer zou een ander te goed kunnen schatten", "a participant could estimate another too closely"),
    Reason.COMPLEMENTARY: ("anders is een ander cijfer terug te rekenen", "otherwise another figure could be computed back"),
}  # fmt: skip


def rates_of(
    found: National, case: Case, home: Home, wanting: Sequence[Group]
) -> tuple[Mapping[str, Node], tuple[Problem, ...]]:
    """Group → norm hours per fte, and what is said of the groups that have none.

    Raises InputError where a mean was agreed, the type of the hospital is needed and not known, or the own group cannot be left out as was agreed.
    """
    comparison = case.agreement.comparison
    kind = (found.kind(home.hospital) or home.kind) if comparison.by_type else ALL
    if comparison.method is PeerMethod.MEAN:
        raise InputError([Problem("linked_national_mean", found.file, None, "benchmark.methode")])
    if kind is None:
        raise InputError([Problem("linked_national_kind", found.file, value=home.hospital)])
    own = None
    if not comparison.own_group and found.takes_part(home.hospital):
        own = _own(found, case, home)
    rates, without = dict[str, Node](), dict[_Why, list[str]]()
    for group in wanting:
        told = found.cell(group.specialism, group.role.value, kind)
        lacking = _lacking(found, group, told, comparison.method, own, home.hospital)
        if lacking is not None:
            without.setdefault(lacking, []).append(group.name)
        elif told is not None:
            node = _rate(found, told, comparison.method, own, home.hospital)
            rates[group.name] = node.named("rate", subject=group.name)
    said = [_told(found, why, names, kind, comparison.method) for why, names in without.items()]
    if rates and comparison.method is not PeerMethod.POOLED:
        details = {"method": comparison.method.value, "step": found.thresholds.step}
        said.append(warn("linked_national_rounded", found.file, None, **details))
    return rates, tuple(said)


def require_agreed(found: National, agreement: Agreement) -> None:
    """Raises InputError where the file is of another year or base year. With whom and how to compare is chosen in using it."""
    year, back = agreement.year, agreement.comparison.years_back
    if found.year != year:
        raise InputError([Problem("linked_benchmark_year", found.file, details={"year": year, "found": found.year})])
    if found.basis.year != year - back:
        details: dict[str, object] = {
            "agreed": f"T-{back}",
            "found": f"T-{year - found.basis.year}",
            "key": "basisjaar",
        }
        raise InputError([Problem("linked_benchmark_rule", found.file, None, "benchmark.basisjaar", details=details)])


@dataclass(frozen=True, slots=True)
class _Own:
    """What the hospital shared for this file, priced as the file was."""

    shared: Contribution
    made: Benchmark
    kind: str

    def counts(self, key: GroupKey, told: Cell) -> bool:
        """Whether the own group is in the cell."""
        one = self.made.rates.groups.get(key)
        return one is not None and one.measure.lacking is None and told.kind in (ALL, self.kind)

    def unclear(self, key: GroupKey) -> bool:
        """Its rest rows were priced by what other hospitals have: then its part of the sum cannot be worked out here."""
        output = self.made.output.groups.get(key)
        return output is not None and output.rest in (RestPriced.SPECIALISM, RestPriced.UNKNOWN)


def _own(found: National, case: Case, home: Home) -> _Own:
    """Raises InputError where the file's sums are not to be parted: another method, other lists, or no contribution to take off."""
    method, folder = case.agreement.comparison.method, home.store.root / home.hospital
    if method is not PeerMethod.POOLED:
        raise InputError([Problem("linked_national_own_method", found.file, details={"method": method.value})])
    if found.later:
        raise InputError([Problem("linked_national_later", found.file)])
    shared = next((one for one in _kept(folder) if one.fingerprint in found.contributions), None)
    if shared is None:
        raise InputError([Problem("linked_national_own", found.file, details={"folder": str(folder)})])
    lists, year = home.lists, found.year
    if lists.norm_times is None or year not in lists.norm_times.years:
        raise InputError([Problem("linked_norm_times", "normtijden", details={"folder": str(lists.folder)})])
    rule = PeerRule(PeersBy.ALL)
    made = ex_ante(shared, year, lists.norm_times, rule, structure=lists.structure, trends=lists.trends)
    names = [] if made.norm_times == found.norm_times else ["normtijden"]
    prints = list_prints(made.sources)
    names += [name for name in sorted({*prints, *found.lists}) if prints.get(name) != found.lists.get(name)]
    if names:
        raise InputError([Problem("linked_national_lists", found.file, details={"lists": ", ".join(names)})])
    return _Own(shared, made, found.kind(home.hospital) or UNKNOWN)


def _kept(folder: Path) -> Iterator[Contribution]:
    """Contributions that stand beside the hospital's records; one that cannot be read was not shared either."""
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        try:
            yield read_contribution(path)
        except InputError:
            continue


_Why = tuple[str, Reason | None]  # code of the message, and why the file withholds it


def _lacking(
    found: National, group: Group, told: Cell | None, method: PeerMethod, own: _Own | None, hospital: str
) -> _Why | None:
    if told is None:
        return "linked_national_missing", None
    if told.reason is not None:
        return ("linked_national_withheld_all" if told.kind == ALL else "linked_national_withheld"), told.reason
    if not rate_of(told, method):
        return "linked_national_few", None
    if own is not None and own.unclear(GroupKey(hospital, group.specialism, group.role.value)):
        return "linked_national_rest", None
    return None


def _told(found: National, why: _Why, names: Sequence[str], kind: str, method: PeerMethod) -> Problem:
    """Once for all groups of which it is true."""
    code, reason = why
    details: dict[str, object] = {"groups": ", ".join(names), "kind": kind, "method": method.value}
    details["least"] = found.thresholds.spread_hospitals
    if reason is not None:
        details["reason"] = _REASONS[reason]
    return warn(code, found.file, None, **details)


def _rate(found: National, told: Cell, method: PeerMethod, own: _Own | None, hospital: str) -> Node:
    key = GroupKey(hospital, told.specialism, told.role)
    place = f"tarieven {told.specialism} {told.role} {told.kind}"
    if own is None or not own.counts(key, told):
        value = rate_of(told, method) or Fraction(0)
        return cell("rate", value, Unit.HOURS_PER_FTE, Source(found.file, None, f"{place} {COLUMNS[method]}"))
    origins = Origins({hospital: own.shared.file or hospital}, own.made.origins.effects)
    hours = Fraction(told.minutes or 0) / MINUTES_PER_HOUR
    whole = cell("peer_hours", hours, Unit.HOURS, Source(found.file, None, f"{place} minuten"))
    fte = cell("peer_fte", told.fte or Fraction(0), Unit.FTE, Source(found.file, None, f"{place} fte"))
    mine = hours_tree(key, own.made.output.groups[key], origins)
    my_fte = fte_tree(key, own.made.rates.groups[key].measure.fte, origins)
    above = difference("peer_hours", Unit.HOURS, whole, mine)
    return quotient("rate", Unit.HOURS_PER_FTE, above, difference("peer_fte", Unit.FTE, fte, my_fte))


def efficiency_of(found: National, case: Case, home: Home) -> tuple[Mapping[str, Node], tuple[Problem, ...]]:
    """Specialism → efficiency of the file's base year, against its reference strata; or why there is none."""
    comparison, base = case.agreement.comparison, found.basis.year
    kind = found.kind(home.hospital) or home.kind
    if home.kept(base) is None:
        return {}, (warn("linked_no_peers", found.file, str(base), year=base, hospital=home.hospital),)
    if not comparison.own_group and found.takes_part(home.hospital):
        return {}, (warn("linked_national_own_strata", found.file, None),)
    own = home.contribution(base, case)
    other = [words for name, words in _SHARED.items() if getattr(own.basis, name) != getattr(found.basis, name)]
    if other:
        named = (", ".join(nl for nl, _ in other), ", ".join(en for _, en in other))
        return {}, (warn("linked_national_basis", found.file, None, lists=named, year=base),)
    names = found.references["type"].unique().sort().to_list()
    classes = [name for name in names if not comparison.by_type or kind in name.split("+")]
    if not classes:
        return {}, (warn("linked_national_no_strata", found.file, kind),)
    members = {part for name in classes for part in name.split("+")}
    peers = [name for name, of in found.hospitals if (of or UNKNOWN) in members]
    rows = found.references.filter(pl.col("type").is_in(classes))
    table = reference_table(_as_strata(rows), QUARTERS[-1], [TOGETHER])
    files = {home.hospital: own.file or "", OF_REFERENCES: found.file}
    compared = compare_with(own.strata, QUARTERS[-1], table, peers, files=files)
    weights = home.lists.efficiency_weights
    figures = {
        specialism: efficiency_node(figure, compared, weights)
        for (hospital, specialism), figure in efficiencies(compared, weights).items()
        if hospital == home.hospital and figure.value is not None
    }
    mixed = comparison.by_type and len(members) > 1
    said = [warn("linked_national_class", found.file, kind, together=" + ".join(sorted(members)))] if mixed else []
    return figures, tuple(said)


def _as_strata(rows: pl.DataFrame) -> pl.DataFrame:
    """National sums as the table that a hospital's strata are, the whole year in its last quarter."""
    keys = ("specialisme", "diagnosegroep", "leeftijd", "geslacht")
    counts = [
        (pl.col(one.value) if quarter == QUARTERS[-1] else pl.lit(0, pl.Int64)).alias(f"k{quarter}_{one}")
        for one in (Counted.PATIENTS, *UNITS)
        for quarter in QUARTERS
    ]
    return rows.select(pl.lit(TOGETHER).alias(HOSPITAL), *keys, *counts)
