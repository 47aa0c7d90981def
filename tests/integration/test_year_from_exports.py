"""A whole year, from what four hospitals' systems gave to euros: what the commands say is what plain Python works out from the exports.

The other way round is in tests/year_by_hand.py, written from the documentation.
"""

from __future__ import annotations

import csv
import json
import random
import shutil
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import pytest
from command import run

import year_by_hand as by_hand

pytestmark = pytest.mark.integration

BEFORE, NOW = 2024, 2025
KNOWN = "2026-06-30"  # day of the demo's deliveries
HOSPITALS = [f"ziekenhuis-0{number}" for number in range(1, 5)]
WORKED_OUT = ["ziekenhuis-02", "ziekenhuis-04"]  # a group that was not there the year before; the uninsured


def asked(*words: object) -> str:
    outcome = run(*words)
    assert outcome.status == 0, outcome.err or outcome.out
    return outcome.out


@dataclass
class Demo:
    root: Path
    exports: dict[str, by_hand.Export] = field(default_factory=dict)
    folded: dict[tuple[str, int], by_hand.Year] = field(default_factory=dict)
    fte: dict[tuple[str, int], dict[by_hand.Group, Fraction]] = field(default_factory=dict)
    rate: dict[by_hand.Group, Fraction] = field(default_factory=dict)

    @property
    def store(self) -> Path:
        return self.root / "opslag"

    @property
    def contributions(self) -> Path:
        return self.root / "bijdragen"

    def files(self, year: int) -> list[Path]:
        return sorted(self.contributions.glob(f"*-{year}.bijdrage"))

    def case(self, hospital: str, year: int) -> Path:
        return self.store / hospital / f"case-{year}"

    def hours(self, hospital: str, year: int) -> dict[tuple[str, str, str], Fraction]:
        """At this year's norm times, whichever year the volumes are of."""
        return by_hand.hours_by_contract(
            self.folded[hospital, year], by_hand.norm_times(self.root / "normtijden.csv", NOW)
        )

    def efficiency(self, hospital: str, year: int) -> dict[str, by_hand.Efficiency]:
        return by_hand.efficiency(self.folded[hospital, year], [self.folded[other, year] for other in HOSPITALS])

    def whole(self, hospital: str) -> by_hand.Whole:
        return by_hand.whole_year(
            self.case(hospital, NOW), self.rate, self.hours(hospital, BEFORE), self.hours(hospital, NOW),
            self.efficiency(hospital, BEFORE), self.efficiency(hospital, NOW),
        )  # fmt: skip

    def asked_of(self, stage: str, hospital: str, *more: object) -> dict:
        where = ("--store", self.store, "--hospital", hospital, "--year", NOW, "--contributions", self.contributions)
        return json.loads(asked(stage, *where, "--json", *more))


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Demo:
    demo = Demo(tmp_path_factory.mktemp("year") / "demo")
    asked("demo", "store", demo.root, "--hospitals", 4, "--scale", "0.004", "--seed", 3)
    for year in (BEFORE, NOW):
        fold(demo, year, demo.contributions)
    asked(
        "benchmark", "ex-ante", NOW, *demo.files(BEFORE), "--norms", demo.root / "normtijden.csv", "--peers", "alle",
        "--publish", demo.store / "benchmark", "--date", "2024-12-15",
    )  # fmt: skip
    for hospital in HOSPITALS:
        demo.exports[hospital] = by_hand.Export(demo.root / "leveringen" / hospital)
        for year in (BEFORE, NOW):
            folding = by_hand.Folding(demo.exports[hospital], demo.case(hospital, year), year, KNOWN)
            demo.folded[hospital, year] = folding.run()
            demo.fte[hospital, year] = by_hand.care_fte(demo.case(hospital, year))
    demo.rate = pooled({one: demo.hours(one, BEFORE) for one in HOSPITALS}, demo)
    return demo


@dataclass
class Changed:
    """Codes that are replaced (in two), joined, dropped and added, and trends; with the norm hours that follow, by hospital."""

    folder: Path
    hours: dict[str, dict[tuple[str, str, str], Fraction]]

    @property
    def options(self) -> tuple[object, ...]:
        names = {"--norms": "normtijden", "--structure": "productstructuur", "--trends": "trends"}
        return tuple(word for option, name in names.items() for word in (option, self.folder / f"{name}.csv"))


