"""The agreement as sentences, what the settlement rests on in one of them, and what differs from the version before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from puntlanding.agreement import Contract
from puntlanding.agreement.content import Content, short
from puntlanding.agreement.difference import clause, differences, settings_of
from puntlanding.agreement.keys import CONTRACT
from puntlanding.agreement.wording import section_title
from puntlanding.language.notation import Language, day, precise
from puntlanding.language.sentences import index, visible
from puntlanding.report.agreement_text import told_sections
from puntlanding.report.dossier import Dossier
from puntlanding.report.html.sections import Agreed


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """``since`` is the first line; ``changed`` None where there is no version before, empty where nothing differs."""

    answer: str
    since: str
    content: str
    sections: tuple[Agreed, ...]
    changed: tuple[Agreed, ...] | None


def agreement_page(dossier: Dossier, before: Content | None) -> AgreementPage:
    """``before``: what the version before this one said."""
    which = index(dossier.language)
    origin = dossier.provenance
    since = day(origin.effective, dossier.language)
    version = f" ({origin.version})" if origin.version else ""
    return AgreementPage(
        one_sentence(dossier),
        visible((f"De afspraak{version} geldt vanaf {since}.", f"The agreement{version} holds from {since}.")[which]),
        short(origin.content.hash),
        tuple(
            Agreed(
                section_title(section)[which],
                tuple((visible(name), tuple(map(visible, said))) for name, said in tables),
            )
            for section, tables in told_sections(origin.content, dossier.language)
        ),
        None if before is None else changed_sentences(before, origin.content, dossier.language),
    )


def changed_sentences(before: Content, now: Content, language: Language) -> tuple[Agreed, ...]:
    """What differs, by section; empty where nothing does."""
    which = index(language)
    found = []
    for section, group in groupby(differences(before, now), key=lambda one: one.key[0]):
        found.append(Agreed(section_title(section)[which], (("", tuple(visible(one.said[which]) for one in group)),)))
    return tuple(found)


def one_sentence(dossier: Dossier) -> str:
    """How what is more or less than budgeted is paid, as a reader of the settlement needs to know it."""
    which = index(dossier.language)
    kinds: dict[str, list[str]] = {}
    for contract in dossier.agreement.contracts:
        said = _said(dossier, contract, which)
        kinds.setdefault(said, []).append(visible(contract.name))
    if not kinds:
        return (
            "Er is nog geen contract afgesproken: een begroting kan, een afrekening niet.",
            "No contract was agreed yet: a budget can be made, a settlement cannot.",
        )[which]
    told = " ".join(f"{_names(names, which)}: {said}." for said, names in kinds.items())
    if dossier.agreement.redistribute and any(one.type.redistributes for one in dossier.agreement.contracts):
        told += (
            " Meerproductie wordt naar rato vergoed uit onderproductie",
            " Over-production is paid pro rata out of under-production",
        )[which] + _at_most(dossier, which)
    return told


def _said(dossier: Dossier, contract: Contract, which: int) -> str:
    """The type by its first words, and what its own keys say; without keys, what the type does."""
    head, _, tail = (contract.type.nl, contract.type.en)[which].partition(": ")
    table = dossier.provenance.content.tables().get((CONTRACT, contract.name), {})
    own = [
        said
        for key, setting in settings_of(CONTRACT, table).items()
        if key in contract.settings and (said := clause(CONTRACT, setting, table[key], dossier.language))
    ]
    more = "; ".join(own) or tail
    return visible(f"{head[:1].lower()}{head[1:]}" + (f" ({more[:1].lower()}{more[1:]})" if more else ""))


def _at_most(dossier: Dossier, which: int) -> str:
    most = dossier.agreement.maximum_over_production
    if most is None:
        return "."
    share = precise(most.value * 100, dossier.language)
    return (f", ten hoogste {share} % van de begroting.", f", at most {share} % of the budget.")[which]


def _names(names: Sequence[str], which: int) -> str:
    if len(names) == 1:
        return names[0]
    return ", ".join(names[:-1]) + (" en ", " and ")[which] + names[-1]
