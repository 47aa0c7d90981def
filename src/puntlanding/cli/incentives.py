"""`puntlanding incentives`: what one norm hour more pays, and who pays it."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

from puntlanding.case import Loaded
from puntlanding.case.variants import Variant, shared, under
from puntlanding.cli.compare import as_share, case_and_agreements
from puntlanding.cli.linked import Asked, origins_record, origins_text
from puntlanding.cli.made import Made, asked_for, place_of, sources_of, told_paths
from puntlanding.cli.output import Options, say, show_warnings
from puntlanding.incentives import Incentives, Others
from puntlanding.incentives import incentives as around_the_budget
from puntlanding.language.sentences import printable
from puntlanding.problems import InputError, Problem, errors, near_miss, warnings
from puntlanding.report.incentives_words import Refused, Told, told
from puntlanding.report.question import Kind, Question

if TYPE_CHECKING:
    from puntlanding.case.linked import Origin
    from puntlanding.case.model import Case


def incentives(*, page: Path | None, options: Options, **given: Any) -> None:
    found = made_incentives(options=options, page=page, **given)
    _write(page, found.every, found.refused, found.loaded.files, options)
    _show(found, page, options)


@dataclass(frozen=True, slots=True)
class Read:
    """What each agreement does around the budget, and those that could not be computed."""

    every: Sequence[Told]
    refused: Sequence[Refused]
    made: Made
    loaded: Loaded
    origins: Sequence[Origin]


def made_incentives(
    *, agreements: Sequence[Path], others: str | None, distance: str, groups: Sequence[str], options: Options,
    page: Path | None = None, **asked: Any,
) -> Read:  # fmt: skip
    far, where = _distance(distance), None if others is None else Others(others)
    by = Asked(**asked)
    loaded, origins, variants = case_and_agreements(
        by, agreements, options, forecast=where is Others.FORECAST, page=page
    )
    case = shared(loaded.checked())
    wanted = _groups(groups, case)
    own = around_the_budget(case, where, far, wanted)
    found, refused = _others(own, variants, case, loaded, wanted)
    several = bool(variants)
    every = [told(letter if several else "", one, options.language) for letter, one in found]
    hashes = _hashes(loaded, variants)

    def content() -> Mapping[str, Any]:
        from puntlanding.report.incentives_record import as_record

        return as_record(every, refused, options.language, hashes)

    question = Question(
        Kind.INCENTIVES,
        asked_for(
            {
                "agreements": told_paths(agreements, place_of(by)), "others": own.others.value, "distance": distance,
                "group": list(wanted),
            },
            by,
        ),
    )  # fmt: skip
    made = Made(question, sources_of(loaded, variants), options.language, content, beside=origins_record(origins))
    return Read(every, refused, made, replace(loaded, files=(*loaded.files, *agreements)), origins)


def _others(
    own: Incentives, variants: Sequence[Variant], case: Case, loaded: Loaded, wanted: Sequence[str]
) -> tuple[list[tuple[str, Incentives]], list[Refused]]:
    """With everybody where they are under the case's own agreement."""
    found, refused = [(ascii_uppercase[0], own)], []
    for letter, one in zip(ascii_uppercase[1:], variants, strict=False):
        other, problems = under(case, one.agreement, loaded)
        wrong = errors(problems)
        if wrong:
            refused.append(Refused(letter, one.name, tuple(wrong)))
            continue
        try:
            found.append((letter, around_the_budget(other, own.others, own.distance, wanted)))
        except InputError as error:
            refused.append(Refused(letter, one.name, tuple(error.problems)))
    return found, refused


def _hashes(loaded: Loaded, variants: Sequence[Variant]) -> dict[str, str]:
    own = {} if loaded.provenance is None else {ascii_uppercase[0]: loaded.provenance.content.hash}
    return own | {letter: one.content.hash for letter, one in zip(ascii_uppercase[1:], variants, strict=False)}


def _distance(text: str) -> Fraction:
    share = as_share(text.strip().removesuffix("%") + "%")  # 10 is 10 %
    if share is None or not 0 < share <= 1:
        raise InputError([Problem("incentives_distance", "--distance", value=text)])
    return share


def _groups(typed: Sequence[str], case: Case) -> tuple[str, ...]:
    known = {group.name.lower(): group.name for group in case.groups}
    problems, names = [], list(known.values())
    for text in typed:
        if text.strip().lower() not in known:
            details = {"close": near_miss(text, names), "allowed": ", ".join(map(printable, names))}
            problems.append(Problem("incentives_group", "--group", value=text, details=details))
    if problems:
        raise InputError(problems)
    return tuple(known[text.strip().lower()] for text in typed)


def _write(
    page: Path | None, every: Sequence[Told], refused: Sequence[Refused], own: Sequence[Path], options: Options
) -> None:
    if page is None:
        return
    from puntlanding.report.incentives_page import as_page
    from puntlanding.whole_file import write_whole

    if page.resolve() in {one.resolve() for one in own}:
        raise InputError([Problem("output_is_case", page.name, value=str(page))])
    write_whole({page: as_page(every, refused, options.language).encode()})


def _show(read: Read, page: Path | None, options: Options) -> None:
    said = warnings(read.loaded.problems)
    if options.json:
        from puntlanding.report.contract import as_json, problems_record

        beside = problems_record(said, options.language, "waarschuwingen") if said else {}
        print(as_json(read.made.record(beside)))
        return
    from puntlanding.report.incentives_text import as_text

    print(as_text(read.every, read.refused, _owner(read.every), options.language))
    print(*read.made.origin_lines(), sep="\n")
    if page is not None:
        print(say("written", options.language, page))
    sys.stdout.flush()
    if read.origins:
        print("\n" + origins_text(read.origins, options.language))
    show_warnings(said, options.language)


def _owner(every: Sequence[Told]) -> str:
    agreement = every[0].found.case.agreement
    return f"{agreement.organisation} · {agreement.year}"
