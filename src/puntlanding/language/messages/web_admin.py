"""What is wrong with something that was asked of the pages on people, tokens, statements and verification."""

from __future__ import annotations

WEB_ADMIN: dict[str, tuple[str, str]] = {
    "stage_not_shown": (
        "Dit deel is van het gremium en staat niet in wat u leest. Vraag het gremium om wat u daarvan nodig heeft.",
        "This part is the collective's and is not in what you read. Ask the collective for what you need of it.",
    ),
    "own_account": (
        "Uw eigen rol, account en tweede factor verandert een andere beheerder. Vraag die, of degene die de server beheert.",
        "Your own role, account and second factor are changed by another administrator. Ask one, or who runs the server.",
    ),
    "account_elsewhere": (
        "Dit account hoort ook bij een ander gremium, waar u geen beheerder bent. Neem hier de rol terug, of vraag wie de server beheert.",
        "This account also belongs to another collective, where you are no administrator. Take back the role here, or ask who runs the server.",
    ),
    "account_closed_already": (
        "Dit account is gesloten. Heropen het eerst.",
        "This account is closed. Reopen it first.",
    ),
    "account_open_already": (
        "Dit account is al open. U hoeft niets te doen.",
        "This account is open already. There is nothing for you to do.",
    ),
    "account_role_already": (
        "{value} heeft hier al een rol. Verander die in de lijst.",
        "{value} has a role here already. Change it in the list.",
    ),
    "account_name": (
        "Een naam heeft 1 tot en met 100 tekens. Vul de naam in zoals die in het logboek mag staan.",
        "A name has 1 to 100 characters. Fill in the name as it may stand in the log.",
    ),
    "no_second_factor": (
        "Dit account heeft geen tweede factor. U hoeft niets te doen.",
        "This account has no second factor. There is nothing for you to do.",
    ),
    "role_group_unknown": (
        "Deze vakgroep staat niet in de nieuwste versie.{close} Kies een vakgroep uit de lijst.",
        "This group is not in the newest version.{close} Choose a group from the list.",
    ),
    "token_not_there": (
        "Deze sleutel is er niet (meer). Laad de pagina opnieuw: daar staat welke nu gelden.",
        "This token is not there (any more). Load the page again: it says which hold now.",
    ),
    "log_period": (
        "‘{value}’ is geen datum. Schrijf die als 2026-05-31.",
        "‘{value}’ is no date. Write it as 2026-05-31.",
    ),
    "verify_no_file": (
        "Er is geen bestand gekozen. Kies een verklaring (PDF), een uitkomst (JSON) of een zegel (TOML).",
        "No file was chosen. Choose a statement (PDF), a result (JSON) or a seal (TOML).",
    ),
    "verify_too_large": (
        "Dit bestand is groter dan {megabytes} MB; zo groot is geen verklaring, uitkomst of zegel. Kies het goede bestand.",
        "This file is larger than {megabytes} MB; no statement, result or seal is that large. Choose the right file.",
    ),
    "verify_kind": (
        "Dit is geen PDF, JSON of TOML. Kies een verklaring (PDF), een uitkomst (JSON) of een zegel (TOML) van puntlanding.",
        "This is no PDF, JSON or TOML. Choose a statement (PDF), a result (JSON) or a seal (TOML) of puntlanding.",
    ),
}
