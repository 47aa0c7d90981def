"""The codes of the made-up national year: products, diagnoses, activities and who executes them. All made up but for the
activities that the program's own code sets name.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from puntlanding.records.reference import activity_sets

PRODUCTS, DIAGNOSES_EACH, PER_SPECIALISM = 4_000, 5, 100
SPECIALISMS = (
    "0301", "0302", "0303", "0304", "0305", "0306", "0307", "0308", "0310", "0313", "0316", "0318", "0320", "0322",
    "0324", "0326", "0327", "0328", "0329", "0330", "0335", "0361", "0362", "0389", "0390", "1900", "8418",
)  # fmt: skip
SUPPORTING = ("0362", "0363", "0386", "0387", "0388", "0389", "0390")
# First digits, how many codes, who executes them (None: the gatekeeper), and their weight for light, day and clinical care.
_FAMILIES = (
    ("070", 120, "0386", (18, 14, 40)),
    ("079", 30, "0387", (2, 2, 6)),
    ("050", 20, "0388", (3, 6, 5)),
    ("081", 80, "0362", (12, 8, 14)),
    ("120", 15, "0363", (0.5, 0.5, 1)),
    ("030", 12, "0389", (0.5, 6, 6)),
    ("078", 8, "0390", (0.5, 0.2, 0.3)),
    ("039", 100, None, (20, 30, 12)),
)
_SETS = {
    "poli_eerste": (14, 8, 4), "poli_herhaal": (26, 14, 8), "tele_beeld": (2, 1, 0.5), "tele_overig": (8, 4, 2),
    "dagverpleging": (0, 12, 1), "verpleegdag": (0, 0, 20), "ic_dag": (0, 0, 0.6),
}  # fmt: skip


def zipf(count: int, power: float = 1.0) -> np.ndarray:
    weights = 1 / np.arange(1, count + 1) ** power
    return weights / weights.sum()


def drawn(random: np.random.Generator, chances: np.ndarray, rows: int) -> np.ndarray:
    """Positions by their chances."""
    return np.minimum(np.searchsorted(np.cumsum(chances), random.random(rows)), len(chances) - 1)


def _pairs() -> pl.DataFrame:
    """Specialism and product with their chance, the position of their first diagnosis and how heavy the care is."""
    random = np.random.default_rng(1)
    specialism = np.concatenate([
        np.tile(np.arange(len(SPECIALISMS)), 20),
        drawn(random, zipf(len(SPECIALISMS), 0.7), PRODUCTS - 20 * len(SPECIALISMS)),
    ])  # fmt: skip
    specialism = random.permutation(specialism)
    rank = np.arange(PRODUCTS)
    codes = [f"{number % 21 + 1:02}{number * 1753 % 10_000_000:07}" for number in rank]
    claims = [f"{14 + number % 2}{'ABCD'[number % 4]}{number % 1000:03}" for number in rank]
    for number in range(100, PRODUCTS, 200):  # not insured
        claims[number] = f"{16 + number % 2}E{number % 1000:03}"
    dropped = set(range(150, PRODUCTS, 160))  # "uitval": no claim
    return pl.DataFrame({
        "specialisme": pl.Series(SPECIALISMS)[specialism],
        "zorgproduct": [f"888888{number % 1000:03}" if number in dropped else code for number, code in enumerate(codes)],
        "declaratiecode": [None if number in dropped else claim for number, claim in enumerate(claims)],
        "kans": zipf(PRODUCTS),
        "eerste_diagnose": specialism * PER_SPECIALISM + drawn(random, zipf(PER_SPECIALISM - DIAGNOSES_EACH), PRODUCTS),
        "zorgzwaarte": random.choice(3, PRODUCTS, p=[0.6, 0.2, 0.2]),
    })  # fmt: skip


def _activities() -> tuple[pl.DataFrame, list[np.ndarray]]:
    """za_code and uitvoerder (null: the gatekeeper), and the cumulative chances of each for light, day and clinical care."""
    known = activity_sets().filter(
        pl.col("set").is_in(list(_SETS)) & (pl.col("van") <= date(2024, 1, 1)) & pl.col("tot").is_null()
    )
    codes: list[tuple[str, str | None]] = []
    weights: list[tuple[float, ...]] = []
    for name in sorted(_SETS):
        mine = known.filter(pl.col("set") == name)["za_code"].sort()
        codes += [(code, None) for code in mine]
        weights += [tuple(weight / len(mine) for weight in _SETS[name]) for _ in mine]
    for first, count, executor, family in _FAMILIES:
        codes += [(f"{first}{number * 7 % 1000:03}", executor) for number in range(1, count + 1)]
        weights += [tuple(weight * share for weight in family) for share in zipf(count)]
    frame = pl.DataFrame(codes, schema={"za_code": pl.String(), "uitvoerder": pl.String()}, orient="row")
    table = np.array(weights)
    return frame, [np.cumsum(table[:, mix] / table[:, mix].sum()) for mix in range(3)]


PAIRS = _pairs()
ACTIVITIES, MIXES = _activities()
DIAGNOSES = pl.Series([f"{number % PER_SPECIALISM + 101:04}" for number in range(len(SPECIALISMS) * PER_SPECIALISM)])
INSURERS = pl.Series([f"{3300 + 7 * number:04}" for number in range(25)])
