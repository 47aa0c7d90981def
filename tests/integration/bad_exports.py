"""Every way in which a delivery can be wrong: a sound small export, and what was done to it before it is delivered."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import zh308_file as zh
from openpyxl import Workbook
from small_exports import EXPORTS, zh308_message

LONG = 10_000_000
# Of each format of tables: the table of trajectories, its separator, opening and closing date, and where quantities are.
MAIN = {
    "neutraal": ("subtrajecten.csv", ";", "openingsdatum", "sluitdatum", ("zorgactiviteiten.csv", "aantal")),
    "dwh": ("Subtraject.csv", ";", "OpeningsDatumDBC", "SluitingsDatumDBC", ("Verrichting.csv", "Aantal")),
    "hix": ("EPISODE_DBCPER.csv", ",", "BEGINDAT", "EINDDAT", ("FAKTUUR_VERRSEC.csv", "AANTAL")),
}


@dataclass(frozen=True, slots=True)
class Bad:
    """``make`` spoils ``levering`` in the folder it is given. ``options`` follow the command; ``source`` is what is delivered."""

    make: Callable[[Path], object]
    form: str = "neutraal"
    options: tuple[str, ...] = ()
    source: str = "levering"


def edit(name: str, how: Callable[[bytes], bytes]) -> Callable[[Path], object]:
    return lambda folder: (folder / "levering" / name).write_bytes(how((folder / "levering" / name).read_bytes()))


def column(name: str, separator: str, title: str, value: Callable[[int, str], str]) -> Callable[[Path], object]:
    """Every cell of one column written anew, from its row and what stood there."""

    def change(data: bytes) -> bytes:
        head, *rows = data.decode().splitlines()
        at = head.split(separator).index(title)
        for number, row in enumerate(rows):
            cells = row.split(separator)
            cells[at] = value(number + 2, cells[at])
            rows[number] = separator.join(cells)
        return ("\n".join([head, *rows]) + "\n").encode()

    return edit(name, change)


def both(*steps: Callable[[Path], object]) -> Callable[[Path], object]:
    return lambda folder: [step(folder) for step in steps]


def instead(name: str, make: Callable[[Path], object]) -> Callable[[Path], object]:
    """Something else than a plain file under that name."""

    def change(folder: Path) -> None:
        (folder / "levering" / name).unlink()
        make(folder / "levering" / name)

    return change


def emptied(folder: Path) -> None:
    for one in (folder / "levering").iterdir():
        one.unlink()


def of_text(data: bytes, at: int = 900) -> bytes:
    """The first ``at`` bytes, up to the last whole line."""
    return data[: data.rindex(b"\n", 0, at) + 1]


def table_defects(form: str) -> Mapping[str, Bad]:
    name, separator, opened, closed, (lines, quantity) = MAIN[form]
    mark = separator.encode()
    spoiled: dict[str, Callable[[Path], object]] = {
        "afgebroken": edit(name, lambda data: data[: len(data) * 2 // 3 + 5]),
        "leeg": edit(name, lambda data: b""),
        "alleen_kopregel": edit(name, lambda data: data.partition(b"\n")[0] + b"\n"),
        "zonder_kopregel": edit(name, lambda data: data.partition(b"\n")[2]),
        "codering_windows": edit(name, lambda data: data.replace(b"SUB", "SÜB".encode("cp1252"))),
        "codering_utf16": edit(name, lambda data: data.decode().encode("utf-16")),
        "regeleinden_gemengd": edit(name, lambda data: data.replace(b"\r\n", b"\n").replace(b"\n", b"\r", 9).replace(b"\r", b"\n", 6)),
        "nulbyte": edit(name, lambda data: data.replace(b"SUB", b"S\x00B", 1)),
        "aanhalingsteken_open": edit(name, lambda data: of_text(data) + b'"' + data[len(of_text(data)) :]),
        "regel_van_10_miljoen_tekens": edit(name, lambda data: of_text(data) + b"x" * LONG + b"\n" + data[len(of_text(data)) :]),
        "kopregel_van_10_miljoen_tekens": edit(name, lambda data: b"x" * LONG + mark + data),
        "kolom_ontbreekt": edit(name, lambda data: data.replace(opened.encode(), b"Begon", 1)),
        "kolom_dubbel": edit(name, lambda data: data.replace(closed.encode(), opened.encode(), 1)),
        "rij_te_lang": edit(name, lambda data: data.replace(b"\n", mark + b"x" + b"\n", 4).replace(mark + b"x\n", b"\n", 3)),
        "is_werkmap": edit(name, lambda data: b"PK\x03\x04" + data),
        "is_map": instead(name, Path.mkdir),
        "tabel_ontbreekt": instead(name, lambda path: None),
        "datums_verwisseld": edit(name, lambda data: data.replace(opened.encode(), b"?", 1).replace(closed.encode(), opened.encode(), 1).replace(b"?", closed.encode(), 1)),
        "datums_van_1900": column(name, separator, opened, lambda row, text: "1900-01-01"),
        "datums_van_2100": column(name, separator, closed, lambda row, text: "2100-12-31"),
        "datum_is_tekst": column(name, separator, opened, lambda row, text: "onbekend" if row == 7 else text),
        "aantal_enorm": column(lines, separator, quantity, lambda row, text: "99999999999999999999" if row == 3 else text),
        "aantal_is_tekst": column(lines, separator, quantity, lambda row, text: "-/-" if row == 3 else text),
        "lege_map": emptied,
    }  # fmt: skip
    return {f"{form}_{what}": Bad(make, form) for what, make in spoiled.items()}


def zh308_defects() -> Mapping[str, Bad]:
    file = "vecozo.asc"

    def beside(name: str, data: bytes) -> Callable[[Path], object]:
        return lambda folder: (folder / "levering" / name).write_bytes(data)

    def records(change: Callable[[list[bytes]], list[bytes]], **totals: int) -> Callable[[Path], object]:
        def again(data: bytes) -> bytes:
            return zh.message(*change(data.split(b"\r\n")[:-2]), end=b"\r\n", **totals)

        return edit(file, again)

    spoiled: dict[str, Callable[[Path], object]] = {
        "afgebroken_in_record": edit(file, lambda data: data[:30_000]),
        "afgebroken_na_record": edit(file, lambda data: data[: 612 * 60]),
        "leeg": edit(file, lambda data: b""),
        "opgeslagen_als_utf8": edit(file, lambda data: data.replace(b"Bakker-Voorbeeld", "Bäkker-Voorbeeld".encode(), 1)),
        "codering_utf16": edit(file, lambda data: data.decode().encode("utf-16")),
        "bom": edit(file, lambda data: b"\xef\xbb\xbf" + data),
        "regeleinden_gemengd": edit(file, lambda data: data.replace(b"\r\n", b"\n", 9).replace(b"\n", b"\r", 3)),
        "regel_van_10_miljoen_tekens": edit(file, lambda data: data[: 612 * 9] + b"x" * LONG + b"\r\n" + data[612 * 9 :]),
        "gesorteerd": edit(file, lambda data: b"\r\n".join(sorted(data.split(b"\r\n")[:-1])) + b"\r\n"),
        "totaal_aantal_klopt_niet": records(lambda lines: lines, n16=41),
        "totaal_bedrag_klopt_niet": records(lambda lines: lines, amount=999),
        "andere_versie": edit(file, lambda data: data[:5] + b"0800" + data[9:]),
        "onbekend_record": edit(file, lambda data: data.replace(b"\r\n16", b"\r\n17", 1)),
        "twee_berichten_geplakt": edit(file, lambda data: data + data),
        "twee_ziekenhuizen": beside("tweede.asc", zh308_message(6020202, first=40)),
        "datums_van_1900": records(lambda lines: [zh.put("0411", 19000101, one) if one[:2] == b"04" else one for one in lines]),
        "datums_van_2100": records(lambda lines: [zh.put("0412", 21001231, one) if one[:2] == b"04" else one for one in lines]),
        "debet_is_geen_letter": records(lambda lines: [zh.put("0457", "X", one) if one[:2] == b"04" else one for one in lines]),
        "lege_map": emptied,
    }  # fmt: skip
    return {f"zh308_{what}": Bad(make, "zh308") for what, make in spoiled.items()}


def workbook(folder: Path, *, bomb: bool = False, cut: bool = False) -> None:
    book = Workbook()
    for title in ("subtrajecten", "zorgactiviteiten"):
        sheet = book.create_sheet(title)
        for line in (folder / "levering" / f"{title}.csv").read_text().splitlines():
            sheet.append(line.split(";"))
    path = folder / "levering.xlsx"
    book.save(path)
    if bomb:
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as target:
            target.writestr("xl/media/image1.png", b"0" * 30_000_000)
    if cut:
        path.write_bytes(path.read_bytes()[:5000])


def mapping(text: str) -> Callable[[Path], object]:
    return lambda folder: (folder / "koppeling.toml").write_text(text)


def mapped(file: str) -> Callable[[Path], object]:
    return mapping(f'[subtrajecten]\nbestand = "{file}"\n\n[zorgactiviteiten]\n')


def secret(folder: Path) -> None:
    (folder / "geheim.csv").write_text("subtraject_id;patient\n1;Wolkenhof\n")


def options() -> Mapping[str, Bad]:
    koppeling = ("--mapping", "koppeling.toml")
    nothing: Callable[[Path], object] = lambda folder: None  # noqa: E731 - one word for what is done to a sound export
    link = both(
        secret, lambda folder: (folder / "levering" / "koppel.csv").symlink_to("../geheim.csv"), mapped("koppel.csv")
    )
    pipe = both(lambda folder: os.mkfifo(folder / "levering" / "pijp.csv"), mapped("pijp.csv"))
    return {
        "bron_bestaat_niet": Bad(nothing, source="nergens"),
        "bron_is_bestand": Bad(nothing, source="levering/subtrajecten.csv"),
        "bron_is_onbekend": Bad(both(emptied, lambda f: (f / "levering" / "lijst.txt").write_text("x")), form="", source="levering"),
        "bron_is_twee_vormen": Bad(lambda f: EXPORTS["dwh"](f / "levering"), form=""),
        "jaren_zonder_gegevens": Bad(nothing, options=("--years", "2019-2020")),
        "jaren_onleesbaar": Bad(nothing, options=("--years", "vorig")),
        "jaren_omgekeerd": Bad(nothing, options=("--years", "2026-2024")),
        "datum_voor_de_gegevens": Bad(nothing, options=("--date", "2024-12-31")),
        "datum_onleesbaar": Bad(nothing, options=("--date", "31-03-2026")),
        "vorm_onbekend": Bad(nothing, form="", options=("--format", "epic")),
        "ziekenhuis_is_pad": Bad(nothing, options=("--hospital", "../elders")),
        "sleutel_in_opslag": Bad(nothing, options=("--key", "opslag/noord/sleutel")),
        "sleutel_is_andere": Bad(lambda f: EXPORTS["neutraal"](f / "x"), options=("--key", "andere")),
        "sleutel_kwijt": Bad(nothing, options=("--key", "kwijt")),
        "sleutel_is_geen_sleutel": Bad(lambda f: ((f / "k").write_text("geheim\n"), (f / "k").chmod(0o600)), options=("--key", "k")),
        "sleutel_open_voor_anderen": Bad(lambda f: (f / "sleutel").chmod(0o644)),
        "opslag_is_bestand": Bad(lambda f: (f / "o").write_text("x"), options=("--store", "o")),
        "opslag_is_andere_map": Bad(lambda f: ((f / "o").mkdir(), (f / "o" / "brief.txt").write_text("x")), options=("--store", "o")),
        "pagina_in_bestand": Bad(lambda f: (f / "p").write_text("x"), options=("--page", "p/controle.html")),
        "nza_bestaat_niet": Bad(nothing, options=("--nza", "nza")),
        "nza_is_leeg": Bad(lambda f: (f / "nza").mkdir(), options=("--nza", "nza")),
        "landelijk_bestaat_niet": Bad(nothing, options=("--national", "landelijk")),
        "werkmap_is_zipbom": Bad(lambda f: workbook(f, bomb=True), source="levering.xlsx"),
        "werkmap_afgebroken": Bad(lambda f: workbook(f, cut=True), source="levering.xlsx"),
        "koppeling_bestaat_niet": Bad(nothing, options=koppeling),
        "koppeling_is_een_export": Bad(nothing, options=("--mapping", "levering/subtrajecten.csv")),
        "koppeling_syntaxfout": Bad(mapping("[subtrajecten]\nbestand = DBC.csv\n"), options=koppeling),
        "koppeling_latin1": Bad(lambda f: (f / "koppeling.toml").write_bytes(b'[subtrajecten]\nbestand = "\xebxport.csv"\n'), options=koppeling),
        "koppeling_naam_onbekend": Bad(mapping("[subtrajecten.kolommen]\nopeningdatum = \"Begin\"\n[zorgactiviteiten]\n"), options=koppeling),
        "koppeling_naar_boven": Bad(both(secret, mapped("../geheim.csv")), options=koppeling),
        "koppeling_absoluut": Bad(mapped("/etc/passwd"), options=koppeling),
        "koppeling_windows_pad": Bad(mapped("C:\\\\\\\\export\\\\\\\\DBC.csv"), options=koppeling),
        "koppeling_naar_link": Bad(link, options=koppeling),
        "koppeling_naar_pijp": Bad(pipe, options=koppeling),
        "koppeling_naar_map": Bad(both(lambda f: (f / "levering" / "map.csv").mkdir(), mapped("map.csv")), options=koppeling),
        "koppeling_bestand_ontbreekt": Bad(mapped("subtraject.csv"), options=koppeling),
        "twee_instellingen": Bad(
            edit("subtrajecten.csv", lambda data: b"\n".join(
                line + (b";instelling" if not n else b";06010101" if n % 4 else b";06020202") for n, line in enumerate(data.splitlines())
            ) + b"\n")
        ),
        "andere_instelling": Bad(lambda f: EXPORTS["zh308"](f / "z"), form="zh308", source="z", options=("--hospital", "zuid")),
        "veel_minder_dan_eerder": Bad(lambda f: EXPORTS["neutraal"](f / "x"), options=("--hospital", "groot")),
        "dubbele_subtrajecten": Bad(edit("subtrajecten.csv", lambda data: data + data.partition(b"\n")[2])),
        "activiteiten_van_niemand": Bad(edit("zorgactiviteiten.csv", lambda data: data.replace(b"SUB", b"WEG"))),
    }  # fmt: skip


CASES: Mapping[str, Bad] = {
    **table_defects("neutraal"),
    **table_defects("dwh"),
    **table_defects("hix"),
    **zh308_defects(),
    **options(),
}
