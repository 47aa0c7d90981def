"""In which patients a group differs, as a tree that opens: diagnosis group, age, sex, unit of care."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from puntlanding.benchmark.drill_down import DrillDown, Line, gathered
from puntlanding.benchmark.measure_names import MEASURES
from puntlanding.benchmark.strata import MINIMUM, Level
from puntlanding.contribution.tables import ALL, REST, Counted
from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import index, visible
from puntlanding.quantities import ZERO
from puntlanding.report.efficiency_tables import percent, points
from puntlanding.web.presenters.tree import Branch

MOST_DIAGNOSES = 20


def strata_tree(found: DrillDown, language: Language) -> Branch:
    """Diagnosis group → age → sex → unit, at each level the largest effect first. Small strata stand together before this is made."""
    which = index(language)
    lines = gathered(found, MINIMUM).lines
    nodes = _by(lines, 0, language)
    shown, others = nodes[:MOST_DIAGNOSES], nodes[MOST_DIAGNOSES:]
    branches = [branch for _, branch in shown]
    if others:
        more = ("… en nog {0} diagnosegroepen", "… and {0} more diagnosis groups")[which]
        effect = sum((effect for effect, _ in others), ZERO)
        branches.append(Branch(more.format(number(len(others), 0, language)), points(effect, language)))
    label = ("verschil met 100 %", "difference with 100 %")[which]
    return Branch(label, points(found.gap, language), "", tuple(branches))


def _by(lines: Sequence[Line], depth: int, language: Language) -> list[tuple[Fraction, Branch]]:
    """By the key at ``depth`` of the stratum; below the last one, a line per unit."""
    split: dict[str, list[Line]] = {}
    for line in lines:
        split.setdefault(_key(line, depth, language), []).append(line)
    found = []
    for label, own in split.items():
        effect = sum((line.effect for line in own), ZERO)
        if depth == 2 or _together(own[0]):
            branches = tuple(_unit(line, language) for line in sorted(own, key=lambda line: -abs(line.effect)))
        else:
            branches = tuple(branch for _, branch in _by(own, depth + 1, language))
        found.append((effect, Branch(label, points(effect, language), _patients(own, language), branches)))
    return sorted(found, key=lambda pair: (-abs(pair[0]), pair[1].label))


def _together(line: Line) -> bool:
    return line.stratum is None or line.stratum == (REST, ALL, ALL)


def _key(line: Line, depth: int, language: Language) -> str:
    which = index(language)
    if line.stratum is None:
        return MEASURES[line.measure][which]
    if _together(line):
        return ("kleine groepen patiënten samen", "small groups of patients together")[which]
    value = line.stratum[depth]
    if value == ALL:
        return (("alle diagnosen", "all diagnoses"), ("alle leeftijden", "all ages"), ("alle geslachten", "all sexes"))[
            depth
        ][which]
    sexes = {"M": ("mannen", "men"), "V": ("vrouwen", "women")}
    if depth == 2 and value in sexes:
        return sexes[value][which]
    if depth == 1:
        return (f"{visible(value)} jaar", f"aged {visible(value)}")[which]
    return (f"diagnose {visible(value)}", f"diagnosis {visible(value)}")[which] if not depth else visible(value)


def _patients(lines: Sequence[Line], language: Language) -> str:
    """Of strata that are told; the same patients are in a line for each unit."""
    if _together(lines[0]):
        return ""
    counts = {line.stratum: line.patients for line in lines}
    many = sum(counts.values())
    return (f"{number(many, 0, language)} " + ("patiënten", "patients")[index(language)]) if many else ""


def _unit(line: Line, language: Language) -> Branch:
    which = index(language)
    name = MEASURES[line.measure][which]
    if _together(line) or line.patients < MINIMUM:
        return Branch(name, points(line.effect, language))
    cents = 100 if line.measure == Counted.DIAGNOSTICS else 1
    own, reference = (number(value / line.patients / cents, 2, language) for value in (line.actual, line.expected))
    coarse = "~" if line.level not in (None, Level.STRATUM) else ""
    how = ("eigen {0}, referentie {1}{2} per patiënt", "own {0}, reference {1}{2} per patient")[which]
    told = how.format(own, coarse, reference)
    if line.weight:
        told += ("; weegt {0}", "; weighs {0}")[which].format(percent(line.weight, language))
    return Branch(name, points(line.effect, language), told)
