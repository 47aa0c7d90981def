"""Which reports somebody may have, and which files of a version they may read."""

from __future__ import annotations

from pathlib import PurePosixPath

from puntlanding.case.layout import AGREEMENT, LAYOUTS
from puntlanding.case.list_layouts import LISTS
from puntlanding.report.outputs import OUTPUTS
from puntlanding.web.access import Access
from puntlanding.web.rules import Detail, Permission

# What the collective alone needs, to divide its money: with these beside the agreement anybody could compute each group's euros.
# Savings are not among them: the hospital pays a share of these beside the frame, and must know for what.
DIVIDING = (
    "kosten", "disutility", "diensten", "dienstgewichten", "kwaliteit", "scores", "mutaties", "vorig_model", "vorig_jaar",
)  # fmt: skip
_TABLES = frozenset((*LAYOUTS, *LISTS)) - frozenset(DIVIDING)
_ONE_TABLE = (".csv", ".parquet")
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


def may_read(access: Access, file: str) -> bool:
    """Whether what stands in a version's file is for them; its name and hash are for everybody who may see the files.

    Who does not see the distribution reads the agreement, which both parties sign, and the tables that both work with. What is not
    known to be one of these is not shown: a workbook can hold any sheet.
    """
    if not access.may(Permission.SEE_FILES):
        return False
    if access.may(Permission.SEE_DISTRIBUTION):
        return True
    path = PurePosixPath(file.lower())
    if path.suffix == ".toml":
        return path.stem.partition("_vanaf_")[0].partition(".")[0] == AGREEMENT
    return path.suffix in _ONE_TABLE and path.stem in _TABLES
