"""What one norm hour more pays below, just below, just above and above every budget: a bar for each, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import altair as alt

from puntlanding.charts.picture import Column, Picture, data
from puntlanding.charts.style import GREY, INK, LINES, NAME, OURS, OVER, PALE, WIDTH, beside, name_axis
from puntlanding.incentives import Curve, Incentives, Place, Reading, point_at, reading
from puntlanding.language.notation import Language, number, precise
from puntlanding.language.sentences import visible
from puntlanding.quantities import ZERO

PLACES = tuple(Place)
BARS = 0.06, 0.94  # of a cell, from its left: the bars; the number stands above them, so that it never meets one
TALL, HIGHER, LOWER = 33, -7, 8  # pixels: a row, and from its middle the number and the bar
LONG = 10_000  # a norm fte in euros is told in thousands
COSTS_OTHERS = "*"
SPARE = 8  # characters that two lines lose where they are broken between words


@dataclass(frozen=True, slots=True)
class _Strip:
    """``contract`` "" where all contracts of a group are alike; ``also``: the others that are drawn in the same row. ``own``
    and ``others`` by place; None where it cannot be.
    """

    group: str
    contract: str
    own: Mapping[Place, Fraction | None]
    others: Mapping[Place, Fraction | None]
    also: tuple[_Strip, ...] = ()

    @property
    def name(self) -> str:
        contracts = ", ".join(one.contract for one in (self, *self.also))
        return f"{self.group} · {contracts}" if self.contract else self.group

    def costs_others(self, place: Place) -> bool:
        own, others = self.own[place], self.others[place]
        return own is not None and others is not None and own > 0 > others


@dataclass(frozen=True, slots=True)
class _Words:
    language: Language
    found: Incentives
    thousands: bool

    @property
    def which(self) -> int:
        return 0 if self.language is Language.DUTCH else 1

    @property
    def hour(self) -> str:
        return ("normuur", "norm hour")[self.which] if self.found.by_hour else "norm fte"

    @property
    def unit(self) -> str:
        if not self.found.in_euros:
            return "norm fte"
        return ("× € 1.000", "× € 1,000")[self.which] if self.thousands else "€"

    def place(self, place: Place) -> tuple[str, str]:
        far = f"{precise(self.found.distance * 100, self.language, 2)} %"
        return {
            Place.FAR_BELOW: ((far, "onder"), (far, "below")),
            Place.BELOW: (("net", "onder"), ("just", "below")),
            Place.ABOVE: (("net", "boven"), ("just", "above")),
            Place.FAR_ABOVE: ((far, "boven"), (far, "above")),
        }[place][self.which]

    def name(self, one: _Strip) -> str:
        """As it stands beside the bars: all contracts of the row where there is room for them."""
        if not (one.contract and one.also) or len(one.name) <= NAME * LINES - SPARE:
            return one.name
        count = len(one.also)
        more = (f"en {count} ander{'e' if count > 1 else ''}", f"and {count} more")[self.which]
        return f"{one.group} · {one.contract} {more}"

    def told(self, value: Fraction | None) -> str:
        """As it stands beside a bar: as many decimals as there is room for."""
        if value is None:
            return "–"
        if not value:
            return "0"
        shown = value / 1000 if self.thousands else value
        return number(shown, 0 if self.found.in_euros and abs(shown) >= 100 else 2 - self.thousands, self.language)


def incentive_curves(found: Incentives, source: str, language: Language = Language.DUTCH) -> Picture:
    """Euros for a norm hour (or norm fte) more; norm fte paid for a norm fte more where there is no frame."""
    read = reading(found)
    strips = _strips(found, read)
    largest = max((abs(value) for one in strips for value in one.own.values() if value is not None), default=ZERO)
    words = _Words(language, found, thousands=found.in_euros and largest >= LONG)
    drawn = _joined(strips, words)
    which, unit = words.which, "€" if found.in_euros else "norm fte"
    return Picture(
        name="prikkels-rond-de-begroting",
        title=_title(read, words),
        subtitle=_subtitle(strips, read, words),
        source=source,
        words="; ".join(_told(one, words) for one in drawn),
        chart=_chart(drawn, words),
        columns=(
            Column("group", ("vakgroep", "group")[which]),
            Column("contract", "contract"),
            *(Column(place.value, f"{' '.join(words.place(place))} ({unit})", 2) for place in PLACES),
            *(
                Column(f"others_{place.value}", f"{('anderen', 'others')[which]}: {' '.join(words.place(place))} ({unit})", 2)
                for place in PLACES
            ),
        ),
        rows=tuple(
            {"group": one.group, "contract": one.contract or ("alle", "all")[which]}
            | {place.value: one.own[place] for place in PLACES}
            | {f"others_{place.value}": one.others[place] for place in PLACES}
            for one in strips
        ),
        language=language,
    )  # fmt: skip


def _strips(found: Incentives, read: Reading) -> list[_Strip]:
    """A row for each group whose contracts are alike, else for each of them. Contracts in which nothing moves are left out, unless
    nothing moves in any.
    """
    idle = set(read.idle)
    if all(curve.contract.name in idle for curve in found.curves):
        idle = set()
    euros = 100 if found.in_euros else 1
    groups: dict[str, list[_Strip]] = {}
    for curve in found.curves:
        if curve.contract.name not in idle:
            groups.setdefault(curve.group, []).append(_strip(curve, euros))
    strips: list[_Strip] = []
    for group, own in groups.items():
        first = own[0]
        alike = all(one.own == first.own and one.others == first.others for one in own)
        strips += [_Strip(group, "", first.own, first.others)] if alike else own
    return strips


def _joined(strips: Sequence[_Strip], words: _Words) -> list[_Strip]:
    """As it is drawn: contracts of a group whose numbers read the same are one row. The table behind has each."""
    groups: dict[str, dict[object, list[_Strip]]] = {}
    for one in strips:
        read = tuple((words.told(one.own[place]), one.costs_others(place)) for place in PLACES)
        groups.setdefault(one.group, {}).setdefault(read, []).append(one)
    drawn: list[_Strip] = []
    for rows in groups.values():
        for alike in rows.values():
            contract = "" if len(rows) == 1 else alike[0].contract
            drawn.append(replace(alike[0], contract=contract, also=tuple(alike[1:])))
    return drawn


def _strip(curve: Curve, euros: int) -> _Strip:
    points = {place: point_at(curve, place) for place in PLACES}
    return _Strip(
        curve.group,
        curve.contract.name,
        {place: None if point is None else point.own / euros for place, point in points.items()},
        {place: None if point is None else point.together / euros for place, point in points.items()},
    )


def _chart(strips: Sequence[_Strip], words: _Words) -> Any:
    values = [value for one in strips for value in one.own.values() if value is not None]
    low, high = min([ZERO, *values]), max([ZERO, *values])
    reach = float(high - low) or 1.0
    zero = BARS[0] + (BARS[1] - BARS[0]) * float(-low) / reach
    names = beside([words.name(one) for one in strips])
    rows = []
    for name, one in zip(names, strips, strict=True):
        for at, place in enumerate(PLACES):
            value = one.own[place]
            costs = one.costs_others(place)
            rows.append({
                "row": name,
                "starts": at + BARS[0],
                "from": round(at + zero, 6),
                "to": round(at + zero + (BARS[1] - BARS[0]) * float(value or 0) / reach, 6),
                "told": words.told(value) + (COSTS_OTHERS if costs else ""),
                "others": " · ".join(dict.fromkeys(words.told(each.others[place]) for each in (one, *one.also))),
                "place": " ".join(words.place(place)),
                "kind": "costs" if costs else "own",
            })  # fmt: skip
    heads = "[" + ",".join("['{}','{}']".format(*words.place(place)) for place in PLACES) + "][floor(datum.value)]"
    x = alt.X(
        "from:Q", title=None, scale=alt.Scale(domain=[0, len(PLACES)], nice=False),
        axis=alt.Axis(
            values=[at + BARS[0] for at in range(len(PLACES))], labelExpr=heads, labelAlign="left", orient="top", grid=False,
            labelLineHeight=13, labelPadding=19,
        ),
    )  # fmt: skip
    kinds = alt.Scale(domain=["own", "costs"], range=[OURS, OVER])
    base = alt.Chart(data(rows)).encode(y=alt.Y("row:N", sort=names, title=None, axis=name_axis()))
    bar = base.mark_bar(height=9, yOffset=LOWER).encode(
        x=x, x2="to:Q", color=alt.Color("kind:N", scale=kinds, legend=None),
        tooltip=[
            alt.Tooltip("row:N", title=("vakgroep", "group")[words.which]),
            alt.Tooltip("place:N", title=("begroting", "budget")[words.which]),
            alt.Tooltip("told:N", title=words.unit),
            alt.Tooltip("others:N", title=("anderen", "others")[words.which]),
        ],
    )  # fmt: skip
    feet = base.mark_tick(thickness=1, size=15, yOffset=LOWER, color=GREY, opacity=0.7).encode(x="from:Q")
    told = base.mark_text(align="left", dy=HIGHER, fontSize=11, color=INK).encode(x="starts:Q", text="told:N")
    rules = [{"at": at, "wide": 1.6 if at == 2 else 0.6, "tone": GREY if at == 2 else PALE} for at in (1, 2, 3)]
    lines = (
        alt.Chart(data(rules))
        .mark_rule()
        .encode(x="at:Q", strokeWidth=alt.StrokeWidth("wide:Q", scale=None), stroke=alt.Stroke("tone:N", scale=None))
    )
    return alt.layer(lines, bar, feet, told).properties(width=WIDTH - 160, height=TALL * max(len(strips), 1))


def _told(one: _Strip, words: _Words) -> str:
    told = ", ".join(
        f"{' '.join(words.place(place))} {words.told(one.own[place])}{COSTS_OTHERS if one.costs_others(place) else ''}"
        for place in PLACES
    )
    return f"{visible(one.name)}: {told}"


def _title(read: Reading, words: _Words) -> str:
    over, under = len(read.over.groups), len(read.under.groups)
    if not any(curve.effects for curve in words.found.curves):
        return ("Rond deze begrotingen is niets te berekenen", "Nothing can be computed around these budgets")[
            words.which
        ]
    if read.no_money:
        return ("Er is niets te verdelen: het kader is € 0", "There is nothing to divide: the frame is € 0")[
            words.which
        ]
    if read.nothing_budgeted:
        return ("Er is niets begroot om meer of minder dan te doen", "Nothing is budgeted to do more or less than")[
            words.which
        ]
    if not over and not under:
        return (
            f"Een {words.hour} meer of minder dan begroot verandert niets",
            f"A {words.hour} more or less than budgeted changes nothing",
        )[words.which]
    every = len(read.groups)
    groups = (f"vakgroep{'en' if every != 1 else ''}", f"group{'s' if every != 1 else ''}")[words.which]
    return (
        f"Meer doen dan begroot loont bij {over} van {every} {groups}; minder doen kost iets bij {under}",
        f"Doing more than budgeted pays for {over} of {every} {groups}; doing less costs {under} something",
    )[words.which]


def _subtitle(strips: Sequence[_Strip], read: Reading, words: _Words) -> str:
    what = (
        (f"Wat een {words.hour} meer de vakgroep oplevert", f"What one {words.hour} more brings the group")[words.which]
        + f" ({words.unit}), "
        + ("onder en boven haar begroting.", "below and above its budget.")[words.which]
    )
    told = [what]
    if any(one.costs_others(place) for one in strips for place in PLACES):
        told.append(("Oranje en *: anderen krijgen minder.", "Orange and *: others get less.")[words.which])
    shown = {one.contract for one in strips}
    if read.idle and len(read.idle) < len({curve.contract.name for curve in words.found.curves}) and shown:
        still = ", ".join(visible(name) for name in read.idle if name not in read.unbudgeted)
        empty = ", ".join(visible(name) for name in read.unbudgeted)
        told += [(f"Zonder prikkel: {still}.", f"Without an incentive: {still}.")[words.which]] if still else []
        told += [(f"Niets begroot: {empty}.", f"Nothing budgeted: {empty}.")[words.which]] if empty else []
    if any(value is None for one in strips for value in one.own.values()):
        told.append(
            ("–: daar kan een vakgroep niet komen.", "–: a group cannot be there.")[words.which]
        )  # below nothing, or with nothing left to divide on
    return " ".join(told)
