"""`puntlanding intake …`: its commands with their arguments and options."""

from __future__ import annotations

from pathlib import Path

import click

from puntlanding.cli.output import say
from puntlanding.cli.parameters import as_json, command, group, later
from puntlanding.intake import READERS
from puntlanding.language.notation import Language

_PATH = click.Path(path_type=Path)


def intake_group(language: Language) -> click.Group:
    return group("intake", (_formats, _map, _check, _load, _deliveries, _codes, _national), language)


def _formats(language: Language) -> click.Command:
    return command("formats", [], later("intake", "formats"), language, "intake_formats")


def _map(language: Language) -> click.Command:
    output = _path("--output", "output", "file_word", "opt_output", language)
    return command("map", [_source(language), output], later("intake", "draft"), language, "intake_map")


def _check(language: Language) -> click.Command:
    day = _text("--date", "day", "date_word", "opt_date_check", language)
    params = [_source(language), *_reading(language), day, *_showing(language)]
    return command("check", params, later("intake", "check"), language, "intake_check")


def _load(language: Language) -> click.Command:
    params = [
        _source(language),
        _text("--hospital", "hospital", "name_word", "opt_hospital", language, required=True),
        _path("--store", "store", "folder_word", "opt_store", language, required=True),
        _text("--date", "day", "date_word", "opt_date", language, required=True),
        *_reading(language),
        _path("--key", "key", "file_word", "opt_key", language),
        *_showing(language),
    ]
    return command("load", params, later("intake", "load"), language, "intake_load")


def _deliveries(language: Language) -> click.Command:
    store = click.Argument(["store"], metavar=say("store_word", language), type=_PATH)
    return command("store", [store, as_json(language)], later("intake", "deliveries"), language, "intake_store")


def _codes(language: Language) -> click.Command:
    day = _text("--date", "day", "date_word", "opt_date_codes", language)
    return command("codes", [_source(language), day], later("intake", "codes"), language, "intake_codes")


def _national(language: Language) -> click.Command:
    target = click.Argument(["target"], metavar=say("folder_word", language), type=_PATH)
    return command("national", [_source(language), target], later("intake", "national"), language, "intake_national")


def _source(language: Language) -> click.Argument:
    return click.Argument(["source"], metavar=say("source_word", language), type=_PATH)


def _reading(language: Language) -> list[click.Parameter]:
    return [
        click.Option(["--format", "form"], type=click.Choice(tuple(READERS)), help=say("opt_format", language)),
        _path("--mapping", "mapping", "file_word", "opt_mapping", language),
        _text("--years", "years", "years_word", "opt_years", language),
        _path("--nza", "nza", "folder_word", "opt_nza", language),
        _path("--national", "national", "folder_word", "opt_national", language),
    ]


def _showing(language: Language) -> list[click.Parameter]:
    return [
        click.Option(["--all", "every"], is_flag=True, help=say("opt_all", language)),
        _path("--page", "page", "file_word", "opt_page", language),
        as_json(language),
    ]


def _path(name: str, field: str, word: str, text: str, language: Language, *, required: bool = False) -> click.Option:
    return click.Option(
        [name, field], metavar=say(word, language), type=_PATH, required=required, help=say(text, language)
    )


def _text(name: str, field: str, word: str, text: str, language: Language, *, required: bool = False) -> click.Option:
    return click.Option([name, field], metavar=say(word, language), required=required, help=say(text, language))
