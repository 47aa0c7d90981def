"""ZH308 files written by position from a table of their own, and the frames, findings and messages that must come of them."""

from datetime import date

import pytest
import zh308_file as zh
from zh308_file import activity, comment, header, insured, message, performance, record, tariff

from puntlanding.intake import readers
from puntlanding.intake.base import Account, Options
from puntlanding.intake.zh308 import ZH308, read_blocks
from puntlanding.intake.zh308_fields import FIELDS
from puntlanding.language.notation import Language
from puntlanding.language.sentences import report
from puntlanding.problems import InputError
from puntlanding.records.findings import Example, Finding, shown
from puntlanding.records.tables import TABLES, TableName, identifying, schema

pytestmark = pytest.mark.unit

NAME = "Bakker-Voorbeeld"
BSN = "999900006"


@pytest.fixture
def read(tmp_path):
    """Bytes (or several files) → trajectories, activities as tuples, and the account."""

    def reading(*contents, size=1 << 20):
        source = tmp_path
        for number, content in enumerate(contents):
            source = tmp_path / f"levering{number}.asc"
            source.write_bytes(content)
        account = Account()
        parts = list(read_blocks(source if len(contents) == 1 else tmp_path, account, lambda rows: None, size))
        rows = {name: [row for part in parts for row in part.tables[name].rows()] for name in TableName}
        return rows[TableName.TRAJECTORIES], rows[TableName.ACTIVITIES], account

    return reading


def counted(account):
    return {(one.check, one.column): (one.count, one.of) for one in account.findings}


def numbers(trajectories):
    return [row[1] for row in trajectories]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b""], ids=["lf", "crlf", "none"])
def test_one_patient_two_trajectories(read, end):
    content = message(
        insured(),
        performance("DBC1"),
        tariff(12345),
        activity("190060", 20260105, 1),
        comment(),
        activity("39839", 20260106, 12, f1618=322),
        performance("DBC2", f0410="15B868", f0411=20260405, f0412=20260803, f0418="12", f0414="109999062", f0427="000021",
                    f0431="1241", f0439=322, f0415="ZT2"),
        tariff(500, f0608="15B868", f0609=20260405),
        insured("999900018", "19991231", "1", "Visser-Verzonnen"),
        performance("DBC3", "999900018", f0431="G25", f0439=307),
        activity("0000190013", 20260404, 9999, "999900018", f1618="    "),
        end=end,
    )  # fmt: skip
    trajectories, activities, account = read(content)
    assert trajectories == [
        (3, "DBC1", "ZT1", BSN, "0301", "0554", "11", date(2026, 1, 5), date(2026, 4, 4), "08", "070401016", "15A391",
         "7777", 1961, "V", None, None),
        (8, "DBC2", "ZT2", BSN, "0322", "1241", "21", date(2026, 4, 5), date(2026, 8, 3), "12", "109999062", "15B868",
         "7777", 1961, "V", None, None),
        (11, "DBC3", "ZT1", "999900018", "0307", "0G25", "11", date(2026, 1, 5), date(2026, 4, 4), "08", "070401016",
         "15A391", "7777", 1999, "M", None, None),
    ]  # fmt: skip
    assert activities == [
        (5, "DBC1", "190060", date(2026, 1, 5), 1, "0301", None, None),
        (7, "DBC1", "039839", date(2026, 1, 6), 12, "0322", None, None),
        (12, "DBC3", "190013", date(2026, 4, 4), 9999, None, None, None),
    ]
    assert account.findings == []
    assert account.hospitals == {"06010101": 3}
    assert [path.name for path in account.sources] == ["levering0.asc"]


def test_parts_have_the_canonical_types_and_name_their_file(tmp_path):
    source = tmp_path / "ver.asc"
    source.write_bytes(message(insured(), performance(), activity()))
    (part,) = ZH308.read(source, Options(), Account(), lambda rows: None)
    assert {name: frame.schema for name, frame in part.tables.items()} == {
        name: schema(name, raw=True) for name in TableName
    }
    assert part.files == {TableName.TRAJECTORIES: "ver.asc", TableName.ACTIVITIES: "ver.asc"}


