"""What the formulas of a workbook come to, worked out exactly: every formula is written with its value, so that a viewer that does not
calculate shows the right number.

It knows what the workbook uses and nothing more; anything else is an error. Spreadsheets work with 15 digits: `convert`
gives their kind of number instead of exact ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from puntlanding.quantities import half_up
from puntlanding.report.live_workbook.cells import Cell, Key, Ref

Value = Any  # a number, a text, True or False, None for an empty cell, or a list of these for a range
Step = Callable[["Evaluator", str], Value]

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"]|"")*")
    |(?P<cell>(?:(?:'(?:[^']|'')+'|[A-Za-z_][A-Za-z0-9_]*)!)?\$?[A-Z]{1,3}\$?[0-9]+(?::\$?[A-Z]{1,3}\$?[0-9]+)?(?![A-Za-z0-9_(]))
    |(?P<number>[0-9]+(?:\.[0-9]+)?)
    |(?P<word>[A-Za-z_][A-Za-z0-9_]*)
    |(?P<sign><>|<=|>=|[-+*/^=<>(),&]))""",
    re.VERBOSE,
)
_PLACE = re.compile(r"\$?([A-Z]+)\$?([0-9]+)")
_COMPARED = ("=", "<>", "<=", ">=", "<", ">")


class Evaluator:
    """The values of all cells, each worked out once."""

    def __init__(
        self, cells: Mapping[Key, Cell], names: Mapping[str, Ref], convert: Callable[[Fraction], Any] = Fraction
    ) -> None:
        self.cells, self.names, self.convert = cells, names, convert
        self._known: dict[Key, Value] = {}

    def value(self, key: Key) -> Value:
        if key not in self._known:
            cell = self.cells.get(key)
            if cell is None:
                return None
            if cell.formula is not None and (cell.value is None or self.convert is not Fraction):
                self._known[key] = parsed(cell.formula)(self, key[0])
            else:
                self._known[key] = self.convert(cell.value) if isinstance(cell.value, Fraction) else cell.value
        return self._known[key]

    def all(self) -> dict[Key, Value]:
        return {key: self.value(key) for key in self.cells}


@lru_cache(maxsize=50_000)
def parsed(formula: str) -> Step:
    parser = _Parser(formula)
    step = parser.expression()
    if parser.tokens:
        raise ValueError(f"what follows is not understood: {parser.tokens[0]} in {formula}")
    return step


class _Parser:
    def __init__(self, formula: str) -> None:
        self.tokens: list[tuple[str, str]] = []
        position = 0
        while position < len(formula):
            found = _TOKEN.match(formula, position)
            if found is None or found.lastgroup is None:
                raise ValueError(f"not a formula of ours: {formula!r} at {position}")
            self.tokens.append((found.lastgroup, found.group(found.lastgroup)))
            position = found.end()
        self.tokens.reverse()

    def _next(self) -> tuple[str, str]:
        return self.tokens[-1] if self.tokens else ("end", "")

    def _take(self, wanted: str) -> None:
        if self._next()[1] != wanted:
            raise ValueError(f"{wanted} expected, {self._next()[1]!r} found")
        self.tokens.pop()

    def expression(self) -> Step:
        return self._binary((_COMPARED, ("&",), ("+", "-"), ("*", "/")))

    def _binary(self, levels: tuple[tuple[str, ...], ...]) -> Step:
        if not levels:
            return self._factor()
        left = self._binary(levels[1:])
        while self._next()[0] == "sign" and self._next()[1] in levels[0]:
            left = _operation(self.tokens.pop()[1], left, self._binary(levels[1:]))
        return left

    def _factor(self) -> Step:
        kind, text = self._next()
        if text == "-":
            self.tokens.pop()
            inner = self._factor()
            return lambda book, sheet: -_number(inner(book, sheet))
        if not self.tokens:
            raise ValueError("a formula ends too early")
        self.tokens.pop()
        if kind == "number":
            exact = Fraction(text)
            return lambda book, sheet: book.convert(exact)
        if kind == "text":
            plain = text[1:-1].replace('""', '"')
            return lambda book, sheet: plain
        if kind == "cell":
            return _reference(text)
        if text == "(":
            inner = self.expression()
            self._take(")")
            return inner
        if kind == "word":
            return self._call(text) if self._next()[1] == "(" else _name(text)
        raise ValueError(f"not understood: {text}")

    def _call(self, name: str) -> Step:
        self._take("(")
        given: list[Step] = []
        while self._next()[1] != ")":
            given.append(self.expression())
            if self._next()[1] == ",":
                self._take(",")
        self._take(")")
        if name == "IF":
            return lambda book, sheet: given[1 if given[0](book, sheet) else 2](book, sheet)
        function = _FUNCTIONS[name]
        return lambda book, sheet: function(book, [one(book, sheet) for one in given])


