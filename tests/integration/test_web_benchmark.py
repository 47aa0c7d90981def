"""Where the groups stand, in what they differ and with how many fte they work: the engine's numbers, nobody else's name or detail."""

from __future__ import annotations

import html
import re
import shutil
from fractions import Fraction

import pytest
from command import run
from test_web_outlook import add, plain
from test_web_pages import swapped, without_versions

from puntlanding.language.notation import Language, number
from puntlanding.report.benchmark_tables import signed
from puntlanding.web.rules import Role
from web_site import access_as, client_of

pytestmark = pytest.mark.integration

CONTROLLER, REPRESENTATIVE = Role.COLLECTIVE_CONTROLLER, Role.GROUP_REPRESENTATIVE
HOSPITAL, YEAR, OWN, HOSPITALS = "ziekenhuis-01", 2025, "Cardiologie", 6
EXPLAINED = {
    "benchmark": "benchmark",
    "efficiency": "efficiency",
    "formatie": "zorgverlening_fte",
}  # a number of each page
PAGES = tuple(EXPLAINED)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Six hospitals, their contributions of two years in the store, and a benchmark with two versions."""
    root = tmp_path_factory.mktemp("peers") / "demo"
    assert run("demo", "store", root, "--hospitals", HOSPITALS, "--scale", "0.01").status == 0
    place = root / "opslag"
    for year in (YEAR - 1, YEAR):
        folded = run(
            "fold",
            "alle",
            year,
            "--store",
            place,
            "--hospitals",
            root / "ziekenhuizen.csv",
            "--out",
            place / "bijdragen",
        )
        assert folded.status == 0
    parts = sorted((place / "bijdragen").glob(f"*-{YEAR - 1}.bijdrage"))
    publish = ("--peers", "alle", "--norms", root / "normtijden.csv", "--publish", place / "benchmark")
    assert run("benchmark", "ex-ante", YEAR, *parts[:-1], *publish, "--date", "2024-12-01").status == 0
    second = run(
        "benchmark", "ex-ante", YEAR, *parts, *publish, "--date", "2024-12-15", "--reason", "Alle ziekenhuizen"
    )
    assert second.status == 0
    return place


@pytest.fixture(scope="module")
def names(store):
    """How the other hospitals are called, in every way that a page could say it."""
    folder = store.parent / "opslag"
    slugs = [one.name for one in folder.iterdir() if one.name.startswith("ziekenhuis-") and one.name != HOSPITAL]
    assert len(slugs) == HOSPITALS - 1
    return slugs


def case_of(store):
    return {one.name: one.read_text(encoding="utf-8") for one in (store / HOSPITAL / f"case-{YEAR}").iterdir()}


def choose(store):
    from puntlanding.web.actions.sources import choose_source

    return choose_source(access_as(CONTROLLER).collective, YEAR, store, HOSPITAL, None)


@pytest.fixture
def linked(desk, store):
    add(case_of(store))
    choose(store)
    return store


def copied(store, folder, *without):
    """A store of which some folders are not there."""
    shutil.copytree(store, folder, ignore=lambda where, names: [one for one in names if one in without])
    return folder


def text_of(client, page, year=YEAR, **asked):
    answer = client.get(f"/{year}/{page}", asked)
    assert answer.status_code == 200, page
    return answer.content.decode()


def rows(text, at=0):
    body = text.split("<table")[at + 1].partition("</table>")[0]
    found = re.findall(r'<th scope="row"[^>]*>(.*?)</th>(.*?)</tr>', body, re.DOTALL)
    return {
        plain(name).replace("\u00a0", " "): [plain(cell) for cell in re.findall(r"<td.*?>(.*?)</td>", cells, re.DOTALL)]
        for name, cells in found
    }


def standing(store):
    from puntlanding.case import load_case
    from puntlanding.case.linked import Link
    from puntlanding.case.linked_standing import linked_differences, linked_standing

    folder = store / HOSPITAL / f"case-{YEAR}"
    link = Link(store, HOSPITAL, YEAR, folder, contributions=store / "bijdragen")
    case = load_case(folder).checked()
    return case, linked_standing(link, case), linked_differences(link, case)


@pytest.mark.parametrize(("code", "language"), [("nl", Language.DUTCH), ("en", Language.ENGLISH)])
def test_the_places_are_those_of_the_engine(linked, code, language):
    case, found, _ = standing(linked)
    client = client_of(CONTROLLER)
    client.cookies["django_language"] = code
    text = text_of(client, "benchmark")
    told, by_key = rows(text), {(one.specialism, one.role.value): one.name for one in case.groups}
    placed = [one for one in found.rates.of(HOSPITAL) if one.own is not None and one.rate is not None]
    assert len(placed) > 20
    for one in placed:
        own, rate, off, _, count, fte, norm = told[by_key[one.key.specialism, one.key.role]]
        assert own == number(one.own, 0, language)
        assert rate == number(one.rate, 0, language)
        assert off == signed(100 * (one.own / one.rate - 1), 1, language)
        assert (count, fte, norm) == (
            str(one.spread.count),
            number(one.measure.fte, 2, language),
            number(one.norm_fte, 2, language),
        )
    above = sum(one.own > one.rate for one in placed)
    assert re.search(rf'class="answer">{above} (van|of) {len(placed)} ', text)
    norm = number(sum(one.norm_fte for one in placed), 1, language)
    assert f"{norm} norm fte" in html.unescape(text).replace("\u00a0", " ")
    assert text.count('class="bar among"') == len(placed)


def test_the_parts_of_the_change_add_up_as_shown(linked):
    told = rows(text_of(client_of(CONTROLLER), "benchmark"), 1)
    assert len(told) > 20

    def value(text):
        return (
            Fraction(text.replace("−", "-").replace("+", "").replace(".", "").replace(",", ".")) if text != "–" else 0
        )

    for name, cells in told.items():
        old, *parts, new = map(value, cells)
        assert old + sum(parts) == new, name
    assert any(parts != ["–"] * 4 for _, *parts, _ in told.values())


def test_every_number_is_explained_and_names_nobody_else(linked, names):
    client = client_of(CONTROLLER)
    for page, least in (("benchmark", 50), ("efficiency", 60), ("formatie", 50)):
        found = re.findall(r'href="\?uitleg=([^"#]+)#uitleg"[^>]*>([^<]+)<', text_of(client, page))
        assert len(found) >= least, page
        for asks, shown in found[::29]:
            told = text_of(client, page, uitleg=html.unescape(asks))
            assert re.search(rf"<h2>[^<]*{re.escape(shown)}( %)?</h2>", told), (page, asks)
            assert '<ul class="tree">' in told
            assert not [name for name in names if name in told], (page, asks)


def test_one_group_with_its_chart_and_what_it_differs_in(linked, names):
    from puntlanding.benchmark.drill_down import by_measure
    from puntlanding.report.efficiency_tables import points

    client, (case, found, differences) = client_of(CONTROLLER), standing(linked)
    at = [one.name for one in case.groups].index(OWN) + 1
    text = text_of(client, "benchmark", vakgroep=at)
    assert text.count("<figure") == 1
    assert "0320 Cardiologie" in text
    change = rows(text, 1)
    assert list(change) == ["eigen vakgroep", "vergeleken vakgroepen"]
    assert change["eigen vakgroep"][-1] == number(found.rates.groups[HOSPITAL, "0320", "poort"].own, 1, Language.DUTCH)

    gates = [one.name for one in case.groups if one.role.value == "poort"]
    text = text_of(client, "efficiency", vakgroep=gates.index(OWN) + 1)
    _, drill = differences.of("0320")
    measured = rows(text, 1)
    assert measured["samen: verschil met 100 %"][-1] == points(drill.gap, Language.DUTCH)
    assert [cells[-1] for cells in measured.values()][:-1] == [
        points(one.effect, Language.DUTCH) for one in by_measure(drill)
    ]
    assert not [name for name in names if name in text]
    for asked in ("0", "99", "x", "-1", "1 OR 1", "٣"):
        assert "<figure" not in text_of(client, "benchmark", vakgroep=asked)


def test_the_tree_of_strata_adds_up_and_protects_the_few(linked):
    from puntlanding.benchmark.drill_down import gathered
    from puntlanding.benchmark.strata import MINIMUM
    from puntlanding.web.presenters.strata_tree import strata_tree

    _, _, differences = standing(linked)
    for specialism in ("0320", "0303"):
        _, drill = differences.of(specialism)
        tree = strata_tree(drill, Language.DUTCH)
        told = [line for line in gathered(drill, MINIMUM).lines if line.stratum and line.patients >= MINIMUM]
        shown = {f"diagnose {line.stratum[0]}" for line in told}
        assert {one.label for one in tree.branches} - {"kleine groepen patiënten samen", "e-health: grens"} <= shown
        for one in tree.branches:
            counts = [int(how.partition(" ")[0]) for how in _hows(one) if how.endswith("patiënten")]
            assert all(count >= MINIMUM for count in counts)


def _hows(branch):
    yield branch.how
    for one in branch.branches:
        yield from _hows(one)


@pytest.mark.parametrize("role", [Role.GROUP_REPRESENTATIVE, Role.SPECIALIST])
def test_who_sees_one_group_sees_nothing_of_another(desk, store, role):
    """Give two other groups each other's figures: nothing that this reader can open may differ by a byte."""
    files, client, seen = case_of(store), client_of(role), []
    groups = [line.split(";")[0] for line in files["vakgroepen.csv"].splitlines()[1:]]
    for one in (files, swapped(files, ("KNO", "Heelkunde"))):
        add(one)
        choose(store)
        opened = {}
        for page in PAGES:
            opened[page] = text_of(client, page)
            for at in (2, 3, len(groups) + 1):
                opened[page, at, "uitleg"] = text_of(client, page, uitleg=f"{at}.{EXPLAINED[page]}")
                opened[page, at] = text_of(client, page, vakgroep=at)
            opened[page, "csv"] = client.get(f"/{YEAR}/{page}.csv").content.decode()
        seen.append({name: without_versions(text) for name, text in opened.items()})
    first, second = seen
    for name, text in first.items():
        assert text == second[name], name
        for group in groups:
            assert group == OWN or group not in html.unescape(text), (name, group)
    for page in PAGES:
        assert OWN in first[page]
    assert client.get(f"/{YEAR}/efficiency.csv", {"vakgroep": 2}).status_code == 404


