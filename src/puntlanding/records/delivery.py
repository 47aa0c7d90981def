"""One delivery of a hospital, read and pseudonymised: what is checked, and then stored or refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from puntlanding.records.findings import Finding
from puntlanding.records.tables import TableName


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of the hospital, as it was read. The name only: a path may hold a user's name."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """The records of one delivery: canonical tables with `ROW`, identifiers already pseudonyms.

    ``files`` names for each table the source its row numbers count in. ``delivered`` is the day on which the hospital knew
    just this. ``hospitals`` are AGB codes of institutions met in the files, with their rows.
    """

    trajectories: pl.DataFrame
    activities: pl.DataFrame
    files: Mapping[TableName, str]
    delivered: date
    reader: str
    reader_version: int
    key_fingerprint: str
    sources: tuple[SourceFile, ...]
    findings: tuple[Finding, ...] = ()
    hospitals: Mapping[str, int] = field(default_factory=dict)

    def table(self, name: TableName) -> pl.DataFrame:
        return self.trajectories if name is TableName.TRAJECTORIES else self.activities
