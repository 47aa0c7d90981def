"""Production → norm hours → norm fte: the capacity budget, and in the same way what was realised (methods §1, §4)."""

from puntlanding.budget.capacity import Capacity, CapacityRow, capacity

__all__ = ["Capacity", "CapacityRow", "capacity"]
