"""Put off, arranged anew, cancelled: nobody was absent, nobody failed (VAL-05)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from assessment_center.accounts.enums import Role
from assessment_center.registry import SYSTEM, RefusedError
from candidates.models import Application
from exams import services
from exams.called_off import still_on
from exams.models import CallOff, RoomRecord, SeatAssignment, Sitting
from exams.results import results_basis
from exams.selectors import missing_records
from tests.exams import build
from tests.factories import foundation as make

pytestmark = pytest.mark.django_db
CONSENT = "市职鉴中心 渝鉴〔2026〕7号"


def ticketed() -> Sitting:
    return build.ticketed().sittings.get(number=1)


def decide(sitting: Sitting, outcome: str, **more: object) -> CallOff:
    facts = {"actor": SYSTEM, "reason": "暴雨停电", "consent": CONSENT, **more}
    return services.call_off(sitting=sitting, outcome=outcome, **facts)  # type: ignore[arg-type]


def test_arranged_anew_everybody_keeps_his_seat() -> None:
    sitting = ticketed()
    before = set(SeatAssignment.objects.filter(sitting=sitting).values_list("pk", flat=True))
    first, last = sitting.starts_at, sitting.ends_at
    soon = timedelta(hours=4)  # the workshop has them then
    with pytest.raises(RefusedError, match="考生在新的时间已编入另一场次"):
        decide(sitting, "rearranged", starts_at=first + soon, ends_at=last + soon)
    later = timedelta(hours=8)
    made = decide(sitting, "rearranged", starts_at=first + later, ends_at=last + later)
    sitting.refresh_from_db()
    assert (sitting.starts_at, sitting.ends_at) == (first + later, last + later)
    assert {room.period.lower for room in sitting.rooms.all()} == {first + later}
    assert (made.planned_starts, made.planned_ends) == (first, last)
    assert (
        set(SeatAssignment.objects.filter(sitting=sitting).values_list("pk", flat=True)) == before
    )
    assert still_on(sitting)


def test_put_off_it_waits_for_its_time_and_what_was_entered_falls() -> None:
    sitting = ticketed()
    Sitting.objects.filter(pk=sitting.pk).update(status="running")
    for room in sitting.rooms.all():
        RoomRecord.objects.create(sitting_room=room, expected=1)
    decide(sitting, "postponed")
    sitting.refresh_from_db()
    assert sitting.status == "ticketed"
    assert not RoomRecord.objects.exists()
    assert results_basis(sitting.batch) == []
    assert "缓考" in str(still_on(sitting))
    with pytest.raises(RefusedError, match="已缓考，不能开考"):
        services.start_sitting(actor=SYSTEM, sitting=sitting)
    again = {"starts_at": sitting.starts_at, "ends_at": sitting.ends_at}
    decide(sitting, "rearranged", **again)
    assert still_on(sitting)


def test_cancelled_the_applications_end_and_nothing_waits() -> None:
    sitting = ticketed()
    seated = Application.objects.filter(seats__sitting=sitting)
    decide(sitting, "cancelled")
    assert set(seated.values_list("status", flat=True)) == {"withdrawn"}
    rooms = missing_records(sitting.batch).filter(sitting=sitting)
    assert not rooms.exists()
    with pytest.raises(RefusedError, match="已经取消"):
        decide(sitting, "postponed")


def test_who_must_agree_is_the_rulebooks() -> None:
    sitting = ticketed()
    with pytest.raises(RefusedError, match="须经主管部门同意") as caught:
        decide(sitting, "postponed", consent=" ")
    assert "应急处理预案" in str(caught.value.refusal.citations[0])
    with pytest.raises(RefusedError, match="写明原因"):
        decide(sitting, "postponed", reason=" ")
    with pytest.raises(RefusedError, match="没有这种决定"):
        decide(sitting, "forgotten")
    clerk = make.make_user(Role.CLERK).as_actor()
    with pytest.raises(RefusedError, match="决定缓考与重排"):
        decide(sitting, "postponed", actor=clerk)


def test_no_new_time_outside_the_announced_days_or_without_one() -> None:
    sitting = ticketed()
    far = timedelta(days=90)
    with pytest.raises(RefusedError, match="公告的考试日期"):
        decide(
            sitting,
            "rearranged",
            starts_at=sitting.starts_at + far,
            ends_at=sitting.ends_at + far,
        )
    with pytest.raises(Exception, match="须有新的时间"):
        decide(sitting, "rearranged")
    assert not CallOff.objects.exists()


def test_what_is_held_or_not_yet_ticketed_is_not_called_off() -> None:
    sitting = ticketed()
    Sitting.objects.filter(pk=sitting.pk).update(status="recorded")
    with pytest.raises(RefusedError, match="还没有考完"):
        decide(sitting, "postponed")
    Sitting.objects.filter(pk=sitting.pk).update(status="running")
    room = sitting.rooms.first()
    RoomRecord.objects.create(
        sitting_room=room, expected=0, status="submitted", submitted_at=sitting.ends_at
    )
    with pytest.raises(RefusedError, match="已经考过"):
        decide(sitting, "postponed")


def test_a_decision_stays() -> None:
    decide(ticketed(), "postponed")
    rows = CallOff.objects.all()
    with pytest.raises(IntegrityError, match="不能改动"), transaction.atomic():
        rows.update(reason="x")
    with pytest.raises(IntegrityError, match="不能改动"), transaction.atomic():
        rows.delete()
