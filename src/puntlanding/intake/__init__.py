"""Exports that hospitals already make → checked, pseudonymous records. One module per format; the registry is below."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from puntlanding.intake.base import Reader, ReferenceFormat

# Name of the format → where its reader stands, in the order in which they are offered. Only the one that is asked for
# is imported, and Polars with it: the command line reads this list whenever it starts.
READERS: Mapping[str, str] = {
    "neutraal": "neutral:NEUTRAL",
    "dwh": "dwh:DWH",
    "hix": "hix:HIX",
    "zh308": "zh308:ZH308",
}
# What deliveries are checked and compared with; `puntlanding intake codes` and `intake national` read them.
REFERENCE_FORMATS: Mapping[str, str] = {"nza": "nza_layout:NZA", "opendis": "opendis_layout:OPENDIS"}


def reader(name: str) -> Reader:
    from puntlanding.intake.base import Reader

    found = _found(READERS[name])
    if not isinstance(found, Reader) or found.name != name:
        raise TypeError(name)
    return found


def readers() -> Mapping[str, Reader]:
    return {name: reader(name) for name in READERS}


def reference_formats() -> tuple[ReferenceFormat, ...]:
    from puntlanding.intake.base import ReferenceFormat

    return tuple(one for one in map(_found, REFERENCE_FORMATS.values()) if isinstance(one, ReferenceFormat))


def _found(place: str) -> object:
    module, _, name = place.partition(":")
    return getattr(import_module(f"puntlanding.intake.{module}"), name)
