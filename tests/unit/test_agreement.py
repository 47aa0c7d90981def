"""The agreement: every default, every kind of wrong value with its line, and what is valid but does nothing."""

from fractions import Fraction

import pytest

from puntlanding.agreement import Comparison, PeerMethod, Supporting, Unpaid, read_agreement, read_toml
from puntlanding.explain import Operation
from puntlanding.problems import Severity

pytestmark = pytest.mark.unit

HEAD = '[afspraak]\norganisatie = "MSB Proef"\njaar = 2026\n'  # lines 1 to 3
CEILING = '[[contract]]\nnaam = "A"\nsoort = "plafond"\n'


def read(tmp_path, text):
    path = tmp_path / "afspraak.toml"
    path.write_text(text, encoding="utf-8", newline="")
    raw, lines, problems = read_toml(path)
    if raw is None:
        return None, problems
    return read_agreement(raw, lines, path.name)


def test_defaults(tmp_path):
    found, problems = read(tmp_path, HEAD + "[kader]\nbedrag = 1_000.50\n")
    assert not problems
    assert (found.organisation, found.year, found.contracts) == ("MSB Proef", 2026, ())
    assert (found.redistribute, found.maximum_over_production) == (False, None)
    assert (found.supporting, found.fte_bandwidth) == (Supporting.AS_OTHERS, None)
    weights = found.weights
    assert [weights.output.value, weights.efficiency.value] == [Fraction("0.8"), Fraction("0.2")]
    assert (weights.appropriate_care.value, weights.rise_counts, weights.components) == (0, True, {})
    assert (found.frame.amount.value, found.frame.fixed_component.value) == (100_050, 0)
    assert (found.frame.unpaid, found.frame.rounding) == (Unpaid.STAYS, "grootste_rest")
    assert (found.formation.half_days_per_fte.value, found.formation.weeks_per_year.value) == (10, 52)
    assert found.formation.role_weights == {}


def test_a_value_knows_its_line_and_a_default_has_none(tmp_path):
    found, _ = read(tmp_path, "# noot\u2028noot\n" + HEAD + "\n[weging]\r\nefficiency = 0.2\n")
    assert found.weights.efficiency.source.row == 7
    assert found.weights.efficiency.source.column == "weging.efficiency"
    assert found.weights.efficiency.operation is Operation.SETTING
    assert found.weights.output.source is None


def test_whose_trajectories_fall_under_a_contract(tmp_path):
    text = '[[contract]]\nnaam = "B"\nsoort = "aanneemsom"\nverzekeraars = ["3313", "3311", "3311"]\n'
    found, problems = read(tmp_path, HEAD + CEILING + text)
    assert not problems
    assert found.contract("B").insurers == ("3311", "3313")
    assert found.insurers == {"3311": "B", "3313": "B"}
    assert found.contracts_of_the_rest == ("A",)


def test_an_insurer_has_one_contract(tmp_path):
    ours = 'verzekeraars = ["3311", "3312"]\n'
    found, problems = read(tmp_path, HEAD + CEILING + ours + CEILING.replace("A", "B") + ours)
    assert found is None
    assert [(one.code, one.row, one.value) for one in problems] == [
        ("insurer_twice", 11, "3311"), ("insurer_twice", 11, "3312"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ('"3311"', "value_texts"), ("[]", "value_texts"), ("[3311]", "value_texts"), ('["3311", 3312]', "value_texts"),
        ('["331"]', "value_texts_each"), ('["3311", ""]', "value_texts_each"), ('["33\\u00001"]', "value_texts_each"),
    ],
)  # fmt: skip
def test_a_list_of_insurers_that_cannot_be(tmp_path, value, code):
    found, problems = read(tmp_path, HEAD + CEILING + f"verzekeraars = {value}\n")
    assert found is None
    assert [(one.code, one.row) for one in problems] == [(code, 7)]


