"""What is wrong in the agreement."""

from __future__ import annotations

AGREEMENT: dict[str, tuple[str, str]] = {
    "empty_agreement": (
        "De afspraak is leeg. Een voorbeeld met uitleg maakt u met: puntlanding new MAP",
        "The agreement is empty. Make an example with explanation with: puntlanding new DIR",
    ),
    "not_an_agreement": (
        "Dit is geen leesbare afspraak ({size} bytes). Verwacht wordt een tekstbestand (TOML); een voorbeeld maakt u met: puntlanding new MAP",
        "This is not a readable agreement ({size} bytes). A text file (TOML) is expected; make an example with: puntlanding new DIR",
    ),
    "agreement_encoding": (
        "De afspraak is geen UTF-8 (gevonden: {found}). Bewaar het bestand in uw teksteditor opnieuw met codering ‘UTF-8’.",
        "The agreement is not UTF-8 (found: {found}). Save the file again in your text editor with encoding ‘UTF-8’.",
    ),
    "toml_syntax": (
        "Deze regel is niet te lezen. Schrijf sleutel = waarde, tekst tussen \"aanhalingstekens\" en getallen met een punt.",
        "This line cannot be read. Write key = value, text in \"quotes\" and numbers with a point.",
    ),
    "section_unknown": (
        "Dit onderdeel kent de afspraak niet.{close} Bekend zijn: {allowed}.",
        "The agreement has no such section.{close} Known are: {allowed}.",
    ),
    "section_missing": (
        "Het onderdeel [{section}] ontbreekt en is altijd nodig.",
        "The section [{section}] is missing and is always needed.",
    ),
    "section_brackets": (
        "Dit is een onderdeel, geen waarde. Schrijf het op een eigen regel als [{section}], met de sleutels eronder.",
        "This is a section, not a value. Write it on a line of its own as [{section}], with its keys below.",
    ),
    "contract_brackets": (
        "Begin elk contract met een eigen regel [[contract]], met dubbele haken.",
        "Begin each contract with a line [[contract]], with double brackets.",
    ),
    "role_twice": (
        "Deze functie heeft al een gewicht, als {other}; hoofdletters maken geen verschil. Verwijder een van de twee.",
        "This role has a weight already, as {other}; capitals make no difference. Remove one of the two.",
    ),
    "contract_twice": (
        "Er is al een contract met deze naam. Geef elk contract een eigen naam.",
        "There is a contract with this name already. Give each contract its own name.",
    ),
    "key_unknown": (
        "Deze sleutel kent de afspraak hier niet.{close} Bekend zijn: {allowed}.",
        "The agreement has no such key here.{close} Known are: {allowed}.",
    ),
    "key_other_type": (
        "Deze sleutel hoort bij een contract van soort {owners}; dit contract heeft soort {kind}. Verwijder de regel of wijzig de soort.",
        "This key belongs to a contract of soort {owners}; this contract has soort {kind}. Remove the line or change the soort.",
    ),
    "key_missing": (
        "De sleutel {key} ontbreekt in [{section}]. Voeg toe, bijvoorbeeld: {example}",
        "The key {key} is missing in [{section}]. Add, for instance: {example}",
    ),
    "value_text": (
        "Hier hoort een tekst tussen aanhalingstekens, bijvoorbeeld: {example}",
        "A text in quotes belongs here, for instance: {example}",
    ),
    "value_number": (
        "Hier hoort een getal zonder aanhalingstekens, met een punt als decimaalteken, bijvoorbeeld {example}.",
        "A number without quotes and with a decimal point belongs here, for instance {example}.",
    ),
    "value_year": (
        "Hier hoort een jaar, bijvoorbeeld 2026.",
        "A year belongs here, for instance 2026.",
    ),
    "value_at_least": (
        "Deze waarde is te laag: zij moet ten minste {lowest} zijn.",
        "This value is too low: it must be at least {lowest}.",
    ),
    "value_range": (
        "Deze waarde ligt buiten het bereik ({lowest} tot en met {highest}).",
        "This value is out of range ({lowest} to {highest}).",
    ),
    "value_texts": (
        "Hier hoort een lijst van teksten tussen rechte haken, bijvoorbeeld: {example}",
        "A list of texts in square brackets belongs here, for instance: {example}",
    ),
    "value_texts_each": (
        "‘{found}’ past hier niet. Schrijf de lijst als in dit voorbeeld: {example}",
        "‘{found}’ does not fit here. Write the list as in this example: {example}",
    ),
    "insurer_twice": (
        "Deze verzekeraar staat al bij contract {other}. Noem elke verzekeraar bij één contract.",
        "This insurer is named with contract {other} already. Name each insurer with one contract.",
    ),
    "value_pair": (
        "Hier horen twee getallen: de onder- en de bovengrens, bijvoorbeeld {example}.",
        "Two numbers belong here: the lower and the upper bound, for instance {example}.",
    ),
    "pair_order": (
        "De ondergrens is hoger dan de bovengrens. Schrijf eerst de laagste, bijvoorbeeld {example}.",
        "The lower bound is above the upper bound. Write the lowest first, for instance {example}.",
    ),
    "euros_decimals": (
        "Een bedrag in euro's heeft ten hoogste twee decimalen. Rond het af op hele centen.",
        "An amount in euros has two decimals at the most. Round it to whole cents.",
    ),
    "old_model_weights_sum": (
        "De gewichten input, output en efficiency van het oude model moeten samen 1 zijn; ze zijn samen {sum}. Pas er een aan, of noem ze alle drie.",
        "The weights input, output and efficiency of the old model must add up to 1; they add up to {sum}. Change one of them, or name all three.",
    ),
    "weights_sum": (
        "De gewichten output, efficiency en passende_zorg moeten samen 1 zijn; ze zijn samen {sum}. Pas er een aan.",
        "The weights output, efficiency and passende_zorg must add up to 1; they add up to {sum}. Change one of them.",
    ),
    "component_weights_zero": (
        "De gewichten van de onderdelen zijn samen 0. Geef ten minste één onderdeel een gewicht.",
        "The weights of the components add up to 0. Give at least one component a weight.",
    ),
    "redistribution_idle": (
        "Herverdelen heeft geen effect: geen contract heeft soort \"plafond\".",
        "Redistribution has no effect: no contract has soort \"plafond\".",
    ),
    "maximum_idle": (
        "Dit maximum heeft geen effect zonder herverdeling = \"naar_rato\".",
        "This maximum has no effect without herverdeling = \"naar_rato\".",
    ),
}  # fmt: skip
