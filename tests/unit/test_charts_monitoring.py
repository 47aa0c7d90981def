"""The forecast of a case beside its budget: its shares, what cannot be told, and names that are only names."""

from __future__ import annotations

from fractions import Fraction

import pytest
from chart_cases import ENGLISH, HOSTILE, SOURCE, filled, texts

from puntlanding.charts.forecast_over_budget import forecast_over_budget
from puntlanding.charts.style import OVER, UNDER
from puntlanding.explain import Unit, constant, quotient
from puntlanding.forecast import Monitoring, MonitoringRow

pytestmark = pytest.mark.unit


def row(name: str, forecast: int, budget: int) -> MonitoringRow:
    hours = [constant("hours", Fraction(one), Unit.HOURS) for one in (forecast, budget)]
    ratio = quotient("ratio", Unit.RATIO, *hours) if budget else None
    return MonitoringRow(name, hours[0], hours[1], ratio)


def monitoring(**groups: tuple[int, int]) -> Monitoring:
    rows = tuple(row(name, *hours) for name, hours in groups.items())
    total = row("Totaal", sum(one for one, _ in groups.values()), sum(one for _, one in groups.values()))
    return Monitoring(rows, (), total)


FOUND = monitoring(Oog=(1100, 1000), Huid=(1900, 2000), Hart=(500, 500))


def test_shares_are_those_of_the_forecast():
    picture = forecast_over_budget(FOUND, SOURCE)
    assert picture.rows[0] == {"group": "Oog", "forecast": 1100, "budget": 1000, "share": 110}
    assert [one["share"] for one in picture.rows] == [110, 95, 100]
    assert picture.title == "De prognose is 100,0\u00a0% van de begroting: 1 van 3 vakgroepen erboven, 1 eronder"
    assert picture.words == "Oog 110,0\u00a0%; Huid 95,0\u00a0%; Hart 100,0\u00a0%"
    svg = picture.svg()
    assert (filled(svg, OVER), filled(svg, UNDER)) == (1, 2)
    assert svg == forecast_over_budget(FOUND, SOURCE).svg()


def test_a_group_without_a_budget_is_named_and_not_drawn():
    picture = forecast_over_budget(monitoring(Oog=(1100, 1000), Nieuw=(100, 0)), SOURCE, ENGLISH)
    assert picture.rows[1]["share"] is None
    assert picture.words.endswith("Nieuw cannot be told")
    svg = picture.svg()
    assert "cannot be told" in texts(svg)
    assert (filled(svg, OVER), filled(svg, UNDER)) == (1, 0)


def test_nothing_to_compare_with_is_no_chart():
    with pytest.raises(ValueError, match="no group has a budget"):
        forecast_over_budget(monitoring(Nieuw=(100, 0)), SOURCE)


def test_another_forecast_is_another_picture():
    assert forecast_over_budget(FOUND, SOURCE).svg() != forecast_over_budget(monitoring(Oog=(1101, 1000), Huid=(1900, 2000), Hart=(500, 500)), SOURCE).svg()  # fmt: skip


def test_names_are_only_names():
    svg = forecast_over_budget(monitoring(**dict.fromkeys(HOSTILE, (1, 2))), SOURCE).svg()
    assert "<script" not in svg
    assert "<img" not in svg
    assert len(texts(svg)) >= 2 * len(HOSTILE)
