"""The candidate's pages: the whole way, what is refused, and that nobody sees another's."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from assessment_center.registry import SYSTEM
from candidates.models import Application
from candidates.services import review
from tests.factories import candidates as c
from tests.factories import foundation as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PAGES = ("application", "facts", "photo", "evidence", "commitment", "check", "form", "receipt")


def signed_in(client: Client, application: Application) -> Client:
    client.force_login(application.person.user)
    return client


def upload(content: bytes, name: str = "p.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_from_the_account_to_the_receipt(client: Client) -> None:
    offering = c.make_open_offering(code="2026-03")
    number = f.id_number(77)
    account = {
        "name": "欧阳安",
        "id_kind": "resident",
        "id_number": number,
        "phone": "13800000001",
        "password": "Mountain-2026",
        "again": "Mountain-2026",
    }
    done = client.post(reverse("portal:register"), account)
    assert (done.status_code, done["Location"]) == (302, reverse("portal:home"))
    home = client.get(reverse("portal:home")).content.decode()
    assert offering.batch.name in home
    chosen = client.get(reverse("portal:choose", args=[offering.batch_id])).content.decode()
    assert "电工 四级/中级工" in chosen
    begun = client.post(reverse("portal:start", args=[offering.pk]))
    row = Application.objects.get()
    assert begun["Location"] == reverse("portal:application", args=[row.pk])
    facts = {
        "ethnicity": "汉族",
        "education": "college",
        "source": "school",
        "address": "学府路1号",
        "condition_id": "ELIG-L4-3",
        "diploma_kind": "college",
        "graduated_on": "2025-07-01",
        "major": c.MAJOR,
    }
    saved = client.post(reverse("portal:facts", args=[row.pk]), facts)
    assert saved["Location"] == reverse("portal:photo", args=[row.pk])
    client.post(reverse("portal:photo", args=[row.pk]), {"photo": upload(c.picture())})
    client.post(
        reverse("portal:evidence", args=[row.pk]),
        {"kind": "education", "title": "毕业证", "file": upload(c.picture())},
    )
    client.post(
        reverse("portal:commitment", args=[row.pk]), {"typed_name": "欧阳安", "agreed": "on"}
    )
    page = client.get(reverse("portal:check", args=[row.pk])).content.decode()
    assert "毕业证" in page
    assert number not in page
    sent = client.post(reverse("portal:check", args=[row.pk]))
    assert sent["Location"] == reverse("portal:receipt", args=[row.pk])
    receipt = client.get(sent["Location"]).content.decode()
    assert "2026-03-00001" in receipt
    assert "2026-04-10（周五）09:00" in receipt
    row.refresh_from_db()
    assert (row.status, row.finding) == ("submitted", "eligible")
    form = client.get(reverse("portal:form", args=[row.pk]))
    assert form.content.startswith(b"%PDF-")


@pytest.mark.parametrize("name", [*PAGES, "photo_file"])
def test_anothers_application_does_not_exist(client: Client, name: str) -> None:
    mine, other = c.make_draft(), c.make_draft()
    signed_in(client, mine)
    assert client.get(reverse(f"portal:{name}", args=[other.pk])).status_code == 404


@pytest.mark.parametrize("name", ["facts", "photo", "evidence", "commitment", "check", "withdraw"])
def test_nothing_is_posted_to_anothers_application(client: Client, name: str) -> None:
    mine, other = c.make_draft(), c.make_draft()
    signed_in(client, mine)
    assert client.post(reverse(f"portal:{name}", args=[other.pk])).status_code == 404
    other.refresh_from_db()
    assert other.status == "draft"


@pytest.mark.parametrize("name", PAGES)
def test_the_unsigned_are_sent_to_sign_in_and_back(client: Client, name: str) -> None:
    row = c.make_draft()
    address = reverse(f"portal:{name}", args=[row.pk])
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("portal:sign_in"))


def test_staff_have_no_business_in_the_portal(client: Client) -> None:
    client.force_login(f.make_user("clerk"))
    assert client.get(reverse("portal:home")).status_code == 403


def test_a_returned_application_opens_at_the_part(client: Client) -> None:
    row = c.make_submitted()
    review.return_application(
        actor=c.department_user().as_actor(), application=row, reason="照片不清", part="photo"
    )
    home = signed_in(client, row).get(reverse("portal:home")).content.decode()
    assert f'href="{reverse("portal:photo", args=[row.pk])}"' in home
    page = client.get(reverse("portal:photo", args=[row.pk])).content.decode()
    assert "照片不清" in page
    listed = client.get(reverse("portal:application", args=[row.pk])).content.decode()
    assert "待补正" in listed


def test_the_timeline_tells_in_plain_words(client: Client) -> None:
    row = c.make_admitted(c.make_open_offering())
    page = signed_in(client, row).get(reverse("portal:application", args=[row.pk]))
    shown = re.findall(
        r"<b>(.*?)</b>(?:<time.*?>(.*?)</time>)?(?:<span>(.*?)</span>)?", page.content.decode()
    )
    assert ("已提交", "2026-04-10（周五）09:00", "") in shown
    assert any(title == "已缴费" and at for title, at, _detail in shown)


def test_withdrawing_ends_it(client: Client) -> None:
    row = c.make_submitted()
    signed_in(client, row).post(reverse("portal:withdraw", args=[row.pk]), {"reason": "不考了"})
    row.refresh_from_db()
    assert row.status == "withdrawn"
    page = client.get(reverse("portal:application", args=[row.pk])).content.decode()
    assert "申报已撤回" in page


def test_a_second_start_leads_to_the_draft(client: Client) -> None:
    row = c.make_draft()
    answer = signed_in(client, row).post(reverse("portal:start", args=[row.offering_id]))
    assert answer["Location"] == reverse("portal:application", args=[row.pk])


def test_a_refused_start_says_why(client: Client, clock: Any) -> None:
    offering = c.make_open_offering()
    person = c.make_candidate()
    client.force_login(person.user)
    clock.move_to(f.at(2026, 4, 21))
    answer = client.post(reverse("portal:start", args=[offering.pk]), follow=True)
    assert "报名已截止" in answer.content.decode()


def test_a_bad_file_keeps_the_page(client: Client) -> None:
    row = c.make_draft()
    answer = signed_in(client, row).post(
        reverse("portal:photo", args=[row.pk]), {"photo": upload(b"<svg/>")}, follow=True
    )
    assert "不是可用的图片" in answer.content.decode()


def test_facts_with_half_a_certificate_are_asked_again(client: Client) -> None:
    row = c.make_draft()
    given = {
        "ethnicity": "汉族",
        "education": "college",
        "source": "school",
        "address": "x",
        "condition_id": "ELIG-L4-2",
        "certificate_level": "5",
        "work_since": "2025-01-01",
        "work_until": "2024-01-01",
    }
    answer = signed_in(client, row).post(reverse("portal:facts", args=[row.pk]), given)
    page = answer.content.decode()
    assert "请填写发证日期" in page
    assert "截止日期不能早于起始日期" in page


def test_evidence_is_shown_and_removed_by_its_owner_only(client: Client) -> None:
    row, other = c.make_draft(), c.make_draft()
    signed_in(client, row).post(
        reverse("portal:evidence", args=[row.pk]), {"kind": "work", "file": upload(c.picture())}
    )
    piece = row.evidence.get()
    shown = client.get(reverse("portal:evidence_file", args=[row.pk, piece.pk]))
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert client.get(
        reverse("portal:evidence_file", args=[other.pk, piece.pk])
    ).status_code == 404  # fmt: skip
    signed_in(client, other)
    foreign = reverse("portal:remove_evidence", args=[other.pk, piece.pk])
    assert client.post(foreign).status_code == 404
    signed_in(client, row).post(reverse("portal:remove_evidence", args=[row.pk, piece.pk]))
    assert row.evidence.count() == 0


def test_sign_in_is_by_post_and_throttled(client: Client) -> None:
    person = c.make_candidate(number=f.id_number(5))
    page = reverse("portal:sign_in")
    for left in (4, 3, 2, 1):
        answer = client.post(page, {"id_number": f.id_number(5), "password": "nope"})
        assert f"还可以再试 {left} 次" in answer.content.decode()
    good = {"id_number": f.id_number(5), "password": f.PASSWORD}
    assert client.post(page, good).status_code == 302
    assert client.session["_auth_user_id"] == str(person.user.pk)
    client.post(reverse("portal:sign_out"))
    for _try in range(5):
        client.post(page, {"id_number": f.id_number(5), "password": "nope"})
    assert "暂时不能登录" in client.post(page, good).content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"again": "other-2026x"}, "两次输入的密码不一样"),
        ({"id_number": "500103200510160011"}, "证件号码|校验|号码"),
        ({"phone": "12"}, "11 位手机号码"),
        ({"password": "1234", "again": "1234"}, "密码"),
        ({"name": "7"}, "姓名"),
    ],
)
def test_a_bad_account_is_not_opened(client: Client, change: dict[str, str], words: str) -> None:
    given = {
        "name": "欧阳安",
        "id_kind": "resident",
        "id_number": f.id_number(78),
        "phone": "13800000001",
        "password": "Mountain-2026",
        "again": "Mountain-2026",
        **change,
    }
    page = client.post(reverse("portal:register"), given).content.decode()
    assert re.search(words, page)
    assert SYSTEM.is_system
    assert client.session.get("_auth_user_id") is None


def test_a_known_person_registers_with_the_known_phone_only(client: Client) -> None:
    f.make_person("欧阳安", number=f.id_number(79), phone="13900000000")
    given = {
        "name": "欧阳安",
        "id_kind": "resident",
        "id_number": f.id_number(79),
        "phone": "13800000001",
        "password": "Mountain-2026",
        "again": "Mountain-2026",
    }
    assert "不一致" in client.post(reverse("portal:register"), given).content.decode()
    done = client.post(reverse("portal:register"), {**given, "phone": "13900000000"})
    assert done.status_code == 302


def test_the_home_page_asks_the_database_no_more_for_three_than_for_one(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    row = c.make_submitted()
    signed_in(client, row)
    address = reverse("portal:home")
    client.get(address)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for _more in range(2):
        c.make_submitted(c.make_open_offering(), person=row.person)
    with CaptureQueriesContext(connection) as three:
        client.get(address)
    assert len(three) <= len(one) + 2
