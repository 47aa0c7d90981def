"""A year as the reports tell it: the stages that the case allows, why the others are not there, and where it all came from.

Workbook, statements, board report and page read this and nothing else, so that they tell the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from puntlanding import __version__
from puntlanding.agreement import Agreement
from puntlanding.agreement.content import short
from puntlanding.benchmark.ex_ante import Benchmark
from puntlanding.case.linked import Link
from puntlanding.case.linked_standing import Differences
from puntlanding.case.model import Case
from puntlanding.case.provenance import Provenance
from puntlanding.comparison import Comparison
from puntlanding.forecast.outlook import Outlook
from puntlanding.incentives import Incentives
from puntlanding.language.notation import Language
from puntlanding.language.sentences import sentence
from puntlanding.problems import Problem
from puntlanding.report.beside_store import Answer, Beside, BesideStore, answer
from puntlanding.report.what_if import around_the_budget, as_each_type
from puntlanding.stage import Stage
from puntlanding.year import Year


@dataclass(frozen=True, slots=True)
class Approval:
    """Who put their word to what is told: in sentences, with the hash that they approved. ``mark`` is by which a file of it is known
    again; ``concept``: not both parties did.
    """

    text: str
    hash: str
    mark: str
    concept: bool


@dataclass(frozen=True)
class Dossier:
    """``warnings`` are what the case is told beside its figures; ``only`` is the one group that was asked for; ``link`` is the store
    that completes the case, None where it stands by itself. ``hidden``: what is not for who reads it, and so computed nowhere.
    ``approval`` stands with the origin, where it is known who put their word to it.
    """

    year: Year
    provenance: Provenance
    language: Language
    warnings: tuple[Problem, ...] = ()
    only: str | None = None
    link: Link | None = None
    hidden: frozenset[Stage] = frozenset()
    approval: Approval | None = None

    @property
    def case(self) -> Case:
        return self.year.case

    @property
    def agreement(self) -> Agreement:
        return self.case.agreement

    @cached_property
    def lacking(self) -> Mapping[Stage, tuple[Problem, ...]]:
        """What each stage lacks; empty where it can be computed."""
        not_shown = (Problem("stage_not_shown", "-"),)
        return {stage: not_shown if stage in self.hidden else self.year.missing(stage) for stage in Stage}

    def without_euros(self) -> Dossier:
        """For who does not see how the collective divides its money: without a frame there is nothing to divide, whatever is asked."""
        agreement = replace(self.agreement, frame=None)
        year = replace(self.year, case=replace(self.case, agreement=agreement))
        return replace(self, year=year, hidden=self.hidden | {Stage.DISTRIBUTE})

    @property
    def groups(self) -> tuple[str, ...]:
        """Whom pages of their own are made for."""
        return tuple(group.name for group in self.case.groups if self.only in (None, group.name))

    def has(self, stage: Stage) -> bool:
        return not self.lacking[stage]

    def why_not(self, stage: Stage) -> str:
        """In sentences, each once."""
        return " ".join(dict.fromkeys(sentence(problem, self.language) for problem in self.lacking[stage]))

    @cached_property
    def store(self) -> BesideStore | None:
        return None if self.link is None else BesideStore(self.link, self.case)

    @property
    def outlook(self) -> Outlook | None:
        """The forecast with its bounds, from the hospital's records."""
        linked = None if self.store is None else self.store.outlook.found
        return None if linked is None else linked.outlook

    @property
    def standing(self) -> Benchmark | None:
        """The benchmark from the contributions: only the hospital's own place in it may be told."""
        return None if self.store is None else self.store.standing.found

    @property
    def differences(self) -> Differences | None:
        """Efficiency against peers, and what it is made of."""
        return None if self.store is None else self.store.differences.found

    @cached_property
    def incentives(self) -> Answer[Incentives]:
        """What one norm hour more or less does, around each budget."""
        return answer(lambda: around_the_budget(self.case))

    @cached_property
    def types(self) -> Answer[Comparison]:
        """The year with all contracts as one type, for each type that there is."""
        return answer(lambda: as_each_type(self.case, self.provenance.content.hash))

    def why_without(self, what: Beside) -> str:
        """In sentences, each once; nothing for a case by itself, of which nobody expects it."""
        problems = () if self.store is None else self.store.lacking(what)
        return " ".join(dict.fromkeys(sentence(problem, self.language) for problem in problems))

    @property
    def title(self) -> str:
        return f"{self.agreement.organisation} · {self.agreement.year}"

    @property
    def source(self) -> str:
        """The line below every chart and table."""
        agreement, data = short(self.provenance.content.hash), short(self.provenance.data_hash)
        if self.language is Language.DUTCH:
            return f"Bron: {self.title} · afspraak {agreement} · gegevens {data} · puntlanding {__version__}"
        return f"Source: {self.title} · agreement {agreement} · data {data} · puntlanding {__version__}"
