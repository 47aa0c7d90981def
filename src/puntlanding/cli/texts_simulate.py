"""What the command that simulates a year says of itself, in Dutch and English."""

from __future__ import annotations

TEXTS_SIMULATE: dict[str, tuple[str, str]] = {
    "simulate": (
        "Simuleer het jaar onder afspraken: wat kan een vakgroep krijgen, en wie draagt het risico.\n\n"
        "Trekt 10.000 keer de volumes van het jaar en rekent ze onder elke afspraak af, steeds met dezelfde trekkingen. "
        "Schattingen; geen afrekening. Kolom A is de eigen afspraak van de case.",
        "Simulate the year under agreements: what a group may get, and who carries the risk.\n\n"
        "Draws the volumes of the year 10,000 times and settles them under each agreement, the same draws for all. "
        "Estimates; no settlement. Column A is the case's own agreement.",
    ),
    "opt_simulate_agreements": (
        "Andere afspraken ernaast, een of meer achter elkaar; hele, of aanvullingen op die van de case.",
        "Other agreements beside it, one or more in a row; whole ones, or overlays on the case's.",
    ),
    "opt_simulate_draws": ("Aantal trekkingen, van 100 tot 1.000.000; standaard 10.000.", "Number of draws, from 100 to 1,000,000; default 10,000."),
    "opt_simulate_seed": ("Begin van het toeval; hetzelfde getal geeft dezelfde uitkomst. Standaard 1.", "Where chance begins; the same number gives the same outcome. Default 1."),
    "opt_simulate_threads": ("Zoveel tegelijk; de uitkomst is dezelfde. Standaard wat deze computer heeft, ten hoogste 4.", "So many at once; the outcome is the same. By default what this computer has, at most 4."),
    "opt_simulate_volumes": (
        "Waar de volumes omheen liggen: prognose, begroting of realisatie. Standaard de prognose als die er is, anders de begroting.",
        "What the volumes lie around: prognose (forecast), begroting (budget) or realisatie (realisation). Default: the forecast if there is one, otherwise the budget.",
    ),
    "opt_simulate_spread": (
        "Eén spreiding voor alles: de standaardafwijking als percentage, bijvoorbeeld 5%. Anders de lijst spreiding.csv naast de case, "
        "of met --store die van de prognose.",
        "One spread for all: the standard deviation as a percentage, such as 5%. Otherwise the list spreiding.csv beside the case, "
        "or with --store that of the forecast.",
    ),
    "opt_simulate_correlation": (
        "Hoe ver vakgroepen samen op en neer gaan, van 0 tot 1; standaard 0,25 (lokaal), met een prognose die van de prognose.",
        "How far groups go up and down together, from 0 to 1; default 0.25 (local), with a forecast that of the forecast.",
    ),
}  # fmt: skip
