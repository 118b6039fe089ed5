"""A candidate's day on the phone (360 px) and on the desktop, with all that goes wrong on the way."""

import io
import os
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import connections
from PIL import Image

from assessment_center.accounts.enums import Role
from assessment_center.people.rules import id_document
from candidates.demo_portraits import portrait
from candidates.models import Application
from candidates.services import review
from tests.candidates.test_validators import PDF, acts, pdf
from tests.e2e.desk import Desk, Desks
from tests.e2e.world import sent_code
from tests.factories import candidates as c
from tests.factories import foundation as f

pytestmark = [pytest.mark.e2e]
PICTURES = os.environ.get("PORTAL_PICTURES", "")
PASSWORD = "Mountain-2026"
NAME = "阿卜杜热合曼·麦麦提𠮷䶮"
PHONE_NUMBER = "13800005678"
SMALL = {"width": 360, "height": 740}


@pytest.fixture
def desks(
    browser: Any,
    live_server: Any,
    transactional_db: None,
    clock: Any,
    settings: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Desks]:
    """Windows before the site on 10 April 2026, when a batch is open for registration."""
    clock.move_to(c.NOW)
    settings.MEDIA_ROOT = str(tmp_path)
    settings.CODE_CHANNELS = ["sms"]
    settings.SMS_GATEWAY = "tests.e2e.world.gateway"
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    made = Desks(browser, live_server.url)
    yield made
    made.close()


def look(desk: Desk, name: str) -> Desk:
    """Open to everybody's tools; a picture for the eye, when pictures are wanted."""
    desk.accessible()
    desk.quiet()
    if PICTURES:
        desk.page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)
    return desk


def on_the_phone(desks: Desks) -> Desk:
    desk = desks.at(phone=True)
    desk.page.set_viewport_size(SMALL)
    return desk


def test_the_day_on_the_phone(desks: Desks, tmp_path: Path) -> None:
    offering = c.make_open_offering(code="CQ2026-03")
    phone = on_the_phone(desks)
    open_an_account(phone)
    look(phone.go("portal:home").sees("还没有申报", "报名截至"), "home")
    look(phone.follow("报名"), "choose")
    phone.press("申报这一项").sees("报名截至 2026 年 4 月")
    look(phone, "tasks")
    tell_the_facts(phone)
    take_the_photo(phone)
    heavy = tmp_path / "big.pdf"
    heavy.write_bytes(b"%PDF-1.7" + b"0" * 30 * 1024 * 1024)
    hand_in_evidence(phone, heavy)
    sign(phone)
    submit_twice(phone)
    correct_what_was_returned(phone)
    pay(phone, desks)
    assert Application.objects.get().offering_id == offering.pk
    assert desks.barriers == []


def open_an_account(phone: Desk) -> None:
    """First a code, typed wrong once; then the document, wrong in two ways."""
    look(phone.go("portal:sign_in"), "sign-in")
    look(phone.follow("开通账号").sees("获取验证码"), "prove")
    phone.fill(target="12").refused("获取验证码").sees("11 位手机号码")
    phone.fill(target=PHONE_NUMBER).press("获取验证码").sees(PHONE_NUMBER)
    phone.fill(code="x").refused("下一步").sees("验证码不对")
    look(phone, "code")
    phone.fill(code=sent_code()).press("下一步").sees("已验证")
    number = f.id_number(7)
    wrong = f"{number[:17]}{'1' if number[17] != '1' else '2'}"
    given = {"name": NAME, "password": PASSWORD, "again": PASSWORD}
    phone.fill(id_number=wrong, **given).refused("开通账号").sees("号码校验未通过")
    look(phone, "register")
    hong_kong = f"81000020001016001{id_document.check_digit('81000020001016001')}"
    phone.fill(id_number=hong_kong, password=PASSWORD, again=PASSWORD).refused("开通账号")
    phone.sees("港澳居民居住证（香港）", "请改选证件类型")
    phone.fill(id_number=number, password=PASSWORD, again=PASSWORD).press("开通账号")
    phone.sees("账号已开通")
    look(phone.go("portal:profile").sees(NAME, "更改手机或邮箱"), "profile")


