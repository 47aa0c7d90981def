"""Production from a contribution against a plain oracle: dictionaries and fractions, one volume at a time."""

from __future__ import annotations

from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from puntlanding.contribution.tables import ALL, OPENED
from puntlanding.explain import leaves, recompute
from puntlanding.norms.contributed import OUTSIDE, ContributionProduction
from puntlanding.norms.structure import Change, ProductStructure
from puntlanding.norms.table import SCHEMA, NormTable
from puntlanding.norms.trends import Trend, Trends
from puntlanding.norms.volume_origin import CountedVolumes
from puntlanding.norms.volumes import volumes_of
from small_contribution import small

pytestmark = pytest.mark.generative

YEAR, HOME = 2026, "noord"
GROUPS = {("0303", "poort"): "Heelkunde", ("0362", "ondersteunend"): "Radiologie"}
KINDS = {"poort": "zorgproduct", "ondersteunend": "zorgactiviteit"}
PAIRS = [*GROUPS, ("0301", "poort")]
CODES, CONTRACTS = ("a", "b", "c"), ("A", "B", OUTSIDE)
factors = st.integers(0, 3_000_000).map(lambda steps: Fraction(steps, 10**6))
keys = st.tuples(st.sampled_from(PAIRS), st.sampled_from(CODES), st.sampled_from(CONTRACTS))


@st.composite
def changes(draw):
    """At most one thing per old code and hospital, to codes that are nobody's old one: what fits together."""
    found = {}
    for old in draw(st.sets(st.sampled_from(CODES))):
        for hospital in draw(st.sets(st.sampled_from([None, HOME, "zuid"]), max_size=2)):
            news = draw(st.sets(st.sampled_from(["x", "y"]), max_size=2))
            for new in sorted(news) or [None]:
                pair = draw(st.sampled_from(PAIRS))
                factor = draw(factors) if new else Fraction(1)
                found[pair, old, new, hospital] = Change(
                    YEAR, pair[0], KINDS[pair[1]], old, new, factor, None, hospital, len(found) + 2
                )
    for pair in draw(st.sets(st.sampled_from(PAIRS))):
        volume = draw(st.integers(1, 500))
        found[pair, None] = Change(
            YEAR, pair[0], KINDS[pair[1]], None, "z", Fraction(1), Fraction(volume), None, len(found) + 2
        )
    return tuple(found.values())


@st.composite
def trends(draw):
    """One row per narrowing, each going further than the one before it."""
    found = []
    for pair in draw(st.sets(st.sampled_from(PAIRS))):
        steps = [(None, None, None), (pair[1], None, None), (pair[1], "x", None), (pair[1], "x", HOME)]
        chosen = draw(st.sets(st.sampled_from(steps)))
        found += [Trend(pair[0], *one, draw(factors), "w") for one in sorted(chosen, key=str)]
    return tuple(found)


def expected(counted, structure, said):
    """(pair, code, contract) → volume in the year."""
    own = [one for one in structure if one.hospital == HOME]
    taken = {(one.specialism, one.kind, one.old) for one in own if one.old}
    mine = own + [one for one in structure if one.hospital is None and (one.specialism, one.kind, one.old) not in taken]
    found: dict = {}

    def put(pair, code, contract, volume):
        found[pair, code, contract] = found.get((pair, code, contract), Fraction(0)) + volume

    for (pair, code, contract), volume in counted.items():
        moves = [one for one in mine if (one.specialism, one.kind, one.old) == (pair[0], KINDS[pair[1]], code)]
        if not moves:
            put(pair, code, contract, Fraction(volume))
        for one in moves:
            if one.new:
                put(pair, one.new, contract, volume * one.factor)
    for one in mine:
        pair = next(pair for pair in PAIRS if (pair[0], KINDS[pair[1]]) == (one.specialism, one.kind))
        if one.old is None and any(key[0] == pair and volume for key, volume in counted.items()):
            put(pair, one.new, ALL, one.volume)
    for (pair, code, contract), volume in found.items():
        fits = [
            one for one in said
            if one.specialism == pair[0] and one.role in (None, pair[1]) and one.code in (None, code)
            and one.hospital in (None, HOME)
        ]  # fmt: skip
        best = max(fits, key=lambda one: len(one.narrowed()), default=None)
        found[pair, code, contract] = volume * (best.factor if best else 1)
    return found


def plain_hours(volumes, times):
    """(group, contract) → norm hours; what is added goes along with the group's other minutes."""
    minutes: dict = {}
    for (pair, code, contract), volume in volumes.items():
        key = (pair, contract)
        minutes[key] = minutes.get(key, Fraction(0)) + volume * times.get((pair, code), 0) / 100
    hours = {}
    for pair, name in GROUPS.items():
        counted = {of: value for (one, of), value in minutes.items() if one == pair and of != ALL}
        whole, added = sum(counted.values(), Fraction(0)), minutes.get((pair, ALL), Fraction(0))
        for contract in ("A", "B"):
            own = counted.get(contract, Fraction(0))
            share = own / whole if whole else Fraction(1, 2)
            hours[name, contract] = (own + added * share) / 60
    return hours


@given(
    counted=st.dictionaries(keys, st.integers(1, 400), max_size=12),
    structure=changes(),
    said=trends(),
    times=st.dictionaries(st.tuples(st.sampled_from(PAIRS), st.sampled_from("abcxyz")), st.integers(0, 90_000)),
)
def test_hours_are_those_of_the_oracle_and_follow_from_their_cells(counted, structure, said, times):
    rows = [
        {"specialisme": pair[0], "rol": pair[1], "soort": KINDS[pair[1]], "code": code, "contract": contract,
         OPENED[volume % 12]: volume - volume // 2, OPENED[(volume + 1) % 12]: volume // 2}
        for (pair, code, contract), volume in counted.items()
    ]  # fmt: skip
    norms = [(YEAR, pair[0], KINDS[pair[1]], code, minutes) for (pair, code), minutes in times.items()]
    volumes = CountedVolumes(
        YEAR, "noord.bijdrage", HOME, volumes_of(small(HOME, rows)),
        ProductStructure(structure, "productstructuur.csv"), Trends(said, "trends.csv"),
    )  # fmt: skip
    production = ContributionProduction(
        GROUPS, {YEAR: volumes}, NormTable(pl.DataFrame(norms, schema=SCHEMA, orient="row"), "normtijden.csv"),
        frozenset((name, contract) for name in GROUPS.values() for contract in ("A", "B")), dict,
    )  # fmt: skip
    plain = expected(counted, structure, said)
    outputs = production.outputs(YEAR)
    assert {key: output.hours.value for key, output in outputs.items()} == plain_hours(plain, times)
    for output in outputs.values():
        assert recompute(output.hours) == output.hours.value
        assert {leaf.source.file for leaf in leaves(output.hours) if leaf.source} <= {
            "noord.bijdrage", "productstructuur.csv", "trends.csv", "normtijden.csv",
        }  # fmt: skip
    missing = {
        (GROUPS[pair], code) for (pair, code, _), volume in plain.items()
        if volume and pair in GROUPS and (pair, code) not in times
    }  # fmt: skip
    assert set(production.unpriced(YEAR).select("vakgroep", "code").rows()) == missing
