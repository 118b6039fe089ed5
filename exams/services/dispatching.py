"""What a sitting tells the staff's files: who was sent and came, who did not and why (ASR-19)."""

from django.db import transaction
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.personnel.dispatches import Sent, record_dispatch
from assessment_center.personnel.judging_enums import BRANCH_OF_POST
from assessment_center.personnel.models import Dispatch, StaffMember
from assessment_center.personnel.rules.appraisal import Taken
from assessment_center.registry import Actor, RefusedError
from exams.enums import SittingStatus
from exams.models import Sitting
from exams.policies import exam_day, require_act
from exams.services.duties import drawn_posts
from exams.services.outdating import outdate_staff

BEGUN = frozenset({SittingStatus.RUNNING, SittingStatus.RECORDED})


def sent_to(sitting: Sitting) -> Sent:
    batch = sitting.batch
    return Sent(batch.pk, batch.name, sitting.subject, exam_day(sitting), batch.rules)


@transaction.atomic
def record_participation(*, actor: Actor, sitting: Sitting) -> int:
    """Note every assessor and supervisor on duty as having served; returns how many.

    Whoever was noted as absent, excused or refusing stays so.
    """
    duties = sitting.duties.filter(post__in=list(BRANCH_OF_POST)).select_related("member__person")
    away = Dispatch.objects.filter(source_id=sitting.pk).exclude(taken=Taken.SERVED)
    absent = set(away.values_list("member_id", "branch"))
    come = [duty for duty in duties if (duty.member_id, BRANCH_OF_POST[duty.post]) not in absent]
    sent = sent_to(sitting)
    for duty in come:
        record_dispatch(
            actor=actor, member=duty.member, post=duty.post, sent=sent, taken=Taken.SERVED
        )
    return len(come)


@transaction.atomic
def record_answer(
    *, actor: Actor, sitting: Sitting, member: StaffMember, post: str, taken: Taken, reason: str
) -> Dispatch | None:
    """Note that somebody who was sent did not come: refused, absent, or with a good reason.

    Before the staff is confirmed he leaves the post at once; afterwards he is replaced first.
    """
    require_act(actor, Act.EXAM_ARRANGE, _("登记派遣情况"))
    locked = Sitting.objects.select_for_update().get(pk=sitting.pk)
    if post not in BRANCH_OF_POST:
        raise RefusedError(_("只登记考评员和督导员的派遣情况。"))
    if taken == Taken.SERVED:
        raise RefusedError(_("已参加的由考场记录登记，这里只登记没有参加的。"))
    if taken == Taken.MISSED and locked.status not in BEGUN:
        raise RefusedError(_("开考以后才能登记缺席。"))
    if locked.status not in BEGUN:
        _leave(locked, member, post)
    return record_dispatch(
        actor=actor, member=member, post=post, sent=sent_to(locked), taken=taken, reason=reason
    )


def _leave(sitting: Sitting, member: StaffMember, post: str) -> None:
    """Take a member off a post that is not confirmed yet."""
    held = sitting.duties.filter(member=member, post=post)
    if not held.exists():
        return
    if sitting.staffed_at is not None or post in drawn_posts(sitting):
        raise RefusedError(
            _("%(member)s 已经定岗。") % {"member": member}, remedy=_("请先换人，再登记。")
        )
    held.delete()
    outdate_staff(sitting)
