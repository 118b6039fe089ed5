"""Signing on with the campus account: who gets in, and every answer that is not believed."""

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from joserfc.jwk import OctKey, RSAKey

from assessment_center.accounts.enums import Kind, Role
from assessment_center.accounts.models import RoleGrant, SignIn, User
from assessment_center.audit.models import AuditEntry
from assessment_center.campus.config import Campus, Protocol
from tests.assessment_center.campus.servers import CAS_PAGE, CLIENT, SECRET, Provider, campus
from tests.factories import foundation as f

pytestmark = pytest.mark.django_db
NOT_BELIEVED = "统一身份认证没有成功"


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    with campus() as provider:
        yield provider


@pytest.fixture
def provider(running: Provider, settings: Any) -> Provider:
    """The provider with nothing left of the test before, and set up as our campus."""
    fresh = Provider()
    running.__dict__ |= {**fresh.__dict__, "url": running.url}
    cache.clear()
    settings.CAMPUS = Campus(
        protocol=Protocol.OIDC, url=running.url, client_id=CLIENT, client_secret=SECRET
    )
    return running


@pytest.fixture
def cas(provider: Provider, settings: Any) -> Provider:
    settings.CAMPUS = Campus(protocol=Protocol.CAS, url=provider.url)
    return provider


def out(client: Client, who: str = "staff", to: str = "") -> str:
    """Where the browser is sent."""
    response = client.get(reverse("campus:begin", args=[who]), {"next": to} if to else {})
    assert response.status_code == 302
    return response.headers["Location"]


def back(client: Client, answer: dict[str, str]) -> Any:
    return client.get(reverse("campus:callback"), answer)


def signed_on(provider: Provider, number: str, who: str = "staff", to: str = "") -> tuple[Any, Any]:
    """The whole way of somebody whom the campus knows by this number."""
    client = Client()
    provider.claims = {"sub": number}
    return client, back(client, provider.authorize(out(client, who, to)))


def words(client: Client, response: Any) -> str:
    return client.get(response.headers["Location"]).content.decode()


def user_in(client: Client) -> str:
    return client.session.get("_auth_user_id", "")


def test_staff_get_into_the_account_that_bears_their_number(provider: Provider) -> None:
    user = f.make_user(Role.CLERK, username="20110042")
    client, response = signed_on(provider, "20110042")
    assert (response.status_code, response.headers["Location"]) == (303, reverse("admin:index"))
    assert user_in(client) == str(user.pk)
    assert client.get(reverse("admin:index")).status_code == 200
    assert SignIn.objects.filter(user=user, ended_at=None).count() == 1
    verbs = AuditEntry.objects.filter(subject_id=user.pk).order_by("id")
    assert list(verbs.values_list("verb", flat=True))[-2:] == ["account.campus", "account.sign_in"]


def test_students_get_their_own_account_opened_once(provider: Provider) -> None:
    person = f.make_student()
    number = person.student.student_number
    client, response = signed_on(provider, number, "student")
    assert response.headers["Location"] == reverse("portal:home")
    person.refresh_from_db()
    assert user_in(client) == str(person.user_id)
    assert person.user.kind == Kind.CANDIDATE
    assert not RoleGrant.objects.filter(user=person.user).exists()
    again, _response = signed_on(provider, number, "student")
    assert user_in(again) == str(person.user_id)
    assert client.get(reverse("admin:index")).status_code in {302, 403}


def test_the_second_factor_is_asked_for_all_the_same(provider: Provider) -> None:
    user = f.make_user(Role.CLERK, username="20110042")
    User.objects.filter(pk=user.pk).update(second_factor_since=f.at(2026, 1, 1))
    client, response = signed_on(provider, "20110042")
    assert response.headers["Location"] == reverse("accounts_office:code")
    assert user_in(client) == ""
    assert client.get(reverse("admin:index")).status_code == 302


def test_a_new_member_of_staff_must_set_the_second_factor_up(
    provider: Provider, settings: Any
) -> None:
    settings.SECOND_FACTOR_ROLES = "all"
    f.make_user(Role.CLERK, username="20110042")
    client, _response = signed_on(provider, "20110042")
    response = client.get(reverse("admin:index"))
    assert response.headers["Location"] == reverse("accounts_office:factor")


