"""What the commands of norms say of themselves, in Dutch and English."""

from __future__ import annotations

TEXTS_NORMS: dict[str, tuple[str, str]] = {
    "norms": ("Normtijden: dekking, opbouw, effect van een nieuwe tabel, balans tussen routes.", "Norm times: coverage, construction, effect of a new table, balance between routes."),
    "norms_coverage": (
        "Welke productie heeft een normtijd, en welke niet.",
        "Which production has a norm time, and which has none.",
    ),
    "norms_build": (
        "Bouw normtijden van zorgproducten uit die van activiteiten × zorgprofiel + toeslag.",
        "Build norm times of products from those of activities × profile + surcharge.",
    ),
    "norms_effect": (
        "Wat doen de normtijden van een ander jaar met de normuren van elke vakgroep, bij dezelfde productie.",
        "What the norm times of another year do to each group's norm hours, at the same production.",
    ),
    "norms_neutrality": (
        "Is een gewerkte minuut op de operatieve en de conservatieve route evenveel normtijd waard.",
        "Is a minute worked worth as much norm time on the operative route as on the conservative one.",
    ),
    "contributions_word": ("BIJDRAGE...", "CONTRIBUTION..."),
    "year_word": ("JAAR", "YEAR"),
    "code_word": ("CODE", "CODE"),
    "opt_norms": ("Lijst normtijden (CSV of Parquet); mag vaker.", "List normtijden (CSV or Parquet); may be repeated."),
    "opt_norm_year": ("Jaar van de normtijden; anders dat van de bijdragen.", "Year of the norm times; that of the contributions otherwise."),
    "opt_build_year": ("Jaar waarvoor de normtijden gelden.", "Year that the norm times are for."),
    "opt_effect_year": ("Het nieuwe jaar; anders het jaar na --from.", "The new year; the one after --from otherwise."),
    "opt_effect_from": ("Het oude jaar; anders dat van de bijdragen.", "The old year; that of the contributions otherwise."),
    "opt_structure": ("Lijst productstructuur: wat vervangen, nieuw of vervallen is.", "List productstructuur: what is replaced, added or dropped."),
    "opt_profiles": ("Lijst profielen: gemiddeld aantal activiteiten per zorgproduct.", "List profielen: mean number of activities per product."),
    "opt_national_profiles": ("Zorgprofielen uit de landelijke cijfers (intake national).", "Profiles from the national figures (intake national)."),
    "opt_surcharges": ("Lijst toeslagen: minuten per subtraject.", "List toeslagen: minutes per trajectory."),
    "opt_routes": ("Lijst routes: welk zorgproduct operatief of conservatief is.", "List routes: which product is operative or conservative."),
    "opt_nza_classes": ("Map met de codetabellen van de NZa, voor de klasse van activiteiten bij --profiles.", "Folder with the NZa's code tables, for the class of activities with --profiles."),
    "classes_word": ("KLASSEN", "CLASSES"),
    "opt_no_time": ("Zorgprofielklassen die de specialist zelf geen tijd kosten, zoals 8,9,10: activiteiten zonder normtijd daarin tellen 0.", "Classes of activities that take the specialist no time, such as 8,9,10: activities in them without a norm time count 0."),
    "opt_built": ("Schrijf de gebouwde normtijden in dit nieuwe bestand (CSV).", "Write the built norm times to this new file (CSV)."),
    "opt_missing": ("Schrijf de activiteiten zonder normtijd in dit nieuwe bestand, om in te vullen (CSV).", "Write the activities without a norm time to this new file, to fill in (CSV)."),
    "opt_explain_norm": ("Leg uit hoe de normtijd van dit zorgproduct tot stand komt.", "Explain how this product's norm time comes about."),
    "opt_norms_minimum": ("Zo veel subtrajecten zijn op elke route nodig; anders 10.", "This many trajectories are needed on each route; 10 otherwise."),
    "opt_margin": ("Procent dat de balans van 1 mag afwijken; anders 10.", "Per cent that the balance may differ from 1; 10 otherwise."),
    "opt_all_rows": ("Toon alle regels.", "Show all rows."),
}  # fmt: skip
