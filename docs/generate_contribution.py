"""The reference page of the contribution: its tables, what is counted as what, and its file byte by byte."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from puntlanding.contribution.container import ABOUT, LARGEST, SIGNATURES
from puntlanding.contribution.model import KIND, LARGEST_COUNT, SUFFIX, VERSION
from puntlanding.contribution.stored import MINUTES, STORED
from puntlanding.contribution.tables import Layout, TableName
from puntlanding.fold.rules import age_bands, settings, supporting_specialisms
from puntlanding.records.reference import activity_sets

Table = Callable[[Iterable[str], Iterable[Iterable[str]]], str]

INTRODUCTION = """# De bijdrage: een jaar van een ziekenhuis in hele getallen

`puntlanding fold` vouwt de records van één ziekenhuis en één jaar tot een bijdrage, een bestand dat eindigt op `{suffix}`. Alles
daarna (benchmark, efficiency, begroting) wordt uit bijdragen berekend; aan de records komt niemand meer. In een bijdrage staan
aantallen per vakgroep, nooit een patiënt. Wel zijn kleine aantallen te herkennen: wat het huis uitgaat, gaat eerst door
`puntlanding contribution export`.

Er wordt alleen opgeteld in hele getallen. Daarom maakt het niet uit in welke volgorde, op hoeveel processors of op welke computer
er gevouwen wordt: dezelfde records en dezelfde lijsten geven hetzelfde bestand, tot op de byte. Om dezelfde reden zijn bijdragen
samen te voegen in elke volgorde en in elke groepering.

## Welke records meetellen

Subtrajecten die in het jaar zijn geopend, en subtrajecten van het jaar ervoor die toen nog open waren (sluitdatum leeg of in het jaar
zelf, of later); met al hun activiteiten. Staat het jaar ervoor niet in de opslag, dan ontbreekt wat begin van het jaar sloot; de
telling `jaar_ervoor_in_opslag` is dan 0.

Wat er van het zorgproduct van een subtraject wordt, beslist de eerste regel die past:

| telling | wanneer |
|---|---|
| `in_behandeling` | geen zorgproduct en geen sluitdatum |
| `zonder_zorgproduct` | gesloten, en toch geen zorgproduct |
| `uitval` | zorgproduct begint met {dropped}, of er is geen declaratiecode (tenzij geen enkel subtraject er een heeft) |
| `onverzekerd` | declaratiecode begint met {uninsured} |
| `met_output` | al het andere: dit is de productie van de poortspecialismen |

Dit gaat over de output van de poort. In de strata tellen ook onverzekerde zorg en uitval mee, en een ondersteuner telt zijn werk
ook in zulke subtrajecten: het is gedaan. Een activiteit zonder uitvoerder telt alleen in de strata van haar subtraject.

Een ondersteunend specialisme ({supporting}) telt de activiteiten die het uitvoerde in subtrajecten van een ander specialisme. Wat het
in eigen subtrajecten deed, zit al in het zorgproduct.
"""

UNITS = """
## Wat telt als wat

Een activiteit telt als een eenheid van efficiency als haar code dat op de dag van uitvoering was. Diagnostiek telt wat in de lijst met
kostprijzen staat, in centen: aantal × kostprijs. *Zeker*: C bevestigd door een bron, D daaruit afgeleid, I uitleg van ons, M uit het
geheugen en nog te toetsen. Wat M is telt mee, omdat er anders na 2018 geen IC-dagen en geen schriftelijke consulten zouden zijn.

