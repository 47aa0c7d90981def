"""What starts long work, on pages of another subject."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from puntlanding.web.rules import Permission

register = template.Library()


@register.inclusion_tag("web/report_button.html", takes_context=True)
def report_button(context: Mapping[str, Any], version: int | None = None) -> dict[str, Any]:
    """Of ``version``, or of the one in the address of the page; nothing for who may not have reports made."""
    number = version or context["request"].resolver_match.kwargs.get("version")
    may = number is not None and context["access"].may(Permission.CALCULATE)
    return {"may_report": may, "number": number, "nl": context["nl"], "csrf_token": context.get("csrf_token")}
