"""The report of a delivery's checks, word for word."""

import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date

import pytest

from check_tables import activity, delivery, trajectory
from puntlanding.language.notation import Language, day
from puntlanding.records.check import run_checks
from puntlanding.records.checks import NotDone
from puntlanding.records.delivery import SourceFile
from puntlanding.records.findings import Example, Finding, Status
from puntlanding.records.tables import TableName
from puntlanding.report.checked import NOT_DONE, Checked, checked, headline, line, sections, share
from puntlanding.report.intake_check import as_page, as_record, as_text, findings_text

pytestmark = pytest.mark.unit

DUTCH, ENGLISH = Language.DUTCH, Language.ENGLISH
FAILED = Finding(
    "trajectory_id_twice", 2, 412_345,
    (Example("subtrajecten.csv", 12, {"specialisme": "0303", "openingsdatum": "2026-03-02"}), Example("subtrajecten.csv", 13, {})),
)  # fmt: skip
ATTENTION = Finding(
    "trajectory_date_implausible", 3, 412_345,
    (Example("subtrajecten.csv", 77, {"sluitdatum": "2100-01-01"}),), "sluitdatum",
)  # fmt: skip
LEVEL = Finding(
    "openings_level", 1, 144, (Example("subtrajecten.csv", None, {"specialisme": "0305", "maand": "2026-07", "aantal": "0"}),)
)  # fmt: skip
COUNTED = Finding("quantity_zero", 12, 3_012_345)
GOOD = Finding("closed_before_opened", 0, 412_345)
NOT_CHECKED = Finding("product_not_valid", 0, 0, note="no_nza_tables")


def summary(*findings):
    return Checked(
        hospital="ziekenhuis-01",
        delivered=date(2027, 3, 2),
        reader="neutraal",
        sources=("subtrajecten.csv", "zorgactiviteiten.csv"),
        counts={TableName.TRAJECTORIES: 412_345, TableName.ACTIVITIES: 3_012_345},
        per_year={
            2026: {TableName.TRAJECTORIES: 412_342, TableName.ACTIVITIES: 2_900_000},
            2027: {TableName.TRAJECTORIES: 0, TableName.ACTIVITIES: 112_345},
        },
        findings=findings,
    )


REFUSED = """\
Controle van de levering · ziekenhuis-01 · 2 maart 2027
Deze levering kan niet worden geladen: 1 fout houdt haar tegen, en er zijn 2 punten om na te gaan.

Dit houdt de levering tegen                                           aantal         van     aandeel
────────────────────────────────────────────────────────────────────────────────────────────────────
Een subtraject staat meer dan eens in de levering.                         2     412.345    < 0,01 %
  Lever elk subtraject één keer, in zijn laatste stand.
  Waarom: Elk subtraject wordt één keer betaald; twee keer geleverd is twee keer geteld.
  subtrajecten.csv rij 12: specialisme 0303, openingsdatum 2026-03-02
  subtrajecten.csv rij 13

Om na te gaan                                                         aantal         van     aandeel
────────────────────────────────────────────────────────────────────────────────────────────────────
Een datum ligt vóór 2005, toen de dbc's begonnen, of na de dag             3     412.345    < 0,01 %
van levering (sluitdatum).
  Verbeter de datum in de bron.
  Waarom: Het subtraject komt in het verkeerde jaar terecht, of in geen enkel jaar.
  subtrajecten.csv rij 77: sluitdatum 2100-01-01

Een specialisme opent in een maand minder dan de helft of meer             1         144      0,69 %
dan het dubbele van wat gewoon is.
  Ga na of de maand volledig is geleverd.
  Waarom: Een ontbrekende of dubbele maand verschuift de realisatie en de prognose van die vakgroep.
  subtrajecten.csv: specialisme 0305, maand 2026-07, aantal 0

Uitkomsten: 1 fout, 2 om na te gaan, 1 geteld, 1 niet gecontroleerd, 1 in orde.
Toon alles met --all."""

ACCEPTED = """\
Check of the delivery · ziekenhuis-01 · 2 March 2027
This delivery can be loaded: 412,345 trajectories and 3,012,345 activities of 2026. There is 1 point
to look into.

To look into                                                           count          of       share
────────────────────────────────────────────────────────────────────────────────────────────────────
A date lies before 2005, when DBCs began, or after the day of              3     412,345    < 0.01 %
delivery (sluitdatum).
  Correct the date at the source.
  Why: The trajectory ends up in the wrong year, or in none.
  subtrajecten.csv row 77: sluitdatum 2100-01-01

Counted: by rule, or too few to look into                              count          of       share
────────────────────────────────────────────────────────────────────────────────────────────────────
The quantity is zero.                                                     12   3,012,345    < 0.01 %

Not checked whether this occurs                                        count          of       share
────────────────────────────────────────────────────────────────────────────────────────────────────
This product is not valid on the opening date.                             –           –           –
  This needs the NZa's tables; give their folder with --nza.

In order: none of this occurs                                          count          of       share
────────────────────────────────────────────────────────────────────────────────────────────────────
A trajectory closes before it opens.                                       0     412,345           –

Outcomes: 1 to look into, 1 counted, 1 not checked, 1 in order."""


