"""The timetable in the browser: proposed, accepted, moved; clashes; workstations."""

from datetime import timedelta

import pytest
from django.urls import reverse

from assessment_center.accounts.enums import Role
from assessment_center.registry import SYSTEM
from exams import services
from exams.models import Sitting
from tests.exams import build
from tests.exams.equipment import build as gear
from tests.factories import foundation as make

pytestmark = pytest.mark.django_db
MOMENT = "%Y-%m-%dT%H:%M"
WISHES = {
    "first": "08:30", "last": "18:00", "noon_from": "12:00", "noon_until": "13:30",
    "practical_minutes": 120, "review_minutes": 20, "pause": 30, "rest": 30, "travel": 60,
}  # fmt: skip


@pytest.fixture
def clerk(client):
    client.force_login(make.make_user(Role.CLERK))
    return client


def url(name, *args):
    return reverse(f"exams_office:{name}", args=args)


def text(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def test_a_timetable_is_proposed_accepted_and_moved(clerk):
    batch = build.batch_with()
    build.room()
    shop = build.room(kind="practical", rows=2, columns=3)
    page = text(clerk.get(url("propose", batch.code)))
    assert "一组需考评员 3 人，有资格的共 0 人" in page
    assert "依据" in page
    page = text(clerk.get(url("propose", batch.code), WISHES))
    assert "已证明不能更早结束" in page
    assert "没有编入的" not in page
    assert page.count('<svg class="tt tt-wide"') == 1
    assert not Sitting.objects.exists()
    digest = page.split('name="digest" value="')[1][:64]
    told = {**WISHES, "digest": "0" * 64}
    assert "与刚才看到的不同" in text(
        clerk.post(url("accept_timetable", batch.code), told, follow=True)
    )
    told["digest"] = digest
    page = text(clerk.post(url("accept_timetable", batch.code), told, follow=True))
    assert "已编入 3 个场次" in page
    assert "人次没有编入" not in page
    first = batch.sittings.filter(subject_code="practical").first()
    early = {"starts_at": "2026-05-24T06:00", "rooms": [shop.pk]}
    page = text(clerk.get(url("new_time", first.pk), early))
    assert "不在办公室定的考试时段之内" in page
    assert "考评员不够" in page
    saved = clerk.post(url("new_time", first.pk), {**early, "accepted": 2}, follow=True)
    assert "场次已调整" in text(saved)
    taken = {"starts_at": build.THEORY_STARTS.strftime(MOMENT), "rooms": [shop.pk]}
    page = text(clerk.get(url("new_time", first.pk), taken))
    assert "已编入另一场次" in page
    assert "我已看过" not in page
    assert "请改正" in text(clerk.post(url("accept_timetable", batch.code), {}, follow=True))


def test_a_clash_is_shown_and_resolved(clerk):
    batch = build.batch_with(rulebook="henan")
    person = build.admit(batch.offerings.first())[0].person
    other = build.admit(batch.offerings.last(), person=person)[0]
    slot = build.theory_slot([build.room()])
    later = services.Slot(
        "theory", slot.ends_at, slot.ends_at + timedelta(hours=1), [build.room()],
        offerings=[other.offering],
    )  # fmt: skip
    first, second = services.plan_sittings(actor=SYSTEM, batch=batch, slots=[slot, later])
    page = text(clerk.get(url("batch", batch.code)))
    assert "时间冲突" in page
    assert person.name in page
    data = {"application": str(other.pk)}
    assert "已改到" in text(clerk.post(url("allot", second.pk), data, follow=True))
    assert "时间冲突" not in text(clerk.get(url("batch", batch.code)))
    for wrong in ("x", str(first.pk)):
        assert clerk.post(url("allot", second.pk), {"application": wrong}).status_code == 404


def test_workstations_are_edited_with_their_equipment(clerk):
    room = gear.shop()
    welder = make.make_offering(make.make_batch()).occupation
    elsewhere = make.make_occupation("殡仪服务员")  # in the classification, not at this centre
    piece = gear.piece()
    page = text(clerk.get(url("stations", room.pk)))
    assert ("还没有登记工位" in page, elsewhere.name in page) == (True, False)
    form = {"form-TOTAL_FORMS": 3, "form-INITIAL_FORMS": 0}
    for at in range(3):
        form |= {
            f"form-{at}-number": at + 1,
            f"form-{at}-capacity": 1,
            f"form-{at}-is_usable": "on",
        }
    form |= {"form-0-name": "焊接一", "form-0-occupations": [welder.pk], "form-2-number": ""}
    page = text(clerk.post(url("save_stations", room.pk), form, follow=True))
    assert "共容 2 人" in page
    assert "焊接一" in page
    page = text(
        clerk.post(url("equip_station", room.pk), {"piece": piece.pk, "station": 2}, follow=True)
    )
    assert page.count(str(piece)) >= 2
    piece.refresh_from_db()
    assert (piece.room, piece.station) == (room, 2)
    bad = {**form, "form-0-capacity": 0}
    assert "请改正标出的各项" in text(clerk.post(url("save_stations", room.pk), bad), 422)
