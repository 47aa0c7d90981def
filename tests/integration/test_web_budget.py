"""Making a budget in the browser: by product, changed, uploaded, delivered, from records, confirmed on what was read; nothing is lost."""

from __future__ import annotations

import html
import io
import re
from fractions import Fraction

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from test_web_pages import plain, text_of
from test_web_pages import rows as rows_of

from linked_store import HOME, case, load
from puntlanding.language.notation import Language, number
from puntlanding.norms.product_lines import product_lines
from puntlanding.web.rules import Role
from web_site import access_as, client_of, user_of

pytestmark = pytest.mark.integration

CONTROLLER, FINANCE = Role.COLLECTIVE_CONTROLLER, Role.HOSPITAL_FINANCE
GROUP, AT, PRODUCT, CONTRACT = "Cardiologie", 9, "099499004", "Verzekeraar Noord"
FIELD = f"a-0-{PRODUCT}"
EDIT, DRAFT = f"/2026/begroting/{AT}/wijzigen", "/2026/begroting/concept"


@pytest.fixture(autouse=True)
def no_drafts(web):
    """The data folder outlives a test; its database does not."""
    import shutil

    yield
    shutil.rmtree(web[0] / "working", ignore_errors=True)


def rows(page):
    return {plain(name): cells for name, cells in rows_of(page).items()}


def year_row():
    from puntlanding.web.desk.models import Year

    return Year.objects.get(year=2026)


def budget_year(kind="budget"):
    from puntlanding.web.desk.models import Version
    from puntlanding.web.desk.queries import dossier_of

    return dossier_of(Version.objects.filter(kind=kind).order_by("-number").first(), Language.DUTCH).year


def values(page):
    """Name → value of every field on the page."""
    found = re.findall(r"<input ([^>]*)>", page)
    pairs = [(re.search(r'name="([^"]*)"', one), re.search(r'value="([^"]*)"', one)) for one in found]
    return {html.unescape(name[1]): html.unescape(value[1]) for name, value in pairs if name and value}


