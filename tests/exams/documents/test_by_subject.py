"""What is posted and rung fits who works there: at a desk, at a workstation, before a panel."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest

from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import SYSTEM
from assessment_center.registry.language import in_chinese
from exams import services
from exams.documents.authority import approval
from exams.documents.handbook import staff_handbook
from exams.documents.posting import notice_to_candidates, rules_of_the_room
from exams.documents.reading import read
from exams.documents.rooms import record
from exams.documents.sheet import Made
from exams.documents.timetable import signals, table
from exams.documents.venue import distribution
from tests.exams import build

pytestmark = pytest.mark.django_db


def practical_only() -> AssessmentBatch:
    """Two trades at the same time in workshops of their own, a third one after them."""
    batch = build.batch_with((("电工", 3), ("焊工", 3), ("钳工", 3)), rulebook="fujian")
    batch.applications.update(subjects=["practical"])
    first, later = build.PRACTICAL_STARTS, build.PRACTICAL_STARTS + timedelta(hours=2)
    slots = [
        services.Slot(
            "practical", starts, starts + timedelta(hours=1),
            [build.room(kind="practical", rows=1, columns=3)], [offering],
        )
        for starts, offering in zip((first, first, later), batch.offerings.all(), strict=True)
    ]  # fmt: skip
    services.plan_sittings(actor=SYSTEM, batch=batch, slots=slots)
    for sitting in batch.sittings.all():
        done = services.arrange_seats(actor=SYSTEM, sitting=sitting, draw_key="摇号")
        services.confirm_arrangement(actor=SYSTEM, sitting=done)
    return batch


@in_chinese
def items(found: Iterable[Made]) -> list[Any]:
    return [made.item for made in found]


def words(found: Iterable[Made]) -> str:
    return "".join(str(item) for item in items(found))


def test_a_workshop_has_rules_of_its_own() -> None:
    plan = read(practical_only())
    (poster,) = items(rules_of_the_room(plan))
    assert poster.title == "考场规则（技能操作）"
    told = "".join(poster.items)
    assert "工位" in told
    assert "由 1 名工作人员陪同" in told
    assert "不得返回考场和候考区" in told
    assert not [word for word in ("答题", "监考员不解释", "桌面右上角") if word in told]
    (notice,) = items(notice_to_candidates(plan))
    told = "".join(notice.items)
    assert "凭准考证和本人居民身份证或护照入场" in told
    assert not [word for word in ("凭本证", "笔作答", "桌面") if word in told]
    assert "书面科目" not in words(staff_handbook(plan))


def test_desks_and_workshops_are_posted_apart() -> None:
    plan = read(build.ticketed())
    titles = [item.title for item in items(rules_of_the_room(plan))]
    assert titles == ["考场规则", "考场规则（技能操作）"]
    told = words(staff_handbook(plan))
    assert told.index("（一）书面科目") < told.rindex("（二）技能操作")
    assert "凭准考证和本人" in words(notice_to_candidates(plan))


def test_one_signal_rings_for_all_who_begin_together() -> None:
    plan = read(practical_only())
    assert len(plan.sittings) == 3
    (rung,) = items(signals(plan))
    starts = [row for row in rung.rows if row[3] == "开考"]
    assert [row[1] for row in starts] == ["第 1、2 场 技能操作考核", "第 3 场 技能操作考核"]
    assert {row[5] for row in starts} == {"开始操作；此前不得动用设备、工具和材料"}
    (clock,) = items(table(plan))
    assert len({tuple(row) for row in clock.rows}) == len(clock.rows)
    numbers = {one for row in clock.rows for one in row[0].split("、")}
    assert numbers == {str(each.number) for each in plan.sittings}


def test_the_day_stands_on_the_distribution() -> None:
    plan = read(practical_only())
    (sheet,) = items(distribution(plan))
    assert all("2026-05-23" in row[2] for row in sheet.rows)


def test_the_record_counts_what_is_collected_there() -> None:
    plan = read(build.ticketed())
    told = {
        room.sitting.subject_code: words(record(plan, room))
        for room in plan.rooms
        if room.sitting.number in {1, 2}
    }
    assert "收回草稿纸份数" in told["theory"]
    assert "收回作品件数" in told["practical"]
    assert "草稿纸" not in told["practical"]


def test_the_approval_form_tells_each_time_once_and_none_that_is_cancelled() -> None:
    plan = read(practical_only())
    (form,) = items(approval(plan))
    (times,) = (row.cells[1].text for row in form.rows if row.cells[0].text == "考试时间")
    assert times.count("2026-05-23") == len(times.splitlines()) == 2
    services.issue_tickets(actor=SYSTEM, batch=plan.batch, at=build.TICKETS_AT)
    later = plan.batch.sittings.get(number=3)
    services.call_off(
        actor=SYSTEM, sitting=later, outcome="cancelled", reason="停电", consent="渝鉴7号"
    )
    (form,) = items(approval(read(plan.batch)))
    (times,) = (row.cells[1].text for row in form.rows if row.cells[0].text == "考试时间")
    assert len(times.splitlines()) == 1
