"""What is drawn: the volumes of a year, by group and contract, around a centre."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from puntlanding.norms.production import GroupContract, Measure, Production
from puntlanding.simulation.noise import CERTAIN, Noise, noise
from puntlanding.simulation.products import Product, products_of

MOST_ALONE = (
    20_000  # products; of more, those with nearly the same norm time in a group and contract are drawn together
)
ALIKE = 1.05  # the longest of their norm times ÷ the shortest
PER_HOUR = 60.0


@dataclass(frozen=True, slots=True)
class Estimated:
    """Norm hours that a forecast gives: ``mean`` + ``sd`` × Student's t(4) of the group, never below ``least`` (what is closed).

    ``share``: this contract's part of what the group still has to do; who of them comes under which contract is chance as well, of
    which ``split`` is the size in norm hours. That adds up to nothing over the contracts of a group.
    """

    mean: float
    sd: float
    least: float
    share: float = 1.0
    split: float = 0.0


@dataclass(frozen=True, slots=True)
class Spreads:
    """How far volumes may be off, as a share of the centre. ``products``: by group, contract and code, of a product by itself, in
    place of the chance that is in every count. ``correlation``: of two groups.
    """

    groups: Mapping[GroupContract, float]
    correlation: float
    products: Mapping[tuple[str, str, str], float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Drawable:
    """One group in one contract. ``centre``: norm hours or norm fte in all. Products are drawn by themselves: the mean of each in
    norm hours (``means``) and how it varies; none: the whole varies as ``shared`` says, which also holds for all products at once.

    ``estimated``: drawn as a forecast says instead.
    """

    group: str
    contract: str
    measure: Measure
    centre: Fraction
    shared: Noise = CERTAIN
    means: tuple[float, ...] = ()
    noises: tuple[Noise, ...] = ()
    estimated: Estimated | None = None


@dataclass(frozen=True, slots=True)
class Volumes:
    """``correlation`` of two groups; ``products`` how many there are, ``alone`` whether each is drawn by itself."""

    parts: tuple[Drawable, ...]
    correlation: float
    products: int = 0
    alone: bool = True

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part.group for part in self.parts))


def spread_volumes(production: Production, year: int, spreads: Spreads) -> Volumes:
    """``production`` with the spreads of a list or of one number. A group with spread 0 is certain: its products do not vary either."""
    found, together = {}, 0
    there = products_of(production, year)
    for (group, contract), output in sorted(production.outputs(year).items()):
        node = output.hours if output.hours is not None else output.fte
        if node is None:
            raise AssertionError(f"{group}: neither norm hours nor norm fte")
        measure = Measure.FTE if output.hours is None else Measure.HOURS
        spread = spreads.groups.get((group, contract), 0.0)
        products = there.get((group, contract), ()) if _varies(spread, group, contract, spreads) else ()
        together += len(products)
        found[group, contract] = (Drawable(group, contract, measure, node.value, noise(spread)), products)
    alone = together <= MOST_ALONE
    parts = tuple(_with_products(part, products, spreads, alone=alone) for part, products in found.values())
    return Volumes(parts, spreads.correlation, together, alone)


def codes_of(production: Production, year: int) -> list[tuple[str, str, str]]:
    """Group, contract and code of every product that is there."""
    return [(*pair, one.code) for pair, own in products_of(production, year).items() for one in own]


def _varies(spread: float, group: str, contract: str, spreads: Spreads) -> bool:
    return spread > 0 or any(key[:2] == (group, contract) and own > 0 for key, own in spreads.products.items())


def _with_products(part: Drawable, products: Sequence[Product], spreads: Spreads, *, alone: bool) -> Drawable:
    if not products:
        return part
    certain = part.shared.by == 0
    own = [
        (one, _spread(one, spreads.products.get((part.group, part.contract, one.code)), certain=certain))
        for one in products
    ]
    drawn = own if alone else _alike(own)
    return Drawable(
        part.group, part.contract, part.measure, part.centre, part.shared,
        tuple(one.minutes / PER_HOUR for one, _ in drawn), tuple(noise(spread) for _, spread in drawn),
    )  # fmt: skip


def _spread(product: Product, given: float | None, *, certain: bool) -> float:
    """Of a count of n the standard deviation is √n: 1 ÷ √n of it."""
    if given is not None:
        return given
    return 0.0 if certain else abs(product.volume) ** -0.5


def _alike(products: Sequence[tuple[Product, float]]) -> list[tuple[Product, float]]:
    """Products with nearly the same norm time as one, whose mean and variance are those of their sum."""
    found: list[list[tuple[Product, float]]] = []
    for one in sorted(products, key=lambda pair: (pair[0].minutes / pair[0].volume, pair[0].code)):
        shortest = found[-1][0][0] if found else None
        time = one[0].minutes / one[0].volume
        if shortest is not None and 0 < time <= ALIKE * shortest.minutes / shortest.volume:
            found[-1].append(one)
        else:
            found.append([one])
    return [_together(same) for same in found]


def _together(same: Sequence[tuple[Product, float]]) -> tuple[Product, float]:
    minutes = sum(one.minutes for one, _ in same)
    variance = sum((one.minutes * spread) ** 2 for one, spread in same)
    whole = Product(same[0][0].code, minutes, sum(one.volume for one, _ in same))
    return whole, (variance**0.5 / abs(minutes) if minutes else 0.0)
