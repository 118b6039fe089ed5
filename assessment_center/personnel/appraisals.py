"""The appraisal of a year: computed, written by one, reported once confirmed (ASR-16)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.accounts.hands import principal_of
from assessment_center.accounts.permission import require_act
from assessment_center.audit.services import record
from assessment_center.personnel.judging_enums import (
    AppraisalStatus,
    Branch,
)
from assessment_center.personnel.judging_selectors import (
    appraisals_of,
    appraised_in,
    last_day,
    session_facts,
)
from assessment_center.personnel.models import StaffMember
from assessment_center.personnel.models.appraisals import Appraisal
from assessment_center.personnel.rules.appraisal import (
    Follows,
)
from assessment_center.personnel.verdicts import (
    Verdict,
    citations,
    computed,
    conclude,
    is_appraised,
    verdict,
)
from assessment_center.registry import Actor, RefusedError
from assessment_center.rulebooks.rules.rulebook import Rulebook

WRITING = ("staff.appraise_draft", "staff.appraise_write")
FOUR_PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Written:
    """What people write into an appraisal; `measure` is for a supervisor found unqualified."""

    grade: str = ""
    content: Mapping[str, str] = field(default_factory=dict)
    summary: str = ""
    manager_opinion: str = ""
    supervisor_opinion: str = ""
    measure: Follows | None = None
    pause_until: date | None = None


@transaction.atomic
def draft_year(
    *, actor: Actor, year: int, rules: Rulebook, branch: str = Branch.ASSESSOR
) -> list[Appraisal]:
    """Draft the appraisal of everybody whose year it is, or compute the drafts anew.

    What people wrote stays; confirmed years stay as they are.
    """
    require_act(actor, Act.PEOPLE_MANAGE, _("起草年度考核"))
    _refuse_silent(rules, branch)
    if year > timezone.localdate().year:
        raise RefusedError(_("这一年还没有到。"))
    members = list(appraised_in(year, branch))
    facts = session_facts([each.pk for each in members], branch, until=last_day(year))
    rows = appraisals_of(year, branch).select_for_update(of=("self",))
    known = {each.member_id: each for each in rows}
    made = []
    for member in members:
        row = known.get(member.pk)
        if row is not None and row.status == AppraisalStatus.CONFIRMED:
            continue
        told = verdict(facts.get(member.pk, []), year, branch, rules)
        made.append(_draft(actor, row, member, year, branch, told, rules))
    return made


def _draft(
    actor: Actor,
    row: Appraisal | None,
    member: StaffMember,
    year: int,
    branch: str,
    told: Verdict,
    rules: Rulebook,
) -> Appraisal:
    fresh = row is None
    row = row or Appraisal(member=member, year=year, branch=branch)
    _compute(row, told, rules)
    if fresh:
        _sign_draft(row, actor)
        row.save(force_insert=True)
        payload = {"year": year, "grade": row.grade}
        record(actor=actor, verb="staff.appraise_draft", subject=row.subject, payload=payload)
    else:
        row.save()
    return row


def _compute(row: Appraisal, told: Verdict, rules: Rulebook) -> None:
    row.basis, row.failing = told.basis, told.failing or ""
    row.mean = told.mean.quantize(FOUR_PLACES) if told.mean is not None else None
    if told.grade or rules.settings.appraisal_bands:
        row.grade = told.grade
    conclude(row, rules)


def _sign_draft(row: Appraisal, actor: Actor) -> None:
    row.drafted_by, row.drafted_for = actor.user_id, principal_of(actor)
    row.drafted_by_name = actor.label[:80]


@transaction.atomic
def write_appraisal(
    *, actor: Actor, appraisal: Appraisal, written: Written, rules: Rulebook
) -> Appraisal:
    """Write the summary, opinions and, where no score decides, the grade into a draft."""
    require_act(actor, Act.PEOPLE_MANAGE, _("填写年度考核"))
    row = locked(appraisal)
    told = computed(row, rules)
    _refuse_grade(row, told, written.grade, rules)
    _fill(row, written, rules)
    row.grade = told.grade or written.grade
    conclude(row, rules)
    if row.branch == Branch.SUPERVISOR and row.unqualified:
        _supervisor_measure(row, written)
    _sign_draft(row, actor)
    row.save()
    payload = {"year": row.year, "grade": row.grade, "follows": row.follows}
    record(actor=actor, verb="staff.appraise_write", subject=row.subject, payload=payload)
    return row


def _fill(row: Appraisal, written: Written, rules: Rulebook) -> None:
    asked = rules.settings.appraisal_content
    labels = asked.value if asked and row.branch == Branch.ASSESSOR else ()
    row.content = {label: written.content.get(label, "").strip() for label in labels}
    row.summary = written.summary.strip()
    row.manager_opinion = written.manager_opinion.strip()
    row.supervisor_opinion = written.supervisor_opinion.strip()


def _refuse_grade(row: Appraisal, told: Verdict, grade: str, rules: Rulebook) -> None:
    grades = rules.settings.appraisal_grades
    known = grades.value if grades else ()
    if grade and grade not in known:
        raise RefusedError(_("没有“%(grade)s”这个等次。") % {"grade": grade})
    if told.grade and grade and grade != told.grade:
        raise RefusedError(
            _("等次由记录确定为“%(grade)s”，不能另定。") % {"grade": told.grade},
            citations(row, rules),
        )
    bands = rules.settings.appraisal_bands if row.branch == Branch.ASSESSOR else None
    if grade and not told.grade and bands:
        raise RefusedError(_("等次按认定分数加权平均确定，本年还没有分数。"), bands.citations)


def _supervisor_measure(row: Appraisal, written: Written) -> None:
    if written.measure not in (Follows.PAUSE, Follows.DISMISS):
        raise RefusedError(_("考核不合格的督导员，须选择暂停或取消资格。"), row.cited)
    pausing = written.measure == Follows.PAUSE
    if pausing and (written.pause_until is None or written.pause_until < timezone.localdate()):
        raise RefusedError(_("暂停资格须写明到哪一天，不早于今天。"), row.cited)
    row.follows = [written.measure.value]
    row.pause_until = written.pause_until if pausing else None


@transaction.atomic
def report_year(*, actor: Actor, year: int, branch: str, on: date, receipt: str = "") -> int:
    """Note that the year's results went to the authority (R-21); returns how many.

    Refuses while one of them is still a draft.
    """
    require_act(actor, Act.PEOPLE_MANAGE, _("登记报送"))
    rows = appraisals_of(year, branch).select_for_update(of=("self",))
    drafts = [str(each.member) for each in rows if each.status == AppraisalStatus.DRAFT]
    if drafts:
        raise RefusedError(_("还没有审定：%(names)s。") % {"names": "、".join(drafts[:10])})
    due = [each for each in rows if each.reported_on is None]
    if not due:
        raise RefusedError(_("没有需要报送的考核结果。"))
    if on > timezone.localdate():
        raise RefusedError(_("报送日期不能晚于今天。"))
    for row in due:
        row.reported_on, row.receipt = on, receipt.strip()[:80]
        row.save(update_fields=["reported_on", "receipt"])
        payload = {"year": year, "on": on.isoformat(), "receipt": row.receipt}
        record(actor=actor, verb="staff.appraise_report", subject=row.subject, payload=payload)
    return len(due)


def locked(appraisal: Appraisal) -> Appraisal:
    row = (
        Appraisal.objects.select_for_update(of=("self",))
        .select_related("member__person__user")
        .get(pk=appraisal.pk)
    )
    if row.status == AppraisalStatus.CONFIRMED:
        raise RefusedError(_("这一年度的考核已经审定，不能再改。"), row.cited)
    return row


def _refuse_silent(rules: Rulebook, branch: str) -> None:
    if not is_appraised(rules, branch):
        raise RefusedError(_("规程没有规定这类人员的年度考核。"))
