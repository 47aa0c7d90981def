"""What programs read: every token × every address by the table of rules, and the same figures as everywhere else."""

from __future__ import annotations

import base64
import io
import json
from datetime import timedelta

import pytest
from command import run

from puntlanding.problems import InputError
from puntlanding.web.rules import RULES, Detail, Permission, Role
from web_site import access_as, user_of

pytestmark = pytest.mark.integration

AMONG_OTHERS = ("benchmark", "efficiency")  # as JSON and CSV
STAGES = {"budget": "begroting", "monitor": "volgen", "settle": "afrekening", "distribute": "verdeling"}
MANY = 2 + 3 * len(STAGES) + 2 * len(AMONG_OTHERS) + 3 + 1  # the forecast, and its events
ALL = "see_year see_agreement see_distribution"
PARQUET = "/api/v1/jaren/2026/afrekening.parquet"
JSON = "/api/v1/jaren/2026/afrekening.json"


@pytest.fixture(scope="session")
def addresses(web):
    from puntlanding.web.api.urls import urlpatterns

    return [
        (f"/api/v1/{one.pattern}".replace("<year>", "2026"), one) for one in urlpatterns if one.name != "api_document"
    ]


def secret_of(role, scopes=ALL, **changed):
    """A token whose row says more than the action would allow: the door must look at the role itself."""
    from django.utils import timezone

    from puntlanding.web.actions.tokens import hash_of
    from puntlanding.web.api.models import Token

    access, secret = access_as(role), f"pl_{role.value}{Token.objects.count()}"
    fields = {"made_at": timezone.now(), "expires_at": timezone.now() + timedelta(days=1), "name": secret} | changed
    Token.objects.create(collective=access.collective, user=access.user, scopes=scopes, hash=hash_of(secret), **fields)
    return secret


def ask(address, secret="", language="nl", **headers):
    from django.test import Client

    told = {"Authorization": f"Bearer {secret}"} if secret else {}
    return Client().get(address, headers={"Accept-Language": language} | told | headers)


def there(address):
    """The demonstration's year has no records to make a forecast of."""
    return 404 if "/prognose." in address else 200


def sentence_of(answer):
    (fault,) = answer.json()["fouten"]
    return fault["melding"]


def test_every_address_asks_for_a_token(desk, addresses):
    assert len(addresses) == MANY
    for address, one in addresses:
        assert isinstance(one.callback.by_token.permission, Permission)
        for header in (
            "",
            "Bearer ",
            "Bearer onzin",
            "Basic onzin",
            "Basic " + base64.b64encode(b"x").decode(),
            "Iets x",
        ):
            answer = ask(address, Authorization=header)
            assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="puntlanding"'), address
            assert answer["Cache-Control"] == "no-store"
            assert "Sleutels voor programma" in sentence_of(answer)


def test_a_session_opens_nothing(desk, addresses):
    from web_site import client_of

    client = client_of(Role.AUDITOR)
    assert {client.get(address).status_code for address, _ in addresses} == {401}


@pytest.mark.parametrize("role", list(Role))
def test_every_role_at_every_address(desk, addresses, role):
    secret = secret_of(role)
    for address, one in addresses:
        answer = ask(address, secret)
        allowed = one.callback.by_token.permission in RULES[role].permissions
        assert answer.status_code == (there(address) if allowed else 403), address
        if not allowed:
            assert "rol" in sentence_of(answer)


@pytest.mark.parametrize("scope", ALL.split())
def test_a_token_may_no_more_than_its_scopes(desk, addresses, scope):
    secret = secret_of(Role.AUDITOR, scope)
    for address, one in addresses:
        expected = there(address) if one.callback.by_token.permission == scope else 403
        assert ask(address, secret).status_code == expected, address
    if scope == Permission.SEE_YEAR:
        assert "verantwoording" not in ask(JSON, secret).json()  # it holds the agreement


def test_the_distribution_is_not_the_hospital_s(desk):
    for role in (Role.HOSPITAL_FINANCE, Role.HOSPITAL_BOARD):
        for form in ("json", "csv", "parquet"):
            assert ask(f"/api/v1/jaren/2026/verdeling.{form}", secret_of(role)).status_code == 403


def test_what_no_longer_holds_opens_nothing(desk):
    from django.utils import timezone

    from puntlanding.web.actions.accounts import close_account, take_role

    past = timezone.now() - timedelta(seconds=1)
    assert ask(JSON, secret_of(Role.AUDITOR, expires_at=past)).status_code == 401
    assert ask(JSON, secret_of(Role.AUDITOR, closed_at=past)).status_code == 401
    secret = secret_of(Role.AUDITOR)
    assert ask(JSON, secret).status_code == 200
    user = user_of(Role.AUDITOR)
    take_role(user.memberships.get())
    assert ask(JSON, secret).status_code == 403
    close_account(user)
    assert ask(JSON, secret).status_code == 401


