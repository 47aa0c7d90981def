"""Several years in one run: what each takes from the year before, what it leaves, and the figures side by side."""

from puntlanding.years.development import Development, Figures, Overview, overview
from puntlanding.years.entries import Entry
from puntlanding.years.outcome import Account, Outcome
from puntlanding.years.run import Run, run_years

__all__ = ["Account", "Development", "Entry", "Figures", "Outcome", "Overview", "Run", "overview", "run_years"]
