"""`puntlanding simulate`: its arguments and options."""

from __future__ import annotations

from pathlib import Path

import click

from puntlanding.cli.compare_options import AGREEMENTS, spread
from puntlanding.cli.help import Command
from puntlanding.cli.output import say
from puntlanding.cli.parameters import as_json, case, command, later, link_params
from puntlanding.language.notation import Language

CENTRES = ("prognose", "begroting", "realisatie")


def simulate_command(language: Language) -> click.Command:
    path = click.Path(path_type=Path)
    folder, file = say("folder_word", language), say("file_word", language)

    def text(name: str, word: str) -> click.Option:
        return click.Option([f"--{name}"], metavar=say(word, language), help=say(f"opt_simulate_{name}", language))

    params: list[click.Parameter] = [
        case(required=False),
        click.Option(
            [AGREEMENTS, "agreements"], metavar=f"{file}…", type=path, multiple=True,
            help=say("opt_simulate_agreements", language),
        ),
        text("spread", "percent_word"),
        text("correlation", "number_word"),
        click.Option(["--volumes"], type=click.Choice(CENTRES), help=say("opt_simulate_volumes", language)),
        text("draws", "number_word"),
        text("seed", "number_word"),
        text("threads", "number_word"),
        as_json(language),
        click.Option(["--csv"], metavar=folder, type=path, help=say("opt_csv", language)),
        click.Option(["--xlsx"], metavar=file, type=path, help=say("opt_xlsx", language)),
        *link_params(language),
    ]  # fmt: skip
    return _Simulate(command("simulate", params, later("simulate", "simulate"), language))


class _Simulate(Command):
    """As the command it is made from, but for the one option that takes several files."""

    def __init__(self, made: click.Command) -> None:
        super().__init__(
            made.name, language=getattr(made, "language", Language.DUTCH), params=made.params, callback=made.callback,
            help=made.help, short_help=made.short_help, options_metavar=made.options_metavar,
        )  # fmt: skip

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, spread(args))