def test_with_whom_groups_are_compared(tmp_path):
    found, _ = read(tmp_path, HEAD)
    assert found.comparison == Comparison(years_back=1, by_type=True, method=PeerMethod.POOLED, own_group=True)
    text = '[benchmark]\nbasisjaar = "T-2"\nvergelijking = "alle"\nmethode = "mediaan"\neigen_vakgroep = "uit"\n'
    found, _ = read(tmp_path, HEAD + text)
    assert found.comparison == Comparison(years_back=2, by_type=False, method=PeerMethod.MEDIAN, own_group=False)


def test_numbers_are_exact(tmp_path):
    text = HEAD + '[[contract]]\nnaam = "A"\nsoort = "plafond_bandbreedte"\nbandbreedte = 0.1\n'
    found, _ = read(tmp_path, text + "[afrekening]\nbandbreedte_fte = [0.9, 1.15]\n")
    assert found.contract("A").settings["bandbreedte"].value == Fraction(1, 10)
    assert [bound.value for bound in found.fte_bandwidth] == [Fraction("0.9"), Fraction("1.15")]
    with pytest.raises(KeyError):
        found.contract("B")


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "section_missing", None),
        (HEAD + "[kadr]\nbedrag = 1\n", "section_unknown", 4),
        (HEAD + "[kader]\nbedrag = 1\nvast = 0\n", "key_unknown", 6),
        (HEAD + "[kader]\nvaste_component = 0\n", "key_missing", 4),
        (HEAD + '[kader]\nbedrag = "1"\n', "value_number", 5),
        (HEAD + "[kader]\nbedrag = true\n", "value_number", 5),
        (HEAD + "[kader]\nbedrag = nan\n", "value_number", 5),
        (HEAD + "[kader]\nbedrag = inf\n", "value_number", 5),
        (HEAD + "[kader]\nbedrag = -1\n", "value_at_least", 5),
        (HEAD + "[kader]\nbedrag = 1.001\n", "euros_decimals", 5),
        (HEAD + "[kader]\nbedrag = 1\nvaste_component = 1.01\n", "value_range", 6),
        (HEAD + '[kader]\nbedrag = 1\nniet_uitgekeerd = "blift"\n', "choice_unknown", 6),
        (HEAD + "[kader]\nbedrag = 1\nniet_uitgekeerd = 3\n", "value_text", 6),
        (HEAD.replace("2026", "2026.5"), "value_year", 3),
        (HEAD.replace("2026", "1999"), "value_range", 3),
        (HEAD.replace("2026", "2101"), "value_range", 3),
        (HEAD.replace("MSB Proef", " "), "value_text", 2),
        (HEAD.replace("MSB Proef", "MSB\\u001b"), "control_character", 2),
        (HEAD + "[afrekening]\nbandbreedte_fte = [1.1, 0.9]\n", "pair_order", 5),
        (HEAD + "[afrekening]\nbandbreedte_fte = [0.9]\n", "value_pair", 5),
        (HEAD + "[afrekening]\nbandbreedte_fte = [-1, 0.9]\n", "value_pair", 5),
        (HEAD + "[afrekening]\nbandbreedte_fte = 0.9\n", "value_pair", 5),
        (HEAD + "[afrekening]\nmaximum_overproductie = -0.1\n", "value_at_least", 5),
        (HEAD + "[weging]\noutput = 0.7\n", "weights_sum", 5),
        (HEAD + "[weging.onderdelen]\npoli = 0\n", "component_weights_zero", 4),
        (HEAD + "[weging.onderdelen]\npoli = -1\n", "value_at_least", 5),
        (HEAD + "[formatie]\ndagdelen_per_fte = 0\n", "value_at_least", 5),
        (HEAD + "[formatie]\nweken_per_jaar = 54\n", "value_range", 5),
        (HEAD + "[formatie.functiegewichten]\nanios = 0.5\nAnios = 0.9\n", "role_twice", 6),
        (HEAD + '[contract]\nnaam = "A"\nsoort = "plafond"\n', "contract_brackets", 4),
        (HEAD + "[[kader]]\nbedrag = 1\n", "section_brackets", 4),
        (HEAD + CEILING + CEILING, "contract_twice", 8),
        (HEAD + CEILING + CEILING.replace('"A"', '"a"'), "contract_twice", 8),
        (HEAD + '[[contract]]\nnaam = "A"\nsoort = "plafont"\n', "choice_unknown", 6),
        (HEAD + '[[contract]]\nnaam = "A"\n', "key_missing", 4),
        (HEAD + CEILING + '[[contract]]\nnaam = "B"\n', "key_missing", 7),
        (HEAD + '[[contract]]\nsoort = "plafond"\n', "key_missing", 4),
        (HEAD + '[[contract]]\nnaam = "A"\nsoort = ["plafond"]\n', "value_text", 6),
        (HEAD + '[[contract]]\nnaam = "A"\nsoort = "plafond_bandbreedte"\n', "key_missing", 4),
        (HEAD + '[[contract]]\nnaam = "A"\nsoort = "plafond_bandbreedte"\nbandbreedte = 1.5\n', "value_range", 7),
        (HEAD + "jaar = 2027\n", "toml_syntax", 4),
        (HEAD + "[kader\n", "toml_syntax", 4),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(tmp_path, text, code, line):
    found, problems = read(tmp_path, text or "# leeg\n")
    assert found is None
    assert (code, line) in [(problem.code, problem.row) for problem in problems]


