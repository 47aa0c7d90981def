"""`puntlanding incentives`: what one norm hour more pays, and who pays it."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

from puntlanding.case import Loaded
from puntlanding.case.variants import Variant, shared, under
from puntlanding.cli.compare import as_share, case_and_agreements
from puntlanding.cli.linked import Asked, origins_record, origins_text
from puntlanding.cli.output import Options, say, show_warnings
from puntlanding.incentives import Incentives, Others
from puntlanding.incentives import incentives as around_the_budget
from puntlanding.language.sentences import printable
from puntlanding.problems import InputError, Problem, errors, near_miss, warnings
from puntlanding.report.incentives_words import Refused, Told, told

if TYPE_CHECKING:
    from puntlanding.case.linked import Origin
    from puntlanding.case.model import Case


def incentives(
    *, agreements: Sequence[Path], others: str | None, distance: str, groups: Sequence[str], page: Path | None,
    options: Options, **asked: Any,
) -> None:  # fmt: skip
    far, where = _distance(distance), None if others is None else Others(others)
    loaded, origins, variants = case_and_agreements(
        Asked(**asked), agreements, options, forecast=where is Others.FORECAST, page=page
    )
    case = shared(loaded.checked())
    wanted = _groups(groups, case)
    own = around_the_budget(case, where, far, wanted)
    found, refused = _others(own, variants, case, loaded, wanted)
    several = bool(variants)
    every = [told(letter if several else "", one, options.language) for letter, one in found]
    hashes = _hashes(loaded, variants)
    _write(page, every, refused, (*loaded.files, *agreements), options)
    _show(every, refused, hashes, loaded, origins, page, options)


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


def _show(
    every: Sequence[Told], refused: Sequence[Refused], hashes: Mapping[str, str], loaded: Loaded,
    origins: Sequence[Origin], page: Path | None, options: Options,
) -> None:  # fmt: skip
    said = warnings(loaded.problems)
    if options.json:
        from puntlanding import __version__
        from puntlanding.report.contract import as_json, problems_record
        from puntlanding.report.incentives_record import as_record

        record = as_record(every, refused, options.language, hashes)
        if loaded.provenance is not None:
            record |= {"gegevens_hash": loaded.provenance.data_hash, "programma": __version__}
        beside = problems_record(said, options.language, "waarschuwingen") if said else {}
        print(as_json({**record, **beside, **origins_record(origins)}))
        return
    from puntlanding.report.incentives_text import as_text

    print(as_text(every, refused, _owner(every), options.language))
    if loaded.provenance is not None:
        from puntlanding.report.provenance import provenance_text

        print(provenance_text(loaded.provenance, options.language))
    if page is not None:
        print(say("written", options.language, page))
    sys.stdout.flush()
    if origins:
        print("\n" + origins_text(origins, options.language))
    show_warnings(warnings(loaded.problems), options.language)


def _owner(every: Sequence[Told]) -> str:
    agreement = every[0].found.case.agreement
    return f"{agreement.organisation} · {agreement.year}"