def test_a_token_is_shown_once_and_withdrawn(any_desk):
    from puntlanding.web.actions.tokens import add_token, close_token
    from puntlanding.web.api.models import Token
    from puntlanding.web.audit import verified
    from puntlanding.web.desk.models import Event

    access = access_as(Role.COLLECTIVE_CONTROLLER)
    token, secret = add_token(access, "Power BI")
    kept = [str(value) for row in (Token, Event) for one in row.objects.values() for value in one.values()]
    assert not any(secret in value for value in kept)
    assert token.scopes == "see_agreement see_distribution see_year"
    assert ask(JSON, secret).status_code == 200
    basic = base64.b64encode(f"wie-dan-ook:{secret}".encode()).decode()
    assert ask(JSON, Authorization=f"Basic {basic}").status_code == 200
    with pytest.raises(InputError) as taken:
        add_token(access, " Power BI ")
    assert [one.code for one in taken.value.problems] == ["token_exists"]
    close_token(access.collective, "Power BI")
    assert ask(JSON, secret).status_code == 401
    with pytest.raises(InputError):
        close_token(access.collective, "Power BI")
    assert ask(JSON, add_token(access, "Power BI")[1]).status_code == 200
    kinds = list(Event.objects.order_by("number").values_list("kind", flat=True))[-3:]
    assert kinds == ["token_added", "token_closed", "token_added"]
    assert verified().broken is None


def test_tokens_by_command(desk, capsys):
    from puntlanding.web.manage import main

    def typed(*words):
        status = main(["token", *words, "--collective", "MSB Voorbeeld"])
        told = capsys.readouterr()
        return status, told.out + told.err

    by = user_of(Role.COLLECTIVE_CONTROLLER).email
    assert typed("list") == (0, "Er zijn geen toegangssleutels.\n")
    status, told = typed("add", "Power BI", "--by", by, "--scope", "jaar", "agreement", "--days", "30")
    assert (status, "jaar, afspraak" in told, "verdeling" in told) == (0, True, False)
    secret = next(word for word in told.split() if word.startswith("pl_"))
    assert ask(JSON, secret).status_code == 200
    assert ask("/api/v1/jaren/2026/verdeling.json", secret).status_code == 403
    status, told = typed("list", "--lang", "en")
    assert (status, secret in told) == (0, False)
    assert told.startswith(f"Power BI: {by}; year, agreement; holds until ")
    for words in (
        ("add", "X", "--by", "wie@msb.example"),
        ("add", "X", "--by", by, "--scope", "jar"),
        ("close", "Power"),
    ):
        status, told = typed(*words)
        assert (status, "Er is niets gedaan." in told, "Traceback" in told) == (1, True, False)
    assert typed("close", "Power BI") == (0, "Power BI is ingetrokken en opent niets meer.\n")
    assert ask(JSON, secret).status_code == 401
    assert "ingetrokken op" in typed("list")[1]


def test_no_token_beyond_the_role(desk):
    from puntlanding.web.actions.tokens import add_token, scopes_of
    from puntlanding.web.api.models import Token

    def codes(*asked, **options):
        with pytest.raises(InputError) as refused:
            add_token(*asked, **options)
        return [one.code for one in refused.value.problems]

    controller = access_as(Role.COLLECTIVE_CONTROLLER)
    assert codes(access_as(Role.ADMINISTRATOR), "a") == ["token_scope_not_role"]
    assert codes(access_as(Role.HOSPITAL_BOARD), "a", [Permission.SEE_DISTRIBUTION]) == ["token_scope_not_role"]
    assert codes(controller, "a", [Permission.PROPOSE]) == ["token_scope_not_role"]
    assert codes(controller, " ", days=0) == ["token_name", "token_days"]
    assert codes(controller, "a\nb", days=10**6) == ["token_name", "token_days"]
    assert not Token.objects.exists()
    assert scopes_of(["jaar", "Agreement"]) == {Permission.SEE_YEAR, Permission.SEE_AGREEMENT}
    with pytest.raises(InputError):
        scopes_of(["alles"])


def test_who_sees_one_group_reads_one_group(desk):
    import polars as pl

    groups = {row["vakgroep"] for row in ask(JSON, secret_of(Role.AUDITOR)).json()["vakgroepen"]}
    assert len(groups) > 1
    for role in (one for one, rule in RULES.items() if rule.detail is Detail.OWN):
        secret = secret_of(role)
        own = access_as(role).group
        for stage in STAGES.values():
            answers = [ask(f"/api/v1/jaren/2026/{stage}.{form}", secret) for form in ("json", "csv", "parquet")]
            content = answers[0].json()
            assert [row["vakgroep"] for row in content["vakgroepen"]] == [own]
            assert "zorgeenheden" not in content
            assert "verantwoording" not in content
            for others in groups - {own}:
                assert others not in json.dumps(content, ensure_ascii=False)
                assert others not in answers[1].content.decode()
            seen = pl.read_parquet(io.BytesIO(answers[2].content))
            assert set(seen["vakgroep"]) <= {own, "", "Totaal"}


