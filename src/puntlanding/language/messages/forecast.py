"""Why there is no forecast, what is wrong in its lists, and what the user is to know beside it."""

from __future__ import annotations

ONLY_FILE = (
    "Tot die tijd kan de verhouding alleen uit uw eigen bestand prognose komen (puntlanding monitor).",
    "Until then the ratio can only come from your own file prognose (puntlanding monitor).",
)

FORECAST: dict[str, tuple[str, str]] = {
    "forecast_year_missing": (
        "Van subtrajecten die in {year} openden is niets geladen; wel van: {years}. Laad een levering waar {year} in zit met puntlanding intake load. " + ONLY_FILE[0],
        "Nothing was loaded of trajectories opened in {year}; there is of: {years}. Load a delivery that has {year} with puntlanding intake load. " + ONLY_FILE[1],
    ),
    "forecast_not_begun": (
        "Op deze dag was het jaar {year} nog niet begonnen en was er nog niets van bekend. Kies een dag vanaf 1 januari {year}, of een ander jaar.",
        "On this day the year {year} had not begun and nothing of it was known. Choose a day from 1 January {year} on, or another year.",
    ),
    "forecast_no_history": (
        "Op deze dag was van deze vakgroepen nog geen subtraject bekend, dus er is niets om op te rekenen. Kies een latere dag, of laad eerdere jaren. " + ONLY_FILE[0],
        "On this day no trajectory of these groups was known, so there is nothing to reckon with. Choose a later day, or load earlier years. " + ONLY_FILE[1],
    ),
    "forecast_too_little_history": (
        "Op deze dag was nog (bijna) geen subtraject afgesloten met een zorgproduct dat een normtijd heeft, dus niemand weet hoeveel normuren een opening oplevert. Laad ook de jaren vóór {year}, kies een latere dag, of kijk of de levering zorgproducten heeft en of zij in normtijden staan. " + ONLY_FILE[0],
        "On this day (almost) no trajectory had closed with a product that has a norm time, so nobody knows how many norm hours an opening gives. Load the years before {year} too, choose a later day, or look whether the delivery has products and whether normtijden knows them. " + ONLY_FILE[1],
    ),
    "forecast_before_year": (
        "Deze dag ligt te ver vóór {year} om er iets zinnigs over te zeggen. Kies een dag in {year}, of begin in de laatste maanden ervoor.",
        "This day is too far before {year} to say anything sensible of it. Choose a day in {year}, or begin in the last months before it.",
    ),
    "forecast_stale_records": (
        "De records eindigen lang vóór deze dag. Laad een nieuwere levering met puntlanding intake load, of kies een dag waarop er records waren.",
        "The records end long before this day. Load a newer delivery with puntlanding intake load, or choose a day on which there were records.",
    ),
    "forecast_recorded_later": (
        "Wat in de weken vóór deze dag openging, is volgens de records pas later vastgelegd, het meeste op {recorded}; op deze dag was er dus niets van bekend. Kies een dag vanaf {recorded}. Is dat alleen de dag waarop een systeem werd gevuld, laat geregistreerd_op dan leeg in de levering: dan telt de dag van opening zelf.",
        "What opened in the weeks before this day was recorded later, by the records, most of it on {recorded}; so on this day nothing was known of it. Choose a day from {recorded} on. If that is only the day on which a system was filled, leave geregistreerd_op empty in the delivery: then the day of opening itself counts.",
    ),
    "forecast_year_done": (
        "Alles wat in {year} openging is op deze dag al lang gesloten: het jaar is bekend. Gebruik de realisatie (puntlanding settle).",
        "All that opened in {year} had closed long before this day: the year is known. Use the realisation (puntlanding settle).",
    ),
    "forecast_behind": (
        "De prognose is van {known}: daarna is er geen levering met {year}. Laad een nieuwere levering om verder te kijken.",
        "The forecast is of {known}: there is no delivery with {year} after that. Load a newer delivery to see further.",
    ),
    "forecast_stale": (
        "Van {years} is de laatste levering van {days}, ouder dan {known}. Wat toen openstond kan intussen gesloten zijn, en daar leert de prognose van. Laad een levering waarin ook die jaren zitten.",
        "The last delivery of {years} is of {days}, older than {known}. What was open then may have closed since, and the forecast learns from that. Load a delivery that has those years too.",
    ),
    "forecast_later_delivery": (
        "Er is geen levering van vóór deze dag; gelezen is die van {delivered}, met wat daarin vóór deze dag was vastgelegd. Een latere verbetering van een oudere registratie is daarin niet te herkennen.",
        "There is no delivery from before this day; the one of {delivered} was read, with what had been recorded in it before this day. A later correction of an older registration cannot be told apart in it.",
    ),
    "forecast_dates_stand_in": (
        "De bron vertelt niet wanneer alles is vastgelegd ({what}); daar tellen opening, sluiting en uitvoering zelf. De prognose lijkt daardoor iets zekerder dan hij is. Neem de vastlegdatum op in de levering, of bewaar elke maand een extract.",
        "The source does not tell when everything was recorded ({what}); there opening, closing and execution themselves count. The forecast looks a little surer than it is. Put the recording date into the delivery, or keep an extract every month.",
    ),
    "forecast_years_lost": (
        "Tussen de geladen jaren ontbreekt {years}; alleen de jaren daarna zijn gebruikt. Laad de ontbrekende jaren voor een scherpere prognose.",
        "Between the years loaded {years} is missing; only the years after it were used. Load the missing years for a sharper forecast.",
    ),
    "forecast_no_gatekeepers": (
        "Er is geen vakgroep met rol poort in de case, dus er zijn geen openingen om te voorspellen. Zet de poortvakgroepen in vakgroepen.",
        "The case has no group with role poort, so there are no openings to forecast. Put the gatekeeping groups into vakgroepen.",
    ),
    "forecast_band": (
        "De band is een deel van de begroting in procenten: een getal boven 0 en tot 50, bijvoorbeeld --band 1.",
        "The band is a share of the budget in percent: a number above 0 and up to 50, for instance --band 1.",
    ),
    "forecast_one_case": (
        "Een case hoort bij één ziekenhuis. Laat CASE weg: met ‘alle’ wordt van elk ziekenhuis de case in de opslag gebruikt.",
        "A case belongs to one hospital. Leave CASE out: with ‘alle’ each hospital's case in the store is used.",
    ),
    "forecast_explain_all": (
        "Uitleg gaat over één ziekenhuis. Noem het met --hospital, of laat --explain weg.",
        "An explanation is of one hospital. Name it with --hospital, or leave --explain out.",
    ),
    "forecast_nobody": (
        "Geen enkel ziekenhuis in deze opslag heeft een case van {year}. Zet de case in de opslag, als ZIEKENHUIS/case-{year}.",
        "No hospital in this store has a case of {year}. Put the case into the store, as HOSPITAL/case-{year}.",
    ),
    "forecast_without_budget": (
        "Zonder begroting in normuren: {groups}. Daar is geen verhouding en geen kans te geven. Vul begroting aan, of zet het benchmark bij een begroting in norm fte.",
        "Without a budget in norm hours: {groups}. There is no ratio and no chance to give for these. Complete begroting, or give the benchmark with a budget in norm fte.",
    ),
    "list_date": (
        "Dit is geen dag. Schrijf hem als jjjj-mm-dd, bijvoorbeeld 2026-07-13.",
        "This is no day. Write it as yyyy-mm-dd, for instance 2026-07-13.",
    ),
    "period_reversed": (
        "De laatste dag ligt vóór de eerste. Verwissel van en tot.",
        "The last day is before the first. Swap van and tot.",
    ),
    "event_capacity": (
        "De capaciteit is een deel van het gewone, geen percentage: 0,8 is 80 %. Meer dan het drievoudige kan niet.",
        "Capacity is a share of the usual, not a percentage: 0.8 is 80 %. More than three times the usual cannot be.",
    ),
    "forecast_group": (
        "Deze vakgroep staat niet in de case.{close} Kies uit: {allowed}.",
        "This group is not in the case.{close} Choose from: {allowed}.",
    ),
    "session_measure": (
        "Geef of openingen of normuren per dagdeel, meer dan nul, en niet allebei.",
        "Give either openings or norm hours per session, more than zero, and not both.",
    ),
}  # fmt: skip
