"""The year's own data to compare agreements over, read once per process: those of its newest version."""

from __future__ import annotations

from django.conf import settings

from puntlanding.case import load_case
from puntlanding.case.variants import shared
from puntlanding.comparison.measured import measured
from puntlanding.web.cached import Recent
from puntlanding.web.desk.dossiers import snapshots
from puntlanding.web.desk.models import Version
from puntlanding.web.presenters.agreement_effect import Basis

_recent: Recent[Basis | None] = Recent(8)


def basis_of(version: Version) -> Basis | None:
    """None where there is nothing to compute over. Raises InputError where the files are no case (any more)."""
    key = (str(settings.DATA), version.snapshot)
    return _recent.get(key, lambda: _read(version.snapshot))


def _read(snapshot: str) -> Basis | None:
    folder = snapshots().folder(snapshot)
    loaded = load_case(folder, previous=True)  # a multi-year contract may be tried
    if loaded.case is None:
        loaded = load_case(folder)
    found = measured(shared(loaded.checked()))
    return None if found is None else Basis(loaded, *found)
