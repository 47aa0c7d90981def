"""What a stage needs, and what cannot be written."""

from __future__ import annotations

STAGES: dict[str, tuple[str, str]] = {
    "needs_table": (
        "Om {stage} te kunnen berekenen is {table} nodig, met ten minste één rij.",
        "To compute {stage}, {table} is needed, with at least one row.",
    ),
    "needs_contract": (
        "Om te kunnen afrekenen is ten minste één [[contract]] nodig in de afspraak.",
        "To settle, the agreement needs at least one [[contract]].",
    ),
    "needs_frame": (
        "Om euro's te kunnen verdelen is [kader] met een bedrag nodig in de afspraak.",
        "To distribute euros, the agreement needs [kader] with an amount.",
    ),
    "nobody_to_follow": (
        "In contract ‘{contract}’ volgen ondersteuners de poort, maar de poortvakgroepen hebben er geen begroting. Kies \"gelijk\" of \"realisatie\", of begroot ze.",
        "In contract ‘{contract}’ supporters follow the gatekeepers, but these have no budget in it. Choose \"gelijk\" or \"realisatie\", or budget them.",
    ),
    "no_care_fte": (
        "De vaste component wordt verdeeld op zorgverlening-fte, maar alle dagdelen in categorie 1a en 1b zijn samen 0.",
        "The fixed component is divided on care fte, but all half-days in categories 1a and 1b add up to 0.",
    ),
    "nothing_paid": (
        "Er is geen norm fte betaald, dus er is geen sleutel om het kader op te verdelen. Controleer de realisatie.",
        "No norm fte was paid, so there is no key to divide the frame on. Check the realisation.",
    ),
    "output_exists": (
        "Hier staat al iets; er is niets overschreven. Kies een andere naam.",
        "Something is there already; nothing was overwritten. Choose another name.",
    ),
    "output_is_case": (
        "Dit bestand hoort bij de case zelf; er is niets overschreven. Kies een andere naam voor de uitkomst.",
        "This file is part of the case itself; nothing was overwritten. Choose another name for the result.",
    ),
    "output_failed": (
        "Hier kan niet worden geschreven ({reason}). Kies een andere plaats, of sluit het bestand als het open staat.",
        "This cannot be written ({reason}). Choose another place, or close the file if it is open.",
    ),
    "shown_failed": (
        "De uitkomst kan niet worden getoond of bewaard ({reason}). Maak ruimte, of stuur haar naar een andere plaats.",
        "The result cannot be shown or kept ({reason}). Make room, or send it to another place.",
    ),
    "explain_unknown": (
        "Deze vakgroep is niet bekend.{close} Kies uit: {allowed}.",
        "This group is not known.{close} Choose from: {allowed}.",
    ),
}  # fmt: skip