@pytest.fixture(scope="module")
def changed(demo, tmp_path_factory) -> Changed:
    folder, hospital = tmp_path_factory.mktemp("changed"), "ziekenhuis-04"

    def most(specialism: str, role: str, place: int) -> str:
        counted: Counter = Counter()
        for key, count in demo.folded[hospital, BEFORE].opened().items():
            if key[:2] == (specialism, role):
                counted[key[3]] += count
        return sorted(counted, key=lambda code: (-counted[code], code))[place]

    split, dropped, later = (most("0303", "poort", place) for place in range(3))
    old, new = (most("0362", "ondersteunend", place) for place in range(2))
    times = "2025;0303;zorgproduct;990303001;71,13\n2025;0303;zorgproduct;990303002;33,07\n2025;0303;zorgproduct;990303003;205,11\n"
    (folder / "normtijden.csv").write_bytes((demo.root / "normtijden.csv").read_bytes() + times.encode())
    (folder / "productstructuur.csv").write_text(
        "jaar;specialisme;soort;oud;nieuw;factor;aantal;ziekenhuis\n"
        f"2025;0303;zorgproduct;{split};990303001;0,75;;\n2025;0303;zorgproduct;{split};990303002;0,5;;\n"
        f"2025;0303;zorgproduct;{dropped};;;;\n2025;0303;zorgproduct;;990303003;;3;\n"
        f"2025;0362;zorgactiviteit;{old};{new};1,2;;\n2024;0303;zorgproduct;{later};;;;\n"
    )
    (folder / "trends.csv").write_text(
        "specialisme;rol;code;ziekenhuis;factor;reden\n0303;poort;;;1,02;groei\n0305;poort;;;1,1;groei\n"
        f"0305;poort;{most('0305', 'poort', 0)};;0,5;naar elders\n0362;ondersteunend;;{hospital};0,9;minder\n"
    )
    structure = [row for row in by_hand.rows(folder / "productstructuur.csv") if row["jaar"] == str(NOW)]
    trends = by_hand.rows(folder / "trends.csv")
    norm_times = by_hand.norm_times(folder / "normtijden.csv", NOW)
    hours = {}
    for one in HOSPITALS:
        volumes, added = by_hand.restructured(demo.folded[one, BEFORE].opened(), structure, trends, one)
        hours[one] = by_hand.priced(volumes, added, norm_times)
    return Changed(folder, hours)


def fold(demo: Demo, year: int, target: Path, *more: object, store: Path | None = None, who: str = "alle") -> None:
    hospitals = demo.root / "ziekenhuizen.csv"
    asked("fold", who, year, "--store", store or demo.store, "--hospitals", hospitals, "--out", target, *more)


def pooled(parts: dict[str, dict[tuple[str, str, str], Fraction]], demo: Demo) -> dict[by_hand.Group, Fraction]:
    """The benchmark of the demo's agreements: all hospitals, the own group among them, all hours ÷ all fte."""
    amounts, fte = (
        {one: by_hand.hours(its) for one, its in parts.items()},
        {one: demo.fte[one, BEFORE] for one in parts},
    )
    return by_hand.rates(amounts, fte, by_hand.taking_part(amounts, fte))


def shown(value: Fraction | int | None) -> str | None:
    """As the JSON has it: six decimals, rounded half up."""
    if value is None:
        return None
    millionths = int(by_hand.half_up(Fraction(value), 6) * 10**6)
    return f"{'-' if millionths < 0 else ''}{abs(millionths) // 10**6}.{abs(millionths) % 10**6:06d}"


# --- the fold ----------------------------------------------------------------------------------------------------------------------


def tables(file: Path, target: Path) -> dict[str, list[dict[str, str]]]:
    """`contribution show --csv`: name of the table → its rows."""
    asked("contribution", "show", file, "--csv", target)
    return {path.stem.removeprefix("bijdrage-"): by_hand.rows(path) for path in target.glob("*.csv")}


