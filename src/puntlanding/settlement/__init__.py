"""Realised against budgeted norm fte, by the contracts' rules → paid norm fte (methods §7)."""

from puntlanding.settlement.settle import GroupSettlement, Settlement, settle

__all__ = ["GroupSettlement", "Settlement", "settle"]
