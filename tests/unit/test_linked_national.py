"""A case and a national file: the rate by hand, efficiency as against whole contributions, and what the file must not be."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from fractions import Fraction

import polars as pl
import pytest

from linked_store import AGREEMENT, HOME, TABLES, YEAR, case, load, trajectory
from puntlanding.benchmark.dominance import Reason, Thresholds
from puntlanding.benchmark.exchange import Pricing, national
from puntlanding.benchmark.national_file import from_bytes, is_national, national_file
from puntlanding.case.linked import From, Link, load_linked
from puntlanding.case.lists import read_norm_table
from puntlanding.contribution import merge
from puntlanding.contribution.about import GroupFte
from puntlanding.contribution.container import pack
from puntlanding.explain import leaves, recompute
from puntlanding.fold.fold import fold
from puntlanding.fold.rules import FoldJob, FoldRules
from puntlanding.problems import InputError
from small_contribution import small

pytestmark = pytest.mark.unit

OUT = AGREEMENT + '\n[benchmark]\neigen_vakgroep = "uit"\n'
ALL_KINDS = AGREEMENT + '\n[benchmark]\nvergelijking = "alle"\n'
COUNTS = {HOME: 12, "oost": 15, "west": 18}  # trajectories in 2025; each is one patient and 30 norm minutes of 2026
FTE = {HOME: 2, "oost": 3, "west": 4}
CARE = {("0303", "poort"): 1, ("0362", "ondersteunend"): 2}


@pytest.fixture
def store(tmp_path):
    root = tmp_path / "opslag"
    for hospital, count in COUNTS.items():
        rows = [trajectory(number, 2025) for number in range(count)]
        load(root, [*rows, *(trajectory(number, YEAR) for number in range(12))], hospital)
    case(root, benchmark=None, ziekenhuizen=f"ziekenhuis;type\n{HOME};algemeen\n")
    return root


def shared(store, hospital, kind="algemeen", year=2025):
    norms = read_norm_table(store / HOME / f"case-{YEAR}" / "normtijden.csv")
    found = fold(FoldJob(store, hospital, FoldRules(year, kind, norms)))
    fte = tuple(GroupFte(*group, Fraction(FTE[hospital] * many), Fraction(1)) for group, many in sorted(CARE.items()))
    return replace(found, hospitals=tuple(replace(one, fte=fte) for one in found.hospitals))


def made(store, kinds=(), **changes):
    parts = [shared(store, hospital, dict(kinds).get(hospital, "algemeen")) for hospital in COUNTS]
    path = store / "nl.landelijk"
    norms = read_norm_table(store / HOME / f"case-{YEAR}" / "normtijden.csv")
    known = {"thresholds": Thresholds(), "pricing": Pricing(YEAR, norms), **changes}
    whole = national(merge(parts), contributions=[_print(one) for one in parts], **known)
    path.write_bytes(national_file(whole))
    return path


def _print(one):
    with zipfile.ZipFile(io.BytesIO(one.to_bytes())):
        from puntlanding.contribution.container import fingerprint_of

        return fingerprint_of(one.to_bytes())


def linked(store, **asked):
    return load_linked(Link(store, HOME, **{"year": YEAR, **asked}))


def said(store, **asked):
    return {problem.code for problem in linked(store, **asked).loaded.problems}


def refused(store, **asked):
    with pytest.raises(InputError) as found:
        linked(store, **asked)
    return [problem.code for problem in found.value.problems]


def test_the_rate_is_that_of_all_hospitals_in_the_norm_times_of_the_year(store):
    found = linked(store, benchmark=made(store)).loaded.checked()
    assert found.rates["Heelkunde"].value == Fraction(45 * 30, 60) / 9
    assert found.rates["Radiologie"].value == Fraction(45 * 12, 60) / 18
    (leaf,) = leaves(found.rates["Heelkunde"])
    assert (leaf.source.file, leaf.source.column) == (
        "nl.landelijk", "tarieven 0303 poort algemeen normuren_per_fte",
    )  # fmt: skip


def test_without_the_own_group_it_is_that_of_the_others(store):
    path = made(store)
    case(store, benchmark=None, agreement=OUT)
    assert refused(store, benchmark=path) == ["linked_national_own"]
    (store / HOME / "gedeeld.bijdrage").write_bytes(shared(store, HOME).to_bytes())
    found = linked(store, benchmark=path).loaded.checked()
    assert found.rates["Heelkunde"].value == Fraction(33 * 30, 60) / 7
    assert recompute(found.rates["Heelkunde"]) == found.rates["Heelkunde"].value
    files = {leaf.source.file for leaf in leaves(found.rates["Heelkunde"]) if leaf.source}
    assert files == {"nl.landelijk", "gedeeld.bijdrage", "normtijden.csv"}
    assert "linked_national_own_strata" in said(store, benchmark=path)
    case(store, benchmark=None, agreement=OUT, normtijden=TABLES["normtijden"].replace("2026;0301", "2026;0300"))
    assert refused(store, benchmark=path) == ["linked_national_lists"]
    case(store, benchmark=None, agreement=OUT.replace('"uit"', '"uit"\nmethode = "mediaan"'))
    assert refused(store, benchmark=path) == ["linked_national_own_method"]


def test_a_median_is_of_five_hospitals_at_least_and_a_mean_is_never_told(store):
    path = made(store)
    case(store, benchmark=None, agreement=f'{AGREEMENT}\n[benchmark]\nmethode = "mediaan"\n')
    assert "linked_national_few" in said(store, benchmark=path)
    case(store, benchmark=None, agreement=f'{AGREEMENT}\n[benchmark]\nmethode = "gemiddelde"\n')
    assert refused(store, benchmark=path) == ["linked_national_mean"]


def test_two_years_back_is_another_file(store):
    path = made(store)
    case(store, benchmark=None, agreement=f'{AGREEMENT}\n[benchmark]\nbasisjaar = "T-2"\n')
    assert refused(store, benchmark=path) == ["linked_benchmark_rule"]


def test_figures_that_follow_others_cannot_be_taken_apart(store):
    before = merge([shared(store, hospital) for hospital in COUNTS])
    path = made(store, previous=before)
    case(store, benchmark=None, agreement=OUT)
    (store / HOME / "gedeeld.bijdrage").write_bytes(shared(store, HOME).to_bytes())
    assert refused(store, benchmark=path) == ["linked_national_later"]


def test_a_hospital_that_did_not_take_part_needs_take_nothing_off(store):
    parts = [shared(store, hospital) for hospital in ("oost", "west")]
    third = replace(parts[0], hospitals=tuple(replace(one, hospital="zuid") for one in parts[0].hospitals))
    tables = {name: frame.with_columns(pl.lit("zuid").alias("ziekenhuis")) for name, frame in third.tables.items()}
    whole = merge([*parts, replace(third, tables=tables)])
    norms = read_norm_table(store / HOME / f"case-{YEAR}" / "normtijden.csv")
    path = store / "nl.landelijk"
    path.write_bytes(national_file(national(whole, Thresholds(), pricing=Pricing(YEAR, norms))))
    case(store, benchmark=None, agreement=OUT)
    found = linked(store, benchmark=path).loaded.checked()
    assert found.rates["Heelkunde"].value == Fraction(48 * 30, 60) / 10


def test_efficiency_is_as_against_whole_contributions_where_no_stratum_was_merged(store, tmp_path):
    path, folder = made(store), tmp_path / "bijdragen"
    folder.mkdir()
    for hospital in ("oost", "west"):
        (folder / f"{hospital}.bijdrage").write_bytes(shared(store, hospital).to_bytes())
    by_file, by_peers = linked(store, benchmark=path), linked(store, benchmark=path, contributions=folder)
    figures = [
        {(one.group, one.year): one.value.value for one in found.loaded.checked().efficiency}
        for found in (by_file, by_peers)
    ]
    assert figures[0] == figures[1] == {("Heelkunde", 2025): 1, ("Heelkunde", YEAR): 1}
    origin = next(one for one in by_file.origins if one.table == "efficiency")
    assert (origin.source, origin.files) == (From.CONTRIBUTIONS, ("nl.landelijk",))
    assert {"linked_efficiency_kept"} <= said(store, benchmark=path)
    for one in by_file.loaded.checked().efficiency:
        assert recompute(one.value) == one.value.value
    case(store, benchmark=None, efficiency="vakgroep;jaar;waarde\nHeelkunde;2025;1,25\nHeelkunde;2026;1,5\n")
    typed = linked(store, benchmark=path).loaded.checked().efficiency
    assert [one.value.value for one in typed] == [Fraction(5, 4), Fraction(3, 2)]


def test_strata_made_with_other_lists_are_not_compared(store):
    path = made(store)
    case(store, benchmark=None, kostprijzen="jaar;zorgactiviteit;bedrag\n2025;190060;10,00\n")
    found = linked(store, benchmark=path).loaded
    (problem,) = [one for one in found.problems if one.code == "linked_national_basis"]
    assert problem.details["lists"] == ("kostprijzen", "cost prices")
    assert not found.checked().efficiency


def test_a_type_that_stands_together_with_another_is_told(store):
    path = made(store, kinds={"west": "umc"})
    assert "linked_national_withheld" in said(store, benchmark=path)
    case(store, benchmark=None, agreement=ALL_KINDS)
    assert "linked_national_withheld_all" in said(store, benchmark=path)
    typed = "vakgroep;normuren_per_fte\nHeelkunde;3\nRadiologie;2\n"
    case(store, benchmark=typed)
    found = linked(store, benchmark=path).loaded
    (problem,) = [one for one in found.problems if one.code == "linked_national_class"]
    assert problem.details["together"] == "algemeen + umc"
    assert {one.year for one in found.checked().efficiency} == {2025, YEAR}


def test_a_type_must_be_known(store):
    path = made(store, kinds={HOME: None})
    (store / HOME / f"case-{YEAR}" / "ziekenhuizen.csv").unlink()
    assert refused(store, benchmark=path) == ["linked_national_kind"]


def test_diagnostics_that_nobody_knows_are_not_told_as_nothing():
    parts = [small(name, strata=[{"k1_patienten": 20, "k1_fysiek": 40}]) for name in "abc"]
    row = national(merge(parts), Thresholds()).references.row(0, named=True)
    assert (row["patienten"], row["fysiek"], row["diagnostiek"]) == (60, 120, None)


def test_a_file_is_read_back_as_it_was_made(store):
    path = made(store)
    whole = from_bytes(path.read_bytes(), path.name)
    assert (whole.year, whole.basis.year, whole.ahead, whole.later) == (YEAR, 2025, True, False)
    assert national_file(whole) == path.read_bytes()
    assert whole.kind(HOME) == "algemeen"
    assert {one.reason for one in whole.cells} == {None}
    withheld = from_bytes(made(store, kinds={"west": "umc"}).read_bytes(), "x")
    assert {one.reason for one in withheld.cells if one.kind == "umc"} == {Reason.FEW}


def rewritten(path, change_about=None, **frames):
    """A whole file that somebody wrote with other content: every hash in it is right."""
    with zipfile.ZipFile(path) as archive:
        about = json.loads(archive.read("inhoud.json"))
        tables = {name: pl.read_parquet(archive.read(f"{name}.parquet")) for name in ("tarieven", "referenties")}
    kind, version = about.pop("soort"), about.pop("formaat")
    about.pop("tabellen")
    if change_about is not None:
        change_about(about)
    path.write_bytes(
        pack(kind, version, about, {**tables, **{name: make(tables[name]) for name, make in frames.items()}})
    )


@pytest.mark.parametrize(
    ("change", "frames"),
    [
        (lambda about: about.update(jaar="2026"), {}),
        (lambda about: about.update(jaar=2031), {}),
        (lambda about: about.pop("grenzen"), {}),
        (lambda about: about["ziekenhuizen"][0].update(type="groot"), {}),
        (None, {"tarieven": lambda frame: frame.with_columns(pl.lit("1000").alias("normuren_per_fte"))}),
        (None, {"tarieven": lambda frame: frame.with_columns(pl.lit("0").alias("fte"))}),
        (None, {"tarieven": lambda frame: pl.concat([frame, frame])}),
        (None, {"tarieven": lambda frame: frame.with_columns(pl.lit("geheim").alias("niet_gedeeld"))}),
        (None, {"referenties": lambda frame: frame.with_columns(-pl.col("patienten"))}),
    ],
)
def test_a_file_that_says_what_cannot_be_is_refused(tmp_path, change, frames):
    months = {f"open_min_{month:02}": 0 for month in range(1, 13)} | {"open_01": 50, "open_min_01": 50 * 1500}
    strata = [{"k1_patienten": 20, "k1_fysiek": 40}]
    parts = [small(name, production=[{**months, "patienten": 50}], strata=strata) for name in "abcd"]
    path = tmp_path / "nl.landelijk"
    path.write_bytes(national_file(national(merge(parts), Thresholds())))
    assert from_bytes(path.read_bytes(), path.name).cells[0].rate == Fraction(50, 4) / Fraction("4.5")
    rewritten(path, change, **frames)
    assert is_national(path.read_bytes())
    with pytest.raises(InputError) as found:
        from_bytes(path.read_bytes(), path.name)
    assert [problem.code for problem in found.value.problems] == ["sealed_damaged"]