def check_contribution(written: dict[str, list[dict[str, str]]], mine: by_hand.Year, times: dict) -> None:
    volumes, minutes, people = {}, {}, {}
    for row in written["productie"]:
        key = tuple(row[column] for column in ("specialisme", "rol", "soort", "code", "contract"))
        if row["grootheid"] == "patienten":
            people[key] = int(row["aantal"])
            continue
        volumes[key, row["grootheid"], row["maand"]] = int(row["aantal"])
        if row["minuten"]:
            minutes[key, row["grootheid"], row["maand"]] = by_hand.number(row["minuten"])
    expected = {(key, *at): count for key, months in mine.production.items() for at, count in months.items() if count}
    assert volumes == expected
    priced = {at: (count, times.get((at[0][0], *at[0][2:4]))) for at, count in expected.items()}
    assert minutes == {at: count * time for at, (count, time) in priced.items() if time is not None}
    assert people == {key: len(who - {""}) for key, who in mine.who.items() if who - {""}}
    assert {
        (tuple(row[column] for column in ("specialisme", "diagnosegroep", "leeftijd", "geslacht")), row["eenheid"], int(row["kwartaal"])):
        int(row["aantal"]) for row in written["strata"]
    } == {(stratum, *at): count for stratum, counts in mine.strata.items() for at, count in counts.items() if count}  # fmt: skip
    assert {
        (row["specialisme"], row["rol"], row["grootheid"], row["maand"]): int(row["aantal"]) for row in written["input"]
    } == {key: count for key, count in mine.inputs.items() if count}
    assert {
        (row["specialisme"], row["diagnose"], row["zorgproduct"]): (int(row["aantal"]), int(row["patienten"]))
        for row in written["diagnoses"]
    } == mine.diagnoses


@pytest.mark.parametrize("hospital", HOSPITALS)
def test_a_contribution_is_what_the_export_counts(demo, hospital, tmp_path):
    for year in (BEFORE, NOW):
        file, mine = demo.contributions / f"{hospital}-{year}.bijdrage", demo.folded[hospital, year]
        written = tables(file, tmp_path / str(year))
        times = by_hand.norm_times(demo.case(hospital, year) / "normtijden.csv", year)
        check_contribution(written, mine, times)
        told = json.loads(asked("contribution", "show", file, "--json"))
        counts = told["ziekenhuizen"][0]["tellingen"]
        assert {name: counts[name] for name in mine.outcomes} == mine.outcomes
        assert counts["geopend"] == sum(mine.outcomes.values())
        fte = by_hand.care_fte(demo.case(hospital, year))
        assert {
            (row["specialisme"], row["rol"]): Fraction(row["zorgverlening_fte"]) for row in told["ziekenhuizen"][0]["formatie"]
        } == fte  # fmt: skip
        hours = by_hand.hours(by_hand.hours_by_contract(mine, times))
        in_file: Counter = Counter()
        for row in written["productie"]:
            if row["grootheid"] == "geopend":
                in_file[row["specialisme"], row["rol"]] += by_hand.number(row["minuten"]) / 60
        assert in_file == hours
        for row in told["vakgroepen"]:
            group = (row["specialisme"], row["rol"])
            assert row["normuren"] == shown(hours[group])
            assert row["normuren_per_fte"] == shown(hours[group] / fte[group])


def test_the_order_of_the_rows_of_an_export_does_not_matter(demo, tmp_path):
    hospital, dice = "ziekenhuis-02", random.Random(5)
    export = tmp_path / "levering"
    export.mkdir()
    for file in sorted((demo.root / "leveringen" / hospital).glob("*.csv")):
        head, *lines = file.read_text(encoding="utf-8").splitlines()
        dice.shuffle(lines)
        (export / file.name).write_text("\n".join([head, *lines, ""]), encoding="utf-8")
    load(demo, export, hospital, tmp_path / "opslag")
    for year in (BEFORE, NOW):
        case = demo.case(hospital, year)
        fold(demo, year, tmp_path / "uit", "--case", case, store=tmp_path / "opslag", who=hospital)
        name = f"{hospital}-{year}.bijdrage"
        assert (tmp_path / "uit" / name).read_bytes() == (demo.contributions / name).read_bytes()


# Cells that are emptied or changed: every how many rows, from which, and what then
SUBTRAJECTS = (
    (29, 3, {"declaratiecode": ""}),
    (31, 5, {"declaratiecode": "16B693"}),
    (37, 7, {"sluitdatum": "", "afsluitreden": "", "zorgproduct": "", "declaratiecode": "", "product_bekend_op": ""}),
)
PATIENTS = ((17, 3, {"geslacht": "O"}), (23, 7, {"verzekeraar": ""}))
ACTIVITIES = ((53, 2, {"specialisme_uitvoerder": "0389"}), (59, 4, {"specialisme_uitvoerder": ""}))


