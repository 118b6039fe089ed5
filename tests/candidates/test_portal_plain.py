"""The portal's words, its kept text and its way on: what a candidate meets the night before."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from assessment_center.people import services as people
from assessment_center.people.rules.id_document import check_digit
from assessment_center.registry import SYSTEM
from candidates import selectors
from candidates.models import Application
from candidates.plain_form import mobile
from candidates.portal.kept_text import UNSAVED
from candidates.services import registration, review
from candidates.told import told
from tests.candidates.test_portal_bad_input import FACTS, page, signed_in, upload
from tests.candidates.test_validators import PDF
from tests.factories import candidates as c
from tests.factories import foundation as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
WIDE_DIGITS = "".join(chr(ord(digit) + 0xFEE0) for digit in "13800005678")
ACCOUNT = {"name": "欧阳安", "id_kind": "resident", "phone": "13800000001"}
PASSWORD = {"password": "Mountain-2026", "again": "Mountain-2026"}


def text(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.mark.parametrize(
    "typed",
    [
        "13800005678",
        "+86 138 0000 5678",
        "86-138-0000-5678",
        WIDE_DIGITS,
        "008613800005678",
    ],
)
def test_a_telephone_number_may_be_written_in_any_way(typed: str) -> None:
    assert mobile(typed) == "13800005678"


@pytest.mark.parametrize("typed", ["8613", "+1 202 555 0100", "abc13800005678"])
def test_what_is_no_mobile_number_is_not_made_one(typed: str) -> None:
    assert mobile(typed) != "13800005678"


def test_where_the_code_goes_is_told_by_what_is_typed(client: Client, settings: Any) -> None:
    settings.CODE_CHANNELS = ["sms", "email"]
    sent: list[str] = []
    settings.SMS_GATEWAY = "tests.candidates.test_portal_plain.gateway"
    gateway.sent = sent  # type: ignore[attr-defined]
    asked = client.post(reverse("portal:prove"), {"for": "register", "target": "+86 13800005678"})
    assert (asked.status_code, sent) == (302, ["13800005678"])
    wrong = client.post(reverse("portal:prove"), {"for": "register", "target": "a@"})
    assert "邮箱地址不完整" in text(wrong)
    wrong = client.post(reverse("portal:prove"), {"for": "register", "target": "12"})
    assert "请填写 11 位手机号码" in text(wrong)


def gateway(*, phone: str, text: str) -> None:
    gateway.sent.append(phone)  # type: ignore[attr-defined]


def test_full_width_digits_and_a_small_x_open_the_account(client: Client) -> None:
    first17 = next(
        each
        for n in range(100, 200)
        if check_digit(each := f"44030120050310{n}") == "X"  # Shenzhen's own code
    )
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in first17)
    given = {**ACCOUNT, **PASSWORD, "id_number": f" {wide[:6]} {wide[6:14]} {wide[14:]} x"}
    assert client.post(reverse("portal:register"), given).status_code == 302


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("abc", "密码至少 8 个字符。"),
        ("12345678", "这个密码太常见"),
        ("13800000001", "密码与姓名、手机号或邮箱太像"),
    ],
)
def test_a_weak_password_is_told_beside_it_in_chinese(
    client: Client, password: str, words: str
) -> None:
    given = {**ACCOUNT, "id_number": f.id_number(3), "password": password, "again": password}
    answer = client.post(reverse("portal:register"), given)
    assert words in str(answer.context["form"].errors["password"])
    assert "This password" not in text(answer)


def test_an_empty_page_names_each_field_and_leads_to_it(client: Client) -> None:
    row = c.make_draft()
    shown = text(signed_in(client, row).post(page("facts", row), {"ethnicity": ""}))
    assert '<a href="#id_ethnicity">请填写民族。</a>' in shown
    assert '<a href="#id_education">请选择文化程度。</a>' in shown
    assert '<a href="#div_id_condition_id">请选择申报条件。</a>' in shown
    assert "这个字段" not in shown


def test_too_long_and_strange_characters_are_told_plainly(client: Client) -> None:
    row = c.make_draft()
    long = {**FACTS, "address": "阿" * 300}
    assert "最多 200 个字，现在有 300 个。" in text(
        signed_in(client, row).post(page("facts", row), long)
    )
    assert "民族只写汉字" in text(client.post(page("facts", row), {**FACTS, "ethnicity": "<b>x"}))
    turned = {**FACTS, "ethnicity": "汉", "address": "学府路\u202e1号"}
    assert client.post(page("facts", row), turned).status_code == 303
    row.refresh_from_db()
    assert (row.ethnicity, row.address) == ("汉族", "学府路1号")


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"certificate_number": "X1"}, "certificate_level", "请选择已有证书的等级"),
        ({"certificate_issued": "2024-01-01"}, "certificate_level", "请选择已有证书的等级"),
        ({"title_granted": "2024-01-01"}, "title", "请选择职称"),
        ({"work_since": "2015-01-01"}, "work_since", "还不满 16 周岁"),
    ],
)
def test_nothing_half_told_is_dropped_in_silence(
    client: Client, given: dict[str, str], field: str, words: str
) -> None:
    row = c.make_draft()
    row.person.birth = date(2004, 2, 29)
    row.person.save(update_fields=["birth"])
    answer = signed_in(client, row).post(page("facts", row), {**FACTS, **given})
    assert words in str(answer.context["form"].errors[field])


def test_what_was_typed_outlives_the_session(client: Client) -> None:
    row = c.make_draft()
    typed = {**FACTS, "address": "很长的地址88号"}
    away = client.post(page("facts", row), typed)
    assert away["Location"].startswith(reverse("portal:sign_in"))
    assert "刚才填的内容还在" in text(client.get(away["Location"]))
    back = signed_in(client, row).get(page("facts", row))
    assert "很长的地址88号" in text(back)
    assert "还没有保存" in text(back)
    row.refresh_from_db()
    assert row.address != "很长的地址88号"
    assert "很长的地址88号" not in text(client.get(page("facts", row)))  # handed out once


def test_no_password_and_no_flood_of_text_is_kept(client: Client) -> None:
    row = c.make_draft()
    client.post(reverse("portal:password"), {"old": "secret", **PASSWORD})
    assert UNSAVED not in client.session
    client.post(page("facts", row), {**FACTS, "address": "a" * 30_000})
    assert UNSAVED not in client.session


def test_the_kept_text_is_not_for_another(client: Client) -> None:
    row, other = c.make_draft(), c.make_draft(c.make_open_offering(code="CQ2026-77"))
    client.post(page("facts", row), {**FACTS, "address": "很长的地址88号"})
    assert signed_in(client, other).get(page("facts", row)).status_code == 404
    assert "很长的地址88号" not in text(client.get(page("facts", other)))


def test_who_posts_without_a_session_comes_back_to_the_page_not_to_the_act(client: Client) -> None:
    row = c.make_draft()
    came = f"http://testserver{page('application', row)}"
    away = client.post(page("withdraw", row), {"reason": "x"}, headers={"referer": came})
    assert away["Location"].endswith(page("application", row).replace("/", "%2F"))
    assert "刚才的操作没有完成" in text(client.get(away["Location"]))


def test_a_second_window_is_told_of_once(client: Client) -> None:
    row = c.make_draft()
    seen = signed_in(client, row).get(page("facts", row)).context["seen"]
    one = {**FACTS, "address": "甲址", "seen": seen}
    assert client.post(page("facts", row), one).status_code == 303
    assert client.post(page("facts", row), one).status_code == 303  # the same page twice
    two = client.post(page("facts", row), {**one, "address": "乙址"})
    assert (two.status_code, "另一个窗口" in text(two), "乙址" in text(two)) == (422, True, True)
    again = client.post(page("facts", row), {**one, "address": "乙址", "seen": two.context["seen"]})
    assert again.status_code == 303
    row.refresh_from_db()
    assert row.address == "乙址"


def test_a_form_from_a_page_that_no_longer_holds_says_what_to_do() -> None:
    strict = Client(enforce_csrf_checks=True)
    came = f"http://testserver{reverse('portal:sign_in')}"
    answer = strict.post(reverse("portal:sign_in"), {}, headers={"referer": came})
    assert answer.status_code == 403
    shown = text(answer)
    assert "这一页已过期" in shown
    assert f'href="{reverse("portal:sign_in")}"' in shown
    assert "CSRF验证" not in shown


def test_the_condition_that_holds_already_is_chosen(client: Client) -> None:
    person, offering = c.make_candidate(), c.make_open_offering()
    row = registration.start_application(
        actor=person.user.as_actor(), person=person, offering=offering
    )
    form = signed_in(client, row).get(page("facts", row)).context["form"]
    assert form["condition_id"].value() == "ELIG-L4-3"
    assert "也可以改选" in str(form.fields["condition_id"].help_text)


def test_evidence_asks_for_its_kind_and_tells_what_is_lacking(client: Client) -> None:
    person = f.make_person(phone="13800000009")
    people.open_candidate_account(actor=SYSTEM, person=person, password=f.PASSWORD)
    row = c.make_draft(person=person)
    given = {**FACTS, "condition_id": "ELIG-L4-3", "diploma_kind": "college"}
    more = {"graduated_on": "2025-07-01", "major": c.MAJOR}
    signed_in(client, row).post(page("facts", row), {**given, **more})
    shown = client.get(page("evidence", row))
    assert "还差这些证明" in text(shown)
    assert "还差证明</span>" in text(client.get(page("application", row)))
    assert shown.context["form"]["kind"].value() == "education"
    refused = client.post(page("evidence", row), {"kind": "", "file": upload(PDF, "a.pdf")})
    assert "请选择材料类别" in text(refused)
    word = client.post(page("evidence", row), {"kind": "work", "file": upload(b"PK\3\4", "a.docx")})
    assert "Word 请另存为 PDF" in text(word)
    client.post(page("evidence", row), {"kind": "education", "file": upload(PDF, "a.pdf")})
    assert "还差这些证明" not in text(client.get(page("evidence", row)))


def test_the_last_look_shows_everything_that_was_told(client: Client) -> None:
    row = c.make_draft()
    given = {
        "employer": "甲厂",
        "work_since": "2023-01-01",
        "certificate_level": "5",
        "certificate_issued": "2024-05-06",
        "certificate_number": "Y001",
        "diploma_kind": "college",
        "graduated_on": "2025-07-01",
        "major": c.MAJOR,
    }
    signed_in(client, row).post(page("facts", row), {**FACTS, **given})
    row.refresh_from_db()
    lines = dict(told(row))
    assert lines["工作经历"] == "甲厂，2023-01-01 至 今"
    assert lines["已有证书"] == "五级/初级工，编号 Y001，2024-05-06 发证"
    assert lines["毕业学校"].endswith(f"{c.MAJOR}，2025-07-01 毕业")
    shown = text(client.get(page("check", row)))
    assert all(value in shown for value in lines.values())
    assert f'<a href="{page("commitment", row)}">签署承诺书以后又改了申报信息' in shown


def test_a_closed_page_says_why(client: Client) -> None:
    row = c.make_submitted()
    shown = signed_in(client, row).get(page("facts", row), follow=True)
    assert "申报已提交，不能再修改" in text(shown)


def test_what_cannot_be_applied_for_has_no_button(client: Client) -> None:
    row = c.make_draft()
    batch = row.batch
    shown = text(signed_in(client, row).get(reverse("portal:choose", args=[batch.pk])))
    assert "这一项已申报，去查看" in shown
    assert "申报这一项" not in shown


def test_a_refused_application_shows_no_verdict_that_contradicts_it(client: Client) -> None:
    row = c.make_submitted()
    reviewer = c.department_user().as_actor()
    assert "资格判断" in text(signed_in(client, row).get(page("application", row)))
    review.return_application(actor=reviewer, application=row, reason="照片不清", part="photo")
    registration.withdraw_application(
        actor=row.person.user.as_actor(), application=Application.objects.get(pk=row.pk)
    )
    assert "资格判断" not in text(client.get(page("application", row)))


def test_what_was_returned_and_not_yet_changed_is_named_before_it_is_sent(
    client: Client, clock: Any
) -> None:
    row = c.make_submitted()
    reviewer = c.department_user().as_actor()
    clock.move_to(f.at(2026, 4, 11))
    review.return_application(actor=reviewer, application=row, reason="照片不清", part="photo")
    warned = text(signed_in(client, row).get(page("check", row)))
    assert f'退回的这些还没有改：<a href="{page("photo", row)}">照片</a>' in warned
    assert "待补正" in text(client.get(page("application", row)))
    client.post(page("photo", row), {"photo": upload(c.picture(400, 560))})
    assert "还没有改" not in text(client.get(page("check", row)))
    assert "已改好" in text(client.get(page("application", row)))
    clock.move_to(f.at(2026, 4, 12))
    client.post(page("check", row))
    told = text(client.get(page("application", row)))
    steps = [told.index(word) for word in ("<b>已提交", "<b>退回修改：照片", "<b>已重新提交")]
    assert steps == sorted(steps)
    assert told.count("<b>已提交") == told.count("<b>已重新提交") == 1


def test_the_deadline_that_passes_on_the_last_page_is_told_with_its_day(
    client: Client, clock: Any
) -> None:
    row = c.make_draft()
    assert signed_in(client, row).get(page("check", row)).status_code == 200
    clock.move_to(row.batch.registration_closes + timedelta(seconds=1))
    late = client.post(page("check", row))
    assert late.status_code == 422
    assert "报名已截止：公告规定截至" in text(late)
    assert "可在下一批次报名" in text(late)
    row.refresh_from_db()
    assert row.status == "draft"


def test_too_many_tries_at_a_number_speak_of_the_number(client: Client) -> None:
    f.make_person(number=f.id_number(3), name="欧阳安", phone="13900000009")
    given = {**ACCOUNT, **PASSWORD, "id_number": f.id_number(3)}
    for _try in range(5):
        assert "不一致" in text(client.post(reverse("portal:register"), given))
    assert "这个证件号码试的次数太多" in text(client.post(reverse("portal:register"), given))


def test_who_holds_a_passport_tells_birth_and_sex_before_he_submits(client: Client) -> None:
    row = c.make_draft()
    row.person.birth, row.person.sex = None, ""
    row.person.save(update_fields=["birth", "sex"])
    late = signed_in(client, row).post(page("check", row))
    assert (late.status_code, "填写出生日期和性别" in text(late)) == (422, True)
    shown = text(client.get(page("facts", row)))
    assert f'<a href="{reverse("portal:profile")}">去填写出生日期和性别</a>' in shown
    nothing = client.post(reverse("portal:profile"), {"phone": "13800000001", "sex": ""})
    assert "请选择性别。" in text(nothing)


def test_nobody_is_called_a_student_who_is_none(client: Client) -> None:
    person = f.make_person(phone="13800000009")
    people.open_candidate_account(actor=SYSTEM, person=person, password=f.PASSWORD)
    row = registration.start_application(
        actor=person.user.as_actor(), person=person, offering=c.make_open_offering()
    )
    form = signed_in(client, row).get(page("facts", row)).context["form"]
    assert form["source"].value() == ""
    refused = client.post(page("facts", row), {**FACTS, "source": ""})
    assert "请选择考生来源。" in text(refused)


def test_who_is_second_at_the_start_is_led_to_the_one_that_was_begun(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two browsers press at once: the second finds nothing before and the first one after."""
    row = c.make_draft()
    found = iter([None, row, row, row])
    monkeypatch.setattr(selectors, "live_application", lambda *_args: next(found))
    begun = signed_in(client, row).post(reverse("portal:start", args=[row.offering_id]))
    assert begun["Location"] == page("application", row)
    assert "已报了" not in text(client.get(begun["Location"]))


def test_a_flood_of_text_is_refused_with_a_page_of_our_own(client: Client) -> None:
    row = c.make_draft()
    flood = {**FACTS, "address": "a" * 7_000_000}
    answer = signed_in(client, row).post(
        page("facts", row), urlencode(flood), content_type="application/x-www-form-urlencoded"
    )
    assert (answer.status_code, "没有收下" in text(answer)) == (400, True)
