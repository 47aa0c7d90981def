"""Numbers and sentences as pages say them: one language, one way to round."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from puntlanding.explain import Node, Unit
from puntlanding.language.notation import Language, euros, number, precise
from puntlanding.language.terms import term


@dataclass(frozen=True, slots=True)
class Say:
    language: Language

    @property
    def which(self) -> int:
        return 0 if self.language is Language.DUTCH else 1

    def pick(self, nl: str, en: str) -> str:
        return (nl, en)[self.which]

    def fte(self, value: Node | Fraction | None) -> str:
        if value is None:
            return "–"
        return number(value.value if isinstance(value, Node) else value, 2, self.language)

    def euro(self, value: Node | Fraction | int) -> str:
        """With its sign; ``value`` in cents."""
        return f"€\u00a0{self.amount(value)}"

    def amount(self, value: Node | Fraction | int) -> str:
        """``value`` in cents, for a column that is headed by its unit."""
        return euros(value.value if isinstance(value, Node) else value, self.language)

    def percent(self, value: Node | Fraction, decimals: int = 1) -> str:
        plain = value.value if isinstance(value, Node) else value
        return f"{number(plain * 100, decimals, self.language)}\u00a0%"

    def share(self, value: Node) -> str:
        """Of an agreement, as it was written."""
        return f"{precise(value.value * 100, self.language, 2)}\u00a0%"

    def some(self, value: Node | None) -> str:
        """As `fte`; nothing is a dash."""
        return "–" if value is None or not value.value else self.fte(value)

    def hours(self, value: Node | None) -> str:
        return "–" if value is None else number(value.value, 0, self.language)

    def key(self, node: Node) -> str:
        """A number that something is divided on, in its own unit."""
        if node.unit is Unit.CENTS:
            return self.euro(node)
        return self.fte(node) if node.unit is Unit.FTE else precise(node.value, self.language, 2)

    def term(self, node: Node) -> str:
        return term(node.term, self.language)

    def groups(self, count: int) -> str:
        return self.pick(
            f"{count} {'vakgroep' if count == 1 else 'vakgroepen'}", f"{count} {'group' if count == 1 else 'groups'}"
        )

    def listed(self, names: list[str], most: int = 8) -> str:
        """Names in a row; what is too many is counted."""
        shown, more = names[:most], len(names) - most
        tail = self.pick(f" en nog {more}", f" and {more} more") if more > 0 else ""
        return ", ".join(shown) + tail


def first_capital(text: str) -> str:
    return text[:1].upper() + text[1:]
