"""`puntlanding contribution …`: its commands with their arguments and options."""

from __future__ import annotations

from pathlib import Path

import click

from puntlanding.cli.output import say
from puntlanding.cli.parameters import as_json, command, group, later
from puntlanding.language.notation import Language

_PATH = click.Path(path_type=Path)
METHODS, PERIODS = ("samenvoegen", "afronden"), ("kwartaal", "jaar")


def contribution_group(language: Language) -> click.Group:
    return group("contribution", (_show, _export, _merge, _benchmark, _key, _sign, _verify), language)


def _command(name: str, params: list[click.Parameter], language: Language) -> click.Command:
    return command(name, params, later("contribution", name), language, f"contribution_{name}")


def _show(language: Language) -> click.Command:
    folder = _path("--csv", "folder", "folder_word", "opt_contribution_csv", language)
    return _command("show", [_one("contribution_word", language), folder, as_json(language)], language)


def _export(language: Language) -> click.Command:
    params = [
        _one("contribution_word", language),
        _out(language),
        _choice("--method", METHODS, "opt_method", language),
        _number("--minimum", "minimum", "opt_minimum", language),
        _number("--units", "units", "opt_units", language),
        _number("--rest-codes", "codes", "opt_rest_codes", language),
        _number("--base", "base", "opt_base", language),
        _choice("--period", PERIODS, "opt_period", language),
        _path("--previous", "previous", "contribution_word", "opt_previous", language),
        _path("--norms", "norms", "file_word", "opt_export_norms", language),
        _number("--norms-year", "norms_year", "opt_norms_year", language),
        as_json(language),
    ]
    return _command("export", params, language)


def _merge(language: Language) -> click.Command:
    return _command("merge", [_several("contributions_word", language), _out(language), _required(language)], language)


def _benchmark(language: Language) -> click.Command:
    previous = click.Option(
        ["--previous", "previous"], metavar=say("contribution_word", language), type=_PATH, multiple=True,
        help=say("opt_previous_union", language),
    )  # fmt: skip
    norms = click.Option(
        ["--norms"],
        metavar=say("file_word", language),
        type=_PATH,
        multiple=True,
        help=say("opt_national_norms", language),
    )
    params = [
        _several("contributions_word", language),
        _out(language),
        _number("--year", "year", "opt_national_year", language),
        norms,
        _path("--structure", "structure", "file_word", "opt_rate_structure", language),
        _path("--trends", "trends", "file_word", "opt_trends", language),
        _number("--hospitals", "least", "opt_least_hospitals", language),
        previous,
        _required(language),
        as_json(language),
    ]
    return _command("benchmark", params, language)


def _key(language: Language) -> click.Command:
    target = click.Argument(["target"], metavar=say("folder_word", language), type=_PATH)
    name = click.Option(["--name"], metavar=say("name_word", language), help=say("opt_key_name", language))
    return _command("key", [target, name], language)


def _sign(language: Language) -> click.Command:
    key = _path("--key", "key", "file_word", "opt_sign_key", language, required=True)
    out = _path("--out", "out", "file_word", "opt_sign_out", language)
    return _command("sign", [_one("file_word", language), key, out], language)


def _verify(language: Language) -> click.Command:
    trusted = _path("--trusted", "trusted", "place_word", "opt_trusted", language)
    return _command("verify", [_several("files_word", language), trusted, as_json(language)], language)


def _one(word: str, language: Language) -> click.Argument:
    return click.Argument(["file"], metavar=say(word, language), type=_PATH)


def _several(word: str, language: Language) -> click.Argument:
    return click.Argument(["files"], metavar=say(word, language), type=_PATH, nargs=-1, required=True)


def _out(language: Language) -> click.Option:
    return _path("--out", "out", "file_word", "opt_contribution_out", language, required=True)


def _required(language: Language) -> click.Option:
    return _path("--trusted", "trusted", "place_word", "opt_trusted_required", language)


def _path(name: str, field: str, word: str, text: str, language: Language, *, required: bool = False) -> click.Option:
    return click.Option(
        [name, field], metavar=say(word, language), type=_PATH, required=required, help=say(text, language)
    )


def _number(name: str, field: str, text: str, language: Language) -> click.Option:
    return click.Option([name, field], metavar=say("number_word", language), type=int, help=say(text, language))


def _choice(name: str, values: tuple[str, ...], text: str, language: Language) -> click.Option:
    return click.Option([name], type=click.Choice(values), help=say(text, language))
