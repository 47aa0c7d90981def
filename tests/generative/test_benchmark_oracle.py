"""The ex-ante benchmark against a plain oracle: structure, trends, norm times, rows "overig", peers and methods."""

from fractions import Fraction

import polars as pl
import pytest
from benchmark_oracle import group_minutes, rate_of, with_rest
from hypothesis import given, settings
from hypothesis import strategies as st

from puntlanding.agreement import PeerMethod
from puntlanding.benchmark.ex_ante import ex_ante
from puntlanding.benchmark.explained import rate_tree
from puntlanding.benchmark.explained_among import own_among, rate_among
from puntlanding.benchmark.output import On, own_output, priced_output
from puntlanding.benchmark.peers import GroupKey, Own, PeerRule, PeersBy
from puntlanding.contribution import contribution, merge
from puntlanding.explain import leaves, recompute
from puntlanding.norms.structure import Change, product_structure
from puntlanding.norms.table import SCHEMA, NormTable
from puntlanding.norms.trends import Trend, local_trends
from small_contribution import small

pytestmark = pytest.mark.generative

CODES = ("a", "b", "c", "d", "overig")
HOSPITALS = ("h1", "h2", "h3", "h4")
KINDS = st.sampled_from(["umc", "umc", "algemeen", None])
PRICE = st.one_of(st.none(), st.integers(0, 500))
FACTOR = st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(12, 10)])


@st.composite
def years(draw):
    """rows per hospital: code → (month → volume, norm time or None); fte; kinds; norm times of 2027; changes; trend."""
    old = {code: draw(PRICE) for code in CODES}
    rows = {
        hospital: {
            code: ({month: draw(st.integers(0, 9)) for month in draw(st.sets(st.sampled_from([1, 5, 12]), max_size=2))}, price)
            for code, price in old.items()
            if draw(st.integers(0, 3))
        }
        for hospital in HOSPITALS[: draw(st.integers(1, 4))]
    }  # fmt: skip
    fte = {hospital: draw(st.sampled_from(["0", "1", "2.5", "4"])) for hospital in rows}
    kinds = {hospital: draw(KINDS) for hospital in rows}
    prices = {code: price for code in ("a", "b", "c", "d", "new", "extra") if (price := draw(PRICE)) is not None}
    replaced = draw(st.one_of(st.none(), FACTOR))
    return {
        "rows": rows, "fte": fte, "kinds": kinds, "prices": prices, "replaced": replaced,
        "dropped": draw(st.booleans()), "added": draw(st.sampled_from([None, Fraction(3)])),
        "trend": draw(st.sampled_from([None, Fraction(11, 10), Fraction(0)])),
    }  # fmt: skip


def contributions(year):
    for hospital, rows in year["rows"].items():
        production = [
            {
                "code": code,
                **{f"open_{month:02}": count for month, count in months.items()},
                **{f"open_min_{month:02}": None if price is None else months.get(month, 0) * price for month in range(1, 13)},
            }
            for code, (months, price) in rows.items()
        ]  # fmt: skip
        fte = {("0303", "poort"): year["fte"][hospital]}
        yield small(hospital, production, kind=year["kinds"][hospital], fte=fte)


def lists(year):
    changes = []
    if year["replaced"] is not None:
        changes.append(Change(2027, "0303", "zorgproduct", "a", "new", year["replaced"]))
    if year["dropped"]:
        changes.append(Change(2027, "0303", "zorgproduct", "b", None))
    if year["added"] is not None:
        changes.append(Change(2027, "0303", "zorgproduct", None, "extra", volume=year["added"]))
    trends = [] if year["trend"] is None else [Trend("0303", None, None, None, year["trend"], "x")]
    return product_structure(changes, "structuur.csv"), local_trends(trends, "trends.csv")


def norms(prices):
    rows = [(2027, "0303", "zorgproduct", code, price) for code, price in prices.items()]
    return NormTable(pl.DataFrame([*rows, (2027, "9999", "zorgproduct", "z", 1)], schema=SCHEMA, orient="row"), "n.csv")


def plain(year):
    """hospital → (own, effects, priced)"""
    groups = {}
    for hospital, rows in year["rows"].items():
        told = {
            code: (Fraction(sum(months.values())), None if price is None else Fraction(sum(months.values()) * price))
            for code, (months, price) in rows.items()
        }
        moved = {code: volume for code, (volume, _) in told.items()}
        if year["replaced"] is not None and moved.get("a"):
            moved["new"] = moved["a"] * year["replaced"]
        if year["replaced"] is not None:
            moved.pop("a", None)
        if year["dropped"]:
            moved.pop("b", None)
        if year["added"] is not None and any(moved.values()) | any(volume for volume, _ in told.values()):
            moved["extra"] = year["added"]
        grown = {code: volume * (year["trend"] if year["trend"] is not None else 1) for code, volume in moved.items()}
        groups[hospital] = group_minutes(told, year["prices"], moved, grown)
    return groups


