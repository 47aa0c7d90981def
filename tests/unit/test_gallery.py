"""The page with all charts: none is forgotten, nothing is missing, and what stands there opens without a network."""

from __future__ import annotations

import inspect
import pkgutil
import re
from importlib import import_module
from xml.etree import ElementTree

import pytest

import gallery
import puntlanding.charts
from puntlanding.charts.picture import Picture

pytestmark = pytest.mark.unit

PAGE = gallery.PAGE.read_text(encoding="utf-8")
IMAGES = re.findall(r"!\[(.*?)\]\((\S+?)\)", PAGE)
MOST_BYTES = 3_000_000


def drawing(module):
    """What a module of charts offers: public functions that give a picture of a result."""
    for name, one in inspect.getmembers(module, inspect.isfunction):
        own = one.__module__ == module.__name__ and not name.startswith("_")
        if own and inspect.signature(one).return_annotation == Picture.__name__ and name != "drawn":
            yield name


def test_every_chart_is_in_the_gallery():
    shown = set(re.findall(r"`charts/(\w+)\.py`", PAGE))
    modules = [
        import_module(f"puntlanding.charts.{one.name}") for one in pkgutil.iter_modules(puntlanding.charts.__path__)
    ]
    made = {module: list(drawing(module)) for module in modules}
    assert shown == {module.__name__.rpartition(".")[2] for module, names in made.items() if names}
    assert len(shown) >= 12
    for names in made.values():
        for name in names:
            assert hasattr(gallery, name), f"docs/gallery.py does not draw {name}"


def test_every_picture_is_there_in_two_sizes_and_none_is_left_behind():
    files = [file for _, file in IMAGES]
    assert len(files) == len(set(files))
    assert {one.name for one in gallery.GALLERY.glob("*.svg")} == set(files)
    assert {file.removesuffix(".svg") + "-klein.svg" for file in files[::2]} == set(files[1::2])
    assert all(alt for alt, _ in IMAGES)
    assert sum(path.stat().st_size for path in gallery.GALLERY.iterdir()) < MOST_BYTES


def test_pictures_open_without_a_network_and_have_their_width():
    for path in gallery.GALLERY.glob("*.svg"):
        text = path.read_text(encoding="utf-8")
        root = ElementTree.fromstring(text)
        wanted = gallery.SMALL if path.stem.endswith("-klein") else gallery.NORMAL
        assert abs(float(root.get("width", "0")) - wanted) <= 40, path.name
        links = [value for one in root.iter() for key, value in one.attrib.items() if key.endswith("href")]
        assert not [one for one in links if not one.startswith("#")]
        assert "<script" not in text
        assert "NaN" not in text


def test_one_picture_is_in_english_and_the_others_in_dutch():
    assert PAGE.count("The forecast is ") == 2  # normal and small
    assert PAGE.startswith("<!-- Gemaakt door docs/gallery.py")
