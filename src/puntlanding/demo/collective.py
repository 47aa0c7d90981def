"""The demonstration collective: 15 groups, 3 contracts of different types, a full year. Seeded, the same bytes each time."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib.resources import files
from pathlib import Path

from puntlanding.whole_file import write_whole

YEAR = 2026
SEED = 2026


@dataclass(frozen=True, slots=True)
class DemoGroup:
    """``fte`` is the intended budget; forecast and realisation are percent of it, efficiency percent of the reference."""

    name: str
    specialism: str
    role: str
    care_unit: str
    fte: int
    rate: int
    forecast: int
    realised: int
    efficiency_before: int
    efficiency: int


# Rates and sizes are those of the handbook's fictitious example ([CB] bijlage 4); the deviations are made up.
GROUPS = (
    DemoGroup("Oogheelkunde", "0301", "poort", "", 4, 2500, 105, 102, 101, 103),
    DemoGroup("KNO", "0302", "poort", "", 6, 2200, 97, 105, 100, 99),
    DemoGroup("Heelkunde", "0303", "poort", "Buikcentrum", 12, 2350, 104, 108, 102, 101),
    DemoGroup("Orthopedie", "0305", "poort", "Beweegcentrum", 10, 2400, 98, 97, 101, 104),
    DemoGroup("Urologie", "0306", "poort", "", 5, 3200, 103, 95, 97, 100),
    DemoGroup("Gynaecologie", "0307", "poort", "", 10, 2200, 96, 92, 100, 98),
    DemoGroup("Inwendige geneeskunde", "0313", "poort", "", 12, 2650, 100, 100, 99, 102),
    DemoGroup("MDL", "0318", "poort", "Buikcentrum", 8, 2200, 101, 103, 103, 100),
    DemoGroup("Cardiologie", "0320", "poort", "", 9, 2100, 103, 98, 101, 97),
    DemoGroup("Longgeneeskunde", "0322", "poort", "", 6, 2700, 102, 106, 98, 101),
    DemoGroup("Neurologie", "0330", "poort", "", 9, 2700, 99, 94, 100, 100),
    DemoGroup("Pijnbestrijding", "0389", "poort", "Beweegcentrum", 1, 6400, 101, 100, 102, 105),
    DemoGroup("Radiologie", "0362", "ondersteunend", "", 12, 2400, 101, 104, 0, 0),
    DemoGroup("Nucleaire geneeskunde", "0363", "ondersteunend", "", 2, 2350, 98, 95, 0, 0),
    DemoGroup("Anesthesiologie", "0389", "ondersteunend", "", 12, 3400, 100, 101, 0, 0),
)
CONTRACTS = (("Verzekeraar Noord", 50), ("Verzekeraar Zuid", 30), ("Verzekeraar West", 20))

AGREEMENT = f"""# Afspraak van het voorbeeldgremium. Alle namen en cijfers zijn verzonnen.

[afspraak]
organisatie = "MSB Voorbeeld"
jaar = {YEAR}

[[contract]]
naam = "Verzekeraar Noord"
soort = "plafond"

[[contract]]
naam = "Verzekeraar Zuid"
soort = "plafond_bandbreedte"
bandbreedte = 0.03

[[contract]]
naam = "Verzekeraar West"
soort = "aanneemsom"

[afrekening]
herverdeling = "naar_rato"
maximum_overproductie = 0.05
ondersteuners = "gelijk"

[weging]
output = 0.80
efficiency = 0.20

