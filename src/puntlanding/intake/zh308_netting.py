"""Debit, credit, debit again: which performances stay when a delivery takes some of them back.

A credit takes back the oldest debit before it that mirrors it (same trajectory number, claim code, first and last day) and
that no earlier credit took back; so after debit, credit, debit the last one stays. The first pass over the files has counted
the credits of each kind. That is enough to decide on a debit when it passes by: it is taken back if as many credits are
still to come as there are debits waiting before and including it. So memory grows with the credits, which are few, and not
with the file.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from puntlanding.intake.zh308_lines import Flags


@dataclass(slots=True)
class _Kind:
    """Performances that mirror each other: credits still to come, and debits that none has taken back yet."""

    to_come: int
    waiting: int = 0


class Netting:
    def __init__(self, credits_of: Counter[bytes]) -> None:
        self.kinds = {key: _Kind(count) for key, count in credits_of.items()}
        self.known = np.array(sorted(self.kinds), dtype=bytes) if self.kinds else None

    def taken_back(self, mirror: npt.NDArray[np.bytes_], credit: Flags) -> tuple[Flags, Flags]:
        """The next performances, in order: which debits are taken back, and which credits find no debit."""
        back, alone = np.zeros(len(mirror), np.bool_), np.zeros(len(mirror), np.bool_)
        if self.known is None:
            return back, alone
        places = np.minimum(np.searchsorted(self.known, mirror), len(self.known) - 1)
        for at in np.flatnonzero(self.known[places] == mirror).tolist():
            kind = self.kinds[bytes(mirror[at])]
            if not credit[at]:
                kind.waiting += 1
                back[at] = kind.to_come >= kind.waiting
                continue
            kind.to_come -= 1
            if kind.waiting:
                kind.waiting -= 1
            else:
                alone[at] = True
        return back, alone
