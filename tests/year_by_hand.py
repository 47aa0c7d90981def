"""A hospital's year worked out again from its exports and typed lists: the csv module, dictionaries, fractions, nothing of ours.

Written from docs/reference/bijdrage.md, docs/explanation/benchmark-en-efficiency.md, docs/explanation/afrekenregels.md and the methods,
not from the program, so that both would have to misread the same words to agree on something wrong.
"""

from __future__ import annotations

import csv
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
SUPPORTERS = {"0362", "0363", "0386", "0387", "0388", "0389", "0390"}
COMPONENTS = {  # standard costs in cents: fysiek € 100, teleconsult € 50, dagopname € 300, verpleegdag € 500, IC-dag € 2.000
    "poliklinisch": {"fysiek": 10_000, "teleconsult": 5_000},
    "klinisch": {"dagopname": 30_000, "verpleegdag": 50_000, "ic_dag": 200_000},
    "diagnostisch": {"diagnostiek": 1},
}
UNITS = [unit for costs in COMPONENTS.values() for unit in costs]
EHEALTH, EHEALTH_AT_MOST, MINIMUM = Fraction(1, 10), 2, 10

Group = tuple[str, str]  # specialism, role


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def number(text: str) -> Fraction:
    return Fraction(text.replace(",", "."))


def half_up(value: Fraction, decimals: int) -> Fraction:
    shift = 10**decimals
    magnitude = Fraction(floor(abs(value) * shift + Fraction(1, 2)), shift)
    return -magnitude if value < 0 else magnitude


def unit_codes() -> list[tuple[str, str, str, str]]:
    """Unit, code, first and last day, as the reference page prints them."""
    lines = (DOCS / "reference" / "bijdrage.md").read_text(encoding="utf-8").splitlines()
    cells = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| "))
    return [(c[0], c[1], c[3] or "0000", c[4] or "9999") for c in cells if len(c) == 6 and c[0] in UNITS]


# --- the fold --------------------------------------------------------------------------------------------------------------------


@dataclass
class Year:
    """Counts of one hospital and year. Volumes: key → (geopend | gesloten, month) → count."""

    production: dict[tuple[str, ...], dict[tuple[str, str], int]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(int))
    )
    strata: dict[tuple[str, ...], dict[tuple[str, int], int]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(int))
    )
    inputs: dict[tuple[str, ...], int] = field(default_factory=lambda: defaultdict(int))
    diagnoses: dict[tuple[str, str, str], tuple[int, int]] = field(default_factory=dict)
    outcomes: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    who: dict[tuple[str, ...], set[str]] = field(default_factory=lambda: defaultdict(set))

    def opened(self, what: str = "geopend") -> dict[tuple[str, ...], int]:
        """Specialism, role, kind, code, contract → count of the year."""
        return {key: sum(n for (of, _), n in months.items() if of == what) for key, months in self.production.items()}


def until(year: Year, quarter: int) -> Year:
    """The first quarters of a year."""
    result, last = Year(), f"{3 * quarter:02d}"
    for key, months in year.production.items():
        result.production[key].update({at: n for at, n in months.items() if at[1] <= last})
    for stratum, counts in year.strata.items():
        result.strata[stratum].update({at: n for at, n in counts.items() if at[1] <= quarter})
    result.inputs.update({key: n for key, n in year.inputs.items() if key[3] <= last})
    return result


def of_input(year: Year, what: str) -> dict[Group, Fraction]:
    """Patients or activities of each group."""
    result: dict[Group, Fraction] = defaultdict(Fraction)
    for (specialism, role, quantity, _), count in year.inputs.items():
        if quantity == what:
            result[specialism, role] += count
    return result


def outcome(trajectory: dict[str, str], declared: bool) -> str:
    product, declaration = trajectory["zorgproduct"], trajectory["declaratiecode"]
    if not product:
        return "zonder_zorgproduct" if trajectory["sluitdatum"] else "in_behandeling"
    if product.startswith("888888") or (declared and not declaration):
        return "uitval"
    return "onverzekerd" if declaration[:2] in {"16", "17"} else "met_output"


def age_band(birth: str, year: int) -> str:
    if not birth:
        return "onbekend"
    age = year - int(birth[:4])
    return next(
        (band for last, band in ((17, "0-17"), (39, "18-39"), (64, "40-64"), (74, "65-74")) if age <= last), "75+"
    )


