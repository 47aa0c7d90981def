"""The checks themselves, each under the id of its entry in checks.toml. A new one is a line in one of these rooms."""

from __future__ import annotations

from puntlanding.records.checks import activities, levels, links, trajectories, validity
from puntlanding.records.checks.base import Material, NotDone, RowCheck, Search

# Raised where a delivery is compared with the store, not where its rows are checked.
ELSEWHERE = ("fewer_than_before", "second_hospital")

ROW_CHECKS: tuple[RowCheck, ...] = (*trajectories.CHECKS, *activities.CHECKS)
SEARCHES: tuple[Search, ...] = (*links.SEARCHES, *validity.SEARCHES, *levels.SEARCHES)

__all__ = ["ELSEWHERE", "ROW_CHECKS", "SEARCHES", "Material", "NotDone", "RowCheck", "Search"]
