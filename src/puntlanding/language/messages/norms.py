"""Messages of the norms room."""

from __future__ import annotations

NORMS: dict[str, tuple[str, str]] = {
    "factor_too_fine": (
        "Dit getal heeft ten hoogste zes decimalen en is ten hoogste {most}. Rond het af.",
        "This number has at most six decimals and is at most {most}. Round it.",
    ),
    "structure_row_empty": (
        "Deze rij noemt geen oude en geen nieuwe code. Vul ten minste één van beide in, of verwijder de rij.",
        "This row names neither an old nor a new code. Fill in at least one of them, or remove the row.",
    ),
    "structure_added_without_volume": (
        "Van een nieuwe code die niets vervangt is een verwacht aantal nodig. Vul ‘aantal’ in, of ‘oud’ als de code een andere vervangt.",
        "A new code that replaces nothing needs an expected volume. Fill in ‘aantal’, or ‘oud’ where the code replaces another.",
    ),
    "structure_volume_of_old": (
        "Een verwacht aantal hoort alleen bij een nieuwe code zonder ‘oud’: bij vervangen volgt het uit het oude aantal × factor. Maak ‘aantal’ leeg, of ‘oud’.",
        "An expected volume belongs only to a new code without ‘oud’: of a replaced one it is the old volume × factor. Empty ‘aantal’, or ‘oud’.",
    ),
    "structure_factor_alone": (
        "Een factor hoort alleen bij vervangen, met ‘oud’ en ‘nieuw’. Maak ‘factor’ leeg, of vul de andere code in.",
        "A factor belongs only to replacing, with ‘oud’ and ‘nieuw’. Empty ‘factor’, or fill in the other code.",
    ),
    "structure_replaced_and_dropped": (
        "Deze code vervalt hier en wordt in een andere rij van hetzelfde jaar vervangen. Verwijder een van de twee; een deel dat vervalt volgt uit een factor onder 1.",
        "This code is dropped here and replaced in another row of the same year. Remove one of the two; a part that lapses follows from a factor below 1.",
    ),
    "structure_same": (
        "Oud en nieuw zijn dezelfde code, en geen andere rij splitst haar. Verwijder de rij; een ander volume hoort in de lijst trends.",
        "Old and new are the same code, and no other row splits it. Remove the row; another volume belongs in the list trends.",
    ),
    "structure_chain": (
        "Deze nieuwe code is in hetzelfde jaar zelf ook oud (rij {other}). Schrijf van elke oude code meteen wat er uiteindelijk voor komt.",
        "This new code is itself old in the same year (row {other}). Write of each old code at once what comes for it in the end.",
    ),
    "structure_cycle": (
        "Via andere rijen van hetzelfde jaar wordt deze code weer {old}: een kring. Schrijf van elke oude code meteen wat er uiteindelijk voor komt.",
        "By other rows of the same year this code becomes {old} again: a circle. Write of each old code at once what comes for it in the end.",
    ),
    "structure_added_and_replacing": (
        "Deze code komt er hier bij en vervangt in een andere rij een oude: zo zou ze twee keer tellen. Verwijder een van de twee.",
        "This code is added here and replaces an old one in another row: it would count twice. Remove one of the two.",
    ),
    "structure_added_exists": (
        "Deze code zou nieuw zijn, maar komt al voor in de productie van het basisjaar. Verwijder de rij; een ander volume hoort in de lijst trends.",
        "This code would be new, but it occurs in the base year's production. Remove the row; another volume belongs in the list trends.",
    ),
    "trend_undecided": (
        "Deze rij en rij {first} zeggen allebei evenveel van dezelfde productie, zodat niet vaststaat welke geldt. Voeg een rij toe die beide noemt, of verwijder er een.",
        "This row and row {first} say equally much of the same production, so that it is not settled which holds. Add a row that names both, or remove one.",
    ),
    "norm_times_twice": (
        "Van deze code staat in {other} ook al een normtijd voor {year} (zo zijn er {count}). Geef elke normtijd in één bestand.",
        "{other} has a norm time of this code for {year} as well ({count} like this). Give each norm time in one file.",
    ),
    "norm_product_unknown": (
        "Van dit zorgproduct is geen normtijd gebouwd.{close} Wel bijvoorbeeld van: {allowed}.",
        "No norm time of this product was built.{close} But, for example, of: {allowed}.",
    ),
    "profiles_needed": (
        "Voor het bouwen zijn zorgprofielen nodig. Geef een lijst met --profiles, of de map van ‘intake national’ met --national.",
        "Building needs care profiles. Give a list with --profiles, or the folder of ‘intake national’ with --national.",
    ),
    "no_time_wrong": (
        "Dit zijn geen zorgprofielklassen. Schrijf nummers met komma's ertussen, zoals 8,9,10.",
        "These are no classes of activities. Write numbers separated by commas, such as 8,9,10.",
    ),
    "classes_unknown": (
        "De klasse van de activiteiten is niet bekend. Geef de map met de codetabellen van de NZa (--nza), of zorgprofielen met --national.",
        "The class of the activities is not known. Give the folder with the NZa's code tables (--nza), or profiles with --national.",
    ),
    "profiles_twice": (
        "De zorgprofielen zijn twee keer opgegeven. Kies --profiles of --national.",
        "The care profiles are given twice. Choose --profiles or --national.",
    ),
    "routes_needed": (
        "Er is niet te zien welk zorgproduct een operatieve route is. Geef een lijst met --routes, of zorgprofielen met de klasse van elke activiteit: --national, of --profiles met --nza.",
        "It cannot be seen which product is an operative route. Give a list with --routes, or profiles with the class of each activity: --national, or --profiles with --nza.",
    ),
    "classes_missing": (
        "Deze map heeft geen tabel van zorgactiviteiten met hun zorgprofielklasse. Geef de map met de codetabellen van de NZa, of een lijst met --routes.",
        "This folder has no table of activities with their class. Give the folder with the NZa's code tables, or a list with --routes.",
    ),
}  # fmt: skip
