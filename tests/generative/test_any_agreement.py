"""Any agreement that the catalogue of settings allows: its problems are named, or the year is settled, distributed and verified."""

import contextlib
import io
import json
import random
import tempfile
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from component_strategies import SECTIONS as COMPONENT_SECTIONS
from component_strategies import agreed_cases, lean_cases
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_case import PlainCase, as_files, as_objects, raw_agreement, toml_of
from strategies import YEAR

from puntlanding.agreement import read_agreement
from puntlanding.agreement.keys import CONTRACT, REPEATED, SECTIONS, contract_settings
from puntlanding.cli.main import main
from puntlanding.components import ComponentTables
from puntlanding.explain import recompute
from puntlanding.language.notation import Language
from puntlanding.language.sentences import report
from puntlanding.problems import errors
from puntlanding.report.provenance import KEY
from puntlanding.report.result_file import NO_RESULT
from puntlanding.setting import Kind
from puntlanding.stage import Stage
from puntlanding.year import Year

pytestmark = pytest.mark.generative

FEW = settings(max_examples=settings().max_examples // 10)
LEFT_OUT = object()
SIZES = ("aandeel", "bedrag", "bedrag_per_fte")
POTS = ("harmonisatie", "disutility", "kwaliteit", "geoormerkt", "mutatiereserve", "overgang")
FREE = ("weging", "prestatiemodel", "benchmark")  # their weights must add up: mostly as they are by default


def decimals(one):
    """Numbers within the bounds of a setting, the bounds themselves and what is usual among them."""
    low = one.minimum if one.minimum is not None else Fraction(0)
    high = one.maximum if one.maximum is not None else low + 10**6
    usual = [value for value in (Fraction("0.02"), Fraction("0.05"), Fraction(1), low, high) if low <= value <= high]
    exact = st.integers(-(-low * 100 // 1), high * 100 // 1).map(lambda n: Fraction(n, 100))
    return st.one_of(st.sampled_from(usual), st.sampled_from(usual), exact).map(
        lambda value: Decimal(value.numerator) / Decimal(value.denominator)
    )


def value_of(one, groups):
    match one.kind:
        case Kind.CHOICE:
            return st.sampled_from(one.choices)
        case Kind.TEXT:
            return st.sampled_from(("Passende zorg", "Samen; beslissen", "1"))
        case Kind.TEXTS:
            return (
                st.lists(st.sampled_from(groups), min_size=1, max_size=2)
                if one.key == "vakgroepen"
                else st.just(["3311"])
            )
        case Kind.YEAR:
            return st.sampled_from((YEAR, YEAR, YEAR - 1, YEAR + 1))
        case Kind.PAIR:
            return st.sampled_from(([Decimal("0.9"), Decimal("1.15")], [Decimal(0), Decimal(2)]))
        case Kind.DATE:
            return st.just(LEFT_OUT)
        case _:
            return decimals(one)


@cache
def section(name, groups, kind=None):
    """Every key that it must have, and the others one time in three."""
    keys = SECTIONS[name] if kind is None else contract_settings(kind)
    drawn = {
        one.key: value_of(one, groups)
        if one.required
        else st.one_of(st.just(LEFT_OUT), st.just(LEFT_OUT), value_of(one, groups))
        for one in keys
    }
    found = st.fixed_dictionaries(drawn).map(lambda found: {k: v for k, v in found.items() if v is not LEFT_OUT})
    return st.one_of(found, *[found.map(lambda values: sensible(name, values))] * 4)


def sensible(name, values):
    """The keys as they are mostly agreed together, so that most agreements pass the reader."""
    if name == "disutility" and values.get("vorm") == "norm_fte":
        values = {"punten_per_norm_fte": Decimal(7)} | {k: v for k, v in values.items() if k not in SIZES}
    elif name in POTS:
        values = {k: v for k, v in values.items() if k not in (*SIZES, "punten_per_norm_fte")}
        values["aandeel"] = Decimal("0.04")
    if values.get("gebruik") == "besluiten":
        values.pop("drempel", None)
    if name == "vangnet":
        values["eerste_jaar"], values["laatste_jaar"] = sorted((values["eerste_jaar"], values["laatste_jaar"]))
    return values


@st.composite
def agreements(draw, case: PlainCase):
    """Of the whole catalogue. The names of the contracts are those of the case, and its frame is mostly kept."""
    groups = tuple(group.name for group in case.groups)
    raw = raw_agreement(case)
    raw[CONTRACT] = [
        draw(section(CONTRACT, groups, one["soort"])) | {"naam": one["naam"], "soort": one["soort"]}
        for one in raw[CONTRACT]
    ]
    for one in raw[CONTRACT][1:]:
        one.pop("verzekeraars", None)
    for name in draw(st.lists(st.sampled_from(list(SECTIONS)), unique=True, max_size=8)):
        if name in ("afspraak", CONTRACT) or (name in FREE and draw(st.integers(0, 2))):
            continue
        found = draw(section(name, groups))
        raw[name] = [found] if name in REPEATED else found
    if "kader" in raw and draw(st.integers(0, 3)):
        raw["kader"]["bedrag"] = Decimal(case.frame) / 100
    if draw(st.integers(0, 19)) == 7:
        raw.pop("kader", None)
    return raw


NONE = st.just([])


@st.composite
def any_case(draw):
    """With all lists, or without some; with all tables, or without one."""
    case = draw(agreed_cases(among=(), always=COMPONENT_SECTIONS))
    raw = draw(agreements(case))
    gone = draw(
        st.one_of(NONE, NONE, st.lists(st.sampled_from((*case.lists, "realised", "formation", "care")), max_size=2))
    )
    case = replace(case, lists={name: rows for name, rows in case.lists.items() if name not in gone})
    return case, raw, [name for name in gone if name not in case.lists]


def said(problems):
    for language in Language:
        assert report(problems, language)


@given(any_case())
def test_any_valid_agreement_is_told_what_it_lacks_or_is_settled(drawn):
    plain, raw, gone = drawn
    agreement, problems = read_agreement(raw, {}, "afspraak.toml")
    if agreement is None:
        assert errors(problems)
        said(problems)
        return
    assert not errors(problems)
    case = replace(as_objects(replace(plain, agreed={})), agreement=agreement)
    if "realised" in gone:
        case = replace(case, realisation=None)
    if "formation" in gone:
        case = replace(case, formation=())
    if "care" in gone:
        values = {name: of for name, of in case.components.values.items() if name != "passende_zorg"}
        case = replace(case, appropriate_care=None, components=replace(case.components, values=values))
    year = Year(case)
    for stage in (Stage.SETTLE, Stage.DISTRIBUTE):
        lacking = year.missing(stage)
        if lacking:
            said(lacking)
        elif stage is Stage.SETTLE:
            assert all(row.line.paid.value >= 0 for row in year.settlement.rows)
        else:
            assert_divided(year)


def assert_divided(year):
    found = year.distribution
    parts = sum(node.value for row in found.rows for node in (row.fixed, row.norm, *row.parts.values()))
    left = found.unpaid.value + sum(node.value for node in found.stays.values())
    assert parts + left == found.frame.value + sum(node.value for node in found.brings.values())
    assert recompute(found.total.paid) == found.total.paid.value


@FEW
@given(lean_cases(), st.sampled_from(COMPONENT_SECTIONS))
def test_every_component_without_its_lists_is_told_so(case, name):
    """An agreement that asks for a list which is not there is refused by name, never by a traceback."""
    least = {
        "harmonisatie": {"aandeel": Decimal("0.02")},
        "disutility": {"aandeel": Decimal("0.02")},
        "kwaliteit": {"aandeel": Decimal("0.02")},
        "geoormerkt": [{"naam": "Pot", "aandeel": Decimal("0.02")}],
        "mutatiereserve": {"aandeel": Decimal("0.02")},
        "gedeelde_besparing": {"aandeel": Decimal("0.5")},
        "overgang": {"jaar": YEAR, "aandeel": Decimal("0.02")},
        "vangnet": {"maximale_daling": Decimal("0.1"), "eerste_jaar": YEAR, "laatste_jaar": YEAR},
    }
    agreement, problems = read_agreement(raw_agreement(case) | {name: least[name]}, {}, "afspraak.toml")
    assert agreement is not None, problems
    bare = replace(as_objects(case), agreement=agreement, formation=(), realisation=None, components=ComponentTables())
    lacking = Year(bare).missing(Stage.DISTRIBUTE)
    assert lacking
    said(lacking)


@FEW
@given(agreed_cases(among=("mutatiereserve", "gedeelde_besparing", "overgang"), always=("vangnet",)))
def test_a_frame_that_cannot_be_divided_is_told_before_its_net_is_tried(case):
    nobody = tuple(replace(one, half_days=Fraction(0)) for one in case.formation)
    year = Year(as_objects(replace(case, formation=nobody, bandwidth=None, fixed=Fraction(1, 2))))
    assert "no_care_fte" in {problem.code for problem in year.missing(Stage.DISTRIBUTE)}


def command(*words):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main([str(word) for word in words])
    return status, out.getvalue(), err.getvalue()


def figures(value, path=()):
    """Where the numbers of a result stand; not those of where it came from, nor what is said of it."""
    if isinstance(value, dict):
        for key, one in value.items():
            if path or key not in NO_RESULT:
                yield from figures(one, (*path, key))
    elif isinstance(value, list):
        for i, one in enumerate(value):
            yield from figures(one, (*path, i))
    elif isinstance(value, int | float) or (isinstance(value, str) and value.lstrip("-").replace(".", "").isdigit()):
        yield path


def changed(content, path, chance):
    """One digit of one figure is another."""
    at = content
    for step in path[:-1]:
        at = at[step]
    text = str(at[path[-1]])
    place = chance.choice([i for i, char in enumerate(text) if char.isdigit()])
    other = text[:place] + str((int(text[place]) + chance.randint(1, 9)) % 10) + text[place + 1 :]
    at[path[-1]] = other if isinstance(at[path[-1]], str) else type(at[path[-1]])(other)


@FEW
@given(st.one_of(any_case(), agreed_cases().map(lambda case: (case, raw_agreement(case), []))), st.integers(0, 10**6))
def test_a_result_verifies_until_any_figure_is_changed(drawn, seed):
    case, raw, _ = drawn
    with tempfile.TemporaryDirectory() as place:
        folder = as_files(case, Path(place))
        (folder / "afspraak.toml").write_text(toml_of(raw), encoding="utf-8")
        status, out, _ = command("run", folder, "--json")
        content = json.loads(out)
        if status:  # a case that cannot be read has no result to verify
            assert KEY not in content
            assert content["fouten"]
            return
        result = folder / "uit.json"
        result.write_text(out, encoding="utf-8")
        assert command("verify", result, "--case", folder)[0] == 0
        chance, found = random.Random(seed), list(figures(content))
        for path in chance.sample(found, min(3, len(found))):
            altered = json.loads(out)
            changed(altered, path, chance)
            result.write_text(json.dumps(altered), encoding="utf-8")
            assert command("verify", result, "--case", folder)[0] == 1, path
