"""A part of a page as it was written before, where it follows from content alone."""

from __future__ import annotations

import sys
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString

from puntlanding.web.desk.models import Year
from puntlanding.web.remembered import Same, by_content, html

register = template.Library()


@dataclass(frozen=True, slots=True)
class _Numbered:
    """All that a part may know of the row of a year."""

    year: int


@register.simple_tag(takes_context=True)
def ready(context: Mapping[str, Any], name: str, **given: Any) -> SafeString:
    """As ``include … only``, of what is ``given`` and the language: the part sees no request, no reader and no message."""
    known = _known(context, given)
    return html.get((name, _key(known)), lambda: SafeString(get_template(name).render(known)), sys.getsizeof)


class _Written(template.Node):
    def __init__(self, nodelist: NodeList, given: Mapping[str, FilterExpression]) -> None:
        self.nodelist, self.given = nodelist, given

    def render(self, context: Context) -> SafeString:
        known = _known(context, {key: one.resolve(context) for key, one in self.given.items()})
        return html.get((Same(self), _key(known)), lambda: self._alone(context, known), sys.getsizeof)

    def _alone(self, context: Context, known: Mapping[str, Any]) -> SafeString:
        apart, page = Context(dict(known)), context.template
        if page is None:
            raise template.TemplateSyntaxError("a part stands in a page")
        with apart.render_context.push_state(page), apart.bind_template(page):
            return self.nodelist.render(apart)


@register.tag
def written(parser: Parser, token: Token) -> _Written:
    """``{% written page=page year=year %} … {% endwritten %}``: the same for what stands between."""
    given = token_kwargs(token.split_contents()[1:], parser)
    nodelist = parser.parse(("endwritten",))
    parser.delete_first_token()
    return _Written(nodelist, given)


def _known(context: Mapping[str, Any] | Context, given: Mapping[str, Any]) -> dict[str, Any]:
    known = {key: _Numbered(one.year) if isinstance(one, Year) else one for key, one in given.items()}
    return known | {"nl": context["nl"], "lang": "nl" if context["nl"] else "en"}


def _key(known: Mapping[str, Any]) -> Hashable:
    return by_content({key: ("year", one.year) if isinstance(one, _Numbered) else one for key, one in known.items()})
