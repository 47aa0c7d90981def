"""The examples worked out by hand on the page about benchmark and efficiency, against the program."""

from fractions import Fraction
from pathlib import Path

import pytest

from puntlanding.agreement import PeerMethod
from puntlanding.benchmark.drill_down import by_measure, drill_down
from puntlanding.benchmark.efficiency import efficiencies
from puntlanding.benchmark.efficiency_weights import STANDARD_COSTS, Component, EfficiencyWeights
from puntlanding.benchmark.output import On, own_output
from puntlanding.benchmark.peers import GroupKey, Own, PeerRule
from puntlanding.benchmark.rates import measures, rates
from puntlanding.benchmark.strata import compare
from puntlanding.contribution import merge
from puntlanding.quantities import fixed
from small_contribution import small

pytestmark = pytest.mark.unit

PAGE = (Path(__file__).resolve().parents[2] / "docs/explanation/benchmark-en-efficiency.md").read_text(encoding="utf-8")
GROUP = ("0303", "poort")
HOURS_AND_FTE = {"A": (5000, 2), "B": (6600, 3), "C": (2700, 1)}


def dutch(value, decimals):
    whole, _, rest = fixed(abs(value), decimals).partition(".")
    return f"{int(whole):,}".replace(",", ".") + (f",{rest}" if rest else "")


def found_rates(method, own):
    whole = merge(
        small(name, [{"open_01": 1, "open_min_01": hours * 6000}], fte={GROUP: str(fte)})
        for name, (hours, fte) in HOURS_AND_FTE.items()
    )
    return rates(measures(own_output(whole, On.OPENED), whole.hospitals), whole.hospitals, PeerRule(own=own), method)


@pytest.mark.parametrize("method", PeerMethod)
def test_the_three_ways_to_make_a_rate(method):
    rate = found_rates(method, Own.IN).groups[GroupKey("A", *GROUP)].rate
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| {method.value}"))
    assert row.endswith(f"| {dutch(rate, 1)} |")


@pytest.mark.parametrize("own", Own)
def test_the_norm_fte_of_group_a_with_and_without_itself(own):
    found = found_rates(PeerMethod.POOLED, own).groups[GroupKey("A", *GROUP)]
    assert dutch(found.rate, 1) == {Own.IN: "2.383,3", Own.OUT: "2.325,0"}[own]
    assert dutch(found.norm_fte, 2) == {Own.IN: "2,10", Own.OUT: "2,15"}[own]
    assert dutch(found.rate, 1) in PAGE
    assert dutch(found.norm_fte, 2) in PAGE


def stratum(age, sex, patients, visits, remote, days):
    counts = {"k1_patienten": patients, "k1_fysiek": visits, "k1_teleconsult": remote, "k1_verpleegdag": days}
    return {"leeftijd": age, "geslacht": sex, "k1_diagnostiek": 0, **counts}


@pytest.fixture(scope="module")
def efficiency():
    known = {f"k{quarter}_diagnostiek": 0 for quarter in (2, 3, 4)}
    own = [stratum("40-64", "M", 20, 40, 10, 10), stratum("65-74", "V", 10, 30, 0, 30)]
    peers = [stratum("40-64", "M", 50, 90, 30, 30), stratum("65-74", "V", 20, 48, 8, 50)]
    whole = merge(small(name, strata=[row | known for row in rows]) for name, rows in (("A", own), ("B", peers)))
    comparison = compare(whole.strata, 4, {"A": {"B"}})
    figure = efficiencies(comparison)["A", "0303"]
    return figure, drill_down(figure, comparison, EfficiencyWeights())


def test_the_efficiency_worked_out_by_hand(efficiency):
    figure, _ = efficiency
    steps = (
        figure.volume, figure.components[Component.OUTPATIENT].value, figure.components[Component.CLINICAL].value, figure.value,
    )  # fmt: skip
    assert [dutch(100 * step, 2) for step in steps] == ["90,67", "87,54", "92,50", "91,15"]
    assert all(f"{dutch(100 * step, 2)} %" in PAGE for step in steps)
    ehealth = figure.ehealth
    assert [dutch(100 * one, 1) for one in (ehealth.own, ehealth.reference, ehealth.ratio)] == ["12,5", "21,1", "59,4"]


def test_the_split_of_the_gap(efficiency):
    figure, found = efficiency
    effects = {line.measure: line.effect for line in by_measure(found)}
    assert sum(effects.values()) == found.gap == figure.value - 1
    names = {
        "fysiek": "fysiek consult", "teleconsult": "teleconsult", "verpleegdag": "verpleegdag", "ehealth": "e-health",
    }  # fmt: skip
    assert set(effects) == set(names)
    for measure, effect in effects.items():
        row = next(line for line in PAGE.splitlines() if line.startswith(f"| {names[measure]} |"))
        assert row.endswith(f"| {'−' if effect < 0 else '+'}{dutch(100 * effect, 2)} |")


def test_the_standard_costs_of_the_page():
    shown = [f"€ {dutch(Fraction(cents, 100), 0)}" for cents in STANDARD_COSTS.values() if cents > 1]
    assert ", ".join(shown[:2]) in PAGE
    assert ", ".join(shown[2:]) in PAGE