def test_progress_is_the_number_of_records(tmp_path):
    source = tmp_path / "ver.asc"
    source.write_bytes(message(insured(), performance(), activity(), activity()))
    told = []
    list(read_blocks(source, Account(), told.append, 1400))
    assert sum(told) == 6
    assert len(told) > 1


class TestDebitAndCredit:
    def kinds(self, *signs, **fields):
        return [performance("DBC1", f0457=sign, f0413=number, **fields) for number, sign in enumerate(signs, start=1)]

    def test_debit_and_credit_leave_nothing(self, read):
        debit, credit = self.kinds("D", "C")
        found = read(message(insured(), debit, tariff(), activity(), credit,
                             tariff(f0610=2, f0621="C"), activity(f1609=2, f1619="C")))  # fmt: skip
        assert found[:2] == ([], [])
        assert counted(found[2]) == {
            ("zh308_taken_back", None): (1, 2),
            ("zh308_activity_left_out", None): (2, 2),
        }

    @pytest.mark.parametrize("size", [1, 611, 1222, 1 << 20])
    def test_debit_credit_debit_leaves_the_last(self, read, size):
        one, two, three = self.kinds("D", "C", "D")
        content = message(
            insured(), one, activity(), two, activity(f1609=2, f1619="C"), three, activity("190013", f1609=3)
        )
        trajectories, activities, account = read(content, size=size)
        assert [row[0] for row in trajectories] == [7]
        assert activities == [(8, "DBC1", "190013", date(2026, 1, 5), 1, "0301", None, None)]
        assert counted(account) == {("zh308_taken_back", None): (1, 3), ("zh308_activity_left_out", None): (2, 3)}

    def test_a_credit_before_its_debit_takes_back_nothing_here(self, read):
        credit, debit = self.kinds("C", "D")
        trajectories, _, account = read(message(insured(), credit, debit))
        assert [row[0] for row in trajectories] == [4]
        assert account.findings == [Finding("zh308_credit_alone", 1, 2, (Example("levering0.asc", 3, {}),))]

    @pytest.mark.parametrize(
        "other", [{"f0410": "15A392"}, {"f0411": 20260106}, {"f0412": 20260405}, {"f0419": "DBC9"}], ids=str
    )
    def test_a_credit_of_another_performance_takes_back_nothing(self, read, other):
        trajectories, _, account = read(message(insured(), performance(), performance(f0457="C", **other)))
        assert numbers(trajectories) == ["DBC1"]
        assert counted(account) == {("zh308_credit_alone", None): (1, 2)}

    def test_two_equal_debits_and_one_credit_leave_one(self, read):
        trajectories, _, _ = read(message(insured(), *self.kinds("D", "D", "C")))
        assert [row[0] for row in trajectories] == [4]

    def test_a_credit_in_a_later_file_takes_back_a_debit_of_an_earlier_invoice(self, read):
        later = message(header(f0117=20260401), insured(), performance(f0457="C"))
        earlier = message(header(f0117=20260301), insured(), performance())
        trajectories, _, account = read(later, earlier)
        assert trajectories == []
        assert counted(account) == {("zh308_taken_back", None): (1, 2)}

    def test_a_credit_activity_of_a_performance_that_stays_counts_down(self, read):
        content = message(insured(), performance(), activity(quantity=3), activity(quantity=2, f1619="C"))
        _, activities, account = read(content)
        assert [row[4] for row in activities] == [3, -2]
        assert account.findings == [Finding("zh308_negative", 1, 2, (Example("levering0.asc", 5, {}),))]

    def test_a_sign_that_is_neither_is_debit_and_an_error(self, read):
        content = message(insured(), performance(f0457="X"), tariff(f0621=" "), activity(f1619=" "))
        trajectories, activities, account = read(content)
        assert (len(trajectories), len(activities)) == (1, 1)
        assert counted(account) == {
            ("zh308_sign", "0457 debet/credit"): (1, 1),
            ("zh308_sign", "0621 debet/credit"): (1, 1),
            ("zh308_sign", "1619 debet/credit"): (1, 1),
        }


