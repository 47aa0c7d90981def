"""The door before every address that programs read: a token, then the same table of rules as the pages."""

from __future__ import annotations

import base64
import binascii
import time
from collections.abc import Sequence
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from puntlanding.language.notation import Language
from puntlanding.problems import Problem
from puntlanding.report.contract import problems_record
from puntlanding.web.access import Access, AccessRequest, View
from puntlanding.web.actions.tokens import hash_of
from puntlanding.web.api.models import Token
from puntlanding.web.desk.models import Membership
from puntlanding.web.rules import Permission

PLACE = "-"
MINUTE = 60


class ByToken:
    """What an address asks; found on the view by the tests that walk every address."""

    def __init__(self, permission: Permission) -> None:
        self.permission = permission


def by_token(view: View, permission: Permission) -> View:
    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = _answer(request, *args, **kwargs)
        if "Cache-Control" not in answer:
            answer["Cache-Control"] = "no-store"
        patch_vary_headers(answer, ["Authorization", "Accept-Language"])
        return answer

    def _answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "GET":
            answer = told(405, [Problem("api_method", PLACE)])
            answer["Allow"] = "GET"
            return answer
        token = _token(request)
        if token is None:
            answer = told(401, [Problem("api_no_token", PLACE)])
            answer["WWW-Authenticate"] = 'Bearer realm="puntlanding"'
            return answer
        wait = _over(token)
        if wait:
            answer = told(
                429, [Problem("api_too_many", PLACE, details={"most": settings.API_PER_MINUTE, "seconds": wait})]
            )
            answer["Retry-After"] = str(wait)
            return answer
        access = _access(token)
        if access is None or not access.may(permission):
            return told(403, [Problem("not_yours", PLACE)])
        known = cast("AccessRequest", request)
        known.access = access
        return view(known, *args, **kwargs)

    door.by_token = ByToken(permission)  # type: ignore[attr-defined]  # for who walks the addresses
    door.csrf_exempt = True  # type: ignore[attr-defined]  # no cookie counts here, and nothing can be changed
    return door


def language_now() -> Language:
    return Language.ENGLISH if (get_language() or "").startswith("en") else Language.DUTCH


def told(status: int, problems: Sequence[Problem]) -> HttpResponse:
    """What is wrong, as the command line says it in JSON."""
    content = problems_record(problems, language_now())
    return JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})


def _token(request: HttpRequest) -> Token | None:
    """None where it is missing, unknown, expired or withdrawn, or where its user can no longer log in."""
    secret = _secret(request.headers.get("Authorization", ""))
    if not secret:
        return None
    found = Token.objects.filter(
        hash=hash_of(secret), closed_at=None, expires_at__gt=timezone.now(), user__is_active=True
    )
    return found.select_related("user", "collective").first()


def _secret(header: str) -> str:
    """Of ``Bearer``, or as the password of ``Basic``: there Power BI keeps it apart from the query."""
    kind, _, rest = header.strip().partition(" ")
    match kind.lower():
        case "bearer":
            return rest.strip()
        case "basic":
            try:
                return base64.b64decode(rest.strip(), validate=True).decode().partition(":")[2]
            except (binascii.Error, ValueError):
                return ""
        case _:
            return ""


def _over(token: Token) -> int:
    """Seconds to wait; 0 where it was not asked for too often in this minute."""
    now = int(time.time())
    key = f"api:{token.pk}:{now // MINUTE}"
    cache.add(key, 0, 2 * MINUTE)
    try:
        asked = cache.incr(key)
    except ValueError:  # thrown out of the cache in between
        return 0
    return MINUTE - now % MINUTE if asked > settings.API_PER_MINUTE else 0


def _access(token: Token) -> Access | None:
    """The role that its user has now; None where they have none (any more)."""
    member = (
        Membership.objects.filter(user=token.user, collective=token.collective)
        .select_related("user", "collective")
        .first()
    )
    if member is None:
        return None
    of = Access.of(member)
    scopes = frozenset(Permission(one) for one in token.scopes.split())
    return Access(of.user, of.collective, of.role, of.group, scopes)
