"""What a part of an amount is a share of, read back from the tree behind it: the sentence and the calculation are the same numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from puntlanding.explain import Node, Operation, Unit
from puntlanding.report.pdf.saying import Say


@dataclass(frozen=True, slots=True)
class Share:
    """``own`` of ``whole`` of ``pot``."""

    part: Node
    pot: Node
    own: Node
    whole: Node


def shares(part: Node) -> Iterator[Share]:
    """Every pot that ``part`` is a share of; none where it came about in another way."""
    found = _share(part)
    if found is not None:
        yield found
    elif part.operation is Operation.SUM:
        for one in part.operands:
            if one.value:
                yield from shares(one)


def _share(part: Node) -> Share | None:
    exact = part
    if part.operation is Operation.SUM and len(part.operands) == 2 and part.operands[1].term.startswith("round"):
        exact = part.operands[0]
    if exact.operation is not Operation.PRODUCT or len(exact.operands) != 2:
        return None
    pot, rate = exact.operands
    if rate.term != "part" or rate.operation is not Operation.QUOTIENT or pot.unit is not Unit.CENTS:
        return None
    own, whole = rate.operands
    return Share(part, pot, own, whole)


def told(name: str, part: Node, say: Say) -> str:
    """``part`` with what it is a share of; or with its operands, where it is a difference."""
    amount = say.euro(abs(part.value))
    if part.value < 0:
        amount = say.pick(f"{amount} gaat eraf", f"{amount} is taken off")
    found = list(shares(part))
    if len(found) == 1:
        return f"{name}: {amount}, {_sentence(found[0], say)}."
    if found:
        each = "; ".join(f"{say.euro(one.part)}, {_sentence(one, say)}" for one in found)
        return f"{name}: {amount}. {say.pick('Namelijk', 'Namely')} {each}."
    return f"{name}: {amount}{_differences(part, say)}."


def _sentence(one: Share, say: Say) -> str:
    own, whole = (f"{say.key(node)} ({say.term(node)})" for node in (one.own, one.whole))
    return say.pick(
        f"het deel {own} van {whole} van {say.euro(one.pot)}", f"the share {own} of {whole} of {say.euro(one.pot)}"
    )


def _differences(part: Node, say: Say) -> str:
    if part.operation is not Operation.DIFFERENCE:
        return ""
    parts = [f"{say.term(one)} {say.euro(one)}" for one in part.operands if one.value and one.term != part.term]
    return f" ({'; '.join(parts)})" if parts else ""
