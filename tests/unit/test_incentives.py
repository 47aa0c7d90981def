"""One norm hour more, done by head: two groups of 10 norm fte, 1,000 norm hours per fte, € 2,000,000; so an hour is worth € 100."""

from __future__ import annotations

from fractions import Fraction

import pytest

from puntlanding.case import load_case
from puntlanding.incentives import Others, Place, incentives, point_at, reading
from puntlanding.incentives.slope import Sloped
from puntlanding.language.notation import Language
from puntlanding.problems import InputError
from puntlanding.report.incentives_words import told

pytestmark = pytest.mark.unit

BELOW, ABOVE, FAR_BELOW, FAR_ABOVE = Place.BELOW, Place.ABOVE, Place.FAR_BELOW, Place.FAR_ABOVE
TENTH = Fraction(1, 10)


@pytest.fixture
def case(tmp_path):
    def make(
        contract='soort = "plafond"', rest="", frame='niet_uitgekeerd = "blijft"', a=10, b=8, roles=("poort", "poort")
    ):
        kader = f"[kader]\nbedrag = 2_000_000.00\n{frame}\n" if frame else ""
        files = {
            "afspraak.toml": f'[afspraak]\norganisatie = "Proef"\njaar = 2026\n[[contract]]\nnaam = "Z"\n{contract}\n{kader}{rest}\n',
            "vakgroepen.csv": f"vakgroep;specialisme;rol;zorgeenheid\nA;0301;{roles[0]};\nB;0302;{roles[1]};\n",
            "benchmark.csv": "vakgroep;normuren_per_fte\nA;1000\nB;1000\n",
            "begroting.csv": "vakgroep;contract;jaar;norm_fte\nA;Z;2026;10\nB;Z;2026;10\n",
        }
        if a is not None:
            files["realisatie.csv"] = f"vakgroep;contract;jaar;norm_fte\nA;Z;2026;{a}\nB;Z;2026;{b}\n"
        for name, text in files.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        return load_case(tmp_path).checked()

    return make


def strip(found, group="A"):
    curve = next(one for one in found.curves if one.group == group)
    return [curve.own(place) for place in Place]


def at(found, place, group="A"):
    return point_at(next(one for one in found.curves if one.group == group), place)


def test_a_ceiling_pays_up_to_the_budget_from_what_is_not_paid_out(case):
    found = incentives(case(), None, TENTH)
    assert found.others is Others.REALISED
    assert strip(found) == strip(found, "B") == [10_000, 10_000, 0, 0]
    assert at(found, BELOW).kept == {"": -10_000}
    told = reading(found)
    assert not told.over.points
    assert told.under.groups == ("A", "B")
    assert told.under.keys == ('[[contract]] "Z" soort = "plafond"',)
    assert not told.at_cost.points


def test_the_band_ends_where_it_was_agreed(case):
    """At its very end an hour more pays nothing any more, an hour less still costs: one more is what is asked."""
    agreed = case('soort = "plafond_bandbreedte"\nbandbreedte = 0.05')
    assert strip(incentives(agreed, None, Fraction("0.04"))) == [10_000] * 4
    assert strip(incentives(agreed, None, Fraction("0.05"))) == [10_000, 10_000, 10_000, 0]
    assert reading(incentives(agreed, None, TENTH)).over.keys == ('[[contract]] "Z" bandbreedte',)


def test_redistribution_pays_an_hour_as_long_as_the_pool_lasts(case):
    agreed = case(rest='[afrekening]\nherverdeling = "naar_rato"')
    assert strip(incentives(agreed, None, TENTH)) == [10_000] * 4  # B leaves 2 norm fte
    assert strip(incentives(agreed, None, Fraction("0.3"))) == [10_000, 10_000, 10_000, 0]
    assert strip(incentives(agreed, Others.BUDGET, TENTH)) == [10_000, 10_000, 0, 0]  # nobody leaves anything
    assert reading(incentives(agreed, None, TENTH)).over.keys == ('[afrekening] herverdeling = "naar_rato"',)


def test_the_most_that_redistribution_pays_is_a_kink(case):
    agreed = case(rest='[afrekening]\nherverdeling = "naar_rato"\nmaximum_overproductie = 0.05')
    assert strip(incentives(agreed, None, TENTH)) == [10_000, 10_000, 10_000, 0]


