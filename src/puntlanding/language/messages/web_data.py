"""What is wrong with files that somebody sends, and with deliveries of records."""

from __future__ import annotations

WEB_DATA: dict[str, tuple[str, str]] = {
    "upload_none": (
        "Er is geen bestand gekozen. Kies een of meer bestanden en verstuur ze opnieuw.",
        "No file was chosen. Choose one or more files and send them again.",
    ),
    "upload_name": (
        "Deze bestandsnaam is niet te gebruiken. Gebruik gewone letters, cijfers, streepjes, punten en spaties, ten hoogste 100 tekens, en begin met een letter of cijfer.",
        "This file name cannot be used. Use plain letters, digits, dashes, dots and blanks, at most 100 characters, and begin with a letter or a digit.",
    ),
    "upload_twice": (
        "Dit bestand heet als {other}. Geef elk bestand een eigen naam.",
        "This file has the name of {other}. Give each file a name of its own.",
    ),
    "upload_kind": (
        "Dit soort bestand hoort hier niet. Het kan een van deze zijn: {known}.",
        "This kind of file does not belong here. It can be one of these: {known}.",
    ),
    "upload_content": (
        "De naam zegt {wanted}, maar de inhoud is {found}. Bewaar het bestand opnieuw in het goede soort.",
        "The name says {wanted}, but the content is {found}. Save the file again as the right kind.",
    ),
    "upload_empty": (
        "Dit bestand is leeg. Maak de export opnieuw.",
        "This file is empty. Make the export again.",
    ),
    "upload_too_large": (
        "Dit bestand is groter dan {megabytes} MB. Lever een deel tegelijk aan, of vraag de beheerder om meer ruimte.",
        "This file is larger than {megabytes} MB. Deliver a part at a time, or ask the administrator for more room.",
    ),
    "upload_together": (
        "Deze bestanden zijn samen groter dan {megabytes} MB. Lever ze als Parquet of zip aan, of vraag de beheerder om meer ruimte.",
        "These files are larger than {megabytes} MB together. Deliver them as Parquet or zip, or ask the administrator for more room.",
    ),
    "upload_rows": (
        "Deze bestanden hebben samen meer dan {most} regels. Een case heeft tabellen per vakgroep en product, geen registratie: die levert u aan op de pagina Gegevens.",
        "These files have more than {most} rows together. A case has tables per group and product, not records: you deliver these on the page Data.",
    ),
    "upload_too_many": (
        "Dit zijn meer dan {most} bestanden. Lever alleen de bestanden van deze export aan.",
        "These are more than {most} files. Deliver the files of this export only.",
    ),
    "upload_bomb": (
        "Dit bestand wordt uitgepakt groter dan {megabytes} MB, heeft meer dan {entries} delen, of is onredelijk dicht ingepakt. Bewaar het opnieuw uit het programma waar het vandaan komt.",
        "Unpacked this file becomes larger than {megabytes} MB, has more than {entries} parts, or is packed unreasonably tight. Save it again from the program it came from.",
    ),
    "upload_broken": (
        "Dit bestand is beschadigd: het is niet uit te pakken zoals het zelf zegt. Maak het opnieuw en verstuur het nog eens.",
        "This file is damaged: it cannot be unpacked the way it says itself. Make it again and send it once more.",
    ),
    "upload_locked": (
        "Dit bestand is met een wachtwoord ingepakt. Pak het uit en lever het zonder wachtwoord aan; het wordt hier versleuteld bewaard.",
        "This file is packed with a password. Unpack it and deliver it without one; it is kept encrypted here.",
    ),
    "upload_link": (
        "Dit zip-bestand verwijst naar bestanden buiten zichzelf. Pak de bestanden zelf in.",
        "This zip file points to files outside itself. Pack the files themselves.",
    ),
    "upload_packing": (
        "Dit bestand is op een manier ingepakt die hier niet wordt gelezen. Pak het in als gewoon zip-bestand.",
        "This file is packed in a way that is not read here. Pack it as a plain zip file.",
    ),
    "upload_entities": (
        "In dit bestand staat XML die tijdens het lezen kan groeien. Bewaar de werkmap opnieuw uit Excel of LibreOffice.",
        "In this file is XML that can grow while it is read. Save the workbook again from Excel or LibreOffice.",
    ),
    "upload_inside": (
        "Dit bestand in het zip-bestand heeft een naam of map die niet kan. Pak de bestanden zonder mappen in, met gewone namen.",
        "This file in the zip file has a name or folder that cannot be. Pack the files without folders, under plain names.",
    ),
    "upload_inside_kind": (
        "Dit bestand in het zip-bestand hoort hier niet. Het kan een van deze zijn: {known}.",
        "This file in the zip file does not belong here. It can be one of these: {known}.",
    ),
    "upload_failed": (
        "Dit bestand kon niet worden bewaard: {reason}. Er is niets van achtergebleven. Probeer het later opnieuw, of waarschuw de beheerder.",
        "This file could not be kept: {reason}. Nothing of it was left. Try again later, or warn the administrator.",
    ),
    "delivery_no_memory": (
        "Deze machine heeft geen geheugenschijf, en records van patiënten komen hier niet leesbaar op een gewone schijf. Vraag de beheerder om /dev/shm, of laad de levering op de machine van het ziekenhuis met ‘puntlanding intake load’.",
        "This machine has no memory disk, and records of patients are not put on an ordinary disk in the clear here. Ask the administrator for /dev/shm, or load the delivery on the hospital's machine with ‘puntlanding intake load’.",
    ),
    "delivery_memory_full": (
        "De geheugenschijf heeft te weinig ruimte: er is {megabytes} MB nodig. Lever een kortere periode aan, of vraag de beheerder om meer.",
        "The memory disk has too little room: {megabytes} MB is needed. Deliver a shorter period, or ask the administrator for more.",
    ),
    "delivery_not_read": (
        "De levering kon niet worden geopend: {reason}. Probeer het opnieuw, of waarschuw de beheerder.",
        "The delivery could not be opened: {reason}. Try again, or warn the administrator.",
    ),
    "delivery_no_key": (
        "In de opslag staan records van dit ziekenhuis, maar de sleutel van hun pseudoniemen staat niet bij de toepassing. Laat de beheerder die sleutel in de map sleutels zetten, of laad met ‘puntlanding intake load’.",
        "The store has records of this hospital, but the key of their pseudonyms is not with the application. Have the administrator put that key into the folder sleutels, or load with ‘puntlanding intake load’.",
    ),
    "delivery_gone": (
        "De bestanden van deze levering zijn er niet meer. Lever ze opnieuw aan.",
        "The files of this delivery are no longer there. Deliver them again.",
    ),
    "delivery_over": (
        "Deze levering is al geladen, geweigerd of ingetrokken. Laad de pagina opnieuw om te zien wat ervan werd.",
        "This delivery was loaded, refused or withdrawn already. Load the page again to see what became of it.",
    ),
    "delivery_other_report": (
        "Het verslag van de controles is niet dat wat u voor u had, of is nog niet klaar. Laad de pagina opnieuw, lees het en bevestig dan.",
        "The report of the checks is not the one you had before you, or is not done yet. Load the page again, read it and then confirm.",
    ),
    "delivery_day": (
        "De stand kan niet van deze dag zijn: kies de dag waarop de export is gemaakt, van 2005 tot en met vandaag.",
        "The records cannot be as of this day: choose the day on which the export was made, from 2005 until today.",
    ),
    "delivery_no_day": (
        "Vul in op welke dag de export is gemaakt, als 2026-03-31 of 31-03-2026.",
        "Fill in on which day the export was made, as 2026-03-31.",
    ),
    "delivery_form": (
        "Dit soort export bestaat niet. Kies er een uit de lijst, of laat het herkennen.",
        "There is no such kind of export. Choose one from the list, or have it recognised.",
    ),
    "data_no_source": (
        "Er staan van dit jaar nog geen records in de opslag. Lever eerst een export aan en laad die.",
        "The store has no records of this year yet. Deliver an export first and load it.",
    ),
    "data_no_version": (
        "Er is van dit jaar nog geen versie van de bestanden. Maak eerst een begroting: daar staan vakgroepen en normtijden in.",
        "There is no version of the files of this year yet. Make a budget first: it has the groups and the norm times.",
    ),
    "delivery_form_unknown": (
        "Het programma herkent aan de bestanden niet wat voor export dit is. Kies bij het aanleveren zelf het soort export: {known}.",
        "The program does not recognise from the files what kind of export this is. Choose the kind of export yourself when you deliver: {known}.",
    ),
    "delivery_many_open": (
        "Er wachten al {most} leveringen op een besluit. Laad er een, of trek er een in; dan kunt u deze aanleveren.",
        "{most} deliveries wait for a decision already. Load one, or withdraw one; then you can deliver this.",
    ),
}