def test_the_swap_would_show(desk, store):
    """What the test above trusts in."""
    client, seen = client_of(CONTROLLER), []
    for one in (case_of(store), swapped(case_of(store), ("KNO", "Heelkunde"))):
        add(one)
        choose(store)
        seen.append([rows(text_of(client, page)) for page in PAGES])
    (before, _, formed), (after, _, reformed) = seen
    assert before["KNO"] == after["Heelkunde"] != after["KNO"]
    assert before[OWN] == after[OWN]
    assert formed["KNO"] != reformed["KNO"]


def test_nobody_else_is_named_anywhere(linked, names, desk):
    for role in (CONTROLLER, Role.AUDITOR, Role.HOSPITAL_BOARD):
        client = client_of(role)
        for page in (*PAGES, "benchmark.csv", "efficiency.csv", "formatie.csv"):
            text = text_of(client, page)
            assert not [name for name in names if name in text], page
    kept = [one for one in (desk / "cache").rglob("*") if one.is_file()]
    assert not [one for one in kept if any(name.encode() in one.read_bytes() or name in str(one) for name in names)]


def test_what_is_kept_says_the_same_and_spares_the_others_work(desk, store, names, monkeypatch):
    """A process that starts anew needs no contribution of others: it reads what was kept, whose trees still work out."""
    from puntlanding.explain import recompute
    from puntlanding.report.standing import standing_of_contributions
    from puntlanding.web.desk import kept_standings, standings
    from puntlanding.web.desk.models import Year

    case, found, differences = standing(store)
    made = standing_of_contributions(found, HOSPITAL, case)
    again = kept_standings.standing_of(kept_standings.standing_bytes(made))
    for one, other in zip(made.places, again.places, strict=True):
        for node, kept in ((one.own, other.own), (one.rate, other.rate)):
            assert (node is None) == (kept is None)
            assert node is None or recompute(kept) == kept.value == node.value
        assert (one.spread, one.position, one.change, one.own_change) == (
            other.spread,
            other.position,
            other.change,
            other.own_change,
        )
    kept = kept_standings.differences_bytes(differences)
    assert not [name for name in names if name.encode() in kept]
    back = kept_standings.differences_of(kept, differences.weights)
    assert back.figures == differences.figures
    assert back.of("0320")[1] == differences.of("0320")[1]

    add(case_of(store))
    choose(store)
    standings.prepare(Year.objects.get(year=YEAR))
    for recent in (standings._stood, standings._differed):
        recent._found.clear()
    for name in ("linked_standing", "linked_differences"):
        monkeypatch.setattr(standings, name, None)  # called, it would fail
    for page in ("benchmark", "efficiency"):
        assert OWN in text_of(client_of(CONTROLLER), page)


