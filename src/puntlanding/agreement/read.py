"""Plain values → the typed agreement, with every problem at once (files.md, "The agreement")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from puntlanding.agreement.keys import (
    COMPONENT_WEIGHTS,
    CONTRACT,
    OLD_MODEL,
    OLD_MODEL_KEYS,
    OPEN_SECTIONS,
    REPEATED,
    REQUIRED_SECTIONS,
    ROLE_WEIGHTS,
    SECTIONS,
    WEIGHTS_KEYS,
    YEARS,
    contract_settings,
)
from puntlanding.agreement.model import (
    Agreement,
    Balance,
    Comparison,
    Contract,
    Formation,
    Frame,
    OldModel,
    PeerMethod,
    Supporting,
    Unpaid,
    Weights,
)
from puntlanding.agreement.read_components import check_frame, read_components
from puntlanding.agreement.values import MOST_GUESSED, Reading, read_section
from puntlanding.contract_types import CONTRACT_TYPES
from puntlanding.explain import Node, Unit
from puntlanding.files.toml_form import Lines
from puntlanding.problems import Problem, Severity, errors, near_miss
from puntlanding.quantities import ONE, AllocationMode, fixed


def read_agreement(raw: Mapping[str, Any], lines: Lines, file: str) -> tuple[Agreement | None, list[Problem]]:
    """The agreement, or None with at least one error. Warnings name settings that have no effect."""
    problems: list[Problem] = []
    _check_sections(raw, lines, file, problems)

    def section(name: str) -> Reading:
        values = raw.get(name, {})
        own = {k: v for k, v in values.items() if not isinstance(v, dict)} if isinstance(values, dict) else {}
        return read_section(name, 0, own, SECTIONS[name], lines, file, problems)

    head, settlement, weighing, formation = (section(name) for name in ("afspraak", "afrekening", "weging", "formatie"))
    benchmark, old, years = section("benchmark"), section(OLD_MODEL), section(YEARS)
    old_model = OldModel(*(old.number(key, Unit.RATIO) for key in OLD_MODEL_KEYS))
    frame = section("kader") if isinstance(raw.get("kader"), dict) else None
    parts = _open_section(raw, f"weging.{COMPONENT_WEIGHTS}", lines, file, problems)
    roles = _open_section(raw, f"formatie.{ROLE_WEIGHTS}", lines, file, problems)
    _check_roles(roles, lines, file, problems)
    contracts = _contracts(raw.get(CONTRACT), lines, file, problems)
    weights = Weights(
        output=weighing.number("output", Unit.RATIO),
        efficiency=weighing.number("efficiency", Unit.RATIO),
        appropriate_care=weighing.number("passende_zorg", Unit.RATIO),
        rise_counts=weighing.text("efficiency_stijging") == "telt_mee",
        components=parts,
    )
    components = read_components(raw, lines, file, problems)
    if not errors(problems):
        _check_weights(weights, lines, file, problems)
        problems += check_frame(components, _frame(frame), int(head.values["jaar"]), file)
        _check_effective(head, lines, file, problems)
        _check_old_model(old_model, lines, file, problems)
    if errors(problems):
        return None, problems
    redistribute = settlement.text("herverdeling") == "naar_rato"
    agreement = Agreement(
        organisation=head.text("organisatie"),
        year=int(head.values["jaar"]),
        contracts=contracts,
        redistribute=redistribute,
        maximum_over_production=settlement.optional_number("maximum_overproductie", Unit.RATIO),
        supporting=Supporting(settlement.text("ondersteuners")),
        fte_bandwidth=settlement.pair("bandbreedte_fte", Unit.RATIO),
        weights=weights,
        frame=_frame(frame),
        formation=Formation(
            formation.number("dagdelen_per_fte", Unit.HALF_DAYS),
            formation.number("weken_per_jaar", Unit.WEEKS),
            {role.lower(): weight for role, weight in roles.items()},
        ),
        old_model=old_model,
        file=file,
        comparison=_comparison(benchmark),
        components=components,
        effective=head.values.get("ingangsdatum"),
        version=head.text("versie"),
        balance=Balance(years.text("saldo") or Balance.LAPSES),
    )
    problems.extend(_without_effect(agreement, lines))
    return agreement, problems


def _check_sections(raw: Mapping[str, Any], lines: Lines, file: str, problems: list[Problem]) -> None:
    nested = {name.rpartition(".")[::2] for name in OPEN_SECTIONS}
    for name, value in raw.items():
        line = lines.get((name, 0, ""), lines.get(("", 0, name)))
        if name not in SECTIONS:
            close = near_miss(name, SECTIONS) if len(problems) < MOST_GUESSED else None
            details = {"close": close, "allowed": ", ".join(SECTIONS)}
            problems.append(Problem("section_unknown", file, line, name, None, details))
        elif name == CONTRACT:
            if not isinstance(value, list):
                problems.append(Problem("contract_brackets", file, line, name))
        elif name in REPEATED:
            continue  # read_components says it
        elif not isinstance(value, dict):
            problems.append(Problem("section_brackets", file, line, name, details={"section": name}))
        else:
            for key, inner in value.items():
                if isinstance(inner, dict) and (name, key) not in nested:
                    inner_line = lines.get((f"{name}.{key}", 0, ""))
                    details = {"close": None, "allowed": ", ".join((*SECTIONS, *OPEN_SECTIONS))}
                    problems.append(Problem("section_unknown", file, inner_line, f"{name}.{key}", None, details))
    for name in REQUIRED_SECTIONS:
        if name not in raw:
            problems.append(Problem("section_missing", file, None, name, details={"section": name}))


def _open_section(
    raw: Mapping[str, Any], name: str, lines: Lines, file: str, problems: list[Problem]
) -> dict[str, Node]:
    parent, _, child = name.rpartition(".")
    outer = raw.get(parent)
    inner = outer.get(child, {}) if isinstance(outer, dict) else {}
    if not isinstance(inner, dict):
        problems.append(
            Problem("section_brackets", file, lines.get((parent, 0, child)), name, details={"section": name})
        )
        return {}
    pattern = OPEN_SECTIONS[name]
    settings = tuple(replace(pattern, key=key) for key in inner)
    reading = read_section(name, 0, inner, settings, lines, file, problems)
    return {key: reading.number(key, Unit.RATIO) for key in inner if key in reading.values}


def _check_roles(roles: Mapping[str, Node], lines: Lines, file: str, problems: list[Problem]) -> None:
    """Roles are compared without regard to case, so Anios and anios would be one role with two weights."""
    first: dict[str, str] = {}
    for role in roles:
        if first.setdefault(role.lower(), role) != role:
            section = f"formatie.{ROLE_WEIGHTS}"
            line, details = lines.get((section, 0, role)), {"other": first[role.lower()]}
            problems.append(Problem("role_twice", file, line, f"{section}.{role}", None, details))


def _contracts(raw: object, lines: Lines, file: str, problems: list[Problem]) -> tuple[Contract, ...]:
    contracts: list[Contract] = []
    names: dict[str, int] = {}
    for position, values in enumerate(raw if isinstance(raw, list) else ()):
        if not isinstance(values, dict):
            problems.append(Problem("contract_brackets", file, lines.get(("", 0, CONTRACT)), CONTRACT))
            continue
        kind = values.get("soort")
        settings = contract_settings(kind if isinstance(kind, str) else None)
        reading = read_section(CONTRACT, position, values, settings, lines, file, problems)
        problems[:] = [_foreign_key(problem, kind) for problem in problems]
        name = reading.values.get("naam")
        if isinstance(name, str):
            if name.casefold() in names:  # capitals alone tell no two contracts apart
                line = lines.get((CONTRACT, position, "naam"))
                problems.append(Problem("contract_twice", file, line, "contract.naam", name))
            names[name.casefold()] = position
        if isinstance(name, str) and reading.values.get("soort") in CONTRACT_TYPES:
            contract_type = CONTRACT_TYPES[reading.text("soort")]
            numbers = {
                setting.key: reading.number(setting.key, Unit.RATIO)
                for setting in contract_type.settings
                if setting.key in reading.values
            }
            contracts.append(Contract(name, contract_type, numbers, reading.values.get("verzekeraars", ())))
    _check_insurers(contracts, lines, file, problems)
    return tuple(contracts)


def _check_insurers(contracts: Iterable[Contract], lines: Lines, file: str, problems: list[Problem]) -> None:
    """An insurer's trajectories fall under one contract."""
    first: dict[str, str] = {}
    for position, contract in enumerate(contracts):
        for insurer in contract.insurers:
            if first.setdefault(insurer, contract.name) != contract.name:
                line, details = lines.get((CONTRACT, position, "verzekeraars")), {"other": first[insurer]}
                problems.append(Problem("insurer_twice", file, line, "contract.verzekeraars", insurer, details))


