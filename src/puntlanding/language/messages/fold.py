"""Messages of the fold room."""

from __future__ import annotations

FOLD: dict[str, tuple[str, str]] = {
    "negative_cell": (
        "Correcties maken het aantal van zorgactiviteit {code} over het hele jaar negatief (specialisme {specialism}, contract {contract}). Herstel de registratie of de levering, en laad haar opnieuw.",
        "Corrections make the number of activity {code} negative over the whole year (specialism {specialism}, contract {contract}). Mend the registration or the delivery, and load it again.",
    ),
    "negative_stratum": (
        "Correcties maken het aantal {unit} over het hele jaar negatief (specialisme {specialism}, groep {stratum}). Herstel de registratie of de levering, en laad haar opnieuw.",
        "Corrections make the number of {unit} negative over the whole year (specialism {specialism}, group {stratum}). Mend the registration or the delivery, and load it again.",
    ),
    "executor_unknown": (
        "Zo'n rekenplaats is er niet.{close} Kies ‘lokaal’, ‘processen’, ‘processen:N’ (N van 1 tot en met {most}) of ‘dask://host:poort’.",
        "There is no such place to compute.{close} Choose ‘lokaal’ (here), ‘processen’ (processes), ‘processen:N’ (N from 1 to {most}) or ‘dask://host:port’.",
    ),
    "dask_not_installed": (
        "Voor een Dask-cluster is een aanvulling nodig die hier niet is geïnstalleerd. Installeer haar met: pip install 'puntlanding[dask]'. Of kies ‘processen’.",
        "A Dask cluster needs an addition that is not installed here. Install it with: pip install 'puntlanding[dask]'. Or choose ‘processen’.",
    ),
    "dask_unreachable": (
        "Hier antwoordt binnen {seconds} seconden geen Dask-scheduler. Controleer adres en poort, en of de scheduler draait; of kies ‘processen’.",
        "No Dask scheduler answers here within {seconds} seconds. Check address and port, and whether the scheduler runs; or choose ‘processen’.",
    ),
    "dask_no_workers": (
        "Deze Dask-scheduler heeft na {seconds} seconden nog geen worker die antwoordt. Start ten minste één worker, of kies ‘processen’.",
        "After {seconds} seconds this Dask scheduler has no worker that answers. Start at least one worker, or choose ‘processen’.",
    ),
    "dask_versions": (
        "Niet elke worker heeft dezelfde versies als hier ({own}); gevonden: {others}. Alleen gelijke versies geven gelijke bijdragen. Installeer op elke worker dezelfde versies.",
        "Not every worker has the same versions as here ({own}); found: {others}. Only equal versions give equal contributions. Install the same versions on every worker.",
    ),
    "fold_hospital_unknown": (
        "Dit ziekenhuis staat niet in deze opslag.{close} Kies uit: {allowed}.",
        "This hospital is not in this store.{close} Choose from: {allowed}.",
    ),
    "fold_nobody": (
        "Van geen enkel ziekenhuis staat {year} in deze opslag. Laad eerst een levering, of kies een ander jaar of een latere dag.",
        "No hospital has {year} in this store. Load a delivery first, or choose another year or a later day.",
    ),
    "fold_case_for_all": (
        "Eén case kan niet voor alle ziekenhuizen gelden. Zet bij elk ziekenhuis in de opslag zijn case in case-JAAR, of vouw ze een voor een.",
        "One case cannot hold for all hospitals. Put each hospital's case in case-YEAR with it in the store, or fold them one by one.",
    ),
    "fold_case_year": (
        "Deze case is van een ander jaar dan {year}. Geef de case van {year}, want formatie en afspraak horen bij een jaar.",
        "This case is of another year than {year}. Give the case of {year}, because formation and agreement belong to a year.",
    ),
    "fold_case_workbook": (
        "Normtijden op een blad van een werkmap kan het vouwen niet gebruiken. Geef ze als bestand met --norms, of gebruik een case in een map.",
        "Folding cannot use norm times on a sheet of a workbook. Give them as a file with --norms, or use a case in a folder.",
    ),
    "fold_type_twice": (
        "Het type staat ook in de lijst van --hospitals. Geef --type of --hospitals, niet allebei.",
        "The type is in the list of --hospitals as well. Give --type or --hospitals, not both.",
    ),
    "fold_type_unknown": (
        "Dit ziekenhuis staat niet in de lijst met typen. Voeg het toe.",
        "This hospital is not in the list of types. Add it.",
    ),
    "fold_output_exists": (
        "Hier staat al iets wat niet opnieuw te vouwen is, zoals een beschermde of ondertekende bijdrage; er is niets overschreven. Kies een andere map met --out.",
        "Something is there that cannot be folded again, such as a protected or signed contribution; nothing was overwritten. Choose another folder with --out.",
    ),
}  # fmt: skip
