"""Cases for the workbook that recalculates, each beside what somebody changes in it: a file, a text in it and what replaces that."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from command import ROOT

from puntlanding.case import load_case
from puntlanding.language.notation import Language
from puntlanding.report.dossier import Dossier
from puntlanding.report.live_workbook import live_book
from puntlanding.report.live_workbook.cells import Book, column_letters
from puntlanding.report.live_workbook.write import written
from puntlanding.stage import Stage
from puntlanding.year import Year

EXAMPLES = ROOT / "examples"
EVERYTHING = EXAMPLES / "onderdelen"
Change = tuple[str, str, str]  # file, old text, new text

TYPES = {
    "ceiling": 'soort = "plafond"',
    "bandwidth": 'soort = "plafond_bandbreedte"\nbandbreedte = 0.05',
    "lump": 'soort = "aanneemsom"',
    "shadow": 'soort = "schaduwdraaien"',
}
_SETTLING = "[afrekening]\nbandbreedte_fte = [0.80, 1.30]"
_RESERVE = "[mutatiereserve]\naandeel = 0.02"


def _settled(text: str) -> Change:
    return ("afspraak.toml", _SETTLING, "[afrekening]\n" + text)


# What is changed in the example with every component. Each is both a case of its own and a change typed in the workbook of the example.
CHANGES: dict[str, tuple[Change, ...]] = {
    **{f"type {name}": (("afspraak.toml", 'soort = "plafond"', new),) for name, new in TYPES.items() if name != "ceiling"},
    "pro rata": (_settled('herverdeling = "naar_rato"'),),
    "pro rata, capped": (_settled('herverdeling = "naar_rato"\nmaximum_overproductie = 0.02'),),
    "supporters on realisation": (_settled('ondersteuners = "realisatie"\nherverdeling = "naar_rato"'),),
    "supporters follow": (_settled('ondersteuners = "volgt_poort"\nherverdeling = "naar_rato"'),),
    "narrow bandwidth": (_settled("bandbreedte_fte = [0.98, 1.02]"), ("afspraak.toml", "maximale_daling = 0.05", "maximale_daling = 0.2")),
    "frame": (("afspraak.toml", "10_000_000.00", "123_456_789.01"),),
    "all fixed": (("afspraak.toml", "vaste_component = 0.20", "vaste_component = 1"),),
    "nothing fixed, all divided": (("afspraak.toml", "vaste_component = 0.20", 'vaste_component = 0\nniet_uitgekeerd = "verdelen"'),),
    "harmonised by share": (("afspraak.toml", "bedrag_per_fte = 20_000.00", "aandeel = 0.0333"),),
    "disutility as fte": (
        ("afspraak.toml", 'aandeel = 0.03\nbron = "diensten"', 'bron = "diensten"\nvorm = "norm_fte"\npunten_per_norm_fte = 1733'),
    ),
    "quality on care fte": (("afspraak.toml", "[kwaliteit]\naandeel = 0.02", '[kwaliteit]\nbedrag = 77_777.77\ngrondslag = "zorgverlening_fte"'),),
    "earmarked on paid": (("afspraak.toml", 'grondslag = "geen"\nscores = "scores"', 'grondslag = "norm_fte"\nscores = "kwaliteit"'),),
    "reserve for all": (("afspraak.toml", _RESERVE, _RESERVE + '\ngebruik = "geheel"\ndrempel = 0.01\nrest = "verdelen"'),),
    "large reserve, rest divided": (("afspraak.toml", _RESERVE, '[mutatiereserve]\naandeel = 0.09\nrest = "verdelen"'),),
    "savings to all, capped": (("afspraak.toml", "vakgroep_deel = 0.6", "vakgroep_deel = 0.1\nten_hoogste = 12_345.67"),),
    "transition in full": (("afspraak.toml", "bedrag = 50_000.00\ndrempel = 0.05\nvergoeding = 0.5", 'aandeel = 0.02\nvergoeding = 1\nrest = "verdelen"'),),
    "transition in another year": (("afspraak.toml", "[overgang]\njaar = 2026", "[overgang]\njaar = 2025"),),
    "net over": (
        ("afspraak.toml", "10_000_000.00", "9_000_000.00"), ("afspraak.toml", "laatste_jaar = 2028", "laatste_jaar = 2025"),
        ("afspraak.toml", "eerste_jaar = 2026", "eerste_jaar = 2025"),
    ),
    "net tighter": (("afspraak.toml", "maximale_daling = 0.05", "maximale_daling = 0.03"),),
    "net for one": (
        ("afspraak.toml", "maximale_daling = 0.05", "maximale_daling = 0.03"),
        ("afspraak.toml", "laatste_jaar = 2028", 'laatste_jaar = 2028\nvakgroepen = ["Gynaecologie"]'),
    ),
    "role": (
        _settled('ondersteuners = "realisatie"\nherverdeling = "naar_rato"'), ("vakgroepen.csv", "Cardiologie;0320;poort", "Cardiologie;0320;ondersteunend"),
    ),
    "lists": (
        ("realisatie.csv", "Cardiologie;13", "Cardiologie;14,2"), ("diensten.csv", "52;aanwezig;24", "40;aanwezig;18,5"),
        ("kosten.csv", ";als_kader", ";zorgverlening_fte"), ("formatie.csv", ";1a;", ";1b;"),
        ("kwaliteit.csv", "Cardiologie;", "Cardiologie;1"), ("besparingen.csv", "000", "111"),
        ("afspraak.toml", "[kader]", "[formatie]\ndagdelen_per_fte = 9\n\n[kader]"),
    ),
}  # fmt: skip

# The demonstration collective: products, three contracts, efficiency with corrections. All of this at once.
COLLECTIVE: tuple[Change, ...] = (
    ("afspraak.toml", 'soort = "plafond"\n', 'soort = "plafond_bandbreedte"\nbandbreedte = 0.01\n'),
    ("afspraak.toml", 'soort = "aanneemsom"', 'soort = "plafond"'),
    ("afspraak.toml", "maximum_overproductie = 0.05", "maximum_overproductie = 0.015"),
    ("afspraak.toml", 'ondersteuners = "gelijk"', 'ondersteuners = "volgt_poort"\nbandbreedte_fte = [0.95, 1.10]'),
    (
        "afspraak.toml",
        "output = 0.80\nefficiency = 0.20",
        'output = 0.70\nefficiency = 0.30\nefficiency_stijging = "telt_niet"',
    ),
    (
        "begroting.csv",
        "Oogheelkunde;Verzekeraar Noord;070401016;1273",
        "Oogheelkunde;Verzekeraar Noord;070401016;1345,5",
    ),
    ("efficiency.csv", "Cardiologie;2026;;0,97;0,02", "Cardiologie;2026;;0,95;0,03"),
    ("benchmark.csv", "KNO;2200", "KNO;2212,5"),
    ("normtijden.csv", "070401008;52", "070401008;53,25"),
    ("formatie.csv", "1a;28;", "1a;29,5;40"),
    ("kosten.csv", "187349,95;als_kader", "187349,96;norm_fte"),
)
MULTI_YEAR = EXAMPLES / "handreiking" / "7"
SHRINK: tuple[Change, ...] = (("afspraak.toml", "krimpvergoeding = 0.5", "krimpvergoeding = 0.35"),)


def changed(source: Path, folder: Path, changes: tuple[Change, ...]) -> Path:
    shutil.copytree(source, folder)
    for name, old, new in changes:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text, (name, old)
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def dossier_of(case: Path, language: Language = Language.DUTCH) -> Dossier:
    loaded = load_case(case)
    year = Year(loaded.checked())
    assert loaded.provenance is not None
    return Dossier(year, loaded.provenance, language)


def made(case: Path, language: Language = Language.DUTCH) -> tuple[Dossier, Book, bytes]:
    dossier = dossier_of(case, language)
    book = live_book(dossier)
    return dossier, book, written(book, dossier)


def typed_in(before: Book, after: Book) -> dict[tuple[str, str], object]:
    """What to type in the yellow cells of one workbook to have the case of the other."""
    old, new = before.entries(), after.entries()
    assert set(old) == set(new)
    return {
        (sheet, f"{column_letters(column)}{row + 1}"): new[sheet, row, column].value
        if not hasattr(new[sheet, row, column].value, "numerator")
        else float(new[sheet, row, column].value)  # type: ignore[arg-type]
        for sheet, row, column in new
        if old[sheet, row, column].value != new[sheet, row, column].value
    }


def outcomes(dossier: Dossier) -> dict[str, dict[str, object]]:
    """Sheet → group → the program's number: norm fte paid, and cents."""
    found: dict[str, dict[str, object]] = {}
    if dossier.has(Stage.SETTLE):
        found["Samen"] = {row.line.group: row.line.paid.value for row in dossier.year.settlement.rows}
    if dossier.has(Stage.DISTRIBUTE):
        found["Verdeling"] = {row.name: row.paid.value for row in dossier.year.distribution.rows}
    return found


