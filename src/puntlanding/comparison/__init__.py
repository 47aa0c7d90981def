"""One year under several agreements side by side: who gets more, who gets less, and what it takes to soften it."""

from puntlanding.comparison.changes import Change, change
from puntlanding.comparison.columns import Column, Kind, Proposal, settled
from puntlanding.comparison.compare import Comparison, compare
from puntlanding.comparison.within import Compensation, compensation

__all__ = [
    "Change",
    "Column",
    "Comparison",
    "Compensation",
    "Kind",
    "Proposal",
    "change",
    "compare",
    "compensation",
    "settled",
]
