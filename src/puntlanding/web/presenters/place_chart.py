"""The chart of one place among others: of exactly that specialism and role, so that no other group is in it."""

from __future__ import annotations

import polars as pl

from puntlanding.agreement import PeerMethod
from puntlanding.benchmark.ex_ante import Benchmark
from puntlanding.benchmark.explained import Origins
from puntlanding.benchmark.output import MISSING, Output
from puntlanding.benchmark.peers import GroupKey, PeerRule
from puntlanding.benchmark.rates import GroupRate, Measure, Rates
from puntlanding.charts.benchmark_distribution import benchmark_distribution
from puntlanding.charts.picture import Picture
from puntlanding.language.notation import Language
from puntlanding.language.sentences import index
from puntlanding.quantities import ZERO
from puntlanding.report.standing import Place, Standing, ToldFrom

_SOURCE = (
    ("Bijdragen van {0} ziekenhuizen over {1}", "Contributions of {0} hospitals of {1}"),
    ("{2}: {0} ziekenhuizen, over {1}", "{2}: {0} hospitals, of {1}"),
)


def place_chart(found: Standing, place: Place, hospital: str, language: Language) -> Picture:
    """Of a place whose own figure and benchmark are known."""
    key = GroupKey(hospital, place.specialism, place.role)
    mine, rate = (None if node is None else node.value for node in (place.own, place.rate))
    told = GroupRate(key, None, Measure(None, place.fte or ZERO), mine, rate, place.spread, place.position)
    rates = Rates(found.rule or PeerRule(), found.method or PeerMethod.POOLED, {key: told}, ())
    alone = Benchmark(
        found.year, found.base_year or found.year, rates, Output({}, pl.DataFrame(schema=MISSING)), (), (), (), (hospital,),
        "", {}, Origins({}),
    )  # fmt: skip
    source = _SOURCE[found.told is not ToldFrom.CONTRIBUTIONS][index(language)]
    return benchmark_distribution(
        alone, hospital, source.format(found.contributions, found.base_year, found.file), language, place.specialism
    )
