"""What was wrong with what somebody asked or sent, in words: above the page, or as a list on it."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages

from puntlanding.language.notation import Language
from puntlanding.language.sentences import place, sentence, visible
from puntlanding.problems import Problem
from puntlanding.web.access import AccessRequest
from puntlanding.web.pages.base import language_of

NOWHERE = "-"  # the place of a problem that is in no file


def say_wrong(request: AccessRequest, problems: Iterable[Problem]) -> None:
    """Above the page that comes next."""
    for problem in problems:
        messages.error(request, sentence(problem, language_of(request)))


def wrong_lines(problems: Iterable[Problem], language: Language) -> list[tuple[str, str]]:
    """Where, empty for what is in no file; and what is wrong, with the remedy."""
    return [("" if one.file == NOWHERE else place(one, language), sentence(one, language)) for one in problems]


def wrong_once(problems: Iterable[Problem], language: Language) -> tuple[str, ...]:
    """What is wrong in several places is said once."""
    return tuple(dict.fromkeys(visible(sentence(one, language)) for one in problems))
