"""Whose request this is, on whose behalf, and what that allows: ``request.access`` on every page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse

from puntlanding.web.rules import RULES, Detail, Party, Permission, Role, Rule

if TYPE_CHECKING:
    from puntlanding.web.desk.models import Collective, Membership, User

CHOSEN = "collective"  # in the session, for who belongs to more than one


@dataclass(frozen=True, slots=True)
class Access:
    """``group`` is the group whose detail is shown where the role's detail is ``own``.

    ``scopes``: what a token may at most; None for people, who may what their role may.
    """

    user: User
    collective: Collective
    role: Role
    group: str = ""
    scopes: frozenset[Permission] | None = None
    elsewhere: bool = False  # they belong to another collective too

    @classmethod
    def of(cls, membership: Membership) -> Access:
        return cls(membership.user, membership.collective, Role(membership.role), membership.group)

    @property
    def rule(self) -> Rule:
        return RULES[self.role]

    @property
    def party(self) -> Party | None:
        return self.rule.party

    @property
    def detail(self) -> Detail:
        return self.rule.detail

    def may(self, permission: Permission) -> bool:
        return permission in self.rule.permissions and (self.scopes is None or permission in self.scopes)

    def sees(self, group: str) -> bool:
        """Whether more of ``group`` may be shown than what the total says."""
        match self.detail:
            case Detail.ALL:
                return True
            case Detail.OWN:
                return bool(self.group) and group == self.group
            case Detail.NONE:
                return False

    def visible(self, groups: Iterable[str]) -> tuple[str, ...]:
        """Those of ``groups`` that may be shown, in the same order."""
        return tuple(group for group in groups if self.sees(group))


class AccessRequest(HttpRequest):
    """A request that passed the door: who asks is known, and that it is allowed."""

    access: Access


def access_of(request: HttpRequest) -> Access | None:
    """None where nobody is logged in, or where they belong to no collective (any more)."""
    from puntlanding.web.desk.models import Membership

    user = request.user
    if not user.is_authenticated:
        return None
    # The first that they were given, until they choose: who adds them elsewhere does not take them away from here.
    own = list(Membership.objects.filter(user_id=user.pk).select_related("collective").order_by("pk"))
    chosen = request.session.get(CHOSEN)
    found = next((one for one in own if one.collective_id == chosen), None) or next(iter(own), None)
    if found is None:
        return None
    return Access(user, found.collective, Role(found.role), found.group, elsewhere=len(own) > 1)


View = Callable[..., HttpResponse]
