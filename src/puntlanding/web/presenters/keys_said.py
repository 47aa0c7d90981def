"""Keys of an agreement as the command line names them → the words by which people know them on a page."""

from __future__ import annotations

import re
from collections.abc import Mapping

from puntlanding.agreement.difference import settings_of
from puntlanding.agreement.keys import CONTRACT, OPEN_SECTIONS, SECTIONS
from puntlanding.agreement.wording import noun, reads, section_title
from puntlanding.contract_types import CONTRACT_TYPES
from puntlanding.language.notation import Language
from puntlanding.language.sentences import index
from puntlanding.setting import Setting

_KEY = re.compile(r'\[{1,2}(\w+)\]{1,2}(?: "([^"]*)")?(?: ([a-z_]+)\b)?(?: = "([^"]*)")?')


def in_words(text: str, language: Language) -> str:
    """``[[contract]] "Noord" bandbreedte`` as `de bandbreedte van Noord`; what is no key of the catalogue stays as it is typed."""
    return _KEY.sub(lambda found: _said(found, index(language)), text)


def _said(found: re.Match[str], which: int) -> str:
    section, name, key, value = found.groups()
    if section not in SECTIONS and section not in OPEN_SECTIONS and section != CONTRACT:
        return found.group()
    whose = "" if name is None else f" {('van', 'of')[which]} {name}"
    if key is None:
        return f"‘{section_title(section)[which]}’{whose}"
    known: Mapping[str, str] = {key: value or ""}
    setting = settings_of(section, known)[key]
    means = None if value is None else _means(section, setting, value)
    return f"{noun(section, setting)[which]}{whose}" + ("" if means is None else f" ({means[which].rstrip('.')})")


def _means(section: str, setting: Setting, value: str) -> tuple[str, str] | None:
    if section == CONTRACT and value in CONTRACT_TYPES:
        kind = CONTRACT_TYPES[value]
        return kind.nl.partition(":")[0].lower(), kind.en.partition(":")[0].lower()
    return reads(section, setting, value)
