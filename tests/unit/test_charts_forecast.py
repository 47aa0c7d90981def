"""What the charts of a forecast show: the numbers of the outlook, adding up, and amber only where the budget is off the interval."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from chart_cases import DUTCH, ENGLISH, HOSTILE, LETTERS, SOURCE, filled, texts, width

from puntlanding.charts.forecast_fan import forecast_fan
from puntlanding.charts.forecast_parts import forecast_parts
from puntlanding.charts.landing import landing
from puntlanding.charts.style import OURS_PALE, OUTSIDE
from puntlanding.collective import Role
from puntlanding.forecast.outlook import Outlook, Row, beside
from puntlanding.forecast.result import Estimate, FanPoint, Method, Reason

pytestmark = pytest.mark.unit

AS_OF = date(2026, 5, 31)
ENDS = tuple(date(2026, month, day) for month, day in ((1, 31), (2, 28), (3, 31), (4, 30)))
GROUPS = {"Oog": (600_000, "240.5"), "Huid": (600_000, "300"), "Zaal": (60_000, None)}


def estimate(closed=600_000, sd=10.0, in_flight=50.25, to_open=90.0):
    return Estimate(closed, in_flight, to_open, sd)


def fan(now, as_of=AS_OF):
    before = (replace(now, sd=now.sd * (6 - at)) for at in range(len(ENDS)))
    return (*map(FanPoint, ENDS, before), FanPoint(as_of, now))


def outlook(groups=None, as_of=AS_OF, sd=10.0, total="600", **now):
    rows = []
    for name, (closed, budget) in (groups or GROUPS).items():
        one = estimate(closed, sd, **now)
        told = beside(name, one, None if budget is None else Fraction(budget), 0.01)
        rows.append(Row(told, "0303", Role.GATEKEEPING, (), None, None, None, None, fan(one, as_of)))
    whole = estimate(sum(row.beside.estimate.closed for row in rows), 2 * sd, **now)
    return Outlook(
        "noord", "MSB Proef", 2026, as_of, as_of, 0.01, tuple(rows),
        beside("Totaal", whole, None if total is None else Fraction(total), 0.01), (), None, fan(whole, as_of), None,
        Method.POOLED, Reason.BACK_TEST, 40, None, (), (), {}, (),
    )  # fmt: skip


def every(found, language=DUTCH):
    yield forecast_fan(found, SOURCE, language)
    yield forecast_fan(found, SOURCE, language, found.rows[0].name)
    yield forecast_parts(found, SOURCE, language)
    yield landing(found, SOURCE, language)


def test_the_parts_are_those_of_the_outlook_and_add_up():
    picture = forecast_parts(outlook(), SOURCE)
    assert [row["group"] for row in picture.rows] == ["Oog", "Huid", "Zaal", "Totaal"]
    for row in picture.rows:
        assert row["closed"] + row["in_flight"] + row["to_open"] == row["forecast"]
        assert row["low"] <= row["forecast"] <= row["high"]
    first = picture.rows[0]
    assert (first["closed"], first["in_flight"], first["to_open"]) == (100, Fraction("50.25"), 90)
    assert first["budget"] == Fraction("240.5")
    assert picture.rows[2]["budget"] is None
    assert picture.title == (
        "De prognose is 58,4 % van de begroting; bij 1 van 3 vakgroepen ligt de begroting buiten het 80 %-interval"
    )


def test_amber_only_where_the_budget_is_outside_the_interval():
    svg = forecast_parts(outlook(), SOURCE).svg()
    assert filled(svg, OUTSIDE) == 2  # Huid, and the whole
    assert {"99,9", "80,1 ▼"} <= set(texts(svg))
    assert "150 normuren, geen begroting" in texts(svg)
    calm = forecast_parts(outlook({"Oog": (600_000, "240")}, total="240"), SOURCE).svg()
    assert OUTSIDE.lower() not in calm.lower()


def test_without_any_budget_the_parts_are_hours():
    picture = forecast_parts(outlook({"Oog": (600_000, None)}, total=None), SOURCE, ENGLISH)
    assert picture.title == "The forecast is 240 norm hours"
    assert picture.subtitle.startswith("Norm hours, 2026, known on 31 May 2026.")
    assert "udget" not in picture.subtitle
    assert "Total" not in texts(picture.svg())
    assert picture.rows[-1]["group"] == "Total"


def test_chances_add_up_to_a_hundred_exactly():
    found = outlook()
    picture = landing(found, SOURCE)
    for row, one in zip(picture.rows, found.rows, strict=False):
        if one.beside.chances is None:
            assert row["within"] is None
        else:
            assert row["under"] + row["within"] + row["over"] == 100
            assert float(row["within"]) == pytest.approx(100 * one.beside.chances.within)
    assert "geen begroting, dus geen kans" in texts(picture.svg())
    assert picture.title.startswith("De kans om binnen ±1 % van de begroting te landen is ")


def test_in_grey_a_bar_of_one_piece_still_has_a_side():
    groups = {"Oog": (600_000, "100"), "Huid": (600_000, "400")}
    assert {"▲ 100", "▼ 100"} <= set(texts(landing(outlook(groups), SOURCE).svg()))


def test_where_the_whole_has_no_budget_the_groups_are_the_answer():
    picture = landing(outlook(total=None, sd=0.5), SOURCE)
    assert picture.title == "Bij 1 van 2 vakgroepen is landen binnen ±1 % van de begroting het waarschijnlijkst"
    with pytest.raises(ValueError, match="nothing to land on"):
        landing(outlook({"Oog": (600_000, None)}, total=None), SOURCE)


def test_the_fan_is_the_course_of_the_outlook():
    found = outlook()
    picture = forecast_fan(found, SOURCE, group="Oog")
    assert [row["day"] for row in picture.rows] == [
        "31 januari 2026", "28 februari 2026", "31 maart 2026", "30 april 2026", "31 mei 2026",
    ]  # fmt: skip
    for row, point in zip(picture.rows, found.rows[0].fan, strict=True):
        assert row["low95"] <= row["low80"] <= row["forecast"] <= row["high80"] <= row["high95"]
        assert float(row["high80"]) == point.estimate.interval80.high
        assert row["budget"] == Fraction("240.5")
    assert picture.title == "Oog: de prognose is 99,9 % van de begroting (80 %: 93,5 – 106,3)"
    assert {"31 jan", "28 feb", "31 mrt", "begroting 241"} <= set(texts(picture.svg()))


def test_the_fan_says_where_the_budget_is_off():
    picture = forecast_fan(outlook(), SOURCE, ENGLISH, "Huid")
    assert picture.title.endswith("; the budget lies above the 80 % interval")
    assert "budget 300, outside the 80 % interval" in texts(picture.svg())
    assert OUTSIDE.lower() in picture.svg().lower()
    assert OUTSIDE.lower() not in forecast_fan(outlook(), SOURCE, group="Oog").svg().lower()


def test_after_the_year_the_outcome_stands_beside_the_forecasts():
    done = outlook(as_of=date(2027, 6, 30), sd=0.0, in_flight=0.0, to_open=0.0)
    course = (FanPoint(ENDS[0], estimate(sd=200.0)), FanPoint(ENDS[1], estimate(sd=10.0)), done.rows[0].fan[-1])
    first = replace(done.rows[0], fan=course)
    picture = forecast_fan(replace(done, rows=(first, *done.rows[1:])), SOURCE, group="Oog")
    assert picture.title == (
        "Oog: de uitkomst is 100 normuren (41,6 % van de begroting); in 1 van de 2 prognoses lag dat binnen het 80 %-interval"
    )
    shown = texts(picture.svg())
    assert "uitkomst 100" in shown
    assert "30 jun" not in shown  # what is known is no forecast
    given = forecast_fan(outlook(), SOURCE, group="Oog", outcome=Fraction(235))
    assert {row["outcome"] for row in given.rows} == {235}
    assert "uitkomst 235" in texts(given.svg())


def test_one_day_has_bars_and_no_day_has_no_chart():
    found = outlook()
    first = replace(found.rows[0], fan=found.rows[0].fan[-1:])
    picture = forecast_fan(replace(found, rows=(first,)), SOURCE, group="Oog")
    assert filled(picture.svg(), OURS_PALE) == 1
    with pytest.raises(ValueError, match="nothing to draw"):
        forecast_fan(replace(found, rows=(replace(first, fan=()),)), SOURCE, group="Oog")
    with pytest.raises(KeyError):
        forecast_fan(found, SOURCE, group="Neus")


def test_work_taken_back_is_drawn_to_the_left_and_adds_up():
    found = outlook({"Oog": (-60_000, "20")}, sd=4.0, in_flight=10.0, to_open=5.0, total="20")
    row = forecast_parts(found, SOURCE).rows[0]
    assert (row["closed"], row["forecast"]) == (-10, 5)
    for picture in every(found):
        assert "NaN" not in picture.svg()


def test_nothing_budgeted_is_no_ratio():
    found = outlook({"Oog": (600_000, "0"), "Huid": (600_000, "240")}, total="240")
    picture = forecast_parts(found, SOURCE)
    assert "240 normuren, niets begroot" in texts(picture.svg())
    assert forecast_fan(found, SOURCE, group="Oog").title.startswith("Oog: de prognose is 240 normuren")


def test_names_are_text_whatever_is_in_them():
    found = outlook(dict.fromkeys([*HOSTILE, "Totaal"], (600_000, "240")))
    for picture in (forecast_parts(found, SOURCE), landing(found, SOURCE)):
        shown = texts(picture.svg())
        assert HOSTILE[0] in shown
        assert HOSTILE[1] in shown
        assert {"Totaal", "Totaal (2)"} <= set(shown)
        assert [row["group"] for row in picture.rows] == [*HOSTILE, "Totaal", "Totaal (2)"]
    assert forecast_fan(found, SOURCE, group=HOSTILE[0]).title.startswith(HOSTILE[0])


@pytest.mark.parametrize(("language", "wanted"), [(DUTCH, 360), (ENGLISH, 680)])
def test_every_character_has_a_glyph_and_every_chart_its_width(language, wanted):
    many = {f"Vakgroep {at}, met een naam van meer dan een regel": (600_000 + at, "240") for at in range(30)}
    for picture in every(outlook(many), language):
        svg = picture.svg(wanted)
        told = "".join((picture.title, picture.subtitle, picture.words, *texts(svg)))
        assert {char for char in told if not char.isascii()} <= LETTERS | set("±▲▼\u00a0")
        assert abs(width(svg) - wanted) <= 30


def test_the_same_outlook_is_the_same_bytes_and_another_is_another():
    changed = outlook(GROUPS | {"Oog": (612_000, "240.5")})
    for one, again, other in zip(every(outlook()), every(outlook()), every(changed), strict=True):
        assert one.svg() == again.svg()
        assert one.svg() != other.svg()
        assert one.rows != other.rows
