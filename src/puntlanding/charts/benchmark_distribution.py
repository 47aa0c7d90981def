"""Where each group of one hospital stands among its peers: a strip with quartiles, never a league table; others are not named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import altair as alt

from puntlanding.benchmark.ex_ante import Benchmark
from puntlanding.benchmark.published_tables import SPREAD_LEAST
from puntlanding.benchmark.rates import GroupRate
from puntlanding.benchmark.spread import Spread
from puntlanding.charts.estimates import groups_told
from puntlanding.charts.picture import Column, Picture, data, plain
from puntlanding.charts.style import GREY, INK, OURS, PALE, ROW, WIDTH, beside, name_axis, number_axis
from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import visible
from puntlanding.records.specialism_names import group_name

_TITLES = {
    "group": ("vakgroep", "group"),
    "own": ("eigen", "own"),
    "rate": ("benchmark", "benchmark"),
    "minimum": ("laagste", "lowest"),
    "lower": ("kwart", "quarter"),
    "median": ("midden", "middle"),
    "upper": ("driekwart", "3 quarters"),
    "maximum": ("hoogste", "highest"),
    "peers": ("vakgroepen", "groups"),
}
_SPREAD = ("minimum", "lower", "median", "upper", "maximum")
_NUMBERS = ("own", "rate", *_SPREAD)


def benchmark_distribution(
    found: Benchmark, hospital: str, source: str, language: Language = Language.DUTCH, specialism: str | None = None
) -> Picture:
    """Norm hours per fte, drawn as percents of each group's benchmark; of one specialism where that is given.

    The spread is told by the same rule as in the table: from `SPREAD_LEAST` groups on. Raises KeyError where the hospital has no
    such group.
    """
    which = 0 if language is Language.DUTCH else 1
    rows = [one for one in found.rates.of(hospital) if specialism in (None, one.key.specialism)]
    if not rows:
        raise KeyError(specialism or hospital)
    names = beside([group_name(one.key.specialism, one.key.role, language) for one in rows])
    told = [name.replace("\n", " ") for name in names]
    unit = ("normuren per fte", "norm hours per fte")[which]
    return Picture(
        name="benchmark-verdeling",
        title=_title(found, hospital, rows, which)
        if len(rows) > 1
        else _one_title(found, rows[0], told[0], which, language),
        subtitle=_subtitle(rows, which),
        source=source,
        words="; ".join(_told(name, one, which, language) for name, one in zip(told, rows, strict=True)),
        chart=_chart(names, rows, which, language),
        columns=(
            Column("group", _TITLES["group"][which]),
            *(Column(key, f"{_TITLES[key][which]} ({unit})", 1) for key in _NUMBERS),
            Column("peers", _TITLES["peers"][which], 0),
        ),
        rows=tuple(_row(name, one) for name, one in zip(told, rows, strict=True)),
        language=language,
    )


def _spread(one: GroupRate) -> Spread | None:
    return one.spread if one.spread is not None and one.spread.count >= SPREAD_LEAST else None


def _numbers(one: GroupRate) -> dict[str, Fraction | None]:
    shape = _spread(one)
    spread = dict.fromkeys(_SPREAD, None) if shape is None else {key: getattr(shape, key) for key in _SPREAD}
    return {"own": one.own, "rate": one.rate, **spread}


def _row(name: str, one: GroupRate) -> Mapping[str, Fraction | str | None]:
    return {"group": name, **_numbers(one), "peers": Fraction(0 if one.spread is None else one.spread.count)}


def _chart(names: Sequence[str], ones: Sequence[GroupRate], which: int, language: Language) -> Any:
    rows: list[dict[str, object]] = []
    for name, one in zip(names, ones, strict=True):
        numbers = _numbers(one)
        shares = {key: _share(value, one.rate) for key, value in numbers.items()}
        known = [value for value in shares.values() if value is not None]
        rows.append(
            {
                "group": name,
                **{key: plain(value) for key, value in shares.items()},
                **{f"{key}_told": "–" if value is None else number(value, 1, language) for key, value in numbers.items()},
                "at": plain(max(known)) if known else 100.0,
                "told": _place(one, which),
            }
        )  # fmt: skip
    y = alt.Y("group:N", sort=list(names), title=None, axis=name_axis())
    base = alt.Chart(data(rows)).encode(y=y)
    scale = alt.Scale(zero=False, nice=True)
    title = ("% van de benchmark", "% of the benchmark")[which]
    x = alt.X("minimum:Q", title=title, scale=scale, axis=number_axis())
    spread = base.transform_filter("isValid(datum.minimum)")
    hundred = alt.Chart(data([{"at": 100}])).mark_rule(color=GREY, strokeWidth=1.5).encode(x="at:Q")
    layers = [
        spread.mark_rule(color=GREY, strokeWidth=1.2).encode(x=x, x2="maximum:Q"),
        spread.mark_bar(height=12, color=PALE, stroke=GREY, strokeWidth=0.8).encode(x="lower:Q", x2="upper:Q"),
        hundred,
        spread.mark_tick(color=INK, thickness=2, size=12, opacity=1).encode(x="median:Q"),
        base.transform_filter("isValid(datum.own)")
        .mark_point(filled=True, size=75, color=OURS, opacity=1, stroke="white", strokeWidth=1)
        .encode(
            x="own:Q",
            tooltip=[
                alt.Tooltip("group:N", title=_TITLES["group"][which]),
                *(alt.Tooltip(f"{key}_told:N", title=_TITLES[key][which]) for key in _NUMBERS),
            ],
        ),
        base.mark_text(align="left", dx=9, color=INK, fontSize=11).encode(x="at:Q", text="told:N"),
    ]
    return alt.layer(*layers).properties(width=WIDTH - 180, height=ROW * len(rows))


def _share(value: Fraction | None, rate: Fraction | None) -> Fraction | None:
    return None if value is None or not rate else 100 * value / rate


def _place(one: GroupRate, which: int) -> str:
    if one.own is None or not one.rate:
        return ("geen vergelijking", "no comparison")[which]
    if _spread(one) is None:
        return (f"minder dan {SPREAD_LEAST}", f"fewer than {SPREAD_LEAST}")[which]
    if one.position is None:
        return ""
    below, others = one.position.below, one.position.others
    return (f"{below} van {others} lager", f"{below} of {others} lower")[which]


def _title(found: Benchmark, hospital: str, rows: Sequence[GroupRate], which: int) -> str:
    placed = [(one.own, one.rate) for one in rows if one.own is not None and one.rate is not None]
    name = visible(hospital)
    if not placed:
        return (
            f"{name}: er is geen vergelijking met de benchmark van {found.year}",
            f"{name}: there is no comparison with the benchmark of {found.year}",
        )[which]
    above = sum(own > rate for own, rate in placed)
    below = sum(own < rate for own, rate in placed)
    return (
        f"{name}: {above} van {groups_told(len(placed), which)} boven de benchmark van {found.year}, {below} eronder",
        f"{name}: {above} of {groups_told(len(placed), which)} above the benchmark of {found.year}, {below} below",
    )[which]


def _one_title(found: Benchmark, one: GroupRate, name: str, which: int, language: Language) -> str:
    if one.own is None or not one.rate:
        return f"{name}: {_place(one, which)}"
    off = 100 * one.own / one.rate - 100
    if not off:
        return (f"{name}: gelijk aan de benchmark van {found.year}", f"{name}: equal to the benchmark of {found.year}")[
            which
        ]
    side = (("boven", "above") if off > 0 else ("onder", "below"))[which]
    told = f"{number(abs(off), 1, language)} %"
    return f"{name}: {told} {side} {('de benchmark van', 'the benchmark of')[which]} {found.year}"


def _subtitle(rows: Sequence[GroupRate], which: int) -> str:
    strip = (
        "Normuren per fte, in procenten van de benchmark (grijze lijn). ● eigen vakgroep; dunne lijn: van de laagste tot de hoogste "
        "vakgroep; vak: de middelste helft; streepje: het midden.",
        "Norm hours per fte, in percents of the benchmark (grey line). ● own group; thin line: from the lowest to the highest "
        "group; box: the middle half; tick: the middle.",
    )[which]
    if all(_spread(one) is not None for one in rows):
        return strip
    few = (
        f" Met minder dan {SPREAD_LEAST} vakgroepen is er geen verdeling.",
        f" With fewer than {SPREAD_LEAST} groups there is no spread.",
    )[which]
    return strip + few


def _told(name: str, one: GroupRate, which: int, language: Language) -> str:
    if one.own is None or one.rate is None:
        return f"{name}: {_place(one, which)}"
    own, rate = number(one.own, 1, language), number(one.rate, 1, language)
    told = (f"eigen {own}, benchmark {rate} normuren per fte", f"own {own}, benchmark {rate} norm hours per fte")[which]
    shape, place = _spread(one), _place(one, which)
    if shape is not None:
        low, high = number(shape.lower, 1, language), number(shape.upper, 1, language)
        told += (f", de middelste helft van {low} tot {high}", f", the middle half from {low} to {high}")[which]
    return f"{name}: {told}{', ' if place else ''}{place}"
