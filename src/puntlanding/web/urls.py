"""Every page, with what it asks of who opens it. A page without a permission cannot be registered."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from puntlanding.web.access import View
from puntlanding.web.guard import guarded
from puntlanding.web.health import health
from puntlanding.web.rules import Permission


def page(route: str, view: View, permission: Permission, name: str, *, posts: Permission | None = None) -> URLPattern:
    """``view`` is reached by who has ``permission``; what it does on POST also asks ``posts``, and without that it takes no POST."""
    return path(route, guarded(view, permission, posts), name=name)


urlpatterns: list[URLPattern | URLResolver] = [
    path("gezondheid", health, name="health"),
    path("account/", include("puntlanding.web.account_urls")),
]

handler400 = "puntlanding.web.faults.bad_request"
handler403 = "puntlanding.web.faults.not_allowed"
handler404 = "puntlanding.web.faults.not_found"
handler500 = "puntlanding.web.faults.fault"
