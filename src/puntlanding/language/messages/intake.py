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
}
