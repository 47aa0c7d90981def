"""What can be taken from a page that shows charts: what a browser draws one from, the picture as a file, its numbers.

At the page's own address, so that it is of the same numbers, asks the same permission and is of the same sight as the page itself.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from puntlanding.charts.style import locale
from puntlanding.language.notation import Language
from puntlanding.web import vega
from puntlanding.web.desk.dossiers import cached
from puntlanding.web.downloads import CSV, handed_out
from puntlanding.web.presenters.figures import ASKS, Drawn, as_png, as_svg


def taken(request: HttpRequest, context: Mapping[str, Any]) -> HttpResponse | None:
    """What ``request`` asks of the charts in ``context``; None where it asks for the page. Raises Http404 for what is not on it."""
    asked = request.GET.get(ASKS)
    if asked is None or request.method == "POST":
        return None
    name, _, form = asked.rpartition(".")
    found = next((one for one in charts_in(context) if one.name == name and one.definition is not None), None)
    if found is None or form not in _FORMS:
        raise Http404
    return _FORMS[form](found)


def charts_in(context: Mapping[str, Any]) -> Iterator[Drawn]:
    for value in context.values():
        if isinstance(value, tuple):
            yield from (one for one in value if isinstance(one, Drawn))


def _definition(one: Drawn) -> HttpResponse:
    """With the notation of the reader's language, and where the library is that draws it."""
    return JsonResponse({"spec": one.definition, "library": vega.address(), **locale(Language(one.language))})


def _csv(one: Drawn) -> HttpResponse:
    return _file(one, base64.b64decode(one.csv.partition(",")[2]), CSV, "csv")


def _svg(one: Drawn) -> HttpResponse:
    return _file(one, _drawn_once(one, "beeld.svg", lambda: as_svg(one)), "image/svg+xml", "svg")


def _png(one: Drawn) -> HttpResponse:
    return _file(one, _drawn_once(one, "beeld.png", lambda: as_png(one)), "image/png", "png")


_FORMS: Mapping[str, Callable[[Drawn], HttpResponse]] = {"json": _definition, "csv": _csv, "svg": _svg, "png": _png}


def _drawn_once(one: Drawn, what: str, draw: Callable[[], bytes]) -> bytes:
    """Kept by all that is in the picture."""
    content = [one.title, one.subtitle, one.source, one.words, one.language, one.definition]
    return cached().get(hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest(), what, draw)


def _file(one: Drawn, content: bytes, kind: str, ending: str) -> HttpResponse:
    return handed_out(content, kind, f"{one.file.rpartition('.')[0]}.{ending}")
