"""`puntlanding compare`: one year under several agreements."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from puntlanding.case import Loaded, load_case
from puntlanding.case.variants import Variant, own_agreement, read_variants, shared, under
from puntlanding.cli.linked import Asked, about, from_files, from_store, link_of, origins_record, origins_text
from puntlanding.cli.made import Files, Made, asked_for, place_of, sources_of, told_paths
from puntlanding.cli.output import Options, say, show_warnings
from puntlanding.comparison import Comparison, Kind, Proposal
from puntlanding.comparison import compare as side_by_side
from puntlanding.comparison.by_type import by_type
from puntlanding.comparison.old_model import old_model
from puntlanding.contract_types import CONTRACT_TYPES
from puntlanding.explain import Node, Source, Unit, setting
from puntlanding.problems import InputError, Problem, near_miss, warnings
from puntlanding.report import question as asking
from puntlanding.report.question import Question, Sources
from puntlanding.setting import Setting
from puntlanding.stage import Stage

if TYPE_CHECKING:
    from puntlanding.case.linked import Origin
    from puntlanding.case.model import Case

MOST_DIGITS = 12  # as typed: more is no percentage


def compare(*, options: Options, **given: Any) -> None:
    _show(made_comparison(options=options, **given), options)


@dataclass(frozen=True, slots=True)
class Compared:
    found: Comparison
    made: Made
    loaded: Loaded
    origins: Sequence[Origin]


def made_comparison(
    *, agreements: Sequence[Path], types: bool, values: Sequence[str], old: bool, within: str | None, options: Options,
    **asked: Any,
) -> Compared:  # fmt: skip
    if not agreements and not types and not old:
        raise InputError([Problem("compare_nothing", "--agreements")])
    bound = None if within is None else _within(within)
    given = _values(values, types=types)
    by = Asked(**asked)
    loaded, origins, variants = case_and_agreements(by, agreements, options, previous=types)
    case = shared(_with_input(loaded.checked(), by) if old else loaded.checked())
    others = [_of_file(one, case, loaded) for one in variants]
    if types:
        others += _of_types(case, loaded, given)
    if old:
        others += old_model(case)
    found = side_by_side(_own(case, loaded), others, bound)
    _require(found)
    question = Question(
        asking.Kind.COMPARE,
        asked_for(
            {
                "agreements": told_paths(agreements, place_of(by)), "types": types, "value": values, "old-model": old,
                "within": within, "explain": options.explain,
            },
            by,
        ),
    )  # fmt: skip
    made = replace(
        _made(found, question, sources_of(loaded, variants), loaded, options), beside=origins_record(origins)
    )
    return Compared(found, made, replace(loaded, files=(*loaded.files, *agreements)), origins)


def _made(found: Comparison, question: Question, sources: Sources, loaded: Loaded, options: Options) -> Made:
    language, agreement = options.language, loaded.checked().agreement

    def content() -> Mapping[str, Any]:
        from puntlanding.report.comparison_record import as_record

        return as_record(found, language, options.explain)

    def in_csv(folder: Path, origin: Mapping[str, Any]) -> Files:
        from puntlanding.report.comparison_files import csv_files

        return csv_files(found, folder, language, origin)

    def workbook(origin: Mapping[str, Any]) -> bytes:
        from puntlanding.report.comparison_files import workbook_bytes

        return workbook_bytes(found, agreement.organisation, agreement.year, language, origin)

    return Made(question, sources, language, content, in_csv, workbook)


def case_and_agreements(
    asked: Asked,
    files: Sequence[Path],
    options: Options,
    *,
    previous: bool = False,
    forecast: bool = False,
    page: Path | None = None,
) -> tuple[Loaded, tuple[Origin, ...], tuple[Variant, ...]]:
    """The case once, and the other agreements; all that is wrong with either, at once."""
    alone = from_files(asked)
    variants: tuple[Variant, ...] = ()
    wrong: tuple[Problem, ...] = ()
    place = alone or link_of(asked).place
    own = own_agreement(place)
    if own is not None:
        try:
            variants = read_variants(files, own[0], own[1].year)
        except InputError as error:
            wrong = error.problems
    origins: tuple[Origin, ...] = ()
    if alone is None:
        loaded, origins = from_store(asked, (options.csv, options.xlsx, page), forecast=forecast)
    else:
        loaded = _load(alone, previous or _needs_previous(variants))
    if wrong or loaded.case is None:
        raise InputError([*(loaded.problems if loaded.case is None else ()), *wrong])
    return about(Stage.SETTLE, loaded), origins, variants


def _load(place: Path, previous: bool) -> Loaded:
    """With last year's budget where a column wants it; a case that is in order without it must not fail by it."""
    loaded = load_case(place, previous=previous)
    return loaded if loaded.case is not None or not previous else load_case(place)


def _with_input(case: Case, asked: Asked) -> Case:
    """What the case types wins; otherwise the store tells, beside the contributions of others."""
    if case.input_fte is not None or asked.store is None:
        return case
    from puntlanding.case.linked_input import linked_input

    return replace(case, input_fte=linked_input(link_of(asked, forecast=False), case))


