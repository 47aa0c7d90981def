"""A part of a page as it was written before, where it follows from content alone."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString

from puntlanding.web.desk.models import Year
from puntlanding.web.remembered import by_content, html

register = template.Library()


@dataclass(frozen=True, slots=True)
class _Numbered:
    """All that a part may know of the row of a year."""

    year: int


@register.simple_tag(takes_context=True)
def ready(context: Mapping[str, Any], name: str, **given: Any) -> SafeString:
    """As ``include … only``, of what is ``given`` and the language: the part sees no request, no reader and no message."""
    known = {key: _Numbered(one.year) if isinstance(one, Year) else one for key, one in given.items()}
    known |= {"nl": context["nl"], "lang": context["lang"]}
    years = {key: ("year", one.year) for key, one in known.items() if isinstance(one, _Numbered)}
    key = (name, by_content(known | years))
    return html.get(key, lambda: SafeString(get_template(name).render(known)), sys.getsizeof)