def test_a_key_of_another_contract_type_is_no_key_of_this_one(tmp_path):
    found, problems = read(tmp_path, HEAD + CEILING + "bandbreedte = 0.05\n")
    assert found is None
    assert [problem.row for problem in problems] == [7]


def test_a_type_that_is_not_known_asks_for_no_keys_of_types(tmp_path):
    _, problems = read(tmp_path, HEAD + '[[contract]]\nnaam = "A"\nsoort = "plafont"\nbandbreedte = 0.05\n')
    assert [(problem.code, problem.row) for problem in problems] == [("choice_unknown", 6)]


def test_everything_at_once(tmp_path):
    text = HEAD.replace("2026", '"x"') + "[kader]\nbedrag = -1\nvast = 2\n[weging]\noutput = 7\n"
    _, problems = read(tmp_path, text)
    assert [problem.row for problem in problems] == [3, 8, 5, 6]


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ('herverdeling = "naar_rato"\n', "redistribution_idle"),
        ("maximum_overproductie = 0.1\n", "maximum_idle"),
    ],
)
def test_what_has_no_effect_is_told(tmp_path, terms, code):
    contract = CEILING if code == "maximum_idle" else CEILING.replace("plafond", "aanneemsom")
    found, problems = read(tmp_path, HEAD + contract + "[afrekening]\n" + terms)
    assert found is not None
    assert [(problem.code, problem.row, problem.severity) for problem in problems] == [(code, 8, Severity.WARNING)]


@pytest.mark.unit
@pytest.mark.parametrize(
    ("text", "place", "line"),
    [
        ("\nkader.bedrag = 5\n", ("kader", 0, "bedrag"), 2),
        ('[weging]\nonderdelen."poli kliniek" = 1\n', ("weging.onderdelen", 0, "poli kliniek"), 2),
        ('\nafrekening = { herverdeling = "geen", ondersteuners = "gelijk" }\n', ("afrekening", 0, "ondersteuners"), 2),
        ('[[contract]]\nnaam = "a"\n\n[[contract]]\nnaam = "b"\n', ("contract", 1, "naam"), 5),
    ],
)
def test_every_way_to_write_a_key_has_its_line(text, place, line, tmp_path):
    path = tmp_path / "afspraak.toml"
    path.write_text(text, encoding="utf-8")
    _, lines, problems = read_toml(path)
    assert problems == []
    assert lines[place] == line
