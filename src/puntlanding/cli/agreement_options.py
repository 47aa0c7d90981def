"""`puntlanding agreement …` and `puntlanding verify`: their arguments and options."""

from __future__ import annotations

from pathlib import Path

import click

from puntlanding.cli.compare_options import AGREEMENTS, SeveralAgreements
from puntlanding.cli.output import say
from puntlanding.cli.parameters import as_json, command, group, later, link_params
from puntlanding.language.notation import Language

_PATH = click.Path(path_type=Path)
PARTIES = ("ziekenhuis", "gremium")


def agreement_group(language: Language) -> click.Group:
    return group("agreement", (_check, _diff, _freeze, _schema), language)


def _command(name: str, params: list[click.Parameter], language: Language) -> click.Command:
    return command(name, params, later("agreement", name), language, f"agreement_{name}")


def _file(field: str, word: str) -> click.Argument:
    return click.Argument([field], metavar=word, type=_PATH)


def _check(language: Language) -> click.Command:
    return _command("check", [_file("file", say("file_word", language)), as_json(language)], language)


def _diff(language: Language) -> click.Command:
    return _command("diff", [_file("first", "A"), _file("second", "B"), as_json(language)], language)


def _freeze(language: Language) -> click.Command:
    by = click.Option(["--by"], type=click.Choice(PARTIES), required=True, help=say("opt_freeze_by", language))
    on = click.Option(["--on"], metavar=say("date_word", language), required=True, help=say("opt_freeze_on", language))
    return _command("freeze", [_file("file", say("file_word", language)), by, on, as_json(language)], language)


def _schema(language: Language) -> click.Command:
    output = click.Option(
        ["--output"], metavar=say("file_word", language), type=_PATH, help=say("opt_schema_output", language)
    )
    return _command("schema", [output], language)


def verify_command(language: Language) -> click.Command:
    result = click.Argument(["result"], metavar=say("result_word", language), type=_PATH)
    place = click.Option(
        ["--case", "cases"], metavar="CASE", type=_PATH, multiple=True, help=say("opt_verify_case", language)
    )
    agreements = click.Option(
        [AGREEMENTS, "agreements"], metavar=f"{say('file_word', language)}…", type=_PATH, multiple=True,
        help=say("opt_verify_agreements", language),
    )  # fmt: skip
    return SeveralAgreements(
        command(
            "verify",
            [result, place, agreements, as_json(language), *link_params(language)],
            later("verify", "verify"),
            language,
            "verify_result",
        )
    )
