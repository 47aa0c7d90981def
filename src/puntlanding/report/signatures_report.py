"""Who signed files, and whether they are what was signed: a line per file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from puntlanding.contribution.signing import Verdict, Verified
from puntlanding.language.notation import Language
from puntlanding.language.sentences import as_record as problem_record
from puntlanding.language.sentences import printable
from puntlanding.problems import Problem

_LINES: Mapping[Verdict, tuple[str, str]] = {
    Verdict.KNOWN: ("geldig, ondertekend door {0}", "good, signed by {0}"),
    Verdict.UNKNOWN: (
        "handtekening klopt, maar sleutel niet bekend: {0}\n    Vraag de afzender langs een andere weg of dit zijn vingerafdruk is; geef dan zijn openbare sleutel met --trusted.",
        "signature is good, but the key is not known: {0}\n    Ask the sender another way whether this is their fingerprint; then give their public key with --trusted.",
    ),
    Verdict.UNSIGNED: (
        "niet ondertekend\n    Laat de afzender het ondertekenen met ‘puntlanding contribution sign’.",
        "not signed\n    Have the sender sign it with ‘puntlanding contribution sign’.",
    ),
    Verdict.TAMPERED: (
        "GEWIJZIGD of beschadigd\n    Gebruik het niet, en vraag het opnieuw op bij de afzender.",
        "CHANGED or damaged\n    Do not use it, and ask the sender for it again.",
    ),
}
_ALL = ("{0} van {1} geldig en ondertekend door wie u vertrouwt.", "{0} of {1} good and signed by whom you trust.")


def as_text(found: Sequence[Verified], language: Language, unreadable: int = 0) -> str:
    """``unreadable``: files of which nothing can be said; they count among all."""
    which = 0 if language is Language.DUTCH else 1
    good = sum(one.verdict is Verdict.KNOWN for one in found)
    lines = [_ALL[which].format(good, len(found) + unreadable)]
    for one in found:
        lines.append(f"  {printable(one.file)}: {_LINES[one.verdict][which].format(printable(', '.join(one.keys)))}")
    return "\n".join(lines)


def as_record(found: Sequence[Verified], problems: Sequence[Problem], language: Language) -> dict[str, Any]:
    return {
        "bestanden": [
            {
                "bestand": one.file,
                "uitkomst": one.verdict.value,
                "sleutels": list(one.keys),
                "soort": one.kind,
                "vingerafdruk": one.fingerprint,
            }
            for one in found
        ],
        "fouten": [dict(problem_record(one, language)) for one in problems],
    }
