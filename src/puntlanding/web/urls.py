"""Every page, with what it asks of who opens it."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from puntlanding.web.budget_urls import pages as budget_pages
from puntlanding.web.event_urls import pages as event_pages
from puntlanding.web.health import health
from puntlanding.web.pages import (
    agreement,
    agreement_compare,
    agreement_form,
    agreement_incentives,
    approvals,
    benchmark,
    efficiency,
    every_type,
    formation,
    log,
    monitoring,
    reports,
    simulation,
    stages,
    work,
    year,
)
from puntlanding.web.people_urls import pages as people_pages
from puntlanding.web.route import page
from puntlanding.web.rules import Permission
from puntlanding.web.vega import chart_library

urlpatterns: list[URLPattern | URLResolver] = [
    path("gezondheid", health, name="health"),
    path("account/", include("puntlanding.web.account_urls")),
    path("", include("puntlanding.web.data_urls")),
    path("taal", set_language, name="set_language"),
    path("tekenen/<str:name>", chart_library, name="chart_library"),
    path("api/v1/", include("puntlanding.web.api.urls")),
    page("", year.start, Permission.SEE_OWN, "start"),
    page("begrippen", log.words, Permission.SEE_OWN, "words"),
    page("logboek", log.log, Permission.SEE_AUDIT, "log"),
    page("<int:year>/", year.the_year, Permission.SEE_YEAR, "year"),
    page("<int:year>/afspraak", agreement.agreement, Permission.SEE_AGREEMENT, "agreement"),
    page(
        "<int:year>/afspraak/wijzigen",
        agreement_form.change,
        Permission.DELIVER,
        "agreement_change",
        posts=Permission.DELIVER,
    ),
    page(
        "<int:year>/afspraak/nakijken",
        agreement_form.check,
        Permission.DELIVER,
        "agreement_check",
        posts=Permission.DELIVER,
    ),
    page(
        "<int:year>/afspraak/vergelijken",
        agreement_compare.compare,
        Permission.SEE_AGREEMENT,
        "agreement_compare",
        posts=Permission.DELIVER,
    ),
    page(
        "<int:year>/afspraak/prikkels",
        agreement_incentives.incentives_page,
        Permission.SEE_AGREEMENT,
        "agreement_incentives",
    ),
    *budget_pages,
    page("<int:year>/volgen", monitoring.monitoring, Permission.SEE_YEAR, "monitoring"),
    page("<int:year>/volgen.csv", monitoring.monitoring_file, Permission.SEE_YEAR, "monitoring_file"),
    page("<int:year>/afrekening", stages.settlement, Permission.SEE_YEAR, "settlement"),
    page("<int:year>/afrekening.csv", stages.settlement_file, Permission.SEE_YEAR, "settlement_file"),
    page("<int:year>/afrekening/soorten", every_type.every_contract_type, Permission.SEE_YEAR, "every_type"),
    page("<int:year>/verdeling", stages.distribution, Permission.SEE_DISTRIBUTION, "distribution"),
    page("<int:year>/verdeling.csv", stages.distribution_file, Permission.SEE_DISTRIBUTION, "distribution_file"),
    page("<int:year>/benchmark", benchmark.benchmark, Permission.SEE_YEAR, "benchmark"),
    page("<int:year>/benchmark.csv", benchmark.benchmark_file, Permission.SEE_YEAR, "benchmark_file"),
    page("<int:year>/efficiency", efficiency.efficiency, Permission.SEE_YEAR, "efficiency"),
    page("<int:year>/efficiency.csv", efficiency.efficiency_file, Permission.SEE_YEAR, "efficiency_file"),
    page("<int:year>/formatie", formation.formation, Permission.SEE_YEAR, "formation"),
    page("<int:year>/formatie.csv", formation.formation_file, Permission.SEE_YEAR, "formation_file"),
    page("<int:year>/akkoord", approvals.approvals, Permission.SEE_AGREEMENT, "approvals"),
    page("versie/<int:version>/", agreement.one_version, Permission.SEE_AGREEMENT, "version"),
    page(
        "versie/<int:version>/voorleggen",
        approvals.propose,
        Permission.SEE_AGREEMENT,
        "propose",
        posts=Permission.PROPOSE,
    ),
    page(
        "versie/<int:version>/akkoord", approvals.approve, Permission.SEE_AGREEMENT, "approve", posts=Permission.APPROVE
    ),
    page(
        "versie/<int:version>/weigeren", approvals.refuse, Permission.SEE_AGREEMENT, "refuse", posts=Permission.APPROVE
    ),
    page("<int:year>/simulatie", simulation.simulation, Permission.CALCULATE, "simulation", posts=Permission.CALCULATE),
    page(
        "versie/<int:version>/rapporten",
        reports.report_set,
        Permission.CALCULATE,
        "report_set",
        posts=Permission.CALCULATE,
    ),
    page("werk", work.work, Permission.CALCULATE, "work"),
    page("werk/<uuid:job>/", work.job, Permission.CALCULATE, "job"),
    page("werk/<uuid:job>/annuleren", work.cancel_job, Permission.CALCULATE, "cancel_job", posts=Permission.CALCULATE),
    page("werk/<uuid:job>/bestand/<str:name>", work.job_file, Permission.CALCULATE, "job_file"),
    *event_pages,
    *people_pages,
]

handler400 = "puntlanding.web.faults.bad_request"
handler403 = "puntlanding.web.faults.not_allowed"
handler404 = "puntlanding.web.faults.not_found"
handler429 = "puntlanding.web.faults.too_often"  # allauth asks for it, when somebody tries too often
handler500 = "puntlanding.web.faults.fault"