def test_a_performance_without_trajectory_number_is_counted_with_its_activities(read):
    content = message(insured(), performance(f0419=""), activity(), performance(f0419="0" * 15, f0413=2), performance())
    trajectories, activities, account = read(content)
    assert [row[0] for row in trajectories] == [6]
    assert activities == []
    assert counted(account) == {("zh308_other_product", None): (2, 3), ("zh308_activity_left_out", None): (1, 1)}


class TestValues:
    def one(self, read, *records):
        trajectories, activities, account = read(message(*records))
        return dict(zip(schema(TableName.TRAJECTORIES, raw=True), trajectories[0], strict=True)), activities, account

    @pytest.mark.parametrize(
        ("fields", "column", "check", "values"),
        [
            ({"f0411": "2026 105"}, "openingsdatum", ("unreadable", "0411 begindatum prestatie"), "2026 105"),
            ({"f0411": 20261301}, "openingsdatum", ("unreadable", "0411 begindatum prestatie"), "20261301"),
            ({"f0411": 0}, "openingsdatum", ("zh308_no_date", "0411 begindatum prestatie"), None),
            ({"f0412": " " * 8}, "sluitdatum", ("zh308_no_date", "0412 einddatum prestatie"), None),
            ({"f0439": "03A1"}, "specialisme", ("unreadable", "0439 specialisme behandelaar"), "03A1"),
            ({"f0427": "030111"}, "zorgtype", ("zh308_code", "0427 zorgtypecode"), "030111"),
            ({"f0431": "12345"}, "diagnose", ("zh308_code", "0431 diagnosecode"), "12345"),
        ],
        ids=str,
    )
    def test_what_cannot_be_read_is_empty_and_shown(self, read, fields, column, check, values):
        row, _, account = self.one(read, insured(), performance(**fields))
        assert row[column] is None
        seen = {check[1]: shown(values)} if values else {}  # masked where a name or number might stand
        assert account.findings == [Finding(check[0], 1, 1, (Example("levering0.asc", 3, seen),), check[1])]

    @pytest.mark.parametrize(
        ("person", "column", "check"),
        [
            ({"bsn": "000000000"}, "patient", [("zh308_no_bsn", None)]),
            ({"bsn": "99990000X"}, "patient", [("unreadable", "0203 bsn"), ("zh308_no_bsn", None)]),
            ({"born": "19X10708"}, "geboortejaar", [("unreadable", "0207 geboortedatum")]),
            ({"born": "00000000"}, "geboortejaar", []),
            ({"sex": "7"}, "geslacht", [("zh308_code", "0208 geslacht")]),
        ],
        ids=str,
    )
    def test_nothing_that_identifies_is_shown(self, read, person, column, check):
        bsn = person.get("bsn", BSN)
        row, _, account = self.one(read, insured(**person), performance(bsn=bsn))
        assert row[column] is None
        assert [(one.check, one.column) for one in account.findings] == check
        seen = [one.values for finding in account.findings for one in finding.examples]
        assert seen == [{"0208 geslacht": "7"} if column == "geslacht" else {}] * len(check)

    @pytest.mark.parametrize(("sex", "ours"), [("1", "M"), ("2", "V"), ("0", "O"), ("9", "O")])
    def test_sex(self, read, sex, ours):
        row, _, account = self.one(read, insured(sex=sex), performance())
        assert row["geslacht"] == ours
        assert account.findings == []

    @pytest.mark.parametrize(
        ("fields", "place", "check"),
        [
            ({"code": "1900601"}, 2, ("zh308_code", "1611 zorgactiviteitcode")),
            ({"day": 0}, 3, ("zh308_no_date", "1612 begindatum zorgactiviteit")),
            ({"quantity": "1,50"}, 4, ("unreadable", "1614 aantal")),
            ({"quantity": "    "}, 4, ("unreadable", "1614 aantal")),
        ],
        ids=str,
    )
    def test_activities(self, read, fields, place, check):
        _, activities, account = self.one(read, insured(), performance(), activity(**fields))
        assert activities[0][place] is None
        assert counted(account) == {check: (1, 1)}

    def test_quantity_zero_is_a_quantity(self, read):
        _, activities, account = self.one(read, insured(), performance(), activity(quantity=0))
        assert activities[0][4] == 0
        assert account.findings == []

    def test_bytes_0_are_blanks_and_latin_1_is_a_letter(self, read):
        line = performance().replace(b"DBC1  ", b"DB\xcb1\0\0")
        row, _, account = self.one(read, insured(), line)
        assert row["subtraject_id"] == "DBË1"
        assert account.findings == []

    def test_an_amount_of_letters_is_told_and_counts_as_nothing(self, read):
        _, _, account = read(message(insured(), performance(), tariff("12E45678"), tariff(5)))
        assert account.findings == [
            Finding("unreadable", 1, 2, (Example("levering0.asc", 4, {}),), "0620 declaratiebedrag")
        ]

    def test_a_test_file_is_said(self, read):
        _, _, account = read(message(header(f0105="T"), insured(), performance()))
        assert counted(account) == {("zh308_test", None): (1, 1)}

    def test_two_institutions_are_both_named(self, read):
        records = [performance(), performance("DBC2", f0440=6020202), performance("DBC3", f0440=0)]
        _, _, account = read(message(insured(), *records))
        assert account.hospitals == {"06010101": 2, "06020202": 1}

    @pytest.mark.parametrize(
        "wrong",
        [
            [insured(), performance(bsn="999900018")],
            [insured(), performance(), activity(f1607="15A392")],
            [insured(), performance(), activity(f1608=20260106)],
            [insured(), performance(), activity(f1609=2)],
            [insured(), performance(), tariff(bsn="999900018")],
            [insured(), performance(), tariff(f0610=2)],
        ],
        ids=["bsn", "code", "day", "number", "tariff bsn", "tariff number"],
    )
    def test_a_record_that_names_another_parent(self, read, wrong):
        _, _, account = read(message(*wrong))
        assert counted(account) == {("zh308_links", None): (1, len(wrong) - 1)}
        assert account.findings[0].examples == (Example("levering0.asc", len(wrong) + 1, {}),)


