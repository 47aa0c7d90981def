"""`puntlanding report CASE`: the year on paper, in a workbook and as a page."""

from __future__ import annotations

from pathlib import Path

import click

from puntlanding.cli.output import say
from puntlanding.cli.parameters import case, command, later, link_params
from puntlanding.language.notation import Language
from puntlanding.report.outputs import OUTPUTS


def report_command(language: Language) -> click.Command:
    path = click.Path(path_type=Path)
    outputs = [
        click.Option(
            [f"--{one.option}", f"to_{one.option}"], type=path,
            metavar=say("folder_word" if one.folder else "file_word", language), help=say(f"opt_report_{one.option}", language),
        )
        for one in OUTPUTS.values()
    ]  # fmt: skip
    everything = click.Option(
        ["--all", "everything"], type=path, metavar=say("folder_word", language), help=say("opt_report_all", language)
    )
    only = click.Option(["--group"], metavar=say("group_word", language), help=say("opt_report_group", language))
    params = [case(required=False), *outputs, everything, only, *link_params(language)]
    return command("report", params, later("report", "report"), language)
