"""One group's forecast, or the total's, part by part: where it comes from, what it was, what ends it on budget."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table as RichTable
from rich.text import Text

from puntlanding.collective import Role
from puntlanding.forecast.outlook import Beside, Outlook, Row
from puntlanding.forecast.result import Estimate, FanPoint, MonthParts
from puntlanding.language.notation import Language, day, number
from puntlanding.language.sentences import printable
from puntlanding.report.outlook_basis import method_lines, strip_lines
from puntlanding.report.outlook_need import need_text
from puntlanding.report.outlook_text import bridge_lines, landing_sentence, title
from puntlanding.report.outlook_words import FLAGS, Words, decimal, of, wrapped
from puntlanding.report.terminal import HAIRLINES, rendered


def explained(outlook: Outlook, row: Row | None, language: Language) -> str:
    """``row`` None: the total."""
    dutch = language is Language.DUTCH
    one = outlook.total if row is None else row.beside
    name = ("Totaal" if dutch else "Total") if row is None else printable(row.name)
    without = outlook.total_without_events if row is None else row.without_events
    bridge = outlook.total_bridge if row is None else row.bridge
    fan = outlook.total_fan if row is None else row.fan
    parts = [f"{title(outlook, language)} · {name}", wrapped(landing_sentence(one, outlook.band, language)), ""]
    parts += _parts(one.estimate, without, language)
    if row is not None:
        parts += ["", *_worked_out(row, language)]
    if bridge is not None:
        parts += ["", *bridge_lines(bridge, language)]
    if len(fan) > 1:
        parts += ["", _course(fan, one, language)]
    parts += ["", *(strip_lines(outlook, language) if row is None else ()), *method_lines(outlook, language)]
    return "\n".join(parts)


def _line(words: Words, value: str, language: Language) -> str:
    return f"  {of(words, language):<46}{value:>12}"


def _parts(estimate: Estimate, without: Estimate | None, language: Language) -> Iterator[str]:
    def hours(value: float) -> str:
        return decimal(value, 0, language)

    yield of(("Waaruit de prognose bestaat (normuren)", "What the forecast consists of (norm hours)"), language)
    yield _line(("afgesloten, met bekend zorgproduct", "closed, with its product known"), hours(estimate.closed_hours), language)  # fmt: skip
    yield _line(("onderhanden", "in flight"), hours(estimate.in_flight), language)
    yield _line(("nog te openen, of nog uit te voeren", "still to open, or to be done"), hours(estimate.to_open), language)  # fmt: skip
    yield _line(("prognose", "forecast"), hours(estimate.forecast), language)
    for words, bounds in ((("80 %-interval", "80 % interval"), estimate.interval80), (("95 %-interval", "95 % interval"), estimate.interval95)):  # fmt: skip
        yield _line(words, f"{hours(bounds.low)} – {hours(bounds.high)}", language)
    if without is not None:
        words = ("prognose zonder de gebeurtenissen", "forecast without the events")
        yield _line(words, hours(without.forecast), language)


def _worked_out(row: Row, language: Language) -> Iterator[str]:
    for flag in row.flags:
        yield wrapped("! " + of(FLAGS[flag], language))
    if row.own is None:
        return
    if row.role is Role.GATEKEEPING:
        worth = ("uren per opening die nog komt", "hours per opening still to come")
        yield _line(worth, decimal(row.own.per_opening, 2, language), language)
    if row.beside.budget is not None:
        words = ("Nodig om precies op de begroting te landen: ", "Needed to land exactly on budget: ")
        yield wrapped(of(words, language) + need_text(row, language))
    yield ""
    yield _months(row, language)
    checks = row.checks
    told = (
        (("langs het openingsaandeel van eerdere jaren", "by the opening share of earlier years"), checks.opening_share),
        (("afgesloten × 12 ÷ verstreken maanden", "closed × 12 ÷ months passed"), checks.closed_rate),
        (("langs het deel dat vorig jaar nu gesloten was", "by the part closed by now last year"), checks.closed_share),
    )  # fmt: skip
    if any(value is not None for _, value in told):
        yield ""
        yield of(("Ter vergelijking, langs eenvoudiger wegen", "For comparison, by simpler ways"), language)
        for words, value in told:
            if value is not None:
                yield _line(words, decimal(value, 0, language), language)
    if len(row.contracts) > 1:
        yield ""
        yield of(("Per contract", "By contract"), language)
        for one in row.contracts:
            budget = "" if one.budget is None else f" ({of(('begroting', 'budget'), language)} {number(one.budget, 0, language)})"  # fmt: skip
            yield f"  {printable(one.name):<46}{decimal(one.estimate.forecast, 0, language):>12}{budget}"


def _months(row: Row, language: Language) -> str:
    openings = row.role is Role.GATEKEEPING
    titles: list[Words] = [("maand", "month"), ("eff. werkdagen", "eff. days")]
    if openings:
        titles += [("geopend", "opened"), ("verwacht", "expected")]
    titles += [("afgesloten", "closed"), ("onderhanden", "in flight"), ("nog te openen", "still to open")]
    shown = _grid([of(words, language) for words in titles])
    for one in row.months:
        shown.add_row(*map(Text, _month(one, language, openings=openings)))
    return rendered(shown)


def _month(one: MonthParts, language: Language, *, openings: bool) -> list[str]:
    cells = [one.month.isoformat()[:7], decimal(one.working_days, 1, language)]
    if openings:
        cells += [number(one.openings, 0, language), decimal(one.expected, 0, language)]
    return [*cells, *(decimal(value, 0, language) for value in (one.closed / 6000, one.in_flight, one.to_open))]


def _course(fan: tuple[FanPoint, ...], one: Beside, language: Language) -> str:
    titles: tuple[Words, ...] = (
        ("bekend op", "known on"),
        ("prognose", "forecast"),
        ("80 %-interval", "80 % interval"),
        ("verhouding %", "ratio %"),
    )
    shown = _grid([of(words, language) for words in titles])
    for point in fan:
        bounds = point.estimate.interval80
        share = one.share(point.estimate.forecast)
        cells = (
            day(point.cut_off, language),
            decimal(point.estimate.forecast, 0, language),
            f"{decimal(bounds.low, 0, language)} – {decimal(bounds.high, 0, language)}",
            "–" if share is None else decimal(share * 100, 1, language),
        )
        shown.add_row(*map(Text, cells))
    return rendered(shown)


def _grid(titles: list[str]) -> RichTable:
    shown = RichTable(box=HAIRLINES, header_style="dim", pad_edge=False, padding=(0, 0, 0, 2), show_edge=False)
    for at, text in enumerate(titles):
        shown.add_column(Text(text), justify="left" if not at else "right", no_wrap=True)
    return shown
