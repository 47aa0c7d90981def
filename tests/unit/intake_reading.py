"""A reader on a folder of files: all its parts together, what it found, and whether anything in it names a person."""

from pathlib import Path

import pytest

from puntlanding.intake.base import Account, Options
from puntlanding.problems import InputError
from puntlanding.records.tables import ROW, TABLES, TableName, schema

FIXTURES = Path(__file__).parents[1] / "fixtures"
# What only the extra columns of the fixtures hold, and dates of birth; no reader has any business with it.
PERSONAL = (
    "Jansen", "Aaltje", "Bedacht", "Corneel", "Nergens", "Ongezien", "Zonnedauw", "Proefbuis", "Uisarts",
    "9999", "laan", "plein", "straat", "dochter", "1951-03-07", "2019-11-30", "1919-11-30",
)  # fmt: skip


class Reading:
    """``rows`` of a table as tuples (row in the file, then the columns); ``found``: check, column, count, of, examples."""

    def __init__(self, reader, folder):
        self.account, self.read_rows = Account(), 0
        self.tables, self.files = {}, {}
        for part in reader.read(folder, Options(), self.account, self._progress):
            self.tables |= part.tables
            self.files |= part.files

    def _progress(self, rows):
        self.read_rows += rows

    def rows(self, name, *columns):
        frame = self.tables[TableName(name)]
        assert frame.schema == schema(TableName(name), raw=True)
        return frame.select(ROW, *columns).rows()

    @property
    def found(self):
        return [
            (
                one.check,
                one.column,
                one.count,
                one.of,
                [(each.file, each.row, dict(each.values)) for each in one.examples],
            )
            for one in self.account.findings
            if one.count
        ]


def problems(reader, folder):
    """(code, file, column) of everything that is wrong with the form."""
    with pytest.raises(InputError) as raised:
        Reading(reader, folder)
    return [(one.code, one.file, one.column) for one in raised.value.problems]


def copied(fixture, folder, **changes):
    """The fixture in ``folder``; ``changes`` are file stem → new text, or None to leave the file out."""
    for path in (FIXTURES / fixture).iterdir():
        text = changes.get(path.stem, path.read_text(encoding="utf-8"))
        if text is not None:
            (folder / path.name).write_text(text, encoding="utf-8", newline="")
    return folder


def check_documentation(reader):
    """Every canonical column is mapped or said to be absent, in both languages, and nothing else is."""
    canonical = {f"{table}.{column.name}" for table, columns in TABLES.items() for column in columns}
    mapped, absent = {one.ours for one in reader.fields}, [one.ours for one in reader.absent]
    assert mapped | set(absent) == canonical
    assert len(absent) == len(set(absent))
    assert all(one.status in "CDIM" and bool(one.nl) == bool(one.en) for one in reader.fields)
    assert all(one.nl and one.en for one in reader.absent)
