"""A year as the reports tell it: the stages that the case allows, why the others are not there, and where it all came from.

Workbook, statements, board report and page read this and nothing else, so that they tell the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from puntlanding import __version__
from puntlanding.agreement import Agreement
from puntlanding.agreement.content import short
from puntlanding.case.model import Case
from puntlanding.case.provenance import Provenance
from puntlanding.language.notation import Language
from puntlanding.language.sentences import sentence
from puntlanding.problems import Problem
from puntlanding.stage import Stage
from puntlanding.year import Year


@dataclass(frozen=True)
class Dossier:
    """``warnings`` are what the case is told beside its figures; ``only`` is the one group that was asked for."""

    year: Year
    provenance: Provenance
    language: Language
    warnings: tuple[Problem, ...] = ()
    only: str | None = None

    @property
    def case(self) -> Case:
        return self.year.case

    @property
    def agreement(self) -> Agreement:
        return self.case.agreement

    @cached_property
    def lacking(self) -> Mapping[Stage, tuple[Problem, ...]]:
        """What each stage lacks; empty where it can be computed."""
        return {stage: self.year.missing(stage) for stage in Stage}

    @property
    def groups(self) -> tuple[str, ...]:
        """Whom pages of their own are made for."""
        return tuple(group.name for group in self.case.groups if self.only in (None, group.name))

    def has(self, stage: Stage) -> bool:
        return not self.lacking[stage]

    def why_not(self, stage: Stage) -> str:
        """In sentences, each once."""
        return " ".join(dict.fromkeys(sentence(problem, self.language) for problem in self.lacking[stage]))

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
