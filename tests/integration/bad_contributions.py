"""Every way in which the commands after the intake can be asked something wrong: a sound desk, what was done to it, and what is typed.

The desk: six hospitals' contributions of 2026 (`bijdragen`), one of them protected and one signed, norm times of 2027, three
published versions of the benchmark of 2027 (`vastgesteld`), a store with two hospitals and the case of 2026, and signing keys.
"""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from command import run

from linked_store import AGREEMENT, HOME, PRODUCT, TABLES, YEAR, load, opened, scans
from linked_store import case as year_case
from puntlanding.contribution.container import with_signatures
from small_contribution import BASIS, small

HOUSES = ("duin", "heide", "noord", "oost", "west", "zuid")
NORMS = "jaar;specialisme;soort;code;minuten\n2027;0303;zorgproduct;110401019;66\n2027;0301;zorgproduct;110701001;100\n"
LISTS = {
    "kostprijzen": "jaar;zorgactiviteit;bedrag\n2026;190060;12,50\n",
    "diagnosegroepen": "jaar;specialisme;diagnose;diagnosegroep\n2026;0303;0121;heup\n",
    "ziekenhuizen": "ziekenhuis;type\nnoord;algemeen\nzuid;umc\n",
    "productstructuur": "jaar;specialisme;soort;oud;nieuw;factor\n2027;0303;zorgproduct;110401020;110401019;1\n",
    "trends": "specialisme;rol;code;factor;reden\n0303;poort;110401019;1,02;vergrijzing\n",
}  # fmt: skip

Make = Callable[[Path], object]


def untouched(folder: Path) -> None:
    """The desk as it is; so all such cases can have the same one."""


@dataclass(frozen=True, slots=True)
class Case:
    """``words`` are typed in the folder that ``make`` changed. ``writes``: the command does its work and says what is odd."""

    words: tuple[object, ...]
    make: Make = untouched
    status: int = 1
    writes: bool = False


# -- the desk ------------------------------------------------------------------------------------------------------------


def production(place: int) -> list[dict[str, object]]:
    """0303 in each hospital; 0301 in all but the first."""
    count = 100 + 10 * place
    rows: list[dict[str, object]] = [
        {"code": "110401019", "open_02": count, "open_min_02": count * 6000, "sluit_03": 50, "sluit_min_03": 300_000, "patienten": count},
        {"code": "110401020", "open_05": 40, "open_min_05": 120_000, "patienten": 40},
        {"specialisme": "0301", "code": "110701001", "open_01": 10, "open_min_01": 60_000, "sluit_01": 9, "sluit_min_01": 54_000, "patienten": 9},
    ]  # fmt: skip
    return rows if place else rows[:2]


def one(name: str, place: int | None = None, **rest: object) -> bytes:
    at = HOUSES.index(name) if place is None else place
    strata = [{"k1_patienten": 30, "k1_fysiek": 60 + at, "k1_dagopname": 5, "k1_diagnostiek": 1000}]
    fte = rest.pop("fte", {("0303", "poort"): "2", ("0301", "poort"): "1"} if at else {("0303", "poort"): "2"})
    return small(
        name, rest.pop("rows", production(at)), strata, [{"patienten_01": 90, "activiteiten_01": 300}], fte=fte, **rest
    ).to_bytes()  # type: ignore[arg-type]


def make_desk(root: Path) -> None:
    (root / "bijdragen").mkdir(parents=True)
    for name in HOUSES:
        (root / "bijdragen" / f"{name}.bijdrage").write_bytes(one(name))
    (root / "normtijden.csv").write_text(NORMS, encoding="utf-8")
    done = [run("contribution", "key", "sleutels", "--name", "noord", cwd=root)]
    for method, more in (
        ("gepoold", ()),
        ("mediaan", ("--reason", "mediaan afgesproken")),
        ("gemiddelde", ("--reason", "herzien")),
    ):
        words = (
            "benchmark",
            "ex-ante",
            2027,
            "bijdragen",
            "--norms",
            "normtijden.csv",
            "--peers",
            "alle",
            "--method",
            method,
        )
        done.append(run(*words, "--publish", "vastgesteld", "--date", "2026-12-01", *more, cwd=root))
    done.append(run("contribution", "export", "bijdragen/noord.bijdrage", "--out", "deel.bijdrage", cwd=root))
    shutil.copy(root / "deel.bijdrage", root / "getekend.bijdrage")
    done.append(run("contribution", "sign", "getekend.bijdrage", "--key", "sleutels/noord.geheim.pem", cwd=root))
    done.append(
        run(
            "contribution",
            "benchmark",
            "bijdragen/noord.bijdrage",
            "bijdragen/oost.bijdrage",
            "--out",
            "nl.landelijk",
            cwd=root,
        )
    )
    for hospital in (HOME, "zuid"):
        load(root / "opslag", hospital=hospital)
        year_case(root / "opslag", hospital)
    if any(outcome.status for outcome in done):
        raise AssertionError("\n".join(outcome.err for outcome in done))


