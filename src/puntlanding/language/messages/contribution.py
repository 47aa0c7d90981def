"""What is wrong with a contribution's file, or between contributions that are put together."""

from __future__ import annotations

CONTRIBUTION: dict[str, tuple[str, str]] = {
    "sealed_not": (
        "Dit is geen bijdrage of benchmark die puntlanding heeft gemaakt. Kies het juiste bestand, of vraag het op bij de afzender.",
        "This is no contribution or benchmark that puntlanding made. Choose the right file, or ask the sender for it.",
    ),
    "sealed_broken": (
        "Dit bestand is niet heel: het is onderweg beschadigd of afgebroken, of later gewijzigd. Gebruik het niet, en vraag het opnieuw op of zet de reservekopie terug.",
        "This file is not whole: it was damaged or cut off on its way, or changed later. Do not use it; ask for it again or restore your copy.",
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
        "Hier zijn geen bijdragen om mee te rekenen. Noem bestanden, of een map met bestanden die op .bijdrage eindigen.",
        "There are no contributions to work with here. Name files, or a folder with files whose names end in .bijdrage.",
    ),
    "contribution_year": (
        "Deze bijdrage is van een ander jaar dan {first} ({expected}). Maak haar voor hetzelfde jaar.",
        "This contribution is of another year than {first} ({expected}). Make it for the same year.",
    ),
    "contribution_units": (
        "Deze bijdrage telt met andere codelijsten dan {first} (daar kenmerk {expected}). Vouw de records opnieuw met dezelfde versie van puntlanding.",
        "This contribution counts with other code sets than {first} (there mark {expected}). Fold the records again with the same version of puntlanding.",
    ),
    "contribution_age_bands": (
        "Deze bijdrage heeft andere leeftijdsgroepen dan {first} ({expected}). Vouw de records opnieuw met dezelfde versie van puntlanding.",
        "This contribution has other age bands than {first} ({expected}). Fold the records again with the same version of puntlanding.",
    ),
    "contribution_diagnosis_groups": (
        "Deze bijdrage is gemaakt met andere diagnosegroepen dan {first} (daar kenmerk {expected}; – is zonder). Vouw de records opnieuw met dezelfde lijst diagnosegroepen.",
        "This contribution was made with other diagnosis groups than {first} (there mark {expected}; – is without). Fold the records again with the same list of diagnosis groups.",
    ),
    "contribution_norm_times": (
        "Deze bijdrage is gemaakt met andere normtijden dan {first} (daar kenmerk {expected}; – is zonder). Vouw de records opnieuw met dezelfde normtijden.",
        "This contribution was made with other norm times than {first} (there mark {expected}; – is without). Fold the records again with the same norm times.",
    ),
    "contribution_cost_prices": (
        "Deze bijdrage is gemaakt met andere kostprijzen dan {first} (daar kenmerk {expected}; – is zonder). Vouw de records opnieuw met dezelfde kostprijzen.",
        "This contribution was made with other cost prices than {first} (there mark {expected}; – is without). Fold the records again with the same cost prices.",
    ),
    "contribution_twice": (
        "Dit ziekenhuis zit ook in {first}. Geef van elk ziekenhuis één bijdrage, en noem elk bestand één keer.",
        "This hospital is in {first} as well. Give one contribution of each hospital, and name each file once.",
    ),
    "list_without_year": (
        "Deze lijst heeft geen enkele rij voor {year}. Vul haar aan, of geef de lijst van dat jaar.",
        "This list has not one row for {year}. Complete it, or give that year's list.",
    ),
    "norm_time_too_large": (
        "Een normtijd is ten hoogste {most} minuten. Ga na of er een komma ontbreekt.",
        "A norm time is at most {most} minutes. Check whether a decimal point is missing.",
    ),
    "list_row_twice": (
        "Dit staat er al: zie rij {first}. Verwijder een van de twee rijen.",
        "This is there already: see row {first}. Remove one of the two rows.",
    ),
    "list_row_idle": (
        "Deze rij verandert niets, want die productie is er niet in het basisjaar. Controleer specialisme, code en ziekenhuis.",
        "This row changes nothing, because there is no such production in the base year. Check specialism, code and hospital.",
    ),
    "list_column_unknown": (
        "Deze kolom kent de lijst niet, en misschien is een kolom bedoeld die nu ontbreekt: {missing}. Geef haar de juiste naam, of verwijder haar.",
        "The list does not know this column, and perhaps one was meant that is missing: {missing}. Give it the right name, or remove it.",
    ),
    "norm_time_too_fine": (
        "Een normtijd heeft ten hoogste twee decimalen, want er wordt opgeteld in honderdsten van een minuut. Rond deze af.",
        "A norm time has at most two decimals, because sums are made in hundredths of a minute. Round this one.",
    ),
}  # fmt: skip
