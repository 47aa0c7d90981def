"""From a full contribution to one that may leave the hospital: the same tables, and no row of which a patient can be read.

The rules, and what they do not do, stand in docs/explanation/uitwisselen-zonder-patienten.md; the choices in ADR 0016.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from puntlanding.benchmark.protect_policy import Method, Policy
from puntlanding.benchmark.protect_production import GroupAccount, protected_input, protected_production
from puntlanding.benchmark.protect_strata import StrataAccount, protected_strata
from puntlanding.contribution import About, Contribution, Origin, contribution
from puntlanding.contribution.tables import TableName, empty
from puntlanding.problems import InputError, Problem


@dataclass(frozen=True, slots=True)
class Protected:
    """``groups`` and ``strata`` say what was done; they stay in the hospital."""

    contribution: Contribution
    policy: Policy
    groups: tuple[GroupAccount, ...]
    strata: tuple[StrataAccount, ...]


def protect(full: Contribution, policy: Policy, previous: Contribution | None = None) -> Protected:
    """``previous`` is what was sent of the same year before: a row that changed since by less than the minimum is not told
    again, because the difference of both would tell what changed.

    Raises InputError where ``full`` was protected already (a second time would tell less and protect no better), or where
    ``previous`` is of another year.
    """
    _require_full(full, previous)
    production, groups = protected_production(
        full.production, policy, None if previous is None else previous.production
    )
    withheld = {(one.hospital, one.specialism, one.role) for one in groups if one.withheld}
    strata, accounts = protected_strata(full.strata, policy, None if previous is None else previous.strata)
    tables = {
        TableName.PRODUCTION: production,
        TableName.STRATA: strata,
        TableName.INPUT: protected_input(full.input, policy, withheld),
        TableName.DIAGNOSES: empty(TableName.DIAGNOSES),
    }
    hospitals = [_about(one, policy, withheld) for one in full.hospitals]
    return Protected(contribution(full.basis, hospitals, tables), policy, groups, accounts)


def _require_full(full: Contribution, previous: Contribution | None) -> None:
    file = full.file or ", ".join(full.names)
    problems = [Problem("protected_twice", file, value=one.hospital) for one in full.hospitals if one.protection]
    if previous is not None and previous.basis.year != full.basis.year:
        details = {"expected": full.basis.year}
        problems.append(Problem("previous_year", previous.file or "", value=str(previous.basis.year), details=details))
    if previous is not None and not set(full.names) <= set(previous.names):
        missing = ", ".join(sorted(set(full.names) - set(previous.names)))
        problems.append(Problem("previous_hospital", previous.file or "", value=missing))
    if problems:
        raise InputError(problems)


def _about(one: About, policy: Policy, withheld: set[tuple[str, str, str]]) -> About:
    """Fte of a group whose production is not told would count as fte without hours: it goes too."""
    hospital = one.hospital
    kept = tuple(group for group in one.fte if (hospital, group.specialism, group.role) not in withheld)
    least = policy.minimum if policy.method is Method.MERGE else policy.base
    counts = {name: count for name, count in one.counts.items() if count == 0 or count >= least}
    gone = sorted([specialism, role] for name, specialism, role in withheld if name == hospital)
    protection = {**policy.as_record(), "niet_gedeeld": gone}
    return replace(one, fte=kept, counts=counts, origins=_years(one.origins), protection=protection)


def _years(origins: tuple[Origin, ...]) -> tuple[Origin, ...]:
    """One per year, with its last day of delivery. In place of the hashes one hash of them: the hospital can show from
    which records the contribution came, and nobody else can tell which deliveries had the same records.
    """
    by_year: dict[int, list[Origin]] = {}
    for one in origins:
        by_year.setdefault(one.year, []).append(one)
    return tuple(
        Origin(year, max(one.delivered for one in found), _commitment(found)) for year, found in sorted(by_year.items())
    )


def _commitment(origins: list[Origin]) -> str:
    lines = sorted(f"{one.year},{one.delivered.isoformat()},{one.content}" for one in origins)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
