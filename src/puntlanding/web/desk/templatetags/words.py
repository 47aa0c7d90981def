"""What templates ask for: words in the reader's language, explanations as lists that open, bars, and what a term means."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from puntlanding.language.notation import Language, day
from puntlanding.web.access import Access
from puntlanding.web.presenters.bars import HEIGHT, WIDTH, Bar
from puntlanding.web.presenters.facts import PARTIES, STATES, VersionFact
from puntlanding.web.presenters.help import meaning_of
from puntlanding.web.presenters.outlook_lines import Range
from puntlanding.web.presenters.stage_page import Cell, Heading
from puntlanding.web.presenters.steps import Step
from puntlanding.web.presenters.tree import Branch
from puntlanding.web.rules import Permission

register = template.Library()

PERMISSIONS = {
    "agreement": Permission.SEE_AGREEMENT,
    "approvals": Permission.SEE_AGREEMENT,
    "budget": Permission.SEE_YEAR,
    "monitoring": Permission.SEE_YEAR,
    "settlement": Permission.SEE_YEAR,
    "distribution": Permission.SEE_DISTRIBUTION,
}
SHORT = 10  # signs: a unit that stays on one line
_ELSEWHERE = ("zie {}", "see {}")


@register.simple_tag(takes_context=True)
def say(context: Mapping[str, Any], nl: str, en: str) -> str:
    return nl if context["nl"] else en


@register.filter
def together(text: str) -> str:
    """No line ends between a euro sign and its amount, or an amount and its percent sign."""
    return str(text).replace("€ ", "€\u00a0").replace(" %", "\u00a0%")


@register.simple_tag(takes_context=True)
def when(context: Mapping[str, Any], at: datetime) -> str:
    local = timezone.localtime(at)
    shown = day(local.date(), Language.DUTCH if context["nl"] else Language.ENGLISH)
    return f"{shown}, {local:%H:%M}"


@register.simple_tag(takes_context=True)
def tree(context: Mapping[str, Any], root: Branch, asks: str, anchor: str = "uitleg", also: str = "") -> SafeString:
    """Its first parts are in sight; deeper ones open on a click, with or without scripts. ``also``: what else an address asks."""
    column, rest = asks.partition(".")[2], f"&{also}" if also else ""
    parts: list[str] = []
    _branch(root, parts, f"{column}{rest}#{anchor}", 0 if context["nl"] else 1, depth=0)
    return mark_safe(f'<ul class="tree">{"".join(parts)}</ul>')  # noqa: S308 - every text in it was escaped


def _branch(one: Branch, parts: list[str], column: str, which: int, depth: int) -> None:
    label, value, how = escape(one.label), escape(one.value), escape(one.how)
    line = f'<span class="what">{label}</span> <span class="value">{value}</span> <span class="how">{how}</span>'
    if one.elsewhere is not None:
        link = escape(_ELSEWHERE[which].format(one.label.partition(":")[0]))
        line += f' <a class="how" href="?uitleg={one.elsewhere}.{escape(column)}">{link}</a>'
    if not one.branches:
        parts.append(f'<li><div class="line">{line}</div></li>')
        return
    opened = " open" if depth < 2 else ""
    parts.append(f'<li><details{opened}><summary><span class="line">{line}</span></summary><ul>')
    for branch in one.branches:
        _branch(branch, parts, column, which, depth + 1)
    parts.append("</ul></details></li>")


@register.simple_tag
def bar(one: Bar | None) -> SafeString:
    """Drawn without styles of its own, so that it follows the page, light or dark, and prints."""
    if one is None:
        return mark_safe("")
    middle = HEIGHT // 2
    shape = format_html(
        '<rect class="{}" x="{}" y="4" width="{}" height="{}"/>', one.side, one.left, one.wide, HEIGHT - 8
    )
    if one.mark:
        shape += format_html('<line class="budget" x1="{0}" x2="{0}" y1="0" y2="{1}"/>', one.mark, HEIGHT)
    if one.paid is not None:
        shape += format_html('<circle class="paid" cx="{}" cy="{}" r="4"/>', one.paid, middle)
    told = format_html('role="img" aria-label="{}"', one.words) if one.words else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="bar" {} width="{}" height="{}" viewBox="0 0 {} {}">{}</svg>',
        told,
        WIDTH,
        HEIGHT,
        WIDTH,
        HEIGHT,
        shape,
    )


@register.simple_tag
def interval(one: Range | None) -> SafeString:
    """The budget is the line in the middle; outside it the bar is coloured, and says so in words."""
    if one is None:
        return mark_safe("")
    return format_html(
        '<svg class="bar" role="img" aria-label="{0}" width="{1}" height="{2}" viewBox="0 0 {1} {2}">'
        '<rect class="{3}" x="{4}" y="4" width="{5}" height="{6}"/><line class="budget" x1="{7}" x2="{7}" y1="0" y2="{2}"/>'
        '<circle class="paid" cx="{8}" cy="{9}" r="4"/></svg>',
        one.words, WIDTH, HEIGHT, one.side, one.left, one.wide, HEIGHT - 8, one.mark, one.at, HEIGHT // 2,
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def heading(context: Mapping[str, Any], one: Heading | str, table: str | int = "") -> SafeString:
    """With what the word means, on pointing at it or coming to it with the keyboard. ``table`` where a page has the same head twice."""
    head = one if isinstance(one, Heading) else Heading(one)
    name, mark, unit = head.text.partition(" (")
    short = "unit" if len(unit) <= SHORT else ""
    text = format_html('{} <span class="{}">({}</span>', name, short, unit) if mark else SafeString(escape(name))
    meaning = meaning_of(head)
    if meaning is None:
        return text
    return format_html(
        '<span class="term" tabindex="0" aria-describedby="{0}">{1}<span class="meaning" role="tooltip" id="{0}">{2}</span></span>',
        f"help-{table}-{slugify(head.text)}", text, meaning.text[0 if context["nl"] else 1],
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def head(context: Mapping[str, Any], nl: str, en: str, table: str | int = "") -> SafeString:
    return heading(context, nl if context["nl"] else en, table)


@register.simple_tag(takes_context=True)
def version_name(context: Mapping[str, Any], one: VersionFact, *, capital: bool = False) -> str:
    name = one.name(0 if context["nl"] else 1)
    return name[:1].upper() + name[1:] if capital else name


@register.simple_tag(takes_context=True)
def version_state(context: Mapping[str, Any], one: VersionFact, *, named: bool = True) -> str:
    """Which version it is, how far it is, and who made it when."""
    which = 0 if context["nl"] else 1
    name = one.name(which)
    at = day(timezone.localtime(one.at).date(), Language.DUTCH if which == 0 else Language.ENGLISH)
    made = (f"gemaakt door {one.by} op {at}", f"made by {one.by} on {at}")[which]
    state = STATES[one.state][which]
    return f"{name[:1].upper()}{name[1:]}: {state}, {made}." if named else f"{state.capitalize()}, {made}."


@register.simple_tag(takes_context=True)
def waits(context: Mapping[str, Any], one: VersionFact) -> str:
    which = 0 if context["nl"] else 1
    parties = (" en " if which == 0 else " and ").join(PARTIES[party][which] for party in one.missing)
    name = version_name(context, one, capital=True)
    return (f"{name} wacht op akkoord van {parties}.", f"{name} waits for approval by {parties}.")[which]


@register.simple_tag(takes_context=True)
def party(context: Mapping[str, Any], name: str) -> str:
    told = PARTIES[name][0 if context["nl"] else 1]
    return told[:1].upper() + told[1:]


@register.simple_tag(takes_context=True)
def step_link(context: Mapping[str, Any], one: Step) -> SafeString:
    """A step is a way in, but not for who may not see its page."""
    allowed = context["access"].may(PERMISSIONS[one.page])
    if not allowed:
        return format_html('<span class="title">{}</span>', one.title)
    return format_html('<a class="title" href="{}">{}</a>', reverse(one.page, args=[context["year"].year]), one.title)


@register.simple_tag(takes_context=True)
def year_cell(context: Mapping[str, Any], cell: Cell, pages: tuple[str, ...], at: int) -> SafeString:
    """To the number's explanation on its own page."""
    if not cell.asks:
        return SafeString(escape(cell.text))
    address = reverse(pages[at], args=[context["year"].year])
    return format_html('<a class="number" href="{}?uitleg={}#uitleg">{}</a>', address, cell.asks, cell.text)


@register.filter
def may(access: Access, permission: str) -> bool:
    """So that a page says what its reader can do now, and to others who does it."""
    return access.may(Permission(permission))


@register.filter
def language_is_dutch(code: str) -> bool:
    """For pages that are not ours, which know their language by Django's code."""
    return not code.startswith("en")
