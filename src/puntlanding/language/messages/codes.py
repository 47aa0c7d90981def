"""What is wrong with code tables (NZa) or national figures (Open DIS)."""

from __future__ import annotations

CODES: dict[str, tuple[str, str]] = {
    # the NZa reference tables
    "codes_none_found": (
        "In deze map staat geen enkele referentietabel van de NZa. Verwacht: {expected}, of de XML ‘Referenties’. Pak de download eerst uit.",
        "This folder holds none of the NZa's reference tables. Expected: {expected}, or the XML ‘Referenties’. Unpack the download first.",
    ),
    "codes_twice": (
        "Deze tabel staat er twee keer: ook in {other}. Verwijder een van de twee.",
        "This table is there twice: also in {other}. Remove one of the two.",
    ),
    "codes_xml_damaged": (
        "Dit XML-bestand is beschadigd of afgebroken ({reason}). Download het opnieuw.",
        "This XML file is damaged or cut short ({reason}). Download it again.",
    ),
    "codes_xml_doctype": (
        "Dit XML-bestand heeft een documenttype (DOCTYPE) en is daarom niet gelezen: de tabellen van de NZa hebben er geen. Download het opnieuw bij de NZa.",
        "This XML file declares a document type (DOCTYPE) and was therefore not read: the NZa's tables have none. Download it from the NZa again.",
    ),
    "codes_column_missing": (
        "De kolom {column} ontbreekt in deze tabel. Gebruik de tabel zoals de NZa hem geeft.",
        "The column {column} is missing from this table. Use the table as the NZa gives it.",
    ),
    "codes_empty": (
        "{column} is leeg. Gebruik de tabel zoals de NZa hem geeft, of verwijder deze rij.",
        "{column} is empty. Use the table as the NZa gives it, or remove this row.",
    ),
    "codes_date": (
        "Deze datum bestaat niet of staat in een andere vorm dan de rest van de kolom {column}. Verwacht: jjjj-mm-dd.",
        "This date does not exist or has another form than the rest of the column {column}. Expected: yyyy-mm-dd.",
    ),
    "codes_number": (
        "{column} is geen geheel getal. Gebruik de tabel zoals de NZa hem geeft.",
        "{column} is not a whole number. Use the table as the NZa gives it.",
    ),
    "codes_end_before_begin": (
        "Deze periode eindigt voordat zij begint. Gebruik de tabel zoals de NZa hem geeft, of verbeter BeginDatum of EindDatum.",
        "This period ends before it begins. Use the table as the NZa gives it, or correct BeginDatum or EindDatum.",
    ),
    "codes_overlap": (
        "Voor deze code zegt rij {other} op dezelfde dagen iets anders. Download de tabel opnieuw; staat het er dan nog, laat dan een van beide rijen weg.",
        "For this code row {other} says something else on the same days. Download the table again; if it is still so, leave out one of the rows.",
    ),
    "codes_no_product": (
        "Geen enkele ProductCode heeft negen cijfers; dit is niet de tabel van zorgproducten. Gebruik de tabel zoals de NZa hem geeft.",
        "No ProductCode has nine digits; this is not the table of care products. Use the table as the NZa gives it.",
    ),
    # Open DIS
    "national_twice": (
        "Jaar, specialisme, diagnose en zorgproduct komen {count} keer meer dan één keer voor. Is het bestand twee keer achter elkaar gezet? Download het opnieuw.",
        "Year, specialism, diagnosis and product occur more than once {count} times. Was the file put together twice? Download it again.",
    ),
    "national_store_damaged": (
        "De opgeslagen landelijke cijfers zijn onvolledig of gewijzigd ({reason}). Lees de bestanden van Open DIS opnieuw in.",
        "The stored national figures are incomplete or were changed ({reason}). Read the Open DIS files again.",
    ),
}
