"""The tree behind a number as text: what it is, its value, how it follows, and the cell it was read from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from puntlanding.explain import LEAVES, Node, Operation, Source, Unit, leaves, recompute, walk
from puntlanding.language.notation import Language, number, precise
from puntlanding.language.sentences import printable
from puntlanding.language.terms import term
from puntlanding.report.tables import Table, TableRow
from puntlanding.report.terminal import shown

LABEL = 56
VALUE = 16
MOST_PARTS = 20
MOST_IN_FORMULA = 8

_MINIMUM = ("de kleinste van {0}", "the smallest of {0}")
_MAXIMUM = ("de grootste van {0}", "the largest of {0}")
_NONE = ("0, want {0} is niet meer dan {1}", "0, as {0} is not more than {1}")
_LINES = ("som van {0} regels", "sum of {0} lines")
_REST = ("… en nog {0} regels", "… and {0} more lines")
_ABOVE = ("zie hierboven", "see above")
_AND = (" en ", " and ")
_DEFAULT = ("standaardwaarde van de afspraak", "the agreement's default")
_ROW = ("rij", "row")
_LINE = ("regel", "line")
_CHECK = (
    "Controle: opnieuw berekend uit {0} broncellen en afspraken komt er precies hetzelfde uit.",
    "Check: worked out again from {0} source cells and settings, it comes to exactly the same.",
)
_TITLE = ("{0} · {1}: {2} = {3}. Zo komt dat tot stand:", "{0} · {1}: {2} = {3}. This is how it comes about:")


def explanation(row: TableRow, table: Table, language: Language) -> str:
    """The numbers of ``row``, the main one first; a number that is part of one above it is not told twice.

    Raises ArithmeticError where a number does not follow from its leaves: that would be a fault of the program.
    """
    others = frozenset(one.name for one in table.rows if one.name != row.name)
    contracts = {node.contract for node in walk(*(root for root in row.cells if root is not None))} - {None}
    writer = _Writer(Wording(language, row.name, len(contracts) > 1), others)
    keys = [column.key for column in table.columns]
    order = [keys.index(table.main), *(i for i, key in enumerate(keys) if key != table.main)]
    column = table.columns[order[0]]
    which = 0 if language is Language.DUTCH else 1
    answer = shown(row.cells[order[0]], column, language)
    names = ((table.nl, table.en)[which], printable(row.name), (column.nl, column.en)[which], answer)
    lines = [_TITLE[which].format(*names), ""]
    places: set[Source] = set()
    for i in order:
        root = row.cells[i]
        if root is None or writer.told(root):
            continue
        if recompute(root) != root.value:
            raise ArithmeticError(f"{row.name}: {root.term} does not follow from its leaves")
        lines += [*writer.tree(root), ""]
        places |= {leaf.source for leaf in leaves(root) if leaf.source}
    return "\n".join([*lines, _CHECK[which].format(len(places))])


def tree_text(root: Node, name: str, language: Language) -> str:
    """One number with everything that made it, for what is no row of a stage's table.

    Raises ArithmeticError where it does not follow from its leaves: that would be a fault of the program.
    """
    if recompute(root) != root.value:
        raise ArithmeticError(f"{name}: {root.term} does not follow from its leaves")
    places = {leaf.source for leaf in leaves(root) if leaf.source}
    which = 0 if language is Language.DUTCH else 1
    tree = _Writer(Wording(language, root.subject or name)).tree(root)
    return "\n".join([printable(name), *tree, "", _CHECK[which].format(len(places))])


def _quoted(name: str | None) -> str:
    return f'"{name}"' if name and " " in name else str(name)


@dataclass(frozen=True, slots=True)
class Wording:
    """One line of an explanation in words: whose number, how it follows, where it was read. ``group`` is who is told about."""

    language: Language
    group: str
    several_contracts: bool = False

    def label(self, node: Node, parent: Node | None, contract: str | None) -> str:
        """Whose number it is and in which contract, where that differs from the line above it."""
        name = term(node.term, self.language)
        about = node.subject if node.subject not in (None, self.group, parent.subject if parent else None) else None
        told = not self.several_contracts or node.contract in (None, contract)
        return (f"{about}: " if about else "") + name + ("" if told else f" ({node.contract})")

    def source(self, node: Node) -> str:
        """Of a leaf."""
        if node.source is not None:
            return self.place(node.source)
        return self.word(_DEFAULT) if node.operation is Operation.SETTING else ""

    def place(self, source: Source) -> str:
        word = _LINE if source.file.endswith(".toml") else _ROW
        row = f" {self.word(word)} {source.row}" if source.row is not None else ""
        return f"{source.file}{row}, {source.column}" if source.column else f"{source.file}{row}"

    def formula(self, node: Node) -> str:
        operands = node.operands
        values = [self.value(operand.value, operand.unit) for operand in operands]
        match node.operation:
            case Operation.SUM if len(values) > MOST_IN_FORMULA:
                return self.word(_LINES).format(number(len(values), 0, self.language))
            case Operation.SUM:
                return " + ".join(values).replace("+ \u2212", "\u2212 ") if values else "0"
            case Operation.DIFFERENCE:
                return " − ".join(values)
            case Operation.PRODUCT:
                return " × ".join(values)
            case Operation.QUOTIENT:
                return " ÷ ".join(values)
            case Operation.MINIMUM:
                return self.word(_MINIMUM).format(self.word(_AND).join(values))
            case Operation.MAXIMUM:
                return self.word(_MAXIMUM).format(self.word(_AND).join(values))
            case _:
                return " − ".join(values) if node.value > 0 else self.word(_NONE).format(*values)

    def value(self, value: Fraction, unit: Unit) -> str:
        if unit is not Unit.CENTS:
            return precise(value, self.language)
        in_euros = value / 100
        exact = value.denominator == 1
        return number(in_euros, 2, self.language) if exact else precise(in_euros, self.language)

    def rest(self, count: int) -> str:
        return self.word(_REST).format(number(count, 0, self.language))

    @property
    def above(self) -> str:
        return self.word(_ABOVE)

    def word(self, pair: tuple[str, str]) -> str:
        return pair[0] if self.language is Language.DUTCH else pair[1]


@dataclass
class _Writer:
    wording: Wording
    others: frozenset[str | None] = frozenset()
    seen: dict[int, Node] = field(default_factory=dict)

    def told(self, node: Node) -> bool:
        return id(node) in self.seen

    def tree(self, root: Node) -> Iterator[str]:
        return self._lines(root, "", "", None, None)

    def _lines(self, node: Node, before: str, below: str, parent: Node | None, contract: str | None) -> Iterator[str]:
        repeated = self.told(node) and node.operation not in LEAVES
        self.seen[id(node)] = node
        how = self.wording.above if repeated else self._how(node)
        label = printable(before + self.wording.label(node, parent, contract), 200)
        yield f"{label:<{LABEL}} {self.wording.value(node.value, node.unit):>{VALUE}}  {how}".rstrip()
        if repeated or self._on_one_line(node) or self._told_elsewhere(node):
            return
        parts = list(node.operands)
        for i, part in enumerate(parts[:MOST_PARTS]):
            last = i == len(parts) - 1
            yield from self._lines(
                part,
                below + ("└ " if last else "├ "),
                below + ("  " if last else "│ "),
                node,
                node.contract or contract,
            )
        if len(parts) > MOST_PARTS:
            rest = sum((part.value for part in parts[MOST_PARTS:]), Fraction(0))
            label = below + "└ " + self.wording.rest(len(parts) - MOST_PARTS)
            yield f"{label:<{LABEL}} {self.wording.value(rest, node.unit):>{VALUE}}"

    def _on_one_line(self, node: Node) -> bool:
        """Other groups' simple numbers take one line with their sources, so that the own group's stand out."""
        operands = node.operands
        return (
            node.subject not in (None, self.wording.group)
            and 1 < len(operands) <= MOST_IN_FORMULA
            and all(one.operation in LEAVES and (one.source or one.operation is Operation.CONSTANT) for one in operands)
        )

    def _told_elsewhere(self, node: Node) -> bool:
        """Another group's number that has a story of its own: that group's explanation tells it."""
        return node.subject in self.others and node.operation not in LEAVES

    def _how(self, node: Node) -> str:
        if node.operation in LEAVES:
            return self.wording.source(node)
        formula = "= " + self.wording.formula(node)
        if not self._on_one_line(node):
            return f"{formula}  (--explain {_quoted(node.subject)})" if self._told_elsewhere(node) else formula
        places = dict.fromkeys(self.wording.place(one.source) for one in node.operands if one.source)
        return f"{formula}  ({'; '.join(places)})"
