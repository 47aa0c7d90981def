"""What a store and the contributions of others tell of a case's year: made when a report asks for it, once.

The same as `forecast`, `benchmark ex-ante --hospital` and `efficiency` tell.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Generic, TypeVar

from puntlanding.benchmark.ex_ante import Benchmark
from puntlanding.case.linked import Link
from puntlanding.case.linked_forecast import LinkedOutlook, asked_of_link, linked_outlook
from puntlanding.case.linked_standing import Differences, linked_differences, linked_standing
from puntlanding.case.model import Case
from puntlanding.problems import InputError, Problem

T = TypeVar("T")


class Beside(StrEnum):
    """What stands beside the stages of a year."""

    OUTLOOK = "prognose"
    STANDING = "benchmark"
    DIFFERENCES = "efficiency"


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """``found``, or else ``problems`` say why there is none."""

    found: T | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class BesideStore:
    link: Link
    case: Case

    @cached_property
    def outlook(self) -> Answer[LinkedOutlook]:
        return answer(lambda: linked_outlook(asked_of_link(replace(self.link, year=self.case.agreement.year))))

    @cached_property
    def standing(self) -> Answer[Benchmark]:
        return answer(lambda: linked_standing(self.link, self.case))

    @cached_property
    def differences(self) -> Answer[Differences]:
        return answer(lambda: linked_differences(self.link, self.case))

    def lacking(self, what: Beside) -> tuple[Problem, ...]:
        answers = {Beside.OUTLOOK: "outlook", Beside.STANDING: "standing", Beside.DIFFERENCES: "differences"}
        answer: Answer[object] = getattr(self, answers[what])
        return answer.problems


def answer(make: Callable[[], T]) -> Answer[T]:
    try:
        return Answer(make())
    except InputError as error:
        return Answer(None, tuple(error.problems))
