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
}
