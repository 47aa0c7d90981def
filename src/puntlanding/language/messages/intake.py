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
    "source_table_misnamed": (
        "Dit bestand ontbreekt in de levering. Bedoelde u daarvoor ‘{value}’? Geef dat bestand dan een van deze namen: {expected}.",
        "This file is missing from the delivery. Did you mean ‘{value}’ for it? Then give that file one of these names: {expected}.",
    ),
    "source_not_folder": (
        "Dit is een bestand. Geef de map waarin de bestanden van de levering staan.",
        "This is a file. Name the folder that holds the files of the delivery.",
    ),
    # the form of a table that a hospital exported
    "source_column_missing": (
        "De kolom {column} ontbreekt.{close} Voeg hem toe aan de export, of hernoem hem.",
        "The column {column} is missing.{close} Add it to the export, or rename it.",
    ),
    "text_encoding": (
        "Dit bestand is geen UTF-8 (byte {byte}). Maak de export opnieuw als ‘CSV UTF-8’, of zet in de koppeling bij deze tabel: codering = \"windows-1252\".",
        "This file is not UTF-8 (byte {byte}). Make the export again as ‘CSV UTF-8’, or put in the mapping at this table: codering = \"windows-1252\".",
    ),
    "text_not_encoding": (
        "Dit bestand is geen {encoding} (byte {byte}). Verbeter de codering in de koppeling, of maak de export opnieuw als ‘CSV UTF-8’.",
        "This file is not {encoding} (byte {byte}). Correct codering in the mapping, or make the export again as ‘CSV UTF-8’.",
    ),
    "encoding_unknown": (
        "Deze codering is onbekend. Kies een van: {known}.",
        "This encoding is unknown. Choose one of: {known}.",
    ),
    "line_ends": (
        "Op deze regel staat een regeleinde van een andere soort (CR zonder LF). Maak de export opnieuw met één soort regeleinde (CRLF of LF).",
        "This line has a line end of another kind (CR without LF). Make the export again with one kind of line end (CRLF or LF).",
    ),
    "null_byte": (
        "Op deze regel staat een nulbyte; dit is geen gave tekst. Maak de export opnieuw.",
        "This line holds a null byte; this is not sound text. Make the export again.",
    ),
    "cut_off": (
        "Het bestand breekt af in deze rij, de laatste. Maak de export of kopie opnieuw: er ontbreken waarschijnlijk rijen.",
        "The file breaks off in this row, the last. Make the export or copy again: rows are probably missing.",
    ),
    "file_changed": (
        "Dit bestand veranderde terwijl het werd gelezen. Wacht tot de export klaar is en probeer opnieuw.",
        "This file changed while it was read. Wait until the export is done and try again.",
    ),
    "column_type": (
        "De kolom {column} bevat lijsten of bytes in plaats van losse waarden. Maak de export opnieuw met één waarde per cel.",
        "The column {column} holds lists or bytes instead of single values. Make the export again with one value per cell.",
    ),
    "sheet_not_found": (
        "Dit blad staat niet in de werkmap. Wel aanwezig: {sheets}.",
        "This sheet is not in the workbook. There are: {sheets}.",
    ),
    "sheet_not_named": (
        "Deze werkmap heeft meer dan één blad ({sheets}). Zet in de koppeling welk: blad = \"…\".",
        "This workbook has more than one sheet ({sheets}). Put in the mapping which: blad = \"…\".",
    ),
    "sheet_header": (
        "De eerste rij van dit blad is leeg. Zet daar de kolomnamen, en de gegevens er direct onder.",
        "The first row of this sheet is empty. Put the column names there, and the data right below.",
    ),
    "checks_failed": (
        "{count} controles houden deze levering tegen; de opslag is niet gewijzigd. Verbeter de export, of beperk hem met --years.",
        "{count} checks stop this delivery; the store was not changed. Correct the export, or limit it with --years.",
    ),
    "key_in_store": (
        "De sleutel mag niet in de opslag staan: wie beide heeft, kan patiënten herkennen. Geef een andere plek op met --key.",
        "The key must not be in the store: whoever has both can recognise patients. Name another place with --key.",
    ),
    "format_unknown": (
        "Het programma herkent deze levering niet. Geef de vorm op met --format: {known}.",
        "The program does not recognise this delivery. Give the format with --format: {known}.",
    ),
    "date_option": (
        "Dit is geen datum. Schrijf hem als jjjj-mm-dd, bijvoorbeeld 2026-05-31.",
        "This is not a date. Write it as yyyy-mm-dd, for example 2026-05-31.",
    ),
    "years_option": (
        "Dit zijn geen jaren. Schrijf er één (2026) of een reeks (2024-2026).",
        "These are not years. Write one (2026) or a range (2024-2026).",
    ),
}
