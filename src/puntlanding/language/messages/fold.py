"""Messages of the fold room."""

from __future__ import annotations

FOLD: dict[str, tuple[str, str]] = {
    "negative_cell": (
        "Correcties maken het aantal van deze activiteit over het hele jaar negatief (specialisme {specialism}, contract {contract}). Herstel de registratie of de levering, en laad haar opnieuw.",
        "Corrections make the number of this activity negative over the whole year (specialism {specialism}, contract {contract}). Mend the registration or the delivery, and load it again.",
    ),
    "negative_stratum": (
        "Correcties maken dit aantal over het hele jaar negatief (specialisme {specialism}, groep {stratum}). Herstel de registratie of de levering, en laad haar opnieuw.",
        "Corrections make this number negative over the whole year (specialism {specialism}, group {stratum}). Mend the registration or the delivery, and load it again.",
    ),
    "executor_unknown": (
        "Zo'n uitvoerder is er niet.{close} Kies ‘lokaal’, ‘processen’, ‘processen:N’ (N van 1 tot en met {most}) of ‘dask://host:poort’.",
        "There is no such executor.{close} Choose ‘lokaal’ (here), ‘processen’ (processes), ‘processen:N’ (N from 1 to {most}) or ‘dask://host:port’.",
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
}  # fmt: skip