def test_the_chain_of_versions_is_told_and_a_broken_one_too(desk, store, tmp_path):
    from puntlanding.benchmark.published import versions

    add(case_of(store))
    choose(store)
    text = text_of(client_of(CONTROLLER), "benchmark")
    first, last = versions(store / "benchmark", YEAR)
    assert first.fingerprint[:12] in text
    assert last.fingerprint[:12] in text
    assert "Alle ziekenhuizen" in text
    assert "De vastgestelde benchmark (versie 2) is gelijk aan" in text

    place = copied(store, tmp_path / "broken")
    shutil.copy(store / "benchmark" / last.file, tmp_path / "kept")
    (place / "benchmark" / first.file).unlink()
    choose(place)
    text = text_of(client_of(CONTROLLER), "benchmark")
    assert last.fingerprint[:12] not in text
    assert "Wat er nog bij kan" in text


def test_with_the_published_benchmark_alone_the_place_is_still_there(desk, store, tmp_path, names):
    add(case_of(store))
    place = copied(store, tmp_path / "published", "bijdragen")
    shutil.copy(
        store / "bijdragen" / f"{HOSPITAL}-{YEAR - 1}.bijdrage", place / HOSPITAL / f"bijdrage-{YEAR - 1}.bijdrage"
    )
    choose(store)
    client = client_of(CONTROLLER)
    before = rows(text_of(client, "benchmark"))
    choose(place)
    text = text_of(client, "benchmark")
    after = rows(text)
    assert "Uit de vastgestelde benchmark van 2025" in text
    for name, cells in before.items():
        assert after[name][:3] == cells[:3], name  # own, benchmark, difference
    assert "leg ze in de map" in text
    assert not [name for name in names if name in text]
    assert text_of(client, "benchmark", vakgroep=13).count("<figure") == 1

    (place / HOSPITAL / f"bijdrage-{YEAR - 1}.bijdrage").unlink()
    choose(place)
    text = text_of(client, "benchmark")
    assert rows(text)[OWN][:2] == ["–", before[OWN][1]]
    assert "Er is nog geen vergelijking" in text