def test_nothing_of_another_collective(desk, addresses):
    from puntlanding.web.access import Access
    from puntlanding.web.actions.accounts import add_account, give_role
    from puntlanding.web.actions.tokens import add_token
    from puntlanding.web.actions.years import add_collective

    other = add_collective("MSB Elders", "Ziekenhuis Elders")
    user = add_account("elders@elders.example", "Elders", "een-heel-ander-woord-8")
    _, secret = add_token(Access.of(give_role(user, other, Role.AUDITOR)), "elders")
    for address, _ in addresses:
        answer = ask(address, secret)
        if address.endswith("/jaren"):
            assert answer.json() == {"jaren": []}
        else:
            assert answer.status_code == 404, address


def test_the_json_is_that_of_the_command_line(desk, tmp_path):
    """Byte for byte but for the name of the folder."""
    import shutil

    from puntlanding.web.desk.models import Version
    from puntlanding.web.desk.queries import current

    secret, year = secret_of(Role.AUDITOR), Version.objects.first().year
    for stage, name in STAGES.items():
        version = current(year, "budget" if stage == "budget" else "settlement")
        case = tmp_path / name
        shutil.copytree(desk / "versions" / version.snapshot, case)
        for language in ("nl", "en"):
            done = run(stage, case, "--json", "--lang", language)
            answer = ask(f"/api/v1/jaren/2026/{name}.json", secret, language)
            assert answer.content.decode() == done.out
            assert answer["Puntlanding-Version"].split()[0::3] == [version.kind, version.content_hash]


def test_the_three_forms_say_the_same(desk):
    import polars as pl

    secret = secret_of(Role.AUDITOR)
    for stage in STAGES.values():
        content = ask(f"/api/v1/jaren/2026/{stage}.json", secret).json()
        answer = ask(f"/api/v1/jaren/2026/{stage}.parquet", secret)
        assert answer["Content-Type"] == "application/vnd.apache.parquet"
        seen = pl.read_parquet(io.BytesIO(answer.content))
        for row in content["vakgroepen"]:
            (found,) = seen.filter((pl.col("rij") == "vakgroep") & (pl.col("vakgroep") == row["vakgroep"])).to_dicts()
            for key, value in row.items():
                if key != "contracten":
                    assert found[key] == value
                    assert not isinstance(found[key], float)
        (total,) = seen.filter(pl.col("rij") == "totaal").to_dicts()
        assert {key: content["totaal"].get(key) for key in total if key in content["totaal"]} == {
            key: total[key] for key in total if key in content["totaal"]
        }
        lines = ask(f"/api/v1/jaren/2026/{stage}.csv", secret).content.decode("utf-8-sig").splitlines()
        assert len(lines) == seen.height + 1
        assert ask(f"/api/v1/jaren/2026/{stage}.parquet", secret).content == answer.content


