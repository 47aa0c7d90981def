"""What may come of a year, per group and agreement: the middle half and nine tenths of the draws, around what may be expected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import altair as alt

from puntlanding.charts.picture import Column, Picture, data
from puntlanding.charts.style import INK, SERIES, WIDTH, beside, name_axis, number_axis
from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import visible
from puntlanding.simulation.result import Figures, GroupRisk, Risks, Simulation, Tried

LINE, BETWEEN = 13, 10  # pixels: of an agreement in a group, and between groups
FIGURES = ("mean", "p5", "p25", "median", "p75", "p95")


@dataclass(frozen=True, slots=True)
class _Shown:
    """``around``: by group, what the first agreement gives on average; the others are drawn around it too."""

    language: Language
    euros: bool
    agreements: tuple[tuple[Tried, Risks], ...]
    around: Mapping[str, float]

    @property
    def which(self) -> int:
        return 0 if self.language is Language.DUTCH else 1

    @property
    def unit(self) -> str:
        return "€" if self.euros else "norm fte"

    def of(self, group: GroupRisk) -> Figures:
        return group.euros if self.euros and group.euros is not None else group.paid

    def figures(self, risks: Risks) -> dict[str, Figures]:
        return {one.name: self.of(one) for one in risks.groups}

    def exact(self, value: float) -> Fraction:
        """For the table behind: whole cents, or six decimals of a norm fte. A draw knows no more."""
        return Fraction(round(value), 100) if self.euros else Fraction(round(value * 1_000_000), 1_000_000)

    def told(self, value: float) -> str:
        return number(self.exact(value), 0 if self.euros else 2, self.language)

    def amount(self, value: float) -> str:
        return f"€ {self.told(value)}" if self.euros else f"{self.told(value)} norm fte"

    def percent(self, share: float, decimals: int = 1) -> str:
        return f"{number(Fraction(round(share * 1_000_000), 10_000), decimals, self.language)} %"


def simulation_fans(simulation: Simulation, source: str, language: Language = Language.DUTCH) -> Picture:
    """Euros where all agreements have them, else paid norm fte. Raises ValueError where none could be computed."""
    shown = _shown(simulation, language)
    drawn = [name for name, mean in shown.around.items() if mean > 0]
    which = shown.which
    titles = (
        ("gemiddeld", "5 %", "25 %", "mediaan", "75 %", "95 %"),
        ("mean", "5 %", "25 %", "median", "75 %", "95 %"),
    )[which]
    return Picture(
        name="wat-kan-er-komen",
        title=_title(shown, drawn),
        subtitle=_subtitle(simulation, shown, len(shown.around) - len(drawn)),
        source=source,
        words="; ".join(_told(shown, name) for name in shown.around),
        chart=_chart(shown, drawn),
        columns=(
            Column("group", ("vakgroep", "group")[which]),
            Column("agreement", ("afspraak", "agreement")[which]),
            *(Column(key, f"{title} ({shown.unit})", 2) for key, title in zip(FIGURES, titles, strict=True)),
        ),
        rows=tuple(
            {"group": name, "agreement": f"{one.letter} {one.name}"}
            | {key: shown.exact(getattr(found[name], key)) for key in FIGURES}
            for name in shown.around
            for one, risks in shown.agreements
            if name in (found := shown.figures(risks))
        ),
        language=language,
    )  # fmt: skip


def _shown(simulation: Simulation, language: Language) -> _Shown:
    known = tuple((one, one.risks) for one in simulation.tried if one.risks is not None)
    if not known:
        raise ValueError("a simulation without an agreement that could be computed")
    euros = all(risks.total.euros is not None for _, risks in known)
    empty = _Shown(language, euros, known, {})
    return _Shown(language, euros, known, {name: one.mean for name, one in empty.figures(known[0][1]).items()})


def _chart(shown: _Shown, names: Sequence[str]) -> Any:
    told = beside(names)
    rows = []
    many = len(shown.agreements)
    every = [(one, shown.figures(risks)) for one, risks in shown.agreements]
    for label, name in zip(told, names, strict=True):
        mean = shown.around[name]
        for at, (one, found) in enumerate(every):
            if name in found:
                places = {
                    key: round(100 * (getattr(found[name], key) - mean) / mean, 6)
                    for key in ("p5", "p25", "median", "p75", "p95")
                }
                rows.append({
                    "group": label, "letter": one.letter if many > 1 else "", **places,
                    "lane": LINE * (at - (many - 1) / 2), "tone": SERIES[at % len(SERIES)],
                    "told": f"{shown.told(found[name].p5)} – {shown.told(found[name].p95)}",
                })  # fmt: skip
    step = LINE * many + BETWEEN
    height = step * max(len(names), 1)
    y = alt.Y("group:N", sort=told, title=None, axis=name_axis(), scale=alt.Scale(paddingInner=0, paddingOuter=0))
    tone = alt.Color("tone:N", scale=None)
    lane = alt.YOffset("lane:Q", scale=alt.Scale(domain=[-step / 2, step / 2], range=[0, step]))
    base = alt.Chart(data(rows)).encode(y=y, yOffset=lane, color=tone)
    against = shown.agreements[0][0].letter if many > 1 else ""
    title = ("% meer of minder dan gemiddeld", "% more or less than average")[shown.which]
    if against:
        title += (f" onder {against}", f" under {against}")[shown.which]
    x = alt.X("p5:Q", title=title, scale=alt.Scale(zero=True, nice=True), axis=number_axis())
    tips = [
        alt.Tooltip("group:N", title=("vakgroep", "group")[shown.which]),
        alt.Tooltip("told:N", title=f"5 % – 95 % ({shown.unit})"),
    ]
    return alt.layer(
        alt.Chart(data([{"zero": 0}])).mark_rule(color=INK, strokeWidth=1).encode(x="zero:Q"),
        base.mark_rule(strokeWidth=1.4).encode(x=x, x2="p95:Q", tooltip=tips),
        base.mark_bar(height=7).encode(x="p25:Q", x2="p75:Q", tooltip=tips),
        base.mark_tick(thickness=2, size=12).encode(x="median:Q"),
        base.transform_filter("datum.p75 > datum.p25").mark_tick(thickness=2, size=7).encode(x="median:Q", color=alt.value("white")),
        base.mark_text(align="left", dx=4, fontSize=10).encode(x="p95:Q", text="letter:N", color=alt.value(INK)),
    ).properties(width=WIDTH - 160, height=height)  # fmt: skip


def _title(shown: _Shown, names: Sequence[str]) -> str:
    if all(one.p95 == one.p5 for _, risks in shown.agreements for one in shown.figures(risks).values()):
        return ("In geen enkele trekking krijgt een vakgroep iets anders", "No draw gives any group anything else")[
            shown.which
        ]
    if len(shown.agreements) > 1:
        tried, risks = min(shown.agreements, key=lambda pair: (pair[1].group_risk, pair[0].letter))
        share = shown.percent(risks.group_risk)
        return (
            f"Onder {tried.letter} weet een vakgroep het best waar zij aan toe is: spreiding {share}",
            f"Under {tried.letter} a group knows best where it stands: spread {share}",
        )[shown.which]
    found = shown.figures(shown.agreements[0][1])
    if not names:
        return ("Geen vakgroep mag iets verwachten", "No group may expect anything")[shown.which]
    fall = {name: (found[name].mean - found[name].p5) / found[name].mean for name in names}
    most = max(names, key=lambda name: (fall[name], name))
    amount, share = shown.amount(found[most].mean - found[most].p5), shown.percent(fall[most])
    return (
        f"{visible(most)} is het minst zeker: bij één op de twintig {amount} ({share}) of meer onder het gemiddelde",
        f"{visible(most)} is least certain: one in twenty is {amount} ({share}) or more below average",
    )[shown.which]


def _subtitle(simulation: Simulation, shown: _Shown, undrawn: int) -> str:
    draws = number(simulation.draws, 0, shown.language)
    what = (("Bedrag", "Amount") if shown.euros else ("Betaalde norm fte", "Paid norm fte"))[shown.which]
    told = [
        (
            f"{what} per vakgroep in {draws} trekkingen: balk = middelste helft, lijn = 5 % tot 95 %, streepje = mediaan.",
            f"{what} by group in {draws} draws: bar = middle half, line = 5 % to 95 %, tick = median.",
        )[shown.which]
    ]
    if len(shown.agreements) > 1:
        told.append(" · ".join(f"{one.letter} {visible(one.name)}" for one, _ in shown.agreements) + ".")
    refused = [one for one in simulation.tried if one.risks is None]
    if refused:
        letters = ", ".join(f"{one.letter} {visible(one.name)}" for one in refused)
        told.append((f"Niet te berekenen: {letters}.", f"Cannot be computed: {letters}.")[shown.which])
    if undrawn:
        told.append(
            (
                f"Niet getekend: {undrawn} vakgroep{'en' if undrawn != 1 else ''} zonder verwacht bedrag.",
                f"Not drawn: {undrawn} group{'s' if undrawn != 1 else ''} that may expect nothing.",
            )[shown.which]
        )
    return " ".join(told)


def _told(shown: _Shown, name: str) -> str:
    parts = []
    for one, risks in shown.agreements:
        found = shown.figures(risks).get(name)
        if found is not None:
            letter = f"{one.letter} " if len(shown.agreements) > 1 else ""
            mean, low, high = (shown.told(value) for value in (found.mean, found.p5, found.p95))
            parts.append(
                (f"{letter}gemiddeld {mean} ({low} – {high})", f"{letter}{mean} on average ({low} – {high})")[
                    shown.which
                ]
            )
    return f"{visible(name)}: {', '.join(parts)}"
