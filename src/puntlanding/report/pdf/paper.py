"""A record and a template → the bytes of a PDF that screen readers can read (PDF/UA-1, which Typst itself checks).

Only the fonts that Typst carries are used, so that every machine sets the same page: Libertinus Serif, then New Computer Modern, then
DejaVu Sans Mono for what the others lack. The time in the file is that of the agreement, never of the clock: same input, same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from puntlanding.language.sentences import visible

if TYPE_CHECKING:
    import typst

FAMILIES = ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono")
MISSING = "□"
LONGEST = 24  # letters of a word that a narrow column can hold; longer ones may break inside
KNOWN = frozenset(
    [chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x180)) if code != 0xAD]
    + list("–—‘’“”…€−÷×→·│○●□�\u200b\n")
)  # what every one of the fonts' pages shows; tested
VARIANTS = "".join(map(chr, range(0xFE00, 0xFE10)))  # say how the sign before them is drawn, and show nothing
AS_IT_IS = frozenset({"svg", "hash", "keywords"})


def pdf(template: str, record: Mapping[str, Any], when: date, strange: str) -> bytes:
    """``strange``: what a page says that has a sign in it which no font can show."""
    told = {key: _clean(value, key) for key, value in record.items()}
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    unusual = sorted(set(text) - KNOWN - set(VARIANTS))
    noted = json.dumps({**told, "foot": f"{told['foot']} · {strange}"}, ensure_ascii=False, sort_keys=True)
    unknown = [sign for sign in unusual if not _shows(sign)]
    moment = datetime(when.year, when.month, when.day, tzinfo=UTC)
    try:
        return _made(template, noted if unknown else text, unknown, moment)
    except RuntimeError:
        if not unusual:
            raise
        return _made(template, noted, unusual, moment)


def _made(template: str, text: str, unknown: Iterable[str], moment: datetime) -> bytes:
    """Raises RuntimeError where signs that show alone do not show beside one another."""
    shown = text.translate(dict.fromkeys(map(ord, VARIANTS)) | {ord(sign): MISSING for sign in unknown})
    made = _compiler().compile(
        _source(template), format="pdf", sys_inputs={"data": shown}, pdf_standards=["ua-1"], timestamp=moment
    )
    if not isinstance(made, bytes):
        raise TypeError(template)
    return made


def _clean(value: Any, key: str = "") -> Any:
    """Texts without what steers a printer, and with places to break in words that no column can hold."""
    if isinstance(value, str):
        return value if key in AS_IT_IS else _breakable(_printable(value))
    if isinstance(value, Mapping):
        return {name: _clean(one, name) for name, one in value.items()}
    if isinstance(value, Iterable):
        return [_clean(one, key) for one in value]
    return value


def _printable(text: str) -> str:
    """A blank at which no line is broken is one that prints."""
    return "\u00a0".join(visible(part) for part in text.split("\u00a0"))


def _breakable(text: str) -> str:
    return " ".join(_broken(word) for word in text.split(" ")) if len(text) > LONGEST else text


def _broken(word: str) -> str:
    """With a place without width every so many letters, where the word is longer than a column."""
    if len(word) <= LONGEST:
        return word
    return "\u200b".join(word[at : at + LONGEST // 2] for at in range(0, len(word), LONGEST // 2))


@cache
def _source(template: str) -> bytes:
    folder = files("puntlanding.report.pdf").joinpath("templates")
    return b"".join(folder.joinpath(name).read_bytes() for name in ("house.typ", f"{template}.typ"))


@cache
def _compiler() -> typst.Compiler:
    import typst

    fonts = typst.Fonts(include_system_fonts=False)
    return typst.Compiler(font_paths=fonts, ignore_system_fonts=True)


@cache
def _shows(sign: str) -> bool:
    """Whether a page can show it: Typst refuses an accessible page with a hole in it."""
    import typst

    families = ", ".join(f'"{name}"' for name in FAMILIES)
    page = f'#set document(title: "x")\n#set text(font: ({families}), fallback: false)\n#sys.inputs.data#strong(sys.inputs.data)'
    try:
        _compiler().compile(page.encode(), format="pdf", sys_inputs={"data": f"a{sign}a"}, pdf_standards=["ua-1"])
    except typst.TypstError:
        return False
    return True
