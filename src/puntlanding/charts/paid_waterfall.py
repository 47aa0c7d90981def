"""From realised to paid norm fte, of a group or of all: what the ceiling kept back, what filled it up, what came extra."""

from __future__ import annotations

from puntlanding.charts.picture import Picture
from puntlanding.charts.steps import Course, Step, drawn, only_real
from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import visible
from puntlanding.quantities import ZERO
from puntlanding.settlement import GroupSettlement, Settlement

_LABELS = {
    "realised": ("gerealiseerd", "realised"),
    "unpaid": ("meerproductie die niet wordt betaald", "over-production that is not paid"),
    "filled": ("aangevuld tot de begroting", "filled up to the budget"),
    "not_reported": ("begroot, zonder opgave van de realisatie", "budgeted, without a realisation"),
    "extra": ("extra: herverdeling, bandbreedte of krimp", "extra: redistribution, bandwidth or shrink"),
    "band": ("grens op norm fte per fte", "bound on norm fte per fte"),
    "paid": ("betaald", "paid"),
}


def paid_waterfall(
    settlement: Settlement, source: str, language: Language = Language.DUTCH, group: str | None = None
) -> Picture:
    """Norm fte after scoring; ``group`` None: all groups together. Raises KeyError for a group that is not settled."""
    rows = [row for row in settlement.rows if group in (None, row.line.group)]
    if not rows:
        raise KeyError(group)
    course = course_of(rows, language)
    which = 0 if language is Language.DUTCH else 1
    told = [number(step.change, 2, language) for step in (course.begin, course.end)]
    who = visible(rows[0].line.group) if len(rows) == 1 else ("Alle vakgroepen", "All groups")[which]
    return drawn(
        "van-realisatie-naar-betaald",
        (f"{who}: {told[0]} norm fte gerealiseerd, {told[1]} betaald", f"{who}: {told[0]} norm fte realised, {told[1]} paid")[which],
        ("Norm fte na weging, stap voor stap volgens de afspraak", "Norm fte after scoring, step by step as agreed")[which],
        source, course, 2, "norm fte", language,
    )  # fmt: skip


def course_of(rows: list[GroupSettlement], language: Language) -> Course:
    """The steps per contract, added up: a contract that fills up does not hide one that keeps back."""
    which = 0 if language is Language.DUTCH else 1
    sums = dict.fromkeys(("realised", "unpaid", "filled", "not_reported", "extra", "band", "paid"), ZERO)
    for row in rows:
        for line in row.contracts:
            base = line.paid.value - line.extra.value
            if line.realised is None:
                sums["not_reported"] += base
            else:
                sums["realised"] += line.realised.value
                sums["unpaid"] -= max(line.realised.value - base, ZERO)
                sums["filled"] += max(base - line.realised.value, ZERO)
            sums["extra"] += line.extra.value
        sums["band"] += row.line.paid.value - sum((line.paid.value for line in row.contracts), ZERO)
        sums["paid"] += row.line.paid.value
    steps = {key: Step(_LABELS[key][which], value) for key, value in sums.items()}
    changes = only_real([steps[key] for key in ("unpaid", "filled", "not_reported", "extra", "band")])
    return Course(steps["realised"], changes, steps["paid"])
