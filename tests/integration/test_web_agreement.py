"""The agreement in the browser: a form from the catalogue, its consequence, what is kept of it, the version it becomes, and others beside it."""

from __future__ import annotations

import html
import re
import tomllib
from dataclasses import replace
from decimal import Decimal

import pytest

from hostile_year import NAMES, write_hostile
from puntlanding.agreement.keys import CONTRACT, OPEN_SECTIONS, SECTIONS
from puntlanding.components import COMPONENTS
from puntlanding.contract_types import CONTRACT_TYPES
from puntlanding.language.notation import Language, euros, number
from puntlanding.setting import Kind, Setting
from puntlanding.web.rules import Role
from web_site import access_as, client_of

pytestmark = pytest.mark.integration

CONTROLLER, FINANCE, REPRESENTATIVE = Role.COLLECTIVE_CONTROLLER, Role.HOSPITAL_FINANCE, Role.GROUP_REPRESENTATIVE
FORM, CHECK, BESIDE = "/2026/afspraak/wijzigen", "/2026/afspraak/nakijken", "/2026/afspraak/vergelijken"
BAND = "contract-1:bandbreedte"


@pytest.fixture(autouse=True)
def no_drafts(desk):
    """Drafts are files: those of the test before stand in the same folder."""
    for kind in ("agreement", "proposal"):
        for one in (desk / "working").glob(f"{kind}-*.json"):
            one.unlink()


def page(client, address=FORM, **options):
    answer = client.get(address, **options)
    assert answer.status_code == 200, address
    return answer.content.decode()