def page_of(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def form_of(client):
    found = values(page_of(client, EDIT))
    return {name: value for name, value in found.items() if name.startswith(("a-", "nieuw-", "mark"))}


def save(client, **changed):
    return client.post(EDIT, {**form_of(client), **changed})


def confirm(client, **more):
    mark = values(page_of(client, DRAFT))["mark"]
    return client.post(DRAFT, {"doen": "bevestigen", "mark": mark, "note": "meer vraag", **more})


def versions(kind):
    from puntlanding.web.desk.models import Version

    return list(Version.objects.filter(kind=kind).order_by("number"))


@pytest.mark.parametrize(("code", "language"), [("nl", Language.DUTCH), ("en", Language.ENGLISH)])
def test_a_group_is_told_by_product_and_adds_up(desk, code, language):
    client = client_of(CONTROLLER)
    client.cookies["django_language"] = code
    year = budget_year()
    told = rows(text_of(client, f"begroting/{AT}"))
    lines = product_lines(year.case.budget, 2026, GROUP)
    for product in {one.code for one in lines}:
        own = [one for one in lines if one.code == product]
        assert told[product][0] == number(sum(one.volume for one in own), 0, language)
        assert told[product][2] == number(sum(one.hours for one in own), 0, language)
    total = {"nl": "Totaal", "en": "Total"}[code]
    assert told[total][2] == number(year.budget.row(GROUP).hours.value, 0, language)


def test_products_are_found_by_part_of_their_code(desk):
    client = client_of(CONTROLLER)
    told = rows(text_of(client, f"begroting/{AT}?zoek=2196"))
    assert set(told) == {"219699008", "Totaal"}
    nothing = text_of(client, f"begroting/{AT}?zoek=zzz")
    assert "Zoek op een deel van de code." in nothing
    text_of(client, f"begroting/{AT}?blad=99999&zoek=<b>")


def test_another_s_group_is_not_there(desk):
    client = client_of(Role.SPECIALIST)
    assert client.get(f"/2026/begroting/{AT}").status_code == 200
    for other in (1, 8, 10, 0, 99):
        assert client.get(f"/2026/begroting/{other}").status_code == 404
    listed = page_of(client, "/2026/begroting")
    assert re.findall(r'href="/2026/begroting/(\d+)"', listed) == [str(AT)]


def test_a_change_is_kept_read_and_becomes_an_adjustment(any_desk):
    from puntlanding.web.audit import verified

    client, before = client_of(CONTROLLER), budget_year()
    answer = save(client, **{FIELD: "2.500,5", "naar": "verschillen"})
    assert (answer.status_code, answer["Location"]) == (302, DRAFT)
    page = page_of(client, DRAFT)
    assert "Bevestigen als bijstelling" in page
    assert versions("adjustment") == []
    answer = confirm(client)
    assert answer["Location"] == "/2026/akkoord"
    (made,) = versions("adjustment")
    assert (made.by, made.state, made.note) == (user_of(CONTROLLER), "draft", "meer vraag")
    year = budget_year("adjustment")
    lines = {(one.contract, one.code): one.volume for one in product_lines(year.case.budget, 2026, GROUP)}
    assert lines[CONTRACT, PRODUCT] == Fraction("2500.5")
    assert year.budget.row(GROUP).scored.value > before.budget.row(GROUP).scored.value
    assert year.budget.row("KNO").scored.value == before.budget.row("KNO").scored.value
    assert verified().broken is None
    answer = client.get(DRAFT)
    assert answer["Location"] == "/2026/begroting"  # the draft is over


def test_the_differences_are_those_of_the_engine(desk):
    client, before = client_of(CONTROLLER), budget_year()
    save(client, **{FIELD: "2500"})
    from puntlanding.web.actions.budgets import draft_of
    from puntlanding.year import Year

    after = Year(draft_of(access_as(CONTROLLER), year_row()).case())
    told = rows(page_of(client, DRAFT))
    own = told[GROUP]
    assert own[3:5] == [number(each.budget.row(GROUP).scored.value, 2, Language.DUTCH) for each in (before, after)]
    moved = after.budget.row(GROUP).scored.value - before.budget.row(GROUP).scored.value
    assert own[5] == "+" + number(moved, 2, Language.DUTCH)
    assert set(told) == {GROUP, "Totaal"}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("12.5", "nl"),
        ("1,250", "nl"),
        ("veel", "nl"),
        ("-3", "nl"),
        ("1.234,5", "en"),
        ("0,5", "en"),
        ("1e3", "nl"),
        ("0,1234567", "nl"),
    ],
)
def test_what_cannot_be_read_is_told_beside_its_field_and_nothing_is_lost(desk, typed, code):
    client = client_of(CONTROLLER)
    client.cookies["django_language"] = code
    other = f"a-1-{PRODUCT}"
    answer = save(client, **{FIELD: typed, other: "777"})
    page = answer.content.decode()
    if typed == "1,250":  # a Dutch decimal with a zero at its end: it can mean one thing only
        assert answer.status_code == 302
        return
    assert answer.status_code == 422
    assert values(page)[FIELD] == typed
    assert values(page)[other] == "777"
    assert page.count('aria-invalid="true"') == 1
    assert client.get(DRAFT)["Location"] == "/2026/begroting"  # half of a form is not kept


def test_a_product_is_added_and_taken_away(desk):
    client = client_of(CONTROLLER)
    wrong = save(client, **{"nieuw-code": "99499004", "nieuw-0": "10"})
    assert wrong.status_code == 422
    assert "Bedoelde u ‘099499004’?" in html.unescape(wrong.content.decode())
    assert values(wrong.content.decode())["nieuw-0"] == "10"
    assert save(client, **{"nieuw-code": PRODUCT, "nieuw-0": "10"}).status_code == 422  # it is there already
    assert save(client, **{"nieuw-0": "10"}).status_code == 422
    empty = {f"a-{at}-{PRODUCT}": "" for at in range(3)}
    assert save(client, **empty).status_code == 302
    assert (
        save(client, **{"nieuw-code": PRODUCT, "nieuw-1": "40"}).status_code == 302
    )  # what was taken away can come back
    confirm(client)
    lines = product_lines(budget_year("adjustment").case.budget, 2026, GROUP)
    assert [(one.contract, one.volume) for one in lines if one.code == PRODUCT] == [("Verzekeraar Zuid", 40)]


