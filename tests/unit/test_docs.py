"""The documentation against the code: links, options, terms, generated pages, and the schema of the agreement."""

import json
import re
import textwrap
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import click
import jsonschema
import pytest

from generate import reference_pages
from generate_components import page_of
from puntlanding.agreement import read_agreement
from puntlanding.agreement.keys import SECTIONS, contract_settings
from puntlanding.agreement.schema import SECTION_NOTES, agreement_schema
from puntlanding.agreement.toml_file import read_toml
from puntlanding.cli.demo import VARIANTS
from puntlanding.cli.main import build
from puntlanding.components import COMPONENTS
from puntlanding.contract_types import CONTRACT_TYPES
from puntlanding.demo.collective import AGREEMENT
from puntlanding.demo.write import FORMATS
from puntlanding.intake.base import Options
from puntlanding.intake.mapping import KEYS
from puntlanding.intake.receive import receive
from puntlanding.language.notation import Language
from puntlanding.problems import errors
from puntlanding.records.pseudonyms import Key

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    page
    for pattern in ("*.md", "docs/**/*.md", "examples/**/*.md", "benchmarks/**/*.md")
    for page in ROOT.glob(pattern)
)
COMMAND = re.compile(r"\bpuntlanding((?: +[^\s`|&;>]+)+)")


def page_id(page):
    return str(page.relative_to(ROOT))


def anchors(page):
    """The names that headings get: lower case, spaces as hyphens, other signs dropped."""
    titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_every_relative_link_leads_somewhere(page):
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        found = (page.parent / path) if path else page
        assert found.exists(), target
        assert not anchor or anchor in anchors(found), target


def documented_commands():
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        code = re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL)
        for words in COMMAND.findall("\n".join(code)):
            yield pytest.param(words.split(), id=f"{page_id(page)}:{words.strip()}")


@pytest.mark.parametrize("words", list(documented_commands()))
def test_every_command_and_option_in_the_documentation_exists(words):
    command: click.Command = build(Language.DUTCH)
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        name = words.pop(0).rstrip(".,:)’")
        if not name.islower():  # a placeholder, as in `puntlanding COMMANDO CASE`
            return
        assert name in command.commands
        command = command.commands[name]
    known = {"-h", "--help"} | {option for param in command.params for option in param.opts}
    assert {word.partition("=")[0].rstrip(".,:)’") for word in words if word.startswith("-")} <= known


