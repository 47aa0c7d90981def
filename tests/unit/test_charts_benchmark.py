"""What the charts of benchmark and efficiency show: the own position, nobody else's name, few patients never apart, sums exact."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest
from chart_cases import DUTCH, ENGLISH, LETTERS, SOURCE, filled, texts, width

from puntlanding.agreement import PeerMethod
from puntlanding.benchmark.drill_down import drill_down
from puntlanding.benchmark.efficiency import efficiencies
from puntlanding.benchmark.efficiency_weights import EfficiencyWeights
from puntlanding.benchmark.ex_ante import Benchmark
from puntlanding.benchmark.explained import Origins
from puntlanding.benchmark.output import On, own_output
from puntlanding.benchmark.peers import PeerRule, PeersBy
from puntlanding.benchmark.rates import measures, rates
from puntlanding.benchmark.strata import compare
from puntlanding.charts.benchmark_distribution import benchmark_distribution
from puntlanding.charts.efficiency_strata import efficiency_strata
from puntlanding.charts.style import OURS, OVER, PALE, UNDER
from puntlanding.contribution import merge
from puntlanding.contribution.tables import LAYOUTS, TableName, ordered
from small_contribution import small

pytestmark = pytest.mark.unit

GROUP = ("0303", "poort")
RATES = {"noord": 2100, "oost": 1900, "zuid": 2000, "west": 2200, "midden": 2300}
LAYOUT = LAYOUTS[TableName.STRATA]


def benchmark(hours=None, **more):
    """Each hospital one fte of surgery; ``more``: hospital → hours of another specialism, 0320."""
    parts = []
    for name, of in (hours or RATES).items():
        rows = [{"open_01": 1, "open_min_01": of * 6000}]
        fte = {GROUP: "1"}
        if name in more:
            rows.append({"specialisme": "0320", "open_01": 1, "open_min_01": more[name] * 6000})
            fte[("0320", "poort")] = "1"
        parts.append(small(name, rows, fte=fte))
    whole = merge(parts)
    output = own_output(whole, On.OPENED)
    rule = PeerRule(PeersBy.ALL)
    found = rates(measures(output, whole.hospitals), whole.hospitals, rule, PeerMethod.POOLED)
    return Benchmark(2027, 2026, found, output, (), (), (), whole.names, "", {}, Origins({}, ("", "", "", "")))


def test_the_strip_is_the_spread_of_the_peers():
    picture = benchmark_distribution(benchmark(), "noord", SOURCE)
    assert picture.rows == (
        {
            "group": "0303 Heelkunde", "own": 2100, "rate": 2100, "minimum": 1900, "lower": 2000, "median": 2100, "upper": 2200,
            "maximum": 2300, "peers": 5,
        },
    )  # fmt: skip
    assert picture.title == "0303 Heelkunde: gelijk aan de benchmark van 2027"
    assert "2 van 4 lager" in texts(picture.svg())


def test_a_hospital_reads_where_it_stands():
    found = benchmark(noord=1000, zuid=3000)
    picture = benchmark_distribution(found, "zuid", SOURCE)
    assert picture.title == "zuid: 1 van 2 vakgroepen boven de benchmark van 2027, 1 eronder"
    one = benchmark_distribution(found, "zuid", SOURCE, ENGLISH, "0320")
    assert one.title == "0320 Cardiologie: 50.0 % above the benchmark of 2027"
    with pytest.raises(KeyError):
        benchmark_distribution(found, "oost", SOURCE, specialism="0320")


def test_no_other_hospital_is_named_in_any_form():
    picture = benchmark_distribution(benchmark(noord=1000, zuid=3000), "noord", SOURCE)
    told = str(picture.spec()) + picture.svg() + str(picture.rows) + picture.words
    assert not any(name in told for name in ("oost", "zuid", "west", "midden "))


def test_of_few_groups_no_spread_is_told():
    few = dict(list(RATES.items())[:4])
    picture = benchmark_distribution(benchmark(few), "noord", SOURCE)
    row = picture.rows[0]
    assert (row["own"], row["rate"]) == (2100, 2050)
    assert {row[key] for key in ("minimum", "lower", "median", "upper", "maximum")} == {None}
    assert "minder dan 5" in texts(picture.svg())
    assert "lager" not in picture.words
    told = str(picture.spec())
    assert not any(str(value) in told for value in (1900, 2200, "92.68"))
    assert filled(picture.svg(), PALE) == 0


def test_who_has_no_comparison_is_told_so():
    found = benchmark()
    key = next(one for one in found.rates.groups if one.hospital == "noord")
    lacking = replace(found.rates.groups[key], own=None, rate=None, spread=None, position=None)
    picture = benchmark_distribution(
        replace(found, rates=replace(found.rates, groups=found.rates.groups | {key: lacking})), "noord", SOURCE
    )
    assert picture.title == "0303 Heelkunde: geen vergelijking"
    assert "geen vergelijking" in texts(picture.svg())
    assert "NaN" not in picture.svg()


def row(hospital, patients, age="18-64", sex="V", group="0121", **units):
    keys = (hospital, "0303", group, age, sex)
    made = dict(zip(LAYOUT.keys, keys, strict=True)) | dict.fromkeys(LAYOUT.counts, 0)
    return made | {f"k1_{name}": count for name, count in {"patienten": patients, **units}.items()}


ROWS = (
    row("noord", 40, fysiek=120, verpleegdag=10), row("zuid", 60, fysiek=120, verpleegdag=60),
    row("noord", 20, sex="M", fysiek=20, teleconsult=15), row("zuid", 50, sex="M", fysiek=90, teleconsult=10),
    row("noord", 3, age="65+", fysiek=30), row("zuid", 20, age="65+", fysiek=40),
    row("noord", 4, age="0-17", fysiek=2), row("zuid", 20, age="0-17", fysiek=40),
)  # fmt: skip


def drilled(rows=ROWS):
    strata = ordered(TableName.STRATA, pl.DataFrame(list(rows), schema=LAYOUT.schema))
    comparison = compare(strata, 4, {"noord": ("noord", "zuid")}, 10)
    figure = efficiencies(comparison)["noord", "0303"]
    return figure, drill_down(figure, comparison, EfficiencyWeights())


@pytest.mark.parametrize("most", [1, 2, 15])
def test_the_strata_add_up_to_the_whole_difference(most):
    figure, found = drilled()
    picture = efficiency_strata(figure, found, SOURCE, most=most)
    effects = [one["effect"] for one in picture.rows]
    assert sum(effects[:-1]) == effects[-1] == 100 * (figure.value - 1)
    assert len(picture.rows) == min(most + 2, len(picture.rows))
    assert picture.rows[-1]["stratum"] == "verschil met 100 %"


def test_strata_stand_by_weight_times_difference():
    picture = efficiency_strata(*drilled(), SOURCE)
    sizes = [abs(one["effect"]) for one in picture.rows[:-1]]
    assert sizes == sorted(sizes, reverse=True)
    assert "0121 18-64 V · verpleegdag" in [one["stratum"] for one in picture.rows]
    svg = picture.svg()
    sides = [one["effect"] > 0 for one in picture.rows[:-1]]
    assert (filled(svg, UNDER), filled(svg, OVER), filled(svg, OURS)) == (sum(sides), len(sides) - sum(sides), 1)


def test_of_few_patients_nothing_is_told_apart():
    picture = efficiency_strata(*drilled(), SOURCE)
    told = str(picture.spec()) + picture.words + str(picture.rows)
    assert "65+" not in told
    assert "0-17" not in told
    rest = next(one for one in picture.rows if one["stratum"] == "overige strata · fysiek consult")
    assert (rest["patients"], rest["actual"], rest["expected"]) == ("< 10", None, None)
    lower = efficiency_strata(*drilled(), SOURCE, least=1)
    assert lower.rows == picture.rows


def test_what_differs_is_told_without_judgement():
    for language, said in (
        (DUTCH, "het meest anders dan de referentie is"),
        (ENGLISH, "what differs most from the reference is"),
    ):
        picture = efficiency_strata(*drilled(), SOURCE, language)
        assert said in picture.title
        told = f"{picture.title} {picture.subtitle} {picture.words}".lower()
        assert not any(word in told for word in ("slecht", "goed", "beter", "bad", "good", "better", "worse", "inefficient"))  # fmt: skip


def test_nothing_different_is_said():
    same = (row("noord", 40, fysiek=80), row("zuid", 40, fysiek=80))
    picture = efficiency_strata(*drilled(same), SOURCE)
    assert picture.title == "0303 Heelkunde: efficiency 100,0 %; niets is anders dan de referentie"


def test_no_efficiency_has_no_chart():
    figure, found = drilled()
    with pytest.raises(ValueError, match="nothing to split"):
        efficiency_strata(replace(figure, value=None), found, SOURCE)


def every(language=DUTCH, more=0):
    yield benchmark_distribution(
        benchmark({**RATES, "noord": 2150 + more}, noord=1000, zuid=3000), "noord", SOURCE, language
    )
    yield efficiency_strata(*drilled((row("noord", 40, sex="O", fysiek=9 + more), *ROWS)), SOURCE, language)


@pytest.mark.parametrize(("language", "wanted"), [(DUTCH, 360), (ENGLISH, 680)])
def test_every_character_has_a_glyph_and_every_chart_its_width(language, wanted):
    for picture in every(language):
        svg = picture.svg(wanted)
        told = "".join((picture.title, picture.subtitle, picture.words, *texts(svg)))
        assert {char for char in told if not char.isascii()} <= LETTERS | {"\u00a0"}
        assert abs(width(svg) - wanted) <= 30


def test_the_same_result_is_the_same_bytes_and_another_is_another():
    for one, again, other in zip(every(), every(), every(more=1), strict=True):
        assert one.svg() == again.svg()
        assert one.svg() != other.svg()


def test_a_hostile_diagnosis_group_is_text():
    hostile = 'A <b>&"x"'
    rows = (row("noord", 40, group=hostile, fysiek=120), row("zuid", 40, group=hostile, fysiek=80))
    assert f"{hostile} 18-64 V" in " ".join(texts(efficiency_strata(*drilled(rows), SOURCE).svg()))


def test_shares_are_of_the_own_benchmark():
    picture = benchmark_distribution(benchmark(noord=1000, zuid=3000), "zuid", SOURCE, specialism="0320")
    assert "'own': 150.0" in str(picture.spec())
    assert picture.rows[0]["own"] == 3000
