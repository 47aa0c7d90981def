"""Small cases through reading and checking: what used to go wrong without a word, or with the wrong one."""

from fractions import Fraction

import pytest

from puntlanding.case import load_case
from puntlanding.case.columnar import LARGE
from puntlanding.report.tables import table
from puntlanding.stage import Stage
from puntlanding.year import Year

pytestmark = pytest.mark.unit

BASE = {
    "afspraak.toml": '[afspraak]\norganisatie = "MSB Proef"\njaar = 2026\n[[contract]]\nnaam = "A"\nsoort = "plafond"\n',
    "vakgroepen.csv": "vakgroep;specialisme;rol\nKNO;0302;poort\nRad;0362;ondersteunend\n",
    "begroting.csv": "vakgroep;norm_fte\nKNO;12,5\nRad;4,5\n",
    "realisatie.csv": "vakgroep;norm_fte\nKNO;10,5\nRad;5,5\n",
}
FRAME = "[kader]\nbedrag = 100\n"
ONE_FORMATION = "vakgroep;functie;categorie;dagdelen_per_week\nKNO;medisch specialist;1a;10\n"
BOTH_FORMATIONS = ONE_FORMATION + "Rad;medisch specialist;1a;10\n"
NOTHING = "vakgroep;norm_fte\nKNO;0\nRad;0\n"


def efficiency(*rows):
    return "vakgroep;jaar;onderdeel;waarde;correctie;reden\n" + "".join(f"{row}\n" for row in rows)


def costs(key):
    return f"post;bedrag;sleutel\nBureau;10,00;{key}\n"


def load(folder, agreement="", **files):
    contents = BASE | {f"{name}.csv": text for name, text in files.items()}
    for name, text in contents.items():
        (folder / name).write_text(text + (agreement if name.endswith("toml") else ""), encoding="utf-8", newline="")
    return load_case(folder)


@pytest.mark.parametrize(
    ("agreement", "files", "code", "row"),
    [
        ("", {"begroting": "vakgroep;norm_fte\nKNO;12,5\nRad;1.234\n"}, "thousands", 3),
        ("", {"efficiency": efficiency("KNO;2025;;1,5;;", "KNO;2026;;1,5;-1,6;uitbraak")}, "correction_too_low", 3),
        ("", {"efficiency": efficiency("KNO;2025;;1,5;;", "KNO;2026;;1,5;0,1;")}, "correction_without_reason", 3),
        (FRAME, {"kosten": costs("zorgverlening_fte"), "formatie": ONE_FORMATION}, "formation_missing", None),
        (FRAME + "vaste_component = 0.5\n", {"formatie": ONE_FORMATION}, "formation_missing", None),
        ("[formatie.functiegewichten]\nanios = 1\nANIOS = 2\n", {}, "role_twice", 9),
        ("", {"begroting": "vakgroep;jaar;norm_fte\nKNO;2026;12,5\nRad;2026\n"}, "row_width", 3),
    ],
)
def test_errors(tmp_path, agreement, files, code, row):
    loaded = load(tmp_path, agreement, **files)
    assert loaded.case is None
    assert (code, row) in [(problem.code, problem.row) for problem in loaded.problems]


@pytest.mark.parametrize(
    ("agreement", "files", "missing"),
    [
        (FRAME + "vaste_component = 1\n", {"kosten": costs("norm_fte")}, ["nothing_paid"]),
        (FRAME + "vaste_component = 1\n", {"kosten": costs("als_kader")}, []),
        (FRAME + "vaste_component = 0.5\n", {"kosten": costs("als_kader")}, ["nothing_paid"]),
        (FRAME, {}, []),  # all of it stays
        (FRAME, {"kosten": costs("zorgverlening_fte")}, []),
        (FRAME + 'niet_uitgekeerd = "verdelen"\n', {}, ["nothing_paid"]),
    ],
)
def test_a_year_in_which_nothing_was_delivered(tmp_path, agreement, files, missing):
    year = Year(load(tmp_path, agreement, realisatie=NOTHING, formatie=BOTH_FORMATIONS, **files).checked())
    assert [problem.code for problem in year.missing(Stage.DISTRIBUTE)] == missing
    if not missing:
        table(Stage.DISTRIBUTE, year)


def test_a_group_with_weightless_components_only_gets_score_1(tmp_path):
    weights = "[weging.onderdelen]\npoli = 0\nkliniek = 1\n"
    loaded = load(tmp_path, weights, efficiency=efficiency("KNO;2025;poli;1,5;;", "KNO;2026;poli;1,5;;"))
    assert [(p.code, p.value) for p in loaded.problems] == [
        ("efficiency_none", "Rad"),
        ("efficiency_weightless", "KNO"),
    ]
    assert [row.factor for row in Year(loaded.checked()).budget.rows] == [None, None]


def test_a_table_is_noted_once_when_one_file_is_large_and_another_is_not(tmp_path):
    """The large one goes by column, the small one by row; both need the norm times."""
    codes = [f"P{i:06}" for i in range(60_000)]
    norm_times = "jaar;specialisme;soort;code;minuten\n" + "".join(f"2026;0302;zorgproduct;{c};1\n" for c in codes)
    large = "vakgroep;zorgproduct;aantal\n" + "".join(f"KNO;{code};60,0000\n" for code in codes)
    group = "vakgroep;specialisme;rol\nKNO;0302;poort\n"
    assert len(large) > LARGE
    loaded = load(
        tmp_path, vakgroepen=group, normtijden=norm_times, benchmark="vakgroep;normuren_per_fte\nKNO;1000\n",
        begroting=large, realisatie=f"vakgroep;zorgproduct;aantal\nKNO;{codes[0]};60\n",
    )  # fmt: skip
    assert sorted(note.name for note in loaded.notes) == [
        "begroting", "benchmark", "normtijden", "realisatie", "vakgroepen",
    ]  # fmt: skip
    (row,) = Year(loaded.checked()).settlement.rows
    assert (row.line.budgeted.value, row.line.realised.value) == (60, Fraction(1, 1000))


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_a_folder_is_no_pattern(tmp_path, suffix):
    """A second download is called case[1]: as a pattern that is the folder case1."""
    import polars as pl

    for name, amount in (("case1", 1), ("case[1]", 2)):
        folder = tmp_path / name
        folder.mkdir()
        budget = pl.DataFrame({"vakgroep": ["KNO", "Rad"], "norm_fte": [amount, amount]})
        if suffix == "parquet":
            budget.write_parquet(folder / "begroting.parquet")
        for file, text in BASE.items():
            if file != "begroting.csv":
                (folder / file).write_text(text, encoding="utf-8")
            elif suffix == "csv":
                (folder / file).write_text(f"vakgroep;norm_fte\nKNO;{amount}\nRad;{amount}\n", encoding="utf-8")
    rows = Year(load_case(tmp_path / "case[1]").checked()).budget.rows
    assert [row.norm_fte.value for row in rows] == [2, 2]