def _foreign_key(problem: Problem, kind: object) -> Problem:
    """An unknown key of a contract that another type does have: said as that."""
    key = (problem.column or "").removeprefix(f"{CONTRACT}.")
    owners = [one.name for one in CONTRACT_TYPES.values() if key in {setting.key for setting in one.settings}]
    if problem.code != "key_unknown" or not owners:
        return problem
    return replace(problem, code="key_other_type", details={"owners": ", ".join(owners), "kind": kind})


def _frame(reading: Reading | None) -> Frame | None:
    if reading is None:
        return None
    return Frame(
        amount=reading.number("bedrag", Unit.CENTS),
        fixed_component=reading.number("vaste_component", Unit.RATIO),
        unpaid=Unpaid(reading.text("niet_uitgekeerd")),
        rounding=AllocationMode(reading.text("afronding")),
    )


def _comparison(reading: Reading) -> Comparison:
    return Comparison(
        years_back=2 if reading.text("basisjaar") == "T-2" else 1,
        by_type=reading.text("vergelijking") != "alle",
        method=PeerMethod(reading.text("methode")),
        own_group=reading.text("eigen_vakgroep") != "uit",
    )


def _check_effective(head: Reading, lines: Lines, file: str, problems: list[Problem]) -> None:
    effective, year = head.values.get("ingangsdatum"), head.values.get("jaar")
    if effective is not None and effective.year != year:
        line, details = lines.get(("afspraak", 0, "ingangsdatum")), {"year": year}
        problems.append(
            Problem("effective_other_year", file, line, "afspraak.ingangsdatum", effective.isoformat(), details)
        )