@settings(max_examples=60, deadline=None)
@given(years(), st.sampled_from(PeerMethod), st.sampled_from(Own), st.sampled_from([PeersBy.TYPE, PeersBy.ALL]))
def test_the_benchmark_is_the_oracle_s(year, method, own, by):
    structure, trends = lists(year)
    whole = merge(list(contributions(year)))
    rule = PeerRule(by, own)
    found = ex_ante(whole, 2027, norms(year["prices"]), rule, method, structure, trends)
    groups = plain(year)
    expected = with_rest({name: one for name, one in groups.items() if year["rows"][name]})
    for hospital, (before, effects, priced) in expected.items():
        got = found.output.groups[GroupKey(hospital, "0303", "poort")]
        assert (got.own, got.effects.parts(), got.priced) == (before, effects, priced)
        assert got.own + got.effects.total == got.minutes
    measured = {
        hospital: (before + sum(effects), Fraction(year["fte"][hospital]))
        for hospital, (before, effects, priced) in expected.items()
        if priced and Fraction(year["fte"][hospital]) > 0 and _volume(found, hospital)
    }
    for key, one in found.rates.groups.items():
        kind = year["kinds"][key.hospital]
        peers = {
            name: measure for name, measure in measured.items()
            if (by is PeersBy.ALL or (kind is not None and year["kinds"][name] == kind)) and (own is Own.IN or name != key.hospital)
        }  # fmt: skip
        if by is PeersBy.TYPE and kind is None:
            peers = {}
        assert one.rate == rate_of(list(peers.values()), method.value)
        if one.rate is not None:
            assert recompute(rate_tree(found.rates, found.output, key, found.origins)) == one.rate
            assert one.spread.count == len(peers)
        for number, node in (
            (one.rate, rate_among(found, key, "De groep")),
            (one.own, own_among(found, key, "De groep")),
        ):
            assert (node is None) == (number is None)
            if node is not None:
                assert recompute(node) == node.value == number
                told = {
                    part for leaf in leaves(node) if leaf.source for part in (leaf.source.file, str(leaf.source.column))
                }
                assert not [name for name in HOSPITALS if name != key.hospital and any(name in part for part in told)]
    for change in found.changes:
        assert change.old + change.effects.total == change.new


def _volume(found, hospital):
    return found.output.groups[GroupKey(hospital, "0303", "poort")].volume


@settings(max_examples=20, deadline=None)
@given(years(), st.randoms(use_true_random=False))
def test_order_never_matters_and_nothing_gets_lost(year, chance):
    parts = list(contributions(year))
    shuffled = [
        contribution(one.basis, one.hospitals, {n: _shuffled(f, chance) for n, f in one.tables.items()})
        for one in parts
    ]
    chance.shuffle(shuffled)
    structure, trends = lists(year)
    first, again = (
        ex_ante(merge(given), 2027, norms(year["prices"]), structure=structure, trends=trends)
        for given in (parts, shuffled)
    )
    assert first.rates == again.rates
    assert first.missing == again.missing
    assert first.sources == again.sources


def _shuffled(frame, chance):
    order = list(range(frame.height))
    chance.shuffle(order)
    return frame[order]


@settings(max_examples=30, deadline=None)
@given(years(), st.sets(st.integers(1, 12), min_size=1))
def test_own_minutes_are_sums(year, months):
    whole = merge(list(contributions(year)))
    found = own_output(whole, On.OPENED, months)
    for hospital, rows in year["rows"].items():
        if not rows:
            continue
        got = found.groups[GroupKey(hospital, "0303", "poort")]
        counts = {
            code: sum(n for month, n in volumes.items() if month in months) for code, (volumes, _) in rows.items()
        }
        assert got.minutes == sum(counts[code] * price for code, (_, price) in rows.items() if price is not None)
        assert got.volume == sum(counts.values())
        assert got.unpriced == sum(counts[code] for code, (_, price) in rows.items() if price is None)


def test_large_numbers_do_not_overflow():
    counts = {f"open_{month:02}": 10**11 for month in range(1, 13)}
    minutes = {f"open_min_{month:02}": 10**11 for month in range(1, 13)}
    one = small("h1", [{"code": str(code), **counts, **minutes} for code in range(5)])
    table = NormTable(
        pl.DataFrame(
            [(2027, "0303", "zorgproduct", str(code), 10**9) for code in range(5)], schema=SCHEMA, orient="row"
        ),
        "n",
    )
    found = priced_output(one, table, 2027)
    assert found.groups[GroupKey("h1", "0303", "poort")].minutes == 5 * 12 * 10**11 * 10**9