"""

AGES = """
Leeftijdsgroepen (lokale keuze; geen bron geeft ze): {bands}. De leeftijd is die welke iemand in het jaar bereikt, want alleen het
geboortejaar is bekend; is ook dat leeg, dan `onbekend`. Een subtraject zonder patiëntnummer telt als
productie en als zorg, maar niet als patiënt.
"""

TABLES = {
    TableName.PRODUCTION: "Productie per vakgroep, code, maand en contract. Een rij is één product (of activiteit) van één groep in één contract. "
    "De normminuten van een maand zijn het aantal × de normtijd van de rij; `contribution show --csv` geeft ze, "
    "`open_min_01` … `sluit_min_12`. De som over de codes zonder normtijd staat in de telling `zonder_normtijd`.",
    TableName.STRATA: "Patiënten en hun zorg per stratum van efficiency, van wat in het jaar is gesloten. Een patiënt telt in het eerste kwartaal "
    "waarin een subtraject van het stratum sloot; daardoor is de som van de kwartalen het aantal patiënten tot en met dat kwartaal.",
    TableName.INPUT: "De parameter input van het oude model: activiteiten naar de maand waarin zij gedaan zijn, patiënten naar de maand waarin zij in "
    "het jaar voor het eerst gezien zijn (poort: een subtraject werd geopend; ondersteunend: er werd iets gedaan).",
    TableName.DIAGNOSES: "Wat in het jaar is geopend en output heeft, naar diagnose en zorgproduct: om conservatieve en operatieve zorg te vergelijken.",
    MINUTES: "De normminuten van rijen van `productie` die geen normtijd hebben en toch minuten: wat bij bescherming is samengevoegd of afgerond. "
    "Staat hier een rij, dan zijn dit haar minuten. Zijn er zulke rijen niet, dan is deze tabel niet in het bestand.",
}  # fmt: skip

BRIEFLY = {
    TableName.PRODUCTION: "volumes per groep, code, maand en contract, met de normtijd",
    TableName.STRATA: "patiënten en eenheden van zorg per stratum van efficiency",
    TableName.INPUT: "activiteiten en nieuwe patiënten per groep en maand",
    TableName.DIAGNOSES: "wat opende, naar diagnose en zorgproduct",
    MINUTES: "normminuten van rijen waar geen normtijd ze vertelt; alleen als die er zijn",
}

MEANING = {
    "ziekenhuis": "naam van het ziekenhuis, zoals in de opslag",
    "specialisme": "AGB-code, vier cijfers; bij een ondersteuner die van wie het uitvoerde",
    "rol": "`poort` of `ondersteunend`; specialisme en rol samen zijn de groep",
    "soort": "`zorgproduct` (poort) of `zorgactiviteit` (ondersteunend)",
    "code": "zorgproduct of zorgactiviteit; `overig` wat na bescherming niet apart verteld wordt",
    "contract": "contract van de afspraak waar de verzekeraar onder valt; `alle` als er geen onderscheid is",
    "diagnosegroep": "groep uit de lijst diagnosegroepen, anders de diagnose zelf; `onbekend` zonder diagnose, `overig` na bescherming",
    "leeftijd": "leeftijdsgroep; `alle` na bescherming",
    "geslacht": "M, V of O (onbekend); `alle` na bescherming",
    "diagnose": "diagnosecode, vier tekens",
    "zorgproduct": "afgeleid zorgproduct",
    "open": "aantal geopend in de maand; bij activiteiten het aantal gedaan",
    "sluit": "aantal gesloten in de maand; bij activiteiten gelijk aan `open`",
    "open_min": "normminuten van `open`, in honderdsten van een minuut; leeg als het niet te zeggen is",
    "sluit_min": "normminuten van `sluit`, in honderdsten van een minuut; leeg als het niet te zeggen is",
    "normtijd": "honderdsten van een minuut per stuk; leeg als er geen normtijd is of de minuten in `minuten` staan; 0 als er ook niets gedaan is",
    "patienten": "verschillende patiënten bij wie het in het jaar is geopend of gedaan",
    "activiteiten": "activiteiten gedaan in de maand, correcties eraf",
    "patienten_maand": "patiënten voor het eerst in het jaar gezien in de maand",
    "aantal": "subtrajecten",
    "k_patienten": "patiënten, in het eerste kwartaal waarin er een subtraject sloot",
    "k_fysiek": "fysieke polikliniekbezoeken",
    "k_teleconsult": "teleconsulten",
    "k_dagopname": "dagopnamen",
    "k_verpleegdag": "verpleegdagen",
    "k_ic_dag": "IC-dagen",
    "k_diagnostiek": "diagnostiek in centen; leeg als er geen kostprijzen gegeven zijn",
}

FILE = """
## Tellingen

