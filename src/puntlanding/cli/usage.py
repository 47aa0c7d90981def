"""Wrong usage in the user's language; click's own sentences are English."""

from __future__ import annotations

from typing import Any

import click

from puntlanding.cli.output import say
from puntlanding.language.notation import Language
from puntlanding.language.sentences import printable
from puntlanding.problems import near_miss


def usage_message(error: click.UsageError, language: Language) -> str:
    """What is wrong and where help is; the help itself where a command was left out altogether."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError) and error.ctx is not None:
        return error.ctx.get_help()
    path = error.ctx.command_path if error.ctx else "puntlanding"
    return f"{_what(error, language)}\n{say('try_help', language, path)}"


def _what(error: click.UsageError, language: Language) -> str:
    match error:
        case click.NoSuchOption():
            close = error.possibilities or []
            return say("no_such_option", language, printable(error.option_name)) + _hint(close, language)
        case click.BadOptionUsage():
            surplus = "does not take a value" in error.message
            return say("option_no_value" if surplus else "option_value", language, error.option_name)
        case click.MissingParameter() if isinstance(error.param, click.Option):
            return say("missing_option", language, error.param.opts[0])
        case click.MissingParameter():
            name = error.param.make_metavar(error.ctx) if error.param and error.ctx else ""
            return say("missing", language, name)
        case click.BadParameter():
            return _bad_value(error, language)
        case _:
            return _other(error, language)


def _hint(close: list[str], language: Language) -> str:
    return say("did_you_mean", language, close[0]) if close else ""


def _bad_value(error: click.BadParameter, language: Language) -> str:
    param = error.param
    if param is None:
        return say("bad_value", language, "")
    name = param.opts[0]
    if isinstance(param, click.Argument) and error.ctx is not None:
        name = param.make_metavar(error.ctx)
    return say("bad_value", language, name) + _allowed(param.type, language)


def _allowed(kind: click.ParamType[Any], language: Language) -> str:
    match kind:
        case click.Choice():
            return say("choose_from", language, ", ".join(map(str, kind.choices)))
        case click.IntRange(min=int(), max=int()):
            return say("number_between", language, kind.min, kind.max)
        case click.IntRange(min=int()):
            return say("number_from", language, kind.min)
        case _ if kind is click.INT:
            return say("number_whole", language)
        case click.Path():  # the only thing that is asked of one: that it can be read where it exists
            return say("no_access", language)
        case _:
            return ""


def _other(error: click.UsageError, language: Language) -> str:
    """Unknown commands and surplus arguments: what click tells only inside its sentence."""
    if error.message.startswith("No such command"):
        name = error.message.partition("'")[2].rpartition("'")[0]
        close = near_miss(name, _commands(error.ctx))
        return say("no_such_command", language, printable(name)) + _hint([close] if close else [], language)
    if error.message.startswith("Got unexpected extra argument"):
        surplus = error.message.partition("(")[2].removesuffix(")")
        return say("too_much", language, printable(surplus))
    return say("unexpected", language, printable(error.message))


def _commands(context: click.Context | None) -> list[str]:
    command = context.command if context else None
    return command.list_commands(context) if context and isinstance(command, click.Group) else []
