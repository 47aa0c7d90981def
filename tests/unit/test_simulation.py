"""Draws of a year: what they are drawn from, that they are the same on any number of threads, and what is made of them."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from puntlanding.case import load_case
from puntlanding.case.spread_list import read_spreads
from puntlanding.contract_types import Position
from puntlanding.explain import Unit, constant, setting
from puntlanding.forecast.result import Estimate
from puntlanding.norms.columnar import FrameProduction
from puntlanding.norms.production import LineProduction, Measure, Production
from puntlanding.problems import InputError
from puntlanding.settlement.redistribution import redistribute
from puntlanding.simulation.centres import around, listed, one_spread
from puntlanding.simulation.drawing import CHUNK, Asked, draw
from puntlanding.simulation.draws import Draws, drawn, floats
from puntlanding.simulation.noise import noise
from puntlanding.simulation.products import products_of
from puntlanding.simulation.result import About, Spread, figures
from puntlanding.simulation.simulate import Proposal, simulate
from puntlanding.simulation.volumes import Drawable, Estimated, Spreads, Volumes, spread_volumes
from puntlanding.stage import Stage
from puntlanding.year import Year

pytestmark = pytest.mark.unit

ABOUT = About("prognose", "prognose.csv", Spread.OPTION, 0.25)
AGREEMENT = """[afspraak]
organisatie = "MSB Proef"
jaar = 2026

[[contract]]
naam = "A"
soort = "plafond"

[[contract]]
naam = "B"
soort = "plafond_bandbreedte"
bandbreedte = 0.05

[afrekening]
herverdeling = "naar_rato"
maximum_overproductie = 0.05

