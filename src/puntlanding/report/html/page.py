"""`puntlanding report --html`: the page itself, with everything it needs inside and no way out."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files as package_files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from puntlanding import __version__
from puntlanding.charts.style import locale
from puntlanding.language.notation import Language, day
from puntlanding.language.sentences import place, sentence, visible
from puntlanding.report.agreement_text import seal_state
from puntlanding.report.beside_store import Beside
from puntlanding.report.dossier import Dossier
from puntlanding.report.html.draw import Drawers
from puntlanding.report.html.figure import Figure, dark_rules, figures, jobs
from puntlanding.report.html.sections import pictures, told
from puntlanding.stage import Stage

if TYPE_CHECKING:
    from jinja2 import Environment


_APART = re.compile(r"(?<=€) (?=\d)|(?<=\d) (?=%)")


@dataclass(frozen=True, slots=True)
class Origin:
    """One line of where it came from: what, its file, its hash."""

    what: str
    file: str
    hash: str


def files(dossier: Dossier, target: Path) -> Mapping[Path, bytes]:
    return {target: page(dossier).encode()}


def page(dossier: Dossier) -> str:
    """One file. Values are escaped by the template; nothing but our own three scripts may run, and nothing may be fetched."""
    with Drawers(2 * len(dossier.groups)) as drawers:
        charts = pictures(dossier)
        work = jobs(charts)
        drawing = drawers.give(work)
        everything = told(dossier, charts)
        svgs = [one for share in drawing for one in share.result()]
        (library,) = drawers.library.result()
    drawn = figures(charts, work, svgs)
    scripts = (_closed(library), resource("page.js"))
    style = resource("page.css").replace("/* dark charts */", dark_rules())
    which = 0 if dossier.language is Language.DUTCH else 1
    return environment().get_template("page.html").render(
        nl=which == 0,
        lang=dossier.language.value,
        owner=visible(dossier.title),
        answer=visible(everything.answer),
        told=everything,
        figures=drawn,
        style=style,
        scripts=scripts,
        policy=_policy(scripts, style),
        charts=_inside_a_script({name: figure.spec for name, figure in drawn.items()}),
        notation=_inside_a_script(_notation(dossier.language, drawn)),
        left_out=[
            *((stage.value, visible(dossier.why_not(stage))) for stage in Stage if not dossier.has(stage)),
            *((one.value, visible(why)) for one in Beside if (why := dossier.why_without(one))),
        ],
        warnings=[(place(one, dossier.language), sentence(one, dossier.language)) for one in dossier.warnings],
        origins=tuple(_origins(dossier, which)),
        signed=seal_state(dossier.provenance.seal, dossier.language),
        since=day(dossier.provenance.effective, dossier.language),
        version=visible(dossier.provenance.version),
        program=__version__,
    )  # fmt: skip


@cache
def environment() -> Environment:
    """Templates of this room; every value is escaped."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    return Environment(
        loader=FunctionLoader(resource), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        finalize=_together,
    )  # fmt: skip


def _together(value: Any) -> Any:
    """No line ends between a euro sign and its amount, or an amount and its percent sign."""
    if type(value) is not str:  # what is marked as safe is none of ours to change
        return value
    return _APART.sub("\u00a0", value)


@cache
def resource(name: str) -> str:
    return package_files("puntlanding.report.html").joinpath(name).read_text(encoding="utf-8")


def _closed(script: str) -> str:
    """A script that stands in a page must not end its own element."""
    return script.replace("</script", r"<\/script")


def _policy(scripts: tuple[str, ...], style: str) -> str:
    """Named by their hashes: what somebody smuggles in through a name does not run, and no address is ever asked for anything."""
    allowed = " ".join(_hash(one) for one in scripts)
    return f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; img-src data: blob:; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _inside_a_script(value: Any) -> str:
    """JSON in which no sign can end the element that it stands in."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.replace("&", r"\u0026").replace("<", r"\u003c").replace(">", r"\u003e").replace("\u2028", r"\u2028").replace("\u2029", r"\u2029")  # fmt: skip


def _notation(language: Language, drawn: Mapping[str, Figure]) -> Mapping[str, Any]:
    dutch = language is Language.DUTCH
    return {
        **locale(language),
        "words": {
            "sort": "sorteer" if dutch else "sort",
            "picture": "Beeld bewaren (SVG)" if dutch else "Save picture (SVG)",
        },
    }


def _origins(dossier: Dossier, which: int) -> Iterator[Origin]:
    found = dossier.provenance
    yield Origin(("afspraak", "agreement")[which], visible(found.agreement_file), found.content.hash)
    for one in found.tables:
        yield Origin(one.table, visible(one.file), one.hash)
    yield Origin(("alle gegevens samen", "all data together")[which], "", found.data_hash)
