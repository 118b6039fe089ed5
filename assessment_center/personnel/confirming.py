"""Confirming the appraisal of a year: by another hand, whole, and with what follows (ASR-16)."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.accounts.hands import principal_of, shares, touched
from assessment_center.accounts.permission import require_act
from assessment_center.audit.services import record
from assessment_center.notices.services import notify
from assessment_center.personnel.appraisals import WRITING, locked
from assessment_center.personnel.judging_enums import (
    BRANCH_GRADES,
    AppraisalStatus,
    Branch,
    ExclusionKind,
)
from assessment_center.personnel.judging_labels import FAILING_LABELS, FOLLOWS_LABELS
from assessment_center.personnel.models.appraisals import Appraisal
from assessment_center.personnel.removal import exclude, withdraw
from assessment_center.personnel.rules.appraisal import (
    Failing,
    Follows,
    Taken,
)
from assessment_center.personnel.verdicts import Verdict, computed, conclude
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.language import in_chinese
from assessment_center.rulebooks.rules.rulebook import Rulebook


@transaction.atomic
def confirm_appraisal(*, actor: Actor, appraisal: Appraisal, rules: Rulebook) -> Appraisal:
    """Confirm a draft; what follows takes hold at once, and the person is told (ASR-16, ASR-18).

    Refuses whoever wrote in it, also through a deputy, oneself, records that changed since the
    draft, and a form that is not filled in as the rulebook asks.
    """
    require_act(actor, Act.STAFF_DECIDE, _("审定年度考核"))
    row = locked(appraisal)
    _refuse_same_hand(actor, row)
    told = computed(row, rules)
    if (told.basis, told.failing or "") != (row.basis, row.failing):
        raise RefusedError(
            _("派遣或评价记录有变，草稿已经过时。"), remedy=_("请重新计算后再审定。")
        )
    _refuse_incomplete(row, told, rules)
    conclude(row, rules)
    row.status = AppraisalStatus.CONFIRMED
    row.confirmed_by, row.confirmed_for = actor.user_id, principal_of(actor)
    row.confirmed_by_name, row.confirmed_at = actor.label[:80], timezone.now()
    row.save()
    _carry_out(actor, row)
    payload = {"year": row.year, "grade": row.grade, "follows": row.follows}
    record(actor=actor, verb="staff.appraise_confirm", subject=row.subject, payload=payload)
    _tell(row)
    return row


def _refuse_same_hand(actor: Actor, row: Appraisal) -> None:
    mine = row.member.person.user_id
    if mine is not None and shares(actor, mine):
        raise RefusedError(_("不能审定自己的考核。"), row.cited)
    wrote = shares(actor, row.drafted_by, row.drafted_for)
    if wrote or touched(actor, row.subject, *WRITING):
        raise RefusedError(
            _("起草和审定不能是同一人，代理人与被代理人也算同一人。"),
            row.cited,
            _("请由另一人审定。"),
        )


def _refuse_incomplete(row: Appraisal, told: Verdict, rules: Rulebook) -> None:
    settings = rules.settings
    bands = settings.appraisal_bands if row.branch == Branch.ASSESSOR else None
    unrated = [f for f in told.basis if f["taken"] == Taken.SERVED and f["score"] is None]
    if bands and unrated and not told.failing:
        raise RefusedError(
            _("还有考评没有认定分数：%(sessions)s。")
            % {"sessions": "、".join(str(fact["session"]) for fact in unrated)},
            bands.citations,
        )
    if not row.grade and (bands is None or told.served):
        raise RefusedError(_("请先评定等次。"), row.cited)
    asked = settings.appraisal_content if row.branch == Branch.ASSESSOR else None
    empty = [label for label in asked.value if not row.content.get(label)] if asked else []
    if asked and empty:
        names = "、".join(empty)
        raise RefusedError(_("请填写考核内容：%(names)s。") % {"names": names}, asked.citations)
    _refuse_unwritten(row, told, rules)


def _refuse_unwritten(row: Appraisal, told: Verdict, rules: Rulebook) -> None:
    if row.branch != Branch.ASSESSOR or not told.basis:
        return
    review, summary = rules.form("F-805"), rules.form("F-806")
    if review and not (row.manager_opinion and row.supervisor_opinion):
        raise RefusedError(_("管理人员和督导员须分别写评议意见。"), review.cite)
    if summary and told.served and not row.summary:
        raise RefusedError(_("还没有个人考评工作小结。"), summary.cite)


def _carry_out(actor: Actor, row: Appraisal) -> None:
    today = timezone.localdate()
    why = _("%(year)s 年度考核%(grade)s") % {"year": row.year, "grade": row.grade}
    facts: dict[str, Any] = {
        "actor": actor,
        "member": row.member,
        "grades": [grade.value for grade in BRANCH_GRADES[row.branch]],
        "reason": why,
        "source": row,
    }
    if Follows.DISMISS in row.follows:
        withdraw(on=today, **facts)
        exclude(kind=ExclusionKind.DISMISSED, starts=today, **facts)
    if Follows.PAUSE in row.follows:
        exclude(kind=ExclusionKind.PAUSED, starts=today, until=row.pause_until, **facts)


@in_chinese
def _tell(row: Appraisal) -> None:
    user = row.member.person.user
    if user is None:
        return
    body = _("等次：%(grade)s") % {"grade": row.grade or _("本年未参评")}
    if row.failing:
        body += "；" + str(FAILING_LABELS[Failing(row.failing)])
    if row.follows:
        body += "；" + "、".join(str(FOLLOWS_LABELS[Follows(each)]) for each in row.follows)
    notify(recipients=[user], title=str(row), body=body)
