"""Wrong usage in the user's language; click's own sentences are English."""

from __future__ import annotations

import click

from puntlanding.cli.output import say
from puntlanding.language.notation import Language
from puntlanding.language.sentences import printable


def usage_message(error: click.UsageError, language: Language) -> str:
    path = error.ctx.command_path if error.ctx else "puntlanding"
    return f"{_what(error, language)}\n{say('try_help', language, path)}"


def _what(error: click.UsageError, language: Language) -> str:
    match error:
        case click.NoSuchOption():
            close = error.possibilities or []
            hint = say("did_you_mean", language, close[0]) if close else ""
            return say("no_such_option", language, printable(error.option_name)) + hint
        case click.BadOptionUsage():
            return say("option_value", language, error.option_name)
        case click.MissingParameter():
            name = error.param.make_metavar(error.ctx) if error.param and error.ctx else ""
            return say("missing", language, name)
        case click.BadParameter():
            return say("bad_value", language, error.param.opts[0] if error.param else "")
        case _:
            if error.message.startswith("No such command"):
                return say("no_such_command", language, printable(error.message.partition("'")[2].partition("'")[0]))
            return f"{say('unexpected', language)} ({printable(error.message)})"