def contract_of(agreement: dict, insurer: str) -> str:
    contracts = agreement["contract"]
    rest = next(c["naam"] for c in contracts if "verzekeraars" not in c)
    return next((c["naam"] for c in contracts if insurer in c.get("verzekeraars", ())), rest)


class Export:
    """What a hospital's system gave, with its own numbers and dates."""

    def __init__(self, folder: Path) -> None:
        self.patients = {row["patient"]: row for row in rows(folder / "patienten.csv")}
        self.trajectories = rows(folder / "subtrajecten.csv")
        self.activities: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in rows(folder / "zorgactiviteiten.csv"):
            self.activities[row["subtraject_id"]].append(row)
        self.declared = any(row["declaratiecode"] for row in self.trajectories)


class Folding:
    """One pass over an export. `now`: the day of the delivery, only to know how long a trajectory without a closing date was open."""

    def __init__(self, export: Export, case: Path, year: int, now: str) -> None:
        self.export, self.year, self.now, self.text = export, year, now, str(year)
        self.agreement = tomllib.loads((case / "afspraak.toml").read_text(encoding="utf-8"))
        prices = (row for row in rows(case / "kostprijzen.csv") if row["jaar"] == self.text)
        self.prices = {row["zorgactiviteit"]: int(number(row["bedrag"]) * 100) for row in prices}
        grouped = rows(case / "diagnosegroepen.csv") if (case / "diagnosegroepen.csv").exists() else []
        self.groups = {(r["specialisme"], r["diagnose"]): r["diagnosegroep"] for r in grouped if r["jaar"] == self.text}
        self.units: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for unit, code, first, last in unit_codes():
            self.units[code].append((unit, first, last))
        self.result = Year()
        self.seen: dict[tuple[str, str, str], str] = {}  # group and patient → first month
        self.closed: dict[tuple[str, ...], dict[str, int]] = defaultdict(dict)  # stratum → patient → first quarter

    def run(self) -> Year:
        diagnosed: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        for trajectory in self.export.trajectories:
            began, ended = trajectory["openingsdatum"], trajectory["sluitdatum"] or self.now
            if began[:4] == self.text:
                if outcome(trajectory, self.export.declared) == "met_output":
                    key = (trajectory["specialisme"], trajectory["diagnose"] or "onbekend", trajectory["zorgproduct"])
                    diagnosed[key].append(trajectory["patient"])
                self.saw(trajectory["specialisme"], "poort", trajectory["patient"], began[5:7])
            elif not (began[:4] == str(self.year - 1) and ended[:4] >= self.text):
                continue
            self.trajectory(trajectory)
        for stratum, people in self.closed.items():
            for quarter in people.values():
                self.result.strata[stratum]["patienten", quarter] += 1
        for (specialism, role, _), month in self.seen.items():
            self.result.inputs[specialism, role, "patienten", month] += 1
        self.result.diagnoses = {key: (len(who), len(set(who) - {""})) for key, who in diagnosed.items()}
        return self.result

    def saw(self, specialism: str, role: str, patient: str, month: str) -> None:
        if patient:
            self.seen[specialism, role, patient] = min(month, self.seen.get((specialism, role, patient), "12"))

    def trajectory(self, trajectory: dict[str, str]) -> None:
        own, patient, becomes = (
            trajectory["specialisme"],
            trajectory["patient"],
            outcome(trajectory, self.export.declared),
        )
        person = self.export.patients.get(patient, {"geboortedatum": "", "geslacht": "", "verzekeraar": ""})
        contract = contract_of(self.agreement, person["verzekeraar"])
        began, ended = trajectory["openingsdatum"], trajectory["sluitdatum"]
        if began[:4] == self.text:
            self.result.outcomes[becomes] += 1
        if becomes == "met_output":
            for what, day in (("geopend", began), ("gesloten", ended)):
                if day[:4] == self.text:
                    key = (own, "poort", "zorgproduct", trajectory["zorgproduct"], contract)
                    self.result.production[key][what, day[5:7]] += 1
                    if what == "geopend":
                        self.result.who[key].add(patient)
        activities = self.export.activities[trajectory["subtraject_id"]]
        for activity in activities:
            if activity["datum"][:4] == self.text:
                self.done(activity, own, patient, contract)
        if ended[:4] == self.text:
            born, sex = person["geboortedatum"], person["geslacht"] or "O"
            diagnosis = trajectory["diagnose"] or "onbekend"
            stratum = (own, self.groups.get((own, diagnosis), diagnosis), age_band(born, self.year), sex)
            self.care(stratum, patient, (int(ended[5:7]) + 2) // 3, activities)

    def care(self, stratum: tuple[str, ...], patient: str, quarter: int, activities: list[dict[str, str]]) -> None:
        """What a trajectory that closed took, all of it, in whatever year."""
        if patient:
            self.closed[stratum][patient] = min(quarter, self.closed[stratum].get(patient, 4))
        for activity in activities:
            code, count, day = activity["za_code"], int(activity["aantal"]), activity["datum"]
            for unit, first, last in self.units[code]:
                if first <= day <= last:
                    self.result.strata[stratum][unit, quarter] += count
            self.result.strata[stratum]["diagnostiek", quarter] += count * self.prices.get(code, 0)

    def done(self, activity: dict[str, str], own: str, patient: str, contract: str) -> None:
        who, month, count = activity["specialisme_uitvoerder"], activity["datum"][5:7], int(activity["aantal"])
        if not who:
            return
        supports = who in SUPPORTERS and who != own
        self.result.inputs[who, "ondersteunend" if supports else "poort", "activiteiten", month] += count
        if supports:
            key = (who, "ondersteunend", "zorgactiviteit", activity["za_code"], contract)
            self.result.production[key]["geopend", month] += count
            self.result.production[key]["gesloten", month] += count
            self.result.who[key].add(patient)
            self.saw(who, "ondersteunend", patient, month)


# --- hours, formation, benchmark ------------------------------------------------------------------------------------------------


def norm_times(path: Path, year: int) -> dict[tuple[str, str, str], Fraction]:
    return {
        (r["specialisme"], r["soort"], r["code"]): number(r["minuten"]) for r in rows(path) if r["jaar"] == str(year)
    }


def hours_by_contract(
    folded: Year, times: dict[tuple[str, str, str], Fraction], what: str = "geopend"
) -> dict[tuple[str, str, str], Fraction]:
    """(specialism, role, contract) → norm hours of what opened or closed; a code without a norm time raises."""
    result: dict[tuple[str, str, str], Fraction] = defaultdict(Fraction)
    for (specialism, role, kind, code, contract), count in folded.opened(what).items():
        if count:
            result[specialism, role, contract] += count * times[specialism, kind, code] / 60
    return result


def hours(parts: dict[tuple[str, str, str], Fraction]) -> dict[Group, Fraction]:
    result: dict[Group, Fraction] = defaultdict(Fraction)
    for (specialism, role, _), value in parts.items():
        result[specialism, role] += value
    return result


def names(case: Path) -> dict[str, Group]:
    return {row["vakgroep"]: (row["specialisme"], row["rol"]) for row in rows(case / "vakgroepen.csv")}


def care_fte(case: Path) -> dict[Group, Fraction]:
    agreement = tomllib.loads((case / "afspraak.toml").read_text(encoding="utf-8"), parse_float=Fraction)
    weights, groups = agreement["formatie"]["functiegewichten"], names(case)
    result: dict[Group, Fraction] = defaultdict(Fraction)
    for row in rows(case / "formatie.csv"):
        if row["categorie"] in {"1a", "1b"}:
            weeks = number(row["weken"] or "52") / 52
            result[groups[row["vakgroep"]]] += (
                number(row["dagdelen_per_week"]) / 10 * weights.get(row["functie"], 1) * weeks
            )
    return result


ByHospital = dict[str, dict[Group, Fraction]]


def taking_part(amounts: ByHospital, fte: ByHospital) -> dict[Group, list[str]]:
    """Group → the hospitals in which it both has fte and made something."""
    result: dict[Group, list[str]] = defaultdict(list)
    for hospital, groups in amounts.items():
        for group, value in groups.items():
            if value and fte[hospital].get(group):
                result[group].append(hospital)
    return result


def rates(
    amounts: ByHospital, fte: ByHospital, peers: dict[Group, list[str]], method: str = "gepoold"
) -> dict[Group, Fraction]:
    """Norm hours per fte (or patients, or activities) of the hospitals that take part."""
    result = {}
    for group, who in peers.items():
        each = sorted(amounts[one].get(group, Fraction(0)) / fte[one][group] for one in who)
        if not each:
            continue
        middle = len(each) // 2
        result[group] = {
            "gepoold": sum(amounts[one].get(group, Fraction(0)) for one in who) / sum(fte[one][group] for one in who),
            "gemiddelde": sum(each) / len(each),
            "mediaan": each[middle] if len(each) % 2 else (each[middle - 1] + each[middle]) / 2,
        }[method]
    return result


# --- structure and trends --------------------------------------------------------------------------------------------------------


def restructured(
    volumes: dict[tuple[str, ...], int], structure: list[dict[str, str]], trends: list[dict[str, str]], hospital: str
) -> tuple[dict[tuple[str, ...], Fraction], dict[tuple[str, ...], Fraction]]:
    """Volumes as next year's codes with the trends on them, and the volumes of codes that are added (these have no contract)."""
    changes: dict[tuple[str, str, str], list[dict[str, str]]] = defaultdict(list)
    for row in structure:
        changes[row["specialisme"], row["soort"], row["oud"]].append(row)
    result: dict[tuple[str, ...], Fraction] = defaultdict(Fraction)
    for (specialism, role, kind, code, contract), count in volumes.items():
        became = [(code, Fraction(1))]
        if (specialism, kind, code) in changes:
            rows_of = changes[specialism, kind, code]
            became = [(row["nieuw"], number(row["factor"] or "1")) for row in rows_of if row["nieuw"]]
        for new, factor in became:
            result[specialism, role, kind, new, contract] += (
                count * factor * _trend(trends, specialism, role, new, hospital)
            )
    added = {
        (specialism, "poort" if kind == "zorgproduct" else "ondersteunend", kind, row["nieuw"]): number(row["aantal"])
        for (specialism, kind, old), rows_of in changes.items()
        for row in rows_of
        if not old
    }
    trended = {key: count * _trend(trends, key[0], key[1], key[3], hospital) for key, count in added.items()}
    return result, trended


def _trend(trends: list[dict[str, str]], specialism: str, role: str, code: str, hospital: str) -> Fraction:
    """The row that names most of it; 1 without one."""
    asked = {"specialisme": specialism, "rol": role, "code": code, "ziekenhuis": hospital}
    fitting = [row for row in trends if all(row[name] in {"", value} for name, value in asked.items())]
    return (
        number(max(fitting, key=lambda row: sum(bool(row[name]) for name in asked))["factor"])
        if fitting
        else Fraction(1)
    )


def priced(
    volumes: dict[tuple[str, ...], Fraction],
    added: dict[tuple[str, ...], Fraction],
    times: dict[tuple[str, str, str], Fraction],
) -> dict[tuple[str, str, str], Fraction]:
    """Norm hours by contract; those of an added code go as the group's other hours go."""
    result: dict[tuple[str, str, str], Fraction] = defaultdict(Fraction)
    for (specialism, role, kind, code, contract), count in volumes.items():
        result[specialism, role, contract] += count * times[specialism, kind, code] / 60
    others, before = hours(result), dict(result)
    for (specialism, role, kind, code), count in added.items():
        extra = count * times[specialism, kind, code] / 60
        for key in before:
            if key[:2] == (specialism, role):
                result[key] += extra * before[key] / others[specialism, role]
    return result


# --- efficiency ------------------------------------------------------------------------------------------------------------------


@dataclass
class Efficiency:
    value: Fraction | None
    components: dict[str, Fraction | None]
    weights: dict[str, Fraction]
    actual: dict[str, int]
    expected: dict[str, Fraction]
    per_level: list[int]
    left_out: int


DEFAULTS = {unit: Fraction(cost) for costs in COMPONENTS.values() for unit, cost in costs.items()} | {
    "ehealth": EHEALTH, **dict.fromkeys(COMPONENTS, Fraction(1)),
}  # fmt: skip


def weights_of(specialism: str, typed: list[dict[str, str]]) -> dict[str, Fraction]:
    """What one specialism's units (cents each) and components weigh; its own row goes before one for all."""
    result = dict(DEFAULTS)
    for row in sorted(typed, key=lambda row: row["specialisme"]):
        if row["specialisme"] in {"", specialism}:
            costs = row["onderdeel"] in UNITS and row["onderdeel"] != "diagnostiek"
            result[row["onderdeel"]] = number(row["waarde"]) * (100 if costs else 1)
    return result


def efficiency(own: Year, reference: list[Year], typed: list[dict[str, str]] | None = None) -> dict[str, Efficiency]:
    """Specialism → efficiency of all quarters in `own`; `typed`: a list of weights."""
    at: list[dict[tuple[str, ...], dict[str, int]]] = [defaultdict(lambda: defaultdict(int)) for _ in range(4)]
    for year in reference:
        for stratum, counts in year.strata.items():
            for level in range(4):
                for (unit, _), count in counts.items():
                    at[level][stratum[: 4 - level]][unit] += count
    specialisms = {stratum[0] for stratum in own.strata}
    return {one: _efficiency(own, one, at, weights_of(one, typed or [])) for one in sorted(specialisms)}


def _efficiency(
    own: Year, specialism: str, at: list[dict[tuple[str, ...], dict[str, int]]], weigh: dict[str, Fraction]
) -> Efficiency:
    actual, expected = dict.fromkeys(UNITS, 0), dict.fromkeys(UNITS, Fraction(0))
    per_level, left_out = [0] * 4, 0
    for stratum, counts in own.strata.items():
        if stratum[0] != specialism:
            continue
        mine = {unit: sum(n for (u, _), n in counts.items() if u == unit) for unit in [*UNITS, "patienten"]}
        level = next((lv for lv in range(4) if at[lv][stratum[: 4 - lv]]["patienten"] >= MINIMUM), None)
        if level is None:
            left_out += mine["patienten"]
            continue
        per_level[level] += mine["patienten"]
        theirs = at[level][stratum[: 4 - level]]
        for unit in UNITS:
            actual[unit] += mine[unit]
            expected[unit] += mine["patienten"] * half_up(Fraction(theirs[unit], theirs["patienten"]), 12)
    values: dict[str, Fraction | None] = {}
    weights: dict[str, Fraction] = {}
    for component, units in COMPONENTS.items():
        cost = sum((actual[unit] * weigh[unit] for unit in units), Fraction(0))
        wanted = sum((expected[unit] * weigh[unit] for unit in units), Fraction(0))
        values[component] = wanted / cost if cost else None
        weights[component] = cost * weigh[component]
    values["poliklinisch"] = _with_ehealth(values["poliklinisch"], actual, expected, weigh["ehealth"])
    known = [(weights[name], value) for name, value in values.items() if value is not None]
    total = sum((weight for weight, _ in known), Fraction(0))
    value = sum((weight * value for weight, value in known), Fraction(0)) / total if total else None
    return Efficiency(value, values, weights, actual, expected, per_level, left_out)


def _with_ehealth(
    volume: Fraction | None, actual: dict[str, int], expected: dict[str, Fraction], weight: Fraction
) -> Fraction | None:
    if volume is None or not expected["teleconsult"]:
        return volume
    own = Fraction(actual["teleconsult"], actual["fysiek"] + actual["teleconsult"])
    theirs = expected["teleconsult"] / (expected["fysiek"] + expected["teleconsult"])
    return (1 - weight) * volume + weight * min(own / theirs, Fraction(EHEALTH_AT_MOST))


# --- settlement and euros --------------------------------------------------------------------------------------------------------


@dataclass
class Settled:
    realised: Fraction
    budget: Fraction
    extra: Fraction
    paid: Fraction

    @property
    def under(self) -> Fraction:
        return max(self.budget - self.realised, Fraction(0))

    @property
    def over(self) -> Fraction:
        return max(self.realised - self.budget, Fraction(0))


def added(parts: list[Settled]) -> dict[str, Fraction]:
    fields = {
        "realisatie": "realised", "begroting": "budget", "onder": "under", "over": "over", "extra": "extra", "norm_fte": "paid",
    }  # fmt: skip
    return {name: sum((getattr(part, mine) for part in parts), Fraction(0)) for name, mine in fields.items()}


def pool(over: dict[str, Fraction], limit: dict[str, Fraction], available: Fraction) -> dict[str, Fraction]:
    """extra = min(limit, λ × over), with the smallest λ that gives out all there is to give; who is at the limit drops out, the rest go on."""
    left, open_groups, extra = (
        min(available, sum(limit.values(), Fraction(0))),
        {g for g in over if over[g]},
        dict.fromkeys(over, Fraction(0)),
    )
    while open_groups and left:
        share = left / sum(over[g] for g in open_groups)
        full = {g for g in open_groups if limit[g] <= share * over[g]}
        if not full:
            extra.update({g: share * over[g] for g in open_groups})
            break
        extra.update({g: limit[g] for g in full})
        left -= sum(limit[g] for g in full)
        open_groups -= full
    return extra


Parts = dict[tuple[str, str], Fraction]  # (group name, contract) → norm fte after the score


def settle(agreement: dict, budget: Parts, realised: Parts, roles: dict[str, str]) -> dict[tuple[str, str], Settled]:
    """(group name, contract) → settled."""
    result: dict[tuple[str, str], Settled] = {}
    rules = agreement["afrekening"]
    cap, apart = rules.get("maximum_overproductie"), rules["ondersteuners"] == "volgt_poort"
    inside = [name for name, role in roles.items() if role == "poort" or not apart]
    for contract in agreement["contract"]:
        name, kind = contract["naam"], contract["soort"]
        b = {g: budget.get((g, name), Fraction(0)) for g in roles}
        r = {g: realised.get((g, name), Fraction(0)) for g in roles}
        over = {g: max(r[g] - b[g], Fraction(0)) for g in roles}
        extra = dict.fromkeys(roles, Fraction(0))
        if kind == "plafond" and rules["herverdeling"] == "naar_rato":
            limit = {g: over[g] if cap is None else min(over[g], cap * b[g]) for g in inside}
            under = sum((max(b[g] - r[g], Fraction(0)) for g in inside), Fraction(0))
            extra |= pool({g: over[g] for g in inside}, limit, under)
        if kind == "plafond_bandbreedte":
            extra |= {g: min(over[g], contract["bandbreedte"] * b[g]) for g in inside}
        gates = [g for g, role in roles.items() if role == "poort"]
        for g in roles:
            paid = {"aanneemsom": b[g], "schaduwdraaien": r[g]}.get(kind, min(r[g], b[g]) + extra[g])
            if g not in inside:
                paid = b[g] * sum(r[gate] for gate in gates) / sum(b[gate] for gate in gates)
            result[g, name] = Settled(r[g], b[g], extra[g], paid)
    return result


REST = "\U0010ffff"  # the line "niet uitgekeerd" comes last where fractions are equal


def cents(total: int, weights: dict[str, Fraction]) -> dict[str, int]:
    whole = sum(weights.values(), Fraction(0))
    exact = {name: total * weight / whole for name, weight in weights.items()}
    result = {name: floor(value) for name, value in exact.items()}
    order = sorted(exact, key=lambda name: (-(exact[name] - result[name]), name))
    for name in order[: total - sum(result.values())]:
        result[name] += 1
    return result


def parts_of(
    amount: int, fixed: Fraction, fte: dict[str, Fraction], paid: dict[str, Fraction]
) -> tuple[dict[str, int], dict[str, int]]:
    """The part on fte and that on paid norm fte: first the amount in two, then each part over the groups."""
    two = cents(amount, {"fte": fixed, "norm": 1 - fixed})
    return cents(two["fte"], fte), cents(two["norm"], paid)


# --- the whole year --------------------------------------------------------------------------------------------------------------


@dataclass
class Whole:
    """Everything of one hospital's year, by name of the group."""

    hours_budget: dict[str, Fraction]
    hours_realised: dict[str, Fraction]
    rate: dict[str, Fraction]
    score_budget: dict[str, Fraction | None]
    settled: dict[tuple[str, str], Settled]
    corrected: dict[str, Fraction]  # by the bandwidth on fte
    fixed: dict[str, int]
    norm: dict[str, int]
    costs: dict[str, int]

    def of_group(self, name: str) -> list[Settled]:
        return [part for (group, _), part in self.settled.items() if group == name]

    def of_contract(self, name: str) -> list[Settled]:
        return [part for (_, contract), part in self.settled.items() if contract == name]


def whole_year(
    case: Path,
    rate: dict[Group, Fraction],
    budgeted: dict[tuple[str, str, str], Fraction],
    realised: dict[tuple[str, str, str], Fraction],
    before: dict[str, Efficiency],
    now: dict[str, Efficiency],
) -> Whole:
    """``budgeted`` and ``realised``: norm hours by specialism, role and contract; ``before`` and ``now``: efficiency of T-1 and T."""
    agreement = tomllib.loads((case / "afspraak.toml").read_text(encoding="utf-8"), parse_float=Fraction)
    groups = names(case)

    def score(name: str, first: dict[str, Efficiency], second: dict[str, Efficiency]) -> Fraction | None:
        """Where one year is unknown, the other holds for both; supporters have none."""
        specialism, role = groups[name]
        both = (first.get(specialism), second.get(specialism)) if role == "poort" else ()
        value = next((known.value for known in both if known is not None and known.value is not None), None)
        return None if value is None else agreement["weging"]["output"] + agreement["weging"]["efficiency"] * value

    def scored(
        parts: dict[tuple[str, str, str], Fraction], scores: dict[str, Fraction | None]
    ) -> dict[tuple[str, str], Fraction]:
        return {
            (name, contract): value / rate[group] * (1 if scores[name] is None else scores[name])
            for (specialism, role, contract), value in parts.items()
            for name, group in groups.items()
            if group == (specialism, role)
        }

    score_budget = {name: score(name, before, now) for name in groups}
    score_realised = {name: score(name, now, before) for name in groups}
    if agreement["weging"].get("efficiency_stijging") == "telt_niet":
        score_realised = {
            name: value if value is None else min(value, score_budget[name]) for name, value in score_realised.items()
        }
    roles = {name: role for name, (_, role) in groups.items()}
    settled = settle(agreement, scored(budgeted, score_budget), scored(realised, score_realised), roles)
    fte_of = care_fte(case)
    fte = {name: fte_of[group] for name, group in groups.items()}
    paid = {
        name: sum((part.paid for (group, _), part in settled.items() if group == name), Fraction(0)) for name in groups
    }
    corrected = dict.fromkeys(groups, Fraction(0))
    if limits := agreement["afrekening"].get("bandbreedte_fte"):
        corrected = {
            name: min(max(paid[name], limits[0] * fte[name]), limits[1] * fte[name]) - paid[name] for name in groups
        }
        paid = {name: paid[name] + corrected[name] for name in groups}
    unpaid = max(sum((part.budget for part in settled.values()), Fraction(0)) - sum(paid.values()), Fraction(0))
    share = agreement["kader"]["vaste_component"]
    rest = {} if agreement["kader"]["niet_uitgekeerd"] == "verdelen" else {REST: unpaid}
    fixed, norm = parts_of(int(agreement["kader"]["bedrag"] * 100), share, fte, paid | rest)
    costs: dict[str, int] = defaultdict(int)
    for row in rows(case / "kosten.csv"):
        on_fte = {"als_kader": share, "zorgverlening_fte": Fraction(1), "norm_fte": Fraction(0)}[
            row["sleutel"] or "als_kader"
        ]
        for part in parts_of(int(number(row["bedrag"]) * 100), on_fte, fte, paid):
            for name, amount in part.items():
                costs[name] += amount
    by_group = [hours(parts) for parts in (budgeted, realised)]
    return Whole(
        {name: by_group[0].get(group, Fraction(0)) for name, group in groups.items()},
        {name: by_group[1].get(group, Fraction(0)) for name, group in groups.items()},
        {name: rate[group] for name, group in groups.items()},
        score_budget, settled, corrected, fixed, norm, costs,
    )  # fmt: skip


# --- explanations ----------------------------------------------------------------------------------------------------------------


def recomputed(nodes: list[dict]) -> dict[int, Fraction]:
    """Each node of an explanation, worked out from its leaves alone, as docs/reference/json.md says."""
    values: dict[int, Fraction] = {}
    for node in nodes:
        parts = [values[part] for part in node.get("delen", ())]
        leaf = node["bewerking"] in {"bron", "afspraak", "constante"}
        values[node["knoop"]] = Fraction(node["waarde"]) if leaf else _apply(node["bewerking"], parts)
    return values


def _apply(operation: str, parts: list[Fraction]) -> Fraction:
    if not parts and operation == "som":
        return Fraction(0)
    first, *others = parts
    if operation == "product":
        for other in others:
            first *= other
        return first
    if operation == "quotiënt":
        return first / others[0]
    rest = sum(others, Fraction(0))
    return {
        "som": first + rest,
        "verschil": first - rest,
        "overschot": max(first - rest, Fraction(0)),
        "minimum": min(parts),
        "maximum": max(parts),
    }[operation]
