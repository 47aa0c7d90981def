"""What each command of `puntlanding-web` does, once Django is there."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping

from django.conf import settings
from django.core.checks import run_checks
from django.db import transaction

from puntlanding.agreement.content import short
from puntlanding.case import load_case
from puntlanding.language.notation import Language
from puntlanding.language.sentences import index
from puntlanding.problems import InputError, Problem, near_miss
from puntlanding.web.access import Access
from puntlanding.web.actions.accounts import PLACE, add_account, close_account, give_role, new_password, set_password
from puntlanding.web.actions.people import open_account, take_second_factor
from puntlanding.web.actions.sources import choose_source
from puntlanding.web.actions.versions import add_version
from puntlanding.web.actions.years import add_collective, open_year
from puntlanding.web.ahead import ahead
from puntlanding.web.audit import verified
from puntlanding.web.desk.models import Collective, Kind, Membership, User
from puntlanding.web.manage_texts import BAD_INPUT, say
from puntlanding.web.rules import RULES, Role
from puntlanding.web.table_commands import require_tables

KINDS: Mapping[Kind, tuple[str, str]] = {
    Kind.AGREEMENT: ("afspraak", "agreement"),
    Kind.BUDGET: ("begroting", "budget"),
    Kind.ADJUSTMENT: ("bijstelling", "adjustment"),
    Kind.SETTLEMENT: ("afrekening", "settlement"),
}


def collective(asked: argparse.Namespace, language: Language) -> int:
    require_tables()
    found = add_collective(asked.name, asked.hospital)
    print(say("collective_added", language, found.name, found.hospital))
    return 0


def account(asked: argparse.Namespace, language: Language) -> int:
    require_tables()
    if asked.what == "add":
        return _add(asked, language)
    user = user_named(asked.email)
    if asked.what == "role":
        role, where = _role(asked.role), collective_named(asked.collective)
        give_role(user, where, role, asked.group)
        print(say("role_given", language, user.email, RULES[role].name[index(language)], where.name))
        return 0
    if asked.what == "close":
        close_account(user)
        print(say("account_closed", language, user.email))
        return 0
    if asked.what == "factor":
        take_second_factor(user)
        print(say("factor_taken", language, user.email))
        return 0
    password = new_password()
    if asked.what == "open":
        open_account(user, password)
    else:
        set_password(user, password)
    print(say("password_set", language, user.email, password))
    return 0


def _add(asked: argparse.Namespace, language: Language) -> int:
    role, where = _role(asked.role), collective_named(asked.collective)
    password = new_password()
    with transaction.atomic():
        user = add_account(asked.email, asked.name, password)
        give_role(user, where, role, asked.group)
    print(say("account_added", language, user.email, RULES[role].name[index(language)], where.name, password))
    return 0


def deliver(asked: argparse.Namespace, language: Language) -> int:
    """On behalf of somebody whose role may deliver; the files are checked as the command line checks them."""
    require_tables()
    where, kind, case = collective_named(asked.collective), _kind(asked.kind), asked.case
    member = (
        Membership.objects.select_related("user", "collective")
        .filter(user=user_named(asked.by), collective=where)
        .first()
    )
    if member is None:
        raise InputError([Problem("member_unknown", "--by", value=asked.by)])
    if not case.is_dir():
        raise InputError([Problem("case_not_delivered", case.name, value=str(case))])
    access, number = Access.of(member), load_case(case).checked().agreement.year
    with transaction.atomic():
        version = add_version(access, open_year(access, number), kind, case, asked.note)
    name = KINDS[kind][index(language)]
    print(say("delivered", language, name, number, version.number, short(version.content_hash)))
    return 0


def records(asked: argparse.Namespace, language: Language) -> int:
    require_tables()
    found = choose_source(collective_named(asked.collective), asked.year, asked.store, asked.hospital, asked.as_of)
    print(say("source_chosen", language, found.year.year, found.hospital))
    ahead(found.year)
    return 0


def _kind(text: str) -> Kind:
    names = {_plain(name): kind for kind, texts in KINDS.items() for name in texts}
    found = names.get(_plain(text))
    if found is None:
        allowed = ", ".join(texts[0] for texts in KINDS.values()), ", ".join(texts[1] for texts in KINDS.values())
        details = {"close": near_miss(text, names), "allowed": allowed}
        raise InputError([Problem("kind_unknown", "--kind", value=text, details=details)])
    return found


def user_named(email: str) -> User:
    found = User.objects.filter(email=email.strip().lower()).first()
    if found is None:
        close = near_miss(email, User.objects.values_list("email", flat=True))
        raise InputError([Problem("account_unknown", PLACE, value=email, details={"close": close})])
    return found


def collective_named(name: str) -> Collective:
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


def check(_asked: argparse.Namespace, language: Language) -> int:
    found = run_checks(include_deployment_checks=not settings.LOCAL)
    for one in found:
        print(one, file=sys.stderr)
    require_tables()
    verdict = verified()
    if verdict.broken is not None:
        print(say("check_log", language, verdict.broken), file=sys.stderr)
    if found or verdict.broken is not None:
        return BAD_INPUT
    print(say("check_well", language, verdict.lines))
    return 0
