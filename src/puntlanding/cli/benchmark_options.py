"""`puntlanding benchmark …`: its commands with their arguments and options."""

from __future__ import annotations

from pathlib import Path

import click

from puntlanding.cli.output import say
from puntlanding.cli.parameters import as_json, command, group, later
from puntlanding.language.notation import Language

_PATH = click.Path(path_type=Path)


def benchmark_group(language: Language) -> click.Group:
    return group("benchmark", (_ex_ante, _ex_post, _show, _versions), language)


def contributions(language: Language) -> click.Argument:
    """Files, or folders with files."""
    word = say("contributions_word", language)
    return click.Argument(["contributions"], nargs=-1, required=True, metavar=word, type=_PATH)


def comparing(language: Language) -> list[click.Parameter]:
    """With whom groups are compared, and how."""
    methods = click.Choice(("gepoold", "gemiddelde", "mediaan"))
    return [
        *peers(language),
        click.Option(["--method"], type=methods, default="gepoold", help=say("opt_rate_method", language)),
    ]


def peers(language: Language) -> list[click.Parameter]:
    """With whom; `cli.benchmark.the_rule` makes a rule of the two."""
    return [
        _text("--peers", "peers", "peers_word", "opt_peers", language),
        click.Option(["--own"], type=click.Choice(("in", "uit")), default="in", help=say("opt_own", language)),
    ]


def _ex_ante(language: Language) -> click.Command:
    norms = click.Option(
        ["--norms"], metavar=say("file_word", language), type=_PATH, multiple=True, required=True,
        help=say("opt_rate_norms", language),
    )  # fmt: skip
    params = [
        _year(language),
        contributions(language),
        norms,
        _path("--structure", "structure", "file_word", "opt_rate_structure", language),
        _path("--trends", "trends", "file_word", "opt_trends", language),
        click.Option(
            ["--base-year"], metavar=say("year_word", language), type=int, help=say("opt_base_year", language)
        ),
        *comparing(language),
        _text("--hospital", "hospital", "name_word", "opt_one_hospital", language),
        _path("--publish", "publish", "folder_word", "opt_publish", language),
        _text("--date", "day", "date_word", "opt_publish_date", language),
        _text("--reason", "reason", "reason_word", "opt_reason", language),
        as_json(language),
    ]
    return command("ex-ante", params, later("benchmark", "ex_ante"), language, "benchmark_ex_ante")


def _ex_post(language: Language) -> click.Command:
    quarter = click.Option(
        ["--quarter"], metavar=say("quarter_word", language), type=click.IntRange(1, 4), default=4,
        help=say("opt_quarter", language),
    )  # fmt: skip
    params = [
        _year(language),
        contributions(language),
        quarter,
        *comparing(language),
        _text("--weights", "weights", "weights_word", "opt_weights", language),
        _text("--hospital", "hospital", "name_word", "opt_one_hospital", language),
        as_json(language),
    ]
    return command("ex-post", params, later("benchmark", "ex_post"), language, "benchmark_ex_post")


def _show(language: Language) -> click.Command:
    file = click.Argument(["file"], metavar=say("file_word", language), type=_PATH)
    return command("show", [file, as_json(language)], later("benchmark", "show"), language, "benchmark_show")


def _versions(language: Language) -> click.Command:
    folder = click.Argument(["folder"], metavar=say("folder_word", language), type=_PATH)
    return command(
        "versions", [folder, as_json(language)], later("benchmark", "versions"), language, "benchmark_versions"
    )


def _year(language: Language) -> click.Argument:
    return click.Argument(["year"], metavar=say("year_word", language), type=click.IntRange(2005, 2100))


def _path(name: str, field: str, word: str, text: str, language: Language) -> click.Option:
    return click.Option([name, field], metavar=say(word, language), type=_PATH, help=say(text, language))


def _text(name: str, field: str, word: str, text: str, language: Language) -> click.Option:
    return click.Option([name, field], metavar=say(word, language), help=say(text, language))