def test_who_fills_his_own_budget_takes_it_from_the_pool(case):
    """A has 2 too many and gets what B leaves: every hour of B is an hour less for A."""
    found = incentives(case(a=12, rest='[afrekening]\nherverdeling = "naar_rato"'), None, TENTH)
    assert strip(found, "B") == [10_000, 10_000, 0, 0]
    point = at(found, BELOW, "B")
    assert point.others == {"A": -10_000}
    assert point.largest == ("A", -10_000)
    assert not point.kept
    told = reading(found)
    assert told.at_cost.groups == ("B",)
    assert told.at_cost.keys == ('[afrekening] herverdeling = "naar_rato"',)


def test_where_all_is_divided_one_gains_what_the_other_loses(case):
    """F × a ÷ (a + b): an hour pays F × b ÷ (a + b)² ÷ 1,000."""
    found = incentives(case('soort = "schaduwdraaien"', frame='niet_uitgekeerd = "verdelen"'), None, TENTH)
    share = Fraction(200_000_000 * 8, 18**2 * 1000)
    assert strip(found)[1:3] == [share, share]
    assert at(found, ABOVE).others == {"B": -share}
    assert strip(found)[0] == Fraction(200_000_000 * 8, 17**2 * 1000)
    assert reading(found).at_cost.keys == ('[kader] niet_uitgekeerd = "verdelen"',)


def test_above_the_budget_of_all_the_frame_is_full(case):
    """Nothing is left that is not paid out: more norm fte share the same frame."""
    found = incentives(case('soort = "schaduwdraaien"', b=10), None, TENTH)
    assert strip(found)[1] == 10_000
    assert strip(found)[2] == Fraction(200_000_000 * 10, 20**2 * 1000) == 5_000
    assert at(found, ABOVE).others == {"B": -5_000}
    assert reading(found).at_cost.keys == ("[kader] bedrag",)


def test_the_reserve_pays_what_the_ceiling_does_not(case):
    """A tenth of the frame is set aside, so an hour is worth € 90."""
    agreed = case(rest='[mutatiereserve]\naandeel = 0.1\ngebruik = "geheel"')
    found = incentives(agreed, None, TENTH)
    assert strip(found) == [9_000, 9_000, 9_000, 9_000]
    assert at(found, ABOVE).kept == {"mutatiereserve": -9_000}
    assert reading(found).over.keys == ("[mutatiereserve]",)
    net = case(rest='[mutatiereserve]\naandeel = 0.1\ngebruik = "netto"')
    assert strip(incentives(net, None, TENTH)) == [9_000, 9_000, 0, 0]  # B's 2 make up for it


def test_a_lump_sum_looks_at_no_volume(case):
    for agreed in (case('soort = "aanneemsom"'), case('soort = "aanneemsom"', a=None)):
        found = incentives(agreed, None, TENTH)
        assert strip(found) == [0, 0, 0, 0]
        assert reading(found).idle == ("Z",)


def test_supporters_that_follow_are_paid_by_an_hour_of_the_gatekeepers(case):
    agreed = case(rest='[afrekening]\nondersteuners = "volgt_poort"', roles=("poort", "ondersteunend"))
    found = incentives(agreed, None, TENTH)
    assert strip(found, "B") == [0, 0, 0, 0]
    assert at(found, BELOW).others == {"B": 10_000}
    assert at(found, BELOW).kept == {"": -20_000}


def test_without_a_frame_it_is_in_norm_fte(case):
    found = incentives(case(frame="", a=12, rest='[afrekening]\nherverdeling = "naar_rato"'), None, TENTH)
    assert not found.in_euros
    assert strip(found, "B") == [1, 1, 0, 0]
    assert at(found, FAR_BELOW, "B").others == {"A": -1}


def test_without_a_realisation_the_others_stand_at_their_budget(case):
    found = incentives(case(a=None), None, TENTH)
    assert found.others is Others.BUDGET
    assert strip(found) == [10_000, 10_000, 0, 0]


def test_who_has_no_budget_cannot_do_less(case, tmp_path):
    case()
    (tmp_path / "begroting.csv").write_text("vakgroep;contract;jaar;norm_fte\nA;Z;2026;0\nB;Z;2026;10\n")
    found = incentives(load_case(tmp_path).checked(), None, TENTH)
    assert strip(found) == [None, None, 0, 0]


def test_without_a_benchmark_it_is_by_the_norm_fte(case, tmp_path):
    case()
    (tmp_path / "benchmark.csv").write_text("vakgroep;normuren_per_fte\nA;1000\n")
    found = incentives(load_case(tmp_path).checked(), None, TENTH)
    assert not found.by_hour
    assert strip(found) == strip(found, "B") == [10_000_000, 10_000_000, 0, 0]
    assert at(found, BELOW).kept == {"": -10_000_000}