def test_what_the_client_has_is_not_sent_again(desk):
    secret, group = secret_of(Role.AUDITOR), secret_of(Role.SPECIALIST)
    first = ask(JSON, secret)
    assert first["Cache-Control"] == "private, no-cache"
    assert {"Authorization", "Accept-Language"} <= {one.strip() for one in first["Vary"].split(",")}
    again = ask(JSON, secret, **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    etags = {first["ETag"], ask(JSON, group)["ETag"], ask(JSON, secret, "en")["ETag"], ask(PARQUET, secret)["ETag"]}
    etags.add(ask(JSON, secret_of(Role.AUDITOR, "see_year"))["ETag"])
    assert len(etags) == 5
    assert ask(JSON, group, **{"If-None-Match": first["ETag"]}).status_code == 200
    assert ask(JSON, secret_of(Role.ADMINISTRATOR), **{"If-None-Match": first["ETag"]}).status_code == 403


def test_versions_and_years(desk):
    from puntlanding.web.desk.models import Version

    secret = secret_of(Role.SPECIALIST)
    assert ask("/api/v1/jaren", secret).json() == {"jaren": [{"jaar": 2026}]}
    told = ask("/api/v1/jaren/2026/versies", secret).json()["versies"]
    kept = {(one.kind, one.number, one.state, one.content_hash) for one in Version.objects.all()}
    assert {(one["soort"], one["nummer"], one["toestand"], one["inhoud"]) for one in told} == kept
    assert next(one["akkoord"] for one in told if one["soort"] == "settlement") == ["hospital"]


def test_faults_are_told_in_either_language(desk):
    secret = secret_of(Role.AUDITOR)
    for address, status, dutch, english in (
        ("/api/v1/jaren/2024/versies", 404, "bestaat niet", "no such page"),
        ("/api/v1/jaren/1/versies", 422, "2000", "2000"),
        ("/api/v1/jaren/twee/versies", 422, "getal", "number"),
        ("/api/v1/jaren/99999999999999999999999/afrekening.csv", 422, "getal", "number"),
        ("/api/v1/iets", 404, "bestaat niet", "no such page"),
        ("/api/", 404, "bestaat niet", "no such page"),
    ):
        for language, words in (("nl", dutch), ("en", english)):
            answer = ask(address, secret, language)
            assert (answer.status_code, answer["Content-Type"]) == (status, "application/json"), address
            assert words in sentence_of(answer)
    from django.test import Client

    for method in ("POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"):
        answer = Client(enforce_csrf_checks=True).generic(method, JSON, headers={"Authorization": f"Bearer {secret}"})
        assert (answer.status_code, answer["Allow"]) == (405, "GET"), method


def test_a_year_without_versions_and_one_that_lacks_something(desk):
    from puntlanding.web.access import Access
    from puntlanding.web.actions.accounts import give_role
    from puntlanding.web.actions.tokens import add_token
    from puntlanding.web.actions.versions import add_version
    from puntlanding.web.actions.years import add_collective, open_year
    from puntlanding.web.desk.models import Version

    other = add_collective("MSB Elders", "Ziekenhuis Elders")
    controller = Access.of(give_role(user_of(Role.COLLECTIVE_CONTROLLER), other, Role.COLLECTIVE_CONTROLLER))
    open_year(controller, 2030)
    budget = Version.objects.get(kind="budget")
    add_version(controller, open_year(controller, 2026), budget.kind, desk / "versions" / budget.snapshot)
    own = Access.of(give_role(user_of(Role.SPECIALIST), other, Role.SPECIALIST, "Cardiologie"))
    (_, all_groups), (_, one_group) = add_token(controller, "alles"), add_token(own, "eigen")
    answer = ask("/api/v1/jaren/2030/begroting.json", all_groups)
    assert (answer.status_code, "geen versie" in sentence_of(answer)) == (404, True)
    assert ask("/api/v1/jaren/2030/versies", all_groups).json() == {"jaar": 2030, "versies": []}
    assert ask("/api/v1/jaren/2026/begroting.json", all_groups).status_code == 200
    lacking = ask("/api/v1/jaren/2026/afrekening.csv", all_groups, **{"If-None-Match": "*"})
    assert lacking.status_code == 404
    assert any("realisatie" in str(one) for one in lacking.json()["fouten"])
    hidden = ask("/api/v1/jaren/2026/afrekening.csv", one_group)
    assert hidden.status_code == 404
    assert "nog niet te berekenen" in sentence_of(hidden)
    assert "realisatie" not in hidden.content.decode()


def test_too_often_is_told_and_only_to_who_does(desk):
    from django.test import override_settings

    hasty, other = secret_of(Role.AUDITOR), secret_of(Role.AUDITOR)
    with override_settings(API_PER_MINUTE=3):
        found = [ask("/api/v1/jaren", hasty) for _ in range(8)]  # a minute may turn in between
        assert [one.status_code for one in found[:3]] == [200] * 3
        assert 429 in {one.status_code for one in found}
        last = next(one for one in found if one.status_code == 429)
        assert 1 <= int(last["Retry-After"]) <= 60
        assert "3 keer" in sentence_of(last)
        assert ask("/api/v1/jaren", other).status_code == 200


def test_the_document_describes_what_is_there(desk, addresses):
    document = ask("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.")
    assert {path.replace("{year}", "2026") for path in document["paths"]} == {address for address, _ in addresses}
    assert {method for one in document["paths"].values() for method in one} == {"get"}


def test_it_does_what_the_document_says(desk):
    """Schemathesis: made-up requests to every address, each answer held against the document."""
    import schemathesis
    from django.core.wsgi import get_wsgi_application
    from django.test import override_settings
    from hypothesis import HealthCheck, given, settings

    from puntlanding.web.api.urls import document

    secret = secret_of(Role.AUDITOR)
    schema = schemathesis.openapi.from_dict(json.loads(json.dumps(document())))
    schema.app = get_wsgi_application()
    asked = set()
    for found in schema.get_all_operations():
        operation = found.ok()
        asked.add(operation.path)

        @settings(max_examples=12, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def holds(case):
            case.call_and_validate(headers={"Authorization": f"Bearer {secret}"})

        with override_settings(API_PER_MINUTE=10**6):
            holds()
    assert len(asked) == MANY
