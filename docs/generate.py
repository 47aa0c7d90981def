"""Writes the reference pages that follow from the code, and refreshes the output shown on every page: `make docs`.

A page that is generated says so in its first line; its facts stand in the code, its introduction here.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from string import Formatter

import click

import console
import generate_components
import generate_contribution
import generate_intake
import generate_web
from puntlanding.agreement.keys import CONTRACT, OPEN_SECTIONS, REPEATED, REQUIRED_SECTIONS, SECTIONS
from puntlanding.agreement.schema import SECTION_NOTES, UNITS, agreement_schema
from puntlanding.case.layout import LAYOUTS, NOT_YET_USED, Layout
from puntlanding.case.list_layouts import LISTS
from puntlanding.cli.main import build
from puntlanding.components import COMPONENTS
from puntlanding.contract_types import CONTRACT_TYPES
from puntlanding.language.messages import MESSAGES
from puntlanding.language.notation import Language, precise
from puntlanding.quantities import fixed
from puntlanding.setting import Kind, Setting

REFERENCE = console.ROOT / "docs" / "reference"
GENERATED = "<!-- Gemaakt door docs/generate.py uit de code; wijzig niet hier maar daar. -->\n\n"

KINDS = {
    Kind.TEXT: "tekst",
    Kind.YEAR: "jaar",
    Kind.NUMBER: "getal",
    Kind.EUROS: "bedrag",
    Kind.CHOICE: "keuze",
    Kind.PAIR: "twee getallen",
    Kind.TEXTS: "lijst van teksten",
    Kind.DATE: "datum",
}

AGREEMENT = """# De afspraak: `afspraak.toml`

Alle lokale keuzes van één jaar staan in één bestand. Zet een onderdeel op een eigen regel tussen haken, met de sleutels
eronder; tekst tussen aanhalingstekens, getallen met een punt. Een aandeel is een deel van 1: 5 % is `0.05`. Wat u weglaat,
krijgt de standaardwaarde. Een onbekende sleutel of een waarde buiten het bereik is een fout, met de regel erbij.

```toml
{example}```

Een lege afspraak met deze uitleg erin maakt u met `puntlanding new MAP`. In een werkmap staan dezelfde sleutels op het blad
`afspraak` ([bestanden.md](bestanden.md)). Voor editors en andere programma's is er een JSON Schema:
[afspraak.schema.json](afspraak.schema.json), ook met `puntlanding agreement schema`.

Een latere versie in hetzelfde jaar staat ernaast, als `afspraak_vanaf_JJJJ-MM-DD.toml` met die dag als `ingangsdatum`; voor het
hele jaar geldt de laatste. Een afspraak die is getekend, legt u vast: dan staat er een zegel naast, en weigert het programma een
afspraak die daarna is veranderd. Zie [een afspraak controleren, vergelijken en vastleggen](../how-to/afspraak-vastleggen.md).
"""

FILES = """# De bestanden van een case

Een case is één gremium in één jaar: een map met `afspraak.toml` en tabellen, of één werkmap (`.xlsx`). Een lege case met
toelichting maakt u met `puntlanding new MAP`, of met `puntlanding new MAP --workbook` als werkmap. `puntlanding check CASE`
zegt wat er gelezen is, hoe, en wat ermee te berekenen is.

