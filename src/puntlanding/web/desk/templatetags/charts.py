"""What the template of a chart asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from puntlanding.web.presenters.figures import ASKS, Drawn

register = template.Library()


@register.simple_tag(takes_context=True)
def chart_as(context: Mapping[str, Any], one: Drawn, form: str) -> str:
    """The address of the page that is open, with what it asks, and which chart of it is taken in which form."""
    asked = context["request"].GET.copy()
    asked[ASKS] = f"{one.name}.{form}"
    return f"?{asked.urlencode()}"
