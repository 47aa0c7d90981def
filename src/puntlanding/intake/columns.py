"""Which of a file's columns are the wanted ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from puntlanding.problems import InputError, Problem, near_miss

_AROUND = " \t\r\n\u00a0\ufeff"


def plain(title: str) -> str:
    """A column name as it is compared: what a spreadsheet, a database and a person do to names does not matter."""
    return title.strip(_AROUND).lower()


def find_columns(
    file: str, header: Sequence[str], needed: Sequence[str], optional: Sequence[str] = ()
) -> Mapping[str, int]:
    """Wanted name → position in ``header``. Raises InputError for every needed one that is not there, or is there twice."""
    places: dict[str, list[int]] = {}
    for position, title in enumerate(header):
        places.setdefault(plain(title), []).append(position)
    wanted = dict.fromkeys([*needed, *optional])
    free = [title.strip(_AROUND) for title in header if plain(title) not in {plain(name) for name in wanted}]
    found: dict[str, int] = {}
    problems = []
    for name in wanted:
        at = places.get(plain(name), [])
        if len(at) > 1:
            problems.append(Problem("column_twice", file, 1, name))
        elif at:
            found[name] = at[0]
        elif name in needed:
            problems.append(Problem("source_column_missing", file, 1, name, details={"close": near_miss(name, free)}))
    if problems:
        raise InputError(problems)
    return found
