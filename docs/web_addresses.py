"""Prints every address of the web application with what it asks, as JSON: `generate_web.py` runs it in a process of its own, for who
has Django running with other settings.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from typing import Any


def walk(patterns: list[Any], before: str = "") -> Iterator[tuple[str, Any]]:
    from django.urls import URLResolver

    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from walk(one.url_patterns, route)
        else:
            yield route, one


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"PUNTLANDING_DATA": folder, "PUNTLANDING_LOCAL": "1"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "puntlanding.web.settings"
        import django

        django.setup()
        from django.urls import get_resolver

        found = [
            (route, one.name, asks.permission.value, asks.posts.value if asks.posts else "")
            for route, one in walk(get_resolver().url_patterns)
            if (asks := getattr(one.callback, "guarded", None)) is not None
        ]
        sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
