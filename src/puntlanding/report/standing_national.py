"""A place among others from the national file that a coordinator sent: its rates and quartiles as agreed, what it withholds withheld."""

from __future__ import annotations

from dataclasses import replace

from puntlanding.agreement import PeerMethod
from puntlanding.benchmark.ex_ante import Benchmark, as_agreed
from puntlanding.benchmark.explained_among import own_among
from puntlanding.benchmark.national_file import National
from puntlanding.benchmark.peers import EVERYBODY, GroupKey
from puntlanding.benchmark.rates import Lacking
from puntlanding.case.home import Home
from puntlanding.case.linked_national import rates_of, require_agreed
from puntlanding.case.model import Case
from puntlanding.problems import Problem
from puntlanding.report.standing import Place, Standing, ToldFrom, own_change


def standing_of_national(
    found: National, own: Benchmark | None, home: Home, case: Case
) -> tuple[Standing, tuple[Problem, ...]]:
    """And which groups it tells nothing of, with the reason. Raises InputError where it is of another year than the case, or cannot be
    used as the agreement compares.
    """
    require_agreed(found, case.agreement)
    rates, said = rates_of(found, replace(case, rates={}), home, case.groups)
    rule, method = as_agreed(case.agreement.comparison)
    kind = EVERYBODY if not case.agreement.comparison.by_type else found.kind(home.hospital) or home.kind or ""
    places = []
    for group in case.groups:
        key = GroupKey(home.hospital, group.specialism, group.role.value)
        cell, rate = found.cell(group.specialism, group.role.value, kind), rates.get(group.name)
        measured = None if own is None else own.rates.groups.get(key)
        mine = None if own is None or measured is None else own_among(own, key, group.name)
        lacking = None if rate is not None else Lacking.PEERS
        if lacking is None and mine is None:
            lacking = Lacking.PRODUCTION if measured is None else measured.measure.lacking
        places.append(
            Place(
                (group.name,), group.specialism, group.role.value, mine, rate,
                None if measured is None or measured.measure.fte <= 0 else measured.measure.fte,
                0 if cell is None else cell.hospitals, None if cell is None or rate is None else cell.spread,
                own_change=None if own is None or measured is None else own_change(own, key), lacking=lacking,
            )
        )  # fmt: skip
    standing = Standing(
        ToldFrom.NATIONAL, found.year, tuple(places), found.basis.year, rule, PeerMethod(method), len(found.hospitals),
        found.file, found.thresholds.step,
    )  # fmt: skip
    return standing, said