In `{about}`, bij elk ziekenhuis, om te zien wat wel en niet meetelt.

| telling | wat |
|---|---|
| `geopend`, `gesloten` | subtrajecten geopend, gesloten in het jaar |
| `in_behandeling`, `zonder_zorgproduct`, `uitval`, `onverzekerd`, `met_output` | wat er van de geopende werd; samen `geopend` |
| `zonder_specialisme` | subtrajecten zonder specialisme: zij tellen bij geen enkele groep |
| `zonder_normtijd` | aantal in `productie` (geopend of gedaan) zonder normtijd in de gegeven lijst |
| `activiteiten`, `activiteiten_ondersteunend` | activiteiten die gelezen zijn; waarvan gedaan door een ondersteuner voor een ander |
| `jaar_ervoor_in_opslag` | 1 als de records van het jaar ervoor er waren, anders 0 |

Een maand kan door correcties onder nul komen. Komt een heel jaar van een cel onder nul, dan klopt er iets niet in de records en
wordt er niets gemaakt.

## Het bestand

Een gewoon ZIP-bestand zonder compressie, met vaste tijden en volgorde. Uitpakken kan met elk programma; de tabellen zijn Parquet, die
Excel (Power Query), Power BI, R en Python lezen:

```text
noord-2026{suffix}
  {about:<24}wat dit is, van wie, waarmee gemaakt, en de SHA-256 van elke tabel
{entries}
  {signatures:<24}alleen in een ondertekend bestand
```

```python
import io, zipfile, polars

with zipfile.ZipFile("noord-2026{suffix}") as archief:
    productie = polars.read_parquet(io.BytesIO(archief.read("productie.parquet")))

normminuten = polars.sum_horizontal(polars.col("^open_[0-9]+$")) * polars.col("normtijd") / 100
productie.group_by("specialisme", "rol").agg(normminuten.sum())
```

`{about}` is JSON in UTF-8:

| sleutel | inhoud |
|---|---|
| `soort`, `formaat` | `{kind}` en de versie van dit formaat: {version} |
| `basis.jaar` | het jaar |
| `basis.eenheden`, `basis.leeftijden` | SHA-256 van de codelijsten hierboven; de leeftijdsgroepen |
| `basis.normtijden`, `basis.kostprijzen`, `basis.diagnosegroepen` | SHA-256 van de lijst die gebruikt is; `null` als er geen was |
| `ziekenhuizen[].ziekenhuis`, `.type` | naam; umc, topklinisch, algemeen, zbc of `null` |
| `ziekenhuizen[].programma` | versie van het programma dat vouwde |
| `ziekenhuizen[].bronnen` | per jaar van opening: de dag van levering en de SHA-256 van de records |
| `ziekenhuizen[].formatie` | per specialisme en rol de zorgverlening-fte (categorie 1a en 1b) en werkzame fte, als exacte breuk: `"9/2"` |
| `ziekenhuizen[].tellingen` | de tellingen hierboven |
| `ziekenhuizen[].bescherming` | wat er vóór uitwisseling samengevoegd of weggelaten is; `null`: niets |
| `tabellen` | van elke tabel het aantal rijen en de SHA-256 van het Parquet-bestand |

- **Vingerafdruk.** De SHA-256 van `{about}` zoals het in het bestand staat. Omdat daarin de SHA-256 van elke tabel staat, legt hij de hele
  inhoud vast. Dat is wat een handtekening (Ed25519, in `{signatures}`) ondertekent; een handtekening verandert de inhoud niet.
