"""The types of contract as proposals to lay beside an agreement: what people call them."""

from __future__ import annotations

from collections.abc import Iterator

from puntlanding.comparison.by_type import PRO_RATA
from puntlanding.contract_types import CONTRACT_TYPES

_REDISTRIBUTED = (", met herverdeling naar rato", ", with redistribution pro rata")


def type_names() -> Iterator[str]:
    """As `by_type` names them: one that can redistribute without and with."""
    for kind in CONTRACT_TYPES.values():
        yield kind.name
        if kind.redistributes:
            yield f"{kind.name}, {PRO_RATA}"


def type_title(name: str) -> tuple[str, str]:
    """The sentence of a contract type, by which people know it, rather than its key; ``name`` itself where it is none."""
    key, _, more = name.partition(", ")
    kind = CONTRACT_TYPES.get(key)
    if kind is None:
        return name, name
    nl, en = (text.partition(":")[0] for text in (kind.nl, kind.en))
    return (nl + _REDISTRIBUTED[0], en + _REDISTRIBUTED[1]) if more else (nl, en)
