"""Paid norm fte → cents per group (methods §8)."""

from puntlanding.distribution.distribute import Cost, CostKey, Distribution, DistributionRow, distribute

__all__ = ["Cost", "CostKey", "Distribution", "DistributionRow", "distribute"]
