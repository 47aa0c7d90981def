"""Cases as real files: the same numbers as from memory, whatever the order of rows, and leaves that stand in the files."""

import csv
import random
import re
import tempfile
from fractions import Fraction
from pathlib import Path

import oracle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_case import as_files, as_objects, toml
from strategies import cases

from puntlanding.case import load_case
from puntlanding.explain import Operation, leaves, recompute
from puntlanding.report.contract import explanation_record, table_record
from puntlanding.report.tables import table
from puntlanding.stage import Stage
from puntlanding.year import Year

pytestmark = pytest.mark.generative

FILES = settings(max_examples=settings().max_examples // 3)
CONSTANTS = {"extra", "minutes_per_hour", "no_efficiency", "equal_weight", "rounding", "whole"}
CONSTANTS |= {"fixed_part", "norm_part", "unpaid", "efficiency_none"}
DEFAULTS = {"weging.passende_zorg": 0, "kader.vaste_component": 0, "formatie.dagdelen_per_fte": 10}


def tables(year):
    return [table(stage, year) for stage in (Stage.BUDGET, Stage.SETTLE, Stage.DISTRIBUTE) if not year.missing(stage)]


def cells(shown):
    rows = [*shown.rows, *shown.care_units, *shown.contract_totals, shown.total]
    rows += [inner for row in shown.rows for inner in row.contracts]
    return [cell for row in rows for cell in row.cells if cell] + list(shown.beside_total.values())


def stands_in_file(leaf, folder):
    """The cell that a leaf names holds its value: looked up with nothing but the csv module."""
    with (folder / leaf.source.file).open(encoding="utf-8-sig", newline="") as file:
        first = file.readline()
        file.seek(0)
        rows = list(csv.reader(file, delimiter=";" if ";" in first else ","))
    typed = rows[leaf.source.row - 1][rows[0].index(leaf.source.column)]
    value = Fraction(typed.replace(",", "."))
    return leaf.value == (value * 100 if leaf.source.column == "bedrag" else value)


def stands_in_agreement(leaf, text):
    if leaf.source is None:
        return leaf.value == DEFAULTS[leaf.term]
    line = text.split("\n")[leaf.source.row - 1]
    key, _, typed = line.partition(" = ")
    numbers = [Fraction(part) for part in re.findall(r"[\d.]+", typed)]
    scale = 100 if leaf.term == "kader.bedrag" else 1
    return key.strip('"') == leaf.source.column.rpartition(".")[2] and leaf.value in [n * scale for n in numbers]


@FILES
@given(cases(), st.sampled_from(",."), st.integers(0, 10**6))
def test_files_give_what_the_same_values_give_in_memory(case, sign, seed):
    def arrange(rows):
        return random.Random(seed).sample(rows, len(rows))

    with tempfile.TemporaryDirectory() as place:
        loaded = load_case(as_files(case, Path(place), arrange, sign))
        if loaded.case is None:
            codes = {problem.code for problem in loaded.problems if problem.severity.value == "fout"}
            assert codes <= {"number_ambiguous", "thousands"}, loaded.problems
            return
        year, expected = Year(loaded.checked()), Year(as_objects(case))
        for stage in Stage:
            assert bool(year.missing(stage)) == bool(expected.missing(stage))
            if not year.missing(stage):
                assert table_record(table(stage, year)) == table_record(table(stage, expected))


@FILES
@given(cases(bands=True))
def test_leaves_stand_in_the_files(case):
    with tempfile.TemporaryDirectory() as place:
        folder = as_files(case, Path(place))
        loaded = load_case(folder)
        if loaded.case is None:
            return
        text = toml(case)
        for shown in tables(Year(loaded.checked())):
            for root in cells(shown):
                assert recompute(root) == root.value
                for leaf in leaves(root):
                    match leaf.operation:
                        case Operation.CELL:
                            assert stands_in_file(leaf, folder), leaf
                        case Operation.SETTING:
                            assert stands_in_agreement(leaf, text), leaf
                        case _:
                            assert leaf.term in CONSTANTS, leaf
                            assert leaf.source is None


@FILES
@given(cases())
def test_the_explanation_as_json_recomputes(case):
    """Anybody with the JSON alone can work every number out again."""
    apply = {
        "som": sum,
        "verschil": lambda v: v[0] - sum(v[1:]),
        "product": lambda v: oracle.ONE if not v else v[0] * apply["product"](v[1:]),
        "quotiënt": lambda v: v[0] / v[1],
        "minimum": min,
        "maximum": max,
        "overschot": lambda v: max(v[0] - v[1], 0),
    }
    from puntlanding.language import Language

    for shown in tables(Year(as_objects(case))):
        record = explanation_record(shown.rows[0], shown, Language.DUTCH)
        nodes = {}
        for node in record["knopen"]:
            parts = [nodes[number] for number in node.get("delen", [])]
            found = apply[node["bewerking"]](parts) if "delen" in node else Fraction(node["waarde"])
            assert found == Fraction(node["waarde"])
            nodes[node["knoop"]] = Fraction(node["waarde"])
        for column, cell in zip(shown.columns, shown.rows[0].cells, strict=True):
            assert cell is None or nodes[record["getallen"][column.key]] == cell.value
