"""What is wrong in efficiency, appropriate care and formation."""

from __future__ import annotations

SCORE: dict[str, tuple[str, str]] = {
    "efficiency_year_missing": (
        "Voor {use} is de efficiency van {year} nodig; deze vakgroep heeft alleen {found}. Voeg een rij met jaar {year} toe.",
        "The efficiency of {year} is needed for {use}; this group has only {found}. Add a row with year {year}.",
    ),
    "efficiency_none": (
        "Zonder efficiencycijfers krijgen deze vakgroepen score 1.",
        "Without efficiency figures these groups get score 1.",
    ),
    "efficiency_before_missing": (
        "De begroting van {last} krijgt voor deze vakgroepen de score van dit jaar, omdat de efficiency van {before} ontbreekt.",
        "The budget of {last} gets this year's score for these groups, because the efficiency of {before} is missing.",
    ),
    "efficiency_weightless": (
        "Deze vakgroepen hebben alleen onderdelen met gewicht 0 en krijgen score 1.",
        "These groups have components with weight 0 only and get score 1.",
    ),
    "efficiency_whole_and_parts": (
        "Deze vakgroep heeft in dit jaar zowel een cijfer voor het geheel als voor onderdelen. Kies een van beide.",
        "This group has a figure for the whole and for components in this year. Choose one of the two.",
    ),
    "component_unknown": (
        "Dit onderdeel heeft geen gewicht in [weging.onderdelen] van de afspraak ({allowed}). Voeg het daar toe, met 0 als het niet telt.",
        "This component has no weight in [weging.onderdelen] of the agreement ({allowed}). Add it there, with 0 if it does not count.",
    ),
    "correction_too_low": (
        "Na deze correctie zou de efficiency negatief zijn. Vul de correctie in als verschil: 0,02 telt 2 procentpunt op.",
        "After this correction efficiency would be negative. Fill in the correction as a difference: 0.02 adds 2 points.",
    ),
    "correction_without_reason": (
        "Een correctie telt alleen met een reden. Vul de oorzaak van buiten de vakgroep in de kolom reden in.",
        "A correction counts only with a reason. Fill in the cause outside the group in the column reden.",
    ),
    "correction_other_year": (
        "Deze correctie telt niet mee: alleen de realisatie van {year} wordt gecorrigeerd.",
        "This correction does not count: only the realisation of {year} is corrected.",
    ),
    "appropriate_care_missing": (
        "Passende zorg heeft een gewicht in de afspraak, maar deze vakgroep heeft geen score. Voeg een rij toe (1 = als de referentie).",
        "Appropriate care has a weight in the agreement, but this group has no score. Add a row (1 = as the reference).",
    ),
    "appropriate_care_idle": (
        "Deze scores tellen niet mee: passende_zorg heeft gewicht 0 in [weging] van de afspraak.",
        "These scores do not count: passende_zorg has weight 0 in [weging] of the agreement.",
    ),
    "formation_missing": (
        "De afspraak gebruikt zorgverlening-fte, maar deze vakgroep staat niet in formatie. Voeg haar dagdelen toe.",
        "The agreement uses care fte, but this group is not in formatie. Add its half-days.",
    ),
    "care_fte_zero": (
        "Deze vakgroep heeft geen dagdelen in categorie 1a of 1b: haar zorgverlening-fte is 0, en zo telt zij mee.",
        "This group has no half-days in category 1a or 1b: its care fte is 0, and that is how it counts.",
    ),
    "role_without_weight": (
        "De functie ‘{role}’ heeft geen gewicht in [formatie.functiegewichten] en telt volledig mee.",
        "The role ‘{role}’ has no weight in [formatie.functiegewichten] and counts fully.",
    ),
    "weeks_too_many": (
        "Een jaar heeft volgens de afspraak {most} weken.",
        "A year has {most} weeks by the agreement.",
    ),
}  # fmt: skip
