"""What the settings are called in a sentence, and what their choices say: for `agreement check` and `agreement diff`.

A setting may carry its own (`Setting.noun`, `Setting.reads`), as those of contract types and components do; this is for the
rest. Without either, the sentence of the catalogue serves.
"""

from __future__ import annotations

from collections.abc import Mapping

from puntlanding.agreement.wording_components import COMPONENT_NOUNS, COMPONENT_READS
from puntlanding.components import COMPONENTS
from puntlanding.setting import Setting

Pair = tuple[str, str]

_NOUNS: dict[str, Pair] = {
    "afspraak.organisatie": ("de organisatie", "the organisation"),
    "afspraak.jaar": ("het jaar", "the year"),
    "afspraak.ingangsdatum": ("de ingangsdatum", "the effective date"),
    "afspraak.versie": ("de naam van de versie", "the name of the version"),
    "contract.naam": ("de naam", "the name"),
    "contract.soort": ("de soort", "the type"),
    "contract.verzekeraars": ("de lijst van verzekeraars", "the list of insurers"),
    "contract.bandbreedte": ("de bandbreedte", "the bandwidth"),
    "contract.krimpvergoeding": ("de krimpvergoeding", "the shrink compensation"),
    "afrekening.herverdeling": ("de herverdeling van onderproductie", "the redistribution of under-production"),
    "afrekening.maximum_overproductie": ("het meeste dat een vakgroep extra krijgt", "the most a group gets as an extra"),
    "afrekening.ondersteuners": ("de afrekening van ondersteuners", "the settlement of supporting groups"),
    "afrekening.bandbreedte_fte": ("de bandbreedte van norm fte per zorgverlening-fte", "the bandwidth of norm fte per care fte"),
    "weging.output": ("het gewicht van de output in de score", "the weight of output in the score"),
    "weging.efficiency": ("het gewicht van efficiency in de score", "the weight of efficiency in the score"),
    "weging.passende_zorg": ("het gewicht van passende zorg in de score", "the weight of appropriate care in the score"),
    "weging.efficiency_stijging": ("wat een stijging van de efficiency doet", "what a rise of efficiency does"),
    "benchmark.basisjaar": ("het basisjaar", "the base year"),
    "benchmark.vergelijking": ("de keuze van ziekenhuizen om mee te vergelijken", "the choice of hospitals to compare with"),
    "benchmark.methode": ("de methode van de benchmark", "the method of the benchmark"),
    "benchmark.eigen_vakgroep": ("de plaats van de eigen vakgroep in de benchmark", "the place of a group's own in the benchmark"),
    "kader.bedrag": ("het financieel kader", "the financial frame"),
    "kader.vaste_component": ("de vaste component", "the fixed component"),
    "kader.niet_uitgekeerd": ("wat er gebeurt met wat niet wordt uitgekeerd", "what happens to what is not paid out"),
    "kader.afronding": ("de afronding op centen", "the rounding to cents"),
    "formatie.dagdelen_per_fte": ("het aantal dagdelen in een fte", "the number of half-days in one fte"),
    "formatie.weken_per_jaar": ("het aantal weken in een jaar", "the number of weeks in a year"),
    "prestatiemodel.input": ("het gewicht van de input in het oude model", "the weight of input in the old model"),
    "prestatiemodel.output": ("het gewicht van de output in het oude model", "the weight of output in the old model"),
    "prestatiemodel.efficiency": ("het gewicht van efficiency in het oude model", "the weight of efficiency in the old model"),
    **COMPONENT_NOUNS,
}  # fmt: skip

