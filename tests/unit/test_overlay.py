"""Overlays: only the changed keys, over a whole agreement; each problem at the overlay's own line."""

import tomllib
from decimal import Decimal
from fractions import Fraction

import pytest

from puntlanding.agreement.overlay import Whole, is_overlay, read_overlay
from puntlanding.files.toml_form import key_lines
from puntlanding.problems import Severity

pytestmark = pytest.mark.unit

UNDER = """[afspraak]
organisatie = "MSB Proef"
jaar = 2026

[[contract]]
naam = "Noord"
soort = "plafond"

[[contract]]
naam = "Zuid"
soort = "plafond_bandbreedte"
bandbreedte = 0.03

[afrekening]
herverdeling = "naar_rato"
maximum_overproductie = 0.05

[weging.onderdelen]
poliklinisch = 2

[kader]
bedrag = 1000
"""


def plain(text):
    return tomllib.loads(text, parse_float=Decimal), key_lines(text)


def over(text, under=UNDER):
    return read_overlay(*plain(text), "voorstel.toml", Whole(*plain(under), "afspraak.toml"))


def agreed(text):
    found = over(text)
    assert found.agreement is not None, found.problems
    return found.agreement


def problems(text):
    found = over(text)
    assert found.agreement is None
    return [(one.code, one.file, one.row, one.column) for one in found.problems]


def test_a_file_without_its_first_section_is_an_overlay():
    assert is_overlay(plain("[kader]\nbedrag = 1\n")[0])
    assert not is_overlay(plain(UNDER)[0])


def test_only_what_is_named_changes():
    found = agreed('[[contract]]\nnaam = "Zuid"\nbandbreedte = 0.10\n')
    noord, zuid = found.contracts
    assert (noord.type.name, zuid.settings["bandbreedte"].value) == ("plafond", Fraction(1, 10))
    assert found.redistribute
    assert found.frame.amount.value == 100_000
    assert found.organisation == "MSB Proef"


def test_numbers_say_which_file_they_stand_in():
    found = agreed("[kader]\nvaste_component = 0.2\n")
    assert (found.frame.fixed_component.source.file, found.frame.fixed_component.source.row) == ("voorstel.toml", 2)
    assert (found.frame.amount.source.file, found.frame.amount.source.row) == ("afspraak.toml", 22)
    assert found.file == "voorstel.toml"


def test_another_type_takes_the_keys_of_the_old_one_with_it():
    found = agreed('[[contract]]\nnaam = "Zuid"\nsoort = "aanneemsom"\n')
    assert found.contract("Zuid").type.name == "aanneemsom"
    assert not found.contract("Zuid").settings


def test_a_new_contract_that_is_whole_is_added():
    assert [one.name for one in agreed('[[contract]]\nnaam = "West"\nsoort = "aanneemsom"\n').contracts] == [
        "Noord", "Zuid", "West",
    ]  # fmt: skip


def test_sections_in_sections_are_completed():
    found = agreed("[weging.onderdelen]\nklinisch = 1\n")
    assert {name: node.value for name, node in found.weights.components.items()} == {"poliklinisch": 2, "klinisch": 1}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[afrekening]\nherverdelen = "geen"\n', [("key_unknown", "voorstel.toml", 2, "afrekening.herverdelen")]),
        ("[afrekenen]\nx = 1\n", [("section_unknown", "voorstel.toml", 1, "afrekenen")]),
        ('[[contract]]\nnaam = "Nord"\nbandbreedte = 0.1\n', [("overlay_contract", "voorstel.toml", 2, "contract.naam")]),
        (
            '[[contract]]\nnaam = "Noord"\nsoort = "plafond_bandbreedte"\n',
            [("key_missing", "voorstel.toml", 1, "contract.bandbreedte")],
        ),
        ("[weging]\nefficiency = 0.3\n", [("weights_sum", "voorstel.toml", 2, "weging")]),
        ("[weging]\n\noutput = 0.9\n", [("weights_sum", "voorstel.toml", 3, "weging")]),
        ("", [("overlay_empty", "voorstel.toml", None, None)]),
        (
            '[[contract]]\nnaam = "Zuid"\nbandbreedte = 0.1\n[[contract]]\nnaam = "Zuid"\nbandbreedte = 0.2\n',
            [("contract_twice", "voorstel.toml", 5, "contract.naam")],
        ),
        (
            '[[contract]]\nnaam = "Nord"\n[kader]\nbedrag = "veel"\n',
            [
                ("overlay_contract", "voorstel.toml", 2, "contract.naam"),
                ("value_number", "voorstel.toml", 4, "kader.bedrag"),
            ],
        ),
        ("contract = 3\n", [("contract_brackets", "voorstel.toml", 1, "contract")]),
        ("kader = 3\n", [("section_brackets", "voorstel.toml", 1, "kader")]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_the_overlays_own(text, expected):
    assert problems(text) == expected


def test_remarks_of_what_lies_under_are_not_told_again():
    under = UNDER.replace('herverdeling = "naar_rato"\n', "")  # a maximum without redistribution
    assert over("[kader]\nvaste_component = 0.1\n", under).problems == ()
    (told,) = over('[afrekening]\nherverdeling = "geen"\n').problems
    assert (told.code, told.severity, told.file) == ("maximum_idle", Severity.WARNING, "voorstel.toml")


@pytest.mark.parametrize("text", ['[[contract]]\nsoort = "plafond"\n', "[[contract]]\nnaam = 3\n", "contract = [1]\n"])
def test_contracts_without_a_name_are_refused(text):
    assert over(text).agreement is None


def test_lines_inside_a_sentence_are_the_overlays_own_too():
    found = over("[disutility]\naandeel = 0.9\n[mutatiereserve]\naandeel = 0.3\n").problems
    told = next(one for one in found if one.code == "pots_exceed_frame")
    assert (told.file, told.row) == ("voorstel.toml", 4)
    assert not any("10000000" in str(detail) for detail in told.details.values())
