"""Who may come in, with which tokens, and what the log tells of it: in the pages as people use them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from puntlanding.web.rules import Role
from web_site import PASSWORD, access_as, client_of, user_of

pytestmark = pytest.mark.integration

NEW = {"email": "Nieuw@msb.example", "display_name": "Nieuwe controller", "role": "collective_controller", "group": ""}
CHOSEN = "een-heel-ander-woord-8"


@pytest.fixture
def admin(desk):
    from django.core.cache import cache

    cache.clear()
    return client_of(Role.ADMINISTRATOR)


def member(email):
    from puntlanding.web.desk.models import Membership

    return Membership.objects.get(user__email=email)


def page_of(email):
    return f"/beheer/{member(email).pk}/"


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def kinds():
    from puntlanding.web.desk.models import Event

    return list(Event.objects.order_by("-number").values_list("kind", flat=True)[:4])


def link_in(answer):
    return re.search(r"http://testserver(/account/password/reset/key/[^<]+)", answer.content.decode()).group(1)


def choose_password(link, password=CHOSEN):
    """As the person does who got the link, in their own browser."""
    from django.test import Client

    browser = Client()
    there = browser.get(link)
    if there.status_code != 302:
        return there
    return browser.post(there["Location"], {"password1": password, "password2": password})


def comes_in(email, password=CHOSEN):
    from django.test import Client

    browser = Client()
    browser.post("/account/login/", {"login": email, "password": password})
    return browser if browser.get("/").headers.get("Location", "").startswith("/account/login") is False else None


def test_somebody_is_added_chooses_a_password_once_and_comes_in(admin):
    answer = admin.post("/beheer", NEW)
    link = link_in(answer)
    assert "U ziet haar alleen nu" in text_of(answer)
    assert kinds()[:3] == ["password_link_made", "role_given", "account_added"]
    assert link not in admin.get("/beheer").content.decode()
    assert choose_password(link).status_code == 302
    assert comes_in("nieuw@msb.example").get("/2026/").status_code == 200
    assert choose_password(link, "nog-een-ander-woord-9").status_code == 200  # it worked once
    assert comes_in("nieuw@msb.example", "nog-een-ander-woord-9") is None


def test_who_came_by_a_link_sets_up_the_second_factor_that_is_asked(admin):
    from django.test.utils import override_settings

    choose_password(link_in(admin.post("/beheer", NEW)))
    browser = comes_in("nieuw@msb.example")
    with override_settings(SECOND_FACTOR_REQUIRED=True):
        there = browser.get("/2026/")["Location"]
        assert there == "/account/2fa/totp/activate/"
        answer = browser.get(there)
        assert answer.status_code == 200 or "reauthenticate" in answer["Location"]
        browser.post("/account/reauthenticate/?next=" + there, {"password": CHOSEN})
        assert "Stel een tweede factor in" in text_of(browser.get(there))


def test_a_link_holds_three_days(admin):
    from django.test.utils import override_settings

    link = link_in(admin.post("/beheer", NEW))
    with override_settings(PASSWORD_RESET_TIMEOUT=-1):
        assert choose_password(link).status_code == 200
    assert comes_in("nieuw@msb.example") is None


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"role": "specialist"}, "Noem die vakgroep erbij"),
        ({"group": "Cardiologie"}, "Laat de vakgroep weg"),
        ({"email": "controller@msb.example"}, "heeft hier al een rol"),
        ({"email": "geen adres"}, "geldig e-mailadres"),
        ({"display_name": ""}, "verplicht"),
        ({"role": "koning"}, "Selecteer een geldige keuze"),
        ({"role": "specialist", "group": "Bestaat niet"}, "Selecteer een geldige keuze"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(admin, change, told):
    from puntlanding.web.desk.models import Event, User

    before = User.objects.count(), Event.objects.count()
    answer = admin.post("/beheer", NEW | change)
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert 'value="Nieuwe controller"' in answer.content.decode() or "display_name" in change
    assert (User.objects.count(), Event.objects.count()) == before


def test_groups_are_those_of_the_newest_version(admin):
    options = re.findall(r'<option value="([^"]+)">\1</option>', admin.get("/beheer").content.decode())
    assert options[:2] == ["Cardiologie", "Dermatologie"] or "Cardiologie" in options
    assert len(options) == 15


def test_the_list_says_who_and_no_more(admin):
    text = text_of(admin.get("/beheer"))
    assert "8 mensen mogen inloggen; 8 daarvan hebben hier nog geen tweede factor" in text
    assert "accountant@kantoor.example" in text
    assert not re.search(r"€|norm fte \d|\d,\d\d %", text)


def test_another_role_counts_from_the_next_request(admin):
    browser = client_of(Role.SPECIALIST)
    assert browser.get("/2026/verdeling").status_code == 200
    assert admin.post(page_of("specialist@msb.example"), {"what": "role", "role": "hospital_board", "group": ""}).status_code == 302  # fmt: skip
    assert browser.get("/2026/verdeling").status_code == 403
    assert kinds()[0] == "role_given"


def test_a_closed_account_is_out_at_once_everywhere_and_can_be_opened_again(admin):
    from django.test import Client

    from puntlanding.web.actions.tokens import add_token

    there = page_of("controller@msb.example")
    browser = comes_in("controller@msb.example", PASSWORD)
    _, secret = add_token(access_as(Role.COLLECTIVE_CONTROLLER), "Power BI")
    program = {"headers": {"Authorization": f"Bearer {secret}"}}
    assert Client().get("/api/v1/jaren", **program).status_code == 200
    admin.post(there, {"what": "close"})
    assert browser.get("/2026/")["Location"].startswith("/account/login/")
    assert Client().get("/api/v1/jaren", **program).status_code == 401
    assert comes_in("controller@msb.example", PASSWORD) is None
    assert admin.post(there, {"what": "link"}).status_code == 422
    choose_password(link_in(admin.post(there, {"what": "reopen"})))
    assert comes_in("controller@msb.example").get("/2026/").status_code == 200
    assert comes_in("controller@msb.example", PASSWORD) is None


def test_a_new_link_ends_the_old_password_its_sessions_and_earlier_links(admin):
    there, browser = page_of("controller@msb.example"), comes_in("controller@msb.example", PASSWORD)
    first = link_in(admin.post(there, {"what": "link"}))
    assert browser.get("/2026/").status_code == 302
    assert comes_in("controller@msb.example", PASSWORD) is None
    second = link_in(admin.post(there, {"what": "link"}))
    assert choose_password(first).status_code == 200
    assert choose_password(second).status_code == 302


def test_a_second_factor_is_taken_away_with_the_sessions(admin):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    browser, user = comes_in("controller@msb.example", PASSWORD), user_of("collective_controller")
    there = page_of(user.email)
    assert "geen tweede factor" in text_of(admin.post(there, {"what": "factor"}))
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    assert "met tweede factor" in text_of(admin.get(there))
    admin.post(there, {"what": "factor"})
    assert "zonder tweede factor" in text_of(admin.get(there))
    assert not user.authenticator_set.exists()
    assert browser.get("/2026/").status_code == 302
    assert kinds()[0] == "second_factor_reset"


@pytest.mark.parametrize("what", ["role", "link", "factor", "close", "end"])
def test_nobody_does_it_to_themselves(admin, what):
    from puntlanding.web.desk.models import Event

    before = Event.objects.count()
    asked = {"what": what, "role": "collective_board", "group": ""}
    answer = admin.post(page_of("beheerder@ziekenhuis.example"), asked)
    assert answer.status_code == 422
    assert "verandert een andere beheerder" in text_of(answer)
    assert Event.objects.count() == before
    assert member("beheerder@ziekenhuis.example").role == "administrator"


def test_of_two_administrators_who_end_each_other_one_stays(any_desk):
    from django.db import connections

    from puntlanding.problems import InputError
    from puntlanding.web.access import Access
    from puntlanding.web.actions.accounts import add_account, give_role
    from puntlanding.web.actions.people import end_role
    from puntlanding.web.desk.models import Membership

    first = member("beheerder@ziekenhuis.example")
    second = give_role(add_account("twee@msb.example", "Twee", CHOSEN), first.collective, Role.ADMINISTRATOR)

    def end(pair):
        try:
            end_role(Access.of(pair[0]), pair[1])
        except InputError as error:
            return error.problems[0].code
        finally:
            connections.close_all()
        return "ended"

    with ThreadPoolExecutor(2) as threads:
        found = sorted(threads.map(end, [(first, second), (second, first)]))
    assert found == ["ended", "not_yours"]
    assert Membership.objects.filter(role="administrator").count() == 1


def test_who_belongs_elsewhere_too_keeps_the_account(admin):
    from puntlanding.web.actions.accounts import give_role
    from puntlanding.web.actions.years import add_collective

    user = user_of("auditor")
    there = page_of(user.email)
    give_role(user, add_collective("MSB Elders", "Ziekenhuis Elders"), Role.AUDITOR)
    there = f"/beheer/{user.memberships.get(collective__name='MSB Voorbeeld').pk}/"
    for what in ("link", "factor", "close"):
        assert "ook bij een ander gremium" in text_of(admin.post(there, {"what": what}))
    assert admin.post(there, {"what": "end"})["Location"] == "/beheer"
    assert user.memberships.get().collective.name == "MSB Elders"


def test_where_there_is_mail_the_link_goes_by_mail(admin):
    from django.core import mail
    from django.test.utils import override_settings

    with override_settings(MAIL=True, EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        answer = admin.post("/beheer", NEW)
        assert answer.status_code == 302
        sent = mail.outbox.pop()
        assert sent.to == ["nieuw@msb.example"]
        assert choose_password(re.search(r"http://testserver(/\S+)", sent.body).group(1)).status_code == 302


# Tokens


def test_a_token_is_shown_once_and_no_more_than_the_role(desk):
    from django.test import Client

    browser = client_of(Role.HOSPITAL_FINANCE)
    answer = browser.post("/beheer/sleutels", {"name": "Power BI", "days": "30", "scopes": ["see_year"]})
    secret = re.search(r"pl_[\w-]{40,}", answer.content.decode()).group()
    assert secret not in browser.get("/beheer/sleutels").content.decode()
    program = {"headers": {"Authorization": f"Bearer {secret}"}}
    assert Client().get("/api/v1/jaren", **program).status_code == 200
    assert Client().get("/api/v1/jaren/2026/versies", **program).status_code == 403
    refused = browser.post("/beheer/sleutels", {"name": "Meer", "days": "30", "scopes": ["see_distribution"]})
    assert refused.status_code == 422
    assert "see_distribution" not in browser.get("/beheer/sleutels").content.decode()


def test_one_withdraws_one_s_own_and_an_administrator_everybody_s(admin):
    from puntlanding.web.actions.tokens import add_token

    first, _ = add_token(access_as(Role.AUDITOR), "een")
    second, _ = add_token(access_as(Role.AUDITOR), "twee")
    board = client_of(Role.HOSPITAL_BOARD)
    assert "een" not in re.findall(r'<th scope="row">(.*?)</th>', board.get("/beheer/sleutels").content.decode())
    assert "is er niet" in text_of(board.post("/beheer/sleutels", {"withdraw": str(first.pk)}, follow=True))
    for who, token in ((client_of(Role.AUDITOR), first), (admin, second)):
        assert "is ingetrokken" in text_of(who.post("/beheer/sleutels", {"withdraw": str(token.pk)}, follow=True))
        token.refresh_from_db()
        assert token.closed_at is not None
    for nonsense in ("", "x", "9" * 30, "²"):
        assert admin.post("/beheer/sleutels", {"withdraw": nonsense}).status_code == 302


# The log


def test_coming_in_failing_and_being_locked_out_are_lines_without_what_was_typed(admin):
    from django.test import Client

    from puntlanding.web.audit import verified
    from puntlanding.web.desk.models import Event

    before = Event.objects.count()
    assert comes_in("controller@msb.example", PASSWORD)
    assert kinds()[0] == "logged_in"
    typed = "geheim-woord-dat-niemand-mag-zien"
    for address in ("controller@msb.example", "vreemd@elders.example"):
        for _ in range(8):
            Client().post("/account/login/", {"login": address, "password": typed})
    found = list(Event.objects.filter(number__gt=before).values_list("kind", flat=True))
    assert found.count("log_in_failed") == 10
    assert found.count("locked_out") == 2  # once while it lasts, however often somebody tries
    kept = json.dumps(list(Event.objects.values_list("details", flat=True)))
    assert typed not in kept
    assert "elders.example" not in kept
    assert "een onbekend adres" in text_of(admin.get("/logboek"))
    assert "een onbekend adres" not in text_of(client_of(Role.AUDITOR).get("/logboek"))
    assert "is tijdelijk geblokkeerd" in text_of(client_of(Role.AUDITOR).get("/logboek?soort=inloggen"))
    assert verified().broken is None


def test_changing_how_one_comes_in_is_told(admin):
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    browser = comes_in("controller@msb.example", PASSWORD)
    changed = {"oldpassword": PASSWORD, "password1": CHOSEN, "password2": CHOSEN}
    assert browser.post("/account/password/change/", changed).status_code == 302
    assert kinds()[0] == "password_changed"
    there = "/account/2fa/totp/activate/"
    secret = browser.get(there, follow=True).context["form"].secret if browser.get(there).status_code == 200 else None
    if secret is None:
        browser.post(browser.get(there)["Location"], {"password": CHOSEN})
        secret = browser.get(there).context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    assert browser.post(there, {"code": code}).status_code == 302
    assert "second_factor_added" in kinds()
    assert browser.post("/account/2fa/totp/deactivate/").status_code == 302
    assert "second_factor_removed" in kinds()


def test_logging_out_elsewhere_leaves_this_one(desk):
    here, elsewhere = (comes_in("controller@msb.example", PASSWORD) for _ in range(2))
    assert "Op 2 plaatsen" in text_of(here.get("/account/sessies/"))
    here.post("/account/sessies/")
    assert elsewhere.get("/2026/").status_code == 302
    assert here.get("/2026/").status_code == 200
    assert kinds()[0] == "sessions_ended"
    assert "Alleen hier" in text_of(here.get("/account/sessies/"))


def numbers(browser, query):
    return [int(one) for one in re.findall(r'<li value="(\d+)"', browser.get(f"/logboek{query}").content.decode())]


def test_the_log_by_kind_person_and_period(admin):
    from puntlanding.web.desk.models import Event

    board = user_of("hospital_board")
    every = numbers(admin, "")
    assert len(numbers(admin, "?soort=versies")) < len(every)
    given = numbers(admin, f"?soort=versies&wie={board.pk}")
    assert given == sorted(
        Event.objects.filter(actor=board, kind__startswith="version_").values_list("number", flat=True), reverse=True
    )
    assert numbers(admin, "?van=2000-01-01&tot=2000-12-31") == []
    assert "In deze keuze is niets vastgelegd" in text_of(admin.get("/logboek?tot=2000-12-31"))
    assert "is geen datum" in text_of(admin.get("/logboek?van=31-12-2026"))
    for odd in (
        "?soort=x",
        "?wie=abc",
        "?wie=" + "9" * 40,
        "?deel=-3",
        "?deel=x",
        "?van=9999-12-31",
        "?tot=9999-12-31",
    ):
        assert admin.get(f"/logboek{odd}").status_code == 200
    assert all(can_be_found(kind) for kind in every_kind())


def every_kind():
    from puntlanding.web.audit import EventKind

    return [one.value for one in EventKind]


def can_be_found(kind):
    from puntlanding.web.pages.log import SORTS

    return any(kind.startswith(start) for _, starts in SORTS.values() for start in starts)


def taken(browser, address):
    return b"".join(browser.get(address).streaming_content)


def test_the_log_as_a_table_holds_no_formula(admin):
    admin.post("/beheer", NEW | {"display_name": "=HYPERLINK(1)"})
    rows = list(csv.reader(io.StringIO(taken(admin, "/logboek.csv?soort=mensen").decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["regel", "moment", "wie", "soort", "wat", "hash"]
    assert any("=HYPERLINK" in row[4] for row in rows)
    assert not any(cell[:1] in "=+-@" for row in rows for cell in row if cell)
    assert {row[3] for row in rows[1:]} <= {"account_added", "role_given", "password_link_made", "collective_added"}


def verify_chain(lines):
    """The recipe of the documentation."""
    before = "0" * 64
    for line in lines:
        told = json.loads(line)
        stated = told.pop("hash")
        assert told["vorige"] == before
        if "soort" in told:
            text = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
            assert hashlib.sha256(text.encode()).hexdigest() == stated
        before = stated
    return before


def test_anybody_can_verify_the_chain_and_reads_nobody_else_s_lines(admin):
    from puntlanding.web.actions.years import add_collective
    from puntlanding.web.desk.models import Head

    add_collective("MSB Elders", "Geheim ziekenhuis")
    text = taken(client_of(Role.AUDITOR), "/logboek.jsonl").decode()
    assert verify_chain(text.splitlines()) == Head.objects.get().hash
    assert "Geheim ziekenhuis" not in text
    lines = text.splitlines()
    changed = lines[4].replace('"soort":"', '"soort":"niet_')
    for broken in ([*lines[:6], *lines[7:]], [*lines[:4], changed, *lines[5:]]):
        with pytest.raises(AssertionError):
            verify_chain(broken)


def test_the_page_says_how_far_the_log_was_worked_out(admin, monkeypatch):
    from django.db import connection

    from puntlanding.web import log_checked
    from puntlanding.web.desk.models import Event

    last = Event.objects.order_by("-number").first().number
    assert f"Nagerekend tot en met regel {last}," in text_of(admin.get("/logboek"))
    monkeypatch.setattr(log_checked, "AT_ONCE", 5)
    log_checked.cache.clear()
    assert "tot en met regel 5," in text_of(admin.get("/logboek"))
    assert "tot en met regel 10," in text_of(admin.get("/logboek"))
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER desk_event_update")
        cursor.execute("UPDATE desk_event SET kind = 'year_opened' WHERE number = 12")
    assert "Vanaf regel 12 is het logboek niet meer" in text_of(admin.get("/logboek"))


def by_command(capsys, *words):
    from puntlanding.web.manage import main

    status = main(["account", *words])
    told = capsys.readouterr()
    return status, told.out + told.err


def test_who_runs_the_machine_helps_the_last_administrator(desk, capsys):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    user = user_of("administrator")
    status, told = by_command(capsys, "factor", user.email)
    assert (status, "geen tweede factor" in told) == (1, True)
    TOTP.activate(user, generate_totp_secret())
    assert by_command(capsys, "factor", user.email)[0] == 0
    assert not user.authenticator_set.exists()
    assert "al open" in by_command(capsys, "open", user.email)[1]
    assert by_command(capsys, "close", user.email)[0] == 0
    status, told = by_command(capsys, "open", user.email)
    password = re.search(r"\w{5}(-\w{5}){3}", told).group()
    assert comes_in(user.email, password).get("/beheer").status_code == 200
    assert {"second_factor_reset", "account_reopened"} <= set(
        re.findall(r";(\w+);", taken(client_of(Role.AUDITOR), "/logboek.csv").decode())
    )
