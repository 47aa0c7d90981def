"""What the pages about comparable groups draw in their rows."""

from __future__ import annotations

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from puntlanding.web.presenters.bars import HEIGHT
from puntlanding.web.presenters.strip import POINT, WIDTH, Strip
from puntlanding.web.presenters.tree import Branch

register = template.Library()


@register.simple_tag
def strip(one: Strip | None) -> SafeString:
    """Without styles of its own, so that it follows the page, light or dark, and prints; its words tell it."""
    if one is None:
        return mark_safe("")
    middle = HEIGHT // 2
    shape = SafeString("")
    if one.low is not None:
        shape += format_html('<line class="whole" x1="{0}" x2="{1}" y1="{2}" y2="{2}"/>', one.low, one.high, middle)
        shape += format_html('<rect class="half" x="{}" y="3" width="{}" height="{}"/>', one.left, one.wide, HEIGHT - 6)
        shape += format_html('<line class="middle" x1="{0}" x2="{0}" y1="3" y2="{1}"/>', one.middle, HEIGHT - 3)
    shape += format_html('<line class="budget" x1="{0}" x2="{0}" y1="0" y2="{1}"/>', one.mark, HEIGHT)
    if one.own is not None:
        shape += format_html('<circle class="paid" cx="{}" cy="{}" r="{}"/>', one.own, middle, POINT)
    return format_html(
        '<svg class="bar among" role="img" aria-label="{0}" width="{1}" height="{2}" viewBox="0 0 {1} {2}">{3}</svg>',
        one.words, WIDTH, HEIGHT, shape,
    )  # fmt: skip


@register.simple_tag
def folded(root: Branch) -> SafeString:
    """A tree of which the first level is in sight; deeper ones open on a click, with or without scripts."""
    parts: list[str] = []
    _fold(root, parts, depth=0)
    return mark_safe(f'<ul class="tree">{"".join(parts)}</ul>')  # noqa: S308 - every text in it was escaped


def _fold(one: Branch, parts: list[str], depth: int) -> None:
    label, value, how = escape(one.label), escape(one.value), escape(one.how)
    line = f'<span class="what">{label}</span> <span class="value">{value}</span> <span class="how">{how}</span>'
    if not one.branches:
        parts.append(f'<li><div class="line">{line}</div></li>')
        return
    opened = " open" if depth < 1 else ""
    parts.append(f'<li><details{opened}><summary><span class="line">{line}</span></summary><ul>')
    for branch in one.branches:
        _fold(branch, parts, depth + 1)
    parts.append("</ul></details></li>")
