"""Peers, rates and their spread, by hand."""

from fractions import Fraction

import pytest

from puntlanding.agreement import Comparison, PeerMethod
from puntlanding.benchmark.ex_ante import as_agreed
from puntlanding.benchmark.explained import Origins, rate_tree
from puntlanding.benchmark.output import MISSING, Effects, GroupOutput, Output
from puntlanding.benchmark.peers import GroupKey, Own, PeerRule, PeersBy, peer_hospitals, require_listed
from puntlanding.benchmark.rates import Lacking, Measure, concerning, doubts, measures, rates
from puntlanding.benchmark.spread import HALF, QUARTER, position, quantile, spread
from puntlanding.explain import leaves, recompute
from puntlanding.problems import InputError
from small_contribution import about

pytestmark = pytest.mark.unit

HOUR = 6000
GROUP = ("0303", "poort")


def key(hospital):
    return GroupKey(hospital, *GROUP)


def houses(**kinds):
    return [about(name, kind) for name, kind in kinds.items()]


def measured(**given):
    """hospital=(hours, fte)"""
    return {key(name): Measure(Fraction(hours) * HOUR, Fraction(fte)) for name, (hours, fte) in given.items()}


FOUR = measured(a=(100, 1), b=(440, 2), c=(900, 3), d=(160, 1))  # rates 100, 220, 300, 160
ALIKE = houses(a="umc", b="umc", c="umc", d="umc")


def benchmark(hospital, rule=None, method=PeerMethod.POOLED, given=FOUR, hospitals=ALIKE):
    return rates(given, hospitals, rule, method).groups[key(hospital)]


def test_quartiles_lie_on_the_line_between_two_values():
    values = [Fraction(one) for one in (100, 160, 220, 300)]
    assert quantile(values, QUARTER) == 145
    assert quantile(values, HALF) == 190
    assert spread(values) == spread(values[:])
    assert (spread(values).upper, spread(values).count) == (240, 4)
    assert quantile(values[:1], QUARTER) == 100


def test_a_position_counts_equals_apart():
    found = position(Fraction(2), [Fraction(one) for one in (1, 2, 2, 3)])
    assert (found.below, found.equal, found.others) == (1, 2, 4)


@pytest.mark.parametrize(
    ("method", "own", "expected"),
    [
        (PeerMethod.POOLED, Own.IN, Fraction(1600, 7)),
        (PeerMethod.MEAN, Own.IN, Fraction(195)),
        (PeerMethod.MEDIAN, Own.IN, Fraction(190)),
        (PeerMethod.POOLED, Own.OUT, Fraction(700, 4)),
        (PeerMethod.MEAN, Own.OUT, Fraction(160)),
        (PeerMethod.MEDIAN, Own.OUT, Fraction(160)),
    ],
)
def test_the_rate_of_the_peers(method, own, expected):
    found = benchmark("c", PeerRule(PeersBy.ALL, own), method)
    assert found.rate == expected
    assert found.own == 300
    assert found.norm_fte == 900 / expected
    assert (found.position.below, found.position.others) == (3, 3)
    assert found.spread.count == (4 if own is Own.IN else 3)


def test_peers_are_of_the_same_type():
    hospitals = houses(a="umc", b="umc", c="algemeen", d="algemeen")
    assert benchmark("a", hospitals=hospitals).rate == Fraction(540, 3)
    assert peer_hospitals(hospitals, PeerRule(), "a") == {"a", "b"}
    assert peer_hospitals(hospitals, PeerRule(own=Own.OUT), "a") == {"b"}
    assert peer_hospitals(hospitals, PeerRule(PeersBy.ALL), "a") == set("abcd")


def test_who_is_not_on_the_list_is_measured_against_it():
    rule = PeerRule(PeersBy.LIST, Own.IN, ("a", "d"))
    assert benchmark("a", rule).rate == 130
    found = benchmark("b", rule)
    assert (found.rate, found.own, found.position.below, found.position.others) == (130, 220, 2, 2)
    assert peer_hospitals(ALIKE, rule, "b") == {"a", "d"}
    assert benchmark("b", PeerRule(PeersBy.LIST, Own.OUT, ("a", "d"))).rate == 130


def test_a_list_names_hospitals_that_are_there():
    with pytest.raises(InputError) as caught:
        require_listed(PeerRule(PeersBy.LIST, listed=("noord", "zuidd")), ["noord", "zuid"], "lijst.csv")
    assert [(one.code, one.value, one.details["close"]) for one in caught.value.problems] == [
        ("peers_unknown", "zuidd", "zuid")
    ]
    with pytest.raises(InputError, match="peers_empty"):
        require_listed(PeerRule(PeersBy.LIST), ["noord"], "lijst.csv")


