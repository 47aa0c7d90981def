"""In which patients and in what a group differs from its reference: strata by weight × difference, told without judgement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import altair as alt

from puntlanding.benchmark.drill_down import DrillDown, Line, by_measure, gathered
from puntlanding.benchmark.efficiency import GroupEfficiency
from puntlanding.benchmark.measure_names import MEASURES
from puntlanding.benchmark.strata import MINIMUM
from puntlanding.charts.picture import Column, Picture, data, plain
from puntlanding.charts.style import INK, OURS, OVER, ROW, UNDER, WIDTH, beside, name_axis, number_axis
from puntlanding.contribution.tables import ALL, REST, Counted
from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import visible
from puntlanding.quantities import ONE, ZERO
from puntlanding.records.specialism_names import specialism

MOST = 15
_COLUMNS = {
    "stratum": ("stratum", "stratum"),
    "patients": ("patiënten", "patients"),
    "actual": ("eigen per patiënt", "own per patient"),
    "expected": ("referentie per patiënt", "reference per patient"),
    "weight": ("gewicht (%)", "weight (%)"),
    "effect": ("effect (procentpunten)", "effect (percentage points)"),
}
_DECIMALS = {"actual": 2, "expected": 2, "weight": 1, "effect": 2}


def efficiency_strata(
    figure: GroupEfficiency,
    found: DrillDown,
    source: str,
    language: Language = Language.DUTCH,
    least: int = MINIMUM,
    most: int = MOST,
) -> Picture:
    """The ``most`` largest effects, the others in one row, and the whole: these add up to efficiency − 1, exactly.

    Strata with fewer than ``least`` patients stand together, and of fewer patients than that no means are told, as in the table.
    Raises ValueError where the group has no efficiency.
    """
    if figure.value is None:
        raise ValueError("no efficiency: there is nothing to split")
    which = 0 if language is Language.DUTCH else 1
    lines = gathered(found, max(least, MINIMUM)).lines
    shown, others = lines[:most], lines[most:]
    rows = [_row(line, max(least, MINIMUM), which, language) for line in shown]
    if others:
        more = (f"nog {len(others)} samen", f"{len(others)} more together")[which]
        rows.append(_sum_row(more, sum((line.effect for line in others), ZERO)))
    rows.append(_sum_row(("verschil met 100 %", "difference with 100 %")[which], found.gap))
    assert found.gap == sum((line.effect for line in lines), ZERO), "gathering changes no sum"  # noqa: S101
    return Picture(
        name="efficiency-strata",
        title=_title(figure, found, which, language),
        subtitle=_subtitle(max(least, MINIMUM), which),
        source=source,
        words="; ".join(_told(row, which, language) for row in rows),
        chart=_chart(rows, which, language),
        columns=tuple(Column(key, titles[which], _DECIMALS.get(key)) for key, titles in _COLUMNS.items()),
        rows=tuple(rows),
        language=language,
    )


_Row = Mapping[str, Fraction | str | None]


def _row(line: Line, least: int, which: int, language: Language) -> _Row:
    few = line.patients < least
    cents = 100 if line.measure == Counted.DIAGNOSTICS else 1
    patients = number(line.patients, 0, language)
    if few:
        patients = "–" if line.stratum is None else f"< {least}"
    return {
        "stratum": _label(line, which),
        "patients": patients,
        "actual": None if few else line.actual / line.patients / cents,
        "expected": None if few else line.expected / line.patients / cents,
        "weight": None if line.weight is None else 100 * line.weight,
        "effect": 100 * line.effect,
    }


def _sum_row(name: str, effect: Fraction) -> _Row:
    return {"stratum": name, "patients": "", "actual": None, "expected": None, "weight": None, "effect": 100 * effect}


def _label(line: Line, which: int) -> str:
    measure = MEASURES[line.measure][which]
    if line.stratum is None:
        return measure
    group, age, sex = line.stratum
    if (group, age, sex) == (REST, ALL, ALL):
        return f"{('overige strata', 'other strata')[which]} · {measure}"
    told = [part for part in (age, sex) if part != ALL]
    return f"{' '.join([group, *told])} · {measure}"


def _chart(rows: Sequence[_Row], which: int, language: Language) -> Any:
    names = beside([str(row["stratum"]) for row in rows])
    last = len(rows) - 1
    bars = []
    for at, (name, row) in enumerate(zip(names, rows, strict=True)):
        effect = row["effect"] if isinstance(row["effect"], Fraction) else ZERO
        side = "more" if effect > 0 else "less"
        bars.append(
            {
                "stratum": name, "effect": plain(effect), "side": "whole" if at == last else side,
                "told": _signed(effect, language), "upto": plain(max(effect, ZERO)), "patients": row["patients"],
            }
        )  # fmt: skip
    base = alt.Chart(data(bars)).encode(y=alt.Y("stratum:N", sort=names, title=None, axis=name_axis()))
    fills = alt.Scale(domain=["more", "less", "whole"], range=[UNDER, OVER, OURS])
    title = ("procentpunten efficiency", "percentage points of efficiency")[which]
    bar = base.mark_bar(height=14).encode(
        x=alt.X("effect:Q", title=title, scale=alt.Scale(zero=True), axis=number_axis()),
        color=alt.Color("side:N", scale=fills, legend=None),
        tooltip=[
            alt.Tooltip("stratum:N", title=_COLUMNS["stratum"][which]),
            alt.Tooltip("patients:N", title=_COLUMNS["patients"][which]),
            alt.Tooltip("told:N", title=_COLUMNS["effect"][which]),
        ],
    )
    zero = alt.Chart(data([{"at": 0}])).mark_rule(color=INK, strokeWidth=1).encode(x="at:Q")
    # Of a bar to the left too the number stands on the right, where no names are.
    words = base.mark_text(align="left", dx=5, color=INK).encode(x="upto:Q", text="told:N")
    return alt.layer(bar, zero, words).properties(width=WIDTH - 200, height=ROW * len(rows))


def _signed(effect: Fraction, language: Language) -> str:
    told = number(effect, 2, language)
    return f"+{told}" if effect > 0 and any(char in "123456789" for char in told) else told


def _title(figure: GroupEfficiency, found: DrillDown, which: int, language: Language) -> str:
    name, value = specialism(figure.sums.specialism), number(100 * (figure.value or ONE), 1, language)
    start = f"{name}: efficiency {value} %"
    lines = by_measure(found)
    if not any(line.effect for line in lines):
        return start + ("; niets is anders dan de referentie", "; nothing differs from the reference")[which]
    most = max(lines, key=lambda line: abs(line.effect))
    measure, effect = MEASURES[most.measure][which], _signed(100 * most.effect, language)
    return (
        start
        + (
            f"; het meest anders dan de referentie is {measure} ({effect} punten)",
            f"; what differs most from the reference is {measure} ({effect} points)",
        )[which]
    )


def _subtitle(least: int, which: int) -> str:
    return (
        "Per diagnosegroep, leeftijd en geslacht: gewicht × verschil, in procentpunten van de efficiency. Rechts: minder inzet dan de referentie bij dezelfde patiënten (van "
        f"e-health: meer); links: meer. Strata met minder dan {least} patiënten staan samen.",
        "By diagnosis group, age and sex: weight × difference, in percentage points of efficiency. Right: less used than at the reference with the same patients (of "
        f"e-health: more); left: more. Strata with fewer than {least} patients stand together.",
    )[which]


def _told(row: _Row, which: int, language: Language) -> str:
    effect = row["effect"] if isinstance(row["effect"], Fraction) else ZERO
    return f"{visible(str(row['stratum']))}: {_signed(effect, language)} {('punten', 'points')[which]}"
