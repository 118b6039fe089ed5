"""What sittings tell the staff's files, and whom decisions keep from duty."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from assessment_center.accounts.enums import Role
from assessment_center.personnel.enums import Grade, Post
from assessment_center.personnel.judging_enums import Branch, ExclusionKind
from assessment_center.personnel.models import Dispatch, MisconductCase
from assessment_center.personnel.removal import exclude
from assessment_center.personnel.rules.appraisal import Taken
from assessment_center.registry import SYSTEM, RefusedError
from exams import services, staffing
from exams.models import Duty
from exams.policies import exam_day
from tests.exams import build
from tests.factories import foundation as f

pytestmark = pytest.mark.django_db


def on_duty(member: Any, sitting: Any, post: str = Post.ASSESSOR) -> Duty:
    room = sitting.rooms.order_by("number").first() if post != Post.SUPERVISOR else None
    return services.set_duty(actor=SYSTEM, sitting=sitting, member=member, post=post, room=room)


@pytest.fixture
def sitting() -> Any:
    """The first practical sitting of an arranged batch."""
    batch = build.arranged()
    return batch.sittings.filter(subject_code="practical").order_by("number").first()


def bar(member: Any, day: Any, grades: tuple[str, ...] = ("assessor", "senior")) -> None:
    """A bar of the day's month that ends on `day`."""
    case = MisconductCase.objects.create(
        member=member,
        group="assessor",
        groups=["assessor"],
        act_code="A-4",
        act="擅改成绩",
        penalty="解除聘用",
        citations=["《考评人员管理实施细则》第二十七条"],
        rulebook="JL",
        happened_on=day,
        description="有录像",
    )
    exclude(
        actor=SYSTEM,
        member=member,
        grades=grades,
        kind=ExclusionKind.BARRED,
        starts=day - timedelta(days=30),
        until=day,
        reason="擅改成绩",
        source=case,
    )


def test_a_barred_member_is_not_put_on_duty(sitting: Any) -> None:
    day = exam_day(sitting)
    barred, over = build.staff(2)
    bar(barred, day)
    bar(over, day - timedelta(days=1))
    with pytest.raises(RefusedError, match="禁任") as told:
        on_duty(barred, sitting)
    assert [c.text for c in told.value.refusal.citations] == ["《考评人员管理实施细则》第二十七条"]
    assert on_duty(over, sitting).member == over
    assert staffing.kept_away(sitting, [barred, over], Post.PANEL_LEADER) == {barred.pk}
    assert staffing.kept_away(sitting, [barred, over], Post.PROCTOR) == frozenset()


def test_a_proposal_and_a_confirmation_leave_out_whom_a_decision_keeps_away(sitting: Any) -> None:
    people = build.staff(12)
    for member in people[:4]:
        bar(member, exam_day(sitting), ("assessor", "senior", "staff"))
    made, _short = services.assign_duties(actor=SYSTEM, sitting=sitting)
    chosen = {duty.member_id for duty in made}
    assert chosen
    assert not chosen & {member.pk for member in people[:4]}
    late = next(duty for duty in made if duty.post in (Post.ASSESSOR, Post.PANEL_LEADER))
    bar(late.member, exam_day(sitting))
    with pytest.raises(RefusedError, match="禁任"):
        services.confirm_duties(actor=SYSTEM, sitting=sitting)


def test_who_came_is_noted_and_who_did_not_stays_so(sitting: Any) -> None:
    come, away = build.staff(2)
    watcher = f.make_member(Grade.SUPERVISOR_INTERNAL)
    on_duty(come, sitting)
    on_duty(watcher, sitting, Post.SUPERVISOR)
    row = services.record_answer(
        actor=SYSTEM,
        sitting=sitting,
        member=away,
        post=Post.ASSESSOR,
        taken=Taken.EXCUSED,
        reason="病假",
    )
    assert row is not None
    assert services.record_participation(actor=SYSTEM, sitting=sitting) == 2
    assert services.record_participation(actor=SYSTEM, sitting=sitting) == 2
    found = Dispatch.objects.filter(session_id=sitting.batch_id)
    assert {(each.member_id, each.branch, each.taken) for each in found} == {
        (come.pk, Branch.ASSESSOR, Taken.SERVED),
        (watcher.pk, Branch.SUPERVISOR, Taken.SERVED),
        (away.pk, Branch.ASSESSOR, Taken.EXCUSED),
    }


def test_who_refuses_leaves_the_post_and_a_confirmed_one_is_replaced_first(sitting: Any) -> None:
    member = build.staff(1)[0]
    on_duty(member, sitting)
    facts = {"sitting": sitting, "member": member, "post": Post.ASSESSOR, "reason": "不愿参加"}
    for taken, words in ((Taken.MISSED, "开考以后"), (Taken.SERVED, "由考场记录登记")):
        with pytest.raises(RefusedError, match=words):
            services.record_answer(actor=SYSTEM, taken=taken, **facts)
    with pytest.raises(RefusedError, match="您的角色不能"):
        services.record_answer(
            actor=f.make_user(Role.REVIEWER).as_actor(), taken=Taken.REFUSED, **facts
        )
    with pytest.raises(RefusedError, match="只登记考评员和督导员"):
        services.record_answer(actor=SYSTEM, taken=Taken.REFUSED, **{**facts, "post": Post.PROCTOR})
    with pytest.raises(RefusedError, match="须写明情况"):
        services.record_answer(actor=SYSTEM, taken=Taken.REFUSED, **{**facts, "reason": " "})
    sitting.staffed_at = timezone.now()
    sitting.save()
    with pytest.raises(RefusedError, match="已经定岗"):
        services.record_answer(actor=SYSTEM, taken=Taken.REFUSED, **facts)
    sitting.staffed_at = None
    sitting.save()
    services.record_answer(actor=SYSTEM, taken=Taken.REFUSED, **facts)
    assert not sitting.duties.exists()
    assert Dispatch.objects.get().taken == Taken.REFUSED
