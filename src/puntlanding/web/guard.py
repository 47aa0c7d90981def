"""The door before every page: denied unless allowed."""

from __future__ import annotations

from functools import wraps
from typing import Any, cast

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from puntlanding.web.access import AccessRequest, View, access_of
from puntlanding.web.refused import refused
from puntlanding.web.rules import Permission

_READING = ("GET", "HEAD")


class AnsweredError(Exception):
    """What is wrong has a page of its own, which is the answer instead of the one that was asked for."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response


class Guarded:
    """What a view asks; found on the view by the tests that walk every address."""

    def __init__(self, permission: Permission, posts: Permission | None) -> None:
        self.permission, self.posts = permission, posts


def guarded(view: View, permission: Permission, posts: Permission | None = None) -> View:
    @wraps(view)
    def guard(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _to_log_in(request)
        if _lacks_second_factor(request):
            return redirect("mfa_activate_totp")
        access = access_of(request)
        if access is None:
            return refused(request, 403, "no_membership")
        if request.method not in _READING and not (request.method == "POST" and posts is not None):
            return HttpResponseNotAllowed([*_READING, *(["POST"] if posts is not None else [])])
        asked = [permission] if request.method in _READING or posts is None else [permission, posts]
        if not all(access.may(one) for one in asked):
            return refused(request, 403, "not_allowed")
        if _unsound(request):
            return refused(request, 400, "bad_request")
        known = cast("AccessRequest", request)
        known.access = access
        try:
            response = view(known, *args, **kwargs)
        except AnsweredError as answered:
            response = answered.response
        add_never_cache_headers(response)
        return response

    guard.guarded = Guarded(permission, posts)  # type: ignore[attr-defined]  # for who walks the addresses
    return guard


def _unsound(request: HttpRequest) -> bool:
    """No browser sends a NUL in a field, and not every database keeps one."""
    fields = (*request.GET.lists(), *request.POST.lists())
    return any("\0" in text for name, values in fields for text in (name, *values))


def _to_log_in(request: HttpRequest) -> HttpResponse:
    """A page that asks for a part of itself goes there whole, and comes back to where it was; one in which somebody is typing stays, and
    says so.
    """
    part = cast("HtmxDetails | None", getattr(request, "htmx", None))
    if not part:
        return redirect_to_login(request.get_full_path())
    if request.method not in _READING:
        return refused(request, 401, "session_over")
    there = redirect_to_login(part.current_url_abs_path or request.get_full_path())
    answer = HttpResponseClientRedirect(there.url)
    add_never_cache_headers(answer)
    return answer


def _lacks_second_factor(request: HttpRequest) -> bool:
    """Who came in by the hospital's own log-in has shown there what it asks."""
    if not settings.SECOND_FACTOR_REQUIRED or is_mfa_enabled(request.user):
        return False
    return not any(one.get("method") == "socialaccount" for one in get_authentication_records(request, request.user))
