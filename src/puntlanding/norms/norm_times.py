"""Norm times keyed by year, specialism, kind and code (methods §1); comparable only within one specialism."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from puntlanding.explain import Source


class CodeKind(StrEnum):
    CARE_PRODUCT = "zorgproduct"
    ACTIVITY = "zorgactiviteit"


@dataclass(frozen=True, slots=True)
class NormTime:
    """Specialist minutes for one product or activity."""

    year: int
    specialism: str
    kind: CodeKind
    code: str
    minutes: Fraction
    source: Source


@dataclass(frozen=True, slots=True)
class NormTimes:
    by_code: Mapping[tuple[int, str, str], tuple[NormTime, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, norm_times: Iterable[NormTime]) -> NormTimes:
        by_code: dict[tuple[int, str, str], tuple[NormTime, ...]] = {}
        for one in norm_times:
            key = (one.year, one.specialism, one.code)
            by_code[key] = (*by_code.get(key, ()), one)
        return cls(by_code)

    def find(self, year: int, specialism: str, code: str, kind: CodeKind | None = None) -> tuple[NormTime, ...]:
        """None, one, or — where a code stands under both kinds and ``kind`` is not given — both."""
        found = self.by_code.get((year, specialism, code), ())
        return tuple(one for one in found if kind is None or one.kind is kind)