def crooked(export: Path, target: Path) -> None:
    """The export as a hospital might have it: cells that are empty, corrections, care that brings no output, trajectories still open."""
    target.mkdir()
    content = {file.name: by_hand.rows(file) for file in export.glob("*.csv")}
    for name, changes in (("subtrajecten", SUBTRAJECTS), ("patienten", PATIENTS), ("zorgactiviteiten", ACTIVITIES)):
        for every, first, change in changes:
            for row in content[f"{name}.csv"][first::every]:
                row.update(change)
    activities = content["zorgactiviteiten.csv"]
    activities += [{**row, "aantal": "-1"} for row in activities[1::23] if int(row["aantal"]) > 1]
    for name, table in content.items():
        with (target / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(table[0]), delimiter=";")
            writer.writeheader()
            writer.writerows(table)


def test_a_crooked_export(demo, tmp_path):
    """And norm times and cost prices of which half is missing, and groups of diagnoses."""
    hospital, case = "ziekenhuis-03", tmp_path / "case"
    crooked(demo.root / "leveringen" / hospital, tmp_path / "levering")
    load(demo, tmp_path / "levering", hospital, tmp_path / "opslag")
    shutil.copytree(demo.case(hospital, NOW), case)
    for name in ("normtijden.csv", "kostprijzen.csv"):
        lines = (case / name).read_text(encoding="utf-8").splitlines()
        (case / name).write_text("\n".join([lines[0], *lines[1::2], ""]), encoding="utf-8")
    (case / "diagnosegroepen.csv").write_text(
        "jaar;specialisme;diagnose;diagnosegroep\n2025;0303;0113;buik\n2025;0303;0116;buik\n2024;0303;0282;anders\n2025;0313;0113;bloed\n"
    )
    fold(demo, NOW, tmp_path / "uit", "--case", case, store=tmp_path / "opslag", who=hospital)
    file, export = tmp_path / "uit" / f"{hospital}-{NOW}.bijdrage", by_hand.Export(tmp_path / "levering")
    mine = by_hand.Folding(export, case, NOW, KNOWN).run()
    assert ("0303", "buik") in {stratum[:2] for stratum in mine.strata}
    assert min(mine.outcomes[name] for name in ("in_behandeling", "uitval", "onverzekerd", "met_output")) > 5
    times = by_hand.norm_times(case / "normtijden.csv", NOW)
    check_contribution(tables(file, tmp_path / "tabellen"), mine, times)
    counts = json.loads(asked("contribution", "show", file, "--json"))["ziekenhuizen"][0]["tellingen"]
    assert {name: counts[name] for name in mine.outcomes} == mine.outcomes
    without = [count for (specialism, _, *what, _), count in mine.opened().items() if (specialism, *what) not in times]
    assert counts["zonder_normtijd"] == sum(without) > 5


def load(demo: Demo, export: Path, hospital: str, store: Path) -> None:
    key = demo.root / "sleutels" / f"{hospital}.sleutel"
    asked("intake", "load", export, "--hospital", hospital, "--store", store, "--date", KNOWN, "--key", key)


def test_processes_give_the_same_files(demo, tmp_path):
    fold(demo, NOW, tmp_path, "--executor", "processen:2")
    for file in demo.files(NOW):
        assert (tmp_path / file.name).read_bytes() == file.read_bytes()


