"""What a reader finds in a PDF, by poppler's programs: its text, its fonts, and whether it is tagged."""

from __future__ import annotations

import re
import shutil
import subprocess
from fractions import Fraction
from pathlib import Path

import pytest

HERE = all(shutil.which(name) for name in ("pdftotext", "pdffonts", "pdfinfo"))
needs_poppler = pytest.mark.skipif(not HERE, reason="poppler-utils (pdftotext, pdffonts, pdfinfo) is not installed")
FONTS = ("LibertinusSerif", "NewCM10", "DejaVuSansMono")
AMOUNT = re.compile(r"(?<![\w.,])(\d{1,3}(?:\.\d{3})*,\d{2})(?![\d,])")
HOSTILE = (
    "#set page(fill: red)", "$x^2$ & co", "[link](http://x) *vet* _s_", "<script>alert(1)</script>", "back\\slash", "=1+1", "@cmd",
    "../../etc/passwd", "Zeer" + "lange" * 18, "#panic[x]",
)  # fmt: skip


def text_of(pdf: Path) -> str:
    """As it stands on the page, blanks of every kind as one."""
    return _read("pdftotext", "-layout", str(pdf), "-").replace("\u00a0", " ").replace("\u200b", "")


def facts_of(pdf: Path) -> dict[str, str]:
    lines = _read("pdfinfo", str(pdf)).splitlines()
    return {key: value.strip() for key, _, value in (line.partition(":") for line in lines)}


def fonts_of(pdf: Path) -> list[tuple[str, bool]]:
    """Name without the letters of its subset, and whether it is embedded."""
    found = []
    for line in _read("pdffonts", str(pdf)).splitlines()[2:]:
        name, *_ = line.split()
        found.append((name.partition("+")[2] or name, line.split()[-5] == "yes"))
    return found


def read_number(text: str) -> Fraction:
    """1.234,56 with a sign before it or not."""
    plain = text.replace(" ", "").replace("−", "-").replace("+", "").replace(".", "").replace(",", ".")
    return Fraction(plain)


def steps_of(text: str, unit: str) -> list[tuple[str, Fraction]]:
    """The rows of the waterfall that is headed by ``unit``."""
    rows: list[tuple[str, Fraction]] = []
    inside = False
    for line in text.splitlines():
        if re.fullmatch(rf"\s*stap\s+{unit}", line):
            inside = True
            continue
        if inside:
            found = re.fullmatch(r"\s*(\S.*?)\s{2,}([+−] )?([\d.]+,\d\d)", line)
            if found is None:
                break
            rows.append((found[1], read_number((found[2] or "") + found[3])))
    return rows


def _read(*words: str) -> str:
    done = subprocess.run(words, capture_output=True, check=True, timeout=60)
    return done.stdout.decode()
