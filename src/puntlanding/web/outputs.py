"""Which reports somebody may have, and the year as it may be told to them: every file that leaves here is made of this dossier."""

from __future__ import annotations

from dataclasses import replace

from puntlanding.report.dossier import Dossier
from puntlanding.report.outputs import OUTPUTS
from puntlanding.web.access import Access
from puntlanding.web.rules import Detail, Permission

STATEMENTS = "statements"  # one file per group, and so the only one for who sees one group


def outputs_for(access: Access) -> tuple[str, ...]:
    """Keys of `OUTPUTS`, in their order. All but the statements tell of every group side by side, with the whole agreement."""
    if not (access.may(Permission.SEE_YEAR) and access.may(Permission.SEE_AGREEMENT)):
        return ()
    match access.detail:
        case Detail.ALL:
            return tuple(OUTPUTS)
        case Detail.OWN:
            return (STATEMENTS,) if access.group else ()
        case Detail.NONE:
            return ()


def dossier_for(access: Access, dossier: Dossier) -> Dossier:
    """Without the other groups for who sees one; without euros per group for who does not see the distribution.

    Raises PermissionError for who may have no report at all.
    """
    if not outputs_for(access):
        raise PermissionError
    told = dossier if access.detail is Detail.ALL else replace(dossier, only=access.group)
    return told if access.may(Permission.SEE_DISTRIBUTION) else told.without_euros()