def test_without_a_type_there_is_no_benchmark():
    found = rates(FOUR, houses(a=None, b="umc", c="umc", d="umc"))
    assert (found.groups[key("a")].rate, found.groups[key("a")].lacking) == (None, Lacking.KIND)
    assert found.groups[key("a")].own == 100
    assert found.groups[key("b")].rate == 250
    assert [one.code for one in doubts(found)] == ["benchmark_no_kind"]


def test_alone_there_is_nobody_to_compare_with():
    hospitals = houses(a="umc", b="algemeen", c="algemeen", d="algemeen")
    out = rates(FOUR, hospitals, PeerRule(own=Own.OUT))
    assert (out.groups[key("a")].rate, out.groups[key("a")].lacking) == (None, Lacking.PEERS)
    assert out.groups[key("a")].spread is None
    assert [one.code for one in doubts(out)] == ["benchmark_no_peers"]
    assert [one.code for one in doubts(rates(FOUR, hospitals))] == ["benchmark_one_hospital"]


def test_two_hospitals_can_compute_each_other():
    found = rates(FOUR, houses(a="umc", b="umc", c="zbc", d="algemeen"), PeerRule(own=Own.OUT))
    assert found.groups[key("a")].rate == 220
    said = doubts(found)
    assert ("benchmark_two_hospitals", "umc: 0303 poort") in [(one.code, one.value) for one in said]
    mine = concerning(said, found, "c")
    assert [(one.code, one.value) for one in mine] == [("benchmark_no_peers", "c · 0303 poort")]


def output(**given):
    """hospital=(minutes, volume, priced)"""
    found = {
        key(name): GroupOutput(Fraction(minutes), Fraction(minutes), Effects(), Fraction(volume), Fraction(0), priced)
        for name, (minutes, volume, priced) in given.items()
    }
    return Output(found, __import__("polars").DataFrame(schema=MISSING))


def test_who_cannot_be_measured_is_no_peer_and_is_told():
    hospitals = [
        about("a", "umc", {GROUP: "1"}), about("b", "umc", {GROUP: "0"}), about("c", "umc", {GROUP: "2"}),
        about("d", "umc", {GROUP: "2"}),
    ]  # fmt: skip
    got = measures(output(a=(HOUR, 3, True), b=(HOUR, 3, True), c=(0, 5, False)), hospitals)
    found = rates(got, hospitals)
    assert [one.measure.lacking for one in found.groups.values()] == [
        None, Lacking.FTE, Lacking.NORM_TIMES, Lacking.PRODUCTION,
    ]  # fmt: skip
    assert {one.rate for one in found.groups.values()} == {1}
    assert found.groups[key("b")].norm_fte == 1
    assert found.groups[key("c")].norm_fte is None
    assert [one.code for one in doubts(found)] == [
        "benchmark_no_fte", "benchmark_no_norm_times", "benchmark_no_production", "benchmark_one_hospital",
    ]  # fmt: skip


@pytest.mark.parametrize("method", PeerMethod)
@pytest.mark.parametrize("own", Own)
@pytest.mark.parametrize("hospital", "abcd")
def test_a_rate_follows_from_its_leaves(method, own, hospital):
    found = rates(FOUR, ALIKE, PeerRule(own=own), method)
    effects = Effects(structure=Fraction(7), coverage=Fraction(-3))
    groups = {
        name: GroupOutput(one.minutes - 4, one.minutes, effects, Fraction(1), Fraction(0), True)
        for name, one in FOUR.items()
    }
    origins = Origins({name: f"{name}.bijdrage" for name in "abcd"}, ("structuur.csv", "", "", "normen.csv"))
    tree = rate_tree(found, Output(groups, None), key(hospital), origins)
    assert tree.value == found.groups[key(hospital)].rate == recompute(tree)
    places = {leaf.source.file for leaf in leaves(tree) if leaf.source}
    assert f"{hospital}.bijdrage" not in places or own is Own.IN
    if method is not PeerMethod.MEDIAN:
        peers = set("abcd") - ({hospital} if own is Own.OUT else set())
        assert places == {"structuur.csv", "normen.csv", *(f"{one}.bijdrage" for one in peers)}


def test_the_agreement_says_the_rule():
    assert as_agreed(Comparison()) == (PeerRule(), PeerMethod.POOLED)
    agreed = Comparison(by_type=False, method=PeerMethod.MEDIAN, own_group=False)
    assert as_agreed(agreed) == (PeerRule(PeersBy.ALL, Own.OUT), PeerMethod.MEDIAN)


def test_a_rule_survives_its_record():
    rule = PeerRule(PeersBy.LIST, Own.OUT, ("a", "b"))
    assert PeerRule.of(rule.as_record()) == rule