_READS: dict[str, Mapping[str, Pair]] = {
    "contract.bandbreedte": {"": ("meerproductie wordt betaald tot {0} van de begroting", "over-production is paid up to {0} of the budget")},
    "contract.krimpvergoeding": {"": ("van de krimp sinds vorig jaar wordt {0} extra betaald", "of the shrink since last year {0} is paid as an extra")},
    "afrekening.herverdeling": {
        "geen": ("onderproductie van de een betaalt geen meerproductie van de ander", "under-production of some does not pay for over-production of others"),
        "naar_rato": (
            "bij een plafond wordt meerproductie naar rato vergoed uit onderproductie",
            "with a ceiling, over-production is paid pro rata from under-production",
        ),
    },
    "afrekening.maximum_overproductie": {"": ("een vakgroep krijgt ten hoogste {0} extra", "a group gets at most {0} as an extra")},
    "afrekening.ondersteuners": {
        "gelijk": ("ondersteuners worden afgerekend als de anderen", "supporting groups are settled as the others"),
        "realisatie": ("ondersteuners worden afgerekend op hun realisatie", "supporting groups are settled on their realisation"),
        "volgt_poort": ("ondersteuners volgen wat de poortspecialismen krijgen", "supporting groups follow what the gatekeepers get"),
    },
    "afrekening.bandbreedte_fte": {"": ("na afrekening blijft norm fte per zorgverlening-fte tussen {0}", "after settlement norm fte per care fte stays between {0}")},
    "weging.output": {"": ("output telt voor {0} in de score", "output counts for {0} of the score")},
    "weging.efficiency": {"": ("efficiency telt voor {0} in de score", "efficiency counts for {0} of the score")},
    "weging.passende_zorg": {"": ("passende zorg telt voor {0} in de score", "appropriate care counts for {0} of the score")},
    "weging.efficiency_stijging": {
        "telt_mee": ("een stijging van de efficiency telt mee in de realisatie", "a rise of efficiency counts in the realisation"),
        "telt_niet": ("een stijging van de efficiency telt niet mee in de realisatie", "a rise of efficiency does not count in the realisation"),
    },
    "benchmark.basisjaar": {
        "T-1": ("volumes en formatie komen uit het jaar ervoor (T-1)", "volumes and formation come from the year before (T-1)"),
        "T-2": ("volumes en formatie komen uit twee jaar ervoor (T-2)", "volumes and formation come from two years before (T-2)"),
    },
    "benchmark.vergelijking": {
        "type": ("vergeleken wordt met ziekenhuizen van hetzelfde type", "peers are hospitals of the same type"),
        "alle": ("vergeleken wordt met alle ziekenhuizen", "peers are all hospitals"),
    },
    "benchmark.methode": {
        "gepoold": ("de benchmark is alle uren gedeeld door alle fte", "the benchmark is all hours divided by all fte"),
        "gemiddelde": ("de benchmark is het gemiddelde van de vakgroepen", "the benchmark is the mean of the groups"),
        "mediaan": ("de benchmark is de mediaan van de vakgroepen", "the benchmark is the median of the groups"),
    },
    "benchmark.eigen_vakgroep": {
        "in": ("de eigen vakgroep telt mee in haar benchmark", "a group's own counts in its benchmark"),
        "uit": ("de eigen vakgroep telt niet mee in haar benchmark", "a group's own does not count in its benchmark"),
    },
    "kader.bedrag": {"": ("het financieel kader is {0}", "the financial frame is {0}")},
    "kader.vaste_component": {"": ("{0} van het kader, na eventuele potten, wordt verdeeld op zorgverlening-fte, de rest op norm fte", "{0} of the frame, after any pots, is divided on care fte, the rest on norm fte")},
    "kader.niet_uitgekeerd": {
        "blijft": ("wat de afrekening niet uitkeert, blijft staan", "what the settlement leaves unpaid stays"),
        "verdelen": ("wat de afrekening niet uitkeert, wordt mee verdeeld", "what the settlement leaves unpaid is divided with the rest"),
    },
    "kader.afronding": {
        "grootste_rest": ("centen die niet gelijk te delen zijn gaan naar de grootste resten", "cents that do not divide evenly go to the largest remainders"),
    },
    "formatie.dagdelen_per_fte": {"": ("één fte is {0}", "one fte is {0}")},
    "formatie.weken_per_jaar": {"": ("een vol jaar telt {0}", "a full year has {0}")},
    **COMPONENT_READS,
}  # fmt: skip

_SECTIONS: dict[str, Pair] = {
    "afspraak": ("Afspraak", "Agreement"),
    "contract": ("Contracten", "Contracts"),
    "afrekening": ("Afrekening", "Settlement"),
    "weging": ("Score", "Score"),
    "weging.onderdelen": ("Onderdelen van de efficiency", "Components of efficiency"),
    "benchmark": ("Benchmark", "Benchmark"),
    "kader": ("Financieel kader", "Financial frame"),
    "formatie": ("Formatie", "Formation"),
    "prestatiemodel": ("Oude model", "Old model"),
    "meerjaren": ("Enkele jaren", "Several years"),
    "formatie.functiegewichten": ("Gewichten van functies", "Weights of roles"),
}

# The unit behind a number in a sentence; shares become percentages.
_UNITS: dict[str, Pair] = {
    "share of the group's budget": ("% van haar begroting", "% of its budget"),
    "half-days per week": ("dagdelen per week", "half-days a week"),
    "weeks": ("weken", "weeks"),
}


def noun(section: str, one: Setting) -> Pair:
    """What a sentence calls the setting; without a noun of its own the sentence of the catalogue, between brackets, says it."""
    known = one.noun or _NOUNS.get(f"{section}.{one.key}")
    if known is not None:
        return known
    dutch, english = (text.rstrip(".") for text in (one.nl, one.en))
    return f"{section}.{one.key} ({dutch})", f"{section}.{one.key} ({english})"


def reads(section: str, one: Setting, value: object) -> Pair | None:
    """What the setting does with ``value``, {0} standing for the value; None where the catalogue has no words for it."""
    known = one.reads or _READS.get(f"{section}.{one.key}", {})
    return known.get(str(value), known.get(""))


def section_title(section: str) -> Pair:
    """The component's own name, or the section's."""
    plain = section.rpartition(".")[2].replace("_", " ").capitalize()
    if section in COMPONENTS:
        component = COMPONENTS[section]
        return component.nl.partition(":")[0], component.en.partition(":")[0]
    return _SECTIONS.get(section, (plain, plain))


def unit_words(unit: str) -> Pair | None:
    if unit in _UNITS:
        return _UNITS[unit]
    return ("%", "%") if unit.startswith("share") else None
