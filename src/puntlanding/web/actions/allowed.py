"""Pages ask what somebody may; here it holds for whoever calls."""

from __future__ import annotations

from puntlanding.problems import InputError, Problem
from puntlanding.web.access import Access
from puntlanding.web.rules import Permission


def require(access: Access, permission: Permission) -> None:
    """Raises InputError where the role does not have it."""
    if not access.may(permission):
        raise InputError([Problem("not_yours", "-")])
