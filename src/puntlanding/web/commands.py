"""What each command of `puntlanding-web` does, once Django is there."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from django.conf import settings
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from puntlanding.language.notation import Language
from puntlanding.language.sentences import index
from puntlanding.problems import InputError, Problem, near_miss
from puntlanding.web.actions.accounts import PLACE, add_account, close_account, give_role, new_password, set_password
from puntlanding.web.actions.years import add_collective
from puntlanding.web.audit import verified
from puntlanding.web.demo import demo_log_ins, make_demo
from puntlanding.web.desk.models import Collective, User
from puntlanding.web.manage import BAD_INPUT, say
from puntlanding.web.rules import RULES, Role


def migrate(_asked: argparse.Namespace, language: Language) -> int:
    _migrate()
    print(say("migrated", language))
    return 0


def _migrate() -> None:
    with _reachable():
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)


@contextmanager
def _reachable() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        raise InputError([Problem("web_database", "DATABASE_URL")]) from error


def _require_tables() -> None:
    with _reachable():
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise InputError([Problem("web_not_migrated", "DATABASE_URL")])


def demo(asked: argparse.Namespace, language: Language) -> int:
    _migrate()
    password = new_password()
    make_demo(password)
    print(say("demo_done", language, settings.DATA, password) + "\n")
    for email, role, group in demo_log_ins():
        print(f"  {email:<40} {RULES[role].name[index(language)]}{f' ({group})' if group else ''}")
    print()
    if asked.serve:
        return serve(asked, language)
    print(say("demo_next", language, settings.DATA))
    return 0


def collective(asked: argparse.Namespace, language: Language) -> int:
    _require_tables()
    found = add_collective(asked.name, asked.hospital)
    print(say("collective_added", language, found.name, found.hospital))
    return 0


def account(asked: argparse.Namespace, language: Language) -> int:
    _require_tables()
    if asked.what == "add":
        return _add(asked, language)
    user = _user(asked.email)
    if asked.what == "close":
        close_account(user)
        print(say("account_closed", language, user.email))
        return 0
    password = new_password()
    set_password(user, password)
    print(say("password_set", language, user.email, password))
    return 0


def _add(asked: argparse.Namespace, language: Language) -> int:
    from django.db import transaction

    role, where = _role(asked.role), _collective(asked.collective)
    password = new_password()
    with transaction.atomic():
        user = add_account(asked.email, asked.name, password)
        give_role(user, where, role, asked.group)
    print(say("account_added", language, user.email, RULES[role].name[index(language)], where.name, password))
    return 0


def _user(email: str) -> User:
    found = User.objects.filter(email=email.strip().lower()).first()
    if found is None:
        close = near_miss(email, User.objects.values_list("email", flat=True))
        raise InputError([Problem("account_unknown", PLACE, value=email, details={"close": close})])
    return found


def _collective(name: str) -> Collective:
    found = Collective.objects.filter(name=name).first()
    if found is None:
        close = near_miss(name, Collective.objects.values_list("name", flat=True))
        raise InputError([Problem("collective_unknown", "--collective", value=name, details={"close": close})])
    return found


def _role(text: str) -> Role:
    """By its name in either language; blanks and underscores are the same."""
    names = {_plain(name): role for role, rule in RULES.items() for name in (role.value, *rule.name)}
    found = names.get(_plain(text))
    if found is None:
        allowed = ", ".join(rule.name[0] for rule in RULES.values()), ", ".join(rule.name[1] for rule in RULES.values())
        details = {"close": near_miss(text, names), "allowed": allowed}
        raise InputError([Problem("role_unknown", "--role", value=text, details=details)])
    return found


def _plain(text: str) -> str:
    return text.strip().lower().replace("_", " ")


def serve(asked: argparse.Namespace, language: Language) -> int:
    _require_tables()
    if os.name == "nt":
        print(say("no_gunicorn", language), file=sys.stderr)
        return BAD_INPUT
    print(say("serving" if settings.LOCAL else "serving_behind", language, asked.bind), flush=True)
    connection.close()
    return _become_gunicorn(asked.bind, asked.workers)


def _become_gunicorn(bind: str, workers: int) -> NoReturn:
    words = [
        "gunicorn", "puntlanding.web.wsgi:application", "--bind", bind, "--workers", str(workers), "--threads", "4",
        "--timeout", "60", "--max-requests", "10000", "--max-requests-jitter", "1000", "--log-level", "warning",
    ]  # fmt: skip
    os.execv(sys.executable, [sys.executable, "-m", *words])  # noqa: S606  our own interpreter, no shell


def check(_asked: argparse.Namespace, language: Language) -> int:
    found = run_checks(include_deployment_checks=not settings.LOCAL)
    for one in found:
        print(one, file=sys.stderr)
    _require_tables()
    verdict = verified()
    if verdict.broken is not None:
        print(say("check_log", language, verdict.broken), file=sys.stderr)
    if found or verdict.broken is not None:
        return BAD_INPUT
    print(say("check_well", language, verdict.lines))
    return 0