def _name(name: str) -> Step:
    def look_up(book: Evaluator, sheet: str) -> Value:
        ref = book.names[name]
        return book.value((ref.sheet, ref.row, ref.column))

    return look_up


def _reference(text: str) -> Step:
    title, _, place = text.rpartition("!")
    of = title[1:-1].replace("''", "'") if title.startswith("'") else title
    ends = [_place(one) for one in place.split(":")]
    if len(ends) == 1:
        row, column = ends[0]
        return lambda book, sheet: book.value((of or sheet, row, column))
    (top, left), (bottom, right) = ends
    places = [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
    return lambda book, sheet: [book.value((of or sheet, *one)) for one in places]


def _place(text: str) -> tuple[int, int]:
    found = _PLACE.fullmatch(text)
    if found is None:
        raise ValueError(f"not a place: {text}")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def _number(value: Value) -> Any:
    """An empty cell counts as 0, as in a spreadsheet; text is an error there too."""
    if isinstance(value, str):
        raise TypeError(f"a formula calculates with text: {value!r}")
    if isinstance(value, list):
        return [_number(one) for one in value]
    return 0 if value is None else value


def _operation(sign: str, left: Step, right: Step) -> Step:
    function = _compared(sign) if sign in _COMPARED else _ARITHMETIC[sign]

    def work_out(book: Evaluator, sheet: str) -> Value:
        one, other = left(book, sheet), right(book, sheet)
        if isinstance(one, list) or isinstance(other, list):
            size = len(one) if isinstance(one, list) else len(other)
            ones = one if isinstance(one, list) else [one] * size
            others = other if isinstance(other, list) else [other] * size
            return [function(a, b) for a, b in zip(ones, others, strict=True)]
        return function(one, other)

    return work_out


_ARITHMETIC: dict[str, Callable[[Value, Value], Value]] = {
    "+": lambda a, b: _number(a) + _number(b),
    "-": lambda a, b: _number(a) - _number(b),
    "*": lambda a, b: _number(a) * _number(b),
    "/": lambda a, b: _number(a) / _number(b),
    "^": lambda a, b: _number(a) ** int(_number(b)),
    "&": lambda a, b: f"{a or ''}{b or ''}",
}


def _compared(sign: str) -> Callable[[Value, Value], bool]:
    def compare(a: Value, b: Value) -> bool:
        if a is None:
            a = "" if isinstance(b, str) else 0
        if b is None:
            b = "" if isinstance(a, str) else 0
        if isinstance(a, str) is not isinstance(b, str):  # a spreadsheet puts every text after every number
            a, b = isinstance(a, str), isinstance(b, str)
        return bool({"=": a == b, "<>": a != b, "<=": a <= b, ">=": a >= b, "<": a < b, ">": a > b}[sign])

    return compare


def _flat(values: Iterable[Value]) -> list[Any]:
    """The numbers in cells and ranges; texts and empty cells are left out, as SUM, MIN and MAX do."""
    found: list[Any] = []
    for value in values:
        if isinstance(value, list):
            found += [one for one in value if one is not None and not isinstance(one, str)]
        else:
            found.append(_number(value))
    return found


def _sumifs(book: Evaluator, given: list[Value]) -> Value:
    summed, *tests = given
    kept = [True] * len(summed)
    for values, wanted in zip(tests[::2], tests[1::2], strict=True):
        kept = [yes and value == wanted for yes, value in zip(kept, values, strict=True)]
    return sum((_number(value) for value, yes in zip(summed, kept, strict=True) if yes), book.convert(Fraction(0)))


def _sumproduct(book: Evaluator, given: list[Value]) -> Value:
    """Of one array: a product within it is written with *, which makes numbers of what is true."""
    return sum((_number(one) for one in given[0]), book.convert(Fraction(0)))


def _rounded(value: Any, decimals: int) -> Any:
    if isinstance(value, float):
        return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))
    return Fraction(half_up(Fraction(value), decimals), 10**decimals)


def _whole(book: Evaluator, given: list[Value]) -> Value:
    value = _number(given[0])
    return book.convert(Fraction(int(value // 1)))


_FUNCTIONS: dict[str, Callable[[Evaluator, list[Value]], Value]] = {
    "SUM": lambda book, given: sum(_flat(given), book.convert(Fraction(0))),
    "MIN": lambda book, given: min(_flat(given)),
    "MAX": lambda book, given: max(_flat(given)),
    "ABS": lambda book, given: abs(_number(given[0])),
    "INT": _whole,
    "ROUND": lambda book, given: _rounded(_number(given[0]), int(given[1])),
    "AND": lambda book, given: all(given),
    "OR": lambda book, given: any(given),
    "NOT": lambda book, given: not given[0],
    "SUMIFS": _sumifs,
    "SUMPRODUCT": _sumproduct,
}
