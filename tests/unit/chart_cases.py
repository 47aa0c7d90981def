"""Years to draw, and what is read back from a drawing."""

from __future__ import annotations

import csv
from pathlib import Path
from xml.etree import ElementTree

from puntlanding.case import load_case
from puntlanding.language.notation import Language
from puntlanding.year import Year

SOURCE = "Bron: MSB Proef · 2026"
DUTCH, ENGLISH = Language.DUTCH, Language.ENGLISH
HOSTILE = (
    'A <b>&"x"',
    "=1+1; O'Brien",
    "Een heel erg lange naam van een vakgroep met *ster*, _streep_, {a} en [x](y) $1 \\n",
)
LETTERS = set("○│●–−…€×·≤≥ëéïöüá’‘²")  # beside ASCII: what the fonts of a picture have


def year(folder: Path, rows, contracts=(("A", "plafond"),), rest="", frame=2_000_000):
    """``rows``: group → (budget, realised or None) in each contract, in norm fte."""
    folder.mkdir(parents=True, exist_ok=True)
    agreed = "".join(f'[[contract]]\nnaam = "{name}"\nsoort = "{kind}"\n' for name, kind in contracts)
    kader = f"[kader]\nbedrag = {frame}.00\n" if frame else ""
    head = '[afspraak]\norganisatie = "MSB Proef"\njaar = 2026\n'
    (folder / "afspraak.toml").write_text(f"{head}{agreed}{kader}{rest}", encoding="utf-8")
    written(folder / "vakgroepen.csv", "vakgroep specialisme rol", [[name, f"{301 + at:04}", "poort"] for at, name in enumerate(rows)])  # fmt: skip
    pairs = [(name, contract, *values) for name, values in rows.items() for contract, _ in contracts]
    written(folder / "begroting.csv", "vakgroep contract norm_fte", [[n, c, b] for n, c, b, _ in pairs])
    done = [[n, c, r] for n, c, _, r in pairs if r is not None]
    if done:
        written(folder / "realisatie.csv", "vakgroep contract norm_fte", done)
    return Year(load_case(folder).checked())


def written(path: Path, head: str, rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([head.split(" "), *rows])


def everything(folder: Path):
    """A small year with every component."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in EVERYTHING.items():
        (folder / name).write_text(text, encoding="utf-8")
    return Year(load_case(folder).checked())


def texts(svg: str) -> list[str]:
    """Every line of text in the drawing, as a reader sees it."""
    return [" ".join(one.itertext()) for one in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def heights(svg: str) -> list[tuple[str, float]]:
    """Each text with how far down it stands."""
    found = ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    return [("".join(one.itertext()), float(one.get("transform", "").split(",")[1].split(")")[0])) for one in found]


def filled(svg: str, colour: str) -> int:
    """Marks of a colour."""
    return sum(1 for one in ElementTree.fromstring(svg).iter() if one.get("fill", "").lower() == colour.lower())


def width(svg: str) -> float:
    return float(ElementTree.fromstring(svg).get("width", "0"))


EVERYTHING = {
    "afspraak.toml": """[afspraak]
organisatie = "MSB Proef"
jaar = 2026
[[contract]]
naam = "A"
soort = "plafond"
[afrekening]
herverdeling = "naar_rato"
maximum_overproductie = 0.05
[kader]
bedrag = 10_000_000.00
vaste_component = 0.2
[harmonisatie]
bedrag_per_fte = 50_000.00
[disutility]
bron = "diensten"
aandeel = 0.03
[kwaliteit]
aandeel = 0.02
grondslag = "zorgverlening_fte"
[[geoormerkt]]
naam = "kwaliteit"
aandeel = 0.01
[mutatiereserve]
aandeel = 0.02
[gedeelde_besparing]
aandeel = 0.5
vakgroep_deel = 0.6
[overgang]
jaar = 2026
aandeel = 0.01
[vangnet]
maximale_daling = 0.05
eerste_jaar = 2026
laatste_jaar = 2027
""",
    "vakgroepen.csv": "vakgroep;specialisme;rol\nHart;0320;poort\nSnij;0303;poort\nBeeld;0362;ondersteunend\n",
    "begroting.csv": "vakgroep;norm_fte\nHart;10\nSnij;20\nBeeld;5\n",
    "realisatie.csv": "vakgroep;norm_fte\nHart;12\nSnij;19\nBeeld;5,5\n",
    "formatie.csv": "vakgroep;functie;categorie;dagdelen_per_week\n"
    "Hart;medisch specialist;1a;100\nSnij;medisch specialist;1a;190\nBeeld;medisch specialist;1a;60\n",
    "besparingen.csv": "initiatief;vakgroep;basislijn;werkelijk\nThuis;Hart;500000;400000\nMinder;;100000;60000\n",
    "diensten.csv": "vakgroep;dienst;frequentie;intensiteit;duur\nHart;weekend;52;zwaar;48\nSnij;avond;200;licht;8\nBeeld;avond;100;licht;8\n",
    "dienstgewichten.csv": "intensiteit;vanaf;gewicht\nzwaar;2024;1\nlicht;2024;0,5\n",
    "kosten.csv": "post;bedrag;sleutel\nBestuur;200000;\n",
    "kwaliteit.csv": "vakgroep;waarde\nHart;1\nSnij;0,8\nBeeld;1,1\n",
    "passende_zorg.csv": "vakgroep;waarde\nHart;1\nSnij;1,2\nBeeld;1\n",
    "vorig_jaar.csv": "vakgroep;bedrag\nHart;3200000\nSnij;5600000\nBeeld;1500000\n",
    "vorig_model.csv": "vakgroep;bedrag\nHart;3500000\nSnij;5400000\nBeeld;1500000\n",
}
