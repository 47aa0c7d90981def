"""The frame and what stands beside it → cents per group, in the order that is written down (methods §8; [CB] bijlage 3).

Norm fte that components add; all pots at once, each from the whole frame; the main part: fixed component on care fte, the rest on paid
norm fte; what becomes of each pot; general costs last. With a fixed component of 50 %, half of the general costs is charged on care
fte too ([CB] bijlage 3, "Vaste component").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from puntlanding.agreement.model import Frame, Unpaid
from puntlanding.components import Choice, ComponentTables, Facts, State, Wrong
from puntlanding.components.adaptation_net import ADAPTATION_NET, unpayable
from puntlanding.components.base import AMOUNT, SHARE, Nodes, in_euros, nothing, parts_of
from puntlanding.components.harmonisation import HARMONISATION, PER_FTE
from puntlanding.components.split import split, split_in_two
from puntlanding.distribution.costs import Cost, charge
from puntlanding.distribution.rows import Distribution, row, summed
from puntlanding.explain import Node, Unit, difference, excess, quotient, total
from puntlanding.formation.care_fte import Formation
from puntlanding.settlement.settle import Settlement

# A line of its own in the norm-fte part; the name cannot be a group's, which the checks see to.
UNPAID_LINE = "niet uitgekeerd"
SIZES = (PER_FTE, AMOUNT.key, SHARE.key)  # the keys that say how large a pot is


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the agreement and the case say of the distribution, beside the frame."""

    components: Sequence[Choice] = ()
    tables: ComponentTables = field(default_factory=ComponentTables)
    year: int = 0


def distribute(
    settlement: Settlement,
    frame: Frame,
    formation: Mapping[str, Formation] | None = None,
    costs: Sequence[Cost] = (),
    agreed: Agreed | None = None,
    total_name: str = "Totaal",
) -> Distribution:
    """Cents per group, in the settlement's order.

    Raises ValueError where there is no key to divide on (no paid norm fte, or no care fte for the fixed component);
    `Year.missing` reports both before.
    """
    agreed = agreed or Agreed()
    facts = facts_of(settlement, frame, formation, agreed)
    main = _main_part(settlement, frame, facts, agreed.components)
    parts, stays, brings = _components(agreed.components, facts, main)
    charged = charge(costs, main.share_on_care, frame.rounding, facts.care_fte, main.norm_fte, facts.names)
    rows = tuple(
        row(name, main.fixed[name], main.norm[name], {key: of[name] for key, of in parts.items()}, charged[name])
        for name in facts.names
    )
    return Distribution(
        rows, summed(total_name, rows), frame.amount, main.unpaid, main.pots, stays, brings, tuple(agreed.components)
    )


def wrong_with(
    settlement: Settlement, frame: Frame, formation: Mapping[str, Formation] | None, agreed: Agreed
) -> Iterator[tuple[Choice, Wrong]]:
    """What a component cannot do with this settlement and these lists; only where nothing else is wrong a net is tried."""
    facts = facts_of(settlement, frame, formation, agreed)
    # Who has a key is asked of the norm fte that pots are divided on: with what components added.
    keyed = replace(facts, paid=_norm_fte(agreed.components, facts))
    found = [(choice, wrong) for choice in agreed.components for wrong in choice.component.check_facts(choice, keyed)]
    pots = _pots(agreed.components, facts)
    taken = sum((pot.value for pot in pots.values()), Fraction(0))
    if taken > frame.amount.value:
        taking = [choice for choice in agreed.components if choice.key in pots]
        largest = max(taking, key=lambda choice: pots[choice.key].value)
        details = {"taken": in_euros(taken), "frame": in_euros(frame.amount.value), "parts": _told(pots)}
        key = next((one for one in SIZES if one in largest.numbers), "")
        found.append((largest, Wrong("pots_exceed_frame_now", key, details)))
    yield from found
    if found or not any(choice.component is ADAPTATION_NET for choice in agreed.components):
        return
    main = _main_part(settlement, frame, facts, agreed.components)
    before = [choice for choice in agreed.components if choice.component is not ADAPTATION_NET]
    state = _state(facts, main, _components(before, facts, main)[0])
    for choice in agreed.components:
        if choice.component is ADAPTATION_NET:
            yield from ((choice, wrong) for wrong in unpayable(choice, facts, state))


def _told(pots: Nodes) -> tuple[str, ...]:
    """Every pot with its euros, in Dutch and in English."""
    sizes = [(key, in_euros(pot.value)) for key, pot in pots.items() if pot.value]
    return tuple("; ".join(f"{key} € {size[which]}" for key, size in sizes) for which in (0, 1))