def test_national_figures_give_the_place_and_say_who_vouches_for_them(desk, store, tmp_path, names):
    add(case_of(store))
    place = copied(store, tmp_path / "national", "bijdragen", "benchmark")
    own = store / "bijdragen" / f"{HOSPITAL}-{YEAR - 1}.bijdrage"
    shutil.copy(own, place / HOSPITAL / f"bijdrage-{YEAR - 1}.bijdrage")
    (place / "benchmark").mkdir()
    file, keys = place / "benchmark" / "nl-2025.landelijk", tmp_path / "sleutels"
    parts = sorted((store / "bijdragen").glob(f"*-{YEAR - 1}.bijdrage"))
    norms = ("--year", YEAR, "--norms", store.parent / "normtijden.csv")
    assert run("contribution", "benchmark", *parts, *norms, "--out", file).status == 0
    choose(place)
    client = client_of(CONTROLLER)
    text = text_of(client, "benchmark")
    assert "Dit bestand is niet ondertekend" in text
    found = standing(store)[1]
    cells = rows(text)[OWN]
    assert cells[0] == number(found.rates.groups[HOSPITAL, "0320", "poort"].own, 0, Language.DUTCH)
    assert cells[1] == number(found.rates.groups[HOSPITAL, "0320", "poort"].rate, 0, Language.DUTCH)
    assert "afgerond op 10 uren" in text
    assert not [name for name in names if name in text]
    assert text_of(client, "benchmark", vakgroep=13).count("<figure") == 1

    assert run("contribution", "key", keys, "--name", "coordinator").status == 0
    (place / "benchmark" / "sleutels").mkdir()
    shutil.copy(next(keys.glob("*.openbaar.pem")), place / "benchmark" / "sleutels")
    choose(place)
    text = text_of(client, "benchmark")  # not signed by a key that is trusted: then it is not used
    assert "landelijke cijfers van" not in text
    assert "Wat er nog bij kan" in text
    assert run("contribution", "sign", file, "--key", next(keys.glob("*.geheim.pem"))).status == 0
    text = text_of(client, "benchmark")
    assert "Ondertekend door coordinator." in text
    assert rows(text)[OWN] == cells


