"""Which codes a generated hospital uses: the small lists in data/, or the real codes of the user's own NZa tables."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from puntlanding.demo.calibration import SETTINGS, number, rows
from puntlanding.problems import InputError, Problem
from puntlanding.records.codes import TEXT, UNTIL, CodeTables, DatedCodes

CONSULT = "icc"
Weights = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Choice:
    """Codes (positions in a list of the codebook) with the chance of each, cumulated."""

    codes: NDArray[np.int64]
    cumulative: Weights

    def draw(self, chance: np.random.Generator, count: int) -> NDArray[np.int64]:
        found: NDArray[np.int64] = self.codes[np.searchsorted(self.cumulative, chance.random(count), side="right")]
        return found


def choice(codes: Sequence[int], weights: Sequence[float]) -> Choice:
    cumulative = np.cumsum(np.asarray(weights, dtype=np.float64))
    cumulative /= cumulative[-1]
    cumulative[-1] = 1.0
    return Choice(np.asarray(codes, dtype=np.int64), cumulative)


@dataclass(frozen=True, slots=True)
class Cluster:
    """Diagnoses of one specialism that are treated alike. ``age`` and ``women`` None: as the specialism."""

    specialism: str
    name: str
    weight: float
    exception: str
    diagnoses: Choice
    products: Mapping[str, Choice]  # setting → products
    age: tuple[float, float] | None
    women: float | None


@dataclass(slots=True)
class Codebook:
    """``products``, ``claims`` and ``uninsured`` go together; claim code 14/15 insured is 16/17 uninsured (data-facts §4.1)."""

    products: list[str] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)
    diagnoses: list[str] = field(default_factory=list)
    activities: list[str] = field(default_factory=list)
    clusters: list[Cluster] = field(default_factory=list)
    consults: dict[str, Choice] = field(default_factory=dict)  # specialism → product of a consult during an admission
    orders: dict[tuple[str, str], Choice] = field(default_factory=dict)  # kind, specialism → activities
    _positions: dict[tuple[str, str], int] = field(default_factory=dict)

    def activity(self, code: str) -> int:
        return self._position("activity", code, self.activities)

    def order(self, kind: str, specialism: str) -> Choice | None:
        return self.orders.get((kind, specialism)) or self.orders.get((kind, "*"))

    def _position(self, kind: str, code: str, known: list[str]) -> int:
        if (kind, code) not in self._positions:
            self._positions[kind, code] = len(known)
            known.append(code)
        return self._positions[kind, code]

    def product(self, code: str, claim: str) -> int:
        position = self._position("product", code, self.products)
        if position == len(self.claims):
            self.claims.append(claim)
        return position

    def diagnosis(self, code: str) -> int:
        return self._position("diagnosis", code, self.diagnoses)


def uninsured(claim: str) -> str:
    return str(int(claim[:2]) + 2) + claim[2:]


def zipf(count: int) -> list[float]:
    """Volumes of the first, second, … of a row."""
    return [float(rank) ** -number("zorg.zipf") for rank in range(1, count + 1)]


Period = tuple[date, date]


def codebook(codes: CodeTables | None, period: Period) -> Codebook:
    """Codes valid from the first to the last day of ``period``. What an older table calls valid until further notice, is."""
    book = Codebook()
    products = _real_products(codes.products, period) if codes and codes.products else _own_products()
    real_diagnoses = _by_specialism(codes.diagnoses, period) if codes and codes.diagnoses else {}
    listed = rows("clusters.csv")
    _require_products(products, listed, period)
    for row in listed:
        specialism, group = row["specialisme"], row["productgroep"]
        book.clusters.append(
            Cluster(
                specialism=specialism,
                name=row["naam"],
                weight=float(row["gewicht"]),
                exception=row["uitzondering"],
                diagnoses=_diagnoses(book, row["diagnosen"].split(), real_diagnoses.get(specialism, [])),
                products={name: _products(book, products, specialism, group, name) for name in SETTINGS},
                age=(float(row["leeftijd"]), float(row["sd"])) if row["leeftijd"] else None,
                women=float(row["vrouw"]) if row["vrouw"] else None,
            )
        )
    for one in _own_products():
        if one.setting == CONSULT:
            book.consults[one.specialism] = choice([book.product(one.code, one.claim)], [1])
    _orders(book, codes, period)
    return book


@dataclass(frozen=True, slots=True)
class _Product:
    specialism: str  # empty: whoever treats the group
    code: str
    claim: str
    setting: str


def _own_products() -> list[_Product]:
    return [
        _Product(row["specialisme"], row["zorgproduct"], row["declaratiecode"], row["setting"])
        for row in rows("products.csv")
    ]


# What the NZa's descriptions say about where care was given, in the order they are asked.
_SETTING_WORDS = (
    (CONSULT, re.compile(r"\bICC\b|Medebehandeling", re.IGNORECASE)),
    ("poli", re.compile(r"niet klin", re.IGNORECASE)),
    ("klinisch", re.compile(r"met vpld|\bklin\b", re.IGNORECASE)),
    ("operatief", re.compile(r"\boper|zonder vpld", re.IGNORECASE)),
    ("dag", re.compile(r"\bdag\b", re.IGNORECASE)),
    ("poli", re.compile(r"")),
)


def _real_products(table: DatedCodes, period: Period) -> list[_Product]:
    """Every declarable product; the first of a group and setting are those of our own list, which are common ones."""
    frame = _valid(table, period).filter(pl.col("declaratiecode").is_not_null()).sort("zorgproduct")
    valid = set(frame["zorgproduct"])
    own = [one for one in _own_products() if one.code in valid]
    found = list(own)
    for code, claim, text in frame.select("zorgproduct", "declaratiecode", TEXT).iter_rows():
        setting = next(name for name, words in _SETTING_WORDS if words.search(text or ""))
        found.append(_Product("", code, claim, setting))
    return found


def _require_products(products: Sequence[_Product], clusters: Sequence[Mapping[str, str]], period: Period) -> None:
    """Raises InputError where a user's tables lack outpatient products: there would be nothing to give the others' place."""
    lacking = {
        row["specialisme"]
        for row in clusters
        if not any(_fits(one, row["specialisme"], row["productgroep"], "poli") for one in products)
    }
    if lacking:
        details = {"specialisms": ", ".join(sorted(lacking)), "first": str(period[0]), "last": str(period[1])}
        raise InputError([Problem("products_too_few", "--nza", details=details)])


def _fits(one: _Product, specialism: str, group: str, setting: str) -> bool:
    own = one.specialism == specialism or (not one.specialism and one.code.startswith(group))
    return own and one.setting == setting


def _products(book: Codebook, products: Sequence[_Product], specialism: str, group: str, setting: str) -> Choice:
    """Of the group; where it has none in this setting, of the specialism; a setting that it lacks gets its outpatient ones."""
    mine = [one for one in products if _fits(one, specialism, group, setting)]
    chosen = [one for one in mine if one.code.startswith(group)] or mine
    if not chosen:
        return _products(book, products, specialism, group, "poli")
    distinct = dict.fromkeys((one.code, one.claim) for one in chosen)
    return choice([book.product(code, claim) for code, claim in distinct], zipf(len(distinct)))


def _diagnoses(book: Codebook, own: Sequence[str], real: Sequence[str]) -> Choice:
    first = [book.diagnosis(code) for code in own if not real or code in real]
    tail = [book.diagnosis(code) for code in real if code not in own]
    if not tail:
        return choice(first, zipf(len(first)))
    share = number("zorg.eigen_diagnosen") if first else 0.0
    heads = np.array(zipf(len(first))) if first else np.zeros(0)
    tails = np.array(zipf(len(tail)))
    weights = [*(share * heads / max(heads.sum(), 1e-9)), *((1 - share) * tails / tails.sum())]
    return choice(first + tail, weights)


def _orders(book: Codebook, codes: CodeTables | None, period: Period) -> None:
    listed = rows("activities.csv")
    real = _valid(codes.activities, period) if codes and codes.activities else None
    valid = set(real["za_code"]) if real is not None else None
    for kind, specialism in dict.fromkeys((row["soort"], row["specialisme"]) for row in listed):
        own = [
            (row["za_code"], float(row["gewicht"]), row["klasse"])
            for row in listed
            if (row["soort"], row["specialisme"]) == (kind, specialism) and (valid is None or row["za_code"] in valid)
        ]
        weights = {book.activity(code): weight for code, weight, _ in own}
        if real is not None and kind in _WITH_TAIL:
            total = sum(weights.values())
            profile_class = own[0][2] if own else _WITH_TAIL[kind]
            extra = _tail(real, profile_class, [code for code, _, _ in own])
            portions = zipf(len(extra))
            scale = total * number("zorg.staart") / max(sum(portions), 1e-9)
            weights |= {book.activity(code): scale * part for code, part in zip(extra, portions, strict=True)}
        if weights:
            book.orders[kind, specialism] = choice(list(weights), list(weights.values()))


_WITH_TAIL = {"beeld": "7", "lab": "8", "micro": "9", "patho": "10"}


def _tail(real: pl.DataFrame, profile_class: str, own: Sequence[str]) -> list[str]:
    """Some other codes of the class, evenly over the table: a chapter's first codes are no more common than its last."""
    found = real.filter(pl.col("klasse") == profile_class, ~pl.col("za_code").is_in(own)).sort("za_code")["za_code"]
    step = max(len(found) // int(number("zorg.staart_codes")), 1)
    return found.gather_every(step).to_list()


def _valid(table: DatedCodes, period: Period) -> pl.DataFrame:
    first, last = period
    frame = table.on(first).filter(pl.col(UNTIL).is_null() | (pl.col(UNTIL) >= pl.lit(last)))
    return frame.unique(list(table.keys), keep="first", maintain_order=True)


def _by_specialism(table: DatedCodes, period: Period) -> dict[str, list[str]]:
    frame = _valid(table, period).filter(pl.col("diagnose") != "0000").sort("specialisme", "diagnose")
    return {str(key[0]): part["diagnose"].to_list() for key, part in frame.group_by("specialisme", maintain_order=True)}
