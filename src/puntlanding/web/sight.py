"""As whom a reader sees the groups: everything that is told of one passes through the scope made here."""

from __future__ import annotations

import hashlib

from puntlanding.web.access import Access
from puntlanding.web.presenters.scope import EVERYTHING, Scope
from puntlanding.web.rules import Detail


def scope_of(access: Access) -> Scope:
    match access.detail:
        case Detail.ALL:
            return EVERYTHING
        case Detail.OWN if access.group:
            return Scope.of([access.group])
        case _:
            return Scope.of([])


def scope_key(scope: Scope) -> str:
    """For a name under which something is kept."""
    if scope.groups is None:
        return "alles"
    return hashlib.sha256("\n".join(sorted(scope.groups)).encode()).hexdigest()[:16]
