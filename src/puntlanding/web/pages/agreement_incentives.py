"""What one norm hour more brings, around every budget: which incentive the agreement gives."""

from __future__ import annotations

import json

from django.http import HttpResponse

from puntlanding.agreement import read_agreement
from puntlanding.case.variants import under
from puntlanding.charts.incentive_curves import incentive_curves
from puntlanding.language.notation import Language
from puntlanding.language.sentences import index, sentence, visible
from puntlanding.problems import InputError, errors
from puntlanding.report.incentives_words import told
from puntlanding.report.what_if import around_the_budget
from puntlanding.web.access import AccessRequest
from puntlanding.web.actions.agreements import base_of
from puntlanding.web.desk.agreed_cases import basis_of
from puntlanding.web.desk.dossiers import cached
from puntlanding.web.desk.models import Kind, Version
from puntlanding.web.desk.queries import current, latest
from puntlanding.web.desk.soon import NotYetError, soon
from puntlanding.web.pages.base import asked_year, fact, language_of, shown
from puntlanding.web.presenters.figures import drawn_pictures, figures_of
from puntlanding.web.presenters.keys_said import in_words
from puntlanding.web.rules import Permission
from puntlanding.web.sight import scope_of

PAGE = "agreement"


def incentives_page(request: AccessRequest, year: int) -> HttpResponse:
    """Per group, so only for who sees all of them and how the money is divided; to others it says so."""
    found, language = asked_year(request, year), language_of(request)
    version, data = current(found, Kind.AGREEMENT) or latest(found), latest(found)
    if version is None or data is None:
        return shown(request, PAGE, "nothing_yet", found, stage="agreement", why="")
    if not scope_of(request.access).whole or not request.access.may(Permission.SEE_DISTRIBUTION):
        return shown(request, PAGE, "agreement_incentives", found, closed=True, version=fact(version))
    try:
        kept = _made(version, data, language)
    except NotYetError:
        return shown(request, PAGE, "agreement_incentives", found, busy=True, version=fact(version))
    except InputError as error:
        why = " ".join(dict.fromkeys(sentence(one, language) for one in errors(error.problems)))
        return shown(request, PAGE, "agreement_incentives", found, refused=why, version=fact(version))
    said = json.loads(kept)
    findings = [(title, in_words(text, language)) for title, text in said["findings"]]
    notes = [in_words(text, language) for text in said["notes"]]
    return shown(
        request, PAGE, "agreement_incentives", found, verdict=said["verdict"], findings=findings,
        notes=notes, figures=figures_of(said["figures"].encode()), version=fact(version),
    )  # fmt: skip


def _made(version: Version, data: Version, language: Language) -> bytes:
    """Once per version and language, some seconds: every group up and down from its budget. Raises NotYetError while that goes on."""
    what, kept = f"prikkels-{version.snapshot[:32]}-{language.value}", cached()
    named = fact(data).name(index(language))  # here: the thread beside the requests asks no rows

    def make() -> bytes:
        return kept.get(data.snapshot, what, lambda: _worked_out(version.snapshot, data, named, language))

    return kept.found(data.snapshot, what) or soon(f"{kept.root} {data.snapshot} {what}", make)


def _worked_out(snapshot: str, data: Version, named: str, language: Language) -> bytes:
    """Raises InputError where the case does not allow it."""
    base, basis = base_of(snapshot), basis_of(data)
    agreement, problems = read_agreement(base.raw, {}, base.file)
    if agreement is None or basis is None:
        raise InputError(errors(problems))
    case, wrong = under(basis.case, agreement, basis.loaded)
    if errors(wrong):
        raise InputError(errors(wrong))
    found = around_the_budget(case)
    one = told("", found, language)
    source = ("Eigen berekening op de gegevens van {0}.", "Computed on the data of {0}.")[index(language)]
    picture = incentive_curves(found, source.format(named), language)
    return json.dumps(
        {
            "verdict": visible(one.verdict),
            "findings": [[visible(title), visible(text)] for title, text in one.findings],
            "notes": [visible(note) for note in one.notes],
            "figures": drawn_pictures([picture], "prikkels").decode(),
        },
        ensure_ascii=False,
    ).encode()
