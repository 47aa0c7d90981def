"""The agreement as the stages see it: frozen, complete, with the line each choice was read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from puntlanding.components import Choice
from puntlanding.contract_types import ContractType
from puntlanding.explain import Node
from puntlanding.quantities import AllocationMode


class Supporting(StrEnum):
    """How supporting groups are settled (methods §7)."""

    AS_OTHERS = "gelijk"
    ON_REALISATION = "realisatie"
    FOLLOWING_GATEKEEPERS = "volgt_poort"


class Balance(StrEnum):
    """Where the euros go that a year leaves, in a run of several years."""

    LAPSES = "vervalt"
    TO_FRAME = "kader"
    TO_RESERVE = "mutatiereserve"


class Unpaid(StrEnum):
    """What happens to norm fte that the settlement leaves unpaid (methods §8)."""

    STAYS = "blijft"
    IS_DIVIDED = "verdelen"


@dataclass(frozen=True, slots=True)
class Contract:
    name: str
    type: ContractType
    settings: Mapping[str, Node]
    insurers: tuple[str, ...] = ()  # UZOVI codes, in order; none named: it has the rest


class PeerMethod(StrEnum):
    """How the norm hours per fte of peers become one rate (methods §2)."""

    POOLED = "gepoold"
    MEAN = "gemiddelde"
    MEDIAN = "mediaan"


@dataclass(frozen=True, slots=True)
class Comparison:
    """With whom and how a group is compared (methods §2): ``years_back`` 1 for T-1, 2 for T-2; peers by hospital type or all."""

    years_back: int = 1
    by_type: bool = True
    method: PeerMethod = PeerMethod.POOLED
    own_group: bool = True


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the score (methods §4); ``components`` weigh the parts of efficiency, empty = equally."""

    output: Node
    efficiency: Node
    appropriate_care: Node
    rise_counts: bool
    components: Mapping[str, Node]


@dataclass(frozen=True, slots=True)
class OldModel:
    """Weights of the ex-post model (methods §4), kept to compare old and new; no source states them."""

    input: Node
    output: Node
    efficiency: Node


@dataclass(frozen=True, slots=True)
class Frame:
    """The euros to divide: ``amount`` in cents, ``fixed_component`` a share of it (methods §8)."""

    amount: Node
    fixed_component: Node
    unpaid: Unpaid
    rounding: AllocationMode


@dataclass(frozen=True, slots=True)
class Formation:
    """How half-days become fte (methods §5); ``role_weights`` by lower-case function."""

    half_days_per_fte: Node
    weeks_per_year: Node
    role_weights: Mapping[str, Node]


@dataclass(frozen=True, slots=True)
class Agreement:
    organisation: str
    year: int
    contracts: tuple[Contract, ...]
    redistribute: bool
    maximum_over_production: Node | None
    supporting: Supporting
    fte_bandwidth: tuple[Node, Node] | None
    weights: Weights
    frame: Frame | None
    formation: Formation
    old_model: OldModel
    file: str
    comparison: Comparison = Comparison()
    components: tuple[Choice, ...] = ()  # in the order in which they apply
    effective: date | None = None  # None: from 1 January
    version: str = ""
    balance: Balance = Balance.LAPSES

    @property
    def holds_from(self) -> date:
        return self.effective or date(self.year, 1, 1)

    @property
    def insurers(self) -> Mapping[str, str]:
        """UZOVI code → contract, of the insurers that the contracts name."""
        return {insurer: contract.name for contract in self.contracts for insurer in contract.insurers}

    @property
    def contracts_of_the_rest(self) -> tuple[str, ...]:
        """The contracts that name no insurers. With one, it has whoever is not named; with more, nobody can tell whose is whose."""
        return tuple(contract.name for contract in self.contracts if not contract.insurers)

    def contract(self, name: str) -> Contract:
        """Raises KeyError for a name that is not in the agreement."""
        for contract in self.contracts:
            if contract.name == name:
                return contract
        raise KeyError(name)
