"""`puntlanding fold`: its arguments and options."""

from __future__ import annotations

from pathlib import Path

import click

from puntlanding.cli.output import say
from puntlanding.cli.parameters import as_json, command, later
from puntlanding.language.notation import Language

# As contribution.about and fold.executors have them, which every other command would wait for; a test compares.
KINDS = ("umc", "topklinisch", "algemeen", "zbc")
DEFAULT = "lokaal"
_PATH = click.Path(path_type=Path)


def fold_command(language: Language) -> click.Command:
    params: list[click.Parameter] = [
        click.Argument(["hospital"], metavar=say("fold_hospital_word", language)),
        click.Argument(["year"], metavar=say("fold_year_word", language)),
        click.Option(
            ["--store"], metavar=say("folder_word", language), type=_PATH, required=True,
            help=say("fold_opt_store", language),
        ),
        click.Option(["--as-of", "as_of"], metavar=say("date_word", language), help=say("fold_opt_as_of", language)),
        _path("--case", "case", "folder_word", language),
        _path("--norms", "norms", "file_word", language),
        _path("--costs", "costs", "file_word", language),
        _path("--diagnosis-groups", "diagnosis_groups", "file_word", language),
        click.Option(["--type", "kind"], type=click.Choice(KINDS), help=say("fold_opt_type", language)),
        _path("--hospitals", "hospitals", "file_word", language),
        _path("--out", "out", "folder_word", language),
        click.Option(
            ["--executor"], metavar=say("fold_executor_word", language), default=DEFAULT,
            help=say("fold_opt_executor", language),
        ),
        as_json(language),
    ]  # fmt: skip
    return command("fold", params, later("fold", "fold"), language)


def _path(name: str, field: str, word: str, language: Language) -> click.Option:
    help_text = say(f"fold_opt_{field}", language)
    return click.Option([name, field], metavar=say(word, language), type=_PATH, help=help_text)
