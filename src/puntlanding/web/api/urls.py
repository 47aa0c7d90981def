"""Every address that programs read. What does not say what it asks is not there."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET
from ninja.openapi.schema import get_schema

from puntlanding.web.api import benchmark_endpoints, outlook_endpoints  # noqa: F401 - register their addresses
from puntlanding.web.api.door import by_token
from puntlanding.web.api.endpoints import api, asked

BEFORE = "api/v1/"


def document() -> dict[str, Any]:
    """The OpenAPI document."""
    found = dict(get_schema(api, BEFORE))
    schemes = {"sleutel": {"type": "http", "scheme": "bearer"}}
    found["components"] = {**found["components"], "securitySchemes": schemes}
    found["security"] = [{"sleutel": []}]
    return found


@require_GET
def described(_request: HttpRequest) -> HttpResponse:
    """Open to everybody: it tells of the program, and of nobody's figures."""
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False})


def _guarded(one: URLPattern) -> URLPattern:
    if one.name is None:
        raise ValueError("an address without a name asks for nothing")
    return URLPattern(one.pattern, by_token(one.callback, asked[one.name]), one.default_args, one.name)


_LEFT_OUT = {"api-root", "openapi-json", "openapi-view"}
urlpatterns: list[URLPattern] = [
    path("openapi.json", described, name="api_document"),
    *(_guarded(one) for one in api.urls[0] if isinstance(one, URLPattern) and one.name not in _LEFT_OUT),
]
