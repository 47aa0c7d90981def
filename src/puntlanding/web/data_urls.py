"""The addresses of the data page, with what each asks of who opens it."""

from __future__ import annotations

from django.urls import URLPattern

from puntlanding.web.pages import data, data_delivery
from puntlanding.web.route import page
from puntlanding.web.rules import Permission

_SEE, _LOAD = Permission.SEE_DATA, Permission.LOAD_RECORDS

urlpatterns: list[URLPattern] = [
    page("<int:year>/gegevens", data.data, _SEE, "data"),
    page("<int:year>/gegevens/aanleveren", data.deliver_records, _SEE, "deliver_records", posts=_LOAD),
    page("<int:year>/gegevens/bijdrage", data.make_contribution, _SEE, "make_contribution", posts=_LOAD),
    page("<int:year>/gegevens/terugtoets", data.try_forecast, _SEE, "try_forecast", posts=Permission.CALCULATE),
    page("levering/<uuid:delivery>/", data_delivery.delivery, _SEE, "delivery"),
    page("levering/<uuid:delivery>/laden", data_delivery.load_delivery, _SEE, "load_delivery", posts=_LOAD),
    page("levering/<uuid:delivery>/controleren", data_delivery.check_delivery, _SEE, "check_delivery", posts=_LOAD),
    page("levering/<uuid:delivery>/intrekken", data_delivery.withdraw_delivery, _SEE, "withdraw_delivery", posts=_LOAD),
    page("versie/<int:version>/bestanden/<str:file>", data.version_file, Permission.SEE_FILES, "version_file"),
]
