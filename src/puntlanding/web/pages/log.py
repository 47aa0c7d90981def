"""The log as sentences, the newest first; by kind, period and person; and to take away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.utils import timezone

from puntlanding.language.notation import Language
from puntlanding.language.sentences import index
from puntlanding.problems import Problem
from puntlanding.web.access import Access, AccessRequest
from puntlanding.web.desk.models import Event, Membership, User
from puntlanding.web.downloads import CSV, handed_out_in_parts
from puntlanding.web.log_checked import checked
from puntlanding.web.log_files import chain, table
from puntlanding.web.pages.base import language_of, shown
from puntlanding.web.pages.wrong import say_wrong
from puntlanding.web.presenters.events import event_sentence
from puntlanding.web.presenters.help import meanings
from puntlanding.web.rules import Permission

ON_A_PAGE = 100
# What somebody looks for: the kinds of events under one name. Kinds under none of them are found without a choice.
SORTS: Mapping[str, tuple[tuple[str, str], tuple[str, ...]]] = {
    "versies": (("versies en akkoord", "versions and approvals"), ("version_", "year_", "source_")),
    "mensen": (
        ("wie er in mag", "who may come in"),
        ("account_", "role_", "password_", "second_factor_reset", "collective_"),
    ),
    "inloggen": (
        ("inloggen", "logging in"),
        ("logged_", "log_in_", "locked_", "second_factor_", "recovery_", "sessions_", "password_changed"),
    ),
    "sleutels": (("sleutels van programma’s", "programs’ tokens"), ("token_",)),
    "gegevens": (("leveringen, plannen en berekeningen", "deliveries, plans and computations"), ("deliver", "work_", "planned_", "fold", "load")),
}  # fmt: skip
_STRANGERS = ("log_in_failed", "locked_out")


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    at: datetime
    told: str


@dataclass(frozen=True, slots=True)
class Asked:
    """``problems``: of what was typed and is no date; it is left out, and said so."""

    sort: str
    since: str
    until: str
    who: str
    problems: tuple[Problem, ...]

    @property
    def query(self) -> str:
        found = {"soort": self.sort, "van": self.since, "tot": self.until, "wie": self.who}
        return urlencode({key: value for key, value in found.items() if value})


def log(request: AccessRequest) -> HttpResponse:
    asked, lines = _found(request)
    say_wrong(request, asked.problems)
    part = Paginator(lines, ON_A_PAGE).get_page(request.GET.get("deel"))
    accounts, which = _accounts(), index(language_of(request))
    told = [Line(one.number, one.at, _sentence(one, accounts, language_of(request))) for one in part.object_list]
    people = Membership.objects.filter(collective=request.access.collective).order_by("user__display_name")
    return shown(
        request, "log", "log", lines=told, part=part, asked=asked, whole=checked(),
        sorts=[(key, names[which]) for key, (names, _) in SORTS.items()],
        people=[(str(pk), name) for pk, name in people.values_list("user_id", "user__display_name")],
    )  # fmt: skip


def log_table(request: AccessRequest) -> HttpResponse:
    """What the page shows with the same choice, every part of it."""
    _, lines = _found(request)
    accounts, language = _accounts(), language_of(request)
    return handed_out_in_parts(table(_rows(lines, accounts, language), language), CSV, "logboek.csv")


def log_chain(request: AccessRequest) -> HttpResponse:
    """The whole chain, whatever the choice: a part of it proves nothing."""
    own = [request.access.collective.pk, *([None] if request.access.may(Permission.ADMINISTER) else [])]
    found = Event.objects.order_by("number").iterator(chunk_size=500)
    return handed_out_in_parts(chain(found, own), "application/jsonl", "logboek.jsonl")


def _rows(
    lines: QuerySet[Event], accounts: Mapping[int, str], language: Language
) -> Iterator[tuple[int, str, str, str, str, str]]:
    for one in lines.iterator(chunk_size=500):
        who = one.actor.display_name if one.actor else ""
        at = timezone.localtime(one.at).isoformat(timespec="seconds")
        yield one.number, at, who, one.kind, _sentence(one, accounts, language), one.hash


def _accounts() -> dict[int, str]:
    return dict(User.objects.values_list("pk", "display_name"))


def _sentence(one: Event, accounts: Mapping[int, str], language: Language) -> str:
    return event_sentence(
        one.kind, one.actor.display_name if one.actor else None, one.details, accounts, language
    )  # fmt: skip


def visible(access: Access) -> QuerySet[Event]:
    """The newest first. Who tries addresses that are nobody's belongs to no collective: that is for administrators."""
    own = Q(collective=access.collective)
    if access.may(Permission.ADMINISTER):
        own |= Q(collective=None, kind__in=_STRANGERS)
    return Event.objects.filter(own).select_related("actor").order_by("-number")


def _found(request: AccessRequest) -> tuple[Asked, QuerySet[Event]]:
    given = request.GET
    asked = Asked(
        given.get("soort", "") if given.get("soort") in SORTS else "", given.get("van", ""), given.get("tot", ""),
        who if (who := given.get("wie", "")).isascii() and who.isdigit() and len(who) < 10 else "", (),
    )  # fmt: skip
    lines = visible(request.access)
    if asked.sort:
        kinds = Q()
        for start in SORTS[asked.sort][1]:
            kinds |= Q(kind__startswith=start)
        lines = lines.filter(kinds)
    if asked.who:
        lines = lines.filter(Q(actor_id=int(asked.who)) | Q(details__account=int(asked.who)))
    since, until = _day(asked.since), _day(asked.until)
    if since is not None:
        lines = lines.filter(at__gte=_start(since))
    if until is not None:
        lines = lines.filter(at__lt=_start(until + timedelta(days=1)))
    typed = ((asked.since, since), (asked.until, until))
    wrong = tuple(Problem("log_period", "-", value=text[:20]) for text, found in typed if text and found is None)
    return Asked(asked.sort, asked.since if since else "", asked.until if until else "", asked.who, wrong), lines


def _day(text: str) -> date | None:
    """As a browser's own calendar sends it."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2100 else None


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def words(request: AccessRequest) -> HttpResponse:
    which = 0 if language_of(request) == "nl" else 1
    return shown(
        request,
        "words",
        "words",
        meanings=sorted(((one.term, one.english)[which], one.text[which], one.term) for one in meanings()),
    )
