"""A code proves an address; nobody is flooded, nobody guesses, and nothing is kept in the clear."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
import requests
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessment_center.notices import channels
from assessment_center.notices.channels import Channel, UndeliveredError, configured, deliver
from assessment_center.registry import RefusedError
from candidates.services import contact_codes
from tests.factories import candidates as c
from tests.factories import foundation as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MAIL = "an@example.edu.cn"
PASSWORD = "Mountain-2026"


@pytest.fixture(autouse=True)
def by_mail(settings: Any) -> None:
    settings.CODE_CHANNELS = ["email"]


def sent_code() -> str:
    found = re.search(r"\d{6}", mail.outbox[-1].body)
    assert found
    return found[0]


def ask() -> dict[str, Any]:
    return contact_codes.send_code(channel=Channel.EMAIL, target=MAIL, address="10.0.0.1")


def test_the_code_that_was_sent_proves_the_address() -> None:
    kept = ask()
    code = sent_code()
    assert code not in json.dumps(kept)
    proof = contact_codes.proof_of(
        contact_codes.check_code(kept=kept, code=f" {code} ", address="10.0.0.1")
    )
    assert proof is not None
    assert (proof.as_email(), proof.as_phone()) == (MAIL, "")


def test_five_wrong_tries_and_the_right_one_is_not_looked_at() -> None:
    kept = ask()
    for left in ("4 次", "3 次", "2 次", "1 次", "15 分钟"):
        with pytest.raises(RefusedError, match="验证码不对") as refused:
            contact_codes.check_code(kept=kept, code="x", address=None)
        assert left in refused.value.refusal.remedy
    with pytest.raises(RefusedError, match="验证码试错太多"):
        contact_codes.check_code(kept=kept, code=sent_code(), address=None)


def test_five_messages_in_a_quarter_hour_and_no_more() -> None:
    for _message in range(5):
        ask()
    with pytest.raises(RefusedError, match="太频繁"):
        ask()
    assert len(mail.outbox) == 5


def test_a_code_and_a_proof_run_out(clock: Any) -> None:
    kept = ask()
    code = sent_code()
    proof = contact_codes.check_code(kept=kept, code=code, address=None)
    clock.move_to(timezone.now() + contact_codes.LIFE + timedelta(seconds=1))
    with pytest.raises(RefusedError, match="已过期"):
        contact_codes.check_code(kept=kept, code=code, address=None)
    with pytest.raises(RefusedError, match="已过期"):
        contact_codes.check_code(kept=None, code=code, address=None)
    assert contact_codes.proof_of(proof) is not None
    clock.move_to(timezone.now() + contact_codes.PROVEN_FOR)
    assert contact_codes.proof_of(proof) is None


def test_a_code_of_one_address_proves_no_other() -> None:
    kept = ask()
    with pytest.raises(RefusedError, match="验证码不对"):
        contact_codes.check_code(
            kept={**kept, "target": "other@example.cn"}, code=sent_code(), address=None
        )


def test_the_gateway_gets_phone_and_text_and_the_token(
    settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = tmp_path / "token"
    token.write_text("s3cret\n", encoding="utf-8")
    settings.CODE_CHANNELS = ["email", "sms"]
    settings.SMS_URL, settings.SMS_TOKEN_FILE = "https://sms.example.edu.cn/send", str(token)
    asked: list[tuple[Any, ...]] = []

    class Answer:
        def raise_for_status(self) -> None:
            if len(asked) > 1:
                raise requests.HTTPError

    def post(url: str, *, json: Any, headers: Any, timeout: int) -> Answer:
        asked.append((url, json, headers, timeout))
        return Answer()

    monkeypatch.setattr(channels.requests, "post", post)
    assert configured() == (Channel.SMS, Channel.EMAIL)
    deliver(Channel.SMS, address="13800000001", title="", body="验证码 1")
    assert asked == [
        (
            "https://sms.example.edu.cn/send",
            {"phone": "13800000001", "text": "验证码 1"},
            {"Authorization": "Bearer s3cret"},
            6,
        )
    ]
    with pytest.raises(UndeliveredError):
        deliver(Channel.SMS, address="13800000001", title="", body="x")
    with pytest.raises(RefusedError, match="没有发出去"):
        contact_codes.send_code(channel=Channel.SMS, target="13800000001", address=None)


def prove(client: Client, purpose: str = "register", target: str = MAIL) -> None:
    client.post(reverse("portal:prove"), {"for": purpose, "channel": "email", "target": target})
    done = client.post(reverse("portal:prove_code"), {"for": purpose, "code": sent_code()})
    assert done["Location"] == reverse(f"portal:{purpose}")


def account(number: int, **more: str) -> dict[str, str]:
    return {
        "name": "欧阳安",
        "id_kind": "resident",
        "id_number": f.id_number(number),
        "phone": "13800000001",
        "password": PASSWORD,
        "again": PASSWORD,
        **more,
    }


def test_a_known_student_opens_his_account_with_his_own_address_only(client: Client) -> None:
    student = f.make_student(name="欧阳安", number=f.id_number(81), phone="13900000000", email=MAIL)
    assert client.get(reverse("portal:register"))["Location"].startswith(reverse("portal:prove"))
    prove(client, target="thief@example.cn")
    taken = client.post(reverse("portal:register"), account(81))
    assert "与学校登记的不一致" in taken.content.decode()
    prove(client)
    done = client.post(reverse("portal:register"), account(81))
    assert done["Location"] == reverse("portal:home")
    student.refresh_from_db()
    assert (student.user.email, student.phone) == (MAIL, "13900000000")


def test_without_channels_a_known_student_needs_his_slip(client: Client, settings: Any) -> None:
    settings.CODE_CHANNELS = []
    f.make_student(name="欧阳安", number=f.id_number(82), phone="13800000001")
    page = client.get(reverse("portal:register")).content.decode()
    assert "学校没有开通短信和邮件验证码" in page
    refused = client.post(reverse("portal:register"), account(82)).content.decode()
    assert "不能只凭证件号码开通" in refused
    assert "激活条" in refused
    assert client.get(reverse("portal:prove"))["Location"] == reverse("portal:register")
    assert "补打一张激活条" in client.get(reverse("portal:forgotten")).content.decode()


def test_who_guesses_at_numbers_is_slowed_down(client: Client, settings: Any) -> None:
    settings.CODE_CHANNELS = []
    f.make_student(name="欧阳安", number=f.id_number(83))
    for _try in range(5):
        client.post(reverse("portal:register"), account(83, name="李明"))
    answer = client.post(reverse("portal:register"), account(83))
    assert "试的次数太多" in answer.content.decode()


def test_a_forgotten_password_is_set_by_the_owner_of_the_address(client: Client) -> None:
    person = c.make_candidate(number=f.id_number(84), email=MAIL)
    given = {"id_number": f.id_number(84), "password": "Forest-2026x", "again": "Forest-2026x"}
    prove(client, "forgotten", "thief@example.cn")
    assert "对不上" in client.post(reverse("portal:forgotten"), given).content.decode()
    prove(client, "forgotten")
    done = client.post(reverse("portal:forgotten"), given)
    assert done["Location"] == reverse("portal:sign_in")
    person.user.refresh_from_db()
    assert person.user.check_password("Forest-2026x")
    again = client.post(reverse("portal:forgotten"), given)
    assert again["Location"].startswith(reverse("portal:prove"))


def test_a_new_address_takes_effect_when_it_is_proven(client: Client) -> None:
    person = c.make_candidate()
    client.force_login(person.user)
    prove(client, "profile")
    client.get(reverse("portal:profile"))
    person.refresh_from_db()
    assert (person.email, person.user.email) == (MAIL, MAIL)
    unproven = {"email": "other@example.cn", "phone": "13911112222"}
    client.post(reverse("portal:profile"), unproven)
    person.refresh_from_db()
    assert (person.email, person.phone) == (MAIL, "13800000000")
