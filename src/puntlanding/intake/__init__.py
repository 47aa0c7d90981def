"""Exports that hospitals already make → checked, pseudonymous records. One module per format; the registry is below."""

from __future__ import annotations

from collections.abc import Mapping

from puntlanding.intake.base import Reader, ReferenceFormat
from puntlanding.intake.dwh import DWH
from puntlanding.intake.hix import HIX
from puntlanding.intake.neutral import NEUTRAL
from puntlanding.intake.nza_layout import NZA_FIELDS
from puntlanding.intake.opendis_layout import OPENDIS_FIELDS
from puntlanding.intake.zh308 import ZH308

READERS: tuple[Reader, ...] = (NEUTRAL, DWH, HIX, ZH308)

# What deliveries are checked and compared with; `puntlanding intake codes` and `intake national` read them.
REFERENCE_FORMATS: tuple[ReferenceFormat, ...] = (
    ReferenceFormat(
        "nza", "De codetabellen van de NZa, als CSV of XML.", "The NZa's code tables, as CSV or XML.", NZA_FIELDS
    ),
    ReferenceFormat(
        "opendis",
        "De zes bestanden van Open DIS: landelijke volumes en zorgprofielen.",
        "The six files of Open DIS: national volumes and care profiles.",
        OPENDIS_FIELDS,
    ),
)


def readers() -> Mapping[str, Reader]:
    """Name → reader, in the order in which they are offered."""
    return {one.name: one for one in READERS}
