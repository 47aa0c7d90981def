"""The parts of a comparison, on numbers that can be done by head."""

from dataclasses import replace
from fractions import Fraction

import pytest
from stages import agreement, fte, groups, ratio

from puntlanding.case.model import Case
from puntlanding.comparison import Kind, Proposal, change, compare, compensation
from puntlanding.comparison.by_type import by_type
from puntlanding.comparison.columns import Column, Sums
from puntlanding.comparison.old_model import GivenFte, old_model
from puntlanding.explain import Source, Unit, cell, constant, recompute
from puntlanding.scoring import EfficiencyFigure
from puntlanding.scoring.ex_post_model import ex_post_fte

pytestmark = pytest.mark.unit


def sums(unpaid=0, **groups):
    nodes = {name: constant("amount", value, Unit.CENTS, subject=name) for name, value in groups.items()}
    total = constant("amount", sum(groups.values()), Unit.CENTS)
    return Sums(nodes, total, constant("unpaid", unpaid, Unit.CENTS))


def column(letter, euros, frame=1_000):
    proposal = Proposal(letter, Kind.WHOLE, a_case())
    return Column(letter, proposal, None, euros, constant("frame", frame, Unit.CENTS))


def a_case(names=("KNO", "Oog", "Zaal"), budget=(4, 4, 2), realised=(5, 3, 2), **rest):
    def production(values):
        nodes = {
            name: cell("norm_fte", Fraction(v), Unit.FTE, Source("r.csv", 2, "norm_fte"), subject=name)
            for name, v in zip(names, values, strict=True)
        }
        return Typed(nodes)

    agreed = agreement(
        [{"naam": "A", "soort": "plafond"}], kader={"bedrag": "1000"}, **rest.pop("sections", {})
    )  # fmt: skip
    return Case(agreed, tuple(groups(*names)), {}, production(budget), production(realised), **rest)


class Typed(GivenFte):
    """Norm fte in contract A."""

    def measures(self, year):
        return {(name, "A"): measure for (name, _), measure in super().measures(year).items()}

    def outputs(self, year):
        return {(name, "A"): output for (name, _), output in super().outputs(year).items()}


def values(nodes):
    return {name: node.value for name, node in nodes.items()}


def test_who_gets_more_and_what_moves():
    found = change(sums(KNO=130, Oog=70, Zaal=40, unpaid=60), sums(KNO=100, Oog=100, Zaal=50, unpaid=50), constant("frame", 300, Unit.CENTS))  # fmt: skip
    assert values(found.groups) == {"KNO": 30, "Oog": -30, "Zaal": -10}
    assert values(found.shares) == {"KNO": Fraction(3, 10), "Oog": Fraction(-3, 10), "Zaal": Fraction(-1, 5)}
    assert (found.gainers, found.losers) == (("KNO",), ("Oog", "Zaal"))
    assert (found.moved.value, found.moved_share.value) == (30, Fraction(1, 10))
    assert (found.total.value, found.unpaid.value) == (-10, 10)
    assert recompute(found.moved) == 30


def test_a_share_of_nothing_is_not_told():
    found = change(sums(KNO=5), sums(KNO=0))
    assert found.shares == {"KNO": None}
    assert found.total_share is None


@pytest.mark.parametrize(
    ("before", "now", "within", "needed"),
    [
        (10_000, 9_500, "0.05", 0),
        (10_000, 9_499, "0.05", 1),
        (10_001, 9_500, "0.05", 1),  # 9,500.95 rounded up
        (10_000, 12_000, "0", 0),
        (-1_000, -1_049, "0.05", 0),
        (-1_000, -1_060, "0.05", 10),
        (0, -7, "0.5", 7),
    ],
)
def test_compensation_is_the_fewest_cents(before, now, within, needed):
    found = compensation(column("B", sums(KNO=now)), column("A", sums(KNO=before)), ratio(within))
    assert found.total.value == found.groups["KNO"].value == needed
    assert recompute(found.groups["KNO"]) == needed
    assert found.share.value == Fraction(needed, 1_000)


def test_compensation_needs_euros_on_both_sides():
    assert compensation(column("B", None), column("A", sums(KNO=1)), ratio("0.1")) is None


