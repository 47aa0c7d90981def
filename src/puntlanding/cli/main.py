"""Commands and options. `main` turns every failure into words and an exit status: 1 bad input, 2 wrong usage, 70 a fault."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import traceback
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TextIO

import click

from puntlanding import __version__
from puntlanding.cli.agreement_options import agreement_group, verify_command
from puntlanding.cli.benchmark_options import benchmark_group
from puntlanding.cli.compare_options import compare_command
from puntlanding.cli.contribution_options import contribution_group
from puntlanding.cli.demo import demo_group
from puntlanding.cli.efficiency_options import efficiency_command
from puntlanding.cli.fold_options import fold_command
from puntlanding.cli.forecast_options import forecast_command
from puntlanding.cli.help import Group
from puntlanding.cli.incentives_options import incentives_command
from puntlanding.cli.intake_options import intake_group
from puntlanding.cli.norms_options import norms_group
from puntlanding.cli.output import say, show_problems
from puntlanding.cli.parameters import as_json, case, command, folder, lang, later, stage_params
from puntlanding.cli.report_options import report_command
from puntlanding.cli.simulate_options import simulate_command
from puntlanding.cli.usage import usage_message
from puntlanding.cli.years_options import years_command
from puntlanding.language.notation import Language
from puntlanding.problems import InputError, Problem, os_reason
from puntlanding.stage import Stage

BAD_INPUT, FAULT, INTERRUPTED = 1, 70, 130
UNWRITTEN = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF})  # of a stream: it has no name
CASELESS = frozenset(
    {"agreement", "verify", "years", "fold", "norms", "benchmark", "efficiency", "contribution"}
)  # commands that read no case, or more than one


def main(arguments: Sequence[str] | None = None) -> int:
    """The console script; returns the exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    language = _language(words)
    _prepare_streams()
    try:
        status = _run(words, language)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader (`| head`) has what it wants; nothing is left to say, not even at exit
        _silence(sys.stdout, sys.stderr)
        return 0
    except OSError as error:  # what is shown goes to a file on a full disk, say
        _silence(sys.stdout)
        failed = Problem("shown_failed", say("shown", language), details={"reason": os_reason(error)})
        with contextlib.suppress(OSError):
            show_problems([failed], language, as_json=False, summary="errors_elsewhere")
        return BAD_INPUT
    return status


def _prepare_streams() -> None:
    """The same bytes whatever the system's encoding; a stream that was closed beforehand (`>&-`) takes anything."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115, PTH123 - for as long as the program runs
        stream = getattr(sys, name)
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _silence(*streams: TextIO) -> None:
    """Nothing is tried again when the interpreter ends."""
    for stream in streams:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _run(words: list[str], language: Language) -> int:
    try:
        root = build(language)
        with root.make_context("puntlanding", words) as context:  # click's own main() would exit 1 on a broken pipe
            root.invoke(context)
    except click.UsageError as error:
        print(usage_message(error, language), file=sys.stderr)
        return error.exit_code
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except InputError as error:
        summary = "errors_delivery" if "intake" in words[:3] else "errors"
        if CASELESS & set(words[:3]) or ("--store" in _names(words) and summary == "errors"):
            summary = "errors_elsewhere"
        show_problems(error.problems, language, as_json="--json" in words, summary=summary)
        return BAD_INPUT
    except BrokenPipeError:
        raise
    except PermissionError as error:  # in a folder that nobody may look into, even asking what is there is refused
        place = "" if error.filename is None else os.fsdecode(error.filename)
        shut = Problem("unreadable", Path(place).name, value=place, details={"reason": os_reason(error)})
        show_problems([shut], language, as_json="--json" in words, summary="errors_elsewhere")
        return BAD_INPUT
    except Exception as error:  # the last resort: no traceback for people who cannot use it
        if isinstance(error, OSError) and error.filename is None and error.errno in UNWRITTEN:
            raise
        if "--debug" in words:
            traceback.print_exc()
        print(say("fault", language), file=sys.stderr)
        return FAULT
    return 0


def _names(words: Sequence[str]) -> frozenset[str]:
    return frozenset(word.partition("=")[0] for word in words)


def _language(words: Sequence[str]) -> Language:
    """Known before anything is parsed, because help and usage errors are text too."""
    for i, word in enumerate(words):
        if word == "--lang=en" or (word == "--lang" and words[i + 1 : i + 2] == ["en"]):
            return Language.ENGLISH
    return Language.DUTCH


def build(language: Language) -> click.Group:
    """The commands with their help in ``language``."""
    text = partial(say, language=language)
    help_names = {"help_option_names": ["-h", "--help"]}
    root = Group(
        "puntlanding", help=text("puntlanding"), context_settings=help_names, no_args_is_help=True, language=language,
        params=[lang(language, expose_value=False), _version(language)], subcommand_metavar=f"{text('command_word')} CASE", options_metavar="",
    )  # fmt: skip
    root.add_command(_new(language))
    root.add_command(command("check", [case(), as_json(language)], later("commands", "check"), language))
    for stage in Stage:
        root.add_command(
            command(stage.value, stage_params(language), partial(later("commands", "stage"), stage), language)
        )
    root.add_command(command("run", stage_params(language), later("commands", "run"), language))
    root.add_command(compare_command(language))
    root.add_command(simulate_command(language))
    root.add_command(incentives_command(language))
    root.add_command(years_command(language))
    root.add_command(report_command(language))
    root.add_command(verify_command(language))
    root.add_command(agreement_group(language))
    root.add_command(forecast_command(language))
    root.add_command(intake_group(language))
    root.add_command(fold_command(language))
    root.add_command(norms_group(language))
    root.add_command(benchmark_group(language))
    root.add_command(efficiency_command(language))
    root.add_command(_formation(language))
    root.add_command(contribution_group(language))
    root.add_command(demo_group(language))
    return root


def _new(language: Language) -> click.Command:
    workbook = click.Option(["--workbook"], is_flag=True, help=say("opt_workbook", language))
    return command("new", [folder(language), workbook], later("commands", "new"), language)


def _formation(language: Language) -> click.Command:
    explain = click.Option(["--explain"], metavar=say("group_word", language), help=say("opt_explain", language))
    return command("formation", [case(), explain, as_json(language)], later("formation", "formation"), language)


def _version(language: Language) -> click.Option:
    def show(context: click.Context, _: click.Parameter, wanted: bool) -> None:
        if wanted:
            click.echo(f"puntlanding {__version__}")
            context.exit()

    return click.Option(
        ["--version"], is_flag=True, is_eager=True, expose_value=False, callback=show, help=say("opt_version", language)
    )
