"""What the command line says of itself, in Dutch and English."""

from __future__ import annotations

from puntlanding.cli.texts_agreement import TEXTS_AGREEMENT
from puntlanding.cli.texts_benchmark import TEXTS_BENCHMARK
from puntlanding.cli.texts_compare import TEXTS_COMPARE
from puntlanding.cli.texts_contribution import TEXTS_CONTRIBUTION
from puntlanding.cli.texts_efficiency import TEXTS_EFFICIENCY
from puntlanding.cli.texts_fold import TEXTS_FOLD
from puntlanding.cli.texts_forecast import TEXTS_FORECAST
from puntlanding.cli.texts_incentives import TEXTS_INCENTIVES
from puntlanding.cli.texts_intake import TEXTS_INTAKE
from puntlanding.cli.texts_norms import TEXTS_NORMS
from puntlanding.cli.texts_report import TEXTS_REPORT
from puntlanding.cli.texts_simulate import TEXTS_SIMULATE
from puntlanding.cli.texts_years import TEXTS_YEARS

TEXTS: dict[str, tuple[str, str]] = {
    **TEXTS_INTAKE,
    **TEXTS_FOLD,
    **TEXTS_FORECAST,
    **TEXTS_NORMS,
    **TEXTS_BENCHMARK,
    **TEXTS_COMPARE,
    **TEXTS_SIMULATE,
    **TEXTS_INCENTIVES,
    **TEXTS_CONTRIBUTION,
    **TEXTS_EFFICIENCY,
    **TEXTS_AGREEMENT,
    **TEXTS_REPORT,
    **TEXTS_YEARS,
    "puntlanding": (
        "Capaciteitsbegroting voor medisch specialisten: begroten, volgen, afrekenen en verdelen.\n\n"
        "CASE is een map met afspraak.toml en tabellen (CSV of Parquet), of één werkmap (.xlsx).",
        "Capacity budget for medical specialists: budget, monitor, settle and distribute.\n\n"
        "CASE is a folder with afspraak.toml and tables (CSV or Parquet), or one workbook (.xlsx).",
    ),
    "new": (
        "Maak in MAP een lege case met toelichting om in te vullen.",
        "Make an empty, commented case in DIR to fill in.",
    ),
    "check": (
        "Controleer een case en zeg wat ermee te berekenen is.",
        "Check a case and say what can be computed with it.",
    ),
    "budget": (
        "Productiebegroting → normuren → norm fte per vakgroep.",
        "Production budget → norm hours → norm fte per group.",
    ),
    "monitor": ("Prognose ten opzichte van de begroting.", "Forecast against budget."),
    "settle": (
        "Realisatie en begroting → betaalde norm fte, volgens de contracten.",
        "Realisation and budget → paid norm fte, by the contracts.",
    ),
    "distribute": (
        "Het financieel kader → euro's per vakgroep, op de cent.",
        "The financial frame → euros per group, to the cent.",
    ),
    "run": ("Alles wat de case toelaat, achter elkaar.", "All that the case allows, one after the other."),
    "opt_link_store": (
        "Opslag waaruit komt wat de case niet zelf heeft: aantallen, realisatie, benchmark.",
        "Store that gives what the case does not have itself: volumes, realisation, benchmark.",
    ),
    "opt_link_hospital": ("Welk ziekenhuis in de opslag.", "Which hospital in the store."),
    "opt_link_year": (
        "Het jaar. Zonder CASE staat de case in de opslag, in ZIEKENHUIS/case-JAAR.",
        "The year. Without CASE the case is in the store, in HOSPITAL/case-YEAR.",
    ),
    "opt_link_as_of": (
        "Reken met wat op deze dag bekend was (JJJJ-MM-DD).",
        "Compute with what was known on this day (YYYY-MM-DD).",
    ),
    "opt_link_benchmark": (
        "Vastgestelde benchmark of landelijke cijfers; zonder deze optie de nieuwste in OPSLAG/benchmark.",
        "Published benchmark or national figures; without this option the newest in STORE/benchmark.",
    ),
    "opt_link_contributions": (
        "Map met bijdragen van andere ziekenhuizen, voor de efficiency.",
        "Folder with contributions of other hospitals, for efficiency.",
    ),
    "opt_link_trusted": (
        "Weiger een benchmark die niet met een van deze openbare sleutels is ondertekend.",
        "Refuse a benchmark that is not signed with one of these public keys.",
    ),
    "origins": ("Waar de cijfers vandaan komen", "Where the figures come from"),
    "origin_case": ("case: {0}", "case: {0}"),
    "origin_opslag": (
        "opslag: geopend in {0}, zoals bekend op {1}",
        "store: opened in {0}, as known on {1}",
    ),
    "origin_prognose": (
        "prognose uit de opslag, van wat in {0} openging, bekend op {1}",
        "forecast from the store, of what opened in {0}, known on {1}",
    ),
    "origin_with": (" (met {0})", " (with {0})"),
    "origin_benchmark": ("vastgestelde benchmark: {0}", "published benchmark: {0}"),
    "origin_landelijk": ("landelijke cijfers: {0}", "national figures: {0}"),
    "origin_signed": (" (ondertekend door {0})", " (signed by {0})"),
    "origin_signed_unknown": (
        " (ondertekend met sleutel {0}; van wie is niet nagegaan: --trusted)",
        " (signed with key {0}; whose it is was not checked: --trusted)",
    ),
    "origin_unsigned": (" (niet ondertekend)", " (not signed)"),
    "origin_bijdragen": ("records, vergeleken met: {0}", "records, compared with: {0}"),
    "origin_niets": ("niet opgegeven", "not given"),
    "demo": ("Voorbeeldgegevens maken.", "Make example data."),
    "demo_collective": (
        "Schrijf in MAP het voorbeeldgremium: 15 vakgroepen, 3 contracten, verzonnen cijfers.",
        "Write the demonstration collective in DIR: 15 groups, 3 contracts, made-up figures.",
    ),
    "opt_lang": ("Taal: nl of en.", "Language: nl or en."),
    "opt_debug": ("Toon bij een programmafout de technische details.", "Show technical details of a program fault."),
    "opt_json": ("Schrijf JSON in plaats van een tabel.", "Write JSON instead of a table."),
    "opt_csv": ("Schrijf de uitkomst als CSV in deze map.", "Write the result as CSV in this folder."),
    "opt_xlsx": ("Schrijf de uitkomst als werkmap.", "Write the result as a workbook."),
    "opt_explain": (
        "Leg uit hoe de getallen van deze vakgroep tot stand komen (of Totaal).",
        "Explain how the numbers of this group come about (or Totaal).",
    ),
    "opt_workbook": ("Maak één werkmap in plaats van losse bestanden.", "Make one workbook instead of files."),
    "opt_version": ("Toon de versie.", "Show the version."),
    "opt_help": ("Toon deze uitleg.", "Show this help."),
    "usage": ("Gebruik", "Usage"),
    "options": ("Opties", "Options"),
    "commands": ("Commando's", "Commands"),
    "required": ("(verplicht)", "(required)"),
    "options_word": ("[OPTIES]", "[OPTIONS]"),
    "command_word": ("COMMANDO", "COMMAND"),
    "folder_word": ("MAP", "DIR"),
    "file_word": ("BESTAND", "FILE"),
    "group_word": ("VAKGROEP", "GROUP"),
    "try_help": ("Uitleg: {0} --help", "Help: {0} --help"),
    "no_such_option": ("Deze optie bestaat niet: {0}.", "There is no such option: {0}."),
    "no_such_command": ("Dit commando bestaat niet: {0}.", "There is no such command: {0}."),
    "option_value": ("De optie {0} heeft een waarde nodig.", "The option {0} needs a value."),
    "option_no_value": ("De optie {0} heeft geen waarde.", "The option {0} takes no value."),
    "missing_option": ("De optie {0} is verplicht.", "The option {0} is required."),
    "missing": ("Er ontbreekt een argument: {0}.", "An argument is missing: {0}."),
    "too_much": ("Dit argument is te veel: {0}.", "This argument is one too many: {0}."),
    "unexpected": ("Dit past hier niet ({0}).", "This does not fit here ({0})."),
    "choose_from": (" Kies uit: {0}.", " Choose from: {0}."),
    "number_between": (" Geef een geheel getal van {0} tot en met {1}.", " Give a whole number from {0} to {1}."),
    "number_from": (" Geef een geheel getal van {0} of meer.", " Give a whole number of {0} or more."),
    "number_whole": (" Geef een geheel getal.", " Give a whole number."),
    "no_access": (
        " Er is geen toegang toe; controleer het pad en uw rechten.",
        " There is no access to it; check the path and your permissions.",
    ),
    "bad_value": ("De waarde van {0} is niet mogelijk.", "The value of {0} is not possible."),
    "did_you_mean": (" Bedoelde u {0}?", " Did you mean {0}?"),
    "errors": (
        "{0} in deze case; er is niets berekend.",
        "{0} in this case; nothing was computed.",
    ),
    "errors_elsewhere": ("{0}; er is geen uitkomst.", "{0}; there is no result."),
    "shown": ("uitkomst", "result"),
    "error_count": ("1 fout|{0} fouten", "1 error|{0} errors"),
    "can": ("kan", "yes"),
    "cannot": ("kan niet", "no"),
    "check_title": ("Controle van {0}", "Check of {0}"),
    "check_ok": ("Geen fouten gevonden.", "No errors found."),
    "check_tables": ("Gelezen", "Read"),
    "check_components": (
        "Onderdelen van de verdeling, in hun volgorde",
        "Components of the distribution, in their order",
    ),
    "reads": ("leest {0}", "reads {0}"),
    "check_stages": ("Te berekenen", "Can be computed"),
    "rows": ("1 rij|{0} rijen", "1 row|{0} rows"),
    "separator": ("scheidingsteken {0}", "separator {0}"),
    "semicolon": ("puntkomma", "semicolon"),
    "comma": ("komma", "comma"),
    "tab": ("tab", "tab"),
    "decimal_point": ("decimale punt", "decimal point"),
    "decimal_comma": ("decimale komma", "decimal comma"),
    "not_used_empty": ("geen rijen, wordt niet gebruikt", "no rows, is not used"),
    "new_done": (
        "Lege case gemaakt in {0}. Vul de bestanden in, verwijder wat u niet gebruikt, en controleer met:\n"
        "  puntlanding check {0}",
        "Empty case made in {0}. Fill in the files, remove what you do not use, and check with:\n  puntlanding check {0}",
    ),
    "demo_done": (
        "Voorbeeldgremium geschreven in {0}. Alle cijfers zijn verzonnen. Bereken het jaar met:\n  puntlanding run {0}",
        "Demonstration collective written in {0}. All figures are made up. Compute the year with:\n  puntlanding run {0}",
    ),
    "written": ("Geschreven: {0}", "Written: {0}"),
    "fault": (
        "Er ging iets mis in het programma zelf; uw bestanden zijn ongewijzigd. Met --debug ziet u de details voor een foutmelding.",
        "Something went wrong in the program itself; your files are unchanged. Use --debug for details to report.",
    ),
    "skipped": ("Niet berekend: {0}", "Not computed: {0}"),
}
