"""What is wrong when somebody runs the web application: backups, restoring, tables of another release, the demonstration."""

from __future__ import annotations

WEB_OPERATIONS: dict[str, tuple[str, str]] = {
    "backup_exists": (
        "Hier staat al iets. Kies een andere naam: een reservekopie wordt nooit overschreven.",
        "Something stands here already. Choose another name: a backup is never overwritten.",
    ),
    "backup_missing": (
        "Hier staat geen bestand. Noem een reservekopie die puntlanding-web backup heeft gemaakt.",
        "There is no file here. Name a backup that puntlanding-web backup made.",
    ),
    "backup_not_whole": (
        "Dit is geen hele reservekopie: er ontbreekt iets, of het is niet meer wat er geschreven is. Neem een eerdere.",
        "This is no whole backup: something is missing, or is no longer what was written. Take an earlier one.",
    ),
    "backup_unreadable": (
        "Deze reservekopie is niet te lezen: {reason}. Controleer de schijf en de rechten op het bestand.",
        "This backup cannot be read: {reason}. Check the disk and the rights on the file.",
    ),
    "backup_newer": (
        "Deze reservekopie is gemaakt met een nieuwere versie van het programma ({program}). Installeer die, en zet haar dan terug.",
        "This backup was made with a newer version of the program ({program}). Install that, and then put it back.",
    ),
    "restore_taken": (
        "In deze database staat al iets. Neem een lege database en gegevensmap, of bewaar wat er staat apart met --replace.",
        "There is something in this database already. Take an empty database and data folder, or keep what is there aside with --replace.",
    ),
    "restore_log": (
        "Het logboek in deze reservekopie is niet zoals het geschreven is. Neem een eerdere reservekopie, en zoek uit wie erbij kon.",
        "The log in this backup is not as it was written. Take an earlier backup, and find out who could reach it.",
    ),
    "restore_in_use": (
        "De toepassing gebruikt deze database nog. Stop de server en de worker, en begin opnieuw.",
        "The application still uses this database. Stop the server and the worker, and begin again.",
    ),
    "demo_store_which": (
        "Bij --store hoort welk ziekenhuis en welk jaar: --hospital ziekenhuis-01 --year 2025.",
        "With --store goes which hospital and which year: --hospital ziekenhuis-01 --year 2025.",
    ),
    "web_newer_tables": (
        "De tabellen in de database zijn van een nieuwere versie van het programma. Installeer die versie, of zet de reservekopie van"
        " voor de vernieuwing terug.",
        "The tables in the database are of a newer version of the program. Install that version, or put the backup from before the"
        " upgrade back.",
    ),
}
