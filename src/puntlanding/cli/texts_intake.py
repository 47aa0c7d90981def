"""What the intake's commands say of themselves, in Dutch and English."""

from __future__ import annotations

TEXTS_INTAKE: dict[str, tuple[str, str]] = {
    "intake": (
        "Exports van het ziekenhuis controleren, pseudonimiseren en laden.",
        "Check, pseudonymise and load a hospital's exports.",
    ),
    "intake_formats": ("Toon welke vormen van exports gelezen worden.", "Show which formats of exports are read."),
    "intake_map": (
        "Ontwerp een koppeling: welke kolom van een eigen export is welke van ons.",
        "Draft a mapping: which column of an export of your own is which of ours.",
    ),
    "intake_check": (
        "Lees en controleer een levering zonder iets te bewaren.",
        "Read and check a delivery without keeping anything.",
    ),
    "intake_load": (
        "Controleer, pseudonimiseer en laad een levering: helemaal of niet.",
        "Check, pseudonymise and load a delivery: whole or not at all.",
    ),
    "intake_store": ("Toon wat er in een opslag staat.", "Show what a store holds."),
    "intake_codes": ("Toon wat er in de codetabellen van de NZa staat.", "Show what the NZa's code tables hold."),
    "intake_national": (
        "Lees Open DIS: landelijke volumes en zorgprofielen, naar een nieuwe MAP.",
        "Read Open DIS: national volumes and care profiles, into a new DIR.",
    ),
    "source_word": ("BRON", "SOURCE"),
    "store_word": ("OPSLAG", "STORE"),
    "date_word": ("DATUM", "DATE"),
    "years_word": ("JAREN", "YEARS"),
    "name_word": ("NAAM", "NAME"),
    "opt_output": ("Schrijf in dit nieuwe bestand.", "Write to this new file."),
    "opt_format": (
        "De vorm van de export; anders herkent het programma hem.",
        "Format of the export; recognised otherwise.",
    ),
    "opt_mapping": (
        "Koppeling (TOML) bij een export in eigen vorm.",
        "Mapping (TOML) of an export in a format of its own.",
    ),
    "opt_years": (
        "Laad alleen subtrajecten geopend in dit jaar of deze jaren: 2026 of 2024-2026.",
        "Load only trajectories opened in this year or these years: 2026 or 2024-2026.",
    ),
    "opt_nza": ("Map met de codetabellen van de NZa.", "Folder with the NZa's code tables."),
    "opt_national": (
        "Map met landelijke cijfers (intake national).",
        "Folder with national figures (intake national).",
    ),
    "opt_date": (
        "Dag waarop het ziekenhuis dit wist (jjjj-mm-dd): de datum van de export.",
        "Day on which the hospital knew this (yyyy-mm-dd): the export's date.",
    ),
    "opt_date_check": (
        "Datum van de export (jjjj-mm-dd); anders vandaag.",
        "The export's date (yyyy-mm-dd); today otherwise.",
    ),
    "opt_date_codes": ("Tel de codes die op deze dag geldig waren.", "Count the codes that were valid on this day."),
    "opt_hospital": ("Naam van het ziekenhuis in de opslag.", "The hospital's name in the store."),
    "opt_store": ("Map van de opslag; wordt zo nodig gemaakt.", "Folder of the store; made if need be."),
    "opt_key": (
        "Sleutelbestand van het ziekenhuis; wordt bij de eerste levering gemaakt.",
        "The hospital's key file; made with the first delivery.",
    ),
    "opt_all": ("Toon ook de controles waar niets mis is.", "Show the checks that found nothing too."),
    "opt_page": ("Schrijf de controles ook als webpagina (.html).", "Write the checks as a web page (.html) too."),
    "step_read": ("Lezen", "Reading"),
    "step_check": ("Controleren", "Checking"),
    "step_store": ("Opslaan", "Storing"),
    "demo_store": (
        "Maak een nieuwe MAP met een opslag van verzonnen ziekenhuizen: geladen, met afspraken en normtijden erbij.",
        "Make a new DIR with a store of made-up hospitals: loaded, with agreements and norm times beside it.",
    ),
    "opt_demo_year": (
        "Het jaar dat wordt begroot en afgerekend; de twee jaren ervoor komen erbij.",
        "The year that is budgeted and settled; the two years before it come along.",
    ),
    "step_demo_store": ("Maken en laden", "Generating and loading"),
    "demo_stored": (
        "{0} verzonnen, geopend in {1}-{2}: {3} subtrajecten en {4} activiteiten, gecontroleerd en gepseudonimiseerd geladen in {5}.",
        "{0} made up, opened in {1}-{2}: {3} trajectories and {4} activities, checked and loaded under pseudonyms into {5}.",
    ),
    "demo_stored_next": (
        "Verder:\n"
        "  puntlanding fold alle {2} --store {0}/opslag --hospitals {0}/ziekenhuizen.csv --out {0}/bijdragen\n"
        "  puntlanding fold alle {1} --store {0}/opslag --hospitals {0}/ziekenhuizen.csv --out {0}/bijdragen\n"
        "  puntlanding benchmark ex-ante {1} {0}/bijdragen/*-{2}.bijdrage --norms {0}/normtijden.csv --peers alle --publish {0}/opslag/benchmark --date {2}-12-15 --hospital {3}\n"
        "  puntlanding run --store {0}/opslag --hospital {3} --year {1} --contributions {0}/bijdragen",
        "Next:\n"
        "  puntlanding fold alle {2} --store {0}/opslag --hospitals {0}/ziekenhuizen.csv --out {0}/bijdragen\n"
        "  puntlanding fold alle {1} --store {0}/opslag --hospitals {0}/ziekenhuizen.csv --out {0}/bijdragen\n"
        "  puntlanding benchmark ex-ante {1} {0}/bijdragen/*-{2}.bijdrage --norms {0}/normtijden.csv --peers alle --publish {0}/opslag/benchmark --date {2}-12-15 --hospital {3}\n"
        "  puntlanding run --store {0}/opslag --hospital {3} --year {1} --contributions {0}/bijdragen",
    ),
    "step_generate": ("Maken", "Generating"),
    "progress_rows": ("{0} rijen · {1} per seconde", "{0} rows · {1} per second"),
    "key_made": (
        "Nieuwe sleutel gemaakt: {0}\nBewaar er een kopie van op een veilige plek, niet bij de opslag. Zonder deze sleutel "
        "sluiten volgende leveringen niet aan.",
        "New key made: {0}\nKeep a copy in a safe place, not with the store. Without this key later deliveries do not link.",
    ),
    "loaded_new": (
        "Geladen: {0}, geopend in {1}, zoals bekend op {2}, in {3}.",
        "Loaded: {0}, opened in {1}, as known on {2}, into {3}.",
    ),
    "loaded_same": (
        "Niets gewijzigd: {0} was zo al geladen voor {1}.",
        "Nothing changed: {0} had been loaded like this for {1}.",
    ),
    "loaded_changed": (
        "Vervangen: {0}, zoals bekend op {1}. Verschil met de eerdere levering:",
        "Replaced: {0}, as known on {1}. Difference from the earlier delivery:",
    ),
    "changed_added": ("1 nieuw|{0} nieuw", "1 new|{0} new"),
    "changed_removed": ("1 weg|{0} weg", "1 gone|{0} gone"),
    "changed_altered": ("1 gewijzigd|{0} gewijzigd", "1 altered|{0} altered"),
    "changed_none": ("geen verschil", "no difference"),
    "draft_done": (
        "Koppeling geschreven in {0}. Loop hem na, en controleer dan met:\n  puntlanding intake check {1} --mapping {0}",
        "Mapping written to {0}. Go through it, then check with:\n  puntlanding intake check {1} --mapping {0}",
    ),
    "errors_delivery": ("{0}; er is niets geladen.", "{0}; nothing was loaded."),
    "demo_generate": (
        "Maak in MAP voorbeeldziekenhuizen: exports in de vormen die u kiest, en per jaar een case die erbij past.",
        "Make demonstration hospitals in DIR: exports in the formats that you choose, and a case for every year.",
    ),
    "opt_hospitals": ("Hoeveel ziekenhuizen.", "How many hospitals."),
    "opt_demo_years": (
        "Jaren waarin subtrajecten opengaan: 2025 of 2024-2026.",
        "Years in which trajectories open: 2025 or 2024-2026.",
    ),
    "opt_scale": ("Omvang: 1 is een echt ziekenhuis.", "Size: 1 is a real hospital."),
    "opt_seed": ("Toevalsgetal; hetzelfde geeft dezelfde bytes.", "Seed; the same one gives the same bytes."),
    "opt_formats": (
        "Vormen, met komma's ertussen: neutraal, neutraal_eigen, dwh, hix, zh308, opendis, nza.",
        "Formats, separated by commas: neutraal, neutraal_eigen, dwh, hix, zh308, opendis, nza.",
    ),
    "opt_variant": ("Verloop: stabiel, met trends, of met een schok.", "Course: stable, with trends, or with a shock."),
    "default": ("Anders {0}.", "Otherwise {0}."),
    "opt_as_of": (
        "Alleen wat op deze dag bekend was (jjjj-mm-dd); mag vaker.",
        "Only what was known on this day (yyyy-mm-dd); may be repeated.",
    ),
    "number_word": ("GETAL", "NUMBER"),
    "formats_word": ("VORMEN", "FORMATS"),
    "demo_generated": (
        "Geschreven in {0}: {1}. Alle gegevens zijn verzonnen. Controleer een export met:\n  puntlanding intake check {2}",
        "Written in {0}: {1}. All data is made up. Check an export with:\n  puntlanding intake check {2}",
    ),
    "hospitals_made": ("1 ziekenhuis|{0} ziekenhuizen", "1 hospital|{0} hospitals"),
}
