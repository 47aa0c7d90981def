"""Contributions: what a hospital's year is folded into, its file, and how contributions of hospitals come together."""

from puntlanding.contribution.about import About, Basis, GroupFte, Origin
from puntlanding.contribution.merge import merge
from puntlanding.contribution.model import (
    Contribution,
    contribution,
    packed,
    read_contribution,
    read_contributions,
    unpacked,
)

__all__ = [
    "About",
    "Basis",
    "Contribution",
    "GroupFte",
    "Origin",
    "contribution",
    "merge",
    "packed",
    "read_contribution",
    "read_contributions",
    "unpacked",
]
