"""A case that is completed from a store: what comes from where, exactly, and all that is said of what does not fit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from linked_store import AGREEMENT, DELIVERED, HOME, OTHER, PRODUCT, SCAN, TABLES, YEAR, case, load, opened, trajectory
from puntlanding.benchmark.ex_ante import ex_ante
from puntlanding.benchmark.peers import Own, PeerRule, PeersBy
from puntlanding.benchmark.published import publish
from puntlanding.case.linked import From, Link, load_linked
from puntlanding.case.lists import read_norm_table
from puntlanding.contribution import merge
from puntlanding.contribution.about import GroupFte
from puntlanding.explain import leaves, recompute
from puntlanding.fold.fold import fold
from puntlanding.fold.kept import note, note_of
from puntlanding.fold.rules import FoldJob, FoldRules
from puntlanding.norms.trends import Trend, local_trends
from puntlanding.problems import InputError
from puntlanding.stage import Stage
from puntlanding.year import Year

pytestmark = pytest.mark.unit

MULTI_YEAR = AGREEMENT.replace('soort = "aanneemsom"', 'soort = "meerjaren_aanneemsom"\nkrimpvergoeding = 0.5')
TWO_YEARS_BACK = AGREEMENT + '\n[benchmark]\nbasisjaar = "T-2"\n'


@pytest.fixture
def store(tmp_path):
    return load(tmp_path / "opslag")


def linked(store, **asked):
    return load_linked(Link(store, HOME, **{"year": YEAR, **asked}))


def completed(store, **asked):
    return linked(store, **asked).loaded.checked()


def hours(production, year=YEAR):
    return {key: output.hours.value for key, output in production.outputs(year).items()}


def said(store, **asked):
    return {(problem.code, problem.value) for problem in linked(store, **asked).loaded.problems}


def refused(store, **asked):
    with pytest.raises(InputError) as found:
        linked(store, **asked)
    return [problem.code for problem in found.value.problems]


def test_volumes_of_last_year_are_the_budget_and_this_year_is_the_realisation(store):
    case(store)
    found = completed(store)
    half, fifth = Fraction(30, 60), Fraction(12, 60)  # hours: a product of 30 minutes, a scan of 12
    assert hours(found.budget) == {
        ("Heelkunde", "A"): 6 * half, ("Heelkunde", "Overige"): 4 * half,
        ("Radiologie", "A"): 6 * fifth, ("Radiologie", "Overige"): 4 * fifth,
    }  # fmt: skip
    assert hours(found.realisation) == {
        ("Heelkunde", "A"): 4 * half, ("Heelkunde", "Overige"): 2 * half,
        ("Radiologie", "A"): 4 * fifth, ("Radiologie", "Overige"): 3 * fifth,
    }  # fmt: skip
    assert found.forecast is found.realisation
    year = Year(found)
    assert year.budget.total.norm_fte.value == Fraction(10 * half, 2) + 10 * fifth
    # contract A is a ceiling, below it here; the others are a lump sum
    assert year.settlement.total.paid.value == (4 * half + 4 * half) / 2 + (4 + 4) * fifth


def test_each_number_goes_down_to_cells_and_can_be_worked_out_again(store):
    folder = case(
        store,
        productstructuur=f"jaar;specialisme;soort;oud;nieuw;factor;aantal\n2026;0303;zorgproduct;{PRODUCT};{OTHER};1,5;\n",
        trends="specialisme;factor;reden\n0303;1,1;krimp elders\n",
    )
    found = completed(store)
    assert hours(found.budget)["Heelkunde", "A"] == 6 * Fraction(3, 2) * Fraction(11, 10) * Fraction("45.5") / 60
    assert hours(found.realisation)["Heelkunde", "A"] == 2  # its own structure and no trend
    (node,) = [row.norm_fte for row in Year(found).budget.rows if row.name == "Heelkunde"]
    assert recompute(node) == node.value
    places = {(leaf.source.file, leaf.source.row, leaf.source.column) for leaf in leaves(node) if leaf.source}
    assert places == {
        ("noord 2025", None, f"0303 {PRODUCT} open_01:open_12"), ("productstructuur.csv", 2, "factor"),
        ("trends.csv", 2, "factor"), ("normtijden.csv", 4, "minuten"), ("benchmark.csv", 2, "normuren_per_fte"),
    }  # fmt: skip
    origins = {one.table: one for one in linked(store).origins}
    assert origins["begroting"].files == ("productstructuur.csv", "trends.csv")
    files = {path.name for path in linked(store).loaded.files}
    assert {"trends.csv", "productstructuur.csv", "afspraak.toml"} <= files
    assert folder.joinpath("trends.csv").is_file()


def test_a_volume_that_is_added_goes_along_with_the_contracts(store):
    case(
        store,
        productstructuur=f"jaar;specialisme;soort;oud;nieuw;factor;aantal\n2026;0303;zorgproduct;;{OTHER};;10\n",
    )
    found = completed(store)
    whole = 10 * Fraction("45.5") / 60
    assert hours(found.budget)["Heelkunde", "A"] == 3 + whole * Fraction(6, 10)
    assert hours(found.budget)["Heelkunde", "Overige"] == 2 + whole * Fraction(4, 10)
    for output in found.budget.outputs(YEAR).values():
        assert recompute(output.hours) == output.hours.value


def test_what_the_case_types_wins(store):
    pairs = [(group, contract) for group in ("Heelkunde", "Radiologie") for contract in ("A", "Overige")]
    typed = "vakgroep;contract;norm_fte\n" + "".join(f"{group};{contract};7\n" for group, contract in pairs)
    case(
        store,
        begroting=typed,
        prognose=typed,
        efficiency="vakgroep;jaar;waarde\nHeelkunde;2025;1,1\nHeelkunde;2026;1\n",
    )
    found = linked(store)
    year = Year(found.loaded.checked())
    assert year.budget.total.norm_fte.value == 28
    assert hours(year.case.realisation)["Heelkunde", "A"] == 2
    assert {one.table: one.source for one in found.origins} == {
        "begroting": From.CASE, "realisatie": From.RECORDS, "prognose": From.CASE, "benchmark": From.CASE,
        "efficiency": From.CASE, "normtijden": From.CASE, "formatie": From.CASE, "kosten": From.NOTHING,
    }  # fmt: skip
    assert not {code for code, _ in said(store)} & {"linked_forecast", "linked_no_efficiency", "linked_no_benchmark"}


def test_a_case_that_types_all_production_needs_nothing_of_the_records(store):
    typed = "vakgroep;contract;norm_fte\n" + "".join(
        f"{group};{contract};7\n" for group in ("Heelkunde", "Radiologie") for contract in ("A", "Overige")
    )
    case(
        store,
        begroting=typed,
        realisatie=typed,
        prognose=typed,
        agreement=AGREEMENT.replace('verzekeraars = ["3311"]', ""),
    )
    assert Year(completed(store)).settlement.total.paid.value == 28


def test_two_years_back(tmp_path):
    rows = [*opened(2024, 2, 2, 0), *opened(2025, 6, 4, 0), *opened(2026, 4, 3, 0)]
    store = load(tmp_path / "opslag", rows)
    case(
        store, agreement=TWO_YEARS_BACK,
        productstructuur=(
            "jaar;specialisme;soort;oud;nieuw;factor;aantal\n"
            f"2025;0303;zorgproduct;{PRODUCT};110401021;2;\n2026;0303;zorgproduct;110401021;{OTHER};1,5;\n"
        ),
    )  # fmt: skip
    found = completed(store)
    assert hours(found.budget)["Heelkunde", "A"] == 2 * 3 * Fraction("45.5") / 60
    node = found.budget.outputs(YEAR)["Heelkunde", "A"].hours
    assert recompute(node) == node.value
    assert {(leaf.source.file, leaf.source.row, leaf.value) for leaf in leaves(node) if leaf.source} == {
        ("noord 2024", None, 2), ("productstructuur.csv", 2, 2), ("productstructuur.csv", 3, Fraction(3, 2)),
        ("normtijden.csv", 4, Fraction("45.5")),
    }  # fmt: skip


def test_factors_that_are_finer_than_a_volume_can_be(tmp_path):
    store = load(tmp_path / "opslag", [*opened(2024, 1, 0, 0), *opened(2026, 1, 0, 0)])
    case(
        store, agreement=TWO_YEARS_BACK, trends="specialisme;factor;reden\n0303;1,000001;x\n",
        productstructuur=(
            "jaar;specialisme;soort;oud;nieuw;factor;aantal\n"
            f"2025;0303;zorgproduct;{PRODUCT};110401021;1,000001;\n2026;0303;zorgproduct;110401021;{OTHER};1,000001;\n"
        ),
    )  # fmt: skip
    assert refused(store) == ["linked_too_fine"]


def test_a_multi_year_contract_takes_last_years_budget_from_the_year_before(tmp_path):
    store = load(tmp_path / "opslag", [*opened(2024, 2, 8, 0), *opened(2025, 6, 4, 0), *opened(2026, 4, 3, 0)])
    scans_too = TABLES["normtijden"] + f"2025;0362;zorgactiviteit;{SCAN};12\n"
    case(store, agreement=MULTI_YEAR, normtijden=scans_too, trends="specialisme;factor;reden\n0303;1,1;groei\n")
    found = completed(store)
    assert hours(found.budget)["Heelkunde", "Overige"] == 4 * Fraction(11, 10) / 2
    assert hours(found.budget, 2025)["Heelkunde", "Overige"] == 8 * Fraction(25, 60)  # the trend is that of 2026
    assert Year(found).settlement.total.paid.value


def test_a_multi_year_contract_without_norm_times_of_last_year(store):
    case(store, agreement=MULTI_YEAR, normtijden="\n".join(
        line for line in TABLES["normtijden"].splitlines() if not line.startswith("2025")
    ))  # fmt: skip
    assert ("linked_year_missing", "2024") in said(store)
    load(store, opened(2024, 1, 1, 0), day=date(2025, 1, 31))
    assert ("linked_previous_norms", None) in said(store)


def test_a_base_year_that_was_not_complete_makes_a_budget_that_is_too_low(tmp_path):
    rows = opened(2025, 8, 0, 0)
    for row in rows[:3]:
        row.update(
            zorgproduct=None, declaratiecode=None, sluitdatum=None, afsluitreden=None, openingsdatum=date(2025, 12, 20)
        )
    store = load(tmp_path / "opslag", rows, day=date(2025, 12, 31))
    case(store)
    found = linked(store).loaded
    assert hours(found.checked().budget)["Heelkunde", "A"] > 0
    (young,) = (one for one in found.problems if one.code == "linked_year_young")
    assert (young.value, young.details["year"], young.details["share"]) == ("2025", YEAR, "38")
    load(store, opened(2025, 8, 0, 0), day=date(2026, 6, 30))
    assert "linked_year_young" not in {code for code, _ in said(store)}


def test_what_was_known_on_a_day(tmp_path):
    early = date(2026, 7, 1)
    store = load(tmp_path / "opslag", [*opened(2025, 6, 4, 0), *opened(2026, 2, 0, 0)], day=early)
    load(store)
    case(store)
    assert hours(completed(store).realisation)["Heelkunde", "A"] == 2
    found = linked(store, as_of=date(2026, 12, 1))
    assert hours(found.loaded.checked().realisation)["Heelkunde", "A"] == 1
    assert {one.day for one in found.origins if one.source is From.RECORDS} == {early}
    unfinished = next(one for one in found.loaded.problems if one.code == "linked_unfinished")
    assert unfinished.details == {"year": YEAR, "day": "2026-07-01", "open": 0, "without": 0}


def test_a_year_that_is_over_and_complete_is_not_called_unfinished(tmp_path):
    store = load(tmp_path / "opslag", [*opened(2025, 6, 4, 0), *opened(2026, 4, 2, 0)])
    case(store)
    assert "linked_unfinished" not in {code for code, _ in said(store)}


def test_what_was_counted_and_has_no_place_is_said(store):
    case(store, vakgroepen=TABLES["vakgroepen"] + "Oogheelkunde;0308;poort\n")
    found = linked(store).loaded
    strangers = [one for one in found.problems if one.code == "linked_no_group"]
    assert [(one.value, one.details["year"], one.details["volume"], one.details["hours"]) for one in strangers] == [
        ("0301 poort", 2026, "1", "0"), ("0301 poort", 2026, "2", "1"),
    ]  # fmt: skip
    assert [one.value for one in found.problems if one.code == "linked_idle"] == ["Oogheelkunde"] * 2
    unfinished = next(one for one in found.problems if one.code == "linked_unfinished")
    assert (unfinished.details["open"], unfinished.details["without"]) == (1, 0)
    assert hours(found.checked().budget)["Oogheelkunde", "A"] == 0


def test_codes_without_a_norm_time_are_said_with_their_volume(store):
    load(store, [*opened(2026, 4, 3, 0), trajectory(60, 2026, zorgproduct=OTHER)], day=date(2027, 2, 28))
    case(store, normtijden=TABLES["normtijden"].replace(f"2026;0303;zorgproduct;{OTHER};45,5\n", ""))
    (found,) = [one for one in linked(store).loaded.problems if one.code == "linked_unpriced"]
    assert (found.value, found.details["count"], found.details["volume"], found.details["codes"]) == (
        "Heelkunde", 1, "1", OTHER,
    )  # fmt: skip


def test_insurers_that_no_contract_names(store):
    case(store, agreement=AGREEMENT.replace('soort = "aanneemsom"', 'soort = "aanneemsom"\nverzekeraars = ["3313"]'))
    found = linked(store).loaded
    assert hours(found.checked().budget)["Heelkunde", "Overige"] == 1  # two of the four have no insurer
    assert {one.details["volume"] for one in found.problems if one.code == "linked_outside"} == {"4", "2"}


def test_production_that_has_neither_contract_nor_group_is_told_once(tmp_path):
    rows = [*opened(2025, 6, 0, 0), *opened(2026, 4, 0, 0), trajectory(70, 2026, "0301", "9999")]
    store = load(tmp_path / "opslag", rows)
    case(store, agreement=AGREEMENT.replace('soort = "aanneemsom"', 'soort = "aanneemsom"\nverzekeraars = ["3313"]'))
    codes = [one.code for one in linked(store).loaded.problems]
    assert codes.count("linked_outside") == 1
    assert "linked_no_group" not in codes


def test_a_typed_budget_decides_which_contracts_a_group_has(tmp_path):
    """No zero is put beside a contract that a group has no budget in."""
    store = load(tmp_path / "opslag", [*opened(2025, 6, 0, 0), *opened(2026, 4, 0, 0)])
    case(store, begroting="vakgroep;contract;norm_fte\nHeelkunde;A;7\nRadiologie;A;7\n")
    found = completed(store)
    assert set(hours(found.realisation)) == {("Heelkunde", "A"), ("Radiologie", "A")}
    case(store, realisatie="vakgroep;contract;norm_fte\nHeelkunde;A;7\nRadiologie;A;7\n", begroting="")
    (store / HOME / f"case-{YEAR}" / "begroting.csv").unlink()
    assert set(hours(completed(store).budget)) == {("Heelkunde", "A"), ("Radiologie", "A")}


def test_no_contract_at_all(store):
    case(store, agreement=AGREEMENT.partition("[[contract]]")[0])
    assert hours(completed(store).budget) == {("Heelkunde", ""): 5, ("Radiologie", ""): 2}


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"agreement": AGREEMENT.replace('verzekeraars = ["3311"]\n', "")}, ["linked_rest"]),
        ({"agreement": AGREEMENT.replace('"Overige"', '"alle"')}, ["linked_contract_name"]),
        ({"vakgroepen": TABLES["vakgroepen"] + "Chirurgie;0303;poort\n"}, ["linked_group_twice"]),
        ({"normtijden": None}, ["linked_norm_times"]),
        (
            {"normtijden": "jaar;specialisme;soort;code;minuten\n2025;0303;zorgproduct;1;2\n"},
            ["norm_times_without_year"],
        ),
        ({"agreement": AGREEMENT.replace("2026", "2027")}, ["linked_other_year"]),
    ],
)
def test_a_case_that_leaves_open_what_the_records_need(store, changes, codes):
    case(store, **changes)
    assert refused(store) == codes


def test_a_store_or_hospital_that_is_not_there(store, tmp_path):
    case(store)
    for link, code in (
        (Link(tmp_path, HOME, YEAR), "linked_no_store"),
        (Link(store, "noort", YEAR), "linked_hospital"),
        (Link(store, HOME), "linked_year_needed"),
    ):
        with pytest.raises(InputError) as found:
            load_linked(link)
        assert [problem.code for problem in found.value.problems] == [code]
    assert load_linked(Link(store, HOME, 2025)).loaded.problems[0].code == "case_not_found"


def test_a_damaged_store_is_no_store_without_the_year(store):
    case(store)
    (store / HOME / "leveringen.json").write_text("{", encoding="utf-8")
    assert refused(store) == ["store_damaged"]


def test_errors_in_the_case_come_first(store):
    case(store, benchmark="vakgroep;normuren_per_fte\nHeelkunde;0\n")
    found = linked(store)
    assert found.loaded.case is None
    assert {problem.code for problem in found.loaded.problems} == {"rate_zero"}
    assert found.origins == ()


def test_a_year_that_the_store_does_not_have(tmp_path):
    store = load(tmp_path / "opslag", opened(2026, 4, 3, 0))
    case(store)
    assert ("linked_year_missing", "2025") in said(store)
    year = Year(completed(store))
    assert year.case.budget is None
    assert [problem.details["table"] for problem in year.missing(Stage.BUDGET)] == ["begroting"]


def told(store, year, hospital=HOME, kind="algemeen", fte="4", norms=None):
    """A contribution as the fold makes it for others."""
    table = read_norm_table(norms or store / HOME / f"case-{YEAR}" / "normtijden.csv")
    groups = tuple(
        GroupFte(*pair, Fraction(fte), Fraction(fte)) for pair in (("0303", "poort"), ("0362", "ondersteunend"))
    )
    return fold(FoldJob(store, hospital, FoldRules(year, kind, table, fte=groups)))


def published(store, year=YEAR, rule=None, **rest):
    norms = read_norm_table(store / HOME / f"case-{YEAR}" / "normtijden.csv")
    whole = merge([told(store, 2025), told(store, 2025, "zuid", fte="2")])
    made = ex_ante(whole, year, norms, rule or PeerRule(PeersBy.TYPE, Own.IN), **rest)
    return publish(store / "benchmark", made, {}, date(2025, 12, 1), "proef").path


@pytest.fixture
def two(store):
    """zuid has the same records as noord, and half of its fte."""
    load(store, hospital="zuid")
    case(store, benchmark=None)
    return store


def test_the_published_benchmark_is_the_rate_of_groups_without_one(two):
    path = published(two)
    found = completed(two)
    assert {name: node.value for name, node in found.rates.items()} == {
        "Heelkunde": Fraction(5 + 5, 4 + 2), "Radiologie": Fraction(2 + 2, 4 + 2),
    }  # fmt: skip
    assert found.rates["Heelkunde"].source.file == path.name
    assert found.rates["Heelkunde"].source.column == "vakgroepen noord 0303 poort"
    assert completed(two, benchmark=path).rates.keys() == found.rates.keys()
    case(two, benchmark="vakgroep;normuren_per_fte\nHeelkunde;7\n")
    found = linked(two)
    assert found.loaded.checked().rates["Heelkunde"].value == 7
    assert [one.source for one in found.origins if one.table == "benchmark"] == [From.CASE, From.BENCHMARK]


def test_the_newest_version_counts_unless_another_is_named(two):
    first = published(two)
    second = published(two, trends=local_trends([Trend("0303", None, None, None, Fraction(2), "groei")]))
    assert completed(two).rates["Heelkunde"].source.file == second.name
    assert completed(two).rates["Heelkunde"].value == 2 * completed(two, benchmark=first).rates["Heelkunde"].value


def test_a_hospital_outside_the_benchmark_has_the_rate_of_its_peers(two):
    load(two, hospital="west")
    case(two, hospital="west", benchmark=None, ziekenhuizen="ziekenhuis;type\nwest;algemeen\n")
    published(two)
    found = load_linked(Link(two, "west", YEAR)).loaded.checked()
    assert found.rates["Heelkunde"].value == Fraction(10, 6)
    assert found.rates["Heelkunde"].source.column == "tarieven 0303 poort algemeen"


def test_without_a_benchmark_that_is_said(two):
    assert ("linked_no_benchmark", "Heelkunde, Radiologie") in said(two)
    published(two)
    case(two, benchmark=None, vakgroepen=TABLES["vakgroepen"] + "Oogheelkunde;0308;poort\n")
    assert ("linked_rate_missing", "Oogheelkunde") in said(two)


def test_a_benchmark_that_was_not_agreed(two):
    published(two, rule=PeerRule(PeersBy.ALL, Own.OUT))
    assert refused(two) == ["linked_benchmark_rule"] * 2
    case(two, benchmark=None, agreement=AGREEMENT + '\n[benchmark]\nvergelijking = "alle"\neigen_vakgroep = "uit"\n')
    assert completed(two).rates["Heelkunde"].value == Fraction(5, 2)
    case(two, benchmark=None, agreement=AGREEMENT + '\n[benchmark]\nbasisjaar = "T-2"\nmethode = "mediaan"\n')
    assert refused(two) == ["linked_benchmark_rule"] * 4


def test_a_benchmark_of_another_year(two):
    load(two, opened(2024, 1, 1, 0), day=date(2025, 1, 31))
    path = published(two).rename(two / "ander.benchmark")
    case(two, benchmark=None, agreement=AGREEMENT.replace("jaar = 2026", "jaar = 2025"))
    with pytest.raises(InputError) as found:
        load_linked(Link(two, HOME, case=two / HOME / f"case-{YEAR}", benchmark=path))
    assert [problem.code for problem in found.value.problems] == ["linked_benchmark_year"]


@pytest.fixture
def peers(store, tmp_path):
    """zuid saw each patient of 2025 twice and of 2026 once; at noord it is once in both years. Twelve patients in each."""
    rows = {year: [trajectory(number, year) for number in range(12)] for year in (2025, 2026)}
    load(store, [*rows[2025], *rows[2026]], day=date(2027, 3, 31))
    load(store, [*rows[2025], *rows[2026]], hospital="zuid")
    case(store, ziekenhuizen="ziekenhuis;type\nnoord;algemeen\n")
    folder = tmp_path / "bijdragen"
    folder.mkdir()
    for year in (2025, 2026):
        for hospital in (HOME, "zuid"):
            (folder / f"{hospital}-{year}.bijdrage").write_bytes(told(store, year, hospital).to_bytes())
    return folder


def test_efficiency_against_the_contributions_of_others(store, peers):
    found = linked(store, contributions=peers)
    figures = {(one.group, one.year): one.value.value for one in found.loaded.checked().efficiency}
    assert figures == {("Heelkunde", 2025): 1, ("Heelkunde", 2026): 1}
    origin = next(one for one in found.origins if one.table == "efficiency")
    assert (origin.source, origin.files) == (From.CONTRIBUTIONS, ("zuid-2025.bijdrage", "zuid-2026.bijdrage"))
    for one in found.loaded.checked().efficiency:
        assert recompute(one.value) == one.value.value
    assert Year(found.loaded.checked()).settlement.total.paid.value


def test_efficiency_weighs_as_the_list_beside_the_case_says(store, peers):
    lists = {"ziekenhuizen": "ziekenhuis;type\nnoord;algemeen\n"}
    case(store, **lists, efficiencygewichten="specialisme;onderdeel;waarde\n;fysiek;250\n")
    for one in linked(store, contributions=peers).loaded.checked().efficiency:
        given = {leaf.source.file for leaf in leaves(one.value) if leaf.term == "given_weight"}
        assert given == {"efficiencygewichten.csv"}
    case(store, **lists, efficiencygewichten="specialisme;onderdeel;waarde\n;ehealth;2\n")
    with pytest.raises(InputError) as found:
        linked(store, contributions=peers)
    assert [problem.code for problem in found.value.problems] == ["efficiency_share"]


def test_efficiency_that_the_case_types_wins(store, peers):
    more = TABLES["vakgroepen"] + "Oogheelkunde;0301;poort\n"
    case(store, efficiency="vakgroep;jaar;waarde\nHeelkunde;2025;1,25\n", vakgroepen=more)
    found = linked(store, contributions=peers).loaded.checked()
    figures = sorted((one.group, one.year, one.value.value) for one in found.efficiency)
    assert figures == [("Heelkunde", 2025, Fraction(5, 4)), ("Heelkunde", 2026, 1)]


def test_a_year_without_contributions_keeps_the_score_of_the_other(store, peers):
    for one in peers.glob("*-2026.bijdrage"):
        one.unlink()
    found = linked(store, contributions=peers).loaded
    assert {(one.group, one.year) for one in found.checked().efficiency} == {("Heelkunde", 2025), ("Heelkunde", 2026)}
    codes = {(problem.code, problem.value) for problem in found.problems}
    assert {("linked_no_peers", "2026"), ("linked_efficiency_kept", "Heelkunde")} <= codes


def test_the_type_of_the_last_fold_is_used(store, peers):
    folder = store / HOME / f"case-{YEAR}"
    (store / HOME / "bijdrage-2025.bijdrage").write_bytes(told(store, 2025).to_bytes())
    (folder / "ziekenhuizen.csv").unlink()
    assert completed(store, contributions=peers).efficiency
    (store / HOME / "bijdrage-2026.bijdrage").write_bytes(told(store, 2026, "zuid").to_bytes())
    assert ("linked_no_kind", HOME) in said(store, contributions=peers)


def test_without_a_type_nobody_is_compared(store, peers):
    (store / HOME / f"case-{YEAR}" / "ziekenhuizen.csv").unlink()
    assert ("linked_no_kind", HOME) in said(store, contributions=peers)
    case(store, agreement=AGREEMENT + '\n[benchmark]\nvergelijking = "alle"\n')
    assert completed(store, contributions=peers).efficiency


def test_a_folder_of_contributions_with_a_file_that_is_none(store, peers):
    (peers / "oud.bijdrage").write_bytes(b"niets")
    assert refused(store, contributions=peers) == ["sealed_not"]
    assert refused(store, contributions=peers / "weg") == ["source_not_found"]


def test_no_efficiency_is_said(store):
    case(store)
    assert ("linked_no_efficiency", None) in said(store)


def test_the_contribution_in_the_store_is_used_only_where_it_is_what_folding_would_make(store):
    folder = case(store, ziekenhuizen="ziekenhuis;type\nnoord;algemeen\n")
    before = completed(store)
    assert before.realisation.file == "noord 2026"
    norms = read_norm_table(folder / "normtijden.csv")
    fte = (
        GroupFte("0303", "poort", Fraction(2), Fraction(2)),
        GroupFte("0362", "ondersteunend", Fraction(1), Fraction(1)),
    )
    rules = FoldRules(YEAR, "algemeen", norms, contracts={"3311": "A"}, rest="Overige", fte=fte)
    job, path = FoldJob(store, HOME, rules), store / HOME / f"bijdrage-{YEAR}.bijdrage"
    data = fold(job).to_bytes()
    path.write_bytes(data)
    note_of(path).write_bytes(note(job, data))
    after = completed(store)
    assert after.realisation.file == path.name
    assert hours(after.realisation) == hours(before.realisation)
    other = fold(replace(job, rules=replace(rules, contracts={}))).to_bytes()
    path.write_bytes(other)
    assert completed(store).realisation.file == "noord 2026"


def test_nothing_of_a_delivery_is_changed(store):
    case(store)
    before = {path: path.read_bytes() for path in store.rglob("*") if path.is_file()}
    Year(completed(store)).settlement  # noqa: B018
    assert {path: path.read_bytes() for path in store.rglob("*") if path.is_file()} == before
    assert date(YEAR, 12, 31) < DELIVERED
