"""The sentence of every problem: what is wrong, and the remedy. Dutch first, English second; {fields} are the details.

{close} becomes a question ("Bedoelde u …?") where a near miss was found, and nothing otherwise.
"""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
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
    # cells
    "value_missing": (
        "Hier ontbreekt een waarde. Vul hem in, of verwijder de rij.",
        "A value is missing here. Fill it in, or remove the row.",
    ),
    "not_a_number": (
        "Dit is geen getal. Schrijf alleen cijfers, met ‘{sign}’ als decimaalteken.",
        "This is not a number. Write digits only, with ‘{sign}’ as the decimal sign.",
    ),
    "thousands": (
        "Dit getal heeft scheidingstekens voor duizendtallen. Schrijf {plain}.",
        "This number has thousands separators. Write {plain}.",
    ),
    "number_ambiguous": (
        "Dit getal is dubbelzinnig: {whole} of {broken_comma}? Schrijf voluit {whole}, of met een extra nul {broken_comma}.",
        "This number is ambiguous: {whole} or {broken}? Write {whole} in full, or {broken} with an extra zero.",
    ),
    "decimals_mixed": (
        "In deze tabel staan een decimale punt en een decimale komma door elkaar (rij {other_row}: {other}). Schrijf hier {plain}.",
        "This table mixes decimal points and decimal commas (row {other_row}: {other}). Write {plain} here.",
    ),
    "spreadsheet_error": (
        "Hier staat een foutwaarde uit een spreadsheet, geen getal. Verbeter de formule waar hij uit komt.",
        "This is a spreadsheet's error value, not a number. Correct the formula that it comes from.",
    ),
    "percentage": (
        "Schrijf een percentage als deel van 1: 5% is 0,05.",
        "Write a percentage as a share of 1: 5% is 0.05.",
    ),
    "negative": (
        "Dit getal mag niet negatief zijn. Is het een correctie? Tel die dan op bij de rij waar ze bij hoort.",
        "This number cannot be negative. Is it a correction? Then add it to the row that it belongs to.",
    ),
    "cents_wrong": (
        "Een bedrag in euro's heeft ten hoogste twee decimalen. Rond het af op hele centen.",
        "An amount in euros has two decimals at the most. Round it to whole cents.",
    ),
    "year_wrong": (
        "Dit is geen jaar. Schrijf vier cijfers, bijvoorbeeld 2026.",
        "This is not a year. Write four digits, for instance 2026.",
    ),
    "control_character": (
        "In deze tekst staan onzichtbare tekens. Typ hem opnieuw.",
        "This text holds invisible characters. Type it again.",
    ),
    "choice_unknown": (
        "Deze waarde is niet mogelijk.{close} Kies uit: {allowed}.",
        "This value is not possible.{close} Choose from: {allowed}.",
    ),
    # groups and rows
    "group_unknown": (
        "Deze vakgroep staat niet in vakgroepen.{close} Verbeter de naam of voeg de vakgroep daar toe.",
        "This group is not in vakgroepen.{close} Correct the name or add the group there.",
    ),
    "group_twice": (
        "Deze vakgroep staat al in rij {first}. Verwijder een van de twee.",
        "This group is already in row {first}. Remove one of the two.",
    ),
    "group_reserved": (
        "Zo mag een vakgroep niet heten: deze naam gebruikt het programma zelf. Geef een andere naam (een totaalrij hoort hier niet).",
        "A group cannot have this name: the program uses it itself. Give another name (a row of totals does not belong here).",
    ),
    "group_missing": (
        "Deze vakgroep ontbreekt voor {year}. Voeg een rij toe, met 0 als er niets is.",
        "This group is missing for {year}. Add a row, with 0 if there is nothing.",
    ),
    "row_twice": (
        "Deze rij staat er al: zie rij {first}. Verwijder een van de twee of tel ze op.",
        "This row is there already: see row {first}. Remove one of the two or add them up.",
    ),
    "contract_missing": (
        "Er zijn meer contracten; vul in welk: {allowed}.",
        "There is more than one contract; fill in which: {allowed}.",
    ),
    "contract_column_missing": (
        "Er zijn meer contracten, maar de kolom contract ontbreekt. Voeg hem toe en vul per rij in: {allowed}.",
        "There is more than one contract, but the column contract is missing. Add it and fill in for each row: {allowed}.",
    ),
    "contract_unknown": (
        "Dit contract staat niet in de afspraak.{close} Bekend zijn: {allowed}.",
        "This contract is not in the agreement.{close} Known are: {allowed}.",
    ),
    "contract_unused": (
        "Voor dit contract is in {year} niets begroot.",
        "Nothing is budgeted in {year} for this contract.",
    ),
    "no_measure": (
        "In deze rij staat geen hoeveelheid. Vul aantal (met zorgproduct), normuren of norm_fte in.",
        "This row has no quantity. Fill in aantal (with zorgproduct), normuren or norm_fte.",
    ),
    "two_measures": (
        "In deze rij staan twee soorten hoeveelheid ({measures}). Laat er één staan.",
        "This row has two kinds of quantity ({measures}). Keep one.",
    ),
    "measures_mixed": (
        "Deze vakgroep heeft in rij {first_row} al {first}. Gebruik per vakgroep, contract en jaar één soort hoeveelheid.",
        "This group already has {first} in row {first_row}. Use one kind of quantity per group, contract and year.",
    ),
    "volume_without_code": (
        "Bij een aantal hoort een zorgproduct. Vul de code in.",
        "A volume needs a product. Fill in its code.",
    ),
    "code_without_volume": (
        "Bij een zorgproduct hoort een aantal, geen {measure}. Vul aantal in of laat zorgproduct leeg.",
        "A product needs a volume (aantal), not {measure}. Fill in aantal or leave zorgproduct empty.",
    ),
    "norm_time_missing": (
        "Voor dit zorgproduct is er geen normtijd in {year} bij specialisme {specialism}. Voeg hem toe aan normtijden (0 als het product geen output heeft).",
        "There is no norm time for this product in {year} for specialism {specialism}. Add it to normtijden (0 if the product carries no output).",
    ),
    "norm_time_zeros_lost": (
        "Deze code is zijn voorloopnullen kwijt: normtijden kent wel {padded}. Verbeter de code; in een spreadsheet: maak de kolom eerst op als tekst.",
        "This code has lost its leading zeros: normtijden does have {padded}. Correct the code; in a spreadsheet: first format the column as text.",
    ),
    "specialism_zeros_lost": (
        "Specialisme {specialism} van deze vakgroep is een voorloopnul kwijt: normtijden kent wel {padded}. Verbeter het in vakgroepen; in een spreadsheet: maak de kolom eerst op als tekst.",
        "Specialism {specialism} of this group has lost a leading zero: normtijden does have {padded}. Correct it in vakgroepen; in a spreadsheet: first format the column as text.",
    ),
    "norm_time_other_year": (
        "Voor dit zorgproduct is er geen normtijd in {year}, wel in {found}. Voeg de normtijd van {year} toe aan normtijden.",
        "There is no norm time for this product in {year}, but there is in {found}. Add the norm time of {year} to normtijden.",
    ),
    "norm_time_both_kinds": (
        "Deze code is zorgproduct én zorgactiviteit. Vul in de kolom soort in welke.",
        "This code is both a product and an activity. Fill in which in the column soort.",
    ),
    "previous_budget_missing": (
        "Contract ‘{contract}’ is een meerjaren aanneemsom en heeft de begroting van {year} nodig. Voeg voor deze vakgroep een rij met jaar {year} toe.",
        "Contract ‘{contract}’ is a multi-year lump sum and needs the budget of {year}. Add a row with year {year} for this group.",
    ),
    "realisation_missing": (
        "Bij contract ‘{contract}’ heeft deze vakgroep wel een begroting maar geen realisatie over {year}. Voeg een rij toe, met 0 als er niets is geleverd.",
        "In contract ‘{contract}’ this group has a budget but no realisation over {year}. Add a row, with 0 if nothing was delivered.",
    ),
    "budget_missing": (
        "Bij contract ‘{contract}’ heeft deze vakgroep wel realisatie maar geen begroting over {year}. Voeg een rij toe, met 0 als er niets is begroot.",
        "In contract ‘{contract}’ this group has a realisation but no budget over {year}. Add a row, with 0 if nothing was budgeted.",
    ),
    "rate_missing": (
        "Deze vakgroep heeft normuren of aantallen, maar geen benchmark. Voeg een rij toe met normuren_per_fte.",
        "This group has norm hours or volumes, but no benchmark. Add a row with normuren_per_fte.",
    ),
    "rate_zero": (
        "Een benchmark van 0 normuren per fte kan niet. Vul de waarde uit de ex-ante benchmark in.",
        "A benchmark of 0 norm hours per fte is impossible. Fill in the value of the ex-ante benchmark.",
    ),
    # efficiency, appropriate care, formation
    "efficiency_year_missing": (
        "Voor {use} is de efficiency van {year} nodig; deze vakgroep heeft alleen {found}. Voeg een rij met jaar {year} toe.",
        "The efficiency of {year} is needed for {use}; this group has only {found}. Add a row with year {year}.",
    ),
    "efficiency_none": (
        "Zonder efficiencycijfers krijgen deze vakgroepen score 1.",
        "Without efficiency figures these groups get score 1.",
    ),
    "efficiency_weightless": (
        "Deze vakgroepen hebben alleen onderdelen met gewicht 0 en krijgen score 1.",
        "These groups have components with weight 0 only and get score 1.",
    ),
    "efficiency_whole_and_parts": (
        "Deze vakgroep heeft in dit jaar zowel een cijfer voor het geheel als voor onderdelen. Kies een van beide.",
        "This group has a figure for the whole and for components in this year. Choose one of the two.",
    ),
    "component_unknown": (
        "Dit onderdeel heeft geen gewicht in [weging.onderdelen] van de afspraak ({allowed}). Voeg het daar toe, met 0 als het niet telt.",
        "This component has no weight in [weging.onderdelen] of the agreement ({allowed}). Add it there, with 0 if it does not count.",
    ),
    "correction_too_low": (
        "Na deze correctie zou de efficiency negatief zijn. Vul de correctie in als verschil: 0,02 telt 2 procentpunt op.",
        "After this correction efficiency would be negative. Fill in the correction as a difference: 0.02 adds 2 points.",
    ),
    "correction_without_reason": (
        "Een correctie telt alleen met een reden. Vul de oorzaak van buiten de vakgroep in de kolom reden in.",
        "A correction counts only with a reason. Fill in the cause outside the group in the column reden.",
    ),
    "correction_other_year": (
        "Deze correctie telt niet mee: alleen de realisatie van {year} wordt gecorrigeerd.",
        "This correction does not count: only the realisation of {year} is corrected.",
    ),
    "appropriate_care_missing": (
        "Passende zorg heeft een gewicht in de afspraak, maar deze vakgroep heeft geen score. Voeg een rij toe (1 = als de referentie).",
        "Appropriate care has a weight in the agreement, but this group has no score. Add a row (1 = as the reference).",
    ),
    "appropriate_care_idle": (
        "Deze scores tellen niet mee: passende_zorg heeft gewicht 0 in [weging] van de afspraak.",
        "These scores do not count: passende_zorg has weight 0 in [weging] of the agreement.",
    ),
    "formation_missing": (
        "De afspraak gebruikt zorgverlening-fte, maar deze vakgroep staat niet in formatie. Voeg haar dagdelen toe.",
        "The agreement uses care fte, but this group is not in formatie. Add its half-days.",
    ),
    "role_without_weight": (
        "De functie ‘{role}’ heeft geen gewicht in [formatie.functiegewichten] en telt volledig mee.",
        "The role ‘{role}’ has no weight in [formatie.functiegewichten] and counts fully.",
    ),
    "weeks_too_many": (
        "Een jaar heeft volgens de afspraak {most} weken.",
        "A year has {most} weeks by the agreement.",
    ),
    # the agreement
    "empty_agreement": (
        "De afspraak is leeg. Een voorbeeld met uitleg maakt u met: puntlanding new MAP",
        "The agreement is empty. Make an example with explanation with: puntlanding new DIR",
    ),
    "not_an_agreement": (
        "Dit is geen leesbare afspraak ({size} bytes). Verwacht wordt een tekstbestand (TOML); een voorbeeld maakt u met: puntlanding new MAP",
        "This is not a readable agreement ({size} bytes). A text file (TOML) is expected; make an example with: puntlanding new DIR",
    ),
    "agreement_encoding": (
        "De afspraak is geen UTF-8 (gevonden: {found}). Bewaar het bestand in uw teksteditor opnieuw met codering ‘UTF-8’.",
        "The agreement is not UTF-8 (found: {found}). Save the file again in your text editor with encoding ‘UTF-8’.",
    ),
    "toml_syntax": (
        "Deze regel is niet te lezen. Schrijf sleutel = waarde, tekst tussen \"aanhalingstekens\" en getallen met een punt.",
        "This line cannot be read. Write key = value, text in \"quotes\" and numbers with a point.",
    ),
    "section_unknown": (
        "Dit onderdeel kent de afspraak niet.{close} Bekend zijn: {allowed}.",
        "The agreement has no such section.{close} Known are: {allowed}.",
    ),
    "section_missing": (
        "Het onderdeel [{section}] ontbreekt en is altijd nodig.",
        "The section [{section}] is missing and is always needed.",
    ),
    "section_brackets": (
        "Dit is een onderdeel, geen waarde. Schrijf het op een eigen regel als [{section}], met de sleutels eronder.",
        "This is a section, not a value. Write it on a line of its own as [{section}], with its keys below.",
    ),
    "contract_brackets": (
        "Begin elk contract met een eigen regel [[contract]], met dubbele haken.",
        "Begin each contract with a line [[contract]], with double brackets.",
    ),
    "role_twice": (
        "Deze functie heeft al een gewicht, als {other}; hoofdletters maken geen verschil. Verwijder een van de twee.",
        "This role has a weight already, as {other}; capitals make no difference. Remove one of the two.",
    ),
    "contract_twice": (
        "Er is al een contract met deze naam. Geef elk contract een eigen naam.",
        "There is a contract with this name already. Give each contract its own name.",
    ),
    "key_unknown": (
        "Deze sleutel kent de afspraak hier niet.{close} Bekend zijn: {allowed}.",
        "The agreement has no such key here.{close} Known are: {allowed}.",
    ),
    "key_other_type": (
        "Deze sleutel hoort bij een contract van soort {owners}; dit contract heeft soort {kind}. Verwijder de regel of wijzig de soort.",
        "This key belongs to a contract of soort {owners}; this contract has soort {kind}. Remove the line or change the soort.",
    ),
    "key_missing": (
        "De sleutel {key} ontbreekt in [{section}]. Voeg toe, bijvoorbeeld: {example}",
        "The key {key} is missing in [{section}]. Add, for instance: {example}",
    ),
    "value_text": (
        "Hier hoort een tekst tussen aanhalingstekens, bijvoorbeeld: {example}",
        "A text in quotes belongs here, for instance: {example}",
    ),
    "value_number": (
        "Hier hoort een getal zonder aanhalingstekens, met een punt als decimaalteken, bijvoorbeeld {example}.",
        "A number without quotes and with a decimal point belongs here, for instance {example}.",
    ),
    "value_year": (
        "Hier hoort een jaar, bijvoorbeeld 2026.",
        "A year belongs here, for instance 2026.",
    ),
    "value_range": (
        "Deze waarde ligt buiten het bereik ({lowest} tot en met {highest}).",
        "This value is out of range ({lowest} to {highest}).",
    ),
    "value_pair": (
        "Hier horen twee getallen: de onder- en de bovengrens, bijvoorbeeld {example}.",
        "Two numbers belong here: the lower and the upper bound, for instance {example}.",
    ),
    "pair_order": (
        "De ondergrens is hoger dan de bovengrens. Schrijf eerst de laagste, bijvoorbeeld {example}.",
        "The lower bound is above the upper bound. Write the lowest first, for instance {example}.",
    ),
    "euros_decimals": (
        "Een bedrag in euro's heeft ten hoogste twee decimalen. Rond het af op hele centen.",
        "An amount in euros has two decimals at the most. Round it to whole cents.",
    ),
    "weights_sum": (
        "De gewichten output, efficiency en passende_zorg moeten samen 1 zijn; ze zijn samen {sum}. Pas er een aan.",
        "The weights output, efficiency and passende_zorg must add up to 1; they add up to {sum}. Change one of them.",
    ),
    "component_weights_zero": (
        "De gewichten van de onderdelen zijn samen 0. Geef ten minste één onderdeel een gewicht.",
        "The weights of the components add up to 0. Give at least one component a weight.",
    ),
    "redistribution_idle": (
        "Herverdelen heeft geen effect: geen contract heeft soort \"plafond\".",
        "Redistribution has no effect: no contract has soort \"plafond\".",
    ),
    "maximum_idle": (
        "Dit maximum heeft geen effect zonder herverdeling = \"naar_rato\".",
        "This maximum has no effect without herverdeling = \"naar_rato\".",
    ),
    # what a stage needs
    "needs_table": (
        "Om {stage} te kunnen berekenen is {table} nodig, met ten minste één rij.",
        "To compute {stage}, {table} is needed, with at least one row.",
    ),
    "needs_contract": (
        "Om te kunnen afrekenen is ten minste één [[contract]] nodig in de afspraak.",
        "To settle, the agreement needs at least one [[contract]].",
    ),
    "needs_frame": (
        "Om euro's te kunnen verdelen is [kader] met een bedrag nodig in de afspraak.",
        "To distribute euros, the agreement needs [kader] with an amount.",
    ),
    "nobody_to_follow": (
        "In contract ‘{contract}’ volgen ondersteuners de poort, maar de poortvakgroepen hebben er geen begroting. Kies \"gelijk\" of \"realisatie\", of begroot ze.",
        "In contract ‘{contract}’ supporters follow the gatekeepers, but these have no budget in it. Choose \"gelijk\" or \"realisatie\", or budget them.",
    ),
    "no_care_fte": (
        "De vaste component wordt verdeeld op zorgverlening-fte, maar alle dagdelen in categorie 1a en 1b zijn samen 0.",
        "The fixed component is divided on care fte, but all half-days in categories 1a and 1b add up to 0.",
    ),
    "nothing_paid": (
        "Er is geen norm fte betaald, dus er is geen sleutel om het kader op te verdelen. Controleer de realisatie.",
        "No norm fte was paid, so there is no key to divide the frame on. Check the realisation.",
    ),
    "output_exists": (
        "Hier staat al iets; er is niets overschreven. Kies een andere naam.",
        "Something is there already; nothing was overwritten. Choose another name.",
    ),
    "output_is_case": (
        "Dit bestand hoort bij de case zelf; er is niets overschreven. Kies een andere naam voor de uitkomst.",
        "This file is part of the case itself; nothing was overwritten. Choose another name for the result.",
    ),
    "output_failed": (
        "Hier kan niet worden geschreven ({reason}). Kies een andere plaats, of sluit het bestand als het open staat.",
        "This cannot be written ({reason}). Choose another place, or close the file if it is open.",
    ),
    "explain_unknown": (
        "Deze vakgroep is niet bekend.{close} Kies uit: {allowed}.",
        "This group is not known.{close} Choose from: {allowed}.",
    ),
}  # fmt: skip

