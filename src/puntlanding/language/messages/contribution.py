"""What is wrong with a contribution's file, or between contributions that are put together."""

from __future__ import annotations

CONTRIBUTION: dict[str, tuple[str, str]] = {
    "sealed_not": (
        "Dit is geen bestand dat puntlanding heeft gemaakt, of het is onderweg beschadigd. Vraag het opnieuw op bij de afzender.",
        "This is no file that puntlanding made, or it was damaged on its way. Ask the sender for it again.",
    ),
    "sealed_kind": (
        "Dit bestand is van een andere soort; hier is een ‘{expected}’ nodig. Kies het juiste bestand.",
        "This file is of another kind; a ‘{expected}’ is needed here. Choose the right file.",
    ),
    "sealed_version": (
        "Dit bestand heeft een andere versie dan dit programma kent ({known}). Laat de afzender het met dezelfde versie van puntlanding maken, of werk dit programma bij.",
        "This file has another version than this program knows ({known}). Have the sender make it with the same version of puntlanding, or update this program.",
    ),
    "sealed_damaged": (
        "Dit deel van het bestand klopt niet met het formaat. Vraag het bestand opnieuw op bij de afzender.",
        "This part of the file does not fit the format. Ask the sender for the file again.",
    ),
    "sealed_tampered": (
        "De inhoud van deze tabel is niet wat het bestand zegt dat er in staat: het is gewijzigd of beschadigd. Gebruik het niet en vraag het opnieuw op.",
        "The content of this table is not what the file says it holds: it was changed or damaged. Do not use it, and ask for it again.",
    ),
    "contribution_none": (
        "Er zijn geen bijdragen om mee te rekenen. Noem ten minste één bestand.",
        "There are no contributions to work with. Name at least one file.",
    ),
    "contribution_year": (
        "Deze bijdrage is van een ander jaar dan {first} ({expected}). Maak haar voor hetzelfde jaar.",
        "This contribution is of another year than {first} ({expected}). Make it for the same year.",
    ),
    "contribution_units": (
        "Deze bijdrage telt met andere codelijsten, leeftijdsgroepen of diagnosegroepen dan {first} ({expected}). Vouw de records opnieuw met dezelfde lijsten.",
        "This contribution counts with other code sets, age bands or diagnosis groups than {first} ({expected}). Fold the records again with the same lists.",
    ),
    "contribution_norm_times": (
        "Deze bijdrage is gemaakt met andere normtijden dan {first} ({expected}). Vouw de records opnieuw met dezelfde normtijden.",
        "This contribution was made with other norm times than {first} ({expected}). Fold the records again with the same norm times.",
    ),
    "contribution_cost_prices": (
        "Deze bijdrage is gemaakt met andere kostprijzen dan {first} ({expected}). Vouw de records opnieuw met dezelfde kostprijzen.",
        "This contribution was made with other cost prices than {first} ({expected}). Fold the records again with the same cost prices.",
    ),
    "contribution_twice": (
        "Dit ziekenhuis zit ook in {first}. Geef van elk ziekenhuis één bijdrage.",
        "This hospital is in {first} as well. Give one contribution of each hospital.",
    ),
    "list_without_year": (
        "Deze lijst heeft geen enkele rij voor {year}. Vul haar aan, of geef de lijst van dat jaar.",
        "This list has not one row for {year}. Complete it, or give that year's list.",
    ),
    "norm_time_too_fine": (
        "Een normtijd heeft ten hoogste twee decimalen, want er wordt opgeteld in honderdsten van een minuut. Rond deze af.",
        "A norm time has at most two decimals, because sums are made in hundredths of a minute. Round this one.",
    ),
}  # fmt: skip
