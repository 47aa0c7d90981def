"""What the commands on the agreement as a document say of themselves, in Dutch and English."""

from __future__ import annotations

TEXTS_AGREEMENT: dict[str, tuple[str, str]] = {
    "agreement": (
        "De afspraak zelf: controleren, vergelijken, vastleggen.",
        "The agreement itself: check, compare, freeze.",
    ),
    "agreement_check": (
        "Controleer een afspraak en zeg in zinnen wat er staat.",
        "Check an agreement and say in sentences what it says.",
    ),
    "agreement_diff": (
        "Zeg in zinnen wat er van afspraak A naar B verandert.",
        "Say in sentences what changes from agreement A to B.",
    ),
    "agreement_freeze": (
        "Leg een afspraak vast namens een partij; wie haar daarna wijzigt, krijgt een fout.\n\n"
        "Het zegel komt naast het bestand. Compleet is het als ziekenhuis en gremium allebei hebben vastgelegd.",
        "Freeze an agreement for a party; whoever changes it afterwards gets an error.\n\n"
        "The seal stands beside the file. It is complete when hospital (ziekenhuis) and collective (gremium) both froze it.",
    ),
    "agreement_schema": (
        "Het JSON Schema van afspraak.toml, voor editors en andere programma's.",
        "The JSON Schema of afspraak.toml, for editors and other programs.",
    ),
    "opt_freeze_by": (
        "Namens welke partij: ziekenhuis of gremium.",
        "For which party: hospital (ziekenhuis) or collective (gremium).",
    ),
    "opt_freeze_on": ("De dag van ondertekening (JJJJ-MM-DD).", "The day of signing (YYYY-MM-DD)."),
    "opt_schema_output": ("Schrijf het schema in dit bestand.", "Write the schema to this file."),
    "verify_result": (
        "Reken een uitkomst na: gelijk, of waar afspraak, gegevens en cijfers verschillen.\n\n"
        "UITKOMST is het JSON-bestand, de map met CSV of de werkmap van budget, monitor, settle, distribute, run, compare, simulate, "
        "incentives, years, formation of forecast. Wat er toen werd gevraagd staat in de uitkomst; een opslag wordt weer genoemd met "
        "--store.\n\n"
        "Afsluitstatus 0: gelijk; 1: er is verschil.",
        "Work a result out again: equal, or where agreement, data and figures differ.\n\n"
        "RESULT is the JSON file, the folder of CSV or the workbook of budget, monitor, settle, distribute, run, compare, simulate, "
        "incentives, years, formation or forecast. What was asked then stands in the result; a store is named again with --store.\n\n"
        "Exit status 0: equal; 1: there is a difference.",
    ),
    "opt_verify_case": (
        "De case; zonder deze optie de map waar de uitkomst staat. Bij years voor elk jaar één keer.",
        "The case; without this option the folder that the result is in. With years once for each year.",
    ),
    "opt_verify_agreements": (
        "De andere afspraken van de uitkomst, als zij niet meer bij de case of de uitkomst staan.",
        "The other agreements of the result, where they are no longer with the case or the result.",
    ),
    "result_word": ("UITKOMST", "RESULT"),
}
