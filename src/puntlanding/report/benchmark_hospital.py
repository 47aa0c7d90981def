"""One hospital among its peers: where each of its groups stands, and nobody else's name."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from rich.text import Text

from puntlanding.benchmark.ex_ante import Benchmark
from puntlanding.benchmark.published_tables import SPREAD_LEAST
from puntlanding.benchmark.rates import GroupRate, Lacking
from puntlanding.benchmark.spread import Spread
from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import printable
from puntlanding.quantities import ZERO
from puntlanding.report.benchmark_tables import compared, grid, group_name, maybe, of_rate, pair, spread_values
from puntlanding.report.terminal import rendered

STRIP = 25
LACKING: dict[Lacking, tuple[str, str]] = {
    Lacking.FTE: ("geen fte", "no fte"),
    Lacking.PRODUCTION: ("geen productie", "no production"),
    Lacking.NORM_TIMES: ("geen normtijden", "no norm times"),
    Lacking.KIND: ("type onbekend", "type unknown"),
    Lacking.PEERS: ("niemand om mee te vergelijken", "nobody to compare with"),
}
_FEW = ("te weinig voor een verdeling", "too few for a spread")
_LEGEND = (
    "Strook: van de laagste ─ tot de hoogste vakgroep, ═ de middelste helft, ┃ het midden, ● de eigen vakgroep. "
    "Er zijn ten minste {0} vakgroepen voor nodig (lokale keuze). Andere ziekenhuizen worden niet genoemd.",
    "Strip: from the lowest ─ to the highest group, ═ the middle half, ┃ the middle, ● the own group. "
    "It takes at least {0} groups (local choice). Other hospitals are not named.",
)


def as_text(found: Benchmark, hospital: str, language: Language) -> str:
    rows = found.rates.of(hospital)
    dutch = language is Language.DUTCH
    titles = (
        ("vakgroep", "fte", "eigen", "benchmark", "norm fte", "lager dan eigen", "verdeling over vergelijkingsgroep")
        if dutch
        else ("group", "fte", "own", "benchmark", "norm fte", "below own", "spread over peer group")
    )
    table = grid(titles, [_row(one, language) for one in rows])
    table.columns[-1].justify = "left"
    answer = Text(headline(found, printable(hospital), rows, language))
    how, legend = Text(compared(found.rule, found.method, language)), Text(pair(_LEGEND, language).format(SPREAD_LEAST))
    return rendered(answer, how, "", table, "", legend)


def as_record(found: Benchmark, hospital: str) -> dict[str, Any]:
    return {
        "jaar": found.year,
        "basisjaar": found.base_year,
        **{key: value for key, value in found.rule.as_record().items() if key != "lijst"},
        "methode": found.method.value,
        "ziekenhuis": hospital,
        "vakgroepen": [group_record(one) for one in found.rates.of(hospital)],
    }


def group_record(one: GroupRate) -> dict[str, Any]:
    where, names = one.position, ("laagste", "kwart", "midden", "driekwart", "hoogste")
    shape = one.spread if one.spread is not None and one.spread.count >= SPREAD_LEAST else None
    return {
        "specialisme": one.key.specialism,
        "rol": one.key.role,
        "vergelijking": one.pool,
        "fte": maybe(one.measure.fte),
        "normuren": maybe(one.measure.hours),
        "eigen": maybe(one.own),
        "benchmark": maybe(one.rate),
        "norm_fte": maybe(one.norm_fte),
        "vakgroepen": 0 if one.spread is None else one.spread.count,
        "lager": None if where is None else where.below,
        "gelijk": None if where is None else where.equal,
        "anderen": None if where is None else where.others,
        **{name: maybe(value) for name, value in zip(names, spread_values(shape), strict=True)},
        "niet_berekend": one.lacking or one.measure.lacking,
    }


def headline(found: Benchmark, hospital: str, rows: Sequence[GroupRate], language: Language) -> str:
    placed = [(one.own, one.rate) for one in rows if one.own is not None and one.rate is not None]
    if not placed:
        none = (
            "{0}, benchmark {1}: voor geen van de {2} vakgroepen is er een vergelijking; de reden staat er achter.",
            "{0}, benchmark {1}: there is no comparison for any of the {2} groups; the reason stands behind each.",
        )
        return pair(none, language).format(hospital, found.year, len(rows))
    above = sum(own > rate for own, rate in placed)
    below = sum(own < rate for own, rate in placed)
    counted = [one for one in rows if one.norm_fte is not None and one.measure.fte]
    norm = number(sum((one.norm_fte or ZERO for one in counted), ZERO), 1, language)
    fte = number(sum((one.measure.fte for one in counted), ZERO), 1, language)
    if language is Language.DUTCH:
        return (
            f"{hospital}, benchmark {found.year}: {above} van {len(placed)} vakgroepen boven hun benchmark, {below} eronder; "
            f"samen {norm} norm fte op {fte} fte."
        )
    return (
        f"{hospital}, benchmark {found.year}: {above} of {len(placed)} groups above their benchmark, {below} below; "
        f"together {norm} norm fte on {fte} fte."
    )


def _row(one: GroupRate, language: Language) -> tuple[str, ...]:
    name = group_name(one.key.specialism, one.key.role, language)
    fte = number(one.measure.fte, 2, language)
    norm = "–" if one.norm_fte is None else number(one.norm_fte, 2, language)
    of = "van" if language is Language.DUTCH else "of"
    where = "–" if one.position is None else f"{one.position.below} {of} {one.position.others}"
    return (name, fte, of_rate(one.own, language), of_rate(one.rate, language), norm, where, _told(one, language))


def _told(one: GroupRate, language: Language) -> str:
    lacking = one.lacking or one.measure.lacking
    if lacking is not None:
        return pair(LACKING[lacking], language)
    if one.spread is None or one.spread.count < SPREAD_LEAST:
        return pair(_FEW, language)
    return strip(one.spread, one.own)


def strip(shape: Spread, own: Fraction | None) -> str:
    """The spread as `STRIP` characters, from the lowest value to the highest, the own one among them."""
    ends = (shape.minimum, shape.maximum) if own is None else (min(shape.minimum, own), max(shape.maximum, own))
    wide = ends[1] - ends[0]

    def at(value: Fraction) -> int:
        place = (value - ends[0]) * (STRIP - 1) / wide if wide else Fraction(STRIP - 1, 2)
        return (2 * place.numerator + place.denominator) // (2 * place.denominator)

    drawn = [" "] * STRIP
    for sign, first, last in (
        ("─", shape.minimum, shape.maximum),
        ("═", shape.lower, shape.upper),
        ("┃", shape.median, shape.median),
    ):
        for place in range(at(first), at(last) + 1):
            drawn[place] = sign
    if own is not None:
        drawn[at(own)] = "●"
    return "".join(drawn).rstrip()