# -- what is done to it --------------------------------------------------------------------------------------------------


def write(name: str, content: str | bytes) -> Make:
    def make(folder: Path) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    return make


def change(name: str, how: Callable[[bytes], bytes]) -> Make:
    def make(folder: Path) -> None:
        path = folder / name
        data = path.read_bytes()
        path.chmod(0o644)
        path.write_bytes(how(data))

    return make


def described(**values: object) -> Callable[[bytes], bytes]:
    """The same sealed file with something else in what it says of itself."""

    def how(data: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = {info.filename: archive.read(info) for info in archive.infolist()}
        about = json.loads(entries["inhoud.json"])
        entries["inhoud.json"] = (json.dumps({**about, **values}, ensure_ascii=False, indent=1) + "\n").encode()
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, content in entries.items():
                info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
                info.create_system, info.external_attr = 3, 0o644 << 16
                archive.writestr(info, content)
        return with_signatures(buffer.getvalue(), ())

    return how


def flipped(data: bytes) -> bytes:
    at = data.index(b"PAR1") + 40
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def zuid(name: str = "zuid", **rest: object) -> Make:
    return write("bijdragen/zuid.bijdrage", one(name, 5, **rest))


def both(*steps: Make) -> Make:
    return lambda folder: [step(folder) for step in steps]


def without(*names: str) -> Make:
    return lambda folder: [(folder / "bijdragen" / f"{name}.bijdrage").unlink() for name in names]


def agreed(**tables: str | None) -> Make:
    """The case of the year with other tables (None: without)."""

    def make(folder: Path) -> None:
        place = folder / "opslag" / HOME / f"case-{YEAR}"
        shutil.rmtree(place)
        year_case(folder / "opslag", **tables)

    return make


def corrected(folder: Path) -> None:
    """A delivery in which radiology takes back more than it did."""
    import polars as pl

    from puntlanding.records.delivery import Delivery, SourceFile
    from puntlanding.records.store import Store
    from puntlanding.records.tables import ROW, TableName, schema

    rows = opened(YEAR, 3, 0, 0)
    done = [{**row, "aantal": -2} for row in scans(rows)]
    frames = [
        pl.DataFrame([{ROW: at, **row} for at, row in enumerate(given, start=2)], schema=pl.Schema({ROW: pl.UInt32(), **schema(table)}))
        for table, given in ((TableName.TRAJECTORIES, rows), (TableName.ACTIVITIES, done))
    ]  # fmt: skip
    delivery = Delivery(
        trajectories=frames[0], activities=frames[1],
        files={TableName.TRAJECTORIES: "a.csv", TableName.ACTIVITIES: "b.csv"}, delivered=date(2027, 3, 31),
        reader="neutraal", reader_version=1, key_fingerprint="0a0b0c", sources=(SourceFile("a.csv", 10, "ff"),),
    )  # fmt: skip
    Store(folder / "opslag").load(HOME, delivery)


# -- what is typed -------------------------------------------------------------------------------------------------------

MERGE = ("contribution", "merge", "bijdragen/noord.bijdrage", "bijdragen/zuid.bijdrage", "--out", "samen.bijdrage")
SHOW = ("contribution", "show", "bijdragen/zuid.bijdrage")
ANTE = ("benchmark", "ex-ante", 2027, "bijdragen", "--norms", "normtijden.csv")
POST = ("benchmark", "ex-post", 2026, "bijdragen")
PUBLISH = (*ANTE, "--peers", "alle", "--publish", "vastgesteld")
FOLD = ("fold", HOME, YEAR, "--store", "opslag")
RUN = ("run", "--store", "opslag", "--hospital", HOME, "--year", YEAR)
SIGN = ("contribution", "sign", "deel.bijdrage", "--key", "sleutels/noord.geheim.pem")

FILES: Mapping[str, Case] = {
    "bijdrage_andere_versie": Case(MERGE, change("bijdragen/zuid.bijdrage", described(formaat=2))),
    "bijdrage_ander_jaar": Case(MERGE, zuid(basis=replace(BASIS, year=2025))),
    "bijdrage_andere_codelijst": Case(MERGE, zuid(basis=replace(BASIS, units="f" * 64))),
    "bijdrage_andere_leeftijden": Case(MERGE, zuid(basis=replace(BASIS, age_bands=("0-64", "65+")))),
    "bijdrage_andere_normtijden": Case(MERGE, zuid(basis=replace(BASIS, norm_times="b" * 64))),
    "bijdrage_zonder_normtijden": Case(MERGE, zuid(basis=replace(BASIS, norm_times=None))),
    "bijdrage_andere_kostprijzen": Case(MERGE, zuid(basis=replace(BASIS, cost_prices=None))),
    "bijdrage_andere_diagnosegroepen": Case(MERGE, zuid(basis=replace(BASIS, diagnosis_groups="d" * 64))),
    "bijdrage_alles_anders": Case(POST, zuid(basis=replace(BASIS, year=2025, units="f" * 64, norm_times="b" * 64))),
    "bijdrage_ziekenhuis_twee_keer": Case(MERGE, zuid("noord")),
    "bijdrage_twee_keer_genoemd": Case((*MERGE[:3], *MERGE[2:])),
    "bijdrage_is_tekst": Case(SHOW, write("bijdragen/zuid.bijdrage", "geen bijdrage")),
    "bijdrage_is_leeg": Case(SHOW, write("bijdragen/zuid.bijdrage", "")),
    "bijdrage_is_csv": Case(("contribution", "show", "normtijden.csv")),
    "bijdrage_afgebroken": Case(SHOW, change("bijdragen/zuid.bijdrage", lambda data: data[: len(data) // 2])),
    "bijdrage_byte_anders": Case(SHOW, change("bijdragen/zuid.bijdrage", flipped)),
    "bijdrage_byte_erbij": Case(SHOW, change("bijdragen/zuid.bijdrage", lambda data: data + b"x")),
    "bijdrage_basis_weg": Case(SHOW, change("bijdragen/zuid.bijdrage", described(basis={}))),
    "bijdrage_is_benchmark": Case(("contribution", "show", "vastgesteld/ex-ante-2027-v1.benchmark")),
    "bijdrage_is_landelijk": Case(("contribution", "show", "nl.landelijk")),
    "bijdrage_bestaat_niet": Case(("contribution", "show", "bijdragen/zuit.bijdrage")),
    "bijdrage_is_map": Case(("contribution", "show", "bijdragen")),
    "benchmark_is_bijdrage": Case(("benchmark", "show", "bijdragen/noord.bijdrage")),
    "benchmark_bestaat_niet": Case(("benchmark", "show", "weg.benchmark")),
    "map_zonder_bijdragen": Case((*ANTE[:3], "leeg", *ANTE[4:]), lambda folder: (folder / "leeg").mkdir()),
    "map_bestaat_niet": Case((*ANTE[:3], "weg", *ANTE[4:])),
    "meer_dan_een_bijdrage_fout": Case(
        POST, both(zuid(), write("bijdragen/a.bijdrage", "x"), change("bijdragen/oost.bijdrage", flipped))
    ),
    "efficiency_van_benchmark": Case(("efficiency", "vastgesteld/ex-ante-2027-v1.benchmark", "--hospital", "noord")),
    "normtijden_van_benchmark": Case(("norms", "coverage", "nl.landelijk", "--norms", "normtijden.csv")),
    "samen_bestaat_al": Case(MERGE, write("samen.bijdrage", "van gisteren")),
}  # fmt: skip

FEW = ("duin", "heide", "oost", "west")
PEERS: Mapping[str, Case] = {
    "twee_ziekenhuizen_eigen_in": Case((*ANTE, "--peers", "alle"), without(*FEW), status=0),
    "twee_ziekenhuizen_eigen_uit": Case((*ANTE, "--peers", "alle", "--own", "uit"), without(*FEW), status=0),
    "twee_ziekenhuizen_een": Case((*ANTE, "--peers", "alle", "--own", "uit", "--hospital", "zuid"), without(*FEW), status=0),
    "een_van_zijn_type": Case(ANTE, both(without("duin", "heide"), zuid(kind="umc")), status=0),
    "een_van_zijn_type_eigen_uit": Case((*ANTE, "--own", "uit"), both(without("duin", "heide"), zuid(kind="umc")), status=0),
    "geen_type": Case(ANTE, both(without("duin", "heide"), zuid(kind=None)), status=0),
    "achteraf_zonder_vergelijking": Case((*POST, "--own", "uit", "--hospital", "zuid"), zuid(kind="umc"), status=0),
    "efficiency_zonder_vergelijking": Case(("efficiency", "bijdragen", "--hospital", "zuid", "--own", "uit"), zuid(kind="umc"), status=0),
    "fte_nul": Case((*ANTE, "--peers", "alle"), zuid(fte={("0303", "poort"): "0", ("0301", "poort"): "1"}), status=0),
    "fte_ontbreekt": Case((*ANTE, "--peers", "alle"), zuid(fte={}), status=0),
    "fte_ontbreekt_bij_een": Case((*ANTE, "--peers", "alle", "--hospital", "zuid"), zuid(fte={("0303", "poort"): "2"}), status=0),
    "fte_overal_nul": Case((*ANTE, "--peers", "alle"), lambda folder: [
        write(f"bijdragen/{name}.bijdrage", one(name, fte={}))(folder) for name in HOUSES
    ], status=0),
    "ziekenhuis_zonder_productie": Case((*ANTE, "--peers", "alle"), zuid(rows=[]), status=0),
    "ziekenhuis_onbekend": Case((*ANTE, "--hospital", "noort")),
    "ziekenhuis_onbekend_efficiency": Case(("efficiency", "bijdragen", "--hospital", "Noord")),
    "lijst_onbekend_ziekenhuis": Case((*ANTE, "--peers", "lijst.csv"), write("lijst.csv", "ziekenhuis;type\nnoord;algemeen\nmaas;umc\n")),
    "lijst_leeg": Case((*ANTE, "--peers", "lijst.csv"), write("lijst.csv", "ziekenhuis;type\n")),
    "lijst_bestaat_niet": Case((*ANTE, "--peers", "typ")),
    "basisjaar_te_ver": Case(("benchmark", "ex-ante", 2030, *ANTE[3:])),
    "basisjaar_ander": Case((*ANTE, "--base-year", 2025)),
    "achteraf_ander_jaar": Case(("benchmark", "ex-post", 2025, "bijdragen")),
    "gewichten_geen_drie": Case((*POST, "--weights", "0.5/0.5")),
    "gewichten_tellen_niet_op": Case((*POST, "--weights", "0,5/0,5/0,5")),
    "kwartaal_vijf": Case((*POST, "--quarter", 5), status=2),
    "jaar_geen_getal": Case(("benchmark", "ex-ante", "dit", *ANTE[3:]), status=2),
    "methode_onbekend": Case((*ANTE, "--method", "gemiddeld"), status=2),
}  # fmt: skip

HEAD = NORMS.splitlines()[0] + "\n"
ROW = "2027;0303;zorgproduct;110401019;"
NORM_TIMES: Mapping[str, Case] = {
    "normtijd_ontbreekt_benchmark": Case((*ANTE, "--peers", "alle", "--hospital", "oost"), write("normtijden.csv", HEAD + ROW + "66\n"), status=0),
    "normtijd_ontbreekt_dekking": Case(("norms", "coverage", "bijdragen", "--norms", "normtijden.csv", "--year", 2027), status=0),
    "normtijden_ander_jaar": Case(ANTE, write("normtijden.csv", NORMS.replace("2027", "2025"))),
    "normtijden_ander_jaar_dekking": Case(("norms", "coverage", "bijdragen", "--norms", "normtijden.csv")),
    "normtijden_ander_jaar_effect": Case(("norms", "effect", "bijdragen", "--norms", "normtijden.csv")),
    "normtijden_ander_jaar_vouwen": Case((*FOLD, "--norms", "normtijden.csv")),
    "normtijd_twee_keer": Case(ANTE, write("normtijden.csv", NORMS + ROW + "70\n")),
    "normtijd_in_twee_bestanden": Case((*ANTE, "--norms", "tweede.csv"), write("tweede.csv", HEAD + ROW + "70\n")),
    "normtijd_te_fijn": Case(ANTE, write("normtijden.csv", HEAD + ROW + "66,125\n")),
    "normtijd_negatief": Case(ANTE, write("normtijden.csv", HEAD + ROW + "-66\n")),
    "normtijd_enorm": Case(ANTE, write("normtijden.csv", HEAD + ROW + "9" * 30 + "\n")),
    "normtijd_is_tekst": Case(ANTE, write("normtijden.csv", HEAD + ROW + "een uur\n")),
    "normtijden_soort_onbekend": Case(ANTE, write("normtijden.csv", NORMS.replace("zorgproduct", "zorgprodukt"))),
    "normtijden_kolom_onbekend": Case(ANTE, write("normtijden.csv", NORMS.replace("minuten", "minutten"))),
    "normtijden_leeg": Case(ANTE, write("normtijden.csv", "")),
    "normtijden_bestaat_niet": Case((*ANTE[:-1], "normtijd.csv")),
    "normtijden_is_bijdrage": Case((*ANTE[:-1], "bijdragen/noord.bijdrage")),
}  # fmt: skip

FOLDING: Mapping[str, Case] = {
    "vouwen_negatieve_cel": Case(FOLD, corrected),
    "vouwen_normtijd_ontbreekt": Case(FOLD, agreed(normtijden=TABLES["normtijden"].replace(f"2026;0303;zorgproduct;{PRODUCT};30\n", "")), status=0, writes=True),
    "vouwen_zonder_jaar_ervoor": Case(("fold", HOME, 2025, "--store", "opslag"), status=0, writes=True),
    "vouwen_jaar_niet_geladen": Case(("fold", HOME, 2019, "--store", "opslag")),
    "vouwen_jaar_niemand": Case(("fold", "alle", 2019, "--store", "opslag")),
    "vouwen_jaar_geen_getal": Case(("fold", HOME, "26", "--store", "opslag")),
    "vouwen_ziekenhuis_onbekend": Case(("fold", "noort", YEAR, "--store", "opslag")),
    "vouwen_geen_opslag": Case((*FOLD[:-1], "weg")),
    "vouwen_map_is_geen_opslag": Case((*FOLD[:-1], "bijdragen")),
    "vouwen_voor_de_levering": Case((*FOLD, "--as-of", "2020-01-01")),
    "vouwen_alle_voor_de_levering": Case(("fold", "alle", YEAR, "--store", "opslag", "--as-of", "2020-01-01")),
    "vouwen_dag_bestaat_niet": Case((*FOLD, "--as-of", "2026-02-30")),
    "vouwen_case_voor_alle": Case(("fold", "alle", YEAR, "--store", "opslag", "--case", f"opslag/{HOME}/case-{YEAR}")),
    "vouwen_case_ander_jaar": Case(("fold", HOME, 2025, "--store", "opslag", "--case", f"opslag/{HOME}/case-{YEAR}")),
    "vouwen_type_twee_keer": Case((*FOLD, "--type", "umc", "--hospitals", "ziekenhuizen.csv"), write("ziekenhuizen.csv", LISTS["ziekenhuizen"])),
    "vouwen_type_niet_in_lijst": Case((*FOLD, "--hospitals", "ziekenhuizen.csv"), write("ziekenhuizen.csv", "ziekenhuis;type\nzuid;umc\n")),
    "vouwen_type_onbekend": Case((*FOLD, "--type", "algemen"), status=2),
    "vouwen_rekenplaats_onbekend": Case((*FOLD, "--executor", "lokal")),
    "vouwen_beschermde_in_de_weg": Case((*FOLD, "--out", "uit"), lambda folder: write(f"uit/{HOME}-{YEAR}.bijdrage", (folder / "deel.bijdrage").read_bytes())(folder)),
    "vouwen_uit_is_bestand": Case((*FOLD, "--out", "normtijden.csv")),
    "vouwen_levering_beschadigd": Case(FOLD, lambda folder: [
        path.write_bytes(path.read_bytes()[:-40]) for path in (folder / "opslag" / HOME).rglob("subtrajecten.parquet")
    ]),
}  # fmt: skip


def listed(name: str, text: str, *words: object, status: int = 1) -> Case:
    return Case((*words, f"{name}.csv"), write(f"{name}.csv", text), status)


COSTS, GROUPS, KINDS = (*FOLD, "--costs"), (*FOLD, "--diagnosis-groups"), (*FOLD, "--hospitals")
STRUCTURE, TRENDS = (*ANTE, "--structure"), (*ANTE, "--trends")
CHAIN = "jaar;specialisme;soort;oud;nieuw\n2027;0303;zorgproduct;{};{}\n2027;0303;zorgproduct;{};{}\n"
FACTORS = (
    "jaar;specialisme;soort;oud;nieuw;factor\n{};0303;zorgproduct;{};{};0,333333\n{};0303;zorgproduct;{};{};0,777777\n"
)
BROKEN_LISTS: Mapping[str, Case] = {
    "kostprijzen_kolom": listed("kostprijzen", LISTS["kostprijzen"].replace("bedrag", "prijs"), *COSTS),
    "kostprijzen_twee_keer": listed("kostprijzen", LISTS["kostprijzen"] + "2026;190060;13\n", *COSTS),
    "kostprijzen_negatief": listed("kostprijzen", LISTS["kostprijzen"].replace("12,50", "-1"), *COSTS),
    "kostprijzen_te_fijn": listed("kostprijzen", LISTS["kostprijzen"].replace("12,50", "12,505"), *COSTS),
    "kostprijzen_ander_jaar": listed("kostprijzen", LISTS["kostprijzen"].replace("2026", "2025"), *COSTS),
    "diagnosegroepen_kolom": listed("diagnosegroepen", LISTS["diagnosegroepen"].replace("diagnosegroep\n", "groep\n"), *GROUPS),
    "diagnosegroepen_twee_keer": listed("diagnosegroepen", LISTS["diagnosegroepen"] + "2026;0303;121;knie\n", *GROUPS),
    "ziekenhuizen_keuze": listed("ziekenhuizen", LISTS["ziekenhuizen"].replace("algemeen", "academisch"), *KINDS),
    "ziekenhuizen_twee_keer": listed("ziekenhuizen", LISTS["ziekenhuizen"] + "noord;umc\n", *KINDS),
    "ziekenhuizen_kolom": listed("ziekenhuizen", LISTS["ziekenhuizen"].replace("type", "soort"), *KINDS),
    "structuur_kolom": listed("productstructuur", LISTS["productstructuur"].replace("nieuw", "new"), *STRUCTURE),
    "structuur_keuze": listed("productstructuur", LISTS["productstructuur"].replace("zorgproduct;", "dbc;"), *STRUCTURE),
    "structuur_twee_keer": listed("productstructuur", LISTS["productstructuur"] + LISTS["productstructuur"].splitlines()[1] + "\n", *STRUCTURE),
    "structuur_kring": listed("productstructuur", CHAIN.format("110401019", "110401020", "110401020", "110401019"), *STRUCTURE),
    "structuur_keten": listed("productstructuur", CHAIN.format("110401019", "110401020", "110401020", "110401021"), *STRUCTURE),
    "structuur_factor_te_fijn": listed("productstructuur", LISTS["productstructuur"].replace(";1\n", ";1,1234567\n"), *STRUCTURE),
    "structuur_rij_leeg": listed("productstructuur", LISTS["productstructuur"].replace("110401020;110401019;1", ";;"), *STRUCTURE),
    "structuur_ander_jaar": listed("productstructuur", LISTS["productstructuur"].replace("2027", "2025"), *STRUCTURE),
    "trends_kolom": listed("trends", LISTS["trends"].replace("factor", "groei"), *TRENDS),
    "trends_keuze": listed("trends", LISTS["trends"].replace("poort", "poortspecialisme"), *TRENDS),
    "trends_twee_keer": listed("trends", LISTS["trends"] + LISTS["trends"].splitlines()[1] + "\n", *TRENDS),
    "trends_factor_te_fijn": listed("trends", LISTS["trends"].replace("1,02", "1,1234567"), *TRENDS),
    "trends_factor_negatief": listed("trends", LISTS["trends"].replace("1,02", "-1"), *TRENDS),
    "trends_zonder_reden": listed("trends", LISTS["trends"].replace("vergrijzing", ""), *TRENDS),
    "trends_ziekenhuis_onbekend": listed("trends", "specialisme;ziekenhuis;factor;reden\n0303;noort;1,1;groei\n", *TRENDS, status=0),
    "trends_specialisme_onbekend": listed("trends", LISTS["trends"].replace("0303", "0399"), *TRENDS, status=0),
    "structuur_ziekenhuis_onbekend": listed("productstructuur", "jaar;specialisme;soort;oud;nieuw;ziekenhuis\n2027;0303;zorgproduct;110401020;110401019;noort\n", *STRUCTURE, status=0),
    "structuur_code_onbekend": listed("productstructuur", LISTS["productstructuur"].replace("110401020", "110401099"), *STRUCTURE, status=0),
    "structuur_en_trends_samen_te_fijn": Case(
        ("benchmark", "ex-ante", 2028, *STRUCTURE[3:], "productstructuur.csv", "--trends", "trends.csv"),
        both(
            write("normtijden.csv", NORMS.replace("2027", "2028")),
            write("productstructuur.csv", FACTORS.format(2027, "110401019", "110401018", 2028, "110401018", "110401017")),
            write("trends.csv", "specialisme;factor;reden\n0303;1,234567;groei\n"),
        ),
    ),
    "trends_onbeslist": listed("trends", "specialisme;rol;code;ziekenhuis;factor;reden\n0303;;110401019;;1,1;a\n0303;;;noord;1,2;b\n", *TRENDS),
    "gewichten_onbekend": listed("gewichten", "onderdeel;waarde\nfysiekk;3\n", "efficiency", "bijdragen", "--hospital", "noord", "--weights"),
    "gewichten_boven_een": listed("gewichten", "onderdeel;waarde\nehealth;3\n", "efficiency", "bijdragen", "--hospital", "noord", "--weights"),
}  # fmt: skip

V = "vastgesteld/ex-ante-2027-v{}.benchmark"
PUBLISHING: Mapping[str, Case] = {
    "vaststellen_zonder_datum": Case(PUBLISH),
    "vaststellen_zonder_reden": Case((*PUBLISH, "--date", "2027-01-01")),
    "vaststellen_lege_reden": Case((*PUBLISH, "--date", "2027-01-01", "--reason", "  ")),
    "vaststellen_eerdere_dag": Case((*PUBLISH, "--date", "2026-11-01", "--reason", "anders")),
    "vaststellen_dag_bestaat_niet": Case((*PUBLISH, "--date", "1 december", "--reason", "anders")),
    "vaststellen_zelfde_nogmaals": Case((*PUBLISH, "--method", "gemiddelde", "--date", "2027-01-01"), status=0),
    "vaststellen_map_is_bestand": Case((*PUBLISH[:-1], "normtijden.csv", "--date", "2027-01-01")),
    "vaststellen_na_knoeien": Case((*PUBLISH, "--date", "2027-01-01", "--reason", "anders"), change(V.format(2), flipped)),
    "versie_geknoeid": Case(("benchmark", "versions", "vastgesteld"), change(V.format(2), flipped)),
    "versie_herschreven": Case(("benchmark", "versions", "vastgesteld"), change(V.format(2), described(reden="nooit geweest"))),
    "versie_ontbreekt": Case(("benchmark", "versions", "vastgesteld"), lambda folder: (folder / V.format(2)).unlink()),
    "versie_ontbreekt_bij_vaststellen": Case((*PUBLISH, "--date", "2027-01-01", "--reason", "x"), lambda folder: (folder / V.format(2)).unlink()),
    "versie_andere_naam": Case(("benchmark", "versions", "vastgesteld"), lambda folder: (folder / V.format(3)).rename(folder / V.format(4))),
    "versies_lege_map": Case(("benchmark", "versions", "leeg"), lambda folder: (folder / "leeg").mkdir()),
    "versies_map_bestaat_niet": Case(("benchmark", "versions", "vastgestelt")),
    "versies_van_bestand": Case(("benchmark", "versions", "normtijden.csv")),
    "tonen_geknoeid": Case(("benchmark", "show", V.format(1)), change(V.format(1), flipped)),
}  # fmt: skip

VERIFY = ("contribution", "verify", "getekend.bijdrage", "--trusted", "sleutels")
NATIONAL = ("contribution", "benchmark", "getekend.bijdrage", "--out", "landelijk.landelijk")


def other_key(folder: Path) -> None:
    shutil.rmtree(folder / "sleutels")
    assert run("contribution", "key", "sleutels", "--name", "zuid", cwd=folder).status == 0


EXCHANGING: Mapping[str, Case] = {
    "export_al_beschermd": Case(("contribution", "export", "deel.bijdrage", "--out", "nogmaals.bijdrage")),
    "export_over_zelfde_bestand": Case(("contribution", "export", "bijdragen/zuid.bijdrage", "--out", "deel.bijdrage")),
    "export_over_zichzelf": Case(("contribution", "export", "bijdragen/zuid.bijdrage", "--out", "bijdragen/zuid.bijdrage")),
    "export_naar_map": Case(("contribution", "export", "bijdragen/zuid.bijdrage", "--out", "bijdragen")),
    "export_minimum_een": Case(("contribution", "export", "bijdragen/zuid.bijdrage", "--out", "x.bijdrage", "--minimum", 1, "--rest-codes", 0)),
    "export_methode_onbekend": Case(("contribution", "export", "bijdragen/zuid.bijdrage", "--out", "x.bijdrage", "--method", "hussel"), status=2),
    "export_vorige_ander_ziekenhuis": Case(("contribution", "export", "bijdragen/zuid.bijdrage", "--out", "x.bijdrage", "--previous", "deel.bijdrage")),
    "export_zonder_uit": Case(("contribution", "export", "bijdragen/zuid.bijdrage"), status=2),
    "samenvoegen_onbeschermd": Case(MERGE, status=0, writes=True),
    "samenvoegen_niet_ondertekend": Case((*MERGE, "--trusted", "sleutels")),
    "landelijk_twee_ziekenhuizen": Case((*NATIONAL, "--hospitals", 2)),
    "landelijk_onbekende_sleutel": Case((*NATIONAL, "--trusted", "sleutels"), other_key),
    "handtekening_na_wijziging": Case(VERIFY, change("getekend.bijdrage", flipped)),
    "samenvoegen_na_wijziging": Case((*NATIONAL, "--trusted", "sleutels"), change("getekend.bijdrage", flipped)),
    "handtekening_geen": Case(("contribution", "verify", "deel.bijdrage", "--trusted", "sleutels")),
    "handtekening_van_tekst": Case(("contribution", "verify", "normtijden.csv", "--trusted", "sleutels")),
    "sleutels_lege_map": Case((*VERIFY[:-1], "leeg"), lambda folder: (folder / "leeg").mkdir()),
    "sleutels_map_bestaat_niet": Case((*VERIFY[:-1], "weg")),
    "sleutels_geheime_gegeven": Case((*VERIFY[:-1], "sleutels/noord.geheim.pem")),
    "sleutel_leesbaar_voor_anderen": Case(SIGN, lambda folder: (folder / "sleutels/noord.geheim.pem").chmod(0o644)),
    "sleutel_bestaat_al": Case(("contribution", "key", "sleutels", "--name", "noord")),
    "sleutel_naam_is_pad": Case(("contribution", "key", "sleutels", "--name", "../noord")),
    "sleutel_openbare_gegeven": Case((*SIGN[:-1], "sleutels/noord.openbaar.pem"), lambda folder: (folder / "sleutels/noord.openbaar.pem").chmod(0o600)),
    "sleutel_bestaat_niet": Case((*SIGN[:-1], "sleutels/zuid.geheim.pem")),
    "ondertekenen_gewijzigd": Case((*SIGN[:2], "getekend.bijdrage", *SIGN[3:]), change("getekend.bijdrage", flipped)),
    "ondertekenen_tekst": Case((*SIGN[:2], "normtijden.csv", *SIGN[3:])),
    "ondertekenen_over_bestaand": Case((*SIGN, "--out", "getekend.bijdrage")),
}  # fmt: skip

TWO_TIMES = AGREEMENT.replace(
    'naam = "Overige"\nsoort = "aanneemsom"', 'naam = "Overige"\nsoort = "aanneemsom"\nverzekeraars = ["3311"]'
)
NO_REST = AGREEMENT.replace(
    'naam = "Overige"\nsoort = "aanneemsom"', 'naam = "Overige"\nsoort = "aanneemsom"\nverzekeraars = ["3399"]'
)
YEARS: Mapping[str, Case] = {
    "jaar_zonder_case": Case(RUN, lambda folder: shutil.rmtree(folder / "opslag" / HOME / f"case-{YEAR}")),
    "jaar_afspraak_ander_jaar": Case(RUN, agreed(agreement=AGREEMENT.replace("jaar = 2026", "jaar = 2025"))),
    "jaar_vakgroep_dubbel": Case(RUN, agreed(vakgroepen=TABLES["vakgroepen"] + "Chirurgie;0303;poort\n")),
    "jaar_verzekeraar_in_twee": Case(RUN, agreed(agreement=TWO_TIMES)),
    "jaar_verzekeraar_in_geen": Case(RUN, agreed(agreement=NO_REST), status=0),
    "jaar_twee_zonder_verzekeraars": Case(RUN, agreed(agreement=AGREEMENT.replace('verzekeraars = ["3311"]\n', ""))),
    "jaar_benchmark_ander_jaar": Case((*RUN, "--benchmark", V.format(1)), agreed(benchmark=None)),
    "jaar_benchmark_is_bijdrage": Case((*RUN, "--benchmark", "bijdragen/noord.bijdrage"), agreed(benchmark=None)),
    "jaar_benchmark_geknoeid": Case((*RUN, "--benchmark", V.format(1)), both(agreed(benchmark=None), change(V.format(1), flipped))),
    "jaar_ziekenhuis_onbekend": Case(("run", "--store", "opslag", "--hospital", "noort", "--year", YEAR)),
    "jaar_geen_opslag": Case((*RUN[:2], "bijdragen", *RUN[3:])),
    "jaar_opslag_bestaat_niet": Case((*RUN[:2], "weg", *RUN[3:])),
    "jaar_voor_een_van_beide": Case(("monitor", *RUN[1:], "--as-of", "2026-09-01"), status=0),
    "jaar_voor_de_levering": Case((*RUN, "--as-of", "2020-01-01")),
    "jaar_niet_geladen": Case((*RUN[:-1], 2019)),
    "jaar_bijdragen_kapot": Case((*RUN, "--contributions", "bijdragen"), change("bijdragen/oost.bijdrage", flipped)),
    "jaar_uit_in_de_opslag": Case((*RUN, "--xlsx", "opslag/uit.xlsx")),
    "jaar_normtijd_te_fijn": Case(RUN, agreed(normtijden=TABLES["normtijden"].replace(";45,5", ";45,555"))),
    "jaar_trends_kapot": Case(RUN, agreed(trends="specialisme;factor;reden\n0303;1,1234567;groei\n")),
    "jaar_zonder_formatie": Case(("formation", f"opslag/{HOME}/case-{YEAR}"), agreed(formatie=None)),
    "jaar_opslag_zonder_ziekenhuis": Case(("run", "--store", "opslag"), status=2),
}  # fmt: skip

CASES: Mapping[str, Case] = {
    **FILES, **PEERS, **NORM_TIMES, **FOLDING, **BROKEN_LISTS, **PUBLISHING, **EXCHANGING, **YEARS,
}  # fmt: skip
