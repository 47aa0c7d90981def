"""From one number to another in steps that add up exactly: the drawing that every waterfall shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import altair as alt

from puntlanding.charts.picture import Column, Picture, data, plain
from puntlanding.charts.style import GREY, INK, OURS, OVER, ROW, UNDER, WIDTH, beside, name_axis, number_axis
from puntlanding.language.notation import Language, number
from puntlanding.quantities import ZERO, half_up


@dataclass(frozen=True, slots=True)
class Step:
    """``change`` is what it adds or takes away."""

    label: str
    change: Fraction


@dataclass(frozen=True, slots=True)
class Course:
    """``begin`` plus all changes is ``end``: the first and the last bar."""

    begin: Step
    changes: tuple[Step, ...]
    end: Step

    def __post_init__(self) -> None:
        if self.begin.change + sum((step.change for step in self.changes), ZERO) != self.end.change:
            raise ValueError(f"the steps from {self.begin.label} do not add up to {self.end.label}")


def only_real(changes: Sequence[Step]) -> tuple[Step, ...]:
    """Without the steps that change nothing."""
    return tuple(step for step in changes if step.change)


def drawn(
    name: str, title: str, subtitle: str, source: str, course: Course, decimals: int, unit: str, language: Language
) -> Picture:
    """Bars from top to bottom, each beginning where the one before ended, with its amount written beside it."""
    bars = _bars(course, decimals, language)
    order = [str(bar["label"]) for bar in bars]
    base = alt.Chart(data(bars)).encode(y=alt.Y("label:N", sort=order, title=None, axis=name_axis()))
    kinds = alt.Scale(domain=["whole", "more", "less"], range=[OURS, OVER, UNDER])
    scale = alt.Scale(zero=all((bar["low"] or 0) >= 0 for bar in bars), nice=True)
    bar = base.mark_bar(height=14).encode(
        x=alt.X(
            "low:Q",
            title=unit,
            scale=scale,
            axis=number_axis(),
        ),
        x2="high:Q",
        color=alt.Color("kind:N", scale=kinds, legend=None),
        tooltip=[alt.Tooltip("label:N", title=" "), alt.Tooltip("told:N", title=unit)],
    )
    thread = base.mark_tick(thickness=1, size=ROW, color=GREY, opacity=0.7).encode(x="upto:Q")
    words = base.mark_text(align="left", dx=6, color=INK).encode(x="high:Q", text="told:N")
    chart = alt.layer(bar, thread, words).properties(width=WIDTH - 180, height=ROW * len(bars))
    steps = (course.begin, *course.changes, course.end)
    return Picture(
        name, title, subtitle, source,
        "; ".join(f"{bar['label']} {bar['told']}" for bar in bars).replace("\n", " "),
        chart,
        (Column("step", ("stap", "step")[language is Language.ENGLISH]), Column("change", unit, decimals)),
        tuple({"step": step.label, "change": step.change} for step in steps),
        language,
    )  # fmt: skip


def _bars(course: Course, decimals: int, language: Language) -> list[dict[str, Any]]:
    bars = [
        _bar(course.begin.label, ZERO, course.begin.change, "whole", number(course.begin.change, decimals, language))
    ]
    at = course.begin.change
    for step in course.changes:
        told = number(abs(step.change), decimals, language)
        kind, sign = ("more", "+") if step.change > 0 else ("less", "−")
        bars.append(_bar(step.label, at, at + step.change, kind, f"{sign} {told}"))
        at += step.change
    left = half_up(course.end.change, decimals) - sum(
        half_up(one.change, decimals) for one in (course.begin, *course.changes)
    )
    if left:  # so that what is written adds up as it stands
        told = f"{'+' if left > 0 else '−'} {number(Fraction(abs(left), 10**decimals), decimals, language)}"
        bars.append(_bar(("afronding", "rounding")[language is Language.ENGLISH], at, at, "more", told))
    bars.append(_bar(course.end.label, ZERO, course.end.change, "whole", number(course.end.change, decimals, language)))
    for bar, label in zip(bars, beside([str(bar["label"]) for bar in bars]), strict=True):
        bar["label"] = label
    return bars


def _bar(label: str, start: Fraction, end: Fraction, kind: str, told: str) -> dict[str, Any]:
    return {
        "label": label, "low": plain(min(start, end)), "high": plain(max(start, end)), "upto": plain(end), "kind": kind,
        "told": told,
    }  # fmt: skip
