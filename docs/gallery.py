"""Draws every chart anew from demonstration data, and writes the page that shows them: `make gallery`.

Minutes of work, and nothing that a test needs; so `make docs` leaves it alone. The same data and program give the same bytes.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from puntlanding.benchmark.drill_down import drill_down
from puntlanding.benchmark.efficiency import efficiencies
from puntlanding.benchmark.efficiency_weights import EfficiencyWeights
from puntlanding.benchmark.ex_ante import ex_ante
from puntlanding.benchmark.peers import PeerRule, PeersBy
from puntlanding.benchmark.strata import compare
from puntlanding.case import Loaded, load_case
from puntlanding.case.linked import Link, load_linked
from puntlanding.case.linked_forecast import ForecastAsked, linked_outlook
from puntlanding.case.norm_lists import read_norm_tables
from puntlanding.charts.benchmark_distribution import benchmark_distribution
from puntlanding.charts.budget_by_group import budget_by_group
from puntlanding.charts.comparison_slope import comparison_slope
from puntlanding.charts.efficiency_strata import efficiency_strata
from puntlanding.charts.euro_waterfall import amount_waterfall, frame_waterfall
from puntlanding.charts.forecast_fan import forecast_fan
from puntlanding.charts.forecast_over_budget import forecast_over_budget
from puntlanding.charts.forecast_parts import forecast_parts
from puntlanding.charts.incentive_curves import incentive_curves
from puntlanding.charts.landing import landing
from puntlanding.charts.over_under import over_under
from puntlanding.charts.paid_waterfall import paid_waterfall
from puntlanding.charts.picture import Picture
from puntlanding.charts.simulation_fans import simulation_fans
from puntlanding.cli.compare import made_comparison
from puntlanding.cli.incentives import made_incentives
from puntlanding.cli.main import main as command
from puntlanding.cli.output import Options
from puntlanding.cli.simulate import made_simulation
from puntlanding.contribution import merge, read_contributions
from puntlanding.demo.collective import write_collective
from puntlanding.language.notation import Language
from puntlanding.report.dossier import Dossier
from puntlanding.year import Year

ROOT = Path(__file__).resolve().parent.parent
GALLERY = ROOT / "docs" / "galerij"
PAGE = GALLERY / "README.md"
NORMAL, SMALL = 680, 360
HOSPITAL, YEAR, GROUP, OFF, SPECIALISM = "ziekenhuis-01", 2025, "Cardiologie", "MDL", "0320"
SOME = ("Heelkunde", "Cardiologie", "Neurologie", "Radiologie (ondersteunend)")
AS_OF, LATER = date(2025, 8, 31), date(2026, 6, 30)
FIXED = "[kader]\nvaste_component = 0.40\n"
OPEN = '[[contract]]\nnaam = "Verzekeraar 9901"\nsoort = "schaduwdraaien"\n'
INTRODUCTION = """<!-- Gemaakt door docs/gallery.py; wijzig niet hier maar daar. -->

# Alle grafieken

Getekend uit verzonnen gegevens: een ziekenhuis van `puntlanding demo store`, en de case `examples/onderdelen`. Elke grafiek staat er op
normale en op kleine breedte. De titel zegt wat er te zien is; de regel eronder in welke eenheid, en wat elk teken betekent. Wie haar niet kan
zien, krijgt dezelfde getallen in woorden mee; erachter staat een tabel met de exacte getallen.

Oranje is boven, blauw is onder, en geen van beide is goed of slecht. Amber staat er alleen waar de begroting buiten het interval ligt. Bij
elke kleur hoort een tweede teken (plaats, vorm of woord), zodat de grafieken ook in grijs te lezen zijn.
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """``module`` draws it; ``told`` says what it is for."""

    file: str
    heading: str
    told: str
    module: str
    picture: Picture


