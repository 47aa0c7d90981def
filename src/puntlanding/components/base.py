"""The interface of a component: what it takes from the frame, and what it gives to whom (methods §8; [CB] bijlage 3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product

from puntlanding.components.split import split
from puntlanding.components.tables import ComponentTables
from puntlanding.explain import Node, Unit, constant
from puntlanding.language.notation import Language, euros
from puntlanding.quantities import AllocationMode
from puntlanding.setting import Kind, Setting, share

Nodes = Mapping[str, Node]


@dataclass(frozen=True, slots=True)
class Choice:
    """One component as it was agreed. ``numbers`` are nodes of its keys; ``name`` tells pots of one kind apart.

    ``lines`` has the line of each key in the agreement, "" for the section's own.
    """

    component: Component
    numbers: Nodes
    texts: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    name: str | None = None
    lines: Mapping[str, int | None] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What its parts are found under in a distribution."""
        return self.component.section if self.name is None else f"{self.component.section}.{self.name}"

    def line(self, key: str) -> int | None:
        return self.lines.get(key) or self.lines.get("")


def column_name(key: str) -> str:
    """As results name it: ``geoormerkt.Passende zorg`` → ``geoormerkt_passende_zorg``."""
    return re.sub(r"\W+", "_", key.lower())


@dataclass(frozen=True, slots=True)
class Facts:
    """What the settlement and the case give. Norm fte after scoring; ``paid`` is what the settlement pays, bandwidths included.

    ``realised`` has no entry for a group of which nothing was reported.
    """

    names: tuple[str, ...]
    year: int
    frame: Node
    rounding: AllocationMode
    care_fte: Nodes
    budgeted: Nodes
    realised: Nodes
    paid: Nodes
    tables: ComponentTables


@dataclass(frozen=True, slots=True)
class State:
    """How far the distribution has come. ``norm_fte``: paid norm fte with what components added to it; ``norm_pot``: the cents
    divided on it and ``norm_key`` their whole key, "niet uitgekeerd" included; ``amounts``: cents per group until here, before costs.
    """

    norm_fte: Nodes
    norm_pot: Node
    norm_key: Node
    amounts: Nodes


@dataclass(frozen=True, slots=True)
class Given:
    """Cents per group. The parts and what ``stays`` are together the component's pot and what it ``brings`` from outside the frame."""

    parts: Nodes
    stays: Node | None = None
    brings: Node | None = None


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something in a choice that the bounds of its keys do not tell: the problem's code, the key and what fills the sentence in."""

    code: str
    key: str
    details: Mapping[str, object] = field(default_factory=dict)
    warning: bool = False


def _nothing_wrong(choice: Choice) -> Iterable[Wrong]:
    return ()


def _nothing_missing(choice: Choice, facts: Facts) -> Iterable[Wrong]:
    return ()


def _always(choice: Choice, year: int) -> bool:
    return True


def _needs_nothing(choice: Choice) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Component:
    """``section`` is what the agreement writes, and ``settings`` its keys. ``term`` names its part of a group's amount.

    ``takes``: the pot it takes from the frame, in cents; None where it takes none. ``gives``: what becomes of it, and of what it
    brings. ``adds``: norm fte that it adds before anything is divided. ``needs``: the lists without which it cannot work.
    ``check``: what is wrong with a choice by itself; ``check_facts``: what is wrong once the settlement is known. ``runs``: whether it
    does anything in a year.
    """

    section: str
    term: str
    nl: str
    en: str
    settings: tuple[Setting, ...]
    gives: Callable[[Choice, Facts, State, Node], Given] | None = None
    takes: Callable[[Choice, Facts], Node] | None = None
    adds: Callable[[Choice, Facts], Nodes] | None = None
    needs: Callable[[Choice], tuple[str, ...]] = _needs_nothing
    check: Callable[[Choice], Iterable[Wrong]] = _nothing_wrong
    check_facts: Callable[[Choice, Facts], Iterable[Wrong]] = _nothing_missing
    runs: Callable[[Choice, int], bool] = _always
    repeated: bool = False