- **Elke byte telt.** Bij het lezen wordt nagegaan of het bestand precies is wat het programma van deze inhoud zou schrijven. Iets
  erachter geplakt, een extra bestand erin, opnieuw ingepakt door een ander programma: het wordt geweigerd.
- **Ook de inhoud wordt nagegaan.** Elke tabel heeft precies de kolommen hieronder; sleutels zijn gevuld, staan één keer en op volgorde;
  rijen zijn van ziekenhuizen die in `{about}` staan, en zoveel als daar staat; `minuten` heeft alleen rijen van `productie` die geen
  normtijd hebben; geen getal is groter dan {largest_count} en geen bestand erin groter dan {largest}.
- **Samenvoegen** kan als alles onder `basis` gelijk is en elk ziekenhuis één keer voorkomt. Anders zegt het programma wat er
  verschilt en voegt het niets samen.
- **Versies.** Een nieuw formaat krijgt een nieuw nummer. Een programma leest alleen de versie die het kent; vouw opnieuw uit de opslag.
"""


def contribution_page(table: Table) -> str:
    rules = settings()["declaratie"]
    bands = ", ".join(label for _, label in age_bands())
    parts = [
        INTRODUCTION.format(
            suffix=SUFFIX,
            dropped=_codes(rules["uitval"]),
            uninsured=_codes(rules["onverzekerd"]),
            supporting=", ".join(supporting_specialisms()),
        ),
        UNITS + table(("eenheid", "code", "omschrijving", "van", "tot en met", "zeker"), _units()),
        AGES.format(bands=bands),
    ]
    entries = "\n".join(f"  {f'{name}.parquet':<24}{BRIEFLY[name]}" for name in STORED)
    about = FILE.format(
        suffix=SUFFIX, about=ABOUT, signatures=SIGNATURES, kind=KIND, version=VERSION, entries=entries,
        largest_count="100 miljard" if LARGEST_COUNT == 10**11 else str(LARGEST_COUNT), largest=f"{LARGEST // 2**30} GiB",
    )  # fmt: skip
    parts.append(about)
    for name, layout in STORED.items():
        parts.append(
            f"\n## Tabel `{name}`\n\n{TABLES[name]}\n\n{table(('kolom', 'soort', 'leeg', 'betekenis'), _columns(layout))}"
        )
    return "".join(parts)


def _codes(codes: Iterable[str]) -> str:
    return " of ".join(f"`{code}`" for code in codes)


def _units() -> Iterator[tuple[str, ...]]:
    wanted = {name: unit for unit, sets in settings()["eenheden"].items() for name in sets}
    for row in activity_sets(sure=False).sort("za_code").iter_rows(named=True):
        if row["set"] in wanted and row["status"] in settings()["status"]["telt"]:
            until = "" if row["tot"] is None else row["tot"].isoformat()
            text = (
                wanted[row["set"]],
                row["za_code"],
                row["omschrijving"],
                row["van"].isoformat(),
                until,
                row["status"],
            )
            yield text


def _columns(layout: Layout) -> Iterator[tuple[str, ...]]:
    """Columns that differ by month or quarter only stand in one line."""
    for key in layout.keys:
        yield f"`{key}`", "tekst", "nee", MEANING[key]
    families: dict[str, list[str]] = {}
    for column in layout.counts:
        families.setdefault(re.sub(r"^k\d_|_\d\d$", "", column), []).append(column)
    for family, columns in families.items():
        shown = f"`{columns[0]}` … `{columns[-1]}`" if len(columns) > 1 else f"`{columns[0]}`"
        empty = "ja" if columns[0] in layout.unknown else "nee"
        yield shown, "geheel getal", empty, MEANING[_kind(family, columns[0])]


def _kind(family: str, first: str) -> str:
    if first.startswith("k1_"):
        return f"k_{family}"
    return "patienten_maand" if first == "patienten_01" else family
