"""From the frame to the groups, and from nothing to a group's euros: every part of the written order is a step."""

from __future__ import annotations

from puntlanding.charts.picture import Picture
from puntlanding.charts.steps import Course, Step, drawn, only_real
from puntlanding.distribution import Distribution, DistributionRow
from puntlanding.explain import Node
from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import visible
from puntlanding.language.terms import term

_LABELS = {
    "frame": ("kader", "frame"),
    "brings": ("van buiten het kader: {}", "from outside the frame: {}"),
    "unpaid": ("niet uitgekeerd", "not paid out"),
    "stays": ("blijft staan: {}", "stays: {}"),
    "costs": ("algemene kosten", "general costs"),
    "groups": ("naar de vakgroepen", "to the groups"),
    "fixed": ("vast deel, op zorgverlening-fte", "fixed part, on care fte"),
    "norm": ("norm-fte-deel", "norm-fte part"),
    "amount": ("bedrag", "amount"),
}


def frame_waterfall(distribution: Distribution, source: str, language: Language = Language.DUTCH) -> Picture:
    """In euros: the frame, what comes from outside, what is not paid out or stays, general costs, and what the groups get."""
    which = 0 if language is Language.DUTCH else 1

    def step(kind: str, node: Node, sign: int, name: str = "") -> Step:
        return Step(_LABELS[kind][which].format(name), sign * node.value / 100)

    names = {one.key: one.name or term(one.component.term, language) for one in distribution.components}
    changes = [
        *(step("brings", node, 1, names[key]) for key, node in distribution.brings.items()),
        step("unpaid", distribution.unpaid, -1),
        *(step("stays", node, -1, names[key]) for key, node in distribution.stays.items()),
        step("costs", distribution.total.costs, -1),
    ]
    course = Course(
        step("frame", distribution.frame, 1), only_real(changes), step("groups", distribution.total.paid, 1)
    )
    told = [number(one.change, 0, language) for one in (course.begin, course.end)]
    return drawn(
        "van-kader-naar-vakgroepen",
        (f"Van het kader van € {told[0]} gaat € {told[1]} naar de vakgroepen", f"Of the frame of € {told[0]}, € {told[1]} goes to the groups")[which],
        ("In euro's, stap voor stap", "In euros, step by step")[which],
        source, course, 2, "€", language,
    )  # fmt: skip


def amount_waterfall(
    distribution: Distribution, group: str, source: str, language: Language = Language.DUTCH
) -> Picture:
    """In euros: what each part of the agreement adds to the amount of ``group``. Raises KeyError for an unknown group."""
    which = 0 if language is Language.DUTCH else 1
    row = _row(distribution, group)
    names = {one.key: one.name or term(one.component.term, language) for one in distribution.components}
    parts = [Step(_LABELS["fixed"][which], row.fixed.value / 100)] if row.fixed.value else []
    begin = Step(_LABELS["norm"][which], row.norm.value / 100)
    parts += [Step(names[key], node.value / 100) for key, node in row.parts.items()]
    parts.append(Step(_LABELS["costs"][which], -row.costs.value / 100))
    course = Course(begin, only_real(parts), Step(_LABELS["amount"][which], row.paid.value / 100))
    told = number(course.end.change, 2, language)
    return drawn(
        "opbouw-bedrag",
        (f"{visible(group)} krijgt € {told}", f"{visible(group)} gets € {told}")[which],
        ("In euro's, per onderdeel van de afspraak", "In euros, by part of the agreement")[which],
        source, course, 2, "€", language,
    )  # fmt: skip


def _row(distribution: Distribution, group: str) -> DistributionRow:
    for row in distribution.rows:
        if row.name == group:
            return row
    raise KeyError(group)
