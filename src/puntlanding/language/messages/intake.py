"""What is wrong with a delivery, a key or the store."""

from __future__ import annotations

INTAKE: dict[str, tuple[str, str]] = {
    # keys and pseudonyms
    "pseudonym_collision": (
        "Twee verschillende nummers ({column}) zouden hetzelfde pseudoniem krijgen. Dit is bijna onmogelijk; neem contact op met de makers.",
        "Two different numbers ({column}) would get the same pseudonym. This is next to impossible; contact the makers.",
    ),
    "key_unreadable": (
        "Het sleutelbestand kan niet worden gelezen of gemaakt ({reason}). Controleer het pad en uw rechten, of geef een ander met --key.",
        "The key file cannot be read or made ({reason}). Check the path and your permissions, or name another with --key.",
    ),
    "key_damaged": (
        "Dit is geen sleutelbestand van puntlanding, of het is beschadigd. Zet uw reservekopie terug; met een nieuwe sleutel sluiten eerdere leveringen niet meer aan.",
        "This is not a key file of puntlanding, or it is damaged. Restore your copy; with a new key earlier deliveries no longer link.",
    ),
    "key_open_to_others": (
        "Anderen kunnen dit sleutelbestand lezen. Maak het alleen voor uzelf leesbaar: chmod 600, en ga na wie het gelezen kan hebben.",
        "Others can read this key file. Make it readable by you alone: chmod 600, and find out who may have read it.",
    ),
    # where a delivery is
    "source_not_found": (
        "Deze map of dit bestand bestaat niet. Controleer het pad.",
        "This folder or file does not exist. Check the path.",
    ),
    "source_table_missing": (
        "Dit bestand ontbreekt in de levering. Verwacht: {expected}.",
        "This file is missing from the delivery. Expected: {expected}.",
    ),
    # the store
    "hospital_name": (
        "Deze naam kan geen map zijn. Gebruik ten hoogste 40 kleine letters, cijfers en streepjes, bijvoorbeeld ziekenhuis-noord.",
        "This name cannot be a folder. Use at most 40 lower-case letters, digits and hyphens, for example ziekenhuis-noord.",
    ),
    "not_a_store": (
        "In deze map staan andere bestanden; het is geen opslag van puntlanding. Geef een lege of nieuwe map op.",
        "This folder holds other files; it is not a store of puntlanding. Name an empty or a new folder.",
    ),
    "store_format": (
        "Deze opslag is van een andere versie van puntlanding; bekend is vorm {known}. Gebruik de versie waarmee hij is gemaakt, of een nieuwere.",
        "This store belongs to another version of puntlanding; known is format {known}. Use the version that made it, or a newer one.",
    ),
    "store_damaged": (
        "Dit bestand van de opslag is beschadigd. Zet de reservekopie terug, of laad de leveringen van dit ziekenhuis opnieuw in een nieuwe opslag.",
        "This file of the store is damaged. Restore your copy, or load this hospital's deliveries again into a new store.",
    ),
    "store_busy": (
        "Er wordt al een levering van dit ziekenhuis geladen. Wacht tot die klaar is en probeer het dan opnieuw.",
        "A delivery of this hospital is being loaded already. Wait until it is done, then try again.",
    ),
    "other_key": (
        "De eerdere leveringen van dit ziekenhuis zijn met een andere sleutel gepseudonimiseerd; patiënten zouden niet meer aansluiten. Geef met --key het juiste sleutelbestand.",
        "Earlier deliveries of this hospital were pseudonymised with another key; patients would no longer link. Name the right key file with --key.",
    ),
    "other_institution": (
        "Deze levering is van een andere instelling dan de eerdere leveringen ({known}). Controleer het bestand en --hospital.",
        "This delivery is of another institution than the earlier ones ({known}). Check the file and --hospital.",
    ),
    "year_not_in_store": (
        "Van dit ziekenhuis is geen levering met het jaar {year} geladen.",
        "No delivery of this hospital with the year {year} was loaded.",
    ),
    "nothing_known_then": (
        "Op deze dag was van {year} nog niets bekend: de eerste levering met dat jaar is van {first}.",
        "On this day nothing was known of {year} yet: the first delivery with that year is of {first}.",
    ),
}
