"""Waterfalls add up to the cent and the last fraction of a norm fte, for every kind of year."""

from __future__ import annotations

from fractions import Fraction

import pytest
from chart_cases import ENGLISH, HOSTILE, SOURCE, everything, texts, year

from puntlanding.charts.euro_waterfall import amount_waterfall, frame_waterfall
from puntlanding.charts.paid_waterfall import paid_waterfall
from puntlanding.charts.steps import Course, Step, drawn
from puntlanding.language.notation import Language

pytestmark = pytest.mark.unit

KINDS = ("plafond", "aanneemsom", "schaduwdraaien")


def made(tmp_path, rows=None, **rest):
    return year(tmp_path / "case", rows or {"Oog": ("10", "12"), "Huid": ("8", "7"), "Zaal": ("0.3", "0.1")}, **rest)


def steps(picture):
    first, *changes, last = (row["change"] for row in picture.rows)
    return first, changes, last


def adds_up(picture):
    first, changes, last = steps(picture)
    assert first + sum(changes) == last
    return last


def test_steps_that_do_not_add_up_are_refused():
    whole = Step("begin", Fraction(10))
    with pytest.raises(ValueError, match="do not add up"):
        Course(whole, (Step("weg", Fraction(-1)),), Step("eind", Fraction(8)))
    assert Course(whole, (Step("weg", Fraction(-1)),), Step("eind", Fraction(9)))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rest", ["", '[afrekening]\nherverdeling = "naar_rato"\n'])
def test_from_realised_to_paid_for_every_group_and_together(tmp_path, kind, rest):
    found = made(tmp_path, contracts=(("A", kind), ("B", "plafond")), rest=rest).settlement
    together = paid_waterfall(found, SOURCE)
    assert steps(together)[0] == found.total.realised.value
    assert adds_up(together) == found.total.paid.value
    for row in found.rows:
        own = paid_waterfall(found, SOURCE, group=row.line.group)
        assert steps(own)[0] == row.line.realised.value
        assert adds_up(own) == row.line.paid.value


def test_what_was_kept_back_and_what_was_filled_up_are_told_apart(tmp_path):
    """A contract that fills up does not hide one that keeps back."""
    found = made(tmp_path, {"Oog": ("10", "12"), "Huid": ("8", "7")}, contracts=(("A", "aanneemsom"),)).settlement
    assert [(row["step"], row["change"]) for row in paid_waterfall(found, SOURCE).rows] == [
        ("gerealiseerd", 19),
        ("meerproductie die niet wordt betaald", -2),
        ("aangevuld tot de begroting", 1),
        ("betaald", 18),
    ]


def test_a_group_without_realisation_is_a_step_of_its_own(tmp_path):
    found = made(tmp_path, {"Oog": ("10", "12"), "Huid": ("8", None)}, contracts=(("A", "aanneemsom"),)).settlement
    picture = paid_waterfall(found, SOURCE)
    assert adds_up(picture) == 18
    assert picture.rows[2] == {"step": "begroot, zonder opgave van de realisatie", "change": 8}


def test_from_the_frame_to_the_groups_and_to_each_of_them(tmp_path):
    found = everything(tmp_path).distribution
    whole = frame_waterfall(found, SOURCE)
    assert steps(whole)[0] == 10_000_000
    assert adds_up(whole) == found.total.paid.value / 100
    assert {"step": "algemene kosten", "change": Fraction(-200_000)} in whole.rows
    amounts = 0
    for row in found.rows:
        picture = amount_waterfall(found, row.name, SOURCE)
        assert adds_up(picture) == row.paid.value / 100
        amounts += steps(picture)[2]
    assert amounts == steps(whole)[2]


def test_every_part_of_the_agreement_is_a_step(tmp_path):
    """Also where two are called the same: each has a bar of its own."""
    picture = amount_waterfall(everything(tmp_path).distribution, "Hart", SOURCE)
    told = [row["step"] for row in picture.rows]
    assert told.count("kwaliteit") == 2
    shown = texts(picture.svg())
    assert "kwaliteit" in shown
    assert "kwaliteit (2)" in shown
    assert "vangnet" in told
    english = amount_waterfall(everything(tmp_path / "en").distribution, "Hart", SOURCE, ENGLISH)
    assert [row["change"] for row in english.rows] == [row["change"] for row in picture.rows]
    assert english.title.startswith("Hart gets € 3,")
    assert english.svg() != picture.svg()


def test_unknown_groups_are_an_error_of_the_caller(tmp_path):
    found = made(tmp_path)
    for draw in (lambda: amount_waterfall(found.distribution, "Niets", SOURCE), lambda: paid_waterfall(found.settlement, SOURCE, group="Niets")):  # fmt: skip
        with pytest.raises(KeyError):
            draw()


def test_the_same_year_is_the_same_bytes_and_a_cent_more_is_another(tmp_path):
    once, again = (everything(tmp_path / name).distribution for name in ("a", "b"))
    assert amount_waterfall(once, "Snij", SOURCE).svg() == amount_waterfall(again, "Snij", SOURCE).svg()
    low, high = (made(tmp_path / str(frame), frame=frame).distribution for frame in (2_000_000, 2_000_001))
    assert frame_waterfall(low, SOURCE).svg() != frame_waterfall(high, SOURCE).svg()


def test_names_are_text_whatever_is_in_them(tmp_path):
    found = made(tmp_path, dict.fromkeys(HOSTILE, ("10", "11")))
    for name in HOSTILE:
        for picture in (paid_waterfall(found.settlement, SOURCE, group=name), amount_waterfall(found.distribution, name, SOURCE)):  # fmt: skip
            assert picture.title.startswith(name)
            assert name in " ".join(texts(picture.svg()))


def test_what_goes_below_zero_is_drawn_and_told():
    course = Course(Step("begin", Fraction(5)), (Step("terug", Fraction(-8)),), Step("eind", Fraction(-3)))
    picture = drawn("proef", "t", "s", SOURCE, course, 2, "€", Language.DUTCH)
    assert picture.words == "begin 5,00; terug − 8,00; eind −3,00"
    assert "−3,00" in texts(picture.svg())


def test_what_is_written_adds_up_as_it_stands():
    third = Fraction(1, 3)
    course = Course(Step("begin", third), (Step("meer", third), Step("nog meer", third)), Step("eind", Fraction(1)))
    picture = drawn("proef", "t", "s", SOURCE, course, 2, "norm fte", Language.DUTCH)
    assert picture.words == "begin 0,33; meer + 0,33; nog meer + 0,33; afronding + 0,01; eind 1,00"
    assert [row["change"] for row in picture.rows] == [third, third, third, 1]
    two = Course(Step("begin", 2 * third), (Step("meer", 2 * third),), Step("eind", 4 * third))
    assert "rounding − 0.01" in drawn("proef", "t", "s", SOURCE, two, 2, "norm fte", ENGLISH).words
