"""What the commands of efficiency and formation say of themselves, in Dutch and English."""

from __future__ import annotations

TEXTS_EFFICIENCY: dict[str, tuple[str, str]] = {
    "efficiency": (
        "Efficiency per vakgroep, gecorrigeerd voor casemix: wat dezelfde patiënten bij de referentie zouden vragen.",
        "Efficiency per group, corrected for casemix: what the same patients would take at the reference.",
    ),
    "formation": (
        "Dagdelen per functie en categorie → zorgverlening-fte en werkzame fte per vakgroep.",
        "Half-days by role and category → care fte and working fte per group.",
    ),
    "opt_efficiency_hospital": ("Het ziekenhuis; andere worden niet genoemd.", "The hospital; others are not named."),
    "opt_efficiency_group": (
        "Toon waar dit specialisme van de referentie verschilt (code of naam).",
        "Show where this specialism differs from the reference (code or name).",
    ),
    "opt_efficiency_explain": (
        "Leg uit hoe de efficiency van dit specialisme tot stand komt (code of naam).",
        "Explain how the efficiency of this specialism comes about (code or name).",
    ),
    "opt_efficiency_minimum": (
        "Minder patiënten dan dit bij de referentie: vergelijk grover. Anders 10 (lokaal).",
        "Fewer patients than this at the reference: compare more coarsely. Otherwise 10 (local).",
    ),
    "opt_efficiency_weights": (
        "Lijst efficiencygewichten: standaardkosten en gewichten (lokaal).",
        "List efficiencygewichten: standard costs and weights (local).",
    ),
    "specialism_word": ("SPECIALISME", "SPECIALISM"),
}
