"""A small bar in the row: how far the number is from the budget, or how large it is beside the others. Lengths are whole pixels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from puntlanding.explain import Node
from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import index
from puntlanding.quantities import half_up
from puntlanding.report.tables import Table, TableRow
from puntlanding.stage import Stage

WIDTH, HEIGHT, EDGE = 160, 16, 2
LEAST_SPAN = Fraction(1, 10)  # a deviation of some tenths of a percent is not drawn as if it were the whole width


@dataclass(frozen=True, slots=True)
class Bar:
    """``left`` and ``wide`` in pixels; ``mark`` is where the budget (or nothing) lies, ``paid`` where there is a point for it.

    ``side``: over, under, or plain where nothing is compared. ``words`` tell it.
    """

    left: int
    wide: int
    mark: int
    side: str
    words: str
    paid: int | None = None


@dataclass(frozen=True, slots=True)
class Bars:
    """``legend`` None: no bars."""

    legend: str | None
    by_row: Mapping[int, Bar]

    def of(self, row: TableRow) -> Bar | None:
        return self.by_row.get(id(row))


def bars(seen: Table, language: Language) -> Bars:
    rows = (*seen.rows, *seen.care_units, *seen.contract_totals, seen.total)
    match seen.stage:
        case Stage.MONITOR:
            ratios = {id(row): _value(seen, row, "verhouding") for row in rows}
            return _compared(ratios, {}, language, _MONITOR)
        case Stage.SETTLE:
            realised, paid = {}, {}
            for row in rows:
                budget = _value(seen, row, "begroting")
                realised[id(row)] = _ratio(_value(seen, row, "realisatie"), budget)
                paid[id(row)] = _ratio(_value(seen, row, "norm_fte"), budget)
            return _compared(realised, paid, language, _SETTLE)
        case _:
            sizes = {id(row): _value(seen, row, seen.main) for row in seen.rows}
            return _sized(sizes, language)


_MONITOR = (
    "De streep is de begroting; oranje, rechts ervan: prognose erboven; blauw, links: eronder. De breedte is {0} %.",
    "The line is the budget; orange, to its right: forecast above it; blue, to its left: below. The width is {0} %.",
)
_SETTLE = (
    "De streep is de begroting; oranje, rechts ervan: realisatie erboven; blauw, links: eronder; ● betaald. De breedte is {0} %.",
    "The line is the budget; orange, to its right: realised above it; blue, to its left: below; ● paid. The width is {0} %.",
)
_SIZED = ("De balk is de omvang naast die van de grootste.", "The bar is the size beside that of the largest.")
_TOLD = ("{} % van de begroting", "{} % of the budget")
_PAID = (", betaald {} %", ", paid {} %")


def _value(seen: Table, row: TableRow, key: str) -> Fraction | None:
    node: Node | None = row.cells[[column.key for column in seen.columns].index(key)]
    return None if node is None else node.value


def _ratio(value: Fraction | None, budget: Fraction | None) -> Fraction | None:
    return value / budget if value is not None and budget else None


def _compared(
    ratios: Mapping[int, Fraction | None],
    paid: Mapping[int, Fraction | None],
    language: Language,
    legend: tuple[str, str],
) -> Bars:
    known = [one - 1 for one in (*ratios.values(), *paid.values()) if one is not None]
    span = max([LEAST_SPAN, *(abs(one) for one in known)])
    which, middle = index(language), WIDTH // 2

    def at(ratio: Fraction) -> int:
        return middle + int(half_up((ratio - 1) / span * (middle - EDGE), 0))

    found = {}
    for key, ratio in ratios.items():
        if ratio is None:
            continue
        end, point = at(ratio), paid.get(key)
        words = _TOLD[which].format(number(ratio * 100, 1, language))
        if point is not None:
            words += _PAID[which].format(number(point * 100, 1, language))
        side = "over" if ratio > 1 else "under"
        found[key] = Bar(min(end, middle), abs(end - middle), middle, side, words, None if point is None else at(point))
    width = number(span * 200, 0, language)
    return Bars(legend[which].format(width) if found else None, found)


def _sized(sizes: Mapping[int, Fraction | None], language: Language) -> Bars:
    """What is below nothing has no size to draw."""
    largest = max((one for one in sizes.values() if one is not None), default=Fraction(0))
    if largest <= 0 or len(sizes) < 2:
        return Bars(None, {})
    found = {
        key: Bar(0, int(half_up(size / largest * WIDTH, 0)), 0, "plain", "")
        for key, size in sizes.items()
        if size is not None and size > 0
    }
    return Bars(_SIZED[index(language)], found)
