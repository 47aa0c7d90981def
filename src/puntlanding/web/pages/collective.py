"""On behalf of which collective: for who belongs to more than one."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from puntlanding.language.sentences import index
from puntlanding.web.access import CHOSEN, AccessRequest
from puntlanding.web.desk.models import Membership
from puntlanding.web.pages.base import language_of, shown
from puntlanding.web.rules import RULES, Role


def collective(request: AccessRequest) -> HttpResponse:
    """What is chosen holds for this log-in; one that is not theirs is no choice."""
    own = Membership.objects.filter(user=request.access.user).select_related("collective").order_by("pk")
    if request.method == "POST":
        asked = request.POST.get("collective", "")
        found = next((one for one in own if str(one.collective_id) == asked), None)
        if found is not None:
            request.session[CHOSEN] = found.collective_id
        return redirect("start")
    which = index(language_of(request))
    rows = [
        (one.collective_id, one.collective.name, RULES[Role(one.role)].name[which], one.collective_id == request.access.collective.pk)
        for one in own
    ]  # fmt: skip
    return shown(request, "collective", "collective", rows=rows)
