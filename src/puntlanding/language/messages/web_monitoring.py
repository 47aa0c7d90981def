"""What is wrong with a planned event, or with a forecast that is asked for."""

from __future__ import annotations

WEB_MONITORING: dict[str, tuple[str, str]] = {
    "event_reason_long": (
        "Deze reden is te lang: hooguit {most} tekens. Zeg het korter; de rest kan in het verslag van het overleg.",
        "This reason is too long: {most} signs at most. Say it shorter; the rest can go into the minutes.",
    ),
    "event_too_fine": (
        "Dit percentage is fijner dan honderdsten. Rond het af op hooguit twee cijfers achter de komma.",
        "This percentage is finer than hundredths. Round it to two decimals at most.",
    ),
    "event_percent": (
        "Dit is geen percentage. Schrijf bijvoorbeeld 80 of 62,5: het deel van de gewone capaciteit dat er dan is.",
        "This is no percentage. Write for instance 80 or 62.5: the part of the usual capacity that there is then.",
    ),
    "event_too_many": (
        "Er zijn al {most} gebeurtenissen. Neem terug wat niet meer speelt, of voeg gebeurtenissen samen.",
        "There are {most} events already. Take back what does not matter any more, or join events into one.",
    ),
    "event_not_last": (
        "Iemand anders heeft gebeurtenis {value} net veranderd of teruggenomen. Laad de pagina opnieuw en kijk of uw wijziging nog nodig is.",
        "Somebody else has just changed or taken back event {value}. Load the page again and see whether your change is still needed.",
    ),
    "event_twice": (
        "Precies deze gebeurtenis is er al, als nummer {value}. Zij telt één keer; verander die als er iets anders is.",
        "Exactly this event is there already, as number {value}. It counts once; change that one if something is different.",
    ),
    "api_as_of": (
        "Op deze dag is geen prognose te vragen. Vraag er een van deze dagen, of laat ‘bekend’ weg: {allowed}.",
        "There is no forecast to ask for as of this day. Ask for one of these days, or leave out ‘bekend’: {allowed}.",
    ),
    "api_version": (
        "Deze versie is er niet. Schrijf ‘versie’ als soort-nummer, bijvoorbeeld budget-2; welke er zijn staat bij versies.",
        "There is no such version. Write ‘versie’ as kind-number, for instance budget-2; versies lists which there are.",
    ),
    "api_busy": (
        "De prognose wordt nu uit de registratie berekend. Vraag het over enkele seconden opnieuw.",
        "The forecast is being worked out from the records now. Ask again in a few seconds.",
    ),
    "api_no_records": (
        "Dit jaar is niet gekoppeld aan de registratie van het ziekenhuis; daarom is er geen prognose met interval. Lever de registratie bij Gegevens aan en laad haar; staat zij al op de server, dan koppelt de beheerder haar.",
        "This year is not linked to the hospital's records, so that there is no forecast with bounds. Deliver the records at Data and load them; where they are on the server already, the administrator links them.",
    ),
}
