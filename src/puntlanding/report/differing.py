"""Efficiency of a collective's groups as one form: computed against peers where there are contributions, and else as the case types it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from puntlanding.benchmark.drill_down import DrillDown
from puntlanding.benchmark.efficiency import GroupEfficiency
from puntlanding.benchmark.efficiency_trees import component_node, efficiency_node
from puntlanding.benchmark.efficiency_weights import Component
from puntlanding.benchmark.strata import MINIMUM
from puntlanding.case.linked_scores import WHOLE_YEAR
from puntlanding.case.linked_standing import Differences
from puntlanding.case.model import Case
from puntlanding.collective import Role
from puntlanding.explain import Node
from puntlanding.language.notation import Language
from puntlanding.quantities import fixed
from puntlanding.report.efficiency_record import drill_down_record, group_record
from puntlanding.report.efficiency_tables import Asked
from puntlanding.report.standing_file import records_csv

WHOLE = "efficiency"


@dataclass(frozen=True, slots=True)
class Differing:
    """One group (or several of one specialism). ``figure`` None: not compared; ``typed``: year → what the case types."""

    groups: tuple[str, ...]
    specialism: str
    figure: GroupEfficiency | None
    typed: Mapping[int, Node] = field(default_factory=dict)

    @property
    def value(self) -> Fraction | None:
        """Against peers, or else the last that was typed."""
        if self.figure is not None:
            return self.figure.value
        return self.typed[max(self.typed)].value if self.typed else None


@dataclass(frozen=True)
class Efficiencies:
    """``found`` None: only what was typed. ``years`` are those of which there are figures."""

    rows: tuple[Differing, ...]
    years: tuple[int, ...]
    found: Differences | None

    def node(self, one: Differing, what: str) -> Node | None:
        """Of ``WHOLE``, a component, or a typed year."""
        if what.isdecimal():
            return one.typed.get(int(what))
        if self.found is None or one.figure is None:
            return None
        if what == WHOLE:
            has = one.figure.value is not None
            return efficiency_node(one.figure, self.found.comparison, self.found.weights) if has else None
        if what not in list(Component) or one.figure.components[Component(what)].value is None:
            return None
        return component_node(one.figure, Component(what), self.found.comparison, self.found.weights)

    def drill_down(self, one: Differing) -> DrillDown | None:
        told = None if self.found is None else self.found.of(one.specialism)
        return None if told is None or one.figure is None else told[1]

    def asked(self, hospital: str) -> Asked | None:
        """What the computed figures are of; ``hospital`` as people call it."""
        found = self.found
        if found is None:
            return None
        return Asked(hospital, found.year, WHOLE_YEAR, found.rule, found.peers, MINIMUM)


def efficiencies_of(case: Case, found: Differences | None) -> Efficiencies:
    """Of gatekeeping groups: supporting ones have no patients of their own in this sense, and their score is 1."""
    names: dict[str, tuple[str, ...]] = {}
    for group in case.groups:
        if group.role is Role.GATEKEEPING:
            names[group.specialism] = (*names.get(group.specialism, ()), group.name)
    typed: dict[str, dict[int, Node]] = {}
    for one in case.efficiency:
        if one.component is None:
            typed.setdefault(one.group, {})[one.year] = one.value
    figures = {} if found is None else dict(found.figures)
    rows = []
    for specialism, groups in names.items():
        figure = figures.pop(specialism, None)
        if len(groups) == 1 or figure is not None:
            rows.append(Differing(groups, specialism, figure, typed.get(groups[0], {}) if len(groups) == 1 else {}))
        else:
            rows += [Differing((name,), specialism, None, typed.get(name, {})) for name in groups]
    rows += [Differing((), specialism, figure) for specialism, figure in sorted(figures.items())]
    years = {year for one in rows for year in one.typed}
    return Efficiencies(tuple(rows), tuple(sorted(years)), found)


def seen_by(found: Efficiencies, sees: frozenset[str] | None) -> Efficiencies:
    """With the rows of which every group is among ``sees``; None: all."""
    if sees is None:
        return found
    return replace(found, rows=tuple(one for one in found.rows if one.groups and sees.issuperset(one.groups)))


def efficiencies_record(found: Efficiencies) -> dict[str, Any]:
    about: dict[str, Any] = {"bron": "case" if found.found is None else "bijdragen"}
    if found.found is not None:
        rule = {key: value for key, value in found.found.rule.as_record().items() if key != "lijst"}
        about |= {"jaar": found.found.year, **rule, "vergeleken_met": found.found.peers, "minimum": MINIMUM}
    return {**about, "vakgroepen": [_record(one) for one in found.rows]}


def _record(one: Differing) -> dict[str, Any]:
    record: dict[str, Any] = {"specialisme": one.specialism}
    if one.figure is not None:
        record |= group_record(one.figure)
    typed = {str(year): fixed(node.value) for year, node in sorted(one.typed.items())}
    return {"vakgroep": " + ".join(one.groups) or None, **record, "aangeleverd": typed}


def efficiencies_csv(found: Efficiencies, language: Language) -> bytes:
    rows = []
    for one in found.rows:
        figure = one.figure
        parts = {} if figure is None else {str(name): part.value for name, part in figure.components.items()}
        sums = None if figure is None else figure.sums
        rows.append(
            {
                "vakgroep": " + ".join(one.groups),
                "specialisme": one.specialism,
                "patienten": None if sums is None else sum(sums.patients) + sums.left_out,
                "efficiency": _maybe(None if figure is None else figure.value),
                **{str(name): _maybe(parts.get(str(name))) for name in Component},
                "reden": None if figure is None else figure.reason,
                **{f"aangeleverd_{year}": _maybe_node(one.typed.get(year)) for year in found.years},
            }
        )
    return records_csv(rows, language)


def lines_csv(found: Efficiencies, one: Differing, language: Language) -> bytes | None:
    """Where one group differs, line by line, small strata together; None where there is no figure."""
    asked, told = found.asked(""), found.drill_down(one)
    if asked is None or told is None or one.figure is None:
        return None
    lines = drill_down_record(one.figure, told, asked)["regels"]
    keys = ("diagnosegroep", "leeftijd", "geslacht")
    rows = []
    for line in lines:
        stratum = line.pop("stratum") or {}
        rows.append({**{key: stratum.get(key) for key in keys}, **line})
    return records_csv(rows, language)


def _maybe(value: Fraction | None) -> str | None:
    return None if value is None else fixed(value)


def _maybe_node(node: Node | None) -> str | None:
    return None if node is None else fixed(node.value)
