"""Half-days to fte: per group and function, beside last year, and how each came about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from puntlanding.explain import Node
from puntlanding.formation import Category, RoleFte, role_fte
from puntlanding.language.notation import Language, number, precise
from puntlanding.language.sentences import index, visible
from puntlanding.quantities import ZERO
from puntlanding.report.benchmark_tables import signed
from puntlanding.report.dossier import Dossier
from puntlanding.report.formation_table import formation_table
from puntlanding.report.standing_file import cells_csv
from puntlanding.report.tables import Table
from puntlanding.web.presenters.scope import Scope
from puntlanding.web.presenters.stage_page import Asked, Cell, Heading, numbers_of
from puntlanding.web.presenters.tree import explained

CARE, WORKING = "zorgverlening_fte", "werkzame_fte"
NOTHING, TOTAL = "–", "0"
QUESTION = ("Met hoeveel fte werken wij?", "With how many fte do we work?")
_NAMES = {CARE: ("zorgverlening-fte", "care fte"), WORKING: ("werkzame fte", "working fte")}
_CSV = ("vakgroep", "functie", "opgaven", *(f"dagdelen_{one.value}" for one in Category), "gewicht", CARE, WORKING)


@dataclass(frozen=True, slots=True)
class Line:
    """``role``: of one function within the group above it."""

    name: str
    cells: tuple[Cell, ...]
    role: bool = False


@dataclass(frozen=True, slots=True)
class FormationPage:
    question: str
    answer: str
    how: str
    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]
    total: Line
    asked: Asked | None


def formation_page(
    dossier: Dossier, before: Mapping[str, Fraction] | None, scope: Scope, asks: str = ""
) -> FormationPage:
    """``before``: care fte of last year by group; None where that year is not there."""
    language, which = dossier.language, index(dossier.language)
    whole = formation_table(dossier.year.formation)
    seen, numbers = scope.narrowed(whole), numbers_of(dossier)
    roles = role_fte(dossier.case.formation, dossier.agreement.formation)
    lines: list[Line] = []
    for row in seen.rows:
        own = [one for one in roles if one.group == row.name]
        past = None if before is None else before.get(row.name)
        cells = _cells(own, "", row.cells, str(numbers[row.name]), asks, language)
        lines.append(
            Line(visible(row.name), (*cells, *_beside(row.cells[0], past, language, shown=before is not None)))
        )
        if len(own) > 1 or any(one.weight is not None for one in own):
            lines += [_role(one, language, shown=before is not None) for one in own]
    past = None if before is None else sum(before.values(), ZERO)
    total = _cells(roles, "", whole.total.cells, TOTAL, asks, language)
    return FormationPage(
        QUESTION[which],
        _answer(dossier, seen, before, scope),
        _how(dossier, language),
        tuple(Heading(text, key) for text, key in _headings(dossier, which, shown=before is not None)),
        tuple(lines),
        Line(("Totaal", "Total")[which], (*total, *_beside(whole.total.cells[0], past, language, shown=before is not None))),
        _asked(dossier, seen, numbers, scope, asks),
    )  # fmt: skip


def formation_csv(dossier: Dossier, scope: Scope) -> bytes:
    """A row per group and function, and one per group; the column ``functie`` is empty there."""
    seen = scope.narrowed(formation_table(dossier.year.formation))
    roles = role_fte(dossier.case.formation, dossier.agreement.formation)
    rows: list[Sequence[str | int | Fraction | None]] = []
    for row in seen.rows:
        own = [one for one in roles if one.group == row.name]
        fte = [None if node is None else node.value for node in row.cells]
        rows.append((row.name, "", sum(one.returns for one in own), *_sums(own).values(), None, *fte))
        rows += [
            (one.group, one.role, one.returns, *(one.half_days[c] for c in Category), one.weight, one.care_fte, one.working_fte)
            for one in own
        ]  # fmt: skip
    return cells_csv(_CSV, rows, dossier.language)


def _headings(dossier: Dossier, which: int, *, shown: bool) -> list[tuple[str, str]]:
    titles = [
        (("vakgroep · functie", "group · function")[which], ""),
        (("opgaven", "returns")[which], ""),
        *((("dagdelen {0}", "half-days {0}")[which].format(one.value), "") for one in Category),
        (("gewicht", "weight")[which], "functiegewicht"),
        (_NAMES[CARE][which], "vast_cent"),
        (_NAMES[WORKING][which], WORKING),
    ]
    if shown:
        last = dossier.agreement.year - 1
        titles += [
            (("zorgverlening-fte {0}", "care fte {0}")[which].format(last), ""),
            (("verschil", "difference")[which], ""),
        ]
    return titles


def _sums(roles: Sequence[RoleFte]) -> dict[Category, Fraction]:
    return {which: sum((one.half_days[which] for one in roles), ZERO) for which in Category}


def _cells(
    own: Sequence[RoleFte], weight: str, nodes: Sequence[Node | None], mark: str, asks: str, language: Language
) -> tuple[Cell, ...]:
    returns = number(sum(one.returns for one in own), 0, language)
    fte = [_fte(node, f"{mark}.{key}", asks, language) for node, key in zip(nodes, (CARE, WORKING), strict=True)]
    return (Cell(returns), *_half_days(_sums(own), language), Cell(weight), *fte)


def _half_days(counts: Mapping[Category, Fraction], language: Language) -> tuple[Cell, ...]:
    return tuple(Cell(number(counts[one], 2, language) if counts[one] else NOTHING) for one in Category)


def _fte(node: Node | None, name: str, asks: str, language: Language) -> Cell:
    return Cell(NOTHING) if node is None else Cell(number(node.value, 2, language), name, name == asks)


def _beside(now: Node | None, past: Fraction | None, language: Language, *, shown: bool) -> tuple[Cell, ...]:
    if not shown:
        return ()
    if past is None or now is None:
        return (Cell(NOTHING), Cell(NOTHING))
    return (Cell(number(past, 2, language)), Cell(signed(now.value - past, 2, language)))


def _role(one: RoleFte, language: Language, *, shown: bool) -> Line:
    weight = "" if one.weight is None else precise(one.weight, language)
    fte = (Cell(number(one.care_fte, 2, language)), Cell(number(one.working_fte, 2, language)))
    blank = (Cell(""), Cell("")) if shown else ()
    returns = Cell(number(one.returns, 0, language))
    return Line(
        visible(one.role), (returns, *_half_days(one.half_days, language), Cell(weight), *fte, *blank), role=True
    )


def _answer(dossier: Dossier, seen: Table, before: Mapping[str, Fraction] | None, scope: Scope) -> str:
    language, which = dossier.language, index(dossier.language)

    def told(name: str, nodes: Sequence[Node | None], past: Fraction | None) -> str:
        care, working = (NOTHING if node is None else number(node.value, 2, language) for node in nodes)
        text = ("{0}: {1} zorgverlening-fte van {2} werkzame fte", "{0}: {1} care fte of {2} working fte")[which]
        last = "" if past is None else ("; vorig jaar {0}", "; last year {0}")[which].format(number(past, 2, language))
        return text.format(visible(name), care, working) + last + "."

    whole = formation_table(dossier.year.formation)
    past = None if before is None else sum(before.values(), ZERO)
    together = told(("Alle vakgroepen samen", "All groups together")[which], whole.total.cells, past)
    if scope.whole:
        return together
    own = [told(row.name, row.cells, None if before is None else before.get(row.name)) for row in seen.rows]
    return " ".join([*own, together])


def _how(dossier: Dossier, language: Language) -> str:
    per = precise(dossier.agreement.formation.half_days_per_fte.value, language)
    return (
        "Dagdelen per week zoals opgegeven; {0} dagdelen zijn één fte. Zorgverlening-fte telt alleen categorie 1a (patiëntgebonden) en 1b (voorwaardelijk): daarmee wordt vergeleken. Categorie 2 is ander werk voor het ziekenhuis, 3 al het overige. Gewicht: hoe zwaar een functie meetelt (lokaal); leeg is volledig. Wie een deel van het jaar werkte, telt voor dat deel.",
        "Half-days per week as returned; {0} half-days are one fte. Care fte counts categories 1a (patient-related) and 1b (conditional) only: those are compared. Category 2 is other work for the hospital, 3 all else. Weight: how much a function counts (local); empty is fully. Who worked part of the year counts for that part.",
    )[index(language)].format(per)


def _asked(dossier: Dossier, seen: Table, numbers: Mapping[str, int], scope: Scope, asks: str) -> Asked | None:
    mark, _, what = asks.partition(".")
    if what not in _NAMES:
        return None
    language = dossier.language
    name = ("Totaal", "Total")[index(language)]
    cells: Sequence[Node | None] | None = seen.total.cells if mark == TOTAL else None
    for row in seen.rows:
        if mark == str(numbers[row.name]):
            name, cells = row.name, row.cells
    node = None if cells is None else cells[(CARE, WORKING).index(what)]
    if node is None:
        return None
    told = explained(node, name, numbers, scope, frozenset(), language)
    return Asked(visible(name), _NAMES[what][index(language)], number(node.value, 2, language), told)
