"""Reports of supervision with their signatures, and what they leave to be put right."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from assessment_center.accounts.enums import Role
from assessment_center.conformance.declarations import Failed, NotApplicable, Passed
from assessment_center.personnel.enums import Grade, Post
from assessment_center.registry import SYSTEM, RefusedError
from exams import services
from exams.conformance import findings_are_put_right, internal_supervision_covers
from exams.deadline_sources import exam_deadlines
from exams.enums import SittingStatus, SupervisionKind
from exams.models import SupervisionFinding, SupervisionReport
from exams.services.duties import enter
from tests.exams import build
from tests.factories import foundation as f

pytestmark = pytest.mark.django_db
END = date(2026, 5, 24)


@pytest.fixture
def batch(frozen: Callable[..., Any]) -> Any:
    frozen(2026, 5, 26, 9)
    return build.arranged(build.batch_with(rulebook="jilin"))


def watch(batch: Any, number: int = 1, grade: Grade = Grade.SUPERVISOR_INTERNAL) -> list[Any]:
    """Supervisors on duty in the first sitting."""
    sitting = batch.sittings.order_by("number").first()
    people = [f.make_member(grade) for _one in range(number)]
    for member in people:
        enter(sitting, None, member, Post.SUPERVISOR)
    return people


def hand_in(batch: Any, signers: list[Any], **more: Any) -> SupervisionReport:
    facts = {"text": "秩序良好", "ended_on": END, "submitted_on": date(2026, 5, 25), **more}
    return services.submit_supervision(
        actor=SYSTEM,
        batch=batch,
        kind=SupervisionKind.INTERNAL,
        signed_by=signers,
        seen=services.Seen(**facts),
    )


def due(batch: Any, kind: str) -> Any:
    return next((each for each in exam_deadlines(batch) if each.kind == kind), None)


def test_the_whole_group_signs_and_the_deadline_knows_it(batch: Any) -> None:
    people = watch(batch, 2)
    assert due(batch, "exams.supervision_report").done is False
    with pytest.raises(RefusedError, match="还有人没有签名") as told:
        hand_in(batch, people[:1])
    assert told.value.refusal.citations
    with pytest.raises(RefusedError, match="没有担任本批次的督导员"):
        hand_in(batch, [*people, f.make_member(Grade.SUPERVISOR_INTERNAL)])
    for more, words in (
        ({"text": " "}, "请写明督导情况"),
        ({"submitted_on": date(2026, 5, 27)}, "提交日期在"),
        ({"submitted_on": date(2026, 5, 23)}, "提交日期在"),
    ):
        with pytest.raises(RefusedError, match=words):
            hand_in(batch, people, **more)
    with pytest.raises(RefusedError, match="须由督导员签名"):
        hand_in(batch, [])
    hand_in(batch, people)
    found = due(batch, "exams.supervision_report")
    assert (found.done, found.done_on) == (True, date(2026, 5, 25))


def test_a_finding_has_an_owner_and_a_day_and_the_owner_does_not_close_it(batch: Any) -> None:
    people = watch(batch)
    report = hand_in(batch, people)
    owner = f.make_member(Grade.STAFF)
    owner.person.user = f.make_user(Role.CLERK)
    owner.person.save()
    facts = {"actor": SYSTEM, "report": report, "owner": owner}
    with pytest.raises(RefusedError, match="不能早于督导结束"):
        services.add_finding(text="时钟不准", due_on=date(2026, 5, 23), **facts)
    with pytest.raises(RefusedError, match="请写明发现的问题"):
        services.add_finding(text=" ", due_on=END, **facts)
    row = services.add_finding(text="时钟不准", due_on=date(2026, 5, 30), **facts)
    assert (due(batch, "exams.finding").due, due(batch, "exams.finding").done) == (
        date(2026, 5, 30),
        False,
    )
    closing = {"finding": row, "correction": "已校准", "on": date(2026, 5, 26)}
    with pytest.raises(RefusedError, match="责任人不能自己销号"):
        services.close_finding(actor=owner.person.user.as_actor(), **closing)
    with pytest.raises(RefusedError, match="您的角色不能登记整改"):
        services.close_finding(actor=f.make_user(Role.REVIEWER).as_actor(), **closing)
    with pytest.raises(RefusedError, match="请写明整改情况"):
        services.close_finding(actor=SYSTEM, **{**closing, "on": date(2026, 5, 27)})
    services.close_finding(actor=SYSTEM, **closing)
    with pytest.raises(RefusedError, match="已经整改"):
        services.close_finding(actor=SYSTEM, **closing)
    assert due(batch, "exams.finding").done
    with pytest.raises(IntegrityError, match="finding_corrected"), transaction.atomic():
        SupervisionFinding.objects.update(correction="")
    with pytest.raises(IntegrityError, match="supervision_reported"), transaction.atomic():
        SupervisionReport.objects.update(ended_on=date(2026, 5, 26))


def test_an_overdue_finding_is_named(batch: Any, frozen: Callable[..., Any]) -> None:
    assert isinstance(findings_are_put_right(batch), NotApplicable)
    report = hand_in(batch, watch(batch))
    owner = f.make_member(Grade.STAFF)
    services.add_finding(
        actor=SYSTEM, report=report, text="封条不齐", owner=owner, due_on=date(2026, 5, 28)
    )
    assert isinstance(findings_are_put_right(batch), Passed)
    frozen(2026, 5, 29, 9)
    found = findings_are_put_right(batch)
    assert isinstance(found, Failed)
    assert "封条不齐" in str(found.evidence[0])


@pytest.mark.parametrize(
    ("grade", "covered"), [(Grade.SUPERVISOR_INTERNAL, True), (Grade.SUPERVISOR_EXTERNAL, False)]
)
def test_a_sitting_without_an_internal_supervisor_is_named(
    batch: Any, grade: Grade, covered: bool
) -> None:
    assert isinstance(internal_supervision_covers(batch), NotApplicable)
    watch(batch, 1, grade)
    first, *_rest = batch.sittings.order_by("number")
    first.status = SittingStatus.RUNNING
    first.save()
    found = internal_supervision_covers(batch)
    assert isinstance(found, Passed) is covered
    if not covered:
        assert isinstance(found, Failed)
        assert str(first) in str(found.evidence[0])
