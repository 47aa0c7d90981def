"""What is wrong with versions of an agreement, its seal, and results that are verified."""

from __future__ import annotations

DOCUMENT: dict[str, tuple[str, str]] = {
    "value_date": (
        "Hier hoort een datum zonder aanhalingstekens, bijvoorbeeld: {example}",
        "A date without quotes belongs here, for instance: {example}",
    ),
    "effective_other_year": (
        "De ingangsdatum valt niet in het jaar van de afspraak ({year}). Kies een dag in {year}, of laat de sleutel weg: dan geldt zij vanaf 1 januari.",
        "The effective date is not in the agreement's year ({year}). Choose a day in {year}, or leave the key out: then it holds from 1 January.",
    ),
    "version_name": (
        "Een latere versie heet afspraak_vanaf_JJJJ-MM-DD.toml, met haar ingangsdatum in de naam. Geef dit bestand zo'n naam, of zet het buiten de map.",
        "A later version is called afspraak_vanaf_YYYY-MM-DD.toml, with its effective date in the name. Give this file such a name, or move it out of the folder.",
    ),
    "version_date": (
        "De naam van het bestand zegt {named} en de afspraak gaat in op {found}. Maak ze gelijk: ingangsdatum = {named} onder [afspraak], of een andere naam.",
        "The file's name says {named} and the agreement holds from {found}. Make them equal: ingangsdatum = {named} in [afspraak], or another name.",
    ),
    "version_other_year": (
        "Deze versie is van {found} en afspraak.toml van {year}. Zet in één map alleen versies van hetzelfde jaar.",
        "This version is of {found} and afspraak.toml of {year}. Keep only versions of the same year in one folder.",
    ),
    "version_same_day": (
        "Deze versie gaat op dezelfde dag in als {other} ({day}); zo is niet te zeggen welke geldt. Geef de nieuwste een latere ingangsdatum.",
        "This version holds from the same day as {other} ({day}), so nobody can say which counts. Give the newest a later effective date.",
    ),
    "sealed_changed": (
        "Deze afspraak is vastgelegd ({seal}) en daarna veranderd. {change} Zet de oude tekst terug, of maak een nieuwe versie: afspraak_vanaf_JJJJ-MM-DD.toml met een eigen ingangsdatum.",
        "This agreement was frozen ({seal}) and changed afterwards. {change} Put the old text back, or make a new version: afspraak_vanaf_YYYY-MM-DD.toml with its own ingangsdatum.",
    ),
    "sealed_other_content": (
        "Deze afspraak is al vastgelegd ({seal}), met een andere inhoud. {change} Zet de oude tekst terug, of maak een nieuwe versie met een latere ingangsdatum en leg die vast.",
        "This agreement is frozen already ({seal}), with other content. {change} Put the old text back, or make a new version with a later effective date and freeze that.",
    ),
    "sealed_by_already": (
        "De partij {party} heeft deze afspraak al vastgelegd, op {day}. Er is niets veranderd.",
        "The party {party} has frozen this agreement already, on {day}. Nothing was changed.",
    ),
    "seal_damaged": (
        "Dit zegel is niet te lezen of is met de hand veranderd: de hash hoort niet bij de inhoud. Zet het oorspronkelijke zegel terug, of verwijder het en laat beide partijen opnieuw tekenen.",
        "This seal cannot be read or was changed by hand: the hash does not belong to the content. Put the original seal back, or remove it and let both parties sign again.",
    ),
    "seal_newer": (
        "Dit zegel is van een nieuwere versie van het programma (vorm {form}; deze kent {known}). Werk het programma bij.",
        "This seal is of a newer version of the program (form {form}; this one knows {known}). Update the program.",
    ),
    "seal_without_agreement": (
        "Bij dit zegel hoort {agreement}, en dat bestand is er niet. Zet de vastgelegde afspraak terug, of verwijder het zegel.",
        "This seal belongs to {agreement}, and that file is not there. Put the frozen agreement back, or remove the seal.",
    ),
    "agreement_not_found": (
        "Hier is geen afspraak te vinden. Geef een afspraak.toml, een case (map) of een werkmap met het blad afspraak.",
        "There is no agreement here. Give an afspraak.toml, a case (folder) or a workbook with the sheet afspraak.",
    ),
    "result_not_found": (
        "Dit bestand of deze map bestaat niet. Geef het JSON-bestand, de werkmap of de map met CSV die het programma schreef.",
        "There is no such file or folder. Give the JSON file, the workbook or the folder of CSV that the program wrote.",
    ),
    "result_not_one": (
        "Dit is geen uitkomst die is na te rekenen: er staat niet in van welke afspraak en gegevens zij komt. Een bladzijde of rapport om te lezen is dat niet; maak de uitkomst opnieuw, met --json, --csv of --xlsx.",
        "This is no result that can be verified: it does not say which agreement and data it came from. A page or report to read is none; make the result again, with --json, --csv or --xlsx.",
    ),
    "result_damaged": (
        "Deze uitkomst is beschadigd: {what}. Neem een ongeschonden kopie, of maak haar opnieuw.",
        "This result is damaged: {what}. Take an intact copy, or make it again.",
    ),
    "result_newer": (
        "Deze uitkomst is van een nieuwere versie van het programma ({program}; vorm {form}, deze kent {known}). Werk het programma bij.",
        "This result is of a newer version of the program ({program}; form {form}, this one knows {known}). Update the program.",
    ),
    "result_other_file": (
        "Dit bestand staat bij een uitkomst van {stages} en hoort daar niet bij: het is van een andere keer, en dus niet na te rekenen. Zet elke uitkomst in een eigen map, of maak alles in één keer met: puntlanding run CASE --csv MAP",
        "This file stands with a result of {stages} and does not belong to it: it is of another time, and so cannot be verified. Put each result in a folder of its own, or make all at once with: puntlanding run CASE --csv DIR",
    ),
    "result_case_needed": (
        "Bij de uitkomst staat geen case. Noem hem met --case MAP.",
        "There is no case beside the result. Name it with --case DIR.",
    ),
    "result_several": (
        "In deze map staat meer dan één uitkomst. Noem het bestand met de herkomst van de uitkomst die u wilt narekenen: {files}.",
        "There is more than one result in this folder. Name the file with the origin of the one to be verified: {files}.",
    ),
    "result_one_case": (
        "Deze uitkomst is van één case; er zijn er meer genoemd. Geef --case één keer.",
        "This result is of one case; more were named. Give --case once.",
    ),
    "result_no_agreements": (
        "Deze uitkomst is niet van verschillende afspraken. Laat --agreements weg; de afspraak is die van de case.",
        "This result is not of several agreements. Leave out --agreements; the agreement is the case's.",
    ),
    "result_agreement_needed": (
        "De uitkomst is ook van de afspraak {file}, en die staat niet bij de case en niet bij de uitkomst. Noem haar met --agreements BESTAND.",
        "The result is of the agreement {file} too, and that is not with the case and not with the result. Name it with --agreements FILE.",
    ),
    "result_agreement_other": (
        "Van deze afspraak spreekt de uitkomst niet; wel van: {files}. Geef bestanden met dezelfde naam, of laat deze weg.",
        "The result does not speak of this agreement, but of: {files}. Give files of the same name, or leave this out.",
    ),
    "result_cases_needed": (
        "De uitkomst is van meer jaren, en deze cases staan er niet bij: {cases}. Noem ze alle met --case MAP, voor elk jaar één keer.",
        "The result is of several years, and these cases are not beside it: {cases}. Name all with --case DIR, once for each year.",
    ),
    "result_cases_count": (
        "De uitkomst is van {count} cases: {cases}. Noem ze alle met --case MAP, voor elk jaar één keer.",
        "The result is of {count} cases: {cases}. Name all with --case DIR, once for each year.",
    ),
    "result_store_needed": (
        "De uitkomst komt uit een opslag ({hospital}). Noem de opslag met --store MAP.",
        "The result came from a store ({hospital}). Name the store with --store DIR.",
    ),
    "result_option_needed": (
        "De uitkomst is gemaakt met {option}: {files}. Geef dat opnieuw met {option}.",
        "The result was made with {option}: {files}. Give that again with {option}.",
    ),
    "result_question": (
        "De uitkomst zegt dat dit is gevraagd ({key}), en dat kan nu niet: de uitkomst of de case is veranderd. Neem een ongeschonden kopie, of maak de uitkomst opnieuw.",
        "The result says that this was asked ({key}), and that cannot be done now: the result or the case was changed. Take an intact copy, or make the result again.",
    ),
    "result_too_large": (
        "Dit bestand is te groot voor een uitkomst ({size} bytes). Geef het bestand dat het programma schreef.",
        "This file is too large for a result ({size} bytes). Give the file that the program wrote.",
    ),
}  # fmt: skip