def test_without_money_nothing_is_said_of_the_contract(case, tmp_path):
    case()
    agreement = tmp_path / "afspraak.toml"
    agreement.write_text(agreement.read_text(encoding="utf-8").replace("2_000_000.00", "0"), encoding="utf-8")
    found = incentives(load_case(tmp_path).checked(), None, TENTH)
    assert reading(found).no_money
    dutch, english = (told("", found, language) for language in Language)
    assert dutch.verdict == "Er is niets te verdelen: het kader is € 0. Dus verandert een normuur meer of minder niets."
    assert not any("telt niet in" in note for note in dutch.notes)
    assert any("frame of € 0: there is no money" in note for note in english.notes)


@pytest.mark.parametrize("frame", ["", 'niet_uitgekeerd = "blijft"'])
def test_where_nothing_is_budgeted_nothing_is_said_of_the_contract(case, tmp_path, frame):
    case(frame=frame)
    (tmp_path / "begroting.csv").write_text("vakgroep;contract;jaar;norm_fte\nA;Z;2026;0\nB;Z;2026;0\n")
    found = incentives(load_case(tmp_path).checked(), None, TENTH)
    read = reading(found)
    assert read.nothing_budgeted
    assert read.unbudgeted == ("Z",)
    own = told("", found, Language.DUTCH)
    assert own.verdict.startswith("Er is niets begroot: ")
    assert not any("telt niet in" in note for note in own.notes)
    assert any("daar is niets begroot" in note for note in own.notes)


def test_what_others_get_together_is_what_the_frame_and_the_group_do_not(case):
    found = incentives(case(a=12, rest='[afrekening]\nherverdeling = "naar_rato"'), None, TENTH)
    for curve in found.curves:
        for place in curve.effects:
            assert curve.together(place) == sum(curve.others(place).values())


def test_only_the_groups_that_are_asked_for(case):
    found = incentives(case(), None, TENTH, ("B",))
    assert [curve.group for curve in found.curves] == ["B"]


def test_others_at_a_table_that_is_not_there(case):
    with pytest.raises(InputError) as raised:
        incentives(case(), Others.FORECAST, TENTH)
    assert [problem.code for problem in raised.value.problems] == ["incentives_no_table"]


def test_a_forecast_must_know_every_group_in_every_contract(case, tmp_path):
    case('soort = "plafond"\n[[contract]]\nnaam = "Y"\nsoort = "plafond"')
    (tmp_path / "realisatie.csv").unlink()
    rows = "vakgroep;contract;jaar;norm_fte\nA;Z;2026;9\nA;Y;2026;9\nB;Z;2026;9\n"
    (tmp_path / "begroting.csv").write_text(rows + "B;Y;2026;9\n")
    (tmp_path / "prognose.csv").write_text(rows)
    with pytest.raises(InputError) as raised:
        incentives(load_case(tmp_path).checked(), Others.FORECAST, TENTH)
    (problem,) = raised.value.problems
    assert (problem.code, problem.value) == ("incentives_forecast_lacks", "B")
    assert problem.details == {"contract": "Y"}


def test_numbers_with_a_slope():
    """(2 + ε)(3 − ε), (2 + ε) ÷ (4 + 2ε), and two that are nothing but their slope."""
    product = Sloped(Fraction(2), Fraction(1)) * Sloped(Fraction(3), Fraction(-1))
    assert (product.value, product.slope) == (6, 1)
    ratio = Sloped(Fraction(2), Fraction(1)) / Sloped(Fraction(4), Fraction(2))
    assert (ratio.value, ratio.slope) == (Fraction(1, 2), 0)
    small = Sloped(Fraction(0), Fraction(3)) / Sloped(Fraction(0), Fraction(4))
    assert (small.value, small.slope) == (Fraction(3, 4), 0)
    with pytest.raises(ZeroDivisionError):
        Sloped(Fraction(1)) / Sloped(Fraction(0), Fraction(4))
    assert Sloped(Fraction(1), Fraction(-1)) < 1 < Sloped(Fraction(1), Fraction(1))
    assert Fraction(1) - Sloped(Fraction(1), Fraction(1)) == Sloped(Fraction(0), Fraction(-1))
    assert bool(Sloped(Fraction(0), Fraction(1)))
    assert not Sloped(Fraction(0))
