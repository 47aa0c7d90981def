"""The forecast with its bounds: whether the year lands, how sure that is, and what it takes for each group.

Everything here is given an outlook that already holds only what the reader may see (`Scope.of_outlook`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from puntlanding.case.linked_pieces import Below
from puntlanding.forecast.bridge import Bridge
from puntlanding.forecast.outlook import Outlook
from puntlanding.forecast.quality import Judgement
from puntlanding.language.notation import Language, day
from puntlanding.language.sentences import index, visible
from puntlanding.report.outlook_basis import method_lines
from puntlanding.report.outlook_need import need_text
from puntlanding.report.outlook_text import headline, landing_sentence, legend
from puntlanding.report.outlook_words import FLAGS, ITEMS, JUDGEMENTS, counted, decimal
from puntlanding.web.presenters.outlook_events import Effect, effects
from puntlanding.web.presenters.outlook_lines import Change, Sheet, beside_budget, changes, in_hours
from puntlanding.web.presenters.outlook_pieces import PieceTable, piece_tables
from puntlanding.web.presenters.outlook_talks import Talk, calling, talk, talks
from puntlanding.web.presenters.outlook_tree import AskedOutlook, asked_outlook
from puntlanding.web.presenters.scope import Scope

SIGNALS_FROM = ("Om over te praten, want", "To talk about, because")  # here the page names them one by one


@dataclass(frozen=True, slots=True)
class Found:
    """A line of the quality strip; ``loud`` asks for attention."""

    what: str
    judgement: str
    counted: str
    loud: bool


@dataclass(frozen=True, slots=True)
class OutlookPage:
    """``known``: as of which day. ``changes`` is headed by ``since``, and empty where there is no month before. ``calling`` heads the
    ``talks``. ``tried``: how far this forecast was off in the same month of the year before.
    """

    question: str
    answer: str
    known: str
    sheet: Sheet
    hours: Sheet
    since: str
    changes: tuple[Change, ...]
    strip: tuple[Found, ...]
    method: tuple[str, ...]
    calling: str
    talks: tuple[Talk, ...]
    tried: str
    effects: tuple[Effect, ...]
    asked: AskedOutlook | None


@dataclass(frozen=True, slots=True)
class GroupPage:
    """The same of one group, and what is below it. ``flags``: what is special about it; ``pieces`` is empty for who works for others."""

    question: str
    answer: str
    known: str
    talk: str
    need: str
    sheet: Sheet
    hours: Sheet
    since: str
    changes: tuple[Change, ...]
    tried: str
    flags: tuple[str, ...]
    pieces: tuple[PieceTable, ...]
    effects: tuple[Effect, ...]
    asked: AskedOutlook | None


NOBODY: Mapping[str, int] = {}
NOTHING_BELOW = Below({}, ())


def outlook_page(
    found: Outlook,
    scope: Scope,
    language: Language,
    numbers: Mapping[str, int] = NOBODY,
    asks: str = "",
    below: Below = NOTHING_BELOW,
) -> OutlookPage:
    """``numbers``: of the groups, in addresses; without them nothing can be asked further. ``asks`` is as a cell of the page has it."""
    which = index(language)
    called = talks(found, numbers, language)
    return OutlookPage(
        ("Landen we op de begroting?", "Do we land on the budget?")[which],
        _answer(found, scope, len(called), language),
        _known(found, language),
        beside_budget(found, language, numbers, asks),
        in_hours(found, language, numbers, asks),
        _since(found.total_bridge, language),
        tuple(changes(found.total_bridge, language)),
        tuple(_strip(found, language)),
        tuple(visible(_one_line(text)) for text in (*legend(found, language), *method_lines(found, language))),
        calling(len(called), language) if scope.whole else "",
        called,
        tried(found, language),
        effects(found, below, None, language) if scope.whole else (),
        asked_outlook(found, numbers, asks, language),
    )


def group_page(
    found: Outlook, name: str, below: Below, numbers: Mapping[str, int], asks: str, language: Language
) -> GroupPage:
    """Of a group that the reader may see. Raises StopIteration where the forecast does not have it."""
    which = index(language)
    row = next(one for one in found.rows if one.name == name)
    alone = replace(found, rows=(row,))
    lines = beside_budget(alone, language, numbers, asks), in_hours(alone, language, numbers, asks)
    pieces = below.groups.get(name)
    return GroupPage(
        (f"Landt {visible(name)} op de begroting?", f"Does {visible(name)} land on its budget?")[which],
        visible(landing_sentence(row.beside, found.band, language)),
        _known(found, language),
        talk(row, language),
        "" if row.need is None else visible(need_text(row, language)),
        *lines,
        _since(row.bridge, language),
        tuple(changes(row.bridge, language)),
        tried(found, language),
        tuple(FLAGS[one][which] for one in row.flags),
        () if pieces is None else piece_tables(pieces, language),
        effects(found, below, row, language),
        asked_outlook(found, numbers, asks, language),
    )


def _known(found: Outlook, language: Language) -> str:
    known = day(found.as_of, language)
    return (f"Uit de registratie, zoals bekend op {known}.", f"From the records, as known on {known}.")[index(language)]


def _since(bridge: Bridge | None, language: Language) -> str:
    since = "" if bridge is None else day(bridge.since, language)
    return (f"Wat veranderde sinds {since}", f"What changed since {since}")[index(language)]


def tried(found: Outlook, language: Language) -> str:
    """“Vorig jaar zat deze prognose eind augustus er 2,1 % naast.” Empty where there is no such month to look back on."""
    quality, which = found.quality, index(language)
    past = () if quality is None else quality.cut_offs
    same = [one for one in past if (one.cut_off.year, one.cut_off.month) == (found.year - 1, found.as_of.month)]
    if not same or found.as_of.year != found.year:
        return ""
    one = same[-1]
    month = day(one.cut_off, language).split(" ")[1]
    off, each = (decimal(abs(share) * 100, 1, language) for share in (one.total_error, one.wape))
    side = (("te hoog", "too high") if one.total_error > 0 else ("te laag", "too low"))[which]
    return (
        f"Vorig jaar zat deze prognose eind {month} voor het totaal {off} % {side}, en per vakgroep gemiddeld {each} % ernaast.",
        f"At the end of {month} last year this forecast was {off} % {side} for the total, and {each} % off per group on average.",
    )[which]


def _one_line(text: str) -> str:
    return text.replace("\n", " ")


def _answer(found: Outlook, scope: Scope, many: int, language: Language) -> str:
    """To who sees one group: its own number and the total; how ``many`` there are to talk with, only to who sees all."""
    if scope.whole:
        first, *rest = headline(found, language).replace("\n", " ").split(SIGNALS_FROM[index(language)])
        return visible(f"{first}{calling(many, language)}" if many and rest else "".join([first, *rest]))
    own = (f"{row.name}: {_lower(landing_sentence(row.beside, found.band, language))}" for row in found.rows)
    total = ("Alle vakgroepen samen", "All groups together")[index(language)]
    return visible(" ".join([*own, f"{total}: {_lower(landing_sentence(found.total, found.band, language))}"]))


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _strip(found: Outlook, language: Language) -> Iterator[Found]:
    which = index(language)
    for one in found.strip:
        loud = one.judgement is Judgement.ATTENTION
        yield Found(ITEMS[one.item][which], JUDGEMENTS[one.judgement][which], visible(counted(one, language)), loud)
