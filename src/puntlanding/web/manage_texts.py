"""What `puntlanding-web` says: Dutch, English."""

from __future__ import annotations

from puntlanding.language.notation import Language
from puntlanding.language.sentences import index

BAD_INPUT = 1  # the exit status of what was asked and cannot be

TEXTS: dict[str, tuple[str, str]] = {
    "help": (
        """puntlanding-web: het jaar als gedeelde plek voor ziekenhuis en medisch specialisten.

Gebruik: puntlanding-web OPDRACHT [OPTIES] [--lang nl|en]

Opdrachten:
  demo                           vul een lege gegevensmap met het voorbeeldgremium en toon de inlogs; met --serve start het meteen,
                                 met --detach op de achtergrond (--hours 8), en --stop stopt dat; met --store MAP --hospital NAAM
                                 --year JAAR [--contributions MAP] is het een verzonnen ziekenhuis met registratie
  migrate                        maak of vernieuw de tabellen in de database
  collective NAAM ZIEKENHUIS     voeg een gremium en zijn ziekenhuis toe
  account add E-MAIL             voeg iemand toe: --name NAAM --collective GREMIUM --role ROL [--group VAKGROEP]
  account role E-MAIL            geef iemand een andere rol: --collective GREMIUM --role ROL [--group VAKGROEP]
  account password E-MAIL        geef iemand een nieuw wachtwoord
  account factor E-MAIL          haal iemands tweede factor weg, als de telefoon kwijt is
  account close E-MAIL           laat iemand niet meer inloggen
  account open E-MAIL            laat iemand weer inloggen, met een nieuw wachtwoord
  deliver MAP                    maak van een case een versie die kan worden voorgelegd: --collective GREMIUM --by E-MAIL
                                 --kind afspraak|begroting|bijstelling|afrekening [--note TEKST]
  records MAP                    neem de prognose van een jaar uit een opslag: --collective GREMIUM --year JAAR --hospital NAAM
                                 [--as-of JJJJ-MM-DD]; zonder dag telt de laatste levering
  token add NAAM                 maak een toegangssleutel voor een programma: --collective GREMIUM --by E-MAIL [--days DAGEN]
                                 [--scope jaar afspraak verdeling]; token close NAAM trekt haar in, token list toont ze
  serve                          start de toepassing: --bind 127.0.0.1:8000 --workers 2; met --with-worker ook het werk hieronder
  worker                         doe het lange werk dat wordt gevraagd: simulaties, rapporten, leveringen; --once stopt als niets wacht
  check                          controleer instellingen, database en logboek
  backup BESTAND                 maak een reservekopie terwijl de server draait; een map krijgt een naam met de tijd, en met
                                 --keep N blijven daarvan de laatste N; --check leest een reservekopie na; --with-keys: ook de sleutels
  restore BESTAND                zet een reservekopie terug op een lege plek; met --replace blijft apart bewaard wat er stond

Instellingen komen uit de omgeving: PUNTLANDING_DATA (gegevensmap), DATABASE_URL, ALLOWED_HOSTS, PUNTLANDING_LOCAL=1 (alleen op
deze computer, zonder TLS). Alle instellingen staan in docs/how-to/webtoepassing-installeren.md.""",
        """puntlanding-web: the year as a shared place for hospital and specialists.

Usage: puntlanding-web COMMAND [OPTIONS] [--lang nl|en]

Commands:
  demo                           fill an empty data folder with the example collective and show the log-ins; --serve starts at once,
                                 --detach in the background (--hours 8), which --stop stops; with --store FOLDER --hospital NAME
                                 --year YEAR [--contributions FOLDER] it is a made-up hospital with records
  migrate                        make or renew the tables in the database
  collective NAME HOSPITAL       add a collective and its hospital
  account add E-MAIL             add somebody: --name NAME --collective COLLECTIVE --role ROLE [--group GROUP]
  account role E-MAIL            give somebody another role: --collective COLLECTIVE --role ROLE [--group GROUP]
  account password E-MAIL        give somebody a new password
  account factor E-MAIL          take away somebody's second factor, when the telephone was lost
  account close E-MAIL           let somebody log in no more
  account open E-MAIL            let somebody log in again, with a new password
  deliver FOLDER                 make a draft of a case, which can be proposed: --collective COLLECTIVE --by E-MAIL
                                 --kind agreement|budget|adjustment|settlement [--note TEXT]
  records FOLDER                 take a year's forecast from a store: --collective COLLECTIVE --year YEAR --hospital NAME
                                 [--as-of YYYY-MM-DD]; without a day the last delivery counts
  token add NAME                 make an access token for a program: --collective COLLECTIVE --by E-MAIL [--days DAYS]
                                 [--scope year agreement distribution]; token close NAME withdraws it, token list shows them
  serve                          start the application: --bind 127.0.0.1:8000 --workers 2; with --with-worker also the work below
  worker                         do the long work that is asked for: simulations, reports, deliveries; --once stops when nothing waits
  check                          check settings, database and log
  backup FILE                    make a backup while the server runs; a folder gets a name with the time, and with --keep N
                                 the last N of these stay; --check reads a backup through; --with-keys: the keys too
  restore FILE                   put a backup back in an empty place; with --replace what stood there is kept aside

Settings come from the environment: PUNTLANDING_DATA (data folder), DATABASE_URL, ALLOWED_HOSTS, PUNTLANDING_LOCAL=1 (on this
computer only, without TLS). All settings are in docs/how-to/webtoepassing-installeren.md.""",
    ),
    "wrong_usage": (
        "Deze opdracht is niet te lezen: {0}\nVraag de opdrachten op met puntlanding-web --help.",
        "This command cannot be read: {0}\nAsk for the commands with puntlanding-web --help.",
    ),
    "not_installed": (
        "De webtoepassing is niet geïnstalleerd. Doe dat met: pip install 'puntlanding[web]'",
        "The web application is not installed. Do so with: pip install 'puntlanding[web]'",
    ),
    "migrated": ("De tabellen zijn bijgewerkt.", "The tables are up to date."),
    "collective_added": ("Toegevoegd: {0}, met {1}.", "Added: {0}, with {1}."),
    "account_added": (
        "Toegevoegd: {0}, {1} bij {2}.\nEerste wachtwoord: {3}\nLaat het bij de eerste keer inloggen vervangen.",
        "Added: {0}, {1} at {2}.\nFirst password: {3}\nHave it replaced at the first log-in.",
    ),
    "role_given": ("{0} is nu {1} bij {2}.", "{0} is now {1} at {2}."),
    "password_set": ("Nieuw wachtwoord voor {0}: {1}", "New password for {0}: {1}"),
    "account_closed": ("{0} kan niet meer inloggen.", "{0} can log in no more."),
    "factor_taken": (
        "De tweede factor van {0} is weg. Bij het volgende inloggen komt er een nieuwe.",
        "The second factor of {0} is gone. At the next log-in there will be a new one.",
    ),
    "delivered": (
        "Bewaard: {0} {1}, versie {2}, inhoud {3}. Leg haar in de toepassing voor akkoord voor.",
        "Kept: {0} {1}, version {2}, content {3}. Propose it for approval in the application.",
    ),
    "source_chosen": (
        "De prognose van {0} komt voortaan uit de registratie van {1}.",
        "The forecast of {0} comes from the records of {1} from now on.",
    ),
    "token_added": (
        "Gemaakt: {0}, leest namens {1}: {2}, tot {3}.\nToegangssleutel: {4}\nDeze wordt niet bewaard en niet nog eens getoond.",
        "Made: {0}, reads on behalf of {1}: {2}, until {3}.\nAccess token: {4}\nIt is kept nowhere and not shown again.",
    ),
    "token_closed": ("{0} is ingetrokken en opent niets meer.", "{0} is withdrawn and opens nothing any more."),
    "token_holds": ("geldt tot {0}", "holds until {0}"),
    "token_expired": ("verlopen op {0}", "expired on {0}"),
    "token_withdrawn": ("ingetrokken op {0}", "withdrawn on {0}"),
    "no_tokens": ("Er zijn geen toegangssleutels.", "There are no access tokens."),
    "demo_done": (
        "Het voorbeeldgremium staat klaar in {0}.\nInloggen kan met elk van deze adressen, en met het wachtwoord {1}",
        "The example collective is ready in {0}.\nLog in with any of these addresses, and with the password {1}",
    ),
    "demo_next": (
        "Start de toepassing met:\n  PUNTLANDING_LOCAL=1 PUNTLANDING_DATA={0} puntlanding-web serve",
        "Start the application with:\n  PUNTLANDING_LOCAL=1 PUNTLANDING_DATA={0} puntlanding-web serve",
    ),
    "demo_running": (
        "De toepassing draait op http://{0}/ en stopt vanzelf na {1:g} uur. Eerder stoppen: make stop, of puntlanding-web demo --stop.",
        "The application runs at http://{0}/ and stops by itself after {1:g} hours. Sooner: make stop, or puntlanding-web demo --stop.",
    ),
    "demo_no_place": (
        "Op deze computer is geen vrije poort voor de toepassing. Start haar later met:\n"
        "  PUNTLANDING_LOCAL=1 PUNTLANDING_DATA={0} puntlanding-web serve --with-worker",
        "There is no free port for the application on this computer. Start it later with:\n"
        "  PUNTLANDING_LOCAL=1 PUNTLANDING_DATA={0} puntlanding-web serve --with-worker",
    ),
    "demo_no_answer": (
        "De toepassing geeft hier geen antwoord; in {0} staat waarom. Start haar later met:\n"
        "  PUNTLANDING_LOCAL=1 PUNTLANDING_DATA={1} puntlanding-web serve --with-worker",
        "The application does not answer here; {0} says why. Start it later with:\n"
        "  PUNTLANDING_LOCAL=1 PUNTLANDING_DATA={1} puntlanding-web serve --with-worker",
    ),
    "demo_stopped": ("Het voorbeeld is gestopt.", "The example has stopped."),
    "demo_not_running": ("Er draaide geen voorbeeld.", "No example was running."),
    "serving": ("Open http://{0}/ in een browser. Stoppen: Ctrl-C.", "Open http://{0}/ in a browser. Stop: Ctrl-C."),
    "serving_behind": (
        "Luistert op {0}, achter de webserver die TLS verzorgt. Stoppen: Ctrl-C.",
        "Listening on {0}, behind the web server that does TLS. Stop: Ctrl-C.",
    ),
    "working": (
        "Doet het lange werk dat wordt gevraagd. Stoppen: Ctrl-C.",
        "Does the long work that is asked for. Stop: Ctrl-C.",
    ),
    "worked": ("Klaar: er wacht niets meer ({0} opdrachten gedaan).", "Done: nothing waits any more ({0} jobs done)."),
    "no_gunicorn": (
        "Op Windows is deze server er niet. Gebruik WSL, of een andere WSGI-server met puntlanding.web.wsgi:application.",
        "This server does not exist on Windows. Use WSL, or another WSGI server with puntlanding.web.wsgi:application.",
    ),
    "check_well": (
        "Instellingen, database en logboek zijn in orde ({0} regels).",
        "Settings, database and log are well ({0} lines).",
    ),
    "check_log": (
        "Het logboek is niet meer zoals het geschreven is, vanaf regel {0}. Zet de reservekopie terug en zoek uit wie erbij kon.",
        "The log is no longer as it was written, from line {0}. Put the backup back and find out who could reach it.",
    ),
    "backup_done": (
        "Reservekopie: {0} ({1} MB), logboek tot en met regel {2}, helemaal nagelezen. Zij bevat persoonsgegevens en wachtwoorden in"
        " gecodeerde vorm: bewaar haar versleuteld.",
        "Backup: {0} ({1} MB), log up to line {2}, read through. It holds personal data and passwords in coded form: keep it"
        " encrypted.",
    ),
    "backup_left_out": (
        "Niet erin, bewaar dit zelf: {0}.",
        "Not in it, keep this yourself: {0}.",
    ),
    "backup_removed": ("Opgeruimd: {0}.", "Removed: {0}."),
    "backup_whole": (
        "Deze reservekopie is heel: {0} bestanden, logboek tot en met regel {1}, gemaakt {2} met versie {3}.",
        "This backup is whole: {0} files, log up to line {1}, made {2} with version {3}.",
    ),
    "backup_damaged": (
        "Van deze versies zijn de bewaarde bestanden niet heel: {0}. Zoek ze in een eerdere reservekopie.",
        "The kept files of these versions are not whole: {0}. Look for them in an earlier backup.",
    ),
    "restored": (
        "Teruggezet: de reservekopie van {0}, logboek van {1} regels nagerekend. Iedereen logt opnieuw in.",
        "Put back: the backup of {0}, log of {1} lines worked out again. Everybody logs in anew.",
    ),
    "restored_aside": ("Wat er stond, is bewaard in:\n  {0}", "What stood there is kept in:\n  {0}"),
    "errors": ("Er is niets gedaan.", "Nothing was done."),
    "fault": (
        "Er ging iets mis dat niet aan u ligt. Met --debug staat erbij wat; meld dat bij de makers.",
        "Something went wrong that is not your doing. With --debug it says what; tell the makers.",
    ),
}


def say(key: str, language: Language, *fields: object) -> str:
    text = TEXTS[key][index(language)]
    return text.format(*fields) if fields else text