@dataclass(frozen=True, slots=True)
class Demonstration:
    """A made-up store with six hospitals, their contributions and benchmark."""

    folder: Path

    @property
    def store(self) -> Path:
        return self.folder / "opslag"

    @property
    def contributions(self) -> Path:
        return self.folder / "bijdragen"

    @property
    def norms(self) -> Path:
        return self.folder / "normtijden.csv"

    def made(self) -> Demonstration:
        _run("demo", "store", self.folder)
        for year in (YEAR - 1, YEAR):
            kinds = self.folder / "ziekenhuizen.csv"
            _run("fold", "alle", year, "--store", self.store, "--hospitals", kinds, "--out", self.contributions)
        files = self.of_the_year_before()
        where = ("--publish", self.store / "benchmark", "--date", f"{YEAR - 1}-12-15")
        _run("benchmark", "ex-ante", YEAR, *files, "--norms", self.norms, "--peers", "alle", *where)
        return self

    def of_the_year_before(self) -> list[Path]:
        return sorted(self.contributions.glob(f"*-{YEAR - 1}.bijdrage"))

    def asked(self) -> dict[str, Any]:
        """The case in the store, as commands name it."""
        return {"store": self.store, "hospital": HOSPITAL, "year": YEAR, "contributions": self.contributions}


