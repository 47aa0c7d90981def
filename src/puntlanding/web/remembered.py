"""What follows from content alone is worked out once per process: what a page tells of a year, and the HTML of its large tables.

What is remembered hangs on every argument of what made it and on nothing else, so that it cannot be somebody else's: a plain value counts by
what it is, a frozen object by being that very object, which is kept with it. Anything that could change, or that knows who asks, is refused.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import is_dataclass
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from typing import Any, ParamSpec, TypeVar

from puntlanding.web.presenters.scope import Scope

PAGES, HTML_BYTES = 256, 32 * 2**20  # of one process: of what pages tell, and of HTML
# Of these, equal ones of one class read the same; of floats, decimals and moments they need not.
_PLAIN = (str, int, type(None), date, Fraction, Enum, frozenset, Scope)
P = ParamSpec("P")
T = TypeVar("T")


class Same:
    """Equal to nothing but the object that it holds, which therefore stays."""

    __slots__ = ("one",)

    def __init__(self, one: object) -> None:
        self.one = one

    def __hash__(self) -> int:
        return id(self.one)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.one is self.one


def by_content(value: object) -> Hashable:
    """Raises TypeError for what can change or hangs on who asks: rows, requests, lists."""
    if isinstance(value, _PLAIN) and not isinstance(value, datetime):
        return type(value), value
    if isinstance(value, tuple):
        return type(value), *map(by_content, value)
    if isinstance(value, Mapping):
        return dict, *((by_content(key), by_content(one)) for key, one in value.items())
    if is_dataclass(value) and not isinstance(value, type) and type(value).__dataclass_params__.frozen:  # type: ignore[attr-defined]
        return Same(value)
    raise TypeError(f"not remembered by a {type(value).__name__}")


class Bounded:
    """The last that were asked for, as long as their sizes together are at most ``most``."""

    def __init__(self, most: int) -> None:
        self.most, self._size = most, 0
        self._found: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T], size: Callable[[T], int]) -> T:
        """Two who ask at the same moment may both make it: they find the same."""
        with self._lock:
            kept = self._found.get(key)
            if kept is not None:
                self._found.move_to_end(key)
                found: T = kept[0]
                return found
        made = make()
        with self._lock:
            if key in self._found:
                first: T = self._found[key][0]
                return first
            self._found[key] = made, size(made)
            self._size += size(made)
            while self._size > self.most:
                self._size -= self._found.popitem(last=False)[1][1]
        return made

    def clear(self) -> None:
        with self._lock:
            self._found.clear()
            self._size = 0

    def __len__(self) -> int:
        return len(self._found)


pages, html = Bounded(PAGES), Bounded(HTML_BYTES)


def remembered(make: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """``make(*args, **kwargs)``, which says the same each time it is asked the same; a failure is not remembered."""
    of = getattr(make, "__self__", None)  # of a method, the object counts as an argument does
    key = (getattr(make, "__func__", make), by_content(of), by_content(args), by_content(kwargs))
    return pages.get(key, lambda: make(*args, **kwargs), lambda _: 1)