CLOSE = (" Bedoelde u ‘{0}’?", " Did you mean ‘{0}’?")

# Details that are words of a fixed list themselves.
WORDS: dict[str, tuple[str, str]] = {
    "budget": ("de begroting", "the budget"),
    "monitor": ("de prognose ten opzichte van de begroting", "forecast against budget"),
    "settle": ("de afrekening", "the settlement"),
    "distribute": ("de verdeling in euro's", "the distribution in euros"),
    "realisation": ("de realisatie", "the realisation"),
    # why the system refused
    "EACCES": ("geen toegang", "no access"),
    "EPERM": ("geen toegang", "no access"),
    "EROFS": ("deze schijf is alleen te lezen", "this disk is read-only"),
    "ENOSPC": ("de schijf is vol", "the disk is full"),
    "EDQUOT": ("uw schijfruimte is op", "your disk quota is used up"),
    "ENOENT": ("deze map of dit bestand bestaat niet", "there is no such folder or file"),
    "ENOTDIR": ("een deel van het pad is een bestand, geen map", "part of the path is a file, not a folder"),
    "EEXIST": ("er staat al een bestand met deze naam", "there is a file of this name already"),
    "EISDIR": ("dit is een map, geen bestand", "this is a folder, not a file"),
    "ENAMETOOLONG": ("de naam is te lang", "the name is too long"),
    "EIO": ("de schijf geeft een leesfout", "the disk reports an error"),
}