def test_what_is_typed_back_is_no_change(desk):
    client = client_of(CONTROLLER)
    first = form_of(client)[FIELD]
    save(client, **{FIELD: "1"})
    save(client, **{FIELD: first})
    answer = confirm(client)
    assert answer.status_code == 422
    assert "precies hetzelfde" in answer.content.decode()
    assert versions("adjustment") == []


def test_two_windows_of_one_person(desk):
    client = client_of(CONTROLLER)
    first = form_of(client)
    save(client, **{f"a-1-{PRODUCT}": "500"})
    answer = client.post(EDIT, {**first, FIELD: "1234"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "in een ander venster gewijzigd" in page
    assert values(page)[FIELD] == "1234"
    again = {name: value for name, value in values(page).items() if name.startswith(("a-", "mark"))}
    assert client.post(EDIT, again).status_code == 302


def test_two_people_are_told_and_the_second_reads_first(any_desk):
    one, other = client_of(CONTROLLER), client_of(FINANCE)
    save(one, **{FIELD: "2500"})
    save(other, **{f"a-1-{PRODUCT}": "900"})
    assert "heeft ook een concept" in page_of(one, "/2026/begroting")
    assert confirm(one).status_code == 302
    late = confirm(other)
    assert late.status_code == 422
    page = late.content.decode()
    assert "bijstelling 1" in page
    assert "Bouw verder op die versie" in page
    assert len(versions("adjustment")) == 1
    assert other.post(DRAFT, {"doen": "verder"}).status_code == 302
    assert confirm(other).status_code == 302
    lines = product_lines(budget_year("adjustment").case.budget, 2026, GROUP)
    volumes = {one.contract: one.volume for one in lines if one.code == PRODUCT}
    assert (volumes[CONTRACT], volumes["Verzekeraar Zuid"]) == (2500, 900)  # both


def test_what_was_not_read_is_not_confirmed(desk):
    client = client_of(CONTROLLER)
    save(client, **{FIELD: "2500"})
    mark = values(page_of(client, DRAFT))["mark"]
    save(client, **{FIELD: "9999"})
    answer = client.post(DRAFT, {"doen": "bevestigen", "mark": mark})
    assert answer.status_code == 422
    assert "niet meer het concept dat u voor u had" in answer.content.decode()
    assert versions("adjustment") == []


def test_a_draft_is_thrown_away(desk):
    client = client_of(CONTROLLER)
    save(client, **{FIELD: "2500"})
    client.post(DRAFT, {"doen": "weggooien"})
    assert client.get(DRAFT)["Location"] == "/2026/begroting"
    assert form_of(client)["mark"] == ""


def test_the_effect_is_told_before_anything_is_kept(desk):
    client = client_of(CONTROLLER)
    answer = client.post(f"/2026/begroting/{AT}/gevolg", {**form_of(client), FIELD: "2500,5", f"a-1-{PRODUCT}": "x"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in page
    assert "1 veld is nog niet te lezen" in page
    assert rows(page)[GROUP][3].startswith("+")
    assert client.get(DRAFT)["Location"] == "/2026/begroting"


def book_of(client):
    answer = client.get("/2026/begroting/werkmap")
    assert answer.status_code == 200
    return answer.content


def upload(client, data, name="begroting.xlsx", address="/2026/begroting/inlezen", **more):
    return client.post(address, {"werkmap": SimpleUploadedFile(name, data), **more})


def test_a_workbook_goes_round(desk):
    client = client_of(CONTROLLER)
    data = book_of(client)
    assert upload(client, data)["Location"] == "/2026/begroting/inlezen"  # nothing was changed, and that is said
    assert client.get(DRAFT)["Location"] == "/2026/begroting"
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["begroting"]
    at = next(row for row in range(2, 400) if (sheet.cell(row, 1).value, sheet.cell(row, 3).value) == (GROUP, PRODUCT))
    sheet.cell(at, 4).value = 2500.5
    changed = io.BytesIO()
    book.save(changed)
    assert upload(client, changed.getvalue())["Location"] == DRAFT
    assert "Uit de werkmap overgenomen: begroting." in page_of(client, DRAFT)
    confirm(client)
    assert {one.volume for one in product_lines(budget_year("adjustment").case.budget, 2026, GROUP)} >= {
        Fraction("2500.5")
    }
    old, new = (one.snapshot for one in (versions("budget")[-1], versions("adjustment")[-1]))
    from puntlanding.web.desk.dossiers import snapshots

    for path in snapshots().folder(old).iterdir():  # all else is what it was, byte for byte
        same = path.read_bytes() == (snapshots().folder(new) / path.name).read_bytes()
        assert same is (path.name != "begroting.csv"), path.name


def test_a_wrong_workbook_is_told_whole(desk):
    client = client_of(CONTROLLER)
    book = openpyxl.load_workbook(io.BytesIO(book_of(client)))
    book["begroting"]["D2"].value = "veel"
    book["begroting"]["A3"].value = "Oogheelkundig"
    changed = io.BytesIO()
    book.save(changed)
    answer = upload(client, changed.getvalue())
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "begroting.xlsx[begroting], rij 2, kolom aantal" in page
    assert "begroting.xlsx[begroting], rij 3, kolom vakgroep" in page
    assert "Bedoelde u ‘Oogheelkunde’?" in page
    for name, data in (("geen.xlsx", b"geen werkmap"), ("begroting.csv", b"a;b\n1;2\n")):
        assert upload(client, data, name).status_code == 422
    assert client.post("/2026/begroting/inlezen").status_code == 422


def test_the_hospital_s_workbook_does_not_tell_how_money_is_divided(desk):
    sheets = [
        set(openpyxl.load_workbook(io.BytesIO(book_of(client_of(role)))).sheetnames) for role in (CONTROLLER, FINANCE)
    ]
    assert sheets[0] - sheets[1] == {"kosten"}
    client = client_of(FINANCE)
    assert (
        upload(client, book_of(client))["Location"] == "/2026/begroting/inlezen"
    )  # what was not in it is not taken for deleted


def files_of(kind="settlement"):
    from puntlanding.web.desk.dossiers import snapshots
    from puntlanding.web.snapshots import files_of as read

    return read(snapshots().folder(versions(kind)[-1].snapshot))


def deliver(client, files, year=2026, **more):
    sent = [SimpleUploadedFile(name, data) for name, data in files.items()]
    return client.post(f"/{year}/aanleveren", {"bestanden": sent, **more})


def test_files_are_delivered_checked_and_confirmed(desk):
    client = client_of(CONTROLLER)
    files = files_of()
    answer = deliver(client, files, kind="settlement")
    assert answer["Location"] == DRAFT
    page = page_of(client, DRAFT)
    assert "Bevestigen als afrekening" in page
    assert "te berekenen" in page
    assert confirm(client).status_code == 302
    assert len(versions("settlement")) == 2
    broken = {**files, "begroting.csv": files["begroting.csv"].replace(b"Oogheelkunde", b"Oogheelkundig", 1)}
    answer = deliver(client, broken, kind="budget")
    assert answer.status_code == 422
    assert "begroting.csv, rij 2, kolom vakgroep" in html.unescape(answer.content.decode())
    assert deliver(client, files, kind="iets").status_code == 422
    assert deliver(client, {}, kind="budget").status_code == 422


def test_only_what_is_new_needs_to_be_sent(desk):
    client = client_of(CONTROLLER)
    table = b"vakgroep;normuren_per_fte\n" + files_of("budget")["benchmark.csv"].partition(b"\n")[2].replace(
        b"2500", b"2600"
    )
    assert deliver(client, {"benchmark.csv": table}, kind="adjustment", rest="1")["Location"] == DRAFT
    assert set(rows(page_of(client, DRAFT))) == {"Oogheelkunde", "Totaal"}
    assert deliver(client, {"benchmark.csv": table}, kind="adjustment").status_code == 422  # alone it is no case
    book = openpyxl.load_workbook(io.BytesIO(book_of(client)))
    book["benchmark"]["B3"].value = 2300
    changed = io.BytesIO()
    book.save(changed)
    assert deliver(client, {"boek.xlsx": changed.getvalue()}, kind="adjustment", rest="1")["Location"] == DRAFT
    assert "KNO" in rows(page_of(client, DRAFT))


def test_a_new_year_from_the_last_one(desk):
    client = client_of(CONTROLLER)
    assert values(page_of(client, "/nieuw-jaar"))["year"] == "2027"
    answer = client.post("/nieuw-jaar", {"year": "2027"})
    assert answer["Location"] == "/2027/begroting/concept"
    page = page_of(client, answer["Location"])
    assert "De normtijden van 2027 zijn overgenomen van 2026." in page
    mark = values(page)["mark"]
    client.post("/2027/begroting/concept", {"doen": "bevestigen", "mark": mark})
    assert page_of(client, "/2027/begroting").count('href="/2027/begroting/9"') == 1
    told = rows(page_of(client, f"/2027/begroting/{AT}"))
    assert told["Totaal"][-1] == "0"  # beside last year: nothing differs yet
    for wrong in ("2026", "twee", "1850", "", "20261"):
        assert client.post("/nieuw-jaar", {"year": wrong}).status_code == 422


def test_a_name_is_text_wherever_it_stands(desk):
    """Groups, contracts and codes come from files of anybody."""
    from puntlanding.web.actions.budgets import put
    from puntlanding.web.desk.models import Kind

    bad = "<script>alert(1)</script>"
    files = {
        name: data.replace(b"Cardiologie", bad.encode()).replace(PRODUCT.encode(), b'"><b>x')
        for name, data in files_of().items()
    }
    files = {name: data.replace(b'"><b>x', b"A1") for name, data in files.items()}
    put(access_as(CONTROLLER), year_row(), files, Kind.BUDGET, "delivered")
    client = client_of(CONTROLLER)
    for address in (DRAFT, f"/2026/begroting/{AT}/wijzigen"):
        assert bad not in page_of(client, address)
        assert html.escape(bad) in page_of(client, address)


@pytest.fixture
def with_records(desk, tmp_path):
    """A year whose agreement stands and whose records lie in a store; its budget is still to be made."""
    from puntlanding.web.actions.sources import choose_source
    from puntlanding.web.actions.versions import add_version
    from puntlanding.web.actions.years import add_collective
    from puntlanding.web.desk.models import Membership, Version
    from puntlanding.web.snapshots import files_of as read

    root = load(tmp_path / "opslag")
    folder = case(root)
    collective = add_collective("MSB Noord", "Noord")
    from puntlanding.web.access import Access
    from puntlanding.web.actions.accounts import add_account, give_role
    from puntlanding.web.actions.years import open_year

    user = add_account("controller@noord.example", "Noord", "een-heel-ander-woord-8")
    access = Access.of(give_role(user, collective, CONTROLLER))
    year = open_year(access, 2026)
    add_version(access, year, "agreement", read(folder))
    choose_source(collective, 2026, root, HOME)
    assert Membership.objects.filter(user=user).exists()
    assert Version.objects.filter(year=year).count() == 1
    from django.test import Client

    client = Client()
    client.force_login(user)
    return client, year


def test_a_budget_and_a_settlement_from_the_records(with_records):
    from puntlanding.web.desk.models import Version
    from puntlanding.web.work.worker import work

    client, year = with_records
    assert "/2026/begroting/registratie" in page_of(client, "/2026/begroting")
    for what, kind in (("begroting", "budget"), ("afrekening", "settlement")):
        answer = client.post("/2026/begroting/registratie", {"what": what})
        job = answer["Location"].strip("/").split("/")[-1]
        assert work(once=True) == 1
        page = page_of(client, answer["Location"])
        assert "herkomst.json" not in page
        assert "de volumes van" in page
        taken = client.post("/2026/begroting/registratie", {"job": job})
        assert taken["Location"] == DRAFT
        confirmed = confirm(client)
        assert confirmed.status_code == 302, plain(confirmed.content.decode())
        assert Version.objects.filter(year=year, kind=kind).count() == 1
    client.post("/2026/begroting/registratie", {"what": "vorig"})
    assert work(once=True) == 1
    beside = page_of(client, "/2026/begroting/1")
    assert "wat in 2025 is gerealiseerd" in beside
    assert rows(beside)["110401019"][4] == "10"  # ten of them opened in 2025
    from puntlanding.web.desk.queries import dossier_of

    made = dossier_of(Version.objects.get(year=year, kind="budget"), Language.DUTCH).year
    assert number(made.budget.total.norm_fte.value, 2, Language.DUTCH) == "4,50"  # as `run --store` has it
    settled = dossier_of(Version.objects.get(year=year, kind="settlement"), Language.DUTCH).year
    assert number(settled.settlement.total.paid.value, 2, Language.DUTCH) == "3,60"


def test_a_job_of_another_or_of_no_kind_is_not_taken_over(with_records):
    client, _ = with_records
    for number_ in ("0", "00000000-0000-0000-0000-000000000000"):
        assert client.post("/2026/begroting/registratie", {"job": number_}).status_code == 404


def test_without_records_it_says_so(desk):
    client = client_of(CONTROLLER)
    assert client.post("/2026/begroting/registratie", {"what": "begroting"}).status_code == 422
    assert "zodra het ziekenhuis die bij Gegevens aanlevert" in page_of(client, "/2026/begroting/registratie")


def test_who_may_only_read_sees_no_forms(desk):
    for role in (Role.COLLECTIVE_BOARD, Role.AUDITOR, Role.SPECIALIST):
        client = client_of(role)
        page = page_of(client, "/2026/begroting") + page_of(client, f"/2026/begroting/{AT}")
        assert "wijzigen" not in page.lower().replace("wijziging", "")
        assert "/2026/begroting/werkmap" not in page


def test_a_version_tells_what_it_changes_in_the_figures(desk):
    client = client_of(CONTROLLER)
    save(client, **{FIELD: "2500"})
    confirm(client)
    (made,) = versions("adjustment")
    page = page_of(client_of(Role.HOSPITAL_BOARD), f"/versie/{made.pk}/")
    assert "Wat in de cijfers anders is dan begroting 1" in page
    assert rows(page)[GROUP][5].startswith("+")
    own = page_of(client_of(Role.SPECIALIST), f"/versie/{made.pk}/")
    assert "vakgroepen veranderen" not in own
    assert set(rows(own)) == {GROUP, "Totaal"}


def test_a_workbook_of_an_earlier_state_says_so(desk):
    client = client_of(CONTROLLER)
    old = book_of(client)
    save(client, **{FIELD: "2500"})
    confirm(client)
    assert upload(client, old)["Location"] == DRAFT
    assert "sinds deze werkmap is gedownload is de begroting veranderd" in page_of(client, DRAFT)
    client.post(DRAFT, {"doen": "weggooien"})
    book = openpyxl.load_workbook(io.BytesIO(book_of(client)))
    book["benchmark"]["B3"].value = 2300
    changed = io.BytesIO()
    book.save(changed)
    assert upload(client, changed.getvalue())["Location"] == DRAFT
    assert "sinds deze werkmap" not in page_of(client, DRAFT)


def test_two_who_confirm_at_the_same_moment(any_desk):
    """One wins and the other is told; nothing is made twice."""
    import threading

    from django.db import connection

    from puntlanding.problems import InputError
    from puntlanding.web.actions.budgets import confirm as confirmed
    from puntlanding.web.actions.budgets import draft_of

    save(client_of(CONTROLLER), **{FIELD: "2500"})
    save(client_of(FINANCE), **{FIELD: "2600"})
    accesses = [access_as(role) for role in (CONTROLLER, FINANCE)]
    year, outcomes, gate = year_row(), [], threading.Barrier(2)

    def go(access):
        mark = draft_of(access, year).mark
        gate.wait()
        try:
            outcomes.append(confirmed(access, year, mark, "").number)
        except InputError as error:
            outcomes.append(error.problems[0].code)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(access,)) for access in accesses]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(map(str, outcomes)) == ["1", "draft_behind"]
    assert len(versions("adjustment")) == 1


def test_the_very_first_year_is_opened_and_delivered_in_the_browser(desk):
    from django.test import Client

    from puntlanding.web.actions.accounts import add_account, give_role
    from puntlanding.web.actions.years import add_collective

    files = files_of("budget")
    collective = add_collective("MSB Nieuw", "Ziekenhuis Nieuw")
    user = add_account("controller@nieuw.example", "Nieuw", "een-heel-ander-woord-8")
    give_role(user, collective, CONTROLLER)
    client = Client()
    client.force_login(user)
    assert 'href="/nieuw-jaar"' in page_of(client, "/")
    assert client.post("/nieuw-jaar", {"year": "2026"})["Location"] == "/2026/aanleveren"
    assert "Er is nog geen begroting" in page_of(client, "/2026/begroting")
    assert deliver(client, files, kind="budget")["Location"] == DRAFT
    assert confirm(client).status_code == 302
    assert page_of(client, "/2026/begroting").count('href="/2026/begroting/9"') == 1
