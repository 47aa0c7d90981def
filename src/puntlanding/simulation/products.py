"""The products behind norm hours, as floats: how many there are of each and the norm minutes they take together.

Read from the rows where these are at hand; making the tree of every row, to explain it, would take longer than all draws. Any other
production tells them by its tree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from puntlanding.case.variants import Kept
from puntlanding.explain import Node, Unit
from puntlanding.norms.columnar import MILLIONTHS, FrameProduction
from puntlanding.norms.production import GroupContract, LineProduction, Measure, Production


@dataclass(frozen=True, slots=True, order=True)
class Product:
    """``minutes``: of the volume together."""

    code: str
    minutes: float
    volume: float


Products = Mapping[GroupContract, tuple[Product, ...]]


def products_of(production: Production, year: int) -> Products:
    """In the order of their codes: how rows are sorted in a file must not make other draws. What takes no time is left out."""
    if isinstance(production, Kept):
        return products_of(production.of, year)
    found: dict[GroupContract, list[Product]] = {}

    def keep(group: str, contract: str, product: Product) -> None:
        if product.minutes and product.volume:
            found.setdefault((group, contract), []).append(product)

    if isinstance(production, FrameProduction):
        _from_frame(production, year, keep)
    elif isinstance(production, LineProduction):
        _from_lines(production, year, keep)
    else:
        for (group, contract), output in production.outputs(year).items():
            for product in () if output.hours is None else _from_tree(output.hours):
                keep(group, contract, product)
    return {key: tuple(sorted(products)) for key, products in found.items()}


Keep = Callable[[str, str, Product], None]


def _from_frame(production: FrameProduction, year: int, keep: Keep) -> None:
    import polars as pl

    rows = production.frame.filter(pl.col("year") == year)
    for group, contract, code, volume, minutes in rows.select("group", "contract", "code", "volume", "minutes").rows():
        count = volume / MILLIONTHS
        keep(group, contract, Product(code, count * (minutes / MILLIONTHS), count))


def _from_lines(production: LineProduction, year: int, keep: Keep) -> None:
    for line in production.lines:
        if line.year == year and line.measure is Measure.VOLUME and line.norm_time is not None:
            count = float(line.amount)
            keep(line.group, line.contract, Product(line.code or "", count * float(line.norm_time.minutes), count))


def _from_tree(node: Node) -> tuple[Product, ...]:
    """The products under a sum of norm minutes ÷ 60; none where hours or fte were given as such."""
    whole = next((one for one in node.operands if one.term == "norm_minutes"), None)
    if whole is None:
        return ()
    return tuple(
        Product(part.subject or "", float(part.value), _volume(part))
        for part in whole.operands
        if part.value and part.operands
    )


def _volume(part: Node) -> float:
    """How many there are behind the norm minutes of a product; of what is divided over contracts, this contract's share."""
    first = part.operands[0]
    return float(first.value) if first.unit is Unit.COUNT else _volume(first) * float(part.operands[1].value)
