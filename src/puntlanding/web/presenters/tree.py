"""The tree behind a number as a page shows it: each line with how it follows, its parts to be opened.

What a reader may not see of other groups is told as one line: their sum where it is part of a sum, and else that it is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from puntlanding.explain import LEAVES, Node, Operation, leaves, recompute, walk
from puntlanding.language.notation import Language
from puntlanding.language.sentences import visible
from puntlanding.quantities import ZERO
from puntlanding.report.explanation import MOST_PARTS, Wording
from puntlanding.web.presenters.scope import Scope

_OTHERS = ("andere vakgroepen samen", "other groups together")
_OTHER = ("een cijfer van andere vakgroepen", "a figure of other groups")
_CLOSED = ("alleen voor wie die vakgroep mag zien", "only for who may see that group")


@dataclass(frozen=True, slots=True)
class Branch:
    """``elsewhere``: the number of the group whose own explanation tells the rest."""

    label: str
    value: str
    how: str = ""
    branches: tuple[Branch, ...] = ()
    elsewhere: int | None = None


@dataclass(frozen=True, slots=True)
class Explained:
    """``places``: how many cells and keys it was read from."""

    root: Branch
    places: int


def explained(
    root: Node, name: str, numbers: Mapping[str, int], scope: Scope, keys: frozenset[str], language: Language
) -> Explained:
    """``name``: whose number it is; ``numbers``: of every group of the case; ``keys``: names of parts of the agreement.

    Raises ArithmeticError where the number does not follow from its leaves: that would be a fault of the program.
    """
    if recompute(root) != root.value:
        raise ArithmeticError(f"{name}: {root.term} does not follow from its leaves")
    contracts = {node.contract for node in walk(root)} - {None}
    grower = _Grower(Wording(language, name, len(contracts) > 1), numbers, scope, keys | {name, str(root.subject)})
    start = _Sight.OWN if name in numbers and scope.sees(name) else _Sight.WHOLE
    branch = grower.branch(root, None, None, start)
    return Explained(branch, len({leaf.source for leaf in leaves(root) if leaf.source}))


class _Sight(Enum):
    """Where in the tree a reader of one group stands. Beside the total, only what is named for nobody in particular is told."""

    OWN = auto()
    DETAIL = auto()
    WHOLE = auto()
    HIDDEN = auto()


@dataclass
class _Grower:
    wording: Wording
    numbers: Mapping[str, int]
    scope: Scope
    keys: frozenset[str]
    seen: dict[int, Node] = field(default_factory=dict)

    def branch(self, node: Node, parent: Node | None, contract: str | None, sight: _Sight) -> Branch:
        label = visible(self.wording.label(node, parent, contract))
        value = self.wording.value(node.value, node.unit)
        if node.operation in LEAVES:
            return Branch(label, value, visible(self.wording.source(node)))
        if id(node) in self.seen:
            return Branch(label, value, self.wording.above)
        self.seen[id(node)] = node
        parts = [(part, self._sight(part, sight)) for part in node.operands]
        closed = any(one is _Sight.HIDDEN for _, one in parts)
        how = "" if closed else f"= {self.wording.formula(node)}"
        group = self.numbers.get(node.subject or "")
        if group is not None and node.subject != self.wording.group:
            return Branch(label, value, how, elsewhere=group)
        return Branch(label, value, how, tuple(self._branches(node, parts, node.contract or contract)))

    def _branches(self, node: Node, parts: list[tuple[Node, _Sight]], contract: str | None) -> Iterator[Branch]:
        shown = [(part, sight) for part, sight in parts if sight is not _Sight.HIDDEN]
        for part, sight in shown[:MOST_PARTS]:
            yield self.branch(part, node, contract, sight)
        if len(shown) > MOST_PARTS:
            rest = sum((part.value for part, _ in shown[MOST_PARTS:]), ZERO)
            yield Branch(self.wording.rest(len(shown) - MOST_PARTS), self.wording.value(rest, node.unit))
        hidden = [part for part, sight in parts if sight is _Sight.HIDDEN]
        if hidden and node.operation is Operation.SUM:
            together = sum((part.value for part in hidden), ZERO)
            value = self.wording.value(together, node.unit)
            yield Branch(self.wording.word(_OTHERS), value, self.wording.word(_CLOSED))
        elif hidden:
            yield Branch(self.wording.word(_OTHER), "", self.wording.word(_CLOSED))

    def _sight(self, node: Node, above: _Sight) -> _Sight:
        subject = node.subject
        if self.scope.whole:
            return _Sight.DETAIL
        if subject is not None and subject in self.numbers:
            return _Sight.OWN if self.scope.sees(subject) else _Sight.HIDDEN
        if above is _Sight.DETAIL:
            return _Sight.DETAIL
        if above is _Sight.OWN and (node.operation in LEAVES or subject not in (None, *self.keys)):
            return _Sight.DETAIL
        if subject is None or subject in self.keys:
            return _Sight.HIDDEN if node.operation is Operation.CELL else _Sight.WHOLE
        return _Sight.HIDDEN
