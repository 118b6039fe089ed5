"""The portal before wrong numbers, heavy files, cut connections, second clicks and old pages."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse
from django.utils.html import escape

from assessment_center.people.models import Person
from assessment_center.people.rules.id_document import check_digit
from assessment_center.registry import SYSTEM, RefusedError
from candidates.documents.base import work_years
from candidates.models import Application
from candidates.services import registration, review
from tests.candidates.test_validators import PDF
from tests.factories import candidates as c
from tests.factories import foundation as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PASSWORD = "Mountain-2026"
RIGHT = f.id_number(3)
WRONG = RIGHT[:17] + ("1" if RIGHT[17] != "1" else "2")
FACTS = {
    "ethnicity": "汉族",
    "education": "college",
    "source": "school",
    "address": "学府路1号",
    "condition_id": "ELIG-L4-1",
}


def signed_in(client: Client, application: Application) -> Client:
    client.force_login(application.person.user)
    return client


def upload(content: bytes, name: str = "p.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def page(name: str, row: Application) -> str:
    return reverse(f"portal:{name}", args=[row.pk])


def numbered(first17: str) -> str:
    return f"{first17}{check_digit(first17)}"


@pytest.mark.parametrize(
    ("kind", "number", "words"),
    [
        ("resident", numbered("50010320990101001"), "出生日期晚于今天"),
        ("resident", numbered("50010320051316001"), "不是有效的出生日期"),
        ("resident", WRONG, "号码校验未通过"),
        ("resident", "50010320051016", "应为 18 位"),
        ("resident", "500103051016001", "15 位的旧号码"),
        ("resident", numbered("83000020001016001"), "这是“台湾居民居住证”的号码"),
        ("hk_residence", numbered("82000020001016001"), "这是“港澳居民居住证（澳门）”的号码"),
        ("taiwan_residence", f.id_number(3), "这是“居民身份证”的号码"),
        ("passport", "E1", "护照号码应为"),
        ("hk_macao_permit", "X12345678", "字母 H 或 M"),
        ("taiwan_permit", "1234", "8 位数字"),
        ("military", "12345", "军字第1234567号"),
        ("nonsense", "1", "请从列表中选择证件类型"),
    ],
)
def test_each_document_says_what_is_wrong_beside_its_field(
    client: Client, kind: str, number: str, words: str
) -> None:
    given = {"name": "欧阳安", "id_kind": kind, "id_number": number, "phone": "13800000001"}
    answer = client.post(
        reverse("portal:register"), {**given, "password": PASSWORD, "again": PASSWORD}
    )
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert set(answer.context["form"].errors) <= {"id_number", "id_kind"}


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("hk_residence", numbered("81000020001016001")),
        ("macao_residence", numbered("82000020001016001")),
        ("taiwan_residence", numbered("83000020001016001")),
        ("passport", "e 12345678"),
        ("hk_macao_permit", "H12345678"),
        ("taiwan_permit", "12345678"),
        ("military", "军字1234567"),
    ],
)
@pytest.mark.parametrize("name", ["阿依古丽·买买提", "𠮷䶮", "O'Brien Mary-Ann"])
def test_every_document_and_name_opens_an_account(
    client: Client, kind: str, number: str, name: str
) -> None:
    given = {"name": name, "id_kind": kind, "id_number": number, "phone": "13800000001"}
    done = client.post(
        reverse("portal:register"), {**given, "password": PASSWORD, "again": PASSWORD}
    )
    assert done.status_code == 302
    assert escape(name) in client.get(reverse("portal:profile")).content.decode()


def test_a_name_written_another_way_is_the_same_name(client: Client) -> None:
    given = {"id_kind": "resident", "id_number": f.id_number(9), "phone": "13800000001"}
    words = {"password": PASSWORD, "again": PASSWORD}
    name = " 阿依古丽 • 买买提 "
    assert (
        client.post(reverse("portal:register"), {"name": name, **given, **words}).status_code == 302
    )
    person = Person.objects.get()
    assert person.name == "阿依古丽·买买提"
    row = c.make_draft(person=person)
    row.commitment.delete()
    signed = {"typed_name": "阿依古丽•买买提　", "agreed": "on"}
    client.post(page("commitment", row), signed)
    assert Application.objects.get(pk=row.pk).commitment.signed_name == person.name


def test_somebody_elses_number_opens_nothing_and_tells_nothing_of_him(client: Client) -> None:
    f.make_person("欧阳安", number=f.id_number(9), phone="13800000001")
    given = {"name": "李明", "id_kind": "resident", "id_number": f.id_number(9)}
    answer = client.post(
        reverse("portal:register"),
        {**given, "phone": "13800000002", "password": PASSWORD, "again": PASSWORD},
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "欧阳安" not in text
    assert "13800000001" not in text
    assert Person.objects.get().user is None


def test_a_number_that_has_an_account_opens_no_second(client: Client) -> None:
    person = f.make_person("欧阳安", number=f.id_number(9), phone="13800000001")
    from assessment_center.people import services as people

    people.open_candidate_account(actor=SYSTEM, person=person, password=PASSWORD)
    given = {"name": "欧阳安", "id_kind": "resident", "id_number": f.id_number(9)}
    answer = client.post(
        reverse("portal:register"),
        {**given, "phone": "13800000001", "password": "Other-2026x", "again": "Other-2026x"},
    )
    assert "已注册过" in answer.content.decode()
    person.user.refresh_from_db()
    assert person.user.check_password(PASSWORD)


def test_who_holds_a_passport_tells_birth_and_sex_once(client: Client) -> None:
    person = f.make_person(phone="13800000000")
    person.birth, person.sex, person.id_kind = None, "", "passport"
    person.save()
    from assessment_center.people import services as people

    people.open_candidate_account(actor=SYSTEM, person=person, password=PASSWORD)
    client.force_login(person.user)
    told = {"phone": "13800000002", "birth": "2030-01-01", "sex": "female"}
    assert "早于今天" in client.post(reverse("portal:profile"), told).content.decode()
    client.post(reverse("portal:profile"), {**told, "birth": "2001-02-03"})
    person.refresh_from_db()
    assert (person.birth, person.sex, person.phone) == (date(2001, 2, 3), "female", "13800000002")
    client.post(reverse("portal:profile"), {**told, "birth": "1990-01-01", "sex": "male"})
    person.refresh_from_db()
    assert (person.birth, person.sex) == (date(2001, 2, 3), "female")


def test_dates_before_birth_and_after_today_are_asked_again(client: Client) -> None:
    row = c.make_draft()
    answer = signed_in(client, row).post(
        page("facts", row),
        {**FACTS, "work_since": "1990-01-01", "graduated_on": "2030-07-01", "employer_2": "甲厂"},
    )
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert errors["work_since"] == ["日期早于出生日期，请核对。"]
    assert errors["graduated_on"] == ["日期晚于今天，请核对。"]
    assert errors["work_since_2"] == ["请填写起始日期。"]
    assert "学府路1号" in answer.content.decode()


def test_overlapping_work_is_kept_as_told_and_counted_once(client: Client) -> None:
    row = c.make_draft()
    spells = {
        "employer": "甲厂",
        "work_since": "2023-01-01",
        "work_until": "2024-01-01",
        "employer_2": "乙厂",
        "work_since_2": "2023-06-01",
        "work_until_2": "2025-01-01",
    }
    answer = signed_in(client, row).post(page("facts", row), {**FACTS, **spells}, follow=True)
    assert "重叠的时间只算一次" in answer.content.decode()
    row.refresh_from_db()
    assert [spell["employer"] for spell in row.declaration["work"]] == ["甲厂", "乙厂"]
    shown = client.get(page("facts", row)).context["form"]
    assert shown["work_since_2"].value().isoformat() == "2023-06-01"
    assert work_years(row) == "2.0"


@pytest.mark.parametrize(("name", "field"), [("photo", "photo"), ("evidence", "file")])
def test_thirty_megabytes_are_refused_in_a_sentence(client: Client, name: str, field: str) -> None:
    row = c.make_draft()
    heavy = upload(b"\xff\xd8\xff" + b"0" * 30 * 1024 * 1024)
    answer = signed_in(client, row).post(page(name, row), {"kind": "work", field: heavy})
    assert answer.status_code == 422
    assert "文件有 30.0 MB，超过 5 MB" in answer.content.decode()
    assert row.evidence.count() == 0


@pytest.mark.parametrize("content", [PDF, c.picture()], ids=["pdf", "picture"])
@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9])
def test_an_upload_that_broke_off_loses_nothing_else(
    client: Client, content: bytes, kept: float
) -> None:
    row = c.make_draft()
    signed_in(client, row)
    client.post(page("evidence", row), {"kind": "work", "file": upload(c.picture(colour="red"))})
    body = encode_multipart(BOUNDARY, {"kind": "education", "file": upload(content, "d.bin")})
    start = body.index(content)
    cut = body[: start + int(len(content) * kept)]
    answer = client.generic("POST", page("evidence", row), cut, content_type=MULTIPART_CONTENT)
    assert answer.status_code in {200, 400, 422}
    row.refresh_from_db()
    assert [each.kind for each in row.evidence.all()] == ["work"]
    assert row.photo
    assert row.ethnicity == "汉族"


def test_a_second_submit_and_an_old_page_lead_to_the_receipt(client: Client) -> None:
    row = c.make_draft()
    signed_in(client, row)
    for _click in range(2):
        sent = client.post(page("check", row))
        assert sent["Location"] == page("receipt", row)
    for old in ("facts", "photo", "evidence", "commitment", "check"):
        assert client.get(page(old, row))["Location"] == page("application", row)
    row.refresh_from_db()
    assert row.number.endswith("-00001")


def test_a_piece_removed_twice_is_gone_once(client: Client) -> None:
    row = c.make_draft()
    signed_in(client, row)
    client.post(page("evidence", row), {"kind": "work", "file": upload(c.picture())})
    gone = reverse("portal:remove_evidence", args=[row.pk, row.evidence.get().pk])
    for _click in range(2):
        assert client.post(gone)["Location"] == page("evidence", row)
    assert row.evidence.count() == 0


def test_the_undertaking_is_ticked_and_signed_with_time_and_address(client: Client) -> None:
    row = c.make_draft()
    row.commitment.delete()
    signed_in(client, row)
    missing = client.post(page("commitment", row), {"typed_name": row.person.name})
    assert "请先阅读承诺内容并勾选" in missing.content.decode()
    given = {"typed_name": row.person.name, "agreed": "on"}
    client.post(page("commitment", row), given, REMOTE_ADDR="10.1.2.3")
    row = Application.objects.get(pk=row.pk)
    assert (row.commitment.signed_at, row.commitment.address) == (c.NOW, "10.1.2.3")


def test_only_what_was_returned_is_open(client: Client) -> None:
    row = c.make_submitted()
    review.return_application(
        actor=c.department_user().as_actor(), application=row, reason="照片不清", part="photo"
    )
    signed_in(client, row)
    told = client.get(page("facts", row), follow=True).content.decode()
    assert "这次只需补正：照片" in told
    assert client.get(page("photo", row)).status_code == 200
    own = row.person.user.as_actor()
    with pytest.raises(RefusedError, match="没有退回"):
        registration.add_evidence(
            actor=own, application=row, kind="work", content=c.picture(), title=""
        )
    with pytest.raises(RefusedError, match="没有退回"):
        registration.sign_commitment(
            actor=own, application=row, typed_name=row.person.name, address=None
        )
    registration.set_photo(actor=own, application=row, content=c.picture(colour="gray"))


def test_a_proof_that_the_correction_makes_necessary_is_open_too() -> None:
    row = c.make_submitted()
    review.return_application(
        actor=c.department_user().as_actor(), application=row, reason="补承诺", part="facts"
    )
    row.refresh_from_db()
    row.commitment.delete()
    row = Application.objects.get(pk=row.pk)
    registration.sign_commitment(
        actor=row.person.user.as_actor(), application=row, typed_name=row.person.name, address=None
    )
    assert row.person.name == Application.objects.get(pk=row.pk).commitment.signed_name


def test_the_pay_slip_is_there_while_something_is_due(client: Client) -> None:
    offering = c.make_open_offering()
    due = c.make_confirmed(offering)
    told = signed_in(client, due).get(page("application", due)).content.decode()
    assert "下载缴费通知单" in told
    slip = client.get(page("pay_slip", due))
    assert slip.content.startswith(b"%PDF-")
    from assessment_center.people.selectors import id_number
    from tests.assessment_center.pdf.reading import text

    printed = text(slip.content)
    assert "叁佰元整" in printed
    assert due.number in printed
    assert id_number(due.person) not in printed
    paid = c.make_admitted(offering)
    signed_in(client, paid)
    assert client.get(page("pay_slip", paid))["Location"] == page("application", paid)


def test_the_timeline_tells_returns_and_ends_with_their_days(client: Client) -> None:
    row = c.make_submitted()
    review.return_application(
        actor=c.department_user().as_actor(), application=row, reason="照片不清", part="photo"
    )
    own = row.person.user.as_actor()
    registration.submit_application(actor=own, application=row)
    told = signed_in(client, row).get(page("application", row)).content.decode()
    assert "退回修改：照片" in told
    assert "考试：5 月" in told
    client.post(page("withdraw", row), {"reason": ""})
    client.post(page("withdraw", row), {"reason": ""})
    ended = client.get(page("application", row)).content.decode()
    assert ended.count("申报已撤回") >= 1
    assert "考试：5 月" not in ended
    assert "成绩公布" not in ended
    assert "2026-04-10（周五）" in ended


def test_until_when_is_said_in_the_candidates_words(client: Client, clock: Any) -> None:
    row = c.make_draft()
    signed_in(client, row)
    closes = row.batch.registration_closes
    assert "天。" in client.get(page("application", row)).content.decode()
    clock.move_to(closes)
    assert "今天" in client.get(page("application", row)).content.decode()
    clock.move_to(closes + timedelta(days=1))
    assert "这份草稿不能再提交" in client.get(page("application", row)).content.decode()


def test_a_draft_that_was_withdrawn_has_no_form_to_download(client: Client) -> None:
    row = c.make_draft()
    signed_in(client, row).post(page("withdraw", row), {"reason": ""})
    ended = client.get(page("application", row)).content.decode()
    assert ended.count("<li class=") == 1
    assert "下载申报表" not in ended
