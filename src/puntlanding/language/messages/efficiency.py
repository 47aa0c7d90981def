"""Messages of efficiency and formation."""

from __future__ import annotations

EFFICIENCY: dict[str, tuple[str, str]] = {
    "efficiency_share": (
        "Dit is een deel van het geheel en kan niet meer dan 1 zijn. Vul een getal van 0 tot en met 1 in.",
        "This is a share of the whole and cannot be more than 1. Give a number from 0 to 1.",
    ),
    "efficiency_group": (
        "Dit ziekenhuis heeft geen vakgroep van dit specialisme met efficiency.{close} Kies uit: {allowed}.",
        "This hospital has no group of this specialism with efficiency.{close} Choose from: {allowed}.",
    ),
    "efficiency_no_value": (
        "Van deze vakgroep is geen efficiency te berekenen: {why}. Zonder --group ziet u wat er wel bekend is.",
        "No efficiency can be computed of this group: {why}. Without --group you see what is known.",
    ),
    "efficiency_strata_none": (
        "De bijdrage van dit ziekenhuis heeft geen strata voor de efficiency tot en met dit kwartaal. Kies een later kwartaal, of vouw het jaar opnieuw.",
        "This hospital's contribution has no efficiency strata up to this quarter. Choose a later quarter, or fold the year again.",
    ),
    "formation_none": (
        "Deze case heeft geen formatie. Voeg het bestand formatie toe met dagdelen per week per vakgroep, functie en categorie.",
        "This case has no formation. Add the file formatie with half-days per week by group, role and category.",
    ),
}
