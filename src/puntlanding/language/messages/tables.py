"""What is wrong in cells, rows and groups."""

from __future__ import annotations

TABLES: dict[str, tuple[str, str]] = {
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
}  # fmt: skip