def test_the_session_runs_out_as_it_does_with_a_password(provider: Provider, settings: Any) -> None:
    f.make_user(Role.CLERK, username="20110042")
    client, _response = signed_on(provider, "20110042")
    settings.STAFF_IDLE_MINUTES = -1
    response = client.get(reverse("admin:index"))
    assert response.headers["Location"].startswith(reverse("admin:login"))


@pytest.mark.parametrize("who", ["staff", "student"])
def test_an_unknown_number_gets_nothing(provider: Provider, who: str) -> None:
    f.make_centre()
    before = User.objects.count()
    client, response = signed_on(provider, "nobody", who)
    assert user_in(client) == ""
    assert User.objects.count() == before
    assert ("工号" if who == "staff" else "学籍记录") in words(client, response)


def test_nobody_comes_in_by_the_other_door(provider: Provider) -> None:
    """A student's number opens no office, a staff number no portal."""
    f.make_centre()
    f.make_user(Role.CLERK, username="20110042")
    number = f.make_student().student.student_number
    assert user_in(signed_on(provider, number, "staff")[0]) == ""
    assert user_in(signed_on(provider, "20110042", "student")[0]) == ""


@pytest.mark.parametrize("who", ["staff", "student"])
def test_a_closed_account_stays_closed(provider: Provider, who: str) -> None:
    f.make_centre()
    f.make_user(Role.CLERK, username="20110042")
    number = "20110042"
    if who == "student":
        number = f.make_student().student.student_number
        signed_on(provider, number, who)
    User.objects.update(is_active=False)
    client, response = signed_on(provider, number, who)
    assert user_in(client) == ""
    assert "已停用" in words(client, response)


@pytest.mark.parametrize("number", [None, "", 42, ["20110042"]])
def test_a_number_that_is_none_opens_nothing(provider: Provider, number: Any) -> None:
    f.make_user(Role.CLERK, username="20110042")
    client, _response = signed_on(provider, number)
    assert user_in(client) == ""


def test_the_claim_that_was_named_is_read(provider: Provider, settings: Any) -> None:
    settings.CAMPUS = replace(settings.CAMPUS, staff_claim="gh")
    f.make_user(Role.CLERK, username="20110042")
    assert user_in(signed_on(provider, "20110042")[0]) == ""
    client = Client()
    provider.claims = {"sub": "x", "gh": "20110042"}
    back(client, provider.authorize(out(client)))
    assert user_in(client) != ""


# What is not believed.

NOW = int(time.time())
FORGED: dict[str, dict[str, Any]] = {
    "wrong nonce": {"change": {"nonce": "other"}},
    "no nonce": {"change": {"nonce": None}},
    "wrong audience": {"change": {"aud": "somebody-else"}},
    "no audience": {"change": {"aud": None}},
    "several audiences, another party": {
        "change": {"aud": [CLIENT, "other"], "azp": "other"},
    },
    "wrong issuer": {"change": {"iss": "https://elsewhere.example"}},
    "expired": {"change": {"exp": NOW - 3600, "iat": NOW - 7200}},
    "no expiry": {"change": {"exp": None}},
    "issued tomorrow": {"change": {"iat": NOW + 90_000, "nbf": NOW + 90_000, "exp": NOW + 99_000}},
    "algorithm none": {"secret": b""},
    "signed by another": {"sign_with": RSAKey.generate_key(2048, {"kid": "k1"})},
    "signed with the shared secret": {
        "header": {"alg": "HS256", "kid": "k1"},
        "sign_with": OctKey.import_key(SECRET),
    },
}


@pytest.mark.parametrize("forgery", FORGED)
def test_a_forged_token_opens_nothing(provider: Provider, forgery: str) -> None:
    f.make_centre()
    f.make_user(Role.CLERK, username="20110042")
    provider.__dict__ |= FORGED[forgery]
    client, response = signed_on(provider, "20110042")
    assert user_in(client) == ""
    assert NOT_BELIEVED in words(client, response)