def _check_weights(weights: Weights, lines: Lines, file: str, problems: list[Problem]) -> None:
    whole = weights.output.value + weights.efficiency.value + weights.appropriate_care.value
    if whole != ONE:
        line = next((lines[("weging", 0, k)] for k in WEIGHTS_KEYS if ("weging", 0, k) in lines), None)
        shown = " + ".join(fixed(w.value, 2) for w in (weights.output, weights.efficiency, weights.appropriate_care))
        problems.append(Problem("weights_sum", file, line, "weging", shown, {"sum": fixed(whole).rstrip("0")}))
    if weights.components and not sum(w.value for w in weights.components.values()):
        line = lines.get((f"weging.{COMPONENT_WEIGHTS}", 0, ""))
        problems.append(Problem("component_weights_zero", file, line, f"weging.{COMPONENT_WEIGHTS}"))


def _check_old_model(weights: OldModel, lines: Lines, file: str, problems: list[Problem]) -> None:
    whole = weights.input.value + weights.output.value + weights.efficiency.value
    if whole != ONE:
        line = next((lines[(OLD_MODEL, 0, key)] for key in OLD_MODEL_KEYS if (OLD_MODEL, 0, key) in lines), None)
        shown = " + ".join(fixed(one.value, 2) for one in (weights.input, weights.output, weights.efficiency))
        problems.append(
            Problem("old_model_weights_sum", file, line, OLD_MODEL, shown, {"sum": fixed(whole).rstrip("0")})
        )


def _without_effect(agreement: Agreement, lines: Lines) -> list[Problem]:
    """Settings that are valid but change nothing: said, so that nobody relies on them."""
    found: list[Problem] = []

    def warn(code: str, key: str) -> None:
        line = lines.get(("afrekening", 0, key))
        found.append(Problem(code, agreement.file, line, f"afrekening.{key}", severity=Severity.WARNING))

    if agreement.redistribute and not any(contract.type.redistributes for contract in agreement.contracts):
        warn("redistribution_idle", "herverdeling")
    if agreement.maximum_over_production is not None and not agreement.redistribute:
        warn("maximum_idle", "maximum_overproductie")
    return found
