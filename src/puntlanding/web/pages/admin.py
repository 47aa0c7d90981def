"""Who may come in: the people of the collective, and what an administrator does for each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from puntlanding.language.sentences import index
from puntlanding.problems import InputError
from puntlanding.web.access import Access, AccessRequest
from puntlanding.web.actions import people as doing
from puntlanding.web.desk.models import Membership
from puntlanding.web.desk.queries import dossier_of, latest, years
from puntlanding.web.pages.base import language_of, shown
from puntlanding.web.pages.wrong import say_wrong
from puntlanding.web.rules import RULES, Role

_DONE: Mapping[str, tuple[str, str]] = {
    "role": ("{0} heeft nu de rol {1}. Dat geldt meteen.", "{0} now has the role {1}. That holds at once."),
    "added": ("{0} is toegevoegd en logt in met het wachtwoord van het account dat er al was.", "{0} was added and logs in with the password of the account that was there."),
    "end": ("{0} heeft hier geen rol meer. Dat geldt meteen.", "{0} has no role here any more. That holds at once."),
    "factor": ("De tweede factor van {0} is weg. Bij het volgende inloggen stelt {0} een nieuwe in.", "The second factor of {0} is gone. At the next log-in {0} sets up a new one."),
    "close": ("Het account van {0} is gesloten, op elk apparaat.", "The account of {0} is closed, on every device."),
    "mailed": ("De link is gemaild aan {1}.", "The link was mailed to {1}."),
}  # fmt: skip
_MAIL = (
    "Kies uw wachtwoord voor puntlanding",
    "Met deze link kiest u een wachtwoord. Zij werkt één keer, tot en met {until}.\n\n{link}\n\n"
    "With this link you choose a password. It works once, until {until}.\n",
)


@dataclass(frozen=True, slots=True)
class Person:
    """``last`` is None for who never logged in."""

    pk: int
    name: str
    email: str
    role: str
    group: str
    last: datetime | None
    second_factor: bool
    active: bool
    own: bool


class RoleForm(forms.Form):
    role = forms.ChoiceField()
    group = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, which: int, groups: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        named = [(role.value, RULES[role].name[which]) for role in Role]
        self.fields["role"] = forms.ChoiceField(
            label=("Rol", "Role")[which], choices=[("", ("kies een rol", "choose a role")[which]), *named]
        )
        none = ("geen: ziet alle vakgroepen, of geen cijfers", "none: sees every group, or no figures")[which]
        self.fields["group"] = forms.ChoiceField(
            label=("Vakgroep", "Group")[which], required=False, choices=[("", none), *((one, one) for one in groups)]
        )


class PersonForm(RoleForm):
    email = forms.EmailField()
    display_name = forms.CharField(max_length=doing.LONGEST_NAME)
    field_order = ("email", "display_name", "role", "group")

    def __init__(self, *args: Any, which: int, groups: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, which=which, groups=groups, **kwargs)
        self.fields["email"].label = ("E-mailadres", "E-mail address")[which]
        self.fields["display_name"].label = ("Naam, zoals in het logboek", "Name, as in the log")[which]


def people(request: AccessRequest) -> HttpResponse:
    """The list, and adding somebody to it."""
    access, which = request.access, index(language_of(request))
    there = groups_of(request)
    posted = request.POST if request.method == "POST" else None
    form, given, status = PersonForm(posted, which=which, groups=there), "", 200
    if posted is not None:
        status = 422
        if form.is_valid():
            told = form.cleaned_data
            try:
                role = Role(told["role"])
                member, link = doing.add_person(
                    access, told["email"], told["display_name"], role, told["group"], groups=there
                )
            except InputError as error:
                say_wrong(request, error.problems)
            else:
                given, status = _handed(request, member, link), 200
                if not link:
                    _say(request, "added", member)
                if not given:
                    return redirect("people")
                form = PersonForm(None, which=which, groups=there)
                return _list(request, form, there, status, given=given, whose=member.user.display_name)
    return _list(request, form, there, status)


def _list(request: AccessRequest, form: PersonForm, there: tuple[str, ...], status: int, **more: Any) -> HttpResponse:
    known = _people(request.access, index(language_of(request)))
    roles = [(rule.name[index(language_of(request))], rule.why[index(language_of(request))]) for rule in RULES.values()]
    response = shown(
        request, "people", "admin", people=[one for one in known if one.active], closed=[one for one in known if not one.active],
        without=sum(1 for one in known if one.active and not one.second_factor), form=form, groups=there, roles=roles,
        until=_until(), **more,
    )  # fmt: skip
    response.status_code = status
    return response


def person(request: AccessRequest, person: int) -> HttpResponse:
    """One of them, and what can be done."""
    member = Membership.objects.select_related("user", "collective").filter(
        pk=person, collective=request.access.collective
    ).first()  # fmt: skip
    if member is None:
        raise Http404
    which, there = index(language_of(request)), groups_of(request)
    at_first = {"role": member.role, "group": member.group}
    form, given, status = RoleForm(None, which=which, groups=there, initial=at_first), "", 200
    if request.method == "POST":
        what = request.POST.get("what", "")
        if what == "role":
            form = RoleForm(request.POST, which=which, groups=there)
        try:
            done = _do(request, member, what, form, there)
        except InputError as error:
            say_wrong(request, error.problems)
            done = None
        if done is None:
            status = 422
        elif done:
            given = _handed(request, member, done)
        if done is not None and not given:
            return redirect("people") if what == "end" else redirect("person", person)
        member.user.refresh_from_db()
    told = _person(member, frozenset(_secured()), which, request.access)
    response = shown(
        request, "people", "admin_person", person=told, form=form, given=given, whose=told.name, until=_until()
    )
    response.status_code = status
    return response


def _do(request: AccessRequest, member: Membership, what: str, form: RoleForm, there: tuple[str, ...]) -> str | None:
    """The address that was made, "" where there is none, None where nothing was done."""
    access = request.access
    if what == "role":
        if not form.is_valid():
            return None
        role = Role(form.cleaned_data["role"])
        doing.change_role(access, member, role, form.cleaned_data["group"], groups=there)
        _say(request, "role", member, RULES[role].name[index(language_of(request))])
        return ""
    acts: Mapping[str, Callable[[Access, Membership], str | None]] = {
        "link": doing.new_link,
        "reopen": doing.reopen_person,
        "factor": doing.reset_second_factor,
        "close": doing.close_person,
        "end": doing.end_role,
    }
    if what not in acts:
        return None
    link = acts[what](access, member)
    if link is None:
        _say(request, what, member)
    return link or ""


def _handed(request: AccessRequest, member: Membership, link: str) -> str:
    """By mail where there is a server for it, and else (or where that fails) on this page, once."""
    if not link:
        return ""
    address = request.build_absolute_uri(link)
    if not settings.MAIL:
        return address
    subject, text = _MAIL
    until = f"{timezone.localtime(_until()):%d-%m-%Y %H:%M}"
    try:
        send_mail(subject, text.format(link=address, until=until), None, [member.user.email])
    except OSError:  # smtplib's own are of this kind too
        return address
    _say(request, "mailed", member, member.user.email)
    return ""


def _until() -> datetime:
    return timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)


def _say(request: AccessRequest, what: str, member: Membership, *more: str) -> None:
    words = _DONE[what][index(language_of(request))]
    messages.success(request, words.format(member.user.display_name, *more))


def groups_of(request: AccessRequest) -> tuple[str, ...]:
    """Names of the groups in the newest version that can be read: names only, for who sees no figures."""
    for year in years(request.access):
        version = latest(year)
        try:
            dossier = None if version is None else dossier_of(version, language_of(request))
        except InputError:
            continue
        if dossier is not None:
            return tuple(group.name for group in dossier.case.groups)
    return ()


def _people(access: Access, which: int) -> list[Person]:
    found = Membership.objects.filter(collective=access.collective).select_related("user", "collective")
    secured = frozenset(_secured())
    return [_person(one, secured, which, access) for one in found.order_by("user__display_name", "pk")]


def _secured() -> list[int]:
    return list(Authenticator.objects.filter(type=Authenticator.Type.TOTP).values_list("user_id", flat=True))


def _person(one: Membership, secured: frozenset[int], which: int, access: Access) -> Person:
    user = one.user
    return Person(
        one.pk, user.display_name, user.email, RULES[Role(one.role)].name[which], one.group, user.last_login,
        user.pk in secured, user.is_active, user.pk == access.user.pk,
    )  # fmt: skip