def test_the_public_key_is_no_shared_secret(provider: Provider) -> None:
    """The classic confusion: HS256 with the public key as its secret."""
    f.make_user(Role.CLERK, username="20110042")
    provider.secret = provider.key.as_pem(private=False)
    assert user_in(signed_on(provider, "20110042")[0]) == ""


def test_a_state_is_good_once_for_the_browser_it_was_given_to(provider: Provider) -> None:
    f.make_centre()
    f.make_user(Role.CLERK, username="20110042")
    provider.claims = {"sub": "20110042"}
    client, thief = Client(), Client()
    answer = provider.authorize(out(client))
    assert NOT_BELIEVED in words(thief, back(thief, answer))
    assert user_in(thief) == ""
    out(thief)
    assert user_in(thief) == ""
    assert "_auth_user_id" not in back(thief, answer).wsgi_request.session
    back(client, answer)
    assert user_in(client) != ""
    client.logout()
    assert NOT_BELIEVED in words(client, back(client, answer))
    assert user_in(client) == ""


@pytest.mark.parametrize(
    "spoil",
    [
        {"state": "other"},
        {"state": ""},
        {"code": ""},
        {"code": "made-up"},
        {"error": "access_denied"},
        {"iss": "https://elsewhere.example"},
    ],
)
def test_a_spoilt_answer_opens_nothing(provider: Provider, spoil: dict[str, str]) -> None:
    f.make_centre()
    f.make_user(Role.CLERK, username="20110042")
    provider.claims = {"sub": "20110042"}
    client = Client()
    answer = provider.authorize(out(client))
    response = back(client, {**answer, **spoil})
    assert user_in(client) == ""
    assert NOT_BELIEVED in words(client, response)


def test_an_answer_that_comes_too_late_is_none(provider: Provider) -> None:
    f.make_centre()
    f.make_user(Role.CLERK, username="20110042")
    provider.claims = {"sub": "20110042"}
    client = Client()
    answer = provider.authorize(out(client))
    session = client.session
    session["campus_sign_on"] = {**session["campus_sign_on"], "at": int(time.time()) - 601}
    session.save()
    back(client, answer)
    assert user_in(client) == ""


def test_a_stolen_code_is_worth_nothing_without_its_verifier(provider: Provider) -> None:
    f.make_centre()
    f.make_user(Role.CLERK, username="20110042")
    provider.claims = {"sub": "20110042"}
    victim, thief = Client(), Client()
    stolen = provider.authorize(out(victim))
    own = provider.authorize(out(thief))
    back(thief, {"code": stolen["code"], "state": own["state"]})
    assert user_in(thief) == ""


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_nobody_is_led_off_the_site(provider: Provider, target: str) -> None:
    f.make_user(Role.CLERK, username="20110042")
    _client, response = signed_on(provider, "20110042", to=target)
    assert response.headers["Location"] == reverse("admin:index")


def test_a_page_of_ours_is_returned_to(provider: Provider) -> None:
    f.make_user(Role.CLERK, username="20110042")
    _client, response = signed_on(provider, "20110042", to="/admin/work/batches/")
    assert response.headers["Location"] == "/admin/work/batches/"


def test_the_request_asks_for_all_that_protects_it(provider: Provider, settings: Any) -> None:
    settings.SITE_URL = "https://skills.example.edu.cn"
    asked = parse_qs(urlsplit(out(Client(), "student")).query)
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == ["https://skills.example.edu.cn/sign-on/callback/"]
    assert all(len(asked[key][0]) >= 43 for key in ("state", "nonce", "code_challenge"))
    assert "openid" in asked["scope"][0].split()


