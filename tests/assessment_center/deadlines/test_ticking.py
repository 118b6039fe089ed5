"""What the program keeps no record of is ticked by who answers for it, and the tick can go back."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.utils.html import strip_tags

from assessment_center.accounts.enums import Act, Role
from assessment_center.audit.models import AuditEntry
from assessment_center.deadlines import services
from assessment_center.deadlines.models import Deadline
from assessment_center.registry import RefusedError
from tests.assessment_center.office_helpers import page_text, signed_in
from tests.factories.foundation import make_batch, make_centre, make_filing, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Deadline:
    batch = make_batch("2026-03", rulebook="jilin")
    services.sync(batch)
    return Deadline.objects.get(kind="exams.meeting")


def test_a_tick_stays_when_the_sources_are_asked_again(meeting: Deadline) -> None:
    clerk = make_user(Role.CLERK)
    row = services.tick(actor=clerk.as_actor(), deadline=meeting, note=" 会议记录 3 号 ")
    assert (row.done_by, row.done_note) == (clerk, "会议记录 3 号")
    batch = meeting.batch
    assert batch is not None
    batch.exam_starts = date(2026, 5, 22)
    batch.save()
    services.sync(batch)
    row.refresh_from_db()
    assert (row.due, row.done_note) == (date(2026, 5, 21), "会议记录 3 号")
    entry = AuditEntry.objects.get(verb="deadline.tick")
    assert entry.payload["note"] == "会议记录 3 号"
    with pytest.raises(RefusedError, match="已经登记"):
        services.tick(actor=clerk.as_actor(), deadline=row)
    row = services.take_back(actor=clerk.as_actor(), deadline=row)
    assert (row.done_at, row.done_by, row.done_note) == (None, None, "")
    with pytest.raises(RefusedError, match="还没有登记"):
        services.take_back(actor=clerk.as_actor(), deadline=row)


def test_who_does_not_answer_for_it_may_not_tick(meeting: Deadline) -> None:
    with pytest.raises(RefusedError, match="不由您的角色"):
        services.tick(actor=make_user(Role.ARCHIVIST).as_actor(), deadline=meeting)


def test_what_the_records_tell_is_not_ticked(meeting: Deadline) -> None:
    row = Deadline.objects.get(kind="batches.report_plan")
    with pytest.raises(RefusedError, match="由系统按记录判断"):
        services.tick(actor=make_user(Role.CLERK).as_actor(), deadline=row)


def test_the_page_ticks_and_takes_back(meeting: Deadline) -> None:
    desk = signed_in(Role.CLERK)
    page = "/admin/work/deadlines/batches/2026-03/"
    path = f"/admin/work/deadlines/{meeting.pk}/"
    answer = desk.post(path + "tick/", {"note": "纪要"})
    assert (answer.status_code, answer.headers["Location"]) == (303, page)
    assert "纪要" in page_text(desk.get(page))
    desk.post(path + "untick/")
    meeting.refresh_from_db()
    assert meeting.done_at is None
    assert desk.post(f"/admin/work/deadlines/{uuid4()}/tick/").status_code == 404
    assert desk.get(path + "tick/").status_code == 405


def test_the_centres_are_hidden_from_who_does_not_see_the_centre() -> None:
    make_filing()
    services.sync_centre(make_centre())
    clerk, archivist = signed_in(Role.CLERK), signed_in(Role.ARCHIVIST)
    index = "/admin/work/deadlines/"
    assert "年放假安排通知" in page_text(clerk.get(index))
    assert "年放假安排通知" not in page_text(archivist.get(index))
    row: Any = Deadline.objects.filter(centre__isnull=False).first()
    assert archivist.post(f"{index}{row.pk}/tick/").status_code == 404


def test_the_index_shows_what_is_near(frozen: Any) -> None:
    frozen(2026, 5, 19, 9)
    batch = make_batch("2026-03")
    services.sync(batch)
    text = page_text(signed_in(Role.HEAD).get("/admin/work/deadlines/"))
    assert "/admin/work/deadlines/batches/2026-03/" in text
    assert "向主管部门上报本批计划" in text
    assert "考试开始日 2026-05-23 前 10 个工作日" in strip_tags(text)


def test_the_responsible_act_is_one_that_exists(meeting: Deadline) -> None:
    acts = {str(act) for act in Act}
    assert set(Deadline.objects.values_list("responsible", flat=True)) <= acts
