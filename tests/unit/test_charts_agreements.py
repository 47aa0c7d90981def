"""Agreements drawn: the table behind is the comparison, the slopes and the simulation themselves; refusals and gaps are told."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from chart_cases import DUTCH, ENGLISH, HOSTILE, LETTERS, SOURCE, everything, filled, heights, texts, width, year

from puntlanding.charts.comparison_slope import comparison_slope
from puntlanding.charts.incentive_curves import incentive_curves
from puntlanding.charts.simulation_fans import simulation_fans
from puntlanding.charts.style import OURS, OVER, UNDER
from puntlanding.comparison import Kind, Proposal, compare
from puntlanding.comparison.old_model import old_model
from puntlanding.contract_types import CONTRACT_TYPES
from puntlanding.incentives import incentives, point_at
from puntlanding.incentives.curves import Place
from puntlanding.problems import Problem
from puntlanding.simulation.drawing import Asked
from puntlanding.simulation.result import About, Spread
from puntlanding.simulation.simulate import Proposal as Tried
from puntlanding.simulation.simulate import simulate
from puntlanding.simulation.volumes import Spreads, spread_volumes

pytestmark = pytest.mark.unit

ROWS = {"Oog": ("10", "12"), "Huid": ("8", "7"), "Zaal": ("6", "6")}
TENTH = Fraction(1, 10)
BROKEN = Problem("compare_nothing", "--agreements")


@pytest.fixture
def case(tmp_path):
    return year(tmp_path / "case", ROWS).case


def under(case, kind="schaduwdraaien", **rest):
    contracts = tuple(replace(one, type=CONTRACT_TYPES[kind]) for one in case.agreement.contracts)
    return replace(case, agreement=replace(case.agreement, contracts=contracts, **rest))


def compared(case, *others):
    return compare(Proposal("afspraak.toml", Kind.OWN, case), others)


def other(case, kind="schaduwdraaien", name="ander.toml", **rest):
    return Proposal(name, Kind.WHOLE, under(case, kind, **rest))


def drawn(cases, draws=200):
    pairs = cases[0].realisation.measures(2026)
    volumes = spread_volumes(cases[0].realisation, 2026, Spreads(dict.fromkeys(pairs, 0.05), 0.25))
    proposals = [Tried(f"{at}.toml", one) for at, one in enumerate(cases)]
    return simulate(proposals, volumes, Asked(draws, 1), About("realisatie", "r.csv", Spread.OPTION, 0.25))


def test_the_slopes_are_the_comparison(case):
    found = compared(case, other(case))
    picture = comparison_slope(found, SOURCE)
    own, change = found.own.euros.groups, found.beside[0].euros
    assert picture.rows == tuple(
        {
            "group": name,
            "A": own[name].value / 100,
            "B": found.beside[0].column.euros.groups[name].value / 100,
            "change_B": change.groups[name].value / 100,
        }
        for name in ROWS
    )
    for row in picture.rows:
        assert row["B"] - row["A"] == row["change_B"]
    assert picture.title == "Onder B krijgt 1 van 3 vakgroepen meer dan onder A, en 2 minder"
    shown = texts(picture.svg())
    # € 2,000,000 on 10, 7 and 6 of 24 norm fte (1 stays), then on 12, 7 and 6.
    assert {"Oog +15,2 %", "Huid −4,0 %", "Zaal −4,0 %"} <= {" ".join(text.split()) for text in shown}
    assert picture.words.startswith("Oog: B +€ 126.667 (+15,2 %)")


def test_the_one_that_moves_most_stands_where_the_names_are(case):
    lump = other(case, "aanneemsom", "som.toml")
    found = comparison_slope(compared(case, other(case), lump, other(case, "plafond", "zelfde.toml")), SOURCE, ENGLISH)
    assert [column.key for column in found.columns] == ["group", "A", "D", "C", "B", "change_D", "change_C", "change_B"]
    assert found.title.startswith("B moves most between groups: € ")
    assert "From left to right the difference from A grows." in found.subtitle


def test_what_cannot_be_computed_is_left_out_and_told(case):
    broken = Proposal("kapot.toml", Kind.WHOLE, case, (BROKEN,))
    picture = comparison_slope(compared(case, broken, other(case)), SOURCE)
    assert picture.subtitle.endswith("Niet te berekenen: B kapot.toml.")
    with pytest.raises(ValueError, match="no agreement"):
        comparison_slope(compared(case, broken), SOURCE)


def test_the_old_model_has_its_name_in_each_language(case):
    found = compared(case, *old_model(case))
    assert "2 parameters, afterwards" in comparison_slope(found, SOURCE, ENGLISH).subtitle
    assert "2 parameters, achteraf" in comparison_slope(found, SOURCE, DUTCH).subtitle


def test_a_group_that_gets_nothing_has_no_percentage_but_is_in_the_table(tmp_path):
    case = year(tmp_path / "case", {**ROWS, "Nieuw": ("0", "2")}).case
    picture = comparison_slope(compared(case, other(case)), SOURCE)
    assert picture.rows[-1]["group"] == "Nieuw"
    assert picture.rows[-1]["A"] == 0
    assert picture.rows[-1]["B"] == picture.rows[-1]["change_B"] > 0
    assert "Zonder lijn: 1 vakgroep die onder A niets krijgt." in picture.subtitle
    assert not any("Nieuw" in text for text in texts(picture.svg()))
    assert "Nieuw: B +€ " in picture.words


def test_without_a_frame_agreements_are_compared_in_norm_fte(tmp_path):
    case = year(tmp_path / "case", ROWS, frame=None).case
    picture = comparison_slope(compared(case, other(case)), SOURCE)
    assert picture.rows[0] == {"group": "Oog", "A": 10, "B": 12, "change_B": 2}
    assert "B +2,00 norm fte (+20,0 %)" in picture.words
    same = comparison_slope(compared(case, other(case, "plafond")), SOURCE)
    assert same.title == "Geen vakgroep krijgt iets anders"


@pytest.mark.parametrize("more", ["9", "11"])
def test_forty_names_do_not_overlap(tmp_path, more):
    """Also where half of them change by the very same share."""
    many = {f"Vakgroep {at}": ("10", "11" if at % 2 else more) for at in range(40)}
    case = year(tmp_path / "case", many).case
    svg = comparison_slope(compared(case, other(case)), SOURCE).svg()
    places = sorted(place for text, place in heights(svg) if text.startswith("Vakgroep "))
    assert len(places) == 40
    assert min(below - above for above, below in pairwise(places)) > 14.9


def test_the_bars_are_the_slopes_at_four_places(case):
    found = incentives(case, None, TENTH)
    picture = incentive_curves(found, SOURCE)
    for row, curve in zip(picture.rows, found.curves, strict=True):
        for place in Place:
            point = point_at(curve, place)
            assert row[place.value] == point.own / 100
            assert row[f"others_{place.value}"] == point.together / 100
    assert picture.title == "Meer doen dan begroot loont bij 0 van 3 vakgroepen; minder doen kost iets bij 3"
    assert "× € 1.000" in picture.subtitle  # by the norm fte, for there is no benchmark
    assert filled(picture.svg(), OVER) == 0


def test_an_hour_at_the_cost_of_others_has_a_star_beside_its_colour(case):
    picture = incentive_curves(incentives(under(case), None, TENTH), SOURCE)
    assert "Oranje en *: anderen krijgen minder." in picture.subtitle
    svg = picture.svg()
    starred = sum(text.endswith("*") for text in texts(svg))
    assert starred == filled(svg, OVER) > 0


def test_contracts_that_are_alike_are_one_row_and_idle_ones_a_sentence(tmp_path):
    kinds = (("Som", "aanneemsom"), ("A", "plafond"), ("B", "plafond"))
    case = year(tmp_path / "alike", ROWS, contracts=kinds).case
    picture = incentive_curves(incentives(case, None, TENTH), SOURCE)
    assert [row["group"] for row in picture.rows if row["contract"] == "alle"] == list(ROWS)
    assert picture.subtitle.endswith("Zonder prikkel: Som.")
    other_kinds = (("A", "plafond"), ("B", "schaduwdraaien"))
    told = incentive_curves(incentives(year(tmp_path / "other", ROWS, contracts=other_kinds).case, None, TENTH), SOURCE)
    assert [(row["group"], row["contract"]) for row in told.rows][:2] == [("Oog", "A"), ("Oog", "B")]


def test_contracts_that_read_the_same_are_drawn_as_one_and_told_apart_in_the_table(tmp_path):
    """A ninth of a cent more in B than in A."""
    kinds = (("A", "plafond"), ("B", "plafond"), ("C", "schaduwdraaien"))
    found = incentives(year(tmp_path / "case", ROWS, contracts=kinds).case, None, TENTH)
    curve = next(one for one in found.curves if one.contract.name == "B")
    ninth = Fraction(1, 9)
    nearly = {
        place: replace(one, euros={**one.euros, curve.group: one.euros[curve.group] + ninth}, unpaid=one.unpaid - ninth)
        for place, one in curve.effects.items()
        if place in (Place.FAR_BELOW, Place.BELOW)
    }
    other = replace(curve, effects={**curve.effects, **nearly})
    found = replace(found, curves=tuple(other if one is curve else one for one in found.curves))
    picture = incentive_curves(found, SOURCE)
    first = curve.group
    assert [row["contract"] for row in picture.rows if row["group"] == first] == ["A", "B", "C"]
    told = picture.words.split("; ")
    assert [text.split(":")[0] for text in told if text.startswith(first)] == [f"{first} · A, B", f"{first} · C"]
    assert f"{first} ·\u00a0A, B" in texts(picture.svg(360))


@pytest.mark.parametrize("wanted", [360, 680])
def test_no_number_meets_another_number_or_a_bar(tmp_path, wanted):
    kinds = (("A", "plafond"), ("B", "schaduwdraaien"))
    case = year(tmp_path / "case", ROWS, contracts=kinds, rest='[afrekening]\nherverdeling = "naar_rato"\n').case
    spec = incentive_curves(incentives(case, None, TENTH), SOURCE)
    found = ElementTree.fromstring(spec.svg(wanted)).iter("{http://www.w3.org/2000/svg}text")
    rows: dict[float, list[tuple[float, str]]] = {}
    for one in found:
        text = "".join(one.itertext())
        if one.get("text-anchor") == "start" and one.get("font-size") == "11px" and text.strip("*–−")[:1].isdigit():
            across, down = map(float, one.get("transform").removeprefix("translate(").removesuffix(")").split(","))
            rows.setdefault(down, []).append((across, text))
    told = [sorted(row) for row in rows.values() if not any("%" in text for _, text in row)]
    assert [len(row) for row in told] == [4] * 6
    assert all(right - left > 6.2 * len(text) for row in told for (left, text), (right, _) in pairwise(row))


def test_a_frame_of_nothing_says_so(tmp_path):
    case = year(tmp_path / "case", ROWS).case
    frame = case.agreement.frame
    nothing = replace(frame, amount=replace(frame.amount, value=Fraction(0)))
    found = incentives(replace(case, agreement=replace(case.agreement, frame=nothing)), None, TENTH)
    assert incentive_curves(found, SOURCE).title == "Er is niets te verdelen: het kader is € 0"


def test_a_place_where_nobody_can_be_is_a_dash(tmp_path):
    case = year(tmp_path / "case", {**ROWS, "Nieuw": ("0", "2")}).case
    picture = incentive_curves(incentives(case, None, TENTH), SOURCE, ENGLISH)
    assert picture.rows[-1][Place.FAR_BELOW.value] is None
    assert picture.subtitle.endswith("–: a group cannot be there.")
    assert texts(picture.svg()).count("–") == 2


def test_a_lump_sum_rewards_nothing_and_is_still_drawn(case):
    picture = incentive_curves(incentives(under(case, "aanneemsom"), None, TENTH), SOURCE)
    assert picture.title == "Een norm fte meer of minder dan begroot verandert niets"
    assert len(picture.rows) == 3


def test_without_a_frame_an_hour_has_no_price(tmp_path):
    found = incentives(year(tmp_path / "case", ROWS, frame=None).case, None, TENTH)
    picture = incentive_curves(found, SOURCE)
    assert picture.rows[0][Place.BELOW.value] == 1
    assert "(norm fte)" in picture.subtitle


def test_the_fans_are_the_simulation_to_the_cent(case):
    found = drawn([case, under(case)])
    picture = simulation_fans(found, SOURCE)
    assert len(picture.rows) == 2 * len(ROWS)
    for row in picture.rows:
        own = next(one for one in found.tried if row["agreement"].startswith(one.letter))
        risk = next(one for one in own.risks.groups if one.name == row["group"])
        for key in ("mean", "p5", "p25", "median", "p75", "p95"):
            assert row[key] == Fraction(round(getattr(risk.euros, key)), 100)
    assert picture.title.startswith("Onder A weet een vakgroep het best waar zij aan toe is: spreiding ")
    assert {"A", "B"} <= set(texts(picture.svg()))
    assert "A 0.toml · B 1.toml." in picture.subtitle


def test_one_agreement_says_who_is_least_certain(case):
    picture = simulation_fans(drawn([case]), SOURCE, ENGLISH)
    assert "is least certain: one in twenty is € " in picture.title
    assert "A" not in texts(picture.svg())
    assert picture.words.count(" on average (") == 3


def test_where_nothing_varies_that_is_the_finding(case):
    picture = simulation_fans(drawn([under(case, "aanneemsom")]), SOURCE)
    assert picture.title == "In geen enkele trekking krijgt een vakgroep iets anders"
    assert filled(picture.svg(), OURS) >= 3  # a tick for each, that it is not overlooked


def test_a_simulation_of_nothing_is_an_error_of_the_caller(case):
    found = drawn([case])
    refused = replace(found.tried[0], letter="B", risks=None, refused=(BROKEN,))
    with pytest.raises(ValueError, match="without an agreement"):
        simulation_fans(replace(found, tried=(refused,)), SOURCE)
    both = simulation_fans(replace(found, tried=(*found.tried, refused)), SOURCE)
    assert both.subtitle.endswith("Niet te berekenen: B 0.toml.")


def test_who_may_expect_nothing_is_not_drawn_but_told(tmp_path):
    case = year(tmp_path / "case", {**ROWS, "Nul": ("0", "0")}).case
    picture = simulation_fans(drawn([case]), SOURCE)
    assert picture.subtitle.endswith("Niet getekend: 1 vakgroep zonder verwacht bedrag.")
    assert "Nul" not in texts(picture.svg())
    assert picture.rows[-1]["mean"] == 0


def every(case, language=DUTCH):
    yield comparison_slope(compared(case, other(case)), SOURCE, language)
    yield incentive_curves(incentives(case, None, TENTH), SOURCE, language)
    yield simulation_fans(drawn([case, under(case)]), SOURCE, language)


def test_the_same_result_is_the_same_bytes_and_another_is_another(tmp_path):
    one, same = (year(tmp_path / name, ROWS).case for name in "ab")
    another = year(tmp_path / "c", {**ROWS, "Oog": ("10", "12.5")}).case
    for first, again, changed in zip(every(one), every(same), every(another), strict=True):
        assert first.svg() == again.svg()
        if (
            first.name != "prikkels-rond-de-begroting"
        ):  # what an hour pays up to the budget does not move with what was done
            assert first.svg() != changed.svg()
    dearer = year(tmp_path / "d", ROWS, frame=2_500_000).case
    assert list(every(dearer))[1].svg() != list(every(one))[1].svg()


def test_every_language_is_whole_and_every_character_has_a_glyph(case):
    for dutch, english in zip(every(case, DUTCH), every(case, ENGLISH), strict=True):
        assert dutch.title != english.title
        assert dutch.subtitle != english.subtitle
        assert [list(row.values())[2:] for row in dutch.rows] == [list(row.values())[2:] for row in english.rows]
        for picture in (dutch, english):
            told = "".join((picture.title, picture.subtitle, picture.words, *texts(picture.svg())))
            assert {char for char in told if not char.isascii()} <= LETTERS | {"\u00a0"}


def test_names_are_text_whatever_is_in_them(tmp_path):
    case = year(tmp_path / "case", dict.fromkeys(HOSTILE, ("10", "11"))).case
    for picture in every(case):
        shown = " ".join(texts(picture.svg()))
        assert HOSTILE[0] in shown
        assert HOSTILE[1] in shown
        assert all(name in picture.words for name in HOSTILE)


@pytest.mark.parametrize("wanted", [400, 680])
def test_a_picture_is_as_wide_as_was_asked(tmp_path, wanted):
    for picture in every(everything(tmp_path).case):
        assert abs(width(picture.svg(wanted)) - wanted) <= 16


def test_more_is_orange_and_above_less_is_blue_and_below(case):
    svg = comparison_slope(compared(case, other(case)), SOURCE).svg()
    assert (filled(svg, OVER), filled(svg, UNDER)) == (1, 2)
