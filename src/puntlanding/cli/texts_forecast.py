"""What the command of the forecast says of itself, in Dutch and English."""

from __future__ import annotations

TEXTS_FORECAST: dict[str, tuple[str, str]] = {
    "forecast": (
        "Landen we op de begroting? De prognose van het jaar uit de opslag, met haar onzekerheid.\n\n"
        "Per vakgroep: afgesloten, onderhanden, nog te openen, en de kans om binnen een band om de begroting te eindigen. "
        "Zonder CASE staat de case in de opslag, in ZIEKENHUIS/case-JAAR.",
        "Will we land on the budget? The year's forecast from the store, with its uncertainty.\n\n"
        "By group: closed, in flight, still to open, and the chance of ending within a band around the budget. "
        "Without CASE the case is in the store, in HOSPITAL/case-YEAR.",
    ),
    "opt_forecast_store": ("Map van de opslag.", "Folder of the store."),
    "opt_forecast_hospital": ("Naam in de opslag, of ‘alle’.", "Name in the store, or ‘alle’ (all)."),
    "opt_forecast_year": ("Het jaar; met CASE dat van de afspraak.", "The year; with CASE that of the agreement."),
    "opt_forecast_as_of": (
        "Reken met wat op deze dag bekend was (JJJJ-MM-DD); anders de dag van de laatste levering.",
        "Use what was known on this day (YYYY-MM-DD); otherwise the day of the last delivery.",
    ),
    "opt_forecast_band": (
        "Breedte van de band aan weerszijden van de begroting, in procenten. Anders 1.",
        "Width of the band on each side of the budget, in percent. Otherwise 1.",
    ),
    "opt_forecast_explain": (
        "Toon waar de prognose van deze vakgroep uit bestaat, en wat haar veranderde.",
        "Show what this group's forecast consists of, and what changed it.",
    ),
    "opt_forecast_executor": (
        "Waar ‘alle’ wordt gerekend: lokaal, processen (standaard), processen:N of dask://host:poort.",
        "Where ‘alle’ is computed: lokaal (here), processen (the default), processen:N or dask://host:port.",
    ),
    "percent_word": ("PROCENT", "PERCENT"),
    "step_forecast": ("Prognoses", "Forecasts"),
    "forecast_without_case": ("Zonder case van {0} in de opslag: {1}.", "Without a case of {0} in the store: {1}."),
    "forecast_refused": ("Geen prognose:", "No forecast:"),
}
