"""One PDF for each group, in a folder."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from puntlanding.report.dossier import Dossier
from puntlanding.report.pdf.origin import strange
from puntlanding.report.pdf.paper import pdf
from puntlanding.report.pdf.statement import statement

LONGEST_NAME = 60


def files(dossier: Dossier, target: Path) -> Mapping[Path, bytes]:
    when, told = dossier.agreement.holds_from, strange(dossier)
    names = file_names([group.name for group in dossier.case.groups])
    return {
        target / f"{names[group]}.pdf": pdf("statement", statement(dossier, group), when, told) for group in dossier.groups
    }  # fmt: skip


def file_names(groups: list[str]) -> dict[str, str]:
    """Letters and digits of the group's name; where two become one, the later has a number. The same whichever group is asked for."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for group in groups:
        base = re.sub(r"[\W_]+", "-", group).strip("-").lower()[:LONGEST_NAME] or "vakgroep"
        name, at = base, 1
        while name in taken:
            at += 1
            name = f"{base}-{at}"
        taken.add(name)
        found[group] = name
    return found
