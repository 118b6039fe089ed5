"""The registers' pages: entered, searched, agreed, corrected, printed; roles are kept."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from assessment_center.accounts.enums import Role
from assessment_center.registers.models import DocumentEntry, SealUse, Transfer
from tests.assessment_center.pdf.reading import text as printed_text
from tests.assessment_center.registers import build
from tests.factories import foundation as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(build.NOW, tick=False) as clock:
        yield clock


def signed_in(role):
    client = Client()
    client.force_login(make.make_user(role))
    return client


def url(where, *args):
    return reverse(f"registers_office:{where}", args=args)


def page(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def test_a_document_is_entered_found_corrected_and_opened():
    clerk = signed_in(Role.CLERK)
    assert "还没有登记" in page(clerk.get(url("home")))
    sheet = {**build.DOCUMENT, "series": "in", "copies": 1, "dated": "2026-06-01"}
    assert "series" in page(clerk.get(url("enter", "documents")))
    assert page(clerk.post(url("enter", "documents"), {**sheet, "title": ""}), 422)
    bad = {**sheet, "file": SimpleUploadedFile("a.pdf", b"MZ")}
    assert "PNG" in page(clerk.post(url("enter", "documents"), bad, follow=True))
    good = {**sheet, "file": SimpleUploadedFile("a.pdf", b"%PDF-1.7")}
    shown = page(clerk.post(url("enter", "documents"), good, follow=True))
    assert "已登记：收〔2026〕1号" in shown
    line = DocumentEntry.objects.get()
    assert line.file_digest[:12] in shown
    assert clerk.get(url("file", line.pk)).getvalue() == b"%PDF-1.7"
    assert "没有找到" in page(clerk.get(url("register", "documents"), {"words": "车床"}))
    assert "技能等级认定" in page(
        clerk.get(url("register", "documents"), {"words": "人社厅", "year": "2026"})
    )
    form = page(clerk.get(url("correct", "documents", line.pk)))
    assert "更正原因" in form
    fixed = {**sheet, "series": "out", "title": "更正后的通知", "reason": "名称写错"}
    shown = page(clerk.post(url("correct", "documents", line.pk), fixed, follow=True))
    assert "更正 收〔2026〕1号：名称写错" in shown
    assert "已由 收〔2026〕2号 更正" in shown
    assert page(clerk.get(url("register", "nothing")), 404)


def test_a_seal_goes_from_the_clerk_to_the_head_and_back():
    make.make_filing()
    clerk, head = signed_in(Role.CLERK), signed_in(Role.HEAD)
    assert "提出后由他人批准" in page(clerk.get(url("enter", "seals")))
    page(clerk.post(url("enter", "seals"), build.SEAL, follow=True))
    line = SealUse.objects.get()
    assert "批准" in page(head.get(url("register", "seals")))
    assert head.get(url("enter", "seals")).status_code == 403
    step = url("step", "seals", line.pk, "agree")
    assert "您的角色不能" in page(clerk.post(step, follow=True))
    assert "已批准" in page(head.post(step, {"words": "同意"}, follow=True))
    use = url("step", "seals", line.pk, "use")
    assert page(clerk.post(use, {"on": ""}), 422)
    told = {"on": "2026-06-10", "used_by": "何芳", "kept_by": "陈档案"}
    assert "已办理" in page(clerk.post(use, told, follow=True))
    assert "没有这个步骤" in page(clerk.post(url("step", "seals", line.pk, "burn"), follow=True))
    period = {"first": "2026-01-01", "last": "2026-12-31"}
    printed = printed_text(clerk.get(url("print", "seals"), period).content)
    for word in ("用印登记簿", "印〔2026〕1号", "何芳", "发证"):
        assert word in printed


def test_hand_over_and_minutes_are_entered_and_printed():
    make.make_filing(rulebook_version=make.make_rulebook("henan"))
    clerk, head = signed_in(Role.CLERK), signed_in(Role.HEAD)
    moved = {**build.TRANSFER, "moved_at": "2026-06-10T08:00", "important": "on"}
    page(clerk.post(url("enter", "transfers"), moved, follow=True))
    line = Transfer.objects.get()
    page(head.post(url("step", "transfers", line.pk, "agree"), follow=True))
    assert "已办理" in page(clerk.post(url("step", "transfers", line.pk, "use"), follow=True))
    held = {**build.MINUTES, "series": "work", "held_at": "2026-06-10T08:00"}
    assert "按规则执行" in page(clerk.post(url("enter", "minutes"), held, follow=True))
    period = {"first": "2026-06-10", "last": "2026-06-10"}
    assert "领导签字" in printed_text(clerk.get(url("print", "transfers"), period).content)
    assert "记〔2026〕1号" in printed_text(clerk.get(url("print", "minutes"), period).content)
    assert "没有登记" in page(clerk.get(url("print", "documents"), period), 404)
    assert page(clerk.get(url("print", "documents"), {"first": "x"}), 422)


@pytest.mark.parametrize(
    ("role", "reads", "writes"),
    [
        (Role.ARCHIVIST, True, True),
        (Role.INSPECTOR, True, False),
        (Role.ASSESSOR, False, False),
    ],
)
def test_who_may_read_and_who_may_write(role, reads, writes):
    client = signed_in(role)
    assert client.get(url("home")).status_code == (200 if reads else 403)
    assert client.get(url("enter", "minutes")).status_code == (200 if writes else 403)
