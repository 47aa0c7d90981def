"""Is this the file that was given out? What is sent is read and forgotten."""

from __future__ import annotations

from django.http import HttpResponse

from puntlanding.language.sentences import index
from puntlanding.problems import InputError, Problem
from puntlanding.web.access import AccessRequest
from puntlanding.web.desk.verified import LARGEST, found_in
from puntlanding.web.pages.base import language_of, shown
from puntlanding.web.pages.wrong import say_wrong
from puntlanding.web.rules import Permission


def verify(request: AccessRequest) -> HttpResponse:
    language, found, status, name = language_of(request), None, 200, ""
    if request.method == "POST":
        try:
            name, data = _sent(request)
            found = found_in(request.access, data, name, language)
        except InputError as error:
            status = 422
            say_wrong(request, error.problems)
    which = index(language)
    response = shown(
        request, "verify", "verify", found=found, sent=name, what="" if found is None else found.what[which],
        more=[] if found is None else [one[which] for one in found.more], megabytes=LARGEST >> 20,
        figures=request.access.may(Permission.SEE_AGREEMENT),
    )  # fmt: skip
    response.status_code = status
    return response


def _sent(request: AccessRequest) -> tuple[str, bytes]:
    sent = request.FILES.get("bestand")
    if sent is None:
        raise InputError([Problem("verify_no_file", "-")])
    name = (sent.name or "bestand")[:100]
    if sent.size is None or sent.size > LARGEST:
        raise InputError([Problem("verify_too_large", name, details={"megabytes": LARGEST >> 20})])
    if sent.file is None:  # the disk did not take it, or not beside what else was sent
        raise InputError([Problem("upload_failed", name, details={"reason": getattr(sent, "refused", "") or "EFBIG"})])
    return name, sent.read()
