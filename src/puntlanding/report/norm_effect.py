"""The effect of new norm times on each group: terminal and JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from puntlanding.language.notation import Language, number
from puntlanding.norms.effect import Effect, GroupEffect
from puntlanding.norms.structure import Change
from puntlanding.quantities import ZERO, fixed
from puntlanding.report.norm_sheet import (
    CODES,
    GROUPS,
    MOST,
    change,
    counted,
    fixed_or_none,
    page,
    percent,
    sheet,
    told,
    wrapped,
)

MOST_PARTS = 10


def effect_text(found: Effect, idle: Sequence[Change], language: Language, *, every: bool) -> str:
    most = None if every else MOST
    return page(
        wrapped(_effect_answer(found, language)), _effect_groups(found, language, most), _effect_parts(found, language, every=every),
        _not_compared(found, language, most), wrapped(_idle(idle, language)),
    )  # fmt: skip


def _effect_answer(found: Effect, language: Language) -> str:
    """Norm hours of two specialisms are never added up: a norm time compares within one specialism only."""
    if not found.groups:
        text = (
            "Er is geen productie met een normtijd in {0} én {1}.",
            "No production has a norm time in {0} and in {1}.",
        )
        return told(text, language).format(found.old_year, found.new_year)
    if len(found.specialisms) == 1:
        only = found.specialisms[0]
        text = (
            "Dezelfde productie van specialisme {5} geeft met de normtijden van {1} {3} normuren, met die van {0} {2}: {4}.",
            "The same production of specialism {5} gives {3} norm hours with the norm times of {1}, {2} with those of {0}: {4}.",
        )
        answer = told(text, language).format(
            found.old_year, found.new_year, number(only.old, 1, language), number(only.new, 1, language),
            percent(only.share, language, signed=True), only.specialism,
        )  # fmt: skip
    else:
        text = (
            "Dezelfde productie geeft met de normtijden van {1} in plaats van {0} bij {2} meer normuren, bij {3} minder en bij {4} evenveel.",
            "With the norm times of {1} instead of {0} the same production gives {2} more norm hours, {3} fewer and {4} as many.",
        )
        up, down = (sum((one.difference * side) > 0 for one in found.groups) for side in (1, -1))
        numbers = (counted(up, GROUPS, language), str(down), str(len(found.groups) - up - down))
        answer = told(text, language).format(found.old_year, found.new_year, *numbers)
    shared = [one for one in found.groups if one.share]
    if shared and len(found.groups) > 1:
        most = max(shared, key=lambda one: (abs(one.share or ZERO), one.hospital, one.specialism))
        where = (" Het meest verandert {0}, specialisme {1} ({2}).", " {0}, specialism {1}, changes most ({2}).")
        answer += told(where, language).format(
            most.hospital, most.specialism, percent(most.share, language, signed=True)
        )
    return answer


def _effect_groups(found: Effect, language: Language, most: int | None) -> str:
    ranked = sorted(found.groups, key=lambda one: (-abs(one.difference), one.hospital, one.specialism, one.role))
    columns = (
        (told(("ziekenhuis", "hospital"), language), False), (told(("specialisme", "specialism"), language), False),
        (told(("rol", "role"), language), False), (f"{told(('normuren', 'hours'), language)} {found.old_year}", True),
        (f"{told(('normuren', 'hours'), language)} {found.new_year}", True), (told(("verschil", "difference"), language), True), ("%", True),
    )  # fmt: skip
    rows = [(one.hospital, one.specialism, one.role, *_hours(one, language)) for one in ranked]
    title = told(("Per vakgroep, grootste verschil eerst", "By group, largest difference first"), language)
    return sheet(title, columns, rows, language, most)


def _hours(one: GroupEffect, language: Language) -> tuple[str, str, str, str]:
    return (
        number(one.old, 1, language), number(one.new, 1, language), change(one.difference, 1, language),
        percent(one.share, language, signed=True),
    )  # fmt: skip


def _effect_parts(found: Effect, language: Language, *, every: bool) -> str:
    """Over all hospitals, largest first; of one specialism what is left is a line, so that it adds up to the difference."""
    ranked = sorted(
        ((group, part) for group in found.specialisms for part in group.parts if part.difference),
        key=lambda pair: (-abs(pair[1].difference), pair[0].specialism, pair[1].kind, pair[1].name),
    )
    shown = ranked if every else ranked[:MOST_PARTS]
    rows = [
        (
            group.specialism, part.name, number(part.old, 1, language), number(part.new, 1, language),
            change(part.difference, 1, language),
        )
        for group, part in shown
    ]  # fmt: skip
    rest = ranked[len(shown) :]
    if rest:
        name = told(("nog {0}", "{0} more"), language).format(counted(len(rest), CODES, language))
        old, new = (sum((getattr(part, side) for _, part in rest), ZERO) for side in ("old", "new"))
        alone = len(found.specialisms) == 1  # hours of several specialisms are not added up
        sums = (
            (number(old, 1, language), number(new, 1, language), change(new - old, 1, language))
            if alone
            else ("", "", "")
        )
        rows.append(("", name, *sums))
    columns = (
        (told(("specialisme", "specialism"), language), False), (told(("code", "code"), language), False),
        (f"{told(('normuren', 'hours'), language)} {found.old_year}", True),
        (f"{told(('normuren', 'hours'), language)} {found.new_year}", True), (told(("verschil", "difference"), language), True),
    )  # fmt: skip
    title = told(
        ("Wat het verschil maakt, alle ziekenhuizen samen", "What makes the difference, all hospitals together"),
        language,
    )
    return sheet(title, columns, rows, language, None)


def _not_compared(found: Effect, language: Language, most: int | None) -> str:
    columns = [
        (told(pair, language), position == 2)
        for position, pair in enumerate(
            (
                ("specialisme", "specialism"),
                ("code", "code"),
                ("aantal", "volume"),
                ("geen normtijd in", "no norm time in"),
            )
        )
    ]
    rows = [
        (one.specialism, one.code, number(one.volume, 0, language), ", ".join(map(str, one.lacks)) or "–")
        for one in found.not_compared
    ]
    title = told(
        ("Niet vergeleken, in geen van beide jaren meegeteld", "Not compared, counted in neither year"), language
    )
    return sheet(title, columns, rows, language, most)


def _idle(changes: Sequence[Change], language: Language) -> str:
    if not changes:
        return ""
    text = (
        "Let op: in de productstructuur geen productie gevonden bij rij {0}.",
        "Note: in the product structure no production was found for row {0}.",
    )
    more = " …" if len(changes) > MOST else ""
    return told(text, language).format(", ".join(str(one.row) for one in changes[:MOST]) + more)


def effect_record(found: Effect, idle: Sequence[Change]) -> dict[str, Any]:
    return {
        "oud_jaar": found.old_year,
        "nieuw_jaar": found.new_year,
        "vakgroepen": [{"ziekenhuis": one.hospital, **_effect(one)} for one in found.groups],
        "specialismen": [_effect(one) for one in found.specialisms],
        "niet_vergeleken": [
            {
                "specialisme": one.specialism, "soort": one.kind, "code": one.code, "aantal": fixed(one.volume),
                "geen_normtijd_in": list(one.lacks),
            }
            for one in found.not_compared
        ],
        "zonder_productie": [
            {"rij": one.row, "specialisme": one.specialism, "oud": one.old, "nieuw": one.new, "ziekenhuis": one.hospital} for one in idle
        ],
    }  # fmt: skip


def _effect(one: GroupEffect) -> dict[str, Any]:
    return {
        "specialisme": one.specialism, "rol": one.role, "normuren_oud": fixed(one.old), "normuren_nieuw": fixed(one.new),
        "verschil": fixed(one.difference), "aandeel": fixed_or_none(one.share),
        "delen": [
            {
                "soort": part.kind, "code": part.name, "normuren_oud": fixed(part.old), "normuren_nieuw": fixed(part.new),
                "verschil": fixed(part.difference),
            }
            for part in one.parts
        ],
    }  # fmt: skip
