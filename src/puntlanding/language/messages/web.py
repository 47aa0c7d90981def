"""What is wrong with something that was asked of the web application."""

from __future__ import annotations

WEB: dict[str, tuple[str, str]] = {
    "snapshot_name": (
        "Deze bestandsnaam kan niet in een case. Gebruik letters, cijfers, streepjes en spaties, en een van {suffixes}.",
        "This file name has no place in a case. Use letters, digits, dashes and blanks, and one of {suffixes}.",
    ),
    "snapshot_empty": (
        "Er is geen bestand aangeleverd. Kies de bestanden van de case: afspraak.toml en de tabellen.",
        "No file was delivered. Choose the files of the case: afspraak.toml and its tables.",
    ),
    "snapshot_too_large": (
        "Dit is te veel: een case heeft hooguit {files} bestanden van samen {megabytes} MB. Lever alleen de bestanden van dit jaar aan.",
        "This is too much: a case has at most {files} files of {megabytes} MB together. Deliver the files of this year only.",
    ),
    "desk_other_year": (
        "Deze afspraak is van {value}, en u werkt in {asked}. Open het andere jaar, of zet het goede jaar in de afspraak.",
        "This agreement is of {value}, and you are working in {asked}. Open the other year, or put the right year in the agreement.",
    ),
    "version_not_draft": (
        "Deze versie is al voorgelegd of afgedaan. Maak een nieuwe versie en leg die voor.",
        "This version has been proposed or dealt with already. Make a new version and propose that.",
    ),
    "version_not_proposed": (
        "Deze versie ligt niet (meer) voor akkoord voor; er is niets vastgelegd. Op Akkoord staat welke versie nu telt.",
        "This version is not up for approval (any more); nothing was recorded. On Approval it says which version counts now.",
    ),
    "version_other_content": (
        "Wat u voor u had, is niet de inhoud van deze versie. Laad de pagina opnieuw, lees haar en beslis dan.",
        "What you had before you is not the content of this version. Load the page again, read it and then decide.",
    ),
    "version_damaged": (
        "De bewaarde bestanden van deze versie zijn veranderd of weg. Waarschuw de beheerder: die zet ze terug uit de reservekopie.",
        "The kept files of this version were changed or are gone. Warn the administrator, who puts them back from the backup.",
    ),
    "approved_already": (
        "{who} heeft namens uw partij al akkoord gegeven. U hoeft niets te doen.",
        "{who} has approved on behalf of your party already. There is nothing for you to do.",
    ),
    "approved_own_work": (
        "U heeft deze versie zelf gemaakt of voorgelegd, toen u een andere rol had. Laat een andere bestuurder akkoord geven.",
        "You made or proposed this version yourself, when you had another role. Let another board member approve it.",
    ),
    "approved_for_other": (
        "U heeft namens de andere partij al akkoord gegeven, en niemand spreekt voor beide. Laat een andere bestuurder akkoord geven.",
        "You have approved on behalf of the other party already, and nobody speaks for both. Let another board member approve it.",
    ),
    "refusal_without_reason": (
        "Zeg waarom u niet akkoord gaat. De ander leest het en kan een betere versie maken.",
        "Say why you do not agree. The other party reads it and can make a better version.",
    ),
    "not_yours": (
        "Dit hoort niet bij uw rol of bij uw gremium. Vraag de beheerder om een andere rol als u dit voor uw werk nodig heeft.",
        "This does not belong to your role or to your collective. Ask the administrator for another role if you need it for your work.",
    ),
    "account_email": (
        "Dit is geen e-mailadres. Schrijf het als naam@instelling.nl.",
        "This is no e-mail address. Write it as name@institution.nl.",
    ),
    "account_exists": (
        "Er is al een account met dit adres. Geef dat een rol, of kies een ander adres.",
        "There is an account with this address already. Give that a role, or choose another address.",
    ),
    "account_unknown": (
        "Er is geen account met dit adres.{close} Maak het eerst.",
        "There is no account with this address.{close} Make it first.",
    ),
    "account_password": (
        "Dit wachtwoord is te makkelijk te raden. Neem er een van ten minste twaalf tekens dat geen gewoon woord, getal of uw naam is.",
        "This password is too easy to guess. Take one of at least twelve characters that is no common word, number or your name.",
    ),
    "role_unknown": (
        "Deze rol bestaat niet.{close} De rollen zijn: {allowed}.",
        "There is no such role.{close} The roles are: {allowed}.",
    ),
    "role_without_group": (
        "Wie de rol {role} heeft, ziet één vakgroep. Noem die vakgroep erbij.",
        "Whoever has the role {role} sees one group. Name that group with it.",
    ),
    "role_with_group": (
        "De rol {role} hoort niet bij één vakgroep. Laat de vakgroep weg.",
        "The role {role} does not belong to one group. Leave the group out.",
    ),
    "collective_exists": (
        "Dit gremium is er al. Kies het, of geef het nieuwe een andere naam.",
        "This collective is there already. Choose it, or give the new one another name.",
    ),
    "collective_unknown": (
        "Dit gremium is er niet.{close} Maak het eerst.",
        "There is no such collective.{close} Make it first.",
    ),
    "kind_unknown": (
        "Deze soort versie bestaat niet.{close} Kies uit: {allowed}.",
        "There is no such kind of version.{close} Choose from: {allowed}.",
    ),
    "case_not_delivered": (
        "Een case die u aanlevert, is een map met bestanden. Zet de werkmap in een eigen map en geef die map.",
        "A case that you deliver is a folder of files. Put the workbook in a folder of its own and give that folder.",
    ),
    "member_unknown": (
        "Dit account heeft geen rol bij dit gremium. Geef het er een met puntlanding-web account role, of noem iemand anders.",
        "This account has no role at this collective. Give it one with puntlanding-web account role, or name somebody else.",
    ),
    "year_impossible": (
        "Dit is geen jaar waarin begroot wordt. Kies een jaar van {first} tot en met {last}.",
        "This is no year for a budget. Choose a year from {first} to {last}.",
    ),
    "year_not_open": (
        "Van dit gremium is {value} nog geen jaar (wel: {years}). Lever er eerst een begroting van aan, of kies een ander jaar.",
        "This collective has no year {value} yet (it has: {years}). Deliver a budget of it first, or choose another year.",
    ),
    "web_database": (
        "De database is niet te bereiken. Controleer DATABASE_URL en of de databaseserver draait; probeer het dan opnieuw.",
        "The database cannot be reached. Check DATABASE_URL and whether the database server runs; then try again.",
    ),
    "web_not_migrated": (
        "De tabellen in de database zijn niet van deze versie van het programma. Voer eerst puntlanding-web migrate uit.",
        "The tables in the database are not of this version of the program. Run puntlanding-web migrate first.",
    ),
    "api_no_token": (
        "Stuur een geldige toegangssleutel mee: Authorization: Bearer SLEUTEL. Deze ontbreekt, is onbekend, verlopen of ingetrokken;"
        " maak een nieuwe op de pagina Sleutels voor programma’s.",
        "Send a valid access token: Authorization: Bearer TOKEN. It is missing, unknown, expired or withdrawn; make a new one on"
        " the page Tokens for programs.",
    ),
    "api_too_many": (
        "Met deze toegangssleutel is meer dan {most} keer per minuut gevraagd. Wacht {seconds} seconden en vraag minder vaak.",
        "This access token was used more than {most} times a minute. Wait {seconds} seconds and ask less often.",
    ),
    "api_method": (
        "Hier kan alleen worden gelezen. Vraag met GET.",
        "This can only be read. Ask with GET.",
    ),
    "api_year": (
        "Het jaar is een getal van 2000 tot en met 2100. Vraag /api/v1/jaren welke jaren er zijn.",
        "The year is a number from 2000 to 2100. Ask /api/v1/jaren which years there are.",
    ),
    "api_nothing_yet": (
        "Hiervoor is er nog geen versie. Lever de bestanden aan, of vraag de versies op om te zien wat er wel is.",
        "There is no version for this yet. Deliver the files, or ask for the versions to see what there is.",
    ),
    "api_not_yet": (
        "Dit is nog niet te berekenen. Vul aan wat ontbreekt; wie alle vakgroepen mag zien, leest hier wat dat is.",
        "This cannot be computed yet. Add what is missing; who may see all groups reads here what that is.",
    ),
    "token_name": (
        "Een toegangssleutel krijgt een naam van 1 tot en met 100 tekens, zoals “Power BI financiën”. Kies zo'n naam.",
        "An access token has a name of 1 to 100 characters, such as “Power BI finance”. Choose such a name.",
    ),
    "token_exists": (
        "Er is al een toegangssleutel met deze naam. Trek die eerst in, of kies een andere naam.",
        "There is an access token of this name already. Withdraw that first, or choose another name.",
    ),
    "token_unknown": (
        "Er is geen toegangssleutel met deze naam.{close} Vraag de namen op met puntlanding-web token list.",
        "There is no access token of this name.{close} Ask for the names with puntlanding-web token list.",
    ),
    "token_days": (
        "Een toegangssleutel geldt 1 tot en met {most} dagen. Kies een getal daartussen.",
        "An access token holds for 1 to {most} days. Choose a number in between.",
    ),
    "token_scope_unknown": (
        "Zo'n bereik bestaat niet.{close} Kies uit: {allowed}.",
        "There is no such scope.{close} Choose from: {allowed}.",
    ),
    "token_scope_not_role": (
        "De rol {role} mag dit niet lezen, en een toegangssleutel mag nooit meer dan de rol. Laat dit weg, of neem iemand met een andere rol.",
        "The role {role} may not read this, and an access token never may more than the role. Leave it out, or take somebody of another role.",
    ),
    "demo_taken": (
        "In deze gegevensmap staat al een gremium. Zet het voorbeeld in een eigen, lege map met PUNTLANDING_DATA.",
        "There is a collective in this data folder already. Put the example in an empty folder of its own with PUNTLANDING_DATA.",
    ),
}
