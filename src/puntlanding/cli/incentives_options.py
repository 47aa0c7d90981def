"""`puntlanding incentives`: its arguments and options."""

from __future__ import annotations

from pathlib import Path

import click

from puntlanding.cli.compare_options import AGREEMENTS, SeveralAgreements
from puntlanding.cli.output import say
from puntlanding.cli.parameters import as_json, case, command, later, link_params
from puntlanding.language.notation import Language

# As `incentives.Others` has them; written out so that help needs no stage.
OTHERS = ("realisatie", "prognose", "begroting")


def incentives_command(language: Language) -> click.Command:
    path = click.Path(path_type=Path)
    file = say("file_word", language)
    params: list[click.Parameter] = [
        case(required=False),
        click.Option(
            [AGREEMENTS, "agreements"], metavar=f"{file}…", type=path, multiple=True,
            help=say("opt_compare_agreements", language),
        ),
        click.Option(["--others"], type=click.Choice(OTHERS), help=say("opt_incentives_others", language)),
        click.Option(
            ["--distance"], metavar=say("percent_word", language), default="10%", show_default=True,
            help=say("opt_incentives_distance", language),
        ),
        click.Option(
            ["--group", "groups"], metavar=say("group_word", language), multiple=True,
            help=say("opt_incentives_groups", language),
        ),
        as_json(language),
        click.Option(["--page"], metavar=file, type=path, help=say("opt_incentives_page", language)),
        *link_params(language),
    ]  # fmt: skip
    return SeveralAgreements(command("incentives", params, later("incentives", "incentives"), language))
