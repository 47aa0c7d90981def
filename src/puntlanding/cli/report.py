"""`puntlanding report`: all files of every report that was asked for, or none."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from puntlanding.case import Loaded, load_case
from puntlanding.cli.linked import Asked, from_files, from_store, link_of
from puntlanding.cli.output import Options, plural, say, show_warnings
from puntlanding.problems import InputError, Problem, near_miss, warnings
from puntlanding.report.dossier import Dossier
from puntlanding.report.outputs import OUTPUTS, Output
from puntlanding.stage import Stage
from puntlanding.whole_file import write_whole
from puntlanding.year import Year


def report(*, everything: Path | None, group: str | None, options: Options, **given: Any) -> None:
    targets = _targets(everything, {one: given.pop(f"to_{one.option}") for one in OUTPUTS.values()})
    asked = Asked(**given)
    loaded = _loaded(asked, tuple(targets.values()))
    dossier = _dossier(loaded, group, asked, options)
    files: dict[Path, bytes] = {}
    for output, target in targets.items():
        files |= output.files(dossier, target)
    taken = [Problem("output_exists", path.name, value=str(path)) for path in files if path.exists()]
    if taken:
        raise InputError(taken)
    write_whole(files)
    print(plural("report_done", len(files), options.language))
    for path in files:
        print(f"  {path}")
    for stage in Stage:
        if not dossier.has(stage):
            reason = f"{stage.value}. {dossier.why_not(stage)}"
            print(say("report_left_out", options.language, reason), file=sys.stderr)
    show_warnings(loaded.problems, options.language)


def _targets(everything: Path | None, asked: dict[Output, Path | None]) -> dict[Output, Path]:
    """Raises click.UsageError where nothing is asked for: a report that nobody gets is no report."""
    found = {one: path for one, path in asked.items() if path is not None}
    if everything is not None:
        found |= {one: everything / one.name for one in asked if one not in found}
    if not found:
        context = click.get_current_context()
        raise click.MissingParameter(
            ctx=context, param=next(one for one in context.command.params if one.name == "everything")
        )
    return found  # fmt: skip


def _loaded(asked: Asked, outputs: tuple[Path, ...]) -> Loaded:
    alone = from_files(asked)
    return from_store(asked, outputs)[0] if alone is None else load_case(alone)


def _dossier(loaded: Loaded, group: str | None, asked: Asked, options: Options) -> Dossier:
    year = Year(loaded.checked())
    names = [one.name for one in year.case.groups]
    if group is not None and group not in names:
        details = {"close": near_miss(group, names), "allowed": ", ".join(names)}
        raise InputError([Problem("explain_unknown", "--group", value=group, details=details)])
    if loaded.provenance is None:
        raise ValueError("a case that was read has a provenance")
    link = None if asked.store is None else link_of(asked)
    found = Dossier(year, loaded.provenance, options.language, warnings(loaded.problems), group, link)
    if not any(found.has(stage) for stage in Stage):
        raise InputError([problem for stage in Stage for problem in found.lacking[stage]])
    return found