def _run(*words: object) -> None:
    """Raises RuntimeError with what the command said."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = command([str(word) for word in words])
    if status:
        raise RuntimeError(said.getvalue())


def dossier(loaded: Loaded) -> Dossier:
    if loaded.provenance is None:
        raise ValueError("a case that was read has a provenance")
    return Dossier(Year(loaded.checked()), loaded.provenance, Language.DUTCH)


def of_a_year(told: Dossier, parts: Dossier) -> Iterator[Shown]:
    """``parts``: a year whose agreement has components."""
    year, source = told.year, told.source
    care = {name: one.care_fte for name, one in year.formation.items()}
    yield Shown("begroting", "De begroting", "Norm fte per vakgroep, en hoeveel fte er is.", "budget_by_group", budget_by_group(year.budget, source, care_fte=care))  # fmt: skip
    settled = year.settlement
    yield Shown("over-onder", "Boven en onder de begroting", "Wie deed meer of minder dan begroot, en wat wordt betaald?", "over_under", over_under(settled, source))  # fmt: skip
    yield Shown("betaald", "Van gerealiseerd naar betaald", "Welke regels van de afspraak maken het verschil? Van alle vakgroepen samen, of van een.", "paid_waterfall", paid_waterfall(settled, source))  # fmt: skip
    shared, group = parts.year.distribution, parts.groups[0]
    yield Shown("kader", "Van het kader naar de vakgroepen", "Wat komt erbij, wat blijft staan, wat gaat naar kosten?", "euro_waterfall", frame_waterfall(shared, parts.source))  # fmt: skip
    yield Shown("bedrag", "Het bedrag van een vakgroep", "Wat elk onderdeel van de afspraak bijdraagt.", "euro_waterfall", amount_waterfall(shared, group, parts.source))  # fmt: skip


def of_a_typed_forecast(folder: Path) -> Iterator[Shown]:
    write_collective(folder)
    told = dossier(load_case(folder))
    yield Shown("prognose-eigen", "De eigen prognose van een case", "Waar gaat het jaar heen, volgens de prognose die in de case staat?", "forecast_over_budget", forecast_over_budget(told.year.monitoring, told.source))  # fmt: skip


def of_agreements(demo: Demonstration, source: str) -> Iterator[Shown]:
    files = []
    for name, text in (("vast.toml", FIXED), ("open.toml", OPEN)):
        files.append(demo.folder / name)
        files[-1].write_text(text, encoding="utf-8")
    options, asked = Options(Language.DUTCH), demo.asked()
    compared = made_comparison(
        agreements=files, types=False, values=(), old=False, within=None, options=options, **asked
    )
    yield Shown("vergelijking", "Afspraken naast elkaar", "Wat krijgt elke vakgroep meer of minder onder een andere afspraak?", "comparison_slope", comparison_slope(compared.found, source))  # fmt: skip
    around = made_incentives(agreements=(), others=None, distance="10%", groups=SOME, options=options, **asked)
    yield Shown("prikkels", "Prikkels rond de begroting", "Wat levert een norm-uur meer op, onder, op en boven de begroting?", "incentive_curves", incentive_curves(around.every[0].found, source))  # fmt: skip
    drawn = made_simulation(
        agreements=files[1:], spread="5%", correlation=None, volumes=None, draws="2000", seed="1", threads=None,
        options=options, **asked,
    )  # fmt: skip
    yield Shown("simulatie", "Wat er kan komen", "Hoe zeker is het bedrag van elke vakgroep, onder elke afspraak?", "simulation_fans", simulation_fans(drawn.found, source))  # fmt: skip


def of_a_forecast(demo: Demonstration, source: str) -> Iterator[Shown]:
    now, after = (
        linked_outlook(ForecastAsked(demo.store, HOSPITAL, YEAR, day, None, 0.01)).outlook for day in (AS_OF, LATER)
    )
    yield Shown("prognose", "De prognose door het jaar heen", "Komt het jaar op de begroting uit, en hoe zeker is dat?", "forecast_fan", forecast_fan(now, source))  # fmt: skip
    yield Shown("prognose-buiten", "De prognose van een vakgroep", "Amber: de begroting ligt buiten het interval, dus er is iets om over te praten.", "forecast_fan", forecast_fan(now, source, group=OFF))  # fmt: skip
    yield Shown("prognose-na-het-jaar", "De prognose, na het jaar", "Wat was er van de prognoses waar?", "forecast_fan", forecast_fan(after, source))  # fmt: skip
    yield Shown("prognose-delen", "Afgesloten, onderhanden en nog te openen", "Waar bestaat de prognose uit, en wie ligt naast de begroting?", "forecast_parts", forecast_parts(now, source))  # fmt: skip
    yield Shown("landing", "De kans om te landen", "Hoe groot is de kans om binnen een band om de begroting te eindigen?", "landing", landing(now, source))  # fmt: skip


def of_a_benchmark(demo: Demonstration, source: str) -> Iterator[Shown]:
    whole = merge(read_contributions(demo.of_the_year_before()))
    made = ex_ante(whole, YEAR, read_norm_tables([demo.norms]), PeerRule(PeersBy.ALL))
    yield Shown("benchmark", "De plaats in de benchmark", "Waar staan de eigen vakgroepen tussen de andere? Wie die andere zijn, staat er niet.", "benchmark_distribution", benchmark_distribution(made, HOSPITAL, source))  # fmt: skip
    yield Shown("benchmark-een", "De plaats van een vakgroep", "Dezelfde strook, van een specialisme.", "benchmark_distribution", benchmark_distribution(made, HOSPITAL, source, specialism=SPECIALISM))  # fmt: skip
    comparison = compare(whole.strata, 4, {HOSPITAL: whole.names})
    figure = efficiencies(comparison)[HOSPITAL, SPECIALISM]
    split = drill_down(figure, comparison, EfficiencyWeights())
    yield Shown("efficiency", "Waarin een vakgroep anders is", "Bij welke patiënten en in wat, gewogen naar kosten.", "efficiency_strata", efficiency_strata(figure, split, source))  # fmt: skip


def everything(folder: Path) -> Iterator[Shown]:
    demo = Demonstration(folder).made()
    own = dossier(
        load_linked(Link(demo.store, HOSPITAL, YEAR, None, None, None, demo.contributions, None, True)).loaded
    )
    yield from of_a_year(own, dossier(load_case(ROOT / "examples" / "onderdelen")))
    yield from of_a_typed_forecast(folder / "collective")
    yield from of_a_forecast(demo, own.source)
    yield from of_agreements(demo, own.source)
    yield from of_a_benchmark(demo, own.source)
    english = Dossier(own.year, own.provenance, Language.ENGLISH)
    known = linked_outlook(ForecastAsked(demo.store, HOSPITAL, YEAR, AS_OF, None, 0.01)).outlook
    told = "Every chart is there in English too; this is one of them."
    yield Shown("forecast-parts-en", "In English", told, "forecast_parts", forecast_parts(known, english.source, Language.ENGLISH))  # fmt: skip


def files_of(shown: Iterator[Shown]) -> Mapping[Path, str]:
    found, parts = {}, [INTRODUCTION]
    for one in shown:
        alt = one.picture.title.replace("[", "(").replace("]", ")")
        normal, small = f"{one.file}.svg", f"{one.file}-klein.svg"
        found[GALLERY / normal] = one.picture.svg(NORMAL)
        found[GALLERY / small] = one.picture.svg(SMALL)
        words = f"{one.told} Gemaakt door `charts/{one.module}.py`."
        parts.append(f"## {one.heading}\n\n{words}\n\n![{alt}]({normal})\n\n![{alt}, klein]({small})\n")
    return {**found, PAGE: "\n".join(parts)}


def main() -> None:
    argparse.ArgumentParser(description="Draws every chart anew and writes docs/galerij.").parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files = files_of(everything(Path(folder) / "demo"))
    for path in GALLERY.glob("*.svg"):
        path.unlink()
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