def test_the_own_contribution_may_stand_beside_the_records(desk, store, tmp_path):
    """Where the page with the data leaves it."""
    add(case_of(store))
    choose(store)
    client = client_of(CONTROLLER)
    before = rows(text_of(client, "benchmark"))
    place = copied(store, tmp_path / "beside")
    own = place / "bijdragen" / f"{HOSPITAL}-{YEAR - 1}.bijdrage"
    own.rename(place / HOSPITAL / f"bijdrage-{YEAR - 1}.bijdrage")
    choose(place)
    text = text_of(client, "benchmark")
    assert rows(text) == before
    assert "Berekend uit de bijdragen van 6 ziekenhuizen" in text


def test_without_any_of_it_the_page_says_what_to_do(desk, store, tmp_path):
    add(case_of(store))
    client = client_of(CONTROLLER)
    assert "zodra het ziekenhuis die bij Gegevens aanlevert" in text_of(client, "benchmark")
    choose(copied(store, tmp_path / "bare", "bijdragen", "benchmark"))
    for page in ("benchmark", "efficiency"):
        assert "puntlanding fold" in text_of(client, page)
    client.cookies["django_language"] = "en"
    assert "There is no comparison yet" in text_of(client, "benchmark")


def test_from_typed_files_alone(desk):
    from test_web_pages import dossier

    from puntlanding.report.standing import standing_as_typed

    client, typed = client_of(CONTROLLER), standing_as_typed(dossier(kind="budget").year)
    told = rows(text_of(client, "benchmark", 2026))
    for one in typed.places:
        assert told[one.groups[0]][:2] == [number(node.value, 0, Language.DUTCH) for node in (one.own, one.rate)]
    assert "één getal per vakgroep" in text_of(client, "efficiency", 2026)
    figures = {one.group: one.value.value for one in dossier().case.efficiency if one.year == 2026}
    shown = rows(text_of(client, "efficiency", 2026))
    assert {name: cells[1] for name, cells in shown.items()} == {
        name: number(100 * value, 1, Language.DUTCH) for name, value in figures.items()
    }


