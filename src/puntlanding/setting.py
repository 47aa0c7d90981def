"""One setting of the agreement: its key, type, unit, bounds, default and the sentences that explain it.

The catalogue of settings is the single source for reading the agreement, the template that `new` writes, the sheet
`afspraak` of a workbook and the published JSON Schema.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from puntlanding.quantities import ONE, ZERO


class Kind(StrEnum):
    TEXT = "text"
    YEAR = "year"
    NUMBER = "number"
    EUROS = "euros"
    CHOICE = "choice"
    PAIR = "pair"  # two numbers, lower and upper
    TEXTS = "texts"  # a list of texts
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Setting:
    """``default`` None means: required where its section is present, unless ``optional``.

    ``pattern`` is what each text of a list must match as a whole. ``noun`` (nl, en) is what sentences call the setting;
    ``reads`` says what a choice means, by choice, or what any value does (key "", with {0} for the value). Both may also stand
    in `agreement.wording`.
    """

    key: str
    kind: Kind
    unit: str
    nl: str
    en: str
    default: str | Fraction | None = None
    optional: bool = False
    choices: tuple[str, ...] = ()
    minimum: Fraction | None = None
    maximum: Fraction | None = None
    example: str = ""
    pattern: str = r".*\S.*"
    noun: tuple[str, str] | None = None
    reads: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def required(self) -> bool:
        return self.default is None and not self.optional


def share(key: str, nl: str, en: str, **rest: object) -> Setting:
    """A number from 0 to 1."""
    return Setting(key, Kind.NUMBER, "share", nl, en, minimum=ZERO, maximum=ONE, **rest)  # type: ignore[arg-type]
