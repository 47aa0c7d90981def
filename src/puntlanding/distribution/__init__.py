"""Paid norm fte, care fte and the components' keys → cents per group (methods §8)."""

from puntlanding.distribution.costs import Cost, CostKey
from puntlanding.distribution.distribute import UNPAID_LINE, Agreed, distribute, wrong_with
from puntlanding.distribution.rows import Distribution, DistributionRow

__all__ = ["UNPAID_LINE", "Agreed", "Cost", "CostKey", "Distribution", "DistributionRow", "distribute", "wrong_with"]
