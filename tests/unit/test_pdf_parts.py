"""The parts of a page: steps that add up as printed, names of files, signs that every page can show."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from puntlanding.charts.steps import Course, Step
from puntlanding.components.split import split
from puntlanding.explain import Source, Unit, cell, constant, difference
from puntlanding.language.notation import Language
from puntlanding.quantities import AllocationMode
from puntlanding.report.pdf.blocks import beside, length, steps
from puntlanding.report.pdf.paper import KNOWN, _compiler, _shows, pdf
from puntlanding.report.pdf.saying import Say
from puntlanding.report.pdf.shares import shares, told
from puntlanding.report.pdf.statements import file_names

pytestmark = pytest.mark.unit

SAY = Say(Language.DUTCH)
NUMBERS = st.fractions(min_value=-50, max_value=50, max_denominator=997)


def printed(text: str) -> Fraction:
    return Fraction(text.replace("−", "-").replace("+", "").replace(" ", "").replace(".", "").replace(",", "."))


@settings(max_examples=100)
@given(st.fractions(min_value=0, max_value=50, max_denominator=997), st.lists(NUMBERS.filter(bool), max_size=6))
def test_steps_add_up_as_they_are_printed(begin, changes):
    end = begin + sum(changes)
    course = Course(Step("a", begin), tuple(Step(str(at), one) for at, one in enumerate(changes)), Step("z", end))
    rows = steps(course, "norm fte", SAY)["rows"]
    assert sum(printed(row["told"]) for row in rows[:-1]) == printed(rows[-1]["told"])
    assert all(0 <= row["low"] <= row["high"] <= 100 for row in rows)


def test_bars_stand_on_the_right_side():
    over, under = beside(Fraction(11, 10), Fraction(1, 10)), beside(Fraction(19, 20), Fraction(1, 10))
    assert (over["kind"], over["low"], over["high"]) == ("more", 50, 100)
    assert (under["kind"], under["low"], under["high"]) == ("less", 25, 50)
    assert beside(None, Fraction(1))["kind"] == "none"
    assert length(Fraction(-3), Fraction(9))["kind"] == "none"
    assert length(Fraction(3), Fraction(12))["high"] == 25


def test_files_are_named_for_groups_and_never_for_two():
    names = file_names(["KNO", "kno!", "../../etc", "Été & Zn.", "***", "K N O", "x" * 90])
    assert names == {
        "KNO": "kno", "kno!": "kno-2", "../../etc": "etc", "Été & Zn.": "été-zn", "***": "vakgroep", "K N O": "k-n-o", "x" * 90: "x" * 60,
    }  # fmt: skip


def test_a_share_is_told_with_the_numbers_of_its_tree():
    weights = {
        name: cell("care_fte", Fraction(fte), Unit.FTE, Source("f.csv", 2, "x")) for name, fte in (("A", 1), ("B", 2))
    }
    parts = split("fixed_part", constant("fixed_pot", 10_000, Unit.CENTS), weights, AllocationMode.LARGEST_REMAINDER)
    (share,) = shares(parts["A"])
    assert (share.pot.value, share.own.value, share.whole.value) == (10_000, 1, 3)
    text = told("Vast deel", parts["A"], SAY).replace("\u00a0", " ")
    assert (
        text
        == "Vast deel: € 33,33, het deel 1,00 (zorgverlening-fte) van 3,00 (som van de zorgverlening-fte) van € 100,00."
    )
    net = difference(
        "net_part", Unit.CENTS, constant("net_received", 0, Unit.CENTS), constant("net_paid", 500, Unit.CENTS)
    )
    assert (
        told("Vangnet", net, SAY).replace("\u00a0", " ")
        == "Vangnet: € 5,00 gaat eraf (betaald aan het vangnet € 5,00)."
    )


def test_what_is_known_to_print_does():
    page = (
        '#set document(title: "x")\n#set text(font: ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono"), '
        "fallback: false)\n#sys.inputs.data#strong(sys.inputs.data)"
    )
    shown = "".join(sorted(KNOWN))
    _compiler().compile(page.encode(), format="pdf", sys_inputs={"data": shown}, pdf_standards=["ua-1"])
    assert not _shows("😀")
    assert _shows("Ж")


def test_a_record_is_never_markup():
    nasty = '#panic("x") $ [ * \\ " <script> // /* `'
    record = {
        "title": nasty, "shown": nasty, "above": nasty, "organisation": nasty, "lang": "nl", "region": "NL", "foot": nasty,
        "words": {"page": nasty, "of": nasty}, "opening": [{"kind": "text", "text": nasty}],
        "sections": [{"title": nasty, "short": False, "together": True, "blocks": [{"kind": "list", "items": [nasty]}]}],
    }  # fmt: skip
    assert pdf("statement", record, date(2026, 1, 1), "").startswith(b"%PDF")


@pytest.mark.parametrize("name", ["❤\ufe0f hart 👩", "日本語科", "שלום", "ẞ ﬁ İ e\u0301 ي\u064b"])
def test_a_picture_shows_any_name_or_says_that_it_does_not(name):
    """In a picture other fonts are at hand than on the page itself."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="99" height="30"><text x="1" y="20" font-family="Arial">{name}</text></svg>'
    shown = {"kind": "picture", "title": name, "subtitle": "", "alt": name, "source": "", "svg": svg, "width": 100}
    record = {
        "title": "a", "shown": "b", "above": "c", "organisation": name, "lang": "nl", "region": "NL", "foot": "d",
        "words": {"page": "bladzijde", "of": "van"}, "opening": [],
        "sections": [{"title": "e", "blocks": [shown], "short": False, "together": False}],
    }  # fmt: skip
    assert pdf("board", record, date(2026, 1, 1), "□ is onbekend").startswith(b"%PDF")
