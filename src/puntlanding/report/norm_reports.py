"""What has a norm time, and norm times as they were built: terminal and JSON."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from puntlanding.language.notation import Language, number
from puntlanding.norms.build import Built
from puntlanding.norms.coverage import Code, Coverage, GroupCoverage
from puntlanding.norms.norm_times import CodeKind
from puntlanding.norms.structure import ROLES
from puntlanding.norms.table import HUNDREDTHS, NormTable
from puntlanding.quantities import fixed
from puntlanding.report.norm_sheet import (
    ACTIVITIES,
    CODES,
    GROUPS,
    MOST,
    PRODUCTS,
    counted,
    covered,
    fixed_or_none,
    page,
    sheet,
    told,
    wrapped,
)

_WHAT = {
    "zorgproduct": ("de {0} subtrajecten", "the {0} trajectories"),
    "zorgactiviteit": ("de {0} activiteiten van ondersteuners", "the {0} activities of supporting groups"),
}


def coverage_text(found: Coverage, language: Language, *, every: bool) -> str:
    most = None if every else MOST
    return page(
        wrapped(_coverage_answer(found, language)),
        _groups(found, language, most),
        _missing(found, language, most),
        wrapped(_notes(found, language)),
    )


def _coverage_answer(found: Coverage, language: Language) -> str:
    """Products and activities apart: a thousand scans would drown a hundred operations."""
    sentences = [_of_kind(found, role, kind, language) for kind, role in ROLES.items()]
    if not any(sentences):
        nothing = ("Er is geen productie waarvan de code bekend is.", "There is no production whose code is known.")
        return told(nothing, language)
    return "\n".join(one for one in sentences if one)


def _of_kind(found: Coverage, role: str, kind: str, language: Language) -> str:
    groups = [one for one in found.groups if one.role == role]
    done, uncovered = sum(one.covered for one in groups), sum(one.uncovered for one in groups)
    if not done + uncovered:
        return ""
    what = told(_WHAT[kind], language).format(number(done + uncovered, 0, language))
    codes = sum(one.kind == kind for one in found.missing)
    if not codes:
        text = ("{0} hebben allemaal een normtijd voor {1}.", "{0} all have a norm time for {1}.")
        sentence = told(text, language).format(what, found.year)
        return sentence[0].upper() + sentence[1:]
    text = (
        "Van {0} heeft {2} een normtijd voor {1}; {3} van {4} niet: die leveren geen normuren.",
        "Of {0} {2} have a norm time for {1}; {3} of {4} do not: they give no norm hours.",
    )
    share = covered(Fraction(done, done + uncovered), language)
    missing = number(uncovered, 0, language)
    return told(text, language).format(what, found.year, share, missing, counted(codes, CODES, language))


def _groups(found: Coverage, language: Language, most: int | None) -> str:
    """Least covered first: those are the ones to look at."""
    ranked = sorted(found.groups, key=lambda one: (_share(one), one.hospital, one.specialism, one.role))
    shown = [one for one in ranked if one.uncovered or most is None]
    titles = ("ziekenhuis", "specialisme", "rol", "met normtijd", "zonder", "samengevoegd", "dekking")
    english = ("hospital", "specialism", "role", "with norm time", "without", "merged", "coverage")
    columns = [(told(pair, language), position > 2) for position, pair in enumerate(zip(titles, english, strict=True))]
    rows = [
        (
            one.hospital, one.specialism, one.role, number(one.covered, 0, language), number(one.uncovered, 0, language),
            number(one.rest, 0, language) if one.rest else "–", covered(one.share, language),
        )
        for one in shown
    ]  # fmt: skip
    text = sheet(
        told(("Per vakgroep, laagste dekking eerst", "By group, lowest coverage first"), language),
        columns,
        rows,
        language,
        most,
    )
    left = len(ranked) - len(shown)
    if left and rows:
        rest = ("Volledig gedekt: nog {0}.", "Fully covered: {0} more.")
        text += "\n" + told(rest, language).format(counted(left, GROUPS, language))
    return text


def _share(one: GroupCoverage) -> Fraction:
    return Fraction(1) if one.share is None else one.share


def _missing(found: Coverage, language: Language, most: int | None) -> str:
    titles = (
        ("specialisme", "specialism"),
        ("soort", "kind"),
        ("code", "code"),
        ("aantal", "volume"),
        ("ziekenhuizen", "hospitals"),
    )
    columns = [(told(pair, language), position > 2) for position, pair in enumerate(titles)]
    rows = [
        (one.specialism, one.kind, one.code, number(one.volume, 0, language), number(one.hospitals, 0, language))
        for one in found.missing
    ]
    return sheet(
        told(("Zonder normtijd, meeste volume eerst", "Without a norm time, most volume first"), language),
        columns,
        rows,
        language,
        most,
    )


def _notes(found: Coverage, language: Language) -> str:
    lines = []
    for (specialism, kind), volume in found.without.items():
        text = (
            "Specialisme {0} heeft productie ({2} stuks) maar geen enkele normtijd per {1}.",
            "Specialism {0} has production ({2} pieces) but not one norm time per {1}.",
        )
        lines.append(told(text, language).format(specialism, kind, number(volume, 0, language)))
    if found.rest:
        text = (
            "Van {0} stuks is de code samengevoegd tot ‘overig’, zodat niet te zien is of er een normtijd voor is.",
            "Of {0} pieces the code was merged into ‘overig’, so that it cannot be seen whether there is a norm time.",
        )
        lines.append(told(text, language).format(number(found.rest, 0, language)))
    if found.unused:
        text = (
            "Niet gebruikt: {0} uit de tabel die deze ziekenhuizen niet leveren; ze staan in --json.",
            "Not used: {0} of the table that these hospitals do not deliver; --json lists them.",
        )
        lines.append(told(text, language).format(counted(len(found.unused), CODES, language)))
    return "\n".join(lines)


def coverage_record(found: Coverage) -> dict[str, Any]:
    return {
        "jaar": found.year,
        "met_normtijd": found.covered,
        "zonder_normtijd": found.uncovered,
        "samengevoegd": found.rest,
        "vakgroepen": [
            {
                "ziekenhuis": one.hospital, "specialisme": one.specialism, "rol": one.role, "met_normtijd": one.covered,
                "zonder_normtijd": one.uncovered, "samengevoegd": one.rest, "dekking": fixed_or_none(one.share),
            }
            for one in found.groups
        ],
        "codes_zonder_normtijd": [{**_code(one), "aantal": one.volume, "ziekenhuizen": one.hospitals} for one in found.missing],
        "specialismen_zonder_normtijden": [
            {"specialisme": specialism, "soort": kind, "aantal": volume} for (specialism, kind), volume in found.without.items()
        ],
        "niet_gebruikt": [_code(one) for one in found.unused],
    }  # fmt: skip


def _code(one: Code) -> dict[str, str]:
    return {"specialisme": one.specialism, "soort": one.kind, "code": one.code}


def build_text(built: Built, table: NormTable, language: Language, *, every: bool) -> str:
    most = None if every else MOST
    known = _known(table, built.year)
    minutes = ("minuten", "minutes")
    columns = [
        ("specialisme", "specialism"),
        ("zorgproduct", "product"),
        minutes,
        ("nu in de tabel", "now in the table"),
        ("verschil", "difference"),
    ]
    rows = []
    for one in built.times:
        now = known.get((one.specialism, one.product))
        value = Fraction(one.hundredths, HUNDREDTHS)
        beside = ("–", "–") if now is None else (number(now, 2, language), number(value - now, 2, language))
        rows.append((one.specialism, one.product, number(value, 2, language), *beside))
    times = sheet(
        told(("Gebouwde normtijden", "Norm times as built"), language),
        [(told(pair, language), position > 1) for position, pair in enumerate(columns)], rows, language, most,
    )  # fmt: skip
    return page(wrapped(_build_answer(built, language)), times, _lacking(built, language, most))


def _build_answer(built: Built, language: Language) -> str:
    done = told(("Normtijden gebouwd van {0}, voor {1}.", "Norm times built of {0}, for {1}."), language)
    text = done.format(counted(len(built.times), PRODUCTS, language), built.year)
    if built.not_built:
        rest = (
            " Niet gebouwd: {0}, want van {1} in hun profiel is geen normtijd bekend.",
            " Not built: {0}, as of {1} in their profile no norm time is known.",
        )
        text += told(rest, language).format(
            counted(len(built.not_built), PRODUCTS, language), counted(len(built.missing), ACTIVITIES, language)
        )
    if built.stated:
        zero = (
            " Op 0 minuten gezet, zoals opgegeven met --no-time: {0}.",
            " Put at 0 minutes, as stated with --no-time: {0}.",
        )
        text += told(zero, language).format(counted(built.stated, ACTIVITIES, language))
    return text


def _lacking(built: Built, language: Language, most: int | None) -> str:
    titles = (
        ("specialisme", "specialism"),
        ("zorgactiviteit", "activity"),
        ("zorgproducten niet gebouwd", "products not built"),
    )
    columns = [(told(pair, language), position > 1) for position, pair in enumerate(titles)]
    rows = [(one.specialism, one.activity, number(one.products, 0, language)) for one in built.missing]
    text = sheet(
        told(("Activiteiten zonder normtijd", "Activities without a norm time"), language),
        columns,
        rows,
        language,
        most,
    )
    if rows:
        remedy = (
            "Zet ze in de lijst normtijden, met 0 minuten waar de specialist er zelf geen tijd aan besteedt (--missing maakt die lijst). Hele klassen, zoals het laboratorium, kunnen met --no-time.",
            "Put them in the list normtijden, at 0 minutes where they take the specialist no time (--missing makes that list). Whole classes, such as the laboratory, can be stated with --no-time.",
        )
        text += "\n" + wrapped(told(remedy, language))
    return text


def _known(table: NormTable, year: int) -> dict[tuple[str, str], Fraction]:
    rows = table.of(year).rows()
    return {
        (specialism, code): Fraction(minutes, HUNDREDTHS)
        for specialism, kind, code, minutes in rows
        if kind == CodeKind.CARE_PRODUCT
    }


def build_record(built: Built, table: NormTable) -> dict[str, Any]:
    known = _known(table, built.year)
    return {
        "jaar": built.year,
        "op_nul_gezet": built.stated,
        "normtijden": [
            {
                "specialisme": one.specialism, "zorgproduct": one.product, "minuten": fixed(Fraction(one.hundredths, HUNDREDTHS)),
                "nu": fixed_or_none(known.get((one.specialism, one.product))),
            }
            for one in built.times
        ],
        "niet_gebouwd": [
            {"specialisme": specialism, "zorgproduct": code, "zonder_normtijd": list(activities)}
            for (specialism, code), activities in built.not_built.items()
        ],
        "activiteiten_zonder_normtijd": [
            {"specialisme": one.specialism, "zorgactiviteit": one.activity, "zorgproducten": one.products} for one in built.missing
        ],
    }  # fmt: skip


def norm_times_csv(built: Built) -> bytes:
    """The list normtijden as `puntlanding` reads it: semicolons and decimal commas."""
    lines = [
        f"{built.year};{one.specialism};zorgproduct;{one.product};{_minutes(one.hundredths)}" for one in built.times
    ]
    return _csv(lines)


def missing_csv(built: Built) -> bytes:
    """The same list with the activities that lack a norm time, the minutes left to fill in."""
    return _csv([f"{built.year};{one.specialism};zorgactiviteit;{one.activity};" for one in built.missing])


def _minutes(hundredths: int) -> str:
    return fixed(Fraction(hundredths, HUNDREDTHS), 2).replace(".", ",")


def _csv(lines: list[str]) -> bytes:
    return "".join(f"{line}\r\n" for line in ["jaar;specialisme;soort;code;minuten", *lines]).encode("utf-8-sig")
