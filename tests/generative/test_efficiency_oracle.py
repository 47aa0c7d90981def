"""Efficiency against its oracle on generated contributions: rest rows, unknown diagnostics, nothing delivered, few patients."""

from fractions import Fraction

import polars as pl
import pytest
from efficiency_oracle import UNITS, efficiency
from hypothesis import given, settings
from hypothesis import strategies as st

from puntlanding.benchmark.drill_down import drill_down
from puntlanding.benchmark.efficiency import efficiencies
from puntlanding.benchmark.efficiency_trees import component_node, efficiency_node
from puntlanding.benchmark.efficiency_weights import EfficiencyWeights, unit_of
from puntlanding.benchmark.strata import compare, compare_with, reference_table
from puntlanding.contribution.tables import LAYOUTS, Counted, TableName, ordered, per_quarter
from puntlanding.explain import constant, recompute

pytestmark = pytest.mark.generative

LAYOUT = LAYOUTS[TableName.STRATA]
HOSPITALS = ("noord", "oost", "west", "zuid")


@st.composite
def strata(draw):
    """A few hospitals and strata, so that keys meet; each key once; with rest rows."""
    keys = st.tuples(
        st.sampled_from(HOSPITALS),
        st.sampled_from(("0303", "0313")),
        st.sampled_from(("0121", "0122", "overig")),
        st.sampled_from(("0-17", "18+", "alle")),
        st.sampled_from(("M", "V", "alle")),
    )
    dark = draw(st.sets(st.sampled_from(HOSPITALS), max_size=1))
    rows = []
    for one in draw(st.sets(keys, min_size=1, max_size=25)):
        row = dict(zip(LAYOUT.keys, one, strict=True))
        counts = draw(st.lists(st.integers(0, 40), min_size=7, max_size=7))
        first = draw(st.integers(1, 5))  # the quarter in which the stratum's care began; 5: nothing happened in it
        for counted, count in zip(Counted, counts, strict=True):
            for quarter, column in enumerate(per_quarter(counted), 1):
                row[column] = count * 7 // quarter if quarter >= first else 0
                if counted is Counted.DIAGNOSTICS:
                    row[column] = None if one[0] in dark else row[column] * 97
        rows.append(row)
    return rows


@st.composite
def questions(draw):
    rows = draw(strata())
    peers = {
        name: draw(st.sets(st.sampled_from(HOSPITALS)))
        for name in draw(st.sets(st.sampled_from(HOSPITALS), min_size=1))
    }
    if draw(st.booleans()):  # the common rules: everybody, with or without oneself
        own = draw(st.booleans())
        peers = {name: {one for one in HOSPITALS if own or one != name} for name in peers}
    weights = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "fysiek": st.integers(1, 500), "ic_dag": st.integers(0, 500),
                "ehealth": st.fractions(0, 1, max_denominator=10), "ehealth_grens": st.fractions(1, 3, max_denominator=4),
                "klinisch": st.fractions(0, 2, max_denominator=5), "diagnostisch": st.just(0), "kostenaandeel": st.just(0),
            },
        )
    )  # fmt: skip
    return rows, peers, draw(st.integers(1, 4)), draw(st.integers(1, 60)), weights


def frame(rows):
    return ordered(TableName.STRATA, pl.DataFrame(rows, schema=LAYOUT.schema))


def as_weights(given_weights):
    return EfficiencyWeights(
        {(None, name): constant("w", Fraction(value), unit_of(name)) for name, value in given_weights.items()}
    )


@given(questions())
def test_the_fast_one_is_the_plain_one(question):
    rows, peers, quarter, minimum, given_weights = question
    weights = as_weights(given_weights)
    comparison = compare(frame(rows), quarter, peers, minimum)
    found = efficiencies(comparison, weights)
    assert set(found) == {
        (one["ziekenhuis"], one["specialisme"])
        for one in rows
        if one["ziekenhuis"] in peers
        and any(one[f"k{q}_{what}"] for q in range(1, quarter + 1) for what in ("patienten", *UNITS))
    }
    for (hospital, specialism), figure in found.items():
        plain = efficiency(rows, hospital, specialism, peers[hospital], quarter, minimum, given_weights)
        assert figure.value == plain["value"]
        assert {str(name): one.value for name, one in figure.components.items() if one.value is not None} == plain[
            "components"
        ]
        assert (figure.sums.patients, figure.sums.left_out) == (plain["levels"], plain["left_out"])
        assert {str(unit): value for unit, value in figure.sums.actual.items()} == plain["actual"]
        assert {str(unit): value for unit, value in figure.sums.expected.items()} == plain["expected"]


@settings(max_examples=settings().max_examples // 3)
@given(questions())
def test_trees_and_drill_downs_add_up_to_the_figure(question):
    rows, peers, quarter, minimum, given_weights = question
    weights = as_weights(given_weights)
    comparison = compare(frame(rows), quarter, peers, minimum)
    for figure in efficiencies(comparison, weights).values():
        for component, one in figure.components.items():
            if one.value is not None:
                node = component_node(figure, component, comparison, weights)
                assert node.value == one.value == recompute(node)
        if figure.value is not None:
            node = efficiency_node(figure, comparison, weights)
            assert node.value == figure.value == recompute(node)
            found = drill_down(figure, comparison, weights)
            assert found.gap == figure.value - 1
            for component, one in figure.known.items():
                assert found.within(component) == one.value - 1


@settings(max_examples=settings().max_examples // 3)
@given(questions(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter_and_a_published_reference_does_as_well(question, random):
    rows, peers, quarter, minimum, given_weights = question
    weights = as_weights(given_weights)
    expected = efficiencies(compare(frame(rows), quarter, peers, minimum), weights)
    random.shuffle(rows)
    shuffled = pl.DataFrame(rows, schema=LAYOUT.schema)
    assert efficiencies(compare(shuffled, quarter, peers, minimum), weights) == expected
    for hospital, names in peers.items():
        published = reference_table(shuffled, quarter, names)
        own = shuffled.filter(pl.col("ziekenhuis") == hospital)
        found = efficiencies(compare_with(own, quarter, published, names, minimum), weights)
        assert found == {key: one for key, one in expected.items() if key[0] == hospital}


def test_means_are_of_all_counts():
    assert tuple(one for one in Counted if one is not Counted.PATIENTS) == UNITS
