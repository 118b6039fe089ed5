"""The public pages of verification."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from assessment_center.people.selectors import id_number
from assessment_center.registry import SYSTEM
from certificates.keys import public_key_text
from certificates.models import Certificate, VerifyTries
from certificates.services import assign_numbers, revoke
from certificates.services.verifying import MAX_QUERIES
from tests.certificates.build import ISSUE_DAY, content_of, final_batch, issued_batch, one_issued

pytestmark = pytest.mark.django_db
FORM, CODE, FILE = "/verify/", "/verify/code/", "/verify/file/"
VALID, REVOKED, UNKNOWN = "证书有效", "注销", "没有查到相符的证书"


def facts_of(certificate: Certificate) -> dict[str, str]:
    person = certificate.application.person
    return {"number": certificate.number, "name": person.name, "id_number": id_number(person)}


def asked(client: Client, url: str = FORM, **data: Any) -> str:
    return client.post(url, data).content.decode()


def test_the_page_is_open_to_all_and_strict(client: Client) -> None:
    response = client.get(FORM)
    assert response.status_code == 200
    assert public_key_text() in response.content.decode()
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "no-store" in response.headers["Cache-Control"]
    assert [reverse(f"verify:{name}") for name in ("form", "code", "file")] == [FORM, CODE, FILE]


@pytest.mark.parametrize("left_out", ["number", "name", "id_number", ""])
def test_two_of_three_facts_are_enough(client: Client, left_out: str) -> None:
    certificate = one_issued()
    given = facts_of(certificate) | ({left_out: ""} if left_out else {})
    page = asked(client, **given)
    assert VALID in page
    for shown in (certificate.number, certificate.face["id_masked"], certificate.face["centre"]):
        assert shown in page
    assert id_number(certificate.application.person) not in page


def test_one_fact_is_not_enough(client: Client) -> None:
    certificate = one_issued()
    for key, value in facts_of(certificate).items():
        response = client.post(FORM, {key: value})
        assert response.status_code == 422
        page = response.content.decode()
        assert "至少两项" in page
        assert VALID not in page


def test_a_mismatch_and_an_unknown_number_give_the_same_answer(client: Client) -> None:
    certificate = one_issued()
    given = facts_of(certificate)
    pages = [
        asked(client, number=given["number"], name="别人"),
        asked(client, number="Y000050012345264999999", name="别人"),
        asked(client, number="没有的编号", name=given["name"]),
        asked(client, name="别人", id_number=given["id_number"]),
        asked(client, name=given["name"], id_number="11010519491231002X"),
        asked(client, number=given["number"], id_number="11010519491231002X"),
        asked(client, **(given | {"name": "别人"})),
    ]
    assert UNKNOWN in pages[0]
    assert len({page.split("<main")[1].split("</main")[0] for page in pages}) == 1


def test_spaces_and_case_do_not_matter(client: Client) -> None:
    given = facts_of(one_issued())
    name = " ".join(given["name"])
    assert VALID in asked(client, number=f" {given['number'].lower()} ", name=name)


def test_a_number_merely_given_is_not_public(client: Client) -> None:
    batch = final_batch(1)
    made = assign_numbers(actor=SYSTEM, batch=batch, on=ISSUE_DAY)[0]
    name = made.application.person.name
    assert UNKNOWN in asked(client, number=made.number, name=name)


def test_a_revoked_certificate_is_shown_with_its_day(client: Client) -> None:
    certificate = one_issued()
    content = content_of(certificate)
    revoke(actor=SYSTEM, certificate=certificate, reason="冒名顶替")
    pages = [
        asked(client, number=certificate.number, name=certificate.face["name"]),
        asked(client, CODE, text=certificate.token),
        asked(client, FILE, file=SimpleUploadedFile("c.pdf", content)),
    ]
    for page in pages:
        assert "已注销" in page
        assert VALID not in page
        assert "冒名顶替" not in page


@pytest.mark.parametrize("shape", ["{}", "http://127.0.0.1:8000/verify/#{}", " {}\n"])
def test_the_code_proves_itself(client: Client, shape: str) -> None:
    certificate = one_issued()
    assert VALID in asked(client, CODE, text=shape.format(certificate.token))


def test_a_changed_code_is_not_genuine(client: Client) -> None:
    token = one_issued().token
    for place in (5, len(token) // 2, len(token) - 2):
        other = "A" if token[place] != "A" else "B"
        page = asked(client, CODE, text=token[:place] + other + token[place + 1 :])
        assert "被改动过" in page


def test_an_empty_code_or_file_asks_again(client: Client) -> None:
    assert "查验二维码" in asked(client, CODE, text="")
    assert "比对文件" in asked(client, FILE)


def test_a_code_signed_over_other_facts_is_unknown(client: Client) -> None:
    from dataclasses import replace

    from certificates.keys import public_key, signing_key
    from certificates.rules.token import sign, verify

    facts = verify(one_issued().token, public_key())
    for change in ({"name": "别人"}, {"number": "Y000050012345264000777"}):
        forged = sign(replace(facts, **change), signing_key())
        assert UNKNOWN in asked(client, CODE, text=forged)


def test_the_issued_file_is_recognised_and_a_changed_one_is_not(client: Client) -> None:
    certificate = one_issued()
    content = content_of(certificate)
    page = asked(client, FILE, file=SimpleUploadedFile("证书.pdf", content))
    assert VALID in page
    assert "完全相同" in page
    changed = asked(client, FILE, file=SimpleUploadedFile("证书.pdf", content + b"%changed"))
    assert "与发证时的不同" in changed
    other = asked(client, FILE, file=SimpleUploadedFile("x.pdf", b"%PDF-1.4 nothing"))
    assert UNKNOWN in other
    assert UNKNOWN in asked(client, FILE, file=SimpleUploadedFile("x.txt", b"text"))


def test_a_large_file_is_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("certificates.forms.FILE_LIMIT", 10)
    page = asked(client, FILE, file=SimpleUploadedFile("c.pdf", b"x" * 11))
    assert "超过 5 MB" in page


def test_guessing_is_slowed_down_and_the_address_is_not_kept(client: Client) -> None:
    given = facts_of(one_issued())
    for _ in range(MAX_QUERIES):
        asked(client, number="Y000050012345264000009", name="某人")
    response = client.post(FORM, {"number": given["number"], "name": given["name"]})
    assert response.status_code == 422
    assert "太频繁" in response.content.decode()
    row = VerifyTries.objects.get()
    assert row.count == MAX_QUERIES
    assert b"127.0.0.1" not in bytes(row.key)
    file = SimpleUploadedFile("x.pdf", b"%PDF-x")
    assert "太频繁" in asked(client, FILE, file=file)


def test_the_window_ends(client: Client, frozen: Any) -> None:
    from datetime import timedelta

    clock = frozen(2026, 6, 20, 9)
    given = facts_of(one_issued())
    for _ in range(MAX_QUERIES):
        asked(client, number="Y000050012345264000009", name="某人")
    clock.shift(timedelta(minutes=15, seconds=1))
    assert VALID in asked(client, number=given["number"], name=given["name"])


def test_a_rulebook_may_ask_for_more_facts(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("certificates.services.verifying.MIN_FACTS", 3)
    given = facts_of(one_issued())
    assert "至少两项" in asked(client, number=given["number"], name=given["name"])
    assert VALID in asked(client, **given)


def test_queries_do_not_grow_with_the_register(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    certificate = issued_batch(3).certificates.first()
    client.get(FORM)
    with django_assert_max_num_queries(12):
        asked(client, number=certificate.number, name=certificate.face["name"])
    with django_assert_max_num_queries(5):
        asked(client, CODE, text=certificate.token)
