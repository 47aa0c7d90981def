"""The outcome of the checks as a row keeps it, and back: so that it is read later in either language."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from puntlanding.records.findings import Example, Finding, catalogue
from puntlanding.records.store.manifest import finding_record
from puntlanding.records.tables import TableName
from puntlanding.report.checked import Checked

Kept = Mapping[str, Any]


def kept(checked: Checked) -> dict[str, Any]:
    return {
        "geleverd_op": checked.delivered.isoformat(),
        "lezer": checked.reader,
        "bronnen": list(checked.sources),
        "aantallen": {one.value: checked.counts[one] for one in TableName},
        "jaren": {
            str(year): {one.value: counts[one] for one in TableName} for year, counts in checked.per_year.items()
        },
        "controles": [finding_record(one) for one in checked.findings],
    }


def hash_of(report: Kept) -> str:
    text = json.dumps(report, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def checked_of(report: Kept) -> Checked:
    """Checks that this program no longer knows fall away."""
    return Checked(
        hospital=None,
        delivered=date.fromisoformat(report["geleverd_op"]),
        reader=report["lezer"],
        sources=tuple(report["bronnen"]),
        counts={one: report["aantallen"][one.value] for one in TableName},
        per_year={
            int(year): {one: counts[one.value] for one in TableName} for year, counts in sorted(report["jaren"].items())
        },
        findings=tuple(_finding(one) for one in report["controles"] if one["controle"] in catalogue()),
    )


def _finding(record: Mapping[str, Any]) -> Finding:
    examples = tuple(Example(one["bestand"], one["rij"], one["waarden"]) for one in record["voorbeelden"])
    return Finding(record["controle"], record["aantal"], record["van"], examples, record["kolom"], record["reden"])