[kader]
bedrag = 5_000_000
"""
TIMES = {"000000001": 30, "000000002": 45, "000000003": 300}


def made(folder: Path, agreement: str = AGREEMENT) -> Path:
    """Two groups in two contracts with three products each, a budget and a forecast."""
    folder.mkdir(exist_ok=True)
    (folder / "afspraak.toml").write_text(agreement)
    (folder / "vakgroepen.csv").write_text("vakgroep;specialisme;rol\nOog;0301;poort\nKNO;0302;poort\n")
    (folder / "benchmark.csv").write_text("vakgroep;normuren_per_fte\nOog;1500\nKNO;1600\n")
    times = [f"2026;{of};zorgproduct;{code};{m}" for of in ("0301", "0302") for code, m in TIMES.items()]
    (folder / "normtijden.csv").write_text("\n".join(["jaar;specialisme;soort;code;minuten", *times]))
    for table, factor in (("begroting", 100), ("prognose", 104)):
        rows = [
            f"{group};{contract};{code};{factor * many}"
            for group, much in (("Oog", 3), ("KNO", 2))
            for contract in "AB"
            for many, code in zip((much, 2 * much, much), TIMES, strict=True)
        ]
        (folder / f"{table}.csv").write_text("\n".join(["vakgroep;contract;zorgproduct;aantal", *rows]))
    return folder


@pytest.fixture
def case(tmp_path):
    loaded = load_case(made(tmp_path / "case")).checked()
    return around(loaded, loaded.forecast)[0]


def volumes(case, spread=0.05, correlation=0.25, **rest):
    pairs = case.realisation.measures(2026)
    return spread_volumes(case.realisation, 2026, Spreads(dict.fromkeys(pairs, spread), correlation, **rest))


@pytest.mark.parametrize("spread", [0.01, 0.1, 0.3, 0.6, 1.0])
def test_noise_has_mean_one_the_spread_asked_for_and_is_never_below_zero(spread):
    found = noise(spread)
    normal = np.random.Generator(np.random.PCG64(7)).standard_normal(1_000_000)
    values = np.maximum(found.at + found.by * normal, 0.0) ** 3
    assert values.mean() == pytest.approx(1.0, abs=4 * spread / 1000)
    assert values.std() == pytest.approx(spread, rel=0.02)
    assert values.min() >= 0


def test_noise_is_close_to_what_counting_gives():
    """The skewness of a count of 25 is 1/√25; that of a gamma with the same spread twice as much: it errs to the careful side."""
    found = noise(1 / math.sqrt(25))
    normal = np.random.Generator(np.random.PCG64(7)).standard_normal(1_000_000)
    values = np.maximum(found.at + found.by * normal, 0.0) ** 3
    skewness = ((values - values.mean()) ** 3).mean() / values.std() ** 3
    assert 0.2 < skewness < 0.45


@pytest.mark.parametrize("threads", [2, 4])
def test_any_number_of_threads_gives_the_same_draws(case, threads):
    alone = draw(volumes(case), Asked(2_300, 5, 1))
    together = draw(volumes(case), Asked(2_300, 5, threads))
    assert alone.keys() == together.keys()
    assert all((alone[key] == together[key]).all() for key in alone)


def test_the_order_of_the_chunks_makes_no_difference_and_more_draws_begin_with_the_same(case):
    one = draw(volumes(case), Asked(3 * CHUNK, 5))
    other = draw(volumes(case), Asked(3 * CHUNK, 5), order=(2, 0, 1))
    more = draw(volumes(case), Asked(3 * CHUNK + 77, 5))
    for key, values in one.items():
        assert (values == other[key]).all()
        assert (values == more[key][: 3 * CHUNK]).all()


def test_another_seed_gives_other_draws(case):
    one, other = (draw(volumes(case), Asked(500, seed)) for seed in (1, 2))
    assert all((one[key] != other[key]).any() for key in one)


def test_draws_lie_around_the_centre_with_the_spread_of_group_and_products(case):
    planned = volumes(case, 0.05)
    found = draw(planned, Asked(100_000, 1, 4))
    for part in planned.parts:
        values, centre = found[part.group, part.contract], float(part.centre)
        own = sum((mean * _sd(one)) ** 2 for mean, one in zip(part.means, part.noises, strict=True))
        sd = math.sqrt((0.05 * centre) ** 2 + own * (1 + 0.05**2))
        assert values.mean() == pytest.approx(centre, abs=4 * sd / math.sqrt(100_000))
        assert values.std() == pytest.approx(sd, rel=0.02)


def _sd(one):
    return 3 * one.by / one.at  # of small noise, to the first order


def test_groups_move_together_as_far_as_they_are_correlated():
    parts = tuple(Drawable(name, "A", Measure.HOURS, Fraction(1000), noise(0.05)) for name in "abc")
    for correlation in (0.0, 0.6):
        found = draw(Volumes(parts, correlation), Asked(50_000, 3, 4))
        seen = np.corrcoef([found[name, "A"] for name in "abc"])
        assert seen[0, 1] == pytest.approx(correlation, abs=0.03)
        assert seen[1, 2] == pytest.approx(correlation, abs=0.03)


def test_a_forecast_is_drawn_with_its_bounds_and_never_below_what_is_closed():
    whole = Estimate(60_000_0, 60.0, 40.0, 8.0)
    parts = tuple(
        Drawable(
            "a", name, Measure.HOURS, Fraction(0), noise(0), estimated=Estimated(mean, 8.0 * share, 0.0, share, 6.0)
        )
        for name, mean, share in (("A", 120.0, 0.6), ("B", 80.0, 0.4))
    )
    found = draw(Volumes(parts, 0.3), Asked(100_000, 3, 4))
    both = found["a", "A"] + found["a", "B"]
    inside = (
        (both >= 200 - (whole.interval80.high - whole.forecast))
        & (both <= 200 + (whole.interval80.high - whole.forecast))
    ).mean()
    assert inside == pytest.approx(0.8, abs=0.01)  # who comes under which contract adds up to nothing
    assert found["a", "A"].std() > 8.0 * 0.6
    closed = Drawable("a", "A", Measure.HOURS, Fraction(0), noise(0), estimated=Estimated(100.0, 8.0, 95.0))
    assert draw(Volumes((closed,), 0.3), Asked(5_000, 1))["a", "A"].min() == 95.0


def test_spread_zero_gives_the_settlements_own_euros(case):
    found = simulate([Proposal("A", case)], volumes(case, 0.0), Asked(100, 1), ABOUT)
    own = Year(case)
    risks = found.tried[0].risks
    for row, group in zip(own.distribution.rows, risks.groups, strict=True):
        assert group.euros.mean == pytest.approx(float(row.paid.value), abs=0.5 * len(own.distribution.rows))
        assert group.euros.sd == 0
        assert group.euros.p5 == group.euros.p95
    for row, group in zip(own.settlement.rows, risks.groups, strict=True):
        assert group.paid.mean == pytest.approx(float(row.line.paid.value), rel=1e-12)
        assert (group.over, group.under) == (1.0, 0.0)


def test_a_group_that_is_certain_has_products_that_do_not_vary(case):
    pairs = case.realisation.measures(2026)
    spreads = Spreads({pair: 0.0 if pair[0] == "Oog" else 0.1 for pair in pairs}, 0.25)
    found = draw(spread_volumes(case.realisation, 2026, spreads), Asked(500, 1))
    assert np.ptp(found["Oog", "A"]) == 0
    assert np.ptp(found["KNO", "A"]) > 0


def test_one_product_of_a_certain_group_may_vary_by_itself(case):
    pairs = case.realisation.measures(2026)
    spreads = Spreads(dict.fromkeys(pairs, 0.0), 0.25, {("Oog", "A", "000000003"): 0.2})
    found = draw(spread_volumes(case.realisation, 2026, spreads), Asked(20_000, 1))
    hours = 312 * 300 / 60
    assert found["Oog", "A"].std() == pytest.approx(0.2 * hours, rel=0.03)
    assert np.ptp(found["Oog", "B"]) == 0


def test_many_products_drawn_together_keep_their_mean_and_variance(case, monkeypatch):
    alone = volumes(case, 0.05)
    monkeypatch.setattr("puntlanding.simulation.volumes.MOST_ALONE", 1)
    monkeypatch.setattr("puntlanding.simulation.volumes.ALIKE", 2.0)
    together = volumes(case, 0.05)
    assert (alone.alone, together.alone) == (True, False)
    for one, other in zip(alone.parts, together.parts, strict=True):
        assert len(other.means) < len(one.means)
        assert sum(other.means) == pytest.approx(sum(one.means), rel=1e-12)
        first, second = (sum((m * _sd(n)) ** 2 for m, n in zip(p.means, p.noises, strict=True)) for p in (one, other))
        assert second == pytest.approx(first, rel=0.01)


def test_agreements_are_compared_in_the_same_draws(case):
    """The same agreement twice: no difference in any draw."""
    found = simulate([Proposal("A", case), Proposal("B", case)], volumes(case), Asked(500, 1), ABOUT)
    assert found.tried[0].risks == found.tried[1].risks
    assert all(one.figures.sd == 0 and one.more == 0 and one.less == 0 for one in found.tried[1].differences)


def test_what_is_divided_is_the_frame_in_every_draw(case):
    found = simulate([Proposal("A", case)], volumes(case), Asked(500, 1), ABOUT).tried[0].risks
    assert found.total.euros.mean + found.left.figures.mean == pytest.approx(500_000_000, abs=1)


def test_an_agreement_that_cannot_be_settled_is_refused_by_itself(case):
    without = replace(case, agreement=replace(case.agreement, contracts=()))
    found = simulate([Proposal("A", case), Proposal("B", without)], volumes(case), Asked(100, 1), ABOUT)
    assert [one.risks is None for one in found.tried] == [False, True]
    assert [one.code for one in found.tried[1].refused] == ["needs_contract"]


def test_figures_of_known_numbers():
    found = figures(np.arange(101.0))
    assert (found.mean, found.median, found.p5, found.p95) == (50, 50, 5, 95)
    assert found.worst == 2.0  # of 0 to 4
    assert figures(np.arange(101.0), highest=True).worst == 98.0


def test_water_is_filled_draw_by_draw():
    pool = Draws(np.array([10.0, 4.0, 100.0]))
    over = [drawn(np.array(values)) for values in ([5.0, 5.0, 5.0], [20.0, 0.0, 20.0])]
    limits = [drawn(np.array(values)) for values in ([1.0, 5.0, 5.0], [20.0, 0.0, 20.0])]
    first, second = (one.values for one in pool.filled(over, limits))
    assert first == pytest.approx([1.0, 4.0, 5.0])
    assert second == pytest.approx([9.0, 0.0, 20.0])


def test_draws_have_no_order():
    with pytest.raises(TypeError):
        _ = Draws(np.zeros(2)) < 1


def spread_list(tmp_path, *rows):
    path = tmp_path / "spreiding.csv"
    path.write_text("\n".join(["vakgroep;contract;zorgproduct;spreiding", *rows]))
    return path


PAIRS = (("Oog", "A"), ("Oog", "B"), ("KNO", "A"))


def test_the_row_that_says_most_counts(tmp_path):
    rows = ("alle;;;0,10", "Oog;;;0,05", "oog;B;;0,02", "alle;A;;0,08", "Oog;;000000001;0,3")
    found = read_spreads(spread_list(tmp_path, *rows), PAIRS)
    assert [found.of(*pair) for pair in PAIRS] == [Fraction("0.05"), Fraction("0.02"), Fraction("0.08")]
    assert found.of_product("Oog", "A", "000000001") == Fraction("0.3")
    assert found.of_product("KNO", "A", "000000001") is None


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        (("Oog;;;-0,1", "KNO;;;0,1"), ["negative"]),
        (("Oog;;;1", "KNO;;;0,1"), ["spread_bounds"]),
        (("Oog;;;5", "KNO;;;0,1"), ["spread_bounds"]),
        (("Ogg;;;0,1", "alle;;;0,1"), ["spread_group"]),
        (("alle;C;;0,1",), ["spread_contract"]),
        (("Oog;;;0,1",), ["spread_group_missing"]),
        (("alle;;;0,1", "Oog;;;0,1", "Oog;;;0,2"), ["list_row_twice"]),
        (("alle;;000000001;0,1",), ["spread_product_group"]),
    ],
)
def test_what_is_wrong_in_the_list_is_named(tmp_path, rows, codes):
    with pytest.raises(InputError) as error:
        read_spreads(spread_list(tmp_path, *rows), PAIRS)
    assert [one.code for one in error.value.problems] == codes


def test_a_product_that_is_not_there_is_named(case, tmp_path):
    told = read_spreads(
        spread_list(tmp_path, "alle;;;0,1", "Oog;;000000009;0,1"), tuple(case.realisation.measures(2026))
    )
    with pytest.raises(InputError) as error:
        listed(case.realisation, 2026, told, 0.25)
    assert [(one.code, one.value) for one in error.value.problems] == [("spread_product", "000000009")]


def test_one_spread_is_for_all(case):
    assert one_spread(case.realisation, 2026, 0.05, 0.25) == volumes(case)


def test_the_centre_can_be_settled_as_it_is(case):
    assert not Year(case).missing(Stage.DISTRIBUTE)


@pytest.mark.parametrize("maximum", [None, 0, Fraction("0.02"), Fraction("0.1")])
def test_many_groups_are_redistributed_as_the_exact_rule_does_draw_by_draw(maximum):
    """27 groups, 100 draws: who produced over, and whose limit binds, differs in each."""
    chance = np.random.Generator(np.random.PCG64(11))
    budgets = [Fraction(int(one), 10) for one in chance.integers(0, 200, 27)]
    made_ = [[budget * Fraction(int(one), 100) for one in chance.integers(85, 116, 100)] for budget in budgets]
    most = None if maximum is None else setting("maximum", Fraction(maximum), Unit.RATIO, None)

    def positions(values):
        return [
            Position(
                f"groep {at:02d}",
                "A",
                constant("budgeted", budget, Unit.FTE),
                replace(constant("realised", 0, Unit.FTE), value=value),
            )
            for at, (budget, value) in enumerate(zip(budgets, values, strict=True))
        ]

    found = redistribute(positions([drawn(np.array([float(one) for one in row])) for row in made_]), most)
    for at in range(100):
        exact = redistribute(positions([row[at] for row in made_]), most)
        for name, node in found.items():
            expected = float(exact[name].value) if name in exact else 0.0
            assert floats(node, 100)[at] == pytest.approx(expected, abs=1e-9)


def test_products_are_the_same_from_rows_columns_and_trees(case):
    """Every way of holding a file tells the same products, in the order of their codes."""

    @dataclass(frozen=True)
    class AsTrees:
        of: Production

        def outputs(self, year):
            return self.of.outputs(year)

    lines = case.realisation
    assert isinstance(lines, LineProduction)
    times = {(one.group, one.code): one.norm_time.minutes for one in lines.lines}
    frame = pl.DataFrame(
        [
            (
                at, one.group, one.contract, one.year, one.code, int(one.amount * 10**6),
                int(times[one.group, one.code] * 10**6), at,
            )
            for at, one in enumerate(reversed(lines.lines))
        ],
        schema=["row", "group", "contract", "year", "code", "volume", "minutes", "norm_row"], orient="row",
    )  # fmt: skip
    told = products_of(lines, 2026)
    assert told == products_of(FrameProduction("a", "b", frame), 2026) == products_of(AsTrees(lines), 2026)
    assert [one.code for one in told["Oog", "A"]] == list(TIMES)
    assert [one.volume for one in told["Oog", "A"]] == [312.0, 624.0, 312.0]
    assert [one.minutes for one in told["Oog", "A"]] == [312.0 * 30, 624.0 * 45, 312.0 * 300]


def test_the_order_of_rows_makes_no_difference(case):
    turned = replace(case.realisation, lines=tuple(reversed(case.realisation.lines)))
    one, other = (draw(volumes(replace(case, realisation=of)), Asked(500, 1)) for of in (case.realisation, turned))
    assert one.keys() == other.keys()
    assert all((one[key] == other[key]).all() for key in one)
