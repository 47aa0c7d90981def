"""A made-up year in which every name tries to be something else: a tag, a script, a formula, markup, text that runs backwards."""

from __future__ import annotations

import csv
import io
from pathlib import Path

NAMES = (
    '<script>document.title="taken"</script>',
    "</script><img src=x onerror=\"document.title='taken'\">",
    '=HYPERLINK("http://example.org";"x")',
    "{{ 7 * 7 }} & {% raw %}",
    "\"onmouseover='document.title=1' x='",
    "#set page() $x$ [*_ \\ @ref",
    "Een vakgroep met een naam die veel langer is dan in enige kolom past, en dan nog wat",
)
PROGRAM = '<b onclick="document.title=1">MSB</b> </title><script>document.title="taken"</script>'


def write_hostile(folder: Path) -> Path:
    """A case of which every stage but the forecast can be computed."""
    folder.mkdir(parents=True, exist_ok=True)
    organisation = PROGRAM.replace('"', '\\"')
    (folder / "afspraak.toml").write_text(
        f'[afspraak]\norganisatie = "{organisation}"\njaar = 2026\n\n'
        '[[contract]]\nnaam = "<i>Noord</i>"\nsoort = "plafond"\n\n[[contract]]\nnaam = "</script>Zuid"\nsoort = "aanneemsom"\n\n'
        '[afrekening]\nherverdeling = "naar_rato"\n\n[kader]\nbedrag = 1000000.00\n',
        encoding="utf-8",
    )
    contracts = ("<i>Noord</i>", "</script>Zuid")
    _write(
        folder / "vakgroepen.csv",
        [
            ("vakgroep", "specialisme", "rol"),
            *((name, f"03{at:02}", "poort") for at, name in enumerate(NAMES, start=1)),
        ],
    )
    head = ("vakgroep", "contract", "norm_fte")
    _write(
        folder / "begroting.csv",
        [head, *((name, one, f"{at}.5") for at, name in enumerate(NAMES, start=1) for one in contracts)],
    )
    _write(
        folder / "realisatie.csv",
        [head, *((name, one, f"{8 - at}.25") for at, name in enumerate(NAMES, start=1) for one in contracts)],
    )
    return folder


def _write(path: Path, rows: list[tuple[str, ...]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")