class TestForm:
    """Each fault of form with its whole text, and never a name, number or line of a patient in it."""

    GOOD = (insured(), performance(), tariff(), activity())

    def fails(self, read, *contents, language=Language.DUTCH):
        with pytest.raises(InputError) as raised:
            read(*contents)
        text = report(raised.value.problems, language)
        assert NAME not in text
        assert BSN not in text
        return text

    def test_empty(self, read):
        assert self.fails(read, b"") == (
            "levering0.asc\n  Hier is niets om te lezen. Geef een ZH308-bestand, of een map met zulke bestanden."
        )

    def test_folder_without_files(self, read, tmp_path):
        assert self.fails(read) == (
            f"{tmp_path.name}: ‘{tmp_path}’\n  Hier is niets om te lezen. Geef een ZH308-bestand, of een map met zulke bestanden."
        )

    @pytest.mark.parametrize(
        "content", [b"a;b\n1;2\n", b"PK\x03\x04" * 400, b"\xef\xbb\xbf01101", b"\xff\xfe0\x001\x00"]
    )
    def test_something_else(self, read, content):
        assert self.fails(read, content) == (
            "levering0.asc, rij 1\n  Dit is geen ZH308-bestand: het begint niet met voorlooprecord 01 van bericht 101. "
            "Geef het bestand zoals het naar de verzekeraar gaat."
        )

    @pytest.mark.parametrize(("version", "shown"), [("10", "10"), ("8", "08"), ("x1", "…")])
    def test_another_version(self, read, version, shown):
        assert self.fails(read, message(header(f0103=version), *self.GOOD)) == (
            f"levering0.asc, rij 1\n  Dit bestand is versie {shown} van de standaard; gelezen wordt versie 09 (v9.0). "
            "Exporteer in die versie, of kies een ander formaat."
        )

    def test_another_version_in_english(self, read):
        assert self.fails(read, message(header(f0103=10)), language=Language.ENGLISH) == (
            "levering0.asc, row 1\n  This file is version 10 of the standard; version 09 (v9.0) is what can be read. "
            "Export in that version, or choose another format."
        )

    def test_truncated_inside_a_record_and_between_records(self, read):
        whole = message(*self.GOOD)
        missing = "levering0.asc\n  Het sluitrecord (99) ontbreekt na {} records: het bestand is niet heel. Kopieer of exporteer het opnieuw."
        assert self.fails(read, whole[: 4 * 611]) == missing.format(4)
        assert self.fails(read, whole[: 4 * 611 + 300]) == (
            "levering0.asc, rij 5\n  Dit record is 300 bytes lang; elk record heeft er 610. Is het bestand afgebroken of "
            "opnieuw opgeslagen (UTF-8)? Lever het zoals het systeem het maakte.\n" + missing.format(4)
        )

    def test_lengths_of_lines(self, read):
        long, short = performance() + b"x", tariff()[:-1]
        utf8 = insured(name="Bakker-Vóórbeeld").decode("latin-1").encode("utf-8")
        text = self.fails(read, message(utf8, long, short, b""))
        assert [line for line in text.split("\n") if "rij" in line] == [
            f"levering0.asc, rij {row}" for row in (2, 3, 4, 5)
        ]
        assert [line.split(";")[0] for line in text.split("\n") if ";" in line] == [
            f"  Dit record is {length} bytes lang" for length in (612, 611, 609, 0)
        ]

    def test_a_line_without_end(self, read):
        text = self.fails(read, message(*self.GOOD) + b"9" * 10_000_000)
        assert text.split("\n")[:2] == [
            "levering0.asc, rij 7",
            "  Dit record is > 65536 bytes lang; elk record heeft er 610. Is het bestand afgebroken of opnieuw "
            "opgeslagen (UTF-8)? Lever het zoals het systeem het maakte.",
        ]

    def test_joined_records_with_a_remainder_or_a_line_end(self, read):
        whole = message(*self.GOOD, end=b"")
        assert "rij 7\n  Dit record is 5 bytes lang" in self.fails(read, whole + b"98 ab")
        assert "rij 3\n  Dit record is 100 bytes lang" in self.fails(read, whole[:1320] + b"\r" + whole[1321:])

    @pytest.mark.parametrize("size", [1, 611 * 2, 1 << 20])
    def test_what_is_said_of_a_broken_file_does_not_depend_on_how_it_is_cut(self, tmp_path, size):
        path = tmp_path / "breuk.asc"
        path.write_bytes(message(*self.GOOD, end=b"")[:1320] + b"\r")
        with pytest.raises(InputError) as raised:
            list(read_blocks(path, Account(), lambda rows: None, size))
        assert [(one.code, one.row, one.details) for one in raised.value.problems] == [
            ("zh308_line_length", 3, {"found": 100, "expected": 610}),
            ("zh308_truncated", None, {"records": 2}),
        ]

    def test_unknown_kinds(self, read):
        assert self.fails(
            read, message(insured(), record("98").replace(b"98", b"07", 1), record("98").replace(b"98", b"B ", 1))
        ) == (
            "levering0.asc, rij 3\n  Recordsoort 07 bestaat niet in ZH308 (01, 02, 03, 04, 06, 16, 98, 99). "
            "Lever het bestand zoals het systeem het maakte.\n"
            "levering0.asc, rij 4\n  Recordsoort … bestaat niet in ZH308 (01, 02, 03, 04, 06, 16, 98, 99). "
            "Lever het bestand zoals het systeem het maakte."
        )

    def test_orphans(self, read):
        content = message(performance(), insured(), activity(), performance(), insured(), tariff())
        assert self.fails(read, content) == (
            "levering0.asc, rij 2\n  Dit prestatierecord staat niet onder een verzekerdenrecord (02). "
            "Lever het bestand ongesorteerd, zoals het systeem het maakte.\n"
            "levering0.asc, rij 4\n  Dit zorgactiviteitrecord staat niet onder een prestatierecord (04). "
            "Lever het bestand ongesorteerd, zoals het systeem het maakte.\n"
            "levering0.asc, rij 7\n  Dit tariefrecord staat niet onder een prestatierecord (04). "
            "Lever het bestand ongesorteerd, zoals het systeem het maakte."
        )

    @pytest.mark.parametrize("size", [1, 611 * 6, 1 << 20])
    def test_two_files_pasted_together(self, read, tmp_path, size):
        (tmp_path / "twee.asc").write_bytes(message(*self.GOOD) + message(*self.GOOD))
        with pytest.raises(InputError) as raised:
            list(read_blocks(tmp_path / "twee.asc", Account(), lambda rows: None, size))
        assert report(raised.value.problems, Language.DUTCH) == (
            "twee.asc, rij 7\n  Hier begint een tweede bericht. Er zijn bestanden aan elkaar geplakt; lever ze apart, in één map."
        )

    @pytest.mark.parametrize("size", [1, 611 * 6, 1 << 20])
    def test_records_after_the_closing_record(self, tmp_path, size):
        (tmp_path / "meer.asc").write_bytes(message(*self.GOOD) + comment() + b"\n" + comment() + b"\n")
        with pytest.raises(InputError) as raised:
            list(read_blocks(tmp_path / "meer.asc", Account(), lambda rows: None, size))
        assert raised.value.problems[0].row == 7
        assert [one.code for one in raised.value.problems] == ["zh308_after_closing", "zh308_total", "zh308_total"]

    @pytest.mark.parametrize("short", [False, True])
    def test_each_total_that_disagrees_is_named(self, read, short):
        content = message(*self.GOOD, record("03"), comment(), amount=-9999, n02=2, n04=999999, details=7, short=short)
        what = "Het bestand is niet heel of veranderd; exporteer het opnieuw."
        start = "levering0.asc, rij 8\n  Het sluitrecord noemt voor"
        assert self.fails(read, content) == "\n".join([
            f"{start} aantal verzekerdenrecords 2; in het bestand zijn het er 1. {what}",
            f"{start} aantal prestatierecords 999999; in het bestand zijn het er 1. {what}",
            f"{start} totaal aantal detailrecords 7; in het bestand zijn het er 6. {what}",
            f"{start} totaal declaratiebedrag in centen -9999; in het bestand zijn het er 10000. {what}",
        ])  # fmt: skip

    @pytest.mark.parametrize("total", ["n03", "n06", "n16", "n98"])
    def test_the_other_totals(self, read, total):
        assert self.fails(read, message(*self.GOOD, **{total: 3}), language=Language.ENGLISH) == (
            "levering0.asc, row 6\n  The closing record states 3 for number of "
            f"{ {'n03': 'debtor', 'n06': 'tariff', 'n16': 'activity', 'n98': 'comment'}[total] } records; "
            f"the file has {int(total in ('n06', 'n16'))}. The file is not whole or was changed; export it again."
        )

    def test_the_amount_has_a_sign(self, read):
        records = [insured(), performance(), tariff(100), tariff(350, f0621="C")]
        assert numbers(read(message(*records))[0]) == ["DBC1"]
        assert "-250" in self.fails(read, message(*records, amount=250))

    def test_a_million_activities_have_a_closing_record_of_their_own(self, read):
        content = message(*self.GOOD)
        wide = content[: 5 * 611 + 26] + b"0" + content[5 * 611 + 26 : -2] + b"\n"
        assert numbers(read(wide)[0]) == ["DBC1"]

    def test_a_closing_record_of_another_form(self, read):
        content = message(*self.GOOD)
        assert self.fails(read, content.replace(b"010000D", b"010000 ")) == (
            "levering0.asc, rij 6\n  Het sluitrecord heeft 54 cijfers voor D of C; bekend zijn 54, 55, 42. "
            "Zo zijn de totalen niet te controleren; meld dit de makers."
        )

    def test_all_files_of_a_folder_at_once(self, read):
        text = self.fails(read, b"", message(*self.GOOD), message(insured(), activity()))
        assert [line for line in text.split("\n") if line.startswith("lev")] == [
            "levering0.asc",
            "levering2.asc, rij 3",
        ]

    def test_many_problems_of_a_kind_are_counted(self, read):
        text = self.fails(read, message(*[b"98"] * 100))
        assert text.count("Dit record is 2 bytes lang") == 20
        assert text.endswith("levering0.asc\n  … en nog 80 van deze soort in dit bestand.")


