"""What the commands of fold say of themselves, in Dutch and English."""

from __future__ import annotations

TEXTS_FOLD: dict[str, tuple[str, str]] = {
    "fold": (
        "Vouw de records van een ziekenhuisjaar tot een bijdrage zonder patiënten.\n\n"
        "ZIEKENHUIS is een naam in de opslag, of ‘alle’. Wat niet is gewijzigd, wordt niet opnieuw gevouwen.",
        "Fold a hospital-year's records into a contribution without patients.\n\n"
        "HOSPITAL is a name in the store, or ‘alle’ (all). What did not change is not folded again.",
    ),
    "fold_hospital_word": ("ZIEKENHUIS", "HOSPITAL"),
    "fold_year_word": ("JAAR", "YEAR"),
    "fold_executor_word": ("PLAATS", "PLACE"),
    "fold_opt_store": ("Map van de opslag.", "Folder of the store."),
    "fold_opt_as_of": (
        "Vouw wat op deze dag bekend was (jjjj-mm-dd); de bijdrage krijgt de dag in haar naam.",
        "Fold what was known on this day (yyyy-mm-dd); the contribution has the day in its name.",
    ),
    "fold_opt_case": (
        "Case met afspraak, formatie en normtijden; anders case-JAAR bij het ziekenhuis in de opslag.",
        "Case with agreement, formation and norm times; case-YEAR with the hospital in the store otherwise.",
    ),
    "fold_opt_norms": (
        "Normtijden voor elk ziekenhuis, in plaats van die van de case.",
        "Norm times for every hospital, instead of the case's.",
    ),
    "fold_opt_costs": (
        "Kostprijzen voor elk ziekenhuis, in plaats van die van de case.",
        "Cost prices for every hospital, instead of the case's.",
    ),
    "fold_opt_diagnosis_groups": (
        "Diagnosegroepen voor elk ziekenhuis, in plaats van die van de case.",
        "Diagnosis groups for every hospital, instead of the case's.",
    ),
    "fold_opt_type": ("Type ziekenhuis.", "Type of hospital."),
    "fold_opt_hospitals": ("Lijst van ziekenhuizen met hun type.", "List of hospitals with their type."),
    "fold_opt_out": (
        "Schrijf ZIEKENHUIS-JAAR.bijdrage in deze map; anders in de opslag.",
        "Write HOSPITAL-YEAR.bijdrage in this folder; in the store otherwise.",
    ),
    "fold_opt_executor": (
        "Waar er gevouwen wordt: lokaal (standaard), processen[:N] of dask://host:poort.",
        "Where folding is done: lokaal (here, the default), processen[:N] (processes) or dask://host:port.",
    ),
    "step_fold": ("Vouwen", "Folding"),
    "fold_written": ("Geschreven: {0}", "Written: {0}"),
    "fold_places": ("De bijdragen staan in {0}.", "The contributions are in {0}."),
    "fold_without_year": (
        "Zonder {0} in de opslag, dus niet gevouwen: {1}.",
        "Without {0} in the store, so not folded: {1}.",
    ),
    "fold_without_before": (
        "Zonder {0} in de opslag: {1}. Wat in {0} openging en in {2} sloot, telt daar niet mee. Laad ook {0}.",
        "Without {0} in the store: {1}. What opened in {0} and closed in {2} is not counted there. Load {0} too.",
    ),
    "fold_without_fte": (
        "Zonder zorgverlening-fte: {0}. Voor een benchmark is een case met formatie nodig (--case).",
        "Without care fte: {0}. A benchmark needs a case with the formation (--case).",
    ),
    "fold_without_type": (
        "Zonder type ziekenhuis: {0}. Voor een benchmark per type is --type of --hospitals nodig.",
        "Without a type of hospital: {0}. A benchmark by type needs --type or --hospitals.",
    ),
    "fold_again": (
        "1 keer viel een hulpproces uit; zijn werk is opnieuw gedaan.|{0} keer ging werk verloren doordat een hulpproces uitviel; het is opnieuw gedaan.",
        "Once a worker was lost; its work was done again.|{0} times work was lost with a worker; it was done again.",
    ),
    "fold_here": (
        "Bij het vouwen van {0} viel steeds het hulpproces uit; het gebeurt nu in dit programma zelf.",
        "Folding {0} lost its worker each time; it is now done in this program itself.",
    ),
}  # fmt: skip
