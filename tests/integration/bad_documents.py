"""Agreements, seals, versions and results that something is wrong with, each made in a folder with one small case."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from command import run
from small_case import toml, write_folder

CASE = "case"
LATER = "afspraak_vanaf_2026-07-01.toml"
FREEZE = ("agreement", "freeze", CASE, "--by", "ziekenhuis", "--on", "2026-01-15")


def make(folder: Path) -> Path:
    """The case with a frame, and its settlement as JSON, CSV and workbook."""
    case = write_folder(folder / CASE)
    (case / "afspraak.toml").write_text(toml() + "[kader]\nbedrag = 100_000.00\n", encoding="utf-8")
    assert run("settle", case, "--csv", case / "uitkomst", "--xlsx", folder / "uit.xlsx").status == 0
    (case / "uit.json").write_text(run("run", case, "--json").out, encoding="utf-8")
    return folder


def replace(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text, (name, old)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def freeze(folder: Path) -> None:
    assert run(*FREEZE, cwd=folder).status == 0


def frozen_and_changed(folder: Path) -> None:
    freeze(folder)
    replace(folder, "case/afspraak.toml", "100_000.00", "90_000.00")


def frozen_and_much_changed(folder: Path) -> None:
    freeze(folder)
    weights = "[weging]\noutput = 0.7\nefficiency = 0.2\npassende_zorg = 0.1\n"
    settle = '[afrekening]\nherverdeling = "naar_rato"\nondersteuners = "realisatie"\n'
    path = folder / "case" / "afspraak.toml"
    path.write_text(
        path.read_text(encoding="utf-8") + weights + settle + '[benchmark]\nmethode = "mediaan"\n', encoding="utf-8"
    )


def damaged_seal(folder: Path) -> None:
    freeze(folder)
    replace(folder, "case/afspraak.zegel.toml", '"MSB Voorbeeld"', '"MSB Anders"')


def newer_seal(folder: Path) -> None:
    freeze(folder)
    replace(folder, "case/afspraak.zegel.toml", "vorm = 1", "vorm = 9")


def lost_agreement(folder: Path) -> None:
    later(folder)
    assert run("agreement", "freeze", f"case/{LATER}", "--by", "gremium", "--on", "2026-06-30", cwd=folder).status == 0
    (folder / "case" / LATER).unlink()


def later(folder: Path, line: str = "ingangsdatum = 2026-07-01", name: str = LATER) -> None:
    text = (folder / "case/afspraak.toml").read_text(encoding="utf-8")
    (folder / "case" / name).write_text(text.replace("jaar = 2026", f"jaar = 2026\n{line}"), encoding="utf-8")


def other_date(folder: Path) -> None:
    later(folder, "ingangsdatum = 2026-07-02")


def other_name(folder: Path) -> None:
    later(folder, name="afspraak_vanaf_juli.toml")


def other_year(folder: Path) -> None:
    later(folder)
    replace(folder, f"case/{LATER}", "jaar = 2026\ningangsdatum = 2026", "jaar = 2025\ningangsdatum = 2025")


def same_day(folder: Path) -> None:
    later(folder)
    replace(folder, "case/afspraak.toml", "jaar = 2026", "jaar = 2026\ningangsdatum = 2026-07-01")


def date_outside(folder: Path) -> None:
    replace(folder, "case/afspraak.toml", "jaar = 2026", "jaar = 2026\ningangsdatum = 2027-01-01")


def date_in_quotes(folder: Path) -> None:
    replace(folder, "case/afspraak.toml", "jaar = 2026", 'jaar = 2026\ningangsdatum = "1 juli"')


def several_wrong(folder: Path) -> None:
    replace(folder, "case/afspraak.toml", "jaar = 2026", 'jaar = "2026"\nversie = 2')
    replace(folder, "case/afspraak.toml", "bedrag = 100_000.00", "bedrag = -1\nvaste_componet = 0.1")


def record(folder: Path, change: Callable[[dict], None]) -> None:
    path = folder / "case" / "uit.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(json.dumps(content), encoding="utf-8")


def newer_result(folder: Path) -> None:
    record(folder, lambda content: content["verantwoording"].update(vorm=2, programma="9.0"))


def no_origin(folder: Path) -> None:
    record(folder, lambda content: content.pop("verantwoording"))


def strange_origin(folder: Path) -> None:
    record(folder, lambda content: content["verantwoording"].update(stappen=["dansen"]))


def half_a_result(folder: Path) -> None:
    path = folder / "case" / "uit.json"
    path.write_bytes(path.read_bytes()[:500])


def half_a_workbook(folder: Path) -> None:
    path = folder / "uit.xlsx"
    path.write_bytes(path.read_bytes()[:2000])


def file_gone(folder: Path) -> None:
    (folder / "case/uitkomst/resultaat_afrekening.csv").unlink()


def origin_cut(folder: Path) -> None:
    path = folder / "case/uitkomst/resultaat_herkomst.csv"
    path.write_bytes(path.read_bytes().replace(b"uitkomst;;;vorm;1\r\n", b""))


def of_another_time(folder: Path) -> None:
    assert run("budget", folder / CASE, "--csv", folder / "los").status == 0
    made = (folder / "los/resultaat_begroting.csv").read_bytes()
    (folder / "case/uitkomst/resultaat_begroting.csv").write_bytes(made)


def case_broken(folder: Path) -> None:
    replace(folder, "case/realisatie.csv", "13.25", "veel")


def compared(folder: Path, **asked: object) -> None:
    """A comparison in place of the result of `run`; ``asked``: what it says was asked, changed by hand."""
    for name in ("hoger.toml", "lager.toml"):
        (folder / name).write_text(f"[kader]\nvaste_component = 0.{len(name)}\n", encoding="utf-8")
    words = ("compare", CASE, "--agreements", "hoger.toml", "lager.toml")
    (folder / "case/uit.json").write_text(run(*words, "--json", cwd=folder).out, encoding="utf-8")
    record(folder, lambda content: content["verantwoording"]["vraag"].update(asked))


def overlay_gone(folder: Path) -> None:
    compared(folder)
    (folder / "hoger.toml").unlink()
    (folder / "lager.toml").unlink()


def strange_kind(folder: Path) -> None:
    compared(folder)
    record(folder, lambda content: content["verantwoording"].update(soort="dansen"))


def strange_question(folder: Path) -> None:
    compared(folder, within=["2%"], value=3)


def strange_option(folder: Path) -> None:
    compared(folder, within="veel")


def from_a_store(folder: Path) -> None:
    compared(folder, hospital="MSB Noord", year="2026")


def with_a_benchmark(folder: Path) -> None:
    compared(folder, hospital="MSB Noord", year="2026", benchmark="benchmark-2026.json")


def strange_year(folder: Path) -> None:
    compared(folder, hospital="MSB Noord", year="dit jaar")


def two_years(folder: Path) -> None:
    text = (folder / "case/afspraak.toml").read_text(encoding="utf-8")
    write_folder(folder / "2025", afspraak__toml=text.replace("2026", "2025"))
    (folder / "elders/diep").mkdir(parents=True)
    (folder / "elders/diep/jaren.json").write_text(
        run("years", "2025", CASE, "--json", cwd=folder).out, encoding="utf-8"
    )


def two_results(folder: Path) -> None:
    compared(folder)
    words = ("compare", CASE, "--agreements", "hoger.toml", "--csv", "case/uitkomst")
    assert run(*words, cwd=folder).status == 0


def nothing(folder: Path) -> None:
    pass


@dataclass(frozen=True)
class Bad:
    words: tuple[str, ...]
    make: Callable[[Path], None] = nothing


SETTLE, VERIFY = ("settle", CASE), ("verify", "case/uit.json")
CASES = {
    "frozen_changed": Bad(SETTLE, frozen_and_changed),
    "frozen_much_changed": Bad(("check", CASE), frozen_and_much_changed),
    "frozen_checked": Bad(("agreement", "check", "case/afspraak.toml"), frozen_and_changed),
    "freeze_other_content": Bad((*FREEZE[:4], "gremium", *FREEZE[5:]), frozen_and_changed),
    "freeze_twice": Bad(FREEZE, freeze),
    "freeze_no_date": Bad((*FREEZE[:6], "morgen")),
    "freeze_wrong_agreement": Bad(FREEZE, several_wrong),
    "seal_damaged": Bad(SETTLE, damaged_seal),
    "seal_newer": Bad(SETTLE, newer_seal),
    "seal_without_agreement": Bad(SETTLE, lost_agreement),
    "version_other_date": Bad(SETTLE, other_date),
    "version_other_name": Bad(SETTLE, other_name),
    "version_other_year": Bad(SETTLE, other_year),
    "version_same_day": Bad(SETTLE, same_day),
    "date_outside": Bad(("agreement", "check", CASE), date_outside),
    "date_in_quotes": Bad(("agreement", "check", CASE), date_in_quotes),
    "check_several": Bad(("agreement", "check", "case/afspraak.toml"), several_wrong),
    "check_nothing": Bad(("agreement", "check", "weg.toml")),
    "check_table": Bad(("agreement", "check", "case/begroting.csv")),
    "diff_both_wrong": Bad(("agreement", "diff", "case/afspraak.toml", "weg.toml"), several_wrong),
    "verify_nothing": Bad(("verify", "weg.json")),
    "verify_case": Bad(("verify", CASE)),
    "verify_no_origin": Bad(VERIFY, no_origin),
    "verify_table": Bad(("verify", "case/begroting.csv")),
    "verify_half": Bad(VERIFY, half_a_result),
    "verify_newer": Bad(VERIFY, newer_result),
    "verify_strange": Bad(VERIFY, strange_origin),
    "verify_half_workbook": Bad(("verify", "uit.xlsx", "--case", CASE), half_a_workbook),
    "verify_file_gone": Bad(("verify", "case/uitkomst"), file_gone),
    "verify_origin_cut": Bad(("verify", "case/uitkomst"), origin_cut),
    "verify_other_file": Bad(("verify", "case/uitkomst"), of_another_time),
    "verify_without_case": Bad(("verify", "uit.xlsx")),
    "verify_case_broken": Bad(VERIFY, case_broken),
    "verify_overlay_gone": Bad(VERIFY, overlay_gone),
    "verify_overlay_other": Bad((*VERIFY, "--agreements", "hoger.toml", "case/afspraak.toml"), compared),
    "verify_no_overlays": Bad((*VERIFY, "--agreements", "case/afspraak.toml")),
    "verify_two_cases": Bad((*VERIFY, "--case", CASE, "--case", "weg"), compared),
    "verify_strange_kind": Bad(VERIFY, strange_kind),
    "verify_strange_question": Bad(VERIFY, strange_question),
    "verify_strange_option": Bad(VERIFY, strange_option),
    "verify_strange_year": Bad((*VERIFY, "--store", "opslag"), strange_year),
    "verify_option": Bad((*VERIFY, "--store", "opslag"), with_a_benchmark),
    "verify_store": Bad(VERIFY, from_a_store),
    "verify_years": Bad(("verify", "elders/diep/jaren.json"), two_years),
    "verify_years_one": Bad(("verify", "elders/diep/jaren.json", "--case", CASE), two_years),
    "verify_two_results": Bad(("verify", "case/uitkomst"), two_results),
}
