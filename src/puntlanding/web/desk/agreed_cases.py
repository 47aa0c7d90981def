"""The data to compare agreements over, read once per process: those of the year's newest version, or of the last settled year."""

from __future__ import annotations

from django.conf import settings

from puntlanding.agreement import Agreement
from puntlanding.case import load_case
from puntlanding.case.variants import shared
from puntlanding.comparison.measured import Measure, measured
from puntlanding.problems import InputError
from puntlanding.web.access import Access
from puntlanding.web.cached import Recent
from puntlanding.web.desk.dossiers import snapshots
from puntlanding.web.desk.models import Kind, Version, Year
from puntlanding.web.desk.queries import current, years
from puntlanding.web.presenters.agreement_effect import Basis

_recent: Recent[Basis | None] = Recent(8)


def basis_of(version: Version) -> Basis | None:
    """None where there is nothing to compute over. Raises InputError where the files are no case (any more)."""
    key = (str(settings.DATA), version.snapshot)
    return _recent.get(key, lambda: _read(version.snapshot))


def basis_for(access: Access, year: Year, data: Version, agreement: Agreement) -> Basis | None:
    """Where nothing of the year is realised or expected yet, what was realised in the year before says more than a budget that
    everybody lands on; but only where its contracts are those of ``agreement``. Raises InputError as `basis_of` does.
    """
    own = basis_of(data)
    if own is not None and own.measure is not Measure.BUDGET:
        return own
    before = years(access).filter(year=year.year - 1).first()
    settled = None if before is None else current(before, Kind.SETTLEMENT)
    if settled is None:
        return own
    try:
        found = basis_of(settled)
    except InputError:
        return own
    return found if found is not None and _fits(found, agreement) else own


def _fits(basis: Basis, agreement: Agreement) -> bool:
    production = basis.case.realisation
    if basis.measure is not Measure.REALISED or production is None:
        return False
    names = {one.name for one in agreement.contracts}
    return {contract for _, contract in production.measures(basis.case.agreement.year)} <= names


def _read(snapshot: str) -> Basis | None:
    folder = snapshots().folder(snapshot)
    loaded = load_case(folder, previous=True)  # a multi-year contract may be tried
    if loaded.case is None:
        loaded = load_case(folder)
    found = measured(shared(loaded.checked()))
    return None if found is None else Basis(loaded, *found)