def fields(markup):
    """What a browser would send of the form, without a button."""
    form = markup.partition('id="formulier"')[2].partition("</form>")[0]
    sent = {}
    for tag in re.findall(r"<input[^>]*>", form):
        told = {name: html.unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', tag)}
        if told.get("type") == "radio" and " checked" not in tag:
            continue
        sent.setdefault(told["name"], []).append(told.get("value", ""))
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        sent.setdefault(name, []).append(html.unescape(text))
    return sent


def send(client, changes, asked="bereken", start=None, **options):
    sent = {**(start or fields(page(client))), **changes, "doe": asked}
    return client.post(FORM, sent, **options)


def plain(markup):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<.*?>", " ", markup, flags=re.DOTALL)))


def newest(kind="agreement"):
    from puntlanding.web.desk.models import Version

    return Version.objects.filter(kind=kind).order_by("-number").first()


def agreement_file(version):
    from puntlanding.web.desk.dossiers import snapshots

    return (snapshots().folder(version.snapshot) / "afspraak.toml").read_text(encoding="utf-8")


def test_every_setting_has_its_place_its_explanation_and_its_source(desk):
    markup = page(client_of(CONTROLLER))
    told = plain(markup)
    for section, settings in SECTIONS.items():
        if section in COMPONENTS or section in ("meerjaren", CONTRACT):
            continue
        for one in settings:
            assert f'name="{section}-0:{one.key}' in markup, (section, one.key)
            assert one.nl in told, one.key
    for kind in CONTRACT_TYPES.values():
        assert kind.nl in told
    for component in COMPONENTS.values():
        assert f"erbij {component.section}" in markup
    for section in OPEN_SECTIONS:
        assert f'name="{section}-0:naam.0"' in markup
    assert "Handreiking capaciteitsbegroting (2021), rekenvoorbeeld 5 (5 %)" in told
    client = client_of(CONTROLLER)
    client.cookies["django_language"] = "en"
    english = plain(page(client))
    assert all(one.en in english for one in SECTIONS["afrekening"])
    assert "Guideline capacity budget (2021), worked example 5 (5 %)" in english


def test_what_comes_to_the_catalogue_comes_to_the_form(desk, monkeypatch):
    """A contract type and a component that exist in this test only."""
    own = Setting(
        "proefsleutel", Kind.NUMBER, "share", "Uitleg van de proef.", "Explanation of the trial.", example="0.5"
    )
    kind = replace(
        CONTRACT_TYPES["plafond_bandbreedte"], name="proef", nl="Proef: een soort van deze test", settings=(own,)
    )
    component = replace(
        COMPONENTS["kwaliteit"], section="proefpot", nl="Proefpot: een pot van deze test", settings=(own,)
    )
    monkeypatch.setitem(CONTRACT_TYPES, "proef", kind)
    monkeypatch.setitem(COMPONENTS, "proefpot", component)
    monkeypatch.setitem(SECTIONS, "proefpot", component.settings)
    client = client_of(CONTROLLER)
    told = plain(page(client))
    assert "Proef: een soort van deze test" in told
    assert "Een pot van deze test" in told
    send(client, {"contract-0:soort": "proef"}, "erbij proefpot")
    markup = page(client)
    assert 'name="contract-0:proefsleutel"' in markup
    assert 'name="proefpot-0:proefsleutel"' in markup
    assert "Uitleg van de proef." in plain(markup)


@pytest.mark.parametrize("code", ["nl", "en"])
def test_a_form_that_changes_nothing_has_nothing_to_confirm(desk, code):
    client = client_of(CONTROLLER)
    client.cookies["django_language"] = code
    assert send(client, {}, "nakijken")["Location"].startswith(CHECK)
    markup = page(client, CHECK)
    mark = re.search(r'name="kenmerk"[^>]*value="(\w+)"', markup)[1]
    told = plain(client.post(CHECK, {"kenmerk": mark}).content.decode())
    assert ("Er is nog niets gewijzigd", "Nothing was changed yet")[code == "en"] in told
    assert newest().number == 1


def test_from_a_change_to_a_version_that_waits_for_both_parties(desk):
    from puntlanding.web.audit import verified

    client, before = client_of(CONTROLLER), agreement_file(newest())
    lines = verified().lines
    told = plain(page(client, FORM))
    assert "Nog niets gewijzigd" in told
    answer = send(client, {BAND: "6", "weging-0:output": "70", "weging-0:efficiency": "30"}, "nakijken")
    assert answer["Location"] == CHECK
    assert verified().lines == lines  # a draft is nobody's business yet
    markup = page(client, CHECK)
    told = plain(markup)
    assert "Contract Verzekeraar Zuid: de bandbreedte gaat van 3 % naar 6 %." in told
    assert "Het gewicht van de output in de score gaat van 80 % naar 70 %." in told
    mark = re.search(r'name="kenmerk"[^>]*value="(\w+)"', markup)[1]
    done = client.post(CHECK, {"kenmerk": mark, "toelichting": "Meer ruimte voor Zuid"})
    version = newest()
    assert done["Location"] == f"/versie/{version.pk}/"
    assert (version.number, version.state, version.note) == (2, "draft", "Meer ruimte voor Zuid")
    assert verified().lines == lines + 1
    after = agreement_file(version)
    changed = [(a, b) for a, b in zip(before.split("\n"), after.split("\n"), strict=True) if a != b]
    assert changed == [
        ("bandbreedte = 0.03", "bandbreedte = 0.06"), ("output = 0.80", "output = 0.70"), ("efficiency = 0.20", "efficiency = 0.30"),
    ]  # fmt: skip
    assert after.startswith("# Afspraak van het voorbeeldgremium")
    assert "Nog niets gewijzigd" in plain(page(client))  # the draft became the version
    assert 'value="6"' in page(client)  # from which the next one starts
    read = page(client, done["Location"])
    assert f'action="/versie/{version.pk}/voorleggen"' in read  # what comes next stands on it
    assert "Voorleggen aan" not in page(client_of(Role.AUDITOR), done["Location"])
    assert client.post(f"/versie/{version.pk}/voorleggen", {"content": version.content_hash}).status_code == 302
    assert newest().state == "proposed"


def test_the_consequence_is_what_the_engine_says(desk):
    from puntlanding.case import load_case
    from puntlanding.comparison import Kind as Column
    from puntlanding.comparison import Proposal, compare
    from puntlanding.web.desk.dossiers import snapshots

    client = client_of(CONTROLLER)
    send(client, {BAND: "6"})
    told = page(client)
    folder = snapshots().folder(newest("settlement").snapshot)
    case = load_case(folder).checked()
    other = replace_band(case, Decimal("0.06"))
    found = compare(Proposal("nu", Column.OWN, case), [Proposal("dan", Column.WHOLE, other)])
    change = found.beside[0].euros
    table = told.partition('<table class="many gevolg">')[2].partition("</table>")[0]
    rows = {
        html.unescape(name): [plain(cell).strip() for cell in re.findall(r"<td.*?>(.*?)</td>", cells)]
        for name, cells in re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', table, re.DOTALL)
    }
    for name in found.names:
        cells = rows[name]
        assert cells[0] == number(found.own.fte.groups[name].value, 2, Language.DUTCH)
        assert cells[1] == number(found.beside[0].column.fte.groups[name].value, 2, Language.DUTCH)
        assert cells[4] == number(found.beside[0].column.euros.groups[name].value / 100, 0, Language.DUTCH)
    assert rows["Totaal"][3] == number(found.own.euros.total.value / 100, 0, Language.DUTCH)
    answer = plain(told.partition('id="antwoord"')[2].partition("</div>")[0])
    words = ("geen", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")
    assert words[len(change.gainers)] in answer.lower()
    assert euros(change.moved.value, Language.DUTCH) in answer.replace("\u00a0", " ")
    assert "over wat in 2026 is gerealiseerd" in plain(told)
    assert "Alleen dit:" in plain(told.partition('id="v-contract-alleen"')[2].partition("</p>")[0])


def replace_band(case, value):
    from fractions import Fraction

    contracts = []
    for one in case.agreement.contracts:
        settings = {key: replace(node, value=Fraction(value)) for key, node in one.settings.items()}
        contracts.append(replace(one, settings=settings))
    return replace(case, agreement=replace(case.agreement, contracts=tuple(contracts)))


def test_hospital_finance_sees_norm_fte_and_no_euros_of_groups(desk):
    client = client_of(FINANCE)
    send(client, {BAND: "6"})
    for address in (FORM, BESIDE + "?naast=soorten"):
        markup = page(client, address)
        tables = " ".join(re.findall(r"<table.*?</table>", markup, re.DOTALL))
        assert "norm fte" in plain(markup)
        assert "€" not in tables
        assert "tussen vakgroepen" not in plain(markup) or "norm fte tussen vakgroepen" in plain(markup)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        (BAND, "0.06", "is geen getal"),
        (BAND, "zes", "is geen getal"),
        (BAND, "106", "van 0 % tot en met 100 %"),
        (BAND, "", "nog leeg"),
        ("kader-0:bedrag", "25,000,000", "is geen getal"),
        ("kader-0:bedrag", "1,005", "twee decimalen"),
        ("weging-0:output", "70", "samen 90 %"),
        ("contract-0:naam", "verzekeraar zuid", "eigen naam"),
        ("afspraak-0:ingangsdatum", "2025-03-01", "2026"),
        ("afspraak-0:ingangsdatum", "maart", "geen datum"),
        ("afrekening-0:bandbreedte_fte.0", "0,9", "Vul beide grenzen in"),
        ("weging.onderdelen-0:gewicht.0", "1", "Geef hier een naam bij"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_nothing_typed_is_lost(desk, name, text, says):
    client = client_of(CONTROLLER)
    answer = send(client, {name: text, "afspraak-0:versie": "concept <b>7</b>"}, "nakijken")
    assert not answer["Location"].startswith(CHECK)
    markup = page(client)
    sent = fields(markup)
    assert sent[name] == [text]
    assert sent["afspraak-0:versie"] == ["concept <b>7</b>"]
    assert "<b>7</b>" not in markup
    told = plain(markup)
    assert told.count(says) >= 2, told[:3000]  # at the top and beside the field
    assert client.get(CHECK).status_code == 302
    assert newest().number == 1


def test_a_number_is_read_in_the_reader_s_notation_and_follows_them_to_the_other(desk):
    client = client_of(CONTROLLER)
    send(client, {"kader-0:bedrag": "25.100.000,50", BAND: "2,5"})
    client.cookies["django_language"] = "en"
    markup = page(client)
    assert fields(markup)[BAND] == ["2.5"]
    assert fields(markup)["kader-0:bedrag"] == ["25100000.5"]
    assert "goes from 3 % to 2.5 %" in plain(markup)
    send(client, {"kader-0:bedrag": "25,200,000.00"})
    assert "25,200,000.00" in plain(page(client))


def test_what_was_wrong_in_one_notation_is_not_read_in_the_other(desk):
    client = client_of(CONTROLLER)
    client.cookies["django_language"] = "en"
    send(client, {"kader-0:bedrag": "25,00"})
    assert "is no number" in plain(page(client))
    client.cookies["django_language"] = "nl"
    assert "‘25,00 ?’ is geen getal" in plain(page(client))


@pytest.mark.parametrize(
    ("more", "less", "nl", "en"),
    [
        (3, 2, "Drie vakgroepen krijgen meer, twee minder", "Three groups get more, two less"),
        (1, 0, "Eén vakgroep krijgt meer, geen minder", "One group gets more, none less"),
        (0, 15, "15 vakgroepen krijgen minder, geen meer", "15 groups get less, none more"),
        (13, 1, "13 vakgroepen krijgen meer, één minder", "13 groups get more, one less"),
    ],
)
def test_who_gets_more_and_who_less_in_words(more, less, nl, en):
    from puntlanding.web.presenters.agreement_effect import _counted

    assert (_counted(more, less, 0), _counted(more, less, 1)) == (nl, en)


def test_contracts_and_components_come_and_go(desk):
    client = client_of(CONTROLLER)
    answer = send(client, {}, "erbij contract")
    assert answer["Location"].endswith("#v-contract-3")
    send(client, {"contract-3:naam": "Verzekeraar Oost", "contract-3:soort": "aanneemsom"}, "erbij mutatiereserve")
    send(client, {"mutatiereserve-0:aandeel": "1"}, "weg kader-0")
    told = plain(page(client))
    assert "Contract Verzekeraar Oost is nieuw" in told
    assert "Het onderdeel ‘Financieel kader’ vervalt" in told
    send(client, {}, "weg contract-3")
    assert "Verzekeraar Oost" not in plain(page(client))
    send(client, {}, "weggooien")
    assert "Nog niets gewijzigd" in plain(page(client))


def test_a_type_asks_for_its_own_and_keeps_what_the_other_had(desk):
    client = client_of(CONTROLLER)
    sent = fields(page(client))
    live = {"HX-Request": "true"}
    answer = send(client, {"contract-1:soort": "meerjaren_aanneemsom", "deel": "contract-1"}, start=sent, headers=live)
    part = answer.content.decode()
    assert 'id="v-contract-1-rest" hx-swap-oob="true"' in part
    assert 'name="contract-1:krimpvergoeding"' in part
    assert re.search(r'type="hidden" name="contract-1:bandbreedte" value="3"', part)
    markup = page(client)
    send(client, {"contract-1:soort": "plafond_bandbreedte"}, start=fields(markup))
    assert fields(page(client))[BAND] == ["3"]


def test_without_leaving_the_page_only_what_follows_is_sent(desk):
    client = client_of(CONTROLLER)
    sent = fields(page(client))
    answer = send(client, {BAND: "6"}, start=sent, headers={"HX-Request": "true"})
    told = answer.content.decode()
    assert "<html" not in told
    for part in ("antwoord", "gevolg", "verschil", "kenmerk", "v-contract-alleen", "v-contract-1__bandbreedte-fout"):
        assert re.search(rf'id="{part}"[^>]*hx-swap-oob="true"', told), part
    # the same window may be ahead of the answer
    again = send(client, {BAND: "7"}, start=sent, headers={"HX-Request": "true"})
    assert "ander venster" not in again.content.decode()
    assert fields(page(client))[BAND] == ["7"]


def test_another_window_does_not_write_over_it(desk):
    client = client_of(CONTROLLER)
    first, second = fields(page(client)), fields(page(client))
    send(client, {BAND: "6"}, start=first)
    answer = send(client, {BAND: "8"}, start=second)
    told = answer.content.decode()
    assert "in een ander venster gewijzigd" in told
    assert fields(told)[BAND] == ["8"]  # still there to read
    assert fields(page(client))[BAND] == ["6"]
    assert send(client, {}, start=fields(told)).status_code == 302
    assert fields(page(client))[BAND] == ["8"]


def test_who_comes_second_is_told_and_takes_their_changes_along(desk):
    mine, theirs = client_of(CONTROLLER), client_of(FINANCE)
    send(mine, {BAND: "6"})
    assert "Ook Controller gremium werkt aan deze afspraak" in plain(page(theirs))
    send(theirs, {"afrekening-0:maximum_overproductie": "8"}, "nakijken")
    confirm(theirs)
    told = page(mine)
    assert "Er is intussen een nieuwere versie gemaakt: afspraak 2" in plain(told)
    markup = page(mine, CHECK)
    mark = re.search(r'name="kenmerk"[^>]*value="(\w+)"', markup)[1]
    assert "is gemaakt nadat u begon" in plain(mine.post(CHECK, {"kenmerk": mark}).content.decode())
    assert newest().number == 2
    assert mine.post(FORM, {"doe": "meenemen"}).status_code == 302
    sent = fields(page(mine))
    assert (sent[BAND], sent["afrekening-0:maximum_overproductie"]) == (["6"], ["8"])
    confirm(mine)
    said = tomllib.loads(agreement_file(newest()))
    assert (said["contract"][1]["bandbreedte"], said["afrekening"]["maximum_overproductie"]) == (0.06, 0.08)


def confirm(client):
    mark = re.search(r'name="kenmerk"[^>]*value="(\w+)"', page(client, CHECK))[1]
    answer = client.post(CHECK, {"kenmerk": mark})
    assert answer["Location"].startswith("/versie/")


@pytest.mark.parametrize(
    "sent",
    [
        {"tabel": "nergens-0:0"},
        {"tabel": "contract-99999:0"},
        {"tabel": ["contract-0:99", "afspraak-0:0"], "contract-0:naam": "x"},
        {"tabel": "afspraak-0:0", "afspraak-0:jaar": "1999", "afspraak-0:organisatie": "\x1b[31m"},
        {"tabel": "contract-0:-1"},
        {"doe": "erbij ../../etc"},
        {"doe": "weg __class__"},
    ],
)
def test_a_form_that_somebody_made_up_breaks_nothing(desk, sent):
    client = client_of(CONTROLLER)
    assert client.post(FORM, sent).status_code in (200, 302)
    assert client.get(FORM).status_code == 200
    assert newest().number == 1


def test_a_draft_that_was_damaged_is_begun_again(desk):
    client = client_of(CONTROLLER)
    send(client, {BAND: "6"})
    (one,) = (desk / "working").glob("agreement-*.json")
    one.write_bytes(one.read_bytes()[:-20])
    assert fields(page(client))[BAND] == ["3"]


def test_hostile_names_and_texts_stay_text(desk, tmp_path):
    from puntlanding.web.actions.versions import add_version
    from puntlanding.web.desk.models import Year

    case = write_hostile(tmp_path / "case")
    access = access_as(CONTROLLER)
    version = add_version(access, Year.objects.get(year=2026), "agreement", case)
    add_version(access, Year.objects.get(year=2026), "settlement", case)
    client = client_of(CONTROLLER)
    send(client, {"contract-0:naam": "</textarea><script>alert(1)</script>", "afspraak-0:versie": NAMES[1]})
    send(client, {"contract-0:naam": "<i>Noord</i>", "afspraak-0:versie": NAMES[0]})
    for address in (
        FORM,
        BESIDE,
        f"{BESIDE}?naast=soorten&naast=concept&naast=v{version.pk}",
        "/2026/afspraak/prikkels",
    ):
        markup = page(client, address)
        assert "<script>document" not in markup
        assert "<img src=x" not in markup
        assert "<i>Noord" not in markup
        assert "alert(1)</script>" not in markup


def test_others_stand_beside_it_with_every_number_explained(desk):
    client = client_of(CONTROLLER)
    send(client, {BAND: "6"})
    markup = page(client, f"{BESIDE}?naast=concept&naast=soorten")
    told = plain(markup)
    assert "Uw concept" in told
    assert "Plafond met bandbreedte" in told
    asked = re.findall(r'href="\?([^"]*uitleg=[^"#]+)#uitleg">([^<]+)<', markup)
    assert len(asked) > 50
    for query, shown in asked[::23]:
        answer = page(client, f"{BESIDE}?{html.unescape(query)}")
        assert '<ul class="tree">' in answer
        assert re.search(rf"<h2>[^<]* {re.escape(shown)}</h2>", answer)
    assert "<svg" in markup
    assert '<ul class="tree">' not in page(client, f"{BESIDE}?naast=soorten&uitleg=99.Ze")


def test_a_representative_sees_the_own_group_and_the_total_only(desk):
    for address in (
        f"{BESIDE}?naast=soorten",
        f"{BESIDE}?naast=soorten&uitleg=1.Af",
        f"{BESIDE}?naast=soorten&uitleg=0.Bf",
    ):
        told = plain(page(client_of(REPRESENTATIVE), address))
        assert "Cardiologie" in told
        for other in ("Urologie", "Heelkunde", "Anesthesiologie"):
            assert other not in told, address
        assert "vakgroepen meer" not in told
    assert "wie die mag zien" in plain(page(client_of(REPRESENTATIVE), "/2026/afspraak/prikkels"))
    assert client_of(REPRESENTATIVE).post(BESIDE, {}).status_code == 403


def test_a_proposal_of_the_other_party_stands_beside_it_for_who_sent_it(desk):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = client_of(CONTROLLER)

    def give(text, name="voorstel <b>.toml"):
        sent = SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())
        return client.post(BESIDE, {"voorstel": sent}, follow=True).content.decode()

    told = give('[[contract]]\nnaam = "Verzekeraar Zuid"\nbandbreedte = 0.10\n')
    assert "Het voorstel staat nu naast de afspraak" in told
    assert "de bandbreedte gaat van 3 % naar 10 %" in plain(told)
    assert "<b>.toml" not in told
    assert "Voorstel voorstel" not in plain(page(client_of(FINANCE), f"{BESIDE}?naast=voorstel"))
    whole = agreement_file(newest())
    assert "zegt hetzelfde als A" in plain(give(whole))
    assert "jaar" in plain(give(whole.replace("jaar = 2026", "jaar = 2027")))
    for bad in (b"\xff\xfe\x00", b"PK\x03\x04" * 10, "geen = toml = nee", "[[contract]]\nnaam = 'x'\n"):
        assert 'class="message error"' in give(bad)
    assert 'class="message error"' in client.post(BESIDE, {}, follow=True).content.decode()
    client.post(BESIDE, {"doe": "weg"})
    assert "Voorstel voorstel" not in plain(page(client, BESIDE))


def test_what_one_hour_more_brings_is_told_with_its_picture(desk):
    told = page(client_of(CONTROLLER), "/2026/afspraak/prikkels")
    assert "Meer doen dan begroot loont" in plain(told)
    assert "<svg" in told
    closed = page(client_of(FINANCE), "/2026/afspraak/prikkels")
    assert "<svg" not in closed.partition("<main")[2]


def test_before_there_is_a_realisation_the_forecast_or_the_budget_measures(desk):
    from puntlanding.case import load_case
    from puntlanding.comparison.measured import Measure, measured
    from puntlanding.web.desk.dossiers import snapshots

    case = load_case(snapshots().folder(newest("settlement").snapshot)).checked()
    assert measured(case)[1] is Measure.REALISED
    without = replace(case, realisation=None)
    assert measured(without)[1] is Measure.FORECAST
    assert measured(without)[0].realisation is case.forecast
    assert measured(replace(without, forecast=None))[1] is Measure.BUDGET
    assert measured(replace(without, forecast=None, budget=None)) is None


def test_a_new_year_is_measured_by_the_one_that_was_settled_last(desk):
    from puntlanding.demo.collective import collective_files
    from puntlanding.web.actions.versions import add_version
    from puntlanding.web.actions.years import open_year

    access = access_as(CONTROLLER)
    later = {name: text.replace("2026", "2027").replace("2025", "2026") for name, text in collective_files().items()}
    files = {name: text.encode() for name, text in later.items()}
    early = {name: data for name, data in files.items() if name not in ("prognose.csv", "realisatie.csv")}
    early["afspraak.toml"] = early["afspraak.toml"].replace(b"bandbreedte = 0.03", b"bandbreedte = 0.04")
    add_version(access, open_year(access, 2027), "agreement", early)
    client = client_of(CONTROLLER)
    address = "/2027/afspraak/wijzigen"
    sent = fields(page(client, address))
    assert sent["contract-1:bandbreedte"] == ["4"]
    client.post(address, {**sent, BAND: "6"})
    told = plain(page(client, address))
    assert "over wat in 2026 is gerealiseerd" in told
    assert "vakgroepen krijgen meer" in told
    assert "Anders dan in 2026" in told
    assert "de bandbreedte gaat van 3 % naar 6 %" in told
    assert "over wat in 2026 is gerealiseerd" in plain(page(client, "/2027/afspraak/vergelijken?naast=soorten"))


def test_a_seal_of_the_old_text_does_not_go_along_and_a_later_version_keeps_its_name(desk, tmp_path):
    from command import run

    from puntlanding.demo.collective import collective_files
    from puntlanding.web.actions.versions import add_version
    from puntlanding.web.desk.dossiers import snapshots
    from puntlanding.web.desk.models import Year

    case = tmp_path / "case"
    case.mkdir()
    for name, text in collective_files().items():
        (case / name).write_text(text, encoding="utf-8")
    later = (
        (case / "afspraak.toml")
        .read_text(encoding="utf-8")
        .replace("jaar = 2026", "jaar = 2026\ningangsdatum = 2026-07-01", 1)
    )
    (case / "afspraak_vanaf_2026-07-01.toml").write_text(later, encoding="utf-8")
    frozen = run("agreement", "freeze", case, "--by", "gremium", "--on", "2026-06-01")
    assert frozen.status == 0, frozen
    assert list(case.glob("*.zegel.toml"))
    add_version(access_as(CONTROLLER), Year.objects.get(year=2026), "agreement", case)
    client = client_of(CONTROLLER)
    send(client, {BAND: "6", "afspraak-0:ingangsdatum": "2026-08-01"}, "nakijken")
    confirm(client)
    names = {one.name for one in snapshots().folder(newest().snapshot).iterdir()}
    assert "afspraak_vanaf_2026-08-01.toml" in names
    assert "afspraak_vanaf_2026-07-01.toml" not in names
    assert "afspraak_vanaf_2026-07-01.zegel.toml" not in names


def test_what_takes_seconds_is_said_to_be_coming(desk):
    import shutil
    import time

    from django.test import override_settings

    shutil.rmtree(desk / "cache", ignore_errors=True)  # what other tests made
    client, there = client_of(CONTROLLER), "/2026/afspraak/prikkels"
    with override_settings(OUTLOOK_PATIENCE=0.001):
        first = page(client, there)
        assert "wordt nu doorgerekend" in first
        assert 'hx-trigger="every 2s"' in first
        until = time.monotonic() + 30
        while "wordt nu doorgerekend" in (told := page(client, there)):
            assert time.monotonic() < until
            time.sleep(0.1)
    assert "<svg" in told
