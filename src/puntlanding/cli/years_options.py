"""`puntlanding years`: its arguments and options."""

from __future__ import annotations

from pathlib import Path

import click

from puntlanding.cli.output import say
from puntlanding.cli.parameters import as_json, command, later
from puntlanding.language.notation import Language


def years_command(language: Language) -> click.Command:
    path = click.Path(path_type=Path)
    params: list[click.Parameter] = [
        click.Argument(["cases"], metavar="CASE…", nargs=-1, type=path, required=True),
        click.Option(["--explain"], metavar=say("group_word", language), help=say("opt_explain", language)),
        as_json(language),
        click.Option(["--csv"], metavar=say("folder_word", language), type=path, help=say("opt_csv", language)),
        click.Option(["--xlsx"], metavar=say("file_word", language), type=path, help=say("opt_xlsx", language)),
    ]
    return command("years", params, later("years", "years"), language)