def lists_of(component: Component) -> dict[str, str]:
    """Every list that a component can need → the choice with which it does, as the agreement writes it; "" where it always does."""
    keys = [one for one in component.settings if one.kind is Kind.CHOICE]
    asked = []
    for values in product(*(one.choices for one in keys)):
        texts = {one.key: value for one, value in zip(keys, values, strict=True)}
        asked.append((texts, component.needs(Choice(component, {}, texts))))
    found = dict.fromkeys(name for _, needs in asked for name in needs)
    return {name: _condition(name, keys, asked) for name in found}


def _condition(name: str, keys: Sequence[Setting], asked: Sequence[tuple[dict[str, str], tuple[str, ...]]]) -> str:
    if all(name in needs for _, needs in asked):
        return ""
    for one in keys:
        with_it = {texts[one.key] for texts, needs in asked if name in needs}
        if all((texts[one.key] in with_it) == (name in needs) for texts, needs in asked):
            return " / ".join(f'{one.key} = "{value}"' for value in one.choices if value in with_it)
    raise ValueError(f"{name} does not follow from one key")


SHARE = share(
    "aandeel", "Deel van het hele kader dat hiervoor opzij gaat.", "Share of the whole frame that is set aside for this.",
    optional=True, example="0.03",
)  # fmt: skip
AMOUNT = Setting(
    "bedrag", Kind.EUROS, "euro", "Bedrag dat hiervoor opzij gaat, in plaats van een aandeel.",
    "Amount that is set aside for this, instead of a share.", optional=True, minimum=SHARE.minimum, example="500_000.00",
)  # fmt: skip

BASES = ("geen", "zorgverlening_fte", "norm_fte", "begroting")


def base_setting(default: str) -> Setting:
    return Setting(
        "grondslag", Kind.CHOICE, "choice",
        "Waarmee de score wordt vermenigvuldigd: niets, zorgverlening-fte, betaalde norm fte of begrote norm fte.",
        "What the score is multiplied by: nothing, care fte, paid norm fte or budgeted norm fte.",
        default=default, choices=BASES,
    )  # fmt: skip


def rest_setting() -> Setting:
    return Setting(
        "rest", Kind.CHOICE, "choice",
        "Wat niet nodig is, blijft staan (blijft) of wordt verdeeld op betaalde norm fte (verdelen).",
        "What is not needed stays (blijft) or is divided on paid norm fte (verdelen).",
        default="blijft", choices=("blijft", "verdelen"),
    )  # fmt: skip


def base(name: str, facts: Facts, state: State) -> Nodes | None:
    """The base a score is multiplied by; None for no base."""
    return {
        "geen": None,
        "zorgverlening_fte": facts.care_fte,
        "norm_fte": state.norm_fte,
        "begroting": facts.budgeted,
    }[name]


def one_of_two(choice: Choice) -> Iterator[Wrong]:
    """A pot has a share or an amount: not both, not neither."""
    if AMOUNT.key in choice.numbers and SHARE.key in choice.numbers:
        yield Wrong("pot_twice", AMOUNT.key)
    elif AMOUNT.key not in choice.numbers and SHARE.key not in choice.numbers:
        yield Wrong("pot_without_size", "")


def nothing(term: str) -> Node:
    return constant(term, 0, Unit.CENTS)


def parts_of(names: Collection[str], term: str, pot: Node, weights: Nodes, mode: AllocationMode) -> dict[str, Node]:
    """``pot`` over ``weights`` for every one of ``names``; a pot of nothing gives nothing, whatever it would be divided on."""
    own = {name: weights[name] for name in names if name in weights}
    parts = split(term, pot, own, mode) if pot.value and own else {}
    return {name: parts.get(name, nothing(term)) for name in names}


def in_euros(cents: Fraction) -> tuple[str, str]:
    """As a sentence says it, in Dutch and in English."""
    return euros(cents, Language.DUTCH), euros(cents, Language.ENGLISH)
