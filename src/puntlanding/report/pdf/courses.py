"""The steps of a group's year: from realised to paid norm fte, and from the parts of the frame to its euros."""

from __future__ import annotations

from puntlanding.charts.paid_waterfall import course_of
from puntlanding.charts.steps import Course, Step, only_real
from puntlanding.distribution import Distribution, DistributionRow
from puntlanding.language.terms import term
from puntlanding.report.pdf.saying import Say
from puntlanding.settlement import GroupSettlement


def paid_course(row: GroupSettlement, say: Say) -> Course:
    return course_of([row], say.language)


def component_names(distribution: Distribution, say: Say) -> dict[str, str]:
    """By the key of the component; a pot with a name of its own is called by it."""
    return {one.key: one.name or term(one.component.term, say.language) for one in distribution.components}


def amount_course(distribution: Distribution, row: DistributionRow, say: Say) -> Course:
    """In euros; begins with the norm-fte part, because every agreement has one."""
    names = component_names(distribution, say)
    changes = [
        Step(say.pick("vast deel, op zorgverlening-fte", "fixed part, on care fte"), row.fixed.value / 100),
        *(Step(names[key], node.value / 100) for key, node in row.parts.items()),
        Step(say.pick("algemene kosten", "general costs"), -row.costs.value / 100),
    ]
    begin = Step(say.pick("norm-fte-deel", "norm-fte part"), row.norm.value / 100)
    end = Step(say.pick("bedrag", "amount"), row.paid.value / 100)
    return Course(begin, only_real(changes), end)