def _needs_previous(variants: Sequence[Variant]) -> bool:
    return any(contract.type.needs_previous_budget for one in variants for contract in one.agreement.contracts)


def _own(case: Case, loaded: Loaded) -> Proposal:
    content = None if loaded.provenance is None else loaded.provenance.content
    return Proposal(case.agreement.file, Kind.OWN, case, hash=None if content is None else content.hash)


def _of_file(variant: Variant, case: Case, loaded: Loaded) -> Proposal:
    other, problems = under(case, variant.agreement, loaded)
    kind = Kind.OVERLAY if variant.overlay else Kind.WHOLE
    return Proposal(variant.name, kind, other, (*variant.said, *problems), (), variant.changed, variant.content.hash)


def _of_types(case: Case, loaded: Loaded, given: Mapping[str, Fraction]) -> Iterator[Proposal]:
    for name, agreement, notes in by_type(case.agreement, given):
        other, problems = under(case, agreement, loaded)
        yield Proposal(name, Kind.TYPE, other, tuple(problems), notes)


def _require(found: Comparison) -> None:
    """The own agreement must be there, and something beside it; compensation is in euros."""
    if found.own.fte is None:
        raise InputError(found.own.refused)
    if all(one.column.fte is None for one in found.beside):
        raise InputError(_reasons(found))
    if found.within is not None and not found.compensations:
        reasons = found.reference.refused or found.reference.without_euros
        raise InputError([Problem("compare_within_euros", "--within"), *reasons])


def _reasons(found: Comparison) -> list[Problem]:
    reasons = [problem for one in found.beside for problem in one.column.refused]
    return [one for at, one in enumerate(reasons) if one not in reasons[:at]]


def _within(text: str) -> Node:
    share = as_share(text.strip().removesuffix("%") + "%")  # 5 is 5 %
    if share is None or share > 1:
        raise InputError([Problem("compare_within", "--within", value=text)])
    return setting("within", share, Unit.RATIO, Source("--within", None, None))


def _values(texts: Sequence[str], *, types: bool) -> dict[str, Fraction]:
    known: dict[str, Setting] = {one.key: one for kind in CONTRACT_TYPES.values() for one in kind.settings}
    found: dict[str, Fraction] = {}
    problems: list[Problem] = []
    if texts and not types:
        raise InputError([Problem("compare_value_alone", "--value")])
    for text in texts:
        key, _, typed = text.partition("=")
        key = key.strip()
        if key not in known:
            details = {"close": near_miss(key, known), "allowed": ", ".join(known)}
            problems.append(Problem("compare_value_key", "--value", value=text, details=details))
            continue
        share, one = as_share(typed), known[key]
        low, high = one.minimum, one.maximum
        if share is None or key in found or (low is not None and share < low) or (high is not None and share > high):
            code = "compare_value_twice" if key in found else "compare_value"
            problems.append(Problem(code, "--value", value=text, details={"key": key}))
            continue
        found[key] = share
    if problems:
        raise InputError(problems)
    return found


def as_share(text: str) -> Fraction | None:
    """A share as the agreement writes it, or as a percentage: 0.05, 5%, 2,5 %."""
    bare = text.strip().replace(",", ".")
    percent = bare.endswith("%")
    bare = bare.removesuffix("%").strip()
    try:
        number = Decimal(bare)
    except InvalidOperation:
        return None
    if not number.is_finite() or number < 0 or len(bare) > MOST_DIGITS:
        return None
    return Fraction(number) / 100 if percent else Fraction(number)


def _show(compared: Compared, options: Options) -> None:
    from puntlanding.report.comparison_text import as_text, explained

    found, made, loaded = compared.found, compared.made, compared.loaded
    written = made.write(options.csv, options.xlsx, loaded.files)
    said = [*warnings(loaded.problems), *_warned(found)]
    if options.json:
        from puntlanding.report.contract import as_json, problems_record

        beside = problems_record(said, options.language, "waarschuwingen") if said else {}
        print(as_json(made.record(beside)))
        return
    if options.explain is not None:
        print(explained(found, options.explain, options.language), *made.origin_lines(), sep="\n")
    elif not written:
        agreement = loaded.checked().agreement
        print(as_text(found, f"{agreement.organisation} · {agreement.year}", options.language))
        print(*made.origin_lines(), sep="\n")
    for path in written:
        print(say("written", options.language, path))
    sys.stdout.flush()
    if compared.origins:
        print("\n" + origins_text(compared.origins, options.language))
    show_warnings(said, options.language)


def _warned(found: Comparison) -> list[Problem]:
    """What deserves attention in one column; the remarks of types made up here are the case's own, told once."""
    kinds = (Kind.OVERLAY, Kind.WHOLE)
    said = [p for one in found.columns if one.proposal.kind in kinds for p in warnings(one.proposal.problems)]
    return [one for at, one in enumerate(said) if one not in said[:at]]
