"""The strip of every group: what one norm hour more pays below, just below, just above and above the budget."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.table import Table as RichTable
from rich.text import Text

from puntlanding.incentives import Curve, Place, Point, point_at
from puntlanding.language.notation import number
from puntlanding.language.sentences import printable
from puntlanding.report.incentives_words import Told, Words
from puntlanding.report.terminal import HAIRLINES

NAME, CONTRACT = 22, 20
PER_BLOCK = 3
COSTS_OTHERS = "*"


@dataclass(frozen=True, slots=True)
class Strip:
    """``contract`` "" where all contracts of the group are alike. ``cells`` in the order of the columns; ``marks`` as many: whether
    volume is rewarded there at others' cost.
    """

    group: str
    contract: str
    cells: tuple[str, ...]
    marks: tuple[bool, ...]


def strips(one: Told, words: Words) -> tuple[Strip, ...]:
    """The four places, and what others get together just below and just above."""
    left_out = idle((one,))
    return _merged([_strip(curve, words) for curve in one.found.curves if curve.contract.name not in left_out])


def idle(every: Sequence[Told]) -> frozenset[str]:
    """Contracts that are left out of a table because a sentence says it all: nothing moves in them, in no agreement."""
    still = frozenset.intersection(*(frozenset(one.reading.idle) for one in every))
    names = {curve.contract.name for one in every for curve in one.found.curves}
    return still if names - still else frozenset()


def _strip(curve: Curve, words: Words) -> Strip:
    points = {place: point_at(curve, place) for place in Place}
    cells = [_cell(points[place], words) for place in Place]
    marks = [_at_cost(points[place]) for place in Place]
    for place in (Place.BELOW, Place.ABOVE):
        point = points[place]
        cells.append("–" if point is None else _number(point, words, others=True))
        marks.append(False)
    return Strip(curve.group, curve.contract.name, tuple(cells), tuple(marks))


def _cell(point: Point | None, words: Words) -> str:
    return "–" if point is None else _number(point, words)


def _number(point: Point, words: Words, *, others: bool = False) -> str:
    value = point.together if others else point.own
    if not value:
        return "0"
    return words.euros(value) if words.found.in_euros else number(value, 2, words.language)


def _at_cost(point: Point | None) -> bool:
    return point is not None and point.own > 0 and point.together < 0


def _merged(rows: Sequence[Strip]) -> tuple[Strip, ...]:
    """A group whose contracts are all alike has one row."""
    groups: dict[str, list[Strip]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    found: list[Strip] = []
    for group, own in groups.items():
        alike = len({(row.cells, row.marks) for row in own}) == 1
        found += [Strip(group, "", own[0].cells, own[0].marks)] if alike and len(own) > 1 else own
    return tuple(found)


def headings(words: Words) -> tuple[str, ...]:
    below, above = words.place(Place.BELOW), words.place(Place.ABOVE)
    others = words.pick("anderen", "others")
    return (*(words.place(place) for place in Place), f"{others}: {below}", f"{others}: {above}")


def table(one: Told, words: Words) -> RichTable:
    shown = _new(words)
    for heading in headings(words):
        shown.add_column(
            Text(heading.replace(": ", "\n").replace(" % ", " %\n").replace("just ", "just\n")),
            justify="right",
            vertical="bottom",
        )
    _fill(shown, strips(one, words), words, some_left_out=bool(idle((one,))))
    return shown


def side_by_side(every: Sequence[Told], words: Words) -> Iterator[RichTable]:
    """Just below and just above, agreement by agreement; a star where it is at the cost of others."""
    columns = [
        {(s.group, s.contract): s for s in (_strip(c, Words(words.language, one.found)) for c in one.found.curves)}
        for one in every
    ]
    left_out = idle(every)
    keys = list(dict.fromkeys(key for column in columns for key in column if key[1] not in left_out))
    for start in range(0, len(every), PER_BLOCK):
        block = every[start : start + PER_BLOCK]
        shown = _new(words)
        for one in block:
            for place in (Place.BELOW, Place.ABOVE):
                shown.add_column(
                    Text(f"{_letter(one, words)}\n{words.place(place)}".replace(" ", "\n")),
                    justify="right",
                    no_wrap=True,
                )
        rows = []
        for group, contract in keys:
            own = [column.get((group, contract)) for column in columns[start : start + PER_BLOCK]]
            cells = [_starred(strip, at) for strip in own for at in (1, 2)]
            rows.append(Strip(group, contract, tuple(cells), (False,) * len(cells)))
        _fill(shown, _merged(rows), words, some_left_out=bool(left_out))
        yield shown


def _letter(one: Told, words: Words) -> str:
    return one.letter if one.found.in_euros == words.found.in_euros else f"{one.letter}: fte"


def _starred(strip: Strip | None, at: int) -> str:
    if strip is None:
        return "–"
    return strip.cells[at] + (COSTS_OTHERS if strip.marks[at] else " ")


def _new(words: Words) -> RichTable:
    shown = RichTable(box=HAIRLINES, header_style="dim", pad_edge=False, padding=(0, 0, 0, 1), show_edge=False)
    for title, width in ((words.pick("vakgroep", "group"), NAME), ("contract", CONTRACT)):
        shown.add_column(title, no_wrap=True, overflow="ellipsis", max_width=width, vertical="bottom")
    return shown


def alike(words: Words, *, some_left_out: bool) -> str:
    """What stands for the contracts of a group that are all alike."""
    return words.pick("alle andere", "all others") if some_left_out else words.pick("alle", "all")


def _fill(shown: RichTable, rows: Sequence[Strip], words: Words, *, some_left_out: bool) -> None:
    before, every = None, alike(words, some_left_out=some_left_out)
    for row in rows:
        name = "" if row.group == before else printable(row.group)
        contract = printable(row.contract) if row.contract else every
        shown.add_row(Text(name), Text(contract), *(Text(cell) for cell in row.cells))
        before = row.group
