"""`puntlanding efficiency`: its arguments and options."""

from __future__ import annotations

from pathlib import Path

import click

from puntlanding.cli.benchmark_options import contributions, peers
from puntlanding.cli.output import say
from puntlanding.cli.parameters import as_json, command, later
from puntlanding.language.notation import Language


def efficiency_command(language: Language) -> click.Command:
    def text(name: str, word: str, help_: str, *, required: bool = False) -> click.Option:
        return click.Option([name], metavar=say(word, language), required=required, help=say(help_, language))

    params = [
        contributions(language),
        text("--hospital", "name_word", "opt_efficiency_hospital", required=True),
        click.Option(
            ["--quarter"], metavar=say("quarter_word", language), type=click.IntRange(1, 4), default=4,
            help=say("opt_quarter", language),
        ),
        *peers(language),
        text("--group", "specialism_word", "opt_efficiency_group"),
        text("--explain", "specialism_word", "opt_efficiency_explain"),
        click.Option(
            ["--minimum"], metavar=say("number_word", language), type=click.IntRange(1), default=10,
            help=say("opt_efficiency_minimum", language),
        ),
        click.Option(
            ["--weights"], metavar=say("file_word", language), type=click.Path(path_type=Path),
            help=say("opt_efficiency_weights", language),
        ),
        as_json(language),
    ]  # fmt: skip
    return command("efficiency", params, later("efficiency", "efficiency"), language)
