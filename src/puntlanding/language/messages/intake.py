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
    "key_exists": (
        "Er staat hier intussen al een sleutel. Laad de levering opnieuw; dan wordt die gebruikt.",
        "Meanwhile there is a key here already. Load the delivery again; then that one is used.",
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
        "Van dit ziekenhuis is geen levering met het jaar {year} geladen. Laad die eerst, of kies een jaar dat er wel is{years}.",
        "No delivery of this hospital with the year {year} was loaded. Load it first, or choose a year that is there{years}.",
    ),
    "nothing_known_then": (
        "Op deze dag was van {year} nog niets bekend: de eerste levering met dat jaar is van {first}. Kies een latere dag.",
        "On this day nothing was known of {year} yet: the first delivery with that year is of {first}. Choose a later day.",
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
        'Dit bestand is geen UTF-8 (byte {byte}). Maak de export opnieuw als ‘CSV UTF-8’, of zet in de koppeling bij deze tabel: codering = "windows-1252".',
        'This file is not UTF-8 (byte {byte}). Make the export again as ‘CSV UTF-8’, or put in the mapping at this table: codering = "windows-1252".',
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
        'Deze werkmap heeft meer dan één blad ({sheets}). Zet in de koppeling welk: blad = "…".',
        'This workbook has more than one sheet ({sheets}). Put in the mapping which: blad = "…".',
    ),
    "sheet_header": (
        "De eerste rij van dit blad is leeg. Zet daar de kolomnamen, en de gegevens er direct onder.",
        "The first row of this sheet is empty. Put the column names there, and the data right below.",
    ),
    "checks_failed": (
        "Controles houden deze levering tegen ({count}); de opslag is niet gewijzigd. Verbeter de export, of beperk hem met --years.",
        "Checks stop this delivery ({count}); the store was not changed. Correct the export, or limit it with --years.",
    ),
    "key_in_store": (
        "De sleutel mag niet in de opslag staan: wie beide heeft, kan patiënten herkennen. Geef een andere plek op met --key.",
        "The key must not be in the store: whoever has both can recognise patients. Name another place with --key.",
    ),
    "page_in_delivery": (
        "Hier kan de pagina niet staan: dit is een bestand of map van de levering of van de opslag. Geef een andere plek op.",
        "The page cannot be here: this is a file or folder of the delivery or of the store. Name another place.",
    ),
    "format_unknown": (
        "Het programma herkent deze levering niet. Geef de vorm op met --format: {known}.",
        "The program does not recognise this delivery. Give the format with --format: {known}.",
    ),
    "date_option": (
        "Dit is geen datum. Schrijf hem als jjjj-mm-dd, bijvoorbeeld 2026-05-31.",
        "This is not a date. Write it as yyyy-mm-dd, for example 2026-05-31.",
    ),
    "date_range": (
        "Deze datum ligt niet in de jaren {first} tot en met {last}. Controleer het jaartal.",
        "This date is not in the years {first} up to and including {last}. Check the year.",
    ),
    "source_in_store": (
        "Deze levering staat in de opslag zelf: haar nummers zijn al pseudoniemen. Geef de export van het ziekenhuis.",
        "This delivery is in the store itself: its numbers are pseudonyms already. Give the hospital's export.",
    ),
    "years_option": (
        "Dit zijn geen jaren. Schrijf er één (2026) of een reeks (2024-2026).",
        "These are not years. Write one (2026) or a range (2024-2026).",
    ),
    # the mapping
    "not_a_mapping": (
        "Dit is geen leesbare koppeling. Verwacht wordt een tekstbestand (TOML); een ontwerp maakt u met: puntlanding intake map BRON",
        "This is not a readable mapping. A text file (TOML) is expected; make a draft with: puntlanding intake map SOURCE",
    ),
    "mapping_encoding": (
        "De koppeling is geen UTF-8. Bewaar het bestand in uw teksteditor opnieuw met codering ‘UTF-8’.",
        "The mapping is not UTF-8. Save the file again in your text editor with encoding ‘UTF-8’.",
    ),
    "mapping_table_missing": (
        "De koppeling heeft geen onderdeel [{column}]. Voeg het toe; zonder inhoud geldt het bestand met die naam.",
        "The mapping has no section [{column}]. Add it; without content it stands for the file of that name.",
    ),
    "mapping_key_unknown": (
        "Deze naam kent de koppeling hier niet.{close} Bekend zijn: {allowed}.",
        "The mapping has no such name here.{close} Known are: {allowed}.",
    ),
    "mapping_type": (
        "Hier hoort iets anders te staan: {expected}.",
        "Something else belongs here: {expected}.",
    ),
    "mapping_date_format": (
        "Dit is geen datumvorm. Schrijf dd, mm en jjjj (of jj) in hun volgorde, zoals dd-mm-jjjj of jjjjmmdd.",
        "This is not a date format. Write dd, mm and jjjj (or jj) in their order, such as dd-mm-jjjj or jjjjmmdd.",
    ),
    "mapping_sex": (
        "Voor geslacht kan rechts alleen M, V of O (onbekend) staan.",
        "For geslacht only M, V (female) or O (unknown) can stand on the right.",
    ),
    "mapping_value_twice": (
        "Deze waarde staat er twee keer, met verschillende codes; hoofdletters doen niet ter zake. Verwijder een van de twee.",
        "This value is there twice, with different codes; capitals do not matter. Remove one of the two.",
    ),
    "mapping_columns_missing": (
        "In [{column}.kolommen] ontbreekt wat altijd nodig is: {missing}. Zet erachter hoe uw kolom heet.",
        "In [{column}.kolommen] some are missing that are always needed: {missing}. Put your column's name behind them.",
    ),
    "mapping_outside": (
        "Dit bestand ligt niet in de map van de levering, en wordt daarom niet gelezen. Geef alleen een bestandsnaam, en zet het bestand in die map.",
        "This file is not in the folder of the delivery, and so it is not read. Give just a file name, and put the file in that folder.",
    ),
    "mapping_file_missing": (
        "Dit bestand uit de koppeling staat niet in de levering.{close} Verbeter de naam achter bestand, of voeg het bestand toe.",
        "This file of the mapping is not in the delivery.{close} Correct the name behind bestand, or add the file.",
    ),
    # the ZH308 file
    "zh308_empty": (
        "Hier is niets om te lezen. Geef een ZH308-bestand, of een map met zulke bestanden.",
        "There is nothing to read here. Give a ZH308 file, or a folder with such files.",
    ),
    "zh308_other_file": (
        "Dit is geen ZH308-bestand: het begint niet met voorlooprecord 01 van bericht 101. Geef het bestand zoals het naar de verzekeraar gaat.",
        "This is not a ZH308 file: it does not begin with header record 01 of message 101. Give the file as it goes to the insurer.",
    ),
    "zh308_version": (
        "Dit bestand is versie {stated} van de standaard; gelezen wordt versie {expected} (v9.0). Exporteer in die versie, of kies een ander formaat.",
        "This file is version {stated} of the standard; version {expected} (v9.0) is what can be read. Export in that version, or choose another format.",
    ),
    "zh308_line_length": (
        "Dit record is {found} bytes lang; elk record heeft er {expected}. Is het bestand afgebroken of opnieuw opgeslagen (UTF-8)? Lever het zoals het systeem het maakte.",
        "This record is {found} bytes long; every record has {expected}. Was the file cut off or saved again (UTF-8)? Deliver it as the system made it.",
    ),
    "zh308_record_kind": (
        "Recordsoort {kind} bestaat niet in ZH308 (01, 02, 03, 04, 06, 16, 98, 99). Lever het bestand zoals het systeem het maakte.",
        "There is no record kind {kind} in ZH308 (01, 02, 03, 04, 06, 16, 98, 99). Deliver the file as the system made it.",
    ),
    "zh308_no_insured": (
        "Dit prestatierecord staat niet onder een verzekerdenrecord (02). Lever het bestand ongesorteerd, zoals het systeem het maakte.",
        "This performance record does not stand below an insured record (02). Deliver the file unsorted, as the system made it.",
    ),
    "zh308_no_performance": (
        "Dit {kind} staat niet onder een prestatierecord (04). Lever het bestand ongesorteerd, zoals het systeem het maakte.",
        "This {kind} does not stand below a performance record (04). Deliver the file unsorted, as the system made it.",
    ),
    "zh308_second_header": (
        "Hier begint een tweede bericht. Er zijn bestanden aan elkaar geplakt; lever ze apart, in één map.",
        "A second message begins here. Files were pasted together; deliver them apart, in one folder.",
    ),
    "zh308_after_closing": (
        "Na het sluitrecord (99) staan nog records. Lever het bestand zoals het systeem het maakte.",
        "There are records after the closing record (99). Deliver the file as the system made it.",
    ),
    "zh308_truncated": (
        "Het sluitrecord (99) ontbreekt na {records} records: het bestand is niet heel. Kopieer of exporteer het opnieuw.",
        "The closing record (99) is missing after {records} records: the file is not whole. Copy or export it again.",
    ),
    "zh308_closing_form": (
        "Het sluitrecord heeft {digits} cijfers voor D of C; bekend zijn {known}. Zo zijn de totalen niet te controleren; meld dit de makers.",
        "The closing record has {digits} digits before D or C; known are {known}. So the totals cannot be checked; tell the makers.",
    ),
    "zh308_total": (
        "Het sluitrecord noemt voor {total} {stated}; in het bestand zijn het er {counted}. Het bestand is niet heel of veranderd; exporteer het opnieuw.",
        "The closing record states {stated} for {total}; the file has {counted}. The file is not whole or was changed; export it again.",
    ),
    "zh308_changed": (
        "Dit bestand veranderde terwijl het werd gelezen. Wacht tot het klaar is en laad het opnieuw.",
        "This file changed while it was read. Wait until it is finished and load it again.",
    ),
    "source_without_tables": (
        "In deze map staat geen enkele tabel ({known}). Geef de map met de export.",
        "This folder holds no table at all ({known}). Name the folder with the export.",
    ),
    "no_column_names": (
        "De eerste regel bevat geen kolomnamen. Maak de export opnieuw met kolomnamen op de eerste regel, gescheiden door puntkomma, komma of tab.",
        "The first line holds no column names. Make the export again with column names on the first line, separated by semicolon, comma or tab.",
    ),
    "format_option": (
        "Deze vorm is onbekend. Kies uit: {known}.",
        "This format is unknown. Choose from: {known}.",
    ),
    "products_too_few": (
        "De codetabellen kennen voor deze specialismen geen poliklinisch zorgproduct dat van {first} tot en met {last} geldig "
        "is: {specialisms}. Neem de volledige tabellen van de NZa die in die jaren gelden, kies andere jaren, of laat --nza weg.",
        "The code tables have no outpatient care product valid from {first} up to and including {last} for these specialisms: "
        "{specialisms}. Take the NZa's complete tables of those years, choose other years, or leave out --nza.",
    ),
    "number_option": (
        "Dit moet een getal zijn van {lowest} tot en met {highest}.",
        "This must be a number from {lowest} up to and including {highest}.",
    ),
}
