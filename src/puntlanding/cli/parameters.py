"""Arguments and options, with their help in the user's language; commands share them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from puntlanding.cli.help import Command, Group
from puntlanding.cli.output import Options, say
from puntlanding.language.notation import Language


def command(
    name: str, params: list[click.Parameter], action: Callable[..., None], language: Language, text: str | None = None
) -> click.Command:
    def call(lang: str, debug: bool, **given: Any) -> None:
        options = Options(Language(lang), given.get("case"))
        for key in ("json", "csv", "xlsx", "explain"):
            if key in given:
                options = replace(options, **{key: given.pop(key)})
        action(options=options, **given)

    return Command(
        name, language=language, params=[*params, *common(language)], callback=call, help=say(text or name, language),
        short_help=say(text or name, language).partition("\n\n")[0], options_metavar=say("options_word", language),
    )  # fmt: skip


def group(name: str, makers: Iterable[Callable[[Language], click.Command]], language: Language) -> Group:
    """The commands of one subject, in the order of the work."""
    made = Group(
        name, help=say(name, language), no_args_is_help=True, language=language,
        params=[lang(language, expose_value=False)], subcommand_metavar=say("command_word", language), options_metavar="",
    )  # fmt: skip
    for make in makers:
        made.add_command(make(language))
    return made


def later(module: str, name: str) -> Callable[..., None]:
    """The action ``name`` of a module of this room, imported when it is called: each command loads what it needs itself."""

    def call(*given: object, **named: object) -> None:
        getattr(import_module(f"puntlanding.cli.{module}"), name)(*given, **named)

    return call


def case(*, required: bool = True) -> click.Argument:
    metavar = "CASE" if required else "[CASE]"
    return click.Argument(["case"], metavar=metavar, type=click.Path(path_type=Path), required=required)


def folder(language: Language) -> click.Argument:
    return click.Argument(["target"], metavar=say("folder_word", language), type=click.Path(path_type=Path))


def as_json(language: Language) -> click.Option:
    return click.Option(["--json"], is_flag=True, help=say("opt_json", language))


def stage_params(language: Language) -> list[click.Parameter]:
    path = click.Path(path_type=Path)
    return [
        case(required=False),
        click.Option(["--explain"], metavar=say("group_word", language), help=say("opt_explain", language)),
        as_json(language),
        click.Option(["--csv"], metavar=say("folder_word", language), type=path, help=say("opt_csv", language)),
        click.Option(["--xlsx"], metavar=say("file_word", language), type=path, help=say("opt_xlsx", language)),
        *link_params(language),
    ]


def link_params(language: Language) -> list[click.Parameter]:
    """Where figures come from that the case does not have."""
    path = click.Path(path_type=Path)
    folder_, file_ = say("folder_word", language), say("file_word", language)
    day = say("date_word", language)
    return [
        click.Option(["--store"], metavar=folder_, type=path, help=say("opt_link_store", language)),
        click.Option(["--hospital"], metavar=say("name_word", language), help=say("opt_link_hospital", language)),
        click.Option(
            ["--year"],
            metavar=say("year_word", language),
            type=int,
            help=say("opt_link_year", language),
        ),
        click.Option(["--as-of", "as_of"], metavar=day, help=say("opt_link_as_of", language)),
        click.Option(["--benchmark"], metavar=file_, type=path, help=say("opt_link_benchmark", language)),
        click.Option(["--contributions"], metavar=folder_, type=path, help=say("opt_link_contributions", language)),
        click.Option(
            ["--trusted"], metavar=say("place_word", language), type=path, help=say("opt_link_trusted", language)
        ),
    ]


def common(language: Language) -> list[click.Parameter]:
    return [
        lang(language),
        click.Option(["--debug"], is_flag=True, help=say("opt_debug", language)),
    ]


def lang(language: Language, *, expose_value: bool = True) -> click.Option:
    """On the program and on every command; the groups need not look at it, because `_language` already has."""
    choice = click.Choice([one.value for one in Language])
    return click.Option(
        ["--lang"], type=choice, default=language.value, expose_value=expose_value, help=say("opt_lang", language)
    )
