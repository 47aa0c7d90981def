"""The pages of the budget: reading it, changing it, delivering files, a new year."""

from __future__ import annotations

from django.urls import URLPattern

from puntlanding.web.pages import budget, budget_draft, budget_edit, budget_records, budget_workbook, deliver
from puntlanding.web.route import page
from puntlanding.web.rules import Permission

_SEES, _MAKES = Permission.SEE_YEAR, Permission.DELIVER

pages: list[URLPattern] = [
    page("<int:year>/begroting", budget.budget, _SEES, "budget"),
    page("<int:year>/begroting.csv", budget.budget_file, _SEES, "budget_file"),
    page("<int:year>/begroting/<int:at>", budget.budget_group, _SEES, "budget_group"),
    page("<int:year>/begroting/<int:at>/wijzigen", budget_edit.budget_edit, _MAKES, "budget_edit", posts=_MAKES),
    page("<int:year>/begroting/<int:at>/gevolg", budget_edit.budget_effect, _MAKES, "budget_effect", posts=_MAKES),
    page("<int:year>/begroting/concept", budget_draft.budget_draft, _MAKES, "budget_draft", posts=_MAKES),
    page("<int:year>/begroting/werkmap", budget_workbook.budget_workbook, _MAKES, "budget_workbook"),
    page("<int:year>/begroting/inlezen", budget_workbook.budget_upload, _MAKES, "budget_upload", posts=_MAKES),
    page("<int:year>/begroting/registratie", budget_records.budget_records, _MAKES, "budget_records", posts=_MAKES),
    page("<int:year>/aanleveren", deliver.deliver, _MAKES, "deliver", posts=_MAKES),
    page("nieuw-jaar", deliver.new_year, _MAKES, "new_year", posts=_MAKES),
]
