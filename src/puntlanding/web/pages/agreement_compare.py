"""The year's agreement beside others: types of contract, other versions, one's own draft, and a proposal that was sent."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse

from puntlanding.agreement import read_agreement
from puntlanding.agreement.content import content_of
from puntlanding.agreement.overlay import Whole, is_overlay, read_overlay
from puntlanding.agreement.toml_file import LARGEST
from puntlanding.charts.comparison_slope import comparison_slope
from puntlanding.files.toml_form import endless, key_lines
from puntlanding.language.notation import Language
from puntlanding.language.sentences import index, place, sentence, visible
from puntlanding.problems import InputError, Problem, errors, limited
from puntlanding.web.access import AccessRequest
from puntlanding.web.actions.agreements import base_of
from puntlanding.web.cached import Recent
from puntlanding.web.desk.agreed_cases import basis_for
from puntlanding.web.desk.dossiers import cached
from puntlanding.web.desk.models import Kind, Version, Year
from puntlanding.web.desk.queries import current, latest, versions
from puntlanding.web.pages.agreement_form import copies
from puntlanding.web.pages.base import asked_year, fact, language_of, shown
from puntlanding.web.presenters.agreement_beside import Laid, Other, beside_page, laid_beside, types_of
from puntlanding.web.presenters.agreement_effect import MEASURES, Basis
from puntlanding.web.presenters.agreement_state import from_record
from puntlanding.web.presenters.agreement_typed import Base, typed
from puntlanding.web.presenters.facts import STATES
from puntlanding.web.presenters.figures import Drawn, drawn_pictures, figures_of
from puntlanding.web.rules import Permission
from puntlanding.web.sight import scope_of
from puntlanding.web.working_copies import WorkingCopies

PAGE = "agreement"
CHOSEN = "agreement_beside"  # in the session: what a link to an explanation need not repeat
TYPES, DRAFT, SENT = "soorten", "concept", "voorstel"
MOST = 10
_recent: Recent[Laid] = Recent(4)
_RECEIVED = ("Het voorstel staat nu naast de afspraak. Alleen u ziet het.", "The proposal now stands beside the agreement. Only you see it.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be laid beside; ``told`` is what it is called."""

    key: str
    told: str
    chosen: bool


def compare(request: AccessRequest, year: int) -> HttpResponse:
    found = asked_year(request, year)
    if request.method == "POST":
        return _received(request, found)
    version, data = current(found, Kind.AGREEMENT) or latest(found), latest(found)
    if version is None or data is None:
        return shown(request, PAGE, "nothing_yet", found, stage="agreement", why="")
    language = language_of(request)
    try:
        base = base_of(version.snapshot)
        own = _other(fact(version).name(0), fact(version).name(1), base)
        basis = None if own is None else basis_for(request.access, found, data, own.agreement)
    except InputError as error:
        told = [(place(one, language), sentence(one, language)) for one in error.problems if scope_of(request.access).whole]  # fmt: skip
        return shown(request, PAGE, "unreadable", found, problems=told, version=fact(version))
    if basis is None or own is None:
        return shown(request, PAGE, "agreement_compare", found, page=None, version=fact(version), choices=())
    every = dict(_at_hand(request, found, version, base))
    chosen = _chosen(request, every)
    others = [one for key in chosen for one in (types_of(own.agreement) if key == TYPES else [every[key]])]
    euros = request.access.may(Permission.SEE_DISTRIBUTION)
    scope = scope_of(request.access)
    laid = _laid_beside(basis, own, others[:MOST], language, euros=euros)
    asks = request.GET.get("uitleg", "")
    which = index(language)
    return shown(
        request, PAGE, "agreement_compare", found, page=beside_page(laid, basis, scope, language, asks), asks=asks,
        figures=_figures(laid, basis, data, fact(version).content, language_of(request).value) if scope.whole else (),
        version=fact(version), choices=[Choice(key, _told(one, which), key in chosen) for key, one in every.items()],
        chosen=urlencode([("naast", key) for key in chosen]), simulation=_simulation(found),
        may_send=request.access.may(Permission.DELIVER),
    )  # fmt: skip


def _laid_beside(basis: Basis, own: Other, others: Sequence[Other], language: Language, *, euros: bool) -> Laid:
    """Kept for the next number that is asked of the same comparison: settling a year under every type takes half a second."""
    source = basis.loaded.provenance
    if source is None:
        return laid_beside(basis, own, others, language, euros=euros)
    about = (str(settings.DATA), source.data_hash, basis.measure, basis.case.agreement, own, others, language, euros)
    key = hashlib.sha256(repr(about).encode()).hexdigest()
    return _recent.get(key, lambda: laid_beside(basis, own, others, language, euros=euros))


def _told(one: Other, which: int) -> str:
    return visible(one.title[which])


def _other(nl: str, en: str, base: Base) -> Other | None:
    agreement, _ = read_agreement(base.raw, {}, base.file)
    title = (nl[:1].upper() + nl[1:], en[:1].upper() + en[1:])
    return None if agreement is None else Other(title, agreement, base.raw)


def _at_hand(request: AccessRequest, year: Year, own: Version, base: Base) -> Iterator[tuple[str, Other]]:
    """All that can be laid beside, by the word in the address. What cannot be read (any more) is left out."""
    agreement, _ = read_agreement(base.raw, {}, base.file)
    if agreement is not None:
        yield TYPES, Other(("Elke soort contract", "Every type of contract"), agreement)
    draft = _draft(request, year)
    if draft is not None:
        yield DRAFT, draft
    sent = _sent(request, year, base)
    if sent is not None:
        yield SENT, sent
    for one in versions(year, Kind.AGREEMENT).exclude(pk=own.pk)[:MOST]:
        try:
            its = base_of(one.snapshot)
        except InputError:
            continue
        told, state = fact(one), STATES[one.state]
        found = _other(f"{told.name(0)}, {state[0]}", f"{told.name(1)}, {state[1]}", its)
        if found is not None and found.agreement.year == year.year:
            yield f"v{one.pk}", found