HOSTILE = ("=1+1", "+31 6", "-2", "@SUM(A1)", "\"quotes\" en 'tekens'", "<b>&amp;</b>", ">=0", "*", "a,b;c")


def hostile_case(folder: Path) -> Path:
    """Names that look like formulas, conditions and markup, wherever a name can stand; every component, two contracts."""
    folder.mkdir()

    def write(name: str, header: str, rows: list[tuple[object, ...]]) -> None:
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(header.split(";"))
            writer.writerows(rows)

    contracts = ("=A1", "O'Neill & [zonen]: x/y?")
    per_contract = [(group, contract) for group in HOSTILE for contract in contracts]
    text = "[afspraak]\norganisatie = '=HYPERLINK(\"http://x\") & co'\njaar = 2026\n"
    text += "".join(f'[[contract]]\nnaam = "{name}"\nsoort = "plafond"\n' for name in contracts)
    text += '[afrekening]\nherverdeling = "naar_rato"\nmaximum_overproductie = 0.03\n'
    text += '[kader]\nbedrag = 9_999_999.97\nvaste_component = 0.3\n[disutility]\naandeel = 0.03\nbron = "diensten"\n'
    text += '[[geoormerkt]]\nnaam = \'=cmd|"/c calc"!A1\'\naandeel = 0.01\nscores = "scores"\n'
    text += '[mutatiereserve]\naandeel = 0.01\ngebruik = "besluiten"\n[gedeelde_besparing]\naandeel = 0.5\n'
    (folder / "afspraak.toml").write_text(text, encoding="utf-8")
    write("vakgroepen", "vakgroep;specialisme;rol;zorgeenheid", [(g, "0320", "poort", "=unit") for g in HOSTILE])
    write("begroting", "vakgroep;contract;norm_fte", [(*pair, 7 + i) for i, pair in enumerate(per_contract)])
    write("realisatie", "vakgroep;contract;norm_fte", [(*pair, 8 + i % 5 * 3) for i, pair in enumerate(per_contract)])
    write(
        "formatie",
        "vakgroep;functie;categorie;dagdelen_per_week",
        [(g, "=arts", "1a", 70 + i) for i, g in enumerate(HOSTILE)],
    )
    write(
        "diensten",
        "vakgroep;dienst;frequentie;intensiteit;duur",
        [(g, "=dienst", 10 + i, "<>*", 8) for i, g in enumerate(HOSTILE)],
    )
    write("dienstgewichten", "intensiteit;vanaf;gewicht", [("<>*", 2024, "0,5"), ("*", 2025, 3), ("<>*", 2026, "0,7")])
    write("scores", "pot;vakgroep;waarde", [('=cmd|"/c calc"!A1', g, 1 + i) for i, g in enumerate(HOSTILE)])
    write("mutaties", "vakgroep;bedrag;reden", [(HOSTILE[0], "1000,01", "=reden"), (HOSTILE[7], "2", "+x")])
    write(
        "besparingen",
        "initiatief;vakgroep;basislijn;werkelijk",
        [("=idee", HOSTILE[3], 5000, 1000), ("@idee", "", 700, 1)],
    )
    write("kosten", "post;bedrag;sleutel", [("=post", "1000,01", "als_kader"), ("-post", "77,77", "norm_fte")])
    return folder