def test_mixed_line_ends_blank_end_and_no_last_line_end_are_read(read):
    lines = message(insured(), performance(), activity()).split(b"\n")
    mixed = lines[0] + b"\n" + lines[1] + b"\r\n" + lines[2] + b"\n" + lines[3] + b"\r\n" + lines[4]
    assert numbers(read(mixed)[0]) == ["DBC1"]
    assert numbers(read(mixed + b"\r\n\r\n\x1a")[0]) == ["DBC1"]


@pytest.mark.parametrize("left", [611 * 50, 611 * 50 + 7])
def test_a_file_that_shrinks_between_the_passes_is_an_error(tmp_path, left):
    source = tmp_path / "weg.asc"
    source.write_bytes(message(insured(), *[performance(f"DBC{number}") for number in range(100)]))
    reading = read_blocks(source, Account(), lambda rows: None, 611)
    next(reading)
    source.write_bytes(source.read_bytes()[:left])
    with pytest.raises(InputError) as raised:
        list(reading)
    assert report(raised.value.problems, Language.DUTCH) == (
        "weg.asc\n  Dit bestand veranderde terwijl het werd gelezen. Wacht tot het klaar is en laad het opnieuw."
    )


def test_a_file_that_goes_between_the_passes_is_an_error(tmp_path):
    for name in ("a.asc", "b.asc"):
        (tmp_path / name).write_bytes(message(insured(), performance(name)))
    with pytest.raises(InputError) as raised:
        list(read_blocks(tmp_path, Account(), lambda rows: (tmp_path / "b.asc").unlink(missing_ok=True), 1 << 20))
    (problem,) = raised.value.problems
    assert (problem.code, problem.details) == ("unreadable", {"reason": "ENOENT"})


