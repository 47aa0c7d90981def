"""`puntlanding-web`: what the administrator of a machine does. Every failure becomes words and an exit status."""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from puntlanding.language.notation import Language
from puntlanding.language.sentences import report
from puntlanding.problems import InputError
from puntlanding.web.environment import SettingError, data_folder, make_key
from puntlanding.web.manage_texts import BAD_INPUT, say

WRONG_USAGE, FAULT, INTERRUPTED = 2, 70, 130


class _UsageError(Exception):
    """What stands there is no command."""


class _Words(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _UsageError(message)


def main(arguments: Sequence[str] | None = None) -> int:
    """The console script; returns the exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    language = Language.ENGLISH if "--lang=en" in words or "en" in _after("--lang", words) else Language.DUTCH
    try:
        if not words or {"-h", "--help"} & set(words):
            print(say("help", language))
            return 0
        if importlib.util.find_spec("django") is None:
            print(say("not_installed", language), file=sys.stderr)
            return BAD_INPUT
        asked = _parser().parse_args(words)
        return _run(asked, language)
    except (_UsageError, SettingError) as error:
        wrong = say("wrong_usage", language, error) if isinstance(error, _UsageError) else str(error)
        print(wrong, file=sys.stderr)
        return WRONG_USAGE
    except InputError as error:
        print(report(error.problems, language), say("errors", language), sep="\n\n", file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader (`| head`) has what it wants
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception:  # noqa: BLE001 - the last resort: no traceback for people who cannot use it
        if "--debug" in words:
            traceback.print_exc()
        print(say("fault", language), file=sys.stderr)
        return FAULT


def _after(option: str, words: Sequence[str]) -> tuple[str, ...]:
    at = words.index(option) + 1 if option in words else len(words)
    return tuple(words[at : at + 1])


def _parser() -> argparse.ArgumentParser:
    common = _Words(add_help=False)
    common.add_argument("--lang", choices=[one.value for one in Language], default="nl")
    common.add_argument("--debug", action="store_true")
    root = _Words(prog="puntlanding-web", add_help=False, parents=[common])
    commands = root.add_subparsers(dest="command", required=True, parser_class=_Words)

    def command(name: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, add_help=False, parents=[common])

    demo, serve = command("demo"), command("serve")
    for option in ("--serve", "--detach", "--stop"):
        demo.add_argument(option, action="store_true")
    for option in ("--store", "--contributions"):
        demo.add_argument(option, type=Path)
    demo.add_argument("--hospital", default="")
    demo.add_argument("--year", type=int)
    demo.add_argument("--as-of", type=date.fromisoformat)
    demo.add_argument("--hours", type=float, default=8)
    for one in (demo, serve):
        one.add_argument("--bind", default="127.0.0.1:8000")
        one.add_argument("--workers", type=int, default=2)
        one.add_argument("--with-worker", action="store_true", default=one is demo)
    command("migrate")
    backup, restore = command("backup"), command("restore")
    for one in (backup, restore):
        one.add_argument("file", type=Path)
    backup.add_argument("--check", action="store_true")
    backup.add_argument("--with-keys", action="store_true")
    backup.add_argument("--keep", type=int, default=0)
    restore.add_argument("--replace", action="store_true")
    command("check")
    command("worker").add_argument("--once", action="store_true")
    collective = command("collective")
    collective.add_argument("name")
    collective.add_argument("hospital")
    deliver = command("deliver")
    deliver.add_argument("case", type=Path)
    for option in ("--collective", "--kind", "--by"):
        deliver.add_argument(option, required=True)
    deliver.add_argument("--note", default="")
    records = command("records")
    records.add_argument("store", type=Path)
    for option in ("--collective", "--hospital"):
        records.add_argument(option, required=True)
    records.add_argument("--year", type=int, required=True)
    records.add_argument("--as-of", type=date.fromisoformat)
    account = command("account")
    account.add_argument("what", choices=["add", "role", "password", "factor", "close", "open"])
    account.add_argument("email")
    for option in ("--name", "--collective", "--role", "--group"):
        account.add_argument(option, default="")
    token = command("token")
    token.add_argument("what", choices=["add", "close", "list"])
    token.add_argument("name", nargs="?", default="")
    token.add_argument("--collective", required=True)
    token.add_argument("--by", default="")
    token.add_argument("--scope", nargs="+", default=[])
    token.add_argument("--days", type=int, default=365)
    return root


def _run(asked: argparse.Namespace, language: Language) -> int:
    if asked.command == "demo":
        os.environ.setdefault("PUNTLANDING_LOCAL", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "puntlanding.web.settings")
    make_key(data_folder())
    import django

    django.setup()
    from puntlanding.web import (
        backup_commands,
        commands,
        demo_commands,
        serve_commands,
        table_commands,
        token_commands,
        work_commands,
    )

    todo: dict[str, Callable[[Any, Language], int]] = {
        "demo": demo_commands.demo,
        "migrate": table_commands.migrate,
        "collective": commands.collective,
        "account": commands.account,
        "deliver": commands.deliver,
        "records": commands.records,
        "token": token_commands.token,
        "backup": backup_commands.backup,
        "restore": backup_commands.restore,
        "serve": serve_commands.serve,
        "worker": work_commands.worker,
        "check": commands.check,
    }
    return todo[asked.command](asked, language)


if __name__ == "__main__":
    sys.exit(main())