def test_the_old_model_weighs_three_parameters():
    weights = agreement(prestatiemodel={"input": "0.3", "output": "0.5", "efficiency": "0.2"}).old_model
    found = ex_post_fte({"KNO": fte(10), "Oog": fte(5)}, {"KNO": fte(8), "Oog": fte(6)}, {"KNO": ratio("1.1")}, weights)
    assert values(found) == {"KNO": Fraction("9.6"), "Oog": Fraction("5.3")}  # 2.4 + 5 + 2.2; 1.8 + 2.5 + 1
    assert recompute(found["KNO"]) == Fraction("9.6")


def input_of(**given):
    return {name: constant("input_fte", Fraction(value), Unit.FTE, subject=name) for name, value in given.items()}


def test_the_shadow_run_divides_the_whole_frame_by_shares():
    case = a_case(input_fte=input_of(KNO=4, Oog=4, Zaal=2))
    found = compare(Proposal("A", Kind.OWN, case), old_model(case))
    old, two = found.of(Kind.OLD), found.of(Kind.TWO)
    # 0.3 × input + 0.7 × output, no efficiency: 4.7, 3.3 and 2 of 10
    assert values(old.fte.groups) == {"KNO": Fraction("4.7"), "Oog": Fraction("3.3"), "Zaal": 2}
    assert values(old.euros.groups) == {"KNO": 47_000, "Oog": 33_000, "Zaal": 20_000}
    assert values(two.euros.groups) == {"KNO": 50_000, "Oog": 30_000, "Zaal": 20_000}
    assert values(found.parameters.groups) == {"KNO": 3_000, "Oog": -3_000, "Zaal": 0}
    assert old.euros.unpaid.value == two.euros.unpaid.value == 0
    assert found.own.euros.unpaid.value == 10_000  # under a ceiling
    assert found.reference is old


def test_the_shadow_run_uses_the_realised_efficiency():
    figures = tuple(EfficiencyFigure("KNO", year, ratio("1.2")) for year in (2025, 2026))
    case = a_case(input_fte=input_of(KNO=4, Oog=4, Zaal=2), efficiency=figures)
    old, two = compare(Proposal("A", Kind.OWN, case), old_model(case)).columns[1:]
    assert old.fte.groups["KNO"].value == Fraction("4.9")  # 1.2 + 2.5 + 0.2 × 6
    assert two.fte.groups["KNO"].value == Fraction("5.2")  # 5 × (0.8 + 0.2 × 1.2)


def test_what_the_old_model_lacks_is_said():
    def lacking(case):
        return [[problem.code for problem in one.problems] for one in old_model(case)]

    assert lacking(a_case()) == [["old_model_needs"], []]
    assert lacking(a_case(input_fte=input_of(KNO=4, Oog=4))) == [["old_model_no_input"], []]
    assert lacking(replace(a_case(), realisation=None)) == [["old_model_needs", "old_model_needs"], ["old_model_needs"]]
    without = {"prestatiemodel": {"input": "0", "output": "0.8", "efficiency": "0.2"}}
    assert lacking(a_case(sections=without)) == [[], []]


def test_each_type_settles_every_contract():
    agreed = agreement(
        [{"naam": "A", "soort": "plafond"}, {"naam": "B", "soort": "plafond_bandbreedte", "bandbreedte": "0.03"}]
    )
    found = {name: (one, notes) for name, one, notes in by_type(agreed, {})}
    assert list(found) == [
        "plafond", "plafond, naar_rato", "plafond_bandbreedte", "aanneemsom", "meerjaren_aanneemsom", "schaduwdraaien",
    ]  # fmt: skip
    band, notes = found["plafond_bandbreedte"]
    assert [one.settings["bandbreedte"].value for one in band.contracts] == [Fraction("0.05"), Fraction("0.03")]
    assert notes == (
        ("bandbreedte 5 % (van gepubliceerd rekenvoorbeeld 5); B: eigen waarde",
         "bandbreedte 5 % (of published worked example 5); B: own value"),
    )  # fmt: skip
    assert found["plafond, naar_rato"][0].redistribute
    assert not found["plafond"][0].redistribute
    given = {name: one for name, one, _ in by_type(agreed, {"bandbreedte": Fraction("0.1")})}
    assert given["plafond_bandbreedte"].contract("A").settings["bandbreedte"].value == Fraction("0.1")


def test_more_columns_than_letters_is_a_fault():
    own = Proposal("A", Kind.OWN, a_case())
    with pytest.raises(ValueError, match="letters"):
        compare(own, [own] * 26)
