"""How a specialism is called: its code and the name that goes with it."""

from __future__ import annotations

from functools import cache

from puntlanding.language.notation import Language
from puntlanding.records.codes import TEXT
from puntlanding.records.reference import embedded_codes


@cache
def _names() -> dict[str, str]:
    rows = embedded_codes().specialisms
    return (
        {} if rows is None else {code: str(name) for code, name in rows.frame.select("specialisme", TEXT).iter_rows()}
    )


def specialism(code: str) -> str:
    """Code and name, without what stands in brackets."""
    name = _names().get(code, "").partition(" (")[0]
    return f"{code} {name}".strip()


def group_name(code: str, role: str, language: Language) -> str:
    """Gatekeeping goes without saying."""
    supporting = "ondersteunend" if language is Language.DUTCH else "supporting"
    return specialism(code) + ("" if role == "poort" else f" ({supporting})")