# --- benchmark, efficiency, the year -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hospital", "method", "own", "peers"),
    [
        ("ziekenhuis-02", "gepoold", "in", "alle"),
        ("ziekenhuis-02", "gemiddelde", "in", "type"),
        ("ziekenhuis-04", "mediaan", "uit", "alle"),
        ("ziekenhuis-01", "mediaan", "in", "alle"),
    ],
)
def test_the_benchmark_before_the_year(demo, changed, hospital, method, own, peers):
    words = ("benchmark", "ex-ante", NOW, *demo.files(BEFORE), *changed.options, "--hospital", hospital, "--json")
    told = json.loads(asked(*words, "--method", method, "--own", own, "--peers", peers))
    amounts = {one: by_hand.hours(parts) for one, parts in changed.hours.items()}
    fte = {one: demo.fte[one, BEFORE] for one in HOSPITALS}
    kinds = {row["ziekenhuis"]: row["type"] for row in by_hand.rows(demo.root / "ziekenhuizen.csv")}
    alike = {one for one in HOSPITALS if peers == "alle" or kinds[one] == kinds[hospital]}
    with_own = {g: [one for one in who if one in alike] for g, who in by_hand.taking_part(amounts, fte).items()}
    compared = {g: [one for one in who if own == "in" or one != hospital] for g, who in with_own.items()}
    rates = by_hand.rates(amounts, fte, compared, method)
    rows = {(row["specialisme"], row["rol"]): row for row in told["vakgroepen"]}
    assert set(rows) == {group for group in amounts[hospital] if fte[hospital].get(group)}
    assert {group for group, row in rows.items() if row["niet_berekend"] is None} == set(rates) & set(rows)
    for group in set(rates) & set(rows):
        each = {one: amounts[one][group] / fte[one][group] for one in with_own[group]}
        mine, others = each[hospital], [rate for one, rate in each.items() if one != hospital]
        assert {name: rows[group][name] for name in ("fte", "normuren", "eigen", "benchmark", "norm_fte")} == {
            "fte": shown(fte[hospital][group]),
            "normuren": shown(amounts[hospital][group]),
            "eigen": shown(mine),
            "benchmark": shown(rates[group]),
            "norm_fte": shown(amounts[hospital][group] / rates[group]),
        }
        assert [rows[group][name] for name in ("lager", "gelijk", "anderen")] == [
            sum(rate < mine for rate in others), sum(rate == mine for rate in others), len(others),
        ]  # fmt: skip


def test_what_was_published_is_what_the_exports_give(demo):
    published = json.loads(
        asked("benchmark", "show", demo.store / "benchmark" / f"ex-ante-{NOW}-v1.benchmark", "--json")
    )
    rates = {(row["specialisme"], row["rol"]): row["benchmark"] for row in published["vergelijkingsgroepen"]}
    assert rates == {group: shown(rate) for group, rate in demo.rate.items()}


def test_the_benchmark_after_half_a_year(demo):
    hospital, quarter = "ziekenhuis-04", 2
    words = ("benchmark", "ex-post", NOW, *demo.files(NOW), "--quarter", quarter, "--peers", "alle")
    told = json.loads(asked(*words, "--hospital", hospital, "--json"))
    half = {one: by_hand.until(demo.folded[one, NOW], quarter) for one in HOSPITALS}
    times = by_hand.norm_times(demo.root / "normtijden.csv", NOW)
    fte = {one: demo.fte[one, NOW] for one in HOSPITALS}
    amounts = {one: by_hand.hours(by_hand.hours_by_contract(half[one], times, "gesloten")) for one in HOSPITALS}
    peers = by_hand.taking_part(amounts, fte)
    rate = by_hand.rates(amounts, fte, peers)
    efficiency = by_hand.efficiency(half[hospital], list(half.values()))
    seen = {
        what: {one: by_hand.of_input(year, what) for one, year in half.items()}
        for what in ("patienten", "activiteiten")
    }
    parts = {what: by_hand.rates(amounts_of, fte, peers) for what, amounts_of in seen.items()}
    compared = [row for row in told["vakgroepen"] if row["niet_berekend"] is None]
    assert len(compared) > 25
    for row in compared:
        group = (row["specialisme"], row["rol"])
        score = efficiency[group[0]].value if group[1] == "poort" and group[0] in efficiency else None
        output = amounts[hospital][group] / rate[group]
        patients, activities = (
            seen[what][hospital][group] / parts[what][group] for what in ("patienten", "activiteiten")
        )
        scored = output if score is None else output * score
        mine = {
            "normuren": amounts[hospital][group],
            "benchmark": rate[group],
            "input_patienten": patients,
            "input_activiteiten": activities,
            "input": (patients + activities) / 2,
            "output": output,
            "efficiency": score,
            "met_efficiency": scored,
            "drie_parameters": (3 * (patients + activities) / 2 + 5 * output + 2 * scored) / 10,
            "twee_parameters": (8 * output + 2 * scored) / 10,
        }
        assert {name: row[name] for name in mine} == {name: shown(value) for name, value in mine.items()}, group


