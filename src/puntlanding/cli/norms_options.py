"""`puntlanding norms …`: its commands with their arguments and options."""

from __future__ import annotations

from pathlib import Path

import click

from puntlanding.cli.output import say
from puntlanding.cli.parameters import as_json, command, group, later
from puntlanding.language.notation import Language

_PATH = click.Path(path_type=Path)


def norms_group(language: Language) -> click.Group:
    return group("norms", (_coverage, _build, _effect, _neutrality), language)


def _coverage(language: Language) -> click.Command:
    params = [_contributions(language), _norms(language), _year("opt_norm_year", language), *_showing(language)]
    return command("coverage", params, later("norms", "show_coverage"), language, "norms_coverage")


def _build(language: Language) -> click.Command:
    params = [
        _norms(language),
        _year("opt_build_year", language, required=True),
        *_profiles(language),
        _path("--surcharges", "surcharges", "opt_surcharges", language),
        _path("--nza", "nza", "opt_nza_classes", language, word="folder_word"),
        _no_time(language),
        _path("--output", "output", "opt_built", language),
        _path("--missing", "missing", "opt_missing", language),
        click.Option(["--explain"], metavar=say("code_word", language), help=say("opt_explain_norm", language)),
        *_showing(language),
    ]
    return command("build", params, later("norms", "show_build"), language, "norms_build")


def _effect(language: Language) -> click.Command:
    params = [
        _contributions(language),
        _norms(language),
        _year("opt_effect_year", language),
        click.Option(
            ["--from", "base"], metavar=say("year_word", language), type=int, help=say("opt_effect_from", language)
        ),
        _path("--structure", "structure", "opt_structure", language),
        *_showing(language),
    ]
    return command("effect", params, later("norms", "show_effect"), language, "norms_effect")


def _neutrality(language: Language) -> click.Command:
    number = say("number_word", language)
    params = [
        _contributions(language),
        _norms(language),
        _year("opt_norm_year", language),
        _path("--routes", "routes", "opt_routes", language),
        *_profiles(language),
        _path("--nza", "nza", "opt_nza_classes", language, word="folder_word"),
        _path("--surcharges", "surcharges", "opt_surcharges", language),
        _no_time(language),
        click.Option(
            ["--minimum"], metavar=number, type=click.IntRange(1), default=10, help=say("opt_norms_minimum", language)
        ),
        click.Option(
            ["--margin"], metavar=number, type=click.IntRange(0, 100), default=10, help=say("opt_margin", language)
        ),
        *_showing(language),
    ]
    return command("neutrality", params, later("norms", "show_neutrality"), language, "norms_neutrality")


def _contributions(language: Language) -> click.Argument:
    return click.Argument(
        ["contributions"], metavar=say("contributions_word", language), nargs=-1, required=True, type=_PATH
    )


def _norms(language: Language) -> click.Option:
    return click.Option(
        ["--norms", "norms"],
        metavar=say("file_word", language),
        type=_PATH,
        multiple=True,
        required=True,
        help=say("opt_norms", language),
    )


def _profiles(language: Language) -> list[click.Parameter]:
    return [
        _path("--profiles", "profiles", "opt_profiles", language),
        _path("--national", "national", "opt_national_profiles", language, word="folder_word"),
    ]


def _no_time(language: Language) -> click.Option:
    return click.Option(["--no-time"], metavar=say("classes_word", language), help=say("opt_no_time", language))


def _year(text: str, language: Language, *, required: bool = False) -> click.Option:
    return click.Option(
        ["--year"], metavar=say("year_word", language), type=int, required=required, help=say(text, language)
    )


def _path(name: str, field: str, text: str, language: Language, word: str = "file_word") -> click.Option:
    return click.Option([name, field], metavar=say(word, language), type=_PATH, help=say(text, language))


def _showing(language: Language) -> list[click.Parameter]:
    return [click.Option(["--all", "every"], is_flag=True, help=say("opt_all_rows", language)), as_json(language)]
