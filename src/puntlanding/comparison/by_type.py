"""The same year with every contract settled as one type, for each type that there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from puntlanding.agreement import Agreement, Contract
from puntlanding.contract_types import CONTRACT_TYPES, ContractType
from puntlanding.explain import Node, Source, Unit, setting
from puntlanding.language.notation import Language, precise
from puntlanding.setting import Setting

# Where the value comes from that a type's key has in the published examples ([CB] bijlage 4).
EXAMPLES = {"bandbreedte": "5", "krimpvergoeding": "7"}
PRO_RATA = "naar_rato"

Note = tuple[str, str]


def by_type(agreement: Agreement, values: Mapping[str, Fraction]) -> Iterator[tuple[str, Agreement, tuple[Note, ...]]]:
    """Name, agreement and notes of each type; a type that can redistribute comes without and with.

    A contract that is of the type already keeps its own keys; the others take them from ``values`` (stated by the user), or else
    from the published examples.
    """
    for kind in CONTRACT_TYPES.values():
        contracts = tuple(_as_type(contract, kind, values) for contract in agreement.contracts)
        notes = tuple(_notes(kind, agreement, values))
        base = replace(agreement, contracts=contracts, file=kind.name)
        yield kind.name, replace(base, redistribute=False), notes
        if kind.redistributes:
            yield f"{kind.name}, {PRO_RATA}", replace(base, redistribute=True), notes


def value_of(key: Setting, values: Mapping[str, Fraction]) -> Fraction:
    """The value that is used for ``key`` where a contract has none of its own."""
    if key.key in values:
        return values[key.key]
    return Fraction(key.example) if key.example else (key.minimum or Fraction(0))


def _as_type(contract: Contract, kind: ContractType, values: Mapping[str, Fraction]) -> Contract:
    if contract.type is kind:
        return contract
    settings: dict[str, Node] = {}
    for one in kind.settings:
        given = "--value" if one.key in values else _example(one.key)
        source = Source(given, None, one.key)
        settings[one.key] = setting(f"contract.{one.key}", value_of(one, values), Unit.RATIO, source)
    return Contract(contract.name, kind, settings, contract.insurers)


def _example(key: str) -> str:
    return f"rekenvoorbeeld {EXAMPLES[key]}" if key in EXAMPLES else "voorbeeldwaarde"


def _notes(kind: ContractType, agreement: Agreement, values: Mapping[str, Fraction]) -> Iterator[Note]:
    own = [contract.name for contract in agreement.contracts if contract.type is kind]
    if len(own) == len(agreement.contracts):
        return
    for one in kind.settings:
        nl, en = (
            f"{precise(value_of(one, values) * 100, language)} %" for language in (Language.DUTCH, Language.ENGLISH)
        )
        if one.key in values:
            nl, en = f"{nl} (opgegeven)", f"{en} (given)"
        elif one.key in EXAMPLES:
            nl, en = (
                f"{nl} (van gepubliceerd rekenvoorbeeld {EXAMPLES[one.key]})",
                f"{en} (of published worked example {EXAMPLES[one.key]})",
            )
        else:
            nl, en = f"{nl} (voorbeeldwaarde)", f"{en} (example value)"
        if own:
            nl, en = f"{nl}; {', '.join(own)}: eigen waarde", f"{en}; {', '.join(own)}: own value"
        yield f"{one.key} {nl}", f"{one.key} {en}"