def facts_of(settlement: Settlement, frame: Frame, formation: Mapping[str, Formation] | None, agreed: Agreed) -> Facts:
    lines = {one.line.group: one.line for one in settlement.rows}
    return Facts(
        names=tuple(lines),
        year=agreed.year,
        frame=frame.amount,
        rounding=frame.rounding,
        care_fte={name: found.care_fte for name, found in (formation or {}).items() if name in lines},
        budgeted={name: line.budgeted for name, line in lines.items()},
        realised={name: line.realised for name, line in lines.items() if line.realised is not None},
        paid={name: line.paid for name, line in lines.items()},
        tables=agreed.tables,
    )


@dataclass(frozen=True, slots=True)
class _Main:
    """The frame less its pots, divided; ``norm_fte`` is paid norm fte with what components added."""

    pots: Nodes
    fixed: Nodes
    norm: Nodes
    unpaid: Node
    norm_pot: Node
    norm_fte: Nodes
    norm_key: Node
    share_on_care: Node


def _main_part(settlement: Settlement, frame: Frame, facts: Facts, components: Sequence[Choice]) -> _Main:
    pots = _pots(components, facts)
    main = frame.amount
    if pots:
        main = difference("main_part", Unit.CENTS, frame.amount, *pots.values())
    fixed_pot, norm_pot = split_in_two("fixed_pot", "norm_pot", main, frame.fixed_component, frame.rounding)
    norm_fte = _norm_fte(components, facts)
    keys = dict(norm_fte)
    if frame.unpaid is Unpaid.STAYS:
        keys[UNPAID_LINE] = excess("unpaid_fte", Unit.FTE, settlement.total.budgeted, settlement.total.paid)
    norm = split("norm_part", norm_pot, keys, frame.rounding, last=UNPAID_LINE) if norm_pot.value else {}
    return _Main(
        pots=pots,
        fixed=parts_of(facts.names, "fixed_part", fixed_pot, facts.care_fte, frame.rounding),
        norm={name: norm.get(name, nothing("norm_part")) for name in facts.names},
        unpaid=norm.get(UNPAID_LINE, nothing("unpaid")).named("unpaid"),
        norm_pot=norm_pot,
        norm_fte=norm_fte,
        norm_key=total("norm_part_key_total", Unit.FTE, keys.values()),
        share_on_care=_share_on_care(frame, pots.get(HARMONISATION.section), fixed_pot, norm_pot),
    )


def _pots(components: Sequence[Choice], facts: Facts) -> dict[str, Node]:
    """What each component takes, from the whole frame: no pot changes another."""
    return {choice.key: choice.component.takes(choice, facts) for choice in components if choice.component.takes}


def _norm_fte(components: Sequence[Choice], facts: Facts) -> Nodes:
    added: dict[str, list[Node]] = {name: [facts.paid[name]] for name in facts.names}
    for choice in components:
        if choice.component.adds is not None:
            for name, node in choice.component.adds(choice, facts).items():
                if name in added:
                    added[name].append(node)
    return {
        name: nodes[0] if len(nodes) == 1 else total("paid_with_added", Unit.FTE, nodes, subject=name)
        for name, nodes in added.items()
    }


def _share_on_care(frame: Frame, harmonised: Node | None, fixed_pot: Node, norm_pot: Node) -> Node:
    """The share of the honorarium that is paid on care fte; general costs as the frame follow it. Pots with other keys do not count."""
    if harmonised is None or not harmonised.value:
        return frame.fixed_component
    on_care = total("on_care", Unit.CENTS, (harmonised, fixed_pot))
    return quotient("share_on_care", Unit.RATIO, on_care, total("on_care_and_norm", Unit.CENTS, (on_care, norm_pot)))


def _components(
    components: Sequence[Choice], facts: Facts, main: _Main
) -> tuple[dict[str, Nodes], dict[str, Node], dict[str, Node]]:
    """Per component: cents per group, what stays and what comes from outside; in the order of `COMPONENTS`."""
    parts: dict[str, Nodes] = {}
    stays: dict[str, Node] = {}
    brings: dict[str, Node] = {}
    for choice in components:
        component = choice.component
        if component.gives is None:
            continue
        pot = main.pots.get(choice.key, nothing("pot"))
        given = component.gives(choice, facts, _state(facts, main, parts), pot)
        own = {name: given.parts.get(name, nothing(component.term)) for name in facts.names}
        if choice.name is not None:  # two pots of one kind are told apart by their own names
            told = choice.key if choice.name in facts.names else choice.name  # a pot may be called as a group is
            own = {name: node.named(component.term, subject=told) for name, node in own.items()}
        parts[choice.key] = own
        if given.stays is not None:
            stays[choice.key] = given.stays
        if given.brings is not None:
            brings[choice.key] = given.brings
    return parts, stays, brings


def _state(facts: Facts, main: _Main, parts: Mapping[str, Nodes]) -> State:
    amounts = {
        name: total(
            "amount_until_here", Unit.CENTS, (main.fixed[name], main.norm[name], *(of[name] for of in parts.values())),
            subject=name,
        )
        for name in facts.names
    }  # fmt: skip
    return State(main.norm_fte, main.norm_pot, main.norm_key, amounts)