[kader]
bedrag = 25_000_000.00
vaste_component = 0.10
niet_uitgekeerd = "blijft"
"""


@dataclass(frozen=True, slots=True)
class Product:
    group: str
    kind: str
    code: str
    minutes: str


def products() -> list[Product]:
    text = (files("puntlanding.demo") / "products.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return [Product(r["vakgroep"], r["soort"], r["code"], r["minuten"]) for r in csv.DictReader(lines)]


def collective_files() -> dict[str, str]:
    """File name → content of the case."""
    chance = random.Random(SEED)  # noqa: S311  made-up volumes, no secret
    volumes = _volumes(chance)
    rows = {
        "begroting": [(g, c, p.code, n) for g, c, p, n in volumes],
        "prognose": [(g, c, p.code, _changed(n, _group(g).forecast, chance)) for g, c, p, n in volumes],
        "realisatie": [(g, c, p.code, _changed(n, _group(g).realised, chance)) for g, c, p, n in volumes],
    }
    production = ("vakgroep", "contract", "zorgproduct", "aantal")
    return {
        "afspraak.toml": AGREEMENT,
        "vakgroepen.csv": _csv(
            ("vakgroep", "specialisme", "rol", "zorgeenheid"),
            [(g.name, g.specialism, g.role, g.care_unit) for g in GROUPS],
        ),
        "normtijden.csv": _csv(
            ("jaar", "specialisme", "soort", "code", "minuten"),
            [(YEAR, _group(p.group).specialism, p.kind, p.code, p.minutes.replace(".", ",")) for p in products()],
        ),
        "benchmark.csv": _csv(("vakgroep", "normuren_per_fte"), [(g.name, g.rate) for g in GROUPS]),
        **{f"{name}.csv": _csv(production, lines) for name, lines in rows.items()},
        "efficiency.csv": _csv(("vakgroep", "jaar", "onderdeel", "waarde", "correctie", "reden"), _efficiency()),
        "formatie.csv": _csv(("vakgroep", "functie", "categorie", "dagdelen_per_week", "weken"), _formation()),
        "kosten.csv": _csv(
            ("post", "bedrag", "sleutel"),
            [("Bestuur en bureau", "412500,00", "als_kader"), ("Verzekering en juridisch", "187349,95", "als_kader")],
        ),
    }


def write_collective(folder: Path) -> None:
    """Write the case into a new or empty folder. Raises FileExistsError where something is there."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(str(folder))
    write_whole({folder / name: text.encode() for name, text in collective_files().items()})


def _group(name: str) -> DemoGroup:
    return next(group for group in GROUPS if group.name == name)


def _volumes(chance: random.Random) -> list[tuple[str, str, Product, int]]:
    """Volumes whose norm hours come close to the intended fte, spread unevenly over products and contracts."""
    found: list[tuple[str, str, Product, int]] = []
    for group in GROUPS:
        own = [product for product in products() if product.group == group.name]
        weights = [chance.randrange(50, 150) for _ in own]
        minutes = group.fte * group.rate * 60
        for product, weight in zip(own, weights, strict=True):
            whole = Fraction(minutes * weight, sum(weights)) / Fraction(product.minutes)
            for contract, part in CONTRACTS:
                found.append((group.name, contract, product, round(whole * (part + chance.randrange(-2, 3)) / 100)))
    return found


def _changed(volume: int, percent: int, chance: random.Random) -> int:
    return round(Fraction(volume * (percent * 10 + chance.randrange(-25, 26)), 1000))


def _efficiency() -> list[tuple[object, ...]]:
    """Supporting groups have no efficiency figures, as in the national default since 2019."""
    rows: list[tuple[object, ...]] = []
    for group in GROUPS:
        if group.efficiency:
            correction = (
                ("0,02", "uitbraak met extra diagnostiek, buiten de vakgroep")
                if group.name == "Cardiologie"
                else ("", "")
            )
            rows.append((group.name, YEAR - 1, "", _percent(group.efficiency_before), "", ""))
            rows.append((group.name, YEAR, "", _percent(group.efficiency), *correction))
    return rows


def _percent(value: int) -> str:
    return f"{value // 100},{value % 100:02d}"


def _formation() -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for group in GROUPS:
        rows.append((group.name, "medisch specialist", "1a", group.fte * 7, ""))
        rows.append((group.name, "medisch specialist", "1b", f"{group.fte * 5 // 2},{5 * (group.fte * 5 % 2)}", ""))
        rows.append((group.name, "medisch specialist", "2", group.fte, ""))
    return rows


def _csv(header: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()