def _draft(request: AccessRequest, year: Year) -> Other | None:
    copy = copies().get(year.pk, request.access.user.pk) if request.access.may(Permission.DELIVER) else None
    if copy is None:
        return None
    try:
        made = typed(from_record(copy.content), base_of(copy.based_on))
    except (InputError, KeyError, TypeError, ValueError):
        return None
    return None if made.agreement is None else Other(("Uw concept", "Your draft"), made.agreement, made.raw)


def _proposals() -> WorkingCopies:
    return WorkingCopies(settings.DATA, "proposal")


def _sent(request: AccessRequest, year: Year, base: Base) -> Other | None:
    copy = _proposals().get(year.pk, request.access.user.pk) if request.access.may(Permission.DELIVER) else None
    if copy is None:
        return None
    try:
        return _proposal(str(copy.content["name"]), str(copy.content["text"]), base, year.year)
    except (InputError, KeyError):
        return None


def _proposal(file: str, text: str, base: Base, year: int) -> Other:
    """A whole agreement, or an overlay on the own. Raises InputError with all that is wrong in it."""
    if endless(text):
        raise InputError([Problem("proposal_not_toml", file)])
    try:
        raw = tomllib.loads(text.removeprefix("\ufeff"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        raise InputError([Problem("proposal_not_toml", file)]) from None
    lines = key_lines(text)
    whole: Mapping[str, Any] = raw
    if is_overlay(raw):
        read = read_overlay(raw, lines, file, Whole(base.raw, key_lines(base.text), base.file))
        agreement, problems, whole = read.agreement, list(read.problems), read.raw
    else:
        agreement, problems = read_agreement(raw, lines, file)
    if agreement is None:
        raise InputError(errors(problems))
    if agreement.year != year:
        details = {"year": year, "found": agreement.year}
        raise InputError([Problem("compare_other_year", file, None, "afspraak.jaar", details=details)])
    content_of(whole)
    title = (f"Voorstel {file}", f"Proposal {file}")
    return Other(title, agreement, whole)


def _received(request: AccessRequest, year: Year) -> HttpResponse:
    """A proposal of the other party: kept for who sent it, and shown to nobody else."""
    language, user = language_of(request), request.access.user
    to = reverse("agreement_compare", args=[year.year])
    if request.POST.get("doe") == "weg":
        _proposals().drop(year.pk, user.pk)
        return redirect(to)
    version = current(year, Kind.AGREEMENT) or latest(year)
    try:
        file, text = _upload(request)
        if version is None:
            return redirect(to)
        _proposal(file, text, base_of(version.snapshot), year.year)
        _proposals().keep(year.pk, user.pk, version.snapshot, {"name": file, "text": text})
    except InputError as error:
        for problem in limited(error.problems, MOST):
            messages.error(request, f"{place(problem, language)}. {sentence(problem, language)}")
        return redirect(to)
    messages.success(request, _RECEIVED[index(language)])
    return redirect(f"{to}?naast={SENT}")


def _upload(request: AccessRequest) -> tuple[str, str]:
    """Its name without folders, and its text. Raises InputError for what cannot be a file of an agreement."""
    upload = request.FILES.get("voorstel")
    if upload is None or upload.file is None or (upload.size or 0) > LARGEST:
        raise InputError([Problem("proposal_not_toml", "-")])
    file = visible(upload.name or "voorstel.toml").replace("\\", "/").rpartition("/")[2][:80]
    try:
        return file, upload.read().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise InputError([Problem("proposal_not_toml", file)]) from None


def _chosen(request: AccessRequest, every: Mapping[str, Other]) -> list[str]:
    """What the address names; what was chosen last where it asks for an explanation only; else what stands closest at hand."""
    asked = request.GET.getlist("naast")
    if asked:
        request.session[CHOSEN] = asked[:MOST]
    elif request.GET.get("uitleg"):
        asked = request.session.get(CHOSEN, [])
    found = [key for key in every if key in asked]
    return found or [key for key in every if key != TYPES][:3] or [TYPES][: len(every)]


def _figures(laid: Laid, basis: Basis, data: Version, content: str, language: str) -> tuple[Drawn, ...]:
    """What stands beside what, in which order, names the picture that is kept."""
    hashes = [repr((laid.titles[one.letter], _hash(one.proposal.case.agreement))) for one in laid.found.columns]
    euros = laid.found.own.euros is not None
    key = hashlib.sha256(
        "\n".join([content, str(basis.measure), str(basis.case.agreement.year), str(euros), *hashes]).encode()
    ).hexdigest()
    which = 0 if language == "nl" else 1
    over = MEASURES[basis.measure][which].format(basis.case.agreement.year)
    told = (f"Eigen berekening, {over}.", f"Own computation, {over}.")[which]

    def draw() -> bytes:
        try:
            return drawn_pictures([comparison_slope(laid.found, told, Language(language))], "vergelijking")
        except ValueError:  # there is nothing that can be compared
            return b"[]"

    return figures_of(cached().get(data.snapshot, f"vergelijking-{key[:32]}-{language}", draw))


def _hash(agreement: object) -> str:
    return hashlib.sha256(repr(agreement).encode()).hexdigest()


def _simulation(year: Year) -> str:
    try:
        return reverse("simulation", args=[year.year])
    except NoReverseMatch:
        return ""