@pytest.mark.parametrize("hospital", WORKED_OUT)
@pytest.mark.parametrize("year", [BEFORE, NOW])
def test_efficiency(demo, hospital, year):
    told = json.loads(asked("efficiency", *demo.files(year), "--hospital", hospital, "--peers", "alle", "--json"))
    assert told["minimum"] == by_hand.MINIMUM
    check_efficiency(told, demo.efficiency(hospital, year))


def test_efficiency_until_a_quarter_without_the_own_group_and_with_weights(demo, tmp_path):
    hospital, quarter, typed = "ziekenhuis-01", 3, tmp_path / "efficiencygewichten.csv"
    typed.write_text(
        "specialisme;onderdeel;waarde\n;fysiek;120,50\n;ehealth;0,25\n0303;klinisch;0\n0303;fysiek;80\n0313;diagnostisch;2,5\n"
    )
    words = ("--hospital", hospital, "--peers", "alle", "--own", "uit", "--quarter", quarter, "--weights", typed)
    told = json.loads(asked("efficiency", *demo.files(NOW), *words, "--json"))
    until = {one: by_hand.until(demo.folded[one, NOW], quarter) for one in HOSPITALS}
    others = [year for one, year in until.items() if one != hospital]
    check_efficiency(told, by_hand.efficiency(until[hospital], others, by_hand.rows(typed)))


def check_efficiency(told: dict, mine: dict[str, by_hand.Efficiency]) -> None:
    assert {row["specialisme"] for row in told["vakgroepen"]} == set(mine)
    for row in told["vakgroepen"]:
        own = mine[row["specialisme"]]
        assert row["efficiency"] == shown(own.value)
        assert row["patienten"] == {"per_niveau": own.per_level, "zonder_referentie": own.left_out}
        for unit, told_of in row["eenheden"].items():
            assert told_of == {"geleverd": own.actual[unit], "verwacht": shown(own.expected[unit])}
        for component, told_of in row["onderdelen"].items():
            assert told_of["waarde"] == shown(own.components[component]), (row["specialisme"], component)
            assert Fraction(told_of["gewicht"] or 0) == own.weights[component]


@pytest.mark.parametrize("hospital", WORKED_OUT)
def test_the_year(demo, hospital):
    check_year(demo.asked_of("run", hospital), demo.whole(hospital))


def test_the_year_with_other_choices_other_codes_and_trends(demo, changed):
    hospital, folder = "ziekenhuis-04", changed.folder
    case = folder / "case"
    shutil.copytree(demo.case(hospital, NOW), case)
    for name in ("normtijden", "productstructuur", "trends"):
        shutil.copy(folder / f"{name}.csv", case)
    agreement = (case / "afspraak.toml").read_text(encoding="utf-8")
    for before, after in (
        ('ondersteuners = "gelijk"', 'ondersteuners = "volgt_poort"\nbandbreedte_fte = [0.9, 1.1]'),
        ("output = 0.80", 'efficiency_stijging = "telt_niet"\noutput = 0.80'),
        ('niet_uitgekeerd = "blijft"', 'niet_uitgekeerd = "verdelen"'),
    ):
        assert before in agreement
        agreement = agreement.replace(before, after)
    (case / "afspraak.toml").write_text(agreement, encoding="utf-8")
    words = ("benchmark", "ex-ante", NOW, *demo.files(BEFORE), *changed.options, "--peers", "alle")
    asked(*words, "--publish", folder / "benchmark", "--date", "2024-12-15")
    told = demo.asked_of("run", hospital, case, "--benchmark", folder / "benchmark" / f"ex-ante-{NOW}-v1.benchmark")
    realised = by_hand.hours_by_contract(demo.folded[hospital, NOW], by_hand.norm_times(case / "normtijden.csv", NOW))
    mine = by_hand.whole_year(
        case, pooled(changed.hours, demo), changed.hours[hospital], realised,
        demo.efficiency(hospital, BEFORE), demo.efficiency(hospital, NOW),
    )  # fmt: skip
    assert {value > 0 for value in mine.corrected.values()} == {True, False}
    check_year(told, mine)


