"""Logging in and out, and the second factor: allauth's own pages, without those that nobody needs here."""

from __future__ import annotations

from allauth.account.urls import urlpatterns as account
from allauth.mfa.urls import urlpatterns as second_factor
from allauth.socialaccount.providers.openid_connect.urls import urlpatterns as own_log_in
from allauth.socialaccount.urls import urlpatterns as social
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path

from puntlanding.web.pages.sessions import sessions
from puntlanding.web.refused import refused


def closed(request: HttpRequest) -> HttpResponse:
    return refused(request, 404, "not_found")


def no_mail(request: HttpRequest) -> HttpResponse:
    return refused(request, 404, "no_mail")


# The address is how somebody is known: changing it is the administrator's.
_CLOSED: list[URLPattern] = [path("email/", closed), path("signup/", closed), path("confirm-email/", closed)]
_RESET: list[URLPattern] = [] if settings.MAIL else [path("password/reset/", no_mail)]

urlpatterns: list[URLPattern | URLResolver] = [
    *_CLOSED,
    *_RESET,
    *account,
    path("sessies/", sessions, name="usersessions_list"),
    path("2fa/", include(second_factor)),
    path("3rdparty/", include(social)),
    *own_log_in,
]
