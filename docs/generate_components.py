"""The parts of docs/reference/onderdelen that follow from the code: keys, lists and pot of each component.

The pages are written by hand around a block between two marks; formulas, sources and examples stand on the page itself, where
tests/spec works the examples out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from puntlanding.components import COMPONENTS, Component
from puntlanding.components.base import lists_of
from puntlanding.setting import Setting

_BLOCK = re.compile(r"(<!-- sleutels: .*? -->\n).*?(<!-- einde sleutels -->)", re.DOTALL)


def component_pages(folder: Path, settings: Callable[[Iterable[Setting]], str]) -> dict[Path, str]:
    """Path → the page as it is, with its block as the code is now. Raises ValueError where a page has no block."""
    pages = {}
    for position, (section, component) in enumerate(COMPONENTS.items(), start=1):
        path = folder / page_name(position, section)
        block = _block(component, settings)
        text, found = _BLOCK.subn(lambda match, new=block: f"{match[1]}{new}{match[2]}", path.read_text("utf-8"))  # type: ignore[misc]
        if found != 1:
            raise ValueError(f"{path.name}: no place for the keys")
        pages[path] = text
    return pages


def page_name(position: int, section: str) -> str:
    return f"{position}-{section.replace('_', '-')}.md"


def page_of(section: str) -> str:
    return page_name(list(COMPONENTS).index(section) + 1, section)


def _block(component: Component, settings: Callable[[Iterable[Setting]], str]) -> str:
    title = f"[[{component.section}]]" if component.repeated else f"[{component.section}]"
    lists = "".join(f"- {_list(name, condition)}\n" for name, condition in lists_of(component).items())
    more = " Mag er vaker zijn." if component.repeated else ""
    return f"\n## `{title}`\n\n{component.nl}{more}\n\n{settings(component.settings)}\nNodig aan lijsten:\n\n{lists}\n"


def _list(name: str, condition: str) -> str:
    link = f"[{name}](../bestanden.md#{name})"
    told = " of ".join(f"`{part}`" for part in condition.split(" / "))
    return f"{link}, bij {told}" if condition else link
