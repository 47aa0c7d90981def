"""What a forecast asks of the store: whose records, of which groups and contracts, and with which norm times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl


@dataclass(frozen=True, slots=True)
class Asked:
    """``norm_times``: specialisme, soort, code, minuten (hundredths) of ``year``. ``contracts``: insurer → contract; ``rest`` is
    the contract of all others, None: they take part in nothing. ``gatekeepers``: the specialisms that are forecast. ``earlier``:
    opening year → norm times for what opened in it, where those of ``year`` do not know its codes.
    """

    hospital: str
    year: int
    as_of: date
    norm_times: pl.DataFrame
    gatekeepers: tuple[str, ...]
    supporters: tuple[str, ...] = ()
    contracts: Mapping[str, str] | None = None
    rest: str | None = "alle"
    earlier: Mapping[int, pl.DataFrame] | None = None

    def times(self, opened: int) -> pl.DataFrame:
        """Norm times of what opened in that year."""
        return (self.earlier or {}).get(opened, self.norm_times)

    @property
    def names(self) -> tuple[str, ...]:
        """Of the contracts, rising."""
        return tuple(sorted({*(self.contracts or {}).values(), *([] if self.rest is None else [self.rest])}))
