"""Groups with all that is typed for each of them, and their formation (methods §5)."""

from __future__ import annotations

from fractions import Fraction

from puntlanding.collective import Role
from puntlanding.explain import Node, Unit
from puntlanding.formation.care_fte import CARE_CATEGORIES, Category
from puntlanding.report.live_workbook.agreement_sheet import prefixes
from puntlanding.report.live_workbook.cells import Allowed
from puntlanding.report.live_workbook.model import Model
from puntlanding.report.live_workbook.table import Content, Entry, Plain, Table
from puntlanding.report.live_workbook.words import Pair

_FROM_ZERO = Allowed(minimum=Fraction(0))
# Lists with one number per group → column, look.
VALUES: dict[str, tuple[Pair, str]] = {
    "kwaliteit": (("kwaliteits-score", "quality score"), "ratio"),
    "passende_zorg": (("score passende zorg", "appropriate care score"), "ratio"),
    "disutility": (("disutility (punten)", "disutility (points)"), "points"),
    "vorig_model": (("bedrag vorig model (€)", "amount model before (€)"), "euro"),
    "vorig_jaar": (("bedrag vorig jaar (€)", "amount last year (€)"), "euro"),
}


def write_formation(model: Model) -> None:
    """Half-days per group, function and category: added up, so that nobody's own return is in the workbook."""
    rows = _added_up(model)
    sheet = model.page(
        "formation", ("opgegeven dagdelen, opgeteld per functie en categorie", "half-days as returned, added up by function and category"),
        (("Dagdelen × functiegewicht × weken ÷ weken per jaar. Categorie 1a en 1b tellen als zorgverlening.",
          "Half-days × weight of the function × weeks ÷ weeks per year. Categories 1a and 1b count as care."),),
    )  # fmt: skip
    table = model.table("formation", sheet, [group for (group, *_), _ in rows])
    categories = tuple(one.value for one in Category)
    care = ",".join(f'{{at}}="{one.value}"' for one in sorted(CARE_CATEGORIES))
    table.column("number", ("nummer", "number"), "whole", lambda i: Plain(Fraction(model.number[rows[i][0][0]])))
    table.column("role", ("functie", "function"), "text", lambda i: Plain(rows[i][0][1]), width=28)
    table.column(
        "category", ("categorie", "category"), "text", lambda i: Entry(rows[i][0][2], Allowed(choices=categories))
    )
    table.column(
        "half_days", ("dagdelen per week", "half-days per week"), "fte", lambda i: Entry(rows[i][1], _FROM_ZERO)
    )
    table.column(
        "weeks",
        ("weken, gemiddeld (leeg: heel jaar)", "weeks, mean (empty: whole year)"),
        "fte",
        lambda i: Entry(rows[i][0][3], _FROM_ZERO),
    )
    weights = [f"functie_{model.roles.index(role) + 1}" for (_, role, *_), _ in rows]
    table.column(
        "weighted", ("gewogen dagdelen", "weighted half-days"), "fte",
        lambda i: f'{table.at("half_days", i)}*{weights[i]}*IF({table.at("weeks", i)}="",1,{table.at("weeks", i)}/weken_per_jaar)',
        total=True,
    )  # fmt: skip
    table.column("care", ("zorgverlening (1 = ja)", "care (1 = yes)"), "whole",
                 lambda i: f"IF(OR({care.format(at=table.at('category', i))}),1,0)")  # fmt: skip


def _added_up(model: Model) -> list[tuple[tuple[str, str, str, Fraction | None], Fraction]]:
    """(group, function, category, weeks) → half-days. Who worked part of the year stand together, with their mean number of weeks."""
    found: dict[tuple[str, str, str, bool], list[Fraction]] = {}
    for one in model.case.formation:
        part = one.weeks is not None
        sums = found.setdefault((one.group, one.role.lower(), one.category.value, part), [Fraction(0), Fraction(0)])
        sums[0] += one.half_days.value
        sums[1] += one.half_days.value * (one.weeks.value if one.weeks is not None else 0)
    rows = []
    for (group, role, category, part), (half_days, with_weeks) in found.items():
        weeks = (with_weeks / half_days if half_days else Fraction(0)) if part else None
        rows.append(((group, role, category, weeks), half_days))
    return rows


def write_groups(model: Model) -> None:
    case = model.case
    sheet = model.page(
        "groups", ("wat per vakgroep is opgegeven", "what was given for each group"),
        (("Rol, benchmark, zorgverlening-fte en de waarden waarop onderdelen van de afspraak verdelen.",
          "Role, benchmark, care fte and the values on which components of the agreement divide."),),
    )  # fmt: skip
    table = model.table("groups", sheet)
    groups = case.groups
    roles = Allowed(choices=tuple(role.value for role in Role))
    table.column("specialism", ("specialisme", "specialism"), "text", lambda i: Plain(groups[i].specialism))
    table.column("role", ("rol", "role"), "text", lambda i: Entry(groups[i].role.value, roles), width=16)
    if any(group.care_unit for group in groups):
        table.column("unit", ("zorgeenheid", "care unit"), "text", lambda i: Plain(groups[i].care_unit or ""), width=20)
    if case.rates:
        rates = case.rates
        table.column("rate", ("benchmark (normuren per fte)", "benchmark (norm hours per fte)"), "hours",
                     lambda i: _entry(rates.get(groups[i].name)))  # fmt: skip
    if case.formation:
        with_formation = {one.group for one in case.formation}
        table.column("care", ("zorgverlening-fte", "care fte"), "fte",
                     lambda i: _care(model, i) if groups[i].name in with_formation else None, total=True)  # fmt: skip
    _values(model, table)


def _care(model: Model, i: int) -> str:
    rows = model.tables["formation"]
    return f"SUMIFS({rows.span('weighted')},{rows.span('number')},{i + 1},{rows.span('care')},1)/dagdelen_per_fte"


def _values(model: Model, table: Table) -> None:
    """A list that a component can choose gets its column, filled or not."""
    components, tables = model.agreement.components, model.case.components
    wanted = {"passende_zorg"} if model.case.appropriate_care else set()
    for choice in components if model.agreement.frame is not None else ():
        section = choice.component.section
        wanted |= {"kwaliteit", "passende_zorg"} if section == "geoormerkt" else set()
        wanted |= {"kwaliteit": {"kwaliteit"}, "disutility": {"disutility"}, "overgang": {"vorig_model"},
                   "vangnet": {"vorig_jaar"}}.get(section, set())  # fmt: skip
    for name, (title, look) in VALUES.items():
        if name in wanted:
            values = (model.case.appropriate_care or {}) if name == "passende_zorg" else tables.of(name)
            table.column(name, title, look, lambda i, values=values: _entry(values.get(model.names[i]), empty=True))  # type: ignore[misc]
    for choice, prefix in zip(components, prefixes(components), strict=True):
        if choice.component.section == "geoormerkt" and model.agreement.frame is not None:
            own = tables.scores.get(choice.name or "", {})
            title = (f"scores {choice.name}", f"scores {choice.name}")
            table.column(prefix, title, "ratio", lambda i, own=own: _entry(own.get(model.names[i]), empty=True))  # type: ignore[misc]


def _entry(node: Node | None, *, empty: bool = False) -> Content:
    """An unknown stays out; ``empty`` leaves a yellow cell for it."""
    if node is None:
        return Entry(None, _FROM_ZERO) if empty else None
    return Entry(node.value / 100 if node.unit is Unit.CENTS else node.value, _FROM_ZERO)
