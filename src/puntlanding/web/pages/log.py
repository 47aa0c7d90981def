"""The log as sentences, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpResponse

from puntlanding.web.access import AccessRequest
from puntlanding.web.desk.models import User
from puntlanding.web.desk.queries import events
from puntlanding.web.pages.base import language_of, shown
from puntlanding.web.presenters.events import event_sentence
from puntlanding.web.presenters.help import meanings

ON_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    at: datetime
    told: str


def log(request: AccessRequest) -> HttpResponse:
    part = Paginator(events(request.access), ON_A_PAGE).get_page(request.GET.get("deel"))
    accounts = dict(User.objects.values_list("pk", "display_name"))
    language = language_of(request)
    lines = [
        Line(one.number, one.at, event_sentence(
            one.kind, one.actor.display_name if one.actor else None, one.details, accounts, language
        ))
        for one in part.object_list
    ]  # fmt: skip
    return shown(request, "log", "log", lines=lines, part=part)


def words(request: AccessRequest) -> HttpResponse:
    which = 0 if language_of(request) == "nl" else 1
    return shown(request, "words", "words", meanings=[(one.term, one.text[which]) for one in meanings()])