def test_the_text_of_a_delivery_that_is_refused():
    assert as_text(summary(FAILED, ATTENTION, LEVEL, COUNTED, GOOD, NOT_CHECKED), DUTCH) == REFUSED


def test_the_text_of_a_delivery_that_can_be_loaded_with_everything():
    assert as_text(summary(ATTENTION, COUNTED, GOOD, NOT_CHECKED), ENGLISH, every=True) == ACCEPTED


@pytest.mark.parametrize(
    ("findings", "nl", "en"),
    [
        (
            (),
            "Deze levering kan worden geladen: 412.345 subtrajecten en 3.012.345 zorgactiviteiten van 2026. Er is niets om na te gaan.",
            "This delivery can be loaded: 412,345 trajectories and 3,012,345 activities of 2026. There is nothing to look into.",
        ),
        (
            (ATTENTION,),
            "Deze levering kan worden geladen: 412.345 subtrajecten en 3.012.345 zorgactiviteiten van 2026. Er is 1 punt om na te gaan.",
            "This delivery can be loaded: 412,345 trajectories and 3,012,345 activities of 2026. There is 1 point to look into.",
        ),
        (
            (FAILED, FAILED),
            "Deze levering kan niet worden geladen: 2 fouten houden haar tegen, en er is niets om na te gaan.",
            "This delivery cannot be loaded: 2 errors stop it, and there is nothing to look into.",
        ),
    ],
)
def test_the_first_sentence_answers(findings, nl, en):
    assert headline(summary(*findings), DUTCH) == nl
    assert headline(summary(*findings), ENGLISH) == en


def test_several_years_are_a_span():
    both = {TableName.TRAJECTORIES: 1, TableName.ACTIVITIES: 1}
    assert "zorgactiviteiten van 2024–2026." in headline(replace(summary(), per_year={2024: both, 2026: both}), DUTCH)
    assert "zorgactiviteiten. Er" in headline(replace(summary(), per_year={}), DUTCH)


@pytest.mark.parametrize(
    ("count", "of", "nl"),
    [(1, 10_000, "0,01 %"), (1, 10_001, "< 0,01 %"), (12_345, 100_000, "12,35 %"), (5, 5, "100,00 %"), (0, 5, "–"), (0, 0, "–")],
)  # fmt: skip
def test_a_small_share_is_not_nil(count, of, nl):
    assert share(Finding("quantity_zero", count, of), DUTCH) == nl


def test_days_as_they_are_written():
    assert day(date(2026, 3, 2), DUTCH) == "2 maart 2026"
    assert day(date(2026, 10, 31), ENGLISH) == "31 October 2026"


def test_every_reason_has_words():
    assert set(NotDone) <= set(NOT_DONE)
    for language in Language:
        for note in NOT_DONE:
            assert line(Finding("product_not_valid", 0, 0, note=note), language).remedy.endswith(".")


def test_the_record():
    record = as_record(summary(FAILED, NOT_CHECKED), DUTCH)
    assert json.loads(json.dumps(record)) == {
        "antwoord": "Deze levering kan niet worden geladen: 1 fout houdt haar tegen, en er is niets om na te gaan.",
        "kan_worden_geladen": False,
        "ziekenhuis": "ziekenhuis-01",
        "geleverd_op": "2027-03-02",
        "lezer": "neutraal",
        "bronnen": ["subtrajecten.csv", "zorgactiviteiten.csv"],
        "aantallen": {"subtrajecten": 412_345, "zorgactiviteiten": 3_012_345},
        "jaren": [
            {"jaar": 2026, "subtrajecten": 412_342, "zorgactiviteiten": 2_900_000},
            {"jaar": 2027, "subtrajecten": 0, "zorgactiviteiten": 112_345},
        ],
        "zonder_datum": {"subtrajecten": 3, "zorgactiviteiten": 0},
        "controles": [
            {
                "controle": "trajectory_id_twice",
                "tabel": "subtrajecten",
                "kolom": None,
                "uitkomst": "fout",
                "ernst": "fout",
                "drempel": "0.000000",
                "aantal": 2,
                "van": 412_345,
                "melding": "Een subtraject staat meer dan eens in de levering. Lever elk subtraject één keer, in zijn laatste stand.",
                "waarom": "Elk subtraject wordt één keer betaald; twee keer geleverd is twee keer geteld.",
                "reden": None,
                "voorbeelden": [
                    {
                        "bestand": "subtrajecten.csv",
                        "rij": 12,
                        "waarden": {"specialisme": "0303", "openingsdatum": "2026-03-02"},
                    },
                    {"bestand": "subtrajecten.csv", "rij": 13, "waarden": {}},
                ],
            },
            {
                "controle": "product_not_valid",
                "tabel": "subtrajecten",
                "kolom": None,
                "uitkomst": "niet gecontroleerd",
                "ernst": "waarschuwing",
                "drempel": "0.001000",
                "aantal": 0,
                "van": 0,
                "melding": "Dit zorgproduct is niet geldig op de openingsdatum. Leid het opnieuw af, of geef nieuwere tabellen van de NZa.",
                "waarom": "Een vervallen zorgproduct heeft geen tarief en geen normtijd.",
                "reden": "Hiervoor zijn de tabellen van de NZa nodig; geef hun map met --nza.",
                "voorbeelden": [],
            },
        ],
    }
    assert list(record)[:2] == ["antwoord", "kan_worden_geladen"]


