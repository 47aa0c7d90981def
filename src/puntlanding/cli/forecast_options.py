"""`puntlanding forecast`: its arguments and options."""

from __future__ import annotations

from pathlib import Path

import click

from puntlanding.cli.output import say
from puntlanding.cli.parameters import as_json, case, command, later
from puntlanding.language.notation import Language

DEFAULT = "processen"
BAND = "1"


def forecast_command(language: Language) -> click.Command:
    def text(name: str, field: str, word: str, *, required: bool = False, default: str | None = None) -> click.Option:
        return click.Option(
            [name, field], metavar=say(word, language), required=required, default=default,
            help=say(f"opt_forecast_{field}", language),
        )  # fmt: skip

    params: list[click.Parameter] = [
        case(required=False),
        click.Option(
            ["--store"], metavar=say("folder_word", language), type=click.Path(path_type=Path), required=True,
            help=say("opt_forecast_store", language),
        ),
        text("--hospital", "hospital", "name_word", required=True),
        click.Option(["--year"], metavar=say("year_word", language), type=int, help=say("opt_forecast_year", language)),
        text("--as-of", "as_of", "date_word"),
        text("--band", "band", "percent_word", default=BAND),
        click.Option(["--explain"], metavar=say("group_word", language), help=say("opt_forecast_explain", language)),
        text("--executor", "executor", "fold_executor_word", default=DEFAULT),
        as_json(language),
    ]  # fmt: skip
    return command("forecast", params, later("forecast", "forecast"), language)
