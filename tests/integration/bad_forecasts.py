"""Every way in which a forecast can be asked something wrong: a store of one hospital, what was done to it, and what is typed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from forecast_records import AGREEMENT, CASE, HOSPITAL, YEAR, Row, case_in, hospital_store, stored, usual_work

ASK = ("forecast", "--store", "opslag", "--hospital", HOSPITAL, "--year", YEAR)
MAY = (*ASK, "--as-of", "2026-05-31")
HEAD = "van;tot;vakgroep;capaciteit;reden\n"
HOUSE = "opslag"

Make = Callable[[Path], object]


def untouched(desk: Path) -> None:
    """The store as it is."""


@dataclass(frozen=True, slots=True)
class Case:
    words: tuple[object, ...]
    make: Make = untouched
    status: int = 1


def make_desk(desk: Path) -> None:
    hospital_store(desk / HOUSE)
    (desk / "leeg").mkdir()


def beside(**texts: str | None) -> Make:
    return lambda desk: case_in(desk / HOUSE, **texts)


def other_case(desk: Path) -> None:
    """A case of another year, outside the store."""
    folder = desk / "anders"
    shutil.copytree(desk / HOUSE / HOSPITAL / f"case-{YEAR}", folder)
    (folder / "afspraak.toml").write_text(AGREEMENT.replace("2026", "2025"), encoding="utf-8")


def only(first: date, last: date, delivered: date) -> Make:
    """A store with other records."""

    def make(desk: Path) -> None:
        shutil.rmtree(desk / HOUSE)
        rows, done = usual_work(first, last)
        stored(desk / HOUSE, delivered, rows, done)
        case_in(desk / HOUSE)

    return make


def without_products(desk: Path) -> None:
    shutil.rmtree(desk / HOUSE)
    rows, done = usual_work(date(YEAR - 2, 1, 1), date(YEAR, 6, 30))
    stored(
        desk / HOUSE, date(YEAR, 6, 30), [{**row, "zorgproduct": None, "product_bekend_op": None} for row in rows], done
    )
    case_in(desk / HOUSE)


def filled_later(desk: Path) -> None:
    """All that opened up to the summer was recorded on one day in it."""
    shutil.rmtree(desk / HOUSE)
    rows, done = usual_work(date(YEAR - 2, 1, 1), date(YEAR, 6, 30))
    moved: list[Row] = [{**row, "geregistreerd_op": date(YEAR, 7, 14)} for row in rows]
    stored(desk / HOUSE, date(YEAR, 8, 31), moved, done)
    case_in(desk / HOUSE)


def with_gap(desk: Path) -> None:
    """2025 is not there."""
    shutil.rmtree(desk / HOUSE)
    rows, done = usual_work(date(YEAR - 3, 1, 1), date(YEAR, 12, 31))
    kept = [row for row in rows if row["openingsdatum"].year != YEAR - 1]  # type: ignore[attr-defined]
    numbers = {row["subtraject_id"] for row in kept}
    stored(desk / HOUSE, date(YEAR + 1, 6, 30), kept, [one for one in done if one["subtraject_id"] in numbers])
    case_in(desk / HOUSE)


def broken(desk: Path) -> None:
    for path in (desk / HOUSE / HOSPITAL).rglob("subtrajecten.parquet"):
        path.write_bytes(path.read_bytes()[:-40])


CASES: Mapping[str, Case] = {
    "geen_opslag": Case((*ASK[:2], "leeg", *ASK[3:], "--as-of", "2026-05-31")),
    "ziekenhuis_onbekend": Case((*ASK[:4], "noort", *ASK[5:])),
    "zonder_jaar": Case(ASK[:5], status=2),
    "zonder_opslag": Case(("forecast", "--hospital", HOSPITAL, "--year", YEAR), status=2),
    "jaar_niet_geladen": Case((*ASK[:6], 2028)),
    "dag_is_geen_dag": Case((*ASK, "--as-of", "31 mei")),
    "dag_voor_de_gegevens": Case((*ASK, "--as-of", "2022-05-31")),
    "dag_voor_het_jaar": Case((*ASK, "--as-of", "2025-11-30")),
    "band_geen_getal": Case((*MAY, "--band", "een")),
    "band_nul": Case((*MAY, "--band", "0")),
    "band_te_breed": Case((*MAY, "--band", "51")),
    "vakgroep_onbekend": Case((*MAY, "--explain", "Heelkundee")),
    "case_van_ander_jaar": Case((*ASK[:5], "anders", "--year", YEAR), other_case),
    "case_bestaat_niet": Case((*ASK[:5], "nergens", "--as-of", "2026-05-31")),
    "case_bij_alle": Case(("forecast", "leeg", "--store", HOUSE, "--hospital", "alle", "--year", YEAR)),
    "alle_met_uitleg": Case(("forecast", "--store", HOUSE, "--hospital", "alle", "--year", YEAR, "--explain", "Heelkunde")),
    "alle_zonder_case": Case(("forecast", "--store", HOUSE, "--hospital", "alle", "--year", 2025)),
    "alle_zonder_jaar": Case(("forecast", "--store", HOUSE, "--hospital", "alle"), status=2),
    "alle_rekenplaats_onbekend": Case(
        ("forecast", "--store", HOUSE, "--hospital", "alle", "--year", YEAR, "--executor", "wolk")
    ),
    "normtijden_ontbreken": Case(MAY, beside(normtijden=None)),
    "normtijden_zonder_jaar": Case(MAY, beside(normtijden=CASE["normtijden.csv"].replace("2026;", "2025;"))),
    "geen_poort": Case(MAY, beside(vakgroepen="vakgroep;specialisme;rol\nRadiologie;0362;ondersteunend\n", begroting=None)),
    "vakgroep_zonder_records": Case(MAY, beside(vakgroepen="vakgroep;specialisme;rol\nCardiologie;0320;poort\n", begroting=None)),
    "nog_niets_gesloten": Case((*ASK, "--as-of", "2026-02-28"), only(date(YEAR, 1, 1), date(YEAR, 6, 30), date(YEAR, 6, 30))),
    "geen_zorgproducten": Case(MAY, without_products),
    "records_eindigen_eerder": Case((*ASK, "--as-of", "2026-12-31"), only(date(YEAR - 2, 1, 1), date(YEAR, 3, 31), date(YEAR, 12, 31))),
    "pas_later_vastgelegd": Case(MAY, filled_later),
    "levering_beschadigd": Case(MAY, broken),
    "gebeurtenis_kolom": Case(MAY, beside(gebeurtenissen="van;tot;vakgroep;capacitiet;reden\n2026-07-01;2026-07-31;;0,5;verbouwing\n")),
    "gebeurtenis_geen_dag": Case(MAY, beside(gebeurtenissen=HEAD + "1 juli;2026-07-31;;0,5;verbouwing\n31-2-2026;2026-07-31;;0,5;x\n")),
    "gebeurtenis_omgekeerd": Case(MAY, beside(gebeurtenissen=HEAD + "2026-07-31;2026-07-01;;0,5;verbouwing\n")),
    "gebeurtenis_percentage": Case(MAY, beside(gebeurtenissen=HEAD + "2026-07-01;2026-07-31;;80;verbouwing\n")),
    "gebeurtenis_negatief": Case(MAY, beside(gebeurtenissen=HEAD + "2026-07-01;2026-07-31;;-0,5;verbouwing\n")),
    "gebeurtenis_vakgroep": Case(MAY, beside(gebeurtenissen=HEAD + "2026-07-01;2026-07-31;Heelkundde;0,5;verbouwing\n")),
    "gebeurtenis_zonder_reden": Case(MAY, beside(gebeurtenissen=HEAD + "2026-07-01;2026-07-31;;0,5;\n")),
    "vakanties_keuze": Case(MAY, beside(vakanties="vakantie;van;tot\nkrokus;2026-02-14;2026-02-22\n")),
    "vakanties_leeg": Case(MAY, beside(vakanties="vakantie;van;tot\n")),
    "dagdelen_beide": Case(MAY, beside(dagdelen="vakgroep;dagdeel;openingen;normuren\nHeelkunde;spreekuur;6;3\nHeelkunde;ok;;\n")),
    "dagdelen_vakgroep": Case(MAY, beside(dagdelen="vakgroep;dagdeel;openingen\nChirurgie;spreekuur;6\n")),
}  # fmt: skip