@pytest.mark.parametrize("name", CONTRACT_TYPES)
def test_the_glossary_and_the_explanation_name_each_contract_type(name):
    code = next(
        path.stem for path in (ROOT / "src/puntlanding/contract_types").glob("*.py") if f'"{name}"' in path.read_text()
    )
    glossary = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    assert f"| {name}" in glossary
    assert f"`{code}`" in glossary
    assert f"`{name}`" in (ROOT / "docs/explanation/afrekenregels.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("section", COMPONENTS)
def test_the_glossary_and_the_order_name_each_component(section):
    glossary = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    name = section.replace("_", " ")
    assert f"| {name}" in glossary
    order = (ROOT / "docs/reference/onderdelen/0-volgorde.md").read_text(encoding="utf-8")
    assert f"]({page_of(section)})" in order
    page = (ROOT / "docs/reference/onderdelen" / page_of(section)).read_text(encoding="utf-8")
    assert all(f"**{heading}.**" in page for heading in ("Formule", "Bron"))
    assert "### " in page.partition("## Voorbeelden")[2]


@pytest.mark.parametrize(("path", "content"), reference_pages().items(), ids=lambda one: getattr(one, "name", ""))
def test_generated_pages_are_up_to_date(path, content):
    assert path.read_text(encoding="utf-8") == content, "run `make docs`"


def test_the_page_on_mappings_names_every_key_with_its_example():
    page = (ROOT / "docs/how-to/eigen-export-koppelen.md").read_text(encoding="utf-8")
    for key in KEYS:
        assert f"| `{key.name.partition('.')[0]}` |" in page
        assert f"`{key.example}`" in page


def test_the_page_on_demonstrations_names_every_option_and_format():
    page = (ROOT / "docs/how-to/voorbeeldziekenhuis-maken.md").read_text(encoding="utf-8")
    generate = build(Language.DUTCH).commands["demo"].commands["generate"]
    own = {option for one in generate.params for option in one.opts if option.startswith("--")}
    for word in (*(own - {"--lang", "--debug"}), *FORMATS, *VARIANTS):
        assert f"`{word}`" in page


def test_the_architecture_lists_the_layers_as_they_are_checked():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    listed = next(part for part in text.split("\n\n") if part.startswith("`web` | `cli` →"))
    assert re.findall(r"`(\w+)`", listed) == re.findall(r"\w+", " ".join(name for name in layers if name != "__main__"))


def test_the_worked_example_of_a_format_reads_what_it_says(tmp_path):
    """The module in CONTRIBUTING.md, as it stands there."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    code = next(block for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if "Reader(" in block)
    found: dict[str, Any] = {}
    exec(compile(textwrap.dedent("   " + code.lstrip()), "report.py", "exec"), found)
    (tmp_path / "Trajecten.csv").write_text(
        "Traject;Zorgpad;Persoon;Specialisme;Diagnose;Soort;Begin;Einde;Product;Geboren;Geslacht\n"
        "T1;Z1;P1;303;280;nieuw;03-02-2025;04-05-2025;199299011;21-09-1962;V\n"
        "T2;Z1;P1;303;280;anders;05-05-2025;;NULL;21-09-1962;V\n",
        encoding="utf-8",
    )
    (tmp_path / "Handelingen.csv").write_text(
        "Traject;Code;Dag;Keer;Uitvoerder\nT1;190060;03-02-2025;1;303\n", encoding="utf-8"
    )
    delivery = receive(found["REPORT"], tmp_path, Options(), Key.fresh(), date(2025, 6, 30))
    columns = ("specialisme", "diagnose", "zorgtype", "openingsdatum", "sluitdatum", "zorgproduct", "geboortejaar")
    assert delivery.trajectories.select(columns).rows() == [
        ("0303", "0280", "11", date(2025, 2, 3), date(2025, 5, 4), "199299011", 1962),
        ("0303", "0280", None, date(2025, 5, 5), None, None, 1962),
    ]
    assert delivery.activities.select("za_code", "datum", "aantal", "specialisme_uitvoerder").rows() == [
        ("190060", date(2025, 2, 3), 1, "0303")
    ]
    (lost,) = [one for one in delivery.findings if one.count]
    assert (lost.check, lost.column, lost.count) == ("unmapped_value", "Soort", 1)
    assert lost.examples[0].values == {"Soort": "xxxxxx"}


VALID = {
    "example": (ROOT / "examples/handreiking/4/afspraak.toml").read_text(encoding="utf-8"),
    "demonstration": AGREEMENT,
    "smallest": '[afspraak]\norganisatie = "A"\njaar = 2026\n',
    "everything": """
        [afspraak]
        organisatie = "A"
        jaar = 2026
        [[contract]]
        naam = "x"
        soort = "meerjaren_aanneemsom"
        krimpvergoeding = 0.5
        verzekeraars = ["3311", "3313"]
        [afrekening]
        bandbreedte_fte = [0.90, 1.15]
        [weging]
        efficiency_stijging = "telt_niet"
        [weging.onderdelen]
        poliklinisch = 2
        [benchmark]
        basisjaar = "T-2"
        vergelijking = "alle"
        methode = "mediaan"
        eigen_vakgroep = "uit"
        [kader]
        bedrag = 1
        [formatie]
        dagdelen_per_fte = 9
        [formatie.functiegewichten]
        "physician assistant" = 0.5
    """,
    "every component": """
        [afspraak]
        organisatie = "A"
        jaar = 2026
        [kader]
        bedrag = 1
        [harmonisatie]
        bedrag_per_fte = 0.01
        [disutility]
        vorm = "norm_fte"
        bron = "diensten"
        punten_per_norm_fte = 0.5
        [kwaliteit]
        aandeel = 0.05
        grondslag = "begroting"
        [[geoormerkt]]
        naam = "Passende zorg"
        aandeel = 0.02
        [[geoormerkt]]
        naam = "Opleiding"
        bedrag = 0.1
        grondslag = "geen"
        scores = "scores"
        [mutatiereserve]
        aandeel = 0.02
        gebruik = "geheel"
        drempel = 0.05
        rest = "verdelen"
        [gedeelde_besparing]
        aandeel = 0.5
        vakgroep_deel = 0.5
        ten_hoogste = 250_000.00
        [overgang]
        jaar = 2026
        bedrag = 0.1
        drempel = 0.05
        vergoeding = 0.5
        [vangnet]
        maximale_daling = 0.05
        eerste_jaar = 2026
        laatste_jaar = 2028
        vakgroepen = ["Gynaecologie"]
    """,
}
HEAD = '[afspraak]\norganisatie = "A"\njaar = 2026\n'
CONTRACT = HEAD + '[[contract]]\nnaam = "x"\n'
INVALID = {
    "no year": '[afspraak]\norganisatie = "A"\n',
    "empty name": '[afspraak]\norganisatie = " "\njaar = 2026\n',
    "year as text": '[afspraak]\norganisatie = "A"\njaar = "2026"\n',
    "year out of range": '[afspraak]\norganisatie = "A"\njaar = 1026\n',
    "unknown section": HEAD + "[afrekenen]\n",
    "unknown key": HEAD + '[afrekening]\nherverdelen = "geen"\n',
    "unknown choice": HEAD + '[afrekening]\nherverdeling = "half"\n',
    "share above one": HEAD + "[weging]\noutput = 1.2\nefficiency = 0\n",
    "one bound": HEAD + "[afrekening]\nbandbreedte_fte = [0.9]\n",
    "frame without amount": HEAD + "[kader]\nvaste_component = 0.1\n",
    "unknown contract type": CONTRACT + 'soort = "stukloon"\n',
    "contract without its key": CONTRACT + 'soort = "plafond_bandbreedte"\n',
    "contract with another's key": CONTRACT + 'soort = "plafond"\nbandbreedte = 0.05\n',
    "contract without brackets": HEAD + '[contract]\nnaam = "x"\nsoort = "plafond"\n',
    "insurers as one text": CONTRACT + 'soort = "plafond"\nverzekeraars = "3311"\n',
    "no insurers in the list": CONTRACT + 'soort = "plafond"\nverzekeraars = []\n',
    "an insurer of three digits": CONTRACT + 'soort = "plafond"\nverzekeraars = ["331"]\n',
    "an insurer as number": CONTRACT + 'soort = "plafond"\nverzekeraars = [3311]\n',
    "unknown base year": HEAD + "[benchmark]\nbasisjaar = 2025\n",
    "component with an unknown choice": HEAD + '[kwaliteit]\naandeel = 0.02\ngrondslag = "fte"\n',
    "component with an unknown key": HEAD + "[harmonisatie]\nper_fte = 1\n",
    "component twice that stands once": HEAD + "[[kwaliteit]]\naandeel = 0.02\n",
    "component that may stand more often in single brackets": HEAD + '[geoormerkt]\nnaam = "A"\naandeel = 0.02\n',
    "earmarked budget without a name": HEAD + "[[geoormerkt]]\naandeel = 0.02\n",
    "net without its years": HEAD + "[vangnet]\nmaximale_daling = 0.05\n",
    "net of no groups": HEAD
    + "[vangnet]\nmaximale_daling = 0.05\neerste_jaar = 2026\nlaatste_jaar = 2028\nvakgroepen = []\n",
    "transition of more than its loss": HEAD + "[overgang]\njaar = 2026\naandeel = 0.01\nvergoeding = 1.1\n",
    "negative amount per fte": HEAD + "[harmonisatie]\nbedrag_per_fte = -1\n",
    "no points per fte": HEAD + '[disutility]\nvorm = "norm_fte"\npunten_per_norm_fte = 0\n',
    "negative weight": HEAD + "[formatie.functiegewichten]\nanios = -1\n",
}


@pytest.fixture(scope="module")
def validator():
    schema = agreement_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def reader_accepts(text, folder):
    path = folder / "afspraak.toml"
    path.write_text(text, encoding="utf-8")
    raw, lines, problems = read_toml(path)
    return not errors([*problems, *read_agreement(raw, lines, path.name)[1]])


@pytest.mark.parametrize("text", VALID.values(), ids=VALID)
def test_the_schema_accepts_what_the_reader_accepts(text, validator, tmp_path):
    assert reader_accepts(text, tmp_path)
    assert not list(validator.iter_errors(json.loads(json.dumps(tomllib.loads(text)))))


@pytest.mark.parametrize("text", INVALID.values(), ids=INVALID)
def test_the_schema_refuses_what_the_reader_refuses(text, validator, tmp_path):
    assert not reader_accepts(text, tmp_path)
    assert list(validator.iter_errors(tomllib.loads(text)))


def test_the_schema_accepts_every_worked_example(validator):
    for path in sorted((ROOT / "examples").glob("**/afspraak.toml")):
        assert not list(validator.iter_errors(tomllib.loads(path.read_text(encoding="utf-8")))), path


def test_the_schema_describes_every_key():
    schema = agreement_schema()["properties"]
    assert list(schema) == list(SECTIONS) == list(SECTION_NOTES)
    for name, settings in SECTIONS.items():
        if name != "contract":
            described = schema[name].get("items", schema[name])
            assert {one.key for one in settings} <= set(described["properties"])
    branches = {one["title"]: one["properties"] for one in schema["contract"]["items"]["oneOf"]}
    assert {kind: set(properties) for kind, properties in branches.items()} == {
        kind: {one.key for one in contract_settings(kind)} for kind in CONTRACT_TYPES
    }
