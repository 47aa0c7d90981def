"""Tokens for programs: one's own to make and withdraw; an administrator sees and withdraws everybody's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from puntlanding.language.sentences import index
from puntlanding.problems import InputError, Problem
from puntlanding.web.access import Access, AccessRequest
from puntlanding.web.actions.tokens import DAYS, LONGEST_NAME, MOST_DAYS, PLACE, SCOPES, add_token, close_token
from puntlanding.web.api.models import Token
from puntlanding.web.pages.base import language_of, shown
from puntlanding.web.pages.wrong import say_wrong
from puntlanding.web.rules import Permission

_WITHDRAWN = (
    "De sleutel {} is ingetrokken en opent niets meer.",
    "The token {} was withdrawn and opens nothing any more.",
)


@dataclass(frozen=True, slots=True)
class Row:
    pk: int
    name: str
    whose: str
    may: str
    until: datetime
    holds: bool
    withdrawn: bool


class TokenForm(forms.Form):
    name = forms.CharField(max_length=LONGEST_NAME)
    days = forms.IntegerField(min_value=1, max_value=MOST_DAYS, initial=DAYS)
    scopes = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, access: Access, which: int, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        may = [(one.value, names[which]) for one, names in SCOPES.items() if access.may(one)]
        self.fields["name"].label = ("Waarvoor, bijvoorbeeld Power BI financiën", "What for, such as Power BI finance")[which]  # fmt: skip
        self.fields["days"].label = (f"Geldig, in dagen (ten hoogste {MOST_DAYS})", f"Valid, in days (at most {MOST_DAYS})")[which]  # fmt: skip
        self.fields["scopes"] = forms.MultipleChoiceField(
            label=("Mag lezen", "May read")[which], choices=may, initial=[one for one, _ in may],
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip


def tokens(request: AccessRequest) -> HttpResponse:
    access, which = request.access, index(language_of(request))
    posted = request.POST if request.method == "POST" else None
    if posted is not None and "withdraw" in posted:
        return _withdraw(request, posted["withdraw"])
    form, secret, status = TokenForm(posted, access=access, which=which), "", 200
    if posted is not None:
        status = 422
        if form.is_valid():
            told = form.cleaned_data
            try:
                scopes = [Permission(one) for one in told["scopes"]]
                _, secret = add_token(access, told["name"], scopes, told["days"], by=access.user)
            except InputError as error:
                say_wrong(request, error.problems)
            else:
                form, status = TokenForm(access=access, which=which), 200
    every = access.may(Permission.ADMINISTER)
    found = Token.objects.filter(collective=access.collective).select_related("user").order_by("name", "-made_at")
    rows = [_row(one, which) for one in (found if every else found.filter(user=access.user))]
    response = shown(
        request, "tokens", "tokens", rows=[one for one in rows if one.holds], past=[one for one in rows if not one.holds],
        form=form, secret=secret, every=every, can=any(access.may(one) for one in SCOPES),
    )  # fmt: skip
    response.status_code = status
    return response


def _withdraw(request: AccessRequest, asked: str) -> HttpResponse:
    """Of others only by an administrator; who asks for another's is told the same as for one that does not exist."""
    access = request.access
    found = Token.objects.filter(collective=access.collective, closed_at=None)
    if not access.may(Permission.ADMINISTER):
        found = found.filter(user=access.user)
    token = found.filter(pk=int(asked)).first() if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    try:
        told = _closed(access, token, request)
    except InputError as error:
        say_wrong(request, error.problems)
    else:
        messages.success(request, told)
    return redirect("tokens")


def _closed(access: Access, token: Token | None, request: AccessRequest) -> str:
    if token is None:
        raise InputError([Problem("token_not_there", PLACE)])
    close_token(access.collective, token.name, by=access.user)
    return _WITHDRAWN[index(language_of(request))].format(token.name)


def _row(one: Token, which: int) -> Row:
    may = ", ".join(names[which] for scope, names in SCOPES.items() if scope.value in one.scopes.split())
    holds = one.closed_at is None and one.expires_at > timezone.now()
    return Row(one.pk, one.name, one.user.display_name, may, one.closed_at or one.expires_at, holds, one.closed_at is not None)  # fmt: skip
