"""The reference pages on deliveries: the canonical tables and the store, the formats and their field maps, the checks."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from puntlanding.intake import readers, reference_formats
from puntlanding.intake.base import Field
from puntlanding.records.findings import Check, Step, catalogue
from puntlanding.records.tables import TABLES

Table = Callable[[Iterable[str], Iterable[Iterable[str]]], str]

RECORDS = """# De opslag: gepseudonimiseerde records van een ziekenhuis

`puntlanding intake load` zet een levering in de opslag, een map die u kiest. `puntlanding intake store OPSLAG` toont wat erin
staat. Alles is gewone Parquet en JSON: Power BI, Excel (Power Query), R en Python lezen het zonder dit programma.

```text
OPSLAG/
  puntlanding-opslag.json                 merkt de map als opslag, met de versie van deze indeling
  <ziekenhuis>/
    leveringen.json                       welke levering van welk jaar geldt; dit bestand vervangen is het laden
    <datum>-<inhoud>/                     één levering, zoals bekend op die datum
      manifest.json                       bronnen en hun SHA-256, lezer en versie, aantallen, alle controles, wat er verving
      <jaar>/subtrajecten.parquet         subtrajecten geopend in dat jaar, op volgorde van pseudoniem
      <jaar>/zorgactiviteiten.parquet     hun activiteiten, ook die van een later jaar
```

- **Jaar** is het jaar van opening. Een levering vervangt alleen de jaren die zij bevat, van dezelfde datum; eerdere datums
  blijven staan, zodat te vragen is wat er toen bekend was.
- **Helemaal of niet.** Een levering telt pas als `leveringen.json` haar noemt. Wordt het laden afgebroken, op welk moment ook,
  dan is de opslag als tevoren of als erna; restanten ruimt de volgende keer op. Twee keer hetzelfde laden wijzigt niets.
- **Zelfde records, zelfde bytes**, in welke volgorde of vorm zij ook kwamen (bij dezelfde versie van het programma).
- **Pseudoniemen.** Een pseudoniem is de HMAC-SHA256 van soort en nummer, onder de sleutel van het ziekenhuis, ingekort tot 63
  bits. De sleutel staat nooit in de opslag, wel een vingerafdruk ervan, om een verkeerde sleutel te herkennen. Waarom en wat
  dat wel en niet beschermt: [privacy.md](../explanation/privacy.md).
- **Codes** staan als tekst in een woordenlijst (*dictionary*): elke lezer van Parquet ziet tekst; Polars en Arrow zien ook de
  lijst, in Polars als `Enum` van de codes die in dat bestand voorkomen. Wie bestanden van meer jaren onder elkaar zet, maakt er
  eerst tekst van (in Polars: `cast(pl.String)`).
- **`subtraject_rij`** staat in `zorgactiviteiten.parquet` achter de kolommen van de tabel: de rij van het subtraject in
  `subtrajecten.parquet` van hetzelfde jaar, vanaf 0. Koppelen op `subtraject_id` geeft hetzelfde, maar duurt langer. In leveringen
  die vóór 22 november 2026 zijn geladen, ontbreekt deze kolom en zijn codes gewone tekst; die blijven leesbaar.
- Activiteiten zonder subtraject in de levering worden geteld en niet opgeslagen.

Wat verplicht is, mag in een geladen levering niet leeg zijn, behalve waar een controle dat toelaat
([controles.md](controles.md)).
"""

FORMATS = """# Vormen van leveringen

Wat het programma van een ziekenhuis kan lezen. `puntlanding intake formats` toont dezelfde lijst; zonder `--format` herkent
het programma de vorm. Elke vorm heeft een vaste koppeling naar de tabellen van [opslag.md](opslag.md). De kolom *zeker* zegt
waar de koppeling op berust: C bevestigd door een openbare bron, D daaruit afgeleid, I uitleg van ons, M uit het geheugen en
nog te toetsen.

Wat een lezer niet kan plaatsen, telt hij, met voorbeelden, in het verslag van `puntlanding intake check`. Namen, adressen en
BSN's leest geen enkele lezer in, behalve het BSN in ZH308, dat daar het enige patiëntnummer is en meteen een pseudoniem wordt.
"""

CHECKS = """# Controles op een levering

Deze lijst is de catalogus zelf ([checks.toml](../../src/puntlanding/records/checks.toml)). Een *fout* houdt het laden tegen
zodra meer dan de drempel van de rijen het heeft; daaronder reist zij mee als waarschuwing. Een *waarschuwing* houdt niets
tegen en wordt tot de drempel alleen geteld. Een *telling* is een regel van de vorm, geen gebrek. De uitkomst van elke
controle staat in het manifest van de levering.
"""


def records_page(table: Table) -> str:
    parts = [RECORDS]
    for name, columns in TABLES.items():
        rows = ((f"`{c.name}`", c.kind.value, "ja" if c.required else "nee", str(c.width or ""), c.nl) for c in columns)
        parts.append(f"\n## {name}\n\n{table(('kolom', 'soort', 'verplicht', 'lengte', 'betekenis'), rows)}")
    return "".join(parts)


def formats_page(table: Table) -> str:
    parts = [FORMATS]
    for reader in readers().values():
        parts.append(
            f"\n## `{reader.name}`\n\n{reader.nl}. Bestanden: {reader.files}.\n\n{_fields(reader.fields, table)}"
        )
        if reader.absent:
            rows = ((f"`{one.ours}`", one.nl) for one in reader.absent)
            parts.append(f"\nWat deze vorm niet of anders draagt:\n\n{table(('kolom', 'waarom'), rows)}")
    parts.append(
        "\n# Landelijke tabellen\n\nGeen levering van een ziekenhuis, maar om mee te controleren en te vergelijken.\n"
    )
    for one in reference_formats():
        parts.append(f"\n## `{one.name}`\n\n{one.nl}\n\n{_fields(one.fields, table)}")
    return "".join(parts)


def _fields(fields: Iterable[Field], table: Table) -> str:
    rows = ((f"`{one.ours}`", one.theirs, one.status, one.nl) for one in fields)
    return table(("onze kolom", "hun kolom", "zeker", "regel"), rows)


def checks_page(table: Table) -> str:
    parts = [CHECKS]
    titles = {Step.CHECK: "Op de records", Step.READ: "Bij het lezen"}
    for step, title in titles.items():
        parts.append(f"\n## {title}\n")
        found = [one for one in catalogue().values() if one.step is step]
        for place in dict.fromkeys(one.table for one in found):
            rows = (_check(one) for one in found if one.table == place)
            head = ("controle", "ernst", "drempel", "wat, en wat eraan te doen", "waarom")
            parts.append(f"\n### {place}\n\n{table(head, rows)}")
    return "".join(parts)


def _check(one: Check) -> tuple[str, ...]:
    severity = "telling" if one.severity is None else one.severity.value
    share = f"{one.threshold * 100:g} %".replace(".", ",") if one.threshold else "geen"
    return f"`{one.id}`", severity, share, one.nl, one.why_nl
