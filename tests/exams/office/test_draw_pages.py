"""The page of draws: from the sealed key to the printed record, with what is refused on the way."""

import pytest
import time_machine

from assessment_center.accounts.enums import Role
from assessment_center.personnel.enums import Grade, Post
from assessment_center.registry import SYSTEM
from assessment_center.registry.entries import documents
from exams import services
from exams.models import Draw
from tests.assessment_center.pdf.reading import text as printed_text
from tests.exams import build
from tests.exams.office.test_pages import post, text, url
from tests.factories import foundation as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client):
    client.force_login(make.make_user(Role.CLERK))
    return client


def test_from_the_sealed_key_to_the_printed_record(clerk):
    batch = build.ticketed(build.batch_with((("电工", 4),), rulebook="jilin"))
    sitting = batch.sittings.get(subject_code="practical")
    with time_machine.travel(build.TICKETS_AT, tick=False) as clock:
        _walk(clerk, batch, sitting, clock)


def _walk(clerk, batch, sitting, clock):
    page = text(clerk.get(url("draws", sitting.pk)))
    assert "规程要求" in page
    assert "抽取考评组" in page
    bad = post(clerk, "commit_lots", sitting.pk, "workstation", not_before="昨天")
    assert "请改正" in text(bad)
    assert "没有这项抽签" in text(post(clerk, "commit_lots", sitting.pk, "proctor_rooms"))
    page = text(post(clerk, "commit_lots", sitting.pk, "workstation"))
    draw = Draw.objects.get()
    assert draw.commitment in page
    assert draw.key not in page
    clock.shift(60)
    assert "还没有到时间" in text(post(clerk, "hold_lots", draw.pk, witness="吴建国"))
    assert "请填写见证人" in text(post(clerk, "hold_lots", draw.pk, witness=""))
    clock.move_to(draw.not_before)
    page = text(post(clerk, "hold_lots", draw.pk, witness="吴建国"))
    assert draw.key in page
    assert "重演一致" in page
    first, second = list(draw.lines.all())[:2]
    swap = {"first": first.pk, "second": second.pk}
    assert "写明原因" in text(post(clerk, "swap_lots", draw.pk, **swap))
    page = text(post(clerk, "swap_lots", draw.pk, reason="工位停电", **swap))
    assert "工位停电" in page
    parts = documents["draw-record"].render(batch, SYSTEM)
    printed = printed_text(parts[0][1])
    for word in ("工位抽签记录", "吴建国", draw.key, "工位停电", first.application.person.name):
        assert word in printed


def test_the_staff_is_counted_confirmed_and_replaced(clerk):
    batch = build.ticketed(build.batch_with((("电工", 4),), rulebook="jilin"))
    sitting = batch.sittings.get(subject_code="practical")
    room = sitting.rooms.get()
    members = [make.make_member(Grade.ASSESSOR) for _ in range(4)]
    posts = (Post.PANEL_LEADER, Post.ASSESSOR)
    for member, place in zip(members, posts, strict=False):
        services.set_duty(actor=SYSTEM, sitting=sitting, member=member, post=place, room=room)
    page = text(clerk.get(url("duties", sitting.pk)))
    assert "至少 3 人" in page
    assert "取单数，共需 3 人" in page
    assert "须为单数" in text(post(clerk, "confirm_duties", sitting.pk))
    services.set_duty(
        actor=SYSTEM, sitting=sitting, member=members[2], post=Post.ASSESSOR, room=room
    )
    assert "人员已定岗" in text(post(clerk, "confirm_duties", sitting.pk))
    duty = sitting.duties.get(member=members[2])
    assert "写明原因" in text(post(clerk, "replace_duty", duty.pk, member=members[3].pk))
    told = {"member": members[3].pk, "reason": "突发疾病"}
    assert "已换人" in text(post(clerk, "replace_duty", duty.pk, **told))
    assert sitting.duties.filter(member=members[3]).exists()
