"""The pages on people, tokens, the log to take away, statements and verification."""

from __future__ import annotations

from django.urls import URLPattern

from puntlanding.web.pages import admin, collective, log, statements, tokens, verify
from puntlanding.web.route import page
from puntlanding.web.rules import Permission

pages: list[URLPattern] = [
    page("beheer", admin.people, Permission.ADMINISTER, "people", posts=Permission.ADMINISTER),
    page("beheer/<int:person>/", admin.person, Permission.ADMINISTER, "person", posts=Permission.ADMINISTER),
    page("gremium", collective.collective, Permission.SEE_OWN, "collective", posts=Permission.SEE_OWN),
    page("beheer/sleutels", tokens.tokens, Permission.SEE_OWN, "tokens", posts=Permission.SEE_OWN),
    page("logboek.csv", log.log_table, Permission.SEE_AUDIT, "log_table"),
    page("logboek.jsonl", log.log_chain, Permission.SEE_AUDIT, "log_chain"),
    page("controleren", verify.verify, Permission.SEE_OWN, "verify", posts=Permission.SEE_OWN),
    page("<int:year>/afrekening/verklaringen", statements.statements, Permission.SEE_AGREEMENT, "statements"),
    page(
        "<int:year>/afrekening/verklaringen.zip",
        statements.every_statement,
        Permission.SEE_AGREEMENT,
        "every_statement",
    ),
    page(
        "<int:year>/afrekening/verklaringen/<str:statement_of>.pdf",
        statements.statement_file,
        Permission.SEE_AGREEMENT,
        "statement",
    ),
    page(
        "<int:year>/afrekening/verklaringen.json",
        statements.statement_figures,
        Permission.SEE_AGREEMENT,
        "statement_figures",
    ),
    page(
        "<int:year>/afrekening/afspraak.zegel.toml",
        statements.agreement_seal,
        Permission.SEE_AGREEMENT,
        "agreement_seal",
    ),
]
