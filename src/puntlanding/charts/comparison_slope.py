"""Agreements side by side: what each gives a group more or less than the case's own, one line per group, named at its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import altair as alt

from puntlanding.charts.labels import spread
from puntlanding.charts.picture import Column, Picture, data, exact, plain
from puntlanding.charts.style import GREY, INK, NUMBERS, OVER, PALE, UNDER, WIDTH
from puntlanding.comparison import Change, Comparison, Kind
from puntlanding.comparison import Column as Agreement
from puntlanding.comparison.old_model import NAMES
from puntlanding.explain import Node
from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import visible
from puntlanding.quantities import ZERO

STEP, LEAST_HEIGHT = 15, 240  # pixels: between two names, and of the chart
STANDING_OUT = 5  # lines drawn thicker: the largest changes
LONGEST = 34  # characters of a name
ROOM = 0.06  # of the width: for the lines that lead to the names


@dataclass(frozen=True, slots=True)
class _Shown:
    """What can be drawn: in euros where all have them. ``changes`` of every agreement but the first, by its letter."""

    language: Language
    euros: bool
    agreements: tuple[Agreement, ...]
    changes: Mapping[str, Change]
    refused: tuple[Agreement, ...]

    @property
    def which(self) -> int:
        return 0 if self.language is Language.DUTCH else 1

    @property
    def last(self) -> Change:
        return self.changes[self.agreements[-1].letter]

    def name(self, one: Agreement) -> str:
        kind = one.proposal.kind
        own = NAMES[kind][self.which] if kind in NAMES else visible(one.proposal.name)
        return f"{one.letter} {own}"

    def amount(self, value: Fraction) -> str:
        """As it stands in a sentence."""
        if self.euros:
            return f"€ {number(value / 100, 0, self.language)}"
        return f"{number(value, 2, self.language)} norm fte"


def comparison_slope(comparison: Comparison, source: str, language: Language = Language.DUTCH) -> Picture:
    """In per cent of what the own agreement gives. Raises ValueError where no agreement can be compared with it."""
    shown = _shown(comparison, language)
    which = shown.which
    drawn = [name for name in shown.last.groups if shown.last.shares[name] is not None]
    chart, unit = _chart(shown, drawn), ("€", "norm fte")[not shown.euros]
    first, *others = shown.agreements
    found = _amounts(shown)
    return Picture(
        name="afspraken-naast-elkaar",
        title=_title(shown),
        subtitle=_subtitle(shown, len(found) - len(drawn)),
        source=source,
        words="; ".join(_told(shown, name) for name in found),
        chart=chart,
        columns=(
            Column("group", ("vakgroep", "group")[which]),
            *(Column(one.letter, f"{shown.name(one)} ({unit})", 2) for one in shown.agreements),
            *(Column(f"change_{one.letter}", f"{one.letter} − {first.letter} ({unit})", 2) for one in others),
        ),
        rows=tuple({"group": name, **of} for name, of in found.items()),
        language=language,
    )


def _shown(comparison: Comparison, language: Language) -> _Shown:
    known = [one for one in comparison.beside if one.fte is not None]
    euros = bool(known) and all(one.euros is not None for one in known)
    changes = {one.column.letter: one.euros if euros else one.fte for one in known}
    found = {letter: one for letter, one in changes.items() if one is not None and one.groups}
    if not found:
        raise ValueError("there is no agreement to compare with")
    refused = tuple(one.column for one in comparison.beside if one.column.letter not in found)
    rising = sorted(
        (one.column for one in known if one.column.letter in found), key=lambda one: _size(found[one.letter])
    )
    return _Shown(
        language, euros, (comparison.own, *rising), {one.letter: found[one.letter] for one in rising}, refused
    )


def _size(change: Change) -> tuple[Fraction, Fraction]:
    """What goes from group to group, and then all that changes: lines fan out, and where most moves the names stand."""
    return change.moved.value, sum((abs(node.value) for node in change.groups.values()), ZERO)


def _amounts(shown: _Shown) -> dict[str, dict[str, Fraction | None]]:
    """By group, then by column of the table behind: what each agreement gives, and the changes."""
    sums = {one.letter: one.euros if shown.euros else one.fte for one in shown.agreements}
    return {
        name: {letter: None if own is None else exact(own.groups.get(name)) for letter, own in sums.items()}
        | {f"change_{letter}": exact(one.groups.get(name)) for letter, one in shown.changes.items()}
        for name in shown.last.groups
    }


def _percent(node: Node | None) -> Fraction:
    return ZERO if node is None else node.value * 100


def _chart(shown: _Shown, names: Sequence[str]) -> Any:
    others = shown.agreements[1:]
    points = {name: [ZERO, *(_percent(shown.changes[one.letter].shares.get(name)) for one in others)] for name in names}
    height = max(LEAST_HEIGHT, STEP * (len(names) + 1))
    every = [value for line in points.values() for value in line] or [ZERO]
    low, high = float(min(every)), float(max(every))
    margin = (high - low) * 0.05 or 1.0
    low, high = low - margin, high + margin
    each = (high - low) / height
    ends = spread([float(points[name][-1]) for name in names], STEP * each, low, high)
    largest = sorted(names, key=lambda name: (-abs(points[name][-1]), name))[:STANDING_OUT]
    end = len(others)
    rows = []
    for name, place in zip(names, ends, strict=True):
        value = points[name][-1]
        kind = "more" if value > 0 else "less" if value < 0 else "same"
        own = {"group": visible(name), "kind": kind, "wide": 2.2 if name in largest and value else 1.0}
        line = [
            {**own, "at": at, "letter": shown.agreements[at].letter, "change": plain(one), "label": ""}
            for at, one in enumerate(points[name])
        ]
        line.append({**own, "at": end * (1 + ROOM), "change": round(place, 6), "label": _label(shown, name)})
        rows += line
    kinds = alt.Scale(domain=["more", "less", "same"], range=[OVER, UNDER, GREY])
    letters = "[" + ",".join(f"'{one.letter}'" for one in shown.agreements) + "][datum.value]"
    x = alt.X(
        "at:Q", title=None, scale=alt.Scale(domain=[0, end * (1 + ROOM)], nice=False, zero=False),
        axis=alt.Axis(
            values=list(range(end + 1)), labelExpr=letters, orient="top", labelFontWeight=600, labelFontSize=13,
            gridColor=PALE, gridWidth=1,
        ),
    )  # fmt: skip
    y = alt.Y(
        "change:Q", title=("% meer of minder dan {}", "% more or less than {}")[shown.which].format(shown.agreements[0].letter),
        scale=alt.Scale(domain=[round(low, 6), round(high, 6)], nice=False, zero=False),
        axis=alt.Axis(format=NUMBERS, tickCount=6, grid=False),
    )  # fmt: skip
    base = alt.Chart(data(rows)).encode(x=x, y=y, color=alt.Color("kind:N", scale=kinds, legend=None), detail="group:N")
    wide = alt.StrokeWidth("wide:Q", scale=None, legend=None)
    return alt.layer(
        alt.Chart(data([{"zero": 0}])).mark_rule(color=INK, strokeWidth=1).encode(y="zero:Q"),
        base.transform_filter(f"datum.at <= {end}").mark_line().encode(order="at:Q", strokeWidth=wide),
        base.transform_filter(f"datum.at >= {end}").mark_line(opacity=0.5, strokeWidth=0.7).encode(order="at:Q"),
        base.transform_filter(f"datum.at > 0 && datum.at <= {end}").mark_point(filled=True, size=28, opacity=1).encode(
            tooltip=[
                alt.Tooltip("group:N", title=("vakgroep", "group")[shown.which]),
                alt.Tooltip("letter:N", title=("afspraak", "agreement")[shown.which]),
                alt.Tooltip("change:Q", title="%", format="+,.1f"),
            ]
        ),
        base.transform_filter("datum.label !== ''").mark_text(align="left", dx=4, color=INK).encode(
            text="label:N", color=alt.value(INK)
        ),
    ).properties(width=WIDTH - 280, height=height)  # fmt: skip


def _label(shown: _Shown, name: str) -> str:
    told = visible(name)
    told = told if len(told) <= LONGEST else told[: LONGEST - 1].rstrip() + "…"
    return f"{told}  {_signed(_percent(shown.last.shares[name]), 1, shown.language)} %"


def _signed(value: Fraction, decimals: int, language: Language) -> str:
    told = number(value, decimals, language)
    return told if value < 0 or not told.strip("0,.") else f"+{told}"


def _told(shown: _Shown, name: str) -> str:
    parts = []
    for letter, one in shown.changes.items():
        share = one.shares.get(name)
        found = one.groups.get(name)
        if found is not None:
            percent = "" if share is None else f" ({_signed(share.value * 100, 1, shown.language)} %)"
            sign = "+" if found.value > 0 else ""
            parts.append(f"{letter} {sign}{shown.amount(found.value)}{percent}")
    return f"{visible(name)}: {', '.join(parts)}"


def _title(shown: _Shown) -> str:
    changes = shown.changes
    if not any(one.gainers or one.losers for one in changes.values()):
        return ("Geen vakgroep krijgt iets anders", "No group gets anything else")[shown.which]
    if len(changes) > 1:
        letter, most = shown.agreements[-1].letter, shown.last
        if not most.moved.value:
            return (
                "Geen van deze afspraken verschuift iets van de ene vakgroep naar de andere",
                "None of these agreements moves anything from one group to another",
            )[shown.which]
        amount = shown.amount(most.moved.value)
        return (
            f"{letter} verschuift het meest tussen vakgroepen: {amount}",
            f"{letter} moves most between groups: {amount}",
        )[shown.which]
    letter, one = next(iter(changes.items()))
    more, less, every = len(one.gainers), len(one.losers), len(one.groups)
    own = shown.agreements[0].letter
    return (
        f"Onder {letter} {'krijgt' if more == 1 else 'krijgen'} {more} van {every} vakgroep{'en' if every != 1 else ''} meer dan onder {own}, en {less} minder",
        f"Under {letter} {more} of {every} group{'s' if every != 1 else ''} {'gets' if more == 1 else 'get'} more than under {own}, and {less} less",
    )[shown.which]


def _subtitle(shown: _Shown, undrawn: int) -> str:
    what = (("bedrag", "amount") if shown.euros else ("betaalde norm fte", "paid norm fte"))[shown.which]
    first = shown.agreements[0].letter
    own = (" (eigen)", " (own)")[shown.which] if shown.agreements[0].proposal.kind is Kind.OWN else ""
    told = [
        (
            f"Verandering van het {what} per vakgroep, in procenten van {first}." if shown.euros
            else f"Verandering van de {what} per vakgroep, in procenten van {first}.",
            f"Change of the {what} by group, in per cent of {first}.",
        )[shown.which],
        " · ".join(f"{shown.name(one)}{own if at == 0 else ''}" for at, one in enumerate(shown.agreements)) + ".",
    ]  # fmt: skip
    if len(shown.changes) > 1:
        told.append(
            (
                f"Van links naar rechts wordt het verschil met {first} groter.",
                f"From left to right the difference from {first} grows.",
            )[shown.which]
        )
    if undrawn:
        told.append(
            (
                f"Zonder lijn: {undrawn} vakgroep{'en' if undrawn != 1 else ''} die onder {first} niets krijg{'en' if undrawn != 1 else 't'}.",
                f"Without a line: {undrawn} group{'s' if undrawn != 1 else ''} that get{'s' if undrawn == 1 else ''} nothing under {first}.",
            )[shown.which]
        )
    if shown.refused:
        letters = ", ".join(shown.name(one) for one in shown.refused)
        told.append((f"Niet te berekenen: {letters}.", f"Cannot be computed: {letters}.")[shown.which])
    return " ".join(told)