def check_year(told: dict, mine: by_hand.Whole) -> None:
    names = [row["vakgroep"] for row in told["budget"]["vakgroepen"]]
    assert names == list(mine.rate)
    for row in told["budget"]["vakgroepen"]:
        name = row["vakgroep"]
        norm_fte, score = mine.hours_budget[name] / mine.rate[name], mine.score_budget[name]
        assert row == {
            "vakgroep": name,
            "normuren": shown(mine.hours_budget[name]),
            "normuren_per_fte": shown(mine.rate[name]),
            "norm_fte": shown(norm_fte),
            "score": shown(score),
            "norm_fte_na_score": shown(norm_fte * (1 if score is None else score)),
        }
    for row in told["monitor"]["vakgroepen"]:
        assert row["prognose_normuren"] == shown(mine.hours_realised[row["vakgroep"]])
    for row in told["settle"]["vakgroepen"]:
        corrected = mine.corrected[row["vakgroep"]]
        check_settled(row, mine.of_group(row["vakgroep"]), corrected)
        assert row.get("bandbreedte_correctie", shown(Fraction(0))) == shown(corrected)
        for part in row["contracten"]:
            check_settled(part, [mine.settled[row["vakgroep"], part["contract"]]])
    for row in told["settle"]["contracten"]:
        check_settled(row, mine.of_contract(row["contract"]))
    check_settled(told["settle"]["totaal"], list(mine.settled.values()), sum(mine.corrected.values(), Fraction(0)))
    for row in told["distribute"]["vakgroepen"]:
        name = row["vakgroep"]
        amounts = mine.fixed[name], mine.norm[name], mine.costs[name]
        assert (row["vast_cent"], row["norm_cent"], row["kosten_cent"]) == amounts, name
        assert row["bedrag_cent"] == amounts[0] + amounts[1] - amounts[2]
    whole = told["distribute"]["totaal"]
    assert whole["niet_uitgekeerd_cent"] == mine.norm.get(by_hand.REST, 0)
    assert whole["kader_cent"] == whole["vast_cent"] + whole["norm_cent"] + whole["niet_uitgekeerd_cent"]


def check_settled(row: dict, parts: list[by_hand.Settled], corrected: Fraction = Fraction(0)) -> None:
    mine = by_hand.added(parts)
    mine["norm_fte"] += corrected
    assert {name: row[name] for name in mine} == {name: shown(value) for name, value in mine.items()}


# --- explanations ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stage", "group"),
    [("budget", "Cardiologie"), ("settle", "Radiologie (ondersteunend)"), ("distribute", "Heelkunde")],
)
def test_an_explanation_starts_at_the_export_and_ends_at_the_number(demo, stage, group):
    hospital = "ziekenhuis-02"
    told = demo.asked_of(stage, hospital, "--explain", group)
    nodes = told["uitleg"]["knopen"]
    values = by_hand.recomputed(nodes)
    assert [values[node["knoop"]] for node in nodes] == [Fraction(node["waarde"]) for node in nodes]
    row = next(row for row in told["vakgroepen"] if row["vakgroep"] == group)
    for name, node in told["uitleg"]["getallen"].items():
        assert row[name] == (int(values[node]) if name.endswith("_cent") else shown(values[node]))
    exact, mine = {name: values[node] for name, node in told["uitleg"]["getallen"].items()}, demo.whole(hospital)
    if stage == "budget":
        assert exact["score"] == mine.score_budget[group]
        assert exact["norm_fte"] == mine.hours_budget[group] / mine.rate[group]
    if stage == "settle":
        assert exact == by_hand.added(mine.of_group(group))
    assert check_leaves(demo, hospital, nodes) > 10


def check_leaves(demo: Demo, hospital: str, nodes: list[dict]) -> int:
    """Volumes, of which an explanation says from what row of what year they are, against the exports."""
    checked = 0
    for node in nodes:
        source = node.get("bron", {})
        words = (source.get("kolom") or "").split()
        if words and words[-1] == "open_01:open_12":
            year = int(source["bestand"].removeprefix(f"{hospital} "))
            specialism, code = words[0], words[1]
            found = [
                count
                for (its, _, _, its_code, contract), count in demo.folded[hospital, year].opened().items()
                if (its, its_code, contract) == (specialism, code, node["contract"])
            ]
            assert [Fraction(node["waarde"])] == found, node
            checked += 1
        elif (source.get("bestand") or "").endswith(".benchmark"):
            assert Fraction(node["waarde"]) in demo.rate.values()
    return checked
