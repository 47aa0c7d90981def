"""The components of an agreement as plain values, which the oracle reads, and how they stand in files and in memory.

``agreed`` is section → keys (a list of them for [[geoormerkt]]) and ``lists`` is list → rows; euros are cents in both.
"""

from __future__ import annotations

from fractions import Fraction

from puntlanding.components import ComponentTables
from puntlanding.components.tables import Decision, DutyWeight, Roster, Saving
from puntlanding.explain import Source, Unit, cell

EUROS_KEYS = ("bedrag", "bedrag_per_fte", "ten_hoogste")
EUROS_COLUMNS = ("bedrag", "basislijn", "werkelijk")
COLUMNS = {
    "disutility": ("vakgroep", "waarde"),
    "diensten": ("vakgroep", "dienst", "frequentie", "intensiteit", "duur"),
    "dienstgewichten": ("intensiteit", "vanaf", "gewicht"),
    "kwaliteit": ("vakgroep", "waarde"),
    "scores": ("pot", "vakgroep", "waarde"),
    "mutaties": ("vakgroep", "bedrag", "reden"),
    "besparingen": ("initiatief", "vakgroep", "basislijn", "werkelijk"),
    "vorig_model": ("vakgroep", "bedrag"),
    "vorig_jaar": ("vakgroep", "bedrag"),
}


def raw_sections(agreed, decimal):
    """As TOML gives them."""

    def keys(section):
        return {
            key: decimal(Fraction(value) / 100)
            if key in EUROS_KEYS
            else decimal(value)
            if isinstance(value, Fraction)
            else list(value)
            if isinstance(value, tuple)
            else value
            for key, value in section.items()
        }

    return {
        name: [keys(one) for one in content] if isinstance(content, list) else keys(content)
        for name, content in agreed.items()
    }


def list_texts(lists, typed):
    """list → (header, rows) as somebody types them; ``typed`` writes a number."""

    def text(column, value):
        if value is None or isinstance(value, str):
            return value or ""
        if column == "vanaf":
            return str(value)
        return typed(Fraction(value, 100) if column in EUROS_COLUMNS else value)

    return {
        name: (
            COLUMNS[name],
            [tuple(text(column, value) for column, value in zip(COLUMNS[name], row, strict=True)) for row in rows],
        )
        for name, rows in lists.items()
    }


def component_tables(lists, care):
    """The same lists in memory; ``care`` are the nodes of passende_zorg, which earmarked pots may use too."""

    def node(name, row, column, value, subject=None):
        unit = Unit.CENTS if column in EUROS_COLUMNS else Unit.COUNT
        return cell(f"{name}_{column}", Fraction(value), unit, Source(f"{name}.csv", row, column), subject=subject)

    rows = {name: list(enumerate(lists.get(name, ()), start=2)) for name in COLUMNS}
    values = {
        name: {g: node(name, n, COLUMNS[name][1], v, g) for n, (g, v) in rows[name]}
        for name in ("disutility", "kwaliteit", "vorig_model", "vorig_jaar")
        if rows[name]
    }
    scores = {}
    for n, (pot, group, value) in rows["scores"]:
        scores.setdefault(pot, {})[group] = node("scores", n, "waarde", value, group)
    return ComponentTables(
        values | ({"passende_zorg": care} if care else {}),
        scores,
        tuple(
            Roster(g, duty, node("diensten", n, "frequentie", f), i, node("diensten", n, "duur", h))
            for n, (g, duty, f, i, h) in rows["diensten"]
        ),
        tuple(
            DutyWeight(i, since, node("dienstgewichten", n, "gewicht", w))
            for n, (i, since, w) in rows["dienstgewichten"]
        ),
        tuple(Decision(g, node("mutaties", n, "bedrag", cents), why) for n, (g, cents, why) in rows["mutaties"]),
        tuple(
            Saving(i, g, node("besparingen", n, "basislijn", was), node("besparingen", n, "werkelijk", now))
            for n, (i, g, was, now) in rows["besparingen"]
        ),
        {name: f"{name}.csv" for name in lists if lists[name]},
    )
