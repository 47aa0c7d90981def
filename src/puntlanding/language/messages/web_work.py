"""What is wrong with long work, or with asking for it."""

from __future__ import annotations

WEB_WORK: dict[str, tuple[str, str]] = {
    "work_too_much": (
        "Er wachten al {most} opdrachten van uw gremium. Wacht tot er een klaar is, of annuleer er een die niet meer hoeft.",
        "{most} jobs of your collective are waiting already. Wait until one is done, or cancel one that is no longer needed.",
    ),
    "work_lost": (
        "Dit werk is {times} keer begonnen en steeds afgebroken doordat de server stopte. Er is niets half bewaard. Probeer het opnieuw;"
        " gebeurt het weer, vraag de beheerder dan of de server genoeg geheugen heeft.",
        "This work was begun {times} times and broken off each time because the server stopped. Nothing was kept by halves. Try again;"
        " if it happens once more, ask the administrator whether the server has enough memory.",
    ),
    "work_fault": (
        "Er ging iets mis dat niet aan u ligt. Er is niets half bewaard. Probeer het opnieuw; blijft het zo, vertel de beheerder dan hoe"
        " laat het was.",
        "Something went wrong that is not your doing. Nothing was kept by halves. Try again; if it stays, tell the administrator at what"
        " time it was.",
    ),
    "work_memory": (
        "De server heeft te weinig geheugen voor dit werk. Vraag minder in één keer, of vraag de beheerder om meer geheugen.",
        "The server has too little memory for this work. Ask for less at once, or ask the administrator for more memory.",
    ),
    "work_not_kept": (
        "Het resultaat is niet te bewaren: {reason}. Vraag de beheerder om ruimte te maken en start dit daarna opnieuw.",
        "The result cannot be kept: {reason}. Ask the administrator to make room and start this again then.",
    ),
    "work_unknown": (
        "Dit soort werk kent deze versie van het programma niet. Start het opnieuw vanaf de pagina waar het bij hoort.",
        "This version of the program does not know this kind of work. Start it again from the page that it belongs to.",
    ),
    "work_more_problems": (
        "En nog {count} meldingen. Los eerst op wat hierboven staat en probeer het dan opnieuw.",
        "And {count} more messages. First solve what is above and then try again.",
    ),
    "simulation_version": (
        "Deze versie is er niet (meer). Kies er een uit de lijst.",
        "There is no such version (any more). Choose one from the list.",
    ),
    "simulation_draws": (
        "Dit is geen aantal. Kies een heel getal van {least} tot en met {most}.",
        "This is no number of times. Choose a whole number from {least} to {most}.",
    ),
    "simulation_seed": (
        "Het zaad is een heel getal van nul of meer, zoals 1. Het zegt welk toeval wordt getrokken.",
        "The seed is a whole number of zero or more, such as 1. It says which chance is drawn.",
    ),
    "simulation_spread": (
        "Dit is geen spreiding. Kies een percentage van 0 tot 100, zoals 5, of laat het leeg.",
        "This is no spread. Choose a percentage from 0 to 100, such as 5, or leave it empty.",
    ),
    "simulation_beside": (
        "Dit is te veel om naast elkaar te lezen. Kies er ten hoogste {most}.",
        "This is too much to read side by side. Choose at most {most}.",
    ),
    "simulation_no_spread": (
        "Nog niets zegt hoe ver de aantallen van de verwachting kunnen afliggen. Vul een spreiding in, bijvoorbeeld 5, of lever"
        " spreiding.csv mee in de versie. Is het jaar gekoppeld aan de registratie, dan zegt de prognose het.",
        "Nothing says yet how far volumes may lie from what is expected. Fill in a spread, such as 5, or deliver spreiding.csv with the"
        " version. Where the year is linked to the records, the forecast says so.",
    ),
    "simulation_no_records": (
        "De registratie heeft van dit jaar nog niets, en dus geen prognose. Vul een spreiding in: dan wordt rond de begroting getrokken.",
        "The records have nothing of this year yet, and so no forecast. Fill in a spread: then volumes are drawn around the budget.",
    ),
    "simulation_year_known": (
        "Dit jaar is voorbij en alles is gesloten: er valt niets te voorspellen. Vul een spreiding in: dan wordt rond de begroting"
        " getrokken.",
        "This year is over and everything is closed: there is nothing to forecast. Fill in a spread: then volumes are drawn around the"
        " budget.",
    ),
}
