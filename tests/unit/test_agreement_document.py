"""The agreement as a document: what sentences say, versions by date, seals, and the words of every setting."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from puntlanding.agreement import read_agreement, read_toml
from puntlanding.agreement.content import Content, content_from, content_of, default_of, plain
from puntlanding.agreement.difference import differences, shown, since_seal
from puntlanding.agreement.keys import CONTRACT, SECTIONS, contract_settings
from puntlanding.agreement.seal import Party, Seal, read_seal, seal_path, seal_text
from puntlanding.agreement.wording import noun, reads
from puntlanding.case.agreement_files import read_versions
from puntlanding.case.agreement_sheet import agreement_from_sheet
from puntlanding.case.one_agreement import one_agreement
from puntlanding.case.raw import RawTable
from puntlanding.components import COMPONENTS
from puntlanding.language.notation import Language
from puntlanding.problems import InputError
from puntlanding.setting import Kind, Setting

pytestmark = pytest.mark.unit

HEAD = '[afspraak]\norganisatie = "MSB Proef"\njaar = 2026\n'
CEILING = '[[contract]]\nnaam = "A"\nsoort = "plafond"\n'


def content(tmp_path, text) -> Content:
    path = tmp_path / "afspraak.toml"
    path.write_text(text, encoding="utf-8")
    raw, lines, _ = read_toml(path)
    agreement, found = read_agreement(raw, lines, path.name)
    assert agreement is not None, found
    return content_of(raw)


def said(tmp_path, first, second, which=0):
    return [one.said[which] for one in differences(content(tmp_path, first), content(tmp_path, second))]


@pytest.mark.parametrize(
    ("first", "second", "dutch", "english"),
    [
        (
            "[kader]\nbedrag = 25_000_000.00\n",
            "[kader]\nbedrag = 24_500_000.5\n",
            "Het financieel kader gaat van € 25.000.000,00 naar € 24.500.000,50.",
            "The financial frame goes from € 25,000,000.00 to € 24,500,000.50.",
        ),
        (
            "",
            "[weging]\noutput = 0.9\nefficiency = 0.1\n",
            "Het gewicht van de output in de score gaat van 80 % (dat geldt zonder deze sleutel) naar 90 %.",
            "The weight of output in the score goes from 80 % (which holds without this key) to 90 %.",
        ),
        (
            "[afrekening]\nherverdeling = \"naar_rato\"\nmaximum_overproductie = 0.1\n",
            "[afrekening]\nherverdeling = \"naar_rato\"\n",
            "Het meeste dat een vakgroep extra krijgt vervalt: was 10 % van haar begroting; daarvoor geldt niets meer.",
            "The most a group gets as an extra goes: was 10 % of its budget; nothing takes its place.",
        ),
        (
            "",
            "[afrekening]\nbandbreedte_fte = [0.9, 1.155]\n",
            "De bandbreedte van norm fte per zorgverlening-fte wordt 0,90 en 1,155; daarover was niets afgesproken.",
            "The bandwidth of norm fte per care fte becomes 0.90 and 1.155; nothing was agreed on it before.",
        ),
        (
            "",
            CEILING,
            "Contract A is nieuw: Plafond: realisatie telt tot de begroting.",
            "Contract A is new: Ceiling: realisation counts up to the budget.",
        ),
        (
            CEILING,
            "",
            "Contract A vervalt; dat was: Plafond: realisatie telt tot de begroting.",
            "Contract A goes; it was: Ceiling: realisation counts up to the budget.",
        ),
        (
            CEILING,
            CEILING.replace("plafond", "aanneemsom"),
            "Contract A: de soort verandert. Eerst: Plafond: realisatie telt tot de begroting. "
            "Nu: Aanneemsom: de begroting wordt betaald.",
            "Contract A: the type changes. First: Ceiling: realisation counts up to the budget. "
            "Now: Lump sum: the budget is paid.",
        ),
        (
            "[formatie.functiegewichten]\nanios = 0.5\n",
            "[formatie.functiegewichten]\nAnios = 0.75\n",
            "Het gewicht van anios gaat van 0,5 naar 0,75.",
            "The weight of anios goes from 0.5 to 0.75.",
        ),
    ],
)  # fmt: skip
def test_a_change_in_a_sentence(tmp_path, first, second, dutch, english):
    assert dutch in said(tmp_path, HEAD + first, HEAD + second)
    assert english in said(tmp_path, HEAD + first, HEAD + second, 1)


def test_the_order_of_contracts_is_no_difference(tmp_path):
    other = CEILING.replace('"A"', '"B"')
    assert said(tmp_path, HEAD + CEILING + other, HEAD + other + CEILING) == []


def test_a_component_without_keys_is_a_choice_all_the_same(tmp_path):
    optional = [
        name for name, one in COMPONENTS.items() if not one.repeated and not any(key.required for key in one.settings)
    ]
    for name in optional:
        plain_, with_it = HEAD, HEAD + f"[{name}]\n"
        path = tmp_path / "afspraak.toml"
        path.write_text(with_it, encoding="utf-8")
        now = content_of(read_toml(path)[0])
        if (name, "") in now.tables():
            assert since_seal(content(tmp_path, plain_), now), name


def test_what_the_program_learned_since_the_sealing_is_no_change(tmp_path):
    now = content(tmp_path, HEAD)
    older = Content(
        {key: value for key, value in now.values.items() if key[2] != "afronding" and key[0] != "benchmark"}
    )
    assert differences(older, now)
    assert since_seal(older, now) == ()
    changed = content(tmp_path, HEAD + '[benchmark]\nmethode = "mediaan"\n')
    assert since_seal(older, changed)


@pytest.mark.parametrize(("value", "text"), [("0.10", "0.1"), ("1", "1"), ("250", "250"), ("1/3", "1/3"), ("0.125", "0.125"), ("-2.50", "-2.5")])  # fmt: skip
def test_the_shortest_decimal(value, text):
    assert plain(Fraction(value)) == text


@pytest.mark.parametrize("record", [None, [], {}, {"a": "b"}, {"a": {"b": 1}}, {"a": {"b": {"c": 2}}}, {"a": {"b": ["x", 1]}}])  # fmt: skip
def test_what_is_no_content(record):
    with pytest.raises(ValueError, match=r".+"):
        content_from(record)


def test_a_value_that_an_older_program_wrote_otherwise_is_shown_as_it_is():
    one = Setting("x", Kind.NUMBER, "share", "x", "x")
    assert shown(one, "veel", Language.DUTCH) == "veel"


def every_setting():
    for section, settings in SECTIONS.items():
        yield from ((section, one) for one in (contract_settings(None) if section == CONTRACT else settings))


@pytest.mark.parametrize(("section", "one"), list(every_setting()), ids=lambda one: getattr(one, "key", one))
def test_every_setting_has_words_of_its_own(section, one):
    """What has none is called by its key, which no board reads."""
    dutch, english = noun(section, one)
    assert "(" not in dutch
    assert dutch != english
    if one.kind is Kind.CHOICE and one.key != "soort":
        assert all(reads(section, one, choice) for choice in one.choices)


def test_every_default_can_be_told():
    for section, one in every_setting():
        assert (default_of((section, "", one.key)) is None) == (one.default is None)


def test_from_when_an_agreement_holds(tmp_path):
    path = tmp_path / "afspraak.toml"
    path.write_text(HEAD, encoding="utf-8")
    assert one_agreement(path).agreement.holds_from == date(2026, 1, 1)
    path.write_text(HEAD + 'ingangsdatum = 2026-07-01\nversie = "2"\n', encoding="utf-8")
    found = one_agreement(path).agreement
    assert (found.holds_from, found.version) == (date(2026, 7, 1), "2")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("ingangsdatum = 2025-12-31", "effective_other_year"), ('ingangsdatum = "2026-07-01"', "value_date"),
        ("ingangsdatum = 2026-07-01T00:00:00", "value_date"), ("ingangsdatum = 12", "value_date"), ("versie = 2", "value_text"),
    ],
)  # fmt: skip
def test_an_effective_date_that_cannot_be(tmp_path, line, code):
    path = tmp_path / "afspraak.toml"
    path.write_text(HEAD + line + "\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        one_agreement(path)
    assert [(one.code, one.row) for one in caught.value.problems] == [(code, 4)]


@pytest.mark.parametrize("cell", ["2026-07-01", "2026-07-01T00:00:00"])
def test_a_date_in_a_sheet(cell):
    columns = {"onderdeel": ["afspraak"], "sleutel": ["ingangsdatum"], "waarde": [cell]}
    raw, _, problems = agreement_from_sheet(RawTable("afspraak", "x", columns, [2]))
    assert (raw, problems) == ({"afspraak": {"ingangsdatum": date(2026, 7, 1)}}, [])


def version(folder, day, text=""):
    path = folder / f"afspraak_vanaf_{day}.toml"
    path.write_text(HEAD + f"ingangsdatum = {day}\n" + text, encoding="utf-8")
    return path


def test_the_last_version_counts(tmp_path):
    (tmp_path / "afspraak.toml").write_text(HEAD, encoding="utf-8")
    version(tmp_path, "2026-04-01")
    last = version(tmp_path, "2026-07-01")
    found, files = read_versions(tmp_path / "afspraak.toml")
    assert (found.path, found.problems) == (last, [])
    assert len(files) == 3


def test_versions_that_contradict_each_other(tmp_path):
    (tmp_path / "afspraak.toml").write_text(HEAD + "ingangsdatum = 2026-04-01\n", encoding="utf-8")
    version(tmp_path, "2026-04-01")
    (tmp_path / "afspraak_vanaf_juli.toml").write_text(HEAD + "ingangsdatum = 2026-07-01\n", encoding="utf-8")
    (tmp_path / "afspraak_vanaf_2026-08-01.toml").write_text(HEAD, encoding="utf-8")
    (tmp_path / "afspraak_vanaf_2025-08-01.toml").write_text(HEAD.replace("2026", "2025"), encoding="utf-8")
    found, _ = read_versions(tmp_path / "afspraak.toml")
    assert sorted(one.code for one in found.problems) == [
        "version_date", "version_name", "version_other_year", "version_same_day",
    ]  # fmt: skip


def sealed(path):
    one = one_agreement(path, sealed=False)
    seal = Seal(one.content.hash, one.content, ((Party.HOSPITAL, date(2026, 1, 15)),))
    seal_path(path).write_text(seal_text(seal), encoding="utf-8")
    return seal


def test_an_earlier_version_stays_what_was_sealed(tmp_path):
    first = tmp_path / "afspraak.toml"
    first.write_text(HEAD, encoding="utf-8")
    sealed(first)
    version(tmp_path, "2026-07-01")
    assert read_versions(first)[0].problems == []
    first.write_text(HEAD + "[weging]\noutput = 1\nefficiency = 0\n", encoding="utf-8")
    problems = read_versions(first)[0].problems
    assert [(one.code, one.file, one.row) for one in problems] == [("sealed_changed", "afspraak.toml", 5)]


def test_a_seal_whose_agreement_is_gone(tmp_path):
    (tmp_path / "afspraak.toml").write_text(HEAD, encoding="utf-8")
    later = version(tmp_path, "2026-07-01")
    sealed(later)
    later.unlink()
    assert [one.code for one in read_versions(tmp_path / "afspraak.toml")[0].problems] == ["seal_without_agreement"]


@pytest.mark.parametrize(
    "change",
    [
        ("vorm = 1", "vorm = 0"), ('"MSB Proef"', '"MSB Anders"'), ("[zegel]", "[zegels]"), ("op = 2026-01-15", "op = 15"),
        ('door = "ziekenhuis"', 'door = "Jan"'), ("[[ondertekening]]", "[ondertekening]"), ("vorm = 1", "vorm = "),
        ('hash = "', 'hash = "0'), ("[inhoud", "[inhout"),
    ],
)  # fmt: skip
def test_a_seal_changed_by_hand(tmp_path, change):
    path = tmp_path / "afspraak.toml"
    path.write_text(HEAD, encoding="utf-8")
    sealed(path)
    kept = seal_path(path)
    kept.write_text(kept.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    seal, problems = read_seal(kept)
    assert seal is None
    assert [one.code for one in problems] == ["seal_damaged"]


def test_a_seal_of_a_newer_program(tmp_path):
    path = tmp_path / "afspraak.toml"
    path.write_text(HEAD, encoding="utf-8")
    sealed(path)
    kept = seal_path(path)
    kept.write_text(kept.read_text(encoding="utf-8").replace("vorm = 1", "vorm = 2"), encoding="utf-8")
    assert [one.code for one in read_seal(kept)[1]] == ["seal_newer"]
