"""A case as plain values, which the oracle reads, and the two ways to give it to the program: as objects and as files."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from plain_components import component_tables, list_texts, raw_sections

from puntlanding.agreement import read_agreement
from puntlanding.case import Case
from puntlanding.collective import Group, Role
from puntlanding.distribution import Cost, CostKey
from puntlanding.explain import Source, Unit, cell
from puntlanding.formation import Category, HalfDays
from puntlanding.norms.norm_times import CodeKind, NormTime
from puntlanding.norms.production import Line, LineProduction, Measure
from puntlanding.scoring import EfficiencyFigure


@dataclass(frozen=True)
class PlainGroup:
    name: str
    specialism: str
    role: str
    care_unit: str


@dataclass(frozen=True)
class PlainContract:
    name: str
    kind: str
    setting: Fraction | None = None


@dataclass(frozen=True)
class PlainRow:
    group: str
    contract: str
    year: int
    measure: str
    amount: Fraction
    code: str | None = None


@dataclass(frozen=True)
class PlainFigure:
    group: str
    year: int
    component: str | None
    value: Fraction
    correction: Fraction | None


@dataclass(frozen=True)
class PlainHalfDays:
    group: str
    role: str
    category: str
    half_days: Fraction
    weeks: Fraction | None


@dataclass(frozen=True)
class PlainCost:
    name: str
    cents: int
    key: str


@dataclass(frozen=True)
class PlainCase:
    groups: tuple[PlainGroup, ...]
    contracts: tuple[PlainContract, ...]
    budget: tuple[PlainRow, ...]
    realised: tuple[PlainRow, ...]
    rates: dict[str, Fraction]
    norm_times: dict[tuple[int, str, str], Fraction]
    redistribute: bool = False
    maximum: Fraction | None = None
    supporting: str = "gelijk"
    bandwidth: tuple[Fraction, Fraction] | None = None
    weights: tuple[Fraction, Fraction, Fraction] = (Fraction("0.8"), Fraction("0.2"), Fraction(0))
    rise_counts: bool = True
    components: dict[str, Fraction] = field(default_factory=dict)
    efficiency: tuple[PlainFigure, ...] = ()
    care: dict[str, Fraction] = field(default_factory=dict)
    formation: tuple[PlainHalfDays, ...] = ()
    half_days_per_fte: Fraction = Fraction(10)
    weeks_per_year: Fraction = Fraction(52)
    role_weights: dict[str, Fraction] = field(default_factory=dict)
    frame: int = 0
    fixed: Fraction = Fraction(0)
    unpaid: str = "blijft"
    costs: tuple[PlainCost, ...] = ()
    year: int = 2026
    agreed: dict[str, dict | list] = field(default_factory=dict)  # components: section → keys, as in plain_components
    lists: dict[str, tuple] = field(default_factory=dict)  # their lists: name → rows


def decimal(value) -> Decimal:
    return Decimal(Fraction(value).numerator) / Decimal(Fraction(value).denominator)


def typed(value, sign=",") -> str:
    """A number as somebody types it."""
    return "" if value is None else format(decimal(value), "f").replace(".", sign)


def raw_agreement(case: PlainCase) -> dict:
    """The agreement as TOML gives it."""
    setting = {"plafond_bandbreedte": "bandbreedte", "meerjaren_aanneemsom": "krimpvergoeding"}
    settlement = {"herverdeling": "naar_rato" if case.redistribute else "geen", "ondersteuners": case.supporting}
    if case.maximum is not None:
        settlement["maximum_overproductie"] = decimal(case.maximum)
    if case.bandwidth:
        settlement["bandbreedte_fte"] = [decimal(bound) for bound in case.bandwidth]
    names = ("output", "efficiency", "passende_zorg")
    return {
        "afspraak": {"organisatie": "MSB Proef", "jaar": case.year},
        "contract": [
            {"naam": one.name, "soort": one.kind}
            | ({setting[one.kind]: decimal(one.setting)} if one.kind in setting else {})
            for one in case.contracts
        ],
        "afrekening": settlement,
        "weging": dict(zip(names, map(decimal, case.weights), strict=True))
        | {"efficiency_stijging": "telt_mee" if case.rise_counts else "telt_niet"}
        | (
            {"onderdelen": {name: decimal(weight) for name, weight in case.components.items()}}
            if case.components
            else {}
        ),
        "kader": {
            "bedrag": decimal(Fraction(case.frame, 100)),
            "vaste_component": decimal(case.fixed),
            "niet_uitgekeerd": case.unpaid,
        },
        "formatie": {
            "dagdelen_per_fte": decimal(case.half_days_per_fte),
            "weken_per_jaar": decimal(case.weeks_per_year),
            "functiegewichten": {role: decimal(weight) for role, weight in case.role_weights.items()},
        },
    } | raw_sections(case.agreed, decimal)


def as_objects(case: PlainCase) -> Case:
    """The frozen inputs of the stages, without any file."""
    agreement, problems = read_agreement(raw_agreement(case), {}, "afspraak.toml")
    assert agreement is not None, problems
    specialism = {group.name: group.specialism for group in case.groups}

    def node(table, row, column, value, unit, subject):
        return cell(column, Fraction(value), unit, Source(table, row, column), subject=subject)

    def production(table, rows):
        lines = []
        for number, row in enumerate(rows, start=2):
            norm_time = None
            if row.code is not None:
                key = (row.year, specialism[row.group], row.code)
                source = Source("normtijden.csv", 2, "minuten")
                norm_time = NormTime(*key[:2], CodeKind.CARE_PRODUCT, row.code, case.norm_times[key], source)
            measure, source = Measure(row.measure), Source(table, number, row.measure)
            lines.append(Line(row.group, row.contract, row.year, measure, row.amount, source, row.code, norm_time))
        return LineProduction(table, tuple(lines))

    care = {g: node("passende_zorg.csv", 2, "appropriate_care", v, Unit.RATIO, g) for g, v in case.care.items()}
    return Case(
        agreement=agreement,
        groups=tuple(Group(g.name, g.specialism, Role(g.role), g.care_unit or None) for g in case.groups),
        rates={g: node("benchmark.csv", 2, "rate", v, Unit.HOURS_PER_FTE, g) for g, v in case.rates.items()},
        budget=production("begroting.csv", case.budget),
        realisation=production("realisatie.csv", case.realised),
        efficiency=tuple(
            EfficiencyFigure(
                one.group,
                one.year,
                node("efficiency.csv", row, "efficiency", one.value, Unit.RATIO, one.group),
                one.component,
                None
                if one.correction is None
                else node("efficiency.csv", row, "correction", one.correction, Unit.RATIO, one.group),
            )
            for row, one in enumerate(case.efficiency, start=2)
        ),
        appropriate_care=care,
        formation=tuple(
            HalfDays(
                one.group,
                one.role,
                Category(one.category),
                node("formatie.csv", row, "half_days", one.half_days, Unit.HALF_DAYS, one.role),
                None if one.weeks is None else node("formatie.csv", row, "weeks", one.weeks, Unit.WEEKS, one.role),
            )
            for row, one in enumerate(case.formation, start=2)
        ),
        costs=tuple(
            Cost(one.name, node("kosten.csv", row, "cost", one.cents, Unit.CENTS, one.name), CostKey(one.key))
            for row, one in enumerate(case.costs, start=2)
        ),
        components=component_tables(case.lists, care),
    )


def toml(case: PlainCase) -> str:
    return toml_of(raw_agreement(case))


def toml_of(raw: dict) -> str:
    def value(one) -> str:
        if isinstance(one, list):
            return f"[{', '.join(map(value, one))}]"
        return f'"{one}"' if isinstance(one, str) else str(one) if isinstance(one, int) else format(one, "f")

    lines = ["# proefcase"]
    for section, content in raw.items():
        for table in content if isinstance(content, list) else [content]:
            lines += ["", f"[[{section}]]" if isinstance(content, list) else f"[{section}]"]
            lines += [f"{key} = {value(one)}" for key, one in table.items() if not isinstance(one, dict)]
            for inner, keys in ((key, one) for key, one in table.items() if isinstance(one, dict)):
                lines += ["", f"[{section}.{inner}]", *(f'"{key}" = {value(one)}' for key, one in keys.items())]
    return "\n".join(lines) + "\n"


def csv_text(header, rows, separator=";") -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, lineterminator="\n")
    writer.writerows([header, *rows])
    return text.getvalue()


def as_files(case: PlainCase, folder: Path, arrange=list, sign: str = ",") -> Path:
    """Write the case; ``arrange`` orders the rows of every table but vakgroepen."""
    separator = ";" if sign == "," else ","

    def n(value):
        return typed(value, sign)

    def production(rows):
        measures = ("aantal", "normuren", "norm_fte")
        return [
            (r.group, r.contract, r.year, r.code or "", *(n(r.amount) if r.measure == m else "" for m in measures))
            for r in rows
        ]

    columns = ("vakgroep", "contract", "jaar", "zorgproduct", "aantal", "normuren", "norm_fte")
    tables = {
        "begroting": (columns, production(case.budget)),
        "realisatie": (columns, production(case.realised)),
        "benchmark": (("vakgroep", "normuren_per_fte"), [(g, n(v)) for g, v in case.rates.items()]),
        "normtijden": (
            ("jaar", "specialisme", "soort", "code", "minuten"),
            [(y, s, "zorgproduct", c, n(v)) for (y, s, c), v in case.norm_times.items()],
        ),
        "efficiency": (
            ("vakgroep", "jaar", "onderdeel", "waarde", "correctie", "reden"),
            [(f.group, f.year, f.component or "", n(f.value), n(f.correction), "uitbraak") for f in case.efficiency],
        ),
        "passende_zorg": (("vakgroep", "waarde"), [(g, n(v)) for g, v in case.care.items()]),
        "formatie": (
            ("vakgroep", "functie", "categorie", "dagdelen_per_week", "weken"),
            [(h.group, h.role, h.category, n(h.half_days), n(h.weeks)) for h in case.formation],
        ),
        "kosten": (
            ("post", "bedrag", "sleutel"),
            [(c.name, n(Fraction(c.cents, 100)), c.key) for c in case.costs],
        ),
    } | list_texts(case.lists, n)
    groups = [(g.name, g.specialism, g.role, g.care_unit) for g in case.groups]
    (folder / "afspraak.toml").write_text(toml(case), encoding="utf-8")
    files = {"vakgroepen": csv_text(("vakgroep", "specialisme", "rol", "zorgeenheid"), groups, separator)}
    files |= {name: csv_text(header, arrange(rows), separator) for name, (header, rows) in tables.items() if rows}
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    return folder
