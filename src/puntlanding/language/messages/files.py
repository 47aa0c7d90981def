"""What is wrong with a case and the form of its files."""

from __future__ import annotations

FILES: dict[str, tuple[str, str]] = {
    # the case as a whole
    "case_not_found": (
        "Deze map of werkmap bestaat niet. Controleer het pad, of maak een lege case met: puntlanding new MAP",
        "This folder or workbook does not exist. Check the path, or make an empty case with: puntlanding new DIR",
    ),
    "case_not_folder": (
        "Een case is een map met afspraak.toml en CSV- of Parquet-bestanden, of één werkmap (.xlsx). Geef die op.",
        "A case is a folder with afspraak.toml and CSV or Parquet files, or one workbook (.xlsx). Name that.",
    ),
    "file_missing": (
        "Dit bestand ontbreekt en is altijd nodig. Een leeg voorbeeld maakt u met: puntlanding new MAP",
        "This file is missing and is always needed. Make an empty example with: puntlanding new DIR",
    ),
    "sheet_missing": (
        "Het blad {sheet} ontbreekt in deze werkmap, en er staat geen afspraak.toml naast. Voeg een van beide toe.",
        "The sheet {sheet} is missing in this workbook, and there is no afspraak.toml beside it. Add one of the two.",
    ),
    "file_twice": (
        "Deze tabel staat er twee keer: ook als {other}. Verwijder een van de twee.",
        "This table is there twice: also as {other}. Remove one of the two.",
    ),
    "file_unknown": (
        "Dit bestand wordt niet gebruikt: de naam is onbekend.{close} Bekend zijn: {known}.",
        "This file is not used: its name is unknown.{close} Known are: {known}.",
    ),
    "file_not_used": (
        "Deze tabel wordt nog door geen enkele berekening gebruikt.",
        "No calculation uses this table yet.",
    ),
    "workbook_beside_files": (
        "Deze werkmap wordt niet gelezen, omdat er ook CSV- of Parquet-bestanden in de map staan. Haal een van beide weg.",
        "This workbook is not read, because the folder also holds CSV or Parquet files. Remove one of the two.",
    ),
    "and_more": (
        "… en nog {count} van deze soort in dit bestand.",
        "… and {count} more of this kind in this file.",
    ),
    "unreadable": (
        "Dit kan niet worden gelezen ({reason}). Controleer het pad en uw rechten, en of een ander programma het open heeft.",
        "This cannot be read ({reason}). Check the path, your permissions, and whether another program has it open.",
    ),
    # the form of a file
    "empty_file": (
        "Dit bestand is leeg. Zet op de eerste regel de kolomnamen, of verwijder het bestand als het niet nodig is.",
        "This file is empty. Put the column names on the first line, or remove the file if it is not needed.",
    ),
    "no_rows": (
        "Er staan alleen kolomnamen in, geen rijen. Vul ten minste één rij in.",
        "It has column names only, no rows. Fill in at least one row.",
    ),
    "encoding": (
        "Dit bestand is geen UTF-8 (byte {byte}). Bewaar het in Excel als ‘CSV UTF-8 (door komma’s gescheiden)’.",
        "This file is not UTF-8 (byte {byte}). Save it from Excel as ‘CSV UTF-8 (Comma delimited)’.",
    ),
    "encoding_utf16": (
        "Dit bestand is UTF-16 (‘Unicode-tekst’), geen UTF-8. Bewaar het in Excel als ‘CSV UTF-8’.",
        "This file is UTF-16 (‘Unicode text’), not UTF-8. Save it from Excel as ‘CSV UTF-8’.",
    ),
    "other_format": (
        "Dit bestand heet .csv maar is {format} ({size} bytes). Bewaar de tabel opnieuw als ‘CSV UTF-8’.",
        "This file is called .csv but is {format} ({size} bytes). Save the table again as ‘CSV UTF-8’.",
    ),
    "binary": (
        "Dit bestand bevat geen tekst ({size} bytes met nulbytes); het is geen CSV. Maak de export opnieuw.",
        "This file holds no text ({size} bytes with null bytes); it is not a CSV. Make the export again.",
    ),
    "not_parquet": (
        "Dit bestand heet .parquet maar is het niet, of is afgebroken ({size} bytes). Maak de export opnieuw.",
        "This file is called .parquet but is not, or is cut short ({size} bytes). Make the export again.",
    ),
    "not_workbook": (
        "Dit bestand heet .xlsx maar is geen werkmap, of is beschadigd ({size} bytes). Bewaar het opnieuw als ‘Excel-werkmap (.xlsx)’.",
        "This file is called .xlsx but is not a workbook, or is damaged ({size} bytes). Save it again as ‘Excel workbook (.xlsx)’.",
    ),
    "workbook_unpacks_too_large": (
        "Deze werkmap wordt uitgepakt onredelijk groot ({size} bytes) en is niet geopend. Bewaar alleen de tabellen, zonder opmaak, in een nieuwe werkmap.",
        "This workbook unpacks to an unreasonable size ({size} bytes) and was not opened. Save just the tables, without formatting, in a new workbook.",
    ),
    "no_separator": (
        "De eerste regel heeft geen puntkomma of komma tussen de kolomnamen. Verwacht: {columns}.",
        "The first line has no semicolon or comma between column names. Expected: {columns}.",
    ),
    "no_table": (
        "De eerste regel is langer dan een tabel kan hebben; dit lijkt geen CSV. Verwacht: {columns}.",
        "The first line is longer than a table can have; this does not look like a CSV. Expected: {columns}.",
    ),
    "quotes": (
        "Vanaf deze regel kloppen de aanhalingstekens niet: er is een \" te veel of te weinig. Een \" in een tekst schrijft u dubbel.",
        "From this line on the quotes do not match: there is one \" too many or too few. Write a \" inside text twice.",
    ),
    "cell_too_long": (
        "Op deze regel staat een cel die langer is dan een spreadsheet aankan. Controleer de aanhalingstekens.",
        "This line has a cell longer than a spreadsheet can hold. Check the quotes.",
    ),
    "row_width": (
        "Deze rij heeft {found} velden in plaats van {expected}. Staat er een scheidingsteken in een tekst of getal? Zet die cel tussen aanhalingstekens.",
        "This row has {found} fields instead of {expected}. Is there a separator inside a text or number? Put that cell in quotes.",
    ),
    "column_missing": (
        "De kolom {column} ontbreekt ({meaning}). Voeg hem toe.",
        "The column {column} is missing ({meaning}). Add it.",
    ),
    "column_misnamed": (
        "De kolom {column} ontbreekt ({meaning}). Bedoelde u daarvoor ‘{value}’? Geef die kolom dan de naam {column}.",
        "The column {column} is missing ({meaning}). Did you mean ‘{value}’ for it? Then name that column {column}.",
    ),
    "column_unknown": (
        "Deze kolom is onbekend en wordt niet gebruikt.{close}",
        "This column is unknown and is not used.{close}",
    ),
    "column_twice": (
        "Deze kolom komt twee keer voor. Hernoem of verwijder er een.",
        "This column occurs twice. Rename or remove one.",
    ),
    "column_nameless": (
        "Kolom {position} heeft geen naam; wat eronder staat, wordt niet gebruikt.",
        "Column {position} has no name; what is below it is not used.",
    ),
    "measure_missing": (
        "Er is geen kolom met een hoeveelheid. Voeg een van deze toe: {columns} (aantal samen met zorgproduct).",
        "There is no column with a quantity. Add one of these: {columns} (aantal together with zorgproduct).",
    ),
    "formula_without_value": (
        "In deze cel staat een formule zonder uitkomst. Open de werkmap in Excel of LibreOffice, bewaar hem opnieuw, of plak de waarden.",
        "This cell holds a formula without an outcome. Open the workbook in Excel or LibreOffice and save it again, or paste values.",
    ),
    "sheet_columns": (
        "Het blad afspraak heeft de kolommen {columns} nodig.",
        "The sheet afspraak needs the columns {columns}.",
    ),
    "sheet_row": (
        "Deze rij heeft een waarde, maar geen {column}. Vul hem in.",
        "This row has a value, but no {column}. Fill it in.",
    ),
    "sheet_key_twice": (
        "Deze sleutel staat er twee keer. Verwijder een van de twee rijen.",
        "This key is there twice. Remove one of the two rows.",
    ),
}  # fmt: skip