def test_the_formation_is_the_engine_s_beside_last_year(linked):
    from puntlanding.web.desk.models import Version
    from puntlanding.web.desk.queries import dossier_of

    client = client_of(CONTROLLER)
    told = rows(text_of(client, "formatie", 2026))
    now = dossier_of(Version.objects.filter(year__year=2026, kind="settlement").get(), Language.DUTCH).year.formation
    before = dossier_of(Version.objects.filter(year__year=YEAR).get(), Language.DUTCH).year.formation
    for name, one in now.items():
        care, working, last, off = told[name][-4:]
        assert (care, working) == (
            number(one.care_fte.value, 2, Language.DUTCH),
            number(one.working_fte.value, 2, Language.DUTCH),
        )
        assert last == (number(before[name].care_fte.value, 2, Language.DUTCH) if name in before else "–")
        assert off == (
            signed(one.care_fte.value - before[name].care_fte.value, 2, Language.DUTCH) if name in before else "–"
        )
    assert "vorig jaar" in text_of(client, "formatie", 2026)
    csv = client.get("/2026/formatie.csv").content.decode("utf-8-sig")
    assert csv.startswith("vakgroep;functie;opgaven;dagdelen_1a")


def test_files_are_numbers_and_never_formulas(linked):
    client, (case, found, _) = client_of(CONTROLLER), standing(linked)
    lines = client.get(f"/{YEAR}/benchmark.csv").content.decode("utf-8-sig").splitlines()
    head = lines[0].split(";")
    one = dict(zip(head, next(line for line in lines if line.startswith(f"{OWN};")).split(";"), strict=True))
    own = found.rates.groups[HOSPITAL, "0320", "poort"].own
    assert one["specialisme"] == "0320"
    assert one["eigen"] == number(own, 6, Language.DUTCH).replace(".", "")
    assert all(not cell.startswith(("=", "+", "@")) for line in lines for cell in line.split(";"))
    gates = [one.name for one in case.groups if one.role.value == "poort"]
    answer = client.get(f"/{YEAR}/efficiency.csv", {"vakgroep": gates.index(OWN) + 1})
    assert answer.content.decode("utf-8-sig").startswith("diagnosegroep;leeftijd;geslacht;waarin")
    answer = client.get(f"/{YEAR}/efficiency.csv")
    assert "attachment" in answer["Content-Disposition"]


def test_programs_read_the_same(linked):
    from test_web_api import ask, secret_of

    _, found, _ = standing(linked)
    told = ask(f"/api/v1/jaren/{YEAR}/benchmark.json", secret_of(CONTROLLER)).json()
    assert (told["bron"], told["ziekenhuizen"], len(told["versies"])) == ("bijdragen", HOSPITALS, 2)
    own = next(one for one in told["vakgroepen"] if one["vakgroep"] == OWN)
    assert Fraction(own["eigen"]) == round(found.rates.groups[HOSPITAL, "0320", "poort"].own, 6)
    narrow = ask(f"/api/v1/jaren/{YEAR}/benchmark.json", secret_of(REPRESENTATIVE)).json()
    assert [one["vakgroep"] for one in narrow["vakgroepen"]] == [OWN]
    assert narrow["vakgroepen"] == [own]
    narrow = ask(f"/api/v1/jaren/{YEAR}/efficiency.json", secret_of(REPRESENTATIVE)).json()
    assert [one["vakgroep"] for one in narrow["vakgroepen"]] == [OWN]
    assert ask(f"/api/v1/jaren/{YEAR}/efficiency.csv", secret_of(REPRESENTATIVE)).content.count(b"\n") == 2