def test_a_provider_that_calls_itself_otherwise_is_not_asked(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    f.make_centre()
    told = {**provider.discovery(), "issuer": "https://elsewhere.example"}
    monkeypatch.setattr(provider, "discovery", lambda: told)
    client = Client()
    response = client.get(reverse("campus:begin", args=["staff"]))
    assert response.headers["Location"] == reverse("admin:login")
    assert "暂时连不上" in words(client, response)


# CAS.


def ticket(provider: Provider, client: Client, user: str, who: str = "staff") -> dict[str, str]:
    """What the browser brings back from the CAS server."""
    service = parse_qs(urlsplit(out(client, who)).query)["service"][0]
    provider.tickets["ST-1-abc"] = (user, service)
    return {"ticket": "ST-1-abc", "state": parse_qs(urlsplit(service).query)["state"][0]}


def test_staff_and_students_come_by_cas(cas: Provider) -> None:
    user = f.make_user(Role.CLERK, username="20110042")
    person = f.make_student()
    client = Client()
    back(client, ticket(cas, client, "20110042"))
    assert user_in(client) == str(user.pk)
    client = Client()
    back(client, ticket(cas, client, person.student.student_number, "student"))
    person.refresh_from_db()
    assert user_in(client) == str(person.user_id)


@pytest.mark.parametrize(
    "spoil",
    [{"state": "other"}, {"ticket": "ST-2-unknown"}, {"ticket": "PT-1-abc"}, {"ticket": ""}],
)
def test_a_spoilt_ticket_opens_nothing(cas: Provider, spoil: dict[str, str]) -> None:
    f.make_centre()
    f.make_user(Role.CLERK, username="20110042")
    client = Client()
    response = back(client, {**ticket(cas, client, "20110042"), **spoil})
    assert user_in(client) == ""
    assert NOT_BELIEVED in words(client, response)


def test_a_ticket_for_another_browser_or_a_second_time_opens_nothing(cas: Provider) -> None:
    f.make_user(Role.CLERK, username="20110042")
    client, thief = Client(), Client()
    stolen = ticket(cas, client, "20110042")
    service = parse_qs(urlsplit(out(thief)).query)["service"][0]
    own = parse_qs(urlsplit(service).query)["state"][0]
    back(thief, {**stolen, "state": own})
    assert user_in(thief) == ""
    client = Client()
    good = ticket(cas, client, "20110042")
    back(client, good)
    client.logout()
    back(client, good)
    assert user_in(client) == ""


BOMB = '<!DOCTYPE a [<!ENTITY b "20110042">]>' + CAS_PAGE.format(
    "<cas:authenticationSuccess><cas:user>&b;</cas:user></cas:authenticationSuccess>"
)


@pytest.mark.parametrize(
    "body",
    [
        BOMB,
        "not xml",
        "<yes/>",
        CAS_PAGE.format("<cas:authenticationSuccess/>"),
        "<user xmlns='x'>20110042</user>",
        CAS_PAGE.format(" " * 70_000),
    ],
    ids=["entities", "no xml", "no response", "no user", "another space", "too long"],
)
def test_an_answer_of_the_server_that_is_none_opens_nothing(cas: Provider, body: str) -> None:
    f.make_user(Role.CLERK, username="20110042")
    cas.cas_body = body
    client = Client()
    back(client, ticket(cas, client, "20110042"))
    assert user_in(client) == ""


# Off and on.


def test_off_there_is_neither_button_nor_address(settings: Any) -> None:
    assert settings.CAMPUS is None
    f.make_centre()
    f.make_user(Role.CLERK)
    for door in ("admin:login", "portal:sign_in"):
        response = Client().get(reverse(door))
        assert response.status_code == 200
        assert "/sign-on/" not in response.content.decode()
    assert Client().get(reverse("campus:begin", args=["staff"])).status_code == 404
    assert Client().get(reverse("campus:callback")).status_code == 404


def test_on_the_sign_in_pages_lead_there(provider: Provider) -> None:
    f.make_centre()
    f.make_user(Role.CLERK)
    page = Client().get(reverse("admin:login"), {"next": "/admin/work/batches/"}).content.decode()
    assert 'href="/sign-on/begin/staff/?next=/admin/work/batches/"' in page
    assert "统一身份认证登录" in page
    page = Client().get(reverse("portal:sign_in")).content.decode()
    assert "/sign-on/begin/student/" in page
    assert Client().get("/sign-on/begin/head/").status_code == 404
