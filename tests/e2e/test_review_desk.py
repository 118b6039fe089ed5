"""A department's and a reviewer's hour: the queue, the desk with its keys, the sample, the phone."""

import io
from typing import Any

import pytest
from PIL import Image, ImageDraw

from assessment_center.accounts.enums import Role
from candidates.models import Application, SampleDraw
from candidates.services import registration
from tests.e2e.desk import Desk, Desks
from tests.factories import candidates as c
from tests.factories import foundation as f

pytestmark = [pytest.mark.django_db(transaction=True)]


def paper(words: str, form: str = "JPEG") -> bytes:
    """A page that shows which way is up."""
    out, image = io.BytesIO(), Image.new("RGB", (600, 850), "white")
    pen = ImageDraw.Draw(image)
    pen.rectangle((30, 30, 570, 160), outline="black", width=4)
    pen.text((60, 80), words, fill="black", font_size=36)
    for line in range(12):
        pen.line((60, 240 + line * 44, 540, 240 + line * 44), fill="gray", width=3)
    image.save(out, form)
    return out.getvalue()


@pytest.fixture
def rows(transactional_db: None, settings: Any, tmp_path: Any) -> list[Application]:
    """Four applications of one department, the first with a picture and a PDF; one of another."""
    import time_machine

    settings.MEDIA_ROOT = str(tmp_path / "media")
    with time_machine.travel(c.NOW, tick=True):
        offering = c.make_open_offering()
        draft = c.make_draft(offering)
        own = draft.person.user.as_actor()
        for kind, form in (("education", "JPEG"), ("work", "PDF")):
            registration.add_evidence(
                actor=own, application=draft, kind=kind, content=paper(kind, form)
            )
        made = [registration.submit_application(actor=own, application=draft)]
        made += [c.make_submitted(offering) for _ in range(4)]
    Application.objects.exclude(pk=made[4].pk).update(department=made[0].department)
    return made


@pytest.fixture
def windows(browser: Any, live_server: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    from django.db import connections

    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    made = Desks(browser, live_server.url)
    yield made
    made.close()


def key(desk: Desk, name: str) -> None:
    """A key that leads to another page."""
    with desk.page.expect_navigation():
        desk.page.keyboard.press(name)
    desk.page.wait_for_load_state()
    desk.quiet()


def at(desk: Desk, row: Application) -> bool:
    return str(row.pk) in desk.page.url


def test_a_department_and_a_reviewer_work_with_keys(rows: list[Application], windows: Any) -> None:
    batch = rows[0].batch
    clerk = windows.at(f.make_user(Role.DEPARTMENT, departments=[rows[0].department]))
    clerk.go("candidates_office:queue", batch.code).sees(rows[0].number).shot("review-queue")
    assert rows[4].number not in clerk.page.content()
    clerk.go("candidates_office:application", rows[0].pk).shot("review-desk")
    page = clerk.page
    shown = page.locator(".paper-one:visible")
    assert shown.count() == 1
    page.keyboard.press("2")
    assert "工作年限证明" in shown.inner_text()
    wide = page.locator(".paper-one:visible .sheet").bounding_box()["width"]
    page.keyboard.press("+")
    assert page.locator(".paper-one:visible .sheet").bounding_box()["width"] > wide * 1.2
    page.keyboard.press("]")
    turned = page.locator(".paper-one:visible .sheet").bounding_box()
    assert turned["width"] > turned["height"]
    key(clerk, "j")
    assert at(clerk, rows[1])
    key(clerk, "k")
    assert at(clerk, rows[0])
    clerk.press("已看原件").sees("已验看原件")
    page.keyboard.press("r")
    assert page.evaluate("document.activeElement.name") == "reasons"
    page.keyboard.press("Space")
    assert page.locator("[name=reasons]:checked").count() == 1
    page.keyboard.press("Space")
    key(clerk, "c")
    assert at(clerk, rows[1])
    rows[0].refresh_from_db()
    assert rows[0].status == "first_reviewed"
    sample(clerk, rows)
    reviewer_on_the_phone(windows, rows)
    assert windows.barriers == []


def sample(clerk: Desk, rows: list[Application]) -> None:
    """Three are left: one is drawn and passed by key, the two others together."""
    clerk.go("candidates_office:bulk", rows[0].batch.code).press("抽取").sees("待逐份审核").shot(
        "review-sample"
    )
    drawn = SampleDraw.objects.get().sampled
    clerk.go("candidates_office:application", drawn[0])
    key(clerk, "c")
    clerk.go("candidates_office:bulk", rows[0].batch.code).press("通过所选（共 2 份）")
    assert Application.objects.filter(status="first_reviewed").count() == 4


def reviewer_on_the_phone(windows: Any, rows: list[Application]) -> None:
    """The office confirms by touch, refuses by article, and reads the figures."""
    phone = windows.at(f.make_user(Role.REVIEWER), phone=True)
    phone.go("candidates_office:application", rows[0].pk).shot("review-desk-phone", whole=True)
    phone.press("复核通过")
    assert at(phone, rows[1])
    phone.page.locator("summary", has_text="判为不通过").click()
    phone.fill("refuse", reason="学籍与所报专业不符。").press("判为不通过")
    rows[1].refresh_from_db()
    assert rows[1].status == "refused"
    assert rows[1].reviews.last().article
    phone.go("candidates_office:statistics", rows[0].batch.code).sees("退回率").shot(
        "review-statistics-phone"
    )
