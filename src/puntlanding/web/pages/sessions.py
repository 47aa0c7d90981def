"""Where somebody is logged in, and ending that elsewhere: allauth's own page, with its line in the log."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.views import ListUserSessionsView
from django.http import HttpResponse

from puntlanding.web.audit import EventKind
from puntlanding.web.sign_ins import told_of


class Sessions(ListUserSessionsView):  # type: ignore[misc]  # allauth has no types
    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        told_of(EventKind.SESSIONS_ENDED, self.request.user, self.request.user)
        return answer


sessions = Sessions.as_view()