def test_positions_are_those_of_the_second_table():
    """Two tables, typed apart; and none of them overlaps a name or an address."""
    assert {name: (one.start, one.end) for name, one in FIELDS.items() if name in zh.AT} == {
        name: zh.AT[name][:2] for name in FIELDS if name in zh.AT
    }
    assert all(one.end - one.start + 1 == one.length for one in FIELDS.values())
    assert all(one.end < 64 for one in FIELDS.values() if one.record == 2)


def test_the_field_map_is_complete():
    canonical = {f"{table}.{one.name}" for table, columns in TABLES.items() for one in columns}
    mapped = {one.ours for one in ZH308.fields}
    absent = {one.ours for one in ZH308.absent}
    assert mapped | absent == canonical
    assert absent - mapped == {
        "subtrajecten.geregistreerd_op", "subtrajecten.product_bekend_op",
        "zorgactiviteiten.specialisme_aanvrager", "zorgactiviteiten.geregistreerd_op",
    }  # fmt: skip
    assert all(one.nl and one.en for one in ZH308.absent)
    assert readers()["zh308"] is ZH308
    assert ZH308.patient_domain == "bsn"


def test_no_identifying_column_is_ever_shown():
    from puntlanding.intake.zh308_map import ACTIVITIES, TRAJECTORIES

    for name, one in {**TRAJECTORIES, **ACTIVITIES}.items():
        assert one.shown is not identifying(name)
