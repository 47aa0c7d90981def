"""What a chart of groups shows: the numbers of the result, every group once, and what is not known said."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from chart_cases import DUTCH, ENGLISH, HOSTILE, LETTERS, SOURCE, everything, filled, texts, width, year

from puntlanding.charts.budget_by_group import budget_by_group
from puntlanding.charts.labels import spread
from puntlanding.charts.over_under import over_under
from puntlanding.charts.picture import plain
from puntlanding.charts.style import NAME, OURS, OVER, UNDER, beside
from puntlanding.explain import Unit, constant

pytestmark = pytest.mark.unit

TWO = {"Oog": ("10", "12"), "Huid": ("8", "7.5")}


def settled(tmp_path, rows=TWO, **rest):
    return year(tmp_path / "case", rows, **rest)


def test_over_and_under_shows_what_was_settled(tmp_path):
    picture = over_under(settled(tmp_path).settlement, SOURCE)
    assert picture.rows == (
        {"group": "Oog", "realised": 12, "budgeted": 10, "paid": 10},
        {"group": "Huid", "realised": Fraction("7.5"), "budgeted": 8, "paid": Fraction("7.5")},
    )
    assert picture.title == "1 van 2 vakgroepen boven de begroting, 1 eronder; betaald wordt 17,50 norm fte"
    assert (
        picture.words
        == "Oog: gerealiseerd 12,00, begroot 10,00, betaald 10,00; Huid: gerealiseerd 7,50, begroot 8,00, betaald 7,50"
    )
    svg = picture.svg()
    assert (filled(svg, OVER), filled(svg, UNDER)) == (1, 1)


def test_a_group_without_realisation_has_no_bar_and_is_told(tmp_path):
    rows = {**TWO, "Zaal": ("6", None)}
    picture = over_under(settled(tmp_path, rows, contracts=(("A", "aanneemsom"),)).settlement, SOURCE, ENGLISH)
    assert picture.rows[2] == {"group": "Zaal", "realised": None, "budgeted": 6, "paid": 6}
    assert picture.subtitle.endswith("Of 1 group no realisation is known.")
    assert "Zaal: realised not known, budgeted 6.00" in picture.words
    svg = picture.svg()
    assert (filled(svg, OVER), filled(svg, UNDER)) == (1, 1)


def test_nothing_realised_is_nothing_to_compare(tmp_path):
    found = settled(tmp_path, {"Oog": ("10", None)}, contracts=(("A", "aanneemsom"),))
    with pytest.raises(ValueError, match="without realisation"):
        over_under(found.settlement, SOURCE)


def test_one_group_is_one_group(tmp_path):
    found = settled(tmp_path, {"Oog": ("4.15", "4.5")})
    assert over_under(found.settlement, SOURCE).title.startswith("1 van 1 vakgroep boven")
    assert budget_by_group(found.budget, SOURCE).title == "Begroot is 4,15 norm fte voor 1 vakgroep"
    assert budget_by_group(found.budget, SOURCE, ENGLISH).title == "4.15 norm fte are budgeted for 1 group"


def test_no_two_ticks_read_the_same(tmp_path):
    """Axes of small numbers once read 0 0 0 1 1 1."""
    found = settled(tmp_path, {"Oog": ("0.41", "0.45")})
    for picture in (over_under(found.settlement, SOURCE), budget_by_group(found.budget, SOURCE)):
        ticks = [text for text in texts(picture.svg(alone=False)) if text.replace(",", "").isdigit()]
        assert len(ticks) > 2
        assert len(set(ticks)) == len(ticks)


def test_the_budget_shows_what_is_not_known_in_words(tmp_path):
    found = settled(tmp_path).budget
    first, second = found.rows
    budget = replace(found, rows=(first, replace(second, scored=None)), total=replace(found.total, scored=None))
    care = {"Oog": constant("care_fte", Fraction(11), Unit.FTE)}
    picture = budget_by_group(budget, SOURCE, care_fte=care)
    assert picture.rows == ({"group": "Oog", "fte": 10, "care": 11}, {"group": "Huid", "fte": None, "care": None})
    assert picture.title == "Van 1 vakgroep is de begroting in norm fte niet bekend"
    assert picture.words == "Oog 10,00 (11,00 zorgverlening-fte); Huid niet bekend"
    svg = picture.svg()
    assert "niet bekend" in texts(svg)
    assert filled(svg, OURS) == 1


def both(found):
    care = {name: one.care_fte for name, one in found.formation.items()}
    for language in (DUTCH, ENGLISH):
        yield over_under(found.settlement, SOURCE, language)
        yield budget_by_group(found.budget, SOURCE, language, care)


def test_the_same_result_is_the_same_bytes_and_another_is_another(tmp_path):
    once, again = (list(both(everything(tmp_path / name))) for name in ("a", "b"))
    assert [one.svg() for one in once] == [one.svg() for one in again]
    assert [one.png(360) for one in once] == [one.png(360) for one in again]
    rows = {"Oog": ("10.01", "11"), "Huid": ("8", "7.5")}
    changed, before = (settled(tmp_path / name, of) for name, of in (("c", rows), ("d", TWO)))
    for one, other in zip(both(changed), both(before), strict=True):
        assert one.svg() != other.svg()


def test_names_are_text_whatever_is_in_them(tmp_path):
    rows = dict.fromkeys(HOSTILE, ("10", "11"))
    for picture in both(settled(tmp_path, rows)):
        shown = " ".join(texts(picture.svg()))
        assert HOSTILE[0] in shown
        assert HOSTILE[1] in shown
        assert "Een heel erg lange naam van" in shown
        assert all(name in picture.words for name in HOSTILE)
        assert [row["group"] for row in picture.rows] == list(HOSTILE)


def test_every_character_has_a_glyph(tmp_path):
    for picture in both(everything(tmp_path)):
        told = "".join((picture.title, picture.subtitle, picture.words, *texts(picture.svg())))
        assert {char for char in told if not char.isascii()} <= LETTERS | {"\u00a0"}


@pytest.mark.parametrize("wanted", [360, 680, 1000])
def test_a_picture_is_as_wide_as_was_asked_names_included(tmp_path, wanted):
    names = ("Plastische, reconstructieve en handchirurgie", "Oog", "Radiologie en interventieradiologie (dienst)")
    for picture in both(settled(tmp_path, dict.fromkeys(names, ("10", "11")))):
        assert abs(width(picture.svg(wanted)) - wanted) <= 16
        assert abs(width(picture.svg(wanted, alone=False)) - wanted) <= 16


def test_the_source_stands_below_and_can_be_left_out(tmp_path):
    picture = over_under(settled(tmp_path).settlement, SOURCE)
    assert SOURCE in texts(picture.svg())
    assert SOURCE not in texts(picture.svg(alone=False))
    assert picture.title in texts(picture.svg())
    assert picture.spec()["description"] == picture.words


def test_long_names_keep_two_lines_and_no_two_are_the_same():
    told = beside(["Oog", "Oog", "Plastische, reconstructieve en handchirurgie", "Hart\u202eziekten", ""])
    assert told == ["Oog", "Oog (2)", "Plastische, reconstructieve\nen handchirurgie", "Hart�ziekten", ""]
    assert all(len(line) <= NAME for name in told for line in name.split("\n"))
    assert beside(["a " * 100])[0].count("\n") == 1


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ([], []),
        ([5.0], [5.0]),
        ([1.0, 5.0, 9.0], [1.0, 5.0, 9.0]),
        ([5.0, 5.0], [4.5, 5.5]),
        ([5.0, 5.0, 5.0], [4.0, 5.0, 6.0]),
        ([9.9, 9.9, 0.0], [9.0, 10.0, 0.0]),
        ([0.0, 0.0, 0.0, 9.0], [0.0, 1.0, 2.0, 9.0]),
    ],
)
def test_names_that_would_overlap_make_room(wanted, found):
    assert spread(wanted, 1.0, 0.0, 10.0) == pytest.approx(found)


def test_a_drawn_number_is_in_euros():
    assert plain(constant("amount", Fraction(12_345), Unit.CENTS)) == 123.45
    assert plain(None) is None
