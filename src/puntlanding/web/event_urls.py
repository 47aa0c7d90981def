"""The pages of planned events and the forecast as a file, with what each asks of who opens it."""

from __future__ import annotations

from django.urls import URLPattern

from puntlanding.web.pages import events, monitoring
from puntlanding.web.route import page
from puntlanding.web.rules import Permission

SEES, SAYS = Permission.SEE_YEAR, Permission.DELIVER

pages: list[URLPattern] = [
    page("<int:year>/prognose.csv", monitoring.outlook_file, SEES, "outlook_file"),
    page("<int:year>/gebeurtenissen", events.planned, SEES, "planned_events", posts=SAYS),
    page("<int:year>/gebeurtenissen.csv", events.events_file, SEES, "planned_events_file"),
    page("<int:year>/gebeurtenissen/<int:event>", events.one_event, SEES, "planned_event", posts=SAYS),
]
