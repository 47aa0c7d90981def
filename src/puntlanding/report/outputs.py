"""The reports of a year, by the option that asks for them: each a function from a dossier to files, of which none is written yet.

A new form is a module with such a function and a line in `OUTPUTS`. Modules are imported when they are asked for: a PDF compiler and
a chart library take longer to load than a settlement takes to compute.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from puntlanding.report.dossier import Dossier

Files = Mapping[Path, bytes]


@dataclass(frozen=True, slots=True)
class Output:
    """``module`` has ``files(dossier, target) -> Files``; ``folder`` says whether the target is one. ``name`` is what it is called
    in the folder of a whole set.
    """

    option: str
    module: str
    folder: bool
    name: str

    def files(self, dossier: Dossier, target: Path) -> Files:
        made: Callable[[Dossier, Path], Files] = import_module(f"puntlanding.report.{self.module}").files
        return made(dossier, target)


OUTPUTS: dict[str, Output] = {
    one.option: one
    for one in (
        Output("xlsx", "live_workbook", folder=False, name="werkmap.xlsx"),
        Output("statements", "pdf.statements", folder=True, name="verklaringen"),
        Output("board", "pdf.board", folder=False, name="bestuursverslag.pdf"),
        Output("html", "html.page", folder=False, name="verslag.html"),
    )
}  # fmt: skip
