"""What is said beside a place in the benchmark: where a budget was made with another rate than the place is told against."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from puntlanding.benchmark.ex_ante import Benchmark
from puntlanding.benchmark.strata import MINIMUM
from puntlanding.case.linked_standing import Differences
from puntlanding.language.notation import Language
from puntlanding.language.sentences import visible
from puntlanding.report.comparison_words import signed
from puntlanding.report.efficiency_tables import Asked, headline
from puntlanding.stage import Stage
from puntlanding.year import Year

WHOLE_YEAR = 4  # quarters


def other_rates(year: Year, found: Benchmark, hospital: str, language: Language) -> Iterator[str]:
    """Nothing where every budget was made with the rate that is shown."""
    if year.missing(Stage.BUDGET):
        return
    rates = {(one.key.specialism, one.key.role): one.rate for one in found.rates.of(hospital)}
    by_name = {group.name: (group.specialism, group.role.value) for group in year.case.groups}
    off: list[tuple[Fraction, str]] = []
    for row in year.budget.rows:
        shown = rates.get(by_name[row.name])
        if row.rate is not None and row.rate.value and shown is not None and row.rate.value != shown:
            off.append((shown / row.rate.value - 1, visible(row.name)))
    if not off:
        return
    share, name = max(off, key=lambda one: (abs(one[0]), one[1]))
    most = f"{signed(100 * share, 1, language)} %"
    if language is Language.DUTCH:
        groups = "1 vakgroep" if len(off) == 1 else f"{len(off)} vakgroepen"
        yield (
            f"De begroting gebruikt bij {groups} een andere benchmark dan uit deze bijdragen en de eigen records volgt; het grootste "
            f"verschil is {most} ({name})."
        )
    else:
        groups = "1 group" if len(off) == 1 else f"{len(off)} groups"
        yield (
            f"For {groups} the budget uses another benchmark than follows from these contributions and our own records; the largest "
            f"difference is {most} ({name})."
        )


def efficiency_told(found: Differences, language: Language) -> str:
    asked = Asked(found.hospital, found.year, WHOLE_YEAR, found.rule, found.peers, MINIMUM)
    return visible(headline(tuple(found.figures.values()), asked, language))
