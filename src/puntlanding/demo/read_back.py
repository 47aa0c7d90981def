"""Write a made-up hospital in a format and read that again: for tests, for the table of differences, for benchmarks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from puntlanding.demo.compare import Difference, differences
from puntlanding.demo.exports import EXPORTS, Written
from puntlanding.demo.exports.neutraal_eigen import MAPPING
from puntlanding.demo.truth import Truth
from puntlanding.intake import readers
from puntlanding.intake.base import Options, Reader
from puntlanding.intake.receive import receive
from puntlanding.records.delivery import Delivery
from puntlanding.records.pseudonyms import Key


@dataclass(frozen=True, slots=True)
class ReadBack:
    """``differences``: what the delivery has otherwise than what was true on the day of the export."""

    format: str
    written: Written
    reader: Reader
    delivery: Delivery
    differences: tuple[Difference, ...]


def read_back(truth: Truth, name: str, folder: Path, day: date, key: Key) -> ReadBack:
    """``name`` is one of `EXPORTS`, extracted on ``day`` into the new ``folder``."""
    written = EXPORTS[name](truth, folder, as_of=day)
    # A format is read by the reader of its name; a hospital's own tables by the neutral one, with their mapping.
    reader = readers().get(name) or readers()["neutraal"]
    mapping = folder / MAPPING
    delivery = receive(reader, folder, Options(mapping=mapping if mapping.exists() else None), key, day)
    found = differences(truth.known_on(day), delivery, reader, key)
    return ReadBack(name, written, reader, delivery, tuple(found))
