"""The fold in plain Python, from the words alone (methods §1-4, docs/reference/bijdrage.md): dictionaries and whole numbers.

What counts as what is written out here by hand; that the program's own lists say the same is part of what is tested.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

FROM_2012, FROM_2013, FROM_2014, FROM_2018 = (date(year, 1, 1) for year in (2012, 2013, 2014, 2018))
UNTIL_2013, EVER = date(2013, 12, 31), date(9999, 12, 31)
# Activity → unit, first day, last day.
UNITS = {
    "190060": ("fysiek", FROM_2014, EVER), "190011": ("fysiek", FROM_2012, UNTIL_2013), "190013": ("fysiek", FROM_2012, EVER),
    "190025": ("teleconsult", FROM_2013, EVER), "190026": ("teleconsult", FROM_2018, EVER),
    "190090": ("dagopname", FROM_2014, EVER), "190035": ("dagopname", FROM_2012, UNTIL_2013),
    "190218": ("verpleegdag", FROM_2014, EVER), "190204": ("verpleegdag", FROM_2012, UNTIL_2013),
    "190153": ("ic_dag", FROM_2014, EVER), "190157": ("ic_dag", FROM_2018, EVER), "190125": ("ic_dag", FROM_2012, UNTIL_2013),
}  # fmt: skip
NO_UNIT = ("190091", "190040", "190009", "190031", "190152", "089090", "070116")
SUPPORTING = frozenset({"0362", "0363", "0386", "0387", "0388", "0389", "0390"})
FATES = ("met_output", "in_behandeling", "zonder_zorgproduct", "uitval", "onverzekerd")

Row = Mapping[str, Any]
Table = Mapping[tuple[str, ...], Mapping[str, int | None]]


@dataclass(frozen=True)
class PlainRules:
    """``norm_times``: (specialism, kind, code) → hundredths of a minute; None: no list at all."""

    year: int
    contracts: Mapping[str, str] = field(default_factory=dict)
    rest: str = "alle"
    norm_times: Mapping[tuple[str, str, str], int] | None = None
    cents: Mapping[str, int] | None = None
    groups: Mapping[tuple[str, str], str] | None = None


def _people(patients: set[object]) -> int:
    """A trajectory without a patient counts as production, and as nobody."""
    return len(patients - {None})


class Plain:
    """``trajectories`` and ``activities`` as delivered, of any year."""

    def __init__(self, trajectories: Sequence[Row], activities: Sequence[Row], rules: PlainRules) -> None:
        self.rules, self.year = rules, rules.year
        self.scope = {one["subtraject_id"]: one for one in trajectories if self._in_scope(one)}
        self.activities = [one for one in activities if one["subtraject_id"] in self.scope]
        self.of = defaultdict(list)
        for one in self.activities:
            self.of[one["subtraject_id"]].append(one)
        self.claims = any(one["declaratiecode"] is not None for one in self.scope.values())

    def _in_scope(self, one: Row) -> bool:
        """Opened in the year; or in the year before, and not closed before the year began."""
        opened, closed = one["openingsdatum"], one["sluitdatum"]
        still = closed is None or closed.year >= self.year
        return opened is not None and (opened.year == self.year or (opened.year == self.year - 1 and still))

    def _month(self, day: date | None) -> int | None:
        return day.month if day is not None and day.year == self.year else None

    def fate(self, one: Row) -> str:
        product, claim = one["zorgproduct"], one["declaratiecode"]
        if product is None:
            return "in_behandeling" if one["sluitdatum"] is None else "zonder_zorgproduct"
        if product.startswith("888888") or (claim is None and self.claims):
            return "uitval"
        return "onverzekerd" if claim is not None and claim[:2] in ("16", "17") else "met_output"

    def contract(self, one: Row) -> str:
        return self.rules.contracts.get(one["verzekeraar"], self.rules.rest)

    def stratum(self, one: Row) -> tuple[str, ...]:
        born, diagnosis = one["geboortejaar"], one["diagnose"]
        age = -1 if born is None else self.year - born
        bands = (("75+", 75), ("65-74", 65), ("40-64", 40), ("18-39", 18), ("0-17", 0), ("onbekend", -200))
        group = (self.rules.groups or {}).get((one["specialisme"], diagnosis), diagnosis or "onbekend")
        return one["specialisme"], group, next(name for name, first in bands if age >= first), one["geslacht"] or "O"

    def assisted(self) -> Iterator[tuple[Row, Row, int]]:
        """What a supporting specialism did in the year in trajectories of others: activity, trajectory, month."""
        for act in self.activities:
            executor, month, of = (
                act["specialisme_uitvoerder"],
                self._month(act["datum"]),
                self.scope[act["subtraject_id"]],
            )
            if executor in SUPPORTING and month and executor != of["specialisme"] and act["za_code"] is not None:
                yield act, of, month

    def production(self) -> Table:
        cells: dict[tuple[str, ...], dict[str, int]] = defaultdict(lambda: defaultdict(int))
        patients: dict[tuple[str, ...], set[object]] = defaultdict(set)
        for one in self.scope.values():
            if self.fate(one) != "met_output" or one["specialisme"] is None:
                continue
            key = (one["specialisme"], "poort", "zorgproduct", one["zorgproduct"], self.contract(one))
            if month := self._month(one["openingsdatum"]):
                cells[key][f"open_{month:02}"] += 1
                patients[key].add(one["patient"])
            if month := self._month(one["sluitdatum"]):
                cells[key][f"sluit_{month:02}"] += 1
        for act, of, month in self.assisted():
            key = (act["specialisme_uitvoerder"], "ondersteunend", "zorgactiviteit", act["za_code"], self.contract(of))
            cells[key][f"open_{month:02}"] += act["aantal"] or 0
            cells[key][f"sluit_{month:02}"] += act["aantal"] or 0
            patients[key].add(of["patient"])
        rows = {}
        for key, cell in cells.items():
            if any(cell.values()):
                rows[key] = {**self._priced(key, cell), "patienten": _people(patients[key])}
        return rows

    def _priced(self, key: tuple[str, ...], cell: Mapping[str, int]) -> dict[str, int | None]:
        time = (self.rules.norm_times or {}).get((key[0], key[2], key[3]))
        row: dict[str, int | None] = {}
        for side in ("open", "sluit"):
            for month in range(1, 13):
                volume = cell.get(f"{side}_{month:02}", 0)
                row[f"{side}_{month:02}"] = volume
                row[f"{side}_min_{month:02}"] = None if time is None else volume * time
        return row

    def strata(self) -> Table:
        nothing = {f"k{quarter}_{unit}": 0 for quarter in range(1, 5) for unit in self._units()}
        unknown = {f"k{quarter}_diagnostiek": None for quarter in range(1, 5)} if self.rules.cents is None else {}
        cells: dict[tuple[str, ...], dict[str, int]] = defaultdict(nothing.copy)
        quarters: dict[tuple[tuple[str, ...], object], int] = {}
        for number, one in self.scope.items():
            month = self._month(one["sluitdatum"])
            if month is None or one["specialisme"] is None:
                continue
            quarter, key = (month + 2) // 3, self.stratum(one)
            cells[key]  # also where nobody known is in it
            if one["patient"] is not None:
                person = key, one["patient"]
                quarters[person] = min(quarter, quarters.get(person, 4))
            for act in self.of[number]:
                for unit, weight in self._weights(act):
                    cells[key][f"k{quarter}_{unit}"] += weight * (act["aantal"] or 0)
        for (key, _), quarter in quarters.items():
            cells[key][f"k{quarter}_patienten"] += 1
        return {key: {**cell, **unknown} for key, cell in cells.items()}

    def _units(self) -> list[str]:
        priced = [] if self.rules.cents is None else ["diagnostiek"]
        return ["patienten", "fysiek", "teleconsult", "dagopname", "verpleegdag", "ic_dag", *priced]

    def _weights(self, act: Row) -> Iterator[tuple[str, int]]:
        code, day = act["za_code"], act["datum"]
        if code in UNITS and day is not None and UNITS[code][1] <= day <= UNITS[code][2]:
            yield UNITS[code][0], 1
        if self.rules.cents is not None and code in self.rules.cents and day is not None:
            yield "diagnostiek", self.rules.cents[code]

    def input(self) -> Table:
        cells: dict[tuple[str, ...], dict[str, int]] = defaultdict(lambda: defaultdict(int))
        first: dict[tuple[tuple[str, ...], object], int] = {}

        def seen(key: tuple[str, ...], patient: object, month: int) -> None:
            if patient is not None:
                first[key, patient] = min(month, first.get((key, patient), 12))

        helped = {id(act): (of, month) for act, of, month in self.assisted()}
        for act in self.activities:
            executor, month = act["specialisme_uitvoerder"], self._month(act["datum"])
            if executor is None or month is None:
                continue
            key = (executor, "ondersteunend" if id(act) in helped else "poort")
            cells[key][f"activiteiten_{month:02}"] += act["aantal"] or 0
            if id(act) in helped:
                seen(key, helped[id(act)][0]["patient"], month)
        for one in self.scope.values():
            month = self._month(one["openingsdatum"])
            if month and one["specialisme"] is not None:
                seen((one["specialisme"], "poort"), one["patient"], month)
        for (key, _), month in first.items():
            cells[key][f"patienten_{month:02}"] += 1
        names = [f"{name}_{month:02}" for name in ("activiteiten", "patienten") for month in range(1, 13)]
        return {key: {name: cell.get(name, 0) for name in names} for key, cell in cells.items() if any(cell.values())}

    def diagnoses(self) -> Table:
        found: dict[tuple[str, ...], list[object]] = defaultdict(list)
        for one in self.scope.values():
            key = (one["specialisme"], one["diagnose"], one["zorgproduct"])
            if self.fate(one) == "met_output" and self._month(one["openingsdatum"]) and None not in key:
                found[key].append(one["patient"])
        return {key: {"aantal": len(people), "patienten": _people(set(people))} for key, people in found.items()}

    def counts(self, *, before: bool) -> Mapping[str, int]:
        opened = [one for one in self.scope.values() if self._month(one["openingsdatum"])]
        fates = [self.fate(one) for one in opened]
        return {
            "geopend": len(opened),
            "gesloten": sum(self._month(one["sluitdatum"]) is not None for one in self.scope.values()),
            **{fate: fates.count(fate) for fate in FATES},
            "zonder_specialisme": sum(one["specialisme"] is None for one in self.scope.values()),
            "activiteiten": len(self.activities),
            "activiteiten_ondersteunend": len(list(self.assisted())),
            "jaar_ervoor_in_opslag": int(before),
            "zonder_normtijd": sum(
                row[f"open_{month:02}"] or 0
                for row in self.production().values()
                for month in range(1, 13)
                if row["open_min_01"] is None
            ),
        }

    def tables(self) -> Mapping[str, Table]:
        return {
            "productie": self.production(), "strata": self.strata(), "input": self.input(), "diagnoses": self.diagnoses(),
        }  # fmt: skip

    def negative(self) -> set[tuple[str, ...]]:
        """Cells that corrections make negative over the year: (code, specialism, contract) and (unit, specialism, stratum)."""
        cells = {
            (key[3], key[0], key[4])
            for key, row in self.production().items()
            if sum(row[f"open_{month:02}"] or 0 for month in range(1, 13)) < 0
        }
        strata = {
            (unit, key[0], ", ".join(key[1:]))
            for key, row in self.strata().items()
            for unit in self._units()
            if sum(row[f"k{quarter}_{unit}"] or 0 for quarter in range(1, 5)) < 0
        }
        return cells | strata