def tell_the_facts(phone: Desk) -> None:
    phone.follow("个人情况")
    phone.page.get_by_text("毕业学校", exact=False).first.click()
    phone.fill(
        ethnicity="维吾尔族",
        education="college",
        source="society",
        address="学府大道88号",
        condition_id="ELIG-L4-3",
    )
    phone.fill(diploma_kind="college", graduated_on="2027-07-01", major=c.MAJOR)
    phone.refused("保存并继续").sees("日期晚于今天", "已填的都在")
    look(phone, "facts")
    phone.fill(graduated_on="2025-07-01").press("保存并继续").sees("照片")


def take_the_photo(phone: Desk) -> None:
    """An iPhone's file is told in a sentence; a picture of the camera is cut on the phone."""
    phone.fill(photo=("IMG_1.heic", b"\0\0\0\x18ftypheic" + b"\0" * 400))
    phone.page.get_by_text("可能是 HEIC 格式").wait_for()
    look(phone, "photo-heic")
    wide = Image.new("RGB", (1600, 1200), "white")
    wide.paste(
        Image.open(io.BytesIO(portrait(Random(3), long_hair=False))).resize((720, 1008)), (440, 192)
    )
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "SECRET-CAMERA"
    wide.save(out, "JPEG", exif=exif)
    phone.fill(photo=("p.jpg", out.getvalue()))
    phone.page.locator("[data-cutter]").wait_for(state="visible")
    phone.page.locator("[data-move=zoom]").fill("1.3")
    phone.page.locator("[data-move=y]").press("ArrowRight")
    look(phone, "photo-cut")
    phone.page.get_by_role("button", name="上传这张照片").click()
    phone.page.get_by_text("照片已保存").wait_for()
    look(phone, "photo")
    row = Application.objects.get()
    with row.photo.open("rb") as kept:
        content = kept.read()
    assert b"SECRET-CAMERA" not in content
    assert Image.open(io.BytesIO(content)).size == (413, 579)
    phone.follow("继续")


def hand_in_evidence(phone: Desk, heavy: Path) -> None:
    """Too heavy, a script, a lost connection; then it arrives, and nothing else was lost."""
    phone.page.locator("[name=file]").set_input_files(heavy)
    phone.page.get_by_text("文件有 30.0 MB").wait_for()
    upload(phone, ("x.pdf", pdf(act=acts("/JavaScript")))).sees("PDF 含有脚本或附件")
    look(phone, "evidence-refused")
    phone.context.set_offline(True)
    phone.fill(kind="education", title="毕业证", file=("d.pdf", PDF))
    phone.page.get_by_role("button", name="上传这份材料").click()
    phone.page.get_by_text("网络断了").wait_for()
    phone.complaints.clear()
    look(phone, "evidence-lost")
    phone.context.set_offline(False)
    phone.page.get_by_role("button", name="再试一次").click()
    phone.page.get_by_text("材料已保存").wait_for()
    look(phone.sees("毕业证"), "evidence")
    row = Application.objects.get()
    assert (row.evidence.count(), bool(row.photo), row.ethnicity) == (1, True, "维吾尔族")
    phone.follow("继续")


def upload(phone: Desk, file: tuple[str, bytes]) -> Desk:
    """Send a file that is refused: the script shows the answer on the spot."""
    phone.fill(kind="education", file=file)
    phone.page.get_by_role("button", name="上传这份材料").click()
    phone.page.get_by_text("已填的都在").wait_for()
    assert [one for one in phone.complaints if "422" not in one] == []
    phone.complaints.clear()
    return phone


def sign(phone: Desk) -> None:
    phone.fill(typed_name=NAME).refused("签署").sees("请先阅读承诺内容并勾选")
    look(phone, "commitment")
    phone.fill(agreed="on", typed_name="别人").refused("签署").sees("签名与姓名不一致")
    phone.fill(typed_name=NAME.replace("·", "•")).press("签署").sees("承诺书已签署")
    signed = Application.objects.get().commitment
    assert (signed.signed_name, signed.address) == (NAME, "127.0.0.1")


