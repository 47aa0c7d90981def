"""The chart of one place among others: of exactly that specialism and role, so that no other group is in it."""

from __future__ import annotations

from dataclasses import replace

from puntlanding.benchmark.ex_ante import Benchmark
from puntlanding.benchmark.peers import GroupKey
from puntlanding.benchmark.rates import GroupRate, Rates
from puntlanding.charts.benchmark_distribution import benchmark_distribution
from puntlanding.charts.picture import Picture
from puntlanding.language.notation import Language
from puntlanding.language.sentences import index
from puntlanding.report.standing import Place, Standing, ToldFrom

_SOURCE = (
    ("Bijdragen van {0} ziekenhuizen over {1}", "Contributions of {0} hospitals of {1}"),
    ("{2}: {0} ziekenhuizen, over {1}", "{2}: {0} hospitals, of {1}"),
)


def place_chart(made: Benchmark, found: Standing, place: Place, hospital: str, language: Language) -> Picture:
    """Of a place whose own figure and benchmark are known. Raises KeyError where ``made`` has no such group."""
    key = GroupKey(hospital, place.specialism, place.role)
    own = made.rates.groups[key]
    mine, rate = (None if node is None else node.value for node in (place.own, place.rate))
    told = GroupRate(key, own.pool, own.measure, mine, rate, place.spread, place.position)
    alone = replace(made, rates=Rates(found.rule or made.rule, found.method or made.method, {key: told}, ()))
    source = _SOURCE[found.told is not ToldFrom.CONTRIBUTIONS][index(language)]
    return benchmark_distribution(
        alone, hospital, source.format(found.contributions, found.base_year, found.file), language, place.specialism
    )
