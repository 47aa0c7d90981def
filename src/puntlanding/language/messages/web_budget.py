"""What is wrong with a budget that is changed, delivered or taken over in the web application."""

from __future__ import annotations

WEB_BUDGET: dict[str, tuple[str, str]] = {
    "edit_number": (
        "Dit is geen aantal. Schrijf het met cijfers en zo nodig een komma, zoals 1250 of 1.250,5. Nul of meer.",
        "This is no volume. Write it in digits and, where needed, a point, such as 1250 or 1,250.5. Zero or more.",
    ),
    "edit_code_unknown": (
        "Voor {value} is er in {year} geen normtijd van specialisme {specialism}.{close} Controleer de code, of voeg haar met haar"
        " normtijd toe aan normtijden.",
        "There is no norm time of specialism {specialism} for {value} in {year}.{close} Check the code, or add it with its norm time"
        " to normtijden.",
    ),
    "edit_code_both": (
        "{value} is zowel een zorgproduct als een zorgactiviteit. Zet deze regel in de werkmap, met de soort erbij.",
        "{value} is both a care product and an activity. Put this row in the workbook, with its kind.",
    ),
    "edit_code_there": (
        "{value} staat al in deze begroting. Wijzig het aantal in de tabel.",
        "{value} is in this budget already. Change its volume in the table.",
    ),
    "edit_code_missing": (
        "Hier staat een aantal zonder code. Vul de code van het product in, of maak het aantal leeg.",
        "There is a volume without a code here. Fill in the code of the product, or empty the volume.",
    ),
    "edit_volume_missing": (
        "Bij {value} staat nog geen aantal. Vul in hoeveel er per contract worden verwacht.",
        "{value} has no volume yet. Fill in how many are expected in each contract.",
    ),
    "edit_group_unknown": (
        "Deze vakgroep is er niet (meer). Begin opnieuw vanaf de begroting.",
        "There is no such group (any more). Start again from the budget.",
    ),
    "edit_stale": (
        "U heeft dit concept intussen in een ander venster gewijzigd. Wat u hier typte staat er nog; bewaar opnieuw als dat moet gelden.",
        "You have changed this draft in another window meanwhile. What you typed is still here; save again if that must count.",
    ),
    "revise_not_refused": (
        "Alleen wat is geweigerd, kan zo weer een concept worden. Kies op Akkoord een geweigerde versie.",
        "Only what was refused can become a draft again this way. Choose a refused version on Approval.",
    ),
    "draft_gone": (
        "Er is geen concept (meer). Begin opnieuw vanaf de begroting.",
        "There is no draft (any more). Start again from the budget.",
    ),
    "draft_other": (
        "Dit is niet meer het concept dat u voor u had. Lees de verschillen opnieuw en bevestig dan.",
        "This is no longer the draft that you had before you. Read the differences again and then confirm.",
    ),
    "draft_behind": (
        "{who} heeft intussen {version} gemaakt. Bouw daarop verder: de verschillen met die versie staan hieronder.",
        "{who} has made {version} meanwhile. Build on that: the differences with that version are below.",
    ),
    "draft_same": (
        "Dit concept zegt precies hetzelfde als de versie waarvan het uitging. Wijzig iets, of gooi het weg.",
        "This draft says exactly the same as the version it started from. Change something, or throw it away.",
    ),
    "budget_no_files": (
        "Er is nog geen versie om van uit te gaan. Lever eerst de bestanden van het jaar aan.",
        "There is no version yet to start from. Deliver the files of the year first.",
    ),
    "workbook_one": (
        "Kies precies één werkmap (.xlsx).",
        "Choose exactly one workbook (.xlsx).",
    ),
    "workbook_without_tables": (
        "In deze werkmap staat geen enkel blad van de case. De bladen heten {sheets}: download de werkmap opnieuw en vul die in.",
        "This workbook has none of the sheets of the case. The sheets are called {sheets}: download the workbook again and fill it in.",
    ),
    "workbook_agreement": (
        "Op het blad afspraak is iets veranderd: {said} Zet het terug, of wijzig de afspraak op haar eigen pagina.",
        "Something was changed on the sheet afspraak: {said} Put it back, or change the agreement on its own page.",
    ),
    "deliver_kind": (
        "Kies waarvoor deze bestanden zijn: begroting, afspraak, bijstelling of afrekening.",
        "Choose what these files are for: budget, agreement, adjustment or settlement.",
    ),
    "year_exists": (
        "Het jaar {value} is er al, met versies. Kies een ander jaar, of werk in dat jaar verder.",
        "The year {value} is there already, with versions. Choose another year, or go on in that year.",
    ),
    "records_none": (
        "Bij dit jaar is geen registratie gekozen. Dat gebeurt vanzelf zodra het ziekenhuis die bij Gegevens aanlevert en laadt; staat zij al op de server, dan koppelt de beheerder haar.",
        "No records were chosen for this year. That happens by itself as soon as the hospital delivers and loads them at Data; where they are on the server already, the administrator links them.",
    ),
    "records_nothing": (
        "In de registratie staat nog niet genoeg om dit te maken. Hieronder of bij Gegevens leest u wat ontbreekt.",
        "The records do not have enough yet to make this. Below or at Data you read what is missing.",
    ),
}
