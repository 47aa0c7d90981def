"""Other agreements over the tables of one case: whole ones and overlays, each checked as the case's own is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from puntlanding.agreement import Agreement, read_agreement, read_toml
from puntlanding.agreement.content import Content, content_of
from puntlanding.agreement.difference import differences
from puntlanding.agreement.overlay import Whole, is_overlay, read_overlay
from puntlanding.agreement.seal import Seal
from puntlanding.agreement.wording import Pair
from puntlanding.case.agreement_files import seal_of
from puntlanding.case.cross import Files, cross_check
from puntlanding.case.load import Loaded
from puntlanding.case.model import Case
from puntlanding.case.provenance import Provenance
from puntlanding.case.sources import find_sources
from puntlanding.norms.production import GroupContract, Measure, Output, Production
from puntlanding.problems import InputError, Problem, errors, warnings

MOST = 12  # columns beside the case's own; more nobody reads


@dataclass(frozen=True, slots=True)
class Variant:
    """One file with an agreement; ``changed`` says in both languages how it differs from the case's own, ``said`` what deserves
    attention in the file itself.
    """

    name: str
    agreement: Agreement
    overlay: bool
    content: Content
    changed: tuple[Pair, ...]
    said: tuple[Problem, ...]
    seal: Seal | None = None

    @property
    def provenance(self) -> Provenance:
        """Without tables: they are the case's."""
        one = self.agreement
        return Provenance(Path(self.name).name, self.content, one.holds_from, one.version, (), self.seal)


def own_agreement(place: Path) -> tuple[Whole, Agreement] | None:
    """The agreement of the case at ``place`` as it was typed; None where it cannot be read, which `load_case` words."""
    sources = find_sources(place)
    if sources.agreement is None or errors(sources.problems):
        return None
    whole = Whole(sources.agreement, sources.lines, sources.agreement_file)
    agreement, _ = read_agreement(whole.raw, whole.lines, whole.file)
    return None if agreement is None else (whole, agreement)


def read_variants(paths: Sequence[Path], own: Whole, year: int) -> tuple[Variant, ...]:
    """Every file, in the order given. Raises InputError with all that is wrong in all of them."""
    problems: list[Problem] = []
    if len(paths) > MOST:
        details: dict[str, object] = {"count": len(paths), "most": MOST}
        raise InputError([Problem("compare_too_many", "--agreements", details=details)])
    found: list[Variant] = []
    seen: set[Path] = set()
    for path in paths:
        if path.resolve() in seen:
            problems.append(Problem("compare_file_twice", path.name, value=str(path)))
            continue
        seen.add(path.resolve())
        name = path.name if [one.name for one in paths].count(path.name) == 1 else str(path)
        variant, wrong = _read(path, name, own, year)
        problems += wrong
        if variant is not None:
            found.append(variant)
    if problems:
        raise InputError(problems)
    return tuple(found)


def _read(path: Path, name: str, own: Whole, year: int) -> tuple[Variant | None, Sequence[Problem]]:
    raw, lines, problems = read_toml(path)
    if raw is None:
        return None, problems
    if is_overlay(raw):
        read = read_overlay(raw, lines, path.name, own)
        agreement, said, whole = read.agreement, read.problems, read.raw
    else:
        agreement, told = read_agreement(raw, lines, path.name)
        said, whole = tuple(told), raw
    if agreement is None:
        return None, errors(said)
    if agreement.year != year:
        details = {"year": year, "found": agreement.year}
        return None, [
            Problem(
                "compare_other_year", path.name, lines.get(("afspraak", 0, "jaar")), "afspraak.jaar", details=details
            )
        ]
    content = content_of(whole)
    changed = tuple(one.said for one in differences(content_of(own.raw), content))
    seal, broken = (None, []) if is_overlay(raw) else seal_of(path, content, path.name, lines)
    return Variant(name, agreement, is_overlay(raw), content, changed, warnings(said), seal), broken


@dataclass(frozen=True, slots=True)
class Kept:
    """Production of which each year's sums are made once, however many agreements ask for them."""

    of: Production
    made: dict[int, Mapping[GroupContract, Output]] = field(default_factory=dict)
    found: dict[int, Mapping[GroupContract, Measure]] = field(default_factory=dict)

    @property
    def file(self) -> str:
        return self.of.file

    def measures(self, year: int) -> Mapping[GroupContract, Measure]:
        if year not in self.found:
            self.found[year] = self.of.measures(year)
        return self.found[year]

    def outputs(self, year: int) -> Mapping[GroupContract, Output]:
        if year not in self.made:
            self.made[year] = self.of.outputs(year)
        return self.made[year]


def shared(case: Case) -> Case:
    """``case`` with production that is summed once for all that follows."""

    def kept(production: Production | None) -> Production | None:
        return None if production is None else Kept(production)

    return replace(
        case, budget=kept(case.budget), realisation=kept(case.realisation), forecast=kept(case.forecast)
    )  # fmt: skip


def under(case: Case, agreement: Agreement, loaded: Loaded) -> tuple[Case, tuple[Problem, ...]]:
    """``case`` with another agreement, and what is wrong or odd between the two that was not told of ``loaded`` already."""
    other = replace(case, agreement=agreement)
    files = Files(_labels(case, loaded))
    found = [*_contracts(other), *_scores(other, files), *_weeks(other, files), *cross_check(other, files)]
    known = [*loaded.problems, *cross_check(case, files)]
    return other, tuple(one for one in found if errors([one]) or one not in known)


def _labels(case: Case, loaded: Loaded) -> dict[str, str]:
    labels = {note.name: note.file for note in loaded.notes if note.rows}
    for name, production in (("begroting", case.budget), ("realisatie", case.realisation), ("prognose", case.forecast)):
        if production is not None:
            labels[name] = production.file
    return labels


def _contracts(case: Case) -> Iterator[Problem]:
    """Production in a contract that the agreement does not have would be left out without a word."""
    names = [contract.name for contract in case.agreement.contracts]
    for production in (case.budget, case.realisation):
        if production is None or not names:
            continue
        used = {contract: None for _, contract in production.measures(case.agreement.year)}
        for contract in used:
            if contract not in names:
                details = {"file": case.agreement.file, "allowed": ", ".join(names)}
                yield Problem("compare_contract_unknown", production.file, None, "contract", contract, details)


def _scores(case: Case, files: Files) -> Iterator[Problem]:
    components = case.agreement.weights.components
    unknown = {
        one.component: None for one in case.efficiency if components and one.component not in (None, *components)
    }
    for component in unknown:
        details = {"allowed": ", ".join(components)}
        yield Problem("component_unknown", files["efficiency"], None, "onderdeel", component, details)


def _weeks(case: Case, files: Files) -> Iterator[Problem]:
    most = case.agreement.formation.weeks_per_year.value
    for one in case.formation:
        if one.weeks is not None and one.weeks.value > most:
            source = one.weeks.source
            row = None if source is None else source.row
            yield Problem("weeks_too_many", files["formatie"], row, "weken", str(one.weeks.value), {"most": str(most)})
