"""The national file: what the coordinator sends back, and what a hospital reads before it uses it.

A sealed file of two tables, `tarieven` and `referenties`. Fractions are text ("9/2"): exact, and the same in every program.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import polars as pl

from puntlanding.agreement import PeerMethod
from puntlanding.benchmark.dominance import MINUTES_PER_HOUR, Cell, Reason, Thresholds
from puntlanding.benchmark.spread import Spread
from puntlanding.contribution import Basis
from puntlanding.contribution.about import HOSPITAL_KINDS
from puntlanding.contribution.archive import stored_entries
from puntlanding.contribution.container import ABOUT, Sealed, pack, unpack
from puntlanding.contribution.tables import UNITS, Counted
from puntlanding.problems import InputError, Problem

KIND, VERSION, SUFFIX = "puntlanding-landelijk", 1, ".landelijk"
RATES = pl.Schema(
    {
        "specialisme": pl.String(), "rol": pl.String(), "type": pl.String(), "ziekenhuizen": pl.Int64(),
        "minuten": pl.String(), "fte": pl.String(), "normuren_per_fte": pl.String(), "laag": pl.Int64(),
        "midden": pl.Int64(), "hoog": pl.Int64(), "niet_gedeeld": pl.String(),
    }
)  # fmt: skip
REFERENCES = pl.Schema(
    {
        **dict.fromkeys(("specialisme", "type", "diagnosegroep", "leeftijd", "geslacht"), pl.String()),
        **dict.fromkeys(("ziekenhuizen", Counted.PATIENTS.value, *(one.value for one in UNITS)), pl.Int64()),
    }
)
_SCHEMAS = {"tarieven": RATES, "referenties": REFERENCES}
_COUNTED = (Counted.PATIENTS.value, *(one.value for one in UNITS))


@dataclass(frozen=True, slots=True)
class National:
    """``hospitals``: name and type of each; ``contributions``: the fingerprints of the files.

    ``year`` is what the figures are for: the base year itself, or a year after it whose norm times (``norm_times``, their
    fingerprint) and lists (``lists``: name → SHA-256) the minutes were worked out with. ``later``: earlier figures were published
    before, of which a part may have stayed as it was. ``problems`` are for who made it.
    """

    basis: Basis
    year: int
    norm_times: str | None
    lists: Mapping[str, str]
    hospitals: tuple[tuple[str, str | None], ...]
    contributions: tuple[str, ...]
    thresholds: Thresholds
    cells: tuple[Cell, ...]
    references: pl.DataFrame
    later: bool = False
    file: str = ""
    fingerprint: str = ""
    signatures: tuple[Mapping[str, str], ...] = field(default=())
    problems: tuple[Problem, ...] = ()

    @property
    def ahead(self) -> bool:
        """Whether it is a benchmark for a year to come."""
        return self.year != self.basis.year

    def kind(self, hospital: str) -> str | None:
        return dict(self.hospitals).get(hospital)

    def takes_part(self, hospital: str) -> bool:
        return hospital in dict(self.hospitals)

    def cell(self, specialism: str, role: str, kind: str) -> Cell | None:
        """None where no hospital of this type has the group."""
        wanted = (specialism, role, kind)
        return next((one for one in self.cells if (one.specialism, one.role, one.kind) == wanted), None)


def rate_of(cell: Cell, method: PeerMethod) -> Fraction | None:
    """None where it is not told: the whole cell, or the median of too few hospitals. A mean is in no cell: of five hospitals it
    would, beside the quartiles, give the lowest who is the highest himself.
    """
    match method:
        case PeerMethod.POOLED:
            return cell.rate
        case PeerMethod.MEAN:
            return None
        case PeerMethod.MEDIAN:
            return None if cell.spread is None else cell.spread.median


def list_prints(sources: Mapping[str, str]) -> dict[str, str]:
    """Of `ex_ante.Benchmark.sources`: a trend of one hospital is not to be read by the others, only to be told from another."""
    return {name: hashlib.sha256(text.encode()).hexdigest() for name, text in sorted(sources.items())}


def rates_frame(cells: Iterable[Cell]) -> pl.DataFrame:
    rows = [
        (
            one.specialism, one.role, one.kind, one.hospitals, _text(one.minutes), _text(one.fte), _text(one.rate),
            *((None, None, None) if one.spread is None else map(int, (one.spread.lower, one.spread.median, one.spread.upper))),
            None if one.reason is None else one.reason.value,
        )
        for one in cells
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=RATES, orient="row")


def national_file(one: National) -> bytes:
    """`signing` signs it as it does a contribution."""
    limits = one.thresholds
    about: Mapping[str, Any] = {
        "jaar": one.year,
        "basis": one.basis.as_record(),
        "normtijden": one.norm_times,
        "lijsten": dict(sorted(one.lists.items())),
        "ziekenhuizen": [{"ziekenhuis": hospital, "type": kind} for hospital, kind in one.hospitals],
        "bijdragen": list(one.contributions),
        "na_eerdere": one.later,
        "grenzen": {
            "ziekenhuizen": limits.hospitals,
            "ziekenhuizen_spreiding": limits.spread_hospitals,
            "grootste": str(limits.one_share),
            "grootste_twee": str(limits.two_share),
            "p": str(limits.p),
            "stap": limits.step,
        },
    }
    return pack(KIND, VERSION, about, {"tarieven": rates_frame(one.cells), "referenties": one.references})


def is_national(data: bytes) -> bool:
    """By what the file says it is, whatever its name; of one that cannot be read this says nothing."""
    try:
        entries = stored_entries(data)
        return entries is not None and json.loads(bytes(entries[ABOUT]))["soort"] == KIND
    except (KeyError, TypeError, ValueError, RecursionError):
        return False


def from_bytes(data: bytes, file: str) -> National:
    """Raises InputError where the file is of another kind or version, was changed, or says what cannot be."""
    sealed = unpack(data, file, KIND, VERSION, _SCHEMAS)
    try:
        return _national(sealed, file)
    except (KeyError, TypeError, ValueError, AttributeError, ZeroDivisionError) as error:
        raise InputError([Problem("sealed_damaged", file, value=ABOUT)]) from error


def _national(sealed: Sealed, file: str) -> National:
    about, limits = sealed.about, sealed.about["grenzen"]
    basis, prints = Basis.of(about["basis"]), [str(one) for one in about["bijdragen"]]
    hospitals = tuple((str(one["ziekenhuis"]), one["type"]) for one in about["ziekenhuizen"])
    lists, norm_times, year = about["lijsten"], about["normtijden"], about["jaar"]
    if type(year) is not int or not basis.year <= year <= basis.year + 2:
        raise ValueError("year")
    if any(kind is not None and kind not in HOSPITAL_KINDS for _, kind in hospitals):
        raise ValueError("type of hospital")
    if norm_times is not None and not isinstance(norm_times, str):
        raise TypeError("text expected")
    thresholds = Thresholds(
        limits["ziekenhuizen"], limits["ziekenhuizen_spreiding"], Fraction(limits["grootste"]),
        Fraction(limits["grootste_twee"]), Fraction(limits["p"]), limits["stap"],
    )  # fmt: skip
    cells = tuple(_cell(row) for row in sealed.tables["tarieven"].iter_rows(named=True))
    if len({(one.specialism, one.role, one.kind) for one in cells}) != len(cells):
        raise ValueError("the same cell twice")
    references = sealed.tables["referenties"]
    counts = references.select(_COUNTED)
    if any((column < 0).any() for column in counts.get_columns()) or counts[Counted.PATIENTS].null_count():
        raise ValueError("counts")
    return National(
        basis, year, norm_times, {str(name): str(text) for name, text in lists.items()}, hospitals, tuple(prints),
        thresholds, cells, references, about["na_eerdere"] is not False, file, sealed.fingerprint, sealed.signatures,
    )  # fmt: skip


def _cell(row: Mapping[str, Any]) -> Cell:
    """Raises ValueError where a figure is missing, or the rate is not what the sums give."""
    keys = str(row["specialisme"]), str(row["rol"]), str(row["type"]), int(row["ziekenhuizen"])
    if row["niet_gedeeld"] is not None:
        return Cell(*keys, None, None, None, None, Reason(row["niet_gedeeld"]))
    minutes, fte, rate = (Fraction(row[name]) for name in ("minuten", "fte", "normuren_per_fte"))
    if rate != minutes / MINUTES_PER_HOUR / fte:
        raise ValueError("rate")
    middle = [row[name] for name in ("laag", "midden", "hoog")]
    spread = None
    if None not in middle:
        lower, median, upper = map(Fraction, middle)
        spread = Spread(keys[3], lower, lower, median, upper, upper)
    return Cell(*keys, minutes, fte, rate, spread)


def _text(value: Fraction | int | None) -> str | None:
    return None if value is None else str(value)