def submit_twice(phone: Desk) -> None:
    """A double click, a second post of the same page, and the back button: one application."""
    look(phone.follow("核对并提交"), "check")
    with phone.page.expect_navigation():
        phone.page.get_by_role("button", name="提交", exact=True).dblclick()
    phone.page.wait_for_load_state()
    look(phone.sees("已提交", "CQ2026-03-00001"), "receipt")
    phone.page.go_back()
    phone.page.wait_for_load_state()
    assert phone.page.get_by_role("button", name="提交", exact=True).count() == 0
    one = Application.objects.get()
    assert (one.number, one.status) == ("CQ2026-03-00001", "submitted")
    phone.go("portal:application", one.pk).sees("等待初审", "考试：")
    look(phone, "status")


def correct_what_was_returned(phone: Desk) -> None:
    """The photo was returned: the photo is open, nothing else."""
    row = Application.objects.get()
    review.return_application(
        actor=c.department_user().as_actor(), application=row, reason="照片不清", part="photo"
    )
    look(phone.go("portal:home"), "home-returned")
    look(phone.go("portal:application", row.pk).sees("照片不清", "不用改"), "returned")
    phone.go("portal:facts", row.pk).sees("这一部分没有退回", "这次只需补正：照片")
    look(phone.follow("去修改").sees("照片不清"), "returned-photo")
    phone.send_photo(portrait(Random(5), long_hair=True)).follow("继续").follow("核对并提交").press(
        "提交"
    )
    row.refresh_from_db()
    assert (row.status, row.number) == ("submitted", "CQ2026-03-00001")


def pay(phone: Desk, desks: Desks) -> None:
    row = Application.objects.get()
    review.first_review(actor=c.department_user().as_actor(), application=row, note="看过毕业证")
    review.confirm(actor=f.make_user(Role.REVIEWER).as_actor(), application=row, note="同意")
    phone.go("portal:application", row.pk).sees("待缴费 300 元", "审核通过")
    look(phone, "status-due")
    for label in ("下载缴费通知单", "下载申报表"):
        content = phone.download(label)
        assert content.startswith(b"%PDF-")
        if PICTURES:
            Path(f"{PICTURES}/{label}.pdf").write_bytes(content)
    desktop = desks.at(row.person.user)
    look(desktop.go("portal:application", row.pk).sees("待缴费 300 元"), "desktop-status")


def test_the_same_pages_on_the_desktop(desks: Desks) -> None:
    """Every page of a draft and of its end, wide; and withdrawing, pressed twice."""
    draft = c.make_draft(c.make_open_offering(code="CQ2026-04"))
    desk = desks.at(draft.person.user)
    look(desk.go("portal:home"), "desktop-home")
    look(desk.go("portal:choose", draft.batch_id), "desktop-choose")
    for name in ("application", "facts", "photo", "evidence", "commitment", "check"):
        look(desk.go(f"portal:{name}", draft.pk), f"desktop-{name}")
    look(desk.go("portal:password"), "desktop-password")
    desk.page.locator("[name=again]").focus()
    desk.page.keyboard.press("Tab")  # who uses the keyboard sees where he is
    shown = desk.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert (desk.page.evaluate("document.activeElement.tagName"), shown) == ("BUTTON", "solid")
    desk.fill(old="nope", password=PASSWORD, again=PASSWORD).refused("更改密码").sees("不对")
    desk.go("portal:application", draft.pk)
    desk.page.get_by_text("撤回申报").click()
    with desk.page.expect_navigation():
        desk.page.get_by_role("button", name="确认撤回").dblclick()
    desk.page.wait_for_load_state()
    look(desk.sees("申报已撤回"), "desktop-withdrawn")
    for name in ("forgotten", "activate", "register"):
        look(desks.at().go(f"portal:{name}"), f"desktop-{name}")
    assert desks.barriers == []
