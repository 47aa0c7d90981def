"""What a result is the answer to: the command with its options, and every agreement and table that it came from.

A result of `budget`, `monitor`, `settle`, `distribute` and `run` needs no more than its stages; the others hang on what was asked, so
that is written with them, in the words of the command line: who reads it could type it again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from puntlanding import __version__
from puntlanding.agreement.content import short
from puntlanding.case.layout import RESULT_PREFIX
from puntlanding.case.provenance import Provenance
from puntlanding.language.notation import Language
from puntlanding.language.sentences import printable
from puntlanding.report.provenance import FORM, source_record

OWN = ""  # the agreement and the data of the one case that was asked about; others go by the letter of their column, or by their year
YES = "ja"

Asked = Mapping[str, str | list[str]]
Sources = Mapping[str, Provenance]


class Kind(StrEnum):
    """The commands of which a result names what was asked."""

    COMPARE = "compare"
    SIMULATE = "simulate"
    INCENTIVES = "incentives"
    YEARS = "years"
    FORMATION = "formation"
    FORECAST = "forecast"


# The file beside the CSV that says where it comes from, and the CSV; of the second kind not every result has each.
FOLDERS: Mapping[Kind, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    Kind.COMPARE: (f"{RESULT_PREFIX}vergelijking_herkomst.csv", (f"{RESULT_PREFIX}vergelijking.csv",), ()),
    Kind.SIMULATE: (f"{RESULT_PREFIX}simulatie_herkomst.csv", (f"{RESULT_PREFIX}simulatie.csv",), ()),
    Kind.YEARS: (
        f"{RESULT_PREFIX}jaren_herkomst.csv", (f"{RESULT_PREFIX}jaren.csv",), (f"{RESULT_PREFIX}jaren_rekening.csv",),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """``asked``: options by their name without dashes; a flag is "ja". What was chosen for the user is there as if it was typed."""

    kind: Kind
    asked: Asked

    def text(self, key: str) -> str | None:
        found = self.asked.get(key)
        return found if isinstance(found, str) else None

    def texts(self, key: str) -> list[str]:
        found = self.asked.get(key, [])
        return [found] if isinstance(found, str) else list(found)

    def flag(self, key: str) -> bool:
        return self.asked.get(key) == YES


def answer_record(question: Question, sources: Sources, language: Language) -> dict[str, Any]:
    record: dict[str, Any] = {
        "vorm": FORM,
        "programma": __version__,
        "taal": language.value,
        "soort": question.kind.value,
        "vraag": dict(question.asked),
    }
    own = sources.get(OWN)
    record |= {} if own is None else source_record(own)
    others = {name: source_record(one) for name, one in sources.items() if name != OWN}
    return record | ({"bronnen": others} if others else {})


def others_text(sources: Sources, language: Language) -> list[str]:
    """A quiet line for each other agreement of the result, and for each year or hospital of several."""
    return [_line(name, one, dutch=language is Language.DUTCH) for name, one in sources.items() if name != OWN]


def _line(name: str, one: Provenance, *, dutch: bool) -> str:
    agreement, shown = short(one.content.hash), printable(name)
    if not one.tables:
        return f"{'Afspraak' if dutch else 'Agreement'} {shown}: {agreement} · {printable(one.agreement_file)}"
    words = ("Herkomst", "afspraak", "gegevens") if dutch else ("Origin", "agreement", "data")
    return f"{words[0]} {shown}: {words[1]} {agreement} · {words[2]} {short(one.data_hash)}"
