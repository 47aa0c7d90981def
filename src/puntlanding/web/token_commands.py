"""`puntlanding-web token`: who reads by a program, from when until when."""

from __future__ import annotations

import argparse

from django.utils import timezone

from puntlanding.language.notation import Language
from puntlanding.language.sentences import index, visible
from puntlanding.problems import InputError, Problem
from puntlanding.web.access import Access
from puntlanding.web.actions.tokens import SCOPES, add_token, close_token, scopes_of
from puntlanding.web.api.models import Token
from puntlanding.web.commands import collective_named, user_named
from puntlanding.web.desk.models import Membership
from puntlanding.web.manage_texts import say
from puntlanding.web.table_commands import require_tables


def token(asked: argparse.Namespace, language: Language) -> int:
    require_tables()
    where = collective_named(asked.collective)
    if asked.what == "list":
        found = Token.objects.filter(collective=where).select_related("user").order_by("name", "-made_at")
        print("\n".join(_line(one, language) for one in found) or say("no_tokens", language))
    elif asked.what == "close":
        print(say("token_closed", language, close_token(where, asked.name).name))
    else:
        scopes, user = scopes_of(asked.scope), user_named(asked.by)
        member = Membership.objects.select_related("user", "collective").filter(user=user, collective=where).first()
        if member is None:
            raise InputError([Problem("member_unknown", "--by", value=asked.by)])
        made, secret = add_token(Access.of(member), asked.name, scopes, asked.days)
        until = f"{timezone.localtime(made.expires_at):%d-%m-%Y}"
        print(say("token_added", language, made.name, user.email, _may(made, language), until, secret))
    return 0


def _may(one: Token, language: Language) -> str:
    return ", ".join(names[index(language)] for scope, names in SCOPES.items() if scope in one.scopes.split())


def _line(one: Token, language: Language) -> str:
    now = timezone.now()
    state = "token_withdrawn" if one.closed_at else "token_expired" if one.expires_at <= now else "token_holds"
    until = one.closed_at or one.expires_at
    told = say(state, language, f"{timezone.localtime(until):%d-%m-%Y}")
    return f"{visible(one.name)}: {one.user.email}; {_may(one, language)}; {told}"