def tree(page):
    """The page as XML: it parses only where every element is closed and every value escaped."""
    return ET.fromstring(page.removeprefix("<!DOCTYPE html>"))


def words(element):
    return " ".join("".join(element.itertext()).split())


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("findings", [(), (FAILED, ATTENTION, LEVEL, COUNTED, GOOD, NOT_CHECKED)])
def test_the_page_is_well_formed_and_needs_nothing_else(language, findings):
    page = as_page(summary(*findings), language)
    root = tree(page)

    assert root.get("lang") == language.value
    first = root.find("body/main")[1]
    assert words(first) == headline(summary(*findings), language)
    assert not [one.tag for one in root.iter() if one.tag in {"script", "img", "link", "iframe", "a"}]
    assert "http" not in page
    assert "url(" not in page
    for table in root.iter("table"):
        assert table[0].tag == "caption"
        assert all(cell.get("scope") in {"row", "col"} for cell in table.iter("th"))
    assert len(list(root.iter("table"))) == 1 + len(sections(findings, language))


def test_the_page_tells_what_the_text_tells():
    told = words(tree(as_page(summary(FAILED, ATTENTION), DUTCH)))
    for part in (
        "✕ foutEen subtraject staat meer dan eens in de levering.",
        "! let opEen datum ligt vóór 2005, toen de dbc's begonnen, of na de dag van levering (sluitdatum).",
        "Lever elk subtraject één keer, in zijn laatste stand.",
        "Waarom: Elk subtraject wordt één keer betaald; twee keer geleverd is twee keer geteld.",
        "subtrajecten.csv rij 12: specialisme 0303, openingsdatum 2026-03-02",
        "zonder bruikbare datum30",
        "In de levering412.3453.012.345",
    ):
        assert part in told


def test_values_are_escaped_wherever_they_stand():
    nasty = "<script>alert(1)</script>"
    example = Example(nasty, 3, {nasty: nasty})
    hostile = replace(
        summary(Finding("trajectory_date_implausible", 9_000, 412_345, (example,), nasty)),
        hospital=nasty, reader=nasty, sources=(nasty,),
    )  # fmt: skip
    page = as_page(hostile, DUTCH)
    assert "<script" not in page
    assert [one.tag for one in tree(page).iter("script")] == []
    assert words(tree(page)).count(nasty) == 7


def test_a_value_does_not_steer_the_terminal():
    example = Example("a.csv", 3, {"openingsdatum": "\x1b[31mrood\n"})
    text = as_text(replace(summary(Finding("quantity_huge", 1, 10, (example,))), hospital="\x1b[2J"), DUTCH)
    assert "\x1b" not in text
    assert "a.csv rij 3: openingsdatum �[31mrood�" in text


def test_a_reader_s_findings_without_a_delivery():
    assert findings_text((), DUTCH) == "Er is niets om te melden."
    assert findings_text((), ENGLISH) == "There is nothing to report."
    text = findings_text((Finding("unmapped_value", 3, 12, column="AGB_Code"),), DUTCH)
    assert text.splitlines() == [
        "Om na te gaan                                                         aantal         van     aandeel",
        "─" * 100,
        "Deze code staat niet in de koppeling en is leeg gelaten                    3          12     25,00 %",
        "(AGB_Code).",
        "  Vul de waardetabel in de koppeling aan.",
        "  Waarom: Wat leeg is, valt in geen enkele groep.",
    ]


def test_from_a_delivery_to_its_summary():
    made = delivery(
        [trajectory(1), trajectory(2, openingsdatum=date(1900, 1, 1)), trajectory(3, openingsdatum=date(2025, 12, 31))],
        [activity(1), activity(3, datum=None)],
    )
    made = replace(made, sources=(SourceFile("subtrajecten.csv", 10, "ab"),), findings=run_checks(made))
    found = checked(made, "ziekenhuis-02")

    assert found.per_year == {
        2025: {TableName.TRAJECTORIES: 1, TableName.ACTIVITIES: 0},
        2026: {TableName.TRAJECTORIES: 1, TableName.ACTIVITIES: 1},
    }
    assert found.counts == {TableName.TRAJECTORIES: 3, TableName.ACTIVITIES: 2}
    assert found.undated == {TableName.TRAJECTORIES: 1, TableName.ACTIVITIES: 1}
    assert (found.hospital, found.reader, found.sources) == ("ziekenhuis-02", "neutraal", ("subtrajecten.csv",))
    assert not found.loadable
    assert {one.check for one in found.with_status(Status.FAILED)} >= {"trajectory_date_implausible"}
