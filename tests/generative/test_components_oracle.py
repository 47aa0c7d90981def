"""Agreements with any set of components: every cent of every part is what the plain oracle says, in memory and from files."""

import csv
import re
import tempfile
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import component_oracle
import oracle
import pytest
from component_strategies import SECTIONS, agreed_cases, whole_cases
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from plain_case import as_files, as_objects

from puntlanding.case import load_case
from puntlanding.explain import LEAVES, Operation, Unit, apply, leaves, recompute, walk
from puntlanding.stage import Stage
from puntlanding.year import Year

pytestmark = pytest.mark.generative

FEW = settings(max_examples=settings().max_examples // 5)


def expected(case):
    """What the oracle makes of it; None where there is nobody to divide over."""
    try:
        return component_oracle.distribute(case)
    except (ZeroDivisionError, component_oracle.NobodyError):
        return None


def by_group(rows, of):
    return {row.name: of(row).value for row in rows}


def assert_equal(found, wanted):
    assert by_group(found.rows, lambda row: row.fixed) == wanted.fixed
    assert by_group(found.rows, lambda row: row.norm) == wanted.norm
    assert by_group(found.rows, lambda row: row.costs) == wanted.costs
    assert by_group(found.rows, lambda row: row.paid) == wanted.paid
    assert list(found.total.parts) == list(wanted.parts)
    for key, parts in wanted.parts.items():
        assert by_group(found.rows, lambda row, key=key: row.parts[key]) == parts, key
    assert {key: found.pots[key].value for key in found.pots} == {key: wanted.pots[key] for key in found.pots}
    assert not [key for key, pot in wanted.pots.items() if pot and key not in found.pots]
    assert {key: node.value for key, node in found.stays.items() if node.value} == {
        key: stays for key, stays in wanted.stays.items() if stays
    }
    assert {key: node.value for key, node in found.brings.items()} == wanted.brings
    assert found.unpaid.value == wanted.unpaid


# What the program may refuse where the oracle could go on: pots of nothing, and nobody paid anything.
CAREFUL = {"nothing_paid", "no_care_fte", "pot_without_key", "decisions_exceed_reserve", "net_unpayable"}


@given(agreed_cases())
def test_every_cent(case):
    assert_every_cent(case)


@FEW
@given(whole_cases())
def test_every_cent_where_all_that_comes_before_counts_too(case):
    assert_every_cent(case)


def assert_every_cent(case):
    year, wanted = Year(as_objects(case)), expected(case)
    lacking = {problem.code for problem in year.missing(Stage.DISTRIBUTE)}
    if not lacking:
        assert wanted.needed <= wanted.room
        assert_equal(year.distribution, wanted)
    elif wanted is not None:
        assert lacking <= CAREFUL
        assert_refused_rightly(case, wanted, lacking)


def assert_refused_rightly(case, wanted, lacking):
    if "nothing_paid" in lacking:
        assert not sum(oracle.settle(case).values())
        return
    if "no_care_fte" in lacking:
        assert not sum(oracle.care_fte(case, group.name) for group in case.groups)
        return
    decided = sum(cents for _, cents, _ in case.lists.get("mutaties", ()))
    assert ("decisions_exceed_reserve" in lacking) == (decided > wanted.pots.get("mutatiereserve", decided))
    if "pot_without_key" in lacking:
        assert any(not sum(keys.values()) for keys in keys_of_pots(case))
    elif "decisions_exceed_reserve" not in lacking:  # a net is tried where nothing else is wrong
        assert lacking == {"net_unpayable"}
    if "net_unpayable" in lacking:
        assert wanted.needed > wanted.room


def keys_of_pots(case):
    """What every pot with a key of its own is divided on."""
    known = component_oracle.known_of(case, cents=True)
    for key, agreed in component_oracle.sections(case):
        name = key.partition(".")[0]
        if name == "harmonisatie":
            yield known.care
        elif name == "disutility" and agreed.get("vorm") != "norm_fte":
            yield component_oracle.points(case)
        elif name in ("kwaliteit", "geoormerkt"):
            quality = name == "kwaliteit"
            which = "kwaliteit" if quality else agreed.get("scores", "passende_zorg")
            base = agreed.get("grondslag", "geen" if quality else "begroting")
            yield component_oracle.score_keys(case, agreed, which, base, known)


@FEW
@given(agreed_cases(among=(), always=("kwaliteit",)))
def test_norm_fte_that_disutility_adds_is_a_key_too(case):
    """Where only a group without production has a score, what its duties add is what the pot is divided on."""
    first, *others = [group.name for group in case.groups]
    assume(others and not case.bandwidth)
    agreed = case.agreed["kwaliteit"] | {"grondslag": "norm_fte"}
    case = replace(
        case,
        **{
            name: tuple(replace(row, amount=Fraction(row.group != first)) for row in getattr(case, name))
            for name in ("budget", "realised")
        },
        agreed={"disutility": {"vorm": "norm_fte", "punten_per_norm_fte": Fraction(7)}, "kwaliteit": agreed},
        lists={
            "disutility": tuple((name, Fraction(3)) for name in (first, *others)),
            "kwaliteit": tuple((name, Fraction(name == first)) for name in (first, *others)),
        },
        fixed=Fraction(0),
        costs=(),
    )
    assert_equal(Year(as_objects(case)).distribution, expected(case))


@pytest.mark.parametrize("section", SECTIONS)
def test_every_cent_of_one_component(section):
    @FEW
    @given(agreed_cases(among=(), always=(section,)))
    def check(case):
        year, wanted = Year(as_objects(case)), expected(case)
        if not year.missing(Stage.DISTRIBUTE):
            assert_equal(year.distribution, wanted)

    check()


@FEW
@given(agreed_cases(among=(), always=SECTIONS))
def test_every_cent_of_all_components_together(case):
    year, wanted = Year(as_objects(case)), expected(case)
    if not year.missing(Stage.DISTRIBUTE):
        assert_equal(year.distribution, wanted)


@FEW
@given(agreed_cases(), st.sampled_from(",."), st.randoms(use_true_random=False))
def test_files_give_every_cent_too(case, sign, chance):
    with tempfile.TemporaryDirectory() as place:
        folder = as_files(case, Path(place), lambda rows: chance.sample(rows, len(rows)), sign)
        loaded = load_case(folder)
        if loaded.case is None:
            codes = {problem.code for problem in loaded.problems if problem.severity.value == "fout"}
            assert codes <= {"number_ambiguous", "thousands"}, loaded.problems
            return
        year, memory = Year(loaded.checked()), Year(as_objects(case))
        codes = [{problem.code for problem in one.missing(Stage.DISTRIBUTE)} for one in (year, memory)]
        assert codes[0] == codes[1]
        if not codes[0]:
            assert_equal(year.distribution, expected(case))
            assert_leaves_stand_in(folder, year.distribution)


def assert_leaves_stand_in(folder, found):
    """Every number that a part rests on is a cell or a key that somebody typed, or a constant of the rules."""
    roots = [node for row in found.rows for node in (row.paid, *row.parts.values())]
    texts = {path.name: path.read_text(encoding="utf-8-sig") for path in folder.iterdir()}
    for leaf in [node for node in walk(*roots) if node.operation in LEAVES]:
        if leaf.source is None:
            assert leaf.operation in (Operation.SETTING, Operation.CONSTANT)
        else:
            scale = 100 if leaf.unit is Unit.CENTS else 1
            assert leaf.value in [number * scale for number in typed_at(leaf.source, texts)], leaf


def typed_at(source, texts):
    """The numbers in a cell, or in the value of a key."""
    text = texts[source.file]
    if source.file.endswith(".toml"):
        return [
            Fraction(number) for number in re.findall(r"[\d.]+", text.split("\n")[source.row - 1].partition(" = ")[2])
        ]
    rows = list(csv.reader(text.splitlines(), delimiter=";" if ";" in text.split("\n")[0] else ","))
    return [Fraction(rows[source.row - 1][rows[0].index(source.column)].replace(",", "."))]


@FEW
@given(agreed_cases())
def test_every_part_recomputes_from_its_leaves(case):
    year = Year(as_objects(case))
    if year.missing(Stage.DISTRIBUTE):
        return
    found = year.distribution
    roots = [found.unpaid, *found.pots.values(), *found.stays.values(), *found.brings.values()]
    for row in (*found.rows, found.total):
        roots += [row.fixed, row.norm, row.costs, row.paid, *row.parts.values()]
    for root in roots:
        assert recompute(root) == root.value
        assert root.value.denominator == 1
        assert {leaf.operation for leaf in leaves(root)} <= LEAVES
    for node in walk(*roots):
        assert type(node.value) is Fraction
        if node.operation not in LEAVES:
            assert node.value == apply(node.operation, [operand.value for operand in node.operands])
