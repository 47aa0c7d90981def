"""An address and what it asks of who opens it: a page without a permission cannot be registered."""

from __future__ import annotations

from django.urls import URLPattern, path

from puntlanding.web.access import View
from puntlanding.web.guard import guarded
from puntlanding.web.rules import Permission


def page(route: str, view: View, permission: Permission, name: str, *, posts: Permission | None = None) -> URLPattern:
    """``view`` is reached by who has ``permission``; what it does on POST also asks ``posts``, and without that it takes no POST."""
    return path(route, guarded(view, permission, posts), name=name)