Altijd nodig zijn de afspraak en [vakgroepen](#vakgroepen). De rest hangt af van wat u berekent:

| opdracht | nodig |
|---|---|
| `budget` | begroting; bij normuren of aantallen ook benchmark; bij aantallen ook normtijden |
| `monitor` | begroting en prognose, in dezelfde hoeveelheid; anders ook benchmark |
| `settle` | begroting en ten minste één contract; realisatie, behalve bij een (meerjaren) aanneemsom |
| `distribute` | als `settle`, en `[kader]`; formatie als er een vaste component is |

## Vorm

**CSV.** UTF-8, met of zonder BOM. Het scheidingsteken is puntkomma, komma of tab; het programma ziet aan de eerste regel
welk. Lege regels bovenaan en regels die daar met `#` beginnen zijn toelichting. Lege regels tellen niet mee. De volgorde van de kolommen is vrij.
Een onbekende kolom geeft een waarschuwing, een ontbrekende verplichte kolom een fout.

**Getallen.** Een decimale komma of een decimale punt, maar niet allebei in één tabel. Staat er alleen iets als `1.234`, dan
beslist het scheidingsteken: puntkomma hoort bij de komma, komma bij de punt. Past dat niet, dan is het een fout en geen
gok. Schrijf geen scheidingstekens voor duizendtallen. Een percentage is een deel van 1: `0,05`.

**Codes** zijn tekst; voorloopnullen blijven staan. Bij een keuze maken hoofdletters niet uit, bij namen wel.

**Rijen** tellen zoals in een spreadsheet: de eerste regel van het bestand is rij 1, ook als die toelichting is.

**Parquet.** Een tabel mag ook `naam.parquet` heten in plaats van `naam.csv`. Een getal met drijvende komma telt als het
decimale getal dat u ziet: 4,045 is precies 4,045. Ieder bestand mag er één keer zijn, als CSV of als Parquet.

**Werkmap.** Elk blad met de naam van een tabel is die tabel. Staan er in een map alleen een werkmap en eventueel
`afspraak.toml`, dan wordt die werkmap gelezen; staan er ook CSV- of Parquet-bestanden, dan worden die gelezen en krijgt u een
waarschuwing. Een formule telt met de waarde die Excel of LibreOffice het laatst heeft bewaard.

**Het blad `afspraak`** heeft de kolommen `onderdeel`, `sleutel` en `waarde`; andere kolommen zijn voor u. Een rij zonder
waarde telt niet. Elk contract is een eigen onderdeel: `contract 1`, `contract 2`, … De sleutels zijn die van
[afspraak.md](afspraak.md); een onderdeel in een onderdeel schrijft u met een punt: `formatie.functiegewichten`. Zonder dit
blad wordt `afspraak.toml` naast de werkmap gelezen.

Een lege tabel (alleen kolomnamen) telt als afwezig. Deze tabellen zijn voorzien maar worden nog door geen berekening
gebruikt; dat wordt gezegd: {unused}.
"""

LISTS_PAGE = """# Lijsten naast een case

Wat het vouwen, de normtijden, de benchmark en de prognose nodig hebben en voor meer vakgroepen of ziekenhuizen tegelijk geldt, staat in
lijsten: losse bestanden (CSV of Parquet) in dezelfde vorm als de tabellen van een case ([bestanden.md](bestanden.md)). Ze
mogen bij de case in de map staan, onder hun eigen naam; een opdracht die een lijst als optie krijgt, leest die. Een lijst die
er niet is, verandert niets; een lijst met een fout wordt geweigerd, met alle fouten tegelijk.
"""

MESSAGE_PAGE = """# Meldingen

Elke melding zegt waar het mis is (bestand, rij of regel, kolom of sleutel, en wat er staat) en wat eraan te doen is. Alle
fouten komen in één keer, ten hoogste vijftig van één soort per bestand. Bij een fout wordt niets berekend; een waarschuwing
("let op") houdt niets tegen. Wat tussen accolades staat, vult het programma in. De code is voor ontwikkelaars.
"""

COMMANDS = """# Opdrachten en opties

`CASE` is een map of werkmap ([bestanden.md](bestanden.md)). Resultaten gaan naar de standaarduitvoer, meldingen naar de
standaardfoutuitvoer. Niets wordt overschreven, behalve resultaten die u zelf met `--csv` of `--xlsx` aanwijst.

| afsluitstatus | betekenis |
|---|---|
| 0 | gelukt; er kunnen waarschuwingen zijn |
| 1 | de invoer deugt niet, of een bestand kan niet worden geschreven |
| 2 | onbekende opdracht of optie, of een argument te veel of te weinig |
| 70 | fout in het programma zelf; met `--debug` ziet u de details |

`--explain` en `--json` gaan samen: de uitleg komt dan als graaf in de JSON ([json.md](json.md)).
"""


def reference_pages() -> dict[Path, str]:
    """Path → content of every generated page."""
    return {
        REFERENCE / "afspraak.md": _agreement(),
        REFERENCE / "afspraak.schema.json": json.dumps(agreement_schema(), ensure_ascii=False, indent=2) + "\n",
        REFERENCE / "bestanden.md": _files(),
        REFERENCE / "lijsten.md": _lists(),
        REFERENCE / "meldingen.md": _messages(),
        REFERENCE / "opdrachten.md": _commands(),
        REFERENCE / "bijdrage.md": GENERATED + generate_contribution.contribution_page(_table),
        REFERENCE / "opslag.md": GENERATED + generate_intake.records_page(_table),
        REFERENCE / "leveringen.md": GENERATED + generate_intake.formats_page(_table),
        REFERENCE / "rollen.md": GENERATED + generate_web.rights_page(_table),
        REFERENCE / "controles.md": GENERATED + generate_intake.checks_page(_table),
        **generate_components.component_pages(REFERENCE / "onderdelen", _settings),
    }


def _table(titles: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = list(titles)
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(_cell(cell) for cell in line)} |\n" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _agreement() -> str:
    example = (console.ROOT / "examples/handreiking/5/afspraak.toml").read_text(encoding="utf-8")
    parts = [GENERATED, AGREEMENT.format(example=example)]
    for name, settings in SECTIONS.items():
        must = "Verplicht." if name in REQUIRED_SECTIONS else "Mag ontbreken."
        title = f"[[{name}]]" if name in REPEATED else f"[{name}]"
        parts.append(f"\n## `{title}`\n\n{SECTION_NOTES[name]} {must}\n\n{_settings(settings)}")
        if name == CONTRACT:
            parts.append(_contract_types())
        if name in COMPONENTS:
            page = generate_components.page_of(name)
            parts.append(f"\nFormule, lijsten en voorbeelden: [{page.removesuffix('.md')}](onderdelen/{page}).\n")
        for path, pattern in OPEN_SECTIONS.items():
            if path.startswith(f"{name}."):
                parts.append(f"\n### `[{path}]`\n\n{pattern.nl} De namen kiest u zelf; {_bounds(pattern)}.\n")
    return "".join(parts)


def _settings(settings: Iterable[Setting]) -> str:
    titles = ("sleutel", "soort", "eenheid", "bereik of keuzes", "standaard", "betekenis")
    return _table(titles, (_setting(one) for one in settings))


def _setting(one: Setting) -> tuple[str, ...]:
    choices = ", ".join(f"`{choice}`" for choice in one.choices)
    return (f"`{one.key}`", KINDS[one.kind], UNITS[one.unit] or "", choices or _bounds(one), _default(one), one.nl)


def _default(one: Setting) -> str:
    if one.default is None:
        return "**verplicht**" if one.required else "geen"
    return f'`"{one.default}"`' if isinstance(one.default, str) else f"`{precise(one.default, Language.ENGLISH)}`"


def _bounds(one: Setting) -> str:
    lowest, highest = (None if bound is None else _plain(bound) for bound in (one.minimum, one.maximum))
    if lowest is None:
        return ""
    return f"{lowest} of meer" if highest is None else f"{lowest} tot en met {highest}"


def _plain(bound: object) -> str:
    return str(bound) if getattr(bound, "denominator", 1) == 1 else fixed(bound, 2).replace(".", ",")


def _contract_types() -> str:
    parts = ["\nDe soorten, en wat zij aan sleutels toevoegen:\n"]
    for kind, contract_type in CONTRACT_TYPES.items():
        parts.append(f'\n### `soort = "{kind}"`\n\n{contract_type.nl}. {_needs(kind)}\n')
        if contract_type.settings:
            parts.append("\n" + _settings(contract_type.settings))
    parts.append("\nDe rekenregels in woorden: [afrekenregels.md](../explanation/afrekenregels.md).\n")
    return "".join(parts)


def _needs(kind: str) -> str:
    one = CONTRACT_TYPES[kind]
    needs = ["begroting"]
    needs += ["begroting van vorig jaar"] if one.needs_previous_budget else []
    needs += ["realisatie"] if one.needs_realisation else []
    shares = " Doet mee aan `herverdeling`." if one.redistributes else ""
    return f"Nodig: {' en '.join(needs)}.{shares}"


def _files() -> str:
    unused = ", ".join(f"`{name}`" for name in NOT_YET_USED)
    parts = [GENERATED, FILES.format(unused=unused)]
    parts += [f"\n## {layout.name}\n\n{layout.nl}.\n\n{_columns(layout)}" for layout in LAYOUTS.values()]
    return "".join(parts)


def _lists() -> str:
    own = [layout for name, layout in LISTS.items() if name not in LAYOUTS]
    return GENERATED + LISTS_PAGE + "".join(f"\n## {one.name}\n\n{one.nl}.\n\n{_columns(one)}" for one in own)


def _columns(layout: Layout) -> str:
    rows = []
    for column in layout.columns:
        must = "ja" if column.required else "één van deze" if column.name in layout.at_least_one else "nee"
        choices = ", ".join(f"`{choice}`" for choice in column.choices)
        if column.also:
            choices += f"; ook gelezen: {', '.join(f'`{word}`' for word in column.also)}"
        rows.append((f"`{column.name}`", column.kind.value, must, choices, column.nl))
    return _table(("kolom", "soort", "verplicht", "keuzes", "betekenis"), rows)


def _messages() -> str:
    rows = ((f"`{code}`", _marked(dutch), _marked(english)) for code, (dutch, english) in MESSAGES.items())
    return GENERATED + MESSAGE_PAGE + "\n" + _table(("code", "Nederlands", "English"), rows)


def _marked(sentence: str) -> str:
    """A question that appears only after a near miss is left out; other details stand between braces, in code."""
    parts = []
    for text, name, _, _ in Formatter().parse(sentence):
        parts.append(text)
        if name and name not in ("close", "hint"):
            parts.append(f"`{{{name}}}`")
    return "".join(parts)


def _commands() -> str:
    root = build(Language.DUTCH)
    parts = [GENERATED, COMMANDS]
    for path, command in _walk(root, "puntlanding"):
        parts.append(f"\n## `{path}`\n\n```text\n{_help(path, command)}\n```\n")
    return "".join(parts)


def _walk(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from _walk(inner, f"{path} {name}")


def _help(path: str, command: click.Command) -> str:
    context = click.Context(command, info_name=path, terminal_width=90, help_option_names=["-h", "--help"])
    return "\n".join(line.rstrip() for line in command.get_help(context).splitlines())


def main() -> None:
    """Write all pages; of words behind the command only `--help` is known, which says so and writes nothing."""
    argparse.ArgumentParser(
        description="Writes the reference pages and refreshes the output shown on all pages."
    ).parse_args()
    for path, content in reference_pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    for page in console.pages():
        page.write_text(console.refreshed(page), encoding="utf-8")


if __name__ == "__main__":
    main()
