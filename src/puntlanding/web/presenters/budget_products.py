"""A group's budget by product: code, volume, norm time and weight, beside last year, what weighs and changes most first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from puntlanding.budget.change import ProductChange, product_changes
from puntlanding.language.notation import Language, number, precise
from puntlanding.language.sentences import index, visible
from puntlanding.norms.product_lines import ProductLine, product_lines
from puntlanding.report.dossier import Dossier
from puntlanding.web.presenters.stage_page import Heading

PER_PAGE = 100
ABSENT = "–"


@dataclass(frozen=True, slots=True)
class ProductRow:
    code: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProductPage:
    """``rows`` are those of this page; ``total`` is of all products, whatever is shown. ``pages``: how many there are."""

    question: str
    answer: str
    since: str
    headings: tuple[Heading, ...]
    rows: tuple[ProductRow, ...]
    total: ProductRow | None
    found: int
    page: int
    pages: int
    legend: str


def product_page(
    dossier: Dossier, group: str, before: Sequence[ProductLine], asked: str = "", page: int = 1, last: str = ""
) -> ProductPage:
    """``before``: last year's products; ``last`` says what they are. ``asked``: part of a code."""
    language, which = dossier.language, index(dossier.language)
    budget, year = dossier.case.budget, dossier.agreement.year
    if budget is None:
        raise ValueError("a page of products is asked for where there is a budget")
    old = [one for one in before if one.group == group]
    every = product_changes(old, product_lines(budget, year, group))
    if not old:
        every = tuple(sorted(every, key=lambda one: (-one.hours[1], one.code)))
    found = [one for one in every if asked.strip().lower() in one.code.lower()]
    pages = max(1, -(-len(found) // PER_PAGE))
    at = min(max(page, 1), pages)
    whole = sum((one.hours[1] for one in every), Fraction(0))
    shown = found[(at - 1) * PER_PAGE : at * PER_PAGE]
    return ProductPage(
        visible((f"Waaruit bestaat de begroting van {group}?", f"What is the budget of {group} made of?")[which]),
        _answer(dossier, group, language),
        last if old else "",
        _headings(which, beside=bool(old)),
        tuple(_row(one, whole, language, beside=bool(old)) for one in shown),
        _total(every, language, beside=bool(old)) if every else None,
        len(found),
        at,
        pages,
        _legend(which, beside=bool(old)),
    )


def _headings(which: int, *, beside: bool) -> tuple[Heading, ...]:
    now = [
        ("product", "product"), ("aantal", "volume"), ("normtijd (min)", "norm time (min)"),
        ("normuren", "norm hours"), ("deel (%)", "share (%)"),
    ]  # fmt: skip
    then = [
        ("aantal vorig jaar", "volume last year"), ("normuren vorig jaar", "norm hours last year"),
        ("verschil (normuren)", "difference (norm hours)"),
    ]  # fmt: skip
    keys = ("", "", "", "normuren", "")
    titles = [*now, *(then if beside else [])]
    return tuple(Heading(one[which], keys[at] if at < len(keys) else "") for at, one in enumerate(titles))


def _row(one: ProductChange, whole: Fraction, language: Language, *, beside: bool) -> ProductRow:
    share = number(one.hours[1] / whole * 100, 1, language) if whole else ABSENT
    minutes = one.minutes[1] if one.minutes[1] is not None else one.minutes[0]
    cells = [
        volume(one.volume[1], language), ABSENT if minutes is None else number(minutes, 2, language),
        number(one.hours[1], 0, language), share,
    ]  # fmt: skip
    if beside:
        cells += [volume(one.volume[0], language), number(one.hours[0], 0, language), signed(one.change, 0, language)]
    return ProductRow(visible(one.code), tuple(cells))


def _total(every: Sequence[ProductChange], language: Language, *, beside: bool) -> ProductRow:
    hours = [sum((one.hours[at] for one in every), Fraction(0)) for at in (0, 1)]
    cells = ["", "", number(hours[1], 0, language), number(100 if hours[1] else 0, 1, language)]
    if beside:
        cells += ["", number(hours[0], 0, language), signed(hours[1] - hours[0], 0, language)]
    return ProductRow(("Totaal", "Total")[index(language)], tuple(cells))


def volume(value: Fraction, language: Language) -> str:
    """Volumes are whole but for what the product structure makes of them."""
    return precise(value, language, 2)


def signed(value: Fraction | None, decimals: int, language: Language) -> str:
    """With its sign, so that more and less are told apart without colour."""
    if value is None:
        return ABSENT
    shown = number(value, decimals, language)
    return f"+{shown}" if value > 0 else shown


def _answer(dossier: Dossier, group: str, language: Language) -> str:
    """Norm hours ÷ benchmark = norm fte, and beside it the care fte that the group has itself."""
    which, row = index(language), dossier.year.budget.row(group)
    if row.hours is None or row.rate is None or row.norm_fte is None:
        fte = ABSENT if row.norm_fte is None else number(row.norm_fte.value, 2, language)
        return (f"Begroot is {fte} norm fte.", f"The budget is {fte} norm fte.")[which]
    hours, rate = number(row.hours.value, 0, language), number(row.rate.value, 0, language)
    fte = number(row.norm_fte.value, 2, language)
    said = (
        f"{hours} normuren, bij een benchmark van {rate} normuren per fte, is {fte} norm fte.",
        f"{hours} norm hours, at a benchmark of {rate} norm hours per fte, is {fte} norm fte.",
    )[which]
    own = dossier.year.formation.get(group)
    if own is None or not own.care_fte.value:
        return said
    care, per = number(own.care_fte.value, 2, language), number(row.hours.value / own.care_fte.value, 0, language)
    return (
        said
        + (
            f" De vakgroep geeft {care} fte zorgverlening op: {per} normuren per fte.",
            f" The group returns {care} care fte: {per} norm hours per fte.",
        )[which]
    )


def _legend(which: int, *, beside: bool) -> str:
    if not beside:
        return (
            "Het zwaarste product staat bovenaan. Een begroting van vorig jaar om naast te leggen is er niet.",
            "The heaviest product comes first. There is no budget of last year to put beside it.",
        )[which]
    return (
        "Bovenaan staat wat de normuren het meest verandert: volume en normtijd samen.",
        "What changes the norm hours most comes first: volume and norm time together.",
    )[which]
