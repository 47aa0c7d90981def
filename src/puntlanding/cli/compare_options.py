"""`puntlanding compare`: its arguments and options."""

from __future__ import annotations

from pathlib import Path

import click

from puntlanding.cli.help import Command
from puntlanding.cli.output import say
from puntlanding.cli.parameters import as_json, case, command, later, link_params
from puntlanding.language.notation import Language

AGREEMENTS = "--agreements"


def compare_command(language: Language) -> click.Command:
    path = click.Path(path_type=Path)
    folder, file = say("folder_word", language), say("file_word", language)

    def text(name: str, field: str, word: str, *, many: bool = False) -> click.Option:
        metavar = say(word, language)
        return click.Option([name, field], metavar=metavar, multiple=many, help=say(f"opt_compare_{field}", language))

    params: list[click.Parameter] = [
        case(required=False),
        click.Option(
            [AGREEMENTS, "agreements"], metavar=f"{file}…", type=path, multiple=True,
            help=say("opt_compare_agreements", language),
        ),
        click.Option(["--types"], is_flag=True, help=say("opt_compare_types", language)),
        text("--value", "values", "key_value_word", many=True),
        click.Option(["--old-model", "old"], is_flag=True, help=say("opt_compare_old", language)),
        text("--within", "within", "percent_word"),
        click.Option(["--explain"], metavar=say("group_word", language), help=say("opt_explain", language)),
        as_json(language),
        click.Option(["--csv"], metavar=folder, type=path, help=say("opt_csv", language)),
        click.Option(["--xlsx"], metavar=file, type=path, help=say("opt_xlsx", language)),
        *link_params(language),
    ]  # fmt: skip
    made = command("compare", params, later("compare", "compare"), language)
    return SeveralAgreements(made)


class SeveralAgreements(Command):
    """As the command it is made from, but for the one option that takes several files."""

    def __init__(self, made: click.Command) -> None:
        super().__init__(
            made.name, language=getattr(made, "language", Language.DUTCH), params=made.params, callback=made.callback,
            help=made.help, short_help=made.short_help, options_metavar=made.options_metavar,
        )  # fmt: skip

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, spread(args))


def spread(words: list[str]) -> list[str]:
    """``--agreements A B C`` as the same option three times: that is how a shell gives ``voorstellen/*.toml``."""
    found: list[str] = []
    inside = first = False
    for word in words:
        if word == AGREEMENTS:
            inside = first = True
        elif word.startswith("-"):
            inside = False
        elif inside and not first:
            found.append(AGREEMENTS)
        else:
            first = False
        found.append(word)
    return found
