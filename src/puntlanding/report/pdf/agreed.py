"""What was agreed, in the sentences of the agreement itself: for one group, or all of it."""

from __future__ import annotations

from collections.abc import Iterator

from puntlanding.agreement.keys import CONTRACT
from puntlanding.agreement.wording import section_title
from puntlanding.components import COMPONENTS
from puntlanding.report.agreement_text import seal_state, told_sections
from puntlanding.report.dossier import Dossier
from puntlanding.report.pdf.blocks import Block, bullets, text
from puntlanding.report.pdf.saying import Say

OF_THE_AMOUNT = (CONTRACT, "afrekening", "kader", *COMPONENTS)


def agreed_for(dossier: Dossier, contracts: frozenset[str]) -> Iterator[str]:
    """The sentences behind the amount of a group that has a budget in ``contracts``."""
    for section, tables in told_sections(dossier.provenance.content, dossier.language):
        if section not in OF_THE_AMOUNT:
            continue
        title = section_title(section)[Say(dossier.language).which]
        for name, sentences in tables:
            if section == CONTRACT and name not in contracts:
                continue
            if section in COMPONENTS and not name:
                yield f"{title}: {_as_one(sentences)}"
            else:
                yield from sentences


def default_mark(say: Say) -> str:
    return say.pick("(standaard)", "(default)")


def _as_one(sentences: list[str]) -> str:
    """The choices of one component as one sentence."""
    parts = [one.removesuffix(".") for one in sentences]
    return "; ".join(one[:1].lower() + one[1:] for one in parts) + "."


def whole_agreement(dossier: Dossier) -> Iterator[Block]:
    """Section by section; components together, each in a sentence, so that a page holds any agreement."""
    say = Say(dossier.language)
    components: list[str] = []
    for section, tables in told_sections(dossier.provenance.content, dossier.language):
        title = section_title(section)[say.which]
        if section in COMPONENTS:
            for name, sentences in tables:
                components += sentences if name else [f"{title}: {_as_one(sentences)}"]
            continue
        yield text(title, "head")
        yield bullets([sentence for _, sentences in tables for sentence in sentences])
    if components:
        yield text(say.pick("Onderdelen", "Components"), "head")
        yield bullets(components)


def frozen(dossier: Dossier) -> str:
    """Whether the agreement is that which both parties signed off."""
    say = Say(dossier.language)
    state = seal_state(dossier.provenance.seal, dossier.language)
    return say.pick(f"De afspraak is {state}.", f"The agreement is {state}.")
