"""`puntlanding agreement …`: the agreement as a document."""

from __future__ import annotations

from pathlib import Path

from puntlanding.agreement.difference import differences
from puntlanding.agreement.schema import agreement_schema
from puntlanding.agreement.seal import Party, Seal, broken, read_seal, seal_path, seal_text
from puntlanding.case.one_agreement import OneAgreement, one_agreement
from puntlanding.cli.intake import the_day
from puntlanding.cli.output import Options, say, show_warnings
from puntlanding.problems import InputError, Problem
from puntlanding.report.agreement_text import (
    agreement_record,
    agreement_text,
    difference_text,
    differences_record,
    frozen_text,
    seal_record,
)
from puntlanding.report.contract import as_json, problems_record
from puntlanding.whole_file import write_whole


def check(*, file: Path, options: Options) -> None:
    one = one_agreement(file)
    if options.json:
        said = problems_record(one.warnings, options.language, "waarschuwingen") if one.warnings else {}
        print(as_json({**agreement_record(one, options.language), **said}))
        return
    print(agreement_text(one, options.language))
    show_warnings(one.warnings, options.language)


def diff(*, first: Path, second: Path, options: Options) -> None:
    """What is wrong in either is told of both at once."""
    problems: list[Problem] = []
    read: list[OneAgreement] = []
    for path in (first, second):
        try:
            read.append(one_agreement(path, sealed=False))
        except InputError as error:
            problems += [problem for problem in error.problems if problem not in problems]
    if problems:
        raise InputError(problems)
    one, other = read
    found = differences(one.content, other.content)
    same = one.path.read_bytes() == other.path.read_bytes()
    if options.json:
        print(as_json(differences_record(one, other, found, options.language, same_text=same)))
    else:
        print(difference_text(one, other, found, options.language, same_text=same))


def freeze(*, file: Path, by: str, on: str, options: Options) -> None:
    """A seal by the first party, completed by the second; refused where the content is not what was sealed."""
    when, party = the_day(on, "--on"), Party(by)
    one = one_agreement(file, sealed=False)
    place = seal_path(one.path)
    seal, problems = read_seal(place)
    if problems:
        raise InputError(problems)
    if seal is None:
        seal = Seal(one.content.hash, one.content, ())
    else:
        changed = broken(seal, one.content, one.file, one.lines, "sealed_other_content")
        if changed is not None:
            raise InputError([changed])
        already = dict(seal.signed).get(party)
        if already is not None:
            details = {"party": by, "day": already.isoformat()}
            raise InputError([Problem("sealed_by_already", place.name, details=details)])
    seal = seal.with_(party, when)
    write_whole({place: seal_text(seal).encode()})
    if options.json:
        record = {"bestand": one.file, "zegel": place.name, "hash": seal.hash, "compleet": seal.complete}
        print(as_json({**record, "vastgelegd": seal_record(seal)}))
    else:
        print(frozen_text(seal, place.name, options.language))


def schema(*, output: Path | None, options: Options) -> None:
    text = as_json(agreement_schema())
    if output is None:
        print(text)
        return
    if output.exists():
        raise InputError([Problem("output_exists", output.name, value=str(output))])
    write_whole({output: (text + "\n").encode()})
    print(say("written", options.language, output))
