"""Realised against budgeted norm fte, by the contracts' rules → paid norm fte (methods §7)."""

from puntlanding.settlement.settle import GroupSettlement, Settlement, contract_lines, group_row, settle

__all__ = ["GroupSettlement", "Settlement", "contract_lines", "group_row", "settle"]
