"""What a delivery says of itself: where it came from, what was read, counted, checked and replaced. No clock, no identifier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from puntlanding import __version__
from puntlanding.records.compare import Changes
from puntlanding.records.delivery import Delivery
from puntlanding.records.findings import Finding
from puntlanding.records.store.layout import FORMAT, Kept
from puntlanding.records.tables import TableName


def manifest(
    hospital: str,
    delivery: Delivery,
    years: Mapping[int, Mapping[TableName, pl.DataFrame]],
    hashes: Mapping[str, str],
    before: Mapping[int, Kept],
    changes: Mapping[int, Mapping[TableName, Changes]],
) -> dict[str, Any]:
    stored = {name: sum(tables[name].height for tables in years.values()) for name in TableName}
    return {
        "formaat": FORMAT,
        "ziekenhuis": hospital,
        "instellingen": dict(delivery.hospitals),
        "geleverd_op": delivery.delivered.isoformat(),
        "lezer": {"naam": delivery.reader, "versie": delivery.reader_version},
        "programma": __version__,
        "sleutel": delivery.key_fingerprint,
        "bronnen": [{"naam": one.name, "bytes": one.size, "sha256": one.sha256} for one in delivery.sources],
        "jaren": {
            str(year): {str(name): frame.height for name, frame in tables.items()} for year, tables in years.items()
        },
        "niet_opgeslagen": {str(name): delivery.table(name).height - stored[name] for name in TableName},
        "bestanden": dict(hashes),
        "controles": [finding_record(one) for one in delivery.findings],
        "vervangt": {str(year): _replaced(before[year], tables) for year, tables in changes.items()},
    }


def finding_record(finding: Finding) -> dict[str, Any]:
    """Examples are kept with their place only where the finding is not good; identifiers never are."""
    examples = [{"bestand": one.file, "rij": one.row, "waarden": dict(one.values)} for one in finding.examples]
    return {
        "controle": finding.check,
        "uitkomst": finding.status.value,
        "kolom": finding.column,
        "aantal": finding.count,
        "van": finding.of,
        "reden": finding.note,
        "voorbeelden": examples,
    }


def _replaced(before: Kept, tables: Mapping[TableName, Changes]) -> dict[str, Any]:
    return {
        "map": before.folder,
        "inhoud": before.content,
        "verschillen": {str(n): one.as_record() for n, one in tables.items()},
    }
